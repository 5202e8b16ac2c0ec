// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that a function gives back for its caller, and then fails, so that the caller gives them
 * back once more: double-release over two functions.
 */
#include "check/graphs.h"
#include "classify/release_shape.h"
#include "flow/expr.h"
#include "flow/paths.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct giving - a call that gives pages back
 * @function: index of the function that it stands in
 * @node: the CALL
 * @acquire: number of an acquire of the pages in the flow
 * @root: REF of the variable that leads to the pages
 * @count: expression of their number, or GCV_NONE
 * @is_always: whoever calls the function comes by here
 */
struct giving {
	uint32_t function, node, acquire;
	uint32_t root, count;
	bool is_always;
};

/**
 * struct givings - all of them
 * @s: the state
 * @list: by function only as far as @first goes
 * @nr: how many
 * @cap: room
 * @first: for each function its first one, or GCV_NONE
 * @next: for each the next one of the same function
 */
struct givings {
	struct gcv_check_state *s;
	struct giving *list;
	uint32_t nr, cap, cap_next;
	uint32_t *first, *next;
};

static const struct gcv_body *body_of(const struct gcv_check_state *s, uint32_t function)
{
	return s->facts->functions[function].body;
}

/* The variable at the root of pages, page, pages[i], bv[i].bv_page; GCV_NONE for anything else. */
static uint32_t root_of(const struct gcv_body *body, uint32_t node)
{
	while (node != GCV_NONE) {
		const struct gcv_node *n = &body->nodes[node = gcv_expr_plain(body, node)];

		if (n->kind == GCV_NODE_REF)
			return n->symbol == GCV_NONE ? GCV_NONE : node;
		if (n->kind != GCV_NODE_INDEX &&
		    (n->kind != GCV_NODE_MEMBER || n->flags & GCV_NODE_ARROW))
			return GCV_NONE;
		node = n->children[0];
	}
	return GCV_NONE;
}

/* A parameter that keeps the value that the caller gave it; its position, or -1. */
static int64_t param_of(const struct gcv_body *body, uint32_t root)
{
	const struct gcv_symbol *symbol = &body->symbols[body->nodes[root].symbol];

	return symbol->kind == GCV_SYMBOL_PARAM &&
			       !gcv_expr_count_writes(body, 0, body->nodes[root].symbol, NULL)
		       ? symbol->value
		       : -1;
}

static bool is_always(const struct gcv_body *body, uint32_t node)
{
	uint32_t at, i;

	for (at = body->nodes[node].parent; at != GCV_NONE; at = body->nodes[at].parent)
		if (body->nodes[at].kind == GCV_NODE_IF || body->nodes[at].kind == GCV_NODE_COND ||
		    body->nodes[at].kind == GCV_NODE_SWITCH)
			return false;
	for (i = 0; i < node; i++)
		if (body->nodes[i].kind == GCV_NODE_RETURN || body->nodes[i].kind == GCV_NODE_GOTO)
			return false;
	return true;
}

static void add(struct givings *g, const struct giving *giving)
{
	GCV_GROW(g->next, g->nr, g->cap_next);
	GCV_GROW(g->list, g->nr, g->cap);
	g->next[g->nr] = g->first[giving->function];
	g->first[giving->function] = g->nr;
	g->list[g->nr++] = *giving;
}

static void add_release(struct givings *g, const struct gcv_flow_release *release)
{
	const struct gcv_flow_input *input = &g->s->flow->input;
	const struct gcv_body *body = body_of(g->s, release->function);
	struct giving giving = { .function = release->function, .node = release->call };
	struct gcv_release_shape shape;

	giving.acquire = gcv_check_acquire_at(g->s, release->place);
	if (!release->api || giving.acquire == GCV_NONE)
		return;
	gcv_release_shape_of(body, release->call, release->api, release->signature, input->era->api,
			     input->accessors, &shape);
	giving.root = root_of(body, shape.array != GCV_NONE ? shape.array : shape.source);
	giving.count = shape.bound != GCV_NONE ? shape.bound : shape.count;
	giving.is_always = is_always(body, release->call);
	if (giving.root != GCV_NONE)
		add(g, &giving);
}

static bool is_only_target(const struct gcv_flow *flow, uint32_t at)
{
	const struct gcv_flow_call *call = &flow->calls[at];

	return (!at || flow->calls[at - 1].function != call->function ||
		flow->calls[at - 1].node != call->node) &&
	       (at + 1 == flow->nr_calls || flow->calls[at + 1].function != call->function ||
		flow->calls[at + 1].node != call->node);
}

/* A call of a function that always gives back what it gets. */
static void add_call(struct givings *g, uint32_t at)
{
	const struct gcv_flow_call *call = &g->s->flow->calls[at];
	const struct gcv_body *body = body_of(g->s, call->function);
	uint32_t i;

	if (!is_only_target(g->s->flow, at))
		return;
	for (i = g->first[call->target]; i != GCV_NONE; i = g->next[i]) {
		struct giving giving = { .function = call->function,
					 .node = call->node,
					 .acquire = g->list[i].acquire,
					 .count = GCV_NONE,
					 .is_always = is_always(body, call->node) };
		int64_t param = param_of(body_of(g->s, call->target), g->list[i].root);

		if (!g->list[i].is_always || param < 0)
			continue;
		giving.root = root_of(body, gcv_check_argument(body, call->node, (int)param));
		if (giving.root == GCV_NONE)
			continue;
		add(g, &giving);
		return;
	}
}

static void no_event(void *ctx, uint32_t node, struct gcv_paths_event *event)
{
	(void)ctx;
	(void)node;
	(void)event;
}

/* Does the function go on to fail, on a way behind it? */
static bool fails_behind(const struct givings *g, const struct giving *giving)
{
	const struct gcv_check_graph *graph = gcv_check_graph(g->s, giving->function);
	struct gcv_paths_input input = { .body = body_of(g->s, giving->function),
					 .cfg = &graph->cfg,
					 .reach = &graph->reach,
					 .call = giving->node,
					 .result = GCV_API_RESULT_VOID,
					 .count = GCV_NONE,
					 .pages = GCV_NONE,
					 .event = no_event };
	struct gcv_arena arena = { 0 };
	struct gcv_paths paths;
	bool fails = false;
	uint32_t i;

	gcv_paths_build(&input, &arena, &paths);
	for (i = 0; i < paths.nr && paths.is_complete; i++)
		fails |= paths.paths[i].outcome == GCV_PATH_FULL &&
			 paths.paths[i].returned == GCV_PATH_NEGATIVE;
	gcv_arena_release(&arena);
	return fails;
}

static void at_second(void *ctx, uint32_t node, struct gcv_paths_event *event)
{
	const struct giving *second = ctx;

	if (node == second->node)
		event->effect = GCV_PATHS_RELEASE;
}

/* Does a call that has failed lead to the second release? */
static bool leads_to(const struct givings *g, uint32_t call, const struct giving *second)
{
	const struct gcv_check_graph *graph = gcv_check_graph(g->s, second->function);
	struct gcv_paths_input input = { .body = body_of(g->s, second->function),
					 .cfg = &graph->cfg,
					 .reach = &graph->reach,
					 .call = call,
					 .result = GCV_API_RESULT_ZERO_OR_ERRNO,
					 .count = GCV_NONE,
					 .pages = GCV_NONE,
					 .event = at_second,
					 .ctx = (void *)second };
	struct gcv_arena arena = { 0 };
	struct gcv_paths paths;
	bool leads = false;
	uint32_t i;

	gcv_paths_build(&input, &arena, &paths);
	for (i = 0; i < paths.nr && paths.is_complete; i++)
		leads |= paths.paths[i].outcome == GCV_PATH_ERROR &&
			 paths.paths[i].release == second->node;
	gcv_arena_release(&arena);
	return leads;
}

/*
 * Is a variable of an expression written between a call, by the call, and another one? An array
 * stays where it is, whatever is put into it.
 */
static bool is_changed(const struct givings *g, uint32_t function, uint32_t node, uint32_t from,
		       uint32_t to)
{
	const struct gcv_check_graph *graph = gcv_check_graph(g->s, function);
	const struct gcv_body *body = body_of(g->s, function);
	uint32_t end = node == GCV_NONE ? 0 : gcv_expr_end(body, node), i, k;

	for (i = node; i < end; i++) {
		if (body->nodes[i].kind != GCV_NODE_REF || body->nodes[i].symbol == GCV_NONE ||
		    strchr(body->symbols[body->nodes[i].symbol].canonical, '['))
			continue;
		for (k = 0; k < graph->reach.nr_defs; k++) {
			const struct gcv_reach_def *def = &graph->reach.defs[k];

			if (def->symbol == body->nodes[i].symbol && def->node != GCV_NONE &&
			    !def->is_part && def->node != to &&
			    (def->node == from || (gcv_cfg_reaches(&graph->cfg, from, def->node) &&
						   gcv_cfg_reaches(&graph->cfg, def->node, to))))
				return true;
		}
	}
	return false;
}

static bool is_same(const struct givings *g, uint32_t call, const struct giving *second)
{
	const struct gcv_body *body = body_of(g->s, second->function);
	const struct gcv_node *node = &body->nodes[second->node];
	uint32_t i;

	if (is_changed(g, second->function, second->root, call, second->node))
		return false;
	if (second->count != GCV_NONE)
		return !is_changed(g, second->function, second->count, call, second->node);
	for (i = 1; i < node->nr_children; i++)
		if (root_of(body, node->children[i]) != second->root &&
		    is_changed(g, second->function, node->children[i], call, second->node))
			return false;
	return true;
}

static void tell(struct givings *g, const struct giving *first, uint32_t call,
		 const struct giving *second)
{
	const struct gcv_flow_acquire *acquire = &g->s->flow->acquires[first->acquire];
	const char *name = g->s->facts->functions[first->function].name;
	bool may_be_none = acquire->api->family == GCV_API_FAMILY_IOV;
	struct gcv_fault *fault;

	fault = gcv_check_tell(g->s, GCV_CHECK_DOUBLE_RELEASE,
			       may_be_none ? GCV_CONFIDENCE_MEDIUM : GCV_CONFIDENCE_HIGH,
			       acquire->site, second->function, second->node,
			       "pages of %s() are given back a second time where %s() fails",
			       acquire->api->name, name);
	gcv_check_note(g->s, fault, acquire->function, acquire->call,
		       "the pages are acquired here");
	gcv_check_note(g->s, fault, second->function, call, "they are passed to %s() here", name);
	gcv_check_note(g->s, fault, first->function, first->node,
		       "which gives them back, and may fail after that");
	gcv_check_note(g->s, fault, second->function, second->node,
		       "and they are given back again here");
}

/* A caller, and what it does to the same variable afterwards. */
static void check_caller(struct givings *g, const struct giving *first, int64_t param,
			 const struct gcv_flow_call *call)
{
	const struct gcv_body *body = body_of(g->s, call->function);
	const struct gcv_cfg *cfg = &gcv_check_graph(g->s, call->function)->cfg;
	uint32_t argument = gcv_check_argument(body, call->node, (int)param), i;

	if (argument == GCV_NONE)
		return;
	argument = gcv_expr_plain(body, argument);
	if (body->nodes[argument].kind != GCV_NODE_REF)
		return;
	for (i = g->first[call->function]; i != GCV_NONE; i = g->next[i]) {
		const struct giving *second = &g->list[i];

		if (second->node != call->node &&
		    body->nodes[second->root].symbol == body->nodes[argument].symbol &&
		    gcv_cfg_reaches(cfg, call->node, second->node) &&
		    is_same(g, call->node, second) && leads_to(g, call->node, second))
			tell(g, first, call->node, second);
	}
}

static void check(struct givings *g, const struct giving *first)
{
	int64_t param = param_of(body_of(g->s, first->function), first->root);
	uint32_t i;

	if (param < 0 || gcv_check_first_caller(g->s, first->function) == GCV_NONE ||
	    !fails_behind(g, first))
		return;
	for (i = gcv_check_first_caller(g->s, first->function); i != GCV_NONE;
	     i = gcv_check_next_caller(g->s, i))
		check_caller(g, first, param, &g->s->flow->calls[i]);
}

void gcv_check_twice(struct gcv_check_state *s)
{
	struct givings g = { .s = s };
	uint32_t i;

	g.first = gcv_zalloc((size_t)s->facts->nr_functions + 1, sizeof(*g.first));
	for (i = 0; i < s->facts->nr_functions; i++)
		g.first[i] = GCV_NONE;
	for (i = 0; i < s->flow->nr_releases; i++)
		add_release(&g, &s->flow->releases[i]);
	/* Calls pass on what somebody gives back. */
	for (i = 0; g.nr && i < s->flow->nr_calls; i++)
		add_call(&g, i);
	for (i = 0; i < g.nr; i++)
		check(&g, &g.list[i]);
	free(g.list);
	free(g.next);
	free(g.first);
}
