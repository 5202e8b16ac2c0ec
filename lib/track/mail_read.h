/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails as they lie in files, read into what is kept of them (track/mail.h).
 *
 *	st = gcv_mail_read_path("threads.mbox", &api, &mails, &nr, err);
 *
 * What cannot be decoded is left out, the rest counts: a mail is never a reason to fail.
 */
#ifndef GCV_TRACK_MAIL_READ_H
#define GCV_TRACK_MAIL_READ_H

#include "track/mail.h"
#include "tree/api.h"

/**
 * gcv_mail_read_path() - read the mails of a file or folder
 * @path: as of gcv_mbox_each()
 * @api: the table of API names
 * @mails: where they go
 * @ret_nr: how many there were, copies included
 * @err: names the file
 *
 * Return: as gcv_mbox_each().
 */
enum gcv_status gcv_mail_read_path(const char *path, const struct gcv_api *api,
				   struct gcv_mails *mails, uint32_t *ret_nr,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_mail_read_text() - the same for the bytes of a file
 * @text: the bytes
 * @len_bytes: how many
 * @name: of the file, for messages
 * @api: the table of API names
 * @mails: where they go
 * @ret_nr: how many there were, copies included
 * @err: names the file
 *
 * Return: as gcv_mbox_each().
 */
enum gcv_status gcv_mail_read_text(const char *text, size_t len_bytes, const char *name,
				   const struct gcv_api *api, struct gcv_mails *mails,
				   uint32_t *ret_nr, struct gcv_err *err) GCV_MUST_CHECK;

#endif
