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
bool gcv_form_is_parenthesised(const struct gcv_form *form, uint32_t node)
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
		       gcv_form_is_parenthesised(form, node);

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

static bool is_inside(const struct gcv_form *form, uint32_t block, uint32_t loop)
{
	uint32_t around = form->cfg.blocks[block].loop;

	return around != GCV_NONE &&
	       (around == loop || gcv_expr_contains(form->body, loop, around));
}

static bool is_set_in(const struct gcv_form *form, uint32_t symbol, uint32_t block)
{
	uint32_t i;

	for (i = 0; i < form->reach.nr_defs; i++) {
		const struct gcv_reach_def *def = &form->reach.defs[i];

		if (def->symbol == symbol && def->node != GCV_NONE && !def->is_part &&
		    !def->keeps && form->cfg.block_of[def->node] == block)
			return true;
	}
	return false;
}

bool gcv_form_comes_back(const struct gcv_form *form, uint32_t symbol, uint32_t loop)
{
	const struct gcv_cfg *cfg = &form->cfg;
	GCV_AUTOFREE bool *is_met = gcv_zalloc(cfg->nr_blocks, sizeof(*is_met));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));
	uint32_t nr = 0, i;

	for (i = 0; i < cfg->nr_edges; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[i];

		if (is_inside(form, edge->from, loop) && !is_inside(form, edge->to, loop) &&
		    !is_met[edge->to]) {
			is_met[edge->to] = true;
			stack[nr++] = edge->to;
		}
	}
	while (nr) {
		uint32_t at = stack[--nr];

		if (is_inside(form, at, loop))
			return true;
		if (is_set_in(form, symbol, at))
			continue;
		for (i = 0; i < cfg->blocks[at].nr_out; i++) {
			uint32_t next = cfg->edges[cfg->blocks[at].out[i]].to;

			if (!is_met[next]) {
				is_met[next] = true;
				stack[nr++] = next;
			}
		}
	}
	return false;
}

static bool is_behind(const struct gcv_source *s, uint32_t at, const char *word)
{
	uint32_t len = (uint32_t)strlen(word);

	return at >= len && gcv_source_is_at(s, at - len, word);
}

/* The name of a member, a tag or a label, which have name spaces of their own. */
static bool is_of_another_kind(const struct gcv_source *s, uint32_t at)
{
	while (at > 0 && strchr(" \t\r\n", s->text[at - 1]))
		at--;
	return at > 0 && (s->text[at - 1] == '.' ||
			  (at > 1 && s->text[at - 1] == '>' && s->text[at - 2] == '-') ||
			  is_behind(s, at, "struct") || is_behind(s, at, "union") ||
			  is_behind(s, at, "enum") || is_behind(s, at, "goto"));
}

uint32_t gcv_form_variable_word(const struct gcv_form *form, uint32_t begin, uint32_t end,
				const char *name)
{
	for (;;) {
		begin = gcv_source_word(form->source, begin, end, name);
		if (begin >= end || !is_of_another_kind(form->source, begin))
			return begin;
		begin += (uint32_t)strlen(name);
	}
}

/* A declaration's range begins with its type, in which the name may not stand. */
static bool is_node_at(const struct gcv_form *form, uint32_t node, uint32_t at)
{
	const struct gcv_node *n = &form->body->nodes[node];
	uint32_t begin = gcv_form_begin(form, node), end = gcv_form_end(form, node);

	if (n->symbol == GCV_NONE || at < begin || at >= end)
		return false;
	if (n->kind == GCV_NODE_REF)
		return true;
	return n->kind == GCV_NODE_VAR &&
	       gcv_form_variable_word(form, begin, end, form->body->symbols[n->symbol].name) == at;
}

enum gcv_form_owner gcv_form_whose(const struct gcv_form *form, uint32_t symbol, uint32_t at)
{
	const struct gcv_body *body = form->body;
	const char *name = body->symbols[symbol].name;
	enum gcv_form_owner owner = GCV_FORM_UNSEEN;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		if (!is_node_at(form, i, at))
			continue;
		if (body->nodes[i].symbol == symbol)
			return GCV_FORM_OWN;
		if (strcmp(body->symbols[body->nodes[i].symbol].name, name) == 0 &&
		    gcv_form_is_written(form, i))
			owner = GCV_FORM_OTHERS;
	}
	return owner;
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

static bool is_used_outside(const struct gcv_form *form, uint32_t symbol, uint32_t node)
{
	const struct gcv_body *body = form->body;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_REF && body->nodes[i].symbol == symbol &&
		    !gcv_expr_contains(body, node, i))
			return true;
	return false;
}

bool gcv_form_is_needed_unseen(const struct gcv_form *form, uint32_t symbol, uint32_t node)
{
	const char *name = form->body->symbols[symbol].name;
	/* Parameters are declared before the block. */
	uint32_t at = gcv_form_begin(form, 0);

	if (is_used_outside(form, symbol, node))
		return false;
	for (;;) {
		at = gcv_form_variable_word(form, at, form->fn->end, name);
		if (at >= form->fn->end)
			return false;
		if ((at < gcv_form_begin(form, node) || at >= gcv_form_end(form, node)) &&
		    gcv_form_whose(form, symbol, at) == GCV_FORM_UNSEEN)
			return true;
		at += (uint32_t)strlen(name);
	}
}
