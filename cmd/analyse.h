/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The last stage of a scan: follow the pages through a stored snapshot, classify, store results;
 * and the same later, for another conversion.
 *
 *	st = gcv_analyse(&input, &sums, err);				after a scan
 *	st = gcv_analyse_stored(db, NULL, &tree, &api, "pin-user-page", err);	any time
 */
#ifndef GCV_CMD_ANALYSE_H
#define GCV_CMD_ANALYSE_H

#include "check/words.h"
#include "classify/words.h"
#include "cmd/analysis_key.h"
#include "db/faults.h"
#include "db/questions.h"
#include "db/results.h"
#include "flow/program.h"
#include "parse/scan.h"
#include "tree/tree.h"

/**
 * struct gcv_analyse_sums - what the summary shows of it
 * @conversion: for which conversion
 * @verdicts: number of acquire sites by enum gcv_verdict
 * @faults: number of faults by enum gcv_confidence, with those that the code silences
 * @nr_functions: functions that were followed
 * @nr_demanded: files that were parsed because the flow led there
 * @cpu_ms: CPU time in milliseconds, without that of the workers
 * @is_limited: a bound was hit
 * @is_kept: the results are those of an earlier scan: nothing that they depend on has changed;
 * @nr_functions and @is_limited are not known
 */
struct gcv_analyse_sums {
	const char *conversion;
	uint32_t verdicts[GCV_VERDICTS];
	uint32_t faults[GCV_CONFIDENCES];
	uint32_t nr_functions, nr_demanded;
	uint64_t cpu_ms;
	bool is_limited, is_kept;
};

/**
 * struct gcv_analyse_demand - what asks a scan for more files
 * @db: opened for writing
 * @arena: owns the names; released by the caller
 * @names: what was asked for before
 * @wanted: the names alone
 * @has_asked: @wanted is all that an analysis of these units asks for
 * @uses_answers: what an earlier scan found out need not be found out again
 * @asked: what was asked, with the answers
 * @nr_asked: how many
 * @cap_asked: its room
 * @bodies: decoded bodies, for the questions and the analysis
 * @cpu_ms: CPU time that asking took, in milliseconds
 * @basis: what results depend on
 * @known: key of the results that are stored for the label of this scan
 * @has_known: there are such results
 * @last: paths of the files that were asked for when they were made
 * @nr_last: how many
 * @cap_last: its room
 */
struct gcv_analyse_demand {
	struct gcv_db *db;
	struct gcv_arena arena;
	struct gcv_intern names, wanted;
	bool has_asked, uses_answers;
	struct gcv_db_question *asked;
	uint32_t nr_asked, cap_asked;
	struct gcv_body_cache bodies;
	uint64_t cpu_ms;
	struct gcv_analysis_basis basis;
	struct gcv_hash known;
	bool has_known;
	const char **last;
	uint32_t nr_last, cap_last;
};

/**
 * gcv_analyse_remember() - find out which results are stored, and what was asked for
 * @demand: @db and @basis are set
 * @label: name of the snapshot that the scan will make
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_analyse_remember(struct gcv_analyse_demand *demand, const char *label,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analyse_knows() - struct gcv_scan_demand's @knows: are the stored results those of these
 * units?
 * @ctx: struct gcv_analyse_demand
 * @scan: the scan so far
 * @units: ids of the units
 * @nr_units: how many
 *
 * Return: true where they are.
 */
bool gcv_analyse_knows(void *ctx, const struct gcv_scan *scan, const int64_t *units,
		       uint32_t nr_units);

/**
 * gcv_analyse_recall() - struct gcv_scan_demand's @recall, by what earlier scans have stored
 * @ctx: struct gcv_analyse_demand
 * @key: stands for the names and the tree
 * @paths: gets the files
 *
 * Return: true where it is known.
 */
bool gcv_analyse_recall(void *ctx, const struct gcv_hash *key, struct gcv_intern *paths);

/**
 * gcv_analyse_note() - struct gcv_scan_demand's @note; stored with the results
 * @ctx: struct gcv_analyse_demand
 * @key: stands for the names and the tree
 * @paths: the files
 */
void gcv_analyse_note(void *ctx, const struct gcv_hash *key, const struct gcv_intern *paths);

/**
 * gcv_analyse_kept() - the sums of results that outlived their snapshot
 * @db: the handle
 * @label: name of the snapshot that has them now
 * @scan: the scan
 * @arena: owns the strings
 * @ret_sums: @is_kept tells whether there are any
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_analyse_kept(struct gcv_db *db, const char *label, const struct gcv_scan *scan,
				 struct gcv_arena *arena, struct gcv_analyse_sums *ret_sums,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analyse_ask() - struct gcv_scan_demand's @ask: follow what is there, and name what is missing
 * @ctx: struct gcv_analyse_demand
 * @scan: the scan so far
 * @ret: names that were not asked for before
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_analyse_ask(void *ctx, struct gcv_scan *scan, struct gcv_scan_demands *ret,
				struct gcv_err *err);

/**
 * gcv_analyse_facts() - what the results of a scan will be made from
 * @demand: who asked for files
 * @scan: the scan, which has all of them
 * @tree: the tree that was scanned
 * @ret_facts: stands for it
 * @ret_known: false where that cannot be told
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_analyse_facts(struct gcv_analyse_demand *demand, const struct gcv_scan *scan,
				  const struct gcv_tree *tree, struct gcv_hash *ret_facts,
				  bool *ret_known, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analyse_demand_release() - free what asking left
 * @demand: a zeroed one is allowed
 */
void gcv_analyse_demand_release(struct gcv_analyse_demand *demand);

/**
 * struct gcv_analyse_input - what is analysed
 * @db: opened for writing
 * @label: name of the snapshot
 * @conversion: for which conversion; NULL for the one that the tree is ready for
 * @tree: the tree that was scanned
 * @scan: the scan: its era, and the files that were asked for
 * @demand: who asked for them
 * @key: what the results depend on, for struct gcv_result_set, or NULL
 */
struct gcv_analyse_input {
	struct gcv_db *db;
	const char *label;
	const char *conversion;
	const struct gcv_tree *tree;
	const struct gcv_scan *scan;
	struct gcv_analyse_demand *demand;
	const struct gcv_hash *key;
};

/**
 * gcv_analyse() - analyse a snapshot that was just made and store the results
 * @input: what
 * @ret_sums: for the summary
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such conversion) or a failure of the store.
 */
enum gcv_status gcv_analyse(const struct gcv_analyse_input *input,
			    struct gcv_analyse_sums *ret_sums, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analyse_stored() - make the results of a stored snapshot for a conversion, unless it has them
 * @db: opened for writing
 * @label: name of the snapshot, or NULL for the newest
 * @tree: the tree that was scanned, for source lines
 * @api: the API names of the scan
 * @conversion: name of the conversion
 * @err: sentence on failure
 *
 * They go by the files that were asked for when the snapshot was made, and are gone with it.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot or conversion) or a failure of the store.
 */
enum gcv_status gcv_analyse_stored(struct gcv_db *db, const char *label,
				   const struct gcv_tree *tree, const struct gcv_api *api,
				   const char *conversion, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analyse_stored_faults() - check a stored snapshot, unless it was checked
 * @db: opened for writing
 * @label: name of the snapshot, or NULL for the newest
 * @tree: the tree that was scanned, for source lines
 * @api: the API names of the scan
 * @err: sentence on failure
 *
 * Databases of versions that had no checks become complete by this.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot) or a failure of the store.
 */
enum gcv_status gcv_analyse_stored_faults(struct gcv_db *db, const char *label,
					  const struct gcv_tree *tree, const struct gcv_api *api,
					  struct gcv_err *err) GCV_MUST_CHECK;

#endif
