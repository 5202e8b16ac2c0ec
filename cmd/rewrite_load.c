// SPDX-License-Identifier: GPL-2.0-only
#include "classify/words.h"
#include "cmd/analyse.h"
#include "cmd/place.h"
#include "cmd/rewrite.h"
#include "cmd/terminal.h"
#include "db/program.h"
#include "edit/in_place.h"
#include "edit/signature.h"
#include "parse/era_facts.h"
#include "tree/beneath.h"
#include "tree/hash.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static enum gcv_status load_apis(struct gcv_rewrite *r, struct gcv_err *err)
{
	enum gcv_status st = gcv_api_load(&r->api, err);
	const char *file, *name = gcv_cli_value(r->cli, "conversion");
	size_t pos = 0;

	while (st == GCV_OK && (file = gcv_cli_next_value(r->cli, "api", &pos)))
		st = gcv_api_add_file(&r->api, file, err);
	if (st != GCV_OK)
		return st;
	if (!name)
		return gcv_err_set(err, GCV_ERR_USAGE, "--conversion is missing");
	r->conversion = gcv_api_find_conversion(&r->api, name);
	return r->conversion ? GCV_OK
			     : gcv_err_set(err, GCV_ERR_USAGE, "there is no conversion '%s'", name);
}

static enum gcv_status load_era(struct gcv_rewrite *r, struct gcv_err *err)
{
	struct gcv_facts facts = { 0 };
	enum gcv_status st = gcv_db_era_decls(r->db, NULL, &r->era_arena, &facts, err);

	if (st == GCV_OK)
		gcv_era_of_facts(&r->api, &facts, &r->era_arena, &r->era);
	return st;
}

static bool has_reason(const struct gcv_result *result, enum gcv_reason reason)
{
	uint32_t i;

	for (i = 0; i < result->nr_reasons; i++)
		if (strcmp(result->reasons[i].code, gcv_reason_name(reason)) == 0)
			return true;
	return false;
}

static enum gcv_status take_result(void *data, const struct gcv_result *result, struct gcv_err *err)
{
	struct gcv_rewrite *r = data;
	struct gcv_plan_result *to;
	uint32_t *partners;

	if (result->site >= r->nr_sites)
		return gcv_err_set(err, GCV_ERR_FORMAT, "a result is about no site");
	to = &r->results[result->site];
	partners = gcv_arena_alloc(&r->arena, sizeof(*partners) * (result->nr_partners + 1));
	if (result->nr_partners)
		memcpy(partners, result->partners, sizeof(*partners) * result->nr_partners);
	*to = (struct gcv_plan_result){
		.is_convertible =
			strcmp(result->verdict, gcv_verdict_name(GCV_VERDICT_CONVERTIBLE)) == 0 ||
			strcmp(result->verdict, gcv_verdict_name(GCV_VERDICT_CONVERT)) == 0,
		.may_be_negative = has_reason(result, GCV_REASON_COUNT_MAY_BE_NEGATIVE),
		.may_lock = has_reason(result, GCV_REASON_PAGE_LOCK_MAY_BE_TAKEN),
		.is_longterm = result->longterm == GCV_LONGTERM_DUE,
		.partners = partners,
		.nr_partners = result->nr_partners,
	};
	r->sites[result->site].verdict = gcv_arena_strdup(&r->arena, result->verdict);
	r->sites[result->site].pin_case = result->pin_case;
	if (result->nr_reasons)
		r->sites[result->site].reason =
			gcv_arena_strdup(&r->arena, result->reasons[0].code);
	return GCV_OK;
}

static void init_sites(struct gcv_rewrite *r)
{
	uint32_t i;

	r->nr_sites = r->program->facts.nr_sites;
	r->sites = gcv_arena_alloc(&r->arena, sizeof(*r->sites) * (r->nr_sites + 1));
	for (i = 0; i < r->nr_sites; i++)
		r->sites[i] = (struct gcv_rewrite_site){
			.id = r->program->facts.sites[i].id,
			.verdict = "",
			.reason = "",
		};
	r->results = gcv_arena_alloc(&r->arena, sizeof(*r->results) * (r->nr_sites + 1));
	memset(r->results, 0, sizeof(*r->results) * (r->nr_sites + 1));
}

static enum gcv_status load_results(struct gcv_rewrite *r, struct gcv_err *err)
{
	return gcv_db_results(r->db, NULL, r->conversion->name, take_result, r, err);
}

/* Filter by the title of the MAINTAINERS entry. */
static enum gcv_status choose_subsystem(struct gcv_rewrite *r, const char *title, bool *is_wanted,
					struct gcv_err *err)
{
	enum gcv_status st = gcv_maintainers_load(&r->tree, &r->maintainers, err);
	bool found = false;
	uint32_t i;

	if (st != GCV_OK)
		return st;
	for (i = 0; i < r->maintainers->nr; i++)
		found |= strcasecmp(r->maintainers->entries[i].title, title) == 0;
	if (!found)
		return gcv_err_set(err, GCV_ERR_USAGE, "MAINTAINERS has no entry '%s'", title);
	for (i = 0; i < r->nr_sites; i++) {
		const struct gcv_maintainers_entry *entry =
			gcv_maintainers_subsystem(r->maintainers, r->program->facts.sites[i].file);

		is_wanted[i] &= entry && strcasecmp(entry->title, title) == 0;
	}
	return GCV_OK;
}

/** struct ledger - occurrences as they come */
struct ledger {
	struct gcv_arena *arena;
	struct gcv_plan_occurrence *list;
	uint32_t nr, cap;
};

static enum gcv_status take_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	struct ledger *ledger = data;

	(void)err;
	GCV_GROW(ledger->list, ledger->nr, ledger->cap);
	ledger->list[ledger->nr++] = (struct gcv_plan_occurrence){
		.file = gcv_arena_strdup(ledger->arena, row->file),
		.offset = row->offset,
		.line = row->line,
		.name = gcv_arena_strdup(ledger->arena, row->api),
		.class_name = gcv_arena_strdup(ledger->arena, row->class_name),
	};
	return GCV_OK;
}

/* A change of a signature goes by what the ledger says, and by no verdict. */
static enum gcv_status load_ledger(struct gcv_rewrite *r, struct gcv_err *err)
{
	struct ledger ledger = { .arena = &r->arena };
	enum gcv_status st;

	if (r->cli->operand_nr || gcv_cli_given(r->cli, "subsystem"))
		return gcv_err_set(
			err, GCV_ERR_USAGE,
			"the conversion %s takes no paths or subsystem: it changes the whole tree",
			r->conversion->name);
	st = gcv_db_occurrences(r->db, NULL, NULL, take_occurrence, &ledger, err);
	r->occurrences = ledger.list;
	r->nr_occurrences = ledger.nr;
	return st;
}

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strcmp(folder, ".") == 0 ||
	       (strncmp(path, folder, len) == 0 && (!path[len] || path[len] == '/'));
}

static enum gcv_status choose_sites(struct gcv_rewrite *r, const bool **ret, struct gcv_err *err)
{
	const char *title = gcv_cli_value(r->cli, "subsystem");
	bool *is_wanted = gcv_arena_alloc(&r->arena, r->nr_sites + 1);
	size_t i;
	uint32_t k;

	*ret = is_wanted;
	memset(is_wanted, !r->cli->operand_nr, r->nr_sites + 1);
	for (i = 0; i < r->cli->operand_nr; i++) {
		char path[PATH_MAX];

		if (!gcv_beneath_fold(r->cli->operands[i], path))
			return gcv_err_set(err, GCV_ERR_USAGE, "'%s' is no path below the tree",
					   r->cli->operands[i]);
		for (k = 0; k < r->nr_sites; k++)
			is_wanted[k] |= is_below(r->program->facts.sites[k].file, path);
	}
	return title ? choose_subsystem(r, title, is_wanted, err) : GCV_OK;
}

/* Verdicts and byte ranges are those of the text that was scanned. */
static enum gcv_status read_scanned(void *ctx, const char *path, struct gcv_strbuf *out,
				    struct gcv_err *err)
{
	struct gcv_rewrite *r = ctx;
	struct gcv_hash now, then = { 0 };
	size_t before = out->len;
	enum gcv_status st = gcv_tree_read(&r->tree, path, out, err);
	bool found = false;

	if (st != GCV_OK)
		return st == GCV_ERR_IO ? GCV_ERR_CHANGED : st;
	/* A database that cannot be read says nothing about the file. */
	st = gcv_db_file_hash(r->db, NULL, path, then.b, &found, err);
	if (st != GCV_OK)
		return GCV_ERR_IO;
	now = gcv_hash_bytes(out->buf + before, out->len - before);
	if (!found || !gcv_hash_equal(&now, &then))
		return gcv_err_set(err, GCV_ERR_CHANGED,
				   "%s has changed since the scan: run 'gupconv scan' again", path);
	return GCV_OK;
}

/*
 * Results for another conversion than the scan's are made here; then, and to remember a series, the
 * database is written.
 */
static enum gcv_status open_database(struct gcv_rewrite *r, struct gcv_err *err)
{
	const char *conversion = r->conversion->name;
	bool is_ready = gcv_signature_is_goal(r->conversion);
	bool must_write = gcv_cli_given(r->cli, "series");
	GCV_AUTOFREE char *path = NULL;
	enum gcv_status st = gcv_database_path(r->cli, &r->tree, false, &path, err);

	if (st != GCV_OK)
		return st;
	st = gcv_db_open(path, GCV_DB_READ, &r->db, err);
	if (st == GCV_ERR_NOT_FOUND)
		gcv_err_set(err, st, "there is no database %s: run 'gupconv scan' first", path);
	if (st == GCV_OK && !is_ready)
		st = gcv_db_has_results(r->db, NULL, conversion, &is_ready, err);
	if (st != GCV_OK || (is_ready && !must_write))
		return st;
	gcv_db_close(r->db);
	r->db = NULL;
	st = gcv_db_open(path, GCV_DB_WRITE, &r->db, err);
	if (st == GCV_OK && !is_ready)
		st = gcv_analyse_stored(r->db, NULL, &r->tree, &r->api, conversion, err);
	return st;
}

/* Sources that a killed process left half changed are put in order before anything goes by them. */
static enum gcv_status open_tree(struct gcv_rewrite *r, struct gcv_err *err)
{
	enum gcv_status st = gcv_open_tree(r->cli, &r->tree, err);
	bool is_put_back = false;

	if (st != GCV_OK || !gcv_in_place_is_unfinished(&r->tree))
		return st;
	if (!gcv_cli_given(r->cli, "in-place")) {
		gcv_warn_unfinished(r->cli, &r->tree);
		return GCV_OK;
	}
	st = gcv_in_place_recover(&r->tree, &is_put_back, err);
	if (st == GCV_OK && is_put_back)
		gcv_cli_note(r->cli, 0,
			     "the files that an interrupted rewrite had replaced were put back");
	return st;
}

enum gcv_status gcv_rewrite_load(struct gcv_rewrite *r, struct gcv_err *err)
{
	struct gcv_plan_input input;
	enum gcv_status st = load_apis(r, err);

	if (st == GCV_OK)
		st = open_tree(r, err);
	if (st == GCV_OK)
		st = open_database(r, err);
	if (st == GCV_OK)
		st = load_era(r, err);
	if (st == GCV_OK)
		st = gcv_accessors_load(&r->accessors, err);
	if (st == GCV_OK)
		st = gcv_db_program_source(r->db, NULL, &r->source, err);
	if (st == GCV_OK)
		st = gcv_program_load(&r->source, &r->program, err);
	if (st != GCV_OK)
		return st;
	init_sites(r);
	st = gcv_signature_is_goal(r->conversion) ? load_ledger(r, err) : load_results(r, err);
	if (st != GCV_OK)
		return st;
	input = (struct gcv_plan_input){
		.program = r->program,
		.era = &r->era,
		.accessors = &r->accessors,
		.conversion = r->conversion,
		.results = r->results,
		.occurrences = r->occurrences,
		.nr_occurrences = r->nr_occurrences,
		.longterm = gcv_cli_given(r->cli, "longterm"),
		.read = read_scanned,
		.ctx = r,
	};
	st = choose_sites(r, &input.is_wanted, err);
	if (st == GCV_OK) {
		gcv_plan_init(&r->plan, &input);
		r->is_planned = true;
	}
	return st;
}

void gcv_rewrite_release(struct gcv_rewrite *r)
{
	if (r->is_planned)
		gcv_plan_release(&r->plan);
	gcv_maintainers_free(r->maintainers);
	free(r->occurrences);
	gcv_program_free(r->program);
	gcv_db_program_source_release(&r->source);
	gcv_accessors_release(&r->accessors);
	gcv_era_release(&r->era);
	gcv_arena_release(&r->era_arena);
	gcv_db_close(r->db);
	gcv_api_release(&r->api);
	if (r->tree.root)
		gcv_tree_release(&r->tree);
	gcv_arena_release(&r->arena);
}
