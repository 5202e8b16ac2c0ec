// SPDX-License-Identifier: GPL-2.0-only
#include "flow/origin.h"

#include "flow/cfg.h"

#include <stdlib.h>
#include <string.h>

/** HERE - mark of a place from which the atom gets to the node within one call of its function */
#define HERE 1
/** NEAR - the same within its function, by memory that may be left from an earlier call of it */
#define NEAR 2
/** FAR - mark of a place from which it gets there through other functions */
#define FAR 4

void gcv_origins_init(struct gcv_origins *o, const struct gcv_flow *flow)
{
	const struct gcv_graph *graph = &flow->graph;
	uint32_t i, edge;

	*o = (struct gcv_origins){ .flow = flow };
	o->first = gcv_zalloc(graph->nr_places, sizeof(*o->first));
	o->next = gcv_zalloc(graph->nr_edges, sizeof(*o->next));
	o->from = gcv_zalloc(graph->nr_edges, sizeof(*o->from));
	o->is_met = gcv_zalloc(graph->nr_places, sizeof(*o->is_met));
	o->met = gcv_zalloc(graph->nr_places, 3 * sizeof(*o->met));
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

static bool is_barred(const struct gcv_origins *o, uint32_t node)
{
	return o->is_barred && node != GCV_NONE && o->is_barred(o->ctx, node);
}

/* Does the atom come up here, so that it can get to the node? */
static bool is_source(const struct gcv_origins *o, uint32_t at, uint32_t atom, uint8_t mark,
		      uint32_t function, uint32_t node)
{
	const struct gcv_arrival *arrival = gcv_graph_arrival(&o->flow->graph, at, atom);
	const struct gcv_place *place = &o->flow->graph.places[at];

	if (!arrival || arrival->place)
		return false;
	if (mark == FAR || place->function != function || place->node == GCV_NONE ||
	    place->node == node)
		return true;
	if (mark == HERE && is_barred(o, place->node))
		return false;
	return can_follow(o->flow, function, place->node, node);
}

/** LEVELS - memory in memory */
#define LEVELS 4

/* Was memory there before the function was called, or may others have it? */
static bool is_old(const struct gcv_flow *flow, uint32_t atom, uint32_t function)
{
	const struct gcv_graph *graph = &flow->graph;
	const struct gcv_place *place;
	uint32_t level;

	for (level = 0; level < LEVELS; level++) {
		const struct gcv_atom *object = &graph->atoms[atom];

		if (object->kind != GCV_ATOM_OBJECT || object->function != function ||
		    object->is_shared)
			return true;
		if (object->origin == GCV_ORIGIN_NEW)
			return false;
		if (object->self)
			return graph->places[object->self].kind != GCV_PLACE_LOCAL;
		/* Memory that must be there, behind a member of other memory. */
		place = &graph->places[flow->named_by[atom]];
		if (!flow->named_by[atom] || place->kind != GCV_PLACE_CELL)
			return true;
		atom = place->symbol;
	}
	return true;
}

/* May what a place holds be left from an earlier call of the function? */
static bool is_lasting(const struct gcv_origins *o, uint32_t at, uint32_t function)
{
	const struct gcv_place *place = &o->flow->graph.places[at];

	if (place->kind == GCV_PLACE_CELL)
		return is_old(o->flow, place->symbol, function);
	return place->kind == GCV_PLACE_FIELD || place->kind == GCV_PLACE_GLOBAL;
}

/* How the atom gets on from the start of a step, where it gets on from the end by @mark. */
static uint8_t mark_before(const struct gcv_origins *o, uint32_t from, uint32_t edge,
			   uint32_t function, uint8_t mark)
{
	const struct gcv_flow_edge *step = &o->flow->graph.edges[edge];

	if (mark == FAR || step->function != function)
		return FAR;
	return mark == HERE && !is_lasting(o, from, function) ? HERE : NEAR;
}

/* The weakest mark of a place counts. */
static uint8_t mark_of(const struct gcv_origins *o, uint32_t at)
{
	return o->is_met[at] & FAR ? FAR : o->is_met[at] & NEAR ? NEAR : HERE;
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

	push(o, place, is_lasting(o, place, function) ? NEAR : HERE, &nr);
	for (i = 0; i < nr && !is_found; i++) {
		uint32_t at = o->met[i];
		uint8_t mark = mark_of(o, at);

		if (is_source(o, at, atom, mark, function, node)) {
			is_found = true;
			if (ret_source)
				*ret_source = at;
			break;
		}
		for (edge = o->first[at]; edge; edge = o->next[edge]) {
			if (mark == HERE && graph->edges[edge].function == function &&
			    is_barred(o, graph->edges[edge].node))
				continue;
			if (gcv_graph_arrival(graph, o->from[edge], atom))
				push(o, o->from[edge],
				     mark_before(o, o->from[edge], edge, function, mark), &nr);
		}
	}
	for (i = 0; i < nr; i++)
		o->is_met[o->met[i]] = 0;
	return is_found;
}
