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
 * gcv_inline_body_is_public() - is a header one of the whole kernel or of an architecture?
 * @path: of the header, from the root of the tree
 *
 * What matters of their functions is known (flow/accessor.h), or it names the API, so that they are
 * candidates. Those of a driver's own header hand pages from one function of the driver to another,
 * as the iterators of drivers/gpu/drm/i915/i915_scatterlist.h do, and are wanted where it calls
 * them.
 *
 * Return: true where it lies in include/ or in such a folder of arch/.
 */
bool gcv_inline_body_is_public(const char *path);

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
