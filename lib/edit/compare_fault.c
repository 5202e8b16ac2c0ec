// SPDX-License-Identifier: GPL-2.0-only
/* Faults that were not there before. */
#include "edit/compare_state.h"

#include <string.h>

/* Faults of the same check in the same file; with @in_function, in the same function. */
static uint32_t count_like(const struct gcv_edit_state *state, const struct gcv_edit_fault *fault,
			   bool in_function, bool only_told)
{
	uint32_t i, nr = 0;

	for (i = 0; i < state->nr_faults; i++) {
		const struct gcv_edit_fault *other = &state->faults[i];

		nr += (other->is_told || !only_told) && strcmp(other->check, fault->check) == 0 &&
		      strcmp(other->places[0].file, fault->places[0].file) == 0 &&
		      (!in_function ||
		       strcmp(other->places[0].function, fault->places[0].function) == 0);
	}
	return nr;
}

/*
 * Lines and API names change with the edits, and a helper that becomes needless hands its faults to
 * its callers: there have to be more in the file and in the function.
 */
static bool is_new(const struct gcv_comparison *c, const struct gcv_edit_fault *fault)
{
	const struct gcv_edit_state *before = c->input->before, *after = c->input->after;

	return count_like(after, fault, false, true) > count_like(before, fault, false, false) &&
	       count_like(after, fault, true, true) > count_like(before, fault, true, false);
}

static bool is_in(const struct gcv_edit_site *site, const struct gcv_edit_place *place)
{
	return strcmp(site->file, place->file) == 0 && strcmp(site->function, place->function) == 0;
}

/* The group that edits a function, by its sites before and after the edits. */
static uint32_t group_in(const struct gcv_comparison *c, const struct gcv_edit_place *place)
{
	const struct gcv_edit_state *before = c->input->before, *after = c->input->after;
	uint32_t i;

	for (i = 0; i < before->nr_sites; i++)
		if (c->groups[i] != GCV_NONE && is_in(&before->sites[i], place))
			return c->groups[i];
	for (i = 0; i < after->nr_sites; i++)
		if (c->changed[i] != GCV_NONE && is_in(&after->sites[i], place))
			return c->changed[i];
	return GCV_NONE;
}

/*
 * A fault that the edits make has an edited function on its way. What has none is the work of
 * another program than the one that scanned.
 */
static uint32_t find_group(const struct gcv_comparison *c, const struct gcv_edit_fault *fault)
{
	uint32_t i, group = GCV_NONE;

	for (i = 0; i < fault->nr_places && group == GCV_NONE; i++)
		group = group_in(c, &fault->places[i]);
	return group;
}

static void tell(struct gcv_comparison *c, const struct gcv_edit_fault *fault)
{
	const struct gcv_edit_place *place = &fault->places[0];
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, place->file);
	struct gcv_finding finding = {
		GCV_FINDING_FAULT, find_group(c, fault), place->file, place->line, "",
		place->function
	};
	const struct gcv_change *change;

	if (finding.group == GCV_NONE)
		return;
	if (edit && place->line)
		finding.line = gcv_comparison_old_line(edit, place->line, &change);
	gcv_comparison_add(c, finding, "%s() would have the fault %s: %s", place->function,
			   fault->check, fault->text);
}

void gcv_comparison_faults(struct gcv_comparison *c)
{
	const struct gcv_edit_state *after = c->input->after;
	uint32_t i;

	for (i = 0; i < after->nr_faults; i++)
		if (after->faults[i].is_told && is_new(c, &after->faults[i]))
			tell(c, &after->faults[i]);
}
