// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_finder.h"

/* The parameter that an expression is, or GCV_NONE. */
static uint32_t param_of(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n;

	if (node == GCV_NONE)
		return GCV_NONE;
	n = &body->nodes[gcv_expr_plain(body, node)];
	if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE ||
	    body->symbols[n->symbol].kind != GCV_SYMBOL_PARAM)
		return GCV_NONE;
	return n->symbol;
}

/* The parameter whose page or pages are released. */
static uint32_t released_param(const struct gcv_finder *f)
{
	const struct gcv_release_shape *s = f->shape;
	const struct gcv_node *n = &f->body->nodes[s->source];

	if (s->array != GCV_NONE)
		return param_of(f->body, s->array);
	if (n->kind == GCV_NODE_BINARY && s->pattern == GCV_PATTERN_NUMBER) {
		uint32_t param = param_of(f->body, n->children[1]);

		return param != GCV_NONE ? param : param_of(f->body, n->children[0]);
	}
	if (n->kind == GCV_NODE_CALL && s->pattern == GCV_PATTERN_NUMBER)
		return param_of(f->body, gcv_finder_returned(f, s->source, false));
	if (n->kind == GCV_NODE_INDEX && gcv_expr_is_int(f->body, n->children[1], 0))
		return param_of(f->body, n->children[0]);
	if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_DEREF)
		return param_of(f->body, n->children[0]);
	return param_of(f->body, s->source);
}

/* What a wrapper may return; true is an enum constant in the kernel. */
static bool is_constant_or_none(const struct gcv_body *body, uint32_t node)
{
	int64_t value;

	return body->nodes[node].kind == GCV_NODE_NONE || gcv_expr_int(body, node, &value);
}

/* if (!pages) return; */
static bool is_early_return(const struct gcv_finder *f, uint32_t node, uint32_t param)
{
	const struct gcv_node *n = &f->body->nodes[node];
	const struct gcv_node *exit, *test;
	bool is_inverted;

	if (n->kind != GCV_NODE_IF || f->body->nodes[n->children[2]].kind != GCV_NODE_NONE)
		return false;
	exit = &f->body->nodes[gcv_finder_only(f->body, n->children[1])];
	if (exit->kind != GCV_NODE_RETURN || !is_constant_or_none(f->body, exit->children[0]))
		return false;
	test = &f->body->nodes[gcv_expr_condition(f->body, n->children[0], &is_inverted)];
	if (test->kind == GCV_NODE_BINARY && test->op == GCV_OP_EQ &&
	    gcv_expr_is_int(f->body, test->children[1], 0)) {
		is_inverted = !is_inverted;
		test = &f->body->nodes[gcv_expr_plain(f->body, test->children[0])];
	}
	return is_inverted && test->kind == GCV_NODE_REF && test->symbol == param;
}

static bool is_assign(const struct gcv_finder *f, uint32_t node)
{
	uint32_t i;

	for (i = 0; i < f->nr_vars; i++)
		if (f->assigns[i] == node)
			return true;
	return false;
}

static bool is_plain_declaration(const struct gcv_finder *f, uint32_t node)
{
	const struct gcv_node *n = &f->body->nodes[node];
	uint32_t i;

	for (i = 0; i < n->nr_children; i++) {
		const struct gcv_node *var = &f->body->nodes[n->children[i]];

		if (var->nr_children && f->body->nodes[var->children[0]].kind != GCV_NODE_NONE &&
		    !is_assign(f, n->children[i]) && !gcv_expr_is_pure(f->body, var->children[0]))
			return false;
	}
	return true;
}

/* Is a statement part of the release, or nothing? */
static bool is_part(const struct gcv_finder *f, uint32_t node, uint32_t param)
{
	const struct gcv_release_shape *s = f->shape;
	const struct gcv_node *n = &f->body->nodes[node];
	uint32_t unit = s->statement;

	if (f->partner_if != GCV_NONE)
		unit = f->partner_if;
	if (s->null_check != GCV_NONE && f->body->nodes[s->null_check].kind == GCV_NODE_IF &&
	    gcv_expr_contains(f->body, s->null_check, s->call))
		unit = s->null_check;
	if (s->loop != GCV_NONE)
		unit = s->loop;
	if (node == unit || is_assign(f, gcv_expr_plain(f->body, node)))
		return true;
	switch (n->kind) {
	case GCV_NODE_DECL:
		return is_plain_declaration(f, node);
	case GCV_NODE_EMPTY:
		return true;
	case GCV_NODE_RETURN:
		return is_constant_or_none(f->body, n->children[0]);
	case GCV_NODE_IF:
		if (is_early_return(f, node, param))
			return true;
		break;
	default:
		break;
	}
	return s->dirty_call != GCV_NONE && gcv_expr_contains(f->body, node, s->dirty_call) &&
	       !gcv_expr_contains(f->body, node, s->call);
}

void gcv_finder_wrapper(struct gcv_finder *f)
{
	struct gcv_release_shape *s = f->shape;
	const struct gcv_node *root = &f->body->nodes[0];
	uint32_t param, i;

	if (s->other != GCV_NONE || s->page == GCV_NONE || root->kind != GCV_NODE_COMPOUND)
		return;
	param = released_param(f);
	if (param == GCV_NONE)
		return;
	for (i = 0; i < root->nr_children; i++)
		if (!is_part(f, root->children[i], param))
			return;
	s->is_only_body = true;
	s->param = param;
}
