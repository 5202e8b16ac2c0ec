/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts and snapshots in an SQLite file, see gupconv-db(5).
 *
 *	st = gcv_db_open(".gupconv/index.db", GCV_DB_WRITE, &db, err);
 *	st = gcv_db_load_units(db, &arena, &list, err);		what need not be parsed again
 *	st = gcv_db_unit_put(db, &info, &facts, &unit, err);	once for each unit parsed
 *	st = gcv_db_snapshot_put(db, &snapshot, err);		in the end
 *	st = gcv_db_sites(db, NULL, NULL, print_site, NULL, err);
 *	gcv_db_close(db);
 *
 * Each put is one transaction: after a failure or a kill the database is as before it, save that
 * units may share commits (gcv_db_share_commits()). A label of NULL stands for the newest snapshot.
 *All functions can return GCV_ERR_IO (input or output failed, the disk is full), GCV_ERR_BUSY
 *(locked for more than 5 s) and GCV_ERR_FORMAT (the file is damaged) besides what is said; every
 *message names the file.
 */
#ifndef GCV_DB_STORE_H
#define GCV_DB_STORE_H

#include "report/site.h"

struct gcv_db;

/**
 * enum gcv_db_mode - what a database is opened for
 * @GCV_DB_READ: reading; nothing is created or changed, a scan may go on at the same time
 * @GCV_DB_WRITE: reading and writing; created or brought to the newest form as needed. Only one
 * process at a time.
 */
enum gcv_db_mode { GCV_DB_READ, GCV_DB_WRITE };

/**
 * gcv_db_open() - open a database
 * @path: the file; its folder must exist; it must not be a symbolic link
 * @mode: what for
 * @ret_db: the handle, for gcv_db_close()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such file, or no such folder), GCV_ERR_FOREIGN (not SQLite,
 * or of another program), GCV_ERR_NEWER, GCV_ERR_FORMAT (damaged, or opened for reading and written
 * by an older version), GCV_ERR_BUSY (at once, where another process has it open for writing).
 */
enum gcv_status gcv_db_open(const char *path, enum gcv_db_mode mode, struct gcv_db **ret_db,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_copy() - copy a database for work that is thrown away
 * @db: the handle
 * @ret_copy: opened for writing, for gcv_db_close(), which deletes the copy
 * @err: sentence on failure
 *
 * It lies in memory, and as far as it is large in a file of $TMPDIR that has no name any more, so
 * that nothing is left of it whatever becomes of the process. Nothing waits for the disk.
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_copy(struct gcv_db *db, struct gcv_db **ret_copy,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_path() - where a database lies
 * @db: the handle
 *
 * Return: the path as it was given; owned by the handle.
 */
const char *gcv_db_path(const struct gcv_db *db);

/**
 * gcv_db_close() - close a database
 * @db: the handle; NULL is allowed
 */
void gcv_db_close(struct gcv_db *db);

/**
 * gcv_db_trim() - keep facts of earlier scans within a size
 * @db: the handle, open for writing
 * @limit_bytes: what the database is to take up at most
 * @ret_nr: snapshots whose units were dropped
 * @err: sentence on failure
 *
 * While it takes up more, the units of the oldest snapshot that has some are dropped, but never
 * those of the newest: a scan of that revision would parse it again. Sites, results, findings,
 * series and mails stay, so that one newest snapshot and a long history may be larger than the
 * limit.
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_trim(struct gcv_db *db, uint64_t limit_bytes, uint32_t *ret_nr,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_share_commits() - let units share a commit
 * @db: the handle, open for writing
 * @cpu_us: commit at the latest when the units since the last commit took so much CPU time to
 * parse; 0 (which is how it begins): after each
 *
 * A commit writes every page that was changed, and each unit adds strings and bodies to indexes of
 * many pages: units that share a commit write them once. While the database is small, and commits
 * with it, they come more often than @cpu_us asks for. Units are still stored as a whole or not at
 * all: one that fails is taken back alone, and a kill loses whole units, those that wait. This
 * handle sees a unit at once, readers of other processes see it after the commit.
 */
void gcv_db_share_commits(struct gcv_db *db, uint64_t cpu_us);

/**
 * gcv_db_flush() - commit the units that wait for it
 * @db: the handle
 * @err: sentence on failure
 *
 * gcv_db_snapshot_put() does it by itself, gcv_db_close() as well, though it cannot tell of a
 * failure.
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_flush(struct gcv_db *db, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_unit_put() - store a unit as a whole or not at all
 * @db: the handle
 * @info: what it is
 * @facts: its facts; NULL for a unit that failed
 * @ret_unit: its id
 * @err: sentence on failure
 *
 * A unit's identity is its kind, main file, configuration, env and all that it read (files of
 * @facts with their contents, precompiled header): a unit of the same identity is replaced and
 * keeps its id. So a header that changes makes a new unit, and snapshots of the old one stay right.
 * @facts->outside is not stored (no machine paths in the database).
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no unit @info->pch).
 */
enum gcv_status gcv_db_unit_put(struct gcv_db *db, const struct gcv_unit_info *info,
				const struct gcv_facts *facts, int64_t *ret_unit,
				struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_load_units() - everything that tells which units are still valid
 * @db: the handle
 * @arena: owns the result
 * @ret_units: the units
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_load_units(struct gcv_db *db, struct gcv_arena *arena,
				  struct gcv_stored_units *ret_units,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_unit_seen() - what a stored unit adds to the ledger
 * @db: the handle
 * @unit: its id
 * @arena: owns the result
 * @ret_seen: all empty where there is no such unit
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_unit_seen(struct gcv_db *db, int64_t unit, struct gcv_arena *arena,
				 struct gcv_stored_seen *ret_seen,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_unit_decls() - the declarations that a unit of kind GCV_UNIT_ERA found
 * @db: the handle
 * @unit: its id
 * @arena: owns the result
 * @ret_facts: only @files and @decls are set
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_unit_decls(struct gcv_db *db, int64_t unit, struct gcv_arena *arena,
				  struct gcv_facts *ret_facts, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_body() - body of a stored definition
 * @db: the handle
 * @definition: its id
 * @out: where the bytes are appended that gcv_body_decode() takes; unchanged on failure
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such definition).
 */
enum gcv_status gcv_db_body(struct gcv_db *db, int64_t definition, struct gcv_strbuf *out,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_snapshot_put() - store a snapshot, make its sites, and drop what nothing refers to
 * @db: the handle
 * @snapshot: the snapshot
 * @err: sentence on failure
 *
 * One transaction. A snapshot of the same label is replaced. A site is a call of an acquire or
 * release name by (file, name offset, function, name, place in a macro), whichever units and
 * configurations it was seen in. Afterwards units that no snapshot refers to are deleted with all
 * that only they used.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (a unit does not exist).
 */
enum gcv_status gcv_db_snapshot_put(struct gcv_db *db, const struct gcv_snapshot *snapshot,
				    struct gcv_err *err) GCV_MUST_CHECK;

/*
 * The readers below call back once for each row. A callback that returns something else than GCV_OK
 * ends the reading with that status; it may use @err, and it may start another reader, though not
 * the one that it is called by (GCV_ERR_USAGE).
 */

/** gcv_snapshot_fn - called for a snapshot */
typedef enum gcv_status gcv_snapshot_fn(void *data, const struct gcv_snapshot_row *row,
					struct gcv_err *err);
/** gcv_site_fn - called for a site */
typedef enum gcv_status gcv_site_fn(void *data, const struct gcv_site *site, struct gcv_err *err);
/** gcv_occurrence_fn - called for an occurrence */
typedef enum gcv_status gcv_occurrence_fn(void *data, const struct gcv_occurrence_row *row,
					  struct gcv_err *err);
/** gcv_api_fn - called for an API name */
typedef enum gcv_status gcv_api_fn(void *data, const struct gcv_snapshot_api *api,
				   struct gcv_err *err);
/** gcv_unit_fn - called for a unit */
typedef enum gcv_status gcv_unit_fn(void *data, const struct gcv_unit_row *row,
				    struct gcv_err *err);

/** gcv_error_fn - called for an error of a unit */
typedef enum gcv_status gcv_error_fn(void *data, const struct gcv_error_row *row,
				     struct gcv_err *err);

/**
 * gcv_db_snapshots() - all snapshots, the oldest first
 * @db: the handle
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK or what @fn returned.
 */
enum gcv_status gcv_db_snapshots(struct gcv_db *db, gcv_snapshot_fn *fn, void *data,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_snapshot() - one snapshot
 * @db: the handle
 * @label: its name, or NULL for the newest
 * @arena: owns the strings
 * @ret_row: the snapshot
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no snapshot of that name, or none at all).
 */
enum gcv_status gcv_db_snapshot(struct gcv_db *db, const char *label, struct gcv_arena *arena,
				struct gcv_snapshot_row *ret_row,
				struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_sites() - sites of a snapshot, sorted by path and offset
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @filter: which, or NULL for all
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_sites(struct gcv_db *db, const char *label,
			     const struct gcv_site_filter *filter, gcv_site_fn *fn, void *data,
			     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_occurrences() - the ledger of a snapshot, sorted by path and offset
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @class_name: only this class, or NULL for all
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_occurrences(struct gcv_db *db, const char *label, const char *class_name,
				   gcv_occurrence_fn *fn, void *data,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_apis() - API names of a snapshot, sorted by name
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_apis(struct gcv_db *db, const char *label, gcv_api_fn *fn, void *data,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_file_hash() - what a file held when a snapshot was made
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @path: the file, relative to the tree
 * @ret_hash: XXH3 128 of its bytes; unchanged where no unit of the snapshot read the file
 * @ret_found: one did
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot).
 */
enum gcv_status gcv_db_file_hash(struct gcv_db *db, const char *label, const char *path,
				 uint8_t ret_hash[16], bool *ret_found,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_era_decls() - the declarations that tell the era of a snapshot
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @arena: owns the result
 * @ret_facts: as of gcv_db_unit_decls()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot).
 */
enum gcv_status gcv_db_era_decls(struct gcv_db *db, const char *label, struct gcv_arena *arena,
				 struct gcv_facts *ret_facts, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_units_of_snapshot() - units of a snapshot, sorted by main file, kind and configuration
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_units_of_snapshot(struct gcv_db *db, const char *label, gcv_unit_fn *fn,
					 void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_errors_of_snapshot() - errors of the units of a snapshot, sorted like the units
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_errors_of_snapshot(struct gcv_db *db, const char *label, gcv_error_fn *fn,
					  void *data, struct gcv_err *err) GCV_MUST_CHECK;

#endif
