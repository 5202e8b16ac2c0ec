// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_tree.h"
#include "cmd/command.h"
#include "cmd/scan_owners.h"
#include "cmd/terminal.h"
#include "db/merge.h"
#include "db/questions.h"

#include <string.h>

static void show_phase(void *ctx, const char *name, uint64_t total)
{
	gcv_progress_phase(ctx, name, total);
}

static void show_update(void *ctx, uint64_t done)
{
	gcv_progress_update(ctx, done);
}

bool gcv_scan_is_partial(const struct gcv_cli *cli)
{
	return cli->operand_nr || gcv_cli_given(cli, "arch");
}

/* The newest snapshot where the caller knows no better one; NULL where there is none. */
static enum gcv_status find_before(struct gcv_scan_tree *s, const char **ret, struct gcv_err *err)
{
	struct gcv_snapshot_row newest;
	enum gcv_status st;

	*ret = s->before;
	if (s->before)
		return GCV_OK;
	st = gcv_db_snapshot(s->session->db, NULL, &s->arena, &newest, err);
	if (st == GCV_ERR_NOT_FOUND)
		return GCV_OK;
	if (st == GCV_OK)
		*ret = newest.label;
	return st;
}

/*
 * What an earlier scan of the same name came to, else one of another name: results belong to their
 * key, and the files that were asked for there are a good guess at any rate.
 */
static enum gcv_status remember(struct gcv_scan_tree *s, struct gcv_err *err)
{
	const char *file, *before = NULL;
	enum gcv_status st;
	size_t pos = 0;

	s->demand.db = s->session->db;
	gcv_analysis_basis_init(&s->demand.basis);
	while ((file = gcv_cli_next_value(s->session->cli, "api", &pos)))
		gcv_analysis_basis_add(&s->demand.basis, file);
	if (gcv_cli_given(s->session->cli, "force"))
		return GCV_OK;
	s->demand.uses_answers = true;
	st = gcv_analyse_remember(&s->demand, s->label, err);
	if (st == GCV_OK && !s->demand.has_known)
		st = find_before(s, &before, err);
	if (st == GCV_OK && before)
		st = gcv_analyse_remember(&s->demand, before, err);
	return st;
}

static enum gcv_status parse(struct gcv_scan_tree *s, struct gcv_err *err)
{
	s->store = (struct gcv_scan_store){
		.db = s->session->db,
		.tree = s->tree,
		.api = &s->session->api,
		.stored = &s->stored,
		.label = s->label,
		.revision = s->revision,
		.worker = s->session->worker,
		.scratch = s->session->scratch.path,
		.nr_workers = (unsigned int)s->session->nr_workers,
		.limits = s->session->limits,
		.paths = s->session->cli->operands,
		.nr_paths = s->session->cli->operand_nr,
		.archs = gcv_cli_value(s->session->cli, "arch"),
		.compile_commands = gcv_cli_value(s->session->cli, "compile-commands"),
		.is_partial = gcv_scan_is_partial(s->session->cli),
		.force = gcv_cli_given(s->session->cli, "force"),
		.demand = {
			.ask = gcv_analyse_ask,
			.knows = gcv_analyse_knows,
			.recall = gcv_analyse_recall,
			.note = gcv_analyse_note,
			.ctx = &s->demand,
			.last = s->demand.last,
			.nr_last = s->demand.nr_last,
		},
		.shard = s->session->shard,
		.progress = { show_phase, show_update, &s->session->progress },
	};
	if (s->session->shard.number)
		s->store.demand = (struct gcv_scan_demand){ 0 };

	return gcv_scan_store_run(&s->store, &s->scan, err);
}

static enum gcv_status count_call(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct gcv_scan_calls *calls = data;

	(void)err;
	if (site->homonym)
		return GCV_OK;
	if (strcmp(site->role, "acquire") == 0)
		calls->acquire++;
	else
		calls->release++;
	return GCV_OK;
}

static enum gcv_status note_errors(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	(void)err;
	if (row->nr_errors_main)
		gcv_cli_note(data, 1, "%s [%s]: %u errors, the first at %s:%u: %s", row->main,
			     row->config, row->nr_errors_main, row->error_file, row->error_line,
			     row->first_error);
	return GCV_OK;
}

/** struct keys - what results are known by */
struct keys {
	struct gcv_hash units, facts, made_with;
	bool has_units, has_facts, is_made;
};

/* Follow the pages, unless what that comes to is there from an earlier scan. */
static enum gcv_status analyse(struct gcv_scan_tree *s, const struct keys *keys,
			       struct gcv_err *err)
{
	const struct gcv_analyse_input input = {
		.db = s->session->db,
		.label = s->label,
		.tree = s->tree,
		.scan = s->scan,
		.demand = &s->demand,
		.key = keys->has_units ? &keys->units : NULL,
	};
	enum gcv_status st;

	st = gcv_analyse_kept(s->session->db, s->label, s->scan, &s->arena, &s->analysis, err);
	if (st != GCV_OK || s->analysis.is_kept)
		return st;
	gcv_progress_phase(&s->session->progress, "follow", 0);
	return gcv_analyse(&input, &s->analysis, err);
}

static bool key_of(const struct gcv_scan_tree *s, struct gcv_hash *ret)
{
	return gcv_analysis_key(&s->demand.basis, s->scan, s->scan->units, s->scan->nr_units, ret);
}

/*
 * Results that are not known by the units may be so by the facts in them: a unit is another one as
 * soon as there is another comment in one of its files.
 */
static enum gcv_status find_keys(struct gcv_scan_tree *s, struct keys *keys, struct gcv_err *err)
{
	enum gcv_status st;

	keys->has_units = key_of(s, &keys->units);
	if (!keys->has_units || keys->is_made || s->store.force || !s->demand.has_known ||
	    gcv_hash_equal(&keys->units, &s->demand.known))
		return GCV_OK;
	st = gcv_analyse_facts(&s->demand, s->scan, s->tree, &keys->facts, &keys->has_facts, err);
	if (st != GCV_OK || !keys->has_facts)
		return st;
	return gcv_db_result_facts(s->session->db, &keys->facts, &keys->made_with, &keys->is_made,
				   err);
}

static enum gcv_status store(struct gcv_scan_tree *s, const struct keys *keys, struct gcv_err *err)
{
	enum gcv_status st = gcv_scan_store_snapshot(
		&s->store, s->scan, keys->has_units && !s->store.force ? &keys->units : NULL,
		keys->is_made ? &keys->made_with : NULL, err);

	if (st == GCV_OK)
		st = gcv_db_sites(s->session->db, s->label, NULL, count_call, &s->calls, err);
	if (st == GCV_OK)
		st = gcv_scan_owners_store(s->session->db, s->label, s->tree, err);
	return st;
}

static enum gcv_status save(struct gcv_scan_tree *s, struct keys *keys, struct gcv_err *err)
{
	enum gcv_status st = find_keys(s, keys, err);

	if (st == GCV_OK)
		st = store(s, keys, err);
	if (st == GCV_OK && s->session->cli->verbose)
		st = gcv_db_units_of_snapshot(s->session->db, s->label, note_errors,
					      s->session->cli, err);
	if (st == GCV_OK)
		st = analyse(s, keys, err);
	if (st == GCV_OK && keys->has_facts && s->analysis.is_kept)
		st = gcv_db_result_facts_put(s->session->db, &keys->facts, &keys->units, err);
	return st;
}

enum gcv_status gcv_scan_tree_run(struct gcv_scan_tree *s, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_load_units(s->session->db, &s->arena, &s->stored, err);
	struct keys keys = { 0 };

	if (st == GCV_OK)
		st = remember(s, err);
	if (st == GCV_OK)
		st = parse(s, err);
	if (st == GCV_OK) {
		gcv_progress_phase(&s->session->progress, "store", 0);
		st = save(s, &keys, err);
	}
	return st;
}

enum gcv_status gcv_scan_tree_run_shard(struct gcv_scan_tree *s, struct gcv_err *err)
{
	const struct gcv_scan_shard *shard = &s->session->shard;
	struct gcv_db_shard row = {
		.number = shard->number,
		.total = shard->total,
		.kernel = s->tree->release,
	};
	enum gcv_status st = gcv_db_load_units(s->session->db, &s->arena, &s->stored, err);

	if (st == GCV_OK)
		st = parse(s, err);
	if (st != GCV_OK)
		return st;
	gcv_progress_phase(&s->session->progress, "store", 0);
	memcpy(row.split, s->scan->split.b, sizeof(row.split));
	return gcv_db_shard_put(s->session->db, &row, err);
}

bool gcv_scan_tree_can_go_on(const struct gcv_scan_tree *s)
{
	struct gcv_hash ignored;

	return !s->store.force && !s->store.is_partial && !s->store.compile_commands &&
	       key_of(s, &ignored);
}

enum gcv_status gcv_scan_tree_go_on(struct gcv_scan_tree *s, const struct gcv_scan_step *step,
				    struct gcv_err *err)
{
	struct gcv_scan_sums *sums = &s->scan->sums;
	struct keys keys = { 0 };

	keys.is_made = key_of(s, &keys.made_with);
	s->label = step->label;
	s->revision = step->revision;
	s->store.label = step->label;
	s->store.revision = step->revision;
	s->scan->walk.nr_bytes += step->more_bytes;
	s->scan->walk.digest += step->more_digest;
	sums->bytes = s->scan->walk.nr_bytes;
	sums->units_parsed = 0;
	sums->units_stored = sums->units;
	s->calls = (struct gcv_scan_calls){ 0 };
	gcv_progress_phase(&s->session->progress, "store", 0);
	return save(s, &keys, err);
}

void gcv_scan_tree_release(struct gcv_scan_tree *s)
{
	gcv_analyse_demand_release(&s->demand);
	gcv_scan_free(s->scan);
	gcv_arena_release(&s->arena);
}
