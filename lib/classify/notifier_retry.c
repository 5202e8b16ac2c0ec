// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"

/* Does a call ask whether a notifier has run? */
static bool is_question(const struct gcv_classify_state *s, const struct gcv_function *fn,
			uint32_t call)
{
	const struct gcv_symbol *callee = gcv_body_callee(fn->body, call);
	const struct gcv_accessor *known =
		callee ? gcv_accessor_find(s->flow->input.accessors, callee->name) : NULL;
	uint32_t i;

	for (i = 0; known && i < known->nr_effects; i++)
		if (known->effects[i].effect == GCV_EFFECT_NOTIFIER_RETRY)
			return true;
	return false;
}

static bool has_question(const struct gcv_classify_state *s, const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; fn->body && i < fn->body->nr_nodes; i++)
		if (fn->body->nodes[i].kind == GCV_NODE_CALL && is_question(s, fn, i))
			return true;
	return false;
}

/* The same, by a function that is called directly. */
static bool leads_to_question(const struct gcv_classify_state *s, const struct gcv_function *fn,
			      uint32_t call)
{
	const struct gcv_program *program = s->flow->input.program;
	const struct gcv_symbol *callee = gcv_body_callee(fn->body, call);
	struct gcv_program_targets targets;
	uint32_t i;

	if (!callee || callee->kind != GCV_SYMBOL_FUNCTION)
		return false;
	targets = gcv_program_callees(program, fn, call);
	for (i = 0; i < targets.nr; i++)
		if (has_question(s, &program->facts.functions[targets.functions[i]]))
			return true;
	return false;
}

static bool look_into(const struct gcv_classify_state *s, uint32_t function, uint32_t *ret_function,
		      uint32_t *ret_node)
{
	const struct gcv_function *fn = &s->flow->input.program->facts.functions[function];
	uint32_t i;

	for (i = 0; fn->body && i < fn->body->nr_nodes; i++) {
		if (fn->body->nodes[i].kind != GCV_NODE_CALL ||
		    (!is_question(s, fn, i) && !leads_to_question(s, fn, i)))
			continue;
		*ret_function = function;
		*ret_node = i;
		return true;
	}
	return false;
}

static bool is_partner(const struct gcv_site_class *site, uint32_t other)
{
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (site->partners[i] == other)
			return true;
	return false;
}

bool gcv_classify_retry(const struct gcv_classify_state *s, uint32_t at, uint32_t *ret_function,
			uint32_t *ret_node)
{
	const struct gcv_flow *flow = s->flow;
	uint32_t i;

	for (i = 0; i < flow->nr_acquires; i++)
		if (flow->acquires[i].site == at &&
		    look_into(s, flow->acquires[i].function, ret_function, ret_node))
			return true;
	for (i = 0; i < flow->nr_releases; i++)
		if (flow->releases[i].site != GCV_NONE &&
		    is_partner(&s->result->sites[at], flow->releases[i].site) &&
		    look_into(s, flow->releases[i].function, ret_function, ret_node))
			return true;
	return false;
}
