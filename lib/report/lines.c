// SPDX-License-Identifier: GPL-2.0-only
#include "report/lines.h"

#include <stdlib.h>
#include <string.h>

struct gcv_lines_file {
	struct gcv_strbuf text;
	uint32_t *starts;
	uint32_t nr, cap;
	bool is_read;
};

void gcv_lines_init(struct gcv_lines *lines, const struct gcv_tree *tree)
{
	*lines = (struct gcv_lines){ .tree = tree };
}

static void find_starts(struct gcv_lines_file *file)
{
	const char *at = file->text.buf, *end = at + file->text.len;

	while (at && at < end) {
		GCV_GROW(file->starts, file->nr, file->cap);
		file->starts[file->nr++] = (uint32_t)(at - file->text.buf);
		at = memchr(at, '\n', (size_t)(end - at));
		if (at)
			at++;
	}
}

static struct gcv_lines_file *file_of(struct gcv_lines *lines, const char *path)
{
	uint32_t nr = lines->paths.nr, id = gcv_intern_add(&lines->paths, path, strlen(path));
	struct gcv_err ignored;

	if (id < nr)
		return &lines->files[id];
	GCV_GROW(lines->files, id, lines->cap_files);
	lines->files[id] = (struct gcv_lines_file){ 0 };
	/* A file that went away has no lines: places in it are shown without. */
	if (gcv_tree_read(lines->tree, path, &lines->files[id].text, &ignored) == GCV_OK)
		lines->files[id].is_read = true;
	return &lines->files[id];
}

/* Of many files only the text is looked at. */
static const struct gcv_lines_file *with_starts(struct gcv_lines *lines, const char *path)
{
	struct gcv_lines_file *file = file_of(lines, path);

	if (!file->nr)
		find_starts(file);
	return file;
}

uint32_t gcv_lines_at(struct gcv_lines *lines, const char *path, uint32_t offset)
{
	const struct gcv_lines_file *file = with_starts(lines, path);
	uint32_t low = 0, high = file->nr;

	if (offset >= file->text.len)
		return 0;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (file->starts[mid] <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint32_t gcv_lines_column(struct gcv_lines *lines, const char *path, uint32_t offset)
{
	uint32_t line = gcv_lines_at(lines, path, offset);

	return line ? offset - with_starts(lines, path)->starts[line - 1] + 1 : 0;
}

const char *gcv_lines_text(struct gcv_lines *lines, const char *path, uint32_t line,
			   size_t *ret_len)
{
	const struct gcv_lines_file *file = with_starts(lines, path);
	uint32_t end;

	if (!line || line > file->nr)
		return NULL;
	end = line < file->nr ? file->starts[line] : (uint32_t)file->text.len;
	*ret_len = end - file->starts[line - 1];
	if (*ret_len && file->text.buf[end - 1] == '\n')
		--*ret_len;
	return file->text.buf + file->starts[line - 1];
}

const char *gcv_lines_all(struct gcv_lines *lines, const char *path, size_t *ret_len)
{
	const struct gcv_lines_file *file = file_of(lines, path);

	*ret_len = file->text.len;
	return file->text.len ? file->text.buf : NULL;
}

bool gcv_lines_hash(struct gcv_lines *lines, const char *path, struct gcv_hash *ret_hash)
{
	const struct gcv_lines_file *file = file_of(lines, path);

	if (!file->is_read)
		return false;
	*ret_hash = gcv_hash_bytes(file->text.buf ? file->text.buf : "", file->text.len);
	return true;
}

void gcv_lines_release(struct gcv_lines *lines)
{
	uint32_t i;

	for (i = 0; i < lines->paths.nr; i++) {
		gcv_strbuf_release(&lines->files[i].text);
		free(lines->files[i].starts);
	}
	free(lines->files);
	gcv_intern_release(&lines->paths);
}
