// SPDX-License-Identifier: GPL-2.0-only
#include "report/json_stream.h"
#include "report/utf8.h"

#include <errno.h>

/* The comma, the line and the key that stand before a value. */
static void begin_value(struct gcv_json_stream *s, const char *key)
{
	unsigned int i;

	if (s->has_member)
		putc(',', s->out);
	if (s->depth)
		putc('\n', s->out);
	for (i = 0; i < s->depth; i++)
		putc('\t', s->out);
	if (key)
		fprintf(s->out, "\"%s\": ", key);
	s->has_member = true;
}

void gcv_json_open(struct gcv_json_stream *s, const char *key, char opener)
{
	if (s->depth == GCV_JSON_DEPTH) {
		s->failed = true;
		return;
	}
	begin_value(s, key);
	putc(opener, s->out);
	s->closers[s->depth++] = opener == '{' ? '}' : ']';
	s->has_member = false;
}

void gcv_json_close(struct gcv_json_stream *s)
{
	unsigned int i;

	if (!s->depth) {
		s->failed = true;
		return;
	}
	s->depth--;
	if (s->has_member) {
		putc('\n', s->out);
		for (i = 0; i < s->depth; i++)
			putc('\t', s->out);
	}
	putc(s->closers[s->depth], s->out);
	s->has_member = true;
	if (!s->depth)
		putc('\n', s->out);
}

/* Is it the beginning of U+2028 or U+2029, which end a line for JavaScript? */
static bool is_line_end(const unsigned char *p)
{
	return p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9);
}

/*
 * cJSON escapes what JSON demands. DEL and the C1 controls (c2 80 to c2 9f) are allowed, but would
 * take over a terminal on which the document is shown. They can stand in strings only, and so can
 * what has a meaning in HTML.
 */
static void put_printed(const struct gcv_json_stream *s, const char *text)
{
	const unsigned char *p = (const unsigned char *)text, *from = p;

	while (*p) {
		size_t len = 1;
		unsigned int code = 0;

		if (*p == 0x7f || (s->is_script && (*p == '<' || *p == '>' || *p == '&'))) {
			code = *p;
		} else if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f) {
			code = p[1];
			len = 2;
		} else if (s->is_script && is_line_end(p)) {
			code = 0x2000u + p[2] - 0x80;
			len = 3;
		}
		if (code) {
			fwrite(from, 1, (size_t)(p - from), s->out);
			fprintf(s->out, "\\u%04x", code);
			from = p + len;
		}
		p += len;
	}
	fwrite(from, 1, (size_t)(p - from), s->out);
}

void gcv_json_put(struct gcv_json_stream *s, const char *key, cJSON *value)
{
	char *text = cJSON_PrintUnformatted(value);

	cJSON_Delete(value);
	begin_value(s, key);
	if (text)
		put_printed(s, text);
	else
		s->failed = true;
	cJSON_free(text);
}

enum gcv_status gcv_json_end(struct gcv_json_stream *s, struct gcv_err *err)
{
	if (s->failed || s->depth)
		return gcv_err_set(err, GCV_ERR_IO, "cannot make the JSON document");
	errno = 0;
	if (fflush(s->out) != 0)
		return gcv_err_sys(err, "cannot write the JSON document");
	if (ferror(s->out))
		return gcv_err_set(err, GCV_ERR_IO, "cannot write the JSON document");
	return GCV_OK;
}

cJSON *gcv_json_text(const char *text)
{
	GCV_STRBUF_AUTO struct gcv_strbuf clean = { 0 };

	gcv_utf8_add(&clean, text);
	return cJSON_CreateString(clean.buf ? clean.buf : "");
}

cJSON *gcv_json_text_or_null(const char *text)
{
	return *text ? gcv_json_text(text) : cJSON_CreateNull();
}

void gcv_json_add_text(cJSON *object, const char *key, const char *text)
{
	cJSON_AddItemToObject(object, key, gcv_json_text(text));
}

void gcv_json_add_text_or_null(cJSON *object, const char *key, const char *text)
{
	cJSON_AddItemToObject(object, key, gcv_json_text_or_null(text));
}
