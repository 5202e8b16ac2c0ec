/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which lines of a work tree differ from a revision of its git repository.
 *
 *	struct gcv_diff_lines lines = { 0 };
 *
 *	st = gcv_diff_lines_read(tree.root, "HEAD~3", &lines, err);
 *	if (gcv_diff_lines_have(&lines, "mm/gup.c", 120))
 *		…
 *	gcv_diff_lines_release(&lines);
 */
#ifndef GCV_EDIT_DIFF_LINES_H
#define GCV_EDIT_DIFF_LINES_H

#include "base/err.h"
#include "base/intern.h"

#include <stdbool.h>

/**
 * struct gcv_diff_range - lines that a hunk puts in
 * @file: number of the file
 * @first: the first line
 * @last: the last one
 */
struct gcv_diff_range {
	uint32_t file, first, last;
};

/**
 * struct gcv_diff_lines - see above; a zeroed one is empty
 * @files: files that differ, also such as are gone
 * @ranges: by file, in the order of @files, and line
 * @nr: how many
 * @cap: room
 */
struct gcv_diff_lines {
	struct gcv_intern files;
	struct gcv_diff_range *ranges;
	uint32_t nr, cap;
};

/**
 * gcv_diff_lines_read() - compare the work tree with a revision
 * @root: top of the work tree, which is that of a git repository
 * @revision: as git takes it: a commit, a tag, "HEAD~3"
 * @lines: an empty one; for gcv_diff_lines_release() also after a failure
 * @err: sentence on failure
 *
 * As "git diff REVISION": what git does not know of is left out. Where lines were only taken out,
 * the one before and the one behind count as changed.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no repository, or no such revision), GCV_ERR_IO (libgit2
 * failed).
 */
enum gcv_status gcv_diff_lines_read(const char *root, const char *revision,
				    struct gcv_diff_lines *lines,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_diff_lines_have() - does a line differ?
 * @lines: the lines
 * @file: relative to the top
 * @line: from 1
 *
 * Return: true where it does.
 */
bool gcv_diff_lines_have(const struct gcv_diff_lines *lines, const char *file, uint32_t line);

/**
 * gcv_diff_lines_release() - free them
 * @lines: the lines; a zeroed one is allowed
 */
void gcv_diff_lines_release(struct gcv_diff_lines *lines);

#endif
