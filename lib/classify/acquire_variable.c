// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two acquires may fill the same array one after the other, and a variable for each takes the page
 * out of it in between. Which of them has whose?
 */
#include "classify/acquire_walk.h"
#include "flow/expr.h"

#include <string.h>

/** struct search - for a node behind the acquire, with no other acquire into its array between */
struct search {
	const struct gcv_acquire_walk *w;
	uint32_t target;
	bool *is_met;
	uint32_t *stack;
	uint32_t nr;
};

enum found { GOES_ON, IS_THERE, IS_RENEWED };

static enum found look_at_nodes(const struct search *s, const struct gcv_cfg_block *block,
				uint32_t from)
{
	uint32_t i;

	for (i = from; i < block->nr_nodes; i++) {
		if (block->nodes[i] == s->target)
			return IS_THERE;
		if (gcv_acquire_is_other(s->w, block->nodes[i]))
			return IS_RENEWED;
	}
	return GOES_ON;
}

static void push_next(struct search *s, const struct gcv_cfg_block *block)
{
	const struct gcv_cfg *cfg = &s->w->graphs->cfg;
	uint32_t i;

	for (i = 0; i < block->nr_out; i++) {
		uint32_t to = cfg->edges[block->out[i]].to;

		if (s->is_met[to])
			continue;
		s->is_met[to] = true;
		s->stack[s->nr++] = to;
	}
}

/* May a node come behind the acquire before its array is filled anew? */
static bool comes_before_renewal(const struct gcv_acquire_walk *w, uint32_t target)
{
	const struct gcv_cfg *cfg = &w->graphs->cfg;
	uint32_t call = w->s->flow->acquires[w->acquire].call, at = cfg->block_of[call], i;
	GCV_AUTOFREE bool *is_met = gcv_zalloc(cfg->nr_blocks, sizeof(*is_met));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks + 1, sizeof(*stack));
	struct search s = { .w = w, .target = target, .is_met = is_met, .stack = stack };
	enum found found;

	if (at == GCV_NONE || cfg->block_of[target] == GCV_NONE || !cfg->is_complete)
		return true;
	for (i = 0; i < cfg->blocks[at].nr_nodes && cfg->blocks[at].nodes[i] != call;)
		i++;
	found = look_at_nodes(&s, &cfg->blocks[at], i + 1);
	if (found == GOES_ON)
		push_next(&s, &cfg->blocks[at]);
	while (found != IS_THERE && s.nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--s.nr]];

		found = look_at_nodes(&s, block, 0);
		if (found == GOES_ON)
			push_next(&s, block);
	}
	return found == IS_THERE;
}

/* Is a value an element of the array that the acquire fills? */
static bool is_element(const struct gcv_acquire_walk *w, uint32_t value)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, value)];

	return (node->kind == GCV_NODE_INDEX ||
		(node->kind == GCV_NODE_UNARY && node->op == GCV_OP_DEREF)) &&
	       gcv_expr_equal(body, node->children[0], w->pages);
}

/* The variable that a node gives a value to, and the value; GCV_NONE where it is no such node. */
static uint32_t variable_of(const struct gcv_body *body, uint32_t at, uint32_t *ret_value)
{
	const struct gcv_node *node = &body->nodes[at];
	const struct gcv_node *to;

	if (node->kind == GCV_NODE_VAR && node->nr_children) {
		*ret_value = node->children[0];
		return node->symbol;
	}
	if (node->kind != GCV_NODE_ASSIGN)
		return GCV_NONE;
	to = &body->nodes[gcv_expr_plain(body, node->children[0])];
	*ret_value = node->children[1];
	return to->kind == GCV_NODE_REF ? to->symbol : GCV_NONE;
}

static bool is_address_taken(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i], *of;

		if (node->kind != GCV_NODE_UNARY || node->op != GCV_OP_ADDR)
			continue;
		of = &body->nodes[gcv_expr_plain(body, node->children[0])];
		if (of->kind == GCV_NODE_REF && of->symbol == symbol)
			return true;
	}
	return false;
}

static bool asks_for_one(const struct gcv_acquire_walk *w)
{
	const struct gcv_flow_acquire *acquire = &w->s->flow->acquires[w->acquire];
	struct gcv_paths_input input;

	if (w->pages == GCV_NONE || !acquire->signature)
		return false;
	gcv_paths_input_init(w->fn->body, acquire->call, acquire->signature, &input);
	return input.count != GCV_NONE && gcv_expr_is_int(w->fn->body, input.count, 1);
}

bool gcv_acquire_is_saved(const struct gcv_acquire_walk *w)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t i, symbol, value = GCV_NONE;

	if (!asks_for_one(w))
		return false;
	for (i = 0; i < body->nr_nodes; i++) {
		symbol = variable_of(body, i, &value);
		if (symbol != GCV_NONE && body->symbols[symbol].kind == GCV_SYMBOL_LOCAL &&
		    is_element(w, value) && comes_before_renewal(w, i))
			return true;
	}
	return false;
}

bool gcv_acquire_variable_may_hold(const struct gcv_acquire_walk *w, uint32_t node)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *ref = &body->nodes[gcv_expr_plain(body, node)];
	bool is_any = false;
	uint32_t i, value = GCV_NONE;

	if (w->pages == GCV_NONE || ref->kind != GCV_NODE_REF || ref->symbol == GCV_NONE ||
	    body->symbols[ref->symbol].kind != GCV_SYMBOL_LOCAL ||
	    gcv_acquire_page_pointers(body, node) != 1 || is_address_taken(body, ref->symbol))
		return true;
	for (i = 0; i < body->nr_nodes; i++) {
		if (variable_of(body, i, &value) != ref->symbol || !gcv_acquire_pages_at(w, value))
			continue;
		is_any = true;
		if (!is_element(w, value) || comes_before_renewal(w, i))
			return true;
	}
	return !is_any;
}
