// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_loop.h"

static bool is_ref_to(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	return body->nodes[node].kind == GCV_NODE_REF && body->nodes[node].symbol == symbol;
}

/* A macro's constant, (64 * 1024 / PAGE_SIZE), is not negative. */
static bool is_constant(const struct gcv_body *body, uint32_t node)
{
	uint32_t end = gcv_expr_end(body, node), i;

	for (i = node; i < end; i++) {
		enum gcv_node_kind kind = body->nodes[i].kind;

		if (kind != GCV_NODE_BINARY && kind != GCV_NODE_INT && kind != GCV_NODE_CAST)
			return false;
	}
	return true;
}

/* Can a value be negative by its type? Small unsigned types are promoted to int all the same. */
static bool can_be_negative(const struct gcv_body *body, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(body, node);
	unsigned int bits;
	int64_t value;

	if (gcv_expr_int(body, node, &value))
		return value < 0;
	if (is_constant(body, node) || gcv_expr_sign(body, node, &bits) == GCV_EXPR_UNSIGNED)
		return false;
	return !gcv_expr_type_is(&type, "unsigned char", 0) &&
	       !gcv_expr_type_is(&type, "unsigned short", 0) &&
	       !gcv_expr_type_is(&type, "_Bool", 0);
}

/* A node that reads the index; its value before the loop is meant. */
static uint32_t index_ref(const struct gcv_loop_head *h)
{
	uint32_t end = gcv_expr_end(h->body, h->loop), i;

	for (i = h->loop; i < end; i++)
		if (is_ref_to(h->body, i, h->index))
			return i;
	return GCV_NONE;
}

static bool is_pre(const struct gcv_body *body, uint32_t step)
{
	const struct gcv_node *n = &body->nodes[step];

	return n->kind != GCV_NODE_UNARY || n->op == GCV_OP_PRE_INC || n->op == GCV_OP_PRE_DEC;
}

/* How many steps lie between the comparison and the access to the array? */
static int64_t steps_before_access(const struct gcv_loop_head *h)
{
	bool is_pre_step = is_pre(h->body, h->step);

	if (gcv_expr_contains(h->body, h->condition, h->step))
		return !is_pre_step;
	if (gcv_expr_contains(h->body, h->next, h->step))
		return 0;
	if (gcv_expr_contains(h->body, h->access, h->step))
		return is_pre_step;
	return h->step < h->access;
}

static bool is_pre_in_condition(const struct gcv_loop_head *h)
{
	return gcv_expr_contains(h->body, h->condition, h->step) && is_pre(h->body, h->step);
}

/* i from first to limit. */
bool gcv_loop_count_up(struct gcv_loop_head *h)
{
	struct gcv_release_shape *s = h->f->shape;
	bool is_start_0 = h->first != GCV_NONE && gcv_expr_is_int(h->body, h->first, 0);

	if (h->limit == GCV_NONE || h->bias || is_pre_in_condition(h) ||
	    (h->op != GCV_OP_LT && h->op != GCV_OP_LE && h->op != GCV_OP_NE))
		return false;
	if (h->pointer != GCV_NONE ? !is_start_0 : steps_before_access(h) != h->shift)
		return false;
	if (!is_start_0)
		s->first = h->first != GCV_NONE ? h->first : index_ref(h);
	s->bound = h->limit;
	s->is_inclusive = h->op == GCV_OP_LE;
	s->is_bound_signed = h->op != GCV_OP_NE && can_be_negative(h->body, h->limit) &&
			     gcv_expr_sign_of_pair(h->body, index_ref(h), h->limit) !=
				     GCV_EXPR_UNSIGNED;
	return true;
}

/*
 * i from base down to limit. The first index compared is base + bias (- 1 for --i); the access
 * follows shift steps later. The last one compared is limit + 1 for > and !=, limit for >=.
 */
bool gcv_loop_count_down(struct gcv_loop_head *h)
{
	struct gcv_release_shape *s = h->f->shape;
	bool is_strict = h->op != GCV_OP_GE;
	int64_t shift = h->pointer != GCV_NONE ? is_strict : steps_before_access(h) + h->shift;
	int64_t end = h->bias - is_pre_in_condition(h) - shift + 1; /* from base */
	uint32_t index = index_ref(h);
	enum gcv_expr_sign sign;
	unsigned int bits;

	sign = h->limit == GCV_NONE ? gcv_expr_sign(h->body, index, &bits)
				    : gcv_expr_sign_of_pair(h->body, index, h->limit);
	if (h->op != GCV_OP_GT && h->op != GCV_OP_GE && h->op != GCV_OP_NE)
		return false;
	if (h->op == GCV_OP_GE && sign != GCV_EXPR_SIGNED)
		return false;
	if ((shift != is_strict && (shift || h->pointer != GCV_NONE)) || (end != 0 && end != 1))
		return false;
	if (h->pointer != GCV_NONE && h->limit != GCV_NONE)
		return false;
	s->is_inclusive = end == 1;
	s->first = h->limit;
	s->bound = h->first != GCV_NONE ? h->first : index;
	s->is_short = shift != is_strict;
	if (s->is_short)
		return false;
	s->is_bound_signed = h->op != GCV_OP_NE && sign != GCV_EXPR_UNSIGNED &&
			     can_be_negative(h->body, s->bound);
	return true;
}

/* for (p = pages; p < pages + n; p++) */
bool gcv_loop_count_pointer(struct gcv_loop_head *h)
{
	struct gcv_release_shape *s = h->f->shape;
	const struct gcv_node *end;

	if (h->limit == GCV_NONE || h->first == GCV_NONE || h->is_down || h->bias ||
	    (h->op != GCV_OP_LT && h->op != GCV_OP_NE) || is_pre_in_condition(h) ||
	    steps_before_access(h))
		return false;
	end = &h->body->nodes[gcv_expr_plain(h->body, h->limit)];
	if (end->kind != GCV_NODE_BINARY || end->op != GCV_OP_ADD ||
	    !gcv_expr_equal(h->body, end->children[0], h->first))
		return false;
	s->array = h->first;
	s->bound = end->children[1];
	s->is_bound_signed = h->op == GCV_OP_LT && can_be_negative(h->body, s->bound);
	return true;
}
