// SPDX-License-Identifier: GPL-2.0-only
#include "edit/trivial.h"

#include "edit/call_text.h"
#include "edit/form.h"
#include "edit/static_function.h"
#include "edit/substitute.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/* A function that became one call. */
struct trivial {
	struct gcv_plan *plan;
	struct gcv_plan_file *file;
	const struct gcv_form *form;
	struct gcv_arena arena;
	const char *name, *args[GCV_CALL_TEXT_ARGS]; /* the call, in the function's own words */
	uint32_t nr_args, group;
	struct gcv_static_function text;
	struct gcv_file_edit calls; /* those of its callers, as they will be */
};

static bool is_candidate(const struct gcv_function *fn)
{
	return gcv_static_function_is_candidate(fn) && strncmp(fn->type, "void (", 6) == 0;
}

static bool is_within(const struct gcv_change *change, uint32_t begin, uint32_t end)
{
	return change->begin >= begin && change->end <= end;
}

/* All of its changes belong to one group, and none crosses its borders. */
static bool find_group(struct trivial *t)
{
	const struct gcv_function *fn = t->form->fn;
	uint32_t i;

	t->group = GCV_NONE;
	for (i = 0; i < t->file->edit.nr_changes; i++) {
		const struct gcv_change *change = &t->file->edit.changes[i];

		if (change->end <= fn->begin || change->begin >= fn->end)
			continue;
		if (!is_within(change, fn->begin, fn->end) || change->nr_others ||
		    (t->group != GCV_NONE && t->group != change->group))
			return false;
		t->group = change->group;
	}
	return t->group != GCV_NONE;
}

/* Return: false where it was one call before, or there is something that cannot be written anew. */
static bool became_less(const struct trivial *t)
{
	const struct gcv_body *body = t->form->body;
	const struct gcv_node *root = &body->nodes[0];

	return root->kind == GCV_NODE_COMPOUND && root->nr_children &&
	       (root->nr_children > 1 || body->nodes[root->children[0]].kind != GCV_NODE_CALL) &&
	       gcv_source_is_plain(t->form->source, t->form->fn->begin, t->form->fn->end);
}

/* What stands between the braces of the function now. */
static void write_body(const struct trivial *t, struct gcv_strbuf *out)
{
	uint32_t done = gcv_form_begin(t->form, 0) + 1, end = gcv_form_end(t->form, 0) - 1, i;

	for (i = 0; i < t->file->edit.nr_changes; i++) {
		const struct gcv_change *change = &t->file->edit.changes[i];

		if (!is_within(change, done, end))
			continue;
		gcv_strbuf_add(out, t->form->source->text + done, change->begin - done);
		gcv_strbuf_addstr(out, change->text);
		done = change->end;
	}
	gcv_strbuf_add(out, t->form->source->text + done, end - done);
}

static void add_arg(struct trivial *t, const struct gcv_source *s, uint32_t begin, uint32_t end)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	while (begin < end && strchr(" \t\r\n", s->text[begin]))
		begin++;
	while (begin < end && strchr(" \t\r\n", s->text[end - 1]))
		end--;
	gcv_source_fold(s, begin, end, &text);
	t->args[t->nr_args++] = gcv_arena_strndup(&t->arena, text.buf ? text.buf : "", text.len);
}

/* NAME(ARGUMENT, …); and nothing else. */
static bool read_call(struct trivial *t, const struct gcv_source *s)
{
	struct gcv_token token = gcv_source_next(s, 0, s->len);
	uint32_t begin;
	int depth = 1;

	if (token.kind != GCV_TOKEN_WORD)
		return false;
	t->name = gcv_arena_strndup(&t->arena, s->text + token.begin, token.end - token.begin);
	if (!gcv_era_find(t->plan->input.era, t->name, strlen(t->name)))
		return false;
	token = gcv_source_next(s, token.end, s->len);
	if (token.kind != GCV_TOKEN_OTHER || s->text[token.begin] != '(')
		return false;
	begin = token.end;
	while (depth) {
		char ch;

		token = gcv_source_next(s, token.end, s->len);
		if (token.kind != GCV_TOKEN_WORD && token.kind != GCV_TOKEN_OTHER)
			return false;
		ch = token.kind == GCV_TOKEN_OTHER ? s->text[token.begin] : ' ';
		depth += (ch == '(' || ch == '[') - (ch == ')' || ch == ']');
		if (depth > 1 || (depth == 1 && ch != ','))
			continue;
		if (t->nr_args == GCV_CALL_TEXT_ARGS)
			return false;
		add_arg(t, s, begin, token.begin);
		begin = token.end;
	}
	token = gcv_source_next(s, token.end, s->len);
	return token.kind == GCV_TOKEN_OTHER && s->text[token.begin] == ';' &&
	       gcv_source_next(s, token.end, s->len).kind == GCV_TOKEN_END;
}

static bool find_call(struct trivial *t)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_source source;

	write_body(t, &text);
	source = (struct gcv_source){ t->file->source.path, text.buf ? text.buf : "",
				      (uint32_t)text.len };
	return read_call(t, &source);
}

/* The text that goes; not with kernel-doc. */
static bool find_text(struct trivial *t)
{
	return gcv_static_function_find(t->form->source, t->form->fn, &t->text) &&
	       !t->text.has_kernel_doc;
}

static bool is_member(const struct gcv_source *s, uint32_t at)
{
	while (at && s->text[at - 1] == ' ')
		at--;
	return at && (s->text[at - 1] == '.' ||
		      (at > 1 && s->text[at - 1] == '>' && s->text[at - 2] == '-'));
}

static uint32_t count_uses(const struct trivial *t, const char *name)
{
	uint32_t nr = 0, i, at;

	for (i = 0; i < t->nr_args; i++) {
		struct gcv_source s = { "", t->args[i], (uint32_t)strlen(t->args[i]) };

		for (at = gcv_source_word(&s, 0, s.len, name); at < s.len;
		     at = gcv_source_word(&s, at + (uint32_t)strlen(name), s.len, name))
			nr += !is_member(&s, at);
	}
	return nr;
}

static struct gcv_expr_type type_of(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_REF && body->nodes[i].symbol == symbol)
			return gcv_expr_type(body, i);
	return (struct gcv_expr_type){ 0 };
}

/* What compares is the same as an int and as a bool. */
static bool is_truth(const struct gcv_body *body, uint32_t node)
{
	const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];

	return (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_LNOT) ||
	       (n->kind == GCV_NODE_BINARY && n->op >= GCV_OP_LAND && n->op <= GCV_OP_NE);
}

static bool is_bool(const struct gcv_expr_type *type)
{
	return gcv_expr_type_is(type, "_Bool", 0) || gcv_expr_type_is(type, "bool", 0);
}

/* Does an argument mean the same without the parameter's type in between? */
static bool keeps_value(const struct trivial *t, uint32_t symbol, const struct gcv_form *caller,
			uint32_t arg)
{
	struct gcv_expr_type wanted = type_of(t->form->body, symbol);
	struct gcv_expr_type is = gcv_expr_type(caller->body, arg);
	int64_t value;

	if (gcv_expr_int(caller->body, arg, &value) && !wanted.pointers)
		return value >= 0 && value <= (is_bool(&wanted) ? 1 : INT8_MAX);
	if (is_bool(&wanted) && is_truth(caller->body, arg))
		return true;
	return wanted.len && is.len == wanted.len && is.pointers == wanted.pointers &&
	       memcmp(is.base, wanted.base, is.len) == 0;
}

static bool fill(struct trivial *t, const struct gcv_form *caller, uint32_t call,
		 struct gcv_substitute *with, uint32_t *ret_nr)
{
	const struct gcv_node *n = &caller->body->nodes[call];
	const struct gcv_body *body = t->form->body;
	uint32_t i, nr = 0;

	for (i = 0; i < body->nr_symbols && body->symbols[i].kind == GCV_SYMBOL_PARAM; i++) {
		uint32_t uses = count_uses(t, body->symbols[i].name), arg;

		if (body->symbols[i].value != i || i + 1 >= n->nr_children ||
		    i == GCV_CALL_TEXT_ARGS)
			return false;
		arg = n->children[i + 1];
		if ((uses != 1 && !gcv_expr_is_pure(caller->body, arg)) ||
		    (uses && !keeps_value(t, i, caller, arg)))
			return false;
		gcv_substitute_fill(caller, arg, i, &t->arena, &with[nr++]);
	}
	*ret_nr = nr;
	return n->nr_children == nr + 1;
}

static const struct gcv_substitute *find_parameter(const struct trivial *t,
						   const struct gcv_substitute *with, uint32_t nr,
						   const char *word, size_t len)
{
	const struct gcv_symbol *symbols = t->form->body->symbols;
	uint32_t i;

	for (i = 0; i < nr; i++)
		if (strlen(symbols[with[i].symbol].name) == len &&
		    memcmp(symbols[with[i].symbol].name, word, len) == 0)
			return &with[i];
	return NULL;
}

/* A word that is nobody's parameter means the same in the caller, if no variable hides it there. */
static bool is_hidden(const struct gcv_form *caller, const char *word, size_t len)
{
	uint32_t i;

	for (i = 0; i < caller->body->nr_symbols; i++) {
		const struct gcv_symbol *symbol = &caller->body->symbols[i];

		if ((symbol->kind == GCV_SYMBOL_LOCAL || symbol->kind == GCV_SYMBOL_PARAM ||
		     symbol->kind == GCV_SYMBOL_STATIC_LOCAL) &&
		    strlen(symbol->name) == len && memcmp(symbol->name, word, len) == 0)
			return true;
	}
	return false;
}

/* Return: where to go on behind the parameter at @token. */
static uint32_t put_parameter(const struct gcv_source *s, struct gcv_token token,
			      const struct gcv_substitute *with, struct gcv_strbuf *out)
{
	bool is_whole = token.begin == 0 && token.end == s->len;

	if (with->pointee && s->len > token.end + 2 && memcmp(s->text + token.end, "->", 2) == 0) {
		gcv_strbuf_addf(out, "%s.", with->pointee);
		return token.end + 2;
	}
	if (is_whole || gcv_substitute_is_bare(with, s, token.begin, token.end))
		gcv_strbuf_addstr(out, with->text);
	else
		gcv_strbuf_addf(out, "(%s)", with->text);
	return token.end;
}

/* @return NULL where it would mean something else in the caller */
static const char *say_arg(struct trivial *t, const char *arg, const struct gcv_form *caller,
			   const struct gcv_substitute *with, uint32_t nr)
{
	struct gcv_source s = { "", arg, (uint32_t)strlen(arg) };
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_token token = { GCV_TOKEN_OTHER, 0, 0 };
	uint32_t done = 0;

	for (;;) {
		const struct gcv_substitute *parameter;

		token = gcv_source_next(&s, token.end, s.len);
		if (token.kind == GCV_TOKEN_END)
			break;
		if (token.kind != GCV_TOKEN_WORD || is_member(&s, token.begin))
			continue;
		parameter = find_parameter(t, with, nr, arg + token.begin, token.end - token.begin);
		if (parameter) {
			gcv_strbuf_add(&out, arg + done, token.begin - done);
			done = put_parameter(&s, token, parameter, &out);
		} else if (is_hidden(caller, arg + token.begin, token.end - token.begin)) {
			return NULL;
		}
	}
	gcv_strbuf_add(&out, arg + done, s.len - done);
	return gcv_arena_strndup(&t->arena, out.buf ? out.buf : "", out.len);
}

static bool write_call(struct trivial *t, const struct gcv_form *caller, uint32_t call,
		       struct gcv_strbuf *out)
{
	struct gcv_call_text text = { .name = t->name, .nr_args = t->nr_args };
	struct gcv_substitute with[GCV_CALL_TEXT_ARGS];
	uint32_t nr, i;

	if (!fill(t, caller, call, with, &nr))
		return false;
	for (i = 0; i < t->nr_args; i++) {
		text.args[i] = say_arg(t, t->args[i], caller, with, nr);
		if (!text.args[i])
			return false;
	}
	gcv_call_text_write(&text, gcv_source_column(caller->source, gcv_form_begin(caller, call)),
			    out);
	return true;
}

static bool is_changed(const struct gcv_file_edit *edit, uint32_t begin, uint32_t end)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin < end && edit->changes[i].end > begin)
			return true;
	return false;
}

/* @ret_is_done: the calls in this function are changed */
static enum gcv_status change_caller(struct trivial *t, struct gcv_function *fn, bool *ret_is_done,
				     struct gcv_err *err)
{
	const char *name = t->form->fn->name;
	enum gcv_status st = gcv_program_body(t->plan->input.program, fn, err);
	struct gcv_form form;
	uint32_t i;

	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, t->form->source);
	for (i = 0; st == GCV_OK && *ret_is_done && i < form.body->nr_nodes; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
		uint32_t begin = gcv_form_begin(&form, i), end = gcv_form_end(&form, i);

		if (form.body->nodes[i].kind != GCV_NODE_CALL ||
		    strcmp(gcv_form_callee(&form, i), name) != 0)
			continue;
		*ret_is_done = gcv_form_is_written(&form, i) && !fn->from_macro &&
			       gcv_source_is_at(form.source, begin, name) &&
			       gcv_source_is_plain(form.source, begin, end) &&
			       !is_changed(&t->file->edit, begin, end) &&
			       write_call(t, &form, i, &out);
		if (*ret_is_done)
			st = gcv_file_edit_add(&t->calls, begin, end, out.buf, t->group, err);
	}
	gcv_form_release(&form);
	return st;
}

static enum gcv_status change_callers(struct trivial *t, bool *ret_is_done, struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &t->plan->input.program->facts;
	const struct gcv_function *own = t->form->fn;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && *ret_is_done && i < facts->nr_functions; i++) {
		struct gcv_function *fn = &facts->functions[i];

		if (fn->kind == GCV_DEF_FUNCTION && strcmp(fn->file, own->file) == 0 &&
		    (fn->begin != own->begin || fn->end != own->end))
			st = change_caller(t, fn, ret_is_done, err);
	}
	*ret_is_done = *ret_is_done && t->calls.nr_changes &&
		       t->calls.nr_changes ==
			       gcv_static_function_count(t->form->source, &t->text, own->name);
	return st;
}

static enum gcv_status commit(struct trivial *t, struct gcv_err *err)
{
	struct gcv_file_edit *edit = &t->file->edit;
	enum gcv_status st = gcv_static_function_remove(&t->text, edit, t->group, err);

	return st == GCV_OK ? gcv_file_edit_add_all(edit, &t->calls, err) : st;
}

static enum gcv_status look_at(struct gcv_plan *plan, struct gcv_plan_file *file,
			       struct gcv_function *fn, struct gcv_err *err)
{
	struct trivial t = { .plan = plan, .file = file };
	struct gcv_form form;
	enum gcv_status st;
	bool is_trivial;

	if (!is_candidate(fn) || !is_changed(&file->edit, fn->begin, fn->end))
		return GCV_OK;
	st = gcv_program_body(plan->input.program, fn, err);
	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, &file->source);
	t.form = &form;
	t.calls = (struct gcv_file_edit){ .path = file->edit.path,
					  .old_text = file->edit.old_text,
					  .old_len = file->edit.old_len };
	is_trivial = find_group(&t) && became_less(&t) && find_text(&t) && find_call(&t);
	if (is_trivial)
		st = change_callers(&t, &is_trivial, err);
	/* Configurations that write a call in another way keep it. */
	if (st == GCV_ERR_USAGE)
		is_trivial = false;
	if (st == GCV_OK && is_trivial)
		st = commit(&t, err);
	gcv_file_edit_release(&t.calls);
	gcv_form_release(&form);
	gcv_arena_release(&t.arena);
	return st == GCV_ERR_USAGE ? GCV_OK : st;
}

enum gcv_status gcv_plan_remove_trivial(struct gcv_plan *plan, struct gcv_err *err)
{
	return gcv_plan_each_function(plan, look_at, err);
}
