/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patches of a posted series, read from mails (an mbox, single mails) or plain diffs.
 *
 *	struct gcv_patches patches = { 0 };
 *
 *	st = gcv_patches_read(&patches, "series.mbox", text, len, err);
 *	gcv_patches_sort(&patches);
 *	for (i = 0; i < patches.nr; i++)
 *		…patches.list[i].subject, .files…
 *	gcv_patches_release(&patches);
 *
 * Nothing is applied here; see patch_apply.h.
 */
#ifndef GCV_EDIT_PATCH_READ_H
#define GCV_EDIT_PATCH_READ_H

#include "base/alloc.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct gcv_patch_line - a line of a hunk
 * @kind: ' ' for context, '-' or '+'
 * @text: the line behind that; not terminated
 * @len: its length in bytes, without the newline
 */
struct gcv_patch_line {
	char kind;
	const char *text;
	uint32_t len;
};

/**
 * struct gcv_patch_hunk - a hunk
 * @line: line of its header in the file that was read
 * @old_line: first line in the text before, from 1; 0 where that is empty
 * @lines: in their order
 * @nr_lines: how many
 * @cap_lines: room
 */
struct gcv_patch_hunk {
	uint32_t line;
	uint32_t old_line;
	struct gcv_patch_line *lines;
	uint32_t nr_lines, cap_lines;
};

/**
 * struct gcv_patch_file - what a patch does to a file
 * @path: relative to the tree
 * @hunks: in their order
 * @nr_hunks: how many
 * @cap_hunks: room
 */
struct gcv_patch_file {
	const char *path;
	struct gcv_patch_hunk *hunks;
	uint32_t nr_hunks, cap_hunks;
};

/**
 * struct gcv_patch - a patch
 * @subject: subject of its mail without what is in brackets, or the name of the file
 * @source: name of the file that was read
 * @number: from the brackets of the subject, 0 where it has none
 * @version: of the series, 1 where the brackets have none
 * @files: in their order
 * @nr_files: how many
 * @cap_files: room
 */
struct gcv_patch {
	const char *subject;
	const char *source;
	uint32_t number, version;
	struct gcv_patch_file *files;
	uint32_t nr_files, cap_files;
};

/**
 * struct gcv_patches - see above; a zeroed one is empty
 * @arena: owns the strings
 * @list: in the order of reading, until they are sorted
 * @nr: how many
 * @cap: room
 */
struct gcv_patches {
	struct gcv_arena arena;
	struct gcv_patch *list;
	uint32_t nr, cap;
};

/**
 * gcv_patches_read() - add the patches of a file
 * @patches: the patches
 * @name: name of the file, for messages
 * @text: an mbox, a mail or a diff; need not end with a NUL
 * @len_bytes: its length
 * @err: names the file and the line
 *
 * Mails without a diff (cover letters, answers) are left out. The transfer encodings
 * quoted-printable and base64 are undone (RFC 2045).
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (a hunk that is damaged, or a path that leads out of the tree).
 */
enum gcv_status gcv_patches_read(struct gcv_patches *patches, const char *name, const char *text,
				 size_t len_bytes, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_patches_sort() - bring the patches into the order in which they apply
 * @patches: the patches
 *
 * By the numbers of their subjects, where all have one; else as they were read. Of several versions
 * of a series only the newest stays, of a patch that came twice the first copy.
 */
void gcv_patches_sort(struct gcv_patches *patches);

/**
 * gcv_patches_release() - free them
 * @patches: the patches; a zeroed one is allowed
 */
void gcv_patches_release(struct gcv_patches *patches);

#endif
