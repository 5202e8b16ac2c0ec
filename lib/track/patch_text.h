/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patch in the text of a mail: which files and functions it changes, and which API names stand
 * in the lines that it changes.
 *
 *	gcv_patch_text_read(text, len, &api, &arena, &mail);
 *	if (mail.has_diff)
 *		printf("%s\n", mail.files[0]);
 *
 * The function is the one that the head of a hunk names, until a line of the hunk begins another.
 */
#ifndef GCV_TRACK_PATCH_TEXT_H
#define GCV_TRACK_PATCH_TEXT_H

#include "track/mail.h"
#include "tree/api.h"

/** GCV_PATCH_FILES - a patch that changes more files is read no further */
#define GCV_PATCH_FILES 4096

/**
 * gcv_patch_text_begin() - where the patch begins in a text
 * @text: the text of a mail, NUL-terminated
 *
 * Return: the first "diff --git" or "--- " line that "+++ " follows, or NULL.
 */
const char *gcv_patch_text_begin(const char *text);

/**
 * gcv_patch_text_read() - read the patch of a mail
 * @text: the text, NUL-terminated
 * @api: the table of API names
 * @arena: owns the result
 * @ret: @has_diff, @hash, @files and @changes are set
 *
 * Hunks that are cut off, or that lie about their length, are read as far as they go. Paths that
 * lead out of the tree are left out.
 */
void gcv_patch_text_read(const char *text, const struct gcv_api *api, struct gcv_arena *arena,
			 struct gcv_mail *ret);

#endif
