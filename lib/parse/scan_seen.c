// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

static int by_path(const void *key, const void *member)
{
	const struct gcv_scan_file *file = member;

	return strcmp(key, file->walk->path);
}

struct gcv_scan_file *gcv_scan_file_of(struct gcv_scan_state *s, const char *path)
{
	if (!s->nr_candidates)
		return NULL;
	return bsearch(path, s->files, s->nr_candidates, sizeof(*s->files), by_path);
}

/* Number of the first occurrence at or behind an offset. */
static uint32_t first_behind(const struct gcv_lexed *lexed, uint32_t offset)
{
	uint32_t low = 0, high = lexed->nr_occurrences;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (lexed->occurrences[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void gcv_scan_mark(struct gcv_scan_state *s, const char *path, uint32_t offset, unsigned int marks)
{
	struct gcv_scan_file *file = gcv_scan_file_of(s, path);
	uint32_t i;

	if (!file)
		return;
	i = first_behind(file->lexed, offset);
	if (i < file->lexed->nr_occurrences && file->lexed->occurrences[i].offset == offset) {
		file->marks[i] |= (uint8_t)marks;
		file->marks[i] &= (uint8_t)~GCV_MARK_SKIPPED;
	}
}

void gcv_scan_mark_skip(struct gcv_scan_state *s, const char *path, uint32_t begin, uint32_t end)
{
	struct gcv_scan_file *file = gcv_scan_file_of(s, path);
	const struct gcv_lexed *lexed;
	uint32_t i;

	if (!file)
		return;
	lexed = file->lexed;
	for (i = first_behind(lexed, begin); i < lexed->nr_occurrences; i++) {
		if (lexed->occurrences[i].offset >= end)
			break;
		if (!(file->marks[i] & GCV_MARK_SEEN))
			file->marks[i] |= GCV_MARK_SKIPPED;
	}
}

bool gcv_scan_is_code(const struct gcv_lex_occurrence *occurrence)
{
	return occurrence->class == GCV_LEX_CODE;
}

uint32_t gcv_scan_unseen(const struct gcv_scan_file *file)
{
	const struct gcv_lexed *lexed = file->lexed;
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++)
		if (gcv_scan_is_code(&lexed->occurrences[i]) &&
		    !(file->marks[i] & (GCV_MARK_SEEN | GCV_MARK_GIVEN_UP)))
			return i;
	return UINT32_MAX;
}

const char *gcv_ledger_class_name(enum gcv_ledger_class class)
{
	static const char *const names[GCV_LEDGER_CLASSES] = {
		[GCV_LEDGER_CALL] = "call",
		[GCV_LEDGER_DECLARATION] = "declaration",
		[GCV_LEDGER_MACRO_BODY] = "macro-body",
		[GCV_LEDGER_ADDRESS_TAKEN] = "address-taken",
		[GCV_LEDGER_OTHER_NAME] = "other-name",
		[GCV_LEDGER_COMMENT] = "comment",
		[GCV_LEDGER_STRING] = "string",
		[GCV_LEDGER_DIRECTIVE] = "directive",
		[GCV_LEDGER_BUILD_FILE] = "build-file",
		[GCV_LEDGER_INACTIVE] = "inactive",
		[GCV_LEDGER_NOT_ANALYSED] = "not-analysed",
	};

	return names[class];
}

static enum gcv_ledger_class class_of_code(unsigned int marks)
{
	if (marks & GCV_MARK_CALL)
		return GCV_LEDGER_CALL;
	/* EXPORT_SYMBOL() declares a name once more, but what it is for is its address. */
	if (marks & GCV_MARK_ADDRESS)
		return GCV_LEDGER_ADDRESS_TAKEN;
	if (marks & (GCV_MARK_DECLARATION | GCV_MARK_DEFINITION))
		return GCV_LEDGER_DECLARATION;
	if (marks & GCV_MARK_OTHER)
		return GCV_LEDGER_OTHER_NAME;
	if (marks & GCV_MARK_MACRO)
		return GCV_LEDGER_MACRO_BODY;
	return marks & GCV_MARK_SKIPPED ? GCV_LEDGER_INACTIVE : GCV_LEDGER_NOT_ANALYSED;
}

static enum gcv_ledger_class class_of(const struct gcv_lex_occurrence *occurrence,
				      unsigned int marks)
{
	switch (occurrence->class) {
	case GCV_LEX_COMMENT:
		return GCV_LEDGER_COMMENT;
	case GCV_LEX_STRING:
		return GCV_LEDGER_STRING;
	case GCV_LEX_PLAIN:
		return GCV_LEDGER_BUILD_FILE;
	case GCV_LEX_DIRECTIVE:
		if (occurrence->directive == GCV_LEX_DEFINE_NAME ||
		    occurrence->directive == GCV_LEX_DEFINE_BODY)
			return GCV_LEDGER_MACRO_BODY;
		return GCV_LEDGER_DIRECTIVE;
	case GCV_LEX_CODE:
		break;
	}
	return class_of_code(marks);
}

/* The conditions that hide an occurrence, the innermost first. */
static const char *conditions_of(struct gcv_scan_state *s, const struct gcv_lexed *lexed,
				 int32_t branch)
{
	static const char *const words[] = {
		[GCV_LEX_IF] = "#if",
		[GCV_LEX_IFDEF] = "#ifdef",
		[GCV_LEX_IFNDEF] = "#ifndef",
		[GCV_LEX_ELIF] = "#elif",
		[GCV_LEX_ELIFDEF] = "#elifdef",
		[GCV_LEX_ELIFNDEF] = "#elifndef",
		[GCV_LEX_ELSE] = "#else of #if",
	};
	const char *text = "";

	while (branch >= 0) {
		const struct gcv_lex_branch *b = &lexed->branches[branch], *stated = b;

		while (stated->kind == GCV_LEX_ELSE && stated->previous >= 0)
			stated = &lexed->branches[stated->previous];
		text = gcv_arena_printf(&s->scan->arena, "%s%s%s %.200s (line %u)", text,
					*text ? ", " : "", words[b->kind], stated->text, b->line);
		branch = b->parent;
	}
	return text;
}

static void add_row(struct gcv_scan_state *s, const struct gcv_scan_file *file, uint32_t i)
{
	struct gcv_scan *scan = s->scan;
	const struct gcv_lexed *lexed = file->lexed;
	const struct gcv_lex_occurrence *occurrence = &lexed->occurrences[i];
	struct gcv_ledger_row row = { .file = file->walk,
				      .occurrence = occurrence,
				      .class = class_of(occurrence, file->marks[i]),
				      .detail = "",
				      .condition = "" };

	if (row.class == GCV_LEDGER_MACRO_BODY && occurrence->macro)
		row.detail = occurrence->macro;
	if (row.class == GCV_LEDGER_INACTIVE)
		row.condition = conditions_of(s, lexed, occurrence->branch);
	if (row.class == GCV_LEDGER_NOT_ANALYSED)
		row.detail = file->cause ? file->cause : "no statement of it in the syntax tree";
	GCV_GROW(scan->rows, scan->nr_rows, scan->cap_rows);
	scan->rows[scan->nr_rows++] = row;
	scan->sums.classes[row.class]++;
	if (!gcv_scan_is_code(occurrence))
		return;
	scan->sums.code++;
	scan->sums.code_seen += (file->marks[i] & GCV_MARK_SEEN) != 0;
}

void gcv_scan_ledger(struct gcv_scan_state *s)
{
	struct gcv_scan *scan = s->scan;
	uint32_t i, k;

	for (i = 0; i < s->nr_files; i++) {
		const struct gcv_scan_file *file = &s->files[i];

		if (file->walk->apart) {
			scan->sums.candidates_apart++;
			scan->sums.classes_apart += file->lexed->nr_occurrences;
			continue;
		}
		scan->sums.candidates++;
		for (k = 0; k < file->lexed->nr_occurrences; k++)
			add_row(s, file, k);
	}
	for (i = 0; i < scan->nr_rows; i++)
		if (scan->rows[i].class == GCV_LEDGER_NOT_ANALYSED)
			gcv_scan_fail(
				s, scan->rows[i].file->path, "",
				gcv_arena_printf(&scan->arena, "line %u: %s was not seen: %s",
						 scan->rows[i].occurrence->line,
						 gcv_names_str(s->names,
							       scan->rows[i].occurrence->name),
						 scan->rows[i].detail));
}
