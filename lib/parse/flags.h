/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that libclang must be told to parse a file of a bare tree for one architecture.
 *
 *	struct gcv_env *env;
 *	struct gcv_args args = { .arena = &arena };
 *
 *	gcv_env_new(&tree, "x86", resource_include, &env, err);
 *	gcv_env_common_args(env, &args);		(a precompiled header is built with these)
 *	gcv_env_forced_args(env, &args);		(leave out with -include-pch)
 *	gcv_env_file_args(env, "mm/gup.c", &args);	(on top, for one file)
 *	files = gcv_env_files(env, &nr);		(for CXUnsavedFile)
 *	gcv_env_free(env);
 *
 * An environment is not changed by its readers but for a cache of Makefiles: use it in one thread.
 */
#ifndef GCV_PARSE_FLAGS_H
#define GCV_PARSE_FLAGS_H

#include "parse/arch.h"
#include "parse/args.h"
#include "parse/kconfig.h"
#include "parse/virtual.h"
#include "tree/hash.h"

struct gcv_env;

/**
 * gcv_env_new() - evaluate Kconfig and make the virtual headers for one architecture
 * @tree: the tree; must live as long as the environment
 * @arch: folder below arch/, for example "arm64"
 * @clang_resource_include: folder with stdarg.h and the like that belongs to libclang, absolute
 * @ret: the environment, for gcv_env_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK; GCV_ERR_NOT_FOUND for an architecture that is not in the table.
 */
enum gcv_status gcv_env_new(const struct gcv_tree *tree, const char *arch,
			    const char *clang_resource_include, struct gcv_env **ret,
			    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_env_override() - the same environment with some Kconfig symbols forced
 * @base: the environment to start from; must live longer than the result
 * @settings: the wishes
 * @nr: how many
 *
 * Symbols that depend on the forced ones are evaluated again (gcv_kconfig_override()).
 *
 * Return: the environment, for gcv_env_free().
 */
struct gcv_env *gcv_env_override(const struct gcv_env *base,
				 const struct gcv_config_setting *settings, size_t nr);

/**
 * gcv_env_common_args() - append the arguments that all files of the environment have
 * @env: the environment
 * @ret: gets target, language and -I of the headers
 *
 * Contains no -include and no folder of a single file.
 */
void gcv_env_common_args(const struct gcv_env *env, struct gcv_args *ret);

/**
 * gcv_env_forced_args() - append the -include options that the build system forces on each file
 * @env: the environment
 * @ret: gets "-include" PATH pairs
 *
 * They belong into a precompiled header and must not be repeated with it: one of them refuses to be
 * read twice. Source: top Makefile, USERINCLUDE, and scripts/Makefile.lib, _c_flags.
 */
void gcv_env_forced_args(const struct gcv_env *env, struct gcv_args *ret);

/**
 * gcv_env_file_args() - append what comes on top for one file
 * @env: the environment
 * @rel: path of the file relative to the root
 * @ret: gets the file's folder and what its Makefiles add (parse/kbuild.h)
 */
void gcv_env_file_args(struct gcv_env *env, const char *rel, struct gcv_args *ret);

/**
 * gcv_env_unmet() - what keeps the environment's configuration from building a file
 * @env: the environment
 * @rel: path of the file relative to the root
 * @arena: owns the result
 * @ret_nr: how many settings; 0 where nothing is in the way, or nothing is known
 *
 * Where a file has errors, an environment of another architecture in which nothing is unmet is
 * worth a try, else gcv_env_override() with these settings.
 *
 * Return: settings for gcv_env_override().
 */
const struct gcv_config_setting *gcv_env_unmet(struct gcv_env *env, const char *rel,
					       struct gcv_arena *arena, size_t *ret_nr);

/**
 * gcv_env_files() - the virtual headers
 * @env: the environment
 * @ret_nr: how many
 *
 * Return: the array, sorted by path, owned by @env.
 */
const struct gcv_virtual_file *gcv_env_files(const struct gcv_env *env, size_t *ret_nr);

/**
 * gcv_env_arch() - the architecture
 * @env: the environment
 *
 * Return: its entry in the table.
 */
const struct gcv_arch *gcv_env_arch(const struct gcv_env *env);

/**
 * gcv_env_kconfig() - the configuration
 * @env: the environment
 *
 * Return: owned by @env.
 */
const struct gcv_kconfig *gcv_env_kconfig(const struct gcv_env *env);

/**
 * gcv_env_hash() - identity of the environment
 * @env: the environment
 *
 * Two environments with the same hash parse a file to the same result as long as the tree's files
 * are the same: it covers common and forced arguments (with the root cut off, so that a tree may
 * move) and the virtual headers.
 *
 * Return: the hash.
 */
struct gcv_hash gcv_env_hash(const struct gcv_env *env);

/**
 * gcv_env_free() - free the environment
 * @env: may be NULL
 */
void gcv_env_free(struct gcv_env *env);

#endif
