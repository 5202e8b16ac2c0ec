/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Paths that are relative to the root of a tree, folded in the text: no file is looked at.
 *
 *	char path[GCV_RELPATH_MAX];
 *
 *	if (gcv_relpath_fold("drivers/gpu", "../net/./core", path))
 *		assert(strcmp(path, "drivers/net/core") == 0);
 */
#ifndef GCV_PARSE_RELPATH_H
#define GCV_PARSE_RELPATH_H

#include <stdbool.h>
#include <stddef.h>

/** GCV_RELPATH_MAX - room for a folded path, NUL included, in bytes */
#define GCV_RELPATH_MAX 1024

/**
 * gcv_relpath_fold() - join a folder and a path and fold ".", ".." and repeated slashes
 * @base: folder relative to the root; "" is the root
 * @path: path relative to @base; an absolute one is refused
 * @ret: the result without a slash at either end; "" is the root; untouched on failure
 *
 * Return: false where the path is absolute, leaves the root or is too long.
 */
bool gcv_relpath_fold(const char *base, const char *path, char ret[GCV_RELPATH_MAX]);

/**
 * gcv_relpath_folder() - the folder of a path, in place
 * @path: relative path; "mm/gup.c" becomes "mm", "Kconfig" becomes ""
 *
 * Return: false where @path already was the root.
 */
bool gcv_relpath_folder(char *path);

#endif
