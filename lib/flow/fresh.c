// SPDX-License-Identifier: GPL-2.0-only
#include "flow/builder.h"

#include <stdlib.h>

/** ROUNDS - allocating helpers are seen through so many levels */
#define ROUNDS 3

/**
 * struct fresh - state of a round
 * @flow: with all flows but those of the calls in @b's list
 * @first: for each place the first flow that leads there
 * @next: for each flow the next one to the same place
 * @from: for each flow where it comes from
 * @is_stored: for each place: what is there is stored into memory
 * @is_cleared: for each place: the memory that it points to is made empty
 * @is_met: for each place: memory of the function at hand comes there
 * @stack: places to be looked at
 */
struct fresh {
	struct gcv_flow *flow;
	uint32_t *first, *next, *from;
	bool *is_stored, *is_cleared, *is_met;
	uint32_t *stack;
};

static void fresh_init(struct fresh *f, struct gcv_flow *flow)
{
	const struct gcv_graph *graph = &flow->graph;
	uint32_t i, edge;

	*f = (struct fresh){ .flow = flow };
	f->first = gcv_zalloc(graph->nr_places, sizeof(*f->first));
	f->next = gcv_zalloc(graph->nr_edges, sizeof(*f->next));
	f->from = gcv_zalloc(graph->nr_edges, sizeof(*f->from));
	f->is_stored = gcv_zalloc(graph->nr_places, sizeof(*f->is_stored));
	f->is_cleared = gcv_zalloc(graph->nr_places, sizeof(*f->is_cleared));
	f->is_met = gcv_zalloc(graph->nr_places, sizeof(*f->is_met));
	f->stack = gcv_zalloc(graph->nr_places, sizeof(*f->stack));
	for (i = 1; i < graph->nr_places; i++) {
		for (edge = graph->places[i].flows; edge; edge = graph->edges[edge].next) {
			f->from[edge] = i;
			f->next[edge] = f->first[graph->edges[edge].to];
			f->first[graph->edges[edge].to] = edge;
		}
	}
	for (i = 1; i < graph->nr_memory; i++)
		if (graph->memory[i].op == GCV_MEMORY_STORE)
			f->is_stored[graph->memory[i].other] = true;
	for (i = 0; i < flow->nr_uses; i++)
		if (flow->uses[i].effect == GCV_EFFECT_CLEAR)
			f->is_cleared[flow->uses[i].place] = true;
}

static void fresh_release(struct fresh *f)
{
	free(f->first);
	free(f->next);
	free(f->from);
	free(f->is_stored);
	free(f->is_cleared);
	free(f->is_met);
	free(f->stack);
}

static bool is_inside(const struct gcv_place *place, uint32_t function)
{
	return place->function == function &&
	       (place->kind == GCV_PLACE_LOCAL || place->kind == GCV_PLACE_TEMP ||
		place->kind == GCV_PLACE_RESULT);
}

static void push(struct fresh *f, uint32_t place, uint32_t *nr)
{
	if (f->is_met[place])
		return;
	f->is_met[place] = true;
	f->stack[(*nr)++] = place;
}

/* Does the memory that is at a place begin its life in the function, without anything in it? */
static bool is_born(const struct fresh *f, uint32_t at, uint32_t function, bool *ret_is_new)
{
	const struct gcv_graph *graph = &f->flow->graph;
	const struct gcv_place *place = &graph->places[at];
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &graph->atoms[place->atoms[i].atom];

		if (place->atoms[i].place)
			continue;
		if (atom->kind != GCV_ATOM_OBJECT || atom->self || atom->is_shared ||
		    atom->function != function)
			return false;
		*ret_is_new |= atom->origin == GCV_ORIGIN_NEW;
	}
	return true;
}

/*
 * Does a function return memory that it makes and that nobody else knows: allocated, or made empty,
 * never written to but by its callers, and put nowhere?
 */
static bool is_fresh(struct fresh *f, uint32_t function, uint32_t result)
{
	const struct gcv_graph *graph = &f->flow->graph;
	bool is_good = true, is_new = false, is_cleared = false, has_object = false;
	uint32_t nr = 0, i, edge;

	push(f, result, &nr);
	for (i = 0; i < nr && is_good; i++) {
		const struct gcv_place *place = &graph->places[f->stack[i]];

		is_good = is_inside(place, function) && !f->is_stored[f->stack[i]] &&
			  is_born(f, f->stack[i], function, &is_new);
		has_object |= place->nr_atoms > 0;
		is_cleared |= f->is_cleared[f->stack[i]];
		for (edge = place->memory; edge && is_good; edge = graph->memory[edge].next)
			is_good = graph->memory[edge].op == GCV_MEMORY_LOAD ||
				  graph->memory[edge].op == GCV_MEMORY_COPY;
		for (edge = f->first[f->stack[i]]; edge; edge = f->next[edge])
			push(f, f->from[edge], &nr);
		for (edge = place->flows; edge; edge = graph->edges[edge].next)
			push(f, graph->edges[edge].to, &nr);
	}
	for (i = 0; i < nr; i++)
		f->is_met[f->stack[i]] = false;
	return is_good && has_object && (is_new || is_cleared);
}

static void give_object(struct gcv_flow *flow, const struct gcv_build_return *r)
{
	uint32_t atom = gcv_graph_atom(&flow->graph, &(struct gcv_atom){ .kind = GCV_ATOM_OBJECT,
									 .origin = GCV_ORIGIN_NEW,
									 .function = r->function,
									 .node = r->call });

	gcv_graph_add(&flow->graph, r->place, atom);
}

/* Give the calls of functions that return fresh memory an object each. Return: how many. */
static uint32_t give_objects(struct gcv_builder *b, struct fresh *f, uint8_t *known)
{
	enum { NOT_ASKED, NO, YES };
	uint32_t i, nr = 0;

	for (i = 0; i < b->nr_returns; i++) {
		struct gcv_build_return *r = &b->returns[i];

		if (r->is_done)
			continue;
		if (known[r->target] == NOT_ASKED)
			known[r->target] =
				is_fresh(f, r->target, gcv_build_result(b, r->target)) ? YES : NO;
		if (known[r->target] != YES)
			continue;
		give_object(b->flow, r);
		r->is_done = true;
		nr++;
	}
	return nr;
}

void gcv_build_returns(struct gcv_builder *b)
{
	uint32_t nr_functions = b->flow->input.program->facts.nr_functions, round, i, nr = 1;

	/* So that there is a place for each before the arrays are made. */
	for (i = 0; i < b->nr_returns; i++)
		gcv_build_result(b, b->returns[i].target);
	for (round = 0; round < ROUNDS && nr; round++) {
		GCV_AUTOFREE uint8_t *known = gcv_zalloc(nr_functions, sizeof(*known));
		struct fresh f;

		fresh_init(&f, b->flow);
		nr = give_objects(b, &f, known);
		fresh_release(&f);
	}
	for (i = 0; i < b->nr_returns; i++) {
		const struct gcv_build_return *r = &b->returns[i];

		if (!r->is_done)
			gcv_graph_flow(&b->flow->graph, gcv_build_result(b, r->target), r->place,
				       GCV_STEP_RESULT, r->function, r->call);
	}
}
