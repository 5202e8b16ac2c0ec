/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comments of an edited function that would speak of a call which is not there any more.
 *
 *	st = gcv_plan_rename_in_comments(plan, err);	once all changes of the code are made
 */
#ifndef GCV_EDIT_COMMENT_H
#define GCV_EDIT_COMMENT_H

#include "edit/plan.h"

/**
 * gcv_plan_rename_in_comments() - let comments name the function that is called now
 * @plan: the plan, with all changes of its code
 * @err: sentence on failure
 *
 * Within the function and right above it, where every call of the old name in the function became
 * the same new one. A comment stays where a call of the old name is left, where calls became
 * different ones or were folded with their dirtying, where the line would exceed 80 columns, and
 * in all other functions: it may speak of other pages.
 *
 * Return: GCV_OK, or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_plan_rename_in_comments(struct gcv_plan *plan,
					    struct gcv_err *err) GCV_MUST_CHECK;

#endif
