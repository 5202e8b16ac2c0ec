/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Empty the bodies of inline functions in the text of a header whose bodies nobody wants.
 *
 *	if (gcv_inline_body_any(text, len))
 *		gcv_inline_body_blank(text, len);
 *
 * A large part of what a compiler does with kernel headers is to parse such bodies. Blanks take
 * their place, so that all offsets and lines stay what they are.
 */
#ifndef GCV_PARSE_INLINE_BODY_H
#define GCV_PARSE_INLINE_BODY_H

#include <stdbool.h>
#include <stddef.h>

/**
 * gcv_inline_body_any() - may there be anything to empty?
 * @text: of the header; need not end with NUL
 * @len: bytes in @text
 *
 * Return: false where gcv_inline_body_blank() would leave everything as it is.
 */
bool gcv_inline_body_any(const char *text, size_t len);

/**
 * gcv_inline_body_blank() - empty the bodies of inline functions
 * @text: of the header; need not end with NUL
 * @len: bytes in @text
 *
 * Only what is beyond doubt is taken for one: braces in column 0, behind a line that ends with a
 * parenthesis and a declaration with "static" in column 0 and some "inline", and between them
 * balanced braces and no preprocessor directive.
 *
 * Return: how many bodies were emptied.
 */
size_t gcv_inline_body_blank(char *text, size_t len);

#endif
