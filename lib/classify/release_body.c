// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"

/* GCV_SCAN_DEPTH - nesting of a loop's body beyond which it is not understood */
#define GCV_SCAN_DEPTH 32

static bool is_one_of(const uint32_t *nodes, uint32_t nr, uint32_t node)
{
	uint32_t i;

	for (i = 0; i < nr; i++)
		if (nodes[i] == node)
			return true;
	return false;
}

/* pages[i] = NULL; behind the release, or where a variable holds the page. */
static bool is_clear(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];

	return n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN &&
	       (f->is_seen || f->shape->assign != GCV_NONE) && f->shape->clear == GCV_NONE &&
	       gcv_expr_is_int(f->body, n->children[1], 0) &&
	       gcv_finder_same_slot(f, n->children[0]);
}

static void scan_expression(struct gcv_finder *f, uint32_t node)
{
	struct gcv_release_shape *s = f->shape;
	uint32_t expr = gcv_expr_plain(f->body, node);

	if (gcv_expr_contains(f->body, node, s->call)) {
		f->is_seen = true;
		if (expr != s->call)
			gcv_finder_other(f, node);
	} else if (is_one_of(f->assigns, f->nr_vars, expr) ||
		   is_one_of(f->steps, f->nr_steps, expr)) {
		return;
	} else if (is_clear(f, expr)) {
		s->clear = expr;
	} else if (f->is_seen || s->dirty_call != GCV_NONE || !gcv_finder_dirty(f, node)) {
		gcv_finder_other(f, node);
	}
}

static void scan_declaration(struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	uint32_t i;

	for (i = 0; i < n->nr_children; i++) {
		const struct gcv_node *var = &f->body->nodes[n->children[i]];
		bool is_set = var->nr_children &&
			      f->body->nodes[var->children[0]].kind != GCV_NODE_NONE;

		if (is_set && !is_one_of(f->assigns, f->nr_vars, n->children[i]))
			gcv_finder_other(f, n->children[i]);
	}
}

/* if (!page) continue; and if (!page) break; */
static bool is_skip(const struct gcv_finder *f, uint32_t node, bool *ret_is_break)
{
	const struct gcv_node *n = &f->body->nodes[node];
	enum gcv_node_kind kind = f->body->nodes[gcv_finder_only(f->body, n->children[1])].kind;
	bool is_there;

	*ret_is_break = kind == GCV_NODE_BREAK;
	return (kind == GCV_NODE_CONTINUE || kind == GCV_NODE_BREAK) &&
	       gcv_finder_null_test(f, n->children[0], &is_there) && !is_there;
}

/* A while loop's step behind a "continue" is not done in every round. */
static bool steps_behind(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *loop = &f->body->nodes[f->shape->loop];
	uint32_t i;

	for (i = 0; i < f->nr_steps; i++)
		if (f->steps[i] > node &&
		    gcv_expr_contains(f->body, loop->children[loop->nr_children - 1], f->steps[i]))
			return true;
	return false;
}

static void scan_branches(struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	struct gcv_release_shape *s = f->shape;
	bool has_else = f->body->nodes[n->children[2]].kind != GCV_NODE_NONE, is_there;

	if (f->partner_if == node) {
		f->is_seen = true;
		gcv_finder_condition(f, s->dirty_condition, s->is_dirty_inverted);
		return;
	}
	if (!has_else && s->null_check == GCV_NONE && s->dirty_call == GCV_NONE &&
	    gcv_finder_null_test(f, n->children[0], &is_there) && is_there)
		s->null_check = node;
	else
		gcv_finder_other(f, node);
	if (gcv_expr_contains(f->body, n->children[1], s->call))
		gcv_finder_scan(f, n->children[1]);
	else if (gcv_expr_contains(f->body, n->children[2], s->call))
		gcv_finder_scan(f, n->children[2]);
}

static void scan_if(struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	struct gcv_release_shape *s = f->shape;
	bool is_break;

	if (gcv_expr_contains(f->body, node, s->call)) {
		scan_branches(f, node);
	} else if (f->is_seen) {
		gcv_finder_other(f, node);
	} else if (f->body->nodes[n->children[2]].kind == GCV_NODE_NONE &&
		   s->dirty_call == GCV_NONE && s->null_check == GCV_NONE &&
		   is_skip(f, node, &is_break) && !steps_behind(f, node)) {
		s->null_check = node;
		s->is_null_break = is_break;
	} else if (s->dirty_call != GCV_NONE || !gcv_finder_dirty(f, node)) {
		gcv_finder_other(f, node);
	}
}

void gcv_finder_scan(struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	uint32_t i;

	if (++f->depth > GCV_SCAN_DEPTH) {
		gcv_finder_other(f, node);
	} else if (n->kind == GCV_NODE_COMPOUND) {
		for (i = 0; i < n->nr_children; i++)
			gcv_finder_scan(f, n->children[i]);
	} else if (n->kind == GCV_NODE_DECL) {
		scan_declaration(f, node);
	} else if (n->kind == GCV_NODE_IF) {
		scan_if(f, node);
	} else if (n->kind != GCV_NODE_EMPTY) {
		scan_expression(f, node);
	}
	f->depth--;
}
