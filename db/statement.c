// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <sqlite3.h>
#include <string.h>

struct gcv_row {
	sqlite3_stmt *stmt;
};

static int bind(sqlite3_stmt *stmt, int at, const struct gcv_value *value)
{
	switch (value->kind) {
	case GCV_VALUE_INT:
		return sqlite3_bind_int64(stmt, at, value->number);
	case GCV_VALUE_TEXT:
		return sqlite3_bind_text64(stmt, at, value->data, value->len_bytes, SQLITE_STATIC,
					   SQLITE_UTF8);
	case GCV_VALUE_BLOB:
		/* A blob without bytes must not become NULL. */
		return sqlite3_bind_blob64(stmt, at, value->len_bytes ? value->data : "",
					   value->len_bytes, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(stmt, at);
	}
}

/* Prepare @which where it is not yet, and bind the values. */
static enum gcv_status start(struct gcv_db *db, enum gcv_stmt which, sqlite3_stmt **ret,
			     const struct gcv_value *values, size_t nr_values, struct gcv_err *err)
{
	sqlite3_stmt *stmt = db->stmts[which];
	size_t i;

	if (!stmt && sqlite3_prepare_v3(db->conn, gcv_stmt_text(which), -1,
					SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
		return gcv_db_fail(db, err);
	db->stmts[which] = stmt;
	if (sqlite3_stmt_busy(stmt))
		return gcv_err_set(err, GCV_ERR_USAGE, "%s is already being read", db->path);
	for (i = 0; i < nr_values; i++)
		if (bind(stmt, (int)i + 1, &values[i]) != SQLITE_OK)
			return gcv_db_fail(db, err);
	*ret = stmt;
	return GCV_OK;
}

enum gcv_status gcv_stmt_each(struct gcv_db *db, enum gcv_stmt which, gcv_row_fn *fn, void *data,
			      struct gcv_err *err, const struct gcv_value *values, size_t nr_values)
{
	struct gcv_row row = { 0 };
	enum gcv_status st = start(db, which, &row.stmt, values, nr_values, err);
	int rc;

	if (st != GCV_OK)
		return st;
	while ((rc = sqlite3_step(row.stmt)) == SQLITE_ROW && st == GCV_OK)
		if (fn)
			st = fn(data, &row, err);
	if (st == GCV_OK && rc != SQLITE_DONE)
		st = gcv_db_fail(db, err);
	sqlite3_reset(row.stmt);
	return st;
}

enum gcv_status gcv_stmt_run(struct gcv_db *db, enum gcv_stmt which, struct gcv_err *err,
			     const struct gcv_value *values, size_t nr_values)
{
	return gcv_stmt_each(db, which, NULL, NULL, err, values, nr_values);
}

enum gcv_status gcv_stmt_look_up(struct gcv_db *db, enum gcv_stmt which, int64_t *ret,
				 struct gcv_err *err, const struct gcv_value *values,
				 size_t nr_values)
{
	sqlite3_stmt *stmt;
	enum gcv_status st = start(db, which, &stmt, values, nr_values, err);
	int rc;

	if (st != GCV_OK)
		return st;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(stmt, 0);
	else if (rc == SQLITE_DONE)
		*ret = 0;
	else
		st = gcv_db_fail(db, err);
	sqlite3_reset(stmt);
	return st;
}

int64_t gcv_row_int(const struct gcv_row *row, int column)
{
	return sqlite3_column_int64(row->stmt, column);
}

bool gcv_row_is_null(const struct gcv_row *row, int column)
{
	return sqlite3_column_type(row->stmt, column) == SQLITE_NULL;
}

uint32_t gcv_row_u32(const struct gcv_row *row, int column)
{
	int64_t value = sqlite3_column_int64(row->stmt, column);

	return value < 0 || value > UINT32_MAX ? 0 : (uint32_t)value;
}

const char *gcv_row_text(const struct gcv_row *row, int column)
{
	const unsigned char *text = sqlite3_column_text(row->stmt, column);

	return text ? (const char *)text : "";
}

const void *gcv_row_blob(const struct gcv_row *row, int column, size_t *ret_len_bytes)
{
	const void *data = sqlite3_column_blob(row->stmt, column);

	*ret_len_bytes = data ? (size_t)sqlite3_column_bytes(row->stmt, column) : 0;
	return data ? data : "";
}

void gcv_row_hash(const struct gcv_row *row, int column, uint8_t ret[16])
{
	const void *data = sqlite3_column_blob(row->stmt, column);

	memset(ret, 0, 16);
	if (data && sqlite3_column_bytes(row->stmt, column) == 16)
		memcpy(ret, data, 16);
}
