/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hunks applied to the text of a file, one patch after the other, with a memory of which patch took
 * out which line and put in which.
 *
 *	struct gcv_patched_file file = { 0 };
 *
 *	gcv_patched_init(&file, "mm/gup.c", text, len);
 *	how = gcv_patched_apply(&file, hunk, patch, &drift);
 *	at = gcv_patched_at(&file, offset);
 *	if (file.lines[at].removed == patch)
 *		…the patch takes that line out…
 *	st = gcv_patched_edit(&file, &edit, err);
 *	gcv_patched_release(&file);
 */
#ifndef GCV_EDIT_PATCH_APPLY_H
#define GCV_EDIT_PATCH_APPLY_H

#include "edit/change.h"
#include "edit/patch_read.h"

/** GCV_PATCHED_NONE - no patch, or no offset */
#define GCV_PATCHED_NONE UINT32_MAX

/**
 * struct gcv_patched_line - a line of the file as it is, or one that a patch put in
 * @text: the line, without its end
 * @len: its length in bytes
 * @begin: offset in the old text; GCV_PATCHED_NONE for a line that was put in
 * @added: patch that put it in, or GCV_PATCHED_NONE
 * @removed: patch that took it out, or GCV_PATCHED_NONE
 */
struct gcv_patched_line {
	const char *text;
	uint32_t len;
	uint32_t begin;
	uint32_t added, removed;
};

/**
 * struct gcv_patched_file - a file and what patches did to it
 * @path: relative to the tree; the caller's
 * @old_text: the file as it is; the caller's
 * @old_len: its length in bytes
 * @lines: all lines that ever were, in their order
 * @nr_lines: how many
 * @cap_lines: room
 */
struct gcv_patched_file {
	const char *path;
	const char *old_text;
	size_t old_len;
	struct gcv_patched_line *lines;
	uint32_t nr_lines, cap_lines;
};

/**
 * enum gcv_hunk_fit - how a hunk fitted
 * @GCV_HUNK_APPLIED: it was applied, where it says or somewhat above or below
 * @GCV_HUNK_FUZZY: the same, with one or two lines of context that are not there
 * @GCV_HUNK_DONE: not applied: what it makes is there already
 * @GCV_HUNK_FAILED: not applied: it fits nowhere
 */
enum gcv_hunk_fit {
	GCV_HUNK_APPLIED,
	GCV_HUNK_FUZZY,
	GCV_HUNK_DONE,
	GCV_HUNK_FAILED,
};

/**
 * gcv_patched_init() - begin with a file as it is
 * @file: a zeroed one
 * @path: relative to the tree; must outlive it
 * @text: contents; must outlive it; need not end with a NUL
 * @len_bytes: their length
 */
void gcv_patched_init(struct gcv_patched_file *file, const char *path, const char *text,
		      size_t len_bytes);

/**
 * gcv_patched_apply() - apply a hunk
 * @file: the file
 * @hunk: the hunk; must outlive it
 * @patch: number of its patch
 * @drift: how far the hunk before of the same patch was from where it said, in lines; 0 for the
 * first one; updated
 *
 * As patch(1): first where it says, then ever farther away, then without the outermost lines of the
 * context.
 *
 * Return: how it fitted.
 */
enum gcv_hunk_fit gcv_patched_apply(struct gcv_patched_file *file,
				    const struct gcv_patch_hunk *hunk, uint32_t patch,
				    int64_t *drift);

/**
 * gcv_patched_at() - the line that holds a byte of the old text
 * @file: the file
 * @offset: in the old text
 *
 * Return: index of the line; @file->nr_lines where there is none.
 */
uint32_t gcv_patched_at(const struct gcv_patched_file *file, uint32_t offset);

/**
 * struct gcv_patched_run - neighbouring lines that were taken out or put in
 * @first: the first one
 * @end: behind the last one
 */
struct gcv_patched_run {
	uint32_t first, end;
};

/**
 * gcv_patched_run() - the changed lines around a line
 * @file: the file
 * @at: index of the line
 *
 * Return: the run; an empty one where the line is as it was.
 */
struct gcv_patched_run gcv_patched_run(const struct gcv_patched_file *file, uint32_t at);

/**
 * gcv_patched_edit() - all patches as changes of the old text
 * @file: the file
 * @edit: a zeroed one, for gcv_file_edit_release() also after a failure; groups are numbers of
 * patches
 * @err: sentence on failure
 *
 * Return: GCV_OK, or GCV_ERR_LIMIT where the file is too long.
 */
enum gcv_status gcv_patched_edit(const struct gcv_patched_file *file, struct gcv_file_edit *edit,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_patched_release() - free the lines
 * @file: the file; a zeroed one is allowed
 */
void gcv_patched_release(struct gcv_patched_file *file);

#endif
