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

/* Take the results that are still right over from the snapshot that is replaced, and delete it. */
static enum gcv_status replace(struct gcv_db *db, int64_t old, int64_t id,
			       const struct gcv_snapshot *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (s->results_key)
		st = GCV_RUN(db, GCV_STMT_RESULT_SET_KEEP, err, GCV_INT(old), GCV_INT(id),
			     GCV_BLOB(s->results_key, GCV_RESULT_KEY_BYTES));
	if (st == GCV_OK && s->results_key)
		st = GCV_RUN(db, GCV_STMT_FAULT_SET_KEEP, err, GCV_INT(old), GCV_INT(id),
			     GCV_BLOB(s->results_key, GCV_RESULT_KEY_BYTES));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SNAPSHOT_DELETE, err, GCV_INT(old));
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
	*ret_id = id;
	return old ? replace(db, old, id, s, err) : GCV_OK;
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
	if (st == GCV_OK)
		st = gcv_db_collect(db, err);
	return st;
}

enum gcv_status gcv_db_snapshot_put(struct gcv_db *db, const struct gcv_snapshot *snapshot,
				    struct gcv_err *err)
{
	enum gcv_status st = gcv_db_flush(db, err);

	if (st == GCV_OK)
		st = gcv_db_exec(db, "BEGIN IMMEDIATE", err);
	if (st != GCV_OK)
		return st;
	st = put_all(db, snapshot, err);
	return gcv_db_end(db, st, err);
}
