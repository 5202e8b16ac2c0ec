// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <sqlite3.h>

static enum gcv_status put_units(struct gcv_db *db, int64_t id, const struct gcv_snapshot *snapshot,
				 struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < snapshot->nr_units && st == GCV_OK; i++) {
		int before = sqlite3_total_changes(db->conn);
		int64_t there;

		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_UNIT_ADD, err, GCV_INT(id),
			     GCV_INT(snapshot->units[i]));
		if (st != GCV_OK || sqlite3_total_changes(db->conn) != before)
			continue;
		/* Named twice, or not there? */
		st = GCV_LOOK_UP(db, GCV_STMT_UNIT_EXISTS, &there, err,
				 GCV_INT(snapshot->units[i]));
		if (st == GCV_OK && !there)
			st = gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s has no unit %lld", db->path,
					 (long long)snapshot->units[i]);
	}
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_PCH_ADD, err, GCV_INT(id));
	return st;
}

static enum gcv_status put_api(struct gcv_db *db, int64_t id, const struct gcv_snapshot_api *api,
			       struct gcv_err *err)
{
	return GCV_RUN(db, GCV_STMT_SNAPSHOT_API_ADD, err, GCV_INT(id), GCV_TEXT(api->name),
		       GCV_TEXT(api->role), GCV_TEXT(api->family), GCV_TEXT(api->state),
		       GCV_TEXT(api->prototype), GCV_TEXT(api->file), GCV_INT(api->line));
}

static enum gcv_status put_occurrence(struct gcv_db *db, int64_t id, uint32_t nr,
				      const struct gcv_occurrence_row *o, struct gcv_err *err)
{
	int64_t file, api;
	enum gcv_status st = gcv_db_file(db, o->file, o->hash, &file, err);

	if (st == GCV_OK)
		st = gcv_db_name(db, o->api, &api, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_OCCURRENCE_ADD, err, GCV_INT(id), GCV_INT(nr),
			     GCV_INT(file), GCV_INT(o->offset), GCV_INT(o->line),
			     GCV_INT(o->column), GCV_INT(api), GCV_TEXT(o->class_name),
			     GCV_OPTIONAL_TEXT(o->detail), GCV_OPTIONAL_TEXT(o->condition));
	return st;
}

/* As bytes, so that the file is the same on every machine. */
static enum gcv_status put_headers(struct gcv_db *db, const struct gcv_snapshot *s,
				   struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf bytes = { 0 };
	unsigned int shift;
	uint32_t i;

	for (i = 0; i < s->nr_headers; i++)
		for (shift = 0; shift < 64; shift += 8)
			gcv_strbuf_addch(&bytes, (char)(s->headers[i] >> shift));
	return GCV_RUN(db, GCV_STMT_HEADERS_SET, err, GCV_BLOB(bytes.buf, bytes.len));
}

static enum gcv_status delete_old(struct gcv_db *db, int64_t old, struct gcv_err *err)
{
	return old ? GCV_RUN(db, GCV_STMT_SNAPSHOT_DELETE, err, GCV_INT(old)) : GCV_OK;
}

/* Take the results that are still right over from the snapshot that is replaced. */
static enum gcv_status keep_results(struct gcv_db *db, int64_t old, int64_t id,
				    const struct gcv_value *key, struct gcv_err *err)
{
	enum gcv_status st =
		GCV_RUN(db, GCV_STMT_RESULT_SET_KEEP, err, GCV_INT(old), GCV_INT(id), *key);

	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_FAULT_SET_KEEP, err, GCV_INT(old), GCV_INT(id), *key);
	return st;
}

/* Results depend on nothing but what the key stands for, so that another snapshot may lend them. */
static enum gcv_status copy_results(struct gcv_db *db, int64_t id,
				    const struct gcv_value *made_with, const struct gcv_value *key,
				    struct gcv_err *err)
{
	static const enum gcv_stmt sets[] = { GCV_STMT_RESULT_SET_COPY, GCV_STMT_FAULT_SET_COPY };
	static const enum gcv_stmt rows[] = {
		GCV_STMT_RESULT_COPY,	      GCV_STMT_RESULT_REASON_COPY,
		GCV_STMT_RESULT_PARTNER_COPY, GCV_STMT_RESULT_STEP_COPY,
		GCV_STMT_RESULT_FILE_COPY,    GCV_STMT_FAULT_COPY,
		GCV_STMT_FAULT_NOTE_COPY,     GCV_STMT_FAULT_IGNORE_COPY,
	};
	int64_t from;
	enum gcv_status st = GCV_LOOK_UP(db, GCV_STMT_RESULT_SET_SAME, &from, err, *made_with);
	size_t i;

	if (st != GCV_OK || !from)
		return st;
	for (i = 0; i < sizeof(sets) / sizeof(*sets) && st == GCV_OK; i++)
		st = GCV_RUN(db, sets[i], err, GCV_INT(from), GCV_INT(id), *made_with, *key);
	for (i = 0; i < sizeof(rows) / sizeof(*rows) && st == GCV_OK; i++)
		st = GCV_RUN(db, rows[i], err, GCV_INT(from), GCV_INT(id), *made_with);
	return st;
}

/* Results that were made for the same: those of @old, which is replaced, else of any snapshot. */
static enum gcv_status take_results(struct gcv_db *db, int64_t old, int64_t id,
				    const struct gcv_snapshot *s, struct gcv_err *err)
{
	const struct gcv_value key = GCV_BLOB(s->results_key, GCV_RESULT_KEY_BYTES);
	const uint8_t *made_with = s->results_made_with ? s->results_made_with : s->results_key;
	const struct gcv_value made_with_key = GCV_BLOB(made_with, GCV_RESULT_KEY_BYTES);
	enum gcv_status st = GCV_OK;
	int64_t kept = 0;

	if (old)
		st = keep_results(db, old, id, &key, err);
	if (st == GCV_OK)
		st = GCV_LOOK_UP(db, GCV_STMT_RESULT_SET_FIND, &kept, err, GCV_INT(id),
				 GCV_OPTIONAL_TEXT(NULL));
	if (st == GCV_OK && !kept)
		st = copy_results(db, id, &made_with_key, &key, err);
	return st;
}

/* A snapshot that is stored again gets a new number: it is the newest then. */
static enum gcv_status put_row(struct gcv_db *db, const struct gcv_snapshot *s, int64_t *ret_id,
			       struct gcv_err *err)
{
	enum gcv_status st;
	int64_t old, id;

	st = GCV_LOOK_UP(db, GCV_STMT_SNAPSHOT_ID, &old, err, GCV_TEXT(s->label));
	if (st == GCV_OK && old)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_RENAME, err, GCV_INT(old));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_ADD, err, GCV_TEXT(s->label),
			     GCV_TEXT(s->kernel), GCV_TEXT(s->revision), GCV_TEXT(s->tool),
			     GCV_TEXT(s->summary), GCV_INT(s->complete));
	if (st != GCV_OK)
		return st;
	id = sqlite3_last_insert_rowid(db->conn);
	if (s->results_key)
		st = take_results(db, old, id, s, err);
	if (st == GCV_OK)
		st = delete_old(db, old, err);
	if (st == GCV_OK)
		*ret_id = id;
	return st;
}

static enum gcv_status put_all(struct gcv_db *db, const struct gcv_snapshot *s, struct gcv_err *err)
{
	enum gcv_status st;
	int64_t id;
	uint32_t i;

	st = put_row(db, s, &id, err);
	if (st != GCV_OK)
		return st;
	st = put_units(db, id, s, err);
	for (i = 0; i < s->nr_apis && st == GCV_OK; i++)
		st = put_api(db, id, &s->apis[i], err);
	for (i = 0; i < s->nr_occurrences && st == GCV_OK; i++)
		st = put_occurrence(db, id, i, &s->occurrences[i], err);
	if (st == GCV_OK)
		st = gcv_db_sites_put(db, id, s, err);
	if (st == GCV_OK && s->complete && s->nr_headers)
		st = put_headers(db, s, err);
	/* Units that no snapshot has go now: the database is no part of a scan any more. */
	if (st == GCV_OK)
		st = gcv_stmt_run(db, GCV_STMT_SHARDS_CLEAR, err, NULL, 0);
	if (st == GCV_OK)
		st = gcv_db_collect(db, err);
	return st;
}

enum gcv_status gcv_db_snapshot_put(struct gcv_db *db, const struct gcv_snapshot *snapshot,
				    struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);

	if (st != GCV_OK)
		return st;
	st = put_all(db, snapshot, err);
	return gcv_db_end(db, st, err);
}
