/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Expressions as a person writes them, made of facts: the source need not be at hand.
 *
 *	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
 *
 *	if (gcv_expr_text(body, edge->condition, &text))
 *		note("'%s' is true", text.buf);
 */
#ifndef GCV_FLOW_EXPR_TEXT_H
#define GCV_FLOW_EXPR_TEXT_H

#include "parse/body.h"

/** GCV_EXPR_TEXT_BYTES - an expression that is longer is not written, since no line takes it */
#define GCV_EXPR_TEXT_BYTES 60

/**
 * gcv_expr_text() - write an expression
 * @body: the body
 * @node: the expression
 * @ret: where it is appended; as it was on failure
 *
 * likely() and !! are left out. Parentheses stand where a reader wants them, which need not be
 * where the source has them.
 *
 * Return: true, or false where it cannot be told: a part of it comes out of a macro (but for NULL
 * and likely()), is a statement expression, or was not exposed by libclang; or it is too long.
 */
bool gcv_expr_text(const struct gcv_body *body, uint32_t node,
		   struct gcv_strbuf *ret) GCV_MUST_CHECK;

#endif
