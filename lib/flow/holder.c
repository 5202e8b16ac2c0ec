// SPDX-License-Identifier: GPL-2.0-only
#include "flow/holder.h"

#include <stdlib.h>

static uint64_t pair(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

static bool has(const struct gcv_map64 *map, uint64_t key)
{
	return gcv_map64_get(map, key) != GCV_MAP64_NONE;
}

static bool add(struct gcv_map64 *map, uint64_t key)
{
	bool is_new;

	gcv_map64_add(map, key, &is_new);
	return is_new;
}

static bool is_memory(const struct gcv_atom *atom)
{
	return atom->kind == GCV_ATOM_OBJECT || atom->kind == GCV_ATOM_PARAM;
}

/* The memory that a place is part of: of a cell its object. */
static void note_holder(struct gcv_holders *h, uint32_t object, uint32_t acquire)
{
	add(&h->holds, pair(object, acquire));
	add(&h->holders, object);
}

/* Memory whose cells hold pages of an acquire. */
static void find_direct(struct gcv_holders *h)
{
	const struct gcv_graph *graph = &h->flow->graph;
	uint32_t i, k;

	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		for (k = 0; place->kind == GCV_PLACE_CELL && k < place->nr_atoms; k++)
			if (graph->atoms[place->atoms[k].atom].kind == GCV_ATOM_ACQUIRED)
				note_holder(h, place->symbol,
					    graph->atoms[place->atoms[k].atom].site);
	}
	/* Variables whose address is known hold what they hold. */
	for (i = 1; i < graph->nr_atoms; i++) {
		const struct gcv_place *self = &graph->places[graph->atoms[i].self];

		for (k = 0; graph->atoms[i].self && k < self->nr_atoms; k++)
			if (graph->atoms[self->atoms[k].atom].kind == GCV_ATOM_ACQUIRED)
				note_holder(h, i, graph->atoms[self->atoms[k].atom].site);
	}
}

/** struct held - for each memory the acquires whose pages it holds, from @first on by @next */
struct held {
	uint32_t *first, *next, *acquires;
};

static void list_held(const struct gcv_holders *h, struct held *held)
{
	uint32_t i, nr = 0;

	held->first = gcv_zalloc(h->flow->graph.nr_atoms, sizeof(*held->first));
	held->next = gcv_zalloc(h->holds.nr + 1, sizeof(*held->next));
	held->acquires = gcv_zalloc(h->holds.nr + 1, sizeof(*held->acquires));
	for (i = 0; i < h->holds.cap; i++) {
		uint32_t object = (uint32_t)(h->holds.slots[i].key >> 32);

		if (!h->holds.slots[i].used)
			continue;
		held->acquires[++nr] = (uint32_t)h->holds.slots[i].key;
		held->next[nr] = held->first[object];
		held->first[object] = nr;
	}
}

/* Memory that points to memory that holds pages. */
static void find_indirect(struct gcv_holders *h)
{
	const struct gcv_graph *graph = &h->flow->graph;
	struct held held;
	uint32_t i, k, a;

	list_held(h, &held);
	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		for (k = 0; place->kind == GCV_PLACE_CELL && k < place->nr_atoms; k++) {
			uint32_t atom = place->atoms[k].atom;

			for (a = held.first[atom]; a && atom != place->symbol; a = held.next[a])
				note_holder(h, place->symbol, held.acquires[a]);
		}
	}
	free(held.first);
	free(held.next);
	free(held.acquires);
}

static void find_holds(struct gcv_holders *h)
{
	uint32_t level;

	find_direct(h);
	for (level = 1; level < GCV_HOLDER_LEVELS; level++)
		find_indirect(h);
}

static void find_escaped(struct gcv_holders *h)
{
	const struct gcv_graph *graph = &h->flow->graph;
	uint32_t i, k;

	for (i = 1; i < graph->nr_atoms; i++) {
		const struct gcv_atom *atom = &graph->atoms[i];

		if (is_memory(atom) && (atom->is_shared || atom->kind == GCV_ATOM_PARAM))
			add(&h->escaped, i);
	}
	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		if (place->kind != GCV_PLACE_FIELD && place->kind != GCV_PLACE_GLOBAL)
			continue;
		for (k = 0; k < place->nr_atoms; k++)
			if (is_memory(&graph->atoms[place->atoms[k].atom]))
				add(&h->escaped, place->atoms[k].atom);
	}
}

/* What unknown callers may pass is not where the callers in view have the pages. */
static void find_loose(struct gcv_holders *h)
{
	const struct gcv_graph *graph = &h->flow->graph;
	uint32_t i, k;

	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		if (place->kind != GCV_PLACE_FIELD && place->kind != GCV_PLACE_GLOBAL)
			continue;
		for (k = 0; k < place->nr_atoms; k++)
			if (graph->atoms[place->atoms[k].atom].kind == GCV_ATOM_ACQUIRED)
				add(&h->loose, graph->atoms[place->atoms[k].atom].site);
	}
	for (i = 0; i < h->holds.cap; i++)
		if (h->holds.slots[i].used && has(&h->escaped, h->holds.slots[i].key >> 32) &&
		    !graph->atoms[h->holds.slots[i].key >> 32].is_stand_in)
			add(&h->loose, h->holds.slots[i].key & UINT32_MAX);
}

static void find_kept(struct gcv_holders *h)
{
	const struct gcv_graph *graph = &h->flow->graph;
	uint32_t i, k;

	for (i = 0; i < h->flow->nr_acquires; i++) {
		const struct gcv_place *pages = &graph->places[h->flow->acquires[i].pages];

		for (k = 0; k < pages->nr_atoms; k++) {
			uint32_t atom = pages->atoms[k].atom;

			if (is_memory(&graph->atoms[atom]) &&
			    (has(&h->escaped, atom) ||
			     graph->atoms[atom].function != h->flow->acquires[i].function))
				add(&h->kept, i);
		}
	}
}

/** struct callers - for each function the first of the calls of it, and the next of each call */
struct callers {
	uint32_t *first, *next;
};

static void climb(struct gcv_holders *h, const struct callers *callers, uint32_t function,
		  uint32_t acquire, uint32_t *stack)
{
	uint32_t nr = 0, call;

	if (!add(&h->releasers, pair(function, acquire)))
		return;
	stack[nr++] = function;
	while (nr) {
		uint32_t callee = stack[--nr];

		for (call = callers->first[callee]; call; call = callers->next[call]) {
			uint32_t caller = h->flow->calls[call - 1].function;

			if (add(&h->releasers, pair(caller, acquire)))
				stack[nr++] = caller;
		}
	}
}

static void find_releasers(struct gcv_holders *h)
{
	const struct gcv_flow *flow = h->flow;
	uint32_t nr = flow->input.program->facts.nr_functions, i, k;
	GCV_AUTOFREE uint32_t *first = gcv_zalloc(nr + 1, sizeof(*first));
	GCV_AUTOFREE uint32_t *next = gcv_zalloc(flow->nr_calls + 1, sizeof(*next));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(nr + 1, sizeof(*stack));
	struct callers callers = { first, next };

	for (i = flow->nr_calls; i; i--) {
		next[i] = first[flow->calls[i - 1].target];
		first[flow->calls[i - 1].target] = i;
	}
	for (i = 0; i < flow->nr_releases; i++) {
		const struct gcv_place *place = &flow->graph.places[flow->releases[i].place];

		for (k = 0; k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &flow->graph.atoms[place->atoms[k].atom];

			if (atom->kind == GCV_ATOM_ACQUIRED)
				climb(h, &callers, flow->releases[i].function, atom->site, stack);
		}
	}
}

void gcv_holders_build(const struct gcv_flow *flow, struct gcv_holders *ret)
{
	*ret = (struct gcv_holders){ .flow = flow };
	find_holds(ret);
	find_escaped(ret);
	find_loose(ret);
	find_kept(ret);
	find_releasers(ret);
}

bool gcv_holders_has(const struct gcv_holders *h, uint32_t at, uint32_t acquire)
{
	const struct gcv_graph *graph = &h->flow->graph;
	const struct gcv_place *place = &graph->places[at];
	uint32_t i;

	if (!at)
		return false;
	if (gcv_graph_arrival(graph, at, h->flow->acquires[acquire].atom))
		return true;
	for (i = 0; i < place->nr_atoms; i++)
		if (has(&h->holds, pair(place->atoms[i].atom, acquire)))
			return true;
	return false;
}

bool gcv_holders_has_any(const struct gcv_holders *h, uint32_t at)
{
	const struct gcv_graph *graph = &h->flow->graph;
	const struct gcv_place *place = &graph->places[at];
	uint32_t i;

	for (i = 0; at && i < place->nr_atoms; i++)
		if (graph->atoms[place->atoms[i].atom].kind == GCV_ATOM_ACQUIRED ||
		    has(&h->holders, place->atoms[i].atom))
			return true;
	return false;
}

bool gcv_holders_is_kept(const struct gcv_holders *h, uint32_t acquire)
{
	return has(&h->kept, acquire);
}

bool gcv_holders_is_confined(const struct gcv_holders *h, uint32_t acquire)
{
	return !has(&h->loose, acquire);
}

bool gcv_holders_leads(const struct gcv_holders *h, uint32_t object, uint32_t acquire)
{
	return has(&h->holds, pair(object, acquire));
}

bool gcv_holders_may_release(const struct gcv_holders *h, uint32_t function, uint32_t acquire)
{
	return has(&h->releasers, pair(function, acquire));
}

void gcv_holders_release(struct gcv_holders *h)
{
	gcv_map64_release(&h->holds);
	gcv_map64_release(&h->holders);
	gcv_map64_release(&h->escaped);
	gcv_map64_release(&h->releasers);
	gcv_map64_release(&h->kept);
	gcv_map64_release(&h->loose);
}
