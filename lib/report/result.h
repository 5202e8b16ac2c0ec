/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the analysis found out about the sites of a snapshot, for one conversion, as plain
 * structures: the analysis fills them, the store keeps them, reports are made of them.
 *
 *	struct gcv_result_set set = { .conversion = "put-user-page", .results = results, … };
 *
 *	st = gcv_db_results_put(db, NULL, &set, err);
 *	st = gcv_db_sites(db, NULL, NULL, show, NULL, err);	show() finds site->result
 *
 * Words are those of classify/words.h. Strings are never NULL ("" where there is nothing or where
 * it is not known); paths are relative to the tree, lines count from 1, 0 is none.
 */
#ifndef GCV_REPORT_RESULT_H
#define GCV_REPORT_RESULT_H

#include "parse/facts.h"

/**
 * enum gcv_longterm - is FOLL_LONGTERM due?
 * @GCV_LONGTERM_UNKNOWN: not known, or not asked for (a release)
 * @GCV_LONGTERM_NO: no
 * @GCV_LONGTERM_DUE: the pages stay for as long as user space likes
 */
enum gcv_longterm { GCV_LONGTERM_UNKNOWN, GCV_LONGTERM_NO, GCV_LONGTERM_DUE };

/**
 * struct gcv_result_reason - what a verdict rests on
 * @code: stable code, "mixed-provenance"
 * @text: a sentence
 * @file: place that proves it, or ""
 * @line: line there, or 0
 */
struct gcv_result_reason {
	const char *code;
	const char *text;
	const char *file;
	uint32_t line;
};

/**
 * struct gcv_result_step - a step on the way from an acquire to its releases, or from another
 * origin of pages to a release, for gupconv-explain(1)
 * @kind: what happens, in a word: "acquire" and "origin" begin a way, "flow" leads on, "release"
 * ends it; "use" is what is done to pages of the acquire
 * @text: what happens, in a sentence
 * @file: where, or ""
 * @line: line there, or 0
 * @function: function, or ""
 * @parent: index of the step that it follows, less than its own; GCV_NONE for a first one
 */
struct gcv_result_step {
	const char *kind;
	const char *text;
	const char *file;
	uint32_t line;
	const char *function;
	uint32_t parent;
};

/**
 * struct gcv_result - what was found out about a site
 * @site: number of the site in its snapshot: index into the sites of a program, which are all sites
 * in their order
 * @conversion: name of the conversion; only set by a reader
 * @pattern: shape of the release, or of an acquire's releases
 * @verdict: what is to be done
 * @provenance: of a release: which pages it gives back
 * @dirty: of a release: are the pages dirtied? "never", "always", "by-argument", "conditional", or
 * ""
 * @pin_case: of an acquire: case of pin_user_pages.rst, 1 to 5; 0 where it is none
 * @longterm: of an acquire: is FOLL_LONGTERM due?
 * @reasons: what the verdict rests on, the most important first
 * @partners: numbers of the releases of an acquire, or of the acquires of a release, ascending
 * @partner_ids: ids of these sites; only set by a reader
 * @steps: of an acquire the ways of its pages and what is done to them; of a release the ways of
 * pages that do not come from an acquire; left out by a reader of all results
 * @nr_reasons: how many
 * @nr_partners: how many
 * @nr_steps: how many
 */
struct gcv_result {
	uint32_t site;
	const char *conversion;
	const char *pattern;
	const char *verdict;
	const char *provenance;
	const char *dirty;
	uint32_t pin_case;
	enum gcv_longterm longterm;
	const struct gcv_result_reason *reasons;
	const uint32_t *partners;
	const char *const *partner_ids;
	const struct gcv_result_step *steps;
	uint32_t nr_reasons, nr_partners, nr_steps;
};

/**
 * struct gcv_result_file - a file that was parsed because the flow led there
 * @path: the file
 * @reason: why, in a sentence
 */
struct gcv_result_file {
	const char *path;
	const char *reason;
};

/** GCV_RESULT_KEY_BYTES - length of a key of results */
#define GCV_RESULT_KEY_BYTES 16

/**
 * struct gcv_result_set - the results of a snapshot for a conversion
 * @conversion: its name, "put-user-page"
 * @results: at most one for each site
 * @files: files parsed on demand, each once
 * @nr_results: how many
 * @nr_files: how many
 * @key: hash of all that the results depend on, GCV_RESULT_KEY_BYTES long; NULL: they are not to
 * outlive their snapshot
 */
struct gcv_result_set {
	const char *conversion;
	const struct gcv_result *results;
	const struct gcv_result_file *files;
	uint32_t nr_results, nr_files;
	const uint8_t *key;
};

/**
 * struct gcv_result_note - a step of the way through the code to a fault
 * @file: where
 * @line: line there, or 0
 * @column: column there in bytes, or 0
 * @function: function, or ""
 * @text: what happens there, in a short sentence
 */
struct gcv_result_note {
	const char *file;
	uint32_t line, column;
	const char *function;
	const char *text;
};

/**
 * struct gcv_result_fault - a fault that a check found; words are those of check/words.h
 * @id: 16 hexadecimal digits that stay the same while other lines of the file change: a hash of
 * check, file, function, API name and the ordinal among the faults that have all these in common
 * @check: which check
 * @severity: how bad that is
 * @confidence: how sure it is
 * @site: number of the site that it is about, or GCV_NONE
 * @site_id: id of that site, or ""; only set by a reader
 * @api: API function of that site, or ""
 * @file: where it stands
 * @line: line there
 * @column: column there in bytes, or 0
 * @function: function, or ""
 * @text: what is wrong, in a sentence
 * @notes: the way there, in the order in which the code runs
 * @nr_notes: how many
 */
struct gcv_result_fault {
	const char *id;
	const char *check;
	const char *severity;
	const char *confidence;
	uint32_t site;
	const char *site_id;
	const char *api;
	const char *file;
	uint32_t line, column;
	const char *function;
	const char *text;
	const struct gcv_result_note *notes;
	uint32_t nr_notes;
};

/**
 * struct gcv_result_ignore - a comment in the code that silences a fault
 * @file: where
 * @line: line on which it begins
 * @target: line whose faults it silences
 * @check: which check
 * @reason: why, or "": then it silences nothing
 */
struct gcv_result_ignore {
	const char *file;
	uint32_t line, target;
	const char *check;
	const char *reason;
};

/**
 * struct gcv_result_fault_set - what the checks say of a snapshot, for any conversion
 * @faults: by file and line, each once
 * @ignores: comments of the files that have sites or faults, by file and line
 * @nr_faults: how many
 * @nr_ignores: how many
 * @key: as of struct gcv_result_set, or NULL
 */
struct gcv_result_fault_set {
	const struct gcv_result_fault *faults;
	const struct gcv_result_ignore *ignores;
	uint32_t nr_faults, nr_ignores;
	const uint8_t *key;
};

#endif
