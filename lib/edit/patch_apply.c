// SPDX-License-Identifier: GPL-2.0-only
#include "edit/patch_apply.h"

#include <stdlib.h>
#include <string.h>

/** MAX_FUZZ - lines of context at either end that need not be there, as patch(1) has it */
#define MAX_FUZZ 2
/** MAX_OFFSET - how far from its place a hunk is looked for, in lines */
#define MAX_OFFSET 20000

/**
 * struct side - the lines that a hunk expects, before or after it
 * @hunk: the hunk
 * @without: kind of the lines that are not among them
 * @skip: lines of context at the beginning that are not looked at
 * @leave: and at the end
 */
struct side {
	const struct gcv_patch_hunk *hunk;
	char without;
	uint32_t skip, leave;
};

void gcv_patched_init(struct gcv_patched_file *file, const char *path, const char *text, size_t len)
{
	size_t pos = 0;

	*file = (struct gcv_patched_file){ .path = path, .old_text = text, .old_len = len };
	while (pos < len) {
		const char *end = memchr(text + pos, '\n', len - pos);
		size_t next = end ? (size_t)(end - text) + 1 : len;
		size_t line_len = next - pos - (end != NULL);

		GCV_GROW(file->lines, file->nr_lines, file->cap_lines);
		if (line_len && text[pos + line_len - 1] == '\r')
			line_len--;
		file->lines[file->nr_lines++] = (struct gcv_patched_line){
			.text = text + pos,
			.len = (uint32_t)line_len,
			.begin = (uint32_t)pos,
			.added = GCV_PATCHED_NONE,
			.removed = GCV_PATCHED_NONE,
		};
		pos = next;
	}
}

static bool is_same(const struct gcv_patched_line *a, const struct gcv_patch_line *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static bool fits_at(const struct gcv_patched_file *file, const uint32_t *live, uint32_t nr_live,
		    const struct side *side, int64_t at)
{
	uint32_t i, last = side->hunk->nr_lines - side->leave;

	for (i = side->skip, at += side->skip; i < last; i++) {
		const struct gcv_patch_line *line = &side->hunk->lines[i];

		if (line->kind == side->without)
			continue;
		if (at < 0 || at >= nr_live || !is_same(&file->lines[live[at]], line))
			return false;
		at++;
	}
	return true;
}

/* Where the side stands, the nearest place first; -1 for nowhere. */
static int64_t find(const struct gcv_patched_file *file, const uint32_t *live, uint32_t nr_live,
		    const struct side *side, int64_t wanted)
{
	int64_t away;

	for (away = 0; away <= MAX_OFFSET && away <= (int64_t)nr_live + wanted; away++) {
		if (fits_at(file, live, nr_live, side, wanted - away) && wanted - away >= 0)
			return wanted - away;
		if (away && fits_at(file, live, nr_live, side, wanted + away))
			return wanted + away;
	}
	return -1;
}

/* Lines of context at the beginning, or at the end, at most @max. */
static uint32_t context(const struct gcv_patch_hunk *hunk, bool at_end, uint32_t max)
{
	uint32_t nr = 0;

	while (nr < max && nr < hunk->nr_lines &&
	       hunk->lines[at_end ? hunk->nr_lines - 1 - nr : nr].kind == ' ')
		nr++;
	return nr;
}

static void insert(struct gcv_patched_file *file, uint32_t at, const struct gcv_patch_line *line,
		   uint32_t patch)
{
	GCV_GROW(file->lines, file->nr_lines, file->cap_lines);
	memmove(file->lines + at + 1, file->lines + at,
		sizeof(*file->lines) * (file->nr_lines - at));
	file->nr_lines++;
	file->lines[at] = (struct gcv_patched_line){
		.text = line->text,
		.len = line->len,
		.begin = GCV_PATCHED_NONE,
		.added = patch,
		.removed = GCV_PATCHED_NONE,
	};
}

/* @at is an index into the live lines; what was put in moves the rest on. */
static void put(struct gcv_patched_file *file, const uint32_t *live, uint32_t nr_live,
		const struct gcv_patch_hunk *hunk, uint32_t skip, uint32_t leave, int64_t at,
		uint32_t patch)
{
	uint32_t i, nr_in = 0, before = 0;

	at += skip;
	before = at ? live[at - 1] + 1 : 0;
	for (i = skip; i < hunk->nr_lines - leave; i++) {
		const struct gcv_patch_line *line = &hunk->lines[i];

		if (line->kind == '+') {
			insert(file, before + nr_in++, line, patch);
			continue;
		}
		if (at >= nr_live)
			return;
		if (line->kind == '-')
			file->lines[live[at] + nr_in].removed = patch;
		before = live[at++] + 1;
	}
}

static uint32_t list_live(const struct gcv_patched_file *file, uint32_t *live)
{
	uint32_t i, nr = 0;

	for (i = 0; i < file->nr_lines; i++)
		if (file->lines[i].removed == GCV_PATCHED_NONE)
			live[nr++] = i;
	return nr;
}

/* One that only puts lines in without context fits everywhere: only where it says, then. */
static bool is_anchored(const struct side *side)
{
	uint32_t i;

	for (i = side->skip; i < side->hunk->nr_lines - side->leave; i++)
		if (side->hunk->lines[i].kind != side->without)
			return true;
	return false;
}

enum gcv_hunk_fit gcv_patched_apply(struct gcv_patched_file *file,
				    const struct gcv_patch_hunk *hunk, uint32_t patch,
				    int64_t *drift)
{
	GCV_AUTOFREE uint32_t *live = gcv_zalloc(file->nr_lines + 1, sizeof(*live));
	uint32_t nr_live = list_live(file, live), fuzz;
	int64_t said = hunk->old_line ? (int64_t)hunk->old_line - 1 : 0, at;

	for (fuzz = 0; fuzz <= MAX_FUZZ; fuzz++) {
		const struct side old = { hunk, '+', context(hunk, false, fuzz),
					  context(hunk, true, fuzz) };
		const struct side new = { hunk, '-', 0, 0 };

		if (!is_anchored(&old)) {
			if (fuzz || nr_live)
				break;
			put(file, live, nr_live, hunk, 0, 0, 0, patch);
			return GCV_HUNK_APPLIED;
		}
		at = find(file, live, nr_live, &old, said + *drift);
		if (at >= 0) {
			*drift = at - said;
			put(file, live, nr_live, hunk, old.skip, old.leave, at, patch);
			return fuzz ? GCV_HUNK_FUZZY : GCV_HUNK_APPLIED;
		}
		if (!fuzz && is_anchored(&new) &&
		    find(file, live, nr_live, &new, said + *drift) >= 0)
			return GCV_HUNK_DONE;
	}
	return GCV_HUNK_FAILED;
}

uint32_t gcv_patched_at(const struct gcv_patched_file *file, uint32_t offset)
{
	uint32_t i, ret = file->nr_lines;

	for (i = 0; i < file->nr_lines; i++) {
		if (file->lines[i].begin == GCV_PATCHED_NONE)
			continue;
		if (file->lines[i].begin > offset)
			break;
		ret = i;
	}
	return ret;
}

static bool is_changed(const struct gcv_patched_line *line)
{
	return line->begin == GCV_PATCHED_NONE || line->removed != GCV_PATCHED_NONE;
}

struct gcv_patched_run gcv_patched_run(const struct gcv_patched_file *file, uint32_t at)
{
	struct gcv_patched_run run = { at, at };

	while (run.end < file->nr_lines && is_changed(&file->lines[run.end]))
		run.end++;
	while (run.first && run.end > at && is_changed(&file->lines[run.first - 1]))
		run.first--;
	return run;
}

/* A run as one change; what came and went again is not in it. */
static enum gcv_status add_run(const struct gcv_patched_file *file, struct gcv_patched_run run,
			       struct gcv_file_edit *edit, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	uint32_t begin, end, i, patch = GCV_PATCHED_NONE;

	gcv_strbuf_addstr(&text, "");
	begin = end = (uint32_t)file->old_len;
	/* The first line behind the run that the old text has. */
	if (run.end < file->nr_lines)
		begin = end = file->lines[run.end].begin;
	for (i = run.end; i > run.first; i--) {
		const struct gcv_patched_line *line = &file->lines[i - 1];

		if (line->begin != GCV_PATCHED_NONE)
			begin = line->begin;
		if (patch == GCV_PATCHED_NONE || line->removed != GCV_PATCHED_NONE)
			patch = line->removed != GCV_PATCHED_NONE ? line->removed : line->added;
	}
	for (i = run.first; i < run.end; i++) {
		if (file->lines[i].removed != GCV_PATCHED_NONE)
			continue;
		/* Behind a last line that has no end. */
		if (!text.len && begin && begin == file->old_len &&
		    file->old_text[begin - 1] != '\n')
			gcv_strbuf_addch(&text, '\n');
		gcv_strbuf_add(&text, file->lines[i].text, file->lines[i].len);
		gcv_strbuf_addch(&text, '\n');
	}
	if (begin == end && !text.len)
		return GCV_OK;
	return gcv_file_edit_add(edit, begin, end, text.buf, patch, err);
}

enum gcv_status gcv_patched_edit(const struct gcv_patched_file *file, struct gcv_file_edit *edit,
				 struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i = 0;

	*edit = (struct gcv_file_edit){
		.path = file->path,
		.old_text = file->old_text,
		.old_len = file->old_len,
	};
	while (st == GCV_OK && i < file->nr_lines) {
		struct gcv_patched_run run = gcv_patched_run(file, i);

		if (run.end > run.first)
			st = add_run(file, run, edit, err);
		i = run.end > i ? run.end : i + 1;
	}
	return st;
}

void gcv_patched_release(struct gcv_patched_file *file)
{
	free(file->lines);
}
