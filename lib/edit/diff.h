/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The unified diff of one file, byte for byte as git writes it for a kernel tree: names with a/ and
 * b/, an index line with twelve digits, three lines of context, the function in the hunk headers.
 *
 *	struct gcv_diff diff;
 *
 *	if (gcv_diff_make("mm/gup.c", old, old_len, new, new_len, &diff, err) != GCV_OK)
 *		…
 *	if (diff.nr_hunks)
 *		fwrite(diff.text, 1, diff.len_bytes, stdout);
 *	gcv_diff_release(&diff);
 */
#ifndef GCV_EDIT_DIFF_H
#define GCV_EDIT_DIFF_H

#include "base/err.h"

#include <stddef.h>

/**
 * struct gcv_diff - what changes in one file
 * @text: from "diff --git" to the last line; NUL-terminated, "" where nothing changes
 * @len_bytes: its length
 * @nr_hunks: number of hunks
 * @nr_insertions: lines that are added
 * @nr_deletions: lines that are removed
 */
struct gcv_diff {
	char *text;
	size_t len_bytes;
	size_t nr_hunks, nr_insertions, nr_deletions;
};

/**
 * gcv_diff_make() - the diff of a file before and after
 * @path: path below the tree's root, without "a/"
 * @old_text: contents before; may be NULL where @old_len is 0
 * @old_len: length in bytes
 * @new_text: contents after; may be NULL where @new_len is 0
 * @new_len: length in bytes
 * @ret: the diff, for gcv_diff_release()
 * @err: sentence on failure, with @path
 *
 * Bytes are compared as they are: CRLF and a missing newline at the end come out as git writes them
 * ("\ No newline at end of file"). The hunk headers follow git's driver "cpp" for .c and .h, which
 * the kernel's .gitattributes choose, and git's default for other files.
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (@path is empty, absolute or holds "..", or a text holds a NUL,
 * which a patch in a mail cannot), GCV_ERR_IO (libgit2 failed).
 */
enum gcv_status gcv_diff_make(const char *path, const char *old_text, size_t old_len,
			      const char *new_text, size_t new_len, struct gcv_diff *ret,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_diff_begin() - keep libgit2 ready for many diffs
 *
 * Optional: to start libgit2 takes some milliseconds, which each gcv_diff_make() spends otherwise.
 */
void gcv_diff_begin(void);

/**
 * gcv_diff_end() - the other end of gcv_diff_begin()
 */
void gcv_diff_end(void);

/**
 * gcv_diff_release() - free a diff
 * @diff: the diff; a zeroed one is allowed
 */
void gcv_diff_release(struct gcv_diff *diff);

#endif
