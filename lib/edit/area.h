/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The prefix of a patch's subject: what the area's own log uses, where there is a log.
 *
 *	struct gcv_area_log *log;
 *
 *	gcv_area_log_read(tree.root, paths_of_all_patches, nr_all, 2000, &log);
 *	series.base_commit = gcv_area_log_head(log);
 *	area = gcv_area_of_files(log, paths_of_one_patch, nr, &arena);
 *	gcv_area_log_free(log);
 */
#ifndef GCV_EDIT_AREA_H
#define GCV_EDIT_AREA_H

#include "base/alloc.h"

#include <stddef.h>

struct gcv_area_log;

/**
 * gcv_area_log_read() - read what the history of a tree says of files
 * @root: the tree's root
 * @paths: files that will be asked for, below the root
 * @nr: how many
 * @timeout_ms: an emergency brake; what stops earlier depends on the machine's load
 * @ret: for gcv_area_log_free(); it knows nothing where @root is no git repository, or one that
 *       belongs to somebody else
 *
 * Subjects of the last commits (50 at most for each) that touched a file or its folder, merges left
 * out, of the last 60,000. Only objects and references are read: no hook, filter or program of the
 * repository runs.
 */
void gcv_area_log_read(const char *root, const char *const *paths, size_t nr,
		       unsigned int timeout_ms, struct gcv_area_log **ret);

/**
 * gcv_area_log_head() - the commit that the history was read from
 * @log: the history; may be NULL
 *
 * Return: hexadecimal digits, owned by @log, or NULL where there is no repository or no commit.
 */
const char *gcv_area_log_head(const struct gcv_area_log *log);

/**
 * gcv_area_of_files() - the prefix for a patch
 * @log: the history; may be NULL
 * @paths: the patch's files, below the tree's root, which gcv_area_log_read() was told of
 * @nr: how many, at least 1
 * @arena: owns the result
 *
 * The most frequent prefix in the log of the files, else of their folders, where it occurs at least
 * twice; else gcv_area_of_path() of the first path.
 *
 * Return: the prefix without the colon behind it, for example "media: ivtv".
 */
const char *gcv_area_of_files(const struct gcv_area_log *log, const char *const *paths, size_t nr,
			      struct gcv_arena *arena);

/**
 * gcv_area_of_subject() - the prefix of a commit's subject
 * @subject: the first line of its message; what stands behind a newline is not looked at
 * @arena: owns the result
 *
 * Return: "media: ivtv" of "media: ivtv: convert put_page()"; NULL where there is none, for
 * reverts, and for prefixes that name the whole tree.
 */
const char *gcv_area_of_subject(const char *subject, struct gcv_arena *arena);

/**
 * gcv_area_of_path() - the prefix by the layout of kernel trees alone
 * @path: a file, below the tree's root
 * @arena: owns the result
 *
 * Return: the prefix; files of one driver have the same.
 */
const char *gcv_area_of_path(const char *path, struct gcv_arena *arena);

/**
 * gcv_area_log_free() - free the history
 * @log: the history; may be NULL
 */
void gcv_area_log_free(struct gcv_area_log *log);

#endif
