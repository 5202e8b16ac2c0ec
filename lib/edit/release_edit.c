// SPDX-License-Identifier: GPL-2.0-only
#include "edit/release_edit.h"

#include "edit/call_text.h"
#include "flow/expr.h"

#include <string.h>

static enum gcv_status no_place(const struct gcv_release_edit *e, enum gcv_status st,
				const char *what, struct gcv_err *err)
{
	return gcv_err_set(err, st, "%s: %s() in %s(): %s", e->form->source->path, e->api->name,
			   e->form->fn->name, what);
}

static bool is_array_call(const struct gcv_release_edit *e)
{
	return e->api->shape == GCV_API_SHAPE_ARRAY;
}

/* The call anew with its own arguments: lines that were aligned with the old name move. */
static bool write_call(const struct gcv_release_edit *e, const char *name, unsigned int column,
		       struct gcv_arena *arena, struct gcv_strbuf *out)
{
	const struct gcv_node *n = &e->form->body->nodes[e->shape->call];
	struct gcv_call_text call = { .name = name };
	uint32_t i;

	if (n->nr_children > GCV_CALL_TEXT_ARGS + 1 ||
	    !gcv_source_is_plain(e->form->source, gcv_form_begin(e->form, e->shape->call),
				 gcv_form_end(e->form, e->shape->call)))
		return false;
	for (i = 1; i < n->nr_children; i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		gcv_form_text(e->form, n->children[i], &text);
		call.args[call.nr_args++] = gcv_arena_strndup(arena, text.buf, text.len);
	}
	gcv_call_text_write(&call, column, out);
	return true;
}

static bool fits(const struct gcv_release_edit *e, uint32_t name_offset, size_t more)
{
	const struct gcv_source *source = e->form->source;
	uint32_t end = gcv_source_line_end(source, name_offset);

	return gcv_source_column(source, end) + more <= GCV_SOURCE_COLUMNS;
}

static enum gcv_status replace_name(const struct gcv_release_edit *e, const char *to,
				    struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const char *old = gcv_form_callee(e->form, e->shape->call);
	uint32_t begin = gcv_form_begin(e->form, e->shape->call);
	uint32_t end = gcv_form_end(e->form, e->shape->call), at;
	bool is_one_line = gcv_source_line_end(e->form->source, begin) >= end;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	enum gcv_status st;

	if (!gcv_form_name_offset(e->form, e->shape->call, &at))
		return no_place(e, GCV_ERR_NOT_FOUND, "a macro makes the call", err);
	if (at == begin && strlen(to) != strlen(old) &&
	    (!is_one_line ||
	     (strlen(to) > strlen(old) && !fits(e, at, strlen(to) - strlen(old)))) &&
	    write_call(e, to, gcv_source_column(e->form->source, begin), &arena, &out))
		st = gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	else
		st = gcv_file_edit_add(edit, at, at + (uint32_t)strlen(old), to, group, err);
	gcv_arena_release(&arena);
	return st;
}

/*
 * Signedness: release_pages() takes an int and does nothing with a negative count; what takes an
 * unsigned long runs away with it.
 */
static enum gcv_status guard_call(const struct gcv_release_edit *e, const char *to,
				  struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_form *form = e->form;
	const struct gcv_release_shape *s = e->shape;
	uint32_t begin = gcv_form_begin(form, s->statement);
	uint32_t end = gcv_source_statement_end(form->source, gcv_form_end(form, s->statement));
	uint32_t parent = form->body->nodes[s->statement].parent;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	enum gcv_status st = GCV_OK;

	if (s->statement != s->call || parent == GCV_NONE ||
	    form->body->nodes[parent].kind != GCV_NODE_COMPOUND ||
	    !gcv_source_starts_line(form->source, begin) || s->count == GCV_NONE ||
	    !gcv_expr_is_pure(form->body, s->count) || !gcv_form_is_written(form, s->call))
		return no_place(e, GCV_ERR_LIMIT,
				"the count may be negative, and there is no room for a guard", err);
	gcv_strbuf_addstr(&out, "if (");
	gcv_form_operand(form, s->count, false, &out);
	gcv_strbuf_addstr(&out, " > 0)\n");
	gcv_source_indent(form->source, begin, &out);
	gcv_strbuf_addch(&out, '\t');
	if (write_call(e, to, gcv_source_column(form->source, begin) + GCV_SOURCE_TAB, &arena,
		       &out))
		gcv_strbuf_addch(&out, ';');
	else
		st = no_place(e, GCV_ERR_LIMIT, "a comment stands between the arguments", err);
	if (st == GCV_OK)
		st = gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	gcv_arena_release(&arena);
	return st;
}

/* An errno in an unsigned variable is negative again where the old function takes an int. */
static bool hides_errno(const struct gcv_release_edit *e)
{
	int at = e->signature ? e->signature->arg[GCV_API_ARG_COUNT] : -1;
	unsigned int bits;

	return at >= 0 && strcmp(e->signature->params[at].type, "int") == 0 &&
	       e->shape->count != GCV_NONE &&
	       gcv_expr_sign(e->form->body, e->shape->count, &bits) == GCV_EXPR_UNSIGNED;
}

enum gcv_status gcv_release_edit(struct gcv_release_edit *e, struct gcv_file_edit *edit,
				 uint32_t group, struct gcv_err *err)
{
	enum gcv_api_pair_shape shape = is_array_call(e) ? GCV_API_PAIR_ARRAY : GCV_API_PAIR_SINGLE;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_replacement to;
	uint32_t begin, end;

	e->is_folded = !e->is_shallow && gcv_release_fold(e, &out, &begin, &end);
	if (e->is_folded)
		return gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	if (!gcv_goal_find(e->goal, (const char *const[]){ e->api->name }, 1, shape, &to))
		return no_place(e, GCV_ERR_NOT_FOUND, "nothing in the tree takes its place", err);
	if (is_array_call(e) && e->may_be_errno && hides_errno(e))
		return no_place(
			e, GCV_ERR_LIMIT,
			"its count may be an errno, which is not negative as an unsigned number",
			err);
	if (is_array_call(e) && e->may_be_negative && e->shape->is_bound_signed)
		return guard_call(e, to.name, edit, group, err);
	return replace_name(e, to.name, edit, group, err);
}
