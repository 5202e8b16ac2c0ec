// SPDX-License-Identifier: GPL-2.0-only
#include "edit/call_text.h"
#include "edit/release_edit.h"
#include "edit/substitute.h"

#include "flow/expr.h"

#include <string.h>

/* The parts of a call with an array, as text. */
struct fold {
	const struct gcv_release_edit *e;
	struct gcv_arena arena;
	const char *base, *count;
	const char *page;  /* where it is only one */
	const char *guard; /* condition without which nothing may be released, or NULL */
	const char *dirty; /* condition of dirtying, "true", or NULL for never */
};

static const char *take(struct fold *f, struct gcv_strbuf *sb)
{
	const char *text = gcv_arena_strndup(&f->arena, sb->buf ? sb->buf : "", sb->len);

	gcv_strbuf_release(sb);
	return text;
}

static const char *text_of(struct fold *f, uint32_t node)
{
	struct gcv_strbuf sb = { 0 };

	gcv_form_text(f->e->form, node, &sb);
	return take(f, &sb);
}

static const char *operand(struct fold *f, uint32_t node, bool is_right)
{
	struct gcv_strbuf sb = { 0 };

	gcv_form_operand(f->e->form, node, is_right, &sb);
	return take(f, &sb);
}

/* Is 0 all that a variable can hold where the loop begins? */
static bool starts_at_zero(const struct gcv_release_edit *e, uint32_t use)
{
	const struct gcv_form *form = e->form;
	const struct gcv_body *body = form->body;
	uint32_t symbol = body->nodes[use].symbol, nr, nr_zero = 0, i;
	const uint32_t *defs;

	if (symbol == GCV_NONE || !form->reach.is_exact)
		return false;
	defs = gcv_reach_at(&form->reach, use, &nr);
	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &form->reach.defs[defs[i]];
		uint32_t value;

		if (def->symbol != symbol)
			continue;
		if (def->node == GCV_NONE || def->is_part || def->keeps)
			return false;
		if (gcv_expr_contains(body, e->shape->loop, def->node))
			continue;
		if (def->kind == GCV_REACH_VAR)
			value = body->nodes[def->node].nr_children
					? body->nodes[def->node].children[0]
					: GCV_NONE;
		else if (def->kind == GCV_REACH_ASSIGN)
			value = body->nodes[def->node].children[1];
		else
			return false;
		if (value == GCV_NONE || !gcv_expr_is_int(body, value, 0))
			return false;
		nr_zero++;
	}
	return nr_zero;
}

static bool is_zero(const struct gcv_release_edit *e, uint32_t node)
{
	if (node == GCV_NONE || gcv_expr_is_int(e->form->body, node, 0))
		return true;
	return e->form->body->nodes[node].kind == GCV_NODE_REF && node == e->shape->first &&
	       e->shape->loop != GCV_NONE && starts_at_zero(e, node);
}

/*
 * Only in a block, where labels may stand before it, can several statements take the place of one,
 * or an if that an else behind would be taken for.
 */
static bool is_in_block(const struct gcv_release_edit *e, uint32_t statement)
{
	const struct gcv_node *nodes = e->form->body->nodes;
	uint32_t parent = nodes[statement].parent;

	while (parent != GCV_NONE &&
	       (nodes[parent].kind == GCV_NODE_LABEL || nodes[parent].kind == GCV_NODE_CASE ||
		nodes[parent].kind == GCV_NODE_DEFAULT))
		parent = nodes[parent].parent;
	return parent != GCV_NONE && nodes[parent].kind == GCV_NODE_COMPOUND;
}

/* What the loop left behind is not looked at, and all of it stands in the text. */
static bool can_go(const struct gcv_release_edit *e, uint32_t begin, uint32_t end)
{
	const struct gcv_release_shape *s = e->shape;
	const struct gcv_body *body = e->form->body;
	uint32_t symbol;

	if (!gcv_source_starts_line(e->form->source, begin) ||
	    !gcv_source_ends_line(e->form->source, end) ||
	    !gcv_source_is_plain(e->form->source, begin, end))
		return false;
	if (s->index != GCV_NONE && (!gcv_form_is_dead_after(e->form, s->index, s->loop) ||
				     gcv_form_comes_back(e->form, s->index, s->loop) ||
				     gcv_form_is_needed_unseen(e->form, s->index, s->loop)))
		return false;
	if (s->assign == GCV_NONE || !gcv_expr_contains(body, s->loop, s->assign))
		return true;
	symbol = body->nodes[s->assign].kind == GCV_NODE_VAR
			 ? body->nodes[s->assign].symbol
			 : body->nodes[gcv_expr_plain(body, body->nodes[s->assign].children[0])]
				   .symbol;
	return symbol != GCV_NONE && gcv_form_is_dead_after(e->form, symbol, s->loop) &&
	       !gcv_form_is_needed_unseen(e->form, symbol, s->loop);
}

/*
 * Holes: an empty slot that the loop skips would be dereferenced. An early end, a stepped pointer,
 * and whatever was not understood keep the loop. A part of the condition that is not the bound
 * becomes a guard.
 */
static bool is_plain_loop(const struct gcv_release_edit *e)
{
	const struct gcv_release_shape *s = e->shape;
	struct gcv_expr_type type;

	if (s->loop == GCV_NONE || s->other != GCV_NONE || s->null_check != GCV_NONE ||
	    s->step != GCV_NONE || s->is_short || s->is_null_break || s->partner != GCV_NONE ||
	    s->array == GCV_NONE || s->bound == GCV_NONE)
		return false;
	if (e->api->shape != GCV_API_SHAPE_PAGE)
		return false;
	type = gcv_expr_type(e->form->body, s->array);
	return gcv_expr_type_is(&type, "struct page", 2) && gcv_form_is_written(e->form, s->loop) &&
	       gcv_form_is_written(e->form, s->call);
}

static void fill_base(struct fold *f)
{
	const struct gcv_release_shape *s = f->e->shape;
	const char *array = operand(f, s->array, true), *at;

	f->base = text_of(f, s->array);
	if (is_zero(f->e, s->first) && is_zero(f->e, s->offset))
		return;
	if (is_zero(f->e, s->first))
		at = text_of(f, s->offset);
	else if (is_zero(f->e, s->offset))
		at = text_of(f, s->first);
	else
		at = gcv_arena_printf(&f->arena, "%s + %s", operand(f, s->offset, false),
				      operand(f, s->first, false));
	f->base = gcv_arena_printf(&f->arena, "&%s[%s]", array, at);
}

/*
 * A loop whose bound is below its start does nothing; a call with the difference as its unsigned
 * count would run away (signedness).
 */
static void fill_count(struct fold *f)
{
	const struct gcv_release_shape *s = f->e->shape;
	bool has_first = !is_zero(f->e, s->first);
	const char *condition;

	f->count = text_of(f, s->bound);
	if (has_first) {
		f->guard = gcv_arena_printf(&f->arena, "%s %s %s", operand(f, s->bound, false),
					    s->is_inclusive ? ">=" : ">",
					    operand(f, s->first, true));
		f->count = gcv_arena_printf(&f->arena, "%s - %s", operand(f, s->bound, false),
					    operand(f, s->first, true));
	} else if (f->e->may_be_negative && s->is_bound_signed) {
		f->guard = gcv_arena_printf(&f->arena, "%s %s 0", operand(f, s->bound, false),
					    s->is_inclusive ? ">=" : ">");
	}
	if (s->is_inclusive)
		f->count = gcv_arena_printf(&f->arena, "%s + 1",
					    has_first ? f->count : operand(f, s->bound, false));
	if (s->condition == GCV_NONE)
		return;
	condition = operand(f, s->condition, true);
	if (f->e->form->body->nodes[s->condition].kind == GCV_NODE_BINARY && !f->guard &&
	    s->condition < s->bound)
		condition = text_of(f, s->condition);
	/* What stands behind the bound may only hold where that lets it be asked. */
	if (s->condition > s->bound && !f->guard)
		f->guard = gcv_arena_printf(&f->arena, "%s %s 0", operand(f, s->bound, false),
					    s->is_inclusive ? ">=" : ">");
	if (f->guard)
		f->guard = s->condition < s->bound
				   ? gcv_arena_printf(&f->arena, "%s && %s", condition, f->guard)
				   : gcv_arena_printf(&f->arena, "%s && %s", f->guard, condition);
	else
		f->guard = condition;
}

/* Context: where the page lock may not be taken, dirtying stays as it is. */
static bool fill_dirty(struct fold *f)
{
	const struct gcv_release_shape *s = f->e->shape;
	struct gcv_substitute condition;

	if (s->dirty_call == GCV_NONE)
		return true;
	if (!(s->is_dirty_locked || f->e->may_lock) || s->is_condition_per_page)
		return false;
	f->dirty = "true";
	if (s->dirty_condition == GCV_NONE)
		return true;
	gcv_substitute_fill(f->e->form, s->dirty_condition, GCV_NONE, &f->arena, &condition);
	f->dirty = s->is_dirty_inverted ? condition.negated : condition.text;
	return true;
}

static void put_arg(struct gcv_call_text *call, int at, const char *text)
{
	if (at < 0 || at >= GCV_CALL_TEXT_ARGS)
		return;
	call->args[at] = text;
	if ((uint32_t)at >= call->nr_args)
		call->nr_args = (uint32_t)at + 1;
}

static void write_call(const struct fold *f, const struct gcv_replacement *to, const char *dirty,
		       unsigned int column, struct gcv_strbuf *out)
{
	struct gcv_call_text call = { .name = to->name };

	put_arg(&call, to->signature->arg[GCV_API_ARG_PAGES], f->base);
	put_arg(&call, to->signature->arg[GCV_API_ARG_COUNT], f->count);
	put_arg(&call, to->signature->arg[GCV_API_ARG_MAKE_DIRTY], dirty);
	gcv_call_text_write(&call, column, out);
	gcv_strbuf_addch(out, ';');
}

static void new_line(const struct gcv_release_edit *e, uint32_t begin, unsigned int deeper,
		     struct gcv_strbuf *out)
{
	gcv_strbuf_addch(out, '\n');
	gcv_source_indent(e->form->source, begin, out);
	for (; deeper; deeper--)
		gcv_strbuf_addch(out, '\t');
}

/*
 * One call, or two in the branches of an if where the function cannot be told whether to dirty.
 * @return false where the tree lacks what it takes
 */
static bool write_release(const struct fold *f, enum gcv_api_pair_shape shape, uint32_t begin,
			  struct gcv_strbuf *out)
{
	const struct gcv_release_edit *e = f->e;
	const char *from[2] = { e->api->name, NULL };
	unsigned int column = gcv_source_column(e->form->source, begin);
	unsigned int deeper = f->guard ? 1 : 0;
	struct gcv_replacement to, clean;
	bool has_argument, is_two;

	if (f->dirty) {
		from[0] = gcv_form_callee(e->form, e->shape->dirty_call);
		from[1] = e->api->name;
	}
	if (!gcv_goal_find(e->goal, from, f->dirty ? 2 : 1, shape, &to))
		return false;
	has_argument = to.signature->arg[GCV_API_ARG_MAKE_DIRTY] >= 0;
	is_two = f->dirty && !has_argument && strcmp(f->dirty, "true") != 0;
	if (is_two && (f->guard || !gcv_goal_find(e->goal, from + 1, 1, shape, &clean)))
		return false;
	if (f->guard) {
		gcv_strbuf_addf(out, "if (%s)", f->guard);
		new_line(e, begin, 1, out);
	}
	if (!is_two) {
		write_call(f, &to, f->dirty, column + deeper * GCV_SOURCE_TAB, out);
		return true;
	}
	gcv_strbuf_addf(out, "if (%s)", f->dirty);
	new_line(e, begin, 1, out);
	write_call(f, &to, NULL, column + GCV_SOURCE_TAB, out);
	new_line(e, begin, 0, out);
	gcv_strbuf_addstr(out, "else");
	new_line(e, begin, 1, out);
	if (shape == GCV_API_PAIR_SINGLE)
		gcv_strbuf_addf(out, "%s(%s);", clean.name, f->page);
	else
		write_call(f, &clean, NULL, column + GCV_SOURCE_TAB, out);
	return true;
}

static bool fold_loop(struct fold *f, struct gcv_strbuf *out, uint32_t *ret_begin,
		      uint32_t *ret_end)
{
	const struct gcv_release_edit *e = f->e;
	const struct gcv_release_shape *s = e->shape;
	uint32_t begin = gcv_form_begin(e->form, s->loop);
	uint32_t end = gcv_source_statement_end(e->form->source, gcv_form_end(e->form, s->loop));

	if (!can_go(e, begin, end) || !fill_dirty(f))
		return false;
	fill_base(f);
	fill_count(f);
	if ((f->guard || s->clear != GCV_NONE || f->dirty) && !is_in_block(e, s->loop))
		return false;
	if (f->guard && s->clear != GCV_NONE)
		return false;
	if (!write_release(f, GCV_API_PAIR_LOOP, begin, out))
		return false;
	if (s->clear != GCV_NONE) {
		new_line(e, begin, 0, out);
		gcv_strbuf_addf(out, "memset(%s, 0, %s * sizeof(*%s));", f->base,
				operand(f, s->bound, true), operand(f, s->array, true));
	}
	*ret_begin = begin;
	*ret_end = end;
	return true;
}

/* The statement of the same block that a node is part of. */
static uint32_t beside(const struct gcv_body *body, uint32_t node, uint32_t statement)
{
	uint32_t parent = body->nodes[statement].parent;

	while (node != GCV_NONE && body->nodes[node].parent != parent)
		node = body->nodes[node].parent;
	return node;
}

/* set_page_dirty_lock(page); put_page(page); */
static bool fold_single(struct fold *f, struct gcv_strbuf *out, uint32_t *ret_begin,
			uint32_t *ret_end)
{
	const struct gcv_release_edit *e = f->e;
	const struct gcv_release_shape *s = e->shape;
	const struct gcv_body *body = e->form->body;
	uint32_t page = gcv_expr_plain(body, s->page), first, begin, end;
	enum gcv_node_kind kind = body->nodes[page].kind;

	if (s->other != GCV_NONE || s->null_check != GCV_NONE || s->partner != GCV_NONE ||
	    (kind != GCV_NODE_REF && kind != GCV_NODE_MEMBER && kind != GCV_NODE_INDEX) ||
	    !is_in_block(e, s->statement))
		return false;
	first = beside(body, s->dirty_call, s->statement);
	if (first == GCV_NONE || first > s->statement)
		return false;
	begin = gcv_form_begin(e->form, first);
	end = gcv_source_statement_end(e->form->source, gcv_form_end(e->form, s->statement));
	if (!can_go(e, begin, end) || !gcv_form_is_written(e->form, s->call) || !fill_dirty(f))
		return false;
	f->page = text_of(f, page);
	if (kind == GCV_NODE_INDEX && is_zero(e, body->nodes[page].children[1]))
		f->base = text_of(f, body->nodes[page].children[0]);
	else
		f->base = gcv_arena_printf(&f->arena, "&%s", f->page);
	f->count = "1";
	if (!write_release(f, GCV_API_PAIR_SINGLE, begin, out))
		return false;
	*ret_begin = begin;
	*ret_end = end;
	return true;
}

bool gcv_release_fold(const struct gcv_release_edit *e, struct gcv_strbuf *out, uint32_t *ret_begin,
		      uint32_t *ret_end)
{
	struct fold f = { .e = e };
	struct gcv_strbuf text = { 0 };
	bool is_folded = false;

	if (is_plain_loop(e))
		is_folded = fold_loop(&f, &text, ret_begin, ret_end);
	else if (e->shape->loop == GCV_NONE && e->shape->dirty_call != GCV_NONE &&
		 e->api->shape == GCV_API_SHAPE_PAGE)
		is_folded = fold_single(&f, &text, ret_begin, ret_end);
	if (is_folded)
		gcv_strbuf_add(out, text.buf, text.len);
	gcv_strbuf_release(&text);
	gcv_arena_release(&f.arena);
	return is_folded;
}
