// SPDX-License-Identifier: GPL-2.0-only
#include "check/values.h"

#include "flow/expr.h"

#include <string.h>

/** MAX_DEPTH - definitions and callers that are followed one behind the other */
#define MAX_DEPTH 12

static const struct gcv_bits unknown = { .is_known = false };

static void find_bits(struct gcv_check_state *s, uint32_t function, uint32_t node, int depth,
		      struct gcv_bits *ret);

static struct gcv_bits of_constant(int64_t value)
{
	return (struct gcv_bits){ .is_known = true,
				  .may = value,
				  .must = value,
				  .values = value >= 0 && value < 63 ? (uint64_t)1 << value
								     : GCV_BITS_OTHER };
}

/* One or the other. */
static void join(struct gcv_bits *bits, const struct gcv_bits *other, bool is_first)
{
	if (is_first) {
		*bits = *other;
		return;
	}
	bits->is_known &= other->is_known;
	bits->may |= other->may;
	bits->must &= other->must;
	bits->values |= other->values;
}

/* Both, or-ed together. */
static void combine(struct gcv_bits *bits, const struct gcv_bits *other)
{
	uint64_t values = 0;
	int i, k;

	for (i = 0; i < 64; i++)
		for (k = 0; (bits->values >> i & 1) && k < 64; k++)
			if (other->values >> k & 1)
				values |= i == 63 || k == 63 || (i | k) > 62
						  ? GCV_BITS_OTHER
						  : (uint64_t)1 << (i | k);
	bits->is_known &= other->is_known;
	bits->may |= other->may;
	bits->must |= other->must;
	bits->values = values;
}

/* What a definition gives a variable. */
static void of_definition(struct gcv_check_state *s, uint32_t function,
			  const struct gcv_reach_def *def, int depth, struct gcv_bits *ret)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct gcv_node *node = def->node == GCV_NONE ? NULL : &body->nodes[def->node];
	struct gcv_bits before;

	*ret = unknown;
	if (def->is_part || !node || !node->nr_children)
		return;
	if (def->kind == GCV_REACH_VAR) {
		find_bits(s, function, node->children[0], depth, ret);
	} else if (def->kind == GCV_REACH_ASSIGN && node->op == GCV_OP_ASSIGN) {
		find_bits(s, function, node->children[1], depth, ret);
	} else if (def->kind == GCV_REACH_ASSIGN && node->op == GCV_OP_OR) {
		find_bits(s, function, node->children[1], depth, ret);
		find_bits(s, function, node->children[0], depth, &before);
		combine(ret, &before);
	}
}

/* What callers pass. */
static void of_callers(struct gcv_check_state *s, uint32_t function, int64_t position, int depth,
		       struct gcv_bits *ret)
{
	uint32_t i = gcv_check_first_caller(s, function);
	bool is_first = true;

	*ret = unknown;
	if (gcv_check_is_named(s, function))
		return;
	for (; i != GCV_NONE; i = gcv_check_next_caller(s, i), is_first = false) {
		const struct gcv_flow_call *call = &s->flow->calls[i];
		struct gcv_bits bits;

		find_bits(s, call->function,
			  gcv_check_argument(s->facts->functions[call->function].body, call->node,
					     (int)position),
			  depth, &bits);
		join(ret, &bits, is_first);
	}
}

static void of_variable(struct gcv_check_state *s, uint32_t function, uint32_t node, int depth,
			struct gcv_bits *ret)
{
	const struct gcv_reach *reach = &gcv_check_graph(s, function)->reach;
	const struct gcv_body *body = s->facts->functions[function].body;
	const uint32_t *defs;
	uint32_t nr, i;

	*ret = unknown;
	defs = gcv_reach_at(reach, node, &nr);
	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &reach->defs[defs[i]];
		struct gcv_bits bits;

		if (def->kind == GCV_REACH_PARAM)
			of_callers(s, function, body->symbols[def->symbol].value, depth, &bits);
		else
			of_definition(s, function, def, depth, &bits);
		join(ret, &bits, i == 0);
	}
}

static void find_bits(struct gcv_check_state *s, uint32_t function, uint32_t node, int depth,
		      struct gcv_bits *ret)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct gcv_node *n;
	struct gcv_bits other;
	int64_t value;

	*ret = unknown;
	if (node == GCV_NONE || depth++ >= MAX_DEPTH)
		return;
	node = gcv_expr_plain(body, node);
	n = &body->nodes[node];
	if (gcv_expr_int(body, node, &value)) {
		*ret = of_constant(value);
	} else if (n->kind == GCV_NODE_COND && body->nodes[n->children[1]].kind != GCV_NODE_NONE) {
		find_bits(s, function, n->children[1], depth, ret);
		find_bits(s, function, n->children[2], depth, &other);
		join(ret, &other, false);
	} else if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_OR) {
		find_bits(s, function, n->children[0], depth, ret);
		find_bits(s, function, n->children[1], depth, &other);
		combine(ret, &other);
	} else if (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE) {
		of_variable(s, function, node, depth, ret);
	}
}

void gcv_check_bits(struct gcv_check_state *s, uint32_t function, uint32_t node,
		    struct gcv_bits *ret_bits)
{
	find_bits(s, function, node, 0, ret_bits);
}

static bool is_question(const struct gcv_node *node)
{
	if (node->kind == GCV_NODE_UNARY)
		return node->op == GCV_OP_LNOT;
	return node->kind == GCV_NODE_BINARY && node->op >= GCV_OP_LAND && node->op <= GCV_OP_NE;
}

static bool is_truth(struct gcv_check_state *s, uint32_t function, uint32_t node, int depth)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct gcv_node *n;
	struct gcv_expr_type type;
	const struct gcv_reach *reach;
	const uint32_t *defs;
	uint32_t nr, i;
	bool is_inverted;

	if (node == GCV_NONE || depth++ >= MAX_DEPTH)
		return false;
	n = &body->nodes[gcv_expr_plain(body, node)];
	if (n->kind == GCV_NODE_UNARY || n->kind == GCV_NODE_CALL)
		node = gcv_expr_condition(body, node, &is_inverted);
	else
		node = gcv_expr_plain(body, node);
	type = gcv_expr_type(body, node);
	if (is_question(n) || is_question(&body->nodes[node]) ||
	    gcv_expr_type_is(&type, "_Bool", 0) || gcv_expr_type_is(&type, "bool", 0))
		return true;
	n = &body->nodes[node];
	if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE)
		return false;
	reach = &gcv_check_graph(s, function)->reach;
	defs = gcv_reach_at(reach, node, &nr);
	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &reach->defs[defs[i]];
		const struct gcv_node *at;
		bool is_assign;

		/* A value that no statement of the function gives it. */
		if (def->node == GCV_NONE)
			return false;
		at = &body->nodes[def->node];
		is_assign = def->kind == GCV_REACH_ASSIGN && at->op == GCV_OP_ASSIGN;
		if (def->is_part || (def->kind != GCV_REACH_VAR && !is_assign) ||
		    !is_truth(s, function, at->children[is_assign], depth))
			return false;
	}
	return nr > 0;
}

bool gcv_check_is_truth(struct gcv_check_state *s, uint32_t function, uint32_t node)
{
	return is_truth(s, function, node, 0);
}

int64_t gcv_check_flag(const struct gcv_check_state *s, const char *name)
{
	const struct gcv_era *era = s->flow->input.era;
	size_t i;

	for (i = 0; i < era->nr_flags; i++)
		if (era->flags[i].constant && strcmp(era->flags[i].constant->name, name) == 0)
			return era->flags[i].constant->value;
	return 0;
}
