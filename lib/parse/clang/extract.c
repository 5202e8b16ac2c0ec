// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/extract_state.h"
#include "parse/clang/declaration.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void add_outside(struct gcv_extract *x, const char *path)
{
	uint32_t i;

	for (i = 0; i < x->facts->nr_outside; i++)
		if (strcmp(x->facts->outside[i], path) == 0)
			return;
	GCV_GROW(x->facts->outside, x->facts->nr_outside, x->cap_outside);
	x->facts->outside[x->facts->nr_outside++] = gcv_arena_strdup(x->arena, path);
}

/* Virtual headers and libclang's own are no part of the tree, and may be read. */
static bool is_ours(const char *path)
{
	return strncmp(path, "/gupconv-virtual/", 17) == 0 ||
	       strncmp(path, GCV_CLANG_RESOURCE_INCLUDE, strlen(GCV_CLANG_RESOURCE_INCLUDE)) == 0;
}

static void note_outside(struct gcv_extract *x, CXFile handle)
{
	CXString name = clang_getFileName(handle);
	const char *path = clang_getCString(name);

	if (path && !is_ours(path))
		add_outside(x, path);
	clang_disposeString(name);
}

/* A message about a file outside of the tree would quote what stands there. */
static const char *error_text(struct gcv_extract *x, CXDiagnostic diag, CXFile file, bool inside)
{
	CXString name = clang_getFileName(file);
	const char *path = file ? clang_getCString(name) : NULL;
	bool foreign = !inside && path && !is_ours(path);

	clang_disposeString(name);
	return foreign ? "error in a file outside of the tree"
		       : gcv_take_string(x, clang_getDiagnosticSpelling(diag));
}

uint32_t gcv_add_fact_file(struct gcv_extract *x, CXFile handle, const char *path, bool is_main)
{
	const struct gcv_overlay_file *memory = gcv_overlay_find(x->options->overlay, path);
	struct gcv_fact_file *file = GCV_PUSH(x, files);

	file->path = path;
	file->is_main = is_main;
	if (memory) {
		memcpy(file->hash, memory->hash.b, sizeof(file->hash));
		return x->facts->nr_files - 1;
	}
	/* A file that changed under our hands keeps a hash of zeros, so that it is parsed again. */
	if (*path != '/')
		gcv_filehash_get(x->options->hashes,
				 gcv_arena_printf(x->arena, "%s/%s", x->options->root, path),
				 clang_getFileTime(handle), file->hash);
	return x->facts->nr_files - 1;
}

/*
 * A file that the unit read. Virtual headers are known by the identity of the flags and libclang's
 * own by its version; anything else outside of the tree is reported.
 */
static void add_inclusion(CXFile handle, CXSourceLocation *stack, unsigned int depth,
			  CXClientData data)
{
	struct gcv_extract *x = data;
	const char *inside = gcv_file_path(x, handle);

	(void)stack;
	if (!inside) {
		note_outside(x, handle);
		return;
	}
	gcv_add_fact_file(x, handle, inside, depth == 0);
}

static int by_path(const void *a, const void *b)
{
	const struct gcv_fact_file *x = a, *y = b;

	if (x->is_main != y->is_main)
		return x->is_main ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* A header that is read several times is listed once. */
static void settle_files(struct gcv_extract *x)
{
	struct gcv_facts *facts = x->facts;
	uint32_t i, nr = 0;

	if (facts->nr_files)
		qsort(facts->files, facts->nr_files, sizeof(*facts->files), by_path);
	for (i = 0; i < facts->nr_files; i++)
		if (!nr || strcmp(facts->files[nr - 1].path, facts->files[i].path) != 0)
			facts->files[nr++] = facts->files[i];
	facts->nr_files = nr;
}

static void mark_error(struct gcv_extract *x, uint32_t file, uint32_t offset)
{
	uint32_t i;

	for (i = 0; i < x->facts->nr_defs; i++) {
		struct gcv_fact_def *def = &x->facts->defs[i];

		if (def->file == file && def->begin <= offset && offset < def->end)
			def->has_error = true;
	}
}

/* The option of a warning that an edited tree is held against, or NULL. */
static const char *asked_warning(CXDiagnostic diag)
{
	CXString option = clang_getDiagnosticOption(diag, NULL);
	const char *text = clang_getCString(option);
	size_t i = 0;

	while (gcv_facts_warnings[i] && (!text || strcmp(gcv_facts_warnings[i], text) != 0))
		i++;
	clang_disposeString(option);
	return gcv_facts_warnings[i];
}

/* It says nothing against the syntax tree, so that it is no error of the unit. */
static void add_warning(struct gcv_extract *x, CXDiagnostic diag, const char *option)
{
	struct gcv_fact_error *error;
	unsigned int line;
	uint32_t index;
	CXFile file;

	clang_getFileLocation(clang_getDiagnosticLocation(diag), &file, &line, NULL, NULL);
	index = file ? gcv_file_of(x, file)->index : GCV_NONE;
	if (index == GCV_NONE)
		return;
	error = GCV_PUSH(x, errors);
	error->file = index;
	error->line = line;
	error->text =
		gcv_arena_printf(x->arena, "%s [%s]", error_text(x, diag, file, true), option);
}

static void add_error(struct gcv_extract *x, CXDiagnostic diag)
{
	struct gcv_fact_error *error;
	unsigned int line, offset;
	uint32_t index = GCV_NONE;
	CXFile file;

	clang_getFileLocation(clang_getDiagnosticLocation(diag), &file, &line, NULL, &offset);
	if (file)
		index = gcv_file_of(x, file)->index;
	x->facts->nr_errors_all++;
	if (index != GCV_NONE) {
		x->facts->nr_errors_main += x->facts->files[index].is_main;
		mark_error(x, index, offset);
	}
	if (x->facts->nr_errors == GCV_FACTS_MAX_ERRORS)
		return;
	error = GCV_PUSH(x, errors);
	error->file = index;
	error->line = file ? line : 0;
	error->text = error_text(x, diag, file, index != GCV_NONE);
}

static void add_errors(struct gcv_extract *x)
{
	unsigned int nr = clang_getNumDiagnostics(x->tu), nr_warnings = 0, i;
	bool is_second;

	/* The errors first. */
	for (i = 0; i < 2 * nr; i++) {
		CXDiagnostic diag = clang_getDiagnostic(x->tu, i % nr);
		const char *option = clang_getDiagnosticSeverity(diag) >= CXDiagnostic_Error
					     ? asked_warning(diag)
					     : NULL;

		is_second = i >= nr;
		if (!is_second && !option &&
		    clang_getDiagnosticSeverity(diag) >= CXDiagnostic_Error)
			add_error(x, diag);
		else if (is_second && option && nr_warnings++ < GCV_FACTS_MAX_WARNINGS)
			add_warning(x, diag, option);
		clang_disposeDiagnostic(diag);
	}
}

static void add_skips_of(struct gcv_extract *x, const struct gcv_seen_file *seen)
{
	CXSourceRangeList *list = clang_getSkippedRanges(x->tu, seen->handle);
	uint32_t i;

	for (i = 0; list && i < list->count; i++) {
		struct gcv_fact_skip *skip = GCV_PUSH(x, skips);
		CXSourceRange range = list->ranges[i];

		skip->file = seen->index;
		clang_getFileLocation(clang_getRangeStart(range), NULL, NULL, NULL, &skip->begin);
		clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &skip->end);
	}
	clang_disposeSourceRangeList(list);
}

/*
 * Only files that have a range are asked for theirs: for one of the precompiled header libclang
 * looks through all files of that header, and finds nothing.
 */
static void add_skips(struct gcv_extract *x)
{
	CXSourceRangeList *list = clang_getAllSkippedRanges(x->tu);
	uint32_t i;

	for (i = 0; list && i < list->count; i++) {
		struct gcv_seen_file *seen;
		CXFile file;

		clang_getFileLocation(clang_getRangeStart(list->ranges[i]), &file, NULL, NULL,
				      NULL);
		seen = file ? gcv_known_file(x, file) : NULL;
		if (!seen || !seen->interest || seen->index == GCV_NONE || seen->has_skips)
			continue;
		seen->has_skips = true;
		add_skips_of(x, seen);
	}
	clang_disposeSourceRangeList(list);
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct gcv_extract *x = data;
	struct gcv_seen_file *seen;
	unsigned int offset;
	CXFile file;

	(void)parent;
	if (clang_isPreprocessing(clang_getCursorKind(cursor)) && !x->options->want_decls)
		return CXChildVisit_Continue;
	clang_getFileLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, &offset);
	if (!file)
		return CXChildVisit_Continue;
	seen = gcv_file_of(x, file);
	if (x->options->want_decls && seen->index != GCV_NONE)
		gcv_extract_decl(x, cursor, seen->index);
	if (!x->options->files_only && seen->index != GCV_NONE && (seen->interest || seen->records))
		gcv_extract_top(x, cursor, seen->index, seen->interest);
	return CXChildVisit_Continue;
}

/* They may name more of their kind. */
static void add_inlines(struct gcv_extract *x)
{
	uint32_t i;

	for (i = 0; i < x->nr_inlines; i++) {
		CXCursor definition = x->inlines[i];
		CXFile file;

		clang_getFileLocation(clang_getCursorLocation(definition), &file, NULL, NULL, NULL);
		gcv_extract_top(x, definition, gcv_file_of(x, file)->index, true);
	}
}

/* Move a malloc()ed array into the arena, where the caller expects it. */
#define SETTLE(list)                                                         \
	do {                                                                 \
		void *grown = facts->list;                                   \
		size_t size_bytes = sizeof(*facts->list) * facts->nr_##list; \
                                                                             \
		facts->list = gcv_arena_alloc(x->arena, size_bytes);         \
		if (size_bytes)                                              \
			memcpy(facts->list, grown, size_bytes);              \
		free(grown);                                                 \
	} while (0)

static void settle(struct gcv_extract *x)
{
	struct gcv_facts *facts = x->facts;

	SETTLE(files);
	SETTLE(defs);
	SETTLE(calls);
	SETTLE(seen);
	SETTLE(members);
	SETTLE(addresses);
	SETTLE(records);
	SETTLE(errors);
	SETTLE(skips);
	SETTLE(decls);
	SETTLE(outside);
	free(x->files);
	free(x->spots);
	free(x->symbols);
	free(x->counters);
	gcv_intern_release(&x->counted);
	free(x->kids);
	free(x->inlines);
	gcv_body_writer_release(&x->writer);
}

void gcv_extract_unit(CXTranslationUnit tu, const struct gcv_extract_options *options,
		      struct gcv_arena *arena, struct gcv_facts *ret_facts)
{
	struct gcv_facts facts = { 0 };
	struct gcv_extract x = { .tu = tu,
				 .options = options,
				 .arena = arena,
				 .facts = &facts,
				 .sink = "",
				 .spots = gcv_zalloc(GCV_SPOTS, sizeof(struct gcv_spot)),
				 .last_file = GCV_NONE };

	clang_getInclusions(tu, add_inclusion, &x);
	settle_files(&x);
	if (options->want_decls || !options->files_only)
		clang_visitChildren(clang_getTranslationUnitCursor(tu), visit_top, &x);
	add_inlines(&x);
	add_errors(&x);
	add_skips(&x);
	settle(&x);
	*ret_facts = facts;
}
