/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Opening files below a folder without ever leaving it: no component of the path may be a symbolic
 * link, and "..", where it occurs, is folded in the text before the system sees it.
 *
 *	int fd = gcv_beneath_open(root_fd, "mm/gup.c", O_RDONLY);
 *
 *	if (fd < 0)
 *		return gcv_err_sys(err, "cannot open %s", "mm/gup.c");
 */
#ifndef GCV_TREE_BENEATH_H
#define GCV_TREE_BENEATH_H

#include <limits.h>
#include <stdbool.h>

/**
 * gcv_beneath_fold() - a path below a folder in its shortest form
 * @rel: relative path
 * @ret: without empty, "." and ".." components; "." for the folder itself
 *
 * Return: true, or false with errno EXDEV (absolute, or leads out of the folder) or ENAMETOOLONG.
 */
bool gcv_beneath_fold(const char *rel, char ret[PATH_MAX]);

/**
 * gcv_beneath_open() - open a path below a folder
 * @dir_fd: the folder
 * @rel: path relative to it; "" and "." are the folder itself
 * @flags: of open(2); O_CLOEXEC, O_NOCTTY, O_NONBLOCK and O_NOFOLLOW are added
 *
 * Return: a descriptor for the caller to close, or -1 with errno: EXDEV where the path leads out of
 * the folder or is absolute, ELOOP where a component is a symbolic link, else that of open(2).
 */
int gcv_beneath_open(int dir_fd, const char *rel, int flags);

/**
 * gcv_beneath_open_stepwise() - gcv_beneath_open() for kernels without openat2(2), before 5.6
 * @dir_fd: the folder
 * @rel: path relative to it
 * @flags: of open(2)
 *
 * Opens one component after the other.
 *
 * Return: as gcv_beneath_open().
 */
int gcv_beneath_open_stepwise(int dir_fd, const char *rel, int flags);

#endif
