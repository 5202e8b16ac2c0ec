/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The arguments of a foreign compiler command, reduced to what libclang may be given: a whitelist
 * of options, with folders only from inside the tree and the build folder.
 *
 *	struct gcv_compile_roots roots = { .tree = "/src/linux", .build = "/src/linux" };
 *	struct gcv_args clean = { .arena = &arena };
 *
 *	gcv_compile_args_clean(&roots, "/src/linux", argv, nr, warn, NULL, &clean);
 */
#ifndef GCV_PARSE_COMPILE_ARGS_H
#define GCV_PARSE_COMPILE_ARGS_H

#include "base/intern.h"
#include "parse/args.h"

#include <limits.h>

/**
 * struct gcv_compile_roots - where the folders of -I and the like may lie
 * @tree: root of the tree; absolute, without symbolic links
 * @build: build folder, the same; may be the tree
 * @resource_include: libclang's own include folder, which stands in for that of another compiler
 * @seen: absolute paths that were looked at; zeroed for a start
 * @verdicts: what was found, by number in @seen
 * @cap: allocated length of @verdicts
 */
struct gcv_compile_roots {
	const char *tree;
	const char *build;
	const char *resource_include;
	struct gcv_intern seen;
	unsigned char *verdicts;
	size_t cap;
};

/**
 * gcv_compile_roots_release() - free what was remembered about paths
 * @roots: the roots
 */
void gcv_compile_roots_release(struct gcv_compile_roots *roots);

/** gcv_compile_warn - called with a sentence about each dangerous option that was dropped */
typedef void (*gcv_compile_warn)(void *ctx, const char *sentence);

/**
 * gcv_compile_args_clean() - keep what matters for parsing and harms nobody
 * @roots: where folders may lie
 * @directory: absolute folder that relative paths start from
 * @argv: the command with the compiler's name as the first word
 * @nr: its words
 * @warn: told about options that could load code, read or write other files, or change where
 *	headers come from; other unknown options go silently
 * @ctx: for @warn
 * @ret: receives the options, without the compiler, the source file and outputs; -I and the like
 *	are absolute; a --target from the option or the compiler's cross prefix stands first, then
 *	what gcv_args_add_tolerant() adds
 */
void gcv_compile_args_clean(struct gcv_compile_roots *roots, const char *directory,
			    const char *const *argv, size_t nr, gcv_compile_warn warn, void *ctx,
			    struct gcv_args *ret);

/**
 * gcv_compile_path() - an absolute path, folded in the text
 * @directory: absolute folder
 * @path: relative to it, or absolute
 * @ret: the result; untouched on failure
 *
 * Return: false where the path is too long or leads above the root.
 */
bool gcv_compile_path(const char *directory, const char *path, char ret[PATH_MAX]);

/**
 * gcv_compile_inside() - the part of a path below a folder
 * @root: absolute folder without a slash at its end
 * @path: absolute, folded
 *
 * Return: inside @path, "" for the folder itself; NULL where it lies outside.
 */
const char *gcv_compile_inside(const char *root, const char *path);

#endif
