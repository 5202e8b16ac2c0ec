// SPDX-License-Identifier: GPL-2.0-only
#include "edit/patch_mail.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static size_t line_end(const char *text, size_t len, size_t pos)
{
	const char *end = memchr(text + pos, '\n', len - pos);

	return end ? (size_t)(end - text) + 1 : len;
}

/* "Name: value", or a line that goes on. */
static bool is_header(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && (isalnum((unsigned char)line[i]) || line[i] == '-'))
		i++;
	return i && i < len && line[i] == ':';
}

static bool is_from_line(const char *text, size_t len, size_t pos)
{
	size_t next;

	if (len - pos < 5 || memcmp(text + pos, "From ", 5) != 0)
		return false;
	next = line_end(text, len, pos);
	return next < len && is_header(text + next, line_end(text, len, next) - next);
}

static size_t mail_end(const char *text, size_t len, size_t pos)
{
	bool was_blank = false;

	while (pos < len) {
		size_t end = line_end(text, len, pos);

		if (was_blank && is_from_line(text, len, pos))
			return pos;
		was_blank = end - pos == 1 || (end - pos == 2 && text[pos] == '\r');
		pos = end;
	}
	return len;
}

static int hex(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	ch = (char)toupper((unsigned char)ch);
	return ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

/* RFC 2045, section 6.7; what is none of it stays as it is. */
static void add_quoted(const char *text, size_t len, struct gcv_strbuf *out)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] == '\r')
			continue;
		if (text[i] != '=') {
			gcv_strbuf_addch(out, text[i]);
		} else if (i + 2 < len && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
			gcv_strbuf_addch(out, (char)(hex(text[i + 1]) * 16 + hex(text[i + 2])));
			i += 2;
		} else {
			while (i + 1 < len && text[i] != '\n')
				i++;
		}
	}
}

/* RFC 2045, section 6.8. */
static void add_base64(const char *text, size_t len, struct gcv_strbuf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	uint32_t bits = 0, nr = 0;
	size_t i;

	for (i = 0; i < len && text[i] != '='; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;

		if (!digit)
			continue;
		bits = bits << 6 | (uint32_t)(digit - digits);
		nr += 6;
		if (nr < 8)
			continue;
		nr -= 8;
		if ((char)(bits >> nr) != '\r')
			gcv_strbuf_addch(out, (char)(bits >> nr));
	}
}

/* The value of a header with its further lines, on one line; "" where it is not there. */
static const char *header(const char *text, size_t len, const char *name, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf value = { 0 };
	size_t pos = 0, name_len = strlen(name), end;
	bool is_it = false;

	gcv_strbuf_addstr(&value, "");
	for (; pos < len; pos = end) {
		bool goes_on = text[pos] == ' ' || text[pos] == '\t';
		size_t from = pos;

		end = line_end(text, len, pos);
		if (!goes_on) {
			if (is_it)
				break;
			is_it = end - pos > name_len && text[pos + name_len] == ':' &&
				strncasecmp(text + pos, name, name_len) == 0;
			from = pos + name_len + 1;
		}
		if (!is_it)
			continue;
		while (from < end && isspace((unsigned char)text[from]))
			from++;
		if (value.len)
			gcv_strbuf_addch(&value, ' ');
		gcv_strbuf_add(&value, text + from, end - from);
		while (value.len && isspace((unsigned char)value.buf[value.len - 1]))
			value.buf[--value.len] = '\0';
	}
	return gcv_arena_strdup(arena, value.buf);
}

static void decode(const char *encoding, struct gcv_arena *arena, struct gcv_patch_mail *mail)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	gcv_strbuf_addstr(&out, "");
	if (strcasecmp(encoding, "quoted-printable") == 0)
		add_quoted(mail->body, mail->len, &out);
	else if (strcasecmp(encoding, "base64") == 0)
		add_base64(mail->body, mail->len, &out);
	else
		return;
	mail->body = gcv_arena_strndup(arena, out.buf, out.len);
	mail->len = out.len;
}

static uint32_t count_lines(const char *text, size_t len)
{
	uint32_t nr = 0;
	size_t i;

	for (i = 0; i < len; i++)
		nr += text[i] == '\n';
	return nr;
}

bool gcv_patch_mail_next(const char *text, size_t len, size_t *pos, uint32_t *line,
			 struct gcv_arena *arena, struct gcv_patch_mail *ret)
{
	size_t begin = *pos, end, body;

	if (begin >= len)
		return false;
	if (is_from_line(text, len, begin))
		begin = line_end(text, len, begin);
	end = mail_end(text, len, begin);
	body = begin;
	if (is_header(text + begin, line_end(text, len, begin) - begin))
		while (body < end && text[body] != '\n' && text[body] != '\r')
			body = line_end(text, len, body);
	*ret = (struct gcv_patch_mail){
		.subject = header(text + begin, body - begin, "Subject", arena),
		.body = text + body,
		.len = end - body,
		.line = *line + count_lines(text + *pos, body - *pos),
	};
	decode(header(text + begin, body - begin, "Content-Transfer-Encoding", arena), arena, ret);
	*line += count_lines(text + *pos, end - *pos);
	*pos = end;
	return true;
}
