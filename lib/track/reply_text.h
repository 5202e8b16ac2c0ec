/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person says in a mail: tags, objections, and that patches were applied.
 *
 *	gcv_reply_text_read(text, &arena, &mail);	a reply
 *	gcv_reply_text_tags(text, &arena, &mail);	a patch or a cover letter: tags that it
 *carries
 *
 * Quotes say nothing, nor does what stands below a signature, or a mail that is forwarded.
 */
#ifndef GCV_TRACK_REPLY_TEXT_H
#define GCV_TRACK_REPLY_TEXT_H

#include "track/mail.h"

/**
 * gcv_reply_text_read() - read a reply
 * @text: its text, NUL-terminated
 * @arena: owns the result
 * @ret: @tags, @has_text, @is_nak, @is_taken and @taken are set
 */
void gcv_reply_text_read(const char *text, struct gcv_arena *arena, struct gcv_mail *ret);

/**
 * gcv_reply_text_tags() - read the tags that a patch carries
 * @text: its text, NUL-terminated; what stands behind "---" or the patch is not read
 * @arena: owns the result
 * @ret: @tags is set
 */
void gcv_reply_text_tags(const char *text, struct gcv_arena *arena, struct gcv_mail *ret);

#endif
