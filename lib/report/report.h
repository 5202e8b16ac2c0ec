/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report on a snapshot: what it sums up to. Text and JSON are both made of it.
 *
 *	struct gcv_report report;
 *
 *	st = gcv_report_collect(&source, &(struct gcv_report_options){ .api = &api }, &report, err);
 *	printf("%u acquires\n", report.acquires);
 *	st = gcv_report_write_json(&report, &source, GCV_VERSION, stdout, err);
 *	gcv_report_release(&report);
 *
 * Lists that are as long as the tree is large are not kept: the document reads them once more.
 */
#ifndef GCV_REPORT_REPORT_H
#define GCV_REPORT_REPORT_H

#include "classify/words.h"
#include "parse/scan.h"
#include "report/changes.h"
#include "report/source.h"
#include "tree/api.h"

#include <stdio.h>

/** GCV_REPORT_MAJOR - raised where a key of the document goes away or changes its meaning */
#define GCV_REPORT_MAJOR 1
/** GCV_REPORT_MINOR - raised where a key is added */
#define GCV_REPORT_MINOR 3

/**
 * struct gcv_report_name - an API name
 * @name: the name
 * @role: "acquire", "release", "other"; "" where the snapshot does not know it
 * @state: how the tree declares it, in kebab-case; "" where the snapshot does not know it
 * @dirty: of a release: "never", "always", "by-argument"; NULL where it is not known
 * @sites: calls of it, homonyms apart
 * @classes: its occurrences outside of tools/ and Documentation/
 */
struct gcv_report_name {
	const char *name;
	const char *role;
	const char *state;
	const char *dirty;
	uint32_t sites;
	uint32_t classes[GCV_LEDGER_CLASSES];
};

/**
 * struct gcv_report_numbers - what the scan counted; -1 is not known
 * @files_read: source files
 * @bytes_read: their size
 * @candidates: files with API names outside of tools/ and Documentation/
 * @candidates_apart: those inside
 * @occurrences_apart: occurrences inside
 * @units: translation units
 * @configurations: distinct configurations
 * @code: occurrences that are code
 * @code_seen: of these seen in a syntax tree
 */
struct gcv_report_numbers {
	int64_t files_read, bytes_read;
	int64_t candidates, candidates_apart, occurrences_apart;
	int64_t units, configurations;
	int64_t code, code_seen;
};

/**
 * struct gcv_report_history - a snapshot of the database
 * @row: the snapshot
 * @acquires: acquire sites in it, homonyms apart
 * @releases: release sites in it, homonyms apart
 * @conversion: what @verdicts are for; NULL where there are no results
 * @verdicts: acquires by verdict
 */
struct gcv_report_history {
	struct gcv_snapshot_row row;
	uint32_t acquires, releases;
	const char *conversion;
	uint32_t verdicts[GCV_VERDICTS];
};

/**
 * struct gcv_report_subsystem - the sites of one entry of MAINTAINERS
 * @subsystem: the entry; its title is NULL for sites of no entry
 * @acquires: acquire sites, homonyms apart
 * @releases: release sites, homonyms apart
 * @verdicts: acquires by verdict
 */
struct gcv_report_subsystem {
	struct gcv_subsystem subsystem;
	uint32_t acquires, releases;
	uint32_t verdicts[GCV_VERDICTS];
};

/**
 * struct gcv_report_count - how often a word occurs
 * @word: a pattern, or the code of a reason
 * @count: acquire sites that have it
 */
struct gcv_report_count {
	const char *word;
	uint32_t count;
};

/**
 * struct gcv_report_options - what a report is about
 * @label: name of the snapshot, or NULL for the newest
 * @since: name of the snapshot that it is compared with; NULL: the last one before it that also is
 * of the whole tree, or of a part of it
 * @filter: which sites; the ledger is not filtered; NULL for all
 * @api: the table, which tells whether a release dirties; NULL: that is not known
 */
struct gcv_report_options {
	const char *label;
	const char *since;
	const struct gcv_site_filter *filter;
	const struct gcv_api *api;
};

/**
 * struct gcv_report_failure - a translation unit without facts
 * @main: its main file
 * @config: configuration
 * @cause: why
 */
struct gcv_report_failure {
	const char *main;
	const char *config;
	const char *cause;
};

/**
 * struct gcv_report - the sums of a snapshot
 * @arena: owns the strings
 * @index: numbers of the API names during collection
 * @snapshot: the snapshot
 * @numbers: what the scan counted
 * @acquires: acquire sites, homonyms apart
 * @releases: release sites, homonyms apart
 * @homonyms: calls of functions that only bear an API's name
 * @conversion: what @verdicts are for; NULL where there are no results
 * @verdicts: acquires by verdict
 * @classes: the ledger outside of tools/ and Documentation/
 * @occurrences: its sum
 * @units_with_errors: translation units with errors in the main file
 * @names: API names that the snapshot knows or that occur, sorted
 * @nr_names: how many
 * @cap_names: allocated length
 * @failures: units without facts, by main file and configuration
 * @nr_failures: how many
 * @cap_failures: allocated length
 * @filter: which sites are in it
 * @subsystems: entries of MAINTAINERS that have sites, those with the most work left first
 * @nr_subsystems: how many
 * @cap_subsystems: allocated length
 * @patterns: patterns of the acquires, the most frequent first
 * @nr_patterns: how many
 * @cap_patterns: allocated length
 * @reasons: deciding reasons of the acquires that are refused, the most frequent first
 * @nr_reasons: how many
 * @cap_reasons: allocated length
 * @changes: against the snapshot before
 * @has_changes: there is one
 * @history: all snapshots of the database, the oldest first
 * @nr_history: how many
 * @cap_history: allocated length
 * @review_facts: mails about series, which @reviews points to
 * @reviews: the state of review, for all sites whatever @filter says
 * @has_reviews: series were made, or mails read
 */
struct gcv_report {
	struct gcv_arena arena;
	struct gcv_intern index;
	struct gcv_snapshot_row snapshot;
	struct gcv_report_numbers numbers;
	uint32_t acquires, releases, homonyms;
	const char *conversion;
	uint32_t verdicts[GCV_VERDICTS];
	uint32_t classes[GCV_LEDGER_CLASSES], occurrences;
	uint32_t units_with_errors;
	struct gcv_report_name *names;
	uint32_t nr_names, cap_names;
	struct gcv_report_failure *failures;
	uint32_t nr_failures, cap_failures;
	struct gcv_site_filter filter;
	struct gcv_report_subsystem *subsystems;
	uint32_t nr_subsystems, cap_subsystems;
	struct gcv_report_count *patterns, *reasons;
	uint32_t nr_patterns, cap_patterns, nr_reasons, cap_reasons;
	struct gcv_report_changes changes;
	bool has_changes;
	struct gcv_report_history *history;
	uint32_t nr_history, cap_history;
	struct gcv_review_facts review_facts;
	struct gcv_reviews reviews;
	bool has_reviews;
};

/**
 * gcv_report_collect() - sum a snapshot up
 * @source: where the rows come from
 * @options: of what; must outlive the report
 * @ret_report: for gcv_report_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot, or none at all), GCV_ERR_FORMAT (a row that
 * makes no sense), or what the source returned.
 */
enum gcv_status gcv_report_collect(const struct gcv_report_source *source,
				   const struct gcv_report_options *options,
				   struct gcv_report *ret_report,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_report_read_numbers() - the sums that a scan left with its snapshot
 * @snapshot: the snapshot
 * @ret_numbers: -1 for what is not there
 * @err: names the snapshot and the key
 *
 * Return: GCV_OK or GCV_ERR_FORMAT (no JSON object, or a number that is none or negative).
 */
enum gcv_status gcv_report_read_numbers(const struct gcv_snapshot_row *snapshot,
					struct gcv_report_numbers *ret_numbers,
					struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_report_dirty() - does a release also dirty the pages?
 * @api: the table
 * @declared: the name and the prototype that the tree has
 *
 * Where prototypes of the table differ, the tree's number of parameters decides.
 *
 * Return: "never", "always", "by-argument", or NULL where that is not known.
 */
const char *gcv_report_dirty(const struct gcv_api *api, const struct gcv_snapshot_api *declared);

/**
 * gcv_report_find_name() - an API name of the report
 * @report: as it was collected
 * @name: the name
 *
 * Return: the name or NULL.
 */
const struct gcv_report_name *gcv_report_find_name(const struct gcv_report *report,
						   const char *name);

/**
 * gcv_report_write_json() - write the document of gupconv-report(5)
 * @report: as it was collected
 * @source: the same source
 * @version: version of the program
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_IO (not all was written) or what the source returned.
 */
enum gcv_status gcv_report_write_json(const struct gcv_report *report,
				      const struct gcv_report_source *source, const char *version,
				      FILE *out, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_report_write_script() - write the same document so that it can stand in an HTML page
 * @report: as it was collected
 * @source: the same source
 * @version: version of the program
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * It differs in how characters are written that have a meaning in HTML; see struct gcv_json_stream.
 *
 * Return: as gcv_report_write_json().
 */
enum gcv_status gcv_report_write_script(const struct gcv_report *report,
					const struct gcv_report_source *source, const char *version,
					FILE *out, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_report_release() - free a report
 * @report: the report; a zeroed one is allowed
 */
void gcv_report_release(struct gcv_report *report);

#endif
