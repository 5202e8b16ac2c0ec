/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text of unknown encoding made valid UTF-8. Kernel trees hold Latin-1 here and there, and file
 * names are any bytes.
 *
 *	struct gcv_strbuf sb = { 0 };
 *
 *	gcv_utf8_add(&sb, "J\xf6rg");			"J", U+FFFD, "rg"
 *	gcv_strbuf_release(&sb);
 */
#ifndef GCV_REPORT_UTF8_H
#define GCV_REPORT_UTF8_H

#include "base/strbuf.h"

/**
 * gcv_utf8_len() - length of the well-formed sequence that a text begins with
 * @text: NUL-terminated
 *
 * Overlong forms, surrogates and what is above U+10FFFF are not well-formed (Unicode, table 3-7).
 *
 * Return: 1 to 4 bytes; 0 at the end of the text and where the sequence is not well-formed.
 */
size_t gcv_utf8_len(const char *text);

/**
 * gcv_utf8_add() - append a text, with U+FFFD for each byte that is not part of valid UTF-8
 * @sb: where to
 * @text: NUL-terminated
 */
void gcv_utf8_add(struct gcv_strbuf *sb, const char *text);

#endif
