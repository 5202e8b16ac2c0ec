// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/progress.h"
#include "cmd/scan_summary.h"
#include "cmd/terminal.h"
#include "cmd/worker_path.h"
#include "db/store.h"
#include "parse/callee.h"
#include "parse/scan.h"
#include "tree/api_words.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Facts that another program or another libclang made are made again. */
#define TOOL "gupconv " GCV_VERSION " with libclang " GCV_CLANG_VERSION

/* So much work of the workers waits at most for the commit that it shares. */
#define KILL_LOSES_US 1000000

struct scan_command {
	struct gcv_cli *cli;
	struct gcv_tree tree;
	struct gcv_api api;
	char *db_path, *worker, *scratch;
	struct gcv_db *db;
	struct gcv_arena arena;
	struct gcv_stored_units stored;
	struct gcv_progress progress;
	struct gcv_scan *scan;
	struct gcv_scan_calls calls;
	struct gcv_analyse_sums analysis;
	struct gcv_analyse_demand demand;
	const char *label;
	struct timespec start;
};

static enum gcv_status store_put(void *ctx, const struct gcv_unit_info *info,
				 const struct gcv_facts *facts, int64_t *ret_unit,
				 struct gcv_err *err)
{
	return gcv_db_unit_put(ctx, info, facts, ret_unit, err);
}

static enum gcv_status store_seen(void *ctx, int64_t unit, struct gcv_arena *arena,
				  struct gcv_stored_seen *ret_seen, struct gcv_err *err)
{
	return gcv_db_unit_seen(ctx, unit, arena, ret_seen, err);
}

static enum gcv_status store_decls(void *ctx, int64_t unit, struct gcv_arena *arena,
				   struct gcv_facts *ret_facts, struct gcv_err *err)
{
	return gcv_db_unit_decls(ctx, unit, arena, ret_facts, err);
}

static void show_phase(void *ctx, const char *name, uint64_t total)
{
	gcv_progress_phase(ctx, name, total);
}

static void show_update(void *ctx, uint64_t done)
{
	gcv_progress_update(ctx, done);
}

/* Remove what a scan that was killed left in the folder for precompiled headers. */
static void empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
}

/* The folder stands beside the database, whose lock keeps other scans away from it. */
static enum gcv_status make_scratch(struct scan_command *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
	struct stat st;

	gcv_strbuf_addf(&path, "%s.pch", c->db_path);
	if (mkdir(path.buf, 0700) != 0 && errno != EEXIST)
		return gcv_err_sys(err, "cannot create %s", path.buf);
	if (lstat(path.buf, &st) != 0 || !S_ISDIR(st.st_mode))
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a folder", path.buf);
	empty_folder(path.buf);
	c->scratch = realpath(path.buf, NULL);
	return c->scratch ? GCV_OK : gcv_err_sys(err, "cannot resolve %s", path.buf);
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
	c->demand.db = c->db;
	c->label = choose_label(c);
	gcv_analysis_basis_init(&c->demand.basis, c->cli);
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
	struct gcv_unit_store store = { c->db, store_put, store_seen, store_decls };
	struct gcv_scan_options options = {
		.tree = &c->tree,
		.api = &c->api,
		.tool = TOOL,
		.worker = c->worker,
		.clang_include = GCV_CLANG_RESOURCE_INCLUDE,
		.scratch = c->scratch,
		.nr_workers = (unsigned int)nr_workers,
		.paths = c->cli->operands,
		.nr_paths = c->cli->operand_nr,
		.archs = gcv_cli_value(c->cli, "arch"),
		.compile_commands = gcv_cli_value(c->cli, "compile-commands"),
		.force = gcv_cli_given(c->cli, "force"),
		.store = &store,
		.stored = &c->stored,
		.demand = {
			.ask = gcv_analyse_ask,
			.knows = gcv_analyse_knows,
			.ctx = &c->demand,
			.last = c->demand.last,
			.nr_last = c->demand.nr_last,
		},
		.progress = { show_phase, show_update, &c->progress },
	};

	return gcv_scan_run(&options, &c->scan, err);
}

static bool is_homonym(void *data, const char *api, const char *decl_file, const char *decl_type,
		       enum gcv_linkage decl_linkage)
{
	return gcv_callee_is_homonym(data, api, decl_file, decl_type, decl_linkage);
}

static int flags_arg(void *data, const char *api, uint32_t nr_args, const char *decl_type)
{
	int at = gcv_callee_flags_arg(data, api, decl_type);

	return at >= 0 && (uint32_t)at < nr_args ? at : -1;
}

static const char *role_word(enum gcv_api_role role)
{
	return role == GCV_API_ACQUIRE ? "acquire" : role == GCV_API_RELEASE ? "release" : "other";
}

static void fill_apis(struct scan_command *c, struct gcv_snapshot *snapshot)
{
	static const char *const states[] = {
		[GCV_ERA_ABSENT] = "absent",
		[GCV_ERA_KNOWN] = "known",
		[GCV_ERA_CHANGED] = "changed",
		[GCV_ERA_MACRO] = "macro",
	};
	const struct gcv_era *era = &c->scan->era;
	struct gcv_snapshot_api *apis = gcv_arena_alloc(&c->arena, sizeof(*apis) * era->nr_entries);
	size_t i;

	for (i = 0; i < era->nr_entries; i++) {
		const struct gcv_era_entry *entry = &era->entries[i];

		apis[i] = (struct gcv_snapshot_api){
			.name = entry->function->name,
			.role = role_word(entry->function->role),
			.family = gcv_api_word(GCV_API_WORD_FAMILY, entry->function->family),
			.state = states[entry->state],
			.prototype = entry->decl ? gcv_era_prototype(&c->arena, entry->decl) : "",
			.file = entry->decl ? entry->decl->file : "",
			.line = entry->decl ? entry->decl->line : 0,
		};
	}
	snapshot->apis = apis;
	snapshot->nr_apis = (uint32_t)era->nr_entries;
}

static void fill_occurrences(struct scan_command *c, struct gcv_snapshot *snapshot)
{
	const struct gcv_scan *scan = c->scan;
	struct gcv_occurrence_row *rows = gcv_arena_alloc(&c->arena, sizeof(*rows) * scan->nr_rows);
	uint32_t i;

	for (i = 0; i < scan->nr_rows; i++) {
		const struct gcv_ledger_row *row = &scan->rows[i];

		rows[i] = (struct gcv_occurrence_row){
			.file = row->file->path,
			.offset = row->occurrence->offset,
			.line = row->occurrence->line,
			.column = row->occurrence->column,
			.api = c->api.names[row->occurrence->name],
			.class_name = gcv_ledger_class_name(row->class),
			.detail = row->detail,
			.condition = row->condition,
		};
		memcpy(rows[i].hash, row->file->hash.b, sizeof(rows[i].hash));
	}
	snapshot->occurrences = rows;
	snapshot->nr_occurrences = scan->nr_rows;
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
	enum gcv_status st;

	st = gcv_analyse_kept(c->db, c->label, c->scan, &c->arena, &c->analysis, err);
	if (st != GCV_OK || c->analysis.is_kept)
		return st;
	gcv_progress_phase(&c->progress, "follow", 0);
	return gcv_analyse(c->db, c->label, &c->tree, c->scan, &c->demand, key, &c->analysis, err);
}

static enum gcv_status save(struct scan_command *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf summary = { 0 };
	struct gcv_snapshot snapshot = {
		.label = c->label,
		.kernel = c->tree.release,
		.revision = "",
		.tool = TOOL,
		.complete = !is_partial(c),
		.units = c->scan->units,
		.nr_units = c->scan->nr_units,
		.headers = c->scan->headers,
		.nr_headers = c->scan->nr_headers,
		.is_homonym = is_homonym,
		.flags_arg = flags_arg,
		.data = &c->scan->era,
	};
	struct gcv_hash key;
	bool has_key = gcv_analysis_key(&c->demand.basis, c->scan, c->scan->units,
					c->scan->nr_units, &key);
	enum gcv_status st;

	if (has_key && !gcv_cli_given(c->cli, "force"))
		snapshot.results_key = key.b;
	gcv_scan_summary_json(&c->scan->sums, &summary);
	snapshot.summary = summary.buf;
	fill_apis(c, &snapshot);
	fill_occurrences(c, &snapshot);
	st = gcv_db_snapshot_put(c->db, &snapshot, err);
	if (st == GCV_OK)
		st = gcv_db_sites(c->db, snapshot.label, NULL, count_call, &c->calls, err);
	if (st == GCV_OK && c->cli->verbose)
		st = gcv_db_units_of_snapshot(c->db, snapshot.label, note_errors, c->cli, err);
	if (st == GCV_OK)
		st = analyse(c, has_key ? &key : NULL, err);
	return st;
}

static void release(struct scan_command *c)
{
	if (c->scratch) {
		empty_folder(c->scratch);
		rmdir(c->scratch);
	}
	gcv_analyse_demand_release(&c->demand);
	gcv_scan_free(c->scan);
	gcv_db_close(c->db);
	gcv_arena_release(&c->arena);
	gcv_api_release(&c->api);
	if (c->tree.root)
		gcv_tree_release(&c->tree);
	free(c->db_path);
	free(c->worker);
	free(c->scratch);
}

int gcv_cmd_scan(struct gcv_cli *cli)
{
	struct scan_command c = { .cli = cli };
	long nr_workers = sysconf(_SC_NPROCESSORS_ONLN);
	struct gcv_err err;
	enum gcv_status st;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &c.start);
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
