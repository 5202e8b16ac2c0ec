// SPDX-License-Identifier: GPL-2.0-only
#include "classify/acquire_walk.h"

#include <stdlib.h>
#include <string.h>

/* Put an entry before those that its call has already. */
static void index_one(struct gcv_map64 *map, uint32_t *next, uint32_t function, uint32_t call,
		      uint32_t number)
{
	bool is_new;
	uint32_t *first = gcv_map64_add(map, (uint64_t)function << 32 | call, &is_new);

	next[number] = is_new ? GCV_NONE : *first;
	*first = number;
}

static void index_functions(const struct gcv_flow *flow, struct gcv_acquire_calls *index)
{
	uint32_t nr = flow->input.program->facts.nr_functions, i;

	index->first_caller = gcv_zalloc(nr + 1, sizeof(*index->first_caller));
	memset(index->first_caller, 0xff, nr * sizeof(*index->first_caller));
	index->first_release = gcv_zalloc(nr + 1, sizeof(*index->first_release));
	memset(index->first_release, 0xff, nr * sizeof(*index->first_release));
	for (i = flow->nr_releases; i-- > 0;)
		index->first_release[flow->releases[i].function] = i;
	index->next_caller = gcv_zalloc(flow->nr_calls + 1, sizeof(*index->next_caller));
	for (i = flow->nr_calls; i-- > 0;) {
		index->next_caller[i] = index->first_caller[flow->calls[i].target];
		index->first_caller[flow->calls[i].target] = i;
	}
}

static void find_pointed(const struct gcv_program *program, struct gcv_acquire_calls *index)
{
	const struct gcv_program_facts *facts = &program->facts;
	uint32_t i, k;

	index->is_pointed = gcv_zalloc(facts->nr_functions + 1, sizeof(*index->is_pointed));
	for (i = 0; i < facts->nr_addresses; i++) {
		const char *file = facts->functions[facts->addresses[i].in].file;
		const char *name = facts->addresses[i].function;
		struct gcv_program_targets named = gcv_program_named(program, file, name, true);

		if (!named.nr)
			named = gcv_program_named(program, file, name, false);
		for (k = 0; k < named.nr; k++)
			index->is_pointed[named.functions[k]] = true;
	}
}

void gcv_acquire_calls_init(struct gcv_acquire_calls *index, const struct gcv_flow *flow)
{
	uint32_t i;

	*index = (struct gcv_acquire_calls){
		.next_release = gcv_zalloc(flow->nr_releases + 1, sizeof(*index->next_release)),
		.next_move = gcv_zalloc(flow->nr_uses + 1, sizeof(*index->next_move)),
		.next_call = gcv_zalloc(flow->nr_calls + 1, sizeof(*index->next_call)),
		.next_acquire = gcv_zalloc(flow->nr_acquires + 1, sizeof(*index->next_acquire)),
	};
	/* From the last on, so that the first one is found first. */
	for (i = flow->nr_releases; i-- > 0;)
		index_one(&index->releases, index->next_release, flow->releases[i].function,
			  flow->releases[i].call, i);
	for (i = flow->nr_uses; i-- > 0;)
		if (flow->uses[i].effect == GCV_EFFECT_TRANSFER ||
		    flow->uses[i].effect == GCV_FLOW_LISTED)
			index_one(&index->moves, index->next_move, flow->uses[i].function,
				  flow->uses[i].call, i);
	for (i = flow->nr_calls; i-- > 0;)
		index_one(&index->calls, index->next_call, flow->calls[i].function,
			  flow->calls[i].node, i);
	for (i = flow->nr_acquires; i-- > 0;)
		index_one(&index->acquires, index->next_acquire, flow->acquires[i].function,
			  flow->acquires[i].call, i);
	index_functions(flow, index);
	find_pointed(flow->input.program, index);
}

void gcv_acquire_calls_release(struct gcv_acquire_calls *index)
{
	gcv_map64_release(&index->releases);
	gcv_map64_release(&index->moves);
	gcv_map64_release(&index->calls);
	gcv_map64_release(&index->acquires);
	free(index->next_release);
	free(index->next_move);
	free(index->next_call);
	free(index->next_acquire);
	free(index->first_release);
	free(index->first_caller);
	free(index->next_caller);
	free(index->is_pointed);
}
