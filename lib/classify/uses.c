// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"
#include "classify/whose.h"
#include "flow/expr.h"
#include "flow/trace.h"

#include <string.h>

/** FOLL_WRITE - its value in all trees that have it; the era tells when it differs */
#define FOLL_WRITE 1

static int64_t foll_write(const struct gcv_era *era)
{
	size_t i;

	for (i = 0; i < era->nr_flags; i++)
		if (era->flags[i].constant &&
		    strcmp(era->flags[i].constant->name, "FOLL_WRITE") == 0)
			return era->flags[i].constant->value;
	return FOLL_WRITE;
}

/** MAX_NODES - nodes of an argument that are looked at */
#define MAX_NODES 64

/* May an expression of flags have a bit? Only constants that are or-ed together can rule it out. */
static bool may_have_bit(const struct gcv_body *body, uint32_t node, int64_t bit)
{
	uint32_t stack[MAX_NODES], nr = 0;

	stack[nr++] = node;
	while (nr) {
		const struct gcv_node *n = &body->nodes[stack[--nr]];
		uint32_t i, first = n->kind == GCV_NODE_COND ? 1 : 0;

		if (n->kind == GCV_NODE_INT) {
			if (n->value & bit)
				return true;
			continue;
		}
		if (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
		    body->symbols[n->symbol].kind == GCV_SYMBOL_ENUM) {
			if (body->symbols[n->symbol].value & bit)
				return true;
			continue;
		}
		if (n->kind != GCV_NODE_COND && n->kind != GCV_NODE_CAST &&
		    !(n->kind == GCV_NODE_BINARY && n->op == GCV_OP_OR))
			return true;
		for (i = first; i < n->nr_children; i++) {
			if (nr == MAX_NODES)
				return true;
			stack[nr++] = n->children[i];
		}
	}
	return false;
}

static uint32_t argument(const struct gcv_body *body, uint32_t call, int position)
{
	const struct gcv_node *node = &body->nodes[call];

	if (position < 0 || (uint32_t)position + 1 >= node->nr_children)
		return GCV_NONE;
	return node->children[position + 1];
}

static bool is_one(const struct gcv_body *body, uint32_t node)
{
	return node != GCV_NONE && gcv_expr_is_int(body, node, 1);
}

static void note_acquire(struct gcv_classify_state *s, const struct gcv_flow_acquire *acquire)
{
	const struct gcv_function *fn = &s->flow->input.program->facts.functions[acquire->function];
	struct gcv_acquire_facts *facts;
	uint32_t flags = GCV_NONE;
	bool is_first;

	if (acquire->site == GCV_NONE)
		return;
	facts = &s->acquires[acquire->site];
	is_first = !facts->api;
	facts->api = acquire->api;
	s->result->sites[acquire->site].is_seen = true;
	facts->is_null = acquire->is_null && (is_first || facts->is_null);
	facts->is_kernels = (is_first || facts->is_kernels) &&
			    gcv_whose_is_kernels(s->flow, acquire);
	if (acquire->signature) {
		flags = argument(fn->body, acquire->call,
				 acquire->signature->arg[GCV_API_ARG_FLAGS]);
		if (flags == GCV_NONE)
			flags = argument(fn->body, acquire->call,
					 acquire->signature->arg[GCV_API_ARG_WRITE]);
		facts->is_single =
			is_one(fn->body, argument(fn->body, acquire->call,
						  acquire->signature->arg[GCV_API_ARG_COUNT])) ||
			acquire->api->shape == GCV_API_SHAPE_PAGE;
	}
	if (flags == GCV_NONE ? acquire->api->family != GCV_API_FAMILY_DUMP
			      : may_have_bit(fn->body, flags, foll_write(s->flow->input.era)))
		facts->may_write = true;
	facts->is_remote |= gcv_whose_is_remote(s->flow, acquire, facts->may_write);
}

static void note_use(struct gcv_classify_state *s, const struct gcv_flow_use *use,
		     const struct gcv_flow_acquire *acquire)
{
	struct gcv_acquire_facts *facts;

	if (acquire->site == GCV_NONE)
		return;
	facts = &s->acquires[acquire->site];
	if (use->effect < GCV_EFFECTS)
		facts->effects |= 1u << use->effect;
	switch (use->effect) {
	case GCV_EFFECT_GET:
		gcv_classify_reason(s, acquire->site, GCV_REASON_OWN_REFERENCE, true, use->function,
				    use->call, use->name);
		break;
	case GCV_EFFECT_TRANSFER:
		gcv_classify_reason(s, acquire->site, GCV_REASON_OWNERSHIP_TRANSFERRED, true,
				    use->function, use->call, use->owner ? use->owner : use->name);
		break;
	case GCV_FLOW_LISTED:
		gcv_classify_reason(s, acquire->site, GCV_REASON_OWNERSHIP_LEAVES_KERNEL_VIEW, true,
				    use->function, use->call, use->name);
		break;
	case GCV_FLOW_POINTER:
		gcv_classify_reason(s, acquire->site, GCV_REASON_ADDRESS_TAKEN, true, use->function,
				    use->call, use->name);
		break;
	case GCV_FLOW_LIMIT:
		gcv_classify_reason(s, acquire->site, GCV_REASON_LIMIT_REACHED, true, use->function,
				    use->call, use->name);
		break;
	default:
		break;
	}
}

static bool is_of_pages(const char *type)
{
	return strstr(type, "struct page *") || strstr(type, "struct folio *");
}

/*
 * Does a place hand pages to the callers of its function? Addresses and numbers made of them are
 * another matter, and who calls an API function is known.
 */
static bool is_for_callers(const struct gcv_classify_state *s, const struct gcv_place *place,
			   uint32_t *ret_function)
{
	const struct gcv_program_facts *facts = &s->flow->input.program->facts;
	const struct gcv_function *fn;
	const struct gcv_atom *object;
	const char *open;

	if (place->kind == GCV_PLACE_RESULT) {
		*ret_function = place->function;
		fn = &facts->functions[place->function];
		open = strchr(fn->type, '(');
		if (!open || !is_of_pages(fn->type) || strstr(fn->type, "struct ") > open)
			return false;
	} else {
		object = &s->flow->graph.atoms[place->symbol];
		if (place->kind != GCV_PLACE_CELL || object->kind != GCV_ATOM_PARAM)
			return false;
		*ret_function = object->function;
		fn = &facts->functions[object->function];
		if (!is_of_pages(fn->body->symbols[s->flow->graph.places[object->self].symbol]
					 .canonical))
			return false;
	}
	return !gcv_era_find(s->flow->input.era, fn->name, strlen(fn->name));
}

/* Pages that go to callers nobody knows: what is returned, or put where a caller wants it. */
static void find_handed_out(struct gcv_classify_state *s)
{
	const struct gcv_flow *flow = s->flow;
	const struct gcv_graph *graph = &flow->graph;
	GCV_AUTOFREE bool *is_called = gcv_zalloc(flow->input.program->facts.nr_functions + 1, 1);
	uint32_t i, k;

	for (i = 0; i < flow->nr_calls; i++)
		is_called[flow->calls[i].target] = true;
	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];
		uint32_t function;
		bool is_out = is_for_callers(s, place, &function) && !is_called[function];

		for (k = 0; is_out && k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &graph->atoms[place->atoms[k].atom];
			const struct gcv_flow_acquire *acquire = &flow->acquires[atom->site];

			if (atom->kind == GCV_ATOM_ACQUIRED)
				gcv_classify_reason(s, acquire->site,
						    GCV_REASON_WRAPPER_NEEDS_CALLERS, true,
						    function, GCV_NONE, NULL);
		}
	}
}

/* Did the number get there as the result of the acquiring function? */
static bool is_result(const struct gcv_flow *flow, uint32_t at,
		      const struct gcv_flow_acquire *acquire)
{
	const struct gcv_arrival *arrival = gcv_graph_arrival(&flow->graph, at, acquire->atom);

	for (; arrival && arrival->place;
	     arrival = gcv_graph_arrival(&flow->graph, arrival->place, acquire->atom)) {
		const struct gcv_place *place = &flow->graph.places[arrival->place];

		if (place->kind == GCV_PLACE_RESULT && place->function == acquire->function)
			return true;
	}
	return false;
}

/* Is it an address in the kernel's own map? A device has no use for that. */
static bool is_kernel_address(const struct gcv_flow *flow, uint32_t at,
			      const struct gcv_flow_acquire *acquire)
{
	const struct gcv_arrival *arrival = gcv_graph_arrival(&flow->graph, at, acquire->atom);
	const struct gcv_flow_edge *edge;
	const struct gcv_accessor *known;
	uint32_t i;

	for (; arrival && arrival->place;
	     arrival = gcv_graph_arrival(&flow->graph, arrival->place, acquire->atom)) {
		edge = &flow->graph.edges[arrival->flow];
		if (edge->step != GCV_STEP_ACCESSOR)
			continue;
		known = gcv_accessor_find(flow->input.accessors, gcv_trace_name(flow, edge->to));
		for (i = 0; known && i < known->nr_effects; i++)
			if (known->effects[i].effect == GCV_EFFECT_KERNEL_MAP)
				return true;
	}
	return false;
}

/* Memory that a field or a variable at file scope points to, or is. */
static bool *find_shared(const struct gcv_graph *graph)
{
	bool *is_shared = gcv_zalloc(graph->nr_atoms + 1, sizeof(*is_shared));
	uint32_t i, k;

	for (i = 1; i < graph->nr_atoms; i++)
		is_shared[i] = graph->atoms[i].kind == GCV_ATOM_OBJECT &&
			       graph->atoms[i].is_shared && !graph->atoms[i].is_stand_in;
	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		if (place->kind != GCV_PLACE_FIELD && place->kind != GCV_PLACE_GLOBAL)
			continue;
		for (k = 0; k < place->nr_atoms; k++)
			is_shared[place->atoms[k].atom] = true;
	}
	return is_shared;
}

/* Is what came to an element of an array a number? The table of pages is another matter. */
static bool is_number_stored(const struct gcv_flow *flow, const struct gcv_arrival *arrival)
{
	const struct gcv_flow_edge *edge = &flow->graph.edges[arrival->flow];
	const struct gcv_body *body;
	struct gcv_expr_type type;

	if (!arrival->place || edge->step != GCV_STEP_STORE || edge->node == GCV_NONE)
		return false;
	body = flow->input.program->facts.functions[edge->function].body;
	if (!body || body->nodes[edge->node].kind != GCV_NODE_ASSIGN)
		return false;
	type = gcv_expr_type(body, body->nodes[edge->node].children[0]);
	return type.len && !type.pointers;
}

/* Is a place one in a structure, or an array that a structure leads to, and holds a number? */
static bool is_number_kept(const struct gcv_flow *flow, const bool *is_shared,
			   const struct gcv_place *place, const struct gcv_arrival *arrival)
{
	if (place->kind == GCV_PLACE_FIELD)
		return place->symbol;
	return place->kind == GCV_PLACE_CELL && is_shared[place->symbol] &&
	       is_number_stored(flow, arrival);
}

/* So that people see what makes them known to somebody. */
static void note_exposed(struct gcv_classify_state *s, uint32_t at, const struct gcv_place *place,
			 const struct gcv_arrival *arrival)
{
	const struct gcv_flow *flow = s->flow;
	struct gcv_site_class *site = &s->result->sites[at];
	const struct gcv_flow_edge *edge = &flow->graph.edges[arrival->flow];

	s->acquires[at].is_exposed = true;
	/* The places of a field have no code between them; one of them is where it was stored. */
	if (site->exposed_in || !arrival->flow || edge->function == GCV_NONE)
		return;
	site->exposed_in = place->name;
	if (place->kind == GCV_PLACE_CELL) {
		const struct gcv_atom *object = &flow->graph.atoms[place->symbol];

		site->exposed_in = object->name
					   ? object->name
					   : gcv_trace_name(flow, flow->named_by[place->symbol]);
	}
	site->exposed_function = edge->function;
	site->exposed_node = edge->node;
}

/*
 * Whoever puts a frame number or an address into a structure means to give it to somebody; but a
 * number that a function returns after it gave the page back is a fact about the page only.
 */
static void find_exposed(struct gcv_classify_state *s)
{
	const struct gcv_flow *flow = s->flow;
	const struct gcv_graph *graph = &flow->graph;
	GCV_AUTOFREE bool *is_shared = find_shared(graph);
	uint32_t i, k;

	for (i = 1; i < graph->nr_places; i++) {
		const struct gcv_place *place = &graph->places[i];

		for (k = 0; k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &graph->atoms[place->atoms[k].atom];
			const struct gcv_flow_acquire *acquire = &flow->acquires[atom->site];

			if (atom->kind != GCV_ATOM_ACQUIRED || acquire->site == GCV_NONE)
				continue;
			if (graph->edges[place->atoms[k].flow].step == GCV_STEP_ACCESSOR)
				s->acquires[acquire->site].is_translated = true;
			if (!is_number_kept(flow, is_shared, place, &place->atoms[k]) ||
			    is_kernel_address(flow, i, acquire))
				continue;
			if (is_result(flow, i, acquire))
				s->acquires[acquire->site].is_told = true;
			else
				note_exposed(s, acquire->site, place, &place->atoms[k]);
		}
	}
}

void gcv_classify_uses(struct gcv_classify_state *s)
{
	const struct gcv_graph *graph = &s->flow->graph;
	uint32_t i, k;

	for (i = 0; i < s->flow->nr_acquires; i++)
		note_acquire(s, &s->flow->acquires[i]);
	find_exposed(s);
	find_handed_out(s);
	for (i = 0; i < s->flow->nr_uses; i++) {
		const struct gcv_flow_use *use = &s->flow->uses[i];
		const struct gcv_place *place = &graph->places[use->place];

		for (k = 0; k < place->nr_atoms; k++) {
			const struct gcv_atom *atom = &graph->atoms[place->atoms[k].atom];

			if (atom->kind == GCV_ATOM_ACQUIRED)
				note_use(s, use, &s->flow->acquires[atom->site]);
		}
	}
}
