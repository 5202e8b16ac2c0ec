// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

/** ROUNDS - steps from a file to what includes it, and on to what includes that */
#define ROUNDS 3

static bool has_code(const struct gcv_scan_file *file)
{
	uint32_t i;

	for (i = 0; i < file->lexed->nr_occurrences; i++)
		if (gcv_scan_is_code(&file->lexed->occurrences[i]))
			return true;
	return false;
}

/* include/… and arch/X/include/…: what <…> finds. @return the part of the path that counts. */
static bool is_public_header(const struct gcv_scan_file *file)
{
	const char *path = file->walk->path;

	if (file->walk->kind != GCV_WALK_H || file->walk->apart)
		return false;
	if (strncmp(path, "include/", 8) == 0)
		return true;
	return strncmp(path, "arch/", 5) == 0 && strstr(path, "/include/") != NULL;
}

/* The architecture whose unit a public header goes into. */
static enum gcv_status env_of_header(struct gcv_scan_state *s, struct gcv_scan_file *file,
				     struct gcv_err *err)
{
	const struct gcv_arch *arch = gcv_arch_of_path(file->walk->path);

	if (!arch)
		arch = gcv_arch_pick(s->options->tree, "include/linux/mm.h", "", 0);
	return gcv_scan_env_for(s, arch, &file->env, err);
}

static enum gcv_status submit_group(struct gcv_scan_state *s, struct gcv_scan_env *env,
				    struct gcv_err *err)
{
	struct gcv_arena *arena = &s->scan->arena;
	const char *path = gcv_arena_printf(arena, GCV_VIRTUAL "%s/headers.c", env->name);
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_attempt *attempt;
	struct gcv_hash hash;
	enum gcv_status st;
	uint32_t i, nr;

	for (i = 0; i < s->nr_files; i++)
		if (s->files[i].env == env && is_public_header(&s->files[i]))
			gcv_strbuf_addf(&text, "#include \"%s\"\n", s->files[i].walk->path);
	if (!text.len)
		return GCV_OK;
	hash = gcv_hash_bytes(text.buf, text.len);
	st = gcv_scan_stored_use(s, NULL, GCV_UNIT_HEADERS, path, hash.b, &nr, err);
	if (st != GCV_OK || nr)
		return st;
	attempt = gcv_scan_attempt_new(s, NULL, env, GCV_UNIT_HEADERS, path,
				       gcv_arena_strndup(arena, text.buf, text.len), env->name);
	gcv_scan_attempt_args(s, attempt);
	s->submitted++;
	gcv_scan_submit(s, attempt);
	return GCV_OK;
}

enum gcv_status gcv_scan_headers(struct gcv_scan_state *s, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, nr_envs;

	for (i = 0; i < s->nr_files; i++) {
		struct gcv_scan_file *file = &s->files[i];

		if (!is_public_header(file) || !has_code(file))
			continue;
		st = env_of_header(s, file, err);
		if (st != GCV_OK)
			return st;
		file->kind = GCV_UNIT_HEADERS;
		file->main_path = gcv_arena_printf(&s->scan->arena, GCV_VIRTUAL "%s/%s.c",
						   file->env->name, file->walk->path);
		file->main_text =
			gcv_arena_printf(&s->scan->arena, "#include \"%s\"\n", file->walk->path);
		gcv_intern_add(&file->configs, file->env->name, strlen(file->env->name));
	}
	nr_envs = s->nr_envs;
	for (i = 0; i < nr_envs && st == GCV_OK; i++)
		st = submit_group(s, s->envs[i], err);
	return st;
}

/* Does a text have an #include line with a path that ends in @name? */
static bool includes(const struct gcv_strbuf *text, const char *name)
{
	size_t len = strlen(name);
	const char *at = text->buf, *end = at + text->len, *start;

	while ((at = memmem(at, (size_t)(end - at), name, len))) {
		start = memrchr(text->buf, '\n', (size_t)(at - text->buf));
		start = start ? start + 1 : text->buf;
		at += len;
		if (at >= end || (*at != '"' && *at != '>') || !strchr("/\"<", at[-(long)len - 1]))
			continue;
		if (memmem(start, (size_t)(at - start), "include", 7) &&
		    memchr(start, '#', (size_t)(at - start)))
			return true;
	}
	return false;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Length of the folder in which includers are looked for: the file's own, or the one above it. */
static size_t folder_len(const char *path, bool above)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;

	if (above && len) {
		slash = memrchr(path, '/', len);
		len = slash ? (size_t)(slash - path) : 0;
	}
	return len;
}

/*
 * A file below the folder that includes @name and was not tried for @file. A source file is wanted;
 * where only headers are found, the first of them is handed back, to look further from there.
 */
static const struct gcv_walk_file *
find_includer(struct gcv_scan_state *s, struct gcv_scan_file *file, const char *name, size_t folder)
{
	const struct gcv_walk *walk = &s->scan->walk;
	const struct gcv_walk_file *header = NULL;
	uint32_t i;

	for (i = 0; i < walk->nr_files; i++) {
		const struct gcv_walk_file *other = &walk->files[i];
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		if (other == file->walk || strncmp(other->path, file->walk->path, folder) != 0 ||
		    (folder && other->path[folder] != '/') ||
		    (other->kind != GCV_WALK_C && (other->kind != GCV_WALK_H || header)) ||
		    gcv_intern_find(&file->configs, other->path, strlen(other->path)) !=
			    GCV_INTERN_NONE ||
		    gcv_tree_read(s->options->tree, other->path, &text, NULL) != GCV_OK ||
		    !text.len || !includes(&text, name))
			continue;
		if (other->kind == GCV_WALK_C)
			return other;
		header = other;
	}
	return header;
}

static const struct gcv_walk_file *pick_includer(struct gcv_scan_state *s,
						 struct gcv_scan_file *file)
{
	const char *name = base_name(file->walk->path);
	const struct gcv_walk_file *found = NULL;
	unsigned int round;

	for (round = 0; round < ROUNDS; round++) {
		size_t folder = folder_len(file->walk->path, false);

		if (!folder)
			return NULL;
		found = find_includer(s, file, name, folder);
		if (!found && folder_len(file->walk->path, true))
			found = find_includer(s, file, name, folder_len(file->walk->path, true));
		if (!found || found->kind == GCV_WALK_C)
			break;
		gcv_intern_add(&file->configs, found->path, strlen(found->path));
		name = base_name(found->path);
	}
	return found && found->kind == GCV_WALK_C ? found : NULL;
}

static void reset_given_up(struct gcv_scan_file *file)
{
	uint32_t i;

	for (i = 0; i < file->lexed->nr_occurrences; i++)
		file->marks[i] &= (uint8_t)~GCV_MARK_GIVEN_UP;
}

/* Parse a file through another main file: one that includes it, or in the end itself. */
static enum gcv_status parse_through(struct gcv_scan_state *s, struct gcv_scan_file *file,
				     const struct gcv_walk_file *main_file, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	const char *path = main_file->path;
	enum gcv_status st = gcv_tree_read(s->options->tree, path, &text, err);
	uint32_t nr = 0;

	if (st != GCV_OK)
		return st;
	gcv_intern_add(&file->configs, path, strlen(path));
	reset_given_up(file);
	file->main_path = path;
	file->main_text = NULL;
	file->kind = main_file == file->walk ? GCV_UNIT_HEADERS : GCV_UNIT_SOURCE;
	file->env = NULL;
	st = gcv_scan_stored_use(s, file, file->kind, path, NULL, &nr, err);
	if (st != GCV_OK)
		return st;
	if (nr)
		return gcv_scan_next(s, file, err);
	st = gcv_scan_env_for(s, gcv_arch_pick(s->options->tree, path, text.buf, text.len),
			      &file->env, err);
	if (st == GCV_OK)
		gcv_scan_parse(s, file, file->env, file->kind == GCV_UNIT_SOURCE);
	return st;
}

enum gcv_status gcv_scan_includers(struct gcv_scan_state *s, bool *ret_any, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i, k;

	*ret_any = false;
	for (i = 0; i < s->nr_files && st == GCV_OK; i++) {
		struct gcv_scan_file *file = &s->files[i];
		const struct gcv_walk_file *includer;
		bool lost = false;

		if (file->walk->apart || file->walk->kind == GCV_WALK_ASM)
			continue;
		for (k = 0; k < file->lexed->nr_occurrences; k++)
			lost |= gcv_scan_is_code(&file->lexed->occurrences[k]) &&
				!(file->marks[k] & (GCV_MARK_SEEN | GCV_MARK_SKIPPED));
		if (!lost)
			continue;
		includer = pick_includer(s, file);
		/* Nobody includes it as far as we know: a header may still be read by itself. */
		if (!includer &&
		    gcv_intern_find(&file->configs, file->walk->path, strlen(file->walk->path)) ==
			    GCV_INTERN_NONE &&
		    file->walk->kind != GCV_WALK_C)
			includer = file->walk;
		if (!includer)
			continue;
		*ret_any = true;
		st = parse_through(s, file, includer, err);
	}
	return st;
}
