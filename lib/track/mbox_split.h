/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes of an mbox or of one mail, in pieces of any size, cut into mails.
 *
 *	struct gcv_mbox_split s = { .fn = take, .data = data };
 *
 *	st = gcv_mbox_split_add(&s, bytes, len, err);
 *	st = gcv_mbox_split_end(&s, err);
 *	gcv_mbox_split_release(&s);
 */
#ifndef GCV_TRACK_MBOX_SPLIT_H
#define GCV_TRACK_MBOX_SPLIT_H

#include "base/strbuf.h"
#include "track/mbox.h"

#include <stdbool.h>

/**
 * struct gcv_mbox_split - mails while they are cut; a zeroed one with @fn is ready
 * @fn: called for each mail
 * @data: for @fn
 * @nr: mails so far
 * @mail: the mail so far
 * @line: the line so far
 * @field_bytes: bytes of the header so far
 * @has_begun: there was a line
 * @is_mbox: the first line was "From …"
 * @in_body: the mail's headers are over
 * @has_cr: the mail's first line ends with a carriage return
 */
struct gcv_mbox_split {
	gcv_mbox_fn *fn;
	void *data;
	uint32_t nr;
	struct gcv_strbuf mail, line;
	size_t field_bytes;
	bool has_begun, is_mbox, in_body, has_cr;
};

/**
 * gcv_mbox_split_add() - take the next bytes
 * @s: the mails
 * @bytes: the bytes
 * @len_bytes: how many
 * @err: for @fn
 *
 * Return: GCV_OK or what @fn returned.
 */
enum gcv_status gcv_mbox_split_add(struct gcv_mbox_split *s, const char *bytes, size_t len_bytes,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_mbox_split_end() - there are no more bytes: hand out the last mail
 * @s: the mails
 * @err: for @fn
 *
 * Return: GCV_OK or what @fn returned.
 */
enum gcv_status gcv_mbox_split_end(struct gcv_mbox_split *s, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_mbox_split_release() - free the memory
 * @s: the mails
 */
void gcv_mbox_split_release(struct gcv_mbox_split *s);

#endif
