// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/rewrite_series.h"
#include "cmd/terminal.h"
#include "edit/message.h"

#include <stdlib.h>
#include <string.h>

/** AREA_TIMEOUT_MS - the history is searched no longer for the prefixes of patches */
#define AREA_TIMEOUT_MS 15000

/** MAX_PATCHES - patches of a series unless --max-patches says otherwise: what lists accept */
#define MAX_PATCHES 15

const char *gcv_sending_take(struct gcv_sending *s, struct gcv_strbuf *text)
{
	const char *copy = gcv_arena_strndup(&s->arena, text->buf ? text->buf : "", text->len);

	gcv_strbuf_release(text);
	return copy;
}

bool gcv_sending_is_converted(const struct gcv_rewrite *r, uint32_t site)
{
	return r->plan.groups[site] != GCV_NONE &&
	       !gcv_plan_is_dropped(&r->plan, r->plan.groups[site]);
}

static uint32_t find_file(const struct gcv_rewrite *r, const char *path)
{
	uint32_t i;

	for (i = 0; i < r->plan.nr_files; i++)
		if (strcmp(r->plan.files[i].source.path, path) == 0)
			return i;
	return GCV_NONE;
}

static size_t count_changes(const struct gcv_plan *plan)
{
	size_t nr = 0;
	uint32_t i;

	for (i = 0; i < plan->nr_files; i++)
		nr += plan->files[i].edit.nr_changes;
	return nr;
}

/* Sites of a group of the plan, and what else it changes, are changed by one patch. */
static struct gcv_group_tie *find_ties(struct gcv_sending *s, size_t *ret_nr)
{
	struct gcv_rewrite *r = s->r;
	size_t nr_max = r->nr_sites + count_changes(&r->plan);
	struct gcv_group_tie *ties = gcv_arena_alloc(&s->arena, sizeof(*ties) * (nr_max + 1));
	GCV_AUTOFREE uint32_t *first = gcv_zalloc(r->plan.nr_groups + 1, sizeof(*first));
	size_t nr = 0;
	uint32_t i, k;

	for (i = 0; i < r->nr_sites; i++) {
		uint32_t file = find_file(r, r->program->facts.sites[i].file), group;

		group = r->plan.groups[i];
		if (!gcv_sending_is_converted(r, i) || file == GCV_NONE)
			continue;
		if (first[group] && first[group] - 1 != file)
			ties[nr++] = (struct gcv_group_tie){ first[group] - 1, file };
		first[group] = first[group] ? first[group] : file + 1;
	}
	for (i = 0; i < r->plan.nr_files; i++) {
		for (k = 0; k < r->plan.files[i].edit.nr_changes; k++) {
			uint32_t group = r->plan.files[i].edit.changes[k].group;

			if (first[group] && first[group] - 1 != i)
				ties[nr++] = (struct gcv_group_tie){ first[group] - 1, i };
			first[group] = first[group] ? first[group] : i + 1;
		}
	}
	*ret_nr = nr;
	return ties;
}

static enum gcv_status group_files(struct gcv_sending *s, struct gcv_err *err)
{
	struct gcv_rewrite *r = s->r;
	const char **paths = gcv_arena_alloc(&s->arena, sizeof(*paths) * (r->plan.nr_files + 1));
	struct gcv_group_tie *ties;
	enum gcv_status st = GCV_OK;
	size_t nr_ties;
	uint32_t i;

	if (!r->maintainers && gcv_tree_exists(&r->tree, "MAINTAINERS"))
		st = gcv_maintainers_load(&r->tree, &r->maintainers, err);
	if (st == GCV_OK)
		st = gcv_mailmap_load(&r->tree, &s->mailmap, err);
	if (st != GCV_OK)
		return st;
	for (i = 0; i < r->plan.nr_files; i++)
		paths[i] = r->plan.files[i].source.path;
	gcv_area_log_read(r->tree.root, paths, r->plan.nr_files, AREA_TIMEOUT_MS, &s->log);
	ties = find_ties(s, &nr_ties);
	gcv_group_files(r->maintainers, paths, r->plan.nr_files, ties, nr_ties, &s->arena,
			&s->groups, &s->nr_groups);
	s->patches = gcv_arena_alloc(&s->arena, sizeof(*s->patches) * (s->nr_groups + 1));
	return GCV_OK;
}

static enum gcv_status make_batches(struct gcv_sending *s, struct gcv_err *err)
{
	struct gcv_rewrite *r = s->r;
	enum gcv_status st = GCV_OK;
	struct gcv_identity me;
	struct gcv_message all = { .conversion = r->conversion };
	struct gcv_strbuf title = { 0 };
	const char *refusals, *changes, *subject;
	size_t i;

	st = gcv_identity_get(r->tree.root, &s->arena, &me, err);
	if (st != GCV_OK)
		return st;
	s->nr_batches = (s->nr_groups + (size_t)s->max_patches - 1) / (size_t)s->max_patches;
	s->batches = gcv_zalloc(s->nr_batches, sizeof(*s->batches));
	for (i = 0; st == GCV_OK && i < s->nr_groups; i++)
		st = gcv_sending_add_patch(s, i, &s->batches[i / (size_t)s->max_patches], err);
	gcv_message_title(&all, &title);
	subject = gcv_sending_take(s, &title);
	refusals = gcv_sending_say_refusals(s);
	changes = gcv_sending_say_changes(s);
	for (i = 0; st == GCV_OK && i < s->nr_batches; i++) {
		struct gcv_series *series = &s->batches[i];

		series->title = s->nr_batches == 1
					? subject
					: gcv_arena_printf(&s->arena, "%s, part %zu of %zu",
							   subject, i + 1, s->nr_batches);
		series->version = (unsigned int)s->version;
		series->cover = gcv_sending_say_cover(s, i);
		series->refusals = refusals;
		series->changes = changes;
		series->from = me;
		series->sign_off = gcv_cli_given(r->cli, "signoff");
		series->base_commit = gcv_area_log_head(s->log);
		series->signature = "gupconv " GCV_VERSION;
	}
	return st;
}

static const char *scope_of(struct gcv_sending *s)
{
	const char *title = gcv_cli_value(s->r->cli, "subsystem");
	struct gcv_strbuf text = { 0 };
	size_t i;

	for (i = 0; i < s->r->cli->operand_nr; i++)
		gcv_strbuf_addf(&text, "%s%s", i ? " " : "", s->r->cli->operands[i]);
	if (title)
		gcv_strbuf_addf(&text, "%s%s", text.len ? ": " : "", title);
	return gcv_sending_take(s, &text);
}

static enum gcv_status remember(struct gcv_sending *s, struct gcv_err *err)
{
	const struct gcv_series_record record = {
		.conversion = s->r->conversion->name,
		.scope = s->scope,
		.version = (uint32_t)s->version,
		.kernel = s->r->tree.release,
		.patches = s->patches,
		.nr_patches = (uint32_t)s->nr_groups,
	};

	return gcv_db_series_put(s->r->db, &record, err);
}

static enum gcv_status send(struct gcv_sending *s, const char *dir, struct gcv_err *err)
{
	struct gcv_rewrite *r = s->r;
	enum gcv_status st = group_files(s, err);

	s->scope = scope_of(s);
	if (st == GCV_OK && s->version > 1)
		st = gcv_db_series_get(r->db, r->conversion->name, s->scope,
				       (uint32_t)s->version - 1, &s->arena, &s->before,
				       &s->has_before, err);
	if (st == GCV_OK && s->version > 1 && !s->has_before)
		gcv_cli_warn(r->cli, "no version %ld of this series is known", s->version - 1);
	if (st == GCV_OK)
		st = make_batches(s, err);
	if (st == GCV_OK)
		st = gcv_series_write(s->batches, s->nr_batches, dir, err);
	if (st == GCV_OK)
		st = remember(s, err);
	return st;
}

enum gcv_status gcv_rewrite_series(struct gcv_rewrite *rewrite, const char *dir,
				   struct gcv_err *err)
{
	struct gcv_sending s = { .r = rewrite, .version = 1, .max_patches = MAX_PATCHES };
	enum gcv_status st;
	size_t i;

	if (gcv_cli_number(rewrite->cli, "reroll", 1, 999, &s.version) != GCV_EXIT_DONE ||
	    gcv_cli_number(rewrite->cli, "max-patches", 1, 9999, &s.max_patches) != GCV_EXIT_DONE)
		return gcv_err_set(err, GCV_ERR_USAGE, "a number is wrong");
	if (!rewrite->plan.nr_files)
		return gcv_err_set(err, GCV_ERR_USAGE, "there is nothing to send");
	gcv_diff_begin();
	st = send(&s, dir, err);
	gcv_diff_end();
	for (i = 0; i < s.nr_batches; i++)
		gcv_series_release(&s.batches[i]);
	free(s.batches);
	gcv_area_log_free(s.log);
	gcv_mailmap_free(s.mailmap);
	gcv_arena_release(&s.arena);
	return st;
}
