// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two nodes of a function of which one call of it reaches one or the other: they stand under the
 * same condition, once where it holds and once where it does not.
 */
#include "classify/flag.h"
#include "flow/expr.h"

/** DEPTH - nesting of a condition */
#define DEPTH 8

static bool is_in_loop(const struct gcv_body *body, uint32_t at)
{
	for (; at != GCV_NONE; at = body->nodes[at].parent)
		if (body->nodes[at].kind == GCV_NODE_FOR ||
		    body->nodes[at].kind == GCV_NODE_WHILE || body->nodes[at].kind == GCV_NODE_DO)
			return true;
	return false;
}

/* A parameter that is only read, or a variable that is only set by its declaration, once. */
static bool is_steady_variable(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t init;

	if (body->symbols[symbol].kind == GCV_SYMBOL_PARAM)
		return !gcv_expr_count_writes(body, 0, symbol, NULL);
	if (body->symbols[symbol].kind != GCV_SYMBOL_LOCAL)
		return body->symbols[symbol].kind == GCV_SYMBOL_ENUM;
	init = gcv_flag_init(body, symbol);
	return init != GCV_NONE && !is_in_loop(body, init);
}

/* Has an expression the same value wherever it stands in one call of the function? */
static bool is_steady(const struct gcv_body *body, uint32_t at, unsigned int depth)
{
	const struct gcv_node *node;
	int64_t value;
	uint32_t i;

	at = gcv_expr_plain(body, at);
	node = &body->nodes[at];
	if (gcv_flag_constant(body, at, &value))
		return true;
	if (node->kind == GCV_NODE_REF)
		return node->symbol != GCV_NONE && is_steady_variable(body, node->symbol);
	if ((node->kind != GCV_NODE_BINARY &&
	     (node->kind != GCV_NODE_UNARY || node->op != GCV_OP_LNOT)) ||
	    depth == DEPTH)
		return false;
	for (i = 0; i < node->nr_children; i++)
		if (!is_steady(body, node->children[i], depth + 1))
			return false;
	return true;
}

/* x == 0 and x != 0 are !x and x. */
static struct gcv_flag_condition reduced(const struct gcv_body *body,
					 struct gcv_flag_condition condition)
{
	unsigned int depth;
	bool is_turned;

	for (depth = 0; depth < DEPTH; depth++) {
		const struct gcv_node *node;

		condition.node = gcv_expr_condition(body, condition.node, &is_turned);
		condition.is_inverted = condition.is_inverted != is_turned;
		node = &body->nodes[condition.node];
		if (node->kind != GCV_NODE_BINARY ||
		    (node->op != GCV_OP_EQ && node->op != GCV_OP_NE) ||
		    !gcv_expr_is_int(body, node->children[1], 0))
			break;
		condition.is_inverted = condition.is_inverted != (node->op == GCV_OP_EQ);
		condition.node = node->children[0];
	}
	return condition;
}

/* x == A and x == B */
static bool are_different(const struct gcv_body *body, const struct gcv_node *a,
			  const struct gcv_node *b)
{
	int64_t x, y;

	return a->kind == GCV_NODE_BINARY && b->kind == GCV_NODE_BINARY && a->op == GCV_OP_EQ &&
	       b->op == GCV_OP_EQ && gcv_flag_constant(body, a->children[1], &x) &&
	       gcv_flag_constant(body, b->children[1], &y) && x != y &&
	       gcv_expr_equal(body, a->children[0], b->children[0]);
}

static bool excludes(const struct gcv_body *body, struct gcv_flag_condition a,
		     struct gcv_flag_condition b)
{
	a = reduced(body, a);
	b = reduced(body, b);
	if (a.is_inverted != b.is_inverted)
		return gcv_expr_equal(body, a.node, b.node);
	return !a.is_inverted && are_different(body, &body->nodes[a.node], &body->nodes[b.node]);
}

void gcv_flag_guards_of(const struct gcv_body *body, uint32_t node, struct gcv_flag_guards *ret)
{
	struct gcv_flag_condition conditions[GCV_FLAG_CONDITIONS];
	uint32_t nr = gcv_flag_conditions(body, node, conditions, GCV_FLAG_CONDITIONS), i;

	ret->body = body;
	ret->nr = 0;
	for (i = 0; i < nr; i++)
		if (is_steady(body, conditions[i].node, 0))
			ret->conditions[ret->nr++] = conditions[i];
}

bool gcv_flag_excludes(const struct gcv_flag_guards *guards, uint32_t node)
{
	struct gcv_flag_condition conditions[GCV_FLAG_CONDITIONS];
	uint32_t nr, i, k;

	if (!guards->nr || node == GCV_NONE)
		return false;
	nr = gcv_flag_conditions(guards->body, node, conditions, GCV_FLAG_CONDITIONS);
	for (i = 0; i < nr; i++)
		for (k = 0; k < guards->nr; k++)
			if (excludes(guards->body, guards->conditions[k], conditions[i]))
				return true;
	return false;
}
