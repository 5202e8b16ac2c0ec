// SPDX-License-Identifier: GPL-2.0-only
/* One patch of a series: what it changes, what it says, and to whom. */
#include "classify/words.h"
#include "cmd/rewrite_series.h"
#include "edit/message.h"
#include "edit/signature.h"
#include "parse/scan.h"

#include <string.h>

static bool has_file(const struct gcv_sending *s, const struct gcv_group *group, const char *path)
{
	size_t i;

	for (i = 0; i < group->nr; i++)
		if (strcmp(s->r->plan.files[group->files[i]].source.path, path) == 0)
			return true;
	return false;
}

static void describe(struct gcv_sending *s, const struct gcv_group *group,
		     struct gcv_series_record_patch *record, struct gcv_message *message)
{
	struct gcv_rewrite *r = s->r;
	const char **ids = gcv_arena_alloc(&s->arena, sizeof(*ids) * (r->nr_sites + 1));
	uint32_t i;

	for (i = 0; i < r->nr_sites; i++) {
		const struct gcv_program_site *site = &r->program->facts.sites[i];

		if (!gcv_sending_is_converted(r, i) || !has_file(s, group, site->file))
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

static enum gcv_status add_diffs(struct gcv_sending *s, const struct gcv_group *group,
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

static void add_people(struct gcv_sending *s, const struct gcv_group *group,
		       struct gcv_series *series, struct gcv_series_patch *patch)
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

uint32_t gcv_sending_shared_files(const struct gcv_series_record_patch *a,
				  const struct gcv_series_record_patch *b)
{
	uint32_t i, k, nr = 0;

	for (i = 0; i < a->nr_files; i++)
		for (k = 0; k < b->nr_files; k++)
			nr += strcmp(a->files[i], b->files[k]) == 0;
	return nr;
}

/* The patch of the last version that changed most of the same files. */
const struct gcv_series_record_patch *
gcv_sending_before(const struct gcv_sending *s, const struct gcv_series_record_patch *patch)
{
	const struct gcv_series_record_patch *best = NULL;
	uint32_t i, nr, best_nr = 0;

	for (i = 0; s->has_before && i < s->before.nr_patches; i++) {
		nr = gcv_sending_shared_files(&s->before.patches[i], patch);
		if (nr > best_nr) {
			best_nr = nr;
			best = &s->before.patches[i];
		}
	}
	return best;
}

/* Tags go with what people saw: a patch whose lines are the same. */
static enum gcv_status carry_over(struct gcv_sending *s, struct gcv_series *series,
				  struct gcv_series_patch *patch,
				  struct gcv_series_record_patch *record, struct gcv_err *err)
{
	const struct gcv_series_record_patch *before = gcv_sending_before(s, record);
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
	const struct gcv_sending *s;
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

/* Some follow the code that they speak of. */
static bool is_changed(const struct gcv_sending *s, const char *path, uint32_t offset)
{
	uint32_t i, k;

	for (i = 0; i < s->r->plan.nr_files; i++) {
		const struct gcv_file_edit *edit = &s->r->plan.files[i].edit;

		for (k = 0; strcmp(edit->path, path) == 0 && k < edit->nr_changes; k++)
			if (edit->changes[k].begin <= offset && offset < edit->changes[k].end)
				return true;
	}
	return false;
}

static enum gcv_status take_comment(void *data, const struct gcv_occurrence_row *row,
				    struct gcv_err *err)
{
	struct comments *c = data;

	(void)err;
	if (has_file(c->s, c->group, row->file) && is_replaced(c->s->r->conversion, row->api) &&
	    !is_changed(c->s, row->file, row->offset))
		gcv_strbuf_addf(c->out, "%s%s:%u (%s)", c->out->len ? "\n  " : "  ", row->file,
				row->line, row->api);
	return GCV_OK;
}

static enum gcv_status mention_comments(struct gcv_sending *s, const struct gcv_group *group,
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
static size_t find_definition(const struct gcv_sending *s, const char *const *paths, size_t nr)
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

enum gcv_status gcv_sending_add_patch(struct gcv_sending *s, size_t at, struct gcv_series *series,
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
	patch = gcv_series_add(series, record->name, gcv_sending_take(s, &title));
	patch->body = gcv_sending_take(s, &body);
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
