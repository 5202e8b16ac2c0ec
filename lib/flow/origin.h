/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether an atom really gets to a place: the graph knows no order of statements in memory, so that
 * what one branch of a function puts into an array seems to be there in the other, too.
 *
 *	gcv_origins_init(&origins, flow);
 *	if (gcv_origins_reach(&origins, release->place, atom, release->function, release->call,
 *			      &source))
 *		…source is a place where it comes up…
 *	gcv_origins_release(&origins);
 */
#ifndef GCV_FLOW_ORIGIN_H
#define GCV_FLOW_ORIGIN_H

#include "flow/flow.h"

/**
 * struct gcv_origins - the flows of a graph the other way round
 * @flow: a solved flow
 * @first: for each place the first of the flows that lead to it
 * @next: for each flow the next one to the same place
 * @from: for each flow where it starts
 * @is_met: marks for each place, of the search at hand
 * @met: places with a mark
 * @is_barred: does a call of the searched node's function that comes to this node not come to the
 * searched one? May be NULL
 * @ctx: first argument of @is_barred
 */
struct gcv_origins {
	const struct gcv_flow *flow;
	uint32_t *first, *next, *from;
	uint8_t *is_met;
	uint32_t *met;
	bool (*is_barred)(void *ctx, uint32_t node);
	void *ctx;
};

/**
 * gcv_origins_init() - turn the flows round
 * @origins: for gcv_origins_release()
 * @flow: a solved flow; must outlive it
 */
void gcv_origins_init(struct gcv_origins *origins, const struct gcv_flow *flow);

/**
 * gcv_origins_reach() - is there a source of an atom from which it can get to a node?
 * @origins: the flows
 * @place: place of the node's pages
 * @atom: an atom that the graph has there
 * @function: index of the node's function
 * @node: the node
 * @ret_source: the first such source; may be NULL
 *
 * A source in the same function, whose pages do not leave it on their way, counts only where the
 * node can be reached from it. Steps in the same call of that function that are barred are not
 * gone.
 *
 * Return: true where there is one.
 */
bool gcv_origins_reach(struct gcv_origins *origins, uint32_t place, uint32_t atom,
		       uint32_t function, uint32_t node, uint32_t *ret_source);

/**
 * gcv_origins_release() - free it
 * @origins: the flows
 */
void gcv_origins_release(struct gcv_origins *origins);

#endif
