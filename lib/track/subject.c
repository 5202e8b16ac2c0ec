// SPDX-License-Identifier: GPL-2.0-only
#include "track/subject.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* Behind "Re:" and what other programs and languages make of it, or @text. */
static const char *skip_reply(const char *text)
{
	static const char *const words[] = { "re", "aw", "sv", "fwd", "fw" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if (strncasecmp(text, words[i], len) == 0 && text[len] == ':')
			return skip_blanks(text + len + 1);
	}
	return text;
}

/* A number of few digits. @return its length, 0 for none. */
static size_t read_number(const char *text, size_t len, uint32_t *ret)
{
	uint32_t value = 0;
	size_t i;

	for (i = 0; i < len && isdigit((unsigned char)text[i]); i++) {
		if (value > GCV_SUBJECT_MOST)
			return 0;
		value = value * 10 + (uint32_t)(text[i] - '0');
	}
	if (!i || value > GCV_SUBJECT_MOST)
		return 0;
	*ret = value;
	return i;
}

static void take_version(const char *word, size_t len, struct gcv_subject *ret)
{
	uint32_t version;

	if (len > 1 && (*word == 'v' || *word == 'V') &&
	    read_number(word + 1, len - 1, &version) == len - 1 && version)
		ret->version = version;
}

static void take_number(const char *word, size_t len, struct gcv_subject *ret)
{
	uint32_t number, total;
	size_t at = read_number(word, len, &number);

	if (!at || at >= len || word[at] != '/')
		return;
	if (read_number(word + at + 1, len - at - 1, &total) != len - at - 1 || !total ||
	    number > total)
		return;
	ret->number = number;
	ret->total = total;
}

/* A word within brackets: "PATCH", "PATCHv2", "v2", "3/34"; others are names of trees. */
static void take_word(const char *word, size_t len, struct gcv_subject *ret)
{
	if (len >= 5 && strncasecmp(word, "PATCH", 5) == 0) {
		ret->is_patch = true;
		take_version(word + 5, len - 5, ret);
	} else {
		take_version(word, len, ret);
		take_number(word, len, ret);
	}
}

void gcv_subject_parse(const char *subject, struct gcv_subject *ret)
{
	const char *at = skip_blanks(subject), *end, *next;

	*ret = (struct gcv_subject){ .version = 1 };
	while ((next = skip_reply(at)) != at) {
		ret->is_reply = true;
		at = next;
	}
	while (*at == '[' && (end = strchr(at, ']'))) {
		for (at++; at < end; at += strspn(at, " \t,")) {
			size_t len = strcspn(at, " \t,]");

			take_word(at, len, ret);
			at += len;
		}
		at = skip_blanks(end + 1);
		for (; (next = skip_reply(at)) != at; at = next)
			ret->is_reply = true;
	}
	ret->title = at;
}

bool gcv_subject_is_cover(const struct gcv_subject *s)
{
	return s->is_patch && !s->is_reply && s->total && !s->number;
}
