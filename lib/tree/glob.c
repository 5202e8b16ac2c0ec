// SPDX-License-Identifier: GPL-2.0-only
#include "tree/glob.h"

#include <stddef.h>
#include <string.h>

/*
 * One set "[abc]", "[a-c]", "[^abc]": its length, or 0 where it is none (no closing bracket), and
 * whether @c is in it.
 */
static size_t match_set(const char *set, char c, bool *ret_match)
{
	const unsigned char *s = (const unsigned char *)set, wanted = (unsigned char)c;
	bool negated = s[1] == '^' || s[1] == '!', match = false;
	size_t i = negated ? 2 : 1, first = i;

	for (; s[i] && (s[i] != ']' || i == first); i++) {
		unsigned char low = s[i], high = low;

		if (s[i + 1] == '-' && s[i + 2] && s[i + 2] != ']') {
			high = s[i + 2];
			i += 2;
		}
		match = match || (wanted >= low && wanted <= high);
	}
	if (!s[i])
		return 0;
	*ret_match = match != negated;
	return i + 1;
}

/* Length of the pattern's first element if it matches @c, else 0; no "*". */
static size_t match_one(const char *pattern, char c)
{
	bool match = false;
	size_t len;

	if (*pattern == '?')
		return 1;
	if (*pattern == '[') {
		len = match_set(pattern, c, &match);
		if (len)
			return match ? len : 0;
	}
	return *pattern == c;
}

/*
 * Does a prefix of the path match? To move only the last star is enough, as any way to match what
 * stands before it leaves no more room for the rest than the shortest does.
 */
static bool match_prefix(const char *pattern, const char *path)
{
	const char *star = NULL, *mark = NULL;

	for (;;) {
		size_t len;

		if (*pattern == '*') {
			star = ++pattern;
			mark = path;
			continue;
		}
		if (!*pattern)
			return true;
		len = *path ? match_one(pattern, *path) : 0;
		if (len) {
			pattern += len;
			path++;
			continue;
		}
		if (!star || !*mark)
			return false;
		pattern = star;
		path = ++mark;
	}
}

static size_t count_slashes(const char *text)
{
	size_t nr = 0;

	for (; *text; text++)
		nr += *text == '/';
	return nr;
}

bool gcv_glob_match(const char *pattern, const char *path)
{
	size_t len;

	/* First what tells most patterns from most paths within few bytes. */
	if (!*pattern || !match_prefix(pattern, path))
		return false;
	len = strlen(pattern);
	if (pattern[len - 1] == '/' || strstr(pattern, "**"))
		return true;
	/* get_maintainer.pl asks the file system what is a folder; that the path goes on says it.
	 */
	return (strncmp(pattern, path, len) == 0 && path[len] == '/') ||
	       count_slashes(pattern) == count_slashes(path);
}

int gcv_glob_depth(const char *pattern)
{
	size_t len = strlen(pattern);

	if (*pattern == '*')
		return -1;
	return (int)count_slashes(pattern) + (len && pattern[len - 1] != '/');
}
