/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A compile_commands.json (https://clang.llvm.org/docs/JSONCompilationDatabase.html) as a source of
 * flags. It is untrusted: nothing in it is executed or expanded, and only options of a whitelist go
 * through (parse/compile_args.h).
 *
 *	struct gcv_compile_commands cc;
 *
 *	if (gcv_compile_commands_load("build/compile_commands.json", &wanted, &cc, err) != GCV_OK)
 *		…
 *	command = gcv_compile_commands_find(&cc, "mm/gup.c", &nr);
 *	if (nr)
 *		parse(command[0].argv, command[0].nr_args);
 *	gcv_compile_commands_release(&cc);
 */
#ifndef GCV_PARSE_COMPILE_COMMANDS_H
#define GCV_PARSE_COMPILE_COMMANDS_H

#include "base/alloc.h"
#include "base/err.h"
#include "parse/compile_args.h"
#include "tree/hash.h"

/** GCV_COMPILE_COMMANDS_LIMIT - largest file in bytes; those of kernels have 10 to 30 MB */
#define GCV_COMPILE_COMMANDS_LIMIT ((size_t)512 << 20)

/** GCV_COMPILE_WARNINGS_MAX - as many different warnings are kept, the others are counted */
#define GCV_COMPILE_WARNINGS_MAX 200

/**
 * struct gcv_compile_wanted - what the flags are for
 * @tree: root of the tree; absolute, without symbolic links
 * @resource_include: libclang's own include folder
 * @paths: tree-relative files to keep; NULL for all
 * @nr_paths: how many
 */
struct gcv_compile_wanted {
	const char *tree;
	const char *resource_include;
	const char *const *paths;
	size_t nr_paths;
};

/**
 * struct gcv_compile_command - the cleaned command of a file
 * @path: tree-relative
 * @entry: index in the JSON array
 * @argv: arguments for libclang, without compiler and file; not terminated by NULL
 * @nr_args: how many
 */
struct gcv_compile_command {
	const char *path;
	size_t entry;
	const char *const *argv;
	size_t nr_args;
};

/**
 * struct gcv_compile_commands - what was found
 * @arena: owns everything
 * @commands: sorted by path, then by entry: the first of a path wins
 * @nr_commands: how many
 * @nr_entries: elements of the JSON array
 * @build: the build folder, absolute; headers below it are none of somebody else
 * @stamp: hash of what the build was configured to; zeros where it was not. The generated headers
 *of a build folder outside of the tree are no files of it, so flags alone do not tell that one of
 *them has changed
 * @warnings: sentences that name the file, the entry and what was dropped or skipped; what several
 *	entries have in common is one sentence with their number
 * @nr_warnings: how many were kept
 * @nr_warnings_all: how many there were, each entry counted
 */
struct gcv_compile_commands {
	struct gcv_arena arena;
	struct gcv_compile_command *commands;
	size_t nr_commands;
	size_t nr_entries;
	const char *build;
	struct gcv_hash stamp;
	const char **warnings;
	size_t nr_warnings;
	size_t nr_warnings_all;
};

/**
 * gcv_compile_commands_load() - read a compile_commands.json
 * @path: the file; the folder where it really lies counts as the build folder, and Kbuild's
 *	include/generated/autoconf.h in it tells the configuration
 * @wanted: what for
 * @ret: for gcv_compile_commands_release(); untouched on failure
 * @err: names the file and, for damaged JSON, line and column
 *
 * An entry that makes no sense (no object, no file, a file that is missing or outside the tree, an
 * open quote) is skipped with a warning.
 *
 * Return: GCV_OK, GCV_ERR_IO, GCV_ERR_LIMIT, or GCV_ERR_FORMAT (not a regular file, not JSON, not
 * an array).
 */
enum gcv_status gcv_compile_commands_load(const char *path, const struct gcv_compile_wanted *wanted,
					  struct gcv_compile_commands *ret,
					  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_compile_commands_parse() - the same from memory
 * @name: file name for messages
 * @build: build folder; absolute, without symbolic links
 * @text: JSON
 * @len_bytes: its length
 * @wanted: what for
 * @ret: for gcv_compile_commands_release(); untouched on failure
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_FORMAT.
 */
enum gcv_status gcv_compile_commands_parse(const char *name, const char *build, const char *text,
					   size_t len_bytes,
					   const struct gcv_compile_wanted *wanted,
					   struct gcv_compile_commands *ret,
					   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_compile_commands_find() - the commands of a file
 * @cc: the commands
 * @path: tree-relative
 * @ret_nr: how many there are
 *
 * Return: the first of them, or NULL.
 */
const struct gcv_compile_command *gcv_compile_commands_find(const struct gcv_compile_commands *cc,
							    const char *path, size_t *ret_nr);

/**
 * gcv_compile_commands_release() - free everything
 * @cc: the commands; a zeroed one is allowed
 */
void gcv_compile_commands_release(struct gcv_compile_commands *cc);

#endif
