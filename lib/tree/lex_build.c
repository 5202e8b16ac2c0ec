// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lexer.h"

#include <string.h>

/* A "#" begins a comment at the beginning of a word, unless a backslash takes its meaning away. */
static bool begins_comment(const struct gcv_lexer *lx, size_t pos, size_t line)
{
	if (pos == line)
		return true;
	return lx->buf[pos - 1] == ' ' || lx->buf[pos - 1] == '\t';
}

void gcv_lexer_build(struct gcv_lexer *lx)
{
	while (lx->pos < lx->len) {
		const char *newline = memchr(lx->buf + lx->pos, '\n', lx->len - lx->pos);
		size_t line = lx->pos;
		size_t end = newline ? (size_t)(newline - lx->buf) : lx->len;
		const char *hash;

		for (; lx->pos < end; lx->pos++) {
			hash = memchr(lx->buf + lx->pos, '#', end - lx->pos);
			lx->pos = hash ? (size_t)(hash - lx->buf) : end;
			if (!hash || begins_comment(lx, lx->pos, line))
				break;
		}
		gcv_lexer_take(lx, lx->pos, GCV_LEX_PLAIN);
		gcv_lexer_take(lx, end, GCV_LEX_COMMENT);
		lx->pos = end + 1;
	}
	gcv_lexer_take(lx, lx->len, GCV_LEX_PLAIN);
}
