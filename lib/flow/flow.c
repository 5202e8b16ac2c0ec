// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"

#include <stdlib.h>

static enum gcv_status decode_all(struct gcv_program *program, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < program->facts.nr_functions && st == GCV_OK; i++)
		if (program->facts.functions[i].kind == GCV_DEF_FUNCTION)
			st = gcv_program_body(program, &program->facts.functions[i], err);
	return st;
}

static enum gcv_status build_all(struct gcv_builder *b, struct gcv_err *err)
{
	struct gcv_program *program = b->flow->input.program;
	enum gcv_status st = decode_all(program, err);
	uint32_t nr = program->facts.nr_functions, i;

	b->flow->first_value = gcv_zalloc(nr + 1, sizeof(*b->flow->first_value));
	if (st == GCV_OK)
		gcv_kinds_build(program, b->flow->input.accessors, &b->kinds);
	for (i = 0; i < nr && st == GCV_OK; i++) {
		struct gcv_function *fn = &program->facts.functions[i];

		b->flow->first_value[i] = b->flow->nr_values;
		if (fn->kind != GCV_DEF_FUNCTION)
			continue;
		gcv_build_function(b, fn);
		b->flow->nr_functions++;
	}
	b->flow->first_value[nr] = b->flow->nr_values;
	return st;
}

/* Is a definition one that a macro makes for itself? */
static bool is_of_macro(const struct gcv_flow *flow, const struct gcv_place *place)
{
	const struct gcv_body *body = flow->input.program->facts.functions[place->function].body;

	return place->node != GCV_NONE && body && body->nodes[place->node].flags & GCV_NODE_MACRO;
}

/* The more people know of a place, the better it names what it points to. */
static unsigned int fame(const struct gcv_flow *flow, uint32_t at)
{
	const struct gcv_place *place = &flow->graph.places[at];

	if (!at)
		return 0;
	switch (place->kind) {
	case GCV_PLACE_FIELD:
		return 7;
	case GCV_PLACE_GLOBAL:
		return 6;
	case GCV_PLACE_LOCAL:
		return is_of_macro(flow, place) ? 1 : 5;
	case GCV_PLACE_PARAM:
		return 3;
	case GCV_PLACE_CELL:
		return flow->graph.atoms[place->symbol].is_shared ? 4 : 2;
	default:
		return 0;
	}
}

static void name_memory(struct gcv_flow *flow)
{
	const struct gcv_graph *graph = &flow->graph;
	uint32_t i, k;

	flow->named_by = gcv_zalloc(graph->nr_atoms + 1, sizeof(*flow->named_by));
	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		for (k = 0; fame(flow, i) && k < place->nr_atoms; k++) {
			uint32_t atom = place->atoms[k].atom;

			if (graph->atoms[atom].kind == GCV_ATOM_OBJECT && atom != place->symbol &&
			    fame(flow, i) > fame(flow, flow->named_by[atom]))
				flow->named_by[atom] = i;
		}
	}
}

enum gcv_status gcv_flow_new(const struct gcv_flow_input *input, struct gcv_flow **ret_flow,
			     struct gcv_err *err)
{
	struct gcv_flow *flow = gcv_zalloc(1, sizeof(*flow));
	struct gcv_builder builder;
	enum gcv_status st;

	flow->input = *input;
	gcv_graph_init(&flow->graph);
	gcv_builder_init(&builder, flow);
	st = build_all(&builder, err);
	if (st == GCV_OK) {
		gcv_build_returns(&builder);
		gcv_build_params(&builder);
		gcv_graph_solve(&flow->graph);
		name_memory(flow);
		gcv_flow_served_build(flow, &flow->served);
	}
	gcv_builder_release(&builder);
	if (st != GCV_OK) {
		gcv_flow_free(flow);
		return st;
	}
	*ret_flow = flow;
	return GCV_OK;
}

uint32_t gcv_flow_value(const struct gcv_flow *flow, uint32_t function, uint32_t node)
{
	uint32_t low = flow->first_value[function], end = flow->first_value[function + 1];

	while (low < end) {
		uint32_t mid = low + (end - low) / 2;

		if (flow->values[mid].node == node)
			return flow->values[mid].place;
		if (flow->values[mid].node < node)
			low = mid + 1;
		else
			end = mid;
	}
	return 0;
}

void gcv_flow_free(struct gcv_flow *flow)
{
	if (!flow)
		return;
	gcv_graph_release(&flow->graph);
	gcv_intern_release(&flow->names);
	free(flow->acquires);
	free(flow->releases);
	free(flow->uses);
	free(flow->calls);
	free(flow->values);
	free(flow->first_value);
	free(flow->named_by);
	gcv_flow_served_release(&flow->served);
	gcv_map64_release(&flow->given);
	free(flow);
}
