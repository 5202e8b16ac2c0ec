// SPDX-License-Identifier: GPL-2.0-only
/* What the nodes of a function do to the pages of an acquire. */
#include "classify/acquire_walk.h"
#include "flow/expr.h"

#include <string.h>

static uint32_t value_at(const struct gcv_acquire_walk *w, uint32_t node)
{
	return gcv_flow_value(w->s->flow, w->fn->index, node);
}

uint32_t gcv_acquire_first_call(const struct gcv_acquire_walk *w, uint32_t node)
{
	uint32_t at = gcv_map64_get(&w->calls->calls, (uint64_t)w->fn->index << 32 | node);

	return at == GCV_MAP64_NONE ? GCV_NONE : at;
}

bool gcv_acquire_pages_at(const struct gcv_acquire_walk *w, uint32_t node)
{
	return gcv_holders_has(w->holders, value_at(w, node), w->acquire);
}

/* The first entry of a call in a list, or GCV_NONE. */
static uint32_t first_at(const struct gcv_acquire_walk *w, const struct gcv_map64 *map,
			 uint32_t node)
{
	uint32_t at = gcv_map64_get(map, (uint64_t)w->fn->index << 32 | node);

	return at == GCV_MAP64_NONE ? GCV_NONE : at;
}

const struct gcv_flow_release *gcv_acquire_release_at(const struct gcv_acquire_walk *w,
						      uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->calls->releases, node);

	for (; i != GCV_NONE; i = w->calls->next_release[i])
		if (gcv_graph_arrival(&flow->graph, flow->releases[i].place,
				      flow->acquires[w->acquire].atom))
			return &flow->releases[i];
	return NULL;
}

int gcv_acquire_page_pointers(const struct gcv_body *body, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(body, node);

	if (!gcv_expr_type_is(&type, "struct page", type.pointers) &&
	    !gcv_expr_type_is(&type, "struct folio", type.pointers))
		return 0;
	return type.pointers > 0 ? type.pointers : 0;
}

/* Does a call give back one page, of as many as there may be? */
static bool is_of_one(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_node *node = &w->fn->body->nodes[call];

	return node->nr_children > 1 &&
	       gcv_acquire_page_pointers(w->fn->body, node->children[1]) == 1;
}

static void release_event(const struct gcv_acquire_walk *w, const struct gcv_flow_release *release,
			  struct gcv_paths_event *event)
{
	const struct gcv_flow_input *input = &w->s->flow->input;
	struct gcv_release_shape shape;

	event->effect = GCV_PATHS_RELEASE;
	if (!release->api) {
		event->is_all = !is_of_one(w, release->call);
		return;
	}
	gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	event->loop = shape.loop;
	event->count = shape.count != GCV_NONE ? shape.count : shape.bound;
	event->is_null_checked = shape.null_check != GCV_NONE;
	event->is_endless = shape.bound != GCV_NONE && !shape.is_bound_signed;
	event->is_all = shape.pattern == GCV_PATTERN_CONTAINER ||
			(shape.loop != GCV_NONE && shape.bound == GCV_NONE);
	event->is_shared = w->is_shared;
	gcv_release_range(&w->range, &shape, event);
}

/* What a local variable is set to, once and for all; else the expression as it is. */
static uint32_t set_to(const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[at = gcv_expr_plain(body, at)];
	uint32_t write = GCV_NONE;

	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE ||
	    body->symbols[node->symbol].kind != GCV_SYMBOL_LOCAL ||
	    gcv_expr_count_writes(body, 0, node->symbol, &write) != 1)
		return at;
	node = &body->nodes[write];
	if (node->kind == GCV_NODE_VAR && node->nr_children)
		return gcv_expr_plain(body, node->children[0]);
	if (node->kind == GCV_NODE_ASSIGN && node->op == GCV_OP_ASSIGN)
		return gcv_expr_plain(body, node->children[1]);
	return at;
}

/* The argument that a call has for a parameter that its function only reads, or GCV_NONE. */
static uint32_t passed_for(const struct gcv_body *callee, uint32_t param,
			   const struct gcv_node *call)
{
	const struct gcv_node *node;
	uint32_t position;

	if (param == GCV_NONE)
		return GCV_NONE;
	node = &callee->nodes[gcv_expr_plain(callee, param)];
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE ||
	    callee->symbols[node->symbol].kind != GCV_SYMBOL_PARAM ||
	    gcv_expr_count_writes(callee, 0, node->symbol, NULL))
		return GCV_NONE;
	position = (uint32_t)callee->symbols[node->symbol].value + 1;
	return position < call->nr_children ? call->children[position] : GCV_NONE;
}

/* The same of a pointer that the function may get at through its address: free_all(&pages, n) */
static uint32_t passed_through(const struct gcv_function *callee, uint32_t array,
			       const struct gcv_body *body, uint32_t call)
{
	const struct gcv_node *node;
	uint32_t passed;

	if (array == GCV_NONE)
		return GCV_NONE;
	array = set_to(callee->body, array);
	node = &callee->body->nodes[array];
	if (node->kind != GCV_NODE_UNARY || node->op != GCV_OP_DEREF)
		return passed_for(callee->body, array, &body->nodes[call]);
	passed = passed_for(callee->body, node->children[0], &body->nodes[call]);
	if (passed == GCV_NONE)
		return GCV_NONE;
	node = &body->nodes[gcv_expr_plain(body, passed)];
	return node->kind == GCV_NODE_UNARY && node->op == GCV_OP_ADDR ? node->children[0]
								       : GCV_NONE;
}

/* The only release of the pages in a function, or NULL. */
static const struct gcv_flow_release *only_release(const struct gcv_acquire_walk *w,
						   uint32_t function)
{
	const struct gcv_flow *flow = w->s->flow;
	const struct gcv_flow_release *found = NULL;
	uint32_t i = w->calls->first_release[function];

	for (; i != GCV_NONE && flow->releases[i].function == function;
	     i = i + 1 < flow->nr_releases ? i + 1 : GCV_NONE) {
		if (!gcv_graph_arrival(&flow->graph, flow->releases[i].place,
				       flow->acquires[w->acquire].atom))
			continue;
		if (found || !flow->releases[i].api)
			return NULL;
		found = &flow->releases[i];
	}
	return found;
}

bool gcv_acquire_wrapped_at(const struct gcv_acquire_walk *w, uint32_t call,
			    struct gcv_acquire_wrapped *ret)
{
	const struct gcv_flow *flow = w->s->flow;
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t at = gcv_acquire_first_call(w, call), array;
	const struct gcv_function *callee;
	struct gcv_acquire_wrapped found;

	if (w->pages == GCV_NONE || at == GCV_NONE || w->calls->next_call[at] != GCV_NONE)
		return false;
	callee = &flow->input.program->facts.functions[flow->calls[at].target];
	found.release = only_release(w, callee->index);
	if (!found.release)
		return false;
	gcv_release_shape_of(callee->body, found.release->call, found.release->api,
			     found.release->signature, flow->input.era->api, flow->input.accessors,
			     &found.shape);
	array = passed_through(callee, found.shape.array, w->fn->body, call);
	found.count = passed_for(
		callee->body, found.shape.count != GCV_NONE ? found.shape.count : found.shape.bound,
		node);
	if (array == GCV_NONE || found.count == GCV_NONE ||
	    !gcv_expr_equal(w->fn->body, array, w->pages) || found.shape.is_down ||
	    found.shape.is_short || found.shape.is_inclusive || found.shape.offset != GCV_NONE ||
	    (found.shape.first != GCV_NONE && !gcv_expr_is_int(callee->body, found.shape.first, 0)))
		return false;
	*ret = found;
	return true;
}

static void wrapped_event(const struct gcv_acquire_wrapped *wrapped, struct gcv_paths_event *event)
{
	event->effect = GCV_PATHS_RELEASE;
	event->count = wrapped->count;
	event->is_signed = wrapped->shape.loop != GCV_NONE && wrapped->shape.is_bound_signed;
	event->is_null_checked = wrapped->shape.null_check != GCV_NONE;
	event->is_placed = true;
}

/* Does the call reach a function that may release the pages? */
static bool may_release(const struct gcv_acquire_walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = gcv_acquire_first_call(w, node);

	for (; i != GCV_NONE; i = w->calls->next_call[i])
		if (gcv_holders_may_release(w->holders, flow->calls[i].target, w->acquire))
			return true;
	return false;
}

static bool may_acquire(const struct gcv_acquire_walk *w, uint32_t node)
{
	uint32_t i = w->acquirers ? gcv_acquire_first_call(w, node) : GCV_NONE;

	for (; i != GCV_NONE; i = w->calls->next_call[i])
		if (gcv_map64_get(w->acquirers, w->s->flow->calls[i].target) != GCV_MAP64_NONE)
			return true;
	return false;
}

bool gcv_acquire_is_transferred(const struct gcv_acquire_walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->calls->moves, node);

	for (; i != GCV_NONE; i = w->calls->next_move[i])
		if (gcv_holders_has(w->holders, flow->uses[i].place, w->acquire))
			return true;
	return false;
}

/* Is memory that others can find written by an assignment to this? */
static bool is_elsewhere(const struct gcv_body *body, uint32_t target)
{
	const struct gcv_node *node = &body->nodes[target];
	enum gcv_symbol_kind kind;

	if (node->kind == GCV_NODE_MEMBER || node->kind == GCV_NODE_INDEX ||
	    (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_DEREF))
		return true;
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE)
		return false;
	kind = body->symbols[node->symbol].kind;
	return kind == GCV_SYMBOL_GLOBAL || kind == GCV_SYMBOL_STATIC_LOCAL;
}

bool gcv_acquire_is_of_pages(const struct gcv_body *body, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(body, node);

	return !type.len ||
	       (type.pointers > 0 && memmem(type.base, type.len, "struct ", 7) == type.base);
}

/* Any argument: a call in view may keep what it gets, an unseen one may, too. */
static bool gets_pages(const struct gcv_acquire_walk *w, const struct gcv_node *node)
{
	uint32_t i;

	for (i = 1; i < node->nr_children; i++)
		if (gcv_acquire_pages_at(w, node->children[i]) &&
		    gcv_acquire_is_of_pages(w->fn->body, node->children[i]))
			return true;
	return false;
}

const struct gcv_accessor *gcv_acquire_accessor_at(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(w->fn->body, call);

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return NULL;
	return gcv_accessor_find(w->s->flow->input.accessors, symbol->name);
}

/* The variable at the root of an expression, or GCV_NONE where memory is read on the way. */
static uint32_t root_of(const struct gcv_body *body, uint32_t at)
{
	for (;;) {
		const struct gcv_node *node = &body->nodes[at];

		if (node->kind == GCV_NODE_REF)
			return node->symbol;
		if (!node->nr_children || node->kind == GCV_NODE_MEMBER ||
		    node->kind == GCV_NODE_CALL)
			return GCV_NONE;
		at = node->children[0];
	}
}

/* The variable that an expression is, or a part of: pair, pair.first */
static uint32_t root_of_struct(const struct gcv_body *body, uint32_t at)
{
	while (body->nodes[at].kind == GCV_NODE_MEMBER && !(body->nodes[at].flags & GCV_NODE_ARROW))
		at = body->nodes[at].children[0];
	return body->nodes[at].kind == GCV_NODE_REF ? body->nodes[at].symbol : GCV_NONE;
}

bool gcv_acquire_is_local(const struct gcv_body *body, uint32_t node)
{
	uint32_t symbol = root_of(body, node);

	return symbol != GCV_NONE && (body->symbols[symbol].kind == GCV_SYMBOL_LOCAL ||
				      body->symbols[symbol].kind == GCV_SYMBOL_PARAM);
}

/* Does a known function put the pages into memory, and not only into a variable of its own? */
static bool is_stored(const struct gcv_acquire_walk *w, uint32_t call,
		      const struct gcv_accessor *known)
{
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t i;

	for (i = 0; i < known->nr_flows; i++) {
		const struct gcv_accessor_flow *flow = &known->flows[i];
		uint32_t to = (uint32_t)flow->to.arg + 1, from = (uint32_t)flow->from.arg + 1;

		if (flow->to.arg < 0 || !flow->to.nr_path || flow->from.arg < 0 ||
		    flow->origin != GCV_ORIGIN_NONE || to >= node->nr_children ||
		    from >= node->nr_children)
			continue;
		if (gcv_acquire_pages_at(w, node->children[from]))
			return true;
	}
	return false;
}

uint32_t gcv_acquire_pages_of(const struct gcv_acquire_walk *w,
			      const struct gcv_flow_acquire *acquire)
{
	struct gcv_paths_input input;

	if (!acquire->signature)
		return GCV_NONE;
	gcv_paths_input_init(w->fn->body, acquire->call, acquire->signature, &input);
	return input.pages;
}

bool gcv_acquire_is_other(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->calls->acquires, call), its;

	for (; i != GCV_NONE; i = w->calls->next_acquire[i]) {
		if (i == w->acquire)
			continue;
		its = gcv_acquire_pages_of(w, &flow->acquires[i]);
		if (w->pages != GCV_NONE && its != GCV_NONE &&
		    gcv_expr_equal(w->fn->body, w->pages, its))
			return true;
	}
	return false;
}

/* kfree(x->pages) */
static bool frees_array(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_accessor *known = gcv_acquire_accessor_at(w, call);
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t i, arg;

	for (i = 0; known && w->pages != GCV_NONE && i < known->nr_effects; i++) {
		arg = (uint32_t)known->effects[i].arg.arg + 1;
		if (known->effects[i].effect == GCV_EFFECT_FREE && arg && arg < node->nr_children &&
		    gcv_expr_equal(w->fn->body, node->children[arg], w->pages))
			return true;
	}
	return false;
}

static bool is_handed_over(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_accessor *known = gcv_acquire_accessor_at(w, call);

	if (gcv_acquire_is_transferred(w, call))
		return true;
	if (known)
		return is_stored(w, call, known);
	return gets_pages(w, &w->fn->body->nodes[call]);
}

/* A variable that is a struct, and that somewhere gets pages into it. */
static bool is_filled_struct(const struct gcv_acquire_walk *w, uint32_t value)
{
	const struct gcv_body *body = w->fn->body;
	struct gcv_expr_type type;
	uint32_t i, k, end;

	value = gcv_expr_plain(body, value);
	if (body->nodes[value].kind != GCV_NODE_REF)
		return false;
	type = gcv_expr_type(body, value);
	if (type.pointers || !type.len || memmem(type.base, type.len, "struct ", 7) != type.base)
		return false;
	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];
		bool is_var = node->kind == GCV_NODE_VAR;

		if ((!is_var && node->kind != GCV_NODE_ASSIGN) || !node->nr_children ||
		    (is_var ? node->symbol : root_of_struct(body, node->children[0])) !=
			    body->nodes[value].symbol)
			continue;
		end = gcv_expr_end(body, i);
		for (k = node->children[is_var ? 0 : 1]; k < end; k++)
			if (gcv_acquire_pages_at(w, k))
				return true;
	}
	return false;
}

/* Is a value a page of the acquire, or its number or address? */
static bool is_page_itself(const struct gcv_acquire_walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;

	return gcv_graph_arrival(&flow->graph, value_at(w, node),
				 flow->acquires[w->acquire].atom) != NULL;
}

/* Does a call get the pages themselves, or a number made of them, and not memory that may hold
 * them?
 */
static bool names_pages(const struct gcv_acquire_walk *w, const struct gcv_node *node)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t root = root_of(body, w->pages), i;

	for (i = 1; i < node->nr_children; i++) {
		struct gcv_expr_type type = gcv_expr_type(body, node->children[i]);

		if (!type.len || is_page_itself(w, node->children[i]) ||
		    gcv_expr_type_is(&type, "struct page", type.pointers) ||
		    gcv_expr_type_is(&type, "struct folio", type.pointers) ||
		    root_of(body, node->children[i]) == root)
			return true;
	}
	return false;
}

static bool is_kept_by(const struct gcv_acquire_walk *w, uint32_t at)
{
	const struct gcv_node *node = &w->fn->body->nodes[at];

	if (node->kind == GCV_NODE_CALL)
		return first_at(w, &w->calls->acquires, at) == GCV_NONE && is_handed_over(w, at);
	return node->kind == GCV_NODE_ASSIGN && is_elsewhere(w->fn->body, node->children[0]) &&
	       (gcv_acquire_pages_at(w, node->children[1]) ||
		is_filled_struct(w, node->children[1]));
}

/* Does an assignment put something else into the variable that the acquire put its pages into? */
static bool is_replacing(const struct gcv_acquire_walk *w, const struct gcv_node *assign)
{
	struct gcv_paths_input input = { .body = w->fn->body, .pages = w->pages };
	const struct gcv_node *target = &w->fn->body->nodes[assign->children[0]];

	return assign->op == GCV_OP_ASSIGN && target->kind == GCV_NODE_REF &&
	       target->symbol != GCV_NONE && target->symbol == gcv_paths_variable(&input) &&
	       !gcv_acquire_pages_at(w, assign->children[1]);
}

/* Does a call get at the pages only through an object that they are put into? */
static bool is_indirect(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_body *body = w->fn->body;

	return w->pages != GCV_NONE && gcv_acquire_is_local(body, w->pages) &&
	       !names_pages(w, &body->nodes[call]);
}

/*
 * Does a call find only what was in a field before these pages are put there? It gives back the set
 * before: pages that stand in a local array so far cannot be found through an object.
 */
static bool is_too_early(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t i;

	if (!is_indirect(w, call))
		return false;
	for (i = 0; i < body->nr_nodes; i++)
		if (i != call && is_kept_by(w, i) && gcv_cfg_reaches(&w->graphs->cfg, i, call))
			return false;
	return true;
}

/*
 * Does a call get a single page out of several, and nothing else that leads to pages? It cannot
 * give back more than that one.
 */
static bool gets_one_of_several(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *node = &body->nodes[call];
	uint32_t i, at, nr = 0;

	for (i = 1; w->pages != GCV_NONE && i < node->nr_children; i++) {
		if (!gcv_acquire_pages_at(w, node->children[i]))
			continue;
		at = gcv_expr_plain(body, node->children[i]);
		if (body->nodes[at].kind != GCV_NODE_INDEX ||
		    !gcv_expr_equal(body, body->nodes[at].children[0], w->pages))
			return false;
		nr++;
	}
	return nr == 1;
}

/* Is what a call gives back a variable that only had pages of another acquire? */
static bool gives_back_others(const struct gcv_acquire_walk *w, const struct gcv_node *node)
{
	return node->nr_children == 2 && !gcv_acquire_variable_may_hold(w, node->children[1]);
}

void gcv_acquire_event(void *ctx, uint32_t at, struct gcv_paths_event *event)
{
	const struct gcv_acquire_walk *w = ctx;
	const struct gcv_node *node = &w->fn->body->nodes[at];
	const struct gcv_flow_release *release;
	struct gcv_acquire_wrapped wrapped;

	switch (node->kind) {
	case GCV_NODE_CALL:
		release = gcv_acquire_release_at(w, at);
		if (release && !gives_back_others(w, node)) {
			release_event(w, release, event);
		} else if (gcv_acquire_wrapped_at(w, at, &wrapped)) {
			wrapped_event(&wrapped, event);
			event->is_shared = w->is_shared;
		} else if (may_release(w, at)) {
			if (is_too_early(w, at))
				break;
			/* What comes to the acquire, too, may give back what it got itself. */
			event->effect = may_acquire(w, at) ? GCV_PATHS_HAND_OVER
							   : GCV_PATHS_RELEASE;
			event->is_all = event->effect == GCV_PATHS_RELEASE &&
					!gets_one_of_several(w, at);
			event->is_indirect = is_indirect(w, at);
		} else if (frees_array(w, at)) {
			event->effect = GCV_PATHS_FREE;
		} else if (gcv_acquire_is_other(w, at)) {
			if (!gcv_acquire_is_saved(w))
				event->effect = GCV_PATHS_RENEW;
		} else if (first_at(w, &w->calls->acquires, at) == GCV_NONE &&
			   is_handed_over(w, at)) {
			event->effect = GCV_PATHS_HAND_OVER;
		}
		break;
	case GCV_NODE_ASSIGN:
		if (is_kept_by(w, at))
			event->effect = GCV_PATHS_HAND_OVER;
		else if (is_replacing(w, node))
			event->effect = GCV_PATHS_REPLACE;
		break;
	case GCV_NODE_RETURN:
		if (node->nr_children && gcv_acquire_pages_at(w, node->children[0]))
			event->effect = GCV_PATHS_HAND_OVER;
		break;
	default:
		break;
	}
}
