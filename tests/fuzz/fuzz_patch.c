// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "edit/patch_apply.h"
#include "tests/fuzz/target.h"

#include <stdlib.h>
#include <string.h>

/* A line of the new text, without its end; false behind the last one. */
static bool next_line(const struct gcv_strbuf *text, size_t *pos, const char **ret, size_t *ret_len)
{
	const char *end;

	if (*pos >= text->len)
		return false;
	*ret = text->buf + *pos;
	end = memchr(*ret, '\n', text->len - *pos);
	*ret_len = end ? (size_t)(end - *ret) : text->len - *pos;
	*pos += *ret_len + (end != NULL);
	if (*ret_len && (*ret)[*ret_len - 1] == '\r')
		--*ret_len;
	return true;
}

/* The changes must make the very lines that are left when all patches are applied. */
static void check_lines(const struct gcv_patched_file *file, const struct gcv_strbuf *now)
{
	size_t pos = 0, len;
	const char *text;
	uint32_t i;

	for (i = 0; i < file->nr_lines; i++) {
		const struct gcv_patched_line *line = &file->lines[i];

		if (line->removed != GCV_PATCHED_NONE)
			continue;
		if (!next_line(now, &pos, &text, &len) || len != line->len ||
		    (len && memcmp(text, line->text, len) != 0))
			abort();
	}
	if (pos != now->len)
		abort();
}

static void check_file(const struct gcv_patched_file *file)
{
	GCV_STRBUF_AUTO struct gcv_strbuf now = { 0 };
	struct gcv_file_edit edit;
	uint32_t i;

	for (i = 0; i < file->nr_lines; i++) {
		const struct gcv_patched_run run = gcv_patched_run(file, i);
		const struct gcv_patched_line *line = &file->lines[i];

		if (run.end > run.first && (run.first > i || run.end <= i))
			abort();
		if (line->begin != GCV_PATCHED_NONE && gcv_patched_at(file, line->begin) != i)
			abort();
	}
	/* Each line is in one run at most, so that no two changes overlap. */
	if (gcv_patched_edit(file, &edit, NULL) != GCV_OK)
		abort();
	gcv_file_edit_apply(&edit, &now);
	check_lines(file, &now);
	gcv_file_edit_release(&edit);
}

/* Up to the first NUL the text of a file, behind it a mailbox: all its hunks are for that file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, '\0', size) : NULL;
	size_t len = nul ? (size_t)(nul - data) : size, skip = len + (nul != NULL);
	struct gcv_patches patches = { 0 };
	struct gcv_patched_file file;
	uint32_t i, k, n;

	gcv_patched_init(&file, "a.c", (const char *)data, len);
	if (gcv_patches_read(&patches, "fuzz", (const char *)data + skip, size - skip, NULL) ==
	    GCV_OK)
		gcv_patches_sort(&patches);
	for (i = 0; i < patches.nr; i++)
		for (k = 0; k < patches.list[i].nr_files; k++) {
			const struct gcv_patch_file *from = &patches.list[i].files[k];
			int64_t drift = 0;

			for (n = 0; n < from->nr_hunks; n++)
				gcv_patched_apply(&file, &from->hunks[n], i, &drift);
		}
	check_file(&file);
	gcv_patched_release(&file);
	gcv_patches_release(&patches);
	return 0;
}
