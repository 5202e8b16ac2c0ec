// SPDX-License-Identifier: GPL-2.0-only
#include "report/json_row.h"
#include "report/utf8.h"

#include <string.h>

static void put_bytes(struct gcv_json_stream *s, const char *bytes, size_t len)
{
	fwrite_unlocked(bytes, 1, len, s->out);
}

static void put_word(struct gcv_json_stream *s, const char *word)
{
	put_bytes(s, word, strlen(word));
}

/* The comma and the key that stand before a value of a row. */
static void begin_value(struct gcv_json_stream *s, const char *key)
{
	if (!s->row_depth)
		s->failed = true;
	if (s->row_has_member)
		putc_unlocked(',', s->out);
	s->row_has_member = true;
	if (!key)
		return;
	putc_unlocked('"', s->out);
	put_word(s, key);
	put_bytes(s, "\":", 2);
}

void gcv_json_row_open(struct gcv_json_stream *s, const char *key, char opener)
{
	if (s->row_depth == GCV_JSON_DEPTH) {
		s->failed = true;
		return;
	}
	if (s->row_depth)
		begin_value(s, key);
	else
		gcv_json_begin(s, key);
	putc_unlocked(opener, s->out);
	s->row_closers[s->row_depth++] = opener == '{' ? '}' : ']';
	s->row_has_member = false;
}

void gcv_json_row_close(struct gcv_json_stream *s)
{
	if (!s->row_depth) {
		s->failed = true;
		return;
	}
	putc_unlocked(s->row_closers[--s->row_depth], s->out);
	s->row_has_member = true;
}

/* What stands for a byte below 0x20, a quote or a backslash after a backslash; 'u': its number. */
static char short_escape(unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return 'u';
	}
}

static void put_code(struct gcv_json_stream *s, unsigned int code)
{
	char text[8];

	snprintf(text, sizeof(text), "\\u%04x", code);
	put_bytes(s, text, 6);
}

/* A byte of ASCII that does not stand as it is. */
static void put_escaped(struct gcv_json_stream *s, unsigned char c)
{
	const char escape[2] = { '\\', short_escape(c) };

	if (escape[1] == 'u')
		put_code(s, c);
	else
		put_bytes(s, escape, 2);
}

static bool is_plain(const struct gcv_json_stream *s, unsigned char c)
{
	if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
		return false;
	return !s->is_script || (c != '<' && c != '>' && c != '&');
}

/* A character beyond ASCII, or what is none. Return: its length in bytes. */
static size_t put_wide(struct gcv_json_stream *s, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t len = gcv_utf8_len(text);

	if (!len) {
		put_bytes(s, "\xef\xbf\xbd", 3);
		return 1;
	}
	if (gcv_json_is_hidden(s, p))
		put_code(s, len == 2 ? p[1] : 0x2000u + p[2] - 0x80);
	else
		put_bytes(s, text, len);
	return len;
}

void gcv_json_row_text(struct gcv_json_stream *s, const char *key, const char *text)
{
	const unsigned char *p = (const unsigned char *)text, *from = p;

	begin_value(s, key);
	putc_unlocked('"', s->out);
	for (;;) {
		while (is_plain(s, *p))
			p++;
		put_bytes(s, (const char *)from, (size_t)(p - from));
		if (!*p)
			break;
		if (*p < 0x80)
			put_escaped(s, *p++);
		else
			p += put_wide(s, (const char *)p);
		from = p;
	}
	putc_unlocked('"', s->out);
}

void gcv_json_row_text_or_null(struct gcv_json_stream *s, const char *key, const char *text)
{
	if (*text)
		gcv_json_row_text(s, key, text);
	else
		gcv_json_row_null(s, key);
}

void gcv_json_row_number(struct gcv_json_stream *s, const char *key, int64_t number)
{
	char digits[24], *at = digits + sizeof(digits);
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

	begin_value(s, key);
	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		*--at = '-';
	put_bytes(s, at, (size_t)(digits + sizeof(digits) - at));
}

void gcv_json_row_number_or_null(struct gcv_json_stream *s, const char *key, int64_t number)
{
	if (number)
		gcv_json_row_number(s, key, number);
	else
		gcv_json_row_null(s, key);
}

void gcv_json_row_bool(struct gcv_json_stream *s, const char *key, bool value)
{
	begin_value(s, key);
	put_word(s, value ? "true" : "false");
}

void gcv_json_row_null(struct gcv_json_stream *s, const char *key)
{
	begin_value(s, key);
	put_bytes(s, "null", 4);
}
