/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has to hold for a conditional branch to be compiled: its own condition, those of all
 * branches around it, and that no earlier branch of their groups is taken.
 *
 *	struct gcv_chain chain;
 *
 *	if (gcv_chain_of(&lexed, occurrence->branch, &arena, &chain, err) == GCV_OK &&
 *	    gcv_chain_eval(&chain, &valuation) == GCV_FALSE)
 *		…it is not compiled…
 */
#ifndef GCV_TREE_CHAIN_H
#define GCV_TREE_CHAIN_H

#include "tree/condition.h"

/** GCV_CHAIN_MAX - more conditions than this on the way to a branch are refused */
#define GCV_CHAIN_MAX 512

/**
 * struct gcv_chain_link - one condition
 * @condition: the expression
 * @want: true where it must be true, false where it must be false
 * @branch: index of the branch whose directive states it
 */
struct gcv_chain_link {
	const struct gcv_condition *condition;
	bool want;
	int32_t branch;
};

/**
 * struct gcv_chain - all of them, the outermost first
 * @links: the conditions, in the order of the text
 * @nr: how many
 */
struct gcv_chain {
	const struct gcv_chain_link *links;
	uint32_t nr;
};

/**
 * gcv_chain_of() - the conditions of a branch
 * @lexed: the text it is in
 * @branch: index of the branch; -1 gives an empty chain
 * @arena: owns the result
 * @ret: the chain
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_LIMIT (more than GCV_CHAIN_MAX, or an expression nested too deep).
 */
enum gcv_status gcv_chain_of(const struct gcv_lexed *lexed, int32_t branch, struct gcv_arena *arena,
			     struct gcv_chain *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_chain_eval() - is the branch compiled?
 * @chain: its conditions
 * @valuation: values of macros
 *
 * Return: GCV_FALSE where one condition is known not to hold, GCV_TRUE where all do.
 */
enum gcv_truth gcv_chain_eval(const struct gcv_chain *chain, const struct gcv_valuation *valuation);

/**
 * gcv_branch_text() - a directive as a person would write it
 * @branch: the branch
 * @arena: owns the result
 *
 * Return: for example "#elif defined(A)".
 */
const char *gcv_branch_text(const struct gcv_lex_branch *branch, struct gcv_arena *arena);

#endif
