// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "edit/address.h"
#include "edit/area.h"
#include "edit/mail.h"
#include "tests/fuzz/target.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One header: every line but the first begins with a blank, and none is empty or has odd bytes. */
static void check_header(const struct gcv_strbuf *out)
{
	size_t i;

	for (i = 0; i < out->len; i++) {
		unsigned char c = (unsigned char)out->buf[i];

		if (c == '\n' ? i + 1 < out->len && out->buf[i + 1] != ' ' : c < ' ' || c >= 0x7f)
			abort();
	}
	if (!out->len || out->buf[out->len - 1] != '\n')
		abort();
}

static void check_address(const char *text, struct gcv_arena *arena)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_address address;

	if (gcv_address_parse(text, arena, &address, NULL) != GCV_OK)
		return;
	if (strpbrk(address.name, "\r\n") || strpbrk(address.email, " \r\n<>,"))
		abort();
	gcv_mail_addresses(&out, "To", &address, 1);
	check_header(&out);
}

static int hex(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* What a reader restores must be what was meant. */
static void check_body(const char *body, size_t len)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 }, back = { 0 };
	const char *at;

	gcv_mail_body(&out, body, len);
	at = *out.buf == '\n' ? out.buf + 1 : strstr(out.buf, "\n\n") + 2;
	if (at < out.buf + 20 || strncmp(at - 18, "quoted-printable", 16) != 0) {
		if (out.len - (size_t)(at - out.buf) != len || (len && memcmp(at, body, len) != 0))
			abort();
		return;
	}
	for (; *at; at++) {
		if (*at != '=') {
			gcv_strbuf_addch(&back, *at);
		} else if (at[1] == '\n') {
			at++;
		} else {
			gcv_strbuf_addch(&back, (char)(hex(at[1]) << 4 | hex(at[2])));
			at += 2;
		}
	}
	if (back.len != len || memcmp(back.buf, body, len) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	GCV_STRBUF_AUTO struct gcv_strbuf header = { 0 };
	struct gcv_arena arena = { 0 };
	char *text = gcv_malloc(size + 1);

	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	check_address(text, &arena);
	gcv_mail_header(&header, "Subject", text);
	check_header(&header);
	/* No NUL comes so far: gcv_diff_make() refuses it. */
	check_body(text, strlen(text));
	gcv_area_of_subject(text, &arena);
	gcv_area_of_path(text, &arena);
	gcv_arena_release(&arena);
	free(text);
	return 0;
}
