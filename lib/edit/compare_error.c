// SPDX-License-Identifier: GPL-2.0-only
/* Errors that were not there before. */
#include "edit/compare_state.h"
#include "edit/source.h"

#include <string.h>

static bool is_of(const struct gcv_edit_error *error, const struct gcv_edit_unit *unit)
{
	return unit && strcmp(error->main, unit->main) == 0 &&
	       strcmp(error->config, unit->config) == 0;
}

/* A file that only includes others. */
static bool is_virtual(const struct gcv_edit_unit *unit)
{
	return *unit->main == '/';
}

/*
 * The unit to compare with: the same configuration, else another one of the same environment. How a
 * file came to its configuration may depend on other files (precompiled headers).
 */
static const struct gcv_edit_unit *counterpart(const struct gcv_edit_state *before,
					       const struct gcv_edit_unit *unit)
{
	size_t len = strcspn(unit->config, " ");
	const struct gcv_edit_unit *similar = NULL;
	uint32_t i;

	for (i = 0; i < before->nr_units; i++) {
		const struct gcv_edit_unit *other = &before->units[i];

		if (strcmp(other->main, unit->main) != 0)
			continue;
		if (strcmp(other->config, unit->config) == 0)
			return other;
		if (!similar && strcspn(other->config, " ") == len &&
		    strncmp(other->config, unit->config, len) == 0)
			similar = other;
	}
	return similar;
}

/* How often a unit has an error; @nr counts those of @error's message in @error's file. */
static uint32_t count_same(const struct gcv_edit_state *state, const struct gcv_edit_unit *unit,
			   const struct gcv_edit_error *error)
{
	uint32_t i, nr = 0;

	for (i = 0; i < state->nr_errors; i++) {
		const struct gcv_edit_error *other = &state->errors[i];

		nr += is_of(other, unit) && strcmp(other->file, error->file) == 0 &&
		      strcmp(other->text, error->text) == 0;
	}
	return nr;
}

/* A header is seen by many units, and by those of precompiled headers as it comes. */
static bool had_any(const struct gcv_edit_state *before, const struct gcv_edit_error *error,
		    uint32_t old_line)
{
	uint32_t i;

	for (i = 0; i < before->nr_errors; i++)
		if (before->errors[i].line == old_line &&
		    strcmp(before->errors[i].file, error->file) == 0 &&
		    strcmp(before->errors[i].text, error->text) == 0)
			return true;
	return false;
}

/*
 * Had the counterpart this message on that line? It may have had it where it has more errors than
 * are kept, and this one stands behind all that are.
 */
static bool was_there(const struct gcv_comparison *c, const struct gcv_edit_unit *unit,
		      const struct gcv_edit_error *error, uint32_t old_line)
{
	const struct gcv_edit_state *before = c->input->before;
	uint32_t i, nr_kept = 0, last = 0;

	for (i = 0; i < before->nr_errors; i++) {
		const struct gcv_edit_error *other = &before->errors[i];

		if (!is_of(other, unit))
			continue;
		nr_kept++;
		if (strcmp(other->file, error->file) != 0)
			continue;
		last = other->line > last ? other->line : last;
		if (other->line == old_line && strcmp(other->text, error->text) == 0)
			return true;
	}
	return unit && nr_kept < unit->nr_all && old_line > last;
}

/* One sentence for an error that several configurations have. */
static bool is_known(const struct gcv_comparison *c, const char *file, uint32_t line,
		     const char *text)
{
	uint32_t i;

	for (i = 0; i < c->nr_findings; i++)
		if (c->findings[i].kind == GCV_FINDING_ERROR && c->findings[i].line == line &&
		    strcmp(c->findings[i].file, file) == 0 &&
		    strncmp(c->findings[i].text, text, strlen(text)) == 0)
			return true;
	return false;
}

static void add_error(struct gcv_comparison *c, const struct gcv_edit_unit *unit, const char *file,
		      uint32_t line, uint32_t group, const char *text)
{
	if (!is_known(c, file, line, text))
		gcv_comparison_add(
			c, (struct gcv_finding){ GCV_FINDING_ERROR, group, file, line, "", "" },
			"%s [%s]", text, unit->config);
}

/* The option that a warning has behind its text, or NULL for an error. */
static const char *option_of(const struct gcv_edit_error *error)
{
	const char *option = strrchr(error->text, '[');

	return option && strncmp(option, "[-W", 3) == 0 ? option : NULL;
}

/* What a warning speaks of, as in "unused variable 'i'". @return false where it names nothing */
static bool named_by(const struct gcv_edit_error *error, char *name, size_t size)
{
	const char *begin = strchr(error->text, '\''),
		   *end = begin ? strchr(begin + 1, '\'') : NULL;
	size_t len = end ? (size_t)(end - begin) - 1 : 0;

	if (!len || len >= size || strncmp(error->text, "incompatible", 12) == 0)
		return false;
	memcpy(name, begin + 1, len);
	name[len] = '\0';
	return true;
}

/* The change that took away a use of a name, or NULL. */
static const struct gcv_change *taker_of(const struct gcv_file_edit *edit, const char *name)
{
	struct gcv_source source = { edit->path, edit->old_text, (uint32_t)edit->old_len };
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];
		struct gcv_source now = { edit->path, change->text,
					  (uint32_t)strlen(change->text) };

		if (gcv_source_word(&source, change->begin, change->end, name) < change->end &&
		    gcv_source_word(&now, 0, now.len, name) == now.len)
			return change;
	}
	return NULL;
}

/* Does a line of the edited text have something of a change? */
static bool is_on_line(const struct gcv_file_edit *edit, const struct gcv_change *change,
		       uint32_t line)
{
	uint32_t at, number = 1, len = (uint32_t)strlen(change->text);
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	bool is_there = false;

	gcv_file_edit_apply(edit, &text);
	for (at = 0; at < text.len && number <= line; at++) {
		is_there |= number == line && gcv_file_edit_at(edit, at) == change;
		number += text.buf[at] == '\n';
	}
	return len && is_there;
}

/*
 * The tree as it is was not asked for warnings. One that names something is new where an edit took
 * away a use of that, any other one where it speaks of what was written.
 */
static void check_warning(struct gcv_comparison *c, const struct gcv_edit_unit *unit,
			  const struct gcv_edit_error *error)
{
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, error->file);
	const struct gcv_change *change, *near;
	uint32_t line;
	char name[128];

	if (!edit)
		return;
	line = gcv_comparison_old_line(edit, error->line, &near);
	if (named_by(error, name, sizeof(name)))
		change = taker_of(edit, name);
	else
		change = is_on_line(edit, near, error->line) ? near : NULL;
	if (change)
		add_error(c, unit, error->file, line, change->group, error->text);
}

/* Return: whether the error is new. */
static bool check_error(struct gcv_comparison *c, const struct gcv_edit_unit *unit,
			const struct gcv_edit_unit *old, const struct gcv_edit_error *error)
{
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, error->file);
	bool is_main = strcmp(error->file, unit->main) == 0;
	const struct gcv_change *change;
	uint32_t line = error->line, group;

	/* Errors of other headers come and go with what is precompiled. */
	if (!edit && (!is_main || is_virtual(unit)))
		return false;
	if (count_same(c->input->after, unit, error) <= count_same(c->input->before, old, error))
		return false;
	group = gcv_comparison_only_group(c, NULL);
	if (edit) {
		line = gcv_comparison_old_line(edit, error->line, &change);
		group = change->group;
	}
	if (was_there(c, old, error, line) || (!is_main && had_any(c->input->before, error, line)))
		return false;
	add_error(c, unit, error->file, line, group, error->text);
	return true;
}

static uint32_t group_of_main(const struct gcv_comparison *c, const struct gcv_edit_unit *unit)
{
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, unit->main);
	uint32_t group = edit ? gcv_comparison_only_group(c, edit) : GCV_NONE;

	return group == GCV_NONE ? gcv_comparison_only_group(c, NULL) : group;
}

static void check_unit(struct gcv_comparison *c, const struct gcv_edit_unit *unit)
{
	const struct gcv_edit_unit *old = counterpart(c->input->before, unit);
	const struct gcv_edit_state *after = c->input->after;
	bool is_told = false;
	uint32_t i;

	if (unit->nr_errors == GCV_NONE) {
		if (!old || old->nr_errors != GCV_NONE)
			add_error(c, unit, unit->main, 0, group_of_main(c, unit), unit->cause);
		return;
	}
	for (i = 0; i < after->nr_errors; i++)
		if (is_of(&after->errors[i], unit) && option_of(&after->errors[i]))
			check_warning(c, unit, &after->errors[i]);
		else if (is_of(&after->errors[i], unit))
			is_told |= check_error(c, unit, old, &after->errors[i]);
	/* Not all errors are kept. */
	if (!is_told && !is_virtual(unit) && old && old->nr_errors != GCV_NONE &&
	    unit->nr_errors > old->nr_errors)
		add_error(c, unit, unit->main, 0, group_of_main(c, unit),
			  "there are more errors than before");
}

void gcv_comparison_errors(struct gcv_comparison *c)
{
	uint32_t i;

	for (i = 0; i < c->input->after->nr_units; i++)
		check_unit(c, &c->input->after->units[i]);
}
