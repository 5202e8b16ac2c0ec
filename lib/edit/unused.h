/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Static functions that nobody names any more behind an edit: they go, since the compiler would
 * warn of them.
 *
 *	st = gcv_plan_remove_unused(plan, err);		the last step of gcv_plan_make()
 */
#ifndef GCV_EDIT_UNUSED_H
#define GCV_EDIT_UNUSED_H

#include "edit/plan.h"

/**
 * gcv_plan_remove_unused() - remove static functions whose last use a change took away
 * @plan: the plan, tidied up
 * @err: sentence on failure
 *
 * With the comment on top, and with its prototypes. What was unused before stays, and so does what
 * any code of the file names, be it in a configuration that nobody saw; in headers all stays.
 * A function that only a removed one called goes, too.
 *
 * Return: GCV_OK, or what gcv_file_edit_add() returned.
 */
enum gcv_status gcv_plan_remove_unused(struct gcv_plan *plan, struct gcv_err *err) GCV_MUST_CHECK;

#endif
