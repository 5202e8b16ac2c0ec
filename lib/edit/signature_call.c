// SPDX-License-Identifier: GPL-2.0-only
#include "edit/signature_call.h"

#include "edit/release_edit.h"
#include "flow/expr.h"

#include <string.h>

/* The statement that a branch consists of, below its braces. */
static uint32_t only(const struct gcv_body *body, uint32_t node)
{
	while (body->nodes[node].kind == GCV_NODE_COMPOUND && body->nodes[node].nr_children == 1)
		node = body->nodes[node].children[0];
	return gcv_expr_plain(body, node);
}

/* The IF whose branches are the call and its partner, and nothing else. */
static uint32_t find_if(const struct gcv_signature_call *c)
{
	const struct gcv_body *body = c->form->body;
	uint32_t node = c->call, then, other;
	const struct gcv_node *n;

	while (node != GCV_NONE && !gcv_expr_contains(body, node, c->shape.partner))
		node = body->nodes[node].parent;
	if (node == GCV_NONE || body->nodes[node].kind != GCV_NODE_IF)
		return GCV_NONE;
	n = &body->nodes[node];
	then = only(body, n->children[1]);
	other = only(body, n->children[2]);
	return (then == c->call && other == c->shape.partner) ||
			       (then == c->shape.partner && other == c->call)
		       ? node
		       : GCV_NONE;
}

/* Does the other branch what the call is to do where the argument is false? */
static bool is_plain_release(const struct gcv_signature_call *c)
{
	const char *name = gcv_form_callee(c->form, c->shape.partner);
	const struct gcv_era_entry *entry = gcv_era_find(&c->change->after, name, strlen(name));

	return entry && entry->function->family == c->change->function->family &&
	       entry->function->dirty == GCV_API_DIRTY_NEVER;
}

static bool is_local(const struct gcv_body *body, uint32_t symbol)
{
	return symbol != GCV_NONE && (body->symbols[symbol].kind == GCV_SYMBOL_LOCAL ||
				      body->symbols[symbol].kind == GCV_SYMBOL_PARAM);
}

/* Nothing that a call in the condition could change: variables of the function, constants. */
static bool is_out_of_reach(const struct gcv_body *body, uint32_t node)
{
	uint32_t end = gcv_expr_end(body, node);

	for (; node < end; node++) {
		const struct gcv_node *n = &body->nodes[node];

		if (n->kind != GCV_NODE_INT && n->kind != GCV_NODE_CAST &&
		    !(n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR) &&
		    !(n->kind == GCV_NODE_REF && is_local(body, n->symbol)))
			return false;
	}
	return true;
}

/* Arguments are evaluated in no order: what the condition does must not matter to the others. */
static bool may_be_argument(const struct gcv_signature_call *c, uint32_t condition)
{
	const struct gcv_body *body = c->form->body;
	const struct gcv_node *call = &body->nodes[c->call];
	uint32_t end = gcv_expr_end(body, condition), i;

	if (gcv_expr_is_pure(body, condition))
		return body->nodes[condition].op != GCV_OP_COMMA;
	for (i = condition; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];

		if (n->kind != GCV_NODE_CALL && n->kind != GCV_NODE_REF &&
		    n->kind != GCV_NODE_MEMBER && n->kind != GCV_NODE_INDEX &&
		    n->kind != GCV_NODE_INT && n->kind != GCV_NODE_BINARY &&
		    !(n->kind == GCV_NODE_UNARY && (n->op == GCV_OP_LNOT || n->op == GCV_OP_DEREF)))
			return false;
		if (n->op == GCV_OP_COMMA)
			return false;
	}
	for (i = 1; i < call->nr_children; i++)
		if (!is_out_of_reach(body, call->children[i]))
			return false;
	return true;
}

/* The whole of what stands between the parentheses of an if. */
static bool fills_parentheses(const struct gcv_form *form, uint32_t node, uint32_t condition)
{
	const struct gcv_source *s = form->source;
	uint32_t end = gcv_form_end(form, condition);
	struct gcv_token token = gcv_source_next(s, gcv_form_begin(form, node), s->len);

	if (!gcv_source_is_at(s, token.begin, "if"))
		return false;
	token = gcv_source_next(s, token.end, s->len);
	return s->text[token.begin] == '(' &&
	       gcv_source_is_blank(s, token.end, gcv_form_begin(form, condition)) &&
	       s->text[gcv_source_next(s, end, s->len).begin] == ')';
}

static uint32_t end_of(const struct gcv_form *form, uint32_t node)
{
	uint32_t end = gcv_form_end(form, node);

	return form->source->text[end - 1] == '}' ? end
						  : gcv_source_statement_end(form->source, end);
}

static void look_at_branch(struct gcv_signature_call *c)
{
	const struct gcv_body *body = c->form->body;
	uint32_t node, condition;
	bool is_inverted;

	if (c->shape.partner == GCV_NONE || c->shape.dirty_call != c->call)
		return;
	node = find_if(c);
	if (node == GCV_NONE || !is_plain_release(c))
		return;
	condition = body->nodes[node].children[0];
	if (!gcv_form_is_written(c->form, node) ||
	    !gcv_form_is_written(c->form, c->shape.partner) ||
	    !gcv_source_is_plain(c->form->source, gcv_form_begin(c->form, node),
				 end_of(c->form, node)) ||
	    !fills_parentheses(c->form, node, condition) ||
	    (c->shape.dirty_condition != GCV_NONE && !may_be_argument(c, c->shape.dirty_condition)))
		return;
	c->unit = node;
	c->is_inverted = c->shape.is_dirty_inverted;
	c->condition = c->shape.dirty_condition;
	if (c->condition == GCV_NONE)
		return;
	condition = gcv_expr_condition(body, c->condition, &is_inverted);
	/* What stands in likely() has no place of its own. */
	if (gcv_form_is_written(c->form, c->condition) && gcv_form_is_written(c->form, condition)) {
		c->condition = condition;
		c->is_inverted ^= is_inverted;
	}
}

/* The symbol of a stepped pointer, GCV_NONE where none is stepped. */
static uint32_t stepped(const struct gcv_body *body, uint32_t step)
{
	uint32_t target;

	if (step == GCV_NONE || !body->nodes[step].nr_children)
		return GCV_NONE;
	target = gcv_expr_plain(body, body->nodes[step].children[0]);
	return body->nodes[target].kind == GCV_NODE_REF ? body->nodes[target].symbol : GCV_NONE;
}

/* The release of the loop as if the condition stood around the dirtying alone. */
static bool fold_loop(const struct gcv_signature_call *c, struct gcv_strbuf *out,
		      uint32_t *ret_begin, uint32_t *ret_end)
{
	const char *name = gcv_form_callee(c->form, c->shape.partner);
	const struct gcv_era_entry *entry = gcv_era_find(&c->change->after, name, strlen(name));
	const struct gcv_goal goal = { c->conversion, &c->change->after };
	struct gcv_release_shape shape = c->shape;
	struct gcv_release_edit e = {
		.form = c->form,
		.shape = &shape,
		.goal = &goal,
		.api = entry->function,
		.signature = entry->signature,
		.may_be_negative = true,
		.may_lock = true,
	};
	uint32_t symbol = stepped(c->form->body, shape.step);

	if (shape.loop == GCV_NONE || shape.is_condition_per_page)
		return false;
	if (shape.step != GCV_NONE &&
	    (symbol == GCV_NONE || !gcv_form_is_dead_after(c->form, symbol, shape.loop)))
		return false;
	shape.step = GCV_NONE;
	shape.partner = GCV_NONE;
	shape.dirty_condition = c->condition;
	shape.is_dirty_inverted = c->is_inverted;
	return gcv_release_fold(&e, out, ret_begin, ret_end);
}

static bool is_zero(const struct gcv_body *body, uint32_t node)
{
	return node == GCV_NONE || gcv_expr_is_int(body, node, 0);
}

static void look_at_loop(struct gcv_signature_call *c)
{
	const struct gcv_release_shape *s = &c->shape;
	const struct gcv_api_signature *to = c->change->to;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	uint32_t begin, end, i;

	if (!fold_loop(c, &out, &begin, &end))
		return;
	c->unit = s->loop;
	for (i = 0; i < c->nr_args; i++)
		c->args[i] = GCV_NONE;
	if (strncmp(out.buf, c->change->function->name, strlen(c->change->function->name)) != 0 ||
	    strchr(out.buf, '\n') || !is_zero(c->form->body, s->first) ||
	    !is_zero(c->form->body, s->offset) || s->is_inclusive)
		return;
	if (to->arg[GCV_API_ARG_PAGES] >= 0 && to->arg[GCV_API_ARG_COUNT] >= 0) {
		c->args[to->arg[GCV_API_ARG_PAGES]] = s->array;
		c->args[to->arg[GCV_API_ARG_COUNT]] = s->bound;
	}
}

void gcv_signature_call_look(struct gcv_signature_call *c)
{
	const struct gcv_node *n = &c->form->body->nodes[c->call];

	gcv_release_shape_of(c->form->body, c->call, c->change->function, c->change->from,
			     c->change->after.api, c->accessors, &c->shape);
	c->unit = c->call;
	c->condition = GCV_NONE;
	c->is_inverted = false;
	c->nr_args = 0;
	while (c->nr_args + 1 < n->nr_children && c->nr_args < GCV_CALL_TEXT_ARGS - 1) {
		c->args[c->nr_args] = n->children[c->nr_args + 1];
		c->nr_args++;
	}
	if (!c->is_shallow && gcv_form_is_written(c->form, c->call))
		look_at_branch(c);
	if (c->unit != c->call)
		look_at_loop(c);
}

const char *gcv_signature_condition(const struct gcv_substitute *condition, bool is_inverted)
{
	if (is_inverted)
		return condition->negated;
	if (strcmp(condition->text, "0") == 0)
		return "false";
	return strcmp(condition->text, "1") == 0 ? "true" : condition->text;
}

static const char *text_of(const struct gcv_form *form, uint32_t node, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	gcv_form_text(form, node, &text);
	return gcv_arena_strndup(arena, text.buf ? text.buf : "", text.len);
}

/* The call as it is now, with the argument. */
static void write_call(const struct gcv_signature_call *c, unsigned int column,
		       struct gcv_strbuf *out)
{
	const struct gcv_node *n = &c->form->body->nodes[c->call];
	struct gcv_call_text call = { .name = c->change->function->name };
	struct gcv_substitute condition;
	struct gcv_arena arena = { 0 };
	uint32_t i;

	for (i = 0; i < c->nr_args; i++)
		call.args[call.nr_args++] = text_of(c->form, n->children[i + 1], &arena);
	if (c->condition != GCV_NONE)
		gcv_substitute_fill(c->form, c->condition, GCV_NONE, &arena, &condition);
	call.args[call.nr_args++] = c->condition == GCV_NONE
					    ? "true"
					    : gcv_signature_condition(&condition, c->is_inverted);
	gcv_call_text_write(&call, column, out);
	gcv_arena_release(&arena);
}

static enum gcv_status add_argument(const struct gcv_signature_call *c, struct gcv_file_edit *edit,
				    uint32_t group, struct gcv_err *err)
{
	const struct gcv_source *source = c->form->source;
	uint32_t begin = gcv_form_begin(c->form, c->call), end = gcv_form_end(c->form, c->call);
	uint32_t line_end = gcv_source_line_end(source, end);
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	bool fits = gcv_source_column(source, line_end) + strlen(", true") <= GCV_SOURCE_COLUMNS;

	if (fits || !gcv_source_is_plain(source, begin, end))
		return gcv_file_edit_add(edit, end - 1, end - 1, ", true", group, err);
	write_call(c, gcv_source_column(source, begin), &out);
	return gcv_file_edit_add(edit, begin, end, out.buf, group, err);
}

/* Name and parentheses stand there, not only the name as the argument of a macro. */
static bool is_written_out(const struct gcv_signature_call *c)
{
	const struct gcv_source *source = c->form->source;
	uint32_t at;

	if (!gcv_form_is_written(c->form, c->call) || !gcv_form_name_offset(c->form, c->call, &at))
		return false;
	at = gcv_source_next(source, at + (uint32_t)strlen(c->change->function->name), source->len)
		     .begin;
	return at < source->len && source->text[at] == '(' &&
	       source->text[gcv_form_end(c->form, c->call) - 1] == ')';
}

enum gcv_status gcv_signature_call_edit(const struct gcv_signature_call *c,
					struct gcv_file_edit *edit, uint32_t group,
					struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	uint32_t begin = gcv_form_begin(c->form, c->call), end;

	if (!is_written_out(c))
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s:%u: a macro makes the call of %s()",
				   c->form->source->path, gcv_source_line(c->form->source, begin),
				   c->change->function->name);
	if (c->unit == c->call)
		return add_argument(c, edit, group, err);
	if (c->unit == c->shape.loop && fold_loop(c, &out, &begin, &end))
		return gcv_file_edit_add(edit, begin, end, out.buf, group, err);
	begin = gcv_form_begin(c->form, c->unit);
	write_call(c, gcv_source_column(c->form->source, begin), &out);
	gcv_strbuf_addch(&out, ';');
	return gcv_file_edit_add(edit, begin, end_of(c->form, c->unit), out.buf, group, err);
}
