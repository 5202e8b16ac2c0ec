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
/** MAX_COPIES - assignments of one variable to the next that are followed */
#define MAX_COPIES 4

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

/* Follows copies of a number. */
static uint32_t origin_of(struct gcv_check_state *s, uint32_t function, uint32_t node)
{
	int i;

	for (i = 0; i < MAX_COPIES; i++)
		node = gcv_expr_plain(s->facts->functions[function].body,
				      value_of(s, function, node));
	return node;
}

/* Is a number the bytes that an acquire got, which begin somewhere in the first page? */
static bool is_bytes(struct gcv_check_state *s, uint32_t function, uint32_t node)
{
	uint32_t i = gcv_flow_first_acquire(s->flow, function);

	node = origin_of(s, function, node);
	for (; i < s->flow->nr_acquires && s->flow->acquires[i].function == function; i++) {
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[i];

		if (acquire->call == node && acquire->signature)
			return acquire->signature->result == GCV_API_RESULT_BYTES_OR_ERRNO;
	}
	return false;
}

/* The number without what rounds it up: the only part of a sum that is no constant, or GCV_NONE. */
static uint32_t without_rounding(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n;
	int64_t value;

	node = gcv_expr_plain(body, node);
	n = &body->nodes[node];
	if (n->kind != GCV_NODE_BINARY || (n->op != GCV_OP_ADD && n->op != GCV_OP_SUB))
		return node;
	if (gcv_expr_int(body, n->children[1], &value) || is_page_size(body, n->children[1]))
		return without_rounding(body, n->children[0]);
	return GCV_NONE;
}

static void check_number(struct gcv_check_state *s, const struct gcv_flow_release *release,
			 uint32_t function, uint32_t count)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	uint32_t divided = dividend_of(body, origin_of(s, function, count));
	uint32_t length = divided == GCV_NONE ? GCV_NONE : without_rounding(body, divided);
	struct gcv_fault *fault;

	if (length == GCV_NONE ||
	    (!(length == divided && is_length(s, body, length)) && !is_bytes(s, function, length)))
		return;
	fault = gcv_check_tell(s, GCV_CHECK_PINS_PER_BVEC, GCV_CONFIDENCE_MEDIUM, release->site,
			       release->function, release->call,
			       "%s() is told a number of pages that is made of a length without "
			       "its offset%s",
			       release->name, length == divided ? ", and not rounded up" : "");
	gcv_check_note(s, fault, function, length, "this is the length");
}

/* The number of pages that a release is told, where its function gets it from its callers, too. */
static void check_count(struct gcv_check_state *s, const struct gcv_flow_release *release,
			uint32_t count)
{
	const struct gcv_body *body = s->facts->functions[release->function].body;
	uint32_t node = gcv_expr_plain(body, count), i;
	const struct gcv_symbol *symbol;

	check_number(s, release, release->function, count);
	if (body->nodes[node].kind != GCV_NODE_REF)
		return;
	symbol = &body->symbols[body->nodes[node].symbol];
	if (symbol->kind != GCV_SYMBOL_PARAM ||
	    gcv_expr_count_writes(body, 0, body->nodes[node].symbol, NULL))
		return;
	i = gcv_check_first_caller(s, release->function);
	for (; i != GCV_NONE; i = gcv_check_next_caller(s, i)) {
		const struct gcv_flow_call *call = &s->flow->calls[i];

		node = gcv_check_argument(s->facts->functions[call->function].body, call->node,
					  (int)symbol->value);
		if (node != GCV_NONE)
			check_number(s, release, call->function, node);
	}
}

void gcv_check_bvec(struct gcv_check_state *s)
{
	const struct gcv_flow_input *input = &s->flow->input;
	uint32_t i, count;

	for (i = 0; i < s->flow->nr_releases; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[i];
		const struct gcv_body *body = s->facts->functions[release->function].body;
		struct gcv_release_shape shape;

		if (release->site == GCV_NONE || !release->api ||
		    !s->c->releases[release->site].nr_acquired)
			continue;
		gcv_release_shape_of(body, release->call, release->api, release->signature,
				     input->era->api, input->accessors, &shape);
		count = shape.bound != GCV_NONE ? shape.bound : shape.count;
		if (count != GCV_NONE)
			check_count(s, release, count);
	}
}
