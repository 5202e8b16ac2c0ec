/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The audit of a posted series: what its patches do to the sites of a scanned tree, held against
 * what the analysis knows of these sites.
 *
 *	struct gcv_audit audit = { .patches = &patches, .files = files, .sites = sites, … };
 *
 *	gcv_audit_run(&audit, &findings);
 *	for (i = 0; i < audit.nr_sites; i++)
 *		…audit.sites[i].fate, .patch…
 *
 * Nothing is asked of a database: whoever calls fills plain structures.
 */
#ifndef GCV_REPORT_AUDIT_H
#define GCV_REPORT_AUDIT_H

#include "classify/words.h"
#include "edit/patch_apply.h"
#include "report/audit_words.h"
#include "report/findings.h"
#include "tree/api.h"

/**
 * enum gcv_audit_fate - what becomes of a site
 * @GCV_FATE_KEPT: it stays as it is, be it on another line
 * @GCV_FATE_CONVERTED: a call of the conversion takes its place
 * @GCV_FATE_LEFT_OUT: it stays as it is though others of the same pages are converted
 * @GCV_FATE_GONE: its line goes, and nothing of the conversion comes in the same file
 */
enum gcv_audit_fate {
	GCV_FATE_KEPT,
	GCV_FATE_LEFT_OUT,
	GCV_FATE_CONVERTED,
	GCV_FATE_GONE,
};

/**
 * struct gcv_audit_site - a site with its result
 * @id: as of struct gcv_site
 * @file: where; the same for @function, @api, @line, @column, @offset
 * @function: see @file
 * @api: see @file
 * @name: what stands at @offset: @api, or the macro that makes the call
 * @offset: see @file
 * @line: see @file
 * @column: see @file
 * @is_acquire: else a release
 * @is_homonym: not a call of the API; takes no part
 * @verdict: GCV_VERDICTS where there is no result
 * @provenance: of a release; GCV_PROVENANCES where there is no result
 * @reasons: what the verdict rests on
 * @nr_reasons: how many
 * @partners: indices of sites
 * @nr_partners: how many
 * @fate: what the series does with it; set by gcv_audit_run()
 * @patch: which patch does
 */
struct gcv_audit_site {
	const char *id;
	const char *file;
	const char *function;
	const char *api;
	const char *name;
	uint32_t offset, line, column;
	bool is_acquire, is_homonym;
	enum gcv_verdict verdict;
	enum gcv_provenance provenance;
	const struct gcv_result_reason *reasons;
	uint32_t nr_reasons;
	const uint32_t *partners;
	uint32_t nr_partners;
	enum gcv_audit_fate fate;
	uint32_t patch;
};

/**
 * struct gcv_audit_hunk - how a hunk fitted
 * @patch: number of its patch
 * @path: its file
 * @hunk: the hunk
 * @fit: how
 * @is_missing: the tree does not have the file
 */
struct gcv_audit_hunk {
	uint32_t patch;
	const char *path;
	const struct gcv_patch_hunk *hunk;
	enum gcv_hunk_fit fit;
	bool is_missing;
};

/**
 * struct gcv_audit - see above
 * @patches: in the order in which they were applied
 * @files: files that they touch, each once, with all patches applied
 * @hunks: all hunks
 * @sites: all sites of the snapshot, in its order
 * @api: the API names
 * @conversion: what the series converts to
 * @nr_files: how many
 * @nr_hunks: how many
 * @nr_sites: how many
 */
struct gcv_audit {
	const struct gcv_patches *patches;
	const struct gcv_patched_file *files;
	const struct gcv_audit_hunk *hunks;
	struct gcv_audit_site *sites;
	const struct gcv_api *api;
	const struct gcv_api_conversion *conversion;
	uint32_t nr_files, nr_hunks, nr_sites;
};

/**
 * gcv_audit_conversion() - what does a series convert to?
 * @files: the files that it touches
 * @nr_files: how many
 * @api: the API names
 *
 * Return: the conversion whose calls it puts in most often, NULL where it puts none in.
 */
const struct gcv_api_conversion *gcv_audit_conversion(const struct gcv_patched_file *files,
						      uint32_t nr_files, const struct gcv_api *api);

/**
 * gcv_audit_run() - hold the series against the results
 * @audit: fates of sites are set
 * @findings: where findings are added
 */
void gcv_audit_run(struct gcv_audit *audit, struct gcv_findings *findings);

/**
 * gcv_audit_is_untouched() - would the conversion convert a site that the series leaves alone?
 * @audit: after gcv_audit_run()
 * @site: one of its sites
 *
 * Return: true where it would, together with all that belongs to it.
 */
bool gcv_audit_is_untouched(const struct gcv_audit *audit, const struct gcv_audit_site *site);

/**
 * gcv_audit_add() - add a finding about a patch
 * @audit: the audit
 * @findings: where
 * @kind: what is wrong
 * @patch: number of the patch, or GCV_PATCHED_NONE for the series as a whole
 * @fault: @confidence, @file, @line, @column, @function, @api, @site_id, @text and notes are taken;
 * the other members need not be set. What the patch is goes before @text.
 */
void gcv_audit_add(const struct gcv_audit *audit, struct gcv_findings *findings,
		   enum gcv_audit_kind kind, uint32_t patch, const struct gcv_result_fault *fault);

/**
 * gcv_audit_sort() - sort findings by patch, file and line
 * @findings: all of one audit; those about no patch come first
 */
void gcv_audit_sort(struct gcv_findings *findings);

#endif
