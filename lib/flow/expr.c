// SPDX-License-Identifier: GPL-2.0-only
#include "flow/expr.h"

#include <string.h>

uint32_t gcv_expr_end(const struct gcv_body *body, uint32_t node)
{
	while (body->nodes[node].nr_children)
		node = body->nodes[node].children[body->nodes[node].nr_children - 1];
	return node + 1;
}

bool gcv_expr_contains(const struct gcv_body *body, uint32_t outer, uint32_t node)
{
	return outer != GCV_NONE && node != GCV_NONE && node >= outer &&
	       node < gcv_expr_end(body, outer);
}

static bool is_passed(const struct gcv_node *node)
{
	return node->nr_children && (node->kind == GCV_NODE_CAST || (node->kind == GCV_NODE_UNARY &&
								     node->op == GCV_OP_EXTENSION));
}

uint32_t gcv_expr_plain(const struct gcv_body *body, uint32_t node)
{
	while (is_passed(&body->nodes[node]))
		node = body->nodes[node].children[0];
	return node;
}

bool gcv_expr_is_expect(const struct gcv_body *body, const struct gcv_node *node)
{
	static const char name[] = "__builtin_expect";
	const struct gcv_node *callee;

	if (node->kind != GCV_NODE_CALL || node->nr_children < 2)
		return false;
	callee = &body->nodes[node->children[0]];
	return callee->kind == GCV_NODE_REF && callee->symbol != GCV_NONE &&
	       strncmp(body->symbols[callee->symbol].name, name, strlen(name)) == 0;
}

uint32_t gcv_expr_condition(const struct gcv_body *body, uint32_t node, bool *ret_is_inverted)
{
	*ret_is_inverted = false;
	for (;;) {
		const struct gcv_node *n = &body->nodes[node];

		if (gcv_expr_is_expect(body, n)) {
			node = n->children[1];
		} else if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_LNOT) {
			*ret_is_inverted = !*ret_is_inverted;
			node = n->children[0];
		} else if (is_passed(n)) {
			node = n->children[0];
		} else {
			return node;
		}
	}
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The text of a string that a macro makes is not kept. */
static bool is_untold(const struct gcv_node *n)
{
	return n->kind == GCV_NODE_UNKNOWN ||
	       (n->kind == GCV_NODE_STRING && n->flags & GCV_NODE_MACRO);
}

static bool is_same_node(const struct gcv_node *a, const struct gcv_node *b)
{
	return a->kind == b->kind && !is_untold(a) && a->op == b->op && a->symbol == b->symbol &&
	       a->value == b->value && a->nr_children == b->nr_children &&
	       is_same_text(a->text, b->text) &&
	       (a->flags & GCV_NODE_ARROW) == (b->flags & GCV_NODE_ARROW);
}

bool gcv_expr_equal(const struct gcv_body *body, uint32_t a, uint32_t b)
{
	uint32_t nr, i;

	if (a == GCV_NONE || b == GCV_NONE)
		return false;
	a = gcv_expr_plain(body, a);
	b = gcv_expr_plain(body, b);
	nr = gcv_expr_end(body, a) - a;
	if (nr != gcv_expr_end(body, b) - b)
		return false;
	for (i = 0; i < nr; i++) /* same kinds and numbers of children in order: the same tree */
		if (!is_same_node(&body->nodes[a + i], &body->nodes[b + i]))
			return false;
	return true;
}

bool gcv_expr_uses_symbol(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	uint32_t end, i;

	if (node == GCV_NONE || symbol == GCV_NONE)
		return false;
	end = gcv_expr_end(body, node);
	for (i = node; i < end; i++)
		if (body->nodes[i].symbol == symbol)
			return true;
	return false;
}

static bool is_step(enum gcv_op op)
{
	return op == GCV_OP_POST_INC || op == GCV_OP_POST_DEC || op == GCV_OP_PRE_INC ||
	       op == GCV_OP_PRE_DEC;
}

bool gcv_expr_is_pure(const struct gcv_body *body, uint32_t node)
{
	uint32_t end = gcv_expr_end(body, node), i;

	for (i = node; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];

		switch (n->kind) {
		case GCV_NODE_REF:
		case GCV_NODE_MEMBER:
		case GCV_NODE_INDEX:
		case GCV_NODE_BINARY:
		case GCV_NODE_COND:
		case GCV_NODE_INT:
		case GCV_NODE_STRING:
		case GCV_NODE_FLOAT:
		case GCV_NODE_CAST:
		case GCV_NODE_NONE:
			break;
		case GCV_NODE_SIZEOF: /* its operand is not evaluated */
			i = gcv_expr_end(body, i) - 1;
			break;
		case GCV_NODE_UNARY:
			if (is_step(n->op) || n->op == GCV_OP_NONE)
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

bool gcv_expr_is_write(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	const struct gcv_node *n = &body->nodes[node];
	uint32_t target, i;

	if (n->kind == GCV_NODE_VAR)
		return n->symbol == symbol && n->nr_children &&
		       body->nodes[n->children[0]].kind != GCV_NODE_NONE;
	if (n->kind == GCV_NODE_ASM) {
		for (i = 0; i < n->nr_children; i++)
			if (gcv_expr_uses_symbol(body, n->children[i], symbol))
				return true;
		return false;
	}
	if (n->kind != GCV_NODE_ASSIGN &&
	    !(n->kind == GCV_NODE_UNARY && (is_step(n->op) || n->op == GCV_OP_ADDR)))
		return false;
	if (!n->nr_children)
		return false;
	target = gcv_expr_plain(body, n->children[0]);
	return body->nodes[target].kind == GCV_NODE_REF && body->nodes[target].symbol == symbol;
}

uint32_t gcv_expr_count_writes(const struct gcv_body *body, uint32_t node, uint32_t symbol,
			       uint32_t *ret_last)
{
	uint32_t end, i, nr = 0;

	if (node == GCV_NONE || symbol == GCV_NONE)
		return 0;
	end = gcv_expr_end(body, node);
	for (i = node; i < end; i++) {
		if (!gcv_expr_is_write(body, i, symbol))
			continue;
		if (ret_last)
			*ret_last = i;
		nr++;
	}
	return nr;
}

bool gcv_expr_int(const struct gcv_body *body, uint32_t node, int64_t *ret_value)
{
	const struct gcv_node *n;
	bool is_negative = false;

	if (node == GCV_NONE)
		return false;
	for (;;) {
		node = gcv_expr_plain(body, node);
		n = &body->nodes[node];
		if (n->kind != GCV_NODE_UNARY || !n->nr_children ||
		    (n->op != GCV_OP_MINUS && n->op != GCV_OP_PLUS))
			break;
		is_negative ^= n->op == GCV_OP_MINUS;
		node = n->children[0];
	}
	if (n->kind == GCV_NODE_INT)
		*ret_value = n->value;
	else if (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
		 body->symbols[n->symbol].kind == GCV_SYMBOL_ENUM)
		*ret_value = body->symbols[n->symbol].value;
	else
		return false;
	if (is_negative)
		*ret_value = (int64_t)(0 - (uint64_t)*ret_value);
	return true;
}

bool gcv_expr_is_int(const struct gcv_body *body, uint32_t node, int64_t value)
{
	int64_t found;

	return gcv_expr_int(body, node, &found) && found == value;
}
