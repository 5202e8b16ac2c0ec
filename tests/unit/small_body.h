/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The smallest body that a database takes.
 *
 *	GCV_STRBUF_AUTO struct gcv_strbuf body = { 0 };
 *	small_body(&body, "name");
 */
#ifndef GCV_TESTS_UNIT_SMALL_BODY_H
#define GCV_TESTS_UNIT_SMALL_BODY_H

#include "base/strbuf.h"

/**
 * small_body() - a body of one empty block with one local variable
 * @ret: where it goes, in place of what was there
 * @name: the variable's name, which makes bodies differ
 */
void small_body(struct gcv_strbuf *ret, const char *name);

#endif
