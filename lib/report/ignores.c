// SPDX-License-Identifier: GPL-2.0-only
#include "report/ignores.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define VERB "ignore"

/**
 * struct reader - state
 * @lines: the files
 * @arena: owns the result
 * @path: file at hand
 * @text: its text
 * @end: behind its last byte
 * @ignores: what was found so far
 * @nr: how many
 * @cap: room
 */
struct reader {
	struct gcv_lines *lines;
	struct gcv_arena *arena;
	const char *path, *text, *end;
	struct gcv_result_ignore *ignores;
	uint32_t nr, cap;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blanks(const struct reader *r, const char *at)
{
	while (at < r->end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* The slash that opens the comment which has nothing but the mark at @at, or NULL. */
static const char *find_opening(const struct reader *r, const char *at)
{
	while (at > r->text && (is_space(at[-1]) || at[-1] == '*'))
		at--;
	if (at == r->text || at[-1] != '/')
		return NULL;
	at--;
	if (at[1] == '*')
		return at;
	return at > r->text && at[-1] == '/' ? at - 1 : NULL;
}

static const char *find_end(const struct reader *r, const char *opening, const char *at)
{
	const char *end = opening[1] == '*' ? memmem(at, (size_t)(r->end - at), "*/", 2)
					    : memchr(at, '\n', (size_t)(r->end - at));

	return end ? end : r->end;
}

/* The rest of a comment on one line, without the stars in front of its lines. */
static const char *read_reason(struct reader *r, const char *at, const char *end)
{
	GCV_STRBUF_AUTO struct gcv_strbuf reason = { 0 };
	bool is_first = false;

	for (; at < end; at++) {
		if (*at == '\n')
			is_first = true;
		if (is_space(*at)) {
			if (reason.len && reason.buf[reason.len - 1] != ' ')
				gcv_strbuf_addch(&reason, ' ');
			continue;
		}
		if (!is_first || *at != '*')
			gcv_strbuf_addch(&reason, *at);
		is_first = false;
	}
	while (reason.len && reason.buf[reason.len - 1] == ' ')
		reason.len--;
	return reason.len ? gcv_arena_printf(r->arena, "%.*s", (int)reason.len, reason.buf) : "";
}

static bool stands_alone(const struct reader *r, const char *at)
{
	while (at > r->text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == r->text || at[-1] == '\n';
}

static uint32_t line_of(const struct reader *r, const char *at)
{
	return gcv_lines_at(r->lines, r->path, (uint32_t)(at - r->text));
}

static void take(struct reader *r, const char *mark)
{
	const char *opening = find_opening(r, mark);
	const char *at = skip_blanks(r, mark + strlen(GCV_IGNORES_MARK)), *name, *end;
	struct gcv_result_ignore *ignore;

	if (!opening || (size_t)(r->end - at) <= strlen(VERB) ||
	    memcmp(at, VERB, strlen(VERB)) != 0 || !is_space(at[strlen(VERB)]))
		return;
	end = find_end(r, opening, mark);
	name = skip_blanks(r, at + strlen(VERB));
	for (at = name; at < end && (isalnum((unsigned char)*at) || *at == '-'); at++)
		;
	GCV_GROW(r->ignores, r->nr, r->cap);
	ignore = &r->ignores[r->nr++];
	*ignore = (struct gcv_result_ignore){
		.file = gcv_arena_strdup(r->arena, r->path),
		.line = line_of(r, opening),
		.check = gcv_arena_printf(r->arena, "%.*s", (int)(at - name), name),
		.reason = at < end && *at == ':' ? read_reason(r, at + 1, end) : "",
	};
	ignore->target = ignore->line;
	if (stands_alone(r, opening))
		ignore->target = line_of(r, end == r->end ? end - 1 : end) + 1;
}

static void read_file(struct reader *r, const char *path)
{
	size_t len_bytes;
	const char *at;

	r->path = path;
	r->text = gcv_lines_all(r->lines, path, &len_bytes);
	if (!r->text)
		return;
	r->end = r->text + len_bytes;
	for (at = r->text;
	     (at = memmem(at, (size_t)(r->end - at), GCV_IGNORES_MARK, strlen(GCV_IGNORES_MARK)));
	     at++)
		take(r, at);
}

static int by_place(const void *a, const void *b)
{
	const struct gcv_result_ignore *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : strcmp(x->check, y->check);
}

void gcv_ignores_read(struct gcv_lines *lines, const struct gcv_intern *files,
		      struct gcv_arena *arena, const struct gcv_result_ignore **ret_ignores,
		      uint32_t *ret_nr)
{
	struct reader r = { .lines = lines, .arena = arena };
	struct gcv_result_ignore *ignores;
	uint32_t i;

	for (i = 0; i < files->nr; i++)
		read_file(&r, gcv_intern_str(files, i));
	ignores = gcv_arena_alloc(arena, sizeof(*ignores) * (r.nr + 1));
	if (r.nr) {
		memcpy(ignores, r.ignores, sizeof(*ignores) * r.nr);
		qsort(ignores, r.nr, sizeof(*ignores), by_place);
	}
	free(r.ignores);
	*ret_ignores = ignores;
	*ret_nr = r.nr;
}
