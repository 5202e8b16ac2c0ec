// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

/* Length of the header of an SQLite file. */
#define HEADER_BYTES 100

/*
 * The file may have come with the tree that is scanned: nothing in its schema is to run (triggers,
 * views), and nothing that we do may damage it.
 */
static void distrust_schema(sqlite3 *conn)
{
	sqlite3_db_config(conn, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(conn, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(conn, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(conn, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(conn, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

/* The folder without symbolic links and the file's own name, because SQLITE_OPEN_NOFOLLOW refuses
 * links anywhere in the path. NULL: there is no such folder. */
static char *resolve_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	GCV_AUTOFREE char *folder = NULL;
	GCV_AUTOFREE char *real = NULL;
	struct gcv_strbuf sb = { 0 };

	folder = gcv_strdup(slash == path ? "/" : slash ? path : ".");
	if (slash && slash != path)
		folder[slash - path] = '\0';
	real = realpath(folder, NULL);
	if (!real)
		return NULL;
	gcv_strbuf_addf(&sb, "%s/%s", real, slash ? slash + 1 : path);
	return gcv_strbuf_detach(&sb);
}

/* A path as a URI that tells SQLite that nobody writes: the only way to read a database of WAL kind
 * in a folder that we must not write to. */
static char *immutable_uri(const char *path)
{
	struct gcv_strbuf sb = { 0 };

	gcv_strbuf_addstr(&sb, "file:");
	for (; *path; path++) {
		if (*path == '%' || *path == '?' || *path == '#')
			gcv_strbuf_addf(&sb, "%%%02x", (unsigned int)*path);
		else
			gcv_strbuf_addch(&sb, *path);
	}
	gcv_strbuf_addstr(&sb, "?immutable=1");
	return gcv_strbuf_detach(&sb);
}

static bool needs_immutable(const char *path)
{
	GCV_STRBUF_AUTO struct gcv_strbuf wal = { 0 };
	GCV_AUTOFREE char *folder = gcv_strdup(path);

	gcv_strbuf_addf(&wal, "%s-wal", path);
	*strrchr(folder, '/') = '\0';
	return access(*folder ? folder : "/", W_OK) != 0 && access(wal.buf, F_OK) != 0;
}

static enum gcv_status open_file(struct gcv_db *db, struct gcv_err *err)
{
	bool writes = db->mode == GCV_DB_WRITE;
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	GCV_AUTOFREE char *real = resolve_folder(db->path);
	GCV_AUTOFREE char *uri = NULL;
	struct stat st;

	if (!real)
		return gcv_err_set(err, errno == ENOENT ? GCV_ERR_NOT_FOUND : GCV_ERR_IO,
				   "cannot open the folder of %s: %s", db->path, strerror(errno));
	if (lstat(real, &st) != 0) {
		if (errno != ENOENT)
			return gcv_err_sys(err, "cannot open %s", db->path);
		if (!writes)
			return gcv_err_set(err, GCV_ERR_NOT_FOUND, "there is no database %s",
					   db->path);
	} else if (!S_ISREG(st.st_mode)) {
		return gcv_err_set(err, GCV_ERR_IO, "%s is not a regular file", db->path);
	} else if (st.st_size && st.st_size < HEADER_BYTES) {
		/* SQLite would take it for an empty database and overwrite it. */
		return gcv_err_set(err, GCV_ERR_FOREIGN, "%s is not a database", db->path);
	}
	if (!writes && needs_immutable(real))
		uri = immutable_uri(real);
	flags |= writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(uri ? uri : real, &db->conn, uri ? flags | SQLITE_OPEN_URI : flags,
			    NULL) != SQLITE_OK)
		return gcv_db_fail(db, err);
	sqlite3_extended_result_codes(db->conn, 1);
	sqlite3_busy_timeout(db->conn, BUSY_TIMEOUT_MS);
	distrust_schema(db->conn);
	return GCV_OK;
}

enum gcv_status gcv_db_connect(const char *path, enum gcv_db_mode mode, struct gcv_db **ret_db,
			       struct gcv_err *err)
{
	struct gcv_db *db = gcv_zalloc(1, sizeof(*db));
	enum gcv_status st;

	db->path = gcv_strdup(path);
	db->mode = mode;
	db->lock_fd = -1;
	st = open_file(db, err);
	if (st != GCV_OK) {
		gcv_db_close(db);
		return st;
	}
	*ret_db = db;
	return GCV_OK;
}

/* Whose file is this? Nothing is written before we know. @ret_version 0: an empty file. */
static enum gcv_status identify(struct gcv_db *db, int64_t *ret_version, struct gcv_err *err)
{
	int64_t id, version, nr_tables;
	enum gcv_status st;

	st = gcv_db_ask_int(db, "SELECT count(*) FROM sqlite_schema", &nr_tables, err);
	if (sqlite3_errcode(db->conn) == SQLITE_NOTADB)
		return gcv_err_set(err, GCV_ERR_FOREIGN, "%s is not a database", db->path);
	if (st == GCV_OK)
		st = gcv_db_ask_int(db, "PRAGMA application_id", &id, err);
	if (st == GCV_OK)
		st = gcv_db_ask_int(db, "PRAGMA user_version", &version, err);
	if (st != GCV_OK)
		return st;
	if (id != GCV_DB_APPLICATION_ID && (id || version || nr_tables))
		return gcv_err_set(err, GCV_ERR_FOREIGN, "%s belongs to another program", db->path);
	if (version > gcv_db_version())
		return gcv_err_set(err, GCV_ERR_NEWER,
				   "%s was written by a newer gupconv (version %lld of the tables; "
				   "this one knows %lld)",
				   db->path, (long long)version, (long long)gcv_db_version());
	if (version < 0 || (id && !version))
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s is damaged: version %lld", db->path,
				   (long long)version);
	*ret_version = version;
	return GCV_OK;
}

static enum gcv_status set_up_writing(struct gcv_db *db, int64_t version, struct gcv_err *err)
{
	enum gcv_status st;

	/* A limit for the journal, because a large unit would leave it large for good. */
	st = gcv_db_exec(db,
			 "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
			 "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
			 "PRAGMA journal_size_limit = 16777216; PRAGMA wal_autocheckpoint = 8000;"
			 "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY",
			 err);
	return st == GCV_OK ? gcv_db_migrate(db, version, err) : st;
}

static enum gcv_status set_up_reading(struct gcv_db *db, int64_t version, struct gcv_err *err)
{
	if (!version)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s is empty", db->path);
	if (version < gcv_db_version())
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "%s was written by an older gupconv; the next scan brings it up "
				   "to date",
				   db->path);
	return gcv_db_exec(db,
			   "PRAGMA query_only = ON; PRAGMA cell_size_check = ON;"
			   "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY",
			   err);
}

enum gcv_status gcv_db_open(const char *path, enum gcv_db_mode mode, struct gcv_db **ret_db,
			    struct gcv_err *err)
{
	struct gcv_db *db;
	enum gcv_status st;
	int64_t version = 0;

	st = gcv_db_connect(path, mode, &db, err);
	if (st != GCV_OK)
		return st;
	if (mode == GCV_DB_WRITE)
		st = gcv_db_lock(db, err);
	if (st == GCV_OK)
		st = identify(db, &version, err);
	db->knows_all_ids = mode == GCV_DB_WRITE && !version;
	if (st == GCV_OK && mode == GCV_DB_WRITE)
		st = set_up_writing(db, version, err);
	else if (st == GCV_OK)
		st = set_up_reading(db, version, err);
	if (st != GCV_OK) {
		gcv_db_close(db);
		return st;
	}
	*ret_db = db;
	return GCV_OK;
}

/* An empty database without a name (https://www.sqlite.org/inmemorydb.html#temp_db). */
static enum gcv_status open_unnamed(struct gcv_db *copy, struct gcv_err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	if (sqlite3_open_v2("", &copy->conn, flags, NULL) != SQLITE_OK)
		return gcv_db_fail(copy, err);
	sqlite3_extended_result_codes(copy->conn, 1);
	distrust_schema(copy->conn);
	return GCV_OK;
}

static enum gcv_status copy_pages(struct gcv_db *db, struct gcv_db *copy, struct gcv_err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->conn, "main", db->conn, "main");

	if (!backup)
		return gcv_db_fail(copy, err);
	sqlite3_backup_step(backup, -1);
	if (sqlite3_backup_finish(backup) != SQLITE_OK)
		return gcv_db_fail(copy, err);
	return gcv_db_exec(copy,
			   "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
			   "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
			   "PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY",
			   err);
}

enum gcv_status gcv_db_copy(struct gcv_db *db, struct gcv_db **ret_copy, struct gcv_err *err)
{
	struct gcv_db *copy = gcv_zalloc(1, sizeof(*copy));
	struct gcv_strbuf path = { 0 };
	enum gcv_status st;

	gcv_strbuf_addf(&path, "the copy of %s", db->path);
	copy->path = gcv_strbuf_detach(&path);
	copy->mode = GCV_DB_WRITE;
	copy->lock_fd = -1;
	st = gcv_db_flush(db, err);
	if (st == GCV_OK)
		st = open_unnamed(copy, err);
	if (st == GCV_OK)
		st = copy_pages(db, copy, err);
	if (st != GCV_OK) {
		gcv_db_close(copy);
		return st;
	}
	*ret_copy = copy;
	return GCV_OK;
}

const char *gcv_db_path(const struct gcv_db *db)
{
	return db->path;
}

void gcv_db_close(struct gcv_db *db)
{
	struct gcv_err err;
	int i;

	if (!db)
		return;
	/* On failure the units are parsed again by the next scan. */
	(void)!gcv_db_flush(db, &err);
	for (i = 0; i < GCV_STMT_COUNT; i++)
		sqlite3_finalize(db->stmts[i]);
	sqlite3_close(db->conn);
	gcv_db_unlock(db);
	gcv_db_forget_ids(db);
	gcv_strbuf_release(&db->scratch);
	free(db->path);
	free(db);
}
