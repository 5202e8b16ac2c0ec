/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cache of folders behind parse/kbuild.h. Internal to kbuild*.c.
 *
 *	struct gcv_kbuild_folder *folder = gcv_kbuild_get_folder(kbuild, "fs/xfs");
 */
#ifndef GCV_PARSE_KBUILD_FOLDER_H
#define GCV_PARSE_KBUILD_FOLDER_H

#include "base/intern.h"
#include "parse/kbuild.h"

/* Flags of single objects, "CFLAGS_trace.o = -I$(src)". */
struct gcv_object_flags {
	struct gcv_object_flags *next;
	const char *object;
	struct gcv_args args;
};

/* "STEM-$(CONFIG_SYMBOL) += WORDS": see struct gcv_makefile_rule; @words is expanded. */
struct gcv_kbuild_rule {
	struct gcv_kbuild_rule *next;
	const char *stem, *symbol, *words;
	bool overwrites;
};

struct gcv_kbuild_folder {
	struct gcv_args args;
	struct gcv_object_flags *objects;
	/* It has a Makefile, but one that names no objects. */
	bool is_part;
	/* Files that its Makefile includes, relative to the root. */
	const char **includes;
	uint32_t includes_nr;
	/* The folder whose Makefile includes this one's; NULL where not looked for or none. */
	const char *user;
	bool user_known;
	/* Which objects are built under which condition. */
	struct gcv_kbuild_rule *rules;
};

struct gcv_kbuild {
	const struct gcv_tree *tree;
	const struct gcv_kconfig *kconfig;
	const char *arch;
	struct gcv_arena arena;
	struct gcv_intern names;
	struct gcv_kbuild_folder **folders;
	uint32_t cap;
};

/**
 * gcv_kbuild_get_folder() - what the Makefile of a folder says, from the cache or read now
 * @kb: the reader of Makefiles
 * @folder: relative to the root, not the root itself
 *
 * Return: owned by @kb.
 */
struct gcv_kbuild_folder *gcv_kbuild_get_folder(struct gcv_kbuild *kb, const char *folder);

#endif
