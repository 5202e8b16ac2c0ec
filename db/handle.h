/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of a database handle, for the files of the store (and its tests) only.
 *
 *	st = gcv_db_connect(path, GCV_DB_WRITE, &db, err);
 *	st = gcv_db_exec(db, "BEGIN IMMEDIATE", err);
 *	…
 *	st = gcv_db_end(db, st, err);		COMMIT, or ROLLBACK where st is a failure
 *	gcv_db_close(db);
 */
#ifndef GCV_DB_HANDLE_H
#define GCV_DB_HANDLE_H

#include "base/intern.h"
#include "base/strbuf.h"
#include "db/statement.h"
#include "db/store.h"

/** GCV_DB_APPLICATION_ID - "GCVI", in the header of every database of ours */
#define GCV_DB_APPLICATION_ID 0x47435649

struct sqlite3;
struct sqlite3_stmt;

/**
 * struct gcv_db_ids - ids of rows that are known to be there
 * @keys: what identifies the row
 * @ids: their ids, by the number of the key
 * @cap: allocated length of @ids
 */
struct gcv_db_ids {
	struct gcv_intern keys;
	int64_t *ids;
	uint32_t cap;
};

/**
 * struct gcv_db - an open database
 * @conn: SQLite's handle
 * @path: as it was given, for messages
 * @mode: what it was opened for
 * @lock_path: file that is locked while we may write, or NULL
 * @lock_fd: that file, or -1
 * @stmts: prepared statements, NULL until first used
 * @names: rows of table name that we have met; only filled while we hold the lock for writing
 * @files: the same for table file_version
 * @knows_all_ids: the file was empty when we opened it, so that @names and @files hold every row
 * @share_us: units of so much CPU time share a commit; 0: each has its own
 * @held_us: CPU time of the units that wait for their commit
 * @commit_pages: pages that the last commit of units wrote
 * @scratch: bytes in the making
 */
struct gcv_db {
	struct sqlite3 *conn;
	char *path;
	enum gcv_db_mode mode;
	char *lock_path;
	int lock_fd;
	struct sqlite3_stmt *stmts[GCV_STMT_COUNT];
	struct gcv_db_ids names, files;
	bool knows_all_ids;
	uint64_t share_us, held_us;
	uint32_t commit_pages;
	struct gcv_strbuf scratch;
};

/**
 * gcv_db_connect() - open the file, whatever it holds
 * @path: the file
 * @mode: GCV_DB_WRITE creates it where it is missing
 * @ret_db: the handle, for gcv_db_close()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND, GCV_ERR_IO.
 */
enum gcv_status gcv_db_connect(const char *path, enum gcv_db_mode mode, struct gcv_db **ret_db,
			       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_lock() - become the only process that may write
 * @db: the handle
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_BUSY, GCV_ERR_IO.
 */
enum gcv_status gcv_db_lock(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_unlock() - let others write
 * @db: the handle; one that was not locked is allowed
 */
void gcv_db_unlock(struct gcv_db *db);

/**
 * gcv_db_migrate() - bring the tables to the newest form
 * @db: the handle, open for writing
 * @version: what it has
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO, GCV_ERR_FORMAT.
 */
enum gcv_status gcv_db_migrate(struct gcv_db *db, int64_t version,
			       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_version() - the user_version that this program writes
 *
 * Return: number of the last migration.
 */
int64_t gcv_db_version(void);

/**
 * gcv_db_exec() - run SQL that has no parameters and no result
 * @db: the handle
 * @sql: one or more statements
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_db_exec(struct gcv_db *db, const char *sql, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_ask_int() - the first column of the first row of a query without parameters
 * @db: the handle
 * @sql: the query
 * @ret: the number; 0 where there is no row
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_db_ask_int(struct gcv_db *db, const char *sql, int64_t *ret,
			       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_fail_as() - what gcv_db_fail() is made of
 * @db: the handle
 * @err: where the sentence goes
 *
 * Return: as gcv_db_fail().
 */
enum gcv_status gcv_db_fail_as(struct gcv_db *db, struct gcv_err *err);

/**
 * gcv_db_fail() - turn SQLite's last failure into a status and a sentence
 * @db: the handle
 * @err: where the sentence goes
 *
 * Looks for the place where SQLite calls the file damaged. Inline, so that who analyses the paths
 * of a caller sees that it is no success.
 *
 * Return: GCV_ERR_BUSY, GCV_ERR_FORMAT or GCV_ERR_IO.
 */
static inline enum gcv_status gcv_db_fail(struct gcv_db *db, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_fail_as(db, err);

	if (st == GCV_OK)
		__builtin_unreachable();
	return st;
}

/**
 * gcv_db_begin_writing() - begin a transaction that writes
 * @db: the handle, open for writing
 * @err: sentence on failure
 *
 * Units that wait for their commit get it first.
 *
 * Return: GCV_OK; then it is ended by gcv_db_end().
 */
enum gcv_status gcv_db_begin_writing(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_begin_snapshot() - the same, to write what belongs to a snapshot
 * @db: the handle, open for writing
 * @label: name of the snapshot, or NULL for the newest
 * @ret_snapshot: its id
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot; no transaction is left).
 */
enum gcv_status gcv_db_begin_snapshot(struct gcv_db *db, const char *label, int64_t *ret_snapshot,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_end() - end a transaction
 * @db: the handle
 * @status: how the work in it went
 * @err: sentence on failure
 *
 * Commits after GCV_OK, else rolls back and forgets the ids of rows that may be gone.
 *
 * Return: @status, or the failure to commit.
 */
enum gcv_status gcv_db_end(struct gcv_db *db, enum gcv_status status,
			   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_begin_reading() - see one state of the database in several queries
 * @db: the handle
 * @ret_begun: for gcv_db_end_reading(): there was no transaction yet
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_db_begin_reading(struct gcv_db *db, bool *ret_begun,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_end_reading() - end what gcv_db_begin_reading() began
 * @db: the handle
 * @begun: what that said
 * @status: how the reading went
 * @err: sentence on failure
 *
 * Return: @status, or a failure.
 */
enum gcv_status gcv_db_end_reading(struct gcv_db *db, bool begun, enum gcv_status status,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_begin_unit() - begin what is stored as a whole or not at all
 * @db: the handle
 * @err: sentence on failure
 *
 * A transaction, or a savepoint in the one that units share (gcv_db_share_commits()).
 *
 * Return: GCV_OK or what gcv_db_fail() makes of the failure.
 */
enum gcv_status gcv_db_begin_unit(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_end_unit() - end what gcv_db_begin_unit() began
 * @db: the handle
 * @status: how the work in it went
 * @cpu_us: what it would cost to make the unit again
 * @err: sentence on failure
 *
 * Takes back what was done since the beginning unless @status is GCV_OK; commits where enough
 * units have come together.
 *
 * Return: @status, or the failure to commit.
 */
enum gcv_status gcv_db_end_unit(struct gcv_db *db, enum gcv_status status, uint64_t cpu_us,
				struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_forget_ids() - empty @names and @files, after rows were deleted
 * @db: the handle
 */
void gcv_db_forget_ids(struct gcv_db *db);

/**
 * gcv_db_name() - id of a string in table name, added where it is new
 * @db: the handle, in a transaction for writing
 * @text: the string
 * @ret_id: its id; 0 for ""
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_name(struct gcv_db *db, const char *text, int64_t *ret_id,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_name_bytes() - gcv_db_name() for a string without a NUL behind it
 * @db: the handle, in a transaction for writing
 * @text: the string
 * @len_bytes: its length
 * @ret_id: its id; 0 for an empty one
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_name_bytes(struct gcv_db *db, const char *text, size_t len_bytes,
				  int64_t *ret_id, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_body_pack() - the bytes of a body as they are stored
 * @db: the handle, in a transaction for writing
 * @body: the body, see parse/body.h
 * @len_bytes: its length
 * @out: where they are appended
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (the body is damaged) or a failure.
 */
enum gcv_status gcv_db_body_pack(struct gcv_db *db, const char *body, size_t len_bytes,
				 struct gcv_strbuf *out, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_put_name_fn - append the text of a row of table name as gcv_wire_put_str() does
 * @ctx: as given along with it
 * @id: the row; 0 for ""
 * @out: where it goes
 * @err: sentence on failure
 */
typedef enum gcv_status gcv_db_put_name_fn(void *ctx, uint64_t id, struct gcv_strbuf *out,
					   struct gcv_err *err);

/**
 * gcv_db_body_put_name() - a gcv_db_put_name_fn that asks the database each time
 * @ctx: the handle
 * @id: the row; 0 for ""
 * @out: where it goes
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (no such row) or a failure.
 */
enum gcv_status gcv_db_body_put_name(void *ctx, uint64_t id, struct gcv_strbuf *out,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_body_with() - gcv_db_body() for a caller that knows names
 * @db: the handle
 * @definition: its id
 * @put_name: where the names of the body come from
 * @ctx: its first argument
 * @out: where the bytes are appended; unchanged on failure
 * @err: sentence on failure
 *
 * Return: as gcv_db_body().
 */
enum gcv_status gcv_db_body_with(struct gcv_db *db, int64_t definition,
				 gcv_db_put_name_fn *put_name, void *ctx, struct gcv_strbuf *out,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_body_names() - the rows of table name that a stored body refers to
 * @data: the stored bytes, which are not trusted
 * @len_bytes: how many
 * @fn: called for each id, 0 for an empty string
 * @ctx: its first argument
 */
void gcv_db_body_names(const void *data, size_t len_bytes, void (*fn)(void *ctx, uint64_t id),
		       void *ctx);

/** gcv_db_map_name_fn - find the new id of a row of table name; false: there is none */
typedef bool gcv_db_map_name_fn(void *ctx, uint64_t id, uint64_t *ret_id);

/**
 * gcv_db_body_rename() - a stored body for a database in which the names have other ids
 * @data: the stored bytes, which are not trusted
 * @len_bytes: how many
 * @map: called for each id, 0 for an empty string
 * @ctx: its first argument
 * @out: where the bytes are appended
 *
 * Return: false where the bytes are damaged or name what is not there.
 */
bool gcv_db_body_rename(const void *data, size_t len_bytes, gcv_db_map_name_fn *map, void *ctx,
			struct gcv_strbuf *out);

/**
 * gcv_db_file() - id of a file's content in table file_version, added where it is new
 * @db: the handle, in a transaction for writing
 * @path: the file
 * @hash: of its bytes
 * @ret_id: its id
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_file(struct gcv_db *db, const char *path, const uint8_t hash[16],
			    int64_t *ret_id, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_config() - id of a configuration, added where it is new
 * @db: the handle, in a transaction for writing
 * @text: the configuration
 * @ret_id: its id
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_config(struct gcv_db *db, const char *text, int64_t *ret_id,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_definitions_put() - store the definitions of a unit with all that belongs to them
 * @db: the handle, in a transaction for writing
 * @unit: the unit
 * @facts: its facts
 * @files: ids of @facts->files
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_definitions_put(struct gcv_db *db, int64_t unit,
				       const struct gcv_facts *facts, const int64_t *files,
				       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_record_put() - store a struct or union of a unit
 * @db: the handle, in a transaction for writing
 * @unit: the unit
 * @record: the struct
 * @file: id of its file
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_record_put(struct gcv_db *db, int64_t unit,
				  const struct gcv_fact_record *record, int64_t file,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_sites_put() - make the sites of a snapshot from the calls of its units
 * @db: the handle, in a transaction for writing
 * @id: the snapshot's id; its units are stored already
 * @snapshot: the snapshot
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_sites_put(struct gcv_db *db, int64_t id, const struct gcv_snapshot *snapshot,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_collect() - delete what no snapshot needs, and bring table mention up to date
 * @db: the handle, in a transaction for writing
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_collect(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_unit_kind_text() - a kind as it stands in the database
 * @kind: the kind
 *
 * Return: a constant.
 */
const char *gcv_unit_kind_text(enum gcv_unit_kind kind);

/**
 * gcv_unit_status_text() - a status as it stands in the database
 * @status: the status
 *
 * Return: a constant.
 */
const char *gcv_unit_status_text(enum gcv_unit_status status);

/**
 * gcv_unit_kind_parse() - a kind from the database, which is not trusted
 * @text: its text
 *
 * Return: the kind; GCV_UNIT_SOURCE for anything unknown.
 */
enum gcv_unit_kind gcv_unit_kind_parse(const char *text);

/**
 * gcv_unit_status_parse() - a status from the database, which is not trusted
 * @text: its text
 *
 * Return: the status; GCV_UNIT_FAILED for anything unknown.
 */
enum gcv_unit_status gcv_unit_status_parse(const char *text);

#endif
