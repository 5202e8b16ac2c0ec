/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file patterns of MAINTAINERS.
 *
 *	if (gcv_glob_match("drivers/net/", "drivers/net/tun.c"))
 *		…
 */
#ifndef GCV_TREE_GLOB_H
#define GCV_TREE_GLOB_H

#include <stdbool.h>

/**
 * gcv_glob_match() - does an F: or X: pattern match a file?
 * @pattern: the pattern
 * @path: the file's path below the tree's root
 *
 * A pattern that ends in a slash, and one without wildcards that is a folder of @path, match all
 * below it. Other patterns match the beginning of a path (as get_maintainer.pl does, which anchors
 * them in front only) that has as many slashes as they have; "**" waives that. The time is at most
 * in proportion to the product of both lengths.
 *
 * Return: true where it does.
 */
bool gcv_glob_match(const char *pattern, const char *path);

/**
 * gcv_glob_depth() - how specific a pattern is
 * @pattern: the pattern
 *
 * Return: the number of its slashes, one more where it ends in none, -1 where it begins with "*".
 */
int gcv_glob_depth(const char *pattern);

#endif
