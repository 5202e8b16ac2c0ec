/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What check has to know for --series: the posted patches, applied in memory to the tree that was
 * scanned, and what its results say about them.
 *
 *	struct gcv_check_series *series;
 *
 *	st = gcv_check_series_run(cli, db, &findings, &series, err);
 *	…series->audit.sites[i].fate…
 *	gcv_check_series_free(series);
 */
#ifndef GCV_CMD_CHECK_SERIES_H
#define GCV_CMD_CHECK_SERIES_H

#include "cmd/option.h"
#include "report/audit.h"
#include "tree/tree.h"

struct gcv_db;

/**
 * struct gcv_check_series - an audit with all that it rests on
 * @arena: owns texts, paths and sites
 * @tree: the tree
 * @api: the API names
 * @patches: the series
 * @files: files that it touches
 * @hunks: how its hunks fitted
 * @sites: sites of the snapshot
 * @audit: what was made of them
 * @cap_files: room
 * @cap_hunks: room
 * @cap_sites: room
 */
struct gcv_check_series {
	struct gcv_arena arena;
	struct gcv_tree tree;
	struct gcv_api api;
	struct gcv_patches patches;
	struct gcv_patched_file *files;
	struct gcv_audit_hunk *hunks;
	struct gcv_audit_site *sites;
	struct gcv_audit audit;
	uint32_t cap_files, cap_hunks, cap_sites;
};

/**
 * gcv_check_series_run() - audit the series of the command line
 * @cli: the command line
 * @db: the database; closed and opened for writing where results for the conversion of the series
 * have to be made
 * @findings: where findings are added
 * @ret: for gcv_check_series_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such file, or no patch in it), GCV_ERR_FORMAT (a damaged
 * patch), GCV_ERR_IO (also where a file has changed since the scan), or what the analysis says.
 */
enum gcv_status gcv_check_series_run(const struct gcv_cli *cli, struct gcv_db **db,
				     struct gcv_findings *findings, struct gcv_check_series **ret,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_check_series_free() - free an audit
 * @series: the audit or NULL
 */
void gcv_check_series_free(struct gcv_check_series *series);

#endif
