/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a header be included twice?
 *
 *	if (gcv_include_guard(text.buf, text.len))
 *		(all of it is between #ifndef and #endif, as far as its beginning tells)
 */
#ifndef GCV_PARSE_INCLUDE_GUARD_H
#define GCV_PARSE_INCLUDE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/**
 * gcv_include_guard() - does a header begin with an include guard?
 * @text: the header; need not end with NUL
 * @len: bytes in @text
 *
 * Only comments and #include may come before the guard, which is an #ifndef, an "#if !defined" or a
 * #pragma once. A header in which nothing else is needs no guard.
 *
 * Return: true where it does.
 */
bool gcv_include_guard(const char *text, size_t len);

#endif
