// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/rewrite.h"
#include "classify/words.h"
#include "cmd/terminal.h"
#include "db/series.h"
#include "edit/area.h"
#include "edit/group.h"
#include "edit/mailmap.h"
#include "edit/message.h"
#include "edit/series.h"
#include "edit/signature.h"
#include "parse/scan.h"

#include <stdlib.h>
#include <string.h>

/** AREA_TIMEOUT_MS - the history is searched no longer for the prefixes of patches */
#define AREA_TIMEOUT_MS 15000

/** MAX_PATCHES - patches of a series unless --max-patches says otherwise: what lists accept */
#define MAX_PATCHES 15

/**
 * struct sending - a run that makes a series
 * @r: the command
 * @arena: owns texts
 * @log: history of the tree
 * @mailmap: addresses that people have now
 * @groups: files of each patch
 * @nr_groups: how many
 * @patches: what is remembered of each
 * @before: the version before
 * @has_before: there is one
 * @batches: the series
 * @nr_batches: how many
 * @version: of this series
 */
struct sending {
	struct gcv_rewrite *r;
	struct gcv_arena arena;
	struct gcv_area_log *log;
	struct gcv_mailmap *mailmap;
	struct gcv_group *groups;
	size_t nr_groups;
	struct gcv_series_record_patch *patches;
	struct gcv_series_record before;
	bool has_before;
	struct gcv_series *batches;
	size_t nr_batches;
	long version, max_patches;
	const char *scope;
};

static const char *take(struct sending *s, struct gcv_strbuf *text)
{
	const char *copy = gcv_arena_strndup(&s->arena, text->buf ? text->buf : "", text->len);

	gcv_strbuf_release(text);
	return copy;
}

static bool is_converted(const struct gcv_rewrite *r, uint32_t site)
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
static struct gcv_group_tie *find_ties(struct sending *s, size_t *ret_nr)
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
		if (!is_converted(r, i) || file == GCV_NONE)
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

static enum gcv_status group_files(struct sending *s, struct gcv_err *err)
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

static bool has_file(const struct sending *s, const struct gcv_group *group, const char *path)
{
	size_t i;

	for (i = 0; i < group->nr; i++)
		if (strcmp(s->r->plan.files[group->files[i]].source.path, path) == 0)
			return true;
	return false;
}

static void describe(struct sending *s, const struct gcv_group *group,
		     struct gcv_series_record_patch *record, struct gcv_message *message)
{
	struct gcv_rewrite *r = s->r;
	const char **ids = gcv_arena_alloc(&s->arena, sizeof(*ids) * (r->nr_sites + 1));
	uint32_t i;

	for (i = 0; i < r->nr_sites; i++) {
		const struct gcv_program_site *site = &r->program->facts.sites[i];

		if (!is_converted(r, i) || !has_file(s, group, site->file))
			continue;
		gcv_message_add(message, &(struct gcv_message_site){
						 .is_acquire = strcmp(site->role, "acquire") == 0,
						 .function = site->function,
						 .from = site->api,
						 .case_nr = r->sites[i].pin_case,
						 .is_longterm = r->results[i].is_longterm,
					 });
		message->nr_folded += r->plan.is_folded[i];
		ids[record->nr_sites++] = site->id;
	}
	record->sites = ids;
}

static enum gcv_status add_diffs(struct sending *s, const struct gcv_group *group,
				 struct gcv_series *series, struct gcv_series_patch *patch,
				 struct gcv_series_record_patch *record, struct gcv_err *err)
{
	const char **paths = gcv_arena_alloc(&s->arena, sizeof(*paths) * (group->nr + 1));
	GCV_STRBUF_AUTO struct gcv_strbuf lines = { 0 };
	enum gcv_status st = GCV_OK;
	size_t i;

	for (i = 0; st == GCV_OK && i < group->nr; i++) {
		const struct gcv_plan_file *file = &s->r->plan.files[group->files[i]];
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
		struct gcv_diff diff = { 0 };
		const char *line, *end;

		gcv_file_edit_apply(&file->edit, &text);
		st = gcv_diff_make(file->source.path, file->source.text, file->source.len, text.buf,
				   text.len, &diff, err);
		if (st != GCV_OK)
			break;
		gcv_series_add_diff(series, patch, file->source.path, &diff);
		line = strstr(diff.text, "\n@@");
		for (line = line ? line + 1 : ""; *line; line = *end ? end + 1 : end) {
			end = strchrnul(line, '\n');
			if (*line == '+' || *line == '-')
				gcv_strbuf_add(&lines, line, (size_t)(end - line) + 1);
		}
		gcv_diff_release(&diff);
		paths[record->nr_files++] = file->source.path;
	}
	record->files = paths;
	record->hash = gcv_hash_bytes(lines.buf ? lines.buf : "", lines.len);
	return st;
}

static void add_people(struct sending *s, const struct gcv_group *group, struct gcv_series *series,
		       struct gcv_series_patch *patch)
{
	size_t i;

	for (i = 0; s->r->maintainers && i < group->nr; i++) {
		struct gcv_maintainers_match *matches;
		size_t nr;

		gcv_maintainers_find(s->r->maintainers,
				     s->r->plan.files[group->files[i]].source.path, &s->arena,
				     &matches, &nr);
		gcv_recipients_add_matches(&patch->people, matches, nr, &series->arena, NULL);
	}
	gcv_mailmap_apply(s->mailmap, &patch->people, &series->arena);
}

static uint32_t shared_files(const struct gcv_series_record_patch *a,
			     const struct gcv_series_record_patch *b)
{
	uint32_t i, k, nr = 0;

	for (i = 0; i < a->nr_files; i++)
		for (k = 0; k < b->nr_files; k++)
			nr += strcmp(a->files[i], b->files[k]) == 0;
	return nr;
}

/* The patch of the last version that changed most of the same files. */
static const struct gcv_series_record_patch *
find_before(const struct sending *s, const struct gcv_series_record_patch *patch)
{
	const struct gcv_series_record_patch *best = NULL;
	uint32_t i, nr, best_nr = 0;

	for (i = 0; s->has_before && i < s->before.nr_patches; i++) {
		nr = shared_files(&s->before.patches[i], patch);
		if (nr > best_nr) {
			best_nr = nr;
			best = &s->before.patches[i];
		}
	}
	return best;
}

/* Tags go with what people saw: a patch whose lines are the same. */
static enum gcv_status carry_over(struct sending *s, struct gcv_series *series,
				  struct gcv_series_patch *patch,
				  struct gcv_series_record_patch *record, struct gcv_err *err)
{
	const struct gcv_series_record_patch *before = find_before(s, record);
	enum gcv_status st = GCV_OK;
	uint32_t i;

	if (s->version < 2)
		return GCV_OK;
	if (!before || !gcv_hash_equal(&before->hash, &record->hash)) {
		patch->changes =
			gcv_arena_printf(&s->arena, "Changes since v%ld: %s", s->version - 1,
					 before ? "the code has changed" : "this patch is new");
		return GCV_OK;
	}
	patch->changes = gcv_arena_printf(&s->arena, "No changes since v%ld", s->version - 1);
	for (i = 0; st == GCV_OK && i < before->nr_tags; i++)
		st = gcv_series_add_tag(series, patch, before->tags[i], err);
	record->tags = before->tags;
	record->nr_tags = before->nr_tags;
	return st;
}

/** struct comments - comments and strings of a patch's files that name what is replaced */
struct comments {
	const struct sending *s;
	const struct gcv_group *group;
	struct gcv_strbuf *out;
};

static bool is_replaced(const struct gcv_api_conversion *conversion, const char *api)
{
	size_t i, k;

	for (i = 0; i < conversion->nr_pairs; i++)
		for (k = 0; k < conversion->pairs[i].nr_from; k++)
			if (strcmp(conversion->pairs[i].from[k], api) == 0)
				return true;
	return false;
}

static enum gcv_status take_comment(void *data, const struct gcv_occurrence_row *row,
				    struct gcv_err *err)
{
	struct comments *c = data;

	(void)err;
	if (has_file(c->s, c->group, row->file) && is_replaced(c->s->r->conversion, row->api))
		gcv_strbuf_addf(c->out, "%s%s:%u (%s)", c->out->len ? "\n  " : "  ", row->file,
				row->line, row->api);
	return GCV_OK;
}

static enum gcv_status mention_comments(struct sending *s, const struct gcv_group *group,
					struct gcv_series_patch *patch, struct gcv_err *err)
{
	struct gcv_strbuf list = { 0 };
	struct comments c = { s, group, &list };
	enum gcv_status st = gcv_db_occurrences(
		s->r->db, NULL, gcv_ledger_class_name(GCV_LEDGER_COMMENT), take_comment, &c, err);

	if (st == GCV_OK)
		st = gcv_db_occurrences(s->r->db, NULL, gcv_ledger_class_name(GCV_LEDGER_STRING),
					take_comment, &c, err);

	if (list.len)
		patch->changes = gcv_arena_printf(&s->arena,
						  "%s%sComments and strings that name the old "
						  "functions, left as they are:\n%s",
						  patch->changes ? patch->changes : "",
						  patch->changes ? "\n\n" : "", list.buf);
	gcv_strbuf_release(&list);
	return st;
}

/* A change of a signature belongs to the area of the definition. */
static size_t find_definition(const struct sending *s, const char *const *paths, size_t nr)
{
	const struct gcv_program_facts *facts = &s->r->program->facts;
	uint32_t i;
	size_t k;

	for (i = 0; gcv_signature_is_goal(s->r->conversion) && i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		if (fn->linkage != GCV_LINKAGE_EXTERNAL || fn->kind != GCV_DEF_FUNCTION ||
		    !gcv_signature_pair(s->r->conversion, fn->name))
			continue;
		for (k = 0; k < nr; k++)
			if (strcmp(paths[k], fn->file) == 0)
				return k;
	}
	return nr;
}

static enum gcv_status add_patch(struct sending *s, size_t at, struct gcv_series *series,
				 struct gcv_err *err)
{
	const struct gcv_group *group = &s->groups[at];
	struct gcv_series_record_patch *record = &s->patches[at];
	struct gcv_message message = { .conversion = s->r->conversion,
				       .has_longterm = s->r->plan.input.longterm };
	const char **paths = gcv_arena_alloc(&s->arena, sizeof(*paths) * (group->nr + 1));
	struct gcv_strbuf title = { 0 }, body = { 0 };
	struct gcv_series_patch *patch;
	enum gcv_status st;
	size_t i;

	memset(record, 0, sizeof(*record));
	for (i = 0; i < group->nr; i++)
		paths[i] = s->r->plan.files[group->files[i]].source.path;
	describe(s, group, record, &message);
	gcv_message_title(&message, &title);
	gcv_message_body(&message, &body);
	at = find_definition(s, paths, group->nr);
	if (at < group->nr)
		record->name = gcv_area_of_files(s->log, paths + at, 1, &s->arena);
	else
		record->name = gcv_area_of_files(s->log, paths, group->nr, &s->arena);
	patch = gcv_series_add(series, record->name, take(s, &title));
	patch->body = take(s, &body);
	record->subject = gcv_arena_printf(&s->arena, "%s: %s", record->name, patch->title);
	st = add_diffs(s, group, series, patch, record, err);
	add_people(s, group, series, patch);
	if (st == GCV_OK)
		st = carry_over(s, series, patch, record, err);
	if (st == GCV_OK)
		st = mention_comments(s, group, patch, err);
	gcv_message_release(&message);
	return st;
}

/** struct tally - how often a reason was given */
struct tally {
	const char *reason;
	uint32_t nr;
};

static int by_number(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	if (x->nr != y->nr)
		return x->nr < y->nr ? 1 : -1;
	return strcmp(x->reason, y->reason);
}

static void count(struct tally *list, uint32_t *nr, const char *reason)
{
	uint32_t i;

	for (i = 0; i < *nr && strcmp(list[i].reason, reason) != 0; i++)
		;
	if (i == *nr)
		list[(*nr)++] = (struct tally){ .reason = reason };
	list[i].nr++;
}

/* What was refused and why, in one paragraph. */
static const char *say_refusals(struct sending *s)
{
	struct gcv_rewrite *r = s->r;
	GCV_AUTOFREE struct tally *list =
		gcv_zalloc(r->nr_sites + r->plan.nr_refusals + 1, sizeof(*list));
	struct gcv_strbuf text = { 0 }, out = { 0 };
	uint32_t i, nr = 0, sum = 0;

	for (i = 0; i < r->nr_sites; i++)
		if (strcmp(r->program->facts.sites[i].role, "acquire") == 0 &&
		    strcmp(r->sites[i].verdict, gcv_verdict_name(GCV_VERDICT_REFUSED)) == 0)
			count(list, &nr, r->sites[i].reason);
	for (i = 0; i < r->plan.nr_refusals; i++)
		count(list, &nr, r->plan.refusals[i].code);
	if (!nr)
		return NULL;
	qsort(list, nr, sizeof(*list), by_number);
	for (i = 0; i < nr; i++)
		sum += list[i].nr;
	gcv_strbuf_addf(&text,
			"%u call%s not converted, because a person has to look at %s first: ", sum,
			sum == 1 ? " is" : "s are", sum == 1 ? "it" : "them");
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&text, "%s%s (%u)", i ? ", " : "", list[i].reason, list[i].nr);
	gcv_strbuf_addch(&text, '.');
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_release(&text);
	return take(s, &out);
}

static const char *say_cover(struct sending *s, size_t batch)
{
	struct gcv_rewrite *r = s->r;
	struct gcv_strbuf text = { 0 }, out = { 0 };
	uint32_t i, nr_acquires = 0, nr_releases = 0;

	for (i = 0; i < r->nr_sites; i++) {
		if (!is_converted(r, i))
			continue;
		if (strcmp(r->program->facts.sites[i].role, "acquire") == 0)
			nr_acquires++;
		else
			nr_releases++;
	}
	if (gcv_signature_is_goal(r->conversion)) {
		gcv_strbuf_addf(&text, "This is the conversion %s (%s; see %s) of Linux %s.",
				r->conversion->name, r->conversion->note, r->conversion->source,
				r->tree.release);
		gcv_message_wrap(text.buf, &out);
		gcv_strbuf_release(&text);
		return take(s, &out);
	}
	gcv_strbuf_addf(&text,
			"This is the conversion %s (%s; see %s) of %u call%s that get%s pages of"
			" user memory, with the %u place%s where these are given back, in %u"
			" file%s.",
			r->conversion->name, r->conversion->note, r->conversion->source,
			nr_acquires, nr_acquires == 1 ? "" : "s", nr_acquires == 1 ? "s" : "",
			nr_releases, nr_releases == 1 ? "" : "s", r->plan.nr_files,
			r->plan.nr_files == 1 ? "" : "s");
	if (s->nr_batches > 1)
		gcv_strbuf_addf(&text,
				" It comes in %zu series, of which this is number %zu; each"
				" stands by itself.",
				s->nr_batches, batch + 1);
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_clear(&text);
	gcv_strbuf_addf(&text,
			"It needs the functions that it converts to, which Linux %s has; mm/gup.c"
			" and its headers are not changed. All releases of a page set are converted"
			" in the same patch.",
			r->tree.release);
	gcv_message_wrap(text.buf, &out);
	gcv_strbuf_release(&text);
	return take(s, &out);
}

/* What the last version had, and this one has not. */
static const char *say_changes(struct sending *s)
{
	struct gcv_strbuf out = { 0 };
	uint32_t i, k, nr_same = 0, nr_new = 0;

	if (s->version < 2)
		return NULL;
	for (i = 0; i < s->nr_groups; i++) {
		const struct gcv_series_record_patch *before = find_before(s, &s->patches[i]);

		nr_new += !before;
		nr_same += before && gcv_hash_equal(&before->hash, &s->patches[i].hash);
	}
	gcv_strbuf_addf(&out,
			"Changes since v%ld:\n- %u patches are the same, %zu have changed, %u are"
			" new",
			s->version - 1, nr_same, s->nr_groups - nr_same - nr_new, nr_new);
	for (i = 0; s->has_before && i < s->before.nr_patches; i++) {
		for (k = 0; k < s->nr_groups; k++)
			if (shared_files(&s->before.patches[i], &s->patches[k]))
				break;
		if (k == s->nr_groups)
			gcv_strbuf_addf(&out, "\n- dropped: %s", s->before.patches[i].subject);
	}
	return take(s, &out);
}

static enum gcv_status make_batches(struct sending *s, struct gcv_err *err)
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
		st = add_patch(s, i, &s->batches[i / (size_t)s->max_patches], err);
	gcv_message_title(&all, &title);
	subject = take(s, &title);
	refusals = say_refusals(s);
	changes = say_changes(s);
	for (i = 0; st == GCV_OK && i < s->nr_batches; i++) {
		struct gcv_series *series = &s->batches[i];

		series->title = s->nr_batches == 1
					? subject
					: gcv_arena_printf(&s->arena, "%s, part %zu of %zu",
							   subject, i + 1, s->nr_batches);
		series->version = (unsigned int)s->version;
		series->cover = say_cover(s, i);
		series->refusals = refusals;
		series->changes = changes;
		series->from = me;
		series->sign_off = gcv_cli_given(r->cli, "signoff");
		series->base_commit = gcv_area_log_head(s->log);
		series->signature = "gupconv " GCV_VERSION;
	}
	return st;
}

static const char *scope_of(struct sending *s)
{
	const char *title = gcv_cli_value(s->r->cli, "subsystem");
	struct gcv_strbuf text = { 0 };
	size_t i;

	for (i = 0; i < s->r->cli->operand_nr; i++)
		gcv_strbuf_addf(&text, "%s%s", i ? " " : "", s->r->cli->operands[i]);
	if (title)
		gcv_strbuf_addf(&text, "%s%s", text.len ? ": " : "", title);
	return take(s, &text);
}

static enum gcv_status remember(struct sending *s, struct gcv_err *err)
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

static enum gcv_status send(struct sending *s, const char *dir, struct gcv_err *err)
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
	struct sending s = { .r = rewrite, .version = 1, .max_patches = MAX_PATCHES };
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
