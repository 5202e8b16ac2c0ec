/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails as they come from a list: one after the other, with the body as it was written.
 *
 *	struct gcv_patch_mail mail;
 *	uint32_t line = 1;
 *	size_t pos = 0;
 *
 *	while (gcv_patch_mail_next(text, len, &pos, &line, &arena, &mail))
 *		…mail.subject, mail.body…
 */
#ifndef GCV_EDIT_PATCH_MAIL_H
#define GCV_EDIT_PATCH_MAIL_H

#include "base/alloc.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * struct gcv_patch_mail - a mail
 * @subject: its subject on one line, "" where it has none
 * @body: the body, decoded
 * @len: its length in bytes
 * @line: line of the text on which the body begins, from 1
 */
struct gcv_patch_mail {
	const char *subject;
	const char *body;
	size_t len;
	uint32_t line;
};

/**
 * gcv_patch_mail_next() - the next mail of a text
 * @text: an mbox (RFC 4155), a mail, or a body alone; need not end with a NUL
 * @len_bytes: its length
 * @pos: where to go on, 0 in the beginning
 * @line: of that, 1 in the beginning
 * @arena: owns what had to be made anew
 * @ret: the mail; parts of @text and @arena
 *
 * Return: false where there is none left.
 */
bool gcv_patch_mail_next(const char *text, size_t len_bytes, size_t *pos, uint32_t *line,
			 struct gcv_arena *arena, struct gcv_patch_mail *ret);

#endif
