// SPDX-License-Identifier: GPL-2.0-only
#include "parse/compile_commands.h"
#include "base/intern.h"
#include "base/strbuf.h"
#include "parse/shell_split.h"
#include "tree/beneath.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** STAMP_LIMIT - largest configuration in bytes; those of kernels have less than 1 MB */
#define STAMP_LIMIT ((size_t)16 << 20)

/* A warning: where it was given first, and how often. */
struct told {
	const char *file;
	size_t entry, nr;
};

struct loader {
	const char *name;
	const struct gcv_compile_wanted *wanted;
	struct gcv_intern paths; /* the wanted ones */
	struct gcv_compile_roots roots;
	struct gcv_compile_commands cc;
	size_t cap_commands;
	struct gcv_intern sentences;		    /* of the warnings */
	struct told told[GCV_COMPILE_WARNINGS_MAX]; /* by number in @sentences */
	size_t entry;
	const char *file; /* of this entry, for warnings; NULL while unknown */
};

/* The options of a build come with each of its files: what is wrong with them is told once. */
static void warn(void *ctx, const char *sentence)
{
	struct loader *l = ctx;
	size_t len = strlen(sentence);
	uint32_t known = l->sentences.nr, id;

	l->cc.nr_warnings_all++;
	id = gcv_intern_find(&l->sentences, sentence, len);
	if (id != GCV_INTERN_NONE) {
		l->told[id].nr++;
	} else if (known < GCV_COMPILE_WARNINGS_MAX) {
		gcv_intern_add(&l->sentences, sentence, len);
		l->told[known] = (struct told){
			.file = l->file ? gcv_arena_strdup(&l->cc.arena, l->file) : NULL,
			.entry = l->entry,
			.nr = 1,
		};
	}
}

static void write_warnings(struct loader *l)
{
	struct gcv_arena *arena = &l->cc.arena;
	uint32_t i;

	l->cc.nr_warnings = l->sentences.nr;
	l->cc.warnings = gcv_arena_alloc(arena, l->sentences.nr * sizeof(*l->cc.warnings));
	for (i = 0; i < l->sentences.nr; i++) {
		const struct told *told = &l->told[i];
		const char *file = told->file ? gcv_arena_printf(arena, " (%s)", told->file) : "";
		const char *more =
			told->nr > 1 ? gcv_arena_printf(arena, " and %zu more", told->nr - 1) : "";

		l->cc.warnings[i] = gcv_arena_printf(arena, "%s: entry %zu%s%s: %s", l->name,
						     told->entry, file, more,
						     gcv_intern_str(&l->sentences, i));
	}
}

static const char *string_of(const cJSON *entry, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, key));
}

/* The words of an entry's command. Return: false where there are none. */
static bool command_words(const cJSON *entry, struct gcv_args *words)
{
	const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(entry, "arguments"), *item;
	const char *command = string_of(entry, "command");

	if (!cJSON_IsArray(arguments))
		return command && gcv_shell_split(command, words) && words->nr;
	cJSON_ArrayForEach(item, arguments)
	{
		if (!cJSON_IsString(item))
			return false;
		gcv_args_add(words, item->valuestring);
	}
	return words->nr > 0;
}

/* Tree-relative path of an entry's file in the arena, or NULL where the entry is none of ours. */
static const char *entry_path(struct loader *l, const cJSON *entry, const char *directory)
{
	const char *file = string_of(entry, "file");
	const char *rel;
	char path[PATH_MAX], real[PATH_MAX];

	if (!gcv_compile_path(directory, file, path)) {
		warn(l, "skipped: not a path");
		return NULL;
	}
	rel = gcv_compile_inside(l->wanted->tree, path);
	if (!rel || !*rel) {
		/* what a build generates in a folder of its own is nobody's lie */
		if (!gcv_compile_inside(l->roots.build, path))
			warn(l, "skipped: the file lies outside the tree");
		return NULL;
	}
	if (l->wanted->paths && gcv_intern_find(&l->paths, rel, strlen(rel)) == GCV_INTERN_NONE)
		return NULL;
	if (!realpath(path, real)) {
		warn(l, "skipped: there is no such file");
		return NULL;
	}
	if (strcmp(path, real) != 0) {
		warn(l, "skipped: the file is reached through a symbolic link");
		return NULL;
	}
	return gcv_arena_strdup(&l->cc.arena, rel);
}

static void add_command(struct loader *l, const char *path, const struct gcv_args *args)
{
	struct gcv_compile_command *command;

	GCV_GROW(l->cc.commands, l->cc.nr_commands, l->cap_commands);
	command = &l->cc.commands[l->cc.nr_commands++];
	command->path = path;
	command->entry = l->entry;
	command->argv = args->argv;
	command->nr_args = args->nr;
}

static void read_entry(struct loader *l, const cJSON *entry)
{
	struct gcv_arena scratch = { 0 };
	struct gcv_args words = { .arena = &scratch };
	struct gcv_args clean = { .arena = &l->cc.arena };
	const char *given = string_of(entry, "directory");
	char directory[PATH_MAX];
	const char *path;

	l->file = string_of(entry, "file");
	if (!l->file || !given) {
		warn(l, "skipped: \"file\" and \"directory\" must be strings");
		return;
	}
	if (!gcv_compile_path(l->roots.build, given, directory)) {
		warn(l, "skipped: \"directory\" is not a path");
		return;
	}
	path = entry_path(l, entry, directory);
	if (!path)
		return;
	if (command_words(entry, &words)) {
		gcv_compile_args_clean(&l->roots, directory, words.argv, words.nr, warn, l, &clean);
		add_command(l, path, &clean);
	} else {
		warn(l, "skipped: neither \"arguments\" nor a \"command\" with closed quotes");
	}
	gcv_arena_release(&scratch);
}

static int by_path(const void *a, const void *b)
{
	const struct gcv_compile_command *ca = a, *cb = b;
	int order = strcmp(ca->path, cb->path);

	if (order)
		return order;
	return (ca->entry > cb->entry) - (ca->entry < cb->entry);
}

static enum gcv_status fail_syntax(const char *name, const char *text, size_t off_bytes,
				   struct gcv_err *err)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < off_bytes; i++) {
		column = text[i] == '\n' ? 1 : column + 1;
		line += text[i] == '\n';
	}
	return gcv_err_set(err, GCV_ERR_FORMAT, "%s:%zu:%zu: not valid JSON (byte %zu)", name, line,
			   column, off_bytes);
}

static enum gcv_status read_array(struct loader *l, const char *text, size_t len_bytes,
				  struct gcv_err *err)
{
	const char *end = text;
	cJSON *top = cJSON_ParseWithLengthOpts(text, len_bytes, &end, false);
	enum gcv_status status = GCV_OK;
	const cJSON *entry;
	size_t used = end >= text && end <= text + len_bytes ? (size_t)(end - text) : 0;

	while (top && used < len_bytes && text[used] && strchr(" \t\r\n", text[used]))
		used++;
	if (!top || used < len_bytes) {
		status = fail_syntax(l->name, text, used, err);
	} else if (!cJSON_IsArray(top)) {
		status = gcv_err_set(err, GCV_ERR_FORMAT, "%s: must be an array of commands",
				     l->name);
	} else {
		cJSON_ArrayForEach(entry, top)
		{
			read_entry(l, entry);
			l->entry++;
		}
	}
	cJSON_Delete(top);
	return status;
}

static void loader_init(struct loader *l)
{
	const struct gcv_compile_wanted *wanted = l->wanted;

	for (size_t i = 0; wanted->paths && i < wanted->nr_paths; i++)
		gcv_intern_add(&l->paths, wanted->paths[i], strlen(wanted->paths[i]));
	l->roots.tree = wanted->tree;
	l->roots.resource_include = wanted->resource_include;
}

enum gcv_status gcv_compile_commands_parse(const char *name, const char *build, const char *text,
					   size_t len_bytes,
					   const struct gcv_compile_wanted *wanted,
					   struct gcv_compile_commands *ret, struct gcv_err *err)
{
	struct loader l = { .name = name, .wanted = wanted, .roots.build = build };
	enum gcv_status status;

	loader_init(&l);
	status = read_array(&l, text, len_bytes, err);
	write_warnings(&l);
	gcv_intern_release(&l.sentences);
	gcv_intern_release(&l.paths);
	gcv_compile_roots_release(&l.roots);
	if (status != GCV_OK) {
		gcv_compile_commands_release(&l.cc);
		return status;
	}
	l.cc.nr_entries = l.entry;
	l.cc.build = gcv_arena_strdup(&l.cc.arena, build);
	if (l.cc.nr_commands)
		qsort(l.cc.commands, l.cc.nr_commands, sizeof(*l.cc.commands), by_path);
	*ret = l.cc;
	return GCV_OK;
}

/* Without a configuration, or with one that cannot be read, the stamp stays as it is. */
static void read_stamp(const char *build, struct gcv_hash *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	int dir = open(build, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW), fd;
	struct stat st;

	if (dir < 0)
		return;
	fd = gcv_beneath_open(dir, "include/generated/autoconf.h", O_RDONLY);
	close(dir);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    gcv_strbuf_read_fd(&text, fd, STAMP_LIMIT, build, NULL) == GCV_OK && text.len)
		*ret = gcv_hash_bytes(text.buf, text.len);
	close(fd);
}

enum gcv_status gcv_compile_commands_load(const char *path, const struct gcv_compile_wanted *wanted,
					  struct gcv_compile_commands *ret, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	char build[PATH_MAX];
	enum gcv_status status;
	char *slash;

	if (!realpath(path, build))
		return gcv_err_sys(err, "cannot open %s", path);
	status = gcv_strbuf_read_file(&text, path, GCV_COMPILE_COMMANDS_LIMIT, err);
	if (status != GCV_OK)
		return status;
	slash = strrchr(build, '/');
	slash[slash == build] = '\0';
	status = gcv_compile_commands_parse(path, build, text.buf ? text.buf : "", text.len, wanted,
					    ret, err);
	if (status == GCV_OK)
		read_stamp(build, &ret->stamp);
	return status;
}

const struct gcv_compile_command *gcv_compile_commands_find(const struct gcv_compile_commands *cc,
							    const char *path, size_t *ret_nr)
{
	size_t low = 0, high = cc->nr_commands, nr = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(cc->commands[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + nr < cc->nr_commands && strcmp(cc->commands[low + nr].path, path) == 0)
		nr++;
	*ret_nr = nr;
	return nr ? &cc->commands[low] : NULL;
}

void gcv_compile_commands_release(struct gcv_compile_commands *cc)
{
	free(cc->commands);
	gcv_arena_release(&cc->arena);
	memset(cc, 0, sizeof(*cc));
}
