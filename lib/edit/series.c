// SPDX-License-Identifier: GPL-2.0-only
#include "edit/series.h"

#include "edit/mail.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* git cuts the names of its files here. */
#define FILE_NAME_BYTES_MAX 64

struct gcv_series_patch *gcv_series_add(struct gcv_series *series, const char *area,
					const char *title)
{
	struct gcv_series_patch *patch = gcv_arena_alloc(&series->arena, sizeof(*patch));

	patch->area = gcv_arena_strdup(&series->arena, area);
	patch->title = gcv_arena_strdup(&series->arena, title);
	GCV_GROW(series->patches, series->nr, series->cap);
	series->patches[series->nr++] = patch;
	return patch;
}

void gcv_series_add_diff(struct gcv_series *series, struct gcv_series_patch *patch,
			 const char *path, const struct gcv_diff *diff)
{
	struct gcv_series_file file = { gcv_arena_strdup(&series->arena, path), *diff };
	size_t i;

	if (!diff->nr_hunks)
		return;
	file.diff.text = gcv_arena_strndup(&series->arena, diff->text, diff->len_bytes);
	GCV_GROW(patch->files, patch->nr_files, patch->cap_files);
	for (i = patch->nr_files++; i && strcmp(patch->files[i - 1].path, path) > 0; i--)
		patch->files[i] = patch->files[i - 1];
	patch->files[i] = file;
}

/* "Acked-by: text": letters and dashes, with a dash or in "Link", "Fixes", "Cc", and no line break.
 */
static bool is_tag(const char *tag)
{
	size_t i, key = 0;

	while (isalpha((unsigned char)tag[key]) || (key && tag[key] == '-'))
		key++;
	if (!key || tag[key] != ':' || tag[key + 1] != ' ' || !tag[key + 2])
		return false;
	for (i = key; tag[i]; i++)
		if ((unsigned char)tag[i] < ' ' || tag[i] == 0x7f)
			return false;
	return true;
}

enum gcv_status gcv_series_add_tag(struct gcv_series *series, struct gcv_series_patch *patch,
				   const char *tag, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf utf8 = { 0 };
	size_t i;

	if (!is_tag(tag))
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "a tag is 'Word-word: text' on one line; this is none: '%.200s'",
				   tag);
	gcv_mail_utf8(&utf8, tag, strlen(tag));
	for (i = 0; i < patch->nr_tags; i++)
		if (strcmp(patch->tags[i], utf8.buf) == 0)
			return GCV_OK;
	GCV_GROW(patch->tags, patch->nr_tags, patch->cap_tags);
	patch->tags[patch->nr_tags++] = gcv_arena_strdup(&series->arena, utf8.buf);
	return GCV_OK;
}

/* Letters, digits, dots and underscores stay; runs of others become a dash, none at the end. */
static void add_sanitised(struct gcv_strbuf *ret, const char *text)
{
	bool gap = false, last_dot = false, first = true;

	for (; *text; text++) {
		bool is_dot = *text == '.';

		if ((!isalnum((unsigned char)*text) && *text != '.' && *text != '_') ||
		    (is_dot && last_dot)) {
			gap = !is_dot || gap;
			continue;
		}
		if (gap && !first)
			gcv_strbuf_addch(ret, '-');
		gcv_strbuf_addch(ret, *text);
		gap = first = false;
		last_dot = is_dot;
	}
}

void gcv_series_file_name(const struct gcv_series *series, size_t index, struct gcv_strbuf *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	static const char end[] = ".patch";

	if (series->version > 1)
		gcv_strbuf_addf(&name, "v%u-", series->version);
	gcv_strbuf_addf(&name, "%04zu-", index);
	if (!index) {
		gcv_strbuf_addstr(&name, "cover-letter");
	} else {
		const struct gcv_series_patch *patch = series->patches[index - 1];

		add_sanitised(&name, patch->area);
		if (*patch->area)
			gcv_strbuf_addch(&name, '-');
		add_sanitised(&name, patch->title);
	}
	if (name.len > FILE_NAME_BYTES_MAX - sizeof(end))
		name.len = FILE_NAME_BYTES_MAX - sizeof(end);
	while (name.buf[name.len - 1] == '.' || name.buf[name.len - 1] == '-')
		name.len--;
	gcv_strbuf_add(ret, name.buf, name.len);
	gcv_strbuf_addstr(ret, end);
}

void gcv_series_release(struct gcv_series *series)
{
	size_t i;

	for (i = 0; i < series->nr; i++) {
		free(series->patches[i]->files);
		free(series->patches[i]->tags);
		gcv_recipients_release(&series->patches[i]->people);
	}
	free(series->patches);
	gcv_recipients_release(&series->people);
	gcv_arena_release(&series->arena);
	*series = (struct gcv_series){ 0 };
}
