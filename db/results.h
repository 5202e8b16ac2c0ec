/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Results of the analysis in the store, beside the snapshot that they are about.
 *
 *	st = gcv_db_results_put(db, NULL, &set, err);
 *	st = gcv_db_results(db, NULL, NULL, look, NULL, err);
 *	st = gcv_db_result_steps(db, NULL, NULL, result->site, &arena, &steps, &nr, err);
 *
 * A label of NULL stands for the newest snapshot, a conversion of NULL for the one whose results
 * were stored first. gcv_db_sites() hands results out with their sites.
 */
#ifndef GCV_DB_RESULTS_H
#define GCV_DB_RESULTS_H

#include "db/store.h"
#include "report/result.h"

/** gcv_result_fn - called for a result; see store.h for what it may do */
typedef enum gcv_status gcv_result_fn(void *data, const struct gcv_result *result,
				      struct gcv_err *err);
/** gcv_conversion_fn - called for the name of a conversion */
typedef enum gcv_status gcv_conversion_fn(void *data, const char *conversion, struct gcv_err *err);
/** gcv_result_file_fn - called for a file parsed on demand */
typedef enum gcv_status gcv_result_file_fn(void *data, const struct gcv_result_file *file,
					   struct gcv_err *err);

/** gcv_steps_fn - called for the steps of a site, of which there is at least one */
typedef enum gcv_status gcv_steps_fn(void *data, uint32_t site, const char *id,
				     const struct gcv_result_step *steps, uint32_t nr,
				     struct gcv_err *err);

/**
 * gcv_db_results_put() - store the results of a snapshot for a conversion
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @set: the results
 * @err: sentence on failure
 *
 * One transaction. Results of the same snapshot and conversion are replaced; a snapshot that is
 * stored again loses its results, unless it has the key that they were stored with, and any
 * snapshot begins with those of another one that has its key.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot, or no such site in it).
 */
enum gcv_status gcv_db_results_put(struct gcv_db *db, const char *label,
				   const struct gcv_result_set *set,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_results_key() - the key that the results of a snapshot were stored with
 * @db: the handle
 * @label: name of the snapshot, which need not exist
 * @ret_key: the key of those that were stored first; unchanged where there are none
 * @ret_found: there is one
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_results_key(struct gcv_db *db, const char *label,
				   uint8_t ret_key[GCV_RESULT_KEY_BYTES], bool *ret_found,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_conversions() - for which conversions a snapshot has results, in the order of storing
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_conversions(struct gcv_db *db, const char *label, gcv_conversion_fn *fn,
				   void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_has_results() - are there results of a snapshot for a conversion?
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @conversion: name of the conversion
 * @ret: true where there are, be it of no site
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot).
 */
enum gcv_status gcv_db_has_results(struct gcv_db *db, const char *label, const char *conversion,
				   bool *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_results() - results of a snapshot, by site, without their steps
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @conversion: name of the conversion, or NULL
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK (also where there are no results), GCV_ERR_NOT_FOUND (no such snapshot) or what
 * @fn returned.
 */
enum gcv_status gcv_db_results(struct gcv_db *db, const char *label, const char *conversion,
			       gcv_result_fn *fn, void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_steps() - the steps of a result
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @conversion: name of the conversion, or NULL
 * @site: number of the site
 * @arena: owns the steps
 * @ret_steps: the steps, in their order; parents come before those that follow them
 * @ret_nr: how many; 0 where there is no result
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot).
 */
enum gcv_status gcv_db_result_steps(struct gcv_db *db, const char *label, const char *conversion,
				    uint32_t site, struct gcv_arena *arena,
				    struct gcv_result_step **ret_steps, uint32_t *ret_nr,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_all_steps() - the steps of all sites that have some, site by site
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @conversion: name of the conversion, or NULL
 * @fn: called for each site, in their order, with number and id; steps as gcv_db_result_steps() has
 * them
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_all_steps(struct gcv_db *db, const char *label, const char *conversion,
				 gcv_steps_fn *fn, void *data, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_files() - files that were parsed on demand, by path
 * @db: the handle
 * @label: name of the snapshot, or NULL for the newest
 * @conversion: name of the conversion, or NULL
 * @fn: called for each
 * @data: for @fn
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or what @fn returned.
 */
enum gcv_status gcv_db_result_files(struct gcv_db *db, const char *label, const char *conversion,
				    gcv_result_file_fn *fn, void *data,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_set() - the results of a snapshot for a conversion, for the files of the store
 * @db: the handle
 * @snapshot: id of the snapshot
 * @conversion: name of the conversion, or NULL
 * @ret_set: id of the row in table result_set, 0 for none
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_result_set(struct gcv_db *db, int64_t snapshot, const char *conversion,
				  int64_t *ret_set, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_result_read() - the result of a site without its steps, for the files of the store
 * @db: the handle
 * @set: id of the row in table result_set
 * @site: number of the site
 * @has_partners: with its partners; else there are none
 * @arena: owns the result
 * @ret_result: the result, NULL where there is none
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_result_read(struct gcv_db *db, int64_t set, uint32_t site, bool has_partners,
				   struct gcv_arena *arena, struct gcv_result **ret_result,
				   struct gcv_err *err) GCV_MUST_CHECK;

#endif
