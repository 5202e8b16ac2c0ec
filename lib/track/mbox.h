/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails one by one out of what mail programs keep: an mbox as b4, lei and mutt save it, a maildir,
 *a folder of mails, or a file that is one mail.
 *
 *	st = gcv_mbox_each("threads.mbox", take, data, &nr, err);
 *
 * Memory stays bounded whatever a mail is like: it is cut at the limits below.
 */
#ifndef GCV_TRACK_MBOX_H
#define GCV_TRACK_MBOX_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/** GCV_MBOX_MAIL_BYTES - what is behind is cut off a mail */
#define GCV_MBOX_MAIL_BYTES (8u << 20)
/** GCV_MBOX_HEAD_BYTES - the same for all its headers */
#define GCV_MBOX_HEAD_BYTES (256u << 10)
/** GCV_MBOX_FIELD_BYTES - the same for one header with the lines that continue it */
#define GCV_MBOX_FIELD_BYTES (16u << 10)
/** GCV_MBOX_LINE_BYTES - the same for one line */
#define GCV_MBOX_LINE_BYTES (64u << 10)

/** gcv_mbox_fn - called for a mail; newlines are "\n", and no NUL is in it but the one behind it */
typedef enum gcv_status gcv_mbox_fn(void *data, const char *mail, size_t len_bytes,
				    struct gcv_err *err);

/**
 * gcv_mbox_each() - read all mails of a file or folder
 * @path: an mbox, one mail, a maildir (its parts cur and new), or a folder of *.eml, *.patch and
 * *.mbox files; "-" is standard input
 * @fn: called for each
 * @data: for @fn
 * @ret_nr: how many mails there were
 * @err: names the file
 *
 * In folders the names' order counts, and links and what is no regular file are left out.
 *
 * Return: GCV_OK, GCV_ERR_IO, GCV_ERR_NOT_FOUND (no such file, or a folder without mails),
 * GCV_ERR_FORMAT (a compressed file) or what @fn returned.
 */
enum gcv_status gcv_mbox_each(const char *path, gcv_mbox_fn *fn, void *data, uint32_t *ret_nr,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_mbox_each_of_text() - the same for the bytes of a file
 * @text: the bytes
 * @len_bytes: how many
 * @name: of the file, for messages
 * @fn: called for each
 * @data: for @fn
 * @ret_nr: how many mails there were
 * @err: names the file
 *
 * Return: as gcv_mbox_each().
 */
enum gcv_status gcv_mbox_each_of_text(const char *text, size_t len_bytes, const char *name,
				      gcv_mbox_fn *fn, void *data, uint32_t *ret_nr,
				      struct gcv_err *err) GCV_MUST_CHECK;

#endif
