// SPDX-License-Identifier: GPL-2.0-only
/* Expressions of Kconfig: Documentation/kbuild/kconfig-language.rst, "Menu dependencies". */
#include "parse/kconfig_model.h"

#include <string.h>

struct cursor {
	struct gcv_kc_model *model;
	const char *p;
	unsigned int depth;
};

static const struct gcv_kc_expr *parse_or(struct cursor *c);

static struct gcv_kc_expr *new_node(struct gcv_kc_model *model, enum gcv_kc_op op,
				    const struct gcv_kc_expr *left, const struct gcv_kc_expr *right)
{
	struct gcv_kc_expr *node = gcv_arena_alloc(&model->arena, sizeof(*node));
	unsigned int l = left ? left->depth : 0, r = right ? right->depth : 0;

	node->op = op;
	node->left = left;
	node->right = right;
	node->depth = (l > r ? l : r) + 1;
	return node;
}

static void skip_blanks(struct cursor *c)
{
	c->p += strspn(c->p, " \t\r");
}

static const struct gcv_kc_expr *text_node(struct cursor *c, const char *text, size_t len)
{
	struct gcv_kc_expr *node = new_node(c->model, GCV_KC_TEXT, NULL, NULL);
	const char *in;
	char *out;

	node->text = in = out = gcv_arena_strndup(&c->model->arena, text, len);
	for (; *in; in++) {
		if (*in == '\\' && in[1])
			in++;
		*out++ = *in;
	}
	*out = '\0';
	return node;
}

/* A quoted constant, the constants y, m and n, or the name of a symbol (which may be a number). */
static const struct gcv_kc_expr *parse_leaf(struct cursor *c)
{
	struct gcv_kc_expr *node;
	const char *start;
	char quote;
	size_t len;

	skip_blanks(c);
	start = c->p;
	if (*start == '"' || *start == '\'') {
		quote = *start++;
		for (c->p = start; *c->p && *c->p != quote; c->p++)
			if (*c->p == '\\' && c->p[1])
				c->p++;
		if (!*c->p)
			return NULL;
		return text_node(c, start, (size_t)(c->p++ - start));
	}
	len = strcspn(start, " \t\r!()=<>&|\"'");
	if (!len)
		return NULL;
	c->p += len;
	if (len == 1 && (*start == 'y' || *start == 'm' || *start == 'n'))
		return text_node(c, start, 1);
	node = new_node(c->model, GCV_KC_SYMBOL, NULL, NULL);
	node->symbol = gcv_kc_symbol_id(c->model, start, len);
	return node;
}

static bool take(struct cursor *c, const char *token)
{
	size_t len = strlen(token);

	skip_blanks(c);
	if (strncmp(c->p, token, len) != 0)
		return false;
	c->p += len;
	return true;
}

static bool take_comparison(struct cursor *c, enum gcv_kc_op *ret)
{
	static const struct {
		const char *token;
		enum gcv_kc_op op;
	} ops[] = {
		{ "!=", GCV_KC_NE }, { "<=", GCV_KC_LE }, { ">=", GCV_KC_GE },
		{ "=", GCV_KC_EQ },  { "<", GCV_KC_LT },  { ">", GCV_KC_GT },
	};
	size_t i;

	for (i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		if (take(c, ops[i].token)) {
			*ret = ops[i].op;
			return true;
		}
	}
	return false;
}

static const struct gcv_kc_expr *parse_comparison(struct cursor *c)
{
	const struct gcv_kc_expr *left = parse_leaf(c), *right;
	enum gcv_kc_op op;

	if (!left || !take_comparison(c, &op))
		return left;
	right = parse_leaf(c);
	return right ? new_node(c->model, op, left, right) : NULL;
}

static const struct gcv_kc_expr *parse_primary(struct cursor *c)
{
	const struct gcv_kc_expr *e = NULL;

	if (c->depth >= GCV_KC_DEPTH_MAX)
		return NULL;
	c->depth++;
	if (take(c, "!")) {
		e = parse_primary(c);
		e = e ? new_node(c->model, GCV_KC_NOT, e, NULL) : NULL;
	} else if (take(c, "(")) {
		e = parse_or(c);
		if (!take(c, ")"))
			e = NULL;
	} else {
		e = parse_comparison(c);
	}
	c->depth--;
	return e;
}

/* Operands of && (or ||) one after the other; the result leans to the left. */
static const struct gcv_kc_expr *parse_chain(struct cursor *c, enum gcv_kc_op op)
{
	const char *token = op == GCV_KC_AND ? "&&" : "||";
	const struct gcv_kc_expr *left, *right;

	left = op == GCV_KC_AND ? parse_primary(c) : parse_chain(c, GCV_KC_AND);
	while (left && take(c, token)) {
		right = op == GCV_KC_AND ? parse_primary(c) : parse_chain(c, GCV_KC_AND);
		if (!right)
			return NULL;
		left = new_node(c->model, op, left, right);
	}
	return left;
}

static const struct gcv_kc_expr *parse_or(struct cursor *c)
{
	return parse_chain(c, GCV_KC_OR);
}

bool gcv_kc_expr_parse(struct gcv_kc_model *model, const char *text, const struct gcv_kc_expr **ret)
{
	struct cursor c = { .model = model, .p = text };
	const struct gcv_kc_expr *e = parse_or(&c);

	skip_blanks(&c);
	if (!e || *c.p || e->depth > GCV_KC_DEPTH_MAX)
		return false;
	*ret = e;
	return true;
}

const struct gcv_kc_expr *gcv_kc_expr_and(struct gcv_kc_model *model, const struct gcv_kc_expr *a,
					  const struct gcv_kc_expr *b)
{
	if (!a || !b)
		return a ? a : b;
	if (a->depth > GCV_KC_DEPTH_MAX || b->depth > GCV_KC_DEPTH_MAX) {
		gcv_kc_warn(model, "a Kconfig condition is nested too deeply");
		return a;
	}
	return new_node(model, GCV_KC_AND, a, b);
}
