// SPDX-License-Identifier: GPL-2.0-only
#include "edit/acquire_edit.h"

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

/* The operands of a | b | c, in their order. @return how many, 0 for too many */
static uint32_t split_or(const struct gcv_body *body, uint32_t node, uint32_t *out, uint32_t room)
{
	const struct gcv_node *n = &body->nodes[node];
	uint32_t left, right;

	if (n->kind != GCV_NODE_BINARY || n->op != GCV_OP_OR || (n->flags & GCV_NODE_MACRO)) {
		if (room)
			out[0] = node;
		return room ? 1 : 0;
	}
	left = split_or(body, n->children[0], out, room);
	right = left ? split_or(body, n->children[1], out + left, room - left) : 0;
	return right ? left + right : 0;
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

/* The flags without those that pinning refuses, and with what is to be added. */
static bool write_flags(const struct gcv_acquire_edit *e, uint32_t arg, const char *more,
			struct gcv_strbuf *out)
{
	uint32_t flags[MAX_FLAGS], i, nr = split_or(e->form->body, arg, flags, MAX_FLAGS);
	uint32_t nr_kept = 0;

	for (i = 0; i < nr; i++) {
		uint32_t begin = gcv_form_begin(e->form, flags[i]);
		uint32_t end = gcv_form_end(e->form, flags[i]);

		if (is_dropped(e, e->form->source->text + begin, end - begin))
			continue;
		if (is_named_within(e, begin, end))
			return false;
		if (more && nr == 1 && gcv_expr_is_int(e->form->body, flags[i], 0))
			continue;
		if (nr_kept++)
			gcv_strbuf_addstr(out, " | ");
		if (nr > 1 || more)
			gcv_form_operand(e->form, flags[i], false, out);
		else
			gcv_form_text(e->form, flags[i], out);
	}
	if (more)
		gcv_strbuf_addf(out, "%s%s", nr_kept++ ? " | " : "", more);
	if (!nr_kept)
		gcv_strbuf_addstr(out, "0");
	return nr > 0;
}

static enum gcv_status change_flags(const struct gcv_acquire_edit *e,
				    const struct gcv_replacement *to, struct gcv_file_edit *edit,
				    uint32_t group, struct gcv_err *err)
{
	const struct gcv_node *call = &e->form->body->nodes[e->call];
	int at = e->signature ? e->signature->arg[GCV_API_ARG_FLAGS] : -1;
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	const char *more = to->pair->nr_flags_add ? to->pair->flags_add[0]
			   : e->longterm	  ? "FOLL_LONGTERM"
						  : NULL;
	uint32_t arg, begin, end;

	if (at < 0 || (uint32_t)at + 1 >= call->nr_children)
		return more ? no_place(e, GCV_ERR_LIMIT, "it has no flags to add to", err) : GCV_OK;
	arg = call->children[at + 1];
	begin = gcv_form_begin(e->form, arg);
	end = gcv_form_end(e->form, arg);
	if (is_named_within(e, e->form->fn->begin, begin) ||
	    is_named_within(e, end, e->form->fn->end))
		return no_place(e, GCV_ERR_LIMIT, "a flag that pinning refuses is set elsewhere",
				err);
	if (!more && !is_named_within(e, begin, end))
		return GCV_OK;
	if (!gcv_source_is_plain(e->form->source, begin, end) || !write_flags(e, arg, more, &out))
		return no_place(e, GCV_ERR_LIMIT, "its flags cannot be changed in place", err);
	return gcv_file_edit_add(edit, begin, end, out.buf, group, err);
}

enum gcv_status gcv_acquire_edit(const struct gcv_acquire_edit *e, struct gcv_file_edit *edit,
				 uint32_t group, struct gcv_err *err)
{
	struct gcv_replacement to;
	enum gcv_status st;
	uint32_t at;

	if (!converts_acquires(e->goal))
		return GCV_OK;
	if (!gcv_goal_find(e->goal, (const char *const[]){ e->api->name }, 1, GCV_API_PAIR_ACQUIRE,
			   &to))
		return no_place(e, GCV_ERR_NOT_FOUND, "nothing in the tree takes its place", err);
	if (e->signature && to.signature->nr_params != e->signature->nr_params)
		return no_place(e, GCV_ERR_NOT_FOUND, "what takes its place has other parameters",
				err);
	if (!gcv_form_name_offset(e->form, e->call, &at))
		return no_place(e, GCV_ERR_NOT_FOUND, "a macro makes the call", err);
	st = gcv_file_edit_add(edit, at, at + (uint32_t)strlen(e->api->name), to.name, group, err);
	return st == GCV_OK ? change_flags(e, &to, edit, group, err) : st;
}
