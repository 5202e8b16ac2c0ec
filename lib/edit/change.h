/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes to the text of a file: byte ranges of the old text and what stands there afterwards.
 *
 *	struct gcv_file_edit edit = { .path = path, .old_text = text, .old_len = len };
 *
 *	st = gcv_file_edit_add(&edit, begin, end, "unpin_user_page", group, err);
 *	gcv_file_edit_apply(&edit, &new_text);
 *	if (gcv_file_edit_map(&edit, old_offset, &new_offset))
 *		…that byte is still there…
 *	gcv_file_edit_release(&edit);
 */
#ifndef GCV_EDIT_CHANGE_H
#define GCV_EDIT_CHANGE_H

#include "base/alloc.h"
#include "base/err.h"
#include "base/strbuf.h"
#include <stdbool.h>

/**
 * struct gcv_change - one range and its new text
 * @begin: offset of the first byte in the old text
 * @end: offset behind the last one; equal to @begin for an insertion
 * @text: what stands there afterwards, "" for a deletion; owned by the edit
 * @group: number of the group of sites that it belongs to: they are all converted, or none is; the
 * first of them where several groups need it
 * @others: the others, in the order in which they came; owned by the edit
 * @nr_others: how many
 * @cap_others: room
 */
struct gcv_change {
	uint32_t begin, end;
	char *text;
	uint32_t group;
	uint32_t *others;
	uint32_t nr_others, cap_others;
};

/**
 * struct gcv_file_edit - the changes of a file
 * @path: relative to the tree
 * @old_text: the file as it is; need not end with a NUL
 * @old_len: its length in bytes
 * @changes: ascending, no two overlap
 * @nr_changes: how many
 * @cap_changes: room
 *
 * @path and @old_text are the caller's and outlive the edit.
 */
struct gcv_file_edit {
	const char *path;
	const char *old_text;
	size_t old_len;
	struct gcv_change *changes;
	uint32_t nr_changes, cap_changes;
};

/**
 * gcv_file_edit_add() - add a change
 * @edit: the edit
 * @begin: offset of the first byte to be replaced
 * @end: offset behind the last one
 * @text: what takes its place; copied, with lines that end as the file's first one does
 * @group: number of its group
 * @err: sentence on failure; names the file
 *
 * The very same change may be added again, also by another group: it then belongs to both, and
 * stays until both are dropped.
 *
 * Return: GCV_OK, GCV_ERR_USAGE (it overlaps another change; nothing is added), GCV_ERR_LIMIT (out
 * of the file).
 */
enum gcv_status gcv_file_edit_add(struct gcv_file_edit *edit, uint32_t begin, uint32_t end,
				  const char *text, uint32_t group,
				  struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_file_edit_add_all() - add the changes of another edit of the same file
 * @edit: the edit
 * @from: the other
 * @err: sentence on failure
 *
 * Return: as gcv_file_edit_add(); changes before the one that failed are added.
 */
enum gcv_status gcv_file_edit_add_all(struct gcv_file_edit *edit, const struct gcv_file_edit *from,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_file_edit_is_same() - do two edits make the same changes?
 * @a: one
 * @b: the other
 *
 * Return: true where they do, whatever their groups are.
 */
bool gcv_file_edit_is_same(const struct gcv_file_edit *a, const struct gcv_file_edit *b);

/**
 * gcv_change_is_of() - does a group need a change?
 * @change: the change
 * @group: number of the group
 *
 * Return: true where it does, be it alone or with others.
 */
bool gcv_change_is_of(const struct gcv_change *change, uint32_t group);

/**
 * gcv_file_edit_drop() - take back the changes that only one group needs
 * @edit: the edit
 * @group: number of the group
 */
void gcv_file_edit_drop(struct gcv_file_edit *edit, uint32_t group);

/**
 * gcv_file_edit_cut() - take back the changes within a range, whosever they are
 * @edit: the edit
 * @begin: offset of its first byte
 * @end: offset behind its last one
 */
void gcv_file_edit_cut(struct gcv_file_edit *edit, uint32_t begin, uint32_t end);

/**
 * gcv_file_edit_apply() - append the new text
 * @edit: the edit
 * @out: where
 */
void gcv_file_edit_apply(const struct gcv_file_edit *edit, struct gcv_strbuf *out);

/**
 * gcv_file_edit_map() - where a byte of the old text stands in the new one
 * @edit: the edit
 * @offset: in the old text; its length is allowed
 * @ret_offset: in the new text
 *
 * Return: false for a byte that was replaced.
 */
bool gcv_file_edit_map(const struct gcv_file_edit *edit, uint32_t offset, uint32_t *ret_offset);

/**
 * gcv_file_edit_at() - the change that made a byte of the new text
 * @edit: the edit
 * @offset: in the new text
 *
 * Return: the change, or NULL for a byte that was there before.
 */
const struct gcv_change *gcv_file_edit_at(const struct gcv_file_edit *edit, uint32_t offset);

/**
 * gcv_file_edit_release() - free the changes
 * @edit: the edit; a zeroed one is allowed
 */
void gcv_file_edit_release(struct gcv_file_edit *edit);

#endif
