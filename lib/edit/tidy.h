/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a good developer cleans up behind an edit: variables that nobody names any more, and braces
 * around what has become a single line.
 *
 *	st = gcv_plan_tidy(plan, err);		the last step of gcv_plan_make()
 */
#ifndef GCV_EDIT_TIDY_H
#define GCV_EDIT_TIDY_H

#include "edit/form.h"
#include "edit/plan.h"

/**
 * gcv_plan_tidy() - clean up in all functions that were changed
 * @plan: the plan
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what gcv_program_body() returned.
 */
enum gcv_status gcv_plan_tidy(struct gcv_plan *plan, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_tidy_variables() - take out the local variables that were used only in what was replaced
 * @form: the function
 * @edit: the changes so far
 * @err: sentence on failure
 *
 * A variable stays where its name still stands anywhere in the function, be it in code that this
 * configuration does not see, and where its initialiser does something.
 *
 * Return: GCV_OK or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_tidy_variables(const struct gcv_form *form, struct gcv_file_edit *edit,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_tidy_braces() - take out the braces around what has become a single line
 * @form: the function
 * @edit: the changes so far
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_tidy_braces(const struct gcv_form *form, struct gcv_file_edit *edit,
				struct gcv_err *err) GCV_MUST_CHECK;

#endif
