// SPDX-License-Identifier: GPL-2.0-only
#include "base/heap.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/scan_git.h"
#include "cmd/scan_tree.h"
#include "cmd/terminal.h"
#include "cmd/worker_path.h"
#include "db/merge.h"
#include "revision/repository.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* So much work of the workers waits at most for the commit that it shares. */
#define KILL_LOSES_US 1000000

/* Some 30 trees that have little in common. */
#define CACHE_LIMIT_MIB 2048

static enum gcv_status load_apis(struct gcv_scan_session *s, struct gcv_err *err)
{
	enum gcv_status st = gcv_api_load(&s->api, err);
	const char *file;
	size_t pos = 0;

	while (st == GCV_OK && (file = gcv_cli_next_value(s->cli, "api", &pos)))
		st = gcv_api_add_file(&s->api, file, err);
	return st;
}

/* Units of another database, which is only read, for one that has nothing yet. */
static enum gcv_status use_cache(struct gcv_scan_session *s, struct gcv_err *err)
{
	const char *path = gcv_cli_value(s->cli, "cache");
	struct gcv_snapshot_row row;
	struct gcv_arena arena = { 0 };
	struct gcv_db *cache;
	enum gcv_status st;

	if (!path)
		return GCV_OK;
	st = gcv_db_snapshot(s->db, NULL, &arena, &row, err);
	gcv_arena_release(&arena);
	if (st != GCV_ERR_NOT_FOUND)
		return st;
	st = gcv_db_open(path, GCV_DB_READ, &cache, err);
	if (st != GCV_OK)
		return st;
	st = gcv_db_merge_facts(s->db, cache, err);
	gcv_db_close(cache);
	return st;
}

static enum gcv_status keep_limit(struct gcv_scan_session *s, struct gcv_err *err)
{
	uint32_t nr;
	enum gcv_status st = gcv_db_trim(s->db, (uint64_t)s->cache_limit_mib << 20, &nr, err);

	if (st == GCV_OK && nr)
		gcv_cli_note(s->cli, 1, "the facts of %u earlier snapshot%s were dropped", nr,
			     nr == 1 ? "" : "s");
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
	st = use_cache(s, err);
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

/* Is it the tag of that release, as "v6.12-rc3" of 6.12.0-rc3? */
static bool is_release_tag(const char *tag, const struct gcv_tree *tree)
{
	GCV_STRBUF_AUTO struct gcv_strbuf whole = { 0 }, brief = { 0 };

	gcv_strbuf_addf(&brief, "%u.%u.0", tree->version, tree->patchlevel);
	gcv_strbuf_addf(&whole, "v%s", tree->release);
	if (strcmp(tag, whole.buf) == 0)
		return true;
	if (tree->sublevel != 0 || strncmp(tree->release, brief.buf, brief.len) != 0)
		return false;
	gcv_strbuf_clear(&whole);
	gcv_strbuf_addf(&whole, "v%u.%u%s", tree->version, tree->patchlevel,
			tree->release + brief.len);
	return strcmp(tag, whole.buf) == 0;
}

/* The version of the kernel, unless git says more about a work tree; a repository elsewhere, where
 * a file would lead to, does not count. */
static const char *name_of(const struct gcv_tree *tree, struct gcv_arena *arena)
{
	struct gcv_repository *repository;
	const char *tag = NULL;
	struct gcv_err ignored;
	struct stat st;

	if (fstatat(tree->fd, ".git", &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode) ||
	    gcv_repository_open(tree->root, false, &repository, &ignored) != GCV_OK)
		return tree->release;
	tag = gcv_repository_describe(repository, arena);
	gcv_repository_free(repository);
	return tag && !is_release_tag(tag, tree) ? tag : tree->release;
}

static enum gcv_status scan_one(struct gcv_scan_session *s, struct gcv_scan_tree *scan,
				const char *db_path, struct gcv_err *err)
{
	GCV_AUTOFREE char *usual_path = NULL;
	const char *label = gcv_cli_value(s->cli, "label");
	enum gcv_status st = GCV_OK;

	if (!db_path)
		st = gcv_database_path(s->cli, scan->tree, true, &usual_path, err);
	if (st == GCV_OK)
		st = gcv_scan_session_open(s, db_path ? db_path : usual_path, err);
	scan->label =
		label ? label
		      : gcv_scan_label(s->cli, name_of(scan->tree, &scan->arena), &scan->arena);
	scan->revision = "";
	if (st == GCV_OK)
		st = s->shard.number ? gcv_scan_tree_run_shard(scan, err)
				     : gcv_scan_tree_run(scan, err);
	gcv_progress_end(&s->progress);
	return st;
}

int gcv_scan_session_tree(struct gcv_scan_session *s, const char *db_path)
{
	struct gcv_tree tree = { .fd = -1 };
	struct gcv_scan_tree scan = { .session = s, .tree = &tree };
	struct gcv_err err;
	enum gcv_status st = gcv_open_tree(s->cli, &tree, &err);
	int status;

	if (st == GCV_OK)
		gcv_warn_unfinished(s->cli, &tree);
	if (st == GCV_OK)
		st = scan_one(s, &scan, db_path, &err);
	if (st == GCV_OK && s->shard.number)
		status = gcv_scan_summary_print_shard(s->cli, scan.scan, &s->shard, &s->start);
	else if (st == GCV_OK)
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

void gcv_scan_session_end(struct gcv_scan_session *s)
{
	gcv_scratch_release(&s->scratch);
	gcv_db_close(s->db);
	gcv_api_release(&s->api);
	free(s->worker);
}

int gcv_scan_session_begin(struct gcv_scan_session *s)
{
	int status;

	clock_gettime(CLOCK_MONOTONIC, &s->start);
	/* The flow is built anew for each round of demands. */
	gcv_heap_keep((size_t)512 << 20, (size_t)1 << 20);
	s->nr_workers = sysconf(_SC_NPROCESSORS_ONLN);
	status = gcv_cli_number(s->cli, "jobs", 1, 1024, &s->nr_workers);
	if (s->nr_workers < 1)
		s->nr_workers = 1;
	if (status == GCV_EXIT_DONE)
		gcv_progress_init(&s->progress, stderr, s->cli->quiet);
	return status;
}

/* "2/4" */
static bool read_shard(const char *text, struct gcv_scan_shard *ret)
{
	unsigned int number, total;
	int end = 0;

	if (!text)
		return true;
	if (text[strspn(text, "0123456789/")] ||
	    sscanf(text, "%4u/%4u%n", &number, &total, &end) != 2 || text[end] || !number ||
	    number > total)
		return false;
	*ret = (struct gcv_scan_shard){ .number = number, .total = total };
	return true;
}

static int check_options(struct gcv_scan_session *s)
{
	const struct gcv_cli *cli = s->cli;

	if (gcv_cli_given(cli, "every") && !gcv_cli_given(cli, "git"))
		return gcv_cli_usage_error(cli, "--every goes with --git");
	if (!read_shard(gcv_cli_value(cli, "shard"), &s->shard))
		return gcv_cli_usage_error(cli, "--shard=%s: not a part, as 2/4 is",
					   gcv_cli_value(cli, "shard"));
	if (s->shard.number && (gcv_cli_given(cli, "git") || cli->operand_nr))
		return gcv_cli_usage_error(cli, "--shard is for whole trees");
	return GCV_EXIT_DONE;
}

/* 0 stands for the default. */
static int read_limits(struct gcv_scan_session *s)
{
	long time_s = 0, memory_mib = 0;
	int status = gcv_cli_number(s->cli, "unit-time", 1, 86400, &time_s);

	if (status == GCV_EXIT_DONE)
		status = gcv_cli_number(s->cli, "unit-memory", 64, 1 << 20, &memory_mib);
	if (status == GCV_EXIT_DONE)
		status = gcv_cli_number(s->cli, "cache-limit", 0, 1 << 24, &s->cache_limit_mib);
	s->limits.timeout_ms = (unsigned int)time_s * 1000;
	s->limits.memory_mib = (unsigned int)memory_mib;
	return status;
}

int gcv_cmd_scan(struct gcv_cli *cli)
{
	struct gcv_scan_session s = { .cli = cli, .cache_limit_mib = CACHE_LIMIT_MIB };
	struct gcv_err err;
	int status = gcv_scan_session_begin(&s);

	if (status == GCV_EXIT_DONE)
		status = check_options(&s);
	if (status == GCV_EXIT_DONE)
		status = read_limits(&s);
	if (status != GCV_EXIT_DONE)
		return status;
	status = gcv_cli_given(cli, "git") ? gcv_scan_git(&s) : gcv_scan_session_tree(&s, NULL);
	if ((status == GCV_EXIT_DONE || status == GCV_EXIT_PARTIAL) &&
	    keep_limit(&s, &err) != GCV_OK)
		status = gcv_cli_fail(cli, &err);
	gcv_scan_session_end(&s);
	return status;
}
