// SPDX-License-Identifier: GPL-2.0-only
#include "flow/expr.h"

#include <string.h>

static const struct gcv_expr_type unknown = { "", 0, 0 };

static bool skip_word(const char **text, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*text, word, len) != 0)
		return false;
	*text += len;
	return true;
}

/*
 * Take a type apart as libclang prints it: base, then stars, qualifiers and array bounds. Of a
 * function that returns a pointer or a value, "struct page *(struct scatterlist *)", it is the
 * result's.
 */
static struct gcv_expr_type read_type(const char *text)
{
	struct gcv_expr_type type = unknown;
	size_t i;

	while (skip_word(&text, "const ") || skip_word(&text, "volatile "))
		;
	type.base = text;
	type.len = strcspn(text, "*[(");
	for (i = type.len; text[i] && text[i] != '('; i++)
		type.pointers += text[i] == '*' || text[i] == '[';
	if (text[i] == '(' && text[i + 1] == '*') /* pointer to a function, or to an array */
		return unknown;
	while (type.len && type.base[type.len - 1] == ' ')
		type.len--;
	return type;
}

static struct gcv_expr_type of_symbol(const struct gcv_body *body, const struct gcv_node *node)
{
	if (node->symbol == GCV_NONE)
		return unknown;
	return read_type(body->symbols[node->symbol].canonical);
}

/* What a pointer to a function hands over when it is called: "struct page *(*)(int)". */
static struct gcv_expr_type of_pointed_function(const struct gcv_body *body,
						const struct gcv_node *node)
{
	struct gcv_expr_type type = unknown;
	const char *text, *open;
	size_t i;

	if (node->symbol == GCV_NONE)
		return unknown;
	text = body->symbols[node->symbol].canonical;
	open = strchr(text, '(');
	if (!open || open[1] != '*')
		return unknown;
	type.base = text;
	type.len = strcspn(text, "*[(");
	for (i = type.len; &text[i] < open; i++)
		type.pointers += text[i] == '*';
	while (type.len && type.base[type.len - 1] == ' ')
		type.len--;
	return type;
}

static struct gcv_expr_type type_at(const struct gcv_body *body, uint32_t node, int depth);

static struct gcv_expr_type join_types(struct gcv_expr_type left, struct gcv_expr_type right)
{
	if (right.len && (!left.len || right.pointers > left.pointers))
		return right;
	return left;
}

static struct gcv_expr_type of_pair(const struct gcv_body *body, uint32_t a, uint32_t b, int depth)
{
	return join_types(type_at(body, a, depth), type_at(body, b, depth));
}

static struct gcv_expr_type of_binary(const struct gcv_body *body, const struct gcv_node *n,
				      int depth)
{
	static const struct gcv_expr_type truth = { "int", 3, 0 };
	struct gcv_expr_type left, right;

	switch (n->op) {
	case GCV_OP_COMMA:
		return type_at(body, n->children[1], depth);
	case GCV_OP_LT:
	case GCV_OP_GT:
	case GCV_OP_LE:
	case GCV_OP_GE:
	case GCV_OP_EQ:
	case GCV_OP_NE:
	case GCV_OP_LAND:
	case GCV_OP_LOR:
		return truth;
	case GCV_OP_SUB:
		left = type_at(body, n->children[0], depth);
		right = type_at(body, n->children[1], depth);
		return right.pointers ? unknown : join_types(left, right);
	case GCV_OP_NONE:
		return unknown;
	default:
		return of_pair(body, n->children[0], n->children[1], depth);
	}
}

static struct gcv_expr_type of_unary(const struct gcv_body *body, const struct gcv_node *n,
				     int depth)
{
	struct gcv_expr_type type = type_at(body, n->children[0], depth);

	if (n->op == GCV_OP_ADDR && type.len)
		type.pointers++;
	else if (n->op == GCV_OP_DEREF && !type.pointers)
		type = unknown;
	else if (n->op == GCV_OP_DEREF)
		type.pointers--;
	else if (n->op == GCV_OP_LNOT)
		type = read_type("int");
	else if (n->op == GCV_OP_NONE)
		type = unknown;
	return type;
}

static struct gcv_expr_type of_call(const struct gcv_body *body, const struct gcv_node *n)
{
	const struct gcv_node *callee;

	if (!n->nr_children)
		return unknown;
	callee = &body->nodes[gcv_expr_plain(body, n->children[0])];
	if (callee->kind == GCV_NODE_UNARY && callee->op == GCV_OP_DEREF)
		callee = &body->nodes[gcv_expr_plain(body, callee->children[0])];
	if (callee->kind == GCV_NODE_REF && callee->symbol != GCV_NONE &&
	    body->symbols[callee->symbol].kind == GCV_SYMBOL_FUNCTION)
		return of_symbol(body, callee);
	return of_pointed_function(body, callee);
}

static struct gcv_expr_type type_at(const struct gcv_body *body, uint32_t node, int depth)
{
	const struct gcv_node *n = &body->nodes[node];
	struct gcv_expr_type type;

	if (depth >= GCV_EXPR_TYPE_DEPTH)
		return unknown;
	depth++;
	switch (n->kind) {
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
		return of_symbol(body, n);
	case GCV_NODE_INDEX:
		type = of_pair(body, n->children[0], n->children[1], depth);
		if (!type.pointers)
			return unknown;
		type.pointers--;
		return type;
	case GCV_NODE_UNARY:
		return of_unary(body, n, depth);
	case GCV_NODE_BINARY:
		return of_binary(body, n, depth);
	case GCV_NODE_ASSIGN:
		return type_at(body, n->children[0], depth);
	case GCV_NODE_COND:
		return of_pair(body, n->children[1], n->children[2], depth);
	case GCV_NODE_CALL:
		return of_call(body, n);
	case GCV_NODE_CAST:
		return read_type(n->text);
	case GCV_NODE_INT:
		return read_type(n->value > INT32_MAX || n->value < INT32_MIN ? "long" : "int");
	case GCV_NODE_SIZEOF:
		return read_type("unsigned long");
	default:
		return unknown;
	}
}

struct gcv_expr_type gcv_expr_type(const struct gcv_body *body, uint32_t node)
{
	return node == GCV_NONE ? unknown : type_at(body, node, 0);
}

bool gcv_expr_type_is(const struct gcv_expr_type *type, const char *base, int pointers)
{
	return type->pointers == pointers && type->len == strlen(base) &&
	       memcmp(type->base, base, type->len) == 0;
}

/*
 * Integer types on a 64-bit kernel after the integer promotions. Typedefs occur only in casts, all
 * else is canonical. An enum without negative constants is unsigned for both compilers of the
 * kernel.
 */
static const struct {
	const char *name;
	enum gcv_expr_sign sign;
	unsigned int bits;
} integers[] = {
	{ "int", GCV_EXPR_SIGNED, 32 },		  { "unsigned int", GCV_EXPR_UNSIGNED, 32 },
	{ "long", GCV_EXPR_SIGNED, 64 },	  { "unsigned long", GCV_EXPR_UNSIGNED, 64 },
	{ "long long", GCV_EXPR_SIGNED, 64 },	  { "unsigned long long", GCV_EXPR_UNSIGNED, 64 },
	{ "short", GCV_EXPR_SIGNED, 32 },	  { "unsigned short", GCV_EXPR_SIGNED, 32 },
	{ "char", GCV_EXPR_SIGNED, 32 },	  { "signed char", GCV_EXPR_SIGNED, 32 },
	{ "unsigned char", GCV_EXPR_SIGNED, 32 }, { "_Bool", GCV_EXPR_SIGNED, 32 },
	{ "bool", GCV_EXPR_SIGNED, 32 },	  { "u8", GCV_EXPR_SIGNED, 32 },
	{ "u16", GCV_EXPR_SIGNED, 32 },		  { "u32", GCV_EXPR_UNSIGNED, 32 },
	{ "__u32", GCV_EXPR_UNSIGNED, 32 },	  { "uint32_t", GCV_EXPR_UNSIGNED, 32 },
	{ "unsigned", GCV_EXPR_UNSIGNED, 32 },	  { "uint", GCV_EXPR_UNSIGNED, 32 },
	{ "s32", GCV_EXPR_SIGNED, 32 },		  { "__s32", GCV_EXPR_SIGNED, 32 },
	{ "int32_t", GCV_EXPR_SIGNED, 32 },	  { "u64", GCV_EXPR_UNSIGNED, 64 },
	{ "__u64", GCV_EXPR_UNSIGNED, 64 },	  { "uint64_t", GCV_EXPR_UNSIGNED, 64 },
	{ "size_t", GCV_EXPR_UNSIGNED, 64 },	  { "ulong", GCV_EXPR_UNSIGNED, 64 },
	{ "uintptr_t", GCV_EXPR_UNSIGNED, 64 },	  { "pgoff_t", GCV_EXPR_UNSIGNED, 64 },
	{ "s64", GCV_EXPR_SIGNED, 64 },		  { "__s64", GCV_EXPR_SIGNED, 64 },
	{ "int64_t", GCV_EXPR_SIGNED, 64 },	  { "ssize_t", GCV_EXPR_SIGNED, 64 },
	{ "loff_t", GCV_EXPR_SIGNED, 64 },
};

static enum gcv_expr_sign sign_of_type(const struct gcv_expr_type *type, unsigned int *ret_bits)
{
	size_t i;

	*ret_bits = 0;
	if (!type->len)
		return GCV_EXPR_SIGN_UNKNOWN;
	if (type->pointers) {
		*ret_bits = 64;
		return GCV_EXPR_UNSIGNED;
	}
	for (i = 0; i < sizeof(integers) / sizeof(integers[0]); i++) {
		if (!gcv_expr_type_is(type, integers[i].name, 0))
			continue;
		*ret_bits = integers[i].bits;
		return integers[i].sign;
	}
	if (type->len > 5 && memcmp(type->base, "enum ", 5) == 0) {
		*ret_bits = 32;
		return GCV_EXPR_UNSIGNED;
	}
	return GCV_EXPR_SIGN_UNKNOWN;
}

static enum gcv_expr_sign join(enum gcv_expr_sign a, unsigned int a_bits, enum gcv_expr_sign b,
			       unsigned int b_bits, unsigned int *ret_bits)
{
	*ret_bits = 0;
	if (a == GCV_EXPR_SIGN_UNKNOWN || b == GCV_EXPR_SIGN_UNKNOWN)
		return GCV_EXPR_SIGN_UNKNOWN;
	*ret_bits = a_bits > b_bits ? a_bits : b_bits;
	if (a_bits != b_bits)
		return a_bits > b_bits ? a : b;
	return a == GCV_EXPR_UNSIGNED ? a : b;
}

/* Arithmetic takes both operands into account, whose types gcv_expr_type() does not join. */
static enum gcv_expr_sign sign_at(const struct gcv_body *body, uint32_t node,
				  unsigned int *ret_bits, int depth)
{
	const struct gcv_node *n = &body->nodes[node];
	enum gcv_expr_sign left, right;
	unsigned int left_bits, right_bits;
	struct gcv_expr_type type;
	uint32_t a, b;

	type = type_at(body, node, depth);
	if ((n->kind != GCV_NODE_BINARY && n->kind != GCV_NODE_COND) || type.pointers ||
	    depth >= GCV_EXPR_TYPE_DEPTH)
		return sign_of_type(&type, ret_bits);
	if (n->op == GCV_OP_SHL || n->op == GCV_OP_SHR)
		return sign_at(body, n->children[0], ret_bits, depth + 1);
	if (n->kind == GCV_NODE_BINARY && n->op >= GCV_OP_LAND && n->op <= GCV_OP_COMMA)
		return sign_of_type(&type, ret_bits);
	a = n->children[n->kind == GCV_NODE_COND];
	b = n->children[1 + (n->kind == GCV_NODE_COND)];
	if (body->nodes[a].kind == GCV_NODE_NONE) /* a ?: b */
		a = n->children[0];
	left = sign_at(body, a, &left_bits, depth + 1);
	right = sign_at(body, b, &right_bits, depth + 1);
	return join(left, left_bits, right, right_bits, ret_bits);
}

enum gcv_expr_sign gcv_expr_sign(const struct gcv_body *body, uint32_t node, unsigned int *ret_bits)
{
	*ret_bits = 0;
	return node == GCV_NONE ? GCV_EXPR_SIGN_UNKNOWN : sign_at(body, node, ret_bits, 0);
}

enum gcv_expr_sign gcv_expr_sign_of_pair(const struct gcv_body *body, uint32_t a, uint32_t b)
{
	unsigned int a_bits, b_bits, bits;
	enum gcv_expr_sign a_sign = gcv_expr_sign(body, a, &a_bits);
	enum gcv_expr_sign b_sign = gcv_expr_sign(body, b, &b_bits);

	return join(a_sign, a_bits, b_sign, b_bits, &bits);
}
