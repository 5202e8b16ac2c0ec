// SPDX-License-Identifier: GPL-2.0-only
#include "edit/substitute.h"

#include "flow/expr.h"

#include <string.h>

bool gcv_substitute_is_primary(const struct gcv_form *form, uint32_t node)
{
	switch (form->body->nodes[node].kind) {
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
	case GCV_NODE_CALL:
	case GCV_NODE_INDEX:
	case GCV_NODE_INT:
		return true;
	default:
		return form->source->text[gcv_form_begin(form, node)] == '(' &&
		       form->body->nodes[node].kind != GCV_NODE_CAST &&
		       gcv_form_is_parenthesised(form, node);
	}
}

bool gcv_substitute_is_bare(const struct gcv_substitute *with, const struct gcv_source *source,
			    uint32_t begin, uint32_t end)
{
	if (with->is_primary)
		return true;
	while (end < source->len && strchr(" \t\n", source->text[end]))
		end++;
	/* No operator that binds closer, and none that runs together with this one. */
	return with->is_prefix && (end == source->len || !strchr("[(.-+", source->text[end])) &&
	       (!begin || !strchr("*&+-!~", source->text[begin - 1]));
}

static bool is_prefix(const struct gcv_form *form, uint32_t node)
{
	const struct gcv_node *n = &form->body->nodes[node];

	return n->kind == GCV_NODE_UNARY && n->op != GCV_OP_POST_INC && n->op != GCV_OP_POST_DEC &&
	       n->nr_children == 1 && gcv_form_is_written(form, node) &&
	       gcv_substitute_is_primary(form, n->children[0]);
}

static const char *text_of(const struct gcv_form *form, uint32_t node, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_form_text(form, node, &text);
	return gcv_arena_strndup(arena, text.buf ? text.buf : "", text.len);
}

/* 0 and false, a != b, and ! before anything else. */
static const char *negated(const struct gcv_form *form, uint32_t node, const char *text,
			   struct gcv_arena *arena)
{
	const struct gcv_node *n = &form->body->nodes[node];

	if (gcv_expr_is_int(form->body, node, 0) || gcv_expr_is_int(form->body, node, 1))
		return gcv_expr_is_int(form->body, node, 0) ? "true" : "false";
	if (gcv_form_is_written(form, node) && !gcv_form_is_parenthesised(form, node)) {
		if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_LNOT)
			return text_of(form, n->children[0], arena);
		if (n->kind == GCV_NODE_BINARY && (n->op == GCV_OP_EQ || n->op == GCV_OP_NE))
			return gcv_arena_printf(arena, "%s %s %s",
						text_of(form, n->children[0], arena),
						n->op == GCV_OP_EQ ? "!=" : "==",
						text_of(form, n->children[1], arena));
	}
	return gcv_arena_printf(arena, gcv_substitute_is_primary(form, node) ? "!%s" : "!(%s)",
				text);
}

void gcv_substitute_fill(const struct gcv_form *form, uint32_t node, uint32_t symbol,
			 struct gcv_arena *arena, struct gcv_substitute *ret)
{
	const struct gcv_node *n = &form->body->nodes[node];

	*ret = (struct gcv_substitute){
		.symbol = symbol,
		.text = text_of(form, node, arena),
		.is_primary = gcv_substitute_is_primary(form, node),
		.is_prefix = is_prefix(form, node),
	};
	ret->negated = negated(form, node, ret->text, arena);
	if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR && !ret->is_primary &&
	    gcv_substitute_is_primary(form, n->children[0]))
		ret->pointee = text_of(form, n->children[0], arena);
}

static const struct gcv_substitute *find(const struct gcv_substitute *with, uint32_t nr,
					 uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < nr; i++)
		if (with[i].symbol == symbol)
			return &with[i];
	return NULL;
}

/* @return offset behind what was written for the variable */
static uint32_t write_one(const struct gcv_form *form, uint32_t ref, uint32_t whole,
			  const struct gcv_substitute *s, struct gcv_strbuf *out)
{
	const struct gcv_node *parent =
		ref == whole ? NULL : &form->body->nodes[form->body->nodes[ref].parent];
	uint32_t end = gcv_form_end(form, ref);
	struct gcv_token token = gcv_source_next(form->source, end, form->fn->end);

	if (parent && s->pointee && parent->kind == GCV_NODE_MEMBER &&
	    (parent->flags & GCV_NODE_ARROW) &&
	    strncmp(form->source->text + token.begin, "->", 2) == 0) {
		gcv_strbuf_addf(out, "%s.", s->pointee);
		return token.begin + 2;
	}
	if (parent && !gcv_substitute_is_bare(s, form->source, gcv_form_begin(form, ref), end))
		gcv_strbuf_addf(out, "(%s)", s->text);
	else
		gcv_strbuf_addstr(out, s->text);
	return end;
}

const char *gcv_substitute(const struct gcv_form *form, uint32_t node,
			   const struct gcv_substitute *with, uint32_t nr, struct gcv_arena *arena)
{
	uint32_t at = gcv_form_begin(form, node), end = gcv_expr_end(form->body, node), i;
	GCV_STRBUF_AUTO struct gcv_strbuf raw = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_source source = { .path = form->source->path };

	for (i = node; i < end; i++) {
		const struct gcv_node *n = &form->body->nodes[i];
		const struct gcv_substitute *s = n->kind == GCV_NODE_REF ? find(with, nr, n->symbol)
									 : NULL;

		if (!gcv_form_is_written(form, i))
			return NULL;
		if (!s)
			continue;
		if (gcv_form_begin(form, i) < at)
			return NULL;
		gcv_strbuf_add(&raw, form->source->text + at, gcv_form_begin(form, i) - at);
		at = write_one(form, i, node, s, &raw);
	}
	gcv_strbuf_add(&raw, form->source->text + at, gcv_form_end(form, node) - at);
	source.text = raw.buf;
	source.len = (uint32_t)raw.len;
	gcv_source_fold(&source, 0, source.len, &text);
	return gcv_arena_strndup(arena, text.buf ? text.buf : "", text.len);
}
