// SPDX-License-Identifier: GPL-2.0-only
#include "flow/origin.h"

#include "flow/cfg.h"

#include <stdlib.h>
#include <string.h>

/** NEAR - mark of a place from which the atom gets to the node within its function */
#define NEAR 1
/** FAR - mark of a place from which it gets there through other functions */
#define FAR 2

void gcv_origins_init(struct gcv_origins *o, const struct gcv_flow *flow)
{
	const struct gcv_graph *graph = &flow->graph;
	uint32_t i, edge;

	*o = (struct gcv_origins){ .flow = flow };
	o->first = gcv_zalloc(graph->nr_places, sizeof(*o->first));
	o->next = gcv_zalloc(graph->nr_edges, sizeof(*o->next));
	o->from = gcv_zalloc(graph->nr_edges, sizeof(*o->from));
	o->is_met = gcv_zalloc(graph->nr_places, sizeof(*o->is_met));
	o->met = gcv_zalloc(graph->nr_places, 2 * sizeof(*o->met));
	for (i = 1; i < graph->nr_places; i++) {
		for (edge = graph->places[i].flows; edge; edge = graph->edges[edge].next) {
			uint32_t to = graph->edges[edge].to;

			o->from[edge] = i;
			o->next[edge] = o->first[to];
			o->first[to] = edge;
		}
	}
}

void gcv_origins_release(struct gcv_origins *o)
{
	free(o->first);
	free(o->next);
	free(o->from);
	free(o->is_met);
	free(o->met);
}

static bool can_follow(const struct gcv_flow *flow, uint32_t function, uint32_t from, uint32_t to)
{
	const struct gcv_body *body = flow->input.program->facts.functions[function].body;
	struct gcv_arena arena = { 0 };
	struct gcv_cfg cfg;
	bool can;

	gcv_cfg_build(body, &arena, &cfg);
	can = gcv_cfg_reaches(&cfg, from, to);
	gcv_arena_release(&arena);
	return can;
}

/* Does the atom come up here, so that it can get to the node? */
static bool is_source(const struct gcv_origins *o, uint32_t at, uint32_t atom, uint8_t mark,
		      uint32_t function, uint32_t node)
{
	const struct gcv_arrival *arrival = gcv_graph_arrival(&o->flow->graph, at, atom);
	const struct gcv_place *place = &o->flow->graph.places[at];

	if (!arrival || arrival->place)
		return false;
	if (mark != NEAR || place->function != function || place->node == GCV_NONE ||
	    place->node == node)
		return true;
	return can_follow(o->flow, function, place->node, node);
}

static void push(struct gcv_origins *o, uint32_t at, uint8_t mark, uint32_t *nr)
{
	if (o->is_met[at] & mark)
		return;
	o->is_met[at] |= mark;
	o->met[(*nr)++] = at;
}

bool gcv_origins_reach(struct gcv_origins *o, uint32_t place, uint32_t atom, uint32_t function,
		       uint32_t node, uint32_t *ret_source)
{
	const struct gcv_graph *graph = &o->flow->graph;
	uint32_t nr = 0, i, edge;
	bool is_found = false;

	push(o, place, NEAR, &nr);
	for (i = 0; i < nr && !is_found; i++) {
		uint32_t at = o->met[i];
		uint8_t mark = o->is_met[at] & FAR ? FAR : NEAR;

		if (is_source(o, at, atom, mark, function, node)) {
			is_found = true;
			if (ret_source)
				*ret_source = at;
			break;
		}
		for (edge = o->first[at]; edge; edge = o->next[edge]) {
			bool is_near = mark == NEAR && graph->edges[edge].function == function;

			if (gcv_graph_arrival(graph, o->from[edge], atom))
				push(o, o->from[edge], is_near ? NEAR : FAR, &nr);
		}
	}
	for (i = 0; i < nr; i++)
		o->is_met[o->met[i]] = 0;
	return is_found;
}
