// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/extract_state.h"

#include <ctype.h>
#include <string.h>

/* The identifier that stands at a place: for a macro's expansion, the macro's name. */
static const char *identifier_at(struct gcv_extract *x, CXFile file, uint32_t offset)
{
	size_t len, end;
	const char *text = file ? gcv_file_text(x, file, &len) : NULL;

	if (!text || offset >= len)
		return "";
	for (end = offset; end < len && (isalnum((unsigned char)text[end]) || text[end] == '_');)
		end++;
	return gcv_arena_strndup(x->arena, text + offset, end - offset);
}

static void fill_place(struct gcv_extract *x, struct gcv_fact_call *call, CXCursor name)
{
	struct gcv_place at = gcv_place_of(x, name);
	unsigned int line, offset;
	CXFile spelled;

	call->macro = "";
	call->macro_file = GCV_NONE;
	if (!at.file)
		return;
	call->name_offset = at.begin;
	call->line = gcv_line_of(x, at.file, at.begin, &call->column);
	if (!at.macro)
		return;
	call->macro = identifier_at(x, at.file, at.begin);
	clang_getSpellingLocation(clang_getCursorLocation(name), &spelled, &line, NULL, &offset);
	if (!spelled)
		return;
	call->macro_file = gcv_file_of(x, spelled)->index;
	call->macro_line = line;
	call->macro_offset = offset;
}

static void fill_args(struct gcv_extract *x, struct gcv_fact_call *call, const CXCursor *args)
{
	bool made_by_macro = call->macro_file != GCV_NONE;
	uint32_t i;

	call->args = gcv_arena_alloc(x->arena, sizeof(*call->args) * call->nr_args);
	for (i = 0; i < call->nr_args; i++) {
		struct gcv_place place = gcv_place_of(x, args[i]);

		/* FOLL_WRITE is to be kept as it is written, not as what it expands to. */
		if (!made_by_macro)
			place.macro = false;
		call->args[i].text = gcv_source_text(x, place, args[i]);
		call->args[i].type =
			gcv_take_string(x, clang_getTypeSpelling(clang_getCursorType(args[i])));
		call->args[i].begin = place.begin;
		call->args[i].end = place.end;
	}
}

void gcv_note_call(struct gcv_extract *x, CXCursor cursor, CXCursor callee, struct gcv_place place,
		   const CXCursor *args, uint32_t nr_args)
{
	CXCursor decl = clang_getCursorReferenced(callee);
	struct gcv_fact_call *call = GCV_PUSH(x, calls);
	struct gcv_unit_symbol *symbol;

	(void)cursor;
	call->def = x->def;
	call->callee = call->decl_file = call->decl_type = "";
	call->begin = place.begin;
	call->end = place.end;
	call->nr_args = nr_args;
	fill_place(x, call, callee);
	if (clang_getCursorKind(decl) == CXCursor_FieldDecl) {
		call->callee = gcv_symbol_of(x, decl)->field;
		return;
	}
	if (clang_getCursorKind(decl) != CXCursor_FunctionDecl)
		return;
	symbol = gcv_symbol_of(x, decl);
	call->callee = symbol->symbol.name;
	call->is_direct = true;
	if (!symbol->is_api)
		return;
	call->is_api = true;
	call->decl_file = symbol->decl_file;
	call->decl_type = symbol->symbol.type;
	call->decl_linkage = symbol->linkage;
	fill_args(x, call, args);
}
