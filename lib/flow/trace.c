// SPDX-License-Identifier: GPL-2.0-only
#include "flow/trace.h"

#include <string.h>

/* Name of what a node calls, or NULL. */
static const char *callee_name(const struct gcv_flow *flow, const struct gcv_flow_edge *edge)
{
	const struct gcv_function *fn = &flow->input.program->facts.functions[edge->function];
	const struct gcv_symbol *symbol;

	if (edge->node == GCV_NONE || !fn->body)
		return NULL;
	symbol = gcv_body_callee(fn->body, edge->node);
	return symbol ? symbol->name : NULL;
}

static const char *param_name(const struct gcv_function *fn, uint32_t position)
{
	if (!fn->body || position >= fn->body->nr_symbols ||
	    fn->body->symbols[position].kind != GCV_SYMBOL_PARAM)
		return "";
	return fn->body->symbols[position].name;
}

/** LEVELS - memory in memory that is named by what leads to it */
#define LEVELS 4

/* What people call memory: by its own name, or by what points to it; or NULL. */
static const char *object_name(const struct gcv_flow *flow, uint32_t atom, struct gcv_arena *arena)
{
	const struct gcv_place *place;
	const char *path = "", *name;
	uint32_t level;

	for (level = 0; level < LEVELS; level++) {
		if (flow->graph.atoms[atom].name)
			return gcv_arena_printf(arena, "%s%s", flow->graph.atoms[atom].name, path);
		place = &flow->graph.places[flow->named_by[atom]];
		if (!flow->named_by[atom])
			return NULL;
		if (place->kind != GCV_PLACE_CELL) {
			name = gcv_trace_name(flow, flow->named_by[atom]);
			return *name ? gcv_arena_printf(arena, "%s%s", name, path) : NULL;
		}
		if (place->name[0] != '[' && place->name[0] != '*')
			path = gcv_arena_printf(arena, ".%s%s", place->name, path);
		atom = place->symbol;
	}
	return NULL;
}

static const char *cell_text(const struct gcv_flow *flow, const struct gcv_place *cell,
			     const char *verb, struct gcv_arena *arena)
{
	const char *name = object_name(flow, cell->symbol, arena);

	if (cell->name[0] != '[' && cell->name[0] != '*')
		return gcv_arena_printf(arena, "%s member %s%s%s", verb, cell->name,
					name ? " of " : "", name ? name : "");
	if (!name)
		return gcv_arena_printf(arena, "%s an array", verb);
	if (cell->name[0] == '[' && flow->graph.atoms[cell->symbol].kind == GCV_ATOM_OBJECT &&
	    !flow->graph.atoms[cell->symbol].is_stand_in)
		return gcv_arena_printf(arena, "%s the array %s", verb, name);
	return gcv_arena_printf(arena, "%s what %s points to", verb, name);
}

static const char *memory_text(const struct gcv_flow *flow, const struct gcv_place *place,
			       const char *verb, struct gcv_arena *arena)
{
	if (place->kind == GCV_PLACE_CELL)
		return cell_text(flow, place, verb, arena);
	if (place->name)
		return gcv_arena_printf(arena, "%s %s", verb, place->name);
	return NULL;
}

/* What a flow does, in words; NULL where it is not worth a step. */
static const char *edge_text(const struct gcv_flow *flow, const struct gcv_flow_edge *edge,
			     uint32_t from, struct gcv_arena *arena)
{
	const struct gcv_program_facts *facts = &flow->input.program->facts;
	const struct gcv_place *to = &flow->graph.places[edge->to];
	const struct gcv_place *source = &flow->graph.places[from];
	const char *name;

	switch (edge->step) {
	case GCV_STEP_ASSIGN:
		return to->name ? gcv_arena_printf(arena, "assigned to %s", to->name) : NULL;
	case GCV_STEP_ARGUMENT:
		return gcv_arena_printf(arena, "passed to %s() as %s",
					facts->functions[to->function].name,
					param_name(&facts->functions[to->function], to->symbol));
	case GCV_STEP_RESULT:
		if (to->kind == GCV_PLACE_RESULT)
			return gcv_arena_printf(arena, "returned by %s()",
						facts->functions[to->function].name);
		return gcv_arena_printf(arena, "comes back to %s()",
					facts->functions[edge->function].name);
	case GCV_STEP_STORE:
		return memory_text(flow, to, "stored in", arena);
	case GCV_STEP_LOAD:
		return memory_text(flow, source, "read from", arena);
	case GCV_STEP_ACCESSOR:
		name = callee_name(flow, edge);
		return name ? gcv_arena_printf(arena, "through %s()", name) : NULL;
	default:
		return NULL;
	}
}

void gcv_trace(const struct gcv_flow *flow, uint32_t place, uint32_t atom, struct gcv_arena *arena,
	       struct gcv_trace_step **ret_steps, uint32_t *ret_nr)
{
	struct gcv_trace_step steps[GCV_TRACE_STEPS], *ret;
	const struct gcv_arrival *arrival = gcv_graph_arrival(&flow->graph, place, atom);
	uint32_t nr = 0, i;

	while (arrival && arrival->flow && nr < GCV_TRACE_STEPS) {
		const struct gcv_flow_edge *edge = &flow->graph.edges[arrival->flow];
		const char *text = edge_text(flow, edge, arrival->place, arena);

		if (text)
			steps[nr++] = (struct gcv_trace_step){ edge->function, edge->node, text };
		arrival = gcv_graph_arrival(&flow->graph, arrival->place, atom);
	}
	ret = gcv_arena_alloc(arena, sizeof(*ret) * (nr + 1));
	for (i = 0; i < nr; i++)
		ret[i] = steps[nr - 1 - i];
	*ret_steps = ret;
	*ret_nr = nr;
}

uint32_t gcv_trace_source(const struct gcv_flow *flow, uint32_t place, uint32_t atom)
{
	const struct gcv_arrival *arrival = gcv_graph_arrival(&flow->graph, place, atom);

	if (!arrival)
		return 0;
	while (arrival && arrival->place) {
		place = arrival->place;
		arrival = gcv_graph_arrival(&flow->graph, place, atom);
	}
	return place;
}

const char *gcv_trace_name(const struct gcv_flow *flow, uint32_t at)
{
	const struct gcv_place *place = &flow->graph.places[at];
	const struct gcv_function *fn;
	const struct gcv_symbol *symbol;

	if (place->name)
		return place->name;
	if (!at || place->function == GCV_NONE)
		return "";
	fn = &flow->input.program->facts.functions[place->function];
	if (place->kind == GCV_PLACE_PARAM)
		return param_name(fn, place->symbol);
	if (place->node == GCV_NONE || !fn->body)
		return "";
	symbol = gcv_body_callee(fn->body, place->node);
	return symbol ? symbol->name : "";
}
