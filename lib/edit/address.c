// SPDX-License-Identifier: GPL-2.0-only
#include "edit/address.h"

#include "base/strbuf.h"
#include "edit/mail.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* RFC 5321, 4.5.3.1.3: a path has 256 bytes, with its angle brackets. */
#define EMAIL_BYTES_MAX 254

/* What RFC 5322 calls atext, and dots: a local part that needs no quotes. */
static bool is_local_byte(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

static bool is_domain_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '.' || c == '_';
}

/* @shown is what the message quotes; its own odd bytes become question marks. */
static enum gcv_status refuse(const char *shown, const char *why, struct gcv_err *err)
{
	char text[160];
	size_t i;

	for (i = 0; i + 1 < sizeof(text) && shown[i]; i++)
		text[i] = isprint((unsigned char)shown[i]) ? shown[i] : '?';
	text[i] = '\0';
	return gcv_err_set(err, GCV_ERR_FORMAT,
			   "'%s' is no mail address that a header can hold: %s", text, why);
}

static const char *why_no_email(const char *email, size_t len)
{
	const char *at = memchr(email, '@', len);
	size_t i, local;

	if (!at)
		return "it has no @";
	local = (size_t)(at - email);
	if (!local || local + 1 == len)
		return "nothing stands before or behind its @";
	if (len > EMAIL_BYTES_MAX)
		return "it is too long";
	for (i = 0; i < len; i++) {
		if ((unsigned char)email[i] >= 0x80)
			return "it is not ASCII";
		if (i == local)
			continue;
		if (i < local ? !is_local_byte(email[i]) : !is_domain_byte(email[i]))
			return "it has a character that stands for something else";
	}
	return NULL;
}

const char *gcv_address_clean_name(const char *text, size_t len, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf blanked = { 0 }, utf8 = { 0 };
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool is_blank = c <= ' ' || c == 0x7f;

		if (!is_blank)
			gcv_strbuf_addch(&blanked, (char)c);
		else if (blanked.len && blanked.buf[blanked.len - 1] != ' ')
			gcv_strbuf_addch(&blanked, ' ');
	}
	while (blanked.len && blanked.buf[blanked.len - 1] == ' ')
		blanked.len--;
	gcv_mail_utf8(&utf8, blanked.buf ? blanked.buf : "", blanked.len);
	return gcv_arena_strndup(arena, utf8.buf ? utf8.buf : "", utf8.len);
}

/* A name in quotes: where it ends, and its bytes without backslashes. */
static const char *unquote(const char *at, struct gcv_strbuf *ret)
{
	for (at++; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
		gcv_strbuf_addch(ret, *at);
	}
	return *at ? at + 1 : NULL;
}

/* Behind an address nothing may stand but a comment in parentheses. */
static bool is_end(const char *at)
{
	while (isspace((unsigned char)*at))
		at++;
	return !*at || *at == '(';
}

static enum gcv_status finish(const char *text, const char *email, size_t len,
			      const struct gcv_strbuf *name, struct gcv_arena *arena,
			      struct gcv_address *ret, struct gcv_err *err)
{
	const char *why = why_no_email(email, len);

	if (why)
		return refuse(text, why, err);
	if (!is_end(email + len + (email[len] == '>')))
		return refuse(text, "something stands behind it", err);
	ret->name = gcv_address_clean_name(name->buf ? name->buf : "", name->len, arena);
	ret->email = gcv_arena_strndup(arena, email, len);
	return GCV_OK;
}

enum gcv_status gcv_address_parse(const char *text, struct gcv_arena *arena,
				  struct gcv_address *ret, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	const char *at = text, *open, *close;

	while (isspace((unsigned char)*at))
		at++;
	if (*at == '"') {
		at = unquote(at, &name);
		if (!at)
			return refuse(text, "its quote does not end", err);
	}
	open = strchr(at, '<');
	if (!open)
		return finish(text, at, strcspn(at, " \t\r\n\v\f"), &name, arena, ret, err);
	gcv_strbuf_add(&name, at, (size_t)(open - at));
	close = strchr(open, '>');
	if (!close)
		return refuse(text, "its < has no >", err);
	return finish(text, open + 1, (size_t)(close - open) - 1, &name, arena, ret, err);
}
