/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A loop that hands page after page to a static function which does nothing but to give one page
 * back: it becomes one call, as if the release stood in the loop itself.
 *
 *	st = gcv_plan_fold_static_loops(plan, err);	behind the changes of the sites
 *
 * Whether the function is still needed then is another question: edit/unused.h.
 */
#ifndef GCV_EDIT_STATIC_LOOP_H
#define GCV_EDIT_STATIC_LOOP_H

#include "edit/plan.h"

/**
 * gcv_plan_fold_static_loops() - fold the loops around calls of functions that release one page
 * @plan: the plan, with the changes of its sites
 * @err: sentence on failure
 *
 * A loop stays where a configuration that sees the call would keep it, wherever a loop around the
 * release itself would (gcv_release_fold()), and where the function would be left behind without a
 * call but cannot go. A signed count gets a guard where no condition in
 * front of the loop says that it is not negative.
 *
 * Return: GCV_OK, or what gcv_program_body() or gcv_file_edit_add() returned.
 */
enum gcv_status gcv_plan_fold_static_loops(struct gcv_plan *plan,
					   struct gcv_err *err) GCV_MUST_CHECK;

#endif
