/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which function a conversion gives one more parameter, in the era of a tree.
 *
 *	if (gcv_signature_is_goal(conversion)) {
 *		st = gcv_signature_find(&goal, &arena, &change, &is_found, err);
 *		if (st == GCV_OK && is_found)
 *			…change.function->name is to get change.type change.name…
 *	}
 *
 * The table says it by a pair of shape "branch" whose replacement is the first of the two functions
 * itself, with a parameter that it needs: what two functions did by an if, the first then does
 * alone.
 */
#ifndef GCV_EDIT_SIGNATURE_H
#define GCV_EDIT_SIGNATURE_H

#include "base/alloc.h"
#include "edit/goal.h"

/**
 * struct gcv_signature_change - a function and the parameter that it gets
 * @function: the function
 * @from: its signature in the tree
 * @to: the one that it gets: @from and one parameter behind it
 * @type: type of that parameter
 * @name: its name
 * @plain: the function that does what @function is to do where the argument is false
 * @plain_signature: its signature in the tree
 * @decl: a declaration of @function
 * @after: the era with the new signature
 */
struct gcv_signature_change {
	const struct gcv_api_function *function;
	const struct gcv_api_signature *from, *to;
	const char *type, *name;
	const struct gcv_api_function *plain;
	const struct gcv_api_signature *plain_signature;
	const struct gcv_era_decl *decl;
	struct gcv_era after;
};

/**
 * gcv_signature_is_goal() - does a conversion change the signature of a function?
 * @conversion: the conversion
 *
 * Return: true where it does; it then needs no verdicts.
 */
bool gcv_signature_is_goal(const struct gcv_api_conversion *conversion);

/**
 * gcv_signature_pair() - the pair of the table that says so
 * @conversion: the conversion
 * @name: the function that gets the parameter; NULL for the first one
 *
 * Return: the pair, or NULL where there is none.
 */
const struct gcv_api_pair *gcv_signature_pair(const struct gcv_api_conversion *conversion,
					      const char *name);

/**
 * gcv_signature_parameter() - the name of the parameter
 * @pair: the pair
 * @arena: owns the name
 *
 * Return: for example "make_dirty".
 */
const char *gcv_signature_parameter(const struct gcv_api_pair *pair, struct gcv_arena *arena);

/**
 * gcv_signature_find() - the function that lacks the parameter in a tree
 * @goal: the conversion and the era
 * @arena: owns what is found
 * @ret: the change
 * @ret_is_found: there is one; false where the tree declares none of the functions, or all have the
 * parameter
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (the headers declare the function in several ways, as a macro,
 * or with a signature that the table cannot extend).
 */
enum gcv_status gcv_signature_find(const struct gcv_goal *goal, struct gcv_arena *arena,
				   struct gcv_signature_change *ret, bool *ret_is_found,
				   struct gcv_err *err) GCV_MUST_CHECK;

#endif
