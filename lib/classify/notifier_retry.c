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

/** NOT_ASKED - of a struct gcv_classify_question: nobody has looked yet; zero */
#define NOT_ASKED 0
/** NO - of a struct gcv_classify_question: there is none; else the node + FOUND */
#define NO 1
/** FOUND - see NO */
#define FOUND 2

static bool has_question(const struct gcv_classify_state *s, const struct gcv_function *fn)
{
	struct gcv_classify_question *question = &s->questions[fn->index];
	uint32_t i;

	if (question->own != NOT_ASKED)
		return question->own != NO;
	question->own = NO;
	for (i = 0; fn->body && i < fn->body->nr_nodes; i++) {
		if (fn->body->nodes[i].kind != GCV_NODE_CALL || !is_question(s, fn, i))
			continue;
		question->own = FOUND + i;
		return true;
	}
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

/* The first call of a function that asks, or leads to who does. */
static uint32_t first_question(const struct gcv_classify_state *s, const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; fn->body && i < fn->body->nr_nodes; i++)
		if (fn->body->nodes[i].kind == GCV_NODE_CALL &&
		    (is_question(s, fn, i) || leads_to_question(s, fn, i)))
			return FOUND + i;
	return NO;
}

static bool look_into(const struct gcv_classify_state *s, uint32_t function, uint32_t *ret_function,
		      uint32_t *ret_node)
{
	struct gcv_classify_question *question = &s->questions[function];

	if (question->near == NOT_ASKED)
		question->near =
			first_question(s, &s->flow->input.program->facts.functions[function]);
	if (question->near == NO)
		return false;
	*ret_function = function;
	*ret_node = question->near - FOUND;
	return true;
}

bool gcv_classify_retry(const struct gcv_classify_state *s, uint32_t at, uint32_t *ret_function,
			uint32_t *ret_node)
{
	const struct gcv_flow *flow = s->flow;
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t nr, i, k, first = GCV_NONE;
	const uint32_t *list = gcv_lists_of(&flow->served.site_acquires, at, &nr);

	for (i = 0; i < nr; i++)
		if (look_into(s, flow->acquires[list[i]].function, ret_function, ret_node))
			return true;
	/* The first release of the flow, in whichever order the partners stand. */
	for (k = 0; k < site->nr_partners; k++) {
		list = gcv_lists_of(&flow->served.site_releases, site->partners[k], &nr);
		for (i = 0; i < nr && list[i] < first; i++)
			if (look_into(s, flow->releases[list[i]].function, ret_function, ret_node))
				first = list[i];
	}
	return first != GCV_NONE;
}
