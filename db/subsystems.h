/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whose code the sites of a snapshot stand in, in the store.
 *
 *	st = gcv_db_subsystems_put(db, label, &all, err);
 *	st = gcv_db_subsystems(db, snapshot, &arena, &all, err);
 *
 * gcv_db_sites() hands out each site with its entry.
 */
#ifndef GCV_DB_SUBSYSTEMS_H
#define GCV_DB_SUBSYSTEMS_H

#include "db/store.h"
#include "report/subsystem.h"

/**
 * gcv_db_subsystems_put() - store what MAINTAINERS says of the files of a snapshot
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @all: the entries; those that the snapshot had are gone
 * @err: sentence on failure
 *
 * One transaction.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or a failure of the store.
 */
enum gcv_status gcv_db_subsystems_put(struct gcv_db *db, const char *label,
				      const struct gcv_subsystems *all,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_subsystems() - the same, read
 * @db: the handle
 * @snapshot: id of the snapshot
 * @arena: owns the result
 * @ret: the entries; none where the snapshot has none
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (a file of an entry that is not there) or a failure of the store.
 */
enum gcv_status gcv_db_subsystems(struct gcv_db *db, int64_t snapshot, struct gcv_arena *arena,
				  struct gcv_subsystems *ret, struct gcv_err *err) GCV_MUST_CHECK;

#endif
