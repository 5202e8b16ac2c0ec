// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/extract_state.h"
#include "parse/inline_body.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum gcv_linkage gcv_linkage_of(CXCursor decl)
{
	bool is_static = clang_getCursorLinkage(decl) == CXLinkage_Internal;

	if (clang_Cursor_isFunctionInlined(decl))
		return is_static ? GCV_LINKAGE_STATIC_INLINE : GCV_LINKAGE_EXTERN_INLINE;
	return is_static ? GCV_LINKAGE_STATIC : GCV_LINKAGE_EXTERNAL;
}

struct field_search {
	CXCursor record;
	CXCursor found;
};

static enum CXVisitorResult match_field(CXCursor field, CXClientData data)
{
	struct field_search *search = data;
	CXType type = clang_getCursorType(field);

	while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
	       type.kind == CXType_Pointer)
		type = type.kind == CXType_Pointer ? clang_getPointeeType(type)
						   : clang_getArrayElementType(type);
	if (!clang_equalCursors(clang_getTypeDeclaration(type), search->record))
		return CXVisit_Continue;
	search->found = field;
	return CXVisit_Break;
}

static bool is_record(CXCursor cursor)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

static const char *nameless_record(struct gcv_extract *x, CXCursor record)
{
	struct field_search search = { .record = record, .found = clang_getNullCursor() };
	CXCursor parent = clang_getCursorSemanticParent(record);
	const char *owner;

	if (!is_record(parent))
		return gcv_take_string(x, clang_getTypeSpelling(clang_getCursorType(record)));
	owner = gcv_record_name(x, parent);
	clang_Type_visitFields(clang_getCursorType(parent), match_field, &search);
	if (clang_Cursor_isNull(search.found))
		return owner;
	return gcv_arena_printf(x->arena, "%s::%s", owner,
				gcv_take_string(x, clang_getCursorSpelling(search.found)));
}

const char *gcv_record_name(struct gcv_extract *x, CXCursor record)
{
	const char *kind = clang_getCursorKind(record) == CXCursor_UnionDecl ? "union" : "struct";
	const char *name;

	if (clang_Cursor_isAnonymousRecordDecl(record))
		return gcv_record_name(x, clang_getCursorSemanticParent(record));
	if (clang_Cursor_isAnonymous(record))
		return nameless_record(x, record);
	name = gcv_take_string(x, clang_getCursorSpelling(record));
	return gcv_arena_printf(x->arena, "%s %s", kind, name);
}

static enum gcv_symbol_kind variable_kind(CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);

	if (clang_getCursorKind(parent) == CXCursor_TranslationUnit)
		return GCV_SYMBOL_GLOBAL;
	if (clang_Cursor_getStorageClass(decl) == CX_SC_Static)
		return GCV_SYMBOL_STATIC_LOCAL;
	return clang_Cursor_getStorageClass(decl) == CX_SC_Extern ? GCV_SYMBOL_GLOBAL
								  : GCV_SYMBOL_LOCAL;
}

static bool bears_api_name(const struct gcv_extract *x, const struct gcv_unit_symbol *unit)
{
	const char *name = unit->symbol.name;

	return gcv_intern_find(x->options->names, name, strlen(name)) != GCV_INTERN_NONE;
}

/*
 * Is the name of a variable one that a macro has put together (so that it is spelled nowhere), with
 * a number at its end? It is __COUNTER__'s, which depends on all that the preprocessor saw before.
 */
static bool is_counted(const struct gcv_unit_symbol *unit)
{
	const char *name = unit->symbol.name;
	size_t len = strlen(name);
	CXFile file;

	if (unit->symbol.kind != GCV_SYMBOL_LOCAL && unit->symbol.kind != GCV_SYMBOL_STATIC_LOCAL &&
	    clang_getCursorLinkage(unit->cursor) != CXLinkage_Internal)
		return false;
	if (!len || !isdigit((unsigned char)name[len - 1]))
		return false;
	clang_getSpellingLocation(clang_getCursorLocation(unit->cursor), &file, NULL, NULL, NULL);
	return !file;
}

/* Such variables of a function, or those at file scope, are numbered in the order of appearance. */
static void number_counted(struct gcv_extract *x, struct gcv_unit_symbol *unit)
{
	bool is_global = unit->symbol.kind == GCV_SYMBOL_GLOBAL;
	const char *name = unit->symbol.name, *key;
	size_t len = strlen(name);
	uint32_t id;

	while (len && isdigit((unsigned char)name[len - 1]))
		len--;
	key = gcv_arena_printf(x->arena, "%u %.*s", is_global ? 0 : x->serial, (int)len, name);
	id = gcv_intern_add(&x->counted, key, strlen(key));
	if (id == x->nr_counters) {
		GCV_GROW(x->counters, x->nr_counters, x->cap_counters);
		x->counters[x->nr_counters++] = 0;
	}
	unit->symbol.name = gcv_arena_printf(x->arena, "%.*s%u", (int)len, name, x->counters[id]++);
}

/* What a driver's own header does is as much a part of the driver as its files. */
static void want_inline(struct gcv_extract *x, const struct gcv_unit_symbol *unit)
{
	CXCursor definition = clang_getCursorDefinition(unit->cursor);
	const struct gcv_seen_file *seen;
	CXFile file;

	if (clang_Cursor_isNull(definition))
		return;
	clang_getFileLocation(clang_getCursorLocation(definition), &file, NULL, NULL, NULL);
	seen = file ? gcv_file_of(x, file) : NULL;
	if (!seen || seen->interest || seen->index == GCV_NONE ||
	    gcv_inline_body_is_public(x->facts->files[seen->index].path))
		return;
	GCV_GROW(x->inlines, x->nr_inlines, x->cap_inlines);
	x->inlines[x->nr_inlines++] = definition;
}

static void fill_function(struct gcv_extract *x, struct gcv_unit_symbol *unit)
{
	const char *path;
	CXFile file;

	unit->linkage = gcv_linkage_of(unit->cursor);
	if (unit->linkage == GCV_LINKAGE_STATIC || unit->linkage == GCV_LINKAGE_STATIC_INLINE)
		unit->symbol.owner = "static";
	unit->is_api = bears_api_name(x, unit);
	if (!unit->is_api && unit->linkage == GCV_LINKAGE_STATIC_INLINE)
		want_inline(x, unit);
	if (!unit->is_api)
		return;
	unit->decl_file = "";
	clang_getFileLocation(clang_getCursorLocation(unit->cursor), &file, NULL, NULL, NULL);
	if (!file)
		return;
	path = gcv_file_path(x, file);
	if (path)
		unit->decl_file = path;
}

static void fill_symbol(struct gcv_extract *x, struct gcv_unit_symbol *unit)
{
	struct gcv_symbol *symbol = &unit->symbol;
	enum CXCursorKind kind = clang_getCursorKind(unit->cursor);
	CXType type = clang_getCursorType(unit->cursor);

	symbol->name = gcv_take_string(x, clang_getCursorSpelling(unit->cursor));
	symbol->owner = "";
	symbol->type = symbol->canonical = "";
	if (kind != CXCursor_LabelStmt) {
		CXType canonical = clang_getCanonicalType(type);

		symbol->type = gcv_take_string(x, clang_getTypeSpelling(type));
		symbol->canonical = clang_equalTypes(type, canonical)
					    ? symbol->type
					    : gcv_take_string(x, clang_getTypeSpelling(canonical));
	}
	switch (kind) {
	case CXCursor_VarDecl:
		symbol->kind = variable_kind(unit->cursor);
		if (symbol->kind == GCV_SYMBOL_GLOBAL &&
		    clang_getCursorLinkage(unit->cursor) == CXLinkage_Internal)
			symbol->owner = "static";
		if (is_counted(unit))
			number_counted(x, unit);
		break;
	case CXCursor_ParmDecl:
		symbol->kind = GCV_SYMBOL_PARAM;
		break;
	case CXCursor_FunctionDecl:
		symbol->kind = GCV_SYMBOL_FUNCTION;
		fill_function(x, unit);
		break;
	case CXCursor_FieldDecl:
		symbol->kind = GCV_SYMBOL_FIELD;
		symbol->owner = gcv_record_name(x, clang_getCursorSemanticParent(unit->cursor));
		unit->field = gcv_arena_printf(x->arena, "%s.%s", symbol->owner, symbol->name);
		break;
	case CXCursor_EnumConstantDecl:
		symbol->kind = GCV_SYMBOL_ENUM;
		symbol->value = clang_getEnumConstantDeclValue(unit->cursor);
		break;
	case CXCursor_LabelStmt:
		symbol->kind = GCV_SYMBOL_LABEL;
		break;
	default:
		symbol->kind = GCV_SYMBOL_OTHER;
	}
	unit->is_namesake = kind != CXCursor_FunctionDecl && bears_api_name(x, unit);
}

static void grow_symbols(struct gcv_extract *x)
{
	struct gcv_unit_symbol **old = x->symbols;
	uint32_t old_cap = x->cap_symbols, i;

	x->cap_symbols = old_cap ? old_cap * 2 : 1024;
	x->symbols = gcv_zalloc(x->cap_symbols, sizeof(struct gcv_unit_symbol *));
	for (i = 0; i < old_cap; i++) {
		uint32_t at;

		if (!old[i])
			continue;
		at = clang_hashCursor(old[i]->cursor);
		while (x->symbols[at & (x->cap_symbols - 1)])
			at++;
		x->symbols[at & (x->cap_symbols - 1)] = old[i];
	}
	free(old);
}

struct gcv_unit_symbol *gcv_symbol_of(struct gcv_extract *x, CXCursor decl)
{
	struct gcv_unit_symbol *unit;
	uint32_t at;

	/* The first declaration tells a function of the kernel's headers from a namesake. */
	if (clang_getCursorKind(decl) == CXCursor_FunctionDecl)
		decl = clang_getCanonicalCursor(decl);
	if (x->nr_symbols * 2 >= x->cap_symbols)
		grow_symbols(x);
	for (at = clang_hashCursor(decl);; at++) {
		unit = x->symbols[at & (x->cap_symbols - 1)];
		if (!unit)
			break;
		if (clang_equalCursors(unit->cursor, decl))
			return unit;
	}
	unit = gcv_arena_alloc(x->arena, sizeof(*unit));
	unit->cursor = decl;
	fill_symbol(x, unit);
	x->symbols[at & (x->cap_symbols - 1)] = unit;
	x->nr_symbols++;
	return unit;
}

uint32_t gcv_symbol_index(struct gcv_extract *x, struct gcv_unit_symbol *symbol)
{
	if (symbol->serial != x->serial) {
		symbol->serial = x->serial;
		symbol->index = gcv_body_add_symbol(&x->writer, &symbol->symbol);
		symbol->member = GCV_NONE;
	}
	return symbol->index;
}

void gcv_note_seen(struct gcv_extract *x, CXCursor cursor, enum gcv_seen_kind kind)
{
	CXSourceLocation at = clang_getCursorLocation(cursor);
	unsigned int offset, spelled_offset;
	CXFile file, spelled;
	struct gcv_fact_seen *seen;
	uint32_t index;

	clang_getFileLocation(at, &file, NULL, NULL, &offset);
	clang_getSpellingLocation(at, &spelled, NULL, NULL, &spelled_offset);
	if (!file || !spelled)
		return;
	index = gcv_file_of(x, spelled)->index;
	if (index == GCV_NONE)
		return;
	seen = GCV_PUSH(x, seen);
	seen->file = index;
	seen->offset = spelled_offset;
	seen->kind = file == spelled && offset == spelled_offset ? kind : GCV_SEEN_MACRO;
}
