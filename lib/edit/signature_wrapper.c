// SPDX-License-Identifier: GPL-2.0-only
#include "edit/signature_wrapper.h"

#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/* What the wrapper passes: in its own words, the arguments and the condition behind them. */
struct wrapper {
	const struct gcv_signature_call *c;
	struct gcv_program *program;
	struct gcv_arena arena;
	uint32_t passed[GCV_CALL_TEXT_ARGS];
	uint32_t nr_passed;
	uint32_t local, value; /* a variable that only names a part of a parameter, and that part */
	struct gcv_file_edit *calls; /* the callers' calls, as they will be */
	uint32_t nr_calls;
};

static bool is_static(const struct gcv_function *fn)
{
	size_t len = strlen(fn->file);

	return (fn->linkage == GCV_LINKAGE_STATIC || fn->linkage == GCV_LINKAGE_STATIC_INLINE) &&
	       !fn->from_macro && !fn->has_error && len > 2 &&
	       strcmp(fn->file + len - 2, ".c") == 0;
}

static bool is_harmless(const struct gcv_body *body, uint32_t declaration)
{
	const struct gcv_node *n = &body->nodes[declaration];
	uint32_t i;

	for (i = 0; i < n->nr_children; i++) {
		const struct gcv_node *var = &body->nodes[n->children[i]];

		if (var->kind != GCV_NODE_VAR || !var->nr_children ||
		    (body->nodes[var->children[0]].kind != GCV_NODE_NONE &&
		     !gcv_expr_is_pure(body, var->children[0])))
			return false;
	}
	return true;
}

static bool does_nothing_else(const struct gcv_signature_call *c)
{
	const struct gcv_body *body = c->form->body;
	const struct gcv_node *root = &body->nodes[0];
	uint32_t i;

	if (root->kind != GCV_NODE_COMPOUND || !root->nr_children ||
	    root->children[root->nr_children - 1] != c->unit)
		return false;
	for (i = 0; i + 1 < root->nr_children; i++)
		if (body->nodes[root->children[i]].kind != GCV_NODE_DECL ||
		    !is_harmless(body, root->children[i]))
			return false;
	return true;
}

/* The value that a variable is declared with. */
static uint32_t initialiser(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_VAR && body->nodes[i].symbol == symbol &&
		    body->nodes[body->nodes[i].children[0]].kind != GCV_NODE_NONE)
			return body->nodes[i].children[0];
	return GCV_NONE;
}

/* Count the uses of a parameter in what is passed. */
static uint32_t count_uses(const struct wrapper *w, uint32_t symbol)
{
	const struct gcv_body *body = w->c->form->body;
	uint32_t nr = 0, i, k;

	for (i = 0; i <= w->nr_passed; i++) {
		uint32_t node = i < w->nr_passed ? w->passed[i] : w->value;

		if (node == GCV_NONE)
			continue;
		for (k = node; k < gcv_expr_end(body, node); k++)
			nr += body->nodes[k].kind == GCV_NODE_REF &&
			      body->nodes[k].symbol == symbol;
	}
	return nr;
}

/* Only parameters, and one variable that stands for what it is declared with. */
static bool find_local(struct wrapper *w)
{
	const struct gcv_body *body = w->c->form->body;
	uint32_t i;

	w->local = w->value = GCV_NONE;
	for (i = 0; i < body->nr_symbols; i++) {
		enum gcv_symbol_kind kind = body->symbols[i].kind;

		if ((kind != GCV_SYMBOL_LOCAL && kind != GCV_SYMBOL_STATIC_LOCAL) ||
		    !count_uses(w, i))
			continue;
		if (kind != GCV_SYMBOL_LOCAL || w->local != GCV_NONE || count_uses(w, i) != 1)
			return false;
		w->local = i;
	}
	if (w->local == GCV_NONE)
		return true;
	w->value = initialiser(body, w->local);
	for (i = 0; w->value != GCV_NONE && i < body->nr_symbols; i++)
		if (body->symbols[i].kind == GCV_SYMBOL_LOCAL && i != w->local && count_uses(w, i))
			return false;
	return w->value != GCV_NONE;
}

static bool find_passed(struct wrapper *w)
{
	const struct gcv_signature_call *c = w->c;
	const struct gcv_body *body = c->form->body;
	uint32_t i;

	w->value = GCV_NONE;
	for (i = 0; i < c->nr_args; i++)
		w->passed[w->nr_passed++] = c->args[i];
	w->passed[w->nr_passed++] = c->condition;
	for (i = 0; i < w->nr_passed; i++)
		if (w->passed[i] == GCV_NONE || !gcv_expr_is_pure(body, w->passed[i]))
			return false;
	return find_local(w);
}

/* 0, 1, and what compares: the same as an int and as a bool. */
static bool is_truth(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];
	int64_t value;

	if (gcv_expr_int(body, node, &value))
		return value == 0 || value == 1;
	return (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_LNOT) ||
	       (n->kind == GCV_NODE_BINARY && n->op >= GCV_OP_LAND && n->op <= GCV_OP_NE);
}

/* Does an argument mean the same without the parameter's type in between? */
static bool keeps_value(const struct wrapper *w, uint32_t symbol, const struct gcv_form *caller,
			uint32_t arg)
{
	const struct gcv_body *body = w->c->form->body;
	const struct gcv_api_signature *from = w->c->change->from;
	struct gcv_expr_type is = gcv_expr_type(caller->body, arg), wanted = { 0 };
	uint32_t i;

	for (i = 0; i < w->nr_passed; i++) {
		const struct gcv_node *n = &body->nodes[w->passed[i]];

		if (n->kind != GCV_NODE_REF || n->symbol != symbol)
			continue;
		if (i < from->nr_params &&
		    strcmp(body->symbols[symbol].canonical, from->params[i].type) == 0)
			return true;
		if (i == from->nr_params && is_truth(caller->body, arg))
			return true;
	}
	for (i = 0; i < body->nr_nodes && !wanted.len; i++)
		if (body->nodes[i].kind == GCV_NODE_REF && body->nodes[i].symbol == symbol)
			wanted = gcv_expr_type(body, i);
	return is.len && is.len == wanted.len && is.pointers == wanted.pointers &&
	       memcmp(is.base, wanted.base, is.len) == 0;
}

/* The arguments of a caller for the parameters. */
static bool fill(struct wrapper *w, const struct gcv_form *caller, uint32_t call,
		 struct gcv_substitute *with, uint32_t *ret_nr)
{
	const struct gcv_node *n = &caller->body->nodes[call];
	const struct gcv_body *body = w->c->form->body;
	uint32_t i, nr = 0;

	for (i = 0; i < body->nr_symbols && body->symbols[i].kind == GCV_SYMBOL_PARAM; i++) {
		uint32_t arg, uses = count_uses(w, i);

		if (body->symbols[i].value != i || i + 1 >= n->nr_children ||
		    i == GCV_CALL_TEXT_ARGS)
			return false;
		arg = n->children[i + 1];
		if ((uses != 1 && !gcv_expr_is_pure(caller->body, arg)) ||
		    (uses && !keeps_value(w, i, caller, arg)))
			return false;
		gcv_substitute_fill(caller, arg, i, &w->arena, &with[nr++]);
	}
	*ret_nr = nr;
	return n->nr_children == nr + 1;
}

static const char *pass(struct wrapper *w, uint32_t node, const struct gcv_substitute *with,
			uint32_t nr)
{
	const struct gcv_form *form = w->c->form;
	struct gcv_substitute all[GCV_CALL_TEXT_ARGS + 1];

	memcpy(all, with, sizeof(*with) * nr);
	if (w->local == GCV_NONE || !gcv_expr_uses_symbol(form->body, node, w->local))
		return gcv_substitute(form, node, all, nr, &w->arena);
	all[nr] = (struct gcv_substitute){
		.symbol = w->local,
		.text = gcv_substitute(form, w->value, with, nr, &w->arena),
		.is_primary = gcv_substitute_is_primary(form, w->value),
	};
	return all[nr].text ? gcv_substitute(form, node, all, nr + 1, &w->arena) : NULL;
}

static bool write_call(struct wrapper *w, const struct gcv_form *caller, uint32_t call,
		       struct gcv_strbuf *out)
{
	struct gcv_call_text text = { .name = w->c->change->function->name };
	struct gcv_substitute with[GCV_CALL_TEXT_ARGS];
	const struct gcv_node *condition = &w->c->form->body->nodes[w->c->condition];
	struct gcv_substitute all;
	uint32_t nr, i;

	if (!fill(w, caller, call, with, &nr))
		return false;
	for (i = 0; i < w->nr_passed; i++) {
		text.args[i] = pass(w, w->passed[i], with, nr);
		if (!text.args[i])
			return false;
	}
	text.nr_args = i--;
	gcv_substitute_fill(w->c->form, w->c->condition, GCV_NONE, &w->arena, &all);
	all.negated = gcv_arena_printf(&w->arena, all.is_primary ? "!%s" : "!(%s)", text.args[i]);
	all.text = text.args[i];
	if (condition->kind == GCV_NODE_REF)
		for (; nr; nr--)
			if (condition->symbol == with[nr - 1].symbol)
				all = with[nr - 1];
	text.args[i] = gcv_signature_condition(&all, w->c->is_inverted);
	gcv_call_text_write(&text, gcv_source_column(caller->source, gcv_form_begin(caller, call)),
			    out);
	return true;
}

/* @ret_is_done: the calls of the wrapper in this function are changed */
static enum gcv_status change_caller(struct wrapper *w, struct gcv_function *fn, bool *ret_is_done,
				     struct gcv_err *err)
{
	const struct gcv_function *wrapper = w->c->form->fn;
	enum gcv_status st = gcv_program_body(w->program, fn, err);
	struct gcv_form form;
	uint32_t i, begin, end;

	*ret_is_done = true;
	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, w->c->form->source);
	for (i = 0; st == GCV_OK && *ret_is_done && i < form.body->nr_nodes; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

		if (form.body->nodes[i].kind != GCV_NODE_CALL ||
		    strcmp(gcv_form_callee(&form, i), wrapper->name) != 0)
			continue;
		begin = gcv_form_begin(&form, i);
		end = gcv_form_end(&form, i);
		*ret_is_done = gcv_form_is_written(&form, i) && !fn->from_macro &&
			       gcv_source_is_at(form.source, begin, wrapper->name) &&
			       gcv_source_is_plain(form.source, begin, end) &&
			       write_call(w, &form, i, &out);
		if (*ret_is_done)
			st = gcv_file_edit_add(w->calls, begin, end, out.buf, 0, err);
	}
	gcv_form_release(&form);
	return st;
}

/* Does the name stand in the file only where the wrapper begins and where its calls are changed? */
static bool is_all(const struct wrapper *w)
{
	const struct gcv_source *s = w->c->form->source;
	const struct gcv_function *fn = w->c->form->fn;
	uint32_t at = gcv_source_word(s, 0, s->len, fn->name), nr = 0;

	for (; at < s->len;
	     at = gcv_source_word(s, at + (uint32_t)strlen(fn->name), s->len, fn->name))
		nr += at < fn->begin || at >= fn->end;
	return nr && nr == w->calls->nr_changes;
}

static enum gcv_status change_callers(struct wrapper *w, bool *ret_is_done, struct gcv_err *err)
{
	const struct gcv_function *wrapper = w->c->form->fn;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	*ret_is_done = true;
	for (i = 0; st == GCV_OK && *ret_is_done && i < w->program->facts.nr_functions; i++) {
		struct gcv_function *fn = &w->program->facts.functions[i];

		if (fn->kind == GCV_DEF_FUNCTION && strcmp(fn->file, wrapper->file) == 0 &&
		    (fn->begin != wrapper->begin || fn->end != wrapper->end))
			st = change_caller(w, fn, ret_is_done, err);
	}
	*ret_is_done = *ret_is_done && is_all(w);
	return st;
}

/* The function with the comment on top of it and the empty line behind it. */
static bool find_range(const struct gcv_form *form, uint32_t *ret_begin, uint32_t *ret_end)
{
	const struct gcv_source *s = form->source;
	uint32_t begin = form->fn->begin, end = form->fn->end, comment, behind;

	if (!gcv_source_starts_line(s, begin) || !gcv_source_ends_line(s, end))
		return false;
	begin = gcv_source_line_begin(s, begin);
	if (gcv_source_comment_above(s, begin, &comment, &behind) &&
	    gcv_source_starts_line(s, comment))
		begin = gcv_source_line_begin(s, comment);
	end = gcv_source_next_line(s, end);
	if (end < s->len && gcv_source_is_blank(s, end, gcv_source_line_end(s, end)))
		end = gcv_source_next_line(s, end);
	*ret_begin = begin;
	*ret_end = end;
	return true;
}

static enum gcv_status commit(const struct wrapper *w, struct gcv_file_edit *edit, uint32_t group,
			      uint32_t begin, uint32_t end, struct gcv_err *err)
{
	enum gcv_status st = gcv_file_edit_add(edit, begin, end, "", group, err);
	uint32_t i;

	for (i = 0; st == GCV_OK && i < w->calls->nr_changes; i++)
		st = gcv_file_edit_add(edit, w->calls->changes[i].begin, w->calls->changes[i].end,
				       w->calls->changes[i].text, group, err);
	return st;
}

enum gcv_status gcv_signature_wrapper_remove(const struct gcv_signature_call *c,
					     struct gcv_program *program,
					     struct gcv_file_edit *edit, uint32_t group,
					     bool *ret_is_removed, struct gcv_err *err)
{
	struct gcv_file_edit calls = { .path = edit->path,
				       .old_text = edit->old_text,
				       .old_len = edit->old_len };
	struct wrapper w = { .c = c, .program = program, .calls = &calls };
	uint32_t begin = 0, end = 0;
	enum gcv_status st = GCV_OK;

	*ret_is_removed = c->unit != c->call && is_static(c->form->fn) && does_nothing_else(c) &&
			  find_passed(&w) && find_range(c->form, &begin, &end);
	if (*ret_is_removed)
		st = change_callers(&w, ret_is_removed, err);
	if (st == GCV_OK && *ret_is_removed)
		st = commit(&w, edit, group, begin, end, err);
	gcv_file_edit_release(&calls);
	gcv_arena_release(&w.arena);
	return st;
}
