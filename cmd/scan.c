// SPDX-License-Identifier: GPL-2.0-only
#include "base/heap.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/scan_git.h"
#include "cmd/scan_tree.h"
#include "cmd/terminal.h"
#include "cmd/worker_path.h"

#include <stdlib.h>
#include <unistd.h>

/* So much work of the workers waits at most for the commit that it shares. */
#define KILL_LOSES_US 1000000

static enum gcv_status load_apis(struct gcv_scan_session *s, struct gcv_err *err)
{
	enum gcv_status st = gcv_api_load(&s->api, err);
	const char *file;
	size_t pos = 0;

	while (st == GCV_OK && (file = gcv_cli_next_value(s->cli, "api", &pos)))
		st = gcv_api_add_file(&s->api, file, err);
	return st;
}

enum gcv_status gcv_scan_session_open(struct gcv_scan_session *s, const char *db_path,
				      struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
	enum gcv_status st = load_apis(s, err);

	if (st == GCV_OK)
		st = gcv_worker_path(&s->worker, err);
	if (st == GCV_OK)
		st = gcv_db_open(db_path, GCV_DB_WRITE, &s->db, err);
	if (st != GCV_OK)
		return st;
	gcv_db_share_commits(s->db, KILL_LOSES_US);
	/* The folder stands beside the database, whose lock keeps other scans away from it. */
	gcv_strbuf_addf(&path, "%s.pch", db_path);
	return gcv_scratch_make(&s->scratch, path.buf, err);
}

/* A scan of some files must not take the place of the whole tree's. */
const char *gcv_scan_label(const struct gcv_cli *cli, const char *name, struct gcv_arena *arena)
{
	if (!gcv_scan_is_partial(cli))
		return name;
	return gcv_arena_printf(arena, "%s (partial)", name);
}

static enum gcv_status scan_one(struct gcv_scan_session *s, struct gcv_scan_tree *scan,
				struct gcv_err *err)
{
	GCV_AUTOFREE char *db_path = NULL;
	const char *label = gcv_cli_value(s->cli, "label");
	enum gcv_status st = gcv_database_path(s->cli, scan->tree, true, &db_path, err);

	if (st == GCV_OK)
		st = gcv_scan_session_open(s, db_path, err);
	scan->label = label ? label : gcv_scan_label(s->cli, scan->tree->release, &scan->arena);
	scan->revision = "";
	if (st == GCV_OK)
		st = gcv_scan_tree_run(scan, err);
	gcv_progress_end(&s->progress);
	return st;
}

static int scan_tree(struct gcv_scan_session *s)
{
	struct gcv_tree tree = { .fd = -1 };
	struct gcv_scan_tree scan = { .session = s, .tree = &tree };
	struct gcv_err err;
	enum gcv_status st = gcv_open_tree(s->cli, &tree, &err);
	int status;

	if (st == GCV_OK)
		st = scan_one(s, &scan, &err);
	if (st == GCV_OK)
		status = gcv_scan_summary_print(s->cli, scan.scan, &scan.calls, &scan.analysis,
						&s->start);
	else
		status = gcv_scan_session_fail(s, st, &err);
	gcv_scan_tree_release(&scan);
	if (tree.root)
		gcv_tree_release(&tree);
	return status;
}

int gcv_scan_session_fail(const struct gcv_scan_session *s, enum gcv_status st,
			  const struct gcv_err *err)
{
	if (st == GCV_ERR_USAGE)
		return gcv_cli_usage_error(s->cli, "%s", err->text);
	return gcv_cli_fail(s->cli, err);
}

static void release(struct gcv_scan_session *s)
{
	gcv_scratch_release(&s->scratch);
	gcv_db_close(s->db);
	gcv_api_release(&s->api);
	free(s->worker);
}

int gcv_cmd_scan(struct gcv_cli *cli)
{
	struct gcv_scan_session s = { .cli = cli, .nr_workers = sysconf(_SC_NPROCESSORS_ONLN) };
	int status;

	clock_gettime(CLOCK_MONOTONIC, &s.start);
	/* The flow is built anew for each round of demands. */
	gcv_heap_keep((size_t)512 << 20, (size_t)1 << 20);
	status = gcv_cli_number(cli, "jobs", 1, 1024, &s.nr_workers);
	if (status != GCV_EXIT_DONE)
		return status;
	if (gcv_cli_given(cli, "every") && !gcv_cli_given(cli, "git"))
		return gcv_cli_usage_error(cli, "--every goes with --git");
	if (s.nr_workers < 1)
		s.nr_workers = 1;
	gcv_progress_init(&s.progress, stderr, cli->quiet);
	status = gcv_cli_given(cli, "git") ? gcv_scan_git(&s) : scan_tree(&s);
	release(&s);
	return status;
}
