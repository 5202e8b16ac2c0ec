/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Edits are checked before they are shown: the edited files are parsed in memory, in every
 * configuration in which they were scanned, the pages are followed again, and the verdicts are
 * compared with those of the tree as it is.
 *
 *	struct gcv_verify_options options = { .db = db, .tree = &tree, .edits = edits, … };
 *	struct gcv_verify *verify;
 *
 *	st = gcv_verify(&options, &verify, err);
 *	…verify->findings: groups of changes that must not be kept, and why…
 *	…verify->db, verify->label, verify->tree: what a second rewrite starts from…
 *	gcv_verify_free(verify);
 *
 * The database is not changed: all of it happens in a copy.
 */
#ifndef GCV_CMD_VERIFY_H
#define GCV_CMD_VERIFY_H

#include "db/store.h"
#include "edit/compare.h"
#include "parse/scan.h"
#include "tree/api.h"
#include "tree/overlay.h"
#include "tree/tree.h"

/**
 * struct gcv_verify_options - what is to be checked
 * @db: database with the snapshot and its results, opened for reading or writing
 * @label: name of the snapshot, NULL for the newest
 * @conversion: results for this conversion are compared; the snapshot must have them
 * (gcv_analyse_stored())
 * @tree: the tree as it is; its @overlay is not used
 * @api: the API names, the same as those of the scan
 * @edits: the edits, each file once
 * @nr_edits: how many
 * @groups: by number of the site in the snapshot the group that converts it, or GCV_NONE; NULL:
 * told by the changes alone (struct gcv_edit_site)
 * @nr_groups: length of @groups
 * @nr_workers: worker processes; 0 is one for each processor
 * @archs: --arch of the scan, or NULL
 * @compile_commands: --compile-commands of the scan, or NULL
 * @progress: who wants to know; its functions may be NULL
 */
struct gcv_verify_options {
	struct gcv_db *db;
	const char *label;
	const char *conversion;
	const struct gcv_tree *tree;
	const struct gcv_api *api;
	const struct gcv_file_edit *edits;
	uint32_t nr_edits;
	const uint32_t *groups;
	uint32_t nr_groups;
	unsigned int nr_workers;
	const char *archs;
	const char *compile_commands;
	struct gcv_scan_progress progress;
};

/**
 * struct gcv_verify - what came out
 * @findings: what the edits must not do; none is what is hoped for
 * @nr_findings: how many
 * @db: copy of the database, with a snapshot of the edited tree and its results; closed, and gone,
 * with this structure
 * @label: name of that snapshot
 * @tree: the tree with the edited files; what it is made of belongs to the tree of the options
 * @overlay: the edited files
 * @nr_parsed: units that were parsed
 * @cpu_ms: CPU time, that of the workers included
 * @arena: owns the findings, the texts of the edited files and @label
 */
struct gcv_verify {
	struct gcv_finding *findings;
	uint32_t nr_findings;
	struct gcv_db *db;
	const char *label;
	struct gcv_tree tree;
	struct gcv_overlay overlay;
	uint32_t nr_parsed;
	uint64_t cpu_ms;
	struct gcv_arena arena;
};

/**
 * gcv_verify() - check edits
 * @options: what and how
 * @ret: for gcv_verify_free()
 * @err: sentence on failure
 *
 * All but the edited files counts as unchanged since the scan; compare hashes first where that is
 * not sure (gcv_db_file_hash()).
 *
 * Return: GCV_OK (also with findings), GCV_ERR_NOT_FOUND (no such snapshot, or it has no results
 * for the conversion; a path leads out of the tree), or what the scan or the analysis says.
 */
enum gcv_status gcv_verify(const struct gcv_verify_options *options, struct gcv_verify **ret,
			   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_verify_free() - free a check and remove the copy of the database
 * @verify: the check or NULL
 */
void gcv_verify_free(struct gcv_verify *verify);

#endif
