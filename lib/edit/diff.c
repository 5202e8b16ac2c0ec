// SPDX-License-Identifier: GPL-2.0-only
#include "edit/diff.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <git2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What git copies of a function's first line into a hunk header, at most. */
#define FUNCTION_BYTES_MAX 80

/* What goes through libgit2's callback, and how far the search for functions has come. */
struct printer {
	struct gcv_strbuf out;
	const char *end;
	const char *at;
	int at_line;
	const char *function;
	size_t function_len;
	bool is_c;
};

static bool is_name_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

/* git's driver "cpp" does not take "out:" for a function: name, colon, then nothing or a comment.
 */
static bool is_label(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && (isalnum((unsigned char)text[i]) || text[i] == '_'))
		i++;
	if (i == len || text[i++] != ':')
		return false;
	while (i < len && isspace((unsigned char)text[i]))
		i++;
	return i == len || (text[i] == '/' && i + 1 < len && strchr("/*", text[i + 1]));
}

static bool is_function_line(const struct printer *p, const char *text, size_t len)
{
	if (!len)
		return false;
	if (!p->is_c)
		return is_name_start(*text) || *text == '$';
	if (len > 2 && text[0] == ':' && text[1] == ':')
		return true;
	return is_name_start(*text) && !is_label(text, len);
}

/* Remember the last line before @line (the first has number 1) that looks like a function. */
static void seek_function(struct printer *p, int line)
{
	for (; p->at_line < line && p->at < p->end; p->at_line++) {
		const char *newline = memchr(p->at, '\n', (size_t)(p->end - p->at));
		size_t len = (size_t)((newline ? newline : p->end) - p->at);

		if (is_function_line(p, p->at, len)) {
			p->function = p->at;
			p->function_len = len;
		}
		p->at = newline ? newline + 1 : p->end;
	}
}

static void add_function(struct printer *p)
{
	size_t len = p->function_len;

	if (len > FUNCTION_BYTES_MAX) {
		len = FUNCTION_BYTES_MAX;
		/* Half a character would make the whole mail invalid UTF-8. */
		while (len && (p->function[len] & 0xc0) == 0x80)
			len--;
	}
	while (len && isspace((unsigned char)p->function[len - 1]))
		len--;
	if (len) {
		gcv_strbuf_addch(&p->out, ' ');
		gcv_strbuf_add(&p->out, p->function, len);
	}
}

/* libgit2 has git's default for function lines only, so that the hunk headers are made here. */
static void add_hunk_header(struct printer *p, const git_diff_hunk *hunk)
{
	seek_function(p, hunk->old_start);
	gcv_strbuf_addf(&p->out, "@@ -%d", hunk->old_start);
	if (hunk->old_lines != 1)
		gcv_strbuf_addf(&p->out, ",%d", hunk->old_lines);
	gcv_strbuf_addf(&p->out, " +%d", hunk->new_start);
	if (hunk->new_lines != 1)
		gcv_strbuf_addf(&p->out, ",%d", hunk->new_lines);
	gcv_strbuf_addstr(&p->out, " @@");
	add_function(p);
	gcv_strbuf_addch(&p->out, '\n');
}

static int print_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
		      const git_diff_line *line, void *payload)
{
	struct printer *p = payload;

	(void)delta;
	if (line->origin == GIT_DIFF_LINE_HUNK_HDR) {
		add_hunk_header(p, hunk);
		return 0;
	}
	if (line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
	    line->origin == GIT_DIFF_LINE_DELETION)
		gcv_strbuf_addch(&p->out, line->origin);
	gcv_strbuf_add(&p->out, line->content, line->content_len);
	return 0;
}

static enum gcv_status git_failed(const char *path, struct gcv_err *err)
{
	const git_error *error = git_error_last();

	return gcv_err_set(err, GCV_ERR_IO, "%s: cannot make a diff: %s", path,
			   error && error->message ? error->message : "libgit2 says no more");
}

static enum gcv_status check_input(const char *path, const char *old_text, size_t old_len,
				   const char *new_text, size_t new_len, struct gcv_err *err)
{
	const char *part;

	if (!*path || *path == '/')
		return gcv_err_set(err, GCV_ERR_FORMAT, "'%s' is no path below the tree's root",
				   path);
	for (part = path; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
			return gcv_err_set(err, GCV_ERR_FORMAT,
					   "'%s' leads out of the tree: no diff of it", path);
	}
	if ((old_len && memchr(old_text, 0, old_len)) || (new_len && memchr(new_text, 0, new_len)))
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "%s holds a NUL byte: a patch in a mail cannot", path);
	return GCV_OK;
}

static bool is_c_file(const char *path)
{
	size_t len = strlen(path);

	return len > 2 && path[len - 2] == '.' && (path[len - 1] == 'c' || path[len - 1] == 'h');
}

static enum gcv_status print_patch(git_patch *patch, const char *path, struct printer *p,
				   struct gcv_diff *ret, struct gcv_err *err)
{
	struct gcv_diff diff = { .nr_hunks = git_patch_num_hunks(patch) };

	if (git_patch_line_stats(NULL, &diff.nr_insertions, &diff.nr_deletions, patch) < 0 ||
	    (diff.nr_hunks && git_patch_print(patch, print_line, p) < 0)) {
		gcv_strbuf_release(&p->out);
		return git_failed(path, err);
	}
	diff.len_bytes = p->out.len;
	diff.text = gcv_strbuf_detach(&p->out);
	*ret = diff;
	return GCV_OK;
}

enum gcv_status gcv_diff_make(const char *path, const char *old_text, size_t old_len,
			      const char *new_text, size_t new_len, struct gcv_diff *ret,
			      struct gcv_err *err)
{
	enum gcv_status status = check_input(path, old_text, old_len, new_text, new_len, err);
	git_diff_options options;
	struct printer p = { .at_line = 1, .is_c = is_c_file(path) };
	git_patch *patch = NULL;

	if (status != GCV_OK)
		return status;
	if (git_libgit2_init() < 0)
		return git_failed(path, err);
	p.at = old_len ? old_text : "";
	p.end = p.at + old_len;
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.context_lines = 3;
	options.id_abbrev = 12;
	if (git_patch_from_buffers(&patch, p.at, old_len, path, new_len ? new_text : "", new_len,
				   path, &options) < 0)
		status = git_failed(path, err);
	else
		status = print_patch(patch, path, &p, ret, err);
	git_patch_free(patch);
	git_libgit2_shutdown();
	return status;
}

void gcv_diff_begin(void)
{
	git_libgit2_init();
}

void gcv_diff_end(void)
{
	git_libgit2_shutdown();
}

void gcv_diff_release(struct gcv_diff *diff)
{
	free(diff->text);
	*diff = (struct gcv_diff){ 0 };
}
