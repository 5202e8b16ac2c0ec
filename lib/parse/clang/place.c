// SPDX-License-Identifier: GPL-2.0-only
#include "parse/clang/extract_state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The part behind the root of the tree, or NULL. */
static const char *below_root(const struct gcv_extract *x, const char *path)
{
	size_t len = strlen(x->options->root);

	return strncmp(path, x->options->root, len) == 0 && path[len] == '/' ? path + len + 1
									     : NULL;
}

const char *gcv_file_path(struct gcv_extract *x, CXFile file)
{
	CXString name = clang_getFileName(file), real = clang_File_tryGetRealPathName(file);
	const char *path = clang_getCString(name), *real_path = clang_getCString(real);
	const char *found = NULL;

	if (path && strcmp(path, x->options->main_path) == 0)
		found = path;
	/* "drivers/iommu/amd/../iommu-pages.h" and links: the real path tells where it is. */
	else if (real_path && *real_path)
		found = below_root(x, real_path);
	else if (path && !strstr(path, "/../"))
		found = below_root(x, path);
	if (found)
		found = gcv_arena_strdup(x->arena, found);
	clang_disposeString(real);
	clang_disposeString(name);
	return found;
}

const char *gcv_take_string(struct gcv_extract *x, CXString text)
{
	const char *c = clang_getCString(text), *hit, *from;
	size_t root_len = strlen(x->options->root);
	char *copy = gcv_arena_strdup(x->arena, c ? c : ""), *to = copy;

	clang_disposeString(text);
	/* "struct (unnamed at /src/linux/a.c:1:2)" must not depend on where the tree lies. */
	for (from = copy; (hit = strstr(from, x->options->root)); from = hit + root_len) {
		memmove(to, from, (size_t)(hit - from));
		to += hit - from;
		if (hit[root_len] == '/')
			hit++;
	}
	if (from != to)
		memmove(to, from, strlen(from) + 1);
	return copy;
}

static bool has_path(const struct gcv_intern *set, const char *path)
{
	return set && gcv_intern_find(set, path, strlen(path)) != GCV_INTERN_NONE;
}

static bool same_folder(const char *a, const char *b)
{
	const char *slash = strrchr(a, '/');
	size_t len = slash ? (size_t)(slash - a) + 1 : 0;

	return len && strncmp(a, b, len) == 0;
}

static void add_file(struct gcv_extract *x, CXFile handle)
{
	struct gcv_seen_file *seen;
	const char *path = gcv_file_path(x, handle);
	uint32_t i;

	GCV_GROW(x->files, x->nr_seen_files, x->cap_seen_files);
	seen = &x->files[x->nr_seen_files++];
	*seen = (struct gcv_seen_file){ .handle = handle, .index = GCV_NONE };
	for (i = 0; path && i < x->facts->nr_files; i++)
		if (strcmp(x->facts->files[i].path, path) == 0)
			seen->index = i;
	/* A file of the precompiled header that something here refers to. */
	if (path && seen->index == GCV_NONE)
		seen->index = gcv_add_fact_file(x, handle, path, false);
	if (path) {
		bool is_main = strcmp(path, x->options->main_path) == 0;

		seen->interest = is_main || has_path(x->options->candidates, path);
		seen->records = seen->interest || same_folder(x->options->main_path, path);
	}
}

struct gcv_seen_file *gcv_known_file(struct gcv_extract *x, CXFile file)
{
	uint32_t i;

	if (x->last_file < x->nr_seen_files && x->files[x->last_file].handle == file)
		return &x->files[x->last_file];
	for (i = 0; i < x->nr_seen_files && x->files[i].handle != file; i++)
		;
	if (i == x->nr_seen_files)
		return NULL;
	x->last_file = i;
	return &x->files[i];
}

struct gcv_seen_file *gcv_file_of(struct gcv_extract *x, CXFile file)
{
	struct gcv_seen_file *known = gcv_known_file(x, file);

	if (known)
		return known;
	add_file(x, file);
	x->last_file = x->nr_seen_files - 1;
	return &x->files[x->last_file];
}

/* What the program gave instead of the file, or the file as it lies on the disk. */
static const char *read_text(struct gcv_extract *x, const char *path, size_t *ret_len)
{
	const struct gcv_overlay_file *memory = gcv_overlay_find(x->options->overlay, path);
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_AUTOFREE char *absolute = NULL;
	enum gcv_status st;
	uint32_t i;
	int fd;

	for (i = 0; i < x->options->nr_texts; i++) {
		if (strcmp(x->options->texts[i].path, path) != 0)
			continue;
		*ret_len = x->options->texts[i].len;
		return x->options->texts[i].text;
	}
	if (memory) {
		*ret_len = memory->len;
		return memory->text;
	}
	if (asprintf(&absolute, "%s/%s", x->options->root, path) < 0)
		return NULL;
	fd = open(absolute, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	st = gcv_strbuf_read_fd(&text, fd, INT32_MAX, path, NULL);
	close(fd);
	*ret_len = text.len;
	return st == GCV_OK ? gcv_arena_strndup(x->arena, text.buf ? text.buf : "", text.len)
			    : NULL;
}

/*
 * clang_getFileContents() would do, but for each file of a precompiled header it first loads what
 * is known of all its files.
 */
const char *gcv_file_text(struct gcv_extract *x, CXFile file, size_t *ret_len)
{
	struct gcv_seen_file *seen = gcv_file_of(x, file);

	if (!seen->has_text && seen->index != GCV_NONE)
		seen->text = read_text(x, x->facts->files[seen->index].path, &seen->len);
	seen->has_text = true;
	*ret_len = seen->len;
	return seen->text;
}

/*
 * A node and its first child begin at the same location, a node and its last child end at the same:
 * half of the questions were asked before. The number in a location is opaque, and serves for no
 * more than to choose a slot.
 */
static const struct gcv_spot *spot_of(struct gcv_extract *x, CXSourceLocation location)
{
	struct gcv_spot *spot = &x->spots[location.int_data & (GCV_SPOTS - 1)];
	unsigned int offset;
	CXFile spelled;

	if (spot->location.int_data && clang_equalLocations(spot->location, location))
		return spot;
	spot->location = location;
	clang_getFileLocation(location, &spot->file, NULL, NULL, &spot->offset);
	clang_getSpellingLocation(location, &spelled, NULL, NULL, &offset);
	spot->macro = spelled != spot->file || offset != spot->offset;
	return spot;
}

struct gcv_place gcv_place_of(struct gcv_extract *x, CXCursor cursor)
{
	CXSourceRange range = clang_getCursorExtent(cursor);
	const struct gcv_spot *spot = spot_of(x, clang_getRangeStart(range));
	struct gcv_place place = { spot->file, spot->offset, spot->offset, spot->macro };

	spot = spot_of(x, clang_getRangeEnd(range));
	if (spot->file == place.file && spot->offset > place.begin)
		place.end = spot->offset;
	return place;
}

/* Offsets at which the lines of a file begin. */
static void make_lines(struct gcv_extract *x, struct gcv_seen_file *seen)
{
	const char *at = seen->text, *end = at + seen->len;
	uint32_t nr = 1;

	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		at++;
		nr++;
	}
	seen->lines = gcv_arena_alloc(x->arena, sizeof(*seen->lines) * nr);
	seen->nr_lines = 1;
	for (at = seen->text; (at = memchr(at, '\n', (size_t)(end - at))); seen->nr_lines++)
		seen->lines[seen->nr_lines] = (uint32_t)(++at - seen->text);
}

/* libclang tells lines too, but takes its time to find the file again. */
uint32_t gcv_line_of(struct gcv_extract *x, CXFile file, uint32_t offset, uint32_t *ret_column)
{
	size_t len;
	bool has_text = gcv_file_text(x, file, &len) != NULL;
	struct gcv_seen_file *seen = gcv_file_of(x, file);
	uint32_t low = 0, high;

	if (!has_text || offset > len) {
		if (ret_column)
			*ret_column = 0;
		return 0;
	}
	if (!seen->lines)
		make_lines(x, seen);
	for (high = seen->nr_lines; high - low > 1;) {
		uint32_t mid = low + (high - low) / 2;

		if (seen->lines[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	if (ret_column)
		*ret_column = offset - seen->lines[low] + 1;
	return low + 1;
}

static const char *fold_blanks(struct gcv_extract *x, const char *text, size_t len)
{
	char *out = gcv_arena_alloc(x->arena, 401), *to = out;
	bool blank = false;
	size_t i;

	for (i = 0; i < len && to - out < 399; i++) {
		if (strchr(" \t\n\r\\", text[i])) {
			blank = true;
			continue;
		}
		if (blank && to != out)
			*to++ = ' ';
		blank = false;
		*to++ = text[i];
	}
	return out;
}

/*
 * An argument that is spelled in a macro's body: libclang gives the end of the use for its end, so
 * look for the comma or parenthesis behind it.
 */
static unsigned int argument_end(const char *text, size_t len, unsigned int at)
{
	unsigned int depth = 0, start = at;

	for (; at < len; at++) {
		if (text[at] == '(' || text[at] == '[')
			depth++;
		else if ((text[at] == ')' || text[at] == ']') && depth-- == 0)
			break;
		else if (text[at] == ',' && depth == 0)
			break;
		else if (text[at] == '\n' && at > start && text[at - 1] != '\\')
			break;
	}
	return at;
}

const char *gcv_source_text(struct gcv_extract *x, struct gcv_place place, CXCursor cursor)
{
	unsigned int begin = place.begin, end = place.end;
	CXFile file = place.file;
	const char *text;
	size_t len;

	if (place.macro) {
		CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(cursor));

		clang_getSpellingLocation(start, &file, NULL, NULL, &begin);
		if (!file)
			file = place.file;
	}
	text = file ? gcv_file_text(x, file, &len) : NULL;
	if (!text || begin >= len)
		return "";
	if (place.macro)
		end = argument_end(text, len, begin);
	if (end > len || end < begin)
		return "";
	return fold_blanks(x, text + begin, end - begin);
}
