// SPDX-License-Identifier: GPL-2.0-only
#include "track/patch_text.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct reading - a patch while it is read
 * @api: the table of API names
 * @arena: owns the strings
 * @mail: the result
 * @at: the line that is next
 * @lines: changed lines, for the hash
 * @file: the file that is changed
 * @function: the function that the line is in
 * @keys: file, function and name of each change
 * @paths: the files
 * @changes: changes, by the number of their key
 * @cap_changes: allocated length
 */
struct reading {
	const struct gcv_api *api;
	struct gcv_arena *arena;
	struct gcv_mail *mail;
	const char *at;
	struct gcv_strbuf lines;
	const char *file, *function;
	struct gcv_intern keys, paths;
	struct gcv_mail_change *changes;
	uint32_t cap_changes;
};

static bool begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static const char *next_line(const char *line)
{
	line = strchrnul(line, '\n');
	return *line ? line + 1 : line;
}

static bool is_file_head(const char *line)
{
	return begins(line, "--- ") && begins(next_line(line), "+++ ");
}

const char *gcv_patch_text_begin(const char *text)
{
	for (; *text; text = next_line(text))
		if (begins(text, "diff --git ") || is_file_head(text))
			return text;
	return NULL;
}

/* The path of "+++ b/mm/gup.c": without its first folder, and only one that stays in the tree. */
static const char *read_path(struct reading *r, const char *line)
{
	const char *end, *at, *part;
	size_t len;

	line += strlen("+++ ");
	end = line + strcspn(line, "\t\n");
	at = memchr(line, '/', (size_t)(end - line));
	if (!at || *line == '"' || *line == '/')
		return NULL;
	at++;
	for (part = at; part <= end; part += len + 1) {
		len = strcspn(part, "/\t\n");
		if (!len || (len == 1 && *part == '.') || (len == 2 && begins(part, "..")))
			return NULL;
		if (part + len >= end)
			break;
	}
	return gcv_arena_strndup(r->arena, at, (size_t)(end - at));
}

/* Of a removed file the old name counts. */
static void begin_file(struct reading *r)
{
	const char *old = r->at, *new = next_line(old);
	const char *path = read_path(r, begins(new, "+++ /dev/null") ? old : new);
	uint32_t nr = r->paths.nr;

	r->at = next_line(new);
	r->file = NULL;
	if (!path || nr == GCV_PATCH_FILES)
		return;
	r->file = gcv_intern_str(&r->paths, gcv_intern_add(&r->paths, path, strlen(path)));
}

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* The name before the first parenthesis: of "static int foo(struct bar *b" it is foo. */
static const char *name_of_function(struct reading *r, const char *line, size_t len)
{
	const char *paren = memchr(line, '(', len), *begin;

	if (!paren)
		return NULL;
	while (paren > line && paren[-1] == ' ')
		paren--;
	for (begin = paren; begin > line && is_word(begin[-1]);)
		begin--;
	if (begin == paren || isdigit((unsigned char)*begin))
		return NULL;
	return gcv_arena_strndup(r->arena, begin, (size_t)(paren - begin));
}

/* A number that is not there is 0: strtoul() would look for it on the next line. */
static uint32_t read_count(const char **at)
{
	unsigned long value;
	char *end;

	*at += strspn(*at, " ,");
	if (!isdigit((unsigned char)**at))
		return 0;
	value = strtoul(*at, &end, 10);
	*at = end;
	return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

/* "@@ -1,2 +3,4 @@ function": how many lines there are to come. */
static bool begin_hunk(struct reading *r, uint32_t *ret_old, uint32_t *ret_new)
{
	const char *at = r->at, *end = strchrnul(r->at, '\n');

	if (!begins(at, "@@ -"))
		return false;
	at += strlen("@@ -");
	read_count(&at);
	*ret_old = *at == ',' ? read_count(&at) : 1;
	at += strspn(at, " ");
	if (*at++ != '+')
		return false;
	read_count(&at);
	*ret_new = *at == ',' ? read_count(&at) : 1;
	at += strspn(at, " ");
	if (!begins(at, "@@"))
		return false;
	at += strlen("@@");
	r->function = name_of_function(r, at, (size_t)(end - at));
	r->at = *end ? end + 1 : end;
	return true;
}

/* A line without indentation that has a parenthesis and is no declaration begins a function. */
static void see_function(struct reading *r, const char *text, size_t len)
{
	const char *name;

	if (!len || (!isalpha((unsigned char)*text) && *text != '_'))
		return;
	if (text[len - 1] == ';' || text[len - 1] == ':')
		return;
	name = name_of_function(r, text, len);
	if (name)
		r->function = name;
}

static void count_name(struct reading *r, const char *name, size_t len, bool is_added)
{
	const char *function = r->function ? r->function : "";
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	struct gcv_mail_change *change;
	uint32_t id, before = r->keys.nr;

	gcv_strbuf_addf(&key, "%s\n%s\n%.*s", r->file, function, (int)len, name);
	id = gcv_intern_add(&r->keys, key.buf, key.len);
	if (id == before) {
		GCV_GROW(r->changes, before, r->cap_changes);
		r->changes[id] = (struct gcv_mail_change){
			.file = gcv_arena_strdup(r->arena, r->file),
			.function = function,
			.api = gcv_arena_strndup(r->arena, name, len),
		};
	}
	change = &r->changes[id];
	*(is_added ? &change->added : &change->removed) += 1;
}

static void see_names(struct reading *r, const char *text, size_t len, bool is_added)
{
	size_t i, begin;

	for (i = 0; i < len; i++) {
		if (!is_word(text[i]))
			continue;
		for (begin = i; i < len && is_word(text[i]);)
			i++;
		if (gcv_api_find(r->api, text + begin, i - begin))
			count_name(r, text + begin, i - begin, is_added);
	}
}

/* @return whether the line belongs to the hunk. An empty one is context whose blank got lost. */
static bool take_line(struct reading *r, uint32_t *old, uint32_t *new)
{
	const char *line = r->at, *end = strchrnul(line, '\n');
	size_t len = (size_t)(end - line);
	char kind = len ? *line : ' ';

	if (kind == '\\') {
		r->at = *end ? end + 1 : end;
		return true;
	}
	if ((kind != ' ' && kind != '+' && kind != '-') || (kind != '+' && !*old) ||
	    (kind != '-' && !*new))
		return false;
	*old -= kind != '+';
	*new -= kind != '-';
	if (len)
		see_function(r, line + 1, len - 1);
	if (kind != ' ') {
		gcv_strbuf_add(&r->lines, line, len);
		gcv_strbuf_addch(&r->lines, '\n');
		if (r->file)
			see_names(r, line + 1, len - 1, kind == '+');
	}
	r->at = *end ? end + 1 : end;
	return true;
}

static void *to_arena(struct gcv_arena *arena, const void *array, size_t nr, size_t size_bytes)
{
	void *ret = gcv_arena_alloc(arena, (nr + 1) * size_bytes);

	if (nr)
		memcpy(ret, array, nr * size_bytes);
	return ret;
}

static void finish(struct reading *r)
{
	struct gcv_mail *mail = r->mail;
	uint32_t i;

	mail->has_diff = r->lines.len != 0;
	mail->hash = gcv_hash_bytes(r->lines.buf ? r->lines.buf : "", r->lines.len);
	mail->files = gcv_arena_alloc(r->arena, sizeof(*mail->files) * (r->paths.nr + 1));
	mail->nr_files = r->paths.nr;
	for (i = 0; i < r->paths.nr; i++)
		mail->files[i] = gcv_arena_strdup(r->arena, gcv_intern_str(&r->paths, i));
	mail->changes = to_arena(r->arena, r->changes, r->keys.nr, sizeof(*r->changes));
	mail->nr_changes = r->keys.nr;
	free(r->changes);
	gcv_intern_release(&r->keys);
	gcv_intern_release(&r->paths);
	gcv_strbuf_release(&r->lines);
}

void gcv_patch_text_read(const char *text, const struct gcv_api *api, struct gcv_arena *arena,
			 struct gcv_mail *ret)
{
	struct reading r = { .api = api, .arena = arena, .mail = ret };
	uint32_t old, new;

	r.at = gcv_patch_text_begin(text);
	for (; r.at && *r.at;) {
		if (is_file_head(r.at)) {
			begin_file(&r);
		} else if (r.paths.nr && begin_hunk(&r, &old, &new)) {
			while (*r.at && (old || new || *r.at == '\\') && take_line(&r, &old, &new))
				;
		} else {
			r.at = next_line(r.at);
		}
	}
	finish(&r);
}
