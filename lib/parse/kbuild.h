/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the Makefiles of a tree add to the command line of one file: include folders and macros, for
 * one configuration. Makefiles are read, not run: $(shell …), $(call …) and recipes yield nothing.
 *
 *	struct gcv_kbuild *kbuild = gcv_kbuild_new(&tree, kconfig, "x86");
 *	struct gcv_args args = { .arena = &arena };
 *
 *	gcv_kbuild_file_args(kbuild, "mm/gup.c", &args);
 *	gcv_kbuild_free(kbuild);
 *
 * Source of the rules: Documentation/kbuild/makefiles.rst, section "Compilation flags", and
 * scripts/Makefile.lib. A file gets the flags of all folders above it, because an object may be
 * listed in the Makefile of any of them.
 */
#ifndef GCV_PARSE_KBUILD_H
#define GCV_PARSE_KBUILD_H

#include "parse/args.h"
#include "parse/kconfig.h"

struct gcv_kbuild;

/**
 * gcv_kbuild_new() - reader of Makefiles with a cache of folders
 * @tree: the tree; must live as long
 * @kconfig: decides $(CONFIG_…); must live as long
 * @arch: value of $(SRCARCH)
 *
 * Return: the reader, for gcv_kbuild_free().
 */
struct gcv_kbuild *gcv_kbuild_new(const struct gcv_tree *tree, const struct gcv_kconfig *kconfig,
				  const char *arch);

/**
 * gcv_kbuild_file_args() - append the arguments that Makefiles give for a file
 * @kbuild: the reader
 * @rel: path of the file relative to the root
 * @ret: gets -I, -iquote, -isystem, -include with absolute paths, -D and -U; only paths that exist
 *	 below the root; none twice
 */
void gcv_kbuild_file_args(struct gcv_kbuild *kbuild, const char *rel, struct gcv_args *ret);

/**
 * gcv_kbuild_unmet() - what keeps the configuration from building a file
 * @kbuild: the reader
 * @rel: path of the file relative to the root
 * @arena: owns the result
 * @ret_nr: how many settings
 *
 * Follows "obj-$(CONFIG_X) += file.o", composite objects and folders up to the root. Of several
 * ways to have the file built the one with the fewest unmet symbols counts. A file for which
 * another one stands in ("mmu-$(CONFIG_MMU) := …") needs that symbol off.
 *
 * Return: settings for gcv_kconfig_override(); none where the file is built, or where no Makefile
 * names it.
 */
const struct gcv_config_setting *gcv_kbuild_unmet(struct gcv_kbuild *kbuild, const char *rel,
						  struct gcv_arena *arena, size_t *ret_nr);

/**
 * gcv_kbuild_free() - free the reader
 * @kbuild: may be NULL
 */
void gcv_kbuild_free(struct gcv_kbuild *kbuild);

#endif
