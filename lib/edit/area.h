/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The prefix of a patch's subject: what the area's own log uses, where there is a log.
 *
 *	struct gcv_area_log *log;
 *
 *	gcv_area_log_open(tree.root, 2000, &log);
 *	area = gcv_area_of_files(log, paths, nr, &arena);
 *	gcv_area_log_close(log);
 */
#ifndef GCV_EDIT_AREA_H
#define GCV_EDIT_AREA_H

#include "base/alloc.h"

#include <stddef.h>

struct gcv_area_log;

/**
 * gcv_area_log_open() - open the history of a tree
 * @root: the tree's root
 * @timeout_ms: how long one question may search in the history
 * @ret: for gcv_area_log_close(); it answers from paths alone where @root is no git repository, or
 *       one that belongs to somebody else
 *
 * Only objects and references are read: no hook, filter or external program of the repository runs.
 */
void gcv_area_log_open(const char *root, unsigned int timeout_ms, struct gcv_area_log **ret);

/**
 * gcv_area_of_files() - the prefix for a patch
 * @log: the history; may be NULL
 * @paths: the patch's files, below the tree's root
 * @nr: how many, at least 1
 * @arena: owns the result
 *
 * The most frequent prefix of the last commits that touched one of the files, else their folder;
 * where these do not agree, or there is no history, gcv_area_of_path() of the first path.
 *
 * Return: the prefix without the colon behind it, for example "media: ivtv".
 */
const char *gcv_area_of_files(struct gcv_area_log *log, const char *const *paths, size_t nr,
			      struct gcv_arena *arena);

/**
 * gcv_area_of_path() - the prefix by the layout of kernel trees alone
 * @path: a file, below the tree's root
 * @arena: owns the result
 *
 * Return: the prefix; two files of one driver have the same.
 */
const char *gcv_area_of_path(const char *path, struct gcv_arena *arena);

/**
 * gcv_area_log_close() - close the history
 * @log: the history; may be NULL
 */
void gcv_area_log_close(struct gcv_area_log *log);

#endif
