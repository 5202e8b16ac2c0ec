// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/scan_tree.h"
#include "cmd/terminal.h"
#include "db/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * struct merge - databases on their way into one
 * @cli: the command line: the result, then what is merged
 * @arena: owns what is kept of the parts
 * @path: of the result
 * @draft: folder of the result in the making
 * @draft_path: the result in it
 * @is_scan: the inputs are parts of a scan
 * @shard: one of them
 * @owners: by number of the part which input has it, NULL for none yet
 */
struct merge {
	struct gcv_cli *cli;
	struct gcv_arena arena;
	const char *path;
	struct gcv_scratch draft;
	const char *draft_path;
	bool is_scan;
	struct gcv_db_shard shard;
	const char **owners;
};

static enum gcv_status take_shard(struct merge *m, const char *path,
				  const struct gcv_db_shard *shard, struct gcv_err *err)
{
	if (!m->owners) {
		m->shard = *shard;
		m->owners = gcv_arena_alloc(&m->arena, sizeof(*m->owners) * shard->total);
	}
	if (memcmp(shard->split, m->shard.split, sizeof(shard->split)) != 0 ||
	    shard->total != m->shard.total)
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "%s has part %u of %u of another scan than %s (other tree, "
				   "options or version)",
				   path, shard->number, shard->total, m->cli->operands[1]);
	if (m->owners[shard->number - 1])
		return gcv_err_set(err, GCV_ERR_USAGE, "part %u of %u is there twice: %s and %s",
				   shard->number, shard->total, m->owners[shard->number - 1], path);
	m->owners[shard->number - 1] = path;
	return GCV_OK;
}

static enum gcv_status look_into(struct merge *m, const char *path, struct gcv_err *err)
{
	struct gcv_db_shard *shards;
	struct gcv_db *part;
	enum gcv_status st = gcv_db_open(path, GCV_DB_READ, &part, err);
	uint32_t nr, i;

	if (st != GCV_OK)
		return st;
	st = gcv_db_shards(part, &m->arena, &shards, &nr, err);
	gcv_db_close(part);
	if (st != GCV_OK)
		return st;
	if (path == m->cli->operands[1])
		m->is_scan = nr != 0;
	if (m->is_scan != (nr != 0))
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "%s is %s, %s is not: merge the parts of a scan first",
				   nr ? path : m->cli->operands[1], "a part of a scan",
				   nr ? m->cli->operands[1] : path);
	for (i = 0; i < nr && st == GCV_OK; i++)
		st = take_shard(m, path, &shards[i], err);
	return st;
}

/* Everything that can be wrong with the inputs is said before anything is made. */
static enum gcv_status look_at_all(struct merge *m, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 1; i < m->cli->operand_nr && st == GCV_OK; i++)
		st = look_into(m, m->cli->operands[i], err);
	for (i = 0; st == GCV_OK && m->is_scan && i < m->shard.total; i++)
		if (!m->owners[i])
			return gcv_err_set(err, GCV_ERR_USAGE, "part %u of %u is missing", i + 1,
					   m->shard.total);
	return st;
}

static enum gcv_status join(struct merge *m, struct gcv_err *err)
{
	struct gcv_db *db, *part;
	enum gcv_status st = gcv_db_open(m->draft_path, GCV_DB_WRITE, &db, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	for (i = 1; i < m->cli->operand_nr && st == GCV_OK; i++) {
		st = gcv_db_open(m->cli->operands[i], GCV_DB_READ, &part, err);
		if (st != GCV_OK)
			break;
		st = gcv_db_merge(db, part, err);
		gcv_db_close(part);
	}
	if (st == GCV_OK && !m->is_scan)
		st = gcv_db_merge_finish(db, err);
	gcv_db_close(db);
	return st;
}

/* All units of the parts are there: what a scan still has to do is what it does as a whole. */
static int go_on(struct merge *m)
{
	struct gcv_scan_session session = { .cli = m->cli };
	int status = gcv_scan_session_begin(&session);

	if (status != GCV_EXIT_DONE)
		return status;
	m->cli->operand_nr = 0;
	session.shard.split = m->shard.split;
	status = gcv_scan_session_tree(&session, m->draft_path);
	gcv_scan_session_end(&session);
	return status;
}

static enum gcv_status begin(struct merge *m, struct gcv_err *err)
{
	struct stat there;
	enum gcv_status st;

	m->path = m->cli->operands[0];
	if (lstat(m->path, &there) == 0)
		return gcv_err_set(err, GCV_ERR_USAGE, "%s is there already", m->path);
	st = look_at_all(m, err);
	if (st == GCV_OK)
		st = gcv_scratch_make_here(&m->draft,
					   gcv_arena_printf(&m->arena, "%s.merge", m->path), err);
	if (st != GCV_OK)
		return st;
	m->draft_path = gcv_arena_printf(&m->arena, "%s/index.db", m->draft.path);
	return join(m, err);
}

static enum gcv_status sync_path(const char *path, struct gcv_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool failed = fd < 0 || (fsync(fd) != 0 && errno != EINVAL);

	if (failed)
		gcv_err_sys(err, "cannot write %s", path);
	if (fd >= 0)
		close(fd);
	return failed ? GCV_ERR_IO : GCV_OK;
}

/* Closing puts the journal away; where that failed, it has what the file lacks. */
static enum gcv_status check_closed(struct merge *m, struct gcv_err *err)
{
	struct stat there;

	if (lstat(gcv_arena_printf(&m->arena, "%s-wal", m->draft_path), &there) != 0)
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_IO, "cannot write %s: its journal cannot be put away",
			   m->path);
}

/* The result bears its name when it is whole. */
static enum gcv_status end(struct merge *m, struct gcv_err *err)
{
	enum gcv_status st = check_closed(m, err);

	if (st == GCV_OK)
		st = sync_path(m->draft_path, err);
	if (st == GCV_OK && rename(m->draft_path, m->path) != 0)
		return gcv_err_sys(err, "cannot create %s", m->path);
	return st;
}

int gcv_cmd_merge(struct gcv_cli *cli)
{
	struct merge m = { .cli = cli };
	struct gcv_err err;
	enum gcv_status st;
	int status = GCV_EXIT_DONE;

	if (cli->operand_nr < 2)
		return gcv_cli_usage_error(cli, "name the result and what is merged into it");
	st = begin(&m, &err);
	if (st == GCV_OK && m.is_scan)
		status = go_on(&m);
	if (st == GCV_OK && (status == GCV_EXIT_DONE || status == GCV_EXIT_PARTIAL))
		st = end(&m, &err);
	gcv_scratch_release(&m.draft);
	gcv_arena_release(&m.arena);
	return st == GCV_OK ? status : gcv_cli_fail(cli, &err);
}
