/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a conversion puts in the place of calls, in the era of a tree.
 *
 *	struct gcv_goal goal = { conversion, &era };
 *	const char *const from[] = { "set_page_dirty_lock", "put_page" };
 *
 *	if (gcv_goal_find(&goal, from, 2, GCV_API_PAIR_LOOP, &to))
 *		…to.name, to.signature…
 */
#ifndef GCV_EDIT_GOAL_H
#define GCV_EDIT_GOAL_H

#include "parse/era.h"

/**
 * struct gcv_goal - a conversion in a tree
 * @conversion: the conversion
 * @era: what the tree declares
 */
struct gcv_goal {
	const struct gcv_api_conversion *conversion;
	const struct gcv_era *era;
};

/**
 * struct gcv_replacement - a function that takes the place of calls
 * @name: its name
 * @signature: its parameters in this tree
 * @pair: the entry of the conversion's table
 */
struct gcv_replacement {
	const char *name;
	const struct gcv_api_signature *signature;
	const struct gcv_api_pair *pair;
};

/**
 * gcv_goal_find() - what takes the place of some calls
 * @goal: the goal
 * @from: names of the calls, in their order
 * @nr_from: how many
 * @shape: in what form they stand
 * @ret: the replacement
 *
 * Return: false where the table has none, or none that the tree declares with the parameters that
 * are needed.
 */
bool gcv_goal_find(const struct gcv_goal *goal, const char *const *from, size_t nr_from,
		   enum gcv_api_pair_shape shape, struct gcv_replacement *ret);

#endif
