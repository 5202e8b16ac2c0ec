/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The variables of a Makefile of the kernel build, with conditionals and includes followed.
 *
 *	struct gcv_makefile mk;
 *
 *	gcv_makefile_read(&mk, &tree, kconfig, "x86", "fs/xfs");
 *	gcv_macros_expand(&mk.macros, "$(ccflags-y)", &out);
 *	gcv_makefile_release(&mk);
 */
#ifndef GCV_PARSE_MAKEFILE_H
#define GCV_PARSE_MAKEFILE_H

#include "parse/kconfig.h"
#include "parse/macro.h"

/**
 * struct gcv_makefile_rule - one assignment to a list of objects, "STEM-$(CONFIG_SYMBOL) += a.o b/"
 * @next: the next in the order of the files
 * @stem: what stands before "-y", "-m", "-objs" or "-$(CONFIG_…)"
 * @symbol: without "CONFIG_"; NULL where the assignment is unconditional
 * @overwrites: "=" or ":=", which drops what the list held before
 * @value: the right side, not expanded
 */
struct gcv_makefile_rule {
	struct gcv_makefile_rule *next;
	const char *stem, *symbol;
	bool overwrites;
	const char *value;
};

/**
 * struct gcv_makefile - what was read
 * @macros: all variables
 * @includes: paths of the files that it includes, relative to the root
 * @tree: where to read
 * @kconfig: values of $(CONFIG_…)
 * @folder: the folder, relative to the root
 * @has_objects: it assigns to obj-…, lib-… or subdir-…: it is no mere part of another Makefile
 * @files_nr: files read so far
 * @arena: owns the rules
 * @rules: the lists of objects
 * @rules_end: where the next one goes
 */
struct gcv_makefile {
	struct gcv_macros macros;
	struct gcv_intern includes;
	const struct gcv_tree *tree;
	const struct gcv_kconfig *kconfig;
	const char *folder;
	bool has_objects;
	unsigned int files_nr;
	struct gcv_arena arena;
	struct gcv_makefile_rule *rules, **rules_end;
};

/**
 * gcv_makefile_read() - read Kbuild, or Makefile where there is none, of a folder
 * @ret: the result, for gcv_makefile_release(); its address must not change afterwards
 * @tree: the tree; must live as long
 * @kconfig: values of $(CONFIG_…); must live as long
 * @arch: value of $(SRCARCH)
 * @folder: the folder; must live as long
 *
 * A folder without either file gives no variables but the predefined ones. Damaged lines are
 * skipped, as is what cannot be known without running a command.
 */
void gcv_makefile_read(struct gcv_makefile *ret, const struct gcv_tree *tree,
		       const struct gcv_kconfig *kconfig, const char *arch, const char *folder);

/**
 * gcv_makefile_release() - free it
 * @mk: a Makefile that was read
 */
void gcv_makefile_release(struct gcv_makefile *mk);

/**
 * gcv_makefile_call() - append what a function of make yields
 * @name: for example "addprefix"
 * @name_len: length of the name
 * @args: the arguments, expanded, separated by commas
 * @ret: where the result goes
 *
 * Knows addprefix, addsuffix, strip, sort, subst, abspath, realpath, if, or, and, filter and
 * filter-out; others yield nothing.
 */
void gcv_makefile_call(const char *name, size_t name_len, const char *args, struct gcv_strbuf *ret);

#endif
