// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes into a precompiled header: the headers that several of its files include, by themselves
 * or through the headers beside them.
 */
#include "parse/include_guard.h"
#include "parse/relpath.h"
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** PCH_MIN_FILES - a precompiled header is made for as many files as this; it costs about two */
#define PCH_MIN_FILES 4

/** PCH_MIN_USERS - a header that fewer files include does not go into it: it only costs them */
#define PCH_MIN_USERS 3

/**
 * PCH_MIN_FOLDERS - a header that files include only through their own headers goes into it where
 * those files lie in as many folders: others declare names that clash with those of strangers
 */
#define PCH_MIN_FOLDERS 3

/** COMMON_SHARE - a header that at least one of so many files includes is common */
#define COMMON_SHARE 5

/**
 * struct header_use - who includes a header with <…>
 * @name: as it is written
 * @nr_direct: source files that include it themselves
 * @nr_users: source files that include it at all
 * @folders: folders that these lie in
 * @nr_folders: how many are known; no more are counted than matter
 * @last: number of the newest user, from 1
 */
struct header_use {
	const char *name;
	uint32_t nr_direct, nr_users;
	uint32_t folders[PCH_MIN_FOLDERS], nr_folders;
	uint32_t last;
};

/**
 * struct include_node - a source file or a header beside one
 * @headers: what it includes with <…>, numbers of names
 * @beside: what it includes with "…" from its own folder, numbers of paths
 * @is_read: the lists are filled
 * @last: number of the newest source file that reached it, from 1
 */
struct include_node {
	uint32_t *headers, *beside;
	uint32_t nr_headers, cap_headers, nr_beside, cap_beside;
	bool is_read;
	uint32_t last;
};

/**
 * struct include_count - the counting
 * @s: the scan
 * @names: headers, as they are written
 * @uses: by number of the name
 * @paths: files by path
 * @nodes: by number of the path
 * @folders: of source files
 * @stack: files that are still to be looked at
 */
struct include_count {
	struct gcv_scan_state *s;
	struct gcv_intern names, paths, folders;
	struct header_use *uses;
	uint32_t nr_uses, cap_uses;
	struct include_node *nodes;
	uint32_t nr_nodes, cap_nodes;
	uint32_t *stack;
	uint32_t nr_stack, cap_stack;
};

/*
 * Headers that make tracepoints do different things each time (include/trace/define_trace.h), and
 * architecture or generated headers come along with others.
 */
static bool belongs_in_pch(const char *name, size_t len)
{
	return !memmem(name, len, "trace", 5) && memchr(name, '/', len) &&
	       strncmp(name, "asm/", 4) != 0 && strncmp(name, "generated/", 10) != 0;
}

static uint32_t node_of(struct include_count *c, const char *path)
{
	uint32_t id = gcv_intern_add(&c->paths, path, strlen(path));

	if (id == c->nr_nodes) {
		GCV_GROW(c->nodes, c->nr_nodes, c->cap_nodes);
		c->nodes[c->nr_nodes++] = (struct include_node){ 0 };
	}
	return id;
}

static void add_header(struct include_count *c, uint32_t node, const char *name, size_t len)
{
	uint32_t id = gcv_intern_add(&c->names, name, len);
	struct include_node *n = &c->nodes[node];

	if (id == c->nr_uses) {
		GCV_GROW(c->uses, c->nr_uses, c->cap_uses);
		c->uses[c->nr_uses++] =
			(struct header_use){ .name = gcv_intern_str(&c->names, id) };
	}
	GCV_GROW(n->headers, n->nr_headers, n->cap_headers);
	n->headers[n->nr_headers++] = id;
}

static void add_beside(struct include_count *c, uint32_t node, const char *name, size_t len)
{
	char folder[GCV_RELPATH_MAX], written[GCV_RELPATH_MAX], path[GCV_RELPATH_MAX];
	struct include_node *n;
	uint32_t id;

	if (len >= sizeof(written) ||
	    !gcv_relpath_fold("", gcv_intern_str(&c->paths, node), folder) ||
	    !gcv_relpath_folder(folder))
		return;
	memcpy(written, name, len);
	written[len] = '\0';
	if (!gcv_relpath_fold(folder, written, path))
		return;
	id = node_of(c, path);
	n = &c->nodes[node];
	GCV_GROW(n->beside, n->nr_beside, n->cap_beside);
	n->beside[n->nr_beside++] = id;
}

/* One line: is it an #include, and of what? */
static void read_line(struct include_count *c, uint32_t node, const char *at, const char *eol)
{
	const char *open, *close;

	while (at < eol && (*at == ' ' || *at == '\t'))
		at++;
	if (at == eol || *at++ != '#')
		return;
	while (at < eol && (*at == ' ' || *at == '\t'))
		at++;
	if (eol - at < 7 || strncmp(at, "include", 7) != 0)
		return;
	for (open = at + 7; open < eol && (*open == ' ' || *open == '\t'); open++)
		;
	if (open == eol || (*open != '<' && *open != '"'))
		return;
	close = memchr(open + 1, *open == '<' ? '>' : '"', (size_t)(eol - open - 1));
	if (!close)
		return;
	if (*open == '"')
		add_beside(c, node, open + 1, (size_t)(close - open - 1));
	else if (belongs_in_pch(open + 1, (size_t)(close - open - 1)))
		add_header(c, node, open + 1, (size_t)(close - open - 1));
}

static void read_lines(struct include_count *c, uint32_t node, const struct gcv_strbuf *text)
{
	const char *at = text->buf, *end = at + text->len;

	while (at && at < end) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));

		eol = eol ? eol : end;
		read_line(c, node, at, eol);
		at = eol + 1;
	}
}

/* A header that is not beside the file is found elsewhere, or not at all: no matter. */
static void read_beside(struct include_count *c, uint32_t node)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	c->nodes[node].is_read = true;
	if (gcv_tree_read(c->s->options->tree, gcv_intern_str(&c->paths, node), &text, NULL) ==
	    GCV_OK)
		read_lines(c, node, &text);
}

static void note_folder(struct header_use *use, uint32_t folder)
{
	uint32_t i;

	for (i = 0; i < use->nr_folders; i++)
		if (use->folders[i] == folder)
			return;
	if (use->nr_folders < PCH_MIN_FOLDERS)
		use->folders[use->nr_folders++] = folder;
}

/* @file: number of the source file from 1; @folder: number of its folder */
static void count_headers(struct include_count *c, uint32_t node, uint32_t file, uint32_t folder,
			  bool direct)
{
	const struct include_node *n = &c->nodes[node];
	uint32_t i;

	for (i = 0; i < n->nr_headers; i++) {
		struct header_use *use = &c->uses[n->headers[i]];

		if (use->last == file)
			continue;
		use->last = file;
		use->nr_users++;
		use->nr_direct += direct;
		note_folder(use, folder);
	}
}

static void push(struct include_count *c, uint32_t node, uint32_t file)
{
	uint32_t i;

	for (i = 0; i < c->nodes[node].nr_beside; i++) {
		uint32_t beside = c->nodes[node].beside[i];

		if (c->nodes[beside].last == file)
			continue;
		c->nodes[beside].last = file;
		GCV_GROW(c->stack, c->nr_stack, c->cap_stack);
		c->stack[c->nr_stack++] = beside;
	}
}

static void count_file(struct include_count *c, struct gcv_scan_file *file, uint32_t number)
{
	const char *path = file->walk->path, *slash = strrchr(path, '/');
	uint32_t folder = gcv_intern_add(&c->folders, path, slash ? (size_t)(slash - path) : 0);
	uint32_t node = node_of(c, path);

	/* Another file may have included this one and read it. */
	if (!c->nodes[node].is_read && gcv_scan_text(c->s, file, NULL) == GCV_OK)
		read_lines(c, node, &file->text);
	c->nodes[node].is_read = true;
	c->nodes[node].last = number;
	count_headers(c, node, number, folder, true);
	push(c, node, number);
	while (c->nr_stack) {
		node = c->stack[--c->nr_stack];
		if (!c->nodes[node].is_read)
			read_beside(c, node);
		count_headers(c, node, number, folder, false);
		push(c, node, number);
	}
}

static void release_count(struct include_count *c)
{
	uint32_t i;

	for (i = 0; i < c->nr_nodes; i++) {
		free(c->nodes[i].headers);
		free(c->nodes[i].beside);
	}
	free(c->nodes);
	free(c->uses);
	free(c->stack);
	gcv_intern_release(&c->names);
	gcv_intern_release(&c->paths);
	gcv_intern_release(&c->folders);
}

static int by_use(const void *a, const void *b)
{
	const struct header_use *x = a, *y = b;

	if (x->nr_users != y->nr_users)
		return x->nr_users < y->nr_users ? 1 : -1;
	return strcmp(x->name, y->name);
}

static bool is_wanted(const struct header_use *use)
{
	return use->nr_direct >= PCH_MIN_USERS ||
	       (use->nr_users >= PCH_MIN_USERS && use->nr_folders >= PCH_MIN_FOLDERS);
}

/* A header without include guard stays out: a file that includes it would read it again. */
static bool is_guarded(struct gcv_scan_state *s, const char *name)
{
	static const char *const folders[] = { "include", "include/uapi" };
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 };
		GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

		gcv_strbuf_addf(&path, "%s/%s", folders[i], name);
		if (gcv_tree_read(s->options->tree, path.buf, &text, NULL) == GCV_OK)
			return !text.len || gcv_include_guard(text.buf, text.len);
	}
	return true;
}

/* Headers of the kernel as a whole that no file would be surprised to see. */
static bool is_common(const struct header_use *use, uint32_t nr_files)
{
	return strncmp(use->name, "linux/", 6) == 0 &&
	       (uint64_t)use->nr_users * COMMON_SHARE >= nr_files;
}

static void add_include(const struct header_use *use, struct gcv_strbuf *ret)
{
	gcv_strbuf_addf(ret, "#if __has_include(<%s>)\n#include <%s>\n#endif\n", use->name,
			use->name);
}

static const char *keep_text(struct gcv_scan_state *s, const struct gcv_strbuf *text)
{
	return gcv_arena_strndup(&s->scan->arena, text->buf ? text->buf : "", text->len);
}

/* The texts of the headers to precompile. */
static void make_texts(struct gcv_scan_state *s, struct gcv_scan_env *env,
		       struct gcv_scan_file **files, uint32_t nr_files)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf common = { 0 };
	struct include_count c = { .s = s };
	uint32_t i;

	for (i = 0; i < nr_files; i++)
		count_file(&c, files[i], i + 1);
	if (c.nr_uses)
		qsort(c.uses, c.nr_uses, sizeof(*c.uses), by_use);
	for (i = 0; i < c.nr_uses; i++) {
		if (!is_wanted(&c.uses[i]) || !is_guarded(s, c.uses[i].name))
			continue;
		add_include(&c.uses[i], &text);
		if (is_common(&c.uses[i], nr_files))
			add_include(&c.uses[i], &common);
	}
	env->pch.text = keep_text(s, &text);
	env->common_pch.text = common.len ? keep_text(s, &common) : NULL;
	release_count(&c);
}

static void make_pch(struct gcv_scan_state *s, struct gcv_scan_env *env, struct gcv_scan_pch *pch)
{
	struct gcv_arena *arena = &s->scan->arena;
	const char *path = gcv_arena_printf(arena, GCV_VIRTUAL "%s/%s.h", env->name, pch->name);
	struct gcv_attempt *attempt =
		gcv_scan_attempt_new(s, NULL, env, GCV_UNIT_PCH, path, pch->text, env->name);

	attempt->job.kind = GCV_JOB_PCH;
	attempt->job.pch =
		gcv_arena_printf(arena, "%s/%s-%s.pch", s->options->scratch, env->name, pch->name);
	attempt->pch = pch;
	pch->is_asked = pch->is_building = true;
	s->submitted++;
	gcv_pool_submit(s->pool, &attempt->job);
}

enum gcv_status gcv_scan_env_pch(struct gcv_scan_state *s, struct gcv_scan_env *env,
				 struct gcv_scan_file **files, uint32_t nr_files,
				 struct gcv_err *err)
{
	(void)err;
	if (!env->env || env->pch.is_asked || nr_files < PCH_MIN_FILES)
		return GCV_OK;
	make_texts(s, env, files, nr_files);
	make_pch(s, env, &env->pch);
	return GCV_OK;
}

struct gcv_scan_pch *gcv_scan_env_common_pch(struct gcv_scan_state *s, struct gcv_scan_env *env)
{
	if (!env->common_pch.text)
		return NULL;
	if (!env->common_pch.is_asked)
		make_pch(s, env, &env->common_pch);
	return &env->common_pch;
}

void gcv_scan_pch_release(struct gcv_scan_pch *pch)
{
	if (*pch->path)
		unlink(pch->path);
	free(pch->waiting);
}
