// SPDX-License-Identifier: GPL-2.0-only
#include "parse/inline_body.h"

#include <string.h>

/** HEAD_LINES - the declaration of a function has no more lines */
#define HEAD_LINES 8

bool gcv_inline_body_is_public(const char *path)
{
	return strncmp(path, "include/", 8) == 0 ||
	       (strncmp(path, "arch/", 5) == 0 && strstr(path, "/include/"));
}

static const char opening[] = ")\n{\n";
#define OPENING_LEN (sizeof(opening) - 1)

/* Where the line begins that ends before @at. */
static const char *line_before(const char *text, const char *at)
{
	const char *newline = memrchr(text, '\n', (size_t)(at - text));

	return newline ? newline + 1 : text;
}

/* Does the declaration that ends at @end, behind its last parenthesis, say static and inline? */
static bool is_inline(const char *text, const char *end)
{
	const char *line = line_before(text, end), *last;
	unsigned int lines;

	for (lines = 0; lines < HEAD_LINES; lines++) {
		if (end - line > 7 && !memcmp(line, "static ", 7))
			return memmem(line, (size_t)(end - line), "inline", 6) &&
			       !memchr(line, '{', (size_t)(end - line)) &&
			       !memchr(line, ';', (size_t)(end - line));
		if (line == text || *line == '#')
			return false;
		/* An empty line, the end of a comment, of a body or of another declaration. */
		last = line - 2;
		if (last < text || *last == '\n' || *last == ';' || *last == '}' || *last == '/')
			return false;
		line = line_before(text, line - 1);
	}
	return false;
}

static bool has_directive(const char *at, const char *end)
{
	while ((at = memchr(at, '#', (size_t)(end - at)))) {
		const char *before = at - 1;

		while (*before == ' ' || *before == '\t')
			before--;
		if (*before == '\n')
			return true;
		at++;
	}
	return false;
}

/* @begin is behind the opening brace, @end at the newline before the closing one. */
static bool is_plain(const char *begin, const char *end)
{
	int depth = 0;
	const char *at;

	for (at = begin; at < end && depth >= 0; at++)
		depth += (*at == '{') - (*at == '}');
	return depth == 0 && !has_directive(begin, end);
}

static void blank(char *at, const char *end)
{
	for (; at < end; at++)
		if (*at != '\n')
			*at = ' ';
}

bool gcv_inline_body_any(const char *text, size_t len)
{
	return memmem(text, len, opening, OPENING_LEN);
}

size_t gcv_inline_body_blank(char *text, size_t len)
{
	char *at = text, *end = text + len;
	size_t nr = 0;

	while ((at = memmem(at, (size_t)(end - at), opening, OPENING_LEN))) {
		char *body = at + OPENING_LEN - 1; /* at the newline behind the brace */
		char *close = memmem(body, (size_t)(end - body), "\n}", 2);

		if (!close)
			break;
		if (is_inline(text, at) && is_plain(body, close)) {
			blank(body, close);
			nr++;
		}
		at = close;
	}
	return nr;
}
