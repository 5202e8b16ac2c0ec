/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Force conditional branches on and off in a copy of a text that keeps every byte offset and every
 * line: "#if defined(A) && B" becomes "#if 1             ".
 *
 *	GCV_STRBUF_AUTO struct gcv_strbuf forced = { 0 };
 *
 *	status = gcv_force_conditions(buf, len, &lexed, &assignment, branch, NULL, &forced, err);
 */
#ifndef GCV_TREE_FORCE_H
#define GCV_TREE_FORCE_H

#include "base/strbuf.h"
#include "tree/assignment.h"
#include "tree/lex.h"

/**
 * gcv_force_conditions() - a copy of a text with conditions replaced by 1 and 0
 * @buf: the text
 * @len: its length in bytes
 * @lexed: what gcv_lex() said about it
 * @assignment: values of macros; NULL for none
 * @target: index of a branch that is to be compiled whatever its conditions are, or -1: its own
 *	directive and those around it become 1, earlier ones of their groups 0
 * @base: values of macros that are not in @assignment; NULL where all are unknown
 * @ret: the copy is appended
 * @err: sentence on failure
 *
 * Besides @target's, each condition that the values decide is replaced. A macro that the text
 * itself defines or undefines counts as unknown there. Comments in a directive that is rewritten
 * are blanked; newlines stay.
 *
 * Return: GCV_OK, GCV_ERR_LIMIT (a directive of @target's chain has no room for "1" or "0"),
 * GCV_ERR_USAGE (@lexed does not belong to @buf). On failure @ret
 * is unchanged.
 */
enum gcv_status gcv_force_conditions(const char *buf, size_t len, const struct gcv_lexed *lexed,
				     const struct gcv_assignment *assignment, int32_t target,
				     const struct gcv_valuation *base, struct gcv_strbuf *ret,
				     struct gcv_err *err) GCV_MUST_CHECK;

#endif
