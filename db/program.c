// SPDX-License-Identifier: GPL-2.0-only
#include "db/program.h"

#include "db/handle.h"
#include "db/program_load.h"
#include "parse/wire.h"

#include <sqlite3.h>
#include <stdlib.h>

/**
 * struct names - table name: a body has a hundred of them, each of which is in many bodies
 * @arena: owns the texts
 * @ids: ascending
 * @texts: of each
 * @nr: how many
 * @cap_ids: allocated length of @ids
 * @cap_texts: allocated length of @texts
 * @is_read: was the table read?
 */
struct names {
	struct gcv_arena arena;
	int64_t *ids;
	const char **texts;
	uint32_t nr, cap_ids, cap_texts;
	bool is_read;
};

/**
 * struct program_source - what is behind a gcv_program_source
 * @db: the handle
 * @snapshot: id of the snapshot
 * @units: instead of a snapshot these units, or NULL
 * @nr_units: how many
 * @names: for the bodies
 */
struct program_source {
	struct gcv_db *db;
	int64_t snapshot;
	const int64_t *units;
	uint32_t nr_units;
	struct names names;
};

static enum gcv_status add_name(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct names *names = data;

	(void)err;
	GCV_GROW(names->ids, names->nr, names->cap_ids);
	GCV_GROW(names->texts, names->nr, names->cap_texts);
	names->ids[names->nr] = gcv_row_int(row, 0);
	names->texts[names->nr++] = gcv_arena_strdup(&names->arena, gcv_row_text(row, 1));
	return GCV_OK;
}

/* Ids count from 1 and have few gaps: a row stands at its id or somewhat before it. */
static const char *name_text(const struct names *names, uint64_t id)
{
	uint32_t low = 0, high;

	if (!names->nr || !id)
		return NULL;
	high = id < names->nr ? (uint32_t)id - 1 : names->nr - 1;
	if (names->ids[high] == (int64_t)id)
		return names->texts[high];
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (names->ids[mid] < (int64_t)id)
			low = mid + 1;
		else
			high = mid;
	}
	return names->ids[low] == (int64_t)id ? names->texts[low] : NULL;
}

static enum gcv_status put_name(void *ctx, uint64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	struct program_source *source = ctx;
	const char *text = name_text(&source->names, id);

	if (!text)
		return gcv_db_body_put_name(source->db, id, out, err);
	gcv_wire_put_str(out, text);
	return GCV_OK;
}

static enum gcv_status read_body(void *ctx, int64_t id, struct gcv_strbuf *out, struct gcv_err *err)
{
	struct program_source *source = ctx;
	enum gcv_status st;

	if (!source->names.is_read) {
		st = GCV_EACH(source->db, GCV_STMT_NAMES, add_name, &source->names, err);
		if (st != GCV_OK)
			return st;
		source->names.is_read = true;
	}
	return gcv_db_body_with(source->db, id, put_name, source, out, err);
}

static enum gcv_status load(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
			    struct gcv_err *err)
{
	struct program_source *source = ctx;
	bool begun = sqlite3_get_autocommit(source->db->conn);
	enum gcv_status st = begun ? gcv_db_exec(source->db, "BEGIN", err) : GCV_OK;

	if (st != GCV_OK)
		return st;
	st = gcv_db_program_load(source->db, source->snapshot, arena, ret, err);
	return begun ? gcv_db_end(source->db, st, err) : st;
}

/*
 * The readers know snapshots only: make one, read, and take it back, so that nobody ever sees it.
 * What the units share a commit with is not touched.
 */
static enum gcv_status load_units(void *ctx, struct gcv_arena *arena, struct gcv_program_facts *ret,
				  struct gcv_err *err)
{
	struct program_source *source = ctx;
	struct gcv_db *db = source->db;
	enum gcv_status st = gcv_db_exec(db, "SAVEPOINT provisional", err), back;
	int64_t id = 0;
	uint32_t i;

	if (st != GCV_OK)
		return st;
	st = GCV_RUN(db, GCV_STMT_SNAPSHOT_ADD, err, GCV_TEXT(""), GCV_TEXT(""), GCV_TEXT(""),
		     GCV_TEXT(""), GCV_TEXT("{}"), GCV_INT(0));
	if (st == GCV_OK)
		id = sqlite3_last_insert_rowid(db->conn);
	for (i = 0; i < source->nr_units && st == GCV_OK; i++)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_UNIT_ADD, err, GCV_INT(id),
			     GCV_INT(source->units[i]));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_PCH_ADD, err, GCV_INT(id));
	if (st == GCV_OK)
		st = gcv_db_program_load(db, id, arena, ret, err);
	back = gcv_db_exec(db, "ROLLBACK TO provisional; RELEASE provisional",
			   st == GCV_OK ? err : NULL);
	return st == GCV_OK ? back : st;
}

void gcv_db_program_source_units(struct gcv_db *db, const int64_t *units, uint32_t nr_units,
				 struct gcv_program_source *ret_source)
{
	struct program_source *source = gcv_zalloc(1, sizeof(*source));

	source->db = db;
	source->units = units;
	source->nr_units = nr_units;
	*ret_source =
		(struct gcv_program_source){ .load = load_units, .body = read_body, .ctx = source };
}

enum gcv_status gcv_db_program_source(struct gcv_db *db, const char *label,
				      struct gcv_program_source *ret_source, struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row snapshot;
	struct program_source *source;
	enum gcv_status st = gcv_db_snapshot(db, label, &arena, &snapshot, err);

	gcv_arena_release(&arena);
	if (st != GCV_OK)
		return st;
	source = gcv_zalloc(1, sizeof(*source));
	source->db = db;
	source->snapshot = snapshot.id;
	*ret_source = (struct gcv_program_source){ .load = load, .body = read_body, .ctx = source };
	return GCV_OK;
}

void gcv_db_program_source_release(struct gcv_program_source *source_)
{
	struct program_source *source = source_->ctx;

	*source_ = (struct gcv_program_source){ 0 };
	if (!source)
		return;
	free(source->names.ids);
	free(source->names.texts);
	gcv_arena_release(&source->names.arena);
	free(source);
}
