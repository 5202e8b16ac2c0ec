/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a release is written after the conversion. A loop over an array becomes one call where that
 * is proved to be the same; else the name of the function is replaced and the code around it stays,
 * which is the same for every single page.
 *
 *	struct gcv_release_edit e = { .form = &form, .shape = &shape, .goal = &goal, … };
 *
 *	st = gcv_release_edit(&e, &file_edit, group, err);
 *
 * What decides whether a loop may go (what makes a conversion wrong: holes, partial arrays,
 * signedness, context, widened guards) is said at each question.
 */
#ifndef GCV_EDIT_RELEASE_EDIT_H
#define GCV_EDIT_RELEASE_EDIT_H

#include "classify/release_shape.h"
#include "edit/change.h"
#include "edit/form.h"
#include "edit/goal.h"

/**
 * struct gcv_release_edit - a release in one form of its function
 * @form: the function
 * @shape: the code around the call
 * @goal: the conversion
 * @api: what is called
 * @signature: its parameters, or NULL
 * @may_be_negative: the analysis could not show that the count is not negative
 * @may_be_errno: the same of the result of an acquire that it serves
 * @may_lock: the page lock may be taken here, and the context may sleep
 * @is_shallow: only replace the name
 * @is_folded: on return: the code around the call is written anew
 */
struct gcv_release_edit {
	const struct gcv_form *form;
	const struct gcv_release_shape *shape;
	const struct gcv_goal *goal;
	const struct gcv_api_function *api;
	const struct gcv_api_signature *signature;
	bool may_be_negative, may_be_errno, may_lock, is_shallow;
	bool is_folded;
};

/**
 * gcv_release_edit() - change a release
 * @e: the release
 * @edit: the changes of its file
 * @group: number of the group of sites
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (nothing can take its place, or the call stands in a macro),
 * GCV_ERR_LIMIT (a guard is needed where none can be put), or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_release_edit(struct gcv_release_edit *e, struct gcv_file_edit *edit,
				 uint32_t group, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_release_fold() - write a loop, or a release with its dirtying, as one call
 * @e: the release
 * @out: the new text; unchanged where it is not folded
 * @ret_begin: offset of the range that it replaces
 * @ret_end: offset behind it
 *
 * Return: false where the code has to stay.
 */
bool gcv_release_fold(const struct gcv_release_edit *e, struct gcv_strbuf *out, uint32_t *ret_begin,
		      uint32_t *ret_end);

#endif
