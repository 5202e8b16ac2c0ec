// SPDX-License-Identifier: GPL-2.0-only
/*
 * A loop that deals with one page after the other is left, and what stands behind it gives the rest
 * back: from the next page on, although this one was not dealt with yet (leak-on-error-exit), or
 * from this one on, although it was given back (double-release).
 */
#include "check/graphs.h"
#include "classify/release_shape.h"
#include "flow/expr.h"

#include <string.h>

/**
 * struct rest - a release of the rest of an array
 * @s: the state
 * @release: the release
 * @acquire: an acquire of the pages
 * @body: body of its function
 * @cfg: its graph
 * @array: expression of the array
 * @index: symbol of the variable by which the loop is left
 * @skip: number of pages from the one at @index on that are not given back
 * @loop: the loop
 */
struct rest {
	struct gcv_check_state *s;
	const struct gcv_flow_release *release;
	const struct gcv_flow_acquire *acquire;
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	uint32_t array, index;
	int64_t skip;
	uint32_t loop;
};

static bool is_ref(const struct gcv_body *body, uint32_t node, uint32_t symbol)
{
	node = gcv_expr_plain(body, node);
	return body->nodes[node].kind == GCV_NODE_REF && body->nodes[node].symbol == symbol;
}

static uint32_t variable_at(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];

	return n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
			       body->symbols[n->symbol].kind == GCV_SYMBOL_LOCAL
		       ? n->symbol
		       : GCV_NONE;
}

/* i, i + 1, 1 + i: the variable and the number. */
static bool read_start(struct rest *r, uint32_t start)
{
	const struct gcv_body *body = r->body;
	const struct gcv_node *node = &body->nodes[start = gcv_expr_plain(body, start)];
	uint32_t variable = start;

	r->skip = 0;
	if (node->kind == GCV_NODE_BINARY && node->op == GCV_OP_ADD) {
		bool is_left = gcv_expr_int(body, node->children[0], &r->skip);

		if (!is_left && !gcv_expr_int(body, node->children[1], &r->skip))
			return false;
		variable = node->children[is_left];
	}
	r->index = variable_at(body, variable);
	return r->index != GCV_NONE && (r->skip == 0 || r->skip == 1);
}

static bool find_start(struct rest *r)
{
	const struct gcv_flow_input *input = &r->s->flow->input;
	const struct gcv_flow_release *release = r->release;
	struct gcv_release_shape shape;

	gcv_release_shape_of(r->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	r->array = shape.array;
	if (shape.array == GCV_NONE || shape.is_down ||
	    (shape.first != GCV_NONE && shape.offset != GCV_NONE) ||
	    (shape.count == GCV_NONE && shape.bound == GCV_NONE))
		return false;
	if (shape.first != GCV_NONE)
		return read_start(r, shape.first);
	return shape.offset != GCV_NONE && read_start(r, shape.offset);
}

/* Is an expression the page at the loop's index, or a variable that is only ever that? */
static bool is_page(const struct rest *r, uint32_t node)
{
	const struct gcv_body *body = r->body;
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];
	uint32_t write = GCV_NONE;

	if (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
	    body->symbols[n->symbol].kind == GCV_SYMBOL_LOCAL &&
	    gcv_expr_count_writes(body, 0, n->symbol, &write) == 1) {
		n = &body->nodes[write];
		if ((n->kind != GCV_NODE_VAR && n->kind != GCV_NODE_ASSIGN) || !n->nr_children)
			return false;
		n = &body->nodes[gcv_expr_plain(body, n->children[n->kind == GCV_NODE_ASSIGN])];
	}
	return n->kind == GCV_NODE_INDEX && is_ref(body, n->children[1], r->index) &&
	       gcv_expr_equal(body, gcv_expr_plain(body, n->children[0]),
			      gcv_expr_plain(body, r->array));
}

static bool is_release(const struct rest *r, uint32_t call)
{
	const struct gcv_flow *flow = r->s->flow;
	uint32_t i;

	for (i = 0; i < flow->nr_releases; i++)
		if (flow->releases[i].function == r->release->function &&
		    flow->releases[i].call == call)
			return true;
	return false;
}

/* A known function that only looks at the page. */
static bool only_looks(const struct rest *r, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(r->body, call);
	const struct gcv_accessor *known =
		symbol ? gcv_accessor_find(r->s->flow->input.accessors, symbol->name) : NULL;
	uint32_t i;

	for (i = 0; known && i < known->nr_flows; i++)
		if (known->flows[i].to.arg >= 0)
			return false;
	for (i = 0; known && i < known->nr_effects; i++)
		if (known->effects[i].effect == GCV_EFFECT_RELEASE ||
		    known->effects[i].effect == GCV_EFFECT_TRANSFER)
			return false;
	return known != NULL;
}

/* May a node give the page at the index back, or hand it over? */
static bool may_take(const struct rest *r, uint32_t at)
{
	const struct gcv_node *node = &r->body->nodes[at];
	uint32_t i;

	if (node->kind == GCV_NODE_ASSIGN)
		return is_page(r, node->children[1]) &&
		       variable_at(r->body, node->children[0]) == GCV_NONE;
	if (node->kind != GCV_NODE_CALL || at == r->release->call)
		return false;
	for (i = 1; i < node->nr_children; i++)
		if (is_page(r, node->children[i]))
			return is_release(r, at) || !only_looks(r, at);
	return false;
}

static uint32_t inside(const struct gcv_body *body, uint32_t loop)
{
	const struct gcv_node *node = &body->nodes[loop];

	return node->children[node->kind == GCV_NODE_FOR ? 3 : node->kind == GCV_NODE_WHILE];
}

/*
 * Blocks that are come to from the edges out of one, not through those that are closed.
 * @return whether @to is among them
 */
static bool comes_to(const struct gcv_cfg *cfg, uint32_t from, uint32_t to, const bool *is_closed)
{
	GCV_AUTOFREE bool *is_met = gcv_zalloc(cfg->nr_blocks, sizeof(*is_met));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));
	uint32_t nr = 0, i;

	if (from == to)
		return true;
	stack[nr++] = from;
	is_met[from] = true;
	while (nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--nr]];

		for (i = 0; i < block->nr_out; i++) {
			uint32_t next = cfg->edges[block->out[i]].to;

			if (next == to)
				return true;
			if (is_met[next] || is_closed[next])
				continue;
			is_met[next] = true;
			stack[nr++] = next;
		}
	}
	return false;
}

/* Close the blocks that write the index. */
static void close_steps(const struct rest *r, bool *is_closed)
{
	uint32_t i;

	for (i = 0; i < r->body->nr_nodes; i++)
		if (r->cfg->block_of[i] != GCV_NONE && gcv_expr_is_write(r->body, i, r->index))
			is_closed[r->cfg->block_of[i]] = true;
}

static void close_takes(const struct rest *r, bool *is_closed)
{
	uint32_t i;

	for (i = 0; i < r->body->nr_nodes; i++)
		if (r->cfg->block_of[i] != GCV_NONE && may_take(r, i))
			is_closed[r->cfg->block_of[i]] = true;
}

/* Is this a jump out of the loop? */
static bool leaves(const struct rest *r, uint32_t at)
{
	const struct gcv_body *body = r->body;
	uint32_t up;

	if (!gcv_expr_contains(body, inside(body, r->loop), at))
		return false;
	if (body->nodes[at].kind == GCV_NODE_GOTO) {
		for (up = 0; up < body->nr_nodes; up++)
			if (body->nodes[up].kind == GCV_NODE_LABEL &&
			    body->nodes[up].symbol == body->nodes[at].symbol)
				return !gcv_expr_contains(body, r->loop, up);
		return false;
	}
	if (body->nodes[at].kind != GCV_NODE_BREAK)
		return false;
	for (up = body->nodes[at].parent; up != r->loop; up = body->nodes[up].parent)
		if (body->nodes[up].kind == GCV_NODE_FOR || body->nodes[up].kind == GCV_NODE_DO ||
		    body->nodes[up].kind == GCV_NODE_WHILE ||
		    body->nodes[up].kind == GCV_NODE_SWITCH)
			return false;
	return true;
}

/* ret < 0, ret, ret != 0: the variable, or GCV_NONE */
static uint32_t error_of(const struct gcv_body *body, uint32_t condition)
{
	const struct gcv_node *node = &body->nodes[condition = gcv_expr_plain(body, condition)];

	if (node->kind == GCV_NODE_BINARY && (node->op == GCV_OP_LT || node->op == GCV_OP_NE) &&
	    gcv_expr_is_int(body, node->children[1], 0))
		condition = node->children[0];
	return variable_at(body, condition);
}

/* Is an error code put into a variable beside a jump, or is the jump made because of one? */
static bool is_failing(const struct gcv_body *body, uint32_t jump, uint32_t variable)
{
	const struct gcv_node *parent = &body->nodes[body->nodes[jump].parent];
	uint32_t i;
	int64_t value;

	for (i = 0; parent->kind == GCV_NODE_COMPOUND && i < parent->nr_children; i++) {
		const struct gcv_node *node = &body->nodes[parent->children[i]];

		if (node->kind == GCV_NODE_ASSIGN && node->op == GCV_OP_ASSIGN &&
		    is_ref(body, node->children[0], variable) &&
		    gcv_expr_int(body, node->children[1], &value))
			return value < 0;
	}
	if (parent->kind == GCV_NODE_COMPOUND && parent->parent != GCV_NONE)
		parent = &body->nodes[parent->parent];
	return parent->kind == GCV_NODE_IF && error_of(body, parent->children[0]) == variable;
}

/* Do the conditions around the release hold behind a jump? */
static bool is_followed(const struct rest *r, uint32_t jump)
{
	const struct gcv_body *body = r->body;
	uint32_t at = r->release->call, up, error;

	for (up = body->nodes[at].parent; up != GCV_NONE; at = up, up = body->nodes[up].parent) {
		const struct gcv_node *node = &body->nodes[up];

		if (gcv_expr_contains(body, up, r->loop))
			return true;
		if (node->kind != GCV_NODE_IF || node->children[0] == at ||
		    gcv_expr_uses_symbol(body, node->children[0], r->index))
			continue;
		error = error_of(body, node->children[0]);
		if (error == GCV_NONE || node->children[1] != at || !is_failing(body, jump, error))
			return false;
	}
	return true;
}

/* Functions that take references of some iterators only leave it open. */
static enum gcv_confidence confidence_of(const struct rest *r)
{
	return r->acquire->api->family == GCV_API_FAMILY_IOV &&
			       r->acquire->api->reference != GCV_API_REFERENCE_GET
		       ? GCV_CONFIDENCE_MEDIUM
		       : GCV_CONFIDENCE_HIGH;
}

/* From the page behind this one on: is this one given back on the way? */
static void check_next(const struct rest *r, uint32_t jump)
{
	uint32_t begin = r->cfg->block_of[inside(r->body, r->loop)];
	uint32_t out = r->cfg->block_of[jump], end = r->cfg->block_of[r->release->call];
	GCV_AUTOFREE bool *is_closed = gcv_zalloc(r->cfg->nr_blocks, sizeof(*is_closed));
	struct gcv_fault *fault;

	close_steps(r, is_closed);
	close_takes(r, is_closed);
	if (is_closed[begin] || is_closed[out] || !comes_to(r->cfg, begin, out, is_closed))
		return;
	is_closed[begin] = true;
	if (!comes_to(r->cfg, out, end, is_closed))
		return;
	fault = gcv_check_tell(r->s, GCV_CHECK_LEAK_ON_ERROR_EXIT, confidence_of(r),
			       r->acquire->site, r->release->function, jump,
			       "the page of %s() at which the loop is left here is not given back",
			       r->acquire->api->name);
	gcv_check_note(r->s, fault, r->acquire->function, r->acquire->call,
		       "the pages are acquired here");
	gcv_check_note(r->s, fault, r->release->function, jump, "the loop over them is left here");
	gcv_check_note(r->s, fault, r->release->function, r->release->call,
		       "and only those behind it are given back here");
}

/* From this page on: was it given back before? */
static void check_this(const struct rest *r, uint32_t jump)
{
	uint32_t out = r->cfg->block_of[jump], end = r->cfg->block_of[r->release->call], i;
	uint32_t begin = r->cfg->block_of[inside(r->body, r->loop)], stop;
	GCV_AUTOFREE bool *is_closed = gcv_zalloc(r->cfg->nr_blocks, sizeof(*is_closed));
	struct gcv_fault *fault;

	close_steps(r, is_closed);
	stop = gcv_expr_end(r->body, r->loop);
	for (i = r->loop; i < stop; i++) {
		uint32_t block = r->cfg->block_of[i];

		if (r->body->nodes[i].kind != GCV_NODE_CALL || block == GCV_NONE ||
		    r->body->nodes[i].nr_children < 2 || is_closed[block] || is_closed[out] ||
		    !is_page(r, r->body->nodes[i].children[1]) || !is_release(r, i) ||
		    !comes_to(r->cfg, block, out, is_closed))
			continue;
		is_closed[begin] |= begin != out;
		if (!comes_to(r->cfg, out, end, is_closed))
			return;
		fault = gcv_check_tell(
			r->s, GCV_CHECK_DOUBLE_RELEASE, confidence_of(r), r->acquire->site,
			r->release->function, r->release->call,
			"the page of %s() at which the loop was left is given back a "
			"second time",
			r->acquire->api->name);
		gcv_check_note(r->s, fault, r->acquire->function, r->acquire->call,
			       "the pages are acquired here");
		gcv_check_note(r->s, fault, r->release->function, i, "one is given back here");
		gcv_check_note(r->s, fault, r->release->function, jump, "the loop is left here");
		gcv_check_note(r->s, fault, r->release->function, r->release->call,
			       "and that page is among those given back here");
		return;
	}
}

/* Does a loop run over the array by the variable, one page a round? */
static bool is_of_array(const struct rest *r, uint32_t loop)
{
	const struct gcv_node *node = &r->body->nodes[loop];
	uint32_t i, writes, end = gcv_expr_end(r->body, loop);

	if ((node->kind != GCV_NODE_FOR && node->kind != GCV_NODE_WHILE) ||
	    gcv_expr_contains(r->body, loop, r->release->call))
		return false;
	writes = gcv_expr_count_writes(r->body, loop, r->index, NULL);
	if (node->kind == GCV_NODE_FOR)
		writes -= gcv_expr_count_writes(r->body, node->children[0], r->index, NULL);
	if (writes != 1)
		return false;
	for (i = inside(r->body, loop); i < end; i++)
		if (r->body->nodes[i].kind == GCV_NODE_INDEX && is_page(r, i))
			return true;
	return false;
}

static void check_release(struct rest *r)
{
	uint32_t i;

	for (r->loop = 0; r->loop < r->body->nr_nodes; r->loop++) {
		if (!is_of_array(r, r->loop))
			continue;
		for (i = r->loop; i < gcv_expr_end(r->body, r->loop); i++) {
			if (r->cfg->block_of[i] == GCV_NONE || !leaves(r, i) || !is_followed(r, i))
				continue;
			if (r->skip)
				check_next(r, i);
			else
				check_this(r, i);
		}
	}
}

void gcv_check_rest(struct gcv_check_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_releases; i++) {
		struct rest r = { .s = s, .release = &s->flow->releases[i] };
		uint32_t acquire = gcv_check_acquire_at(s, r.release->place);
		const struct gcv_check_graph *graph;

		if (!r.release->api || acquire == GCV_NONE)
			continue;
		r.acquire = &s->flow->acquires[acquire];
		r.body = s->facts->functions[r.release->function].body;
		if (!find_start(&r))
			continue;
		graph = gcv_check_graph(s, r.release->function);
		r.cfg = &graph->cfg;
		if (r.cfg->is_complete && r.cfg->block_of[r.release->call] != GCV_NONE)
			check_release(&r);
	}
}
