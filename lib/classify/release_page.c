// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"
#include "flow/program.h"

#include <string.h>

void gcv_finder_other(struct gcv_finder *f, uint32_t node)
{
	if (f->shape->other == GCV_NONE)
		f->shape->other = node;
}

bool gcv_finder_is_statement(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *parent;

	if (body->nodes[node].parent == GCV_NONE)
		return true;
	parent = &body->nodes[body->nodes[node].parent];
	switch (parent->kind) {
	case GCV_NODE_COMPOUND:
	case GCV_NODE_LABEL:
	case GCV_NODE_DEFAULT:
		return true;
	case GCV_NODE_IF:
		return parent->children[0] != node;
	case GCV_NODE_CASE:
		return parent->children[2] == node;
	case GCV_NODE_SWITCH:
	case GCV_NODE_WHILE:
		return parent->children[1] == node;
	case GCV_NODE_DO:
		return parent->children[0] == node;
	case GCV_NODE_FOR:
		return parent->children[3] == node;
	default:
		return false;
	}
}

uint32_t gcv_finder_only(const struct gcv_body *body, uint32_t node)
{
	while (body->nodes[node].kind == GCV_NODE_COMPOUND && body->nodes[node].nr_children == 1)
		node = body->nodes[node].children[0];
	return node;
}

const struct gcv_accessor *gcv_finder_called(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_symbol *callee;

	if (!f->accessors || f->body->nodes[node].kind != GCV_NODE_CALL)
		return NULL;
	callee = gcv_body_callee(f->body, node);
	if (!callee || callee->kind != GCV_SYMBOL_FUNCTION)
		return NULL;
	return gcv_accessor_find(f->accessors, callee->name);
}

bool gcv_finder_is_page(const struct gcv_body *body, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(body, node);

	return gcv_expr_type_is(&type, "struct page", 1) ||
	       gcv_expr_type_is(&type, "struct folio", 1);
}

uint32_t gcv_finder_returned(const struct gcv_finder *f, uint32_t call, bool through)
{
	const struct gcv_accessor *a = gcv_finder_called(f, call);
	const struct gcv_node *n = &f->body->nodes[call];
	uint32_t i;

	for (i = 0; a && i < a->nr_flows; i++) {
		const struct gcv_accessor_flow *flow = &a->flows[i];

		if (flow->to.arg != -1 || flow->to.nr_path || flow->origin != GCV_ORIGIN_NONE ||
		    flow->from.arg < 0 || (flow->from.nr_path && !through))
			continue;
		if ((uint32_t)flow->from.arg + 1 < n->nr_children)
			return n->children[flow->from.arg + 1];
	}
	return GCV_NONE;
}

uint32_t gcv_finder_identity(const struct gcv_finder *f, uint32_t node)
{
	uint32_t arg;

	for (;;) {
		node = gcv_expr_plain(f->body, node);
		arg = gcv_finder_returned(f, node, false);
		if (arg == GCV_NONE || !gcv_finder_is_page(f->body, arg))
			return node;
		node = arg;
	}
}

/* A variable that only this function can write, unless its address is taken. */
static bool is_local(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[node];

	return n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
	       (body->symbols[n->symbol].kind == GCV_SYMBOL_LOCAL ||
		body->symbols[n->symbol].kind == GCV_SYMBOL_PARAM);
}

bool gcv_finder_holds_label(const struct gcv_body *body, uint32_t node)
{
	uint32_t end = gcv_expr_end(body, node), i;

	for (i = node; i < end; i++)
		if (body->nodes[i].kind == GCV_NODE_LABEL)
			return true;
	return false;
}

/*
 * Does a statement do nothing but give a variable its value? Otherwise @ret_end tells that the
 * search is over: it writes the variable in another way, or the statement can be reached by a jump.
 */
static uint32_t assigned_by(const struct gcv_body *body, uint32_t node, uint32_t symbol,
			    bool *ret_end)
{
	const struct gcv_node *n = &body->nodes[node];
	uint32_t i, expr;

	*ret_end = n->kind == GCV_NODE_LABEL || n->kind == GCV_NODE_CASE ||
		   n->kind == GCV_NODE_DEFAULT;
	if (*ret_end)
		return assigned_by(body, n->children[n->nr_children - 1], symbol, &(bool){ 0 });
	if (n->kind == GCV_NODE_DECL) {
		for (i = n->nr_children; i-- > 0;) {
			if (body->nodes[n->children[i]].symbol != symbol)
				continue;
			*ret_end = true;
			return gcv_expr_is_write(body, n->children[i], symbol) ? n->children[i]
									       : GCV_NONE;
		}
	}
	expr = gcv_expr_plain(body, node);
	if (body->nodes[expr].kind == GCV_NODE_ASSIGN && body->nodes[expr].op == GCV_OP_ASSIGN &&
	    gcv_expr_is_write(body, expr, symbol) &&
	    gcv_expr_count_writes(body, expr, symbol, NULL) == 1)
		return expr;
	*ret_end = gcv_finder_holds_label(body, node) ||
		   gcv_expr_count_writes(body, node, symbol, NULL);
	return GCV_NONE;
}

/* Is a variable written by a loop's head or elsewhere in its body, when we come out of it? */
static bool loop_writes(struct gcv_finder *f, uint32_t loop, uint32_t symbol)
{
	const struct gcv_node *n = &f->body->nodes[loop];

	if (!gcv_expr_count_writes(f->body, loop, symbol, NULL))
		return false;
	if (n->kind == GCV_NODE_FOR &&
	    gcv_expr_count_writes(f->body, loop, symbol, NULL) >
		    gcv_expr_count_writes(f->body, n->children[3], symbol, NULL))
		f->header_var = symbol;
	return true;
}

/* Where a variable got the value that it has at a statement: VAR, ASSIGN or GCV_NONE. */
static uint32_t find_assign(struct gcv_finder *f, uint32_t statement, uint32_t symbol)
{
	const struct gcv_body *body = f->body;
	uint32_t child = statement, parent, i, found;
	bool end = false;

	for (; (parent = body->nodes[child].parent) != GCV_NONE; child = parent) {
		const struct gcv_node *n = &body->nodes[parent];

		switch (n->kind) {
		case GCV_NODE_COMPOUND:
			for (i = 0; n->children[i] != child; i++)
				;
			while (i-- > 0) {
				found = assigned_by(body, n->children[i], symbol, &end);
				if (found != GCV_NONE || end)
					return found;
			}
			break;
		case GCV_NODE_WHILE:
		case GCV_NODE_DO:
		case GCV_NODE_FOR:
			if (loop_writes(f, parent, symbol))
				return GCV_NONE;
			break;
		case GCV_NODE_IF:
			if (gcv_expr_count_writes(body, n->children[0], symbol, NULL))
				return GCV_NONE;
			break;
		default:
			return GCV_NONE;
		}
	}
	return GCV_NONE;
}

static uint32_t statement_of(const struct gcv_body *body, uint32_t node)
{
	while (!gcv_finder_is_statement(body, node))
		node = body->nodes[node].parent;
	return node;
}

static uint32_t assigned_value(const struct gcv_body *body, uint32_t assign)
{
	const struct gcv_node *n = &body->nodes[assign];

	return n->children[n->kind == GCV_NODE_VAR ? 0 : 1];
}

static void resolve(struct gcv_finder *f)
{
	const struct gcv_body *body = f->body;
	uint32_t statement = f->shape->statement;

	while (f->nr_vars < GCV_FINDER_VARS && is_local(body, f->shape->source)) {
		uint32_t symbol = body->nodes[f->shape->source].symbol;
		uint32_t assign = find_assign(f, statement, symbol);

		f->vars[f->nr_vars] = symbol;
		f->assigns[f->nr_vars++] = assign;
		if (assign == GCV_NONE)
			return;
		if (f->shape->assign == GCV_NONE)
			f->shape->assign = assign;
		f->shape->source = gcv_finder_identity(f, assigned_value(body, assign));
		statement = statement_of(body, assign);
	}
}

static uint32_t arg_at(const struct gcv_finder *f, int position)
{
	const struct gcv_node *n = &f->body->nodes[f->shape->call];

	if (position < 0 || (uint32_t)position + 1 >= n->nr_children)
		return GCV_NONE;
	return n->children[position + 1];
}

static int page_position(const struct gcv_api_signature *sig)
{
	static const enum gcv_api_arg roles[] = {
		GCV_API_ARG_PAGES,  GCV_API_ARG_PAGE, GCV_API_ARG_FOLIOS, GCV_API_ARG_FOLIO,
		GCV_API_ARG_VECTOR, GCV_API_ARG_BIO,  GCV_API_ARG_BVECS,
	};
	size_t i;

	if (!sig)
		return 0;
	for (i = sizeof(roles) / sizeof(roles[0]); i-- > 0;)
		if (sig->arg[roles[i]] >= 0 && roles[i] != GCV_API_ARG_BIO)
			return sig->arg[roles[i]];
	return sig->arg[GCV_API_ARG_BIO] >= 0 ? sig->arg[GCV_API_ARG_BIO] : 0;
}

static bool is_array(enum gcv_api_shape shape)
{
	return shape == GCV_API_SHAPE_ARRAY || shape == GCV_API_SHAPE_ALLOCATED_ARRAY ||
	       shape == GCV_API_SHAPE_FOLIO_ARRAY;
}

/* An argument for a transparent union is wrapped in a literal of it: release_pages_arg. */
static uint32_t below_union(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n;

	node = gcv_expr_plain(body, node);
	n = &body->nodes[node];
	if (n->kind != GCV_NODE_COMPOUND_LITERAL || n->nr_children != 1)
		return node;
	n = &body->nodes[n->children[0]];
	return n->kind == GCV_NODE_INIT_LIST && n->nr_children == 1
		       ? gcv_expr_plain(body, n->children[0])
		       : node;
}

void gcv_finder_page(struct gcv_finder *f, const struct gcv_api_function *api,
		     const struct gcv_api_signature *sig)
{
	struct gcv_release_shape *s = f->shape;
	const struct gcv_node *n;

	s->page = arg_at(f, page_position(sig));
	f->is_many = is_array(api->shape) || api->shape == GCV_API_SHAPE_RANGE;
	if (f->is_many || sig)
		s->count = arg_at(f, sig ? sig->arg[GCV_API_ARG_COUNT] : 1);
	if (s->page == GCV_NONE) {
		gcv_finder_other(f, s->call);
		return;
	}
	s->source = f->element = below_union(f->body, s->page);
	if (is_array(api->shape)) {
		if (s->count == GCV_NONE || !gcv_expr_is_int(f->body, s->count, 1))
			return;
		s->is_element = true;
		f->is_many = false;
		n = &f->body->nodes[s->source];
		f->is_pointed = n->kind != GCV_NODE_UNARY || n->op != GCV_OP_ADDR;
		if (f->is_pointed)
			return;
		s->source = f->element = n->children[0];
	}
	s->source = gcv_finder_identity(f, s->source);
	if (!f->is_pointed)
		resolve(f);
}
