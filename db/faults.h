/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the checks found in the store, beside the snapshot that it is about.
 *
 *	st = gcv_db_faults_put(db, NULL, &set, err);
 *	st = gcv_db_has_faults(db, NULL, &are_there, err);
 *	st = gcv_db_faults(db, NULL, look, NULL, err);
 *
 * A label of NULL stands for the newest snapshot.
 */
#ifndef GCV_DB_FAULTS_H
#define GCV_DB_FAULTS_H

#include "db/store.h"
#include "report/findings.h"

/** gcv_fault_fn - called for a fault; see store.h for what it may do */
typedef enum gcv_status gcv_fault_fn(void *data, const struct gcv_result_fault *fault,
				     struct gcv_err *err);
/** gcv_ignore_fn - called for a comment that silences faults */
typedef enum gcv_status gcv_ignore_fn(void *data, const struct gcv_result_ignore *ignore,
				      struct gcv_err *err);

/**
 * gcv_db_faults_put() - store what the checks found in a snapshot
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @set: the faults
 * @err: sentence on failure
 *
 * One transaction. Those of the same snapshot are replaced; a snapshot that is stored again loses
 * them, unless it has the key that they were stored with.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or a failure.
 */
enum gcv_status gcv_db_faults_put(struct gcv_db *db, const char *label,
				  const struct gcv_result_fault_set *set,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_has_faults() - was a snapshot checked?
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @ret: it was, whether something was found or not
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or a failure.
 */
enum gcv_status gcv_db_has_faults(struct gcv_db *db, const char *label, bool *ret,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_faults() - faults of a snapshot, by file and line
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK (also where it was not checked), GCV_ERR_NOT_FOUND (no such snapshot) or what @fn
 * returned.
 */
enum gcv_status gcv_db_faults(struct gcv_db *db, const char *label, gcv_fault_fn *fn, void *data,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_fault_ignores() - comments that silence faults, by file and line
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: as of gcv_db_faults().
 */
enum gcv_status gcv_db_fault_ignores(struct gcv_db *db, const char *label, gcv_ignore_fn *fn,
				     void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_findings() - faults and comments of a snapshot
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @findings: they are added
 * @ret_checked: as of gcv_db_has_faults()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or a failure.
 */
enum gcv_status gcv_db_findings(struct gcv_db *db, const char *label, struct gcv_findings *findings,
				bool *ret_checked, struct gcv_err *err) GCV_MUST_CHECK;

#endif
