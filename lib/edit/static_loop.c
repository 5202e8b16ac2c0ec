// SPDX-License-Identifier: GPL-2.0-only
#include "edit/static_loop.h"

#include "classify/release_guard.h"
#include "edit/form.h"
#include "edit/release_edit.h"
#include "edit/static_function.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/* A call of the function in one form of its caller; many stand in several forms. */
struct helper_call {
	const struct gcv_function *in;
	uint32_t offset, begin, end;
	char *text; /* what takes the place of the loop; NULL: the loop stays */
};

/* A function that gives its parameter back. */
struct helper {
	struct gcv_plan *plan;
	struct gcv_plan_file *file;
	const struct gcv_function *fn;
	const struct gcv_api_function *api;
	struct gcv_api_signature signature; /* of the function, as if it were the release */
	uint32_t site, group;
	struct helper_call *calls;
	uint32_t nr_calls, cap_calls;
};

/* One statement, which gives back a page that is a parameter. */
static bool is_helper_form(struct helper *h, uint32_t site_call, const char *api,
			   const struct gcv_era_entry *entry)
{
	const struct gcv_plan_input *input = &h->plan->input;
	const struct gcv_body *body = h->fn->body;
	const struct gcv_node *root = &body->nodes[0];
	struct gcv_release_shape shape;
	struct gcv_form form;
	uint32_t call, page;
	size_t i;

	gcv_form_init(&form, h->fn, &h->file->source);
	call = gcv_form_find_call(&form, site_call, api);
	gcv_form_release(&form);
	if (call == GCV_NONE || root->nr_children != 1 || body->nr_symbols == 0)
		return false;
	gcv_release_shape_of(body, call, entry->function, entry->signature, input->era->api,
			     input->accessors, &shape);
	if (!shape.is_only_body || shape.other != GCV_NONE || shape.dirty_call != GCV_NONE ||
	    shape.null_check != GCV_NONE || root->children[0] != shape.statement)
		return false;
	page = gcv_expr_plain(body, shape.page);
	if (body->nodes[page].kind != GCV_NODE_REF || body->nodes[page].symbol != shape.param)
		return false;
	for (i = 0; i < GCV_API_ARG_NR; i++)
		h->signature.arg[i] = -1;
	h->signature.arg[GCV_API_ARG_PAGE] = (int)body->symbols[shape.param].value;
	h->signature.dirty = GCV_API_DIRTY_NEVER;
	return true;
}

static bool is_helper(struct helper *h, uint32_t site, enum gcv_status *st, struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &h->plan->input.program->facts;
	const struct gcv_program_site *s = &facts->sites[site];
	const struct gcv_era_entry *entry =
		gcv_era_find(h->plan->input.era, s->api, strlen(s->api));
	uint32_t i;

	if (strcmp(s->role, "release") != 0 || !entry || !s->nr_calls ||
	    entry->function->shape != GCV_API_SHAPE_PAGE)
		return false;
	h->api = entry->function;
	for (i = 0; i < s->nr_calls; i++) {
		struct gcv_function *fn = &facts->functions[s->calls[i]];

		if (!gcv_static_function_is_candidate(fn) || strcmp(fn->file, s->file) != 0)
			return false;
		*st = gcv_program_body(h->plan->input.program, fn, err);
		h->fn = fn;
		if (*st != GCV_OK || !is_helper_form(h, s->offsets[i], s->api, entry))
			return false;
	}
	return true;
}

/* The fold drops all arguments but the page. */
static bool are_others_pure(const struct helper *h, const struct gcv_body *body, uint32_t call)
{
	const struct gcv_node *n = &body->nodes[call];
	uint32_t i;

	if (n->nr_children < 2 + (uint32_t)h->signature.arg[GCV_API_ARG_PAGE])
		return false;
	for (i = 1; i < n->nr_children; i++)
		if (!gcv_expr_is_pure(body, n->children[i]))
			return false;
	return true;
}

static char *fold(const struct helper *h, const struct gcv_form *form, uint32_t call,
		  struct helper_call *ret)
{
	const struct gcv_plan_input *input = &h->plan->input;
	const struct gcv_goal goal = { input->conversion, input->era };
	struct gcv_release_shape shape;
	struct gcv_release_edit e = {
		.form = form,
		.shape = &shape,
		.goal = &goal,
		.api = h->api,
		.signature = &h->signature,
	};
	struct gcv_strbuf text = { 0 };

	gcv_release_shape_of(form->body, call, h->api, &h->signature, NULL, input->accessors,
			     &shape);
	if (shape.loop == GCV_NONE || shape.bound == GCV_NONE || form->fn->from_macro ||
	    !are_others_pure(h, form->body, call))
		return NULL;
	e.may_be_negative =
		!gcv_release_is_not_negative(form->body, &form->cfg, shape.bound, shape.loop);
	if (!gcv_release_fold(&e, &text, &ret->begin, &ret->end)) {
		gcv_strbuf_release(&text);
		return NULL;
	}
	return text.buf;
}

static enum gcv_status look_at_caller(struct helper *h, struct gcv_function *fn,
				      struct gcv_err *err)
{
	enum gcv_status st = gcv_program_body(h->plan->input.program, fn, err);
	struct gcv_form form;
	uint32_t i;

	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, &h->file->source);
	for (i = 0; i < form.body->nr_nodes; i++) {
		struct helper_call call = { .in = fn, .offset = gcv_form_begin(&form, i) };

		if (form.body->nodes[i].kind != GCV_NODE_CALL ||
		    strcmp(gcv_form_callee(&form, i), h->fn->name) != 0)
			continue;
		call.text = fold(h, &form, i, &call);
		GCV_GROW(h->calls, h->nr_calls, h->cap_calls);
		h->calls[h->nr_calls++] = call;
	}
	gcv_form_release(&form);
	return GCV_OK;
}

/* Do all forms that see a call come to the same? */
static bool is_agreed(const struct helper *h, const struct helper_call *call)
{
	uint32_t i;

	for (i = 0; i < h->nr_calls; i++) {
		const struct helper_call *other = &h->calls[i];

		if (other->offset == call->offset &&
		    (!other->text || strcmp(other->text, call->text) != 0 ||
		     other->begin != call->begin || other->end != call->end))
			return false;
	}
	return true;
}

/* Are the first units all among the others? Both ascend. */
static bool are_among(const struct gcv_function *fn, const struct gcv_function *others)
{
	uint32_t i, k = 0;

	for (i = 0; i < fn->nr_units; i++) {
		while (k < others->nr_units && others->units[k] < fn->units[i])
			k++;
		if (k == others->nr_units || others->units[k] != fn->units[i])
			return false;
	}
	return true;
}

/* Does a call stay that needs the function wherever it is seen? */
static bool is_needed(const struct helper *h)
{
	const struct gcv_program_facts *facts = &h->plan->input.program->facts;
	const struct gcv_program_site *site = &facts->sites[h->site];
	uint32_t i, k;

	for (i = 0; i < h->nr_calls; i++) {
		if (h->calls[i].text && is_agreed(h, &h->calls[i]))
			continue;
		for (k = 0; k < site->nr_calls; k++)
			if (!are_among(&facts->functions[site->calls[k]], h->calls[i].in))
				break;
		if (k == site->nr_calls)
			return true;
	}
	return false;
}

static bool is_in_fold(const struct helper *h, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < h->nr_calls; i++)
		if (h->calls[i].text && is_agreed(h, &h->calls[i]) && at >= h->calls[i].begin &&
		    at < h->calls[i].end)
			return true;
	return false;
}

/* Can the function go, because nothing but the loops names it? */
static bool can_go(const struct helper *h)
{
	const struct gcv_source *s = &h->file->source;
	const char *name = h->fn->name;
	uint32_t len = (uint32_t)strlen(name), at;
	struct gcv_static_function text;

	if (!gcv_static_function_find(s, h->fn, &text))
		return false;
	for (at = gcv_source_word(s, 0, s->len, name); at < s->len;
	     at = gcv_source_word(s, at + len, s->len, name))
		if (!gcv_static_function_has(&text, at) && !is_in_fold(h, at))
			return false;
	return true;
}

/* The compiler would warn of a function that is left behind without a call. */
static enum gcv_status fold_calls(struct helper *h, struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &h->plan->input.program->facts;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < facts->nr_functions; i++) {
		struct gcv_function *fn = &facts->functions[i];

		if (fn->kind == GCV_DEF_FUNCTION && strcmp(fn->file, h->fn->file) == 0 &&
		    (fn->begin != h->fn->begin || fn->end != h->fn->end))
			st = look_at_caller(h, fn, err);
	}
	if (st != GCV_OK || (!is_needed(h) && !can_go(h)))
		return st;
	for (i = 0; st == GCV_OK && i < h->nr_calls; i++) {
		const struct helper_call *call = &h->calls[i];

		if (!call->text || !is_agreed(h, call))
			continue;
		st = gcv_file_edit_add(&h->file->edit, call->begin, call->end, call->text, h->group,
				       err);
		if (st == GCV_ERR_USAGE) /* another change stands there: the loop stays */
			st = GCV_OK;
	}
	return st;
}

static enum gcv_status look_at_site(struct gcv_plan *plan, uint32_t site, struct gcv_err *err)
{
	struct helper h = { .plan = plan, .site = site, .group = plan->groups[site] };
	enum gcv_status st =
		gcv_plan_find_file(plan, plan->input.program->facts.sites[site].file, &h.file, err);
	uint32_t i;

	if (st == GCV_OK && is_helper(&h, site, &st, err))
		st = fold_calls(&h, err);
	for (i = 0; i < h.nr_calls; i++)
		free(h.calls[i].text);
	free(h.calls);
	return st;
}

enum gcv_status gcv_plan_fold_static_loops(struct gcv_plan *plan, struct gcv_err *err)
{
	uint32_t nr = plan->input.program->facts.nr_sites, i;
	enum gcv_status st = GCV_OK;

	for (i = 0; st == GCV_OK && i < nr; i++)
		if (plan->groups[i] != GCV_NONE && !gcv_plan_is_dropped(plan, plan->groups[i]))
			st = look_at_site(plan, i, err);
	return st;
}
