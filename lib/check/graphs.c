// SPDX-License-Identifier: GPL-2.0-only
#include "check/graphs.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const struct gcv_check_graph *gcv_check_graph(struct gcv_check_state *s, uint32_t function)
{
	struct gcv_check_graphs *g = s->graphs;
	const struct gcv_body *body = s->facts->functions[function].body;
	struct gcv_check_graph *graph;
	uint32_t *number;
	bool is_new;

	number = gcv_map64_add(&g->index, function, &is_new);
	if (!is_new)
		return g->graphs[*number];
	*number = g->nr;
	graph = gcv_arena_alloc(&g->arena, sizeof(*graph));
	gcv_cfg_build(body, &g->arena, &graph->cfg);
	gcv_reach_build(body, &graph->cfg, &g->arena, &graph->reach);
	GCV_GROW(g->graphs, g->nr, g->cap);
	g->graphs[g->nr++] = graph;
	return graph;
}

static uint32_t *all_none(size_t nr)
{
	uint32_t *ret = gcv_zalloc(nr + 1, sizeof(*ret));

	memset(ret, 0xff, (nr + 1) * sizeof(*ret));
	return ret;
}

/* From the last on, so that what comes first is found first. */
static void index_uses(struct gcv_check_state *s)
{
	const struct gcv_graph *graph = &s->flow->graph;
	struct gcv_check_graphs *g = s->graphs;
	uint32_t i, k;

	g->first_use = all_none(s->flow->nr_acquires);
	for (i = s->flow->nr_uses; i-- > 0;) {
		const struct gcv_place *place = &graph->places[s->flow->uses[i].place];

		for (k = 0; k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &graph->atoms[place->atoms[k].atom];

			if (atom->kind != GCV_ATOM_ACQUIRED)
				continue;
			GCV_GROW(g->uses, g->nr_uses, g->cap_uses);
			g->uses[g->nr_uses] = (struct gcv_check_use){ i, g->first_use[atom->site] };
			g->first_use[atom->site] = g->nr_uses++;
		}
	}
}

uint32_t gcv_check_first_use(struct gcv_check_state *s, uint32_t acquire)
{
	if (!s->graphs->first_use)
		index_uses(s);
	return s->graphs->first_use[acquire];
}

uint32_t gcv_check_next_use(const struct gcv_check_state *s, uint32_t entry)
{
	return s->graphs->uses[entry].next;
}

const struct gcv_flow_use *gcv_check_use(const struct gcv_check_state *s, uint32_t entry)
{
	return &s->flow->uses[s->graphs->uses[entry].use];
}

uint32_t gcv_check_first_walk(struct gcv_check_state *s, uint32_t acquire)
{
	struct gcv_check_graphs *g = s->graphs;
	uint32_t i;

	if (!g->first_walk) {
		g->first_walk = all_none(s->flow->nr_acquires);
		g->next_walk = all_none(s->c->nr_walks);
		for (i = s->c->nr_walks; i-- > 0;) {
			g->next_walk[i] = g->first_walk[s->c->walks[i].acquire];
			g->first_walk[s->c->walks[i].acquire] = i;
		}
	}
	return g->first_walk[acquire];
}

uint32_t gcv_check_next_walk(const struct gcv_check_state *s, uint32_t walk)
{
	return s->graphs->next_walk[walk];
}

static void index_callers(struct gcv_check_state *s)
{
	const struct gcv_program *program = s->flow->input.program;
	struct gcv_check_graphs *g = s->graphs;
	uint32_t i, k;

	g->first_caller = all_none(s->facts->nr_functions);
	g->next_caller = all_none(s->flow->nr_calls);
	g->is_named = gcv_zalloc(s->facts->nr_functions + 1, sizeof(*g->is_named));
	for (i = s->flow->nr_calls; i-- > 0;) {
		g->next_caller[i] = g->first_caller[s->flow->calls[i].target];
		g->first_caller[s->flow->calls[i].target] = i;
	}
	for (i = 0; i < s->facts->nr_addresses; i++) {
		const struct gcv_program_address *address = &s->facts->addresses[i];
		const char *file = s->facts->functions[address->in].file;
		struct gcv_program_targets named =
			gcv_program_named(program, file, address->function, true);

		if (!named.nr)
			named = gcv_program_named(program, file, address->function, false);
		for (k = 0; k < named.nr; k++)
			g->is_named[named.functions[k]] = true;
	}
}

uint32_t gcv_check_first_caller(struct gcv_check_state *s, uint32_t function)
{
	if (!s->graphs->first_caller)
		index_callers(s);
	return s->graphs->first_caller[function];
}

uint32_t gcv_check_next_caller(const struct gcv_check_state *s, uint32_t call)
{
	return s->graphs->next_caller[call];
}

bool gcv_check_is_named(struct gcv_check_state *s, uint32_t function)
{
	if (!s->graphs->first_caller)
		index_callers(s);
	return s->graphs->is_named[function];
}

uint32_t gcv_check_argument(const struct gcv_body *body, uint32_t call, int position)
{
	const struct gcv_node *node = &body->nodes[call];

	if (position < 0 || node->kind != GCV_NODE_CALL ||
	    (uint32_t)position + 1 >= node->nr_children)
		return GCV_NONE;
	return node->children[position + 1];
}

bool gcv_check_is_internal(const struct gcv_check_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->c->sites[at];
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_MM_INTERNAL)
			return true;
	return false;
}

uint32_t gcv_check_acquire_at(const struct gcv_check_state *s, uint32_t at)
{
	const struct gcv_graph *graph = &s->flow->graph;
	const struct gcv_place *place = &graph->places[at];
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &graph->atoms[place->atoms[i].atom];
		uint32_t site;

		if (atom->kind != GCV_ATOM_ACQUIRED)
			continue;
		site = s->flow->acquires[atom->site].site;
		if (site != GCV_NONE && !gcv_check_is_internal(s, site))
			return atom->site;
	}
	return GCV_NONE;
}

bool gcv_check_is_alone(const struct gcv_check_state *s, uint32_t at, uint32_t acquire)
{
	const struct gcv_graph *graph = &s->flow->graph;
	const struct gcv_place *place = &graph->places[at];
	uint32_t site = s->flow->acquires[acquire].site, i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &graph->atoms[place->atoms[i].atom];

		switch (atom->kind) {
		case GCV_ATOM_ACQUIRED:
			if (s->flow->acquires[atom->site].site != site)
				return false;
			break;
		case GCV_ATOM_ORIGIN:
		case GCV_ATOM_UNKNOWN:
			return false;
		case GCV_ATOM_PARAM:
		case GCV_ATOM_OBJECT:
			break;
		}
	}
	return true;
}

void gcv_check_graphs_release(struct gcv_check_graphs *g)
{
	gcv_arena_release(&g->arena);
	gcv_map64_release(&g->index);
	free(g->graphs);
	free(g->first_use);
	free(g->uses);
	free(g->first_walk);
	free(g->next_walk);
	free(g->first_caller);
	free(g->next_caller);
	free(g->is_named);
}
