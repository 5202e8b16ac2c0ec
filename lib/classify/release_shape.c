// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"

#include <string.h>

void gcv_finder_start(struct gcv_finder *f, struct gcv_release_shape *shape, uint32_t call)
{
	const struct gcv_body *body = f->body;
	const struct gcv_api *table = f->table;
	const struct gcv_accessors *accessors = f->accessors;
	uint32_t statement = call;

	while (!gcv_finder_is_statement(body, statement))
		statement = body->nodes[statement].parent;
	*shape = (struct gcv_release_shape){
		.call = call,
		.statement = statement,
		.page = GCV_NONE,
		.source = GCV_NONE,
		.assign = GCV_NONE,
		.count = GCV_NONE,
		.loop = GCV_NONE,
		.index = GCV_NONE,
		.array = GCV_NONE,
		.step = GCV_NONE,
		.first = GCV_NONE,
		.offset = GCV_NONE,
		.bound = GCV_NONE,
		.condition = GCV_NONE,
		.null_check = GCV_NONE,
		.dirty_call = GCV_NONE,
		.dirty_condition = GCV_NONE,
		.partner = GCV_NONE,
		.clear = GCV_NONE,
		.other = GCV_NONE,
		.guard = GCV_NONE,
		.param = GCV_NONE,
	};
	*f = (struct gcv_finder){
		.body = body,
		.table = table,
		.accessors = accessors,
		.shape = shape,
		.element = GCV_NONE,
		.header_var = GCV_NONE,
		.partner_if = GCV_NONE,
	};
	if (gcv_expr_plain(body, statement) != call)
		gcv_finder_other(f, statement);
}

/* do { … } while (0) of a macro is no loop. */
static bool is_loop(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];

	return n->kind == GCV_NODE_FOR || n->kind == GCV_NODE_WHILE ||
	       (n->kind == GCV_NODE_DO && !gcv_expr_is_int(body, n->children[1], 0));
}

/* The innermost loop in each of whose rounds another page is released; or one that does nothing
 * but release the same page again and again. */
static uint32_t find_loop(const struct gcv_finder *f)
{
	const struct gcv_body *body = f->body;
	uint32_t node = f->shape->statement, child = node;
	bool is_inner = true;

	for (;; child = node) {
		node = body->nodes[child].parent;
		if (node == GCV_NONE)
			return GCV_NONE;
		if (!is_loop(body, node) || !gcv_finder_is_statement(body, child))
			continue;
		if (gcv_finder_varies(f, node))
			return node;
		if (is_inner && gcv_finder_only(body, child) == f->shape->statement)
			return node;
		is_inner = false;
	}
}

static void look_at_loop(struct gcv_finder *f, enum gcv_finder_kind kind)
{
	struct gcv_release_shape *s = f->shape;
	const struct gcv_node *n = &f->body->nodes[s->loop];

	if (!gcv_finder_varies(f, s->loop))
		gcv_finder_other(f, s->page);
	else if (kind == GCV_FINDER_PLAIN)
		gcv_finder_loop(f);
	gcv_finder_scan(f, n->children[n->kind == GCV_NODE_FOR	   ? 3
				       : n->kind == GCV_NODE_WHILE ? 1
								   : 0]);
}

/* Where an array call's array begins: pages + k, &pages[k]. */
static void look_at_array(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;
	const struct gcv_body *body = f->body;
	const struct gcv_node *n = &body->nodes[s->source];
	uint32_t array = s->source, offset = GCV_NONE;

	if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR) {
		n = &body->nodes[gcv_expr_plain(body, n->children[0])];
		if (n->kind != GCV_NODE_INDEX)
			return;
		array = n->children[0];
		offset = n->children[1];
	} else if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_ADD) {
		bool is_left = gcv_expr_type(body, n->children[0]).pointers > 0;

		array = n->children[!is_left];
		offset = n->children[is_left];
	}
	if (offset != GCV_NONE && gcv_expr_is_int(body, offset, 0))
		offset = GCV_NONE;
	if (!gcv_expr_is_pure(body, s->source)) {
		gcv_finder_other(f, s->page);
		return;
	}
	s->array = array;
	s->offset = offset;
}

/* Is a negative count harmless? It is where the function takes it as it is. */
static bool is_count_signed(const struct gcv_body *body, uint32_t count,
			    const struct gcv_api_signature *sig)
{
	int position = sig ? sig->arg[GCV_API_ARG_COUNT] : -1;
	enum gcv_expr_sign sign;
	unsigned int bits;
	int64_t value;

	if (position < 0 || count == GCV_NONE || gcv_expr_int(body, count, &value))
		return false;
	if (strcmp(sig->params[position].type, "int") != 0 &&
	    strcmp(sig->params[position].type, "long") != 0)
		return false;
	sign = gcv_expr_sign(body, count, &bits);
	return sign != GCV_EXPR_UNSIGNED;
}

static bool is_all_release(const struct gcv_finder *f, uint32_t branch)
{
	const struct gcv_node *n = &f->body->nodes[branch];
	const struct gcv_release_shape *s = f->shape;
	uint32_t unit = f->partner_if != GCV_NONE ? f->partner_if : s->statement, i;

	if (gcv_finder_only(f->body, branch) == unit)
		return true;
	if (n->kind != GCV_NODE_COMPOUND)
		return false;
	for (i = 0; i < n->nr_children; i++) {
		uint32_t at = n->children[i];

		if (at != unit &&
		    !(s->dirty_call != GCV_NONE && gcv_expr_contains(f->body, at, s->dirty_call)))
			return false;
	}
	return true;
}

/* if (page) put_page(page); */
static void look_at_null_check(struct gcv_finder *f)
{
	uint32_t child = f->partner_if != GCV_NONE ? f->partner_if : f->shape->statement, node;
	const struct gcv_node *n;
	bool is_there;

	node = f->body->nodes[child].parent;
	if (node != GCV_NONE && f->body->nodes[node].kind == GCV_NODE_COMPOUND) {
		child = node;
		node = f->body->nodes[child].parent;
	}
	if (node == GCV_NONE || f->body->nodes[node].kind != GCV_NODE_IF)
		return;
	n = &f->body->nodes[node];
	if (n->children[1] == child && f->body->nodes[n->children[2]].kind == GCV_NODE_NONE &&
	    gcv_finder_null_test(f, n->children[0], &is_there) && is_there &&
	    is_all_release(f, child))
		f->shape->null_check = node;
}

static void look_at_single(struct gcv_finder *f)
{
	if (f->shape->partner != GCV_NONE)
		gcv_finder_condition(f, f->shape->dirty_condition, f->shape->is_dirty_inverted);
	gcv_finder_dirtied_before(f);
	if (!f->is_many)
		look_at_null_check(f);
}

static enum gcv_finder_kind look_at_many(struct gcv_finder *f, const struct gcv_api_signature *sig)
{
	bool is_number = gcv_finder_source_kind(f) == GCV_FINDER_NUMBER;

	f->shape->is_bound_signed = is_count_signed(f->body, f->shape->count, sig);
	if (!is_number)
		look_at_array(f);
	look_at_single(f);
	return is_number ? GCV_FINDER_NUMBER : GCV_FINDER_PLAIN;
}

/* What else is passed (make_dirty, a bio) has to be the same for all pages. */
static void look_at_arguments(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;
	const struct gcv_node *n = &f->body->nodes[s->call];
	uint32_t i;

	for (i = 1; i < n->nr_children; i++) {
		uint32_t arg = n->children[i];

		if (arg != s->page && arg != s->count &&
		    (!gcv_expr_is_pure(f->body, arg) || gcv_finder_changes(f, arg, s->loop)))
			gcv_finder_other(f, arg);
	}
}

static enum gcv_finder_kind look_at_page(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;
	enum gcv_finder_kind kind;

	s->loop = find_loop(f);
	kind = gcv_finder_source_kind(f);
	if (s->loop == GCV_NONE) {
		look_at_single(f);
		return kind;
	}
	look_at_loop(f, kind);
	look_at_arguments(f);
	/* several references of one folio, in each round as many as the count says */
	if (s->count != GCV_NONE && !gcv_expr_is_int(f->body, s->count, 1))
		gcv_finder_other(f, s->count);
	return kind;
}

static void look_at_guard(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;
	uint32_t child = s->loop != GCV_NONE ? s->loop : s->statement, node;

	for (; (node = f->body->nodes[child].parent) != GCV_NONE; child = node) {
		if (f->body->nodes[node].kind != GCV_NODE_IF || node == s->null_check ||
		    node == f->partner_if || f->body->nodes[node].children[0] == child)
			continue;
		s->guard = node;
		s->is_guard_else = f->body->nodes[node].children[2] == child;
		return;
	}
}

static enum gcv_pattern name_of_loop(const struct gcv_release_shape *s)
{
	if (s->other != GCV_NONE)
		return GCV_PATTERN_LOOP_KEPT;
	if (s->partner != GCV_NONE)
		return GCV_PATTERN_IF_DIRTY;
	if (s->clear != GCV_NONE)
		return GCV_PATTERN_LOOP_CLEAR;
	if (s->dirty_condition != GCV_NONE)
		return GCV_PATTERN_LOOP_COND_DIRTY;
	if (s->dirty_call != GCV_NONE)
		return GCV_PATTERN_LOOP_DIRTY;
	if (s->null_check != GCV_NONE)
		return GCV_PATTERN_LOOP_NULL_CHECK;
	if (s->is_down && s->step == GCV_NONE)
		return GCV_PATTERN_COUNT_DOWN;
	if (s->first != GCV_NONE || s->offset != GCV_NONE)
		return GCV_PATTERN_ARRAY_AT_OFFSET;
	return GCV_PATTERN_LOOP;
}

static enum gcv_pattern name_of_call(const struct gcv_finder *f)
{
	const struct gcv_release_shape *s = f->shape;

	if (s->partner != GCV_NONE)
		return GCV_PATTERN_IF_DIRTY;
	if (f->is_many)
		return s->offset != GCV_NONE ? GCV_PATTERN_ARRAY_AT_OFFSET
					     : GCV_PATTERN_RELEASE_PAGES;
	if (s->dirty_call != GCV_NONE && s->other == GCV_NONE)
		return GCV_PATTERN_SINGLE_DIRTY;
	return GCV_PATTERN_SINGLE;
}

static enum gcv_pattern name_of(const struct gcv_finder *f, enum gcv_finder_kind kind)
{
	const struct gcv_release_shape *s = f->shape;

	if (kind == GCV_FINDER_NUMBER)
		return GCV_PATTERN_NUMBER;
	if (s->loop == GCV_NONE)
		return name_of_call(f);
	if (kind == GCV_FINDER_SG)
		return GCV_PATTERN_SG_LOOP;
	if (kind == GCV_FINDER_BVEC)
		return GCV_PATTERN_BVEC_LOOP;
	return name_of_loop(s);
}

static bool is_container(enum gcv_api_shape shape)
{
	return shape == GCV_API_SHAPE_VECTOR || shape == GCV_API_SHAPE_BIO ||
	       shape == GCV_API_SHAPE_BVECS;
}

static void name_wrapper(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;

	gcv_finder_wrapper(f);
	if (s->is_only_body && s->loop == GCV_NONE &&
	    (s->pattern == GCV_PATTERN_SINGLE || s->pattern == GCV_PATTERN_SINGLE_DIRTY ||
	     s->pattern == GCV_PATTERN_RELEASE_PAGES || s->pattern == GCV_PATTERN_ARRAY_AT_OFFSET))
		s->pattern = GCV_PATTERN_WRAPPER;
}

void gcv_release_shape_of(const struct gcv_body *body, uint32_t call,
			  const struct gcv_api_function *api, const struct gcv_api_signature *sig,
			  const struct gcv_api *table, const struct gcv_accessors *accessors,
			  struct gcv_release_shape *ret_shape)
{
	struct gcv_finder f = { .body = body, .table = table, .accessors = accessors };
	enum gcv_finder_kind kind = GCV_FINDER_PLAIN;
	struct gcv_release_shape *s = ret_shape;

	gcv_finder_start(&f, s, call);
	gcv_finder_page(&f, api, sig);
	if (s->page == GCV_NONE) {
		s->pattern = GCV_PATTERN_SINGLE;
	} else if (is_container(api->shape)) {
		s->pattern = GCV_PATTERN_CONTAINER;
	} else {
		gcv_finder_partner(&f, api, sig);
		kind = f.is_many ? look_at_many(&f, sig) : look_at_page(&f);
		s->pattern = name_of(&f, kind);
	}
	look_at_guard(&f);
	name_wrapper(&f);
}
