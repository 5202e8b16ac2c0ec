// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_guard.h"
#include "base/alloc.h"
#include "flow/expr.h"

#include <stdlib.h>

static enum gcv_op mirrored(enum gcv_op op)
{
	switch (op) {
	case GCV_OP_LT:
		return GCV_OP_GT;
	case GCV_OP_GT:
		return GCV_OP_LT;
	case GCV_OP_LE:
		return GCV_OP_GE;
	case GCV_OP_GE:
		return GCV_OP_LE;
	default:
		return op;
	}
}

static enum gcv_op negated(enum gcv_op op)
{
	switch (op) {
	case GCV_OP_LT:
		return GCV_OP_GE;
	case GCV_OP_GT:
		return GCV_OP_LE;
	case GCV_OP_LE:
		return GCV_OP_GT;
	case GCV_OP_GE:
		return GCV_OP_LT;
	case GCV_OP_EQ:
		return GCV_OP_NE;
	case GCV_OP_NE:
		return GCV_OP_EQ;
	default:
		return GCV_OP_NONE;
	}
}

/* Does an edge say that a count is 0 or more? */
static bool rules_out_negative(const struct gcv_body *body, const struct gcv_cfg_edge *edge,
			       uint32_t count)
{
	const struct gcv_node *n;
	bool is_inverted, is_true = edge->sense == GCV_CFG_TRUE;
	enum gcv_op op;
	int64_t value;

	if (edge->sense != GCV_CFG_TRUE && edge->sense != GCV_CFG_FALSE)
		return false;
	n = &body->nodes[gcv_expr_condition(body, edge->condition, &is_inverted)];
	if (n->kind != GCV_NODE_BINARY)
		return false;
	op = is_true != is_inverted ? n->op : negated(n->op);
	if (gcv_expr_equal(body, n->children[0], count) &&
	    gcv_expr_int(body, n->children[1], &value)) {
		if (gcv_expr_sign_of_pair(body, n->children[0], n->children[1]) ==
		    GCV_EXPR_UNSIGNED)
			return false;
	} else if (gcv_expr_equal(body, n->children[1], count) &&
		   gcv_expr_int(body, n->children[0], &value)) {
		op = mirrored(op);
	} else {
		return false;
	}
	return (op == GCV_OP_GT && value >= -1) || (op == GCV_OP_GE && value >= 0) ||
	       (op == GCV_OP_EQ && value >= 0);
}

static bool is_written(const struct gcv_body *body, uint32_t node, uint32_t count)
{
	const struct gcv_node *n = &body->nodes[node];
	uint32_t end = gcv_expr_end(body, count), i, target;

	if (n->kind == GCV_NODE_ASSIGN ||
	    (n->kind == GCV_NODE_UNARY && n->op >= GCV_OP_POST_INC && n->op <= GCV_OP_PRE_DEC)) {
		target = gcv_expr_plain(body, n->children[0]);
		if (body->nodes[target].kind == GCV_NODE_MEMBER &&
		    gcv_expr_uses_symbol(body, count, body->nodes[target].symbol))
			return true;
	}
	for (i = count; i < end; i++)
		if (body->nodes[i].kind == GCV_NODE_REF &&
		    gcv_expr_is_write(body, node, body->nodes[i].symbol))
			return true;
	return false;
}

static bool writes(const struct gcv_body *body, const struct gcv_cfg_block *block, uint32_t count)
{
	uint32_t i;

	for (i = 0; i < block->nr_nodes; i++)
		if (is_written(body, block->nodes[i], count))
			return true;
	return false;
}

/* Is the target reached from where the count is not known? */
static bool is_not_negative(const struct gcv_body *body, const struct gcv_cfg *cfg, uint32_t count,
			    uint32_t target)
{
	GCV_AUTOFREE bool *seen = gcv_zalloc(cfg->nr_blocks, sizeof(*seen));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));
	uint32_t nr = 0, i;

	for (i = 0; i < cfg->nr_blocks; i++)
		if (cfg->blocks[i].is_reached && (!i || writes(body, &cfg->blocks[i], count))) {
			seen[i] = true;
			stack[nr++] = i;
		}
	while (nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--nr]];

		for (i = 0; i < block->nr_out; i++) {
			const struct gcv_cfg_edge *edge = &cfg->edges[block->out[i]];

			if (!seen[edge->to] && !rules_out_negative(body, edge, count)) {
				seen[edge->to] = true;
				stack[nr++] = edge->to;
			}
		}
	}
	return !seen[target];
}

/* The blocks from which one can be reached. */
static bool *leading_to(const struct gcv_cfg *cfg, uint32_t target)
{
	bool *leads = gcv_zalloc(cfg->nr_blocks, sizeof(*leads));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));
	uint32_t nr = 0, i;

	leads[target] = true;
	stack[nr++] = target;
	while (nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--nr]];

		for (i = 0; i < block->nr_in; i++) {
			uint32_t from = cfg->edges[block->in[i]].from;

			if (!leads[from]) {
				leads[from] = true;
				stack[nr++] = from;
			}
		}
	}
	return leads;
}

/* Has a condition to do with what an expression names? */
static bool shares_symbol(const struct gcv_body *body, uint32_t condition, uint32_t node)
{
	uint32_t end, i;

	if (node == GCV_NONE)
		return false;
	end = gcv_expr_end(body, node);
	for (i = node; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];

		/* Of a->pages the field counts: a->enabled is another matter. */
		if ((n->kind == GCV_NODE_MEMBER ||
		     (n->kind == GCV_NODE_REF && body->nodes[n->parent].kind != GCV_NODE_MEMBER)) &&
		    gcv_expr_uses_symbol(body, condition, n->symbol))
			return true;
	}
	return false;
}

/* if (!a) return; where a leads to the pages. */
static bool is_of_base(const struct gcv_body *body, uint32_t condition, uint32_t node)
{
	bool is_inverted;
	uint32_t tested = gcv_expr_condition(body, condition, &is_inverted), end, i;
	const struct gcv_node *n = &body->nodes[tested];

	if (n->kind == GCV_NODE_BINARY && gcv_expr_is_int(body, n->children[1], 0))
		tested = gcv_expr_plain(body, n->children[0]);
	end = node == GCV_NONE ? 0 : gcv_expr_end(body, node);
	for (i = node; i < end; i++)
		if (gcv_expr_equal(body, i, tested))
			return true;
	return false;
}

static bool is_about(const struct gcv_body *body, uint32_t condition,
		     const struct gcv_release_shape *s)
{
	uint32_t nodes[] = { s->count, s->bound, s->array, s->source, s->page }, i;

	for (i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++)
		if (shares_symbol(body, condition, nodes[i]) ||
		    is_of_base(body, condition, nodes[i]))
			return true;
	return (s->null_check != GCV_NONE && gcv_expr_contains(body, s->null_check, condition)) ||
	       (s->loop != GCV_NONE && gcv_expr_contains(body, s->loop, condition));
}

/* A condition that leads to the release one way, and past it the other way. */
static uint32_t find_other(const struct gcv_body *body, const struct gcv_cfg *cfg,
			   const struct gcv_release_shape *s, uint32_t target)
{
	GCV_AUTOFREE bool *leads = leading_to(cfg, target);
	uint32_t i, k;

	for (i = 0; i < cfg->nr_order; i++) {
		const struct gcv_cfg_block *block = &cfg->blocks[cfg->order[i]];
		bool is_left = false;
		uint32_t condition = GCV_NONE;

		if (!leads[cfg->order[i]] || cfg->order[i] == target)
			continue;
		for (k = 0; k < block->nr_out; k++) {
			const struct gcv_cfg_edge *edge = &cfg->edges[block->out[k]];

			is_left |= !leads[edge->to];
			condition = edge->condition;
		}
		if (is_left && condition != GCV_NONE && !is_about(body, condition, s))
			return condition;
	}
	return GCV_NONE;
}

void gcv_release_guards_of(const struct gcv_body *body, const struct gcv_cfg *cfg,
			   const struct gcv_release_shape *s, struct gcv_release_guards *ret)
{
	uint32_t count = s->bound != GCV_NONE ? s->bound : s->count, target;

	*ret = (struct gcv_release_guards){ .other = GCV_NONE };
	target = cfg->block_of[s->loop != GCV_NONE ? s->loop : s->call];
	if (target == GCV_NONE || !cfg->blocks[target].is_reached)
		return;
	ret->is_not_negative = count != GCV_NONE && is_not_negative(body, cfg, count, target);
	ret->other = find_other(body, cfg, s, target);
}

bool gcv_release_is_not_negative(const struct gcv_body *body, const struct gcv_cfg *cfg,
				 uint32_t number, uint32_t at)
{
	uint32_t target = cfg->block_of[at];

	return target != GCV_NONE && cfg->blocks[target].is_reached &&
	       is_not_negative(body, cfg, number, target);
}
