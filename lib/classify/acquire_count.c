// SPDX-License-Identifier: GPL-2.0-only
/* Counts that a function gets from its callers. */
#include "classify/acquire_walk.h"
#include "classify/release_guard.h"
#include "flow/expr.h"

/* The parameter that a count is, and stays in all of the function. */
static uint32_t parameter_of(const struct gcv_body *body, uint32_t count)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, count)];
	uint32_t i;

	if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE ||
	    body->symbols[n->symbol].kind != GCV_SYMBOL_PARAM)
		return GCV_NONE;
	for (i = 0; i < body->nr_nodes; i++)
		if (gcv_expr_is_write(body, i, n->symbol))
			return GCV_NONE;
	return (uint32_t)body->symbols[n->symbol].value;
}

/* Is an argument known not to be negative, also as an int? */
static bool is_argument_proven(const struct gcv_acquire_graphs *graphs, uint32_t call,
			       uint32_t parameter)
{
	const struct gcv_body *body = graphs->fn->body;
	const struct gcv_node *n = &body->nodes[call];
	uint32_t arg;
	int64_t value;

	if (n->kind != GCV_NODE_CALL || parameter + 1 >= n->nr_children)
		return false;
	arg = n->children[parameter + 1];
	if (gcv_expr_int(body, arg, &value))
		return value >= 0 && value <= INT32_MAX;
	return gcv_release_is_not_negative(body, &graphs->cfg, gcv_expr_plain(body, arg), call);
}

bool gcv_acquire_is_count_given(const struct gcv_classify_state *s,
				struct gcv_acquire_graphs *graphs,
				const struct gcv_flow_release *release, uint32_t count)
{
	const struct gcv_function *functions = s->flow->input.program->facts.functions;
	const struct gcv_function *fn = &functions[release->function];
	uint32_t parameter = parameter_of(fn->body, count), at;

	if (parameter == GCV_NONE || s->calls->is_pointed[release->function] ||
	    (fn->linkage != GCV_LINKAGE_STATIC && fn->linkage != GCV_LINKAGE_STATIC_INLINE))
		return false;
	at = s->calls->first_caller[release->function];
	if (at == GCV_NONE)
		return false;
	for (; at != GCV_NONE; at = s->calls->next_caller[at]) {
		gcv_acquire_look_into(graphs, &functions[s->flow->calls[at].function]);
		if (!is_argument_proven(graphs, s->flow->calls[at].node, parameter))
			return false;
	}
	return true;
}
