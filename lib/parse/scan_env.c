// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <string.h>

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

/*
 * What an edit may do wrong and still compile. A precompiled header brings its own state of
 * warnings along, so that it is made with them, too.
 */
static void add_warnings(struct gcv_args *args)
{
	size_t i, nr = 0;

	for (i = 0; i < args->nr; i++)
		if (strcmp(args->argv[i], "-w") != 0)
			args->argv[nr++] = args->argv[i];
	args->nr = nr;
	for (i = 0; gcv_facts_warnings[i]; i++)
		gcv_args_add(args, gcv_arena_printf(args->arena, "-Werror=%s",
						    gcv_facts_warnings[i] + strlen("-W")));
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
	new->pch = (struct gcv_scan_pch){ .name = "precompiled", .path = "" };
	new->common_pch = (struct gcv_scan_pch){ .name = "common", .path = "" };
	if (env) {
		gcv_env_common_args(env, &args);
		gcv_env_forced_args(env, &args);
		add_virtual_files(s, env, &new->job_env);
		hash = gcv_scan_identity(s, gcv_env_hash(env));
	}
	if (s->options->base)
		add_warnings(&args);
	new->job_env.args = args.argv;
	new->job_env.nr_args = (uint32_t)args.nr;
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
