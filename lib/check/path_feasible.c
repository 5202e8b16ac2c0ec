// SPDX-License-Identifier: GPL-2.0-only
/*
 * Can a path be taken? The walk over paths takes both ways where it knows nothing of a condition;
 * two such conditions may exclude each other, and a loop over the pages runs at least once where
 * there are pages.
 */
#include "check/path_state.h"
#include "flow/expr.h"

#include <string.h>

/*
 * Two REFs of a variable: is every assignment that the second sees one that the first saw? An array
 * stays where it is, whatever is put into it.
 */
static bool is_unchanged(const struct gcv_check_walk *w, uint32_t a, uint32_t b)
{
	const struct gcv_body *body = w->fn->body;
	bool is_array = strchr(body->symbols[body->nodes[a].symbol].canonical, '[');
	uint32_t nr, i;
	const uint32_t *defs = gcv_reach_at(&w->reach, b, &nr);

	for (i = 0; i < nr && !is_array; i++)
		if (!gcv_reach_is_by(&w->reach, a, defs[i]))
			return false;
	return true;
}

enum gcv_check_same gcv_check_same_value(const struct gcv_check_walk *w, uint32_t a, uint32_t b)
{
	const struct gcv_body *body = w->fn->body;
	enum gcv_check_same same = GCV_CHECK_SAME;
	uint32_t end = gcv_expr_end(body, a), i;

	/* Written the same, so the nodes stand in the same order. */
	for (i = 0; a + i < end; i++) {
		const struct gcv_node *node = &body->nodes[a + i];

		if ((node->kind == GCV_NODE_MEMBER && node->flags & GCV_NODE_ARROW) ||
		    node->kind == GCV_NODE_INDEX || node->kind == GCV_NODE_CALL ||
		    (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_DEREF))
			same = GCV_CHECK_SAME_UNKNOWN;
		if (node->kind != GCV_NODE_REF ||
		    body->symbols[node->symbol].kind == GCV_SYMBOL_ENUM ||
		    body->symbols[node->symbol].kind == GCV_SYMBOL_FUNCTION)
			continue;
		if (body->symbols[node->symbol].kind == GCV_SYMBOL_GLOBAL ||
		    body->symbols[node->symbol].kind == GCV_SYMBOL_STATIC_LOCAL ||
		    body->nodes[b + i].kind != GCV_NODE_REF)
			same = GCV_CHECK_SAME_UNKNOWN;
		else if (!is_unchanged(w, a + i, b + i))
			return GCV_CHECK_CHANGED;
	}
	return same;
}

static enum gcv_op opposite(enum gcv_op op)
{
	switch (op) {
	case GCV_OP_EQ:
		return GCV_OP_NE;
	case GCV_OP_NE:
		return GCV_OP_EQ;
	case GCV_OP_LT:
		return GCV_OP_GE;
	case GCV_OP_GE:
		return GCV_OP_LT;
	case GCV_OP_GT:
		return GCV_OP_LE;
	case GCV_OP_LE:
		return GCV_OP_GT;
	default:
		return GCV_OP_NONE;
	}
}

/*
 * The same condition, or its opposite? @ret_a and @ret_b are operands whose values must be the same
 * at both places.
 */
static bool is_same_question(const struct gcv_body *body, uint32_t a, uint32_t b,
			     bool *ret_is_opposite)
{
	const struct gcv_node *x, *y;

	a = gcv_expr_plain(body, a);
	b = gcv_expr_plain(body, b);
	*ret_is_opposite = false;
	if (gcv_expr_equal(body, a, b))
		return true;
	x = &body->nodes[a];
	y = &body->nodes[b];
	*ret_is_opposite = true;
	return x->kind == GCV_NODE_BINARY && y->kind == GCV_NODE_BINARY &&
	       opposite(x->op) == y->op && x->op != GCV_OP_NONE && y->op != GCV_OP_NONE &&
	       gcv_expr_equal(body, x->children[0], y->children[0]) &&
	       gcv_expr_equal(body, x->children[1], y->children[1]);
}

/* Does a path answer one question in two ways? */
static enum gcv_check_way contradiction(const struct gcv_check_walk *w,
					const struct gcv_cfg_edge *first,
					const struct gcv_cfg_edge *second)
{
	const struct gcv_body *body = w->fn->body;
	bool is_opposite;

	if (first->condition == second->condition || first->sense > GCV_CFG_FALSE ||
	    second->sense > GCV_CFG_FALSE || first->sense == GCV_CFG_ALWAYS ||
	    second->sense == GCV_CFG_ALWAYS ||
	    !is_same_question(body, first->condition, second->condition, &is_opposite) ||
	    (first->sense == second->sense) != is_opposite)
		return GCV_CHECK_WAY_OPEN;
	switch (gcv_check_same_value(w, gcv_expr_plain(body, first->condition),
				     gcv_expr_plain(body, second->condition))) {
	case GCV_CHECK_SAME:
		return GCV_CHECK_WAY_CLOSED;
	case GCV_CHECK_SAME_UNKNOWN:
		return GCV_CHECK_WAY_DOUBTFUL;
	default:
		return GCV_CHECK_WAY_OPEN;
	}
}

/* Does a part of the body release the pages, or hand them over, as other paths tell? */
static bool has_end(const struct gcv_check_walk *w, uint32_t part)
{
	uint32_t i;

	for (i = 0; part != GCV_NONE && i < w->walk->paths.nr; i++) {
		const struct gcv_path *path = &w->walk->paths.paths[i];

		if ((path->release != GCV_NONE &&
		     gcv_expr_contains(w->fn->body, part, path->release)) ||
		    (path->handed_over != GCV_NONE &&
		     gcv_expr_contains(w->fn->body, part, path->handed_over)))
			return true;
	}
	return false;
}

/* The statement whose condition a node is a part of, or GCV_NONE. */
static uint32_t statement_of(const struct gcv_body *body, uint32_t condition)
{
	uint32_t at = condition, parent;

	for (;;) {
		parent = body->nodes[at].parent;
		if (parent == GCV_NONE)
			return GCV_NONE;
		switch (body->nodes[parent].kind) {
		case GCV_NODE_IF:
		case GCV_NODE_WHILE:
			return body->nodes[parent].children[0] == at ? parent : GCV_NONE;
		case GCV_NODE_FOR:
			return body->nodes[parent].children[1] == at ? parent : GCV_NONE;
		case GCV_NODE_COMPOUND:
		case GCV_NODE_DO:
		case GCV_NODE_SWITCH:
			return GCV_NONE;
		default:
			at = parent;
		}
	}
}

static bool ends_in_jump(const struct gcv_body *body, uint32_t statement)
{
	const struct gcv_node *node = &body->nodes[statement];

	while (node->kind == GCV_NODE_COMPOUND && node->nr_children)
		node = &body->nodes[node->children[node->nr_children - 1]];
	return node->kind == GCV_NODE_RETURN || node->kind == GCV_NODE_GOTO ||
	       node->kind == GCV_NODE_BREAK || node->kind == GCV_NODE_CONTINUE;
}

/* The branch of an if that a path does not take and that would come back to where it goes on. */
static uint32_t passed_branch(const struct gcv_check_walk *w, const struct gcv_path *path,
			      uint32_t step, uint32_t statement)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *node = &body->nodes[statement];
	uint32_t to = w->cfg.edges[path->trail[step]].to, branch = node->children[1], first;

	if (body->nodes[node->children[2]].kind != GCV_NODE_NONE || ends_in_jump(body, branch))
		return GCV_NONE;
	while (!w->cfg.blocks[to].nr_nodes && w->cfg.blocks[to].nr_out == 1)
		to = w->cfg.edges[w->cfg.blocks[to].out[0]].to;
	first = w->cfg.blocks[to].nr_nodes ? w->cfg.blocks[to].nodes[0] : GCV_NONE;
	/* Another part of the same condition. */
	if (first != GCV_NONE && (gcv_expr_contains(body, branch, first) ||
				  gcv_expr_contains(body, node->children[0], first)))
		return GCV_NONE;
	return branch;
}

static bool went_round(const struct gcv_check_walk *w, const struct gcv_path *path, uint32_t from,
		       uint32_t step, uint32_t loop)
{
	uint32_t i;

	for (i = from; i < step; i++)
		if (w->cfg.edges[path->trail[i]].sense == GCV_CFG_TRUE &&
		    statement_of(w->fn->body, w->cfg.edges[path->trail[i]].condition) == loop)
			return true;
	return false;
}

/* What one step of a path passes by. */
static enum gcv_check_way passing(const struct gcv_check_walk *w, const struct gcv_path *path,
				  uint32_t from, uint32_t step)
{
	const struct gcv_cfg_edge *edge = &w->cfg.edges[path->trail[step]];
	const struct gcv_body *body = w->fn->body;
	uint32_t statement = statement_of(body, edge->condition);

	if (statement == GCV_NONE)
		return GCV_CHECK_WAY_OPEN;
	if (body->nodes[statement].kind == GCV_NODE_IF)
		return has_end(w, passed_branch(w, path, step, statement)) ? GCV_CHECK_WAY_GUARDED
									   : GCV_CHECK_WAY_OPEN;
	/* The number of rounds of a loop that releases is told by the count, not by the trail. */
	if (path->release != GCV_NONE && gcv_expr_contains(body, statement, path->release))
		return GCV_CHECK_WAY_OPEN;
	return edge->sense == GCV_CFG_FALSE && has_end(w, statement) &&
			       !gcv_expr_contains(body, statement, w->walk->call) &&
			       !went_round(w, path, from, step, statement)
		       ? GCV_CHECK_WAY_CLOSED
		       : GCV_CHECK_WAY_OPEN;
}

enum gcv_check_way gcv_check_feasible(const struct gcv_check_walk *w, const struct gcv_path *path,
				      uint32_t *ret_guard)
{
	enum gcv_check_way worst = GCV_CHECK_WAY_OPEN, way;
	uint32_t from = gcv_check_first_step(w, path), i, k;

	for (i = from; i < path->nr_trail; i++) {
		way = passing(w, path, from, i);
		if (way == GCV_CHECK_WAY_GUARDED && worst != way && ret_guard)
			*ret_guard = path->trail[i];
		worst = way > worst ? way : worst;
		for (k = 0; k < i; k++) {
			way = contradiction(w, &w->cfg.edges[path->trail[k]],
					    &w->cfg.edges[path->trail[i]]);
			worst = way > worst ? way : worst;
		}
	}
	return worst;
}
