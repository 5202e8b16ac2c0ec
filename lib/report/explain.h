/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a site has its verdict: the sentence, the reasons and the ways of its pages, each with its
 * source line. Text and JSON are both made of it.
 *
 *	struct gcv_explain_source source = { .rows = &rows, .steps = steps, .file_hash = hash, … };
 *	struct gcv_explain_query query = { .file = "drivers/foo/pages.c", .line = 164 };
 *
 *	st = gcv_explain_collect(&source, &query, &explain, err);
 *	for (i = 0; i < explain.nr_sites; i++)
 *		puts(explain.sites[i].sentence);
 *	gcv_explain_release(&explain);
 */
#ifndef GCV_REPORT_EXPLAIN_H
#define GCV_REPORT_EXPLAIN_H

#include "base/alloc.h"
#include "report/lines.h"
#include "report/source.h"
#include "tree/api.h"

/** GCV_EXPLAIN_NEAREST - sites that are named where none is at the place asked for */
#define GCV_EXPLAIN_NEAREST 3

/**
 * struct gcv_explain_source - where it is taken from
 * @rows: @sites and @apis are asked
 * @steps: the steps of a site's result; gcv_db_result_steps()
 * @file_hash: what a file held when it was scanned; gcv_db_file_hash()
 * @lines: lines of the tree; NULL: there are no source lines
 * @api: the table of API names and conversions
 */
struct gcv_explain_source {
	const struct gcv_report_source *rows;
	enum gcv_status (*steps)(void *ctx, const char *label, const char *conversion,
				 uint32_t site, struct gcv_arena *arena,
				 struct gcv_result_step **ret_steps, uint32_t *ret_nr,
				 struct gcv_err *err);
	enum gcv_status (*file_hash)(void *ctx, const char *label, const char *path,
				     uint8_t ret_hash[16], bool *ret_found, struct gcv_err *err);
	struct gcv_lines *lines;
	const struct gcv_api *api;
};

/**
 * struct gcv_explain_query - what is to be explained
 * @label: name of the snapshot
 * @conversion: verdicts for this conversion, or NULL for those that were stored first
 * @id: id of a site, or NULL
 * @file: else the file
 * @line: and the line
 */
struct gcv_explain_query {
	const char *label;
	const char *conversion;
	const char *id;
	const char *file;
	uint32_t line;
};

/**
 * struct gcv_explain_place - a place in the tree
 * @file: path, or ""
 * @line: line there, or 0
 * @function: function, or ""
 * @text: the source line without the blanks around it, with those that follow as long as brackets
 * are open; NULL where it cannot be read
 */
struct gcv_explain_place {
	const char *file;
	uint32_t line;
	const char *function;
	const char *text;
};

/**
 * struct gcv_explain_step - a step of a way
 * @kind: "acquire", "origin", "flow", "release" or "use"
 * @text: what happens
 * @place: where
 * @parent: index of the step that it follows, less than its own; GCV_NONE for a first one
 * @depth: how many times the way has parted before it
 * @is_branch: the way parts here: this is the first step of one of several
 * @site: of a release the index of its site in struct gcv_explain, or GCV_NONE
 */
struct gcv_explain_step {
	const char *kind;
	const char *text;
	struct gcv_explain_place place;
	uint32_t parent;
	uint32_t depth;
	bool is_branch;
	uint32_t site;
};

/**
 * struct gcv_explain_way - steps that belong together
 * @site: index of the other end's site in struct gcv_explain, or GCV_NONE
 * @steps: parents before those that follow them, depth first
 * @nr_steps: how many
 */
struct gcv_explain_way {
	uint32_t site;
	struct gcv_explain_step *steps;
	uint32_t nr_steps;
};

/**
 * struct gcv_explain_reason - a reason and the place that proves it
 * @code: its code
 * @text: in a sentence
 * @note: of a reason that is about another site: the reason that one has; or NULL
 * @place: where; without a file there is none
 */
struct gcv_explain_reason {
	const char *code;
	const char *text;
	const char *note;
	struct gcv_explain_place place;
};

/**
 * struct gcv_explain_site - a site
 * @site: the site, with its result or NULL
 * @place: where
 * @is_asked: it was asked for; else it is the other end of one that was, and the rest is empty
 * @sentence: the verdict
 * @use: of an acquire: which case of pin_user_pages.rst it is, in a sentence; or ""
 * @summary: the same in a few words for a list: shape, provenance and verdict; or ""
 * @reasons: why, the deciding ones first
 * @ways: of an acquire one, the tree from it to its releases; of a release one for each acquire
 * whose pages it gives back, and one for each other origin of pages
 * @uses: of an acquire: what is done to its pages, of kind "use"
 * @nr_reasons: how many
 * @nr_ways: how many
 */
struct gcv_explain_site {
	const struct gcv_site *site;
	struct gcv_explain_place place;
	bool is_asked;
	const char *sentence;
	const char *use;
	const char *summary;
	struct gcv_explain_reason *reasons;
	struct gcv_explain_way *ways;
	struct gcv_explain_way uses;
	uint32_t nr_reasons, nr_ways, cap_ways;
};

/**
 * struct gcv_explain - an explanation
 * @arena: owns everything but arrays that grow
 * @conversion: what the verdicts are for, or ""
 * @sites: the sites that were asked for, then the other ends, by path and line
 * @nr_sites: how many
 * @cap_sites: allocated length
 * @nr_asked: how many were asked for; 0 where there is none at the place
 * @nearest: if so, the nearest sites in the file
 * @nr_nearest: how many
 * @changed: files with source lines that are no longer as they were scanned
 * @nr_changed: how many
 * @cap_changed: allocated length
 */
struct gcv_explain {
	struct gcv_arena arena;
	const char *conversion;
	struct gcv_explain_site *sites;
	uint32_t nr_sites, cap_sites, nr_asked;
	const struct gcv_site *nearest[GCV_EXPLAIN_NEAREST];
	uint32_t nr_nearest;
	const char **changed;
	uint32_t nr_changed, cap_changed;
};

/**
 * gcv_explain_collect() - make an explanation
 * @source: where it is taken from
 * @query: of what
 * @ret: for gcv_explain_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK (also where there is no such site, see @nearest), or what the source returned.
 */
enum gcv_status gcv_explain_collect(const struct gcv_explain_source *source,
				    const struct gcv_explain_query *query, struct gcv_explain *ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_explain_release() - free an explanation
 * @explain: a zeroed one is allowed
 */
void gcv_explain_release(struct gcv_explain *explain);

#endif
