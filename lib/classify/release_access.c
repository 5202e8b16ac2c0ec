// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_loop.h"

static bool is_local_number(const struct gcv_body *body, uint32_t symbol)
{
	return symbol != GCV_NONE && (body->symbols[symbol].kind == GCV_SYMBOL_LOCAL ||
				      body->symbols[symbol].kind == GCV_SYMBOL_PARAM);
}

/* Find the variable that an index expression is made of: i, i++, --i, k + i, i - 1. */
static bool parse_index(struct gcv_loop_head *h, uint32_t node)
{
	struct gcv_release_shape *s = h->f->shape;
	const struct gcv_body *body = h->body;
	const struct gcv_node *n;

	for (;;) {
		uint32_t a, b;

		node = gcv_expr_plain(body, node);
		n = &body->nodes[node];
		if (n->kind == GCV_NODE_UNARY && gcv_loop_step(body, node, GCV_NONE)) {
			node = n->children[0];
			continue;
		}
		if (n->kind != GCV_NODE_BINARY || (n->op != GCV_OP_ADD && n->op != GCV_OP_SUB))
			break;
		a = n->children[0];
		b = n->children[1];
		if (n->op == GCV_OP_ADD && !gcv_finder_changes(h->f, a, h->loop)) {
			a = n->children[1];
			b = n->children[0];
		}
		if (gcv_finder_changes(h->f, b, h->loop) || !gcv_expr_is_pure(body, b))
			return false;
		if (n->op == GCV_OP_SUB) {
			if (h->shift || !gcv_expr_int(body, b, &h->shift))
				return false;
		} else if (s->offset != GCV_NONE) {
			return false;
		} else {
			s->offset = b;
		}
		node = a;
	}
	h->index = n->kind == GCV_NODE_REF ? n->symbol : GCV_NONE;
	return is_local_number(body, h->index);
}

/* The array as it is before the loop, and its type, if it is one of pages. */
static bool parse_array(struct gcv_loop_head *h, uint32_t array)
{
	struct gcv_release_shape *s = h->f->shape;
	struct gcv_expr_type type = gcv_expr_type(h->body, array);
	const struct gcv_node *n;

	if (!gcv_expr_type_is(&type, "struct page", 2) &&
	    !gcv_expr_type_is(&type, "struct folio", 2))
		return false;
	if (!gcv_expr_is_pure(h->body, array) || gcv_finder_changes(h->f, array, h->loop))
		return false;
	s->array = array;
	n = &h->body->nodes[gcv_expr_plain(h->body, array)];
	if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_ADD) { /* (pages + k)[i] */
		bool is_left = gcv_expr_type(h->body, n->children[0]).pointers > 0;

		s->array = n->children[!is_left];
		s->offset = n->children[is_left];
	}
	return true;
}

/* *p, *p++: a pointer that is stepped. */
static bool parse_pointer(struct gcv_loop_head *h, uint32_t node)
{
	const struct gcv_body *body = h->body;
	struct gcv_expr_type type;

	node = gcv_expr_plain(body, node);
	type = gcv_expr_type(body, node);
	if (gcv_loop_is_op(body, node, GCV_NODE_UNARY, GCV_OP_POST_INC))
		node = gcv_expr_plain(body, body->nodes[node].children[0]);
	if (body->nodes[node].kind != GCV_NODE_REF ||
	    !is_local_number(body, body->nodes[node].symbol) ||
	    (!gcv_expr_type_is(&type, "struct page", 2) &&
	     !gcv_expr_type_is(&type, "struct folio", 2)))
		return false;
	h->f->shape->array = node;
	h->pointer = body->nodes[node].symbol;
	return true;
}

/* Take pages[i], *(pages + i), *p++ apart. */
bool gcv_loop_access(struct gcv_loop_head *h)
{
	const struct gcv_body *body = h->body;
	uint32_t source = h->f->shape->source, pointer;
	const struct gcv_node *n = &body->nodes[source];

	h->access = source;
	if (!h->f->is_pointed && n->kind == GCV_NODE_INDEX)
		return parse_array(h, n->children[0]) && parse_index(h, n->children[1]);
	if (h->f->is_pointed)
		pointer = source;
	else if (gcv_loop_is_op(body, source, GCV_NODE_UNARY, GCV_OP_DEREF))
		pointer = gcv_expr_plain(body, n->children[0]);
	else
		return false;
	n = &body->nodes[pointer];
	if (gcv_loop_is_op(body, pointer, GCV_NODE_BINARY, GCV_OP_ADD)) {
		if (gcv_expr_type(body, n->children[0]).pointers)
			return parse_array(h, n->children[0]) && parse_index(h, n->children[1]);
		return parse_array(h, n->children[1]) && parse_index(h, n->children[0]);
	}
	return parse_pointer(h, pointer);
}
