// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

enum gcv_status gcv_db_exec(struct gcv_db *db, const char *sql, struct gcv_err *err)
{
	if (sqlite3_exec(db->conn, sql, NULL, NULL, NULL) != SQLITE_OK)
		return gcv_db_fail(db, err);
	return GCV_OK;
}

enum gcv_status gcv_db_ask_int(struct gcv_db *db, const char *sql, int64_t *ret,
			       struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	sqlite3_stmt *stmt;
	int rc;

	if (sqlite3_prepare_v2(db->conn, sql, -1, &stmt, NULL) != SQLITE_OK)
		return gcv_db_fail(db, err);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(stmt, 0);
	else if (rc == SQLITE_DONE)
		*ret = 0;
	else
		st = gcv_db_fail(db, err);
	sqlite3_finalize(stmt);
	return st;
}

/* A finding without the line that stands above those of a database. */
static const char *without_heading(const char *finding)
{
	const char *end = strncmp(finding, "***", 3) == 0 ? strchr(finding, '\n') : NULL;

	return end ? end + 1 : finding;
}

/* Where the damage is: the first finding of quick_check, which reads the whole file. */
static enum gcv_status fail_damaged(struct gcv_db *db, const char *message, struct gcv_err *err)
{
	const char *finding = NULL;
	sqlite3_stmt *stmt = NULL;
	enum gcv_status st;

	if (sqlite3_prepare_v2(db->conn, "PRAGMA quick_check(1)", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		finding = (const char *)sqlite3_column_text(stmt, 0);
	if (finding && strcmp(finding, "ok") != 0)
		message = without_heading(finding);
	st = gcv_err_set(err, GCV_ERR_FORMAT, "%s is damaged: %s", db->path, message);
	sqlite3_finalize(stmt);
	return st;
}

/* A reader must not do what whoever writes next does first. */
static enum gcv_status fail_left(struct gcv_db *db, struct gcv_err *err)
{
	return gcv_err_set(err, GCV_ERR_FORMAT,
			   "%s was left as it is by a process that was killed; the next scan "
			   "brings it in order",
			   db->path);
}

enum gcv_status gcv_db_fail_as(struct gcv_db *db, struct gcv_err *err)
{
	char message[256];
	int sys = sqlite3_system_errno(db->conn);

	/* The next statement overwrites the message. */
	sqlite3_snprintf(sizeof(message), message, "%s", sqlite3_errmsg(db->conn));
	switch (sqlite3_errcode(db->conn) & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* somebody opens or closes it, and takes seconds */
		return gcv_err_set(err, GCV_ERR_BUSY, "%s is in use by another gupconv", db->path);
	case SQLITE_READONLY:
		if (db->mode == GCV_DB_READ &&
		    sqlite3_extended_errcode(db->conn) != SQLITE_READONLY)
			return fail_left(db, err);
		return gcv_err_set(err, GCV_ERR_IO, "cannot write %s: %s", db->path, message);
	case SQLITE_FULL:
		return gcv_err_set(err, GCV_ERR_IO, "cannot write %s: the disk is full", db->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return fail_damaged(db, message, err);
	case SQLITE_ERROR:
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_RANGE:
	case SQLITE_TOOBIG:
		/* Our own SQL is right: the tables are not what they should be. */
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s is damaged: %s", db->path, message);
	case SQLITE_CANTOPEN:
		/* The index of a journal, which a reader may not make here. */
		if (db->mode == GCV_DB_READ && sys == ENOENT)
			return fail_left(db, err);
		__attribute__((fallthrough));
	case SQLITE_IOERR:
		if (sys) {
			errno = sys;
			return gcv_err_sys(err, "cannot read or write %s", db->path);
		}
		__attribute__((fallthrough));
	default:
		return gcv_err_set(err, GCV_ERR_IO, "cannot read or write %s: %s", db->path,
				   message);
	}
}

enum gcv_status gcv_db_end(struct gcv_db *db, enum gcv_status status, struct gcv_err *err)
{
	if (status == GCV_OK)
		status = gcv_db_exec(db, "COMMIT", err);
	if (status == GCV_OK)
		return GCV_OK;
	db->held_us = 0;
	gcv_db_forget_ids(db);
	/* SQLite has rolled back by itself after some failures. */
	if (!sqlite3_get_autocommit(db->conn))
		sqlite3_exec(db->conn, "ROLLBACK", NULL, NULL, NULL);
	return status;
}

enum gcv_status gcv_db_begin_reading(struct gcv_db *db, bool *ret_begun, struct gcv_err *err)
{
	*ret_begun = sqlite3_get_autocommit(db->conn);
	return *ret_begun ? gcv_db_exec(db, "BEGIN", err) : GCV_OK;
}

enum gcv_status gcv_db_end_reading(struct gcv_db *db, bool begun, enum gcv_status status,
				   struct gcv_err *err)
{
	return begun ? gcv_db_end(db, status, err) : status;
}

void gcv_db_share_commits(struct gcv_db *db, uint64_t cpu_us)
{
	db->share_us = cpu_us;
}

/* Work that is worth the writing of a page, so that commits cost about a hundredth of all. */
#define US_PER_PAGE 1000

/* Have enough units come together? */
static bool is_due(const struct gcv_db *db)
{
	return db->held_us > db->share_us || db->held_us > (uint64_t)db->commit_pages * US_PER_PAGE;
}

static enum gcv_status commit_units(struct gcv_db *db, struct gcv_err *err)
{
	enum gcv_status st;
	int pages, highest;

	db->held_us = 0;
	sqlite3_db_status(db->conn, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 1);
	st = gcv_db_end(db, GCV_OK, err);
	if (sqlite3_db_status(db->conn, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 1) ==
	    SQLITE_OK)
		db->commit_pages = (uint32_t)pages;
	return st;
}

enum gcv_status gcv_db_flush(struct gcv_db *db, struct gcv_err *err)
{
	return db->held_us ? commit_units(db, err) : GCV_OK;
}

enum gcv_status gcv_db_begin_writing(struct gcv_db *db, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_flush(db, err);

	return st == GCV_OK ? gcv_db_exec(db, "BEGIN IMMEDIATE", err) : st;
}

enum gcv_status gcv_db_begin_snapshot(struct gcv_db *db, const char *label, int64_t *ret_snapshot,
				      struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row row;
	enum gcv_status st = gcv_db_begin_writing(db, err);

	if (st != GCV_OK)
		return st;
	st = gcv_db_snapshot(db, label, &arena, &row, err);
	gcv_arena_release(&arena);
	if (st != GCV_OK)
		return gcv_db_end(db, st, err);
	*ret_snapshot = row.id;
	return GCV_OK;
}

enum gcv_status gcv_db_begin_unit(struct gcv_db *db, struct gcv_err *err)
{
	return gcv_db_exec(db, db->held_us ? "SAVEPOINT unit" : "BEGIN IMMEDIATE", err);
}

enum gcv_status gcv_db_end_unit(struct gcv_db *db, enum gcv_status status, uint64_t cpu_us,
				struct gcv_err *err)
{
	bool is_first = !db->held_us;

	if (status == GCV_OK && !is_first)
		status = gcv_db_exec(db, "RELEASE unit", err);
	if (status == GCV_OK) {
		db->held_us += cpu_us + 1;
		return is_due(db) ? commit_units(db, err) : GCV_OK;
	}
	/* After some failures SQLite has rolled back all of it. */
	if (is_first || sqlite3_get_autocommit(db->conn))
		return gcv_db_end(db, status, err);
	gcv_db_forget_ids(db);
	sqlite3_exec(db->conn, "ROLLBACK TO unit; RELEASE unit", NULL, NULL, NULL);
	return status;
}
