// SPDX-License-Identifier: GPL-2.0-only
/*
 * A part of memory that begins inside of a page touches one page more than its length alone tells:
 * DIV_ROUND_UP(offset + length, PAGE_SIZE) is their number (include/linux/bvec.h).
 */
#include "check/graphs.h"
#include "classify/release_shape.h"
#include "flow/expr.h"

/** PAGE_SHIFT_MIN - of the smallest pages that the kernel knows */
#define PAGE_SHIFT_MIN 12
/** PAGE_SHIFT_MAX - and of the largest */
#define PAGE_SHIFT_MAX 18

/* PAGE_SIZE, as a number or as 1UL << PAGE_SHIFT. */
static bool is_page_size(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];
	int64_t value, shift;

	if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_SHL)
		return gcv_expr_is_int(body, n->children[0], 1) &&
		       gcv_expr_int(body, n->children[1], &shift) && shift >= PAGE_SHIFT_MIN &&
		       shift <= PAGE_SHIFT_MAX;
	return gcv_expr_int(body, node, &value) && value >= 1 << PAGE_SHIFT_MIN &&
	       value <= 1 << PAGE_SHIFT_MAX && !(value & (value - 1));
}

/* What is divided by the size of a page, or GCV_NONE. */
static uint32_t dividend_of(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];
	int64_t shift;

	if (n->kind != GCV_NODE_BINARY)
		return GCV_NONE;
	if (n->op == GCV_OP_SHR && gcv_expr_int(body, n->children[1], &shift) &&
	    shift >= PAGE_SHIFT_MIN && shift <= PAGE_SHIFT_MAX)
		return gcv_expr_plain(body, n->children[0]);
	if (n->op == GCV_OP_DIV && is_page_size(body, n->children[1]))
		return gcv_expr_plain(body, n->children[0]);
	return GCV_NONE;
}

/* The value of an expression, or the only one that was given to the variable that it is. */
static uint32_t value_of(struct gcv_check_state *s, uint32_t function, uint32_t node)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct gcv_reach *reach;
	const struct gcv_reach_def *def;
	const uint32_t *defs;
	uint32_t nr;

	node = gcv_expr_plain(body, node);
	if (body->nodes[node].kind != GCV_NODE_REF)
		return node;
	reach = &gcv_check_graph(s, function)->reach;
	defs = gcv_reach_at(reach, node, &nr);
	if (nr != 1)
		return node;
	def = &reach->defs[defs[0]];
	if (def->kind == GCV_REACH_VAR)
		return body->nodes[def->node].children[0];
	if (def->kind == GCV_REACH_ASSIGN && body->nodes[def->node].op == GCV_OP_ASSIGN)
		return body->nodes[def->node].children[1];
	return node;
}

/* A length that is a member of a container of pages, where an offset stands beside it. */
static bool is_length(const struct gcv_check_state *s, const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];
	struct gcv_expr_type type = gcv_expr_type(body, node);

	return n->kind == GCV_NODE_MEMBER && n->symbol != GCV_NONE && type.len && !type.pointers &&
	       gcv_accessor_is_container(s->flow->input.accessors, body->symbols[n->symbol].owner);
}

void gcv_check_bvec(struct gcv_check_state *s)
{
	const struct gcv_flow_input *input = &s->flow->input;
	uint32_t i, count, length;

	for (i = 0; i < s->flow->nr_releases; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[i];
		const struct gcv_body *body = s->facts->functions[release->function].body;
		struct gcv_release_shape shape;
		struct gcv_fault *fault;

		if (release->site == GCV_NONE || !release->api ||
		    !s->c->releases[release->site].nr_acquired)
			continue;
		gcv_release_shape_of(body, release->call, release->api, release->signature,
				     input->era->api, input->accessors, &shape);
		count = shape.bound != GCV_NONE ? shape.bound : shape.count;
		if (count == GCV_NONE)
			continue;
		length = dividend_of(body, value_of(s, release->function, count));
		if (length == GCV_NONE || !is_length(s, body, length))
			continue;
		fault = gcv_check_tell(s, GCV_CHECK_PINS_PER_BVEC, GCV_CONFIDENCE_MEDIUM,
				       release->site, release->function, release->call,
				       "%s() is told a number of pages that is made of a length "
				       "without its offset, and not rounded up",
				       release->name);
		gcv_check_note(s, fault, release->function, length, "this is the length");
	}
}
