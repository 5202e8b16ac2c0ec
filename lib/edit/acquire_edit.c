// SPDX-License-Identifier: GPL-2.0-only
#include "edit/acquire_edit.h"

#include "edit/call_text.h"
#include "flow/expr.h"

#include <string.h>

static enum gcv_status no_place(const struct gcv_acquire_edit *e, enum gcv_status st,
				const char *what, struct gcv_err *err)
{
	return gcv_err_set(err, st, "%s: %s() in %s(): %s", e->form->source->path, e->api->name,
			   e->form->fn->name, what);
}

static bool converts_acquires(const struct gcv_goal *goal)
{
	size_t i;

	for (i = 0; i < goal->conversion->nr_pairs; i++)
		if (goal->conversion->pairs[i].shape == GCV_API_PAIR_ACQUIRE)
			return true;
	return false;
}

static bool is_dropped(const struct gcv_acquire_edit *e, const char *text, size_t len)
{
	const struct gcv_api *api = e->goal->era->api;
	size_t i;

	for (i = 0; i < api->nr_flags; i++)
		if (api->flags[i].drop_on_pin && strlen(api->flags[i].name) == len &&
		    memcmp(api->flags[i].name, text, len) == 0)
			return true;
	return false;
}

static bool is_named_within(const struct gcv_acquire_edit *e, uint32_t begin, uint32_t end)
{
	const struct gcv_source *s = e->form->source;
	struct gcv_token token = { GCV_TOKEN_OTHER, begin, begin };

	while (token.kind != GCV_TOKEN_END) {
		token = gcv_source_next(s, token.end, end);
		if (token.kind == GCV_TOKEN_WORD &&
		    is_dropped(e, s->text + token.begin, token.end - token.begin))
			return true;
	}
	return false;
}

#define MAX_FLAGS 16

/** struct operands - what stands between the | of an expression, as ranges of the text */
struct operands {
	uint32_t begin[MAX_FLAGS], end[MAX_FLAGS], nr;
};

/* What binds less than |, so that the expression is one operand. */
static bool binds_less(const struct gcv_source *s, uint32_t at)
{
	char ch = s->text[at], next = s->text[at + 1];

	return ch == '?' || ch == '=' || ch == ',' || ((ch == '&' || ch == '|') && next == ch);
}

/*
 * By the text: many trees have flags that are macros, of which the syntax tree knows only what they
 * stand for. @return false for more operands than there is room
 */
static bool split_or(const struct gcv_source *s, uint32_t begin, uint32_t end, struct operands *out)
{
	struct gcv_token token = { GCV_TOKEN_OTHER, begin, begin };
	int depth = 0;

	*out = (struct operands){ .begin = { begin }, .end = { end }, .nr = 1 };
	for (;;) {
		char ch;

		token = gcv_source_next(s, token.end, end);
		if (token.kind == GCV_TOKEN_END)
			return true;
		if (token.kind != GCV_TOKEN_OTHER)
			continue;
		ch = s->text[token.begin];
		depth += (ch == '(' || ch == '[') - (ch == ')' || ch == ']');
		if (depth == 0 && binds_less(s, token.begin)) {
			*out = (struct operands){ .begin = { begin }, .end = { end }, .nr = 1 };
			return true;
		}
		if (depth != 0 || ch != '|')
			continue;
		if (out->nr == MAX_FLAGS)
			return false;
		out->end[out->nr - 1] = token.begin;
		out->begin[out->nr] = token.end;
		out->end[out->nr++] = end;
	}
}

static void trim(const struct gcv_source *s, uint32_t *begin, uint32_t *end)
{
	while (*begin < *end && strchr(" \t\r\n", s->text[*begin]))
		++*begin;
	while (*begin < *end && strchr(" \t\r\n", s->text[*end - 1]))
		--*end;
}

/* The flags without those that pinning refuses, and with what is to be added. */
static bool write_flags(const struct gcv_acquire_edit *e, uint32_t arg, const char *more,
			struct gcv_strbuf *out)
{
	const struct gcv_source *s = e->form->source;
	struct operands flags;
	uint32_t i, nr_kept = 0;

	if (!split_or(s, gcv_form_begin(e->form, arg), gcv_form_end(e->form, arg), &flags))
		return false;
	for (i = 0; i < flags.nr; i++) {
		trim(s, &flags.begin[i], &flags.end[i]);
		if (is_dropped(e, s->text + flags.begin[i], flags.end[i] - flags.begin[i]))
			continue;
		if (is_named_within(e, flags.begin[i], flags.end[i]))
			return false;
		if (more && flags.nr == 1 && gcv_expr_is_int(e->form->body, arg, 0) &&
		    s->text[flags.begin[i]] == '0')
			continue;
		if (nr_kept++)
			gcv_strbuf_addstr(out, " | ");
		if (flags.nr == 1 && more)
			gcv_form_operand(e->form, arg, false, out);
		else
			gcv_source_fold(s, flags.begin[i], flags.end[i], out);
	}
	if (more)
		gcv_strbuf_addf(out, "%s%s", nr_kept++ ? " | " : "", more);
	if (!nr_kept)
		gcv_strbuf_addstr(out, "0");
	return true;
}

/* Does what stands in the place of [begin, end) make its line too long? */
static bool is_too_long(const struct gcv_source *s, uint32_t begin, uint32_t end, const char *text)
{
	unsigned int column = gcv_source_column(s, begin);

	column = gcv_source_width(text, strlen(text), column);
	return gcv_source_width(s->text + end, gcv_source_line_end(s, end) - end, column) >
	       GCV_SOURCE_COLUMNS;
}

/* The call with its arguments on other lines. */
static void write_call(const struct gcv_acquire_edit *e, const char *name, uint32_t flags_arg,
		       const char *flags, struct gcv_strbuf *out)
{
	const struct gcv_source *s = e->form->source;
	const struct gcv_node *n = &e->form->body->nodes[e->call];
	uint32_t end = gcv_form_end(e->form, e->call), i;
	struct gcv_call_text call = { .name = name };
	struct gcv_arena arena = { 0 };

	for (i = 1; i < n->nr_children; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		if (n->children[i] != flags_arg)
			gcv_form_text(e->form, n->children[i], &text);
		call.args[call.nr_args++] = n->children[i] == flags_arg
						    ? flags
						    : gcv_arena_strndup(&arena, text.buf, text.len);
	}
	call.tail = gcv_source_width(s->text + end, gcv_source_line_end(s, end) - end, 0);
	gcv_call_text_write(&call, gcv_source_column(s, gcv_form_begin(e->form, e->call)), out);
	gcv_arena_release(&arena);
}

static enum gcv_status replace_name(const struct gcv_acquire_edit *e, const char *to,
				    struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	uint32_t at;

	if (!gcv_form_name_offset(e->form, e->call, &at))
		return no_place(e, GCV_ERR_NOT_FOUND, "a macro makes the call", err);
	return gcv_file_edit_add(edit, at, at + (uint32_t)strlen(e->api->name), to, group, err);
}

/* Name and flags, or the call as a whole where its lines become too long. */
static enum gcv_status replace_flags(const struct gcv_acquire_edit *e, const char *to, uint32_t arg,
				     const char *flags, struct gcv_file_edit *edit, uint32_t group,
				     struct gcv_err *err)
{
	const struct gcv_node *call = &e->form->body->nodes[e->call];
	uint32_t begin = gcv_form_begin(e->form, e->call), end = gcv_form_end(e->form, e->call);
	uint32_t flags_begin = gcv_form_begin(e->form, arg), flags_end = gcv_form_end(e->form, arg);
	enum gcv_status st;

	if (is_too_long(e->form->source, flags_begin, flags_end, flags) &&
	    call->nr_children <= GCV_CALL_TEXT_ARGS + 1 &&
	    gcv_source_is_at(e->form->source, begin, e->api->name) &&
	    gcv_source_is_plain(e->form->source, begin, end)) {
		GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

		write_call(e, to, arg, flags, &out);
		return gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	}
	st = replace_name(e, to, edit, group, err);
	return st == GCV_OK ? gcv_file_edit_add(edit, flags_begin, flags_end, flags, group, err)
			    : st;
}

static enum gcv_status replace(const struct gcv_acquire_edit *e, const struct gcv_replacement *to,
			       struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_node *call = &e->form->body->nodes[e->call];
	int at = e->signature ? e->signature->arg[GCV_API_ARG_FLAGS] : -1;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	const char *more = to->pair->nr_flags_add ? to->pair->flags_add[0]
			   : e->longterm	  ? "FOLL_LONGTERM"
						  : NULL;
	uint32_t arg, begin, end;

	if (at < 0 || (uint32_t)at + 1 >= call->nr_children)
		return more ? no_place(e, GCV_ERR_LIMIT, "it has no flags to add to", err)
			    : replace_name(e, to->name, edit, group, err);
	arg = call->children[at + 1];
	begin = gcv_form_begin(e->form, arg);
	end = gcv_form_end(e->form, arg);
	if (is_named_within(e, e->form->fn->begin, begin) ||
	    is_named_within(e, end, e->form->fn->end))
		return no_place(e, GCV_ERR_LIMIT, "a flag that pinning refuses is set elsewhere",
				err);
	if (!more && !is_named_within(e, begin, end))
		return replace_name(e, to->name, edit, group, err);
	if (!gcv_source_is_plain(e->form->source, begin, end) || !write_flags(e, arg, more, &out))
		return no_place(e, GCV_ERR_LIMIT, "its flags cannot be changed in place", err);
	return replace_flags(e, to->name, arg, out.buf, edit, group, err);
}

enum gcv_status gcv_acquire_edit(const struct gcv_acquire_edit *e, struct gcv_file_edit *edit,
				 uint32_t group, struct gcv_err *err)
{
	struct gcv_replacement to;

	if (!converts_acquires(e->goal))
		return GCV_OK;
	if (!gcv_goal_find(e->goal, (const char *const[]){ e->api->name }, 1, GCV_API_PAIR_ACQUIRE,
			   &to))
		return no_place(e, GCV_ERR_NOT_FOUND, "nothing in the tree takes its place", err);
	if (e->signature && to.signature->nr_params != e->signature->nr_params)
		return no_place(e, GCV_ERR_NOT_FOUND, "what takes its place has other parameters",
				err);
	return replace(e, &to, edit, group, err);
}
