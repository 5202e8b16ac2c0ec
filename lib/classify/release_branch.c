// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"
#include "flow/program.h"

#include <string.h>

/* GCV_FINDER_BEFORE - statements before a release in which dirtying is looked for */
#define GCV_FINDER_BEFORE 16

/* Does a call have an effect on the released page? */
static bool has_effect(const struct gcv_finder *f, uint32_t call, enum gcv_effect effect)
{
	const struct gcv_accessor *a = gcv_finder_called(f, call);
	const struct gcv_node *n = &f->body->nodes[call];
	uint32_t i;

	for (i = 0; a && i < a->nr_effects; i++) {
		const struct gcv_accessor_effect *e = &a->effects[i];
		int arg = e->arg.arg;

		if (e->effect == effect && arg >= 0 && !e->arg.nr_path &&
		    (uint32_t)arg + 1 < n->nr_children &&
		    gcv_finder_same_page(f, n->children[arg + 1]))
			return true;
	}
	return false;
}

bool gcv_finder_dirties(const struct gcv_finder *f, uint32_t node, bool *ret_is_locked)
{
	bool is_locked = has_effect(f, node, GCV_EFFECT_DIRTY_LOCK);

	if (!is_locked && !has_effect(f, node, GCV_EFFECT_DIRTY))
		return false;
	*ret_is_locked = is_locked;
	return true;
}

/*
 * What is left of a condition without the question whether the page is dirty already: dirtying it
 * once more changes nothing. GCV_NONE where nothing is left.
 */
static uint32_t without_dirty_test(const struct gcv_finder *f, uint32_t condition)
{
	const struct gcv_node *n = &f->body->nodes[condition];
	bool is_inverted;
	uint32_t i;

	if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_LAND)
		for (i = 0; i < 2; i++)
			if (without_dirty_test(f, n->children[i]) == GCV_NONE)
				return without_dirty_test(f, n->children[!i]);
	i = gcv_expr_condition(f->body, condition, &is_inverted);
	return is_inverted && has_effect(f, i, GCV_EFFECT_DIRTY_TEST) ? GCV_NONE : condition;
}

void gcv_finder_condition(struct gcv_finder *f, uint32_t condition, bool is_inverted)
{
	struct gcv_release_shape *s = f->shape;
	uint32_t i;

	if (condition != GCV_NONE && !is_inverted)
		condition = without_dirty_test(f, condition);
	s->dirty_condition = condition;
	s->is_dirty_inverted = is_inverted;
	s->is_condition_per_page = false;
	if (condition == GCV_NONE)
		return;
	s->is_condition_per_page = !gcv_expr_is_pure(f->body, condition);
	for (i = 0; i < f->nr_vars; i++)
		s->is_condition_per_page |= gcv_expr_uses_symbol(f->body, condition, f->vars[i]);
	if (s->loop == GCV_NONE)
		return;
	s->is_condition_per_page |= gcv_finder_changes(f, condition, s->loop);
	if (s->is_condition_per_page)
		gcv_finder_other(f, condition);
}

bool gcv_finder_dirty(struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	uint32_t call = node, condition = GCV_NONE;
	bool is_locked;

	if (n->kind == GCV_NODE_IF && f->body->nodes[n->children[2]].kind == GCV_NODE_NONE) {
		condition = n->children[0];
		call = gcv_finder_only(f->body, n->children[1]);
	}
	call = gcv_expr_plain(f->body, call);
	if (!gcv_finder_dirties(f, call, &is_locked))
		return false;
	f->shape->dirty_call = call;
	f->shape->is_dirty_locked = is_locked;
	if (condition != GCV_NONE)
		gcv_finder_condition(f, condition, false);
	return true;
}

/* The signature that fits a call by the number of its arguments. */
static const struct gcv_api_signature *fitting(const struct gcv_api_function *api, uint32_t nr_args)
{
	size_t i;

	for (i = 0; i < api->nr_signatures; i++)
		if (api->signatures[i].nr_params == nr_args)
			return &api->signatures[i];
	return NULL;
}

/* Does a release dirty the pages? -1: cannot be told. */
static int dirties_itself(const struct gcv_body *body, uint32_t call,
			  const struct gcv_api_function *api, const struct gcv_api_signature *sig)
{
	enum gcv_api_dirty dirty = sig ? sig->dirty : api->dirty;
	const struct gcv_node *n = &body->nodes[call];
	int64_t value;
	int arg = sig ? sig->arg[GCV_API_ARG_MAKE_DIRTY] : -1;

	if (dirty != GCV_API_DIRTY_BY_ARGUMENT)
		return dirty == GCV_API_DIRTY_ALWAYS;
	if (arg < 0 || (uint32_t)arg + 1 >= n->nr_children ||
	    !gcv_expr_int(body, n->children[arg + 1], &value))
		return -1;
	return value != 0;
}

/* Do two calls release the same pages? */
static bool is_same_release(const struct gcv_finder *a, const struct gcv_finder *b)
{
	const struct gcv_release_shape *s = a->shape, *t = b->shape;

	if (s->page == GCV_NONE || t->page == GCV_NONE || a->is_many != b->is_many)
		return false;
	if (a->is_many)
		return gcv_finder_same_value(a, s->page, t->page) &&
		       gcv_finder_same_value(a, s->count, t->count);
	if (a->is_pointed && b->is_pointed)
		return gcv_finder_same_value(a, s->source, t->source);
	return b->is_pointed ? gcv_finder_same_page(b, a->element)
			     : gcv_finder_same_page(a, b->element);
}

/* The IF in whose branch a statement is the only one, while there is another branch. */
static uint32_t branching_if(const struct gcv_body *body, uint32_t statement)
{
	uint32_t parent = body->nodes[statement].parent;

	while (parent != GCV_NONE && body->nodes[parent].kind == GCV_NODE_COMPOUND &&
	       body->nodes[parent].nr_children == 1) {
		statement = parent;
		parent = body->nodes[parent].parent;
	}
	if (parent == GCV_NONE || body->nodes[parent].kind != GCV_NODE_IF ||
	    body->nodes[body->nodes[parent].children[2]].kind == GCV_NODE_NONE ||
	    body->nodes[parent].children[0] == statement)
		return GCV_NONE;
	return parent;
}

static void note_partner(struct gcv_finder *f, uint32_t node, uint32_t call, bool is_partner_dirty,
			 const struct gcv_api_function *api)
{
	const struct gcv_node *n = &f->body->nodes[node];
	struct gcv_release_shape *s = f->shape;

	s->partner = call;
	f->partner_if = node;
	s->dirty_call = is_partner_dirty ? call : s->call;
	s->is_dirty_locked = api->page_lock;
	s->dirty_condition = n->children[0];
	s->is_dirty_inverted = gcv_expr_contains(f->body, n->children[2], s->dirty_call);
}

void gcv_finder_partner(struct gcv_finder *f, const struct gcv_api_function *api,
			const struct gcv_api_signature *sig)
{
	struct gcv_release_shape shape = *f->shape;
	struct gcv_finder other = *f;
	const struct gcv_api_function *api2;
	const struct gcv_api_signature *sig2;
	const struct gcv_symbol *callee;
	uint32_t node = branching_if(f->body, f->shape->statement), call;
	const struct gcv_node *n;
	int is_dirty, is_dirty2;

	if (!f->table || node == GCV_NONE)
		return;
	n = &f->body->nodes[node];
	call = gcv_expr_contains(f->body, n->children[1], f->shape->call) ? n->children[2]
									  : n->children[1];
	call = gcv_expr_plain(f->body, gcv_finder_only(f->body, call));
	callee = gcv_body_callee(f->body, call);
	if (!callee || callee->kind != GCV_SYMBOL_FUNCTION)
		return;
	api2 = gcv_api_find(f->table, callee->name, strlen(callee->name));
	if (!api2 || api2->role != GCV_API_RELEASE)
		return;
	sig2 = fitting(api2, f->body->nodes[call].nr_children - 1);
	is_dirty = dirties_itself(f->body, f->shape->call, api, sig);
	is_dirty2 = dirties_itself(f->body, call, api2, sig2);
	if (!sig2 || is_dirty < 0 || is_dirty2 < 0 || is_dirty == is_dirty2)
		return;
	gcv_finder_start(&other, &shape, call);
	gcv_finder_page(&other, api2, sig2);
	if (is_same_release(f, &other))
		note_partner(f, node, call, is_dirty2, is_dirty2 ? api2 : api);
}

static bool writes_page(const struct gcv_finder *f, uint32_t node)
{
	uint32_t i;

	for (i = 0; i < f->nr_vars; i++)
		if (gcv_expr_count_writes(f->body, node, f->vars[i], NULL))
			return true;
	return false;
}

void gcv_finder_dirtied_before(struct gcv_finder *f)
{
	const struct gcv_body *body = f->body;
	uint32_t child = f->shape->statement, between = GCV_NONE, i;
	const struct gcv_node *list;
	unsigned int seen;

	if (f->shape->dirty_call != GCV_NONE || body->nodes[child].parent == GCV_NONE)
		return;
	list = &body->nodes[body->nodes[child].parent];
	if (list->kind != GCV_NODE_COMPOUND)
		return;
	for (i = 0; list->children[i] != child; i++)
		;
	for (seen = 0; i-- > 0 && seen < GCV_FINDER_BEFORE; seen++) {
		uint32_t at = list->children[i];
		enum gcv_node_kind kind = body->nodes[at].kind;

		if (kind == GCV_NODE_LABEL || kind == GCV_NODE_CASE || kind == GCV_NODE_DEFAULT)
			return;
		if (gcv_finder_dirty(f, at)) {
			if (between != GCV_NONE)
				gcv_finder_other(f, between);
			return;
		}
		if (writes_page(f, at) || gcv_finder_holds_label(body, at))
			return;
		if (between == GCV_NONE || kind != GCV_NODE_EMPTY)
			between = at;
	}
}
