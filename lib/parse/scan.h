/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scan: walk the tree, parse what holds API names in as many configurations as it takes to see
 * each of them, and account for every occurrence.
 *
 *	struct gcv_scan_options options = { .tree = &tree, .api = &api, .store = &store, … };
 *	struct gcv_scan *scan;
 *
 *	st = gcv_scan_run(&options, &scan, err);
 *	…scan->rows, scan->units, scan->era, scan->sums…
 *	gcv_scan_free(scan);
 *
 * Units are handed to the store as they come, so that a scan that is stopped goes on where it was.
 */
#ifndef GCV_PARSE_SCAN_H
#define GCV_PARSE_SCAN_H

#include "parse/compile_commands.h"
#include "parse/era.h"
#include "parse/unit.h"
#include "parse/worker_watch.h"
#include "tree/walk.h"

/**
 * struct gcv_scan_progress - who wants to know how far it is
 * @phase: a phase begins; @total things are to be done, 0 where that is not known
 * @update: @done of them are done
 * @ctx: first argument of both
 */
struct gcv_scan_progress {
	void (*phase)(void *ctx, const char *name, uint64_t total);
	void (*update)(void *ctx, uint64_t done);
	void *ctx;
};

struct gcv_scan;

/**
 * struct gcv_scan_wanted - an identifier that an analysis wants to see in code
 * @name: the identifier
 * @reason: why, for struct gcv_scan_demanded
 * @is_definition: only the file that defines the function of that name
 * @folders: only files that stand in one of these folders ("drivers/foo"), each ended by a newline;
 * NULL for everywhere. The number of users does not count there
 * @beside: only files that also have one of these names before a "(", each ended by a newline; NULL
 * for all
 */
struct gcv_scan_wanted {
	const char *name;
	const char *reason;
	bool is_definition;
	const char *folders;
	const char *beside;
};

/**
 * struct gcv_scan_demands - identifiers that an analysis wants to see the users of
 * @wanted: the identifiers, each once; they must live until the next question
 * @nr: how many; 0 ends the questions
 */
struct gcv_scan_demands {
	const struct gcv_scan_wanted *wanted;
	uint32_t nr;
};

/**
 * struct gcv_scan_demand - who may ask for more files
 * @ask: called when all that is known was parsed and stored, at most three times; files that have
 * one of the names in their code are parsed then. NULL: nobody asks
 * @knows: asked before, with the units of this scan and the stored ones of @last, if these are all
 * still valid: would @ask come to @last by them? Then it is not called. NULL: no
 * @recall: which files that are no candidates had a use of the names, the last time that such were
 * looked for in a tree with the same other files? NULL: nobody knows
 * @note: these files have it
 * @ctx: their first argument
 * @last: paths of the files that were asked for in an earlier scan
 * @nr_last: how many
 */
struct gcv_scan_demand {
	enum gcv_status (*ask)(void *ctx, struct gcv_scan *scan, struct gcv_scan_demands *ret,
			       struct gcv_err *err);
	bool (*knows)(void *ctx, const struct gcv_scan *scan, const int64_t *units,
		      uint32_t nr_units);
	bool (*recall)(void *ctx, const struct gcv_hash *key, struct gcv_intern *paths);
	void (*note)(void *ctx, const struct gcv_hash *key, const struct gcv_intern *paths);
	void *ctx;
	const char *const *last;
	uint32_t nr_last;
};

/**
 * struct gcv_scan_demanded - a file that was parsed because somebody asked
 * @path: the file
 * @reason: that of the first of the names in it, "" where nobody asked because @knows said so
 */
struct gcv_scan_demanded {
	const char *path;
	const char *reason;
};

/**
 * struct gcv_scan_base - a stored snapshot that a scan starts from, instead of from the whole tree
 * @units: ids of its units, ascending; those of precompiled headers are among them
 * @files: paths of the files that have API names
 * @nr_units: how many
 * @nr_files: how many
 *
 * Only what the tree's overlay changes is parsed: main files that read a file of it, in all their
 * configurations. All other units of the snapshot are taken over as they are, whatever became of
 * their files on the disk, and the files of the snapshot are all that is known of the tree.
 */
struct gcv_scan_base {
	const int64_t *units;
	const char *const *files;
	uint32_t nr_units, nr_files;
};

/**
 * struct gcv_scan_shard - a part of a scan
 * @number: which part, from 1; 0: all
 * @total: of how many
 * @split: what the tree must be split by (struct gcv_scan), or NULL: the scan goes on from parts of
 * another tree, or of other options, where this differs
 *
 * A part stores units and does nothing else: nobody is asked for more files, and there is no
 * ledger.
 */
struct gcv_scan_shard {
	uint32_t number, total;
	const uint8_t *split;
};

/**
 * struct gcv_scan_options - what to scan and how
 * @tree: the tree
 * @api: the API names
 * @tool: program and version; units that another version made are parsed again
 * @worker: path of the worker program
 * @clang_include: folder of the compiler's own headers
 * @scratch: existing folder for precompiled headers, which are removed in the end
 * @nr_workers: worker processes, at least 1
 * @limits: of one parse; 0 for the default
 * @paths: restrict the scan to these files and folders
 * @nr_paths: how many; 0 is the whole tree
 * @archs: names of architectures separated by commas, or NULL for all
 * @compile_commands: path of a compile_commands.json, or NULL
 * @force: do not use stored units
 * @store: where units go
 * @stored: units of earlier scans; NULL for none
 * @base: snapshot among @stored to start from; nobody is asked for more files then, those of
 * @demand's @last belong to it; NULL for none
 * @demand: who may ask for more files
 * @shard: the part of the scan to do
 * @progress: who wants to know; its functions may be NULL
 */
struct gcv_scan_options {
	const struct gcv_tree *tree;
	const struct gcv_api *api;
	const char *tool;
	const char *worker;
	const char *clang_include;
	const char *scratch;
	unsigned int nr_workers;
	struct gcv_worker_limits limits;
	const char *const *paths;
	size_t nr_paths;
	const char *archs;
	const char *compile_commands;
	bool force;
	const struct gcv_unit_store *store;
	const struct gcv_stored_units *stored;
	const struct gcv_scan_base *base;
	struct gcv_scan_demand demand;
	struct gcv_scan_shard shard;
	struct gcv_scan_progress progress;
};

/**
 * enum gcv_ledger_class - what an occurrence of an API name is (design: Ledger)
 * @GCV_LEDGER_CALL: callee of a call in the syntax tree
 * @GCV_LEDGER_DECLARATION: declaration or definition
 * @GCV_LEDGER_MACRO_BODY: in a #define
 * @GCV_LEDGER_ADDRESS_TAKEN: a function that is named without being called
 * @GCV_LEDGER_OTHER_NAME: a field, variable or label of that name
 * @GCV_LEDGER_COMMENT: in a comment
 * @GCV_LEDGER_STRING: in a string or character constant
 * @GCV_LEDGER_DIRECTIVE: in another preprocessor directive
 * @GCV_LEDGER_BUILD_FILE: in a Kconfig file or Makefile
 * @GCV_LEDGER_INACTIVE: left out by the preprocessor in every configuration tried
 * @GCV_LEDGER_NOT_ANALYSED: not seen, for the cause that stands beside it
 * @GCV_LEDGER_CLASSES: number of classes
 */
enum gcv_ledger_class {
	GCV_LEDGER_CALL,
	GCV_LEDGER_DECLARATION,
	GCV_LEDGER_MACRO_BODY,
	GCV_LEDGER_ADDRESS_TAKEN,
	GCV_LEDGER_OTHER_NAME,
	GCV_LEDGER_COMMENT,
	GCV_LEDGER_STRING,
	GCV_LEDGER_DIRECTIVE,
	GCV_LEDGER_BUILD_FILE,
	GCV_LEDGER_INACTIVE,
	GCV_LEDGER_NOT_ANALYSED,
	GCV_LEDGER_CLASSES,
};

/**
 * gcv_ledger_class_name() - name of a class
 * @class: the class
 *
 * Return: kebab-case name ("macro-body").
 */
const char *gcv_ledger_class_name(enum gcv_ledger_class class);

/**
 * struct gcv_ledger_row - one occurrence of an API name
 * @file: the file
 * @occurrence: where it stands
 * @class: what it is
 * @detail: what the class leaves open (name of the macro, cause), or ""
 * @condition: for GCV_LEDGER_INACTIVE the condition that hides it, else ""
 */
struct gcv_ledger_row {
	const struct gcv_walk_file *file;
	const struct gcv_lex_occurrence *occurrence;
	enum gcv_ledger_class class;
	const char *detail;
	const char *condition;
};

/**
 * struct gcv_scan_failure - something that could not be analysed
 * @path: file, relative to the tree
 * @config: configuration, or ""
 * @text: cause
 */
struct gcv_scan_failure {
	const char *path;
	const char *config;
	const char *text;
};

/**
 * struct gcv_scan_sums - numbers for the summary
 * @files: source files read
 * @bytes: their size
 * @candidates: files that hold API names, tools/ and Documentation/ apart
 * @candidates_apart: those below tools/ and Documentation/
 * @units: translation units of the snapshot
 * @units_parsed: of these parsed now
 * @units_stored: of these taken from an earlier scan
 * @units_with_errors: units with errors in the main file
 * @units_failed: units without facts
 * @configs: distinct configurations
 * @classes: occurrences by class
 * @classes_apart: the same below tools/ and Documentation/ (comments and code alike)
 * @code: occurrences that are code
 * @code_seen: of these seen in a syntax tree
 * @worker_cpu_us: CPU time of the workers in microseconds
 * @worker_rss_kib: largest resident size of a worker
 */
struct gcv_scan_sums {
	uint64_t files, bytes;
	uint32_t candidates, candidates_apart;
	uint32_t units, units_parsed, units_stored, units_with_errors, units_failed, configs;
	uint32_t classes[GCV_LEDGER_CLASSES], classes_apart;
	uint32_t code, code_seen;
	uint64_t worker_cpu_us, worker_rss_kib;
};

/**
 * struct gcv_scan - result of a scan
 * @arena: owns strings and arrays
 * @walk: the files
 * @rows: the ledger, by path and offset
 * @nr_rows: how many
 * @units: ids of the units that belong to the snapshot
 * @nr_units: how many
 * @headers: XXH3 64 of the paths of the tree's headers, ascending (struct gcv_stored_units)
 * @nr_headers: how many
 * @demanded: files that were asked for
 * @nr_demanded: how many
 * @era: what the tree's headers declare
 * @failures: what could not be analysed
 * @nr_failures: how many
 * @unguarded: what the kernel does not do to guard us against the workers, in words, or ""
 * @warnings: sentences for the user (dropped compiler options, files outside the tree)
 * @nr_warnings: how many
 * @sums: numbers for the summary
 * @split: hash of all that the parts of a scan must agree on: candidates and their contents, API
 * names, architectures, flags, tool
 */
struct gcv_scan {
	struct gcv_arena arena;
	struct gcv_walk walk;
	struct gcv_ledger_row *rows;
	uint32_t nr_rows, cap_rows;
	int64_t *units;
	uint32_t nr_units, cap_units;
	uint64_t *headers;
	uint32_t nr_headers;
	struct gcv_scan_demanded *demanded;
	uint32_t nr_demanded, cap_demanded;
	struct gcv_era era;
	struct gcv_scan_failure *failures;
	uint32_t nr_failures, cap_failures;
	const char *unguarded;
	const char **warnings;
	uint32_t nr_warnings, cap_warnings;
	struct gcv_scan_sums sums;
	struct gcv_hash split;
};

/**
 * gcv_scan_run() - scan a tree
 * @options: what and how
 * @ret_scan: the result, for gcv_scan_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK (also where single files could not be analysed, see @failures), or the status of
 * what failed: the walk, the workers' start, the store, a compile_commands.json; GCV_ERR_USAGE
 * where the tree is split in another way than @shard says.
 */
enum gcv_status gcv_scan_run(const struct gcv_scan_options *options, struct gcv_scan **ret_scan,
			     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_scan_macros() - macros of headers whose bodies call an API function
 * @walk: the headers
 * @api: the API names
 * @ret: the names are added to it
 *
 * Who uses such a macro makes a call, although no API name stands in the file.
 */
void gcv_scan_macros(const struct gcv_walk *walk, const struct gcv_api *api,
		     struct gcv_intern *ret);

/**
 * gcv_scan_free() - free a scan
 * @scan: the scan or NULL
 */
void gcv_scan_free(struct gcv_scan *scan);

#endif
