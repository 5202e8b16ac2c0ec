// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <sqlite3.h>
#include <stdlib.h>

/* Small, and often there is something. The rest of a unit goes with it (ON DELETE CASCADE). */
static const char *const collect_units[] = {
	"DELETE FROM unit WHERE id NOT IN (SELECT unit FROM snapshot_unit)",
	"DELETE FROM definition WHERE id NOT IN (SELECT definition FROM unit_definition)",
	"DELETE FROM record WHERE id NOT IN (SELECT record FROM unit_record)",
};

/* Ids of definitions are used again, but not before the mark has gone back behind them. */
static const char *const drop_mentions[] = {
	"DELETE FROM mention WHERE definition NOT IN (SELECT id FROM definition)",
	"UPDATE mention_mark SET definition ="
	" min(definition, (SELECT coalesce(max(id), 0) FROM definition))",
};

static const char *const add_mentions[] = {
	"INSERT OR IGNORE INTO mention (name, definition)"
	" SELECT callee, call.definition FROM call, mention_mark m"
	"  WHERE call.definition > m.definition AND callee NOTNULL"
	" UNION SELECT field, member.definition FROM member, mention_mark m"
	"  WHERE member.definition > m.definition"
	" UNION SELECT function, address.definition FROM address, mention_mark m"
	"  WHERE address.definition > m.definition"
	" UNION SELECT field, address.definition FROM address, mention_mark m"
	"  WHERE address.definition > m.definition AND field NOTNULL"
	" ORDER BY 1, 2",
	"UPDATE mention_mark SET definition = (SELECT coalesce(max(id), 0) FROM definition)",
};

/*
 * What only the rows deleted above can have left behind. The inner SELECT finds bodies by their
 * index, so that the bodies themselves are not read. Every file that definitions, calls and
 * records name is one that their unit has read.
 */
static const char *const collect_shared[] = {
	"DELETE FROM body WHERE id IN (SELECT id FROM body INDEXED BY body_hash"
	" WHERE id NOT IN (SELECT body FROM definition))",
	"DELETE FROM config WHERE id NOT IN (SELECT config FROM unit)"
	" AND id NOT IN (SELECT config FROM site_config)",
	"DELETE FROM file_version WHERE id NOT IN (SELECT main FROM unit"
	" UNION SELECT file FROM unit_file UNION SELECT file FROM occurrence"
	" UNION SELECT file FROM site"
	" UNION SELECT macro_file FROM site WHERE macro_file NOTNULL)",
};

static enum gcv_status exec_all(struct gcv_db *db, const char *const *sql, size_t nr,
				struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	size_t i;

	for (i = 0; i < nr && st == GCV_OK; i++)
		st = gcv_db_exec(db, sql[i], err);
	return st;
}

#define EXEC_ALL(db, list, err) exec_all(db, list, sizeof(list) / sizeof((list)[0]), err)

/** struct unused - names that no column refers to, and which of them a body refers to */
struct unused {
	int64_t *ids;
	bool *is_used;
	uint32_t nr, cap;
};

static enum gcv_status add_unused(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unused *unused = data;

	(void)err;
	GCV_GROW(unused->ids, unused->nr, unused->cap);
	unused->ids[unused->nr++] = gcv_row_int(row, 0);
	return GCV_OK;
}

static int compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void mark_used(void *ctx, uint64_t id)
{
	struct unused *unused = ctx;
	int64_t key = (int64_t)id;
	int64_t *hit = bsearch(&key, unused->ids, unused->nr, sizeof(key), compare_ids);

	if (hit)
		unused->is_used[hit - unused->ids] = true;
}

static enum gcv_status mark_names(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	size_t len;
	const void *body = gcv_row_blob(row, 0, &len);

	(void)err;
	gcv_db_body_names(body, len, mark_used, data);
	return GCV_OK;
}

static enum gcv_status collect_names(struct gcv_db *db, struct gcv_err *err)
{
	struct unused unused = { 0 };
	enum gcv_status st;
	uint32_t i;

	st = GCV_EACH(db, GCV_STMT_UNUSED_NAMES, add_unused, &unused, err);
	unused.is_used = gcv_zalloc(unused.nr, sizeof(*unused.is_used));
	if (st == GCV_OK && unused.nr)
		st = GCV_EACH(db, GCV_STMT_BODIES, mark_names, &unused, err);
	for (i = 0; i < unused.nr && st == GCV_OK; i++)
		if (!unused.is_used[i])
			st = GCV_RUN(db, GCV_STMT_NAME_DELETE, err, GCV_INT(unused.ids[i]));
	free(unused.ids);
	free(unused.is_used);
	return st;
}

enum gcv_status gcv_db_collect(struct gcv_db *db, struct gcv_err *err)
{
	int before = sqlite3_total_changes(db->conn);
	enum gcv_status st = EXEC_ALL(db, collect_units, err);
	bool is_garbage = sqlite3_total_changes(db->conn) != before;

	if (st == GCV_OK && is_garbage)
		st = EXEC_ALL(db, drop_mentions, err);
	if (st == GCV_OK)
		st = EXEC_ALL(db, add_mentions, err);
	if (st != GCV_OK || !is_garbage)
		return st;
	gcv_db_forget_ids(db);
	st = EXEC_ALL(db, collect_shared, err);
	return st == GCV_OK ? collect_names(db, err) : st;
}
