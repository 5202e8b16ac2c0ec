// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/for_slots.h"

#include <string.h>

/* Skip a comment, string or character constant at @at. Return the offset behind it, or @at. */
static size_t skip_token(const char *text, size_t len, size_t at)
{
	char quote = text[at];
	const char *end;

	if (quote == '/' && at + 1 < len && text[at + 1] == '*') {
		end = memmem(text + at + 2, len - at - 2, "*/", 2);
		return end ? (size_t)(end - text) + 2 : len;
	}
	if (quote == '/' && at + 1 < len && text[at + 1] == '/') {
		end = memchr(text + at, '\n', len - at);
		return end ? (size_t)(end - text) : len;
	}
	if (quote != '"' && quote != '\'')
		return at;
	for (at++; at < len && text[at] != quote && text[at] != '\n'; at++)
		if (text[at] == '\\')
			at++;
	return at + 1 < len ? at + 1 : len;
}

/* Offsets of the two semicolons of the for statement at @at. */
static bool find_semicolons(const char *text, size_t len, size_t at, size_t ret_semicolon[2])
{
	unsigned int depth = 0, nr = 0;

	while (at < len && nr < 2) {
		size_t behind = skip_token(text, len, at);

		if (behind != at) {
			at = behind;
			continue;
		}
		if (strchr("([{", text[at]) && text[at])
			depth++;
		else if (strchr(")]}", text[at]) && text[at] && --depth == 0)
			return false;
		else if (text[at] == ';' && depth == 1)
			ret_semicolon[nr++] = at;
		at++;
	}
	return nr == 2;
}

static bool is_step(CXCursor kid)
{
	enum CXCursorKind kind = clang_getCursorKind(kid);
	enum CXBinaryOperatorKind op;
	enum CXUnaryOperatorKind unary;

	if (kind == CXCursor_CompoundAssignOperator || kind == CXCursor_DeclStmt)
		return true;
	if (kind == CXCursor_UnaryOperator) {
		unary = clang_getCursorUnaryOperatorKind(kid);
		return unary >= CXUnaryOperator_PostInc && unary <= CXUnaryOperator_PreDec;
	}
	op = clang_getCursorBinaryOperatorKind(kid);
	return kind == CXCursor_BinaryOperator &&
	       (op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma);
}

static void slots_by_form(const CXCursor *kids, uint32_t nr, uint32_t slots[4])
{
	uint32_t i;

	for (i = 0; i + 1 < nr; i++) {
		bool step = is_step(kids[i]);

		if (step && i == 0 && slots[0] == GCV_NONE)
			slots[0] = i;
		else if (!step && slots[1] == GCV_NONE)
			slots[1] = i;
		else
			slots[2] = i;
	}
}

void gcv_for_slots(struct gcv_extract *x, struct gcv_place place, const CXCursor *kids,
		   uint32_t nr_kids, uint32_t ret_slots[4])
{
	size_t len = 0, semicolon[2] = { 0 };
	const char *text;
	uint32_t i;

	for (i = 0; i < 4; i++)
		ret_slots[i] = GCV_NONE;
	if (!nr_kids || nr_kids > 4)
		return;
	ret_slots[3] = nr_kids - 1;
	if (nr_kids == 4) {
		for (i = 0; i < 3; i++)
			ret_slots[i] = i;
		return;
	}
	text = place.macro || !place.file ? NULL : gcv_file_text(x, place.file, &len);
	if (!text || place.begin >= len || !find_semicolons(text, len, place.begin, semicolon)) {
		slots_by_form(kids, nr_kids, ret_slots);
		return;
	}
	for (i = 0; i + 1 < nr_kids; i++) {
		uint32_t begin = gcv_place_of(x, kids[i]).begin;

		ret_slots[begin > semicolon[1] ? 2 : begin > semicolon[0] ? 1 : 0] = i;
	}
}
