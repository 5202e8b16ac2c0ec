/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comparing C types as text, as far as prototypes of the API need it.
 *
 *	assert(gcv_era_type_equal("const struct page * const *", "struct page **"));
 *	assert(gcv_era_type_equal("unsigned", "unsigned int"));
 */
#ifndef GCV_PARSE_ERA_TYPE_H
#define GCV_PARSE_ERA_TYPE_H

#include <stdbool.h>

/**
 * gcv_era_type_equal() - do two spellings mean the same parameter type?
 * @a: type as C spells it
 * @b: another
 *
 * Spaces, const, volatile, restrict and words that begin with two underscores (__user,
 * __must_check) do not count; orders and short forms of the integer types are the same; bool is
 * _Bool; an array parameter is a pointer. Typedefs are not resolved.
 *
 * Return: true where they do.
 */
bool gcv_era_type_equal(const char *a, const char *b);

#endif
