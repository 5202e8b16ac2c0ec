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

/* Is a call that begins in a column, with ");" behind it, within the columns on each line? */
static bool is_narrow(const char *text, unsigned int column)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1, column = 0)
		if (gcv_source_width(text, (size_t)(end - text), column) > GCV_SOURCE_COLUMNS)
			return false;
	return gcv_source_width(text, strlen(text), column) + 1 <= GCV_SOURCE_COLUMNS;
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
	    write_call(e, to, gcv_source_column(e->form->source, begin), &arena, &out) &&
	    is_narrow(out.buf, gcv_source_column(e->form->source, begin)))
		st = gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	else /* Where there is no room, the lines are broken as they were. */
		st = gcv_file_edit_add(edit, at, at + (uint32_t)strlen(old), to, group, err);
	gcv_arena_release(&arena);
	return st;
}

/* The if that a release is all the then branch of, without an else; GCV_NONE where there is none.
 */
static uint32_t if_around(const struct gcv_release_edit *e)
{
	const struct gcv_node *nodes = e->form->body->nodes;
	uint32_t at = e->shape->statement, parent = nodes[at].parent;

	if (parent != GCV_NONE && nodes[parent].kind == GCV_NODE_COMPOUND &&
	    nodes[parent].nr_children == 1) {
		at = parent;
		parent = nodes[at].parent;
	}
	if (parent == GCV_NONE || nodes[parent].kind != GCV_NODE_IF ||
	    nodes[parent].children[1] != at ||
	    nodes[nodes[parent].children[2]].kind != GCV_NODE_NONE)
		return GCV_NONE;
	return parent;
}

/* if (n), if (n != 0): what the guard says, too. */
static bool is_said_by(const struct gcv_body *body, uint32_t condition, uint32_t count)
{
	const struct gcv_node *n;

	condition = gcv_expr_plain(body, condition);
	n = &body->nodes[condition];
	if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_NE &&
	    gcv_expr_is_int(body, n->children[1], 0))
		condition = gcv_expr_plain(body, n->children[0]);
	return gcv_expr_equal(body, condition, gcv_expr_plain(body, count));
}

static void write_guard(const struct gcv_release_edit *e, struct gcv_strbuf *out)
{
	gcv_form_operand(e->form, e->shape->count, false, out);
	gcv_strbuf_addstr(out, " > 0");
}

/* What binds less than && is what needs parentheses in front of it. */
static bool binds_less(const struct gcv_node *n)
{
	return n->kind == GCV_NODE_COND || n->kind == GCV_NODE_ASSIGN ||
	       (n->kind == GCV_NODE_BINARY && (n->op == GCV_OP_LOR || n->op == GCV_OP_COMMA));
}

/* The condition of the if around the call, with the guard. */
static enum gcv_status guard_if(const struct gcv_release_edit *e, uint32_t node, const char *to,
				struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_form *form = e->form;
	uint32_t condition = form->body->nodes[node].children[0];
	uint32_t begin = gcv_form_begin(form, condition), end = gcv_form_end(form, condition);
	bool has_parentheses = binds_less(&form->body->nodes[condition]) &&
			       !gcv_form_is_parenthesised(form, condition);
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	enum gcv_status st;

	if (!is_said_by(form->body, condition, e->shape->count)) {
		if (has_parentheses)
			gcv_strbuf_addch(&out, '(');
		gcv_form_text(form, condition, &out);
		gcv_strbuf_addstr(&out, has_parentheses ? ") && " : " && ");
	}
	write_guard(e, &out);
	if (gcv_source_column(form->source, begin) + out.len + strlen(")") > GCV_SOURCE_COLUMNS)
		return no_place(e, GCV_ERR_LIMIT,
				"the count may be negative, and there is no room for a guard", err);
	st = gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	return st == GCV_OK ? replace_name(e, to, edit, group, err) : st;
}

/* An if of its own, in a block. */
static enum gcv_status guard_call(const struct gcv_release_edit *e, const char *to,
				  struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_form *form = e->form;
	uint32_t begin = gcv_form_begin(form, e->shape->statement);
	uint32_t end =
		gcv_source_statement_end(form->source, gcv_form_end(form, e->shape->statement));
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	enum gcv_status st = GCV_OK;

	gcv_strbuf_addstr(&out, "if (");
	write_guard(e, &out);
	gcv_strbuf_addstr(&out, ")\n");
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

/*
 * Signedness: release_pages() takes an int and does nothing with a negative count; what takes an
 * unsigned long runs away with it.
 */
static enum gcv_status guard(const struct gcv_release_edit *e, const char *to,
			     struct gcv_file_edit *edit, uint32_t group, struct gcv_err *err)
{
	const struct gcv_form *form = e->form;
	const struct gcv_release_shape *s = e->shape;
	uint32_t parent = form->body->nodes[s->statement].parent, around = if_around(e);

	if (s->statement == s->call && parent != GCV_NONE && s->count != GCV_NONE &&
	    gcv_expr_is_pure(form->body, s->count) && gcv_form_is_written(form, s->call)) {
		if (around != GCV_NONE && gcv_form_is_written(form, around) &&
		    gcv_form_is_written(form, form->body->nodes[around].children[0]) &&
		    gcv_source_is_plain(form->source, gcv_form_begin(form, around),
					gcv_form_end(form, form->body->nodes[around].children[0])))
			return guard_if(e, around, to, edit, group, err);
		if (form->body->nodes[parent].kind == GCV_NODE_COMPOUND &&
		    gcv_source_starts_line(form->source, gcv_form_begin(form, s->statement)))
			return guard_call(e, to, edit, group, err);
	}
	return no_place(e, GCV_ERR_LIMIT,
			"the count may be negative, and there is no room for a guard", err);
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
		return guard(e, to.name, edit, group, err);
	return replace_name(e, to.name, edit, group, err);
}
