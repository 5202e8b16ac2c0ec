// SPDX-License-Identifier: GPL-2.0-only
#include "edit/form.h"

#include "flow/expr.h"

#include <string.h>

void gcv_form_init(struct gcv_form *form, const struct gcv_function *fn,
		   const struct gcv_source *source)
{
	*form = (struct gcv_form){ .fn = fn, .body = fn->body, .source = source };
	gcv_cfg_build(form->body, &form->arena, &form->cfg);
	gcv_reach_build(form->body, &form->cfg, &form->arena, &form->reach);
}

void gcv_form_release(struct gcv_form *form)
{
	gcv_arena_release(&form->arena);
}

uint32_t gcv_form_begin(const struct gcv_form *form, uint32_t node)
{
	return form->fn->begin + form->body->nodes[node].begin;
}

uint32_t gcv_form_end(const struct gcv_form *form, uint32_t node)
{
	return form->fn->begin + form->body->nodes[node].end;
}

bool gcv_form_is_written(const struct gcv_form *form, uint32_t node)
{
	return node == GCV_NONE ||
	       !(form->body->nodes[node].flags & (GCV_NODE_MACRO | GCV_NODE_ELSEWHERE));
}

void gcv_form_text(const struct gcv_form *form, uint32_t node, struct gcv_strbuf *out)
{
	gcv_source_fold(form->source, gcv_form_begin(form, node), gcv_form_end(form, node), out);
}

static bool binds_tighter(const struct gcv_node *n, bool is_right)
{
	if (n->kind == GCV_NODE_COND || n->kind == GCV_NODE_ASSIGN)
		return false;
	if (n->kind != GCV_NODE_BINARY)
		return true;
	return n->op == GCV_OP_MUL || n->op == GCV_OP_DIV || n->op == GCV_OP_REM ||
	       (!is_right && (n->op == GCV_OP_ADD || n->op == GCV_OP_SUB));
}

/* A parenthesised node's range takes in its parentheses. */
static bool has_parentheses(const struct gcv_form *form, uint32_t node)
{
	const char *text = form->source->text;
	uint32_t end = gcv_form_end(form, node);
	int depth = 0;
	uint32_t i;

	if (text[gcv_form_begin(form, node)] != '(')
		return false;
	for (i = gcv_form_begin(form, node); i < end; i++) {
		depth += (text[i] == '(') - (text[i] == ')');
		if (depth == 0)
			return i + 1 == end;
	}
	return false;
}

void gcv_form_operand(const struct gcv_form *form, uint32_t node, bool is_right,
		      struct gcv_strbuf *out)
{
	bool is_bare = binds_tighter(&form->body->nodes[node], is_right) ||
		       has_parentheses(form, node);

	if (!is_bare)
		gcv_strbuf_addch(out, '(');
	gcv_form_text(form, node, out);
	if (!is_bare)
		gcv_strbuf_addch(out, ')');
}

static bool is_kept_elsewhere(const struct gcv_reach *reach, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < reach->nr_defs; i++)
		if (reach->defs[i].symbol == symbol && (reach->defs[i].kind == GCV_REACH_ADDRESS ||
							reach->defs[i].kind == GCV_REACH_ASM))
			return true;
	return false;
}

static bool sees(const struct gcv_form *form, uint32_t use, uint32_t symbol, uint32_t node)
{
	uint32_t nr, i;
	const uint32_t *defs = gcv_reach_at(&form->reach, use, &nr);

	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &form->reach.defs[defs[i]];

		if (def->symbol == symbol && def->node != GCV_NONE &&
		    gcv_expr_contains(form->body, node, def->node))
			return true;
	}
	return false;
}

bool gcv_form_is_dead_after(const struct gcv_form *form, uint32_t symbol, uint32_t node)
{
	const struct gcv_body *body = form->body;
	uint32_t i;

	if (!form->cfg.is_complete || !form->reach.is_exact ||
	    (body->symbols[symbol].kind != GCV_SYMBOL_LOCAL &&
	     body->symbols[symbol].kind != GCV_SYMBOL_PARAM) ||
	    is_kept_elsewhere(&form->reach, symbol))
		return false;
	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_REF && body->nodes[i].symbol == symbol &&
		    !gcv_expr_contains(body, node, i) && sees(form, i, symbol, node))
			return false;
	return true;
}

const char *gcv_form_callee(const struct gcv_form *form, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(form->body, call);

	return symbol ? symbol->name : "";
}

uint32_t gcv_form_find_call(const struct gcv_form *form, uint32_t offset, const char *name)
{
	uint32_t i;

	for (i = 0; i < form->body->nr_nodes; i++)
		if (form->body->nodes[i].kind == GCV_NODE_CALL &&
		    gcv_form_begin(form, i) == offset &&
		    strcmp(gcv_form_callee(form, i), name) == 0)
			return i;
	return GCV_NONE;
}

bool gcv_form_name_offset(const struct gcv_form *form, uint32_t call, uint32_t *ret_offset)
{
	const struct gcv_node *n = &form->body->nodes[call];
	uint32_t callee = n->nr_children ? gcv_expr_plain(form->body, n->children[0]) : GCV_NONE;
	uint32_t offset;

	if (callee == GCV_NONE || form->body->nodes[callee].kind != GCV_NODE_REF)
		return false;
	offset = gcv_form_begin(form, callee);
	if (!gcv_source_is_at(form->source, offset, gcv_form_callee(form, call)))
		return false;
	*ret_offset = offset;
	return true;
}
