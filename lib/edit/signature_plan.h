/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plan of a conversion that gives a function one more parameter: everything that the tree says
 * of the function is changed, or nothing.
 *
 *	if (gcv_signature_is_goal(plan->input.conversion))
 *		st = gcv_signature_plan(plan, err);		a step of gcv_plan_make()
 */
#ifndef GCV_EDIT_SIGNATURE_PLAN_H
#define GCV_EDIT_SIGNATURE_PLAN_H

#include "edit/plan.h"
#include "edit/signature.h"

/**
 * gcv_signature_plan() - make the changes
 * @plan: the plan; its single group is number 0
 * @err: sentence on failure
 *
 * The ledger is gone through, so that nothing is overlooked: declarations and calls are changed,
 * comments stay. Whatever else names the function (a macro, its address, code that no configuration
 * sees) refuses the group with its place; but a macro at file level that is given the name alone
 * and stands in the file of the definition, as EXPORT_SYMBOL() does, is content with any signature.
 *
 * Return: GCV_OK (also where the group was refused or there is nothing to do: @plan->note), or what
 * gcv_program_body() returned.
 */
enum gcv_status gcv_signature_plan(struct gcv_plan *plan, struct gcv_err *err) GCV_MUST_CHECK;

#endif
