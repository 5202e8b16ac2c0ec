/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an acquire is written after the conversion: the function of the pin family with the same
 * suffix, and flags that it takes.
 *
 *	struct gcv_acquire_edit e = { .form = &form, .call = call, .goal = &goal, … };
 *
 *	st = gcv_acquire_edit(&e, &file_edit, group, err);
 */
#ifndef GCV_EDIT_ACQUIRE_EDIT_H
#define GCV_EDIT_ACQUIRE_EDIT_H

#include "edit/change.h"
#include "edit/form.h"
#include "edit/goal.h"

/**
 * struct gcv_acquire_edit - an acquire in one form of its function
 * @form: the function
 * @call: the CALL
 * @goal: the conversion
 * @api: what is called
 * @signature: its parameters in the tree, or NULL
 * @longterm: add FOLL_LONGTERM
 */
struct gcv_acquire_edit {
	const struct gcv_form *form;
	uint32_t call;
	const struct gcv_goal *goal;
	const struct gcv_api_function *api;
	const struct gcv_api_signature *signature;
	bool longterm;
};

/**
 * gcv_acquire_edit() - change an acquire
 * @e: the acquire
 * @edit: the changes of its file
 * @group: number of the group of sites
 * @err: sentence on failure
 *
 * Where the conversion has no acquires (put-user-page) nothing is changed. Flags that
 * pin_user_pages*() refuses (FOLL_GET, and FOLL_TOUCH where the tree has it internal) are taken out
 * of the argument; where they stand elsewhere in the function, the acquire is refused.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (nothing can take its place, or a macro makes the call),
 * GCV_ERR_LIMIT (the flags cannot be changed here), or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_acquire_edit(const struct gcv_acquire_edit *e, struct gcv_file_edit *edit,
				 uint32_t group, struct gcv_err *err) GCV_MUST_CHECK;

#endif
