// SPDX-License-Identifier: GPL-2.0-only
#include "flow/expr_text.h"

#include "flow/expr.h"

#include <inttypes.h>
#include <string.h>

/** DEPTH - expressions that are nested deeper do not fit in the bytes either */
#define DEPTH 24

struct printer {
	const struct gcv_body *body;
	struct gcv_strbuf *out;
	size_t start;
	int depth;
};

static const char *const operators[GCV_OPS] = {
	[GCV_OP_ASSIGN] = "=",	 [GCV_OP_MUL] = "*",	   [GCV_OP_DIV] = "/",
	[GCV_OP_REM] = "%",	 [GCV_OP_ADD] = "+",	   [GCV_OP_SUB] = "-",
	[GCV_OP_SHL] = "<<",	 [GCV_OP_SHR] = ">>",	   [GCV_OP_AND] = "&",
	[GCV_OP_XOR] = "^",	 [GCV_OP_OR] = "|",	   [GCV_OP_LAND] = "&&",
	[GCV_OP_LOR] = "||",	 [GCV_OP_LT] = "<",	   [GCV_OP_GT] = ">",
	[GCV_OP_LE] = "<=",	 [GCV_OP_GE] = ">=",	   [GCV_OP_EQ] = "==",
	[GCV_OP_NE] = "!=",	 [GCV_OP_POST_INC] = "++", [GCV_OP_POST_DEC] = "--",
	[GCV_OP_PRE_INC] = "++", [GCV_OP_PRE_DEC] = "--",  [GCV_OP_ADDR] = "&",
	[GCV_OP_DEREF] = "*",	 [GCV_OP_PLUS] = "+",	   [GCV_OP_MINUS] = "-",
	[GCV_OP_NOT] = "~",	 [GCV_OP_LNOT] = "!",
};

static bool put(struct printer *p, uint32_t node);

static const struct gcv_node *child(const struct printer *p, const struct gcv_node *node,
				    uint32_t i)
{
	return &p->body->nodes[node->children[i]];
}

static bool put_text(struct printer *p, const char *text)
{
	gcv_strbuf_addstr(p->out, text);
	return p->out->len - p->start <= GCV_EXPR_TEXT_BYTES;
}

static bool is_comparison(enum gcv_op op)
{
	return op >= GCV_OP_LT && op <= GCV_OP_NE;
}

static bool is_postfix(const struct gcv_node *node)
{
	return node->kind == GCV_NODE_MEMBER || node->kind == GCV_NODE_INDEX ||
	       node->kind == GCV_NODE_CALL || node->op == GCV_OP_POST_INC ||
	       node->op == GCV_OP_POST_DEC;
}

/* a + b < c is read without parentheses, a & b == c is not. */
static bool wants_parentheses(const struct gcv_node *parent, const struct gcv_node *node)
{
	if (node->kind == GCV_NODE_COND || node->kind == GCV_NODE_ASSIGN)
		return true;
	if (node->kind == GCV_NODE_CAST || (node->kind == GCV_NODE_UNARY && !is_postfix(node)))
		return is_postfix(parent);
	if (node->kind != GCV_NODE_BINARY)
		return false;
	if (parent->kind != GCV_NODE_BINARY)
		return true;
	if (is_comparison(parent->op))
		return node->op < GCV_OP_MUL || node->op > GCV_OP_SHR;
	return !(is_comparison(node->op) &&
		 (parent->op == GCV_OP_LAND || parent->op == GCV_OP_LOR));
}

static bool put_operand(struct printer *p, const struct gcv_node *parent, uint32_t node)
{
	if (!wants_parentheses(parent, &p->body->nodes[node]))
		return put(p, node);
	return put_text(p, "(") && put(p, node) && put_text(p, ")");
}

static bool put_pair(struct printer *p, const struct gcv_node *node)
{
	if (node->nr_children != 2 || !operators[node->op])
		return false;
	if (!put_operand(p, node, node->children[0]))
		return false;
	gcv_strbuf_addch(p->out, ' ');
	gcv_strbuf_addstr(p->out, operators[node->op]);
	if (node->kind == GCV_NODE_ASSIGN && node->op != GCV_OP_ASSIGN)
		gcv_strbuf_addch(p->out, '=');
	gcv_strbuf_addch(p->out, ' ');
	return put_operand(p, node, node->children[1]);
}

static bool put_unary(struct printer *p, const struct gcv_node *node)
{
	const struct gcv_node *below;

	if (node->nr_children != 1)
		return false;
	below = child(p, node, 0);
	if (node->op == GCV_OP_EXTENSION)
		return put(p, node->children[0]);
	if (node->op == GCV_OP_LNOT && below->kind == GCV_NODE_UNARY && below->op == GCV_OP_LNOT)
		return put(p, below->children[0]);
	if (!operators[node->op] || node->flags & GCV_NODE_MACRO)
		return false;
	if (node->op == GCV_OP_POST_INC || node->op == GCV_OP_POST_DEC)
		return put_operand(p, node, node->children[0]) && put_text(p, operators[node->op]);
	return put_text(p, operators[node->op]) && put_operand(p, node, node->children[0]);
}

static bool is_null(const struct printer *p, const struct gcv_node *node)
{
	return node->kind == GCV_NODE_CAST && node->nr_children == 1 && node->text &&
	       strcmp(node->text, "void *") == 0 && gcv_expr_is_int(p->body, node->children[0], 0);
}

static bool put_call(struct printer *p, const struct gcv_node *node)
{
	uint32_t i;

	if (gcv_expr_is_expect(p->body, node))
		return put(p, node->children[1]);
	if (node->flags & GCV_NODE_MACRO || !put_operand(p, node, node->children[0]) ||
	    !put_text(p, "("))
		return false;
	for (i = 1; i < node->nr_children; i++)
		if ((i > 1 && !put_text(p, ", ")) || !put(p, node->children[i]))
			return false;
	return put_text(p, ")");
}

static bool put_named(struct printer *p, const struct gcv_node *node)
{
	if (node->symbol == GCV_NONE)
		return false;
	if (node->kind == GCV_NODE_MEMBER) {
		if (node->nr_children != 1 || !put_operand(p, node, node->children[0]))
			return false;
		/* What has no name is passed through. */
		if (!*p->body->symbols[node->symbol].name)
			return true;
		gcv_strbuf_addstr(p->out, node->flags & GCV_NODE_ARROW ? "->" : ".");
	}
	return put_text(p, p->body->symbols[node->symbol].name);
}

static bool put_int(struct printer *p, const struct gcv_node *node)
{
	gcv_strbuf_addf(p->out, "%" PRId64, node->value);
	return p->out->len - p->start <= GCV_EXPR_TEXT_BYTES;
}

static bool put_kind(struct printer *p, const struct gcv_node *node)
{
	if (node->kind == GCV_NODE_UNARY)
		return put_unary(p, node);
	if (node->kind == GCV_NODE_CALL && node->nr_children)
		return put_call(p, node);
	if (is_null(p, node))
		return put_text(p, "NULL");
	if (node->flags & GCV_NODE_MACRO)
		return false;
	switch (node->kind) {
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
		return put_named(p, node);
	case GCV_NODE_INDEX:
		return node->nr_children == 2 && put_operand(p, node, node->children[0]) &&
		       put_text(p, "[") && put(p, node->children[1]) && put_text(p, "]");
	case GCV_NODE_BINARY:
	case GCV_NODE_ASSIGN:
		return put_pair(p, node);
	case GCV_NODE_INT:
		return put_int(p, node);
	case GCV_NODE_CAST:
		return node->nr_children == 1 && put_text(p, "(") && put_text(p, node->text) &&
		       put_text(p, ")") && put_operand(p, node, node->children[0]);
	default:
		return false;
	}
}

static bool put(struct printer *p, uint32_t node)
{
	bool is_done;

	if (p->depth == DEPTH)
		return false;
	p->depth++;
	is_done = put_kind(p, &p->body->nodes[node]);
	p->depth--;
	return is_done;
}

bool gcv_expr_text(const struct gcv_body *body, uint32_t node, struct gcv_strbuf *ret)
{
	struct printer p = { .body = body, .out = ret, .start = ret->len };

	if (node != GCV_NONE && put(&p, node))
		return true;
	ret->len = p.start;
	if (ret->buf)
		ret->buf[ret->len] = '\0';
	return false;
}
