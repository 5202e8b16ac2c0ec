/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions the flow leads to, or comes from, whose other callers may stand in files that
 * were not parsed.
 *
 *	gcv_flow_demand(flow, &arena, &demands, &nr);
 *	…search the tree for demands[i].name, parse what has it, make the flow anew…
 */
#ifndef GCV_FLOW_DEMAND_H
#define GCV_FLOW_DEMAND_H

#include "flow/flow.h"

/**
 * struct gcv_flow_demand - a name to look for
 * @name: of a function that others can call
 * @reason: why, without a full stop: "hands out pages of hfi1_acquire_user_pages()"
 * @is_definition: only the file that defines the function is wanted
 * @folders: only files of these folders are, each ended by a newline; NULL for all
 * @beside: only files that call something of one of these names, too, each ended by a newline; NULL
 * for all
 */
struct gcv_flow_demand {
	const char *name;
	const char *reason;
	bool is_definition;
	const char *folders;
	const char *beside;
};

/**
 * gcv_flow_demand() - list the names
 * @flow: a solved flow
 * @arena: owns the result
 * @ret_demands: each name once, in the order of the functions
 * @ret_nr: how many
 *
 * Functions that hand pages of an acquire to their callers, and functions whose callers pass pages
 * to a release that also gets pages of an acquire: an unknown caller may release, or mix. API
 * functions are none of them: whoever names one was parsed.
 *
 * For acquires whose pages are given back elsewhere by what a table of functions may lead to: the
 * MMU notifiers of the same folder, and what their callbacks call (struct gcv_notifiers).
 */
void gcv_flow_demand(const struct gcv_flow *flow, struct gcv_arena *arena,
		     struct gcv_flow_demand **ret_demands, uint32_t *ret_nr);

#endif
