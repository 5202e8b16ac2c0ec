// SPDX-License-Identifier: GPL-2.0-only
#include "track/reply_text.h"

#include "edit/address.h"
#include "track/patch_text.h"
#include "track/subject.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** LINE_MOST - a longer line is no tag */
#define LINE_MOST 400

static bool begins_with(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && strncasecmp(line, word, n) == 0;
}

static bool ends_with(const char *line, size_t len, char ch)
{
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	return len && line[len - 1] == ch;
}

/* @return the tag's name as it is to be written, or NULL. */
static const char *tag_key(const char *line, size_t len, const char **ret_value)
{
	static const struct {
		const char *word, *key;
	} keys[] = {
		{ "Acked-by:", "Acked-by" },
		{ "Reviewed-by:", "Reviewed-by" },
		{ "Tested-by:", "Tested-by" },
		{ "Nacked-by:", "Nacked-by" },
		{ "Naked-by:", "Nacked-by" },
		{ "NAK-by:", "Nacked-by" },
		{ "NACK-by:", "Nacked-by" },
		{ "Acked-and-tested-by:", "Acked-by" },
		{ "Reviewed-and-tested-by:", "Reviewed-by" },
		{ "Reviewed-and-acked-by:", "Reviewed-by" },
	};
	size_t i;

	for (i = 0; len <= LINE_MOST && i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!begins_with(line, len, keys[i].word))
			continue;
		*ret_value = line + strlen(keys[i].word);
		return keys[i].key;
	}
	return NULL;
}

/* @return whether the line is a tag; one without an address is, though it counts for nothing. */
static bool take_tag(const char *line, size_t len, struct gcv_arena *arena, struct gcv_mail *ret)
{
	struct gcv_address address;
	const char *value, *key = tag_key(line, len, &value), *text;
	uint32_t i;

	if (!key)
		return false;
	while (value < line + len && isspace((unsigned char)*value))
		value++;
	text = gcv_arena_strndup(arena, value, (size_t)(line + len - value));
	if (gcv_address_parse(text, arena, &address, NULL) != GCV_OK)
		return true;
	for (i = 0; i < ret->nr_tags; i++)
		if (strcmp(ret->tags[i].key, key) == 0 &&
		    strcasecmp(ret->tags[i].address, address.email) == 0)
			return true;
	if (!ret->tags)
		ret->tags = gcv_arena_alloc(arena, sizeof(*ret->tags) * GCV_MAIL_TAGS);
	if (ret->nr_tags < GCV_MAIL_TAGS)
		ret->tags[ret->nr_tags++] =
			(struct gcv_mail_tag){ key, address.name, address.email };
	return true;
}

static bool has_words(const char *line, size_t len, const char *words)
{
	size_t n = strlen(words), i;

	for (i = 0; i + n <= len; i++)
		if (strncasecmp(line + i, words, n) == 0)
			return true;
	return false;
}

/* "Applied to mm-unstable, thanks" says so, "Has this been applied?" does not. */
static bool says_taken(const char *line, size_t len)
{
	static const char *const first[] = { "applied",	     "queued",	    "merged",
					     "picked up",    "i applied",   "i've applied",
					     "i queued",     "i've queued", "now applied",
					     "both applied", "all applied", "series applied",
					     "patch applied" };
	static const char *const within[] = { "patch was applied to", "series was applied to",
					      "patch has been applied", "series has been applied" };
	size_t i;

	if (len > LINE_MOST || ends_with(line, len, '?') ||
	    has_words(line, len, "applied cleanly") || has_words(line, len, "not applied"))
		return false;
	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		size_t n = strlen(first[i]);

		if (begins_with(line, len, first[i]) &&
		    (n == len || strchr(" ,.!;:", line[n]) != NULL))
			return true;
	}
	for (i = 0; i < sizeof(within) / sizeof(within[0]); i++)
		if (has_words(line, len, within[i]))
			return true;
	return false;
}

/* "[03/34] title", as "b4 ty" lists what was applied. */
static void take_number(const char *line, size_t len, struct gcv_arena *arena, struct gcv_mail *ret,
			uint32_t *cap)
{
	struct gcv_subject s;
	char copy[64];
	uint32_t *more;

	if (!len || *line != '[')
		return;
	snprintf(copy, sizeof(copy), "%.*s", (int)(len < 63 ? len : 63), line);
	gcv_subject_parse(copy, &s);
	if (!s.number || ret->nr_taken == GCV_SUBJECT_MOST)
		return;
	if (ret->nr_taken == *cap) {
		*cap = *cap ? *cap * 2 : 16;
		more = gcv_arena_alloc(arena, sizeof(*more) * *cap);
		if (ret->nr_taken)
			memcpy(more, ret->taken, sizeof(*more) * ret->nr_taken);
		ret->taken = more;
	}
	ret->taken[ret->nr_taken++] = s.number;
}

static bool is_nak(const char *line, size_t len)
{
	static const char *const words[] = { "NAK", "NACK" };
	size_t i;

	for (i = 0; i < 2; i++) {
		size_t n = strlen(words[i]);

		if (len >= n && strncmp(line, words[i], n) == 0 &&
		    (len == n || !isalnum((unsigned char)line[n])) && line[n] != '-')
			return true;
	}
	return begins_with(line, len, "nacked-by:");
}

/* The rest is not what the sender says. */
static bool is_end(const char *line, size_t len)
{
	return (len == 3 && memcmp(line, "-- ", 3) == 0) ||
	       (len == 2 && memcmp(line, "--", 2) == 0) ||
	       has_words(line, len < 80 ? len : 80, "-----Original Message-----") ||
	       begins_with(line, len, "-------- Forwarded Message") ||
	       begins_with(line, len, "---------- Forwarded message");
}

/* Lines that tell who is quoted: "On Monday, Ada wrote:". */
static bool is_attribution(const char *line, size_t len)
{
	return ends_with(line, len, ':') &&
	       (has_words(line, len < LINE_MOST ? len : LINE_MOST, "wrote") ||
		has_words(line, len < LINE_MOST ? len : LINE_MOST, "writes"));
}

void gcv_reply_text_read(const char *text, struct gcv_arena *arena, struct gcv_mail *ret)
{
	uint32_t cap = 0;
	const char *end;
	size_t len;

	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		len = (size_t)(end - text);
		if (is_end(text, len))
			return;
		if (!len || *text == '>' || *text == '|')
			continue;
		ret->is_nak |= is_nak(text, len);
		if (take_tag(text, len, arena, ret))
			continue;
		if (says_taken(text, len))
			ret->is_taken = true;
		else if (ret->is_taken)
			take_number(text, len, arena, ret, &cap);
		if (strspn(text, " \t") < len && !is_attribution(text, len))
			ret->has_text = true;
	}
}

void gcv_reply_text_tags(const char *text, struct gcv_arena *arena, struct gcv_mail *ret)
{
	const char *patch = gcv_patch_text_begin(text), *end;
	size_t len;

	for (; *text && text != patch; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		len = (size_t)(end - text);
		if (len == 3 && memcmp(text, "---", 3) == 0)
			return;
		take_tag(text, len, arena, ret);
	}
}
