// SPDX-License-Identifier: GPL-2.0-only
#include "edit/change.h"

#include <stdlib.h>
#include <string.h>

/* Index of the first change that does not lie before @begin. */
static uint32_t find_place(const struct gcv_file_edit *edit, uint32_t begin)
{
	uint32_t i = edit->nr_changes;

	while (i > 0 && edit->changes[i - 1].begin >= begin)
		i--;
	return i;
}

static bool is_same(const struct gcv_change *change, uint32_t begin, uint32_t end, const char *text)
{
	return change->begin == begin && change->end == end && strcmp(change->text, text) == 0;
}

static bool has_crlf(const struct gcv_file_edit *edit)
{
	const char *newline = edit->old_len ? memchr(edit->old_text, '\n', edit->old_len) : NULL;

	return newline && newline > edit->old_text && newline[-1] == '\r';
}

/* Lines end as the file's first line does. */
static char *with_line_ends(const struct gcv_file_edit *edit, const char *text)
{
	struct gcv_strbuf out = { 0 };
	size_t i;

	if (!strchr(text, '\n') || !has_crlf(edit))
		return gcv_strdup(text);
	for (i = 0; text[i]; i++) {
		if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
			gcv_strbuf_addch(&out, '\r');
		gcv_strbuf_addch(&out, text[i]);
	}
	return gcv_strbuf_detach(&out);
}

bool gcv_change_is_of(const struct gcv_change *change, uint32_t group)
{
	uint32_t i;

	if (change->group == group)
		return true;
	for (i = 0; i < change->nr_others; i++)
		if (change->others[i] == group)
			return true;
	return false;
}

static void add_group(struct gcv_change *change, uint32_t group)
{
	if (gcv_change_is_of(change, group))
		return;
	GCV_GROW(change->others, change->nr_others, change->cap_others);
	change->others[change->nr_others++] = group;
}

/* Return: whether nobody needs the change any more. */
static bool take_group(struct gcv_change *change, uint32_t group)
{
	uint32_t i, kept = 0;

	for (i = 0; i < change->nr_others; i++)
		if (change->others[i] != group)
			change->others[kept++] = change->others[i];
	change->nr_others = kept;
	if (change->group != group)
		return false;
	if (!kept)
		return true;
	change->group = change->others[0];
	memmove(change->others, change->others + 1, (kept - 1) * sizeof(*change->others));
	change->nr_others--;
	return false;
}

static void free_change(struct gcv_change *change)
{
	free(change->text);
	free(change->others);
}

enum gcv_status gcv_file_edit_add(struct gcv_file_edit *edit, uint32_t begin, uint32_t end,
				  const char *text, uint32_t group, struct gcv_err *err)
{
	GCV_AUTOFREE char *own = with_line_ends(edit, text);
	uint32_t at = find_place(edit, begin);

	if (begin > end || end > edit->old_len)
		return gcv_err_set(err, GCV_ERR_LIMIT, "%s: bytes %u to %u are not in the file",
				   edit->path, begin, end);
	if (at < edit->nr_changes && is_same(&edit->changes[at], begin, end, own)) {
		add_group(&edit->changes[at], group);
		return GCV_OK;
	}
	/* Two insertions at one place have no order. */
	if ((at < edit->nr_changes &&
	     (edit->changes[at].begin < end || edit->changes[at].begin == begin)) ||
	    (at > 0 && edit->changes[at - 1].end > begin))
		return gcv_err_set(err, GCV_ERR_USAGE, "%s: two changes overlap at byte %u",
				   edit->path, begin);
	GCV_GROW(edit->changes, edit->nr_changes, edit->cap_changes);
	memmove(edit->changes + at + 1, edit->changes + at,
		(edit->nr_changes - at) * sizeof(*edit->changes));
	edit->changes[at] =
		(struct gcv_change){ .begin = begin, .end = end, .text = own, .group = group };
	edit->nr_changes++;
	own = NULL;
	return GCV_OK;
}

enum gcv_status gcv_file_edit_add_all(struct gcv_file_edit *edit, const struct gcv_file_edit *from,
				      struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	for (i = 0; st == GCV_OK && i < from->nr_changes; i++) {
		const struct gcv_change *change = &from->changes[i];

		st = gcv_file_edit_add(edit, change->begin, change->end, change->text,
				       change->group, err);
		for (k = 0; st == GCV_OK && k < change->nr_others; k++)
			st = gcv_file_edit_add(edit, change->begin, change->end, change->text,
					       change->others[k], err);
	}
	return st;
}

bool gcv_file_edit_is_same(const struct gcv_file_edit *a, const struct gcv_file_edit *b)
{
	uint32_t i;

	if (a->nr_changes != b->nr_changes)
		return false;
	for (i = 0; i < a->nr_changes; i++)
		if (!is_same(&a->changes[i], b->changes[i].begin, b->changes[i].end,
			     b->changes[i].text))
			return false;
	return true;
}

void gcv_file_edit_drop(struct gcv_file_edit *edit, uint32_t group)
{
	uint32_t i, kept = 0;

	for (i = 0; i < edit->nr_changes; i++) {
		if (take_group(&edit->changes[i], group))
			free_change(&edit->changes[i]);
		else
			edit->changes[kept++] = edit->changes[i];
	}
	edit->nr_changes = kept;
}

void gcv_file_edit_cut(struct gcv_file_edit *edit, uint32_t begin, uint32_t end)
{
	uint32_t i, kept = 0;

	for (i = 0; i < edit->nr_changes; i++) {
		if (edit->changes[i].begin >= begin && edit->changes[i].end <= end)
			free_change(&edit->changes[i]);
		else
			edit->changes[kept++] = edit->changes[i];
	}
	edit->nr_changes = kept;
}

void gcv_file_edit_apply(const struct gcv_file_edit *edit, struct gcv_strbuf *out)
{
	uint32_t i, done = 0;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];

		gcv_strbuf_add(out, edit->old_text + done, change->begin - done);
		gcv_strbuf_addstr(out, change->text);
		done = change->end;
	}
	gcv_strbuf_add(out, edit->old_text + done, edit->old_len - done);
}

bool gcv_file_edit_map(const struct gcv_file_edit *edit, uint32_t offset, uint32_t *ret_offset)
{
	int64_t moved = offset;
	uint32_t i;

	for (i = 0; i < edit->nr_changes && edit->changes[i].begin <= offset; i++) {
		const struct gcv_change *change = &edit->changes[i];

		if (offset < change->end)
			return false;
		moved += (int64_t)strlen(change->text) - (change->end - change->begin);
	}
	*ret_offset = (uint32_t)moved;
	return true;
}

const struct gcv_change *gcv_file_edit_at(const struct gcv_file_edit *edit, uint32_t offset)
{
	int64_t moved = 0;
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++) {
		const struct gcv_change *change = &edit->changes[i];
		int64_t begin = change->begin + moved;
		int64_t end = begin + (int64_t)strlen(change->text);

		if (offset < begin)
			return NULL;
		if (offset < end)
			return change;
		moved = end - change->end;
	}
	return NULL;
}

void gcv_file_edit_release(struct gcv_file_edit *edit)
{
	uint32_t i;

	for (i = 0; i < edit->nr_changes; i++)
		free_change(&edit->changes[i]);
	free(edit->changes);
	edit->changes = NULL;
	edit->nr_changes = edit->cap_changes = 0;
}
