// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

/** PCH_MIN_FILES - a precompiled header is made for as many files as this; it costs about two */
#define PCH_MIN_FILES 4

/** PCH_MIN_USERS - a header that fewer files include does not go into it: it only costs them */
#define PCH_MIN_USERS 3

static struct gcv_scan_env *find_env(struct gcv_scan_state *s, const char *name)
{
	uint32_t i;

	for (i = 0; i < s->nr_envs; i++)
		if (strcmp(s->envs[i]->name, name) == 0)
			return s->envs[i];
	return NULL;
}

static void add_virtual_files(struct gcv_scan_state *s, const struct gcv_env *env,
			      struct gcv_job_env *job_env)
{
	size_t nr, i;
	const struct gcv_virtual_file *files = gcv_env_files(env, &nr);

	job_env->files = gcv_arena_alloc(&s->scan->arena, sizeof(*job_env->files) * nr);
	job_env->nr_files = (uint32_t)nr;
	for (i = 0; i < nr; i++)
		job_env->files[i] =
			(struct gcv_memory_file){ files[i].path, files[i].text, files[i].len };
}

struct gcv_hash gcv_scan_identity(const struct gcv_scan_state *s, struct gcv_hash flags)
{
	const struct gcv_hash both[2] = { flags, s->names_hash };

	return gcv_hash_bytes(both, sizeof(both));
}

static struct gcv_scan_env *add_env(struct gcv_scan_state *s, const char *name,
				    const struct gcv_arch *arch, struct gcv_env *env)
{
	struct gcv_arena *arena = &s->scan->arena;
	struct gcv_scan_env *new = gcv_arena_alloc(arena, sizeof(*new));
	struct gcv_args args = { .arena = arena };
	struct gcv_hash hash = { 0 };

	new->name = gcv_arena_strdup(arena, name);
	new->arch = arch;
	new->env = env;
	new->pch_path = "";
	if (env) {
		gcv_env_common_args(env, &args);
		gcv_env_forced_args(env, &args);
		new->job_env.args = args.argv;
		new->job_env.nr_args = (uint32_t)args.nr;
		add_virtual_files(s, env, &new->job_env);
		hash = gcv_scan_identity(s, gcv_env_hash(env));
	}
	memcpy(new->hash, hash.b, sizeof(new->hash));
	gcv_pool_add_env(s->pool, &new->job_env);
	GCV_GROW(s->envs, s->nr_envs, s->cap_envs);
	s->envs[s->nr_envs++] = new;
	return new;
}

enum gcv_status gcv_scan_env_for(struct gcv_scan_state *s, const struct gcv_arch *arch,
				 struct gcv_scan_env **ret_env, struct gcv_err *err)
{
	struct gcv_scan_env *found = find_env(s, arch->name);
	struct gcv_env *env;
	enum gcv_status st;

	if (!found) {
		st = gcv_env_new(s->options->tree, arch->name, s->options->clang_include, &env,
				 err);
		if (st != GCV_OK)
			return st;
		found = add_env(s, arch->name, arch, env);
	}
	*ret_env = found;
	return GCV_OK;
}

struct gcv_scan_env *gcv_scan_env_commands(struct gcv_scan_state *s)
{
	if (!s->commands_env)
		s->commands_env = add_env(s, "compile-commands", NULL, NULL);
	return s->commands_env;
}

enum gcv_status gcv_scan_commands_load(struct gcv_scan_state *s, struct gcv_err *err)
{
	GCV_AUTOFREE const char **paths = gcv_zalloc(s->nr_files, sizeof(*paths));
	struct gcv_compile_wanted wanted = { .tree = s->options->tree->root,
					     .resource_include = s->options->clang_include,
					     .paths = paths,
					     .nr_paths = s->nr_files };
	enum gcv_status st;
	size_t i;

	for (i = 0; i < s->nr_files; i++)
		paths[i] = s->files[i].walk->path;
	st = gcv_compile_commands_load(s->options->compile_commands, &wanted, &s->commands, err);
	if (st != GCV_OK)
		return st;
	s->has_commands = true;
	for (i = 0; i < s->commands.nr_warnings; i++)
		gcv_scan_warn(s, s->commands.warnings[i]);
	return GCV_OK;
}

struct gcv_scan_env *gcv_scan_env_override(struct gcv_scan_state *s, struct gcv_scan_env *base,
					   const char *name,
					   const struct gcv_config_setting *settings, size_t nr)
{
	struct gcv_scan_env *found = find_env(s, name);

	if (found)
		return found;
	found = add_env(s, name, base->arch, gcv_env_override(base->env, settings, nr));
	/* The configuration's text tells the changes; what they start from is the base. */
	memcpy(found->hash, base->hash, sizeof(found->hash));
	return found;
}

struct header_use {
	const char *name;
	uint32_t nr;
};

static int by_use(const void *a, const void *b)
{
	const struct header_use *x = a, *y = b;

	if (x->nr != y->nr)
		return x->nr < y->nr ? 1 : -1;
	return strcmp(x->name, y->name);
}

/*
 * Headers that make tracepoints do different things each time (include/trace/define_trace.h), and
 * architecture or generated headers come along with others.
 */
static bool belongs_in_pch(const char *name, size_t len)
{
	return !memmem(name, len, "trace", 5) && memchr(name, '/', len) &&
	       strncmp(name, "asm/", 4) != 0 && strncmp(name, "generated/", 10) != 0;
}

static void count_includes(const struct gcv_strbuf *text, struct gcv_intern *names,
			   uint32_t **counts, uint32_t *cap)
{
	const char *at = text->buf, *end = at + text->len;

	while (at && at < end) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		const char *open, *close;
		uint32_t id;

		eol = eol ? eol : end;
		while (at < eol && (*at == ' ' || *at == '\t'))
			at++;
		open = at < eol && *at == '#' ? memchr(at, '<', (size_t)(eol - at)) : NULL;
		close = open ? memchr(open, '>', (size_t)(eol - open)) : NULL;
		if (close && memmem(at, (size_t)(open - at), "include", 7) &&
		    belongs_in_pch(open + 1, (size_t)(close - open - 1))) {
			id = gcv_intern_add(names, open + 1, (size_t)(close - open - 1));
			while (id >= *cap) {
				uint32_t old = *cap;

				*cap = old ? old * 2 : 256;
				*counts = gcv_realloc_array(*counts, *cap, sizeof(**counts));
				memset(*counts + old, 0, (*cap - old) * sizeof(**counts));
			}
			(*counts)[id]++;
		}
		at = eol + 1;
	}
}

/* The text of the header to precompile: what at least PCH_MIN_USERS files include. */
static const char *pch_text(struct gcv_scan_state *s, struct gcv_scan_file **files,
			    uint32_t nr_files)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	GCV_AUTOFREE uint32_t *counts = NULL;
	GCV_AUTOFREE struct header_use *uses = NULL;
	struct gcv_intern names = { 0 };
	uint32_t cap = 0, i;
	const char *result;

	for (i = 0; i < nr_files; i++)
		if (gcv_scan_text(s, files[i], NULL) == GCV_OK)
			count_includes(&files[i]->text, &names, &counts, &cap);
	uses = gcv_zalloc(names.nr, sizeof(*uses));
	for (i = 0; i < names.nr; i++)
		uses[i] = (struct header_use){ gcv_intern_str(&names, i), counts[i] };
	if (names.nr)
		qsort(uses, names.nr, sizeof(*uses), by_use);
	for (i = 0; i < names.nr && uses[i].nr >= PCH_MIN_USERS; i++)
		gcv_strbuf_addf(&text, "#if __has_include(<%s>)\n#include <%s>\n#endif\n",
				uses[i].name, uses[i].name);
	result = gcv_arena_strndup(&s->scan->arena, text.buf ? text.buf : "", text.len);
	gcv_intern_release(&names);
	return result;
}

enum gcv_status gcv_scan_env_pch(struct gcv_scan_state *s, struct gcv_scan_env *env,
				 struct gcv_scan_file **files, uint32_t nr_files,
				 struct gcv_err *err)
{
	struct gcv_arena *arena = &s->scan->arena;
	struct gcv_attempt *attempt;
	const char *path, *text;

	(void)err;
	if (!env->env || nr_files < PCH_MIN_FILES)
		return GCV_OK;
	text = pch_text(s, files, nr_files);
	path = gcv_arena_printf(arena, GCV_VIRTUAL "%s/precompiled.h", env->name);
	attempt = gcv_scan_attempt_new(s, NULL, env, GCV_UNIT_PCH, path, text, env->name);
	attempt->job.kind = GCV_JOB_PCH;
	attempt->job.pch = gcv_arena_printf(arena, "%s/%s.pch", s->options->scratch, env->name);
	env->pch_building = true;
	s->submitted++;
	gcv_pool_submit(s->pool, &attempt->job);
	return GCV_OK;
}
