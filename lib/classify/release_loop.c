// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_loop.h"

static bool is_none(const struct gcv_body *body, uint32_t node)
{
	return node == GCV_NONE || body->nodes[node].kind == GCV_NODE_NONE;
}

static bool is_ref_to(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	return body->nodes[node].kind == GCV_NODE_REF && body->nodes[node].symbol == symbol;
}

bool gcv_loop_is_op(const struct gcv_body *body, uint32_t node, enum gcv_node_kind kind,
		    enum gcv_op op)
{
	return body->nodes[node].kind == kind && body->nodes[node].op == op;
}

/* Take an operator's operands apart, from left to right; 0 where there are too many. */
uint32_t gcv_loop_take_apart(const struct gcv_body *body, uint32_t node, enum gcv_op op,
			     uint32_t *parts)
{
	uint32_t nr = 0, i;

	node = gcv_expr_plain(body, node);
	while (gcv_loop_is_op(body, node, GCV_NODE_BINARY, op)) {
		if (nr == GCV_LOOP_PARTS - 1)
			return 0;
		parts[nr++] = body->nodes[node].children[1];
		node = gcv_expr_plain(body, body->nodes[node].children[0]);
	}
	parts[nr++] = node;
	for (i = 0; i < nr / 2; i++) {
		uint32_t part = parts[i];

		parts[i] = parts[nr - 1 - i];
		parts[nr - 1 - i] = part;
	}
	return nr;
}

/* +1 or -1 for a node that steps a variable by one, else 0. */
int gcv_loop_step(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	const struct gcv_node *n = &body->nodes[node];
	const struct gcv_node *value;

	if (n->kind == GCV_NODE_UNARY)
		return n->op == GCV_OP_POST_INC || n->op == GCV_OP_PRE_INC   ? 1
		       : n->op == GCV_OP_POST_DEC || n->op == GCV_OP_PRE_DEC ? -1
									     : 0;
	if (n->kind != GCV_NODE_ASSIGN)
		return 0;
	if (n->op == GCV_OP_ADD || n->op == GCV_OP_SUB)
		return !gcv_expr_is_int(body, n->children[1], 1) ? 0 : n->op == GCV_OP_ADD ? 1 : -1;
	value = &body->nodes[gcv_expr_plain(body, n->children[1])];
	if (n->op != GCV_OP_ASSIGN || value->kind != GCV_NODE_BINARY ||
	    (value->op != GCV_OP_ADD && value->op != GCV_OP_SUB) ||
	    !is_ref_to(body, gcv_expr_plain(body, value->children[0]), symbol) ||
	    !gcv_expr_is_int(body, value->children[1], 1))
		return 0;
	return value->op == GCV_OP_ADD ? 1 : -1;
}

/* The one node that writes a variable in each round, if it is one that is done in every round. */
static bool find_step(const struct gcv_loop_head *h, uint32_t symbol, uint32_t *ret_step)
{
	const struct gcv_body *body = h->body;
	uint32_t parts[GCV_LOOP_PARTS], nr, i, step = GCV_NONE, at;

	nr = gcv_expr_count_writes(body, h->condition, symbol, &step) +
	     gcv_expr_count_writes(body, h->next, symbol, &step) +
	     gcv_expr_count_writes(body, h->rest, symbol, &step);
	if (nr != 1 || !gcv_loop_step(body, step, symbol))
		return false;
	*ret_step = step;
	if (gcv_expr_contains(body, h->condition, step)) /* parse_condition() looks where */
		return true;
	if (gcv_expr_contains(body, h->next, step)) {
		nr = gcv_loop_take_apart(body, h->next, GCV_OP_COMMA, parts);
		for (i = 0; i < nr; i++)
			if (gcv_expr_plain(body, parts[i]) == step)
				return true;
		return false;
	}
	if (gcv_expr_contains(body, h->access, step))
		return true;
	at = body->nodes[step].parent; /* a statement of the body */
	while (at != GCV_NONE && body->nodes[at].kind == GCV_NODE_CAST)
		at = body->nodes[at].parent;
	return at == h->loop || (at == h->rest && body->nodes[at].kind == GCV_NODE_COMPOUND);
}

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

/* The variable of a side of a comparison that the loop changes: i, i--, --i. */
static uint32_t compared_symbol(const struct gcv_loop_head *h, uint32_t node)
{
	const struct gcv_body *body = h->body;

	node = gcv_expr_plain(body, node);
	if (body->nodes[node].kind == GCV_NODE_UNARY && gcv_loop_step(body, node, GCV_NONE))
		node = gcv_expr_plain(body, body->nodes[node].children[0]);
	if (body->nodes[node].kind != GCV_NODE_REF || !gcv_finder_changes(h->f, node, h->loop))
		return GCV_NONE;
	return body->nodes[node].symbol;
}

static bool is_still(const struct gcv_loop_head *h, uint32_t node)
{
	return gcv_expr_is_pure(h->body, node) && !gcv_finder_changes(h->f, node, h->loop);
}

/* i < n, n > i, i--, --i >= 0. Where a pointer is stepped, this tells the counter. */
static bool parse_comparison(struct gcv_loop_head *h, uint32_t part)
{
	const struct gcv_body *body = h->body;
	bool is_inverted;
	uint32_t node = gcv_expr_condition(body, part, &is_inverted), symbol;
	const struct gcv_node *n = &body->nodes[node];
	uint32_t limit = GCV_NONE;
	enum gcv_op op = GCV_OP_NE;

	if (is_inverted)
		return false;
	symbol = compared_symbol(h, node);
	if (n->kind == GCV_NODE_BINARY) {
		op = n->op;
		limit = n->children[1];
		symbol = compared_symbol(h, n->children[0]);
		if (symbol == GCV_NONE) {
			op = mirrored(op);
			limit = n->children[0];
			symbol = compared_symbol(h, n->children[1]);
		}
		if (op != GCV_OP_LT && op != GCV_OP_GT && op != GCV_OP_LE && op != GCV_OP_GE &&
		    op != GCV_OP_NE)
			return false;
		if (!is_still(h, limit))
			return false;
	}
	if (symbol == GCV_NONE || (h->index != GCV_NONE && symbol != h->index) ||
	    h->op != GCV_OP_NONE)
		return false;
	h->index = symbol;
	h->op = op;
	h->limit = limit != GCV_NONE && gcv_expr_is_int(body, limit, 0) ? GCV_NONE : limit;
	return true;
}

static bool parse_part(struct gcv_loop_head *h, uint32_t part, bool is_first)
{
	struct gcv_release_shape *s = h->f->shape;
	bool is_there;

	if (gcv_finder_null_test(h->f, part, &is_there)) {
		if (!is_there || s->null_check != GCV_NONE)
			return false;
		s->null_check = part;
		s->is_null_break = true;
		return true;
	}
	if (is_still(h, part)) {
		if (s->condition != GCV_NONE)
			return false;
		s->condition = part;
		return true;
	}
	/* a step behind another condition is not done in every round */
	return parse_comparison(h, part) && (is_first || gcv_expr_is_pure(h->body, part));
}

static bool parse_condition(struct gcv_loop_head *h)
{
	uint32_t parts[GCV_LOOP_PARTS], nr, i;
	bool is_inverted;
	uint32_t node;

	if (is_none(h->body, h->condition))
		return false;
	node = gcv_expr_condition(h->body, h->condition, &is_inverted);
	if (is_inverted || !gcv_loop_is_op(h->body, node, GCV_NODE_BINARY, GCV_OP_LAND))
		node = h->condition;
	nr = gcv_loop_take_apart(h->body, node, GCV_OP_LAND, parts);
	if (!nr)
		return false;
	for (i = 0; i < nr; i++)
		if (!parse_part(h, parts[i], i == 0))
			return false;
	return h->op != GCV_OP_NONE;
}

/* for (i = n - 1; …), for (i--; …), for (struct page **p = pages; …) */
static bool parse_init(struct gcv_loop_head *h, uint32_t node)
{
	const struct gcv_body *body = h->body;
	const struct gcv_node *n, *value;
	uint32_t from;

	node = gcv_expr_plain(body, node);
	n = &body->nodes[node];
	if (h->index != GCV_NONE && gcv_expr_is_write(body, node, h->index) &&
	    gcv_loop_step(body, node, h->index) == -1) {
		h->bias = -1;
		return true;
	}
	/* for (++i; …) goes on behind where something else has ended, and stays a loop. */
	if (!h->is_down && h->index != GCV_NONE && gcv_expr_is_write(body, node, h->index) &&
	    gcv_loop_step(body, node, h->index) == 1) {
		gcv_finder_other(h->f, node);
		return true;
	}
	if (n->kind != GCV_NODE_VAR && !(n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN))
		return false;
	from = n->children[n->kind == GCV_NODE_VAR ? 0 : 1];
	if (is_none(body, from) || !gcv_expr_is_pure(body, from))
		return false;
	if (h->pointer != GCV_NONE && gcv_expr_is_write(body, node, h->pointer) &&
	    h->pointer != h->index) {
		h->f->shape->array = from;
		return true;
	}
	if (!gcv_expr_is_write(body, node, h->index))
		return false;
	h->first = from;
	value = &body->nodes[gcv_expr_plain(body, from)];
	if (h->is_down && value->kind == GCV_NODE_BINARY && value->op == GCV_OP_SUB &&
	    gcv_expr_is_int(body, value->children[1], 1)) {
		h->first = value->children[0];
		h->bias = -1;
	}
	return true;
}

/* The node right before a loop that may set the index: i = 0; while (i < n), int i = 0; … */
static uint32_t set_before(const struct gcv_loop_head *h)
{
	const struct gcv_body *body = h->body;
	uint32_t parent = body->nodes[h->loop].parent, node, i;

	if (parent == GCV_NONE || body->nodes[parent].kind != GCV_NODE_COMPOUND)
		return GCV_NONE;
	for (i = 0; body->nodes[parent].children[i] != h->loop; i++)
		;
	if (!i)
		return GCV_NONE;
	node = gcv_expr_plain(body, body->nodes[parent].children[i - 1]);
	if (body->nodes[node].kind == GCV_NODE_DECL && body->nodes[node].nr_children == 1)
		node = body->nodes[node].children[0];
	if (body->nodes[node].kind != GCV_NODE_VAR &&
	    !gcv_loop_is_op(body, node, GCV_NODE_ASSIGN, GCV_OP_ASSIGN))
		return GCV_NONE;
	return gcv_expr_is_write(body, node, h->index) ? node : GCV_NONE;
}

static bool parse_start(struct gcv_loop_head *h)
{
	const struct gcv_body *body = h->body;
	uint32_t parts[GCV_LOOP_PARTS], nr, i, before;

	if (is_none(body, h->start)) {
		before = set_before(h);
		if (before != GCV_NONE && !h->is_down)
			parse_init(h, before);
		return true;
	}
	if (body->nodes[h->start].kind == GCV_NODE_DECL) {
		for (i = 0; i < body->nodes[h->start].nr_children; i++)
			if (!parse_init(h, body->nodes[h->start].children[i]))
				return false;
		return true;
	}
	nr = gcv_loop_take_apart(body, h->start, GCV_OP_COMMA, parts);
	for (i = 0; i < nr; i++)
		if (!parse_init(h, parts[i]))
			return false;
	return nr != 0;
}

/* A for loop's step does nothing but step the index and the pointer. */
static bool is_only_steps(const struct gcv_loop_head *h)
{
	uint32_t parts[GCV_LOOP_PARTS], nr, i;

	if (is_none(h->body, h->next))
		return true;
	nr = gcv_loop_take_apart(h->body, h->next, GCV_OP_COMMA, parts);
	for (i = 0; i < nr; i++) {
		uint32_t part = gcv_expr_plain(h->body, parts[i]);

		if (part != h->step && part != h->pointer_step)
			return false;
	}
	return nr != 0;
}

static bool parse(struct gcv_loop_head *h)
{
	struct gcv_release_shape *s = h->f->shape;

	if (!gcv_loop_access(h)) {
		gcv_finder_other(h->f, s->source);
		return false;
	}
	if (h->body->nodes[h->loop].kind == GCV_NODE_DO || !parse_condition(h) ||
	    !find_step(h, h->index, &h->step))
		return false;
	h->is_down = gcv_loop_step(h->body, h->step, h->index) < 0;
	if (h->pointer != GCV_NONE && (!find_step(h, h->pointer, &h->pointer_step) ||
				       gcv_loop_step(h->body, h->pointer_step, h->pointer) < 0))
		return false;
	s->index = h->index;
	s->step = h->pointer_step;
	s->is_down = h->is_down;
	h->f->steps[h->f->nr_steps++] = h->step;
	if (h->pointer != GCV_NONE && h->pointer != h->index)
		h->f->steps[h->f->nr_steps++] = h->pointer_step;
	if (!is_only_steps(h) || !parse_start(h))
		return false;
	if (h->pointer != GCV_NONE && h->pointer == h->index)
		return gcv_loop_count_pointer(h);
	if (h->pointer != GCV_NONE && !gcv_expr_contains(h->body, h->next, h->pointer_step) &&
	    !gcv_expr_contains(h->body, h->access, h->pointer_step) && h->pointer_step < h->access)
		return false;
	return h->is_down ? gcv_loop_count_down(h) : gcv_loop_count_up(h);
}

void gcv_finder_loop(struct gcv_finder *f)
{
	const struct gcv_node *n = &f->body->nodes[f->shape->loop];
	struct gcv_loop_head h = { .f = f,
				   .body = f->body,
				   .loop = f->shape->loop,
				   .start = GCV_NONE,
				   .next = GCV_NONE,
				   .index = GCV_NONE,
				   .step = GCV_NONE,
				   .pointer = GCV_NONE,
				   .pointer_step = GCV_NONE,
				   .limit = GCV_NONE,
				   .first = GCV_NONE };

	h.condition = n->children[n->kind == GCV_NODE_WHILE ? 0 : 1];
	h.rest = n->children[n->kind == GCV_NODE_FOR ? 3 : n->kind == GCV_NODE_WHILE];
	if (n->kind == GCV_NODE_FOR) {
		h.start = n->children[0];
		h.next = n->children[2];
	}
	if (!parse(&h))
		gcv_finder_other(f, is_none(f->body, h.condition) ? f->shape->source : h.condition);
}
