// SPDX-License-Identifier: GPL-2.0-only
/*
 * A negative errno that is compared with an unsigned number is a large one: "fewer than asked for"
 * is false then, and the error passes for success (C17 6.3.1.8).
 */
#include "check/graphs.h"
#include "flow/expr.h"

#include <stdlib.h>

/**
 * struct search - where an error gets to
 * @s: the state
 * @acquire: the acquire
 * @body: body of its function
 * @graph: its graph
 * @holder: variable or member that the result is stored in, or GCV_NONE
 * @store: VAR or ASSIGN that does it
 * @is_seen: by block
 * @stack: blocks to be looked at
 * @nr: how many
 */
struct search {
	struct gcv_check_state *s;
	const struct gcv_flow_acquire *acquire;
	const struct gcv_body *body;
	const struct gcv_check_graph *graph;
	uint32_t holder, store;
	bool *is_seen;
	uint32_t *stack;
	uint32_t nr;
};

/** enum answer - what a condition says of an error */
enum answer { ANSWER_NONE, ANSWER_TRUE, ANSWER_FALSE };

/* Is an operand the result of the acquire, as long as nothing else was stored? */
static bool is_result(const struct search *r, uint32_t node)
{
	const struct gcv_node *n = &r->body->nodes[node];

	if (n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN)
		node = gcv_expr_plain(r->body, n->children[1]);
	if (node == r->acquire->call)
		return true;
	if (r->holder == GCV_NONE)
		return false;
	if (r->body->nodes[r->store].kind == GCV_NODE_VAR)
		return r->body->nodes[node].kind == GCV_NODE_REF &&
		       r->body->nodes[node].symbol == r->body->nodes[r->store].symbol;
	return gcv_expr_equal(r->body, node, r->holder);
}

static bool is_ordered(enum gcv_op op)
{
	return op == GCV_OP_LT || op == GCV_OP_LE || op == GCV_OP_GT || op == GCV_OP_GE;
}

/**
 * struct comparison - of the result with a number
 * @op: with the result on the left
 * @other: the number
 * @is_unsigned: the result is taken for an unsigned number
 * @is_cast: because somebody wrote that down
 */
struct comparison {
	enum gcv_op op;
	uint32_t other;
	bool is_unsigned, is_cast;
};

static enum gcv_op turned(enum gcv_op op)
{
	switch (op) {
	case GCV_OP_LT:
		return GCV_OP_GT;
	case GCV_OP_LE:
		return GCV_OP_GE;
	case GCV_OP_GT:
		return GCV_OP_LT;
	case GCV_OP_GE:
		return GCV_OP_LE;
	default:
		return op;
	}
}

static bool is_comparison(const struct search *r, uint32_t node, struct comparison *ret)
{
	const struct gcv_node *n = &r->body->nodes[node];
	uint32_t left, right;

	if (n->kind != GCV_NODE_BINARY || n->op < GCV_OP_LT || n->op > GCV_OP_NE)
		return false;
	left = n->children[0];
	right = n->children[1];
	ret->is_unsigned = gcv_expr_sign_of_pair(r->body, left, right) == GCV_EXPR_UNSIGNED;
	if (is_result(r, gcv_expr_plain(r->body, left))) {
		ret->op = n->op;
		ret->other = right;
		ret->is_cast = r->body->nodes[left].kind == GCV_NODE_CAST;
		return true;
	}
	ret->op = turned(n->op);
	ret->other = left;
	ret->is_cast = r->body->nodes[right].kind == GCV_NODE_CAST;
	return is_result(r, gcv_expr_plain(r->body, right));
}

/* What a comparison says if the result is an error. A count that is not a constant is none. */
static enum answer answer_of(const struct search *r, const struct comparison *c)
{
	int64_t value = 0;

	if (gcv_expr_int(r->body, c->other, &value) && value < 0)
		return c->op == GCV_OP_GE && c->is_unsigned ? ANSWER_TRUE : ANSWER_NONE;
	switch (c->op) {
	case GCV_OP_LT:
	case GCV_OP_LE:
		return c->is_unsigned ? ANSWER_FALSE : ANSWER_TRUE;
	case GCV_OP_GT:
	case GCV_OP_GE:
		return c->is_unsigned ? ANSWER_TRUE : ANSWER_FALSE;
	case GCV_OP_EQ:
		return ANSWER_FALSE;
	default:
		return ANSWER_TRUE;
	}
}

/* Can an error take an edge? */
static bool passes(const struct search *r, const struct gcv_cfg_edge *edge)
{
	struct comparison c;
	enum answer answer = ANSWER_NONE;
	bool is_inverted;
	uint32_t node;

	if (edge->condition == GCV_NONE ||
	    (edge->sense != GCV_CFG_TRUE && edge->sense != GCV_CFG_FALSE))
		return true;
	node = gcv_expr_condition(r->body, edge->condition, &is_inverted);
	if (is_result(r, node))
		answer = ANSWER_TRUE;
	else if (is_comparison(r, node, &c))
		answer = answer_of(r, &c);
	if (answer == ANSWER_NONE)
		return true;
	return (answer == ANSWER_TRUE) == ((edge->sense == GCV_CFG_TRUE) != is_inverted);
}

/* Is something else stored in the place of the result? */
static bool is_overwritten(const struct search *r, uint32_t node)
{
	const struct gcv_node *n = &r->body->nodes[node];

	if (r->holder == GCV_NONE || node == r->store)
		return false;
	if (n->kind == GCV_NODE_VAR)
		return r->body->nodes[r->store].kind == GCV_NODE_VAR &&
		       n->symbol == r->body->nodes[r->store].symbol;
	if (n->kind == GCV_NODE_UNARY && (n->op < GCV_OP_POST_INC || n->op > GCV_OP_ADDR))
		return false;
	return (n->kind == GCV_NODE_ASSIGN || n->kind == GCV_NODE_UNARY) &&
	       is_result(r, gcv_expr_plain(r->body, n->children[0]));
}

/* An unsigned comparison that an error gets to, and that takes it for a large number. */
static bool is_wrong(const struct search *r, uint32_t node, struct comparison *ret)
{
	int64_t value;

	return is_comparison(r, node, ret) && is_ordered(ret->op) && ret->is_unsigned &&
	       !ret->is_cast && !(gcv_expr_int(r->body, ret->other, &value) && value < 0);
}

static void push(struct search *r, uint32_t block)
{
	if (r->is_seen[block])
		return;
	r->is_seen[block] = true;
	r->stack[r->nr++] = block;
}

static void leave(struct search *r, uint32_t block)
{
	const struct gcv_cfg_block *b = &r->graph->cfg.blocks[block];
	uint32_t i;

	for (i = 0; i < b->nr_out; i++) {
		const struct gcv_cfg_edge *edge = &r->graph->cfg.edges[b->out[i]];

		if (passes(r, edge))
			push(r, edge->to);
	}
}

/* Does an error get from behind a node to the end of the function, or out of sight, unnoticed? */
static bool gets_out(struct search *r, uint32_t block)
{
	uint32_t nr_blocks = r->graph->cfg.nr_blocks, i;
	GCV_AUTOFREE bool *is_seen = gcv_zalloc(nr_blocks, sizeof(*is_seen));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(nr_blocks + 1, sizeof(*stack));
	struct search deep = *r;

	deep.is_seen = is_seen;
	deep.stack = stack;
	deep.nr = 0;
	leave(&deep, block);
	while (deep.nr) {
		const struct gcv_cfg_block *b =
			&r->graph->cfg.blocks[block = deep.stack[--deep.nr]];
		bool is_asked = false;
		struct comparison c;

		if (block == r->graph->cfg.exit)
			return true;
		for (i = 0; i < b->nr_nodes && !is_asked; i++) {
			if (is_overwritten(r, b->nodes[i]))
				return true;
			is_asked = is_comparison(r, b->nodes[i], &c) && !c.is_unsigned;
		}
		if (!is_asked)
			leave(&deep, block);
	}
	return false;
}

static void tell(struct search *r, uint32_t node, const struct comparison *c)
{
	bool is_count = c->op == GCV_OP_GT && !gcv_expr_is_int(r->body, c->other, 0);
	struct gcv_fault *fault;

	fault = gcv_check_tell(r->s, GCV_CHECK_SIGNED_UNSIGNED_COMPARE,
			       is_count ? GCV_CONFIDENCE_MEDIUM : GCV_CONFIDENCE_HIGH,
			       r->acquire->site, r->acquire->function, node,
			       "an error of %s() is compared as an unsigned number, and passes "
			       "for a large count",
			       r->acquire->api->name);
	gcv_check_note(r->s, fault, r->acquire->function, r->acquire->call,
		       "%s() may return an error", r->acquire->api->name);
	gcv_check_note(r->s, fault, r->acquire->function, node,
		       "which gets here, and further on without another question");
}

static void look_through(struct search *r, uint32_t block, uint32_t at)
{
	const struct gcv_cfg_block *b = &r->graph->cfg.blocks[block];
	struct comparison c;

	for (; at < b->nr_nodes; at++) {
		if (is_overwritten(r, b->nodes[at]))
			return;
		if (is_wrong(r, b->nodes[at], &c) && gets_out(r, block))
			tell(r, b->nodes[at], &c);
	}
	leave(r, block);
}

/* Where the result is stored. What is stored in an element or through a call is not followed. */
static void find_holder(struct search *r)
{
	uint32_t node = r->acquire->call, parent = r->body->nodes[node].parent;

	r->holder = r->store = GCV_NONE;
	while (parent != GCV_NONE && gcv_expr_plain(r->body, parent) == r->acquire->call) {
		node = parent;
		parent = r->body->nodes[node].parent;
	}
	if (parent == GCV_NONE)
		return;
	if (r->body->nodes[parent].kind == GCV_NODE_VAR) {
		r->store = r->holder = parent;
	} else if (r->body->nodes[parent].kind == GCV_NODE_ASSIGN &&
		   r->body->nodes[parent].op == GCV_OP_ASSIGN &&
		   r->body->nodes[parent].children[1] == node) {
		r->store = parent;
		r->holder = gcv_expr_plain(r->body, r->body->nodes[parent].children[0]);
	}
}

static void check(struct gcv_check_state *s, const struct gcv_flow_acquire *acquire)
{
	struct search r = { .s = s, .acquire = acquire };
	const struct gcv_cfg_block *b;
	uint32_t block, at = 0;

	r.body = s->facts->functions[acquire->function].body;
	r.graph = gcv_check_graph(s, acquire->function);
	block = r.graph->cfg.block_of[acquire->call];
	if (block == GCV_NONE)
		return;
	find_holder(&r);
	b = &r.graph->cfg.blocks[block];
	while (at < b->nr_nodes && b->nodes[at] != acquire->call)
		at++;
	r.is_seen = gcv_zalloc(r.graph->cfg.nr_blocks, sizeof(*r.is_seen));
	r.stack = gcv_zalloc(r.graph->cfg.nr_blocks + 1, sizeof(*r.stack));
	look_through(&r, block, at);
	while (r.nr)
		look_through(&r, r.stack[--r.nr], 0);
	free(r.is_seen);
	free(r.stack);
}

void gcv_check_compare(struct gcv_check_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_acquires; i++) {
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[i];

		if (acquire->site != GCV_NONE && acquire->signature && !acquire->is_null &&
		    (acquire->signature->result == GCV_API_RESULT_COUNT_OR_ERRNO ||
		     acquire->signature->result == GCV_API_RESULT_BYTES_OR_ERRNO) &&
		    !gcv_check_is_internal(s, acquire->site))
			check(s, acquire);
	}
}
