// SPDX-License-Identifier: GPL-2.0-only
#include "parse/flags.h"
#include "parse/kbuild.h"
#include "parse/relpath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gcv_env {
	const struct gcv_tree *tree;
	const struct gcv_arch *arch;
	const char *resource_include;
	struct gcv_arena arena;
	struct gcv_kconfig *kconfig;
	struct gcv_kbuild *kbuild;
	struct gcv_virtual virtuals;
	struct gcv_args common, forced;
	struct gcv_hash hash;
};

/* The C dialect as the top Makefile says; by version where it says nothing. */
static void add_dialect(struct gcv_env *env)
{
	GCV_STRBUF_AUTO struct gcv_strbuf makefile = { 0 };
	const unsigned int version = env->tree->version * 1000 + env->tree->patchlevel;
	const char *text, *std, *extensions;

	if (gcv_tree_read(env->tree, "Makefile", &makefile, NULL) != GCV_OK || !makefile.len)
		gcv_strbuf_add(&makefile, "", 0);
	text = makefile.buf;
	/* The host's tools are compiled with options of their own, further up. */
	std = strstr(text, "\nKBUILD_CFLAGS");
	std = std ? std : text;
	if (strstr(std, "-std=gnu11"))
		gcv_args_add(&env->common, "-std=gnu11");
	else if (strstr(std, "-std=gnu89"))
		gcv_args_add(&env->common, "-std=gnu89");
	else
		gcv_args_add(&env->common, version >= 5018 ? "-std=gnu11" : "-std=gnu89");
	if (strstr(text, "-funsigned-char") || version >= 6002)
		gcv_args_add(&env->common, "-funsigned-char");
	/* Since 6.19; later releases let Kconfig choose how it is spelled. */
	extensions = gcv_kconfig_value(env->kconfig, "CC_MS_EXTENSIONS");
	if (strstr(text, "-fms-extensions"))
		gcv_args_add(&env->common, "-fms-extensions");
	else if (extensions && strstr(text, "$(CONFIG_CC_MS_EXTENSIONS)"))
		gcv_args_add_words(&env->common, extensions);
}

static void add_target(struct gcv_env *env)
{
	const struct gcv_arch *arch = env->arch;
	bool is_64 = arch->target64 &&
		     (!arch->target32 || gcv_kconfig_is_on(env->kconfig, "64BIT"));
	const char *width_flags = is_64 ? arch->flags64 : arch->flags32;

	gcv_args_addf(&env->common, "--target=%s", is_64 ? arch->target64 : arch->target32);
	if (arch->flags)
		gcv_args_add_words(&env->common, arch->flags);
	if (width_flags)
		gcv_args_add_words(&env->common, width_flags);
}

/*
 * The macros are those of scripts/Makefile.lib; the same for all files, so that one precompiled
 * header serves them.
 */
static void add_general(struct gcv_env *env)
{
	gcv_args_add_tolerant(&env->common);
	gcv_args_add_words(&env->common, "-nostdinc -fshort-wchar -fno-strict-aliasing "
					 "-D__KERNEL__ -D__KBUILD_MODNAME=x");
	gcv_args_add(&env->common, "-DKBUILD_MODNAME=\"x\"");
	gcv_args_add(&env->common, "-DKBUILD_BASENAME=\"x\"");
	gcv_args_add(&env->common, "-DKBUILD_MODFILE=\"x\"");
}

static void add_tree_folder(struct gcv_env *env, const char *folder, size_t len)
{
	char rel[GCV_RELPATH_MAX];

	if (len >= sizeof(rel))
		return;
	memcpy(rel, folder, len);
	rel[len] = '\0';
	if (gcv_tree_exists(env->tree, rel))
		gcv_args_addf(&env->common, "-I%s/%s", env->tree->root, rel);
}

static void add_virtual_folder(struct gcv_env *env, const char *name)
{
	gcv_args_addf(&env->common, "-I" GCV_VIRTUAL_ROOT "/%s/%s", env->arch->name, name);
}

/* Source: top Makefile, LINUXINCLUDE and USERINCLUDE, then arch/X/Makefile. */
static void add_includes(struct gcv_env *env)
{
	const char *name = env->arch->name, *p;
	char folder[128];
	size_t len;

	snprintf(folder, sizeof(folder), "arch/%s/include", name);
	add_tree_folder(env, folder, strlen(folder));
	add_virtual_folder(env, "gen");
	add_tree_folder(env, "include", strlen("include"));
	snprintf(folder, sizeof(folder), "arch/%s/include/uapi", name);
	add_tree_folder(env, folder, strlen(folder));
	add_virtual_folder(env, "gen/uapi");
	add_tree_folder(env, "include/uapi", strlen("include/uapi"));
	for (p = env->arch->includes ? env->arch->includes : ""; *p; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		add_tree_folder(env, p, len);
	}
	if (env->arch->host) {
		add_virtual_folder(env, "host");
		add_virtual_folder(env, "host/uapi");
	}
	add_virtual_folder(env, "fallback");
	add_virtual_folder(env, "fallback/uapi");
	/* Before 5.15 the kernel took stdarg.h from the compiler. */
	if (env->arch->wants_compiler_headers ||
	    !gcv_tree_exists(env->tree, "include/linux/stdarg.h")) {
		gcv_args_add(&env->common, "-isystem");
		gcv_args_add(&env->common, env->resource_include);
	}
}

static void add_forced(struct gcv_env *env)
{
	static const char *const headers[] = { "include/linux/compiler-version.h",
					       "include/linux/kconfig.h",
					       "include/linux/compiler_types.h" };
	size_t i;

	if (env->arch->is_stand_in) {
		gcv_args_add(&env->forced, "-include");
		gcv_args_addf(&env->forced, GCV_VIRTUAL_ROOT "/%s/standin.h", env->arch->name);
	}
	for (i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		if (!gcv_tree_exists(env->tree, headers[i]))
			continue;
		gcv_args_add(&env->forced, "-include");
		gcv_args_addf(&env->forced, "%s/%s", env->tree->root, headers[i]);
	}
}

/* Arguments with the root of the tree replaced, so that the hash is the same wherever it lies. */
static void add_to_identity(const struct gcv_env *env, const struct gcv_args *args,
			    struct gcv_strbuf *ret)
{
	size_t i, root_len = strlen(env->tree->root);
	const char *arg, *hit;

	for (i = 0; i < args->nr; i++) {
		arg = args->argv[i];
		hit = strstr(arg, env->tree->root);
		if (hit && hit[root_len] == '/') {
			gcv_strbuf_add(ret, arg, (size_t)(hit - arg));
			arg = hit + root_len;
		}
		gcv_strbuf_add(ret, arg, strlen(arg) + 1);
	}
}

static void make_hash(struct gcv_env *env)
{
	GCV_STRBUF_AUTO struct gcv_strbuf all = { 0 };
	const struct gcv_virtual_file *f = env->virtuals.files;
	size_t i;

	add_to_identity(env, &env->common, &all);
	add_to_identity(env, &env->forced, &all);
	for (i = 0; i < env->virtuals.nr; i++, f++) {
		gcv_strbuf_add(&all, f->path, strlen(f->path) + 1);
		gcv_strbuf_add(&all, f->text, f->len + 1);
	}
	env->hash = gcv_hash_bytes(all.buf, all.len);
}

/* The rest of an environment that has its tree, architecture and configuration. */
static void complete(struct gcv_env *env)
{
	env->common.arena = env->forced.arena = &env->arena;
	env->kbuild = gcv_kbuild_new(env->tree, env->kconfig, env->arch->name);
	gcv_virtual_make(&env->virtuals, env->tree, env->arch, env->kconfig);
	add_target(env);
	add_general(env);
	add_dialect(env);
	add_includes(env);
	add_forced(env);
	make_hash(env);
}

enum gcv_status gcv_env_new(const struct gcv_tree *tree, const char *arch,
			    const char *clang_resource_include, struct gcv_env **ret,
			    struct gcv_err *err)
{
	const struct gcv_arch *entry = gcv_arch_find(arch, strlen(arch));
	struct gcv_kconfig *kconfig;
	enum gcv_status status;
	struct gcv_env *env;

	if (!entry)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "'%s' is no architecture that is known",
				   arch);
	status = gcv_kconfig_new(tree, arch, &kconfig, err);
	if (status != GCV_OK)
		return status;
	env = gcv_zalloc(1, sizeof(*env));
	env->tree = tree;
	env->arch = entry;
	env->kconfig = kconfig;
	env->resource_include = gcv_arena_strdup(&env->arena, clang_resource_include);
	complete(env);
	*ret = env;
	return GCV_OK;
}

struct gcv_env *gcv_env_override(const struct gcv_env *base,
				 const struct gcv_config_setting *settings, size_t nr)
{
	struct gcv_env *env = gcv_zalloc(1, sizeof(*env));

	env->tree = base->tree;
	env->arch = base->arch;
	env->resource_include = gcv_arena_strdup(&env->arena, base->resource_include);
	env->kconfig = gcv_kconfig_override(base->kconfig, settings, nr);
	complete(env);
	return env;
}

static void append(const struct gcv_args *from, struct gcv_args *ret)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		gcv_args_add(ret, from->argv[i]);
}

void gcv_env_common_args(const struct gcv_env *env, struct gcv_args *ret)
{
	append(&env->common, ret);
}

void gcv_env_forced_args(const struct gcv_env *env, struct gcv_args *ret)
{
	append(&env->forced, ret);
}

void gcv_env_file_args(struct gcv_env *env, const char *rel, struct gcv_args *ret)
{
	char folder[GCV_RELPATH_MAX];

	if (!gcv_relpath_fold("", rel, folder) || !gcv_relpath_folder(folder))
		return;
	gcv_args_addf(ret, "-I%s%s%s", env->tree->root, folder[0] ? "/" : "", folder);
	gcv_kbuild_file_args(env->kbuild, rel, ret);
}

const struct gcv_config_setting *gcv_env_unmet(struct gcv_env *env, const char *rel,
					       struct gcv_arena *arena, size_t *ret_nr)
{
	return gcv_kbuild_unmet(env->kbuild, rel, arena, ret_nr);
}

const struct gcv_virtual_file *gcv_env_files(const struct gcv_env *env, size_t *ret_nr)
{
	*ret_nr = env->virtuals.nr;
	return env->virtuals.files;
}

const struct gcv_arch *gcv_env_arch(const struct gcv_env *env)
{
	return env->arch;
}

const struct gcv_kconfig *gcv_env_kconfig(const struct gcv_env *env)
{
	return env->kconfig;
}

struct gcv_hash gcv_env_hash(const struct gcv_env *env)
{
	return env->hash;
}

void gcv_env_free(struct gcv_env *env)
{
	if (!env)
		return;
	gcv_kbuild_free(env->kbuild);
	gcv_kconfig_free(env->kconfig);
	gcv_virtual_release(&env->virtuals);
	gcv_arena_release(&env->arena);
	free(env);
}
