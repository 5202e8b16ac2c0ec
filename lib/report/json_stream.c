// SPDX-License-Identifier: GPL-2.0-only
#include "report/json_stream.h"
#include "report/utf8.h"

#include <errno.h>

void gcv_json_begin(struct gcv_json_stream *s, const char *key)
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
	gcv_json_begin(s, key);
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

bool gcv_json_is_hidden(const struct gcv_json_stream *s, const unsigned char *text)
{
	return (text[0] == 0xc2 && text[1] <= 0x9f) || (s->is_script && is_line_end(text));
}

/*
 * cJSON escapes what JSON demands, but not DEL and the C1 controls. What has a meaning in HTML can
 * stand in strings only.
 */
static void put_printed(const struct gcv_json_stream *s, const char *text)
{
	const unsigned char *p = (const unsigned char *)text, *from = p;

	while (*p) {
		size_t len = 1;
		unsigned int code = 0;

		if (*p == 0x7f || (s->is_script && (*p == '<' || *p == '>' || *p == '&'))) {
			code = *p;
		} else if (*p >= 0x80 && gcv_json_is_hidden(s, p)) {
			len = *p == 0xc2 ? 2 : 3;
			code = len == 2 ? p[1] : 0x2000u + p[2] - 0x80;
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
	gcv_json_begin(s, key);
	if (text)
		put_printed(s, text);
	else
		s->failed = true;
	cJSON_free(text);
}

enum gcv_status gcv_json_end(struct gcv_json_stream *s, struct gcv_err *err)
{
	if (s->failed || s->depth || s->row_depth)
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
