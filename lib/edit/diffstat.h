/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The summary of changed files that stands above a diff, as "git format-patch" writes it.
 *
 *	gcv_diffstat(files, nr, &mail);
 */
#ifndef GCV_EDIT_DIFFSTAT_H
#define GCV_EDIT_DIFFSTAT_H

#include "base/strbuf.h"

/**
 * struct gcv_diffstat_file - numbers of one file
 * @path: below the tree's root
 * @nr_insertions: lines that are added
 * @nr_deletions: lines that are removed
 */
struct gcv_diffstat_file {
	const char *path;
	size_t nr_insertions, nr_deletions;
};

/**
 * gcv_diffstat() - append a line for each file and one for all
 * @files: the files, in order
 * @nr: how many
 * @out: where it goes
 *
 * 72 columns: long paths lose their beginning, long bars are scaled, as in show_stats() of git.
 */
void gcv_diffstat(const struct gcv_diffstat_file *files, size_t nr, struct gcv_strbuf *out);

#endif
