// SPDX-License-Identifier: GPL-2.0-only
#include "edit/compare.h"
#include "edit/compare_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void gcv_comparison_add(struct gcv_comparison *c, struct gcv_finding finding, const char *fmt, ...)
{
	GCV_AUTOFREE char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	va_end(args);
	finding.text = gcv_arena_strdup(c->arena, text ? text : fmt);
	GCV_GROW(c->findings, c->nr_findings, c->cap_findings);
	c->findings[c->nr_findings++] = finding;
}

const struct gcv_file_edit *gcv_comparison_edit(const struct gcv_comparison *c, const char *file)
{
	uint32_t i;

	for (i = 0; i < c->input->nr_edits; i++)
		if (strcmp(c->input->edits[i].path, file) == 0)
			return c->input->edits[i].nr_changes ? &c->input->edits[i] : NULL;
	return NULL;
}

static uint32_t line_of(const char *text, uint32_t offset)
{
	const char *at = text, *end = text + offset;
	uint32_t line = 1;

	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		line++;
		at++;
	}
	return line;
}

/* The bytes of a line of the edited text: its first one, and the one behind its newline. */
static void find_line(const struct gcv_strbuf *text, uint32_t line, size_t *ret_begin,
		      size_t *ret_end)
{
	const char *at = text->buf, *end = text->buf + text->len, *eol;

	for (; line > 1 && (eol = memchr(at, '\n', (size_t)(end - at))); line--)
		at = eol + 1;
	eol = memchr(at, '\n', (size_t)(end - at));
	*ret_begin = (size_t)(at - text->buf);
	*ret_end = eol ? (size_t)(eol + 1 - text->buf) : text->len;
}

uint32_t gcv_comparison_old_line(const struct gcv_file_edit *edit, uint32_t line,
				 const struct gcv_change **ret_change)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const struct gcv_change *change = &edit->changes[0];
	size_t begin, end;
	int64_t moved = 0;
	uint32_t i;

	gcv_strbuf_addstr(&text, "");
	gcv_file_edit_apply(edit, &text);
	find_line(&text, line, &begin, &end);
	*ret_change = change;
	for (i = 0; i < edit->nr_changes; i++) {
		int64_t from, to;

		change = &edit->changes[i];
		from = change->begin + moved;
		to = from + (int64_t)strlen(change->text);
		if (from >= (int64_t)end)
			break;
		*ret_change = change;
		if (to >= (int64_t)begin)
			return line_of(edit->old_text, change->begin);
		moved = to - change->end;
	}
	return line_of(edit->old_text, (uint32_t)((int64_t)begin - moved));
}

static int compare_place(const struct gcv_edit_site *site, const char *file, uint32_t offset)
{
	int order = strcmp(site->file, file);

	return order ? order : (site->offset > offset) - (site->offset < offset);
}

/* The first site at or behind a place. */
static uint32_t find_place(const struct gcv_edit_state *state, const char *file, uint32_t offset)
{
	uint32_t low = 0, high = state->nr_sites;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (compare_place(&state->sites[mid], file, offset) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A site after the edits at the place of @site: of the same name, for an edited one of any. */
static uint32_t find_now(const struct gcv_comparison *c, const struct gcv_edit_site *site,
			 uint32_t offset, bool any_name)
{
	const struct gcv_edit_state *after = c->input->after;
	uint32_t i = find_place(after, site->file, offset), other = GCV_NONE;

	for (; i < after->nr_sites && !compare_place(&after->sites[i], site->file, offset); i++) {
		const struct gcv_edit_site *now = &after->sites[i];

		if (now->is_acquire != site->is_acquire || c->was[i] != GCV_NONE ||
		    strcmp(now->function, site->function) != 0)
			continue;
		if (strcmp(now->api, site->api) == 0)
			return i;
		other = i;
	}
	return any_name ? other : GCV_NONE;
}

static void tie(struct gcv_comparison *c, uint32_t before, uint32_t after)
{
	c->now[before] = after;
	c->was[after] = before;
	if (c->groups[before] != GCV_NONE)
		c->changed[after] = c->groups[before];
}

/* Sites whose name still stands. */
static void match_places(struct gcv_comparison *c)
{
	const struct gcv_edit_state *before = c->input->before;
	uint32_t i;

	for (i = 0; i < before->nr_sites; i++) {
		const struct gcv_edit_site *site = &before->sites[i];
		const struct gcv_file_edit *edit = gcv_comparison_edit(c, site->file);
		uint32_t offset = site->offset, now;

		if (edit && !gcv_file_edit_map(edit, site->offset, &offset))
			continue;
		now = find_now(c, site, offset, c->groups[i] != GCV_NONE);
		if (now != GCV_NONE)
			tie(c, i, now);
	}
}

/* Sites that a change put somewhere. */
static void match_changes(struct gcv_comparison *c)
{
	const struct gcv_edit_state *after = c->input->after;
	uint32_t i;

	for (i = 0; i < after->nr_sites; i++) {
		const struct gcv_edit_site *site = &after->sites[i];
		const struct gcv_file_edit *edit = gcv_comparison_edit(c, site->file);
		const struct gcv_change *change = edit ? gcv_file_edit_at(edit, site->offset)
						       : NULL;

		if (change && c->changed[i] == GCV_NONE)
			c->changed[i] = change->group;
	}
}

/* A site that is not to be converted may stand in text that is written anew. */
static void match_moved(struct gcv_comparison *c)
{
	const struct gcv_edit_state *before = c->input->before, *after = c->input->after;
	uint32_t i, k;

	for (i = 0; i < before->nr_sites; i++) {
		const struct gcv_edit_site *site = &before->sites[i];

		for (k = 0;
		     c->now[i] == GCV_NONE && c->groups[i] != GCV_NONE && k < after->nr_sites;
		     k++) {
			const struct gcv_edit_site *now = &after->sites[k];

			if (c->was[k] == GCV_NONE && c->changed[k] == c->groups[i] &&
			    now->is_acquire == site->is_acquire && now->verdict == site->verdict &&
			    strcmp(now->api, site->api) == 0 &&
			    strcmp(now->file, site->file) == 0 &&
			    strcmp(now->function, site->function) == 0)
				tie(c, i, k);
		}
	}
}

static const char *verdict_text(enum gcv_verdict verdict)
{
	return verdict < GCV_VERDICTS ? gcv_verdict_name(verdict) : "without a verdict";
}

/* Why a verdict is what it is now, as a tail of the sentence. */
static const char *because(const struct gcv_comparison *c, const struct gcv_edit_site *site)
{
	return *site->reason ? gcv_arena_printf(c->arena, " because %s", site->reason) : "";
}

static bool serves_edited(const struct gcv_comparison *c, const struct gcv_edit_site *site)
{
	const struct gcv_edit_site *sites = c->input->before->sites;
	uint32_t i, k;

	for (i = 0; i < site->nr_partners; i++) {
		const struct gcv_edit_site *partner = &sites[site->partners[i]];

		if (c->groups[site->partners[i]] != GCV_NONE)
			return true;
		for (k = 0; k < partner->nr_partners; k++)
			if (c->groups[partner->partners[k]] != GCV_NONE)
				return true;
	}
	return false;
}

static void check_untouched(struct gcv_comparison *c, uint32_t at)
{
	const struct gcv_edit_site *site = &c->input->before->sites[at];
	const struct gcv_edit_site *now =
		c->now[at] == GCV_NONE ? NULL : &c->input->after->sites[c->now[at]];
	struct gcv_finding finding = { GCV_FINDING_LOST, GCV_NONE, site->file,
				       site->line,	 "",	   site->function };

	if (now && (now->verdict == site->verdict ||
		    (now->verdict == GCV_VERDICT_CONVERTED && serves_edited(c, site))))
		return;
	finding.group = gcv_comparison_blame(c, site, now);
	if (!now) {
		gcv_comparison_add(c, finding, "%s() in %s() is not found any more", site->api,
				   site->function);
		return;
	}
	finding.kind = GCV_FINDING_VERDICT;
	gcv_comparison_add(c, finding, "%s() in %s() was %s and is %s now%s", site->api,
			   site->function, verdict_text(site->verdict), verdict_text(now->verdict),
			   because(c, now));
}

/* Did a change of the group leave a site of the role? An acquire must be in the same function. */
static bool has_successor(const struct gcv_comparison *c, const struct gcv_edit_site *site,
			  uint32_t group)
{
	const struct gcv_edit_state *after = c->input->after;
	uint32_t i;

	for (i = 0; i < after->nr_sites; i++)
		if (c->changed[i] == group && after->sites[i].is_acquire == site->is_acquire &&
		    (!site->is_acquire || (strcmp(after->sites[i].file, site->file) == 0 &&
					   strcmp(after->sites[i].function, site->function) == 0)))
			return true;
	return false;
}

static void check_edited(struct gcv_comparison *c, uint32_t at)
{
	const struct gcv_edit_site *site = &c->input->before->sites[at];
	const struct gcv_edit_site *now =
		c->now[at] == GCV_NONE ? NULL : &c->input->after->sites[c->now[at]];
	struct gcv_finding finding = {
		GCV_FINDING_NOT_CONVERTED, c->groups[at], site->file, site->line, "", site->function
	};

	if (site->verdict != GCV_VERDICT_CONVERTIBLE && site->verdict != GCV_VERDICT_CONVERT &&
	    site->verdict != GCV_VERDICT_CONVERTED) {
		if (!now || now->verdict != site->verdict)
			gcv_comparison_add(c, finding, "%s() in %s() is changed, though it is %s",
					   site->api, site->function, verdict_text(site->verdict));
		return;
	}
	if (now && now->verdict != GCV_VERDICT_CONVERTED)
		gcv_comparison_add(c, finding, "%s() in %s() is %s after the change%s", now->api,
				   site->function, verdict_text(now->verdict), because(c, now));
	if (now && site->is_acquire && site->nr_partners && !now->nr_partners)
		gcv_comparison_add(c, finding,
				   "the release of the pages of %s() in %s() is not found any more",
				   now->api, site->function);
	if (c->now[at] != GCV_NONE || has_successor(c, site, c->groups[at]))
		return;
	finding.kind = GCV_FINDING_LOST;
	gcv_comparison_add(c, finding, "nothing takes the place of %s() in %s()", site->api,
			   site->function);
}

static void check_new(struct gcv_comparison *c, uint32_t at)
{
	const struct gcv_edit_site *site = &c->input->after->sites[at];
	const struct gcv_file_edit *edit = gcv_comparison_edit(c, site->file);
	struct gcv_finding finding = { GCV_FINDING_NOT_CONVERTED,
				       c->changed[at],
				       site->file,
				       site->line,
				       "",
				       site->function };
	const struct gcv_change *change;

	if (finding.group != GCV_NONE && site->verdict == GCV_VERDICT_CONVERTED)
		return;
	if (edit)
		finding.line = gcv_comparison_old_line(edit, site->line, &change);
	if (finding.group != GCV_NONE) {
		gcv_comparison_add(c, finding, "%s() in %s() is %s after the change%s", site->api,
				   site->function, verdict_text(site->verdict), because(c, site));
		return;
	}
	finding.group = gcv_comparison_blame(c, NULL, site);
	gcv_comparison_add(c, finding, "%s() in %s() was not found before", site->api,
			   site->function);
}

static void check_sites(struct gcv_comparison *c)
{
	uint32_t i;

	for (i = 0; i < c->input->before->nr_sites; i++) {
		if (c->groups[i] == GCV_NONE)
			check_untouched(c, i);
		else
			check_edited(c, i);
	}
	for (i = 0; i < c->input->after->nr_sites; i++)
		if (c->was[i] == GCV_NONE)
			check_new(c, i);
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_finding *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : strcmp(x->text, y->text);
}

static uint32_t *none(struct gcv_arena *arena, uint32_t nr)
{
	uint32_t *list = gcv_arena_alloc(arena, sizeof(*list) * ((size_t)nr + 1));

	memset(list, 0xff, sizeof(*list) * ((size_t)nr + 1));
	return list;
}

void gcv_edit_compare(const struct gcv_edit_input *input, struct gcv_arena *arena,
		      struct gcv_finding **ret, uint32_t *ret_nr)
{
	struct gcv_comparison c = { .input = input, .arena = arena };
	struct gcv_arena work = { 0 };

	c.groups = none(&work, input->before->nr_sites);
	c.now = none(&work, input->before->nr_sites);
	c.was = none(&work, input->after->nr_sites);
	c.changed = none(&work, input->after->nr_sites);
	gcv_comparison_groups(&c);
	match_places(&c);
	match_changes(&c);
	match_moved(&c);
	check_sites(&c);
	gcv_comparison_errors(&c);
	gcv_comparison_faults(&c);
	if (c.nr_findings)
		qsort(c.findings, c.nr_findings, sizeof(*c.findings), by_place);
	*ret = gcv_arena_alloc(arena, sizeof(**ret) * ((size_t)c.nr_findings + 1));
	if (c.nr_findings)
		memcpy(*ret, c.findings, sizeof(**ret) * c.nr_findings);
	*ret_nr = c.nr_findings;
	free(c.findings);
	gcv_arena_release(&work);
}
