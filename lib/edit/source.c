// SPDX-License-Identifier: GPL-2.0-only
#include "edit/source.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_' || ch == '$' || (unsigned char)ch >= 0x80;
}

static bool is_space(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

static uint32_t end_of_comment(const struct gcv_source *s, uint32_t pos, uint32_t end)
{
	bool is_line = s->text[pos + 1] == '/';

	for (pos += 2; pos < end; pos++) {
		if (is_line && s->text[pos] == '\n')
			return pos;
		if (!is_line && s->text[pos] == '/' && s->text[pos - 1] == '*')
			return pos + 1;
	}
	return end;
}

static uint32_t end_of_string(const struct gcv_source *s, uint32_t pos, uint32_t end)
{
	char quote = s->text[pos];

	for (pos++; pos < end; pos++) {
		if (s->text[pos] == '\\')
			pos++;
		else if (s->text[pos] == quote)
			return pos + 1;
		else if (s->text[pos] == '\n')
			return pos;
	}
	return end;
}

static bool is_splice(const struct gcv_source *s, uint32_t pos, uint32_t end)
{
	return s->text[pos] == '\\' && pos + 1 < end &&
	       (s->text[pos + 1] == '\n' || s->text[pos + 1] == '\r');
}

struct gcv_token gcv_source_next(const struct gcv_source *source, uint32_t pos, uint32_t end)
{
	struct gcv_token token = { GCV_TOKEN_END, end, end };
	const char *text = source->text;

	while (pos < end && is_space(text[pos]))
		pos++;
	if (pos >= end)
		return token;
	token = (struct gcv_token){ GCV_TOKEN_OTHER, pos, pos + 1 };
	if (is_word(text[pos])) {
		token.kind = GCV_TOKEN_WORD;
		while (token.end < end && is_word(text[token.end]))
			token.end++;
	} else if (text[pos] == '"' || text[pos] == '\'') {
		token.kind = GCV_TOKEN_STRING;
		token.end = end_of_string(source, pos, end);
	} else if (text[pos] == '/' && pos + 1 < end &&
		   (text[pos + 1] == '*' || text[pos + 1] == '/')) {
		token.kind = GCV_TOKEN_COMMENT;
		token.end = end_of_comment(source, pos, end);
	} else if (text[pos] == '#' && gcv_source_starts_line(source, pos)) {
		token.kind = GCV_TOKEN_DIRECTIVE;
	} else if (is_splice(source, pos, end)) {
		token.kind = GCV_TOKEN_SPLICE;
	}
	return token;
}

uint32_t gcv_source_line_begin(const struct gcv_source *source, uint32_t offset)
{
	while (offset > 0 && source->text[offset - 1] != '\n')
		offset--;
	return offset;
}

uint32_t gcv_source_line_end(const struct gcv_source *source, uint32_t offset)
{
	while (offset < source->len && source->text[offset] != '\n')
		offset++;
	return offset;
}

uint32_t gcv_source_next_line(const struct gcv_source *source, uint32_t offset)
{
	offset = gcv_source_line_end(source, offset);
	return offset < source->len ? offset + 1 : offset;
}

uint32_t gcv_source_line(const struct gcv_source *source, uint32_t offset)
{
	uint32_t line = 1, i;

	for (i = 0; i < offset && i < source->len; i++)
		line += source->text[i] == '\n';
	return line;
}

bool gcv_source_is_blank(const struct gcv_source *source, uint32_t begin, uint32_t end)
{
	while (begin < end && is_space(source->text[begin]))
		begin++;
	return begin >= end;
}

void gcv_source_indent(const struct gcv_source *source, uint32_t offset, struct gcv_strbuf *out)
{
	uint32_t begin = gcv_source_line_begin(source, offset), end = begin;

	while (end < source->len && (source->text[end] == ' ' || source->text[end] == '\t'))
		end++;
	gcv_strbuf_add(out, source->text + begin, end - begin);
}

unsigned int gcv_source_width(const char *text, size_t len, unsigned int column)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] == '\t')
			column += GCV_SOURCE_TAB - column % GCV_SOURCE_TAB;
		else if (((unsigned char)text[i] & 0xc0) != 0x80 && text[i] != '\r')
			column++;
	return column;
}

unsigned int gcv_source_column(const struct gcv_source *source, uint32_t offset)
{
	uint32_t begin = gcv_source_line_begin(source, offset);

	return gcv_source_width(source->text + begin, offset - begin, 0);
}

bool gcv_source_starts_line(const struct gcv_source *source, uint32_t offset)
{
	return gcv_source_is_blank(source, gcv_source_line_begin(source, offset), offset);
}

bool gcv_source_ends_line(const struct gcv_source *source, uint32_t offset)
{
	return gcv_source_is_blank(source, offset, gcv_source_line_end(source, offset));
}

uint32_t gcv_source_statement_end(const struct gcv_source *source, uint32_t offset)
{
	uint32_t at = offset;

	while (at < source->len && is_space(source->text[at]))
		at++;
	return at < source->len && source->text[at] == ';' ? at + 1 : offset;
}

bool gcv_source_is_plain(const struct gcv_source *source, uint32_t begin, uint32_t end)
{
	struct gcv_token token = { GCV_TOKEN_OTHER, begin, begin };

	while (token.kind != GCV_TOKEN_END) {
		token = gcv_source_next(source, token.end, end);
		if (token.kind == GCV_TOKEN_COMMENT || token.kind == GCV_TOKEN_DIRECTIVE ||
		    token.kind == GCV_TOKEN_SPLICE)
			return false;
	}
	return true;
}

uint32_t gcv_source_word(const struct gcv_source *source, uint32_t begin, uint32_t end,
			 const char *word)
{
	struct gcv_token token = { GCV_TOKEN_OTHER, begin, begin };
	size_t len = strlen(word);

	while (token.kind != GCV_TOKEN_END) {
		token = gcv_source_next(source, token.end, end);
		if (token.kind == GCV_TOKEN_WORD && token.end - token.begin == len &&
		    memcmp(source->text + token.begin, word, len) == 0)
			return token.begin;
	}
	return end;
}

bool gcv_source_is_at(const struct gcv_source *source, uint32_t offset, const char *word)
{
	size_t len = strlen(word);

	return offset + len <= source->len && memcmp(source->text + offset, word, len) == 0 &&
	       (offset == 0 || !is_word(source->text[offset - 1])) &&
	       (offset + len == source->len || !is_word(source->text[offset + len]));
}

bool gcv_source_comment_above(const struct gcv_source *source, uint32_t offset, uint32_t *ret_begin,
			      uint32_t *ret_end)
{
	uint32_t line = gcv_source_line_begin(source, offset), end = line, begin;

	while (end > 0 && is_space(source->text[end - 1]))
		end--;
	if (end < 4 || source->text[end - 1] != '/' || source->text[end - 2] != '*' ||
	    gcv_source_next_line(source, end) != line)
		return false;
	for (begin = end - 3; begin > 0; begin--)
		if (source->text[begin] == '*' && source->text[begin - 1] == '/')
			break;
	if (!begin)
		return false;
	*ret_begin = begin - 1;
	*ret_end = end;
	return true;
}

void gcv_source_fold(const struct gcv_source *source, uint32_t begin, uint32_t end,
		     struct gcv_strbuf *out)
{
	bool has_gap = false;

	for (; begin < end; begin++) {
		if (is_space(source->text[begin])) {
			has_gap = true;
			continue;
		}
		if (has_gap)
			gcv_strbuf_addch(out, ' ');
		gcv_strbuf_addch(out, source->text[begin]);
		has_gap = false;
	}
}
