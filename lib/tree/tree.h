/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel source tree. It is untrusted input: files are only read, below the root, and never
 * through a symbolic link.
 *
 *	struct gcv_tree tree;
 *	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
 *
 *	if (gcv_tree_open(".", true, &tree, err) != GCV_OK)
 *		…
 *	status = gcv_tree_read(&tree, "include/linux/mm.h", &text, err);
 *	gcv_tree_release(&tree);
 */
#ifndef GCV_TREE_TREE_H
#define GCV_TREE_TREE_H

#include "base/alloc.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "tree/hash.h"

#include <stdbool.h>

struct gcv_intern;
struct gcv_overlay;

/** GCV_TREE_READ_MAX - the largest file that gcv_tree_read() takes, in bytes */
#define GCV_TREE_READ_MAX ((size_t)64 << 20)

/**
 * struct gcv_tree - an open kernel tree
 * @root: absolute path without symbolic links; for messages and for programs that need a path
 * @fd: the root folder
 * @version: VERSION of the top Makefile
 * @patchlevel: PATCHLEVEL
 * @sublevel: SUBLEVEL
 * @release: all of it with EXTRAVERSION, for example "6.12.117" or "5.3.0-rc3"
 * @overlay: texts that take the place of files; the caller's; NULL for none
 * @noted: where gcv_tree_read() notes the paths that it is asked for; the caller's; NULL: nowhere
 */
struct gcv_tree {
	char *root;
	int fd;
	unsigned int version, patchlevel, sublevel;
	char *release;
	const struct gcv_overlay *overlay;
	struct gcv_intern *noted;
};

/**
 * struct gcv_tree_entry - one name in a folder
 * @name: the name, without folder
 * @is_folder: a folder rather than a regular file
 */
struct gcv_tree_entry {
	const char *name;
	bool is_folder;
};

/**
 * gcv_tree_open() - open a kernel tree
 * @path: its root; links in this path are the user's own and are followed
 * @search_parents: take the nearest folder above @path that is a kernel tree where @path is none
 * @ret: the tree, for gcv_tree_release()
 * @err: sentence on failure
 *
 * A kernel tree is a folder with include/linux/mm.h and a Makefile that sets VERSION and
 * PATCHLEVEL.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no kernel tree), GCV_ERR_FORMAT (a version that is no number),
 * GCV_ERR_IO.
 */
enum gcv_status gcv_tree_open(const char *path, bool search_parents, struct gcv_tree *ret,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_tree_version_code() - LINUX_VERSION_CODE of a tree
 * @tree: the tree
 *
 * Source: Makefile, filechk_version.h: KERNEL_VERSION() of its version, with at most 255 for the
 * last part.
 *
 * Return: the number.
 */
unsigned int gcv_tree_version_code(const struct gcv_tree *tree);

/**
 * gcv_tree_read() - append the contents of a file of the tree
 * @tree: the tree
 * @rel: path below its root; ".." is folded in the text and must not lead out
 * @ret: what is in it is kept; unchanged on failure
 * @err: sentence on failure
 *
 * Of a file of @tree->overlay it is that text.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such file, or the path leads out of the tree), GCV_ERR_IO
 * (symbolic link, not a regular file, not readable), GCV_ERR_LIMIT (above GCV_TREE_READ_MAX).
 */
enum gcv_status gcv_tree_read(const struct gcv_tree *tree, const char *rel, struct gcv_strbuf *ret,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_tree_exists() - is there a regular file or a folder, reached without symbolic links?
 * @tree: the tree
 * @rel: path below its root
 *
 * Return: true where there is.
 */
bool gcv_tree_exists(const struct gcv_tree *tree, const char *rel);

/**
 * gcv_tree_list() - names of the files and folders in a folder, sorted by byte value
 * @tree: the tree
 * @rel: the folder; "" is the root
 * @arena: owns the result
 * @ret: the entries; no links, no special files, no names that begin with a dot
 * @ret_nr: how many
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND, GCV_ERR_IO.
 */
enum gcv_status gcv_tree_list(const struct gcv_tree *tree, const char *rel, struct gcv_arena *arena,
			      struct gcv_tree_entry **ret, size_t *ret_nr,
			      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_tree_release() - close the tree
 * @tree: the tree; a zeroed one is allowed
 */
void gcv_tree_release(struct gcv_tree *tree);

#endif
