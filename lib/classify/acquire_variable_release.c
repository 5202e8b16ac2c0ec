// SPDX-License-Identifier: GPL-2.0-only
/* How a release comes by the pages: by variables, or out of memory that somebody put them into. */
#include "classify/acquire_walk.h"

/* Calls between the acquiring function and the release; behind more of them it counts as found. */
#define MAX_DEPTH 12u
/* Functions that are looked into. */
#define MAX_FUNCTIONS 64u

/** struct look - functions that were met, and what is left of the calls to go down */
struct look {
	uint32_t met[MAX_FUNCTIONS];
	uint32_t nr;
};

static bool gets_by_variable(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *node = &body->nodes[call];
	uint32_t i;

	for (i = 1; node->kind == GCV_NODE_CALL && i < node->nr_children; i++)
		if (gcv_acquire_pages_at(w, node->children[i]) &&
		    gcv_acquire_is_local(body, node->children[i]) &&
		    gcv_acquire_page_pointers(body, node->children[i]))
			return true;
	return false;
}

static bool is_met(struct look *look, uint32_t function)
{
	uint32_t i;

	for (i = 0; i < look->nr; i++)
		if (look->met[i] == function)
			return true;
	if (look->nr < MAX_FUNCTIONS)
		look->met[look->nr++] = function;
	return false;
}

static bool is_by_variable(const struct gcv_acquire_walk *w, uint32_t call, struct look *look,
			   uint32_t depth);

/* Does a function that gets the pages give them back by variables of its own? */
static bool is_in_function(const struct gcv_acquire_walk *w, uint32_t function, struct look *look,
			   uint32_t depth)
{
	const struct gcv_flow *flow = w->s->flow;
	struct gcv_acquire_walk inner = *w;
	uint32_t i;

	if (is_met(look, function))
		return false;
	if (depth == MAX_DEPTH || look->nr == MAX_FUNCTIONS)
		return true;
	inner.fn = &flow->input.program->facts.functions[function];
	for (i = 0; i < inner.fn->body->nr_nodes; i++)
		if (inner.fn->body->nodes[i].kind == GCV_NODE_CALL &&
		    is_by_variable(&inner, i, look, depth + 1))
			return true;
	return false;
}

static bool is_by_variable(const struct gcv_acquire_walk *w, uint32_t call, struct look *look,
			   uint32_t depth)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i;

	if (!gets_by_variable(w, call))
		return false;
	if (gcv_acquire_release_at(w, call))
		return true;
	for (i = gcv_acquire_first_call(w, call); i != GCV_NONE; i = w->calls->next_call[i])
		if (gcv_holders_may_release(w->holders, flow->calls[i].target, w->acquire) &&
		    is_in_function(w, flow->calls[i].target, look, depth))
			return true;
	return false;
}

bool gcv_acquire_is_by_variable(const struct gcv_acquire_walk *w, uint32_t call)
{
	struct look look = { .nr = 0 };

	return is_by_variable(w, call, &look, 0);
}
