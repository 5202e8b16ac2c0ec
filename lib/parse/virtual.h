/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Headers that a build would generate, made in memory for one tree, architecture and configuration.
 * They stand below a folder that no disk has: /gupconv-virtual/<arch>/.
 *
 *	struct gcv_virtual v;
 *
 *	gcv_virtual_make(&v, &tree, arch, kconfig);
 *	for (i = 0; i < v.nr; i++)
 *		unsaved[i] = (struct CXUnsavedFile){ v.files[i].path, v.files[i].text,
 *v.files[i].len
 *}; gcv_virtual_release(&v);
 *
 * These folders go with -I, in the order of the top Makefile's LINUXINCLUDE: gen (after
 * arch/X/include), gen/uapi (after arch/X/include/uapi), host and host/uapi (the same of the
 * architecture that um runs on), fallback and fallback/uapi (last).
 */
#ifndef GCV_PARSE_VIRTUAL_H
#define GCV_PARSE_VIRTUAL_H

#include "parse/arch.h"
#include "parse/kconfig.h"

/** GCV_VIRTUAL_ROOT - the folder above all virtual files */
#define GCV_VIRTUAL_ROOT "/gupconv-virtual"

/**
 * struct gcv_virtual_file - one header
 * @path: absolute
 * @text: NUL-terminated
 * @len: length of @text in bytes
 */
struct gcv_virtual_file {
	const char *path, *text;
	size_t len;
};

/**
 * struct gcv_virtual - the headers, and what they are made from
 * @files: sorted by path, each path once
 * @nr: how many
 * @cap: allocated length
 * @arena: owns paths and texts
 * @paths: the paths that are taken
 * @tree: where to read; only during gcv_virtual_make()
 * @arch: the architecture
 * @kconfig: the configuration; only during gcv_virtual_make()
 */
struct gcv_virtual {
	struct gcv_virtual_file *files;
	size_t nr, cap;
	struct gcv_arena arena;
	struct gcv_intern *paths;
	const struct gcv_tree *tree;
	const struct gcv_arch *arch;
	const struct gcv_kconfig *kconfig;
};

/**
 * gcv_virtual_make() - make all headers
 * @ret: the result, for gcv_virtual_release()
 * @tree: the tree
 * @arch: the architecture
 * @kconfig: the configuration
 *
 * What the tree lacks or has in a form that is not understood is left out or made empty.
 */
void gcv_virtual_make(struct gcv_virtual *ret, const struct gcv_tree *tree,
		      const struct gcv_arch *arch, const struct gcv_kconfig *kconfig);

/**
 * gcv_virtual_find() - a header by path
 * @v: the headers
 * @path: absolute path
 *
 * Return: the header or NULL.
 */
const struct gcv_virtual_file *gcv_virtual_find(const struct gcv_virtual *v, const char *path);

/**
 * gcv_virtual_release() - free the headers
 * @v: the headers; a zeroed one is allowed
 */
void gcv_virtual_release(struct gcv_virtual *v);

#endif
