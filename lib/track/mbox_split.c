// SPDX-License-Identifier: GPL-2.0-only
#include "track/mbox_split.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "From ada@example.org Thu Jan  1 12:34:56 1970", by the clock and the year behind it, as git's
 * mailsplit tells it from a sentence. */
static bool is_from_line(const struct gcv_strbuf *line)
{
	const char *text = line->buf;
	size_t at = line->len;

	if (line->len < 20 || memcmp(text, "From ", 5) != 0)
		return false;
	for (at -= 2; at > 7 && text[at] != ':'; at--)
		;
	if (at <= 7 || at + 3 >= line->len || !isdigit((unsigned char)text[at - 4]) ||
	    !isdigit((unsigned char)text[at - 2]) || !isdigit((unsigned char)text[at - 1]) ||
	    !isdigit((unsigned char)text[at + 1]) || !isdigit((unsigned char)text[at + 2]))
		return false;
	return strtol(text + at + 3, NULL, 10) > 90;
}

static enum gcv_status hand_out(struct gcv_mbox_split *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (s->mail.len) {
		s->nr++;
		st = s->fn(s->data, s->mail.buf, s->mail.len, err);
	}
	gcv_strbuf_clear(&s->mail);
	s->field_bytes = 0;
	s->in_body = s->has_cr = false;
	return st;
}

/* A header that is too long loses its end, and so do all of them together. @return whether anything
 * of the line is kept. */
static bool is_wanted(struct gcv_mbox_split *s)
{
	struct gcv_strbuf *line = &s->line;
	size_t room;

	if (s->in_body)
		return s->mail.len + line->len <= GCV_MBOX_MAIL_BYTES;
	if (line->len == 1) {
		s->in_body = true;
		return true;
	}
	if (*line->buf != ' ' && *line->buf != '\t')
		s->field_bytes = 0;
	room = GCV_MBOX_FIELD_BYTES - s->field_bytes;
	if (line->len > room && room > 1) {
		line->buf[room - 1] = '\n';
		line->buf[room] = '\0';
		line->len = room;
	} else if (line->len > room) {
		return false;
	}
	s->field_bytes += line->len;
	return s->mail.len + line->len <= GCV_MBOX_HEAD_BYTES;
}

static enum gcv_status take_line(struct gcv_mbox_split *s, struct gcv_err *err)
{
	struct gcv_strbuf *line = &s->line;
	enum gcv_status st = GCV_OK;

	if (line->buf[line->len - 1] != '\n')
		gcv_strbuf_addch(line, '\n');
	if (!s->has_begun)
		s->is_mbox = is_from_line(line);
	if (s->is_mbox && is_from_line(line)) {
		st = hand_out(s, err);
	} else {
		bool has_cr = line->len > 1 && line->buf[line->len - 2] == '\r';

		if (!s->mail.len)
			s->has_cr = has_cr;
		if (s->has_cr && has_cr) {
			line->buf[--line->len - 1] = '\n';
			line->buf[line->len] = '\0';
		}
		if (is_wanted(s))
			gcv_strbuf_add(&s->mail, line->buf, line->len);
	}
	s->has_begun = true;
	gcv_strbuf_clear(line);
	return st;
}

static void add_to_line(struct gcv_strbuf *line, const char *bytes, size_t len)
{
	size_t room = GCV_MBOX_LINE_BYTES - line->len, i;

	if (len > room)
		len = room;
	for (i = 0; i < len; i++)
		gcv_strbuf_addch(line, bytes[i] ? bytes[i] : '?');
}

enum gcv_status gcv_mbox_split_add(struct gcv_mbox_split *s, const char *bytes, size_t len_bytes,
				   struct gcv_err *err)
{
	const char *end = bytes + len_bytes, *newline;
	enum gcv_status st = GCV_OK;

	for (; st == GCV_OK && bytes < end; bytes = newline + 1) {
		newline = memchr(bytes, '\n', (size_t)(end - bytes));
		add_to_line(&s->line, bytes, (size_t)((newline ? newline : end) - bytes));
		if (!newline)
			break;
		gcv_strbuf_addch(&s->line, '\n');
		st = take_line(s, err);
	}
	return st;
}

enum gcv_status gcv_mbox_split_end(struct gcv_mbox_split *s, struct gcv_err *err)
{
	enum gcv_status st = s->line.len ? take_line(s, err) : GCV_OK;

	return st == GCV_OK ? hand_out(s, err) : st;
}

void gcv_mbox_split_release(struct gcv_mbox_split *s)
{
	gcv_strbuf_release(&s->mail);
	gcv_strbuf_release(&s->line);
}
