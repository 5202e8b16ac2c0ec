/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a call's declaration tells about it: is it the API function at all, and which argument is
 * what.
 *
 *	if (gcv_callee_is_homonym(&era, "pin_user_pages", call->decl_file, call->decl_type,
 *				  call->decl_linkage))
 *		…a driver's own function…
 */
#ifndef GCV_PARSE_CALLEE_H
#define GCV_PARSE_CALLEE_H

#include "parse/era.h"
#include "parse/facts.h"

/**
 * gcv_callee_signature() - the signature of the table that a callee's type has
 * @era: the era
 * @name: name of the callee
 * @type: its type as libclang prints it, "long (unsigned long, struct page **)"
 *
 * Return: the signature, or NULL where the table has none of that form.
 */
const struct gcv_api_signature *gcv_callee_signature(const struct gcv_era *era, const char *name,
						     const char *type);

/**
 * gcv_callee_is_homonym() - does a callee only bear an API's name?
 * @era: the era
 * @name: name of the callee
 * @file: where it is first declared, relative to the tree
 * @type: its type
 * @linkage: its linkage
 *
 * A static inline function of a header is the API's only where that header decided about the era. A
 * static function of a source file is it only where the table knows such an internal function with
 * this signature. (Goldfish had a static pin_user_pages() of its own before v5.6.)
 *
 * Return: true where another function is meant.
 */
bool gcv_callee_is_homonym(const struct gcv_era *era, const char *name, const char *file,
			   const char *type, enum gcv_linkage linkage);

/**
 * gcv_callee_flags_arg() - position of the argument with the FOLL_ flags, or of "write" before them
 * @era: the era
 * @name: name of the callee
 * @type: its type
 *
 * Return: position from 0, or -1.
 */
int gcv_callee_flags_arg(const struct gcv_era *era, const char *name, const char *type);

#endif
