// SPDX-License-Identifier: GPL-2.0-only
#include "parse/include_guard.h"

#include <string.h>

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static const char *skip_line(const char *at, const char *end)
{
	const char *eol = memchr(at, '\n', (size_t)(end - at));

	return eol ? eol + 1 : end;
}

static const char *skip_comment(const char *at, const char *end)
{
	const char *close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);

	return close ? close + 2 : end;
}

/* The first byte that is neither blank nor comment. */
static const char *next(const char *at, const char *end)
{
	while (at < end) {
		if (end - at >= 2 && at[0] == '/' && at[1] == '*')
			at = skip_comment(at, end);
		else if (end - at >= 2 && at[0] == '/' && at[1] == '/')
			at = skip_line(at, end);
		else if (strchr(" \t\r\n\f\v", *at) && *at)
			at++;
		else
			break;
	}
	return at;
}

static bool take(const char **at, const char *end, const char *word)
{
	const size_t len = strlen(word);

	if ((size_t)(end - *at) < len || memcmp(*at, word, len) != 0)
		return false;
	*at = skip_blanks(*at + len, end);
	return true;
}

bool gcv_include_guard(const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	while ((at = next(at, end)) < end) {
		if (*at != '#')
			return false;
		at = skip_blanks(at + 1, end);
		if (take(&at, end, "ifndef"))
			return true;
		if (take(&at, end, "pragma"))
			return take(&at, end, "once");
		if (take(&at, end, "if"))
			return at < end && *at == '!';
		if (!take(&at, end, "include"))
			return false;
		at = skip_line(at, end);
	}
	return true;
}
