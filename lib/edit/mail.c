// SPDX-License-Identifier: GPL-2.0-only
#include "edit/mail.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

/* git folds addresses here. */
#define HEADER_COLUMNS 78
/* RFC 2047: an encoded word has 75 characters at most, its line 76. */
#define ENCODED_COLUMNS 76
#define WORD_START	"=?UTF-8?q?"
#define WORD_END	"?="
/* RFC 2045: a line of quoted-printable. */
#define QUOTED_COLUMNS 76
/* RFC 5322: a line without its CRLF. */
#define LINE_BYTES_MAX 998

/* Length of the UTF-8 sequence at @text, 0 where it is none (or overlong, or a surrogate). */
static size_t utf8_length(const unsigned char *text, size_t len)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t nr, i;

	if (text[0] < 0x80)
		return 1;
	if (text[0] < 0xc2 || text[0] > 0xf4)
		return 0;
	nr = text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
	if (nr > len)
		return 0;
	if (text[0] == 0xe0)
		low = 0xa0;
	else if (text[0] == 0xed)
		high = 0x9f;
	else if (text[0] == 0xf0)
		low = 0x90;
	else if (text[0] == 0xf4)
		high = 0x8f;
	if (text[1] < low || text[1] > high)
		return 0;
	for (i = 2; i < nr; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return nr;
}

void gcv_mail_utf8(struct gcv_strbuf *out, const char *text, size_t len_bytes)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t i, nr;

	for (i = 0; i < len_bytes; i += nr) {
		nr = utf8_length(at + i, len_bytes - i);
		if (nr) {
			gcv_strbuf_add(out, at + i, nr);
			continue;
		}
		gcv_strbuf_addch(out, (char)(0xc0 | at[i] >> 6));
		gcv_strbuf_addch(out, (char)(0x80 | (at[i] & 0x3f)));
		nr = 1;
	}
}

static size_t column(const struct gcv_strbuf *out)
{
	const char *newline = out->len ? memrchr(out->buf, '\n', out->len) : NULL;

	return out->len - (newline ? (size_t)(newline + 1 - out->buf) : 0);
}

static bool needs_encoding(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80 || (text[i] == '=' && text[i + 1] == '?'))
			return true;
	return false;
}

/* Within the name of an address fewer characters stand for themselves (RFC 2047, 5.3). */
static bool stands_for_itself(char c, bool is_name)
{
	if (is_name)
		return isalnum((unsigned char)c) || (c && strchr("!*+-/", c));
	return c > ' ' && c < 0x7f && !strchr("=?_", c);
}

/*
 * A word has 75 characters at most. Of a name the next one stands on a line of its own, of free
 * text on the same.
 */
static void add_encoded(struct gcv_strbuf *out, const char *text, size_t len, bool is_name)
{
	size_t word = is_name ? out->len - column(out) : out->len - 1, i, k, nr;

	gcv_strbuf_addstr(out, WORD_START);
	for (i = 0; i < len; i += nr) {
		bool is_plain = stands_for_itself(text[i], is_name);

		nr = utf8_length((const unsigned char *)text + i, len - i);
		if (!nr)
			nr = 1;
		/* A character must not be divided. */
		if (out->len - word + (is_plain ? 1 : 3 * nr) + strlen(WORD_END) >
		    ENCODED_COLUMNS) {
			gcv_strbuf_addstr(out, is_name ? WORD_END "\n " : WORD_END " ");
			word = out->len - 1;
			gcv_strbuf_addstr(out, WORD_START);
		}
		for (k = i; k < i + nr; k++) {
			if (is_plain)
				gcv_strbuf_addch(out, text[k]);
			else
				gcv_strbuf_addf(out, "=%02X", (unsigned char)text[k]);
		}
	}
	gcv_strbuf_addstr(out, WORD_END);
}

static void add_folded(struct gcv_strbuf *out, const char *text, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t word = 0;

		while (i + word < len && (!word || text[i + word] != ' '))
			word++;
		/* A word comes with the blank before it. */
		if (i && column(out) + word > LINE_BYTES_MAX)
			gcv_strbuf_addch(out, '\n');
		gcv_strbuf_add(out, text + i, word);
		i += word;
	}
}

void gcv_mail_header(struct gcv_strbuf *out, const char *name, const char *text)
{
	GCV_STRBUF_AUTO struct gcv_strbuf line = { 0 };
	size_t i, raw;

	gcv_strbuf_addstr(&line, "");
	gcv_mail_utf8(&line, text, strlen(text));
	for (i = 0; i < line.len; i++)
		if ((unsigned char)line.buf[i] < ' ' || line.buf[i] == 0x7f)
			line.buf[i] = ' ';
	gcv_strbuf_addf(out, "%s: ", name);
	/* The words before the first that needs it stay as they are. */
	for (raw = 0; needs_encoding(line.buf + raw, line.len - raw); raw += i + 1) {
		i = strcspn(line.buf + raw, " ");
		if (needs_encoding(line.buf + raw, i))
			break;
	}
	if (raw < line.len && needs_encoding(line.buf + raw, line.len - raw)) {
		add_folded(out, line.buf, raw);
		add_encoded(out, line.buf + raw, line.len - raw, false);
	} else {
		add_folded(out, line.buf, line.len);
	}
	gcv_strbuf_addch(out, '\n');
}

static void add_quoted_name(struct gcv_strbuf *out, const char *name)
{
	if (!strpbrk(name, "()<>[]:;@\\,.\"")) {
		gcv_strbuf_addstr(out, name);
		return;
	}
	gcv_strbuf_addch(out, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			gcv_strbuf_addch(out, '\\');
		gcv_strbuf_addch(out, *name);
	}
	gcv_strbuf_addch(out, '"');
}

void gcv_mail_addresses(struct gcv_strbuf *out, const char *name, const struct gcv_address *list,
			size_t nr)
{
	size_t columns = nr > 1 ? HEADER_COLUMNS : LINE_BYTES_MAX, i;

	for (i = 0; i < nr; i++) {
		if (i)
			gcv_strbuf_addstr(out, ",\n    ");
		else
			gcv_strbuf_addf(out, "%s: ", name);
		if (!*list[i].name) {
			gcv_strbuf_addstr(out, list[i].email);
			continue;
		}
		if (needs_encoding(list[i].name, strlen(list[i].name)))
			add_encoded(out, list[i].name, strlen(list[i].name), true);
		else
			add_quoted_name(out, list[i].name);
		if (column(out) + strlen(list[i].email) + strlen(" <>") > columns)
			gcv_strbuf_addch(out, '\n');
		gcv_strbuf_addf(out, " <%s>", list[i].email);
	}
	if (nr)
		gcv_strbuf_addch(out, '\n');
}

void gcv_mail_address(struct gcv_strbuf *out, const struct gcv_address *address)
{
	if (*address->name)
		gcv_strbuf_addf(out, "%s <%s>", address->name, address->email);
	else
		gcv_strbuf_addstr(out, address->email);
}

void gcv_mail_date(struct gcv_strbuf *out, int64_t when_s, int offset_min)
{
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t local = (time_t)(when_s + (int64_t)offset_min * 60);
	int offset = offset_min < 0 ? -offset_min : offset_min;
	struct tm tm = { 0 };

	/* Not by strftime(), whose names are the locale's. */
	gmtime_r(&local, &tm);
	gcv_strbuf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d %c%02d%02d\n", days[tm.tm_wday],
			tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
			tm.tm_sec, offset_min < 0 ? '-' : '+', offset / 60, offset % 60);
}

/* What the way of a mail would change or forbid, were it not encoded. */
static bool needs_quoting(const char *body, size_t len)
{
	const char *at = body, *end = body + len;
	GCV_STRBUF_AUTO struct gcv_strbuf utf8 = { 0 };

	if (memchr(body, '\r', len))
		return true;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((newline ? newline : end) - at);

		/* "From " at the beginning of a line starts a mail in an mbox. */
		if (line > LINE_BYTES_MAX || (line >= 5 && memcmp(at, "From ", 5) == 0))
			return true;
		at = newline ? newline + 1 : end;
	}
	gcv_mail_utf8(&utf8, body, len);
	return utf8.len != len;
}

static void add_quoted_printable(struct gcv_strbuf *out, const char *body, size_t len)
{
	size_t columns = 0, i;

	for (i = 0; i < len; i++) {
		bool is_last = i + 1 == len || body[i + 1] == '\n';
		unsigned char c = (unsigned char)body[i];
		bool is_plain;

		if (c == '\n') {
			gcv_strbuf_addch(out, '\n');
			columns = 0;
			continue;
		}
		is_plain = c > ' ' ? c < 0x7f && c != '=' : (c == ' ' || c == '\t') && !is_last;
		if (!columns && len - i >= 5 && memcmp(body + i, "From ", 5) == 0)
			is_plain = false;
		if (columns + (is_plain ? 1 : 3) > QUOTED_COLUMNS - (size_t)!is_last) {
			gcv_strbuf_addstr(out, "=\n");
			columns = 0;
		}
		if (is_plain)
			gcv_strbuf_addch(out, (char)c);
		else
			gcv_strbuf_addf(out, "=%02X", c);
		columns += is_plain ? 1 : 3;
	}
}

static bool is_ascii(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

void gcv_mail_body(struct gcv_strbuf *out, const char *body, size_t len_bytes)
{
	bool is_quoted = len_bytes && needs_quoting(body, len_bytes);

	if (is_quoted || !is_ascii(body, len_bytes))
		gcv_strbuf_addf(out,
				"MIME-Version: 1.0\n"
				"Content-Type: text/plain; charset=UTF-8\n"
				"Content-Transfer-Encoding: %s\n",
				is_quoted ? "quoted-printable" : "8bit");
	gcv_strbuf_addch(out, '\n');
	if (is_quoted)
		add_quoted_printable(out, body, len_bytes);
	else
		gcv_strbuf_add(out, body, len_bytes);
}
