// SPDX-License-Identifier: GPL-2.0-only
#include "flow/demand.h"

#include "flow/demand_notifier.h"
#include "flow/holder.h"
#include "flow/origin.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct search - state
 * @flow: where
 * @arena: owns the result
 * @origins: its flows the other way round
 * @is_met: places that lead to a release of pages of an acquire
 * @names: names found
 * @list: the result
 */
struct search {
	const struct gcv_flow *flow;
	struct gcv_arena *arena;
	struct gcv_origins origins;
	bool *is_met;
	struct gcv_intern names;
	struct gcv_demand_list list;
};

static bool has_acquired(const struct gcv_graph *graph, const struct gcv_place *place)
{
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++)
		if (graph->atoms[place->atoms[i].atom].kind == GCV_ATOM_ACQUIRED)
			return true;
	return false;
}

static void add_demand(struct search *s, const char *name, const char *reason)
{
	GCV_GROW(s->list.demands, s->list.nr, s->list.cap);
	s->list.demands[s->list.nr++] = (struct gcv_flow_demand){ .name = name, .reason = reason };
}

static void add(struct search *s, uint32_t function, const char *reason)
{
	const struct gcv_function *fn = &s->flow->input.program->facts.functions[function];
	const struct gcv_api *api = s->flow->input.era->api;
	uint32_t nr = s->names.nr;

	if (fn->linkage != GCV_LINKAGE_EXTERNAL || gcv_api_find(api, fn->name, strlen(fn->name)) ||
	    gcv_accessor_find(s->flow->input.accessors, fn->name))
		return;
	if (gcv_intern_add(&s->names, fn->name, strlen(fn->name)) != nr)
		return;
	add_demand(s, fn->name, gcv_arena_printf(s->arena, "%s %s()", reason, fn->name));
}

/*
 * Is a type one of pages, or of memory for them? Addresses and frame numbers go everywhere; who
 * gets one is not asked for.
 */
static bool is_of_pages(const char *type)
{
	static const char *const words[] = { "struct page *",	     "struct folio *",
					     "struct scatterlist *", "struct sg_table *",
					     "struct bio_vec *",     "void *" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(type, words[i]))
			return true;
	return false;
}

static bool takes_pages(const struct search *s, const struct gcv_place *param)
{
	const struct gcv_function *fn = &s->flow->input.program->facts.functions[param->function];

	return fn->body && param->symbol < fn->body->nr_symbols &&
	       fn->body->symbols[param->symbol].kind == GCV_SYMBOL_PARAM &&
	       is_of_pages(fn->body->symbols[param->symbol].canonical);
}

static bool returns_pages(struct search *s, const struct gcv_place *result)
{
	const char *type = s->flow->input.program->facts.functions[result->function].type;
	const char *open = strchr(type, '(');

	if (!open || open == type)
		return false;
	return is_of_pages(
		gcv_arena_strndup(s->arena, type, (size_t)(open - type) - (open[-1] == ' ')));
}

/* Everything that leads to a release of pages of an acquire. */
static void find_sources(struct search *s)
{
	const struct gcv_graph *graph = &s->flow->graph;
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(graph->nr_places, sizeof(*stack));
	uint32_t nr = 0, i, edge;

	s->is_met = gcv_zalloc(graph->nr_places, sizeof(*s->is_met));
	for (i = 0; i < s->flow->nr_releases; i++) {
		uint32_t place = s->flow->releases[i].place;

		if (!s->is_met[place] && has_acquired(graph, &graph->places[place])) {
			s->is_met[place] = true;
			stack[nr++] = place;
		}
	}
	while (nr) {
		uint32_t at = stack[--nr];

		for (edge = s->origins.first[at]; edge; edge = s->origins.next[edge]) {
			if (s->is_met[s->origins.from[edge]])
				continue;
			s->is_met[s->origins.from[edge]] = true;
			stack[nr++] = s->origins.from[edge];
		}
	}
}

/* Memory that the callers of a function passed and that holds pages of an acquire now. */
static bool is_filled(const struct gcv_graph *graph, const struct gcv_place *cell)
{
	const struct gcv_atom *object;

	if (cell->kind != GCV_PLACE_CELL)
		return false;
	object = &graph->atoms[cell->symbol];
	return object->function != GCV_NONE && object->node == GCV_NONE && object->name &&
	       (object->kind == GCV_ATOM_PARAM || !object->self);
}

/* Is the memory that of a parameter for pages? */
static bool wants_pages(const struct search *s, const struct gcv_atom *object)
{
	const struct gcv_body *body =
		s->flow->input.program->facts.functions[object->function].body;
	uint32_t i;

	for (i = 0; body && i < body->nr_symbols; i++)
		if (body->symbols[i].kind == GCV_SYMBOL_PARAM &&
		    strcmp(body->symbols[i].name, object->name) == 0)
			return is_of_pages(body->symbols[i].canonical);
	return false;
}

static void find_functions(struct search *s)
{
	const struct gcv_graph *graph = &s->flow->graph;
	uint32_t i;

	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		if (place->kind == GCV_PLACE_PARAM && s->is_met[i] && takes_pages(s, place))
			add(s, place->function, "pages are released that callers pass to");
		else if (place->kind == GCV_PLACE_RESULT && has_acquired(graph, place) &&
			 returns_pages(s, place))
			add(s, place->function, "acquired pages are returned by");
		else if (is_filled(graph, place) && has_acquired(graph, place) &&
			 wants_pages(s, &graph->atoms[place->symbol]))
			add(s, place->function,
			    "acquired pages are put where callers want them by");
	}
}

/* Functions out of view that get acquired pages: they may pass them on to one that releases. */
static void find_unseen(struct search *s)
{
	const struct gcv_flow *flow = s->flow;
	struct gcv_holders holders;
	uint32_t i, nr;

	gcv_holders_build(flow, &holders);
	for (i = 0; i < flow->nr_uses; i++) {
		const struct gcv_flow_use *use = &flow->uses[i];

		if (use->effect != GCV_FLOW_UNSEEN || !*use->name || use->owner ||
		    gcv_accessor_find(flow->input.accessors, use->name) ||
		    !gcv_holders_has_any(&holders, use->place))
			continue;
		nr = s->names.nr;
		if (gcv_intern_add(&s->names, use->name, strlen(use->name)) == nr)
			add_demand(s, use->name,
				   gcv_arena_printf(s->arena, "acquired pages are passed to %s()",
						    use->name));
	}
	gcv_holders_release(&holders);
}

/* Each name once: that all users of it are wanted counts more than that one file is. */
static uint32_t take_once(const struct gcv_demand_list *list, struct gcv_flow_demand *ret)
{
	struct gcv_intern names = { 0 };
	uint32_t i, nr = 0;

	for (i = 0; i < list->nr; i++)
		if (gcv_intern_add(&names, list->demands[i].name, strlen(list->demands[i].name)) ==
		    nr)
			ret[nr++] = list->demands[i];
	gcv_intern_release(&names);
	return nr;
}

void gcv_flow_demand(const struct gcv_flow *flow, struct gcv_arena *arena,
		     struct gcv_flow_demand **ret_demands, uint32_t *ret_nr)
{
	struct search s = { .flow = flow, .arena = arena };

	gcv_origins_init(&s.origins, flow);
	find_sources(&s);
	find_functions(&s);
	find_unseen(&s);
	gcv_demand_notifiers(flow, arena, &s.list);
	*ret_demands = gcv_arena_alloc(arena, sizeof(**ret_demands) * (s.list.nr + 1));
	*ret_nr = take_once(&s.list, *ret_demands);
	gcv_origins_release(&s.origins);
	free(s.is_met);
	free(s.list.demands);
	gcv_intern_release(&s.names);
}
