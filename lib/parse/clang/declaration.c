// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/declaration.h"

#include <stdlib.h>
#include <string.h>

static bool is_api_name(const struct gcv_extract *x, const char *name)
{
	return gcv_intern_find(x->options->names, name, strlen(name)) != GCV_INTERN_NONE;
}

struct parts {
	struct gcv_extract *x;
	CXCursor body;
	const char *attributes;
};

/* Find the body and gather the attributes as they are written ("__init", "__must_check"). */
static enum CXChildVisitResult visit_part(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct parts *parts = data;
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	struct gcv_place place;
	const char *text;

	(void)parent;
	if (kind == CXCursor_CompoundStmt)
		parts->body = cursor;
	if (!clang_isAttribute(kind))
		return CXChildVisit_Continue;
	place = gcv_place_of(parts->x, cursor);
	place.macro = false;
	text = gcv_source_text(parts->x, place, cursor);
	if (*text && !strstr(parts->attributes, text))
		parts->attributes = gcv_arena_printf(parts->x->arena, "%s%s%s", parts->attributes,
						     *parts->attributes ? " " : "", text);
	return CXChildVisit_Continue;
}

/* Begin a definition: from here on nodes, calls and members belong to it. */
static struct gcv_fact_def *begin_def(struct gcv_extract *x, CXCursor cursor, uint32_t file)
{
	struct gcv_place place = gcv_place_of(x, cursor);
	struct gcv_fact_def *def = GCV_PUSH(x, defs);
	struct gcv_unit_symbol *symbol = gcv_symbol_of(x, cursor);
	unsigned int offset, spelled_offset;
	CXFile at, spelled;

	x->def = x->facts->nr_defs - 1;
	x->def_file = place.file;
	x->def_begin = place.begin;
	x->serial++;
	def->name = symbol->symbol.name;
	def->type = symbol->symbol.type;
	def->file = file;
	def->begin = place.begin;
	def->end = place.end;
	def->linkage = gcv_linkage_of(cursor);
	def->attributes = "";
	clang_getFileLocation(clang_getCursorLocation(cursor), &at, &def->line, NULL, &offset);
	clang_getSpellingLocation(clang_getCursorLocation(cursor), &spelled, NULL, NULL,
				  &spelled_offset);
	def->from_macro = at != spelled || offset != spelled_offset;
	def->end_line = gcv_line_of(x, place.file, place.end, NULL);
	return def;
}

static void finish_def(struct gcv_extract *x)
{
	struct gcv_strbuf bytes = { 0 };
	struct gcv_fact_def *def = &x->facts->defs[x->def];

	gcv_body_finish(&x->writer, &bytes);
	def->body = gcv_arena_strndup(x->arena, bytes.buf, bytes.len);
	def->body_len = bytes.len;
	gcv_strbuf_release(&bytes);
}

static void extract_function(struct gcv_extract *x, CXCursor function, uint32_t file)
{
	struct parts parts = { .x = x, .body = clang_getNullCursor(), .attributes = "" };
	struct gcv_fact_def *def;
	int nr_params, i;

	clang_visitChildren(function, visit_part, &parts);
	if (clang_Cursor_isNull(parts.body))
		return;
	def = begin_def(x, function, file);
	def->kind = GCV_DEF_FUNCTION;
	def->attributes = parts.attributes;
	def->body_begin = gcv_place_of(x, parts.body).begin;
	nr_params = clang_Cursor_getNumArguments(function);
	for (i = 0; i < nr_params; i++) {
		struct gcv_unit_symbol *symbol =
			gcv_symbol_of(x, clang_Cursor_getArgument(function, (unsigned int)i));

		if (symbol->is_namesake)
			gcv_note_seen(x, symbol->cursor, GCV_SEEN_OTHER);
		symbol->symbol.value = i;
		gcv_symbol_index(x, symbol);
	}
	gcv_emit(x, parts.body, GCV_ROLE_VALUE);
	finish_def(x);
}

struct init_search {
	struct gcv_extract *x;
	bool names_function;
};

static enum CXChildVisitResult find_function(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct init_search *search = data;
	CXCursor decl;

	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_DeclRefExpr)
		return CXChildVisit_Recurse;
	decl = clang_getCursorReferenced(cursor);
	if (clang_getCursorKind(decl) != CXCursor_FunctionDecl)
		return CXChildVisit_Recurse;
	search->names_function = true;
	return CXChildVisit_Break;
}

/* Tables of functions matter (ops); other initialised data does not. */
static void extract_variable(struct gcv_extract *x, CXCursor var, uint32_t file)
{
	struct init_search search = { .x = x };
	CXCursor init = clang_Cursor_getVarDeclInitializer(var);

	if (clang_Cursor_isNull(init))
		return;
	find_function(init, var, &search);
	if (!search.names_function)
		clang_visitChildren(init, find_function, &search);
	if (!search.names_function)
		return;
	begin_def(x, var, file)->kind = GCV_DEF_VARIABLE;
	gcv_emit_variable(x, var);
	finish_def(x);
}

struct field_list {
	struct gcv_extract *x;
	struct gcv_fact_field *fields;
	uint32_t nr, cap;
};

static enum CXVisitorResult add_field(CXCursor field, CXClientData data)
{
	struct field_list *list = data;
	CXType type = clang_getCursorType(field);
	struct gcv_unit_symbol *symbol;

	if (clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(type))) {
		clang_Type_visitFields(type, add_field, data);
		return CXVisit_Continue;
	}
	symbol = gcv_symbol_of(list->x, field);
	if (symbol->is_namesake)
		gcv_note_seen(list->x, field, GCV_SEEN_OTHER);
	GCV_GROW(list->fields, list->nr, list->cap);
	list->fields[list->nr++] = (struct gcv_fact_field){ symbol->symbol.name,
							    symbol->symbol.type,
							    symbol->symbol.canonical };
	return CXVisit_Continue;
}

static enum CXChildVisitResult visit_record(CXCursor cursor, CXCursor parent, CXClientData data);

static void extract_record(struct gcv_extract *x, CXCursor record)
{
	struct field_list list = { .x = x };
	struct gcv_fact_record *fact;
	unsigned int line, offset;
	uint32_t index;
	CXFile file;

	if (!clang_isCursorDefinition(record))
		return;
	clang_getFileLocation(clang_getCursorLocation(record), &file, &line, NULL, &offset);
	index = file ? gcv_file_of(x, file)->index : GCV_NONE;
	if (index == GCV_NONE)
		return;
	if (!clang_Cursor_isAnonymousRecordDecl(record)) {
		clang_Type_visitFields(clang_getCursorType(record), add_field, &list);
		fact = GCV_PUSH(x, records);
		fact->name = gcv_record_name(x, record);
		fact->file = index;
		fact->offset = offset;
		fact->line = line;
		fact->nr_fields = list.nr;
		fact->fields = gcv_arena_alloc(x->arena, sizeof(*list.fields) * list.nr);
		if (list.nr)
			memcpy(fact->fields, list.fields, sizeof(*list.fields) * list.nr);
	}
	free(list.fields);
	clang_visitChildren(record, visit_record, x);
}

static enum CXChildVisitResult visit_record(CXCursor cursor, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	(void)parent;
	if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl)
		extract_record(data, cursor);
	return CXChildVisit_Continue;
}

void gcv_extract_top(struct gcv_extract *x, CXCursor cursor, uint32_t file, bool definitions)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	struct gcv_unit_symbol *symbol;

	if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl) {
		extract_record(x, cursor);
		return;
	}
	if (!definitions)
		return;
	if (kind == CXCursor_FunctionDecl) {
		symbol = gcv_symbol_of(x, cursor);
		if (symbol->is_api)
			gcv_note_seen(x, cursor,
				      clang_isCursorDefinition(cursor) ? GCV_SEEN_DEFINITION
								       : GCV_SEEN_DECLARATION);
		if (clang_isCursorDefinition(cursor))
			extract_function(x, cursor, file);
	} else if (kind == CXCursor_VarDecl) {
		extract_variable(x, cursor, file);
	}
}

static bool has_prefix(const struct gcv_extract *x, const char *name)
{
	const struct gcv_intern *prefixes = x->options->prefixes;
	uint32_t i;

	for (i = 0; prefixes && i < prefixes->nr; i++)
		if (strncmp(name, gcv_intern_str(prefixes, i), gcv_intern_len(prefixes, i)) == 0)
			return true;
	return is_api_name(x, name);
}

static void fill_params(struct gcv_extract *x, struct gcv_fact_decl *decl, CXCursor function)
{
	int nr = clang_Cursor_getNumArguments(function), i;

	decl->nr_params = nr > 0 ? (uint32_t)nr : 0;
	decl->param_names = gcv_arena_alloc(x->arena, sizeof(char *) * decl->nr_params);
	decl->param_types = gcv_arena_alloc(x->arena, sizeof(char *) * decl->nr_params);
	for (i = 0; i < nr; i++) {
		CXCursor param = clang_Cursor_getArgument(function, (unsigned int)i);

		decl->param_names[i] = gcv_take_string(x, clang_getCursorSpelling(param));
		decl->param_types[i] =
			gcv_take_string(x, clang_getTypeSpelling(clang_getCursorType(param)));
	}
}

static struct gcv_fact_decl *push_decl(struct gcv_extract *x, CXCursor cursor, uint32_t file,
				       const char *name)
{
	struct gcv_fact_decl *decl = GCV_PUSH(x, decls);

	decl->name = name;
	decl->file = file;
	decl->type = decl->result = "";
	clang_getFileLocation(clang_getCursorLocation(cursor), NULL, &decl->line, NULL, NULL);
	return decl;
}

struct enum_visit {
	struct gcv_extract *x;
	uint32_t file;
};

static enum CXChildVisitResult visit_constant(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct enum_visit *visit = data;
	struct gcv_fact_decl *decl;
	const char *name;

	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_EnumConstantDecl)
		return CXChildVisit_Continue;
	name = gcv_take_string(visit->x, clang_getCursorSpelling(cursor));
	if (!has_prefix(visit->x, name))
		return CXChildVisit_Continue;
	decl = push_decl(visit->x, cursor, visit->file, name);
	decl->is_enum = true;
	decl->value = clang_getEnumConstantDeclValue(cursor);
	return CXChildVisit_Continue;
}

void gcv_extract_decl(struct gcv_extract *x, CXCursor cursor, uint32_t file)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	struct enum_visit visit = { .x = x, .file = file };
	struct gcv_fact_decl *decl;
	const char *name;
	CXType type;

	if (kind == CXCursor_EnumDecl)
		clang_visitChildren(cursor, visit_constant, &visit);
	if (kind != CXCursor_FunctionDecl && kind != CXCursor_MacroDefinition)
		return;
	name = gcv_take_string(x, clang_getCursorSpelling(cursor));
	if (!has_prefix(x, name))
		return;
	decl = push_decl(x, cursor, file, name);
	decl->is_macro = kind == CXCursor_MacroDefinition;
	if (decl->is_macro)
		return;
	type = clang_getCursorType(cursor);
	decl->type = gcv_take_string(x, clang_getTypeSpelling(type));
	decl->result = gcv_take_string(x, clang_getTypeSpelling(clang_getResultType(type)));
	fill_params(x, decl, cursor);
}
