/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Series that were made, beside the snapshots.
 *
 *	st = gcv_db_series_put(db, &record, err);
 *	st = gcv_db_series_get(db, "pin-user-page", "", 1, &arena, &record, &found, err);
 */
#ifndef GCV_DB_SERIES_H
#define GCV_DB_SERIES_H

#include "db/store.h"
#include "edit/record.h"

/**
 * gcv_db_series_put() - remember a series
 * @db: the handle, opened for writing
 * @record: the series
 * @err: sentence on failure
 *
 * One transaction. A series of the same conversion, scope and version is replaced; its tags stay
 * with the patches whose name and hash are the same.
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_series_put(struct gcv_db *db, const struct gcv_series_record *record,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_series_get() - a series that was remembered
 * @db: the handle
 * @conversion: its conversion
 * @scope: its scope
 * @version: its version
 * @arena: owns the result
 * @ret: the series
 * @ret_found: there is one
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_series_get(struct gcv_db *db, const char *conversion, const char *scope,
				  uint32_t version, struct gcv_arena *arena,
				  struct gcv_series_record *ret, bool *ret_found,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_series_all() - all series that were remembered
 * @db: the handle
 * @arena: owns the result
 * @ret: the series, by conversion, scope and version
 * @ret_nr: how many
 * @err: sentence on failure
 *
 * Return: GCV_OK.
 */
enum gcv_status gcv_db_series_all(struct gcv_db *db, struct gcv_arena *arena,
				  const struct gcv_series_record **ret, uint32_t *ret_nr,
				  struct gcv_err *err) GCV_MUST_CHECK;

#endif
