/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one scan found, as plain structures: call sites, textual occurrences, API names in force and
 * translation units. The store fills them from the database, reports are made of them.
 *
 *	static enum gcv_status show(void *data, const struct gcv_site *site, struct gcv_err *err)
 *	{
 *		printf("%s:%u: %s %s\n", site->file, site->line, site->function, site->api);
 *		return GCV_OK;
 *	}
 *
 *	st = gcv_db_sites(db, NULL, NULL, show, NULL, err);
 *
 * Strings are NUL-terminated and never NULL ("" where there is nothing), paths are relative to the
 * tree, offsets count bytes from 0, lines and columns from 1. What a callback is handed belongs to
 * the caller and is gone when the callback returns.
 */
#ifndef GCV_REPORT_SITE_H
#define GCV_REPORT_SITE_H

#include "report/result.h"
#include "report/subsystem.h"
#include "parse/unit.h"

/**
 * struct gcv_site - a call of an acquire or release function, once however often it was seen
 * @id: 16 hexadecimal digits: XXH3 64 of file, function, API name and ordinal; the same in every
 * revision in which these are the same
 * @role: "acquire" or "release"
 * @file: file of the call
 * @offset: of the callee's name, or of the name of the macro that makes the call
 * @line: of @offset
 * @column: of @offset, in bytes
 * @function: function that holds the call
 * @api: name of the function called
 * @flags: text of the flags argument, "" where there is none
 * @ordinal: number of the call among the calls of @api in @function, from 0 in source order
 * @macro: the outermost macro that makes the call, or ""
 * @macro_file: where the call is spelled in that case, or ""
 * @macro_line: line there, or 0
 * @homonym: the callee only bears the API's name; another function is meant
 * @configs: configurations in which the call was seen, sorted
 * @nr_configs: how many
 * @result: what the analysis found out about it, without steps, or NULL
 * @subsystem: entry of MAINTAINERS that has its file, or NULL
 */
struct gcv_site {
	const char *id;
	const char *role;
	const char *file;
	uint32_t offset, line, column;
	const char *function;
	const char *api;
	const char *flags;
	uint32_t ordinal;
	const char *macro;
	const char *macro_file;
	uint32_t macro_line;
	bool homonym;
	const char **configs;
	uint32_t nr_configs;
	const struct gcv_result *result;
	const struct gcv_subsystem *subsystem;
};

/**
 * struct gcv_site_filter - which sites are wanted; a zeroed one lets all pass
 * @role: this role, or NULL
 * @api: this API name, or NULL
 * @conversion: results are those for this conversion; NULL: those that were stored first
 * @pattern: only sites with a result of this pattern, or NULL
 * @verdict: only with this verdict, or NULL
 * @reason: only with this among the codes of the reasons, or NULL
 * @subsystem: only those of the entry of MAINTAINERS of this title, in any case; "none" for those
 * of no entry; or NULL
 * @maintainer: only those of entries that have this in an address, in any case, or NULL
 * @status: only those of entries whose status begins so, in any case, or NULL
 * @is_homonym: only calls of functions that merely bear an API's name
 * @is_bare: neither @configs of the sites nor the partners of their results are wanted: they are
 * empty then
 * @paths: these files and what is below these folders
 * @nr_paths: how many; 0 lets all pass
 */
struct gcv_site_filter {
	const char *role;
	const char *api;
	const char *conversion;
	const char *pattern;
	const char *verdict;
	const char *reason;
	const char *subsystem;
	const char *maintainer;
	const char *status;
	bool is_homonym, is_bare;
	const char *const *paths;
	uint32_t nr_paths;
};

/**
 * gcv_site_may_be_wanted() - does a site pass a filter, as far as that can be told without its
 * result?
 * @site: the site; its @result and @configs are not looked at
 * @filter: the filter; NULL lets all pass
 *
 * Return: false where gcv_site_is_wanted() says so whatever the result is.
 */
bool gcv_site_may_be_wanted(const struct gcv_site *site, const struct gcv_site_filter *filter);

/**
 * gcv_site_is_wanted() - does a site pass a filter?
 * @site: the site
 * @filter: the filter; NULL lets all pass
 *
 * Return: true where it does.
 */
bool gcv_site_is_wanted(const struct gcv_site *site, const struct gcv_site_filter *filter);

/**
 * struct gcv_occurrence_row - a textual occurrence of an API name in the tree: a line of the ledger
 * @file: path
 * @hash: XXH3 128 of the file's bytes
 * @offset: of the name
 * @line: of the name
 * @column: of the name, in bytes
 * @api: the name
 * @class_name: class of the ledger, in kebab-case
 * @detail: what the class leaves open (name of a macro, cause of a failure), or ""
 * @condition: condition under which the line would be compiled, where it never was, or ""
 */
struct gcv_occurrence_row {
	const char *file;
	uint8_t hash[16];
	uint32_t offset, line, column;
	const char *api;
	const char *class_name;
	const char *detail;
	const char *condition;
};

/**
 * struct gcv_snapshot_api - an API name and what the tree's headers say about it
 * @name: the name
 * @role: "acquire", "release" or another role, for which no sites are made
 * @family: such as "gup", "pin"
 * @state: how the tree's declaration compares with the table, in kebab-case
 * @prototype: type as declared, or ""
 * @file: header that declares it, or ""
 * @line: line there, or 0
 */
struct gcv_snapshot_api {
	const char *name;
	const char *role;
	const char *family;
	const char *state;
	const char *prototype;
	const char *file;
	uint32_t line;
};

/**
 * struct gcv_snapshot - one scan of one revision, as it is handed to the store
 * @label: name of the snapshot; a snapshot of the same label is replaced
 * @kernel: release of the tree, "6.12.1"
 * @revision: revision in version control, or ""
 * @tool: program and version that made it
 * @summary: sums, as JSON text
 * @complete: the whole tree was scanned, and to the end
 * @units: ids of the units that belong to it; those that other units start from (precompiled
 * headers) need not be named
 * @occurrences: the ledger
 * @apis: API names; calls of those with the role "acquire" or "release" become sites
 * @headers: hashes of the paths of the tree's headers (struct gcv_stored_units); only of a complete
 * snapshot
 * @nr_units: how many
 * @nr_occurrences: how many
 * @nr_apis: how many
 * @nr_headers: how many; 0 leaves what is stored
 * @results_key: what the results of the analysis depend on (struct gcv_result_set): those with the
 * same key stay when a snapshot of the same label is replaced, or else are copied from another
 * snapshot that has them; all others go; NULL: none is known
 * @results_made_with: the key that such results bear so far, where it is another one: what became
 * different since does not count; they are copied and get @results_key; or NULL
 * @is_homonym: tells a call of a function that only bears the name; NULL: there are none
 * @flags_arg: position of the flags argument from 0, or -1; NULL: there are none
 * @data: first argument of both
 */
struct gcv_snapshot {
	const char *label;
	const char *kernel;
	const char *revision;
	const char *tool;
	const char *summary;
	bool complete;
	const int64_t *units;
	const struct gcv_occurrence_row *occurrences;
	const struct gcv_snapshot_api *apis;
	const uint64_t *headers;
	uint32_t nr_units, nr_occurrences, nr_apis, nr_headers;
	const uint8_t *results_key, *results_made_with;
	bool (*is_homonym)(void *data, const char *api, const char *decl_file,
			   const char *decl_type, enum gcv_linkage decl_linkage);
	int (*flags_arg)(void *data, const char *api, uint32_t nr_args, const char *decl_type);
	void *data;
};

/**
 * struct gcv_snapshot_row - a snapshot in the database
 * @id: its number; a larger one is newer
 * @label: its name
 * @kernel: release of the tree
 * @revision: revision in version control, or ""
 * @tool: program and version that made it
 * @summary: sums, as JSON text
 * @complete: the whole tree was scanned, and to the end
 */
struct gcv_snapshot_row {
	int64_t id;
	const char *label;
	const char *kernel;
	const char *revision;
	const char *tool;
	const char *summary;
	bool complete;
};

/**
 * struct gcv_unit_row - a translation unit of a snapshot, for the account of what was analysed
 * @id: its id in the store
 * @kind: what it was parsed for
 * @main: path of its main file
 * @config: configuration
 * @status: how parsing went
 * @cause: why it failed, or ""
 * @nr_errors: errors in all
 * @nr_errors_main: of these in the main file
 * @first_error: message of the first error that is kept, or ""
 * @error_file: file of that error, or ""
 * @error_line: line of that error, or 0
 * @cpu_us: CPU time that it took
 * @max_rss_kib: largest resident size of the worker so far
 */
struct gcv_unit_row {
	int64_t id;
	enum gcv_unit_kind kind;
	const char *main;
	const char *config;
	enum gcv_unit_status status;
	const char *cause;
	uint32_t nr_errors, nr_errors_main;
	const char *first_error;
	const char *error_file;
	uint32_t error_line;
	uint64_t cpu_us, max_rss_kib;
};

/**
 * struct gcv_error_row - an error of a translation unit; of each unit the first ones are kept
 * @kind: what the unit was parsed for
 * @main: path of its main file
 * @config: its configuration
 * @file: file of the error, or ""
 * @line: line of the error, or 0
 * @text: the message
 */
struct gcv_error_row {
	enum gcv_unit_kind kind;
	const char *main;
	const char *config;
	const char *file;
	uint32_t line;
	const char *text;
};

#endif
