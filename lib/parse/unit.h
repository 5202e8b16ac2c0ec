/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Units: parses of a main file in a configuration, as a store keeps them.
 *
 * The analysis knows no database. It hands units to a struct gcv_unit_store and asks it for what an
 * earlier scan left there:
 *
 *	st = store->put(store->ctx, &info, &facts, &unit, err);
 *	st = store->seen(store->ctx, unit, &arena, &seen, err);
 */
#ifndef GCV_PARSE_UNIT_H
#define GCV_PARSE_UNIT_H

#include "parse/facts.h"

/**
 * enum gcv_unit_kind - what a translation unit was parsed for
 * @GCV_UNIT_SOURCE: a source file
 * @GCV_UNIT_HEADERS: headers, through a virtual main file or as a main file
 * @GCV_UNIT_PCH: a precompiled header that source units start from
 * @GCV_UNIT_ERA: headers, for the declarations in them
 */
enum gcv_unit_kind { GCV_UNIT_SOURCE, GCV_UNIT_HEADERS, GCV_UNIT_PCH, GCV_UNIT_ERA };

/**
 * enum gcv_unit_status - how parsing went
 * @GCV_UNIT_OK: without errors
 * @GCV_UNIT_ERRORS: with errors; what could be recovered is there
 * @GCV_UNIT_FAILED: no facts; the cause is told
 */
enum gcv_unit_status { GCV_UNIT_OK, GCV_UNIT_ERRORS, GCV_UNIT_FAILED };

/**
 * struct gcv_unit_info - what a unit is, besides its facts
 * @kind: what it was parsed for
 * @main_path: path of the main file
 * @main_hash: XXH3 128 of the main file's bytes
 * @config: configuration, for example "sh CONFIG_PVR2_DMA=y"
 * @env: identity of flags and virtual headers
 * @pch: unit of the precompiled header, or 0
 * @status: how parsing went
 * @cause: why it failed, else ""
 * @cpu_us: CPU time that it took
 * @max_rss_kib: largest resident size of the worker so far
 * @tool: program and version
 */
struct gcv_unit_info {
	enum gcv_unit_kind kind;
	const char *main_path;
	uint8_t main_hash[16];
	const char *config;
	uint8_t env[16];
	int64_t pch;
	enum gcv_unit_status status;
	const char *cause;
	uint64_t cpu_us, max_rss_kib;
	const char *tool;
};

/**
 * struct gcv_stored_file - contents of a file at some time
 * @path: its path
 * @hash: XXH3 128 of its bytes
 */
struct gcv_stored_file {
	const char *path;
	uint8_t hash[16];
};

/**
 * struct gcv_stored_unit - a stored unit
 * @id: its id
 * @kind: what it was parsed for
 * @main: index of its main file
 * @config: configuration
 * @env: identity of flags and virtual headers
 * @pch: index of the unit whose files were read too, or GCV_NONE
 * @status: how parsing went
 * @cause: why it failed, or ""
 * @nr_errors_main: errors in the main file
 * @tool: program and version that made it
 * @is_current: the facts have today's form
 * @missed: messages about headers that were not found, a line each, or ""
 * @files: indices of the files read
 * @nr_files: how many
 */
struct gcv_stored_unit {
	int64_t id;
	enum gcv_unit_kind kind;
	uint32_t main;
	const char *config;
	uint8_t env[16];
	uint32_t pch;
	enum gcv_unit_status status;
	const char *cause;
	uint32_t nr_errors_main;
	const char *tool;
	bool is_current;
	const char *missed;
	uint32_t *files;
	uint32_t nr_files;
};

/**
 * struct gcv_stored_units - all units of a database
 * @files: the files that units refer to, sorted by path; a path has one entry for each content
 * @units: the units by ascending id; several may differ in nothing but the files they read, and one
 * that failed may stand beside one that went well
 * @headers: XXH3 64 of the paths of the headers that the tree had when it was last scanned as a
 * whole, ascending
 * @nr_files: how many
 * @nr_units: how many
 * @nr_headers: how many; 0 where that is not known
 */
struct gcv_stored_units {
	struct gcv_stored_file *files;
	struct gcv_stored_unit *units;
	uint64_t *headers;
	uint32_t nr_files, nr_units, nr_headers;
};

/**
 * struct gcv_stored_call - a call of an API name in a unit
 * @file: index of the file of the call
 * @name_offset: of the callee's name, or of the macro's
 * @macro_file: index of the file where a macro spells the call, else GCV_NONE
 * @macro_offset: offset there
 * @callee: the API name
 */
struct gcv_stored_call {
	uint32_t file, name_offset;
	uint32_t macro_file, macro_offset;
	const char *callee;
};

/**
 * struct gcv_stored_seen - what a unit adds to the ledger
 * @files: files that the others refer to by index
 * @seen: API names seen
 * @skips: ranges left out
 * @calls: calls of API names
 * @nr_files: how many
 * @nr_seen: how many
 * @nr_skips: how many
 * @nr_calls: how many
 */
struct gcv_stored_seen {
	struct gcv_stored_file *files;
	struct gcv_fact_seen *seen;
	struct gcv_fact_skip *skips;
	struct gcv_stored_call *calls;
	uint32_t nr_files, nr_seen, nr_skips, nr_calls;
};

/**
 * struct gcv_unit_store - where units go to and come from
 * @ctx: first argument of the functions
 * @put: store a unit, @facts is NULL for one that failed; gives its id
 * @seen: what a stored unit adds to the ledger; @arena owns it
 * @decls: files and declarations of a stored unit of kind GCV_UNIT_ERA
 *
 * Each returns GCV_OK or a status that ends the scan.
 */
struct gcv_unit_store {
	void *ctx;
	enum gcv_status (*put)(void *ctx, const struct gcv_unit_info *info,
			       const struct gcv_facts *facts, int64_t *ret_unit,
			       struct gcv_err *err);
	enum gcv_status (*seen)(void *ctx, int64_t unit, struct gcv_arena *arena,
				struct gcv_stored_seen *ret_seen, struct gcv_err *err);
	enum gcv_status (*decls)(void *ctx, int64_t unit, struct gcv_arena *arena,
				 struct gcv_facts *ret_facts, struct gcv_err *err);
};

#endif
