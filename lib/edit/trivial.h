/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A static function that did something for its callers, and would now only hand its arguments on to
 * one function that gives pages back: its callers call that themselves, and it goes.
 *
 *	st = gcv_plan_remove_trivial(plan, err);	behind gcv_plan_tidy()
 *
 * "Remove a static helper that became trivial" is what reviewers ask for.
 */
#ifndef GCV_EDIT_TRIVIAL_H
#define GCV_EDIT_TRIVIAL_H

#include "edit/plan.h"

/**
 * gcv_plan_remove_trivial() - remove functions that became one call
 * @plan: the plan, tidied up
 * @err: sentence on failure
 *
 * A function stays where its name stands anywhere in the file but in calls that are seen and
 * written out, where kernel-doc describes it, where an argument would be evaluated more or less
 * often or by another type than before, where it was one call before, and where groups that are
 * independent of each other need it.
 *
 * Return: GCV_OK, or what gcv_program_body() or gcv_file_edit_add() returned.
 */
enum gcv_status gcv_plan_remove_trivial(struct gcv_plan *plan, struct gcv_err *err) GCV_MUST_CHECK;

#endif
