/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Find values of macros under which a conditional branch is compiled.
 *
 *	struct gcv_assignment *alternatives;
 *	uint32_t nr;
 *
 *	status = gcv_condition_solve(&lexed, branch, &base, 4, &arena, &alternatives, &nr, err);
 *	if (status == GCV_OK)
 *		…alternatives[0] changes least…
 *	else if (status == GCV_ERR_NOT_FOUND)
 *		…err says which condition cannot be true…
 */
#ifndef GCV_TREE_SOLVE_H
#define GCV_TREE_SOLVE_H

#include "tree/assignment.h"
#include "tree/chain.h"

/** GCV_SOLVE_ALTERNATIVES_MAX - no more alternatives than this are given */
#define GCV_SOLVE_ALTERNATIVES_MAX 16

/**
 * gcv_condition_solve() - values of macros under which a branch is compiled
 * @lexed: the text
 * @branch: index of the branch; -1 needs nothing: one alternative without settings
 * @base: the configuration to start from, of which as little as possible is changed
 * @max: how many alternatives are wanted, at least 1
 * @arena: owns the result
 * @ret: the alternatives, those with the fewest changes first; each names every macro that
 *	matters, also where @base has it so
 * @ret_nr: how many, at least 1
 * @err: sentence on failure
 *
 * CONFIG_X and CONFIG_X_MODULE are never both defined. What @base says is fixed keeps its number
 *where conditions ask for one. What the text itself defines is not considered.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (the conditions contradict themselves or each other, as "#if 0"
 * does: the sentence says "cannot be"; or no value was found for arithmetic: "no values found"),
 *GCV_ERR_LIMIT (too many conditions or too entangled).
 */
enum gcv_status gcv_condition_solve(const struct gcv_lexed *lexed, int32_t branch,
				    const struct gcv_valuation *base, uint32_t max,
				    struct gcv_arena *arena, struct gcv_assignment **ret,
				    uint32_t *ret_nr, struct gcv_err *err) GCV_MUST_CHECK;

#endif
