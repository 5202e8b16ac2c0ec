// SPDX-License-Identifier: GPL-2.0-only
#include "edit/plan.h"

#include "edit/acquire_edit.h"
#include "edit/comment.h"
#include "edit/static_loop.h"
#include "edit/release_edit.h"
#include "edit/signature_plan.h"
#include "edit/tidy.h"
#include "edit/trivial.h"
#include "edit/unused.h"
#include "parse/callee.h"

#include <stdlib.h>
#include <string.h>

static uint32_t find_root(uint32_t *roots, uint32_t at)
{
	while (roots[at] != at)
		at = roots[at] = roots[roots[at]];
	return at;
}

static bool is_wanted(const struct gcv_plan *plan, uint32_t site)
{
	return !plan->input.is_wanted || plan->input.is_wanted[site];
}

static bool is_acquire(const struct gcv_plan *plan, uint32_t site)
{
	return strcmp(plan->input.program->facts.sites[site].role, "acquire") == 0;
}

static void init_signature(struct gcv_plan *plan)
{
	uint32_t nr = plan->input.program->facts.nr_sites, i;

	for (i = 0; i < nr; i++)
		plan->groups[i] = GCV_NONE;
	plan->nr_groups = 1;
}

/* Convertible sites that are tied together, and of which an acquire is wanted. */
void gcv_plan_init(struct gcv_plan *plan, const struct gcv_plan_input *input)
{
	uint32_t nr = input->program->facts.nr_sites, i, k;
	GCV_AUTOFREE uint32_t *roots = gcv_zalloc(nr + 1, sizeof(*roots));
	GCV_AUTOFREE uint32_t *number = gcv_zalloc(nr + 1, sizeof(*number));

	*plan = (struct gcv_plan){ .input = *input };
	plan->groups = gcv_arena_alloc(&plan->arena, sizeof(*plan->groups) * (nr + 1));
	plan->is_folded = gcv_arena_alloc(&plan->arena, nr + 1);
	if (gcv_signature_is_goal(input->conversion)) {
		init_signature(plan);
		return;
	}
	for (i = 0; i < nr; i++)
		roots[i] = i;
	for (i = 0; i < nr; i++)
		for (k = 0; input->results[i].is_convertible && k < input->results[i].nr_partners;
		     k++)
			if (input->results[input->results[i].partners[k]].is_convertible)
				roots[find_root(roots, i)] =
					find_root(roots, input->results[i].partners[k]);
	for (i = 0; i < nr; i++)
		if (input->results[i].is_convertible && is_acquire(plan, i) && is_wanted(plan, i) &&
		    !number[find_root(roots, i)])
			number[find_root(roots, i)] = ++plan->nr_groups;
	for (i = 0; i < nr; i++)
		plan->groups[i] = input->results[i].is_convertible && number[find_root(roots, i)]
					  ? number[find_root(roots, i)] - 1
					  : GCV_NONE;
}

static void clear_files(struct gcv_plan *plan)
{
	uint32_t i;

	for (i = 0; i < plan->nr_files; i++) {
		gcv_file_edit_release(&plan->files[i].edit);
		gcv_strbuf_release(&plan->files[i].text);
	}
	plan->nr_files = 0;
	memset(plan->is_folded, 0, plan->input.program->facts.nr_sites + 1);
}

bool gcv_plan_is_dropped(const struct gcv_plan *plan, uint32_t group)
{
	uint32_t i;

	for (i = 0; i < plan->nr_refusals; i++)
		if (plan->refusals[i].group == group)
			return true;
	return false;
}

void gcv_plan_drop(struct gcv_plan *plan, uint32_t group, const char *code, const char *text)
{
	const struct gcv_program_site *sites = plan->input.program->facts.sites;
	uint32_t nr = plan->input.program->facts.nr_sites, i, site = GCV_NONE;

	for (i = nr; i-- > 0;)
		if (plan->groups[i] == group && (site == GCV_NONE || is_acquire(plan, i)))
			site = i;
	gcv_plan_drop_at(plan, group, site, site == GCV_NONE ? "" : sites[site].file,
			 site == GCV_NONE ? 0 : sites[site].line, code, text);
}

void gcv_plan_drop_at(struct gcv_plan *plan, uint32_t group, uint32_t site, const char *file,
		      uint32_t line, const char *code, const char *text)
{
	uint32_t i;

	if (gcv_plan_is_dropped(plan, group))
		return;
	GCV_GROW(plan->refusals, plan->nr_refusals, plan->cap_refusals);
	plan->refusals[plan->nr_refusals++] = (struct gcv_plan_refusal){
		.group = group,
		.site = site,
		.file = gcv_arena_strdup(&plan->arena, file),
		.line = line,
		.code = code,
		.text = gcv_arena_strdup(&plan->arena, text),
	};
	for (i = 0; i < plan->nr_files; i++)
		gcv_file_edit_drop(&plan->files[i].edit, group);
}

enum gcv_status gcv_plan_find_file(struct gcv_plan *plan, const char *path,
				   struct gcv_plan_file **ret, struct gcv_err *err)
{
	struct gcv_plan_file file = { 0 };
	enum gcv_status st;
	uint32_t i;

	for (i = 0; i < plan->nr_files; i++) {
		if (strcmp(plan->files[i].source.path, path) == 0) {
			*ret = &plan->files[i];
			return GCV_OK;
		}
	}
	st = plan->input.read(plan->input.ctx, path, &file.text, err);
	if (st != GCV_OK) {
		gcv_strbuf_release(&file.text);
		return st;
	}
	file.source = (struct gcv_source){ path, file.text.buf ? file.text.buf : "",
					   (uint32_t)file.text.len };
	file.edit.path = path;
	file.edit.old_text = file.source.text;
	file.edit.old_len = file.source.len;
	GCV_GROW(plan->files, plan->nr_files, plan->cap_files);
	plan->files[plan->nr_files] = file;
	*ret = &plan->files[plan->nr_files++];
	return GCV_OK;
}

/* One form of a site: its changes, in an edit of their own. */
struct attempt {
	struct gcv_plan *plan;
	uint32_t site, group;
	struct gcv_form form;
	uint32_t call;
	const struct gcv_api_function *api;
	const struct gcv_api_signature *signature;
	bool is_shallow, is_folded;
};

/* What may be an errno was told of the acquire, where it was not told of the release. */
static bool may_be_errno(const struct attempt *a)
{
	const struct gcv_plan_result *results = a->plan->input.results;
	uint32_t i;

	if (results[a->site].may_be_negative)
		return true;
	for (i = 0; a->api->shape == GCV_API_SHAPE_ARRAY && i < results[a->site].nr_partners; i++)
		if (results[results[a->site].partners[i]].may_be_negative)
			return true;
	return false;
}

static enum gcv_status edit_release(struct attempt *a, const struct gcv_goal *goal,
				    struct gcv_file_edit *edit, struct gcv_err *err)
{
	const struct gcv_plan_input *input = &a->plan->input;
	struct gcv_release_shape shape;
	struct gcv_release_edit e = {
		.form = &a->form,
		.shape = &shape,
		.goal = goal,
		.api = a->api,
		.signature = a->signature,
		.may_be_negative = input->results[a->site].may_be_negative,
		.may_be_errno = may_be_errno(a),
		.may_lock = input->results[a->site].may_lock,
		.is_shallow = a->is_shallow,
	};
	enum gcv_status st;

	gcv_release_shape_of(a->form.body, a->call, a->api, a->signature, input->era->api,
			     input->accessors, &shape);
	st = gcv_release_edit(&e, edit, a->group, err);
	a->is_folded = e.is_folded;
	return st;
}

static enum gcv_status edit_acquire(struct attempt *a, const struct gcv_goal *goal,
				    struct gcv_file_edit *edit, struct gcv_err *err)
{
	const struct gcv_plan_input *input = &a->plan->input;
	const struct gcv_acquire_edit e = {
		.form = &a->form,
		.call = a->call,
		.goal = goal,
		.api = a->api,
		.signature = a->signature,
		.longterm = input->longterm && input->results[a->site].is_longterm,
	};

	return gcv_acquire_edit(&e, edit, a->group, err);
}

static enum gcv_status edit_form(struct attempt *a, uint32_t at, const struct gcv_source *source,
				 struct gcv_file_edit *edit, struct gcv_err *err)
{
	struct gcv_plan *plan = a->plan;
	const struct gcv_program_site *site = &plan->input.program->facts.sites[a->site];
	struct gcv_function *fn = &plan->input.program->facts.functions[site->calls[at]];
	const struct gcv_goal goal = { plan->input.conversion, plan->input.era };
	const struct gcv_era_entry *entry =
		gcv_era_find(plan->input.era, site->api, strlen(site->api));
	enum gcv_status st = gcv_program_body(plan->input.program, fn, err);

	if (st != GCV_OK)
		return st;
	if (!entry || strcmp(fn->file, source->path) != 0 || fn->from_macro)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND,
				   "%s:%u: %s() is made by a macro or stands in another file",
				   site->file, site->line, site->function);
	gcv_form_init(&a->form, fn, source);
	a->api = entry->function;
	a->signature = entry->signature;
	a->call = gcv_form_find_call(&a->form, site->offsets[at], site->api);
	if (a->call == GCV_NONE)
		st = gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s:%u: a macro makes the call of %s()",
				 site->file, site->line, site->api);
	else if (is_acquire(plan, a->site))
		st = edit_acquire(a, &goal, edit, err);
	else
		st = edit_release(a, &goal, edit, err);
	gcv_form_release(&a->form);
	return st;
}

/* All configurations must come to the same change. */
static enum gcv_status edit_forms(struct attempt *a, struct gcv_plan_file *file,
				  struct gcv_file_edit *ret, bool *ret_is_same, struct gcv_err *err)
{
	const struct gcv_program_site *site = &a->plan->input.program->facts.sites[a->site];
	enum gcv_status st = GCV_OK;
	uint32_t i;

	*ret_is_same = true;
	for (i = 0; st == GCV_OK && i < site->nr_calls; i++) {
		struct gcv_file_edit other = { .path = file->edit.path,
					       .old_text = file->edit.old_text,
					       .old_len = file->edit.old_len };

		st = edit_form(a, i, &file->source, i ? &other : ret, err);
		if (st == GCV_OK && i && !gcv_file_edit_is_same(ret, &other))
			*ret_is_same = false;
		gcv_file_edit_release(&other);
	}
	return st;
}

static enum gcv_status edit_site_as(struct attempt *a, struct gcv_plan_file *file,
				    struct gcv_err *err)
{
	struct gcv_file_edit own = { .path = file->edit.path,
				     .old_text = file->edit.old_text,
				     .old_len = file->edit.old_len };
	bool is_same;
	enum gcv_status st = edit_forms(a, file, &own, &is_same, err);

	if (st == GCV_OK && !is_same)
		st = gcv_err_set(err, GCV_ERR_USAGE,
				 "%s: configurations see different code around a call",
				 file->edit.path);
	if (st == GCV_OK)
		st = gcv_file_edit_add_all(&file->edit, &own, err);
	gcv_file_edit_release(&own);
	return st;
}

/* Fold, or where that meets another change or another configuration, replace the name only. */
static enum gcv_status edit_site(struct gcv_plan *plan, uint32_t site, struct gcv_err *err)
{
	const char *path = plan->input.program->facts.sites[site].file;
	struct attempt a = { .plan = plan, .site = site, .group = plan->groups[site] };
	struct gcv_plan_file *file;
	enum gcv_status st = gcv_plan_find_file(plan, path, &file, err);

	if (st != GCV_OK)
		return st;
	st = edit_site_as(&a, file, err);
	if (st == GCV_ERR_USAGE) {
		a.is_shallow = true;
		st = edit_site_as(&a, file, err);
	}
	plan->is_folded[site] = st == GCV_OK && a.is_folded;
	return st;
}

static int by_path(const void *a, const void *b)
{
	const struct gcv_plan_file *x = a, *y = b;

	return strcmp(x->source.path, y->source.path);
}

static void drop_empty(struct gcv_plan *plan)
{
	uint32_t i, kept = 0;

	for (i = 0; i < plan->nr_files; i++) {
		if (plan->files[i].edit.nr_changes) {
			plan->files[kept++] = plan->files[i];
			continue;
		}
		gcv_file_edit_release(&plan->files[i].edit);
		gcv_strbuf_release(&plan->files[i].text);
	}
	plan->nr_files = kept;
	if (kept)
		qsort(plan->files, kept, sizeof(*plan->files), by_path);
}

static bool is_group_failure(enum gcv_status st)
{
	return st == GCV_ERR_NOT_FOUND || st == GCV_ERR_LIMIT || st == GCV_ERR_USAGE ||
	       st == GCV_ERR_CHANGED;
}

enum gcv_status gcv_plan_make(struct gcv_plan *plan, struct gcv_err *err)
{
	uint32_t nr = plan->input.program->facts.nr_sites, i;
	enum gcv_status st;

	clear_files(plan);
	if (gcv_signature_is_goal(plan->input.conversion)) {
		st = gcv_signature_plan(plan, err);
		drop_empty(plan);
		return st == GCV_OK ? gcv_plan_tidy(plan, err) : st;
	}
	for (i = 0; i < nr; i++) {
		if (plan->groups[i] == GCV_NONE || gcv_plan_is_dropped(plan, plan->groups[i]))
			continue;
		st = edit_site(plan, i, err);
		if (st == GCV_OK)
			continue;
		if (!is_group_failure(st))
			return st;
		gcv_plan_drop(plan, plan->groups[i],
			      st == GCV_ERR_CHANGED ? "source-changed" : "not-editable", err->text);
	}
	st = gcv_plan_fold_static_loops(plan, err);
	drop_empty(plan);
	if (st == GCV_OK)
		st = gcv_plan_tidy(plan, err);
	if (st == GCV_OK)
		st = gcv_plan_remove_trivial(plan, err);
	if (st == GCV_OK)
		st = gcv_plan_remove_unused(plan, err);
	return st == GCV_OK ? gcv_plan_rename_in_comments(plan, err) : st;
}

enum gcv_status gcv_plan_each_function(struct gcv_plan *plan, gcv_plan_function_fn *look,
				       struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &plan->input.program->facts;
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	for (i = 0; st == GCV_OK && i < plan->nr_files; i++) {
		struct gcv_plan_file *file = &plan->files[i];

		for (k = 0; st == GCV_OK && k < facts->nr_functions; k++) {
			struct gcv_function *fn = &facts->functions[k];

			if (fn->kind == GCV_DEF_FUNCTION && !fn->from_macro &&
			    strcmp(fn->file, file->source.path) == 0)
				st = look(plan, file, fn, err);
		}
	}
	return st;
}

void gcv_plan_release(struct gcv_plan *plan)
{
	if (plan->is_folded)
		clear_files(plan);
	free(plan->files);
	free(plan->refusals);
	gcv_arena_release(&plan->arena);
	*plan = (struct gcv_plan){ 0 };
}
