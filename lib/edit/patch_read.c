// SPDX-License-Identifier: GPL-2.0-only
#include "edit/patch_read.h"

#include "edit/patch_mail.h"
#include "tree/beneath.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/**
 * struct reading - a body on its way
 * @patches: where patches go
 * @name: the file, for messages
 * @text: the body
 * @len: its length
 * @pos: beginning of the line
 * @next: beginning of the line behind it
 * @line: number of the line in the file
 * @patch: what is filled
 */
struct reading {
	struct gcv_patches *patches;
	const char *name;
	const char *text;
	size_t len, pos, next;
	uint32_t line;
	struct gcv_patch *patch;
};

static bool step(struct reading *r)
{
	const char *end;

	if (r->next)
		r->line++;
	r->pos = r->next;
	if (r->pos >= r->len)
		return false;
	end = memchr(r->text + r->pos, '\n', r->len - r->pos);
	r->next = end ? (size_t)(end - r->text) + 1 : r->len;
	return true;
}

/* Does the line behind this one begin so? */
static bool next_begins(const struct reading *r, const char *with)
{
	size_t len = strlen(with);

	return r->len - r->next >= len && memcmp(r->text + r->next, with, len) == 0;
}

/* The line without its end. */
static const char *line(const struct reading *r, size_t *ret_len)
{
	size_t len = r->next - r->pos;

	while (len && (r->text[r->pos + len - 1] == '\n' || r->text[r->pos + len - 1] == '\r'))
		len--;
	*ret_len = len;
	return r->text + r->pos;
}

static bool begins(const struct reading *r, const char *with)
{
	size_t len;
	const char *text = line(r, &len);

	return len >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

/* From "--- a/PATH" or "+++ b/PATH"; NULL for /dev/null, where a file comes or goes. */
static enum gcv_status read_path(struct reading *r, const char **ret, struct gcv_err *err)
{
	char path[PATH_MAX];
	size_t len, i;
	const char *text = line(r, &len), *name;

	text += 4;
	len -= 4;
	for (i = 0; i < len && text[i] != '\t'; i++)
		;
	name = gcv_arena_strndup(&r->patches->arena, text, i);
	if (strcmp(name, "/dev/null") == 0) {
		*ret = NULL;
		return GCV_OK;
	}
	name = strchr(name, '/') ? strchr(name, '/') + 1 : name;
	if (!gcv_beneath_fold(name, path) || strcmp(path, ".") == 0)
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s:%u: '%s' is no path below a tree",
				   r->name, r->line, name);
	*ret = gcv_arena_strdup(&r->patches->arena, path);
	return GCV_OK;
}

/* "12,3" or "12"; @text is left behind it. */
static bool read_range(const char **text, uint32_t *ret_first, uint32_t *ret_nr)
{
	char *end;
	unsigned long first, nr = 1;

	if (!isdigit((unsigned char)**text))
		return false;
	first = strtoul(*text, &end, 10);
	if (*end == ',') {
		if (!isdigit((unsigned char)end[1]))
			return false;
		nr = strtoul(end + 1, &end, 10);
	}
	*text = end;
	*ret_first = (uint32_t)first;
	*ret_nr = (uint32_t)nr;
	return first <= INT32_MAX && nr <= INT32_MAX;
}

static bool read_header(const struct reading *r, uint32_t *ret_old, uint32_t *ret_nr_old,
			uint32_t *ret_nr_new)
{
	char copy[128];
	const char *at = copy;
	size_t len;
	const char *text = line(r, &len);
	uint32_t new_line;

	len = len < sizeof(copy) ? len : sizeof(copy) - 1;
	memcpy(copy, text, len);
	copy[len] = '\0';
	at += strlen("@@ -");
	if (!read_range(&at, ret_old, ret_nr_old) || strncmp(at, " +", 2) != 0)
		return false;
	at += 2;
	return read_range(&at, &new_line, ret_nr_new) && strncmp(at, " @@", 3) == 0;
}

static enum gcv_status damaged(const struct reading *r, const char *how, struct gcv_err *err)
{
	return gcv_err_set(err, GCV_ERR_FORMAT, "%s:%u: %s", r->name, r->line, how);
}

static enum gcv_status read_hunk(struct reading *r, struct gcv_patch_file *file,
				 struct gcv_err *err)
{
	struct gcv_patch_hunk hunk = { .line = r->line };
	uint32_t nr_old, nr_new;

	if (!read_header(r, &hunk.old_line, &nr_old, &nr_new))
		return damaged(r, "the header of the hunk is damaged", err);
	while (nr_old || nr_new) {
		struct gcv_patch_line *to;
		size_t len;
		const char *text;
		char kind;

		if (!step(r)) {
			free(hunk.lines);
			return damaged(r, "the hunk ends early", err);
		}
		text = line(r, &len);
		/* Some mailers take the blank of an empty line of context away. */
		kind = len ? *text : ' ';
		if (kind == '\\')
			continue;
		if (memchr(text, '\0', len)) {
			free(hunk.lines);
			return damaged(r, "there is a NUL in the hunk", err);
		}
		if ((kind != ' ' && kind != '-' && kind != '+') || (kind != '+' && !nr_old) ||
		    (kind != '-' && !nr_new)) {
			free(hunk.lines);
			return damaged(r, "this line does not belong into the hunk", err);
		}
		nr_old -= kind != '+';
		nr_new -= kind != '-';
		GCV_GROW(hunk.lines, hunk.nr_lines, hunk.cap_lines);
		to = &hunk.lines[hunk.nr_lines++];
		*to = (struct gcv_patch_line){ .kind = kind };
		to->len = len ? (uint32_t)len - 1 : 0;
		to->text = gcv_arena_strndup(&r->patches->arena, len ? text + 1 : "", to->len);
	}
	GCV_GROW(file->hunks, file->nr_hunks, file->cap_hunks);
	file->hunks[file->nr_hunks++] = hunk;
	return GCV_OK;
}

static enum gcv_status read_file(struct reading *r, struct gcv_err *err)
{
	struct gcv_patch_file *file;
	const char *from = NULL, *to = NULL;
	enum gcv_status st = read_path(r, &from, err);

	if (st != GCV_OK || !step(r) || !begins(r, "+++ "))
		return st;
	st = read_path(r, &to, err);
	if (st != GCV_OK || (!from && !to))
		return st;
	GCV_GROW(r->patch->files, r->patch->nr_files, r->patch->cap_files);
	file = &r->patch->files[r->patch->nr_files++];
	*file = (struct gcv_patch_file){ .path = from ? from : to };
	while (st == GCV_OK && next_begins(r, "@@ -") && step(r))
		st = read_hunk(r, file, err);
	return st;
}

static enum gcv_status read_body(struct reading *r, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	while (st == GCV_OK && step(r))
		if (begins(r, "--- ") && next_begins(r, "+++ "))
			st = read_file(r, err);
	return st;
}

/* "[PATCH v2 03/34] area: what", also with other words in the brackets. */
static void read_subject(struct gcv_patch *patch, const char *subject)
{
	const char *close;

	while (*subject == '[' && (close = strchr(subject, ']'))) {
		const char *at;

		for (at = subject + 1; at < close; at++) {
			bool begins = at[-1] == '[' || at[-1] == ' ';

			if (begins && (*at == 'v' || *at == 'V') && isdigit((unsigned char)at[1]))
				patch->version = (uint32_t)strtoul(at + 1, NULL, 10);
			else if (begins && isdigit((unsigned char)*at) &&
				 at[strspn(at, "0123456789")] == '/')
				patch->number = (uint32_t)strtoul(at, NULL, 10);
		}
		subject = close + 1;
		while (*subject == ' ')
			subject++;
	}
	if (*subject)
		patch->subject = subject;
}

static void release_patch(struct gcv_patch *patch)
{
	uint32_t i, k;

	for (i = 0; i < patch->nr_files; i++) {
		for (k = 0; k < patch->files[i].nr_hunks; k++)
			free(patch->files[i].hunks[k].lines);
		free(patch->files[i].hunks);
	}
	free(patch->files);
}

static enum gcv_status take_mail(struct gcv_patches *patches, const char *name,
				 const struct gcv_patch_mail *mail, struct gcv_err *err)
{
	const char *slash = strrchr(name, '/');
	struct gcv_patch patch = {
		.subject = gcv_arena_strdup(&patches->arena, slash ? slash + 1 : name),
		.source = gcv_arena_strdup(&patches->arena, name),
		.version = 1,
	};
	struct reading r = {
		.patches = patches,
		.name = name,
		.text = mail->body,
		.len = mail->len,
		.line = mail->line,
		.patch = &patch,
	};
	enum gcv_status st;

	/* An answer may carry a whole diff, which is not to be applied twice. */
	if (strncasecmp(mail->subject, "Re:", 3) == 0)
		return GCV_OK;
	read_subject(&patch, mail->subject);
	st = read_body(&r, err);
	if (st != GCV_OK || !patch.nr_files) {
		release_patch(&patch);
		return st;
	}
	GCV_GROW(patches->list, patches->nr, patches->cap);
	patches->list[patches->nr++] = patch;
	return GCV_OK;
}

enum gcv_status gcv_patches_read(struct gcv_patches *patches, const char *name, const char *text,
				 size_t len, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	struct gcv_patch_mail mail;
	uint32_t line_nr = 1;
	size_t pos = 0;

	while (st == GCV_OK &&
	       gcv_patch_mail_next(text, len, &pos, &line_nr, &patches->arena, &mail))
		st = take_mail(patches, name, &mail, err);
	return st;
}

/* Insertion keeps the order of equal numbers, and a series is short. */
static void sort(struct gcv_patches *patches)
{
	uint32_t i, k;

	for (i = 1; i < patches->nr; i++) {
		struct gcv_patch patch = patches->list[i];

		for (k = i; k && patches->list[k - 1].number > patch.number; k--)
			patches->list[k] = patches->list[k - 1];
		patches->list[k] = patch;
	}
}

void gcv_patches_sort(struct gcv_patches *patches)
{
	uint32_t version = 0, i, nr = 0;
	bool are_numbered = true;

	for (i = 0; i < patches->nr; i++) {
		are_numbered &= patches->list[i].number != 0;
		if (patches->list[i].version > version)
			version = patches->list[i].version;
	}
	if (are_numbered)
		sort(patches);
	for (i = 0; i < patches->nr; i++) {
		struct gcv_patch *patch = &patches->list[i];
		bool is_twice = are_numbered && nr && patches->list[nr - 1].number == patch->number;

		if (patch->version == version && !is_twice)
			patches->list[nr++] = *patch;
		else
			release_patch(patch);
	}
	patches->nr = nr;
}

void gcv_patches_release(struct gcv_patches *patches)
{
	uint32_t i;

	for (i = 0; i < patches->nr; i++)
		release_patch(&patches->list[i]);
	free(patches->list);
	gcv_arena_release(&patches->arena);
}
