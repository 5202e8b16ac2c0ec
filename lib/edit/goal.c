// SPDX-License-Identifier: GPL-2.0-only
#include "edit/goal.h"

#include <string.h>

static bool is_from(const struct gcv_api_pair *pair, const char *const *from, size_t nr_from)
{
	size_t i;

	if (pair->nr_from != nr_from)
		return false;
	for (i = 0; i < nr_from; i++)
		if (strcmp(pair->from[i], from[i]) != 0)
			return false;
	return true;
}

bool gcv_goal_find(const struct gcv_goal *goal, const char *const *from, size_t nr_from,
		   enum gcv_api_pair_shape shape, struct gcv_replacement *ret)
{
	const struct gcv_api_conversion *c = goal->conversion;
	size_t i;

	for (i = 0; i < c->nr_pairs; i++) {
		const struct gcv_api_pair *pair = &c->pairs[i];
		const struct gcv_era_entry *entry;

		if (pair->shape != shape || pair->guard || !is_from(pair, from, nr_from))
			continue;
		entry = gcv_era_find(goal->era, pair->to, strlen(pair->to));
		if (!entry || entry->state == GCV_ERA_ABSENT || !entry->signature)
			continue;
		if (pair->needs != GCV_API_ARG_OTHER && entry->signature->arg[pair->needs] < 0)
			continue;
		*ret = (struct gcv_replacement){ pair->to, entry->signature, pair };
		return true;
	}
	return false;
}
