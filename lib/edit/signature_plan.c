// SPDX-License-Identifier: GPL-2.0-only
#include "edit/signature_plan.h"

#include "edit/signature_edit.h"
#include "edit/signature_wrapper.h"

#include <string.h>

/* The single group. */
#define GROUP 0

struct work {
	struct gcv_plan *plan;
	struct gcv_signature_change change;
	struct gcv_arena arena;
	const char *definition; /* file of the definition that the whole tree sees, or "" */
};

static bool is_file(const char *const *list, size_t nr, const char *file)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strcmp(list[i], file) == 0)
			return true;
	return false;
}

static bool is_definition(const struct work *w, const struct gcv_function *fn)
{
	return fn->kind == GCV_DEF_FUNCTION && strcmp(fn->name, w->change.function->name) == 0;
}

/* A file with a static function of its own by that name means this one. */
static bool has_namesake(const struct work *w, const char *file)
{
	const struct gcv_program_facts *facts = &w->plan->input.program->facts;
	const struct gcv_api *api = w->change.after.api;
	uint32_t i;

	if (is_file(api->headers, api->nr_headers, file))
		return false;
	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		if (is_definition(w, fn) && strcmp(fn->file, file) == 0 &&
		    (fn->linkage == GCV_LINKAGE_STATIC || fn->linkage == GCV_LINKAGE_STATIC_INLINE))
			return true;
	}
	return false;
}

static void find_definition(struct work *w)
{
	const struct gcv_program_facts *facts = &w->plan->input.program->facts;
	uint32_t i;

	w->definition = "";
	for (i = 0; i < facts->nr_functions; i++)
		if (is_definition(w, &facts->functions[i]) &&
		    facts->functions[i].linkage == GCV_LINKAGE_EXTERNAL)
			w->definition = facts->functions[i].file;
}

static enum gcv_status edit_definition(struct work *w, struct gcv_plan_file *file,
				       struct gcv_function *fn, struct gcv_err *err)
{
	enum gcv_status st = gcv_program_body(w->plan->input.program, fn, err);
	struct gcv_form form;

	if (st != GCV_OK)
		return st;
	gcv_form_init(&form, fn, &file->source);
	st = gcv_signature_edit_definition(&w->change, &form, &file->edit, GROUP, err);
	gcv_form_release(&form);
	return st;
}

/* A definition in all its forms, or a prototype. */
static enum gcv_status edit_declaration(struct work *w, const struct gcv_plan_occurrence *o,
					struct gcv_err *err)
{
	const struct gcv_program_facts *facts = &w->plan->input.program->facts;
	struct gcv_plan_file *file;
	enum gcv_status st = gcv_plan_find_file(w->plan, o->file, &file, err);
	bool is_defined = false;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < facts->nr_functions; i++) {
		struct gcv_function *fn = &facts->functions[i];

		if (!is_definition(w, fn) || strcmp(fn->file, o->file) != 0 ||
		    o->offset < fn->begin || o->offset >= fn->end)
			continue;
		is_defined = true;
		st = edit_definition(w, file, fn, err);
	}
	if (st == GCV_OK && !is_defined)
		st = gcv_signature_edit_prototype(&w->change, &file->source, o->offset, &file->edit,
						  GROUP, err);
	return st;
}

static struct gcv_file_edit empty_edit(const struct gcv_plan_file *file)
{
	return (struct gcv_file_edit){ .path = file->edit.path,
				       .old_text = file->edit.old_text,
				       .old_len = file->edit.old_len };
}

/* A call in one of the forms of its function; the whole function goes where that is all it does. */
static enum gcv_status edit_form(struct work *w, struct gcv_plan_file *file,
				 const struct gcv_program_site *site, uint32_t at, bool is_shallow,
				 struct gcv_file_edit *edit, struct gcv_err *err)
{
	struct gcv_program *program = w->plan->input.program;
	struct gcv_function *fn = &program->facts.functions[site->calls[at]];
	enum gcv_status st = gcv_program_body(program, fn, err);
	struct gcv_signature_call call = {
		.change = &w->change,
		.conversion = w->plan->input.conversion,
		.accessors = w->plan->input.accessors,
		.is_shallow = is_shallow,
	};
	struct gcv_form form;
	bool is_removed = false;

	if (st != GCV_OK)
		return st;
	if (strcmp(fn->file, file->source.path) != 0)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s:%u: %s() stands in another file",
				   site->file, site->line, site->function);
	gcv_form_init(&form, fn, &file->source);
	call.form = &form;
	call.call = gcv_form_find_call(&form, site->offsets[at], site->api);
	if (call.call == GCV_NONE) {
		st = gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s:%u: a macro makes the call of %s()",
				 site->file, site->line, site->api);
	} else {
		gcv_signature_call_look(&call);
		if (site->nr_calls == 1 && !is_shallow)
			st = gcv_signature_wrapper_remove(&call, program, edit, GROUP, &is_removed,
							  err);
		if (st == GCV_OK && !is_removed)
			st = gcv_signature_call_edit(&call, edit, GROUP, err);
	}
	gcv_form_release(&form);
	return st;
}

/* All configurations must come to the same change. */
static enum gcv_status edit_forms(struct work *w, struct gcv_plan_file *file,
				  const struct gcv_program_site *site, bool is_shallow,
				  struct gcv_file_edit *edit, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < site->nr_calls; i++) {
		struct gcv_file_edit own = empty_edit(file);

		st = edit_form(w, file, site, i, is_shallow, i ? &own : edit, err);
		if (st == GCV_OK && i && !gcv_file_edit_is_same(edit, &own))
			st = gcv_err_set(err, GCV_ERR_USAGE,
					 "%s:%u: configurations see different code around a call",
					 site->file, site->line);
		gcv_file_edit_release(&own);
	}
	return st;
}

static enum gcv_status edit_site(struct work *w, const struct gcv_program_site *site,
				 struct gcv_err *err)
{
	struct gcv_plan_file *file;
	enum gcv_status st = gcv_plan_find_file(w->plan, site->file, &file, err);
	bool is_shallow = false;

	if (st != GCV_OK)
		return st;
	do {
		struct gcv_file_edit own = empty_edit(file);

		is_shallow = st == GCV_ERR_USAGE;
		st = edit_forms(w, file, site, is_shallow, &own, err);
		if (st == GCV_OK)
			st = gcv_file_edit_add_all(&file->edit, &own, err);
		gcv_file_edit_release(&own);
	} while (st == GCV_ERR_USAGE && !is_shallow);
	return st;
}

/* The site of a call that the ledger tells of. */
static const struct gcv_program_site *find_site(const struct work *w,
						const struct gcv_plan_occurrence *o)
{
	const struct gcv_program_facts *facts = &w->plan->input.program->facts;
	uint32_t i, k;

	for (i = 0; i < facts->nr_sites; i++) {
		const struct gcv_program_site *site = &facts->sites[i];

		if (strcmp(site->file, o->file) != 0 || strcmp(site->api, o->name) != 0)
			continue;
		for (k = 0; k < site->nr_calls; k++)
			if (site->offsets[k] == o->offset)
				return site;
	}
	return NULL;
}

/* EXPORT_SYMBOL(name); */
static bool is_export(struct work *w, const struct gcv_plan_occurrence *o)
{
	const struct gcv_source *s;
	struct gcv_plan_file *file;
	struct gcv_token token;
	struct gcv_err err;
	uint32_t line;

	if (strcmp(o->file, w->definition) != 0 ||
	    gcv_plan_find_file(w->plan, o->file, &file, &err) != GCV_OK)
		return false;
	s = &file->source;
	line = gcv_source_line_begin(s, o->offset);
	token = gcv_source_next(s, line, s->len);
	if (token.begin != line || token.kind != GCV_TOKEN_WORD)
		return false;
	token = gcv_source_next(s, token.end, s->len);
	if (token.begin >= o->offset || s->text[token.begin] != '(' ||
	    !gcv_source_is_blank(s, token.end, o->offset))
		return false;
	token = gcv_source_next(s, o->offset + (uint32_t)strlen(o->name), s->len);
	if (token.kind != GCV_TOKEN_OTHER || s->text[token.begin] != ')')
		return false;
	token = gcv_source_next(s, token.end, s->len);
	return token.kind == GCV_TOKEN_OTHER && s->text[token.begin] == ';';
}

static enum gcv_status edit_occurrence(struct work *w, const struct gcv_plan_occurrence *o,
				       struct gcv_err *err)
{
	const struct gcv_program_site *site = NULL;

	if (strcmp(o->class_name, "comment") == 0 || has_namesake(w, o->file))
		return GCV_OK;
	if (strcmp(o->class_name, "declaration") == 0 && !is_export(w, o))
		return edit_declaration(w, o, err);
	if (strcmp(o->class_name, "call") == 0)
		site = find_site(w, o);
	if (site)
		return site->homonym ? GCV_OK : edit_site(w, site, err);
	if (is_export(w, o))
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_NOT_FOUND,
			   "%s() is named where it cannot get an argument: %s", o->name,
			   o->class_name);
}

static const char *code_of(enum gcv_status st)
{
	return st == GCV_ERR_CHANGED ? "source-changed" : "not-editable";
}

static bool is_refusal(enum gcv_status st)
{
	return st == GCV_ERR_NOT_FOUND || st == GCV_ERR_LIMIT || st == GCV_ERR_USAGE ||
	       st == GCV_ERR_CHANGED;
}

/* Calls of the function, and sites that stand in what was changed, belong to the group. */
static void mark_sites(struct gcv_plan *plan, const char *name)
{
	const struct gcv_program_facts *facts = &plan->input.program->facts;
	uint32_t i, k;

	for (i = 0; i < plan->nr_files; i++) {
		const struct gcv_file_edit *edit = &plan->files[i].edit;

		for (k = 0; k < facts->nr_sites; k++) {
			const struct gcv_program_site *site = &facts->sites[k];
			uint32_t at = site->nr_calls ? site->offsets[0] : GCV_NONE, new;

			if (strcmp(site->file, edit->path) == 0 && at < edit->old_len &&
			    (strcmp(site->api, name) == 0 || !gcv_file_edit_map(edit, at, &new)))
				plan->groups[k] = GROUP;
		}
	}
}

static enum gcv_status edit_all(struct work *w, struct gcv_err *err)
{
	const struct gcv_plan_input *input = &w->plan->input;
	uint32_t i;

	find_definition(w);
	for (i = 0; i < input->nr_occurrences; i++) {
		const struct gcv_plan_occurrence *o = &input->occurrences[i];
		enum gcv_status st;

		if (strcmp(o->name, w->change.function->name) != 0)
			continue;
		st = edit_occurrence(w, o, err);
		if (is_refusal(st)) {
			gcv_plan_drop_at(w->plan, GROUP, GCV_NONE, o->file, o->line, code_of(st),
					 err->text);
			return GCV_OK;
		}
		if (st != GCV_OK)
			return st;
	}
	mark_sites(w->plan, w->change.function->name);
	return GCV_OK;
}

enum gcv_status gcv_signature_plan(struct gcv_plan *plan, struct gcv_err *err)
{
	const struct gcv_goal goal = { plan->input.conversion, plan->input.era };
	struct work w = { .plan = plan };
	bool is_found = false;
	enum gcv_status st;

	if (gcv_plan_is_dropped(plan, GROUP))
		return GCV_OK;
	st = gcv_signature_find(&goal, &w.arena, &w.change, &is_found, err);
	if (st == GCV_ERR_NOT_FOUND) {
		gcv_plan_drop_at(plan, GROUP, GCV_NONE, "", 0, "not-editable", err->text);
		st = GCV_OK;
	} else if (st == GCV_OK && !is_found) {
		plan->note = "no function of the tree lacks the argument";
	} else if (st == GCV_OK) {
		st = edit_all(&w, err);
	}
	gcv_arena_release(&w.arena);
	return st;
}
