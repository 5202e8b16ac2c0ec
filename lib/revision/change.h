/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between two revisions, and the bytes of a file in one of them; without a folder that
 * holds them.
 *
 *	st = gcv_repository_changes(repository, old_id, new_id, &arena, &changes, &nr, err);
 *	if (changes[0].kind == GCV_CHANGED_TEXT)
 *		st = gcv_repository_text(repository, changes[0].old_id, &text, err);
 */
#ifndef GCV_REVISION_CHANGE_H
#define GCV_REVISION_CHANGE_H

#include "base/strbuf.h"
#include "revision/repository.h"

/**
 * enum gcv_changed - how an entry of a tree differs
 * @GCV_CHANGED_TEXT: a regular file has another text
 * @GCV_CHANGED_OTHER: a file is new or gone, or it is no regular file before or after
 */
enum gcv_changed {
	GCV_CHANGED_TEXT,
	GCV_CHANGED_OTHER,
};

/**
 * struct gcv_revision_change - an entry that differs
 * @path: the file
 * @kind: how
 * @old_id: hexadecimal name of its text before, for GCV_CHANGED_TEXT
 * @new_id: and after
 */
struct gcv_revision_change {
	const char *path;
	enum gcv_changed kind;
	char old_id[GCV_REVISION_ID_CHARS + 1], new_id[GCV_REVISION_ID_CHARS + 1];
};

/**
 * gcv_repository_changes() - what differs between two revisions
 * @repository: the repository
 * @old_id: the one commit
 * @new_id: the other
 * @arena: owns the result
 * @ret: the changes, by path
 * @ret_nr: how many
 * @err: sentence on failure
 *
 * Changes of nothing but the permissions are not among them.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (an object is not there), GCV_ERR_IO.
 */
enum gcv_status gcv_repository_changes(const struct gcv_repository *repository, const char *old_id,
				       const char *new_id, struct gcv_arena *arena,
				       struct gcv_revision_change **ret, uint32_t *ret_nr,
				       struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_repository_text() - append the bytes of a file
 * @repository: the repository
 * @id: hexadecimal name of the object
 * @ret: what is in it is kept
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (the object is not there), GCV_ERR_IO.
 */
enum gcv_status gcv_repository_text(const struct gcv_repository *repository, const char *id,
				    struct gcv_strbuf *ret, struct gcv_err *err) GCV_MUST_CHECK;

#endif
