// SPDX-License-Identifier: GPL-2.0-only
#include "flow/flow.h"

void gcv_flow_served_build(const struct gcv_flow *flow, struct gcv_flow_served *ret)
{
	struct gcv_lists_maker releases = { 0 }, site_acquires = { 0 }, site_releases = { 0 };
	uint32_t nr_sites = flow->input.program->facts.nr_sites, i, k;

	for (i = 0; i < flow->nr_acquires; i++)
		if (flow->acquires[i].site != GCV_NONE)
			gcv_lists_add(&site_acquires, flow->acquires[i].site, i);
	for (i = 0; i < flow->nr_releases; i++) {
		const struct gcv_place *place = &flow->graph.places[flow->releases[i].place];

		if (flow->releases[i].site != GCV_NONE)
			gcv_lists_add(&site_releases, flow->releases[i].site, i);
		for (k = 0; k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &flow->graph.atoms[place->atoms[k].atom];

			if (atom->kind == GCV_ATOM_ACQUIRED)
				gcv_lists_add(&releases, atom->site, i);
		}
	}
	gcv_lists_finish(&releases, flow->nr_acquires, &ret->releases);
	gcv_lists_finish(&site_acquires, nr_sites, &ret->site_acquires);
	gcv_lists_finish(&site_releases, nr_sites, &ret->site_releases);
}

/* The first entry of an array, whose entries stand by function, that is not of an earlier one. */
#define FIRST_OF(array, nr, of)                                    \
	({                                                         \
		uint32_t low_ = 0, high_ = (nr);                   \
		while (low_ < high_) {                             \
			uint32_t mid_ = low_ + (high_ - low_) / 2; \
			if ((array)[mid_].function < (of))         \
				low_ = mid_ + 1;                   \
			else                                       \
				high_ = mid_;                      \
		}                                                  \
		low_;                                              \
	})

uint32_t gcv_flow_calls_of(const struct gcv_flow *flow, uint32_t function, uint32_t *ret_end)
{
	*ret_end = FIRST_OF(flow->calls, flow->nr_calls, function + 1);
	return FIRST_OF(flow->calls, flow->nr_calls, function);
}

uint32_t gcv_flow_first_release(const struct gcv_flow *flow, uint32_t function)
{
	return FIRST_OF(flow->releases, flow->nr_releases, function);
}

uint32_t gcv_flow_first_acquire(const struct gcv_flow *flow, uint32_t function)
{
	return FIRST_OF(flow->acquires, flow->nr_acquires, function);
}

void gcv_flow_served_release(struct gcv_flow_served *served)
{
	gcv_lists_release(&served->releases);
	gcv_lists_release(&served->site_acquires);
	gcv_lists_release(&served->site_releases);
}
