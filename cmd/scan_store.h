/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scan whose units and snapshot go into a database: what gupconv-scan(1) does, and the check of
 * edits with a tree that has files in memory.
 *
 *	struct gcv_scan_store store = { .db = db, .tree = &tree, .api = &api, … };
 *
 *	st = gcv_scan_store_run(&store, &scan, err);
 *	st = gcv_scan_store_snapshot(&store, scan, NULL, NULL, err);
 *	gcv_scan_free(scan);
 */
#ifndef GCV_CMD_SCAN_STORE_H
#define GCV_CMD_SCAN_STORE_H

#include "db/store.h"
#include "parse/scan.h"

/**
 * struct gcv_scan_store - what is scanned and where it goes
 * @db: opened for writing
 * @tree: the tree
 * @api: the API names
 * @stored: units that @db has
 * @base: snapshot that the scan starts from instead of the whole tree, or NULL
 * @label: name of the snapshot
 * @revision: commit of the tree; NULL or "" where it is not known
 * @worker: path of the worker program
 * @scratch: existing folder for precompiled headers
 * @nr_workers: worker processes, at least 1
 * @limits: of the parse of a translation unit; 0 for the default
 * @paths: restrict the scan to these files and folders
 * @nr_paths: how many; 0 is the whole tree
 * @archs: names of architectures separated by commas, or NULL for all
 * @compile_commands: path of a compile_commands.json, or NULL
 * @is_partial: the snapshot is not of the whole tree
 * @force: do not use stored units
 * @demand: who may ask for more files
 * @shard: the part of the scan to do, or what parts the scan goes on from
 * @progress: who wants to know; its functions may be NULL
 */
struct gcv_scan_store {
	struct gcv_db *db;
	const struct gcv_tree *tree;
	const struct gcv_api *api;
	const struct gcv_stored_units *stored;
	const struct gcv_scan_base *base;
	const char *label;
	const char *revision;
	const char *worker;
	const char *scratch;
	unsigned int nr_workers;
	struct gcv_worker_limits limits;
	const char *const *paths;
	size_t nr_paths;
	const char *archs;
	const char *compile_commands;
	bool is_partial, force;
	struct gcv_scan_demand demand;
	struct gcv_scan_shard shard;
	struct gcv_scan_progress progress;
};

/**
 * gcv_scan_store_tool() - what the snapshots of this program say about who made them
 *
 * Return: program and libclang, with their versions.
 */
const char *gcv_scan_store_tool(void);

/**
 * gcv_scan_store_run() - scan, and store the units as they come
 * @store: what and where
 * @ret_scan: the result, for gcv_scan_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_scan_run() says.
 */
enum gcv_status gcv_scan_store_run(const struct gcv_scan_store *store, struct gcv_scan **ret_scan,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_store_snapshot() - store the snapshot of a scan
 * @store: what it was made with
 * @scan: the scan
 * @results_key: results of this key, of whichever snapshot, are this one's, too; NULL: none are
 * @made_with: see struct gcv_snapshot's @results_made_with; or NULL
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_db_snapshot_put() says.
 */
enum gcv_status gcv_scan_store_snapshot(const struct gcv_scan_store *store,
					const struct gcv_scan *scan,
					const struct gcv_hash *results_key,
					const struct gcv_hash *made_with,
					struct gcv_err *err) GCV_MUST_CHECK;

#endif
