// SPDX-License-Identifier: GPL-2.0-only
#include "edit/comment.h"

#include <string.h>

/** MAX_NAMES - old names in one function; more of them stay */
#define MAX_NAMES 8

/* struct renamed - a name that all calls of a function have changed */
struct renamed {
	const char *from, *to; /* @to is NULL where there is no single new name */
	uint32_t group;
};

/* A function with the comment on top of it. */
struct commented {
	struct gcv_plan *plan;
	struct gcv_plan_file *file;
	const struct gcv_function *fn;
	struct renamed names[MAX_NAMES];
	uint32_t nr_names;
};

static const struct gcv_change *change_around(const struct gcv_file_edit *edit, uint32_t begin,
					      uint32_t end)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		if (edit->changes[i].begin < end && edit->changes[i].end > begin)
			return &edit->changes[i];
	return NULL;
}

static bool names(const struct gcv_change *change, const char *name)
{
	struct gcv_source text = { "", change->text, (uint32_t)strlen(change->text) };

	return gcv_source_word(&text, 0, text.len, name) < text.len;
}

/* What a call became, by the text that stands there now. */
static const char *new_name(const struct commented *c, const struct gcv_change *change,
			    const char *from)
{
	const struct gcv_api_conversion *conversion = c->plan->input.conversion;
	const char *to = NULL;
	size_t i;

	for (i = 0; change && i < conversion->nr_pairs; i++) {
		const struct gcv_api_pair *pair = &conversion->pairs[i];

		if (!names(change, pair->to) || (to && strcmp(to, pair->to) == 0))
			continue;
		if (pair->nr_from != 1 || strcmp(pair->from[0], from) != 0) {
			if (strcmp(pair->from[pair->nr_from - 1], from) == 0)
				return NULL;
			continue;
		}
		if (to)
			return NULL;
		to = pair->to;
	}
	return to;
}

static void take_call(struct commented *c, const char *from, uint32_t offset, uint32_t group)
{
	const struct gcv_change *change = change_around(&c->file->edit, offset, offset + 1);
	const char *to = new_name(c, change, from);
	uint32_t i;

	for (i = 0; i < c->nr_names; i++) {
		struct renamed *name = &c->names[i];

		if (strcmp(name->from, from) != 0)
			continue;
		if (name->to && (!to || strcmp(name->to, to) != 0))
			name->to = NULL;
		return;
	}
	if (c->nr_names < MAX_NAMES)
		c->names[c->nr_names++] = (struct renamed){ from, to, group };
}

static void take_calls(struct commented *c)
{
	const struct gcv_program_facts *facts = &c->plan->input.program->facts;
	uint32_t i, k;

	for (i = 0; i < facts->nr_sites; i++) {
		const struct gcv_program_site *site = &facts->sites[i];
		uint32_t group = c->plan->groups[i];

		if (group == GCV_NONE || gcv_plan_is_dropped(c->plan, group) ||
		    strcmp(site->file, c->fn->file) != 0)
			continue;
		for (k = 0; k < site->nr_calls; k++)
			if (site->offsets[k] >= c->fn->begin && site->offsets[k] < c->fn->end)
				take_call(c, site->api, site->offsets[k], group);
	}
}

/* Does the code of the function, be it seen or not, still name it? */
static bool is_left(const struct commented *c, const char *name)
{
	const struct gcv_source *s = &c->file->source;
	uint32_t len = (uint32_t)strlen(name), at;

	for (at = gcv_source_word(s, c->fn->begin, c->fn->end, name); at < c->fn->end;
	     at = gcv_source_word(s, at + len, c->fn->end, name))
		if (!change_around(&c->file->edit, at, at + len))
			return true;
	return false;
}

/* Is there room on the line, with what else becomes longer on it? */
static bool fits(const struct commented *c, uint32_t at, const struct renamed *name)
{
	const struct gcv_source *s = &c->file->source;
	uint32_t begin = gcv_source_line_begin(s, at), end = gcv_source_line_end(s, at), i;
	size_t is = gcv_source_column(s, end) + strlen(name->to), was = strlen(name->from);

	for (i = 0; i < c->file->edit.nr_changes; i++) {
		const struct gcv_change *change = &c->file->edit.changes[i];

		if (change->begin < begin || change->end > end)
			continue;
		is += strlen(change->text);
		was += change->end - change->begin;
	}
	return is <= GCV_SOURCE_COLUMNS + was;
}

static enum gcv_status rename_in(struct commented *c, struct gcv_token comment,
				 const struct renamed *name, struct gcv_err *err)
{
	const struct gcv_source *s = &c->file->source;
	uint32_t len = (uint32_t)strlen(name->from), at;
	enum gcv_status st = GCV_OK;

	for (at = comment.begin; st == GCV_OK && at + len <= comment.end; at++)
		if (gcv_source_is_at(s, at, name->from) &&
		    !change_around(&c->file->edit, at, at + len) && fits(c, at, name))
			st = gcv_file_edit_add(&c->file->edit, at, at + len, name->to, name->group,
					       err);
	return st;
}

static enum gcv_status rename_all(struct commented *c, struct gcv_err *err)
{
	const struct gcv_source *s = &c->file->source;
	struct gcv_token token = { GCV_TOKEN_OTHER, 0, c->fn->begin };
	uint32_t begin, end, i;
	enum gcv_status st = GCV_OK;

	if (gcv_source_comment_above(s, c->fn->begin, &begin, &end) &&
	    gcv_source_starts_line(s, begin))
		token.end = begin;
	while (st == GCV_OK) {
		token = gcv_source_next(s, token.end, c->fn->end);
		if (token.kind == GCV_TOKEN_END)
			break;
		for (i = 0; token.kind == GCV_TOKEN_COMMENT && st == GCV_OK && i < c->nr_names; i++)
			if (c->names[i].to)
				st = rename_in(c, token, &c->names[i], err);
	}
	return st;
}

static enum gcv_status look_at(struct gcv_plan *plan, struct gcv_plan_file *file,
			       struct gcv_function *fn, struct gcv_err *err)
{
	struct commented c = { .plan = plan, .file = file, .fn = fn };
	uint32_t i;

	if (!change_around(&file->edit, fn->begin, fn->end))
		return GCV_OK;
	take_calls(&c);
	for (i = 0; i < c.nr_names; i++)
		if (c.names[i].to && is_left(&c, c.names[i].from))
			c.names[i].to = NULL;
	return c.nr_names ? rename_all(&c, err) : GCV_OK;
}

enum gcv_status gcv_plan_rename_in_comments(struct gcv_plan *plan, struct gcv_err *err)
{
	return gcv_plan_each_function(plan, look_at, err);
}
