// SPDX-License-Identifier: GPL-2.0-only
#include "base/heap.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/progress.h"
#include "cmd/scan_owners.h"
#include "cmd/scan_store.h"
#include "cmd/scan_summary.h"
#include "cmd/scratch.h"
#include "cmd/terminal.h"
#include "cmd/worker_path.h"
#include "db/store.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* So much work of the workers waits at most for the commit that it shares. */
#define KILL_LOSES_US 1000000

struct scan_command {
	struct gcv_cli *cli;
	struct gcv_tree tree;
	struct gcv_api api;
	char *db_path, *worker;
	struct gcv_scratch scratch;
	struct gcv_db *db;
	struct gcv_arena arena;
	struct gcv_stored_units stored;
	struct gcv_progress progress;
	struct gcv_scan_store store;
	struct gcv_scan *scan;
	struct gcv_scan_calls calls;
	struct gcv_analyse_sums analysis;
	struct gcv_analyse_demand demand;
	const char *label;
	struct timespec start;
};

static void show_phase(void *ctx, const char *name, uint64_t total)
{
	gcv_progress_phase(ctx, name, total);
}

static void show_update(void *ctx, uint64_t done)
{
	gcv_progress_update(ctx, done);
}

/* The folder stands beside the database, whose lock keeps other scans away from it. */
static enum gcv_status make_scratch(struct scan_command *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };

	gcv_strbuf_addf(&path, "%s.pch", c->db_path);
	return gcv_scratch_make(&c->scratch, path.buf, err);
}

static enum gcv_status load_apis(struct scan_command *c, struct gcv_err *err)
{
	enum gcv_status st = gcv_api_load(&c->api, err);
	const char *file;
	size_t pos = 0;

	while (st == GCV_OK && (file = gcv_cli_next_value(c->cli, "api", &pos)))
		st = gcv_api_add_file(&c->api, file, err);
	return st;
}

static bool is_partial(const struct scan_command *c)
{
	return c->cli->operand_nr || gcv_cli_given(c->cli, "arch");
}

/* A scan of some files must not take the place of the whole tree's. */
static const char *choose_label(struct scan_command *c)
{
	const char *label = gcv_cli_value(c->cli, "label");

	if (label)
		return label;
	if (!is_partial(c))
		return c->tree.release;
	return gcv_arena_printf(&c->arena, "%s (partial)", c->tree.release);
}

static enum gcv_status remember(struct scan_command *c, struct gcv_err *err)
{
	const char *file;
	size_t pos = 0;

	c->demand.db = c->db;
	c->label = choose_label(c);
	gcv_analysis_basis_init(&c->demand.basis);
	while ((file = gcv_cli_next_value(c->cli, "api", &pos)))
		gcv_analysis_basis_add(&c->demand.basis, file);
	if (gcv_cli_given(c->cli, "force"))
		return GCV_OK;
	return gcv_analyse_remember(&c->demand, c->label, err);
}

static enum gcv_status prepare(struct scan_command *c, struct gcv_err *err)
{
	enum gcv_status st = gcv_open_tree(c->cli, &c->tree, err);

	if (st == GCV_OK)
		st = load_apis(c, err);
	if (st == GCV_OK)
		st = gcv_worker_path(&c->worker, err);
	if (st == GCV_OK)
		st = gcv_database_path(c->cli, &c->tree, true, &c->db_path, err);
	if (st == GCV_OK)
		st = gcv_db_open(c->db_path, GCV_DB_WRITE, &c->db, err);
	if (st == GCV_OK)
		st = gcv_db_load_units(c->db, &c->arena, &c->stored, err);
	if (st == GCV_OK)
		st = remember(c, err);
	if (st == GCV_OK) {
		gcv_db_share_commits(c->db, KILL_LOSES_US);
		st = make_scratch(c, err);
	}
	return st;
}

static enum gcv_status run(struct scan_command *c, long nr_workers, struct gcv_err *err)
{
	c->store = (struct gcv_scan_store){
		.db = c->db,
		.tree = &c->tree,
		.api = &c->api,
		.stored = &c->stored,
		.label = c->label,
		.worker = c->worker,
		.scratch = c->scratch.path,
		.nr_workers = (unsigned int)nr_workers,
		.paths = c->cli->operands,
		.nr_paths = c->cli->operand_nr,
		.archs = gcv_cli_value(c->cli, "arch"),
		.compile_commands = gcv_cli_value(c->cli, "compile-commands"),
		.is_partial = is_partial(c),
		.force = gcv_cli_given(c->cli, "force"),
		.demand = {
			.ask = gcv_analyse_ask,
			.knows = gcv_analyse_knows,
			.ctx = &c->demand,
			.last = c->demand.last,
			.nr_last = c->demand.nr_last,
		},
		.progress = { show_phase, show_update, &c->progress },
	};

	return gcv_scan_store_run(&c->store, &c->scan, err);
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

/* Follow the pages, unless what that comes to is there from an earlier scan. */
static enum gcv_status analyse(struct scan_command *c, const struct gcv_hash *key,
			       struct gcv_err *err)
{
	const struct gcv_analyse_input input = {
		.db = c->db,
		.label = c->label,
		.tree = &c->tree,
		.scan = c->scan,
		.demand = &c->demand,
		.key = key,
	};
	enum gcv_status st;

	st = gcv_analyse_kept(c->db, c->label, c->scan, &c->arena, &c->analysis, err);
	if (st != GCV_OK || c->analysis.is_kept)
		return st;
	gcv_progress_phase(&c->progress, "follow", 0);
	return gcv_analyse(&input, &c->analysis, err);
}

static enum gcv_status save(struct scan_command *c, struct gcv_err *err)
{
	struct gcv_hash key;
	bool has_key = gcv_analysis_key(&c->demand.basis, c->scan, c->scan->units,
					c->scan->nr_units, &key);
	enum gcv_status st = gcv_scan_store_snapshot(&c->store, c->scan,
						     has_key && !c->store.force ? &key : NULL, err);

	if (st == GCV_OK)
		st = gcv_db_sites(c->db, c->label, NULL, count_call, &c->calls, err);
	if (st == GCV_OK)
		st = gcv_scan_owners_store(c->db, c->label, &c->tree, err);
	if (st == GCV_OK && c->cli->verbose)
		st = gcv_db_units_of_snapshot(c->db, c->label, note_errors, c->cli, err);
	if (st == GCV_OK)
		st = analyse(c, has_key ? &key : NULL, err);
	return st;
}

static void release(struct scan_command *c)
{
	gcv_scratch_release(&c->scratch);
	gcv_analyse_demand_release(&c->demand);
	gcv_scan_free(c->scan);
	gcv_db_close(c->db);
	gcv_arena_release(&c->arena);
	gcv_api_release(&c->api);
	if (c->tree.root)
		gcv_tree_release(&c->tree);
	free(c->db_path);
	free(c->worker);
}

int gcv_cmd_scan(struct gcv_cli *cli)
{
	struct scan_command c = { .cli = cli };
	long nr_workers = sysconf(_SC_NPROCESSORS_ONLN);
	struct gcv_err err;
	enum gcv_status st;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &c.start);
	/* The flow is built anew for each round of demands. */
	gcv_heap_keep((size_t)512 << 20, (size_t)1 << 20);
	status = gcv_cli_number(cli, "jobs", 1, 1024, &nr_workers);
	if (status != GCV_EXIT_DONE)
		return status;
	gcv_progress_init(&c.progress, stderr, cli->quiet);
	st = prepare(&c, &err);
	if (st == GCV_OK)
		st = run(&c, nr_workers < 1 ? 1 : nr_workers, &err);
	if (st == GCV_OK) {
		gcv_progress_phase(&c.progress, "store", 0);
		st = save(&c, &err);
	}
	gcv_progress_end(&c.progress);
	if (st == GCV_OK)
		status = gcv_scan_summary_print(cli, c.scan, &c.calls, &c.analysis, &c.start);
	else if (st == GCV_ERR_USAGE)
		status = gcv_cli_usage_error(cli, "%s", err.text);
	else
		status = gcv_cli_fail(cli, &err);
	release(&c);
	return status;
}
