/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scan of one tree into an open database; a command may do several, one after the other.
 *
 *	struct gcv_scan_session session = { .cli = cli, … };
 *	struct gcv_scan_tree scan = { .session = &session, .tree = &tree, .label = "6.12.0",
 *				      .revision = "" };
 *
 *	st = gcv_scan_session_open(&session, db_path, err);
 *	st = gcv_scan_tree_run(&scan, err);
 *	…scan.scan, scan.calls, scan.analysis…
 *	gcv_scan_tree_release(&scan);
 */
#ifndef GCV_CMD_SCAN_TREE_H
#define GCV_CMD_SCAN_TREE_H

#include "cmd/analyse.h"
#include "cmd/progress.h"
#include "cmd/scan_store.h"
#include "cmd/scan_summary.h"
#include "cmd/scratch.h"
#include "db/store.h"

#include <time.h>

/**
 * struct gcv_scan_session - what scans of a command have in common
 * @cli: the command line
 * @api: the API names
 * @worker: path of the worker program
 * @db: opened for writing
 * @scratch: for precompiled headers
 * @progress: shown on stderr
 * @nr_workers: worker processes, at least 1
 * @limits: of the parse of a translation unit; 0 for the default
 * @cache_limit_mib: size of the database beyond which it forgets facts of earlier snapshots
 * @start: monotonic clock when the command began
 * @shard: the part of the scan to do, or what parts it goes on from; else zeroed
 */
struct gcv_scan_session {
	struct gcv_cli *cli;
	struct gcv_api api;
	char *worker;
	struct gcv_db *db;
	struct gcv_scratch scratch;
	struct gcv_progress progress;
	long nr_workers, cache_limit_mib;
	struct gcv_worker_limits limits;
	struct timespec start;
	struct gcv_scan_shard shard;
};

/**
 * struct gcv_scan_tree - one scan; zeroed but for what the caller sets
 * @session: set by the caller
 * @tree: the tree; set by the caller
 * @label: name of the snapshot; set by the caller
 * @revision: commit of the tree, or ""; set by the caller
 * @before: label of a snapshot that probably has much in common with this one; set by the caller,
 * or NULL
 * @arena: owns what lives as long as the scan
 * @stored: units of the database
 * @store: how the scan is stored
 * @scan: the scan
 * @calls: call sites of the snapshot
 * @analysis: what the flow analysis said
 * @demand: what asks for more files
 */
struct gcv_scan_tree {
	struct gcv_scan_session *session;
	const struct gcv_tree *tree;
	const char *label, *revision, *before;
	struct gcv_arena arena;
	struct gcv_stored_units stored;
	struct gcv_scan_store store;
	struct gcv_scan *scan;
	struct gcv_scan_calls calls;
	struct gcv_analyse_sums analysis;
	struct gcv_analyse_demand demand;
};

/**
 * gcv_scan_session_open() - load the API names, find the worker, open the database
 * @session: @cli is set
 * @db_path: the database
 * @err: sentence on failure
 *
 * Return: GCV_OK, or what one of these says.
 */
enum gcv_status gcv_scan_session_open(struct gcv_scan_session *session, const char *db_path,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_session_fail() - say why a scan failed
 * @session: the session
 * @st: the failure
 * @err: its sentence
 *
 * Return: the exit status.
 */
int gcv_scan_session_fail(const struct gcv_scan_session *session, enum gcv_status st,
			  const struct gcv_err *err);

/**
 * gcv_scan_is_partial() - is it a scan of some files or architectures only?
 * @cli: the command line
 *
 * Return: true where it is.
 */
bool gcv_scan_is_partial(const struct gcv_cli *cli);

/**
 * gcv_scan_label() - name of a snapshot that the user did not name
 * @cli: the command line
 * @name: of the whole tree's snapshot
 * @arena: owns the result
 *
 * Return: @name, or another one for a part of the tree.
 */
const char *gcv_scan_label(const struct gcv_cli *cli, const char *name, struct gcv_arena *arena);

/**
 * gcv_scan_tree_run() - scan, store the snapshot, follow the pages and store the results
 * @scan: what; for gcv_scan_tree_release() whatever the outcome
 * @err: sentence on failure
 *
 * Return: GCV_OK or what one of the stages says.
 */
enum gcv_status gcv_scan_tree_run(struct gcv_scan_tree *scan, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_tree_run_shard() - scan a part of the tree and note that it is done
 * @scan: what; for gcv_scan_tree_release() whatever the outcome
 * @err: sentence on failure
 *
 * Return: GCV_OK or what one of the stages says.
 */
enum gcv_status gcv_scan_tree_run_shard(struct gcv_scan_tree *scan,
					struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_session_begin() - read the options that all scans have
 * @session: @cli is set
 *
 * Return: GCV_EXIT_DONE, or GCV_EXIT_USAGE after a message.
 */
int gcv_scan_session_begin(struct gcv_scan_session *session) GCV_MUST_CHECK;

/**
 * gcv_scan_session_tree() - scan the tree of the command line and print the summary
 * @session: the session
 * @db_path: the database; NULL: that of the command line
 *
 * Return: the exit status.
 */
int gcv_scan_session_tree(struct gcv_scan_session *session, const char *db_path);

/**
 * gcv_scan_session_end() - close what a session has open
 * @session: the session
 */
void gcv_scan_session_end(struct gcv_scan_session *session);

/**
 * struct gcv_scan_step - another revision that differs in nothing that a scan depends on
 * @label: name of its snapshot
 * @revision: its commit
 * @more_bytes: by how much its source files are larger, modulo 2 to the power of 64
 * @more_digest: the same for struct gcv_walk's @digest
 */
struct gcv_scan_step {
	const char *label, *revision;
	uint64_t more_bytes, more_digest;
};

/**
 * gcv_scan_tree_can_go_on() - may gcv_scan_tree_go_on() follow?
 * @s: a scan that was run
 *
 * Return: false where it was a scan of a part, or one that uses nothing stored.
 */
bool gcv_scan_tree_can_go_on(const struct gcv_scan_tree *s);

/**
 * gcv_scan_tree_go_on() - store the snapshot of another revision, without looking at its files
 * @s: the scan of the revision before; afterwards it is that of this one
 * @step: the revision; its strings must outlive @s
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store.
 */
enum gcv_status gcv_scan_tree_go_on(struct gcv_scan_tree *s, const struct gcv_scan_step *step,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_tree_release() - free what a scan left in memory
 * @scan: the scan
 */
void gcv_scan_tree_release(struct gcv_scan_tree *scan);

#endif
