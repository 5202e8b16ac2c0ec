// SPDX-License-Identifier: GPL-2.0-only
/* Which sites are edited, and who is to blame for what becomes of the others. */
#include "edit/compare_state.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* Does a change make another word of the one at @begin? What is inserted beside it may grow on. */
static bool touches(const struct gcv_change *change, uint32_t begin, uint32_t end)
{
	size_t len = strlen(change->text);

	if (change->begin < end && change->end > begin)
		return true;
	if (change->begin != change->end || !len)
		return false;
	return (change->begin > begin && change->begin < end) ||
	       (change->begin == begin && is_word(change->text[len - 1])) ||
	       (change->begin == end && is_word(change->text[0]));
}

static uint32_t touching_group(const struct gcv_comparison *c, const struct gcv_edit_site *site)
{
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, site->file);
	uint32_t end = site->offset + (uint32_t)strlen(site->name), i;

	for (i = 0; edit && i < edit->nr_changes; i++)
		if (touches(&edit->changes[i], site->offset, end))
			return edit->changes[i].group;
	return GCV_NONE;
}

/* A group that was given up has no change left. */
static bool has_changes(const struct gcv_comparison *c, uint32_t group)
{
	uint32_t i, k;

	for (i = 0; i < c->input->nr_edits; i++)
		for (k = 0; k < c->input->edits[i].nr_changes; k++)
			if (gcv_change_is_of(&c->input->edits[i].changes[k], group))
				return true;
	return false;
}

static bool is_to_convert(const struct gcv_edit_site *site)
{
	return site->verdict == GCV_VERDICT_CONVERTIBLE || site->verdict == GCV_VERDICT_CONVERT;
}

/* All that serve the same pages go together. */
static bool spread(struct gcv_comparison *c, uint32_t at)
{
	const struct gcv_edit_state *before = c->input->before;
	const struct gcv_edit_site *site = &before->sites[at];
	bool is_new = false;
	uint32_t i;

	if (c->groups[at] == GCV_NONE || !is_to_convert(site))
		return false;
	for (i = 0; i < site->nr_partners; i++) {
		uint32_t partner = site->partners[i];

		if (c->groups[partner] != GCV_NONE || !is_to_convert(&before->sites[partner]))
			continue;
		c->groups[partner] = c->groups[at];
		is_new = true;
	}
	return is_new;
}

void gcv_comparison_groups(struct gcv_comparison *c)
{
	const struct gcv_edit_state *before = c->input->before;
	bool is_new = true;
	uint32_t i;

	for (i = 0; i < before->nr_sites; i++) {
		c->groups[i] = before->sites[i].group;
		if (c->groups[i] == GCV_NONE || !has_changes(c, c->groups[i]))
			c->groups[i] = touching_group(c, &before->sites[i]);
	}
	while (is_new)
		for (i = 0, is_new = false; i < before->nr_sites; i++)
			is_new |= spread(c, i);
}

uint32_t gcv_comparison_only_group(const struct gcv_comparison *c, const struct gcv_file_edit *edit)
{
	uint32_t group = GCV_NONE, i, k;

	for (i = 0; i < c->input->nr_edits; i++) {
		const struct gcv_file_edit *one = &c->input->edits[i];

		for (k = 0; k < one->nr_changes && (!edit || edit == one); k++) {
			if (group != GCV_NONE && group != one->changes[k].group)
				return GCV_NONE;
			group = one->changes[k].group;
		}
	}
	return group;
}

/* The group of a site that @site is tied to: @groups has them by number. */
static uint32_t partner_group(const struct gcv_edit_site *site, const uint32_t *groups)
{
	uint32_t i;

	for (i = 0; site && i < site->nr_partners; i++)
		if (groups[site->partners[i]] != GCV_NONE)
			return groups[site->partners[i]];
	return GCV_NONE;
}

/* The group that edits the function; GCV_NONE where several do. */
static uint32_t function_group(const struct gcv_comparison *c, const struct gcv_edit_site *site)
{
	const struct gcv_edit_state *before = c->input->before;
	uint32_t group = GCV_NONE, i;

	for (i = 0; i < before->nr_sites; i++) {
		if (c->groups[i] == GCV_NONE || strcmp(before->sites[i].file, site->file) != 0 ||
		    strcmp(before->sites[i].function, site->function) != 0)
			continue;
		if (group != GCV_NONE && group != c->groups[i])
			return GCV_NONE;
		group = c->groups[i];
	}
	return group;
}

uint32_t gcv_comparison_blame(const struct gcv_comparison *c, const struct gcv_edit_site *before,
			      const struct gcv_edit_site *after)
{
	const struct gcv_edit_site *any = before ? before : after;
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, any->file);
	uint32_t group = partner_group(before, c->groups);

	if (group == GCV_NONE)
		group = partner_group(after, c->changed);
	if (group == GCV_NONE)
		group = function_group(c, any);
	if (group == GCV_NONE && edit)
		group = gcv_comparison_only_group(c, edit);
	return group == GCV_NONE ? gcv_comparison_only_group(c, NULL) : group;
}
