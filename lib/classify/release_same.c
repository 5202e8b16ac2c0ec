// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"
#include "flow/program.h"

#include <string.h>

static bool is_in_step(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *loop;

	if (f->shape->loop == GCV_NONE)
		return false;
	loop = &f->body->nodes[f->shape->loop];
	return loop->kind == GCV_NODE_FOR && gcv_expr_contains(f->body, loop->children[2], node);
}

/* The & of release(&page, 1): the release only reads. */
static bool is_own_address(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];

	return n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR &&
	       gcv_expr_contains(f->body, f->shape->call, node);
}

/* Does a node write the field or the element that an expression reads? */
static bool writes_memory(const struct gcv_body *body, uint32_t node, uint32_t expr)
{
	const struct gcv_node *n = &body->nodes[node];
	uint32_t target;

	if (n->kind != GCV_NODE_ASSIGN &&
	    (n->kind != GCV_NODE_UNARY || n->op < GCV_OP_POST_INC || n->op > GCV_OP_PRE_DEC))
		return false;
	target = gcv_expr_plain(body, n->children[0]);
	if (body->nodes[target].kind == GCV_NODE_MEMBER)
		return gcv_expr_uses_symbol(body, expr, body->nodes[target].symbol);
	return body->nodes[target].kind != GCV_NODE_REF && gcv_expr_equal(body, target, expr);
}

/*
 * Is something that an expression uses written between it and another place? A for loop's step
 * stands before the body, though it comes after it.
 */
static bool is_written_between(const struct gcv_finder *f, uint32_t expr, uint32_t place)
{
	uint32_t from = expr < place ? gcv_expr_end(f->body, expr) : place;
	uint32_t to = expr < place ? place : expr, i, k;
	uint32_t end = gcv_expr_end(f->body, expr);

	for (i = from; i < to; i++) {
		if (is_in_step(f, i) || gcv_expr_contains(f->body, i, expr) || is_own_address(f, i))
			continue;
		if (writes_memory(f->body, i, expr))
			return true;
		for (k = expr; k < end; k++)
			if (f->body->nodes[k].symbol != GCV_NONE &&
			    gcv_expr_is_write(f->body, i, f->body->nodes[k].symbol))
				return true;
	}
	return false;
}

/* Also a call that only hands out something, sg_page(sg). */
static bool is_pure(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n;
	uint32_t i;

	node = gcv_expr_plain(f->body, node);
	if (gcv_finder_returned(f, node, true) == GCV_NONE)
		return gcv_expr_is_pure(f->body, node);
	n = &f->body->nodes[node];
	for (i = 1; i < n->nr_children; i++)
		if (!gcv_expr_is_pure(f->body, n->children[i]))
			return false;
	return true;
}

bool gcv_finder_same_value(const struct gcv_finder *f, uint32_t node, uint32_t source)
{
	return gcv_expr_equal(f->body, node, source) && is_pure(f, node) &&
	       !is_written_between(f, node, source);
}

/* *p or p[0] for a release by the pointer p. */
static bool is_pointed_by(const struct gcv_finder *f, uint32_t node, uint32_t pointer)
{
	const struct gcv_node *n = &f->body->nodes[node];

	if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_DEREF)
		return gcv_finder_same_value(f, n->children[0], pointer);
	if (n->kind == GCV_NODE_INDEX && gcv_expr_is_int(f->body, n->children[1], 0))
		return gcv_finder_same_value(f, n->children[0], pointer);
	return false;
}

bool gcv_finder_same_slot(const struct gcv_finder *f, uint32_t node)
{
	enum gcv_node_kind kind = f->body->nodes[f->shape->source].kind;

	node = gcv_expr_plain(f->body, node);
	if (f->is_pointed)
		return is_pointed_by(f, node, f->shape->source);
	return (kind == GCV_NODE_INDEX || kind == GCV_NODE_UNARY || kind == GCV_NODE_MEMBER) &&
	       gcv_finder_same_value(f, node, f->shape->source);
}

bool gcv_finder_same_page(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n;
	uint32_t i;

	node = gcv_finder_identity(f, node);
	n = &f->body->nodes[node];
	if (f->is_pointed)
		return is_pointed_by(f, node, f->shape->source);
	for (i = 0; i < f->nr_vars && n->kind == GCV_NODE_REF; i++)
		if (n->symbol == f->vars[i] && !is_written_between(f, node, f->shape->call))
			return true;
	return gcv_finder_same_value(f, node, f->shape->source);
}

bool gcv_finder_null_test(const struct gcv_finder *f, uint32_t condition, bool *ret_is_there)
{
	bool is_inverted;
	const struct gcv_node *n;
	uint32_t expr = gcv_expr_condition(f->body, condition, &is_inverted), page = expr;

	n = &f->body->nodes[expr];
	if (n->kind == GCV_NODE_BINARY && (n->op == GCV_OP_EQ || n->op == GCV_OP_NE)) {
		if (gcv_expr_is_int(f->body, n->children[1], 0))
			page = n->children[0];
		else if (gcv_expr_is_int(f->body, n->children[0], 0))
			page = n->children[1];
		else
			return false;
		is_inverted ^= n->op == GCV_OP_EQ;
	}
	*ret_is_there = !is_inverted;
	return gcv_finder_same_page(f, page);
}

/* Is a variable written in each round of a loop? The start of a for loop does not count. */
static bool is_written_in(const struct gcv_body *body, uint32_t loop, uint32_t symbol)
{
	const struct gcv_node *n = &body->nodes[loop];
	uint32_t nr = gcv_expr_count_writes(body, loop, symbol, NULL);

	if (nr && n->kind == GCV_NODE_FOR)
		nr -= gcv_expr_count_writes(body, n->children[0], symbol, NULL);
	return nr != 0;
}

bool gcv_finder_changes(const struct gcv_finder *f, uint32_t node, uint32_t loop)
{
	uint32_t end = gcv_expr_end(f->body, node), i;

	for (i = node; i < end; i++) {
		uint32_t symbol = f->body->nodes[i].symbol;

		if (f->body->nodes[i].kind == GCV_NODE_REF && symbol != GCV_NONE &&
		    is_written_in(f->body, loop, symbol))
			return true;
	}
	return false;
}
