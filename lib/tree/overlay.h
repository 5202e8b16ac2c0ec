/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that exist in memory in place of those of a tree, to see what edits do before they are
 * made.
 *
 *	struct gcv_overlay overlay = { 0 };
 *
 *	st = gcv_overlay_add(&overlay, "mm/gup.c", text, len, err);
 *	tree.overlay = &overlay;
 *	…gcv_tree_read(&tree, "mm/gup.c", …) gives the text…
 *	gcv_overlay_release(&overlay);
 */
#ifndef GCV_TREE_OVERLAY_H
#define GCV_TREE_OVERLAY_H

#include "base/err.h"
#include "tree/hash.h"

/**
 * struct gcv_overlay_file - a file of an overlay
 * @path: relative to the tree, in its shortest form; owned by the overlay
 * @text: what stands in it; the caller's; need not end with a NUL
 * @len: its length in bytes
 * @hash: of the text
 */
struct gcv_overlay_file {
	char *path;
	const char *text;
	size_t len;
	struct gcv_hash hash;
};

/**
 * struct gcv_overlay - files in memory; a zeroed one is empty
 * @files: sorted by path (by byte value), each path once
 * @nr_files: how many
 * @cap_files: room
 */
struct gcv_overlay {
	struct gcv_overlay_file *files;
	uint32_t nr_files, cap_files;
};

/**
 * gcv_overlay_add() - add a file
 * @overlay: the overlay
 * @path: relative to the tree; "." and ".." are folded in the text
 * @text: its contents; must outlive the overlay
 * @len: their length in bytes
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (the path is absolute, leads out of the tree or is the tree
 * itself), GCV_ERR_USAGE (the file is there already).
 */
enum gcv_status gcv_overlay_add(struct gcv_overlay *overlay, const char *path, const char *text,
				size_t len, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_overlay_find() - a file of an overlay
 * @overlay: the overlay; NULL is an empty one
 * @path: relative to the tree, in its shortest form
 *
 * Return: the file or NULL.
 */
const struct gcv_overlay_file *gcv_overlay_find(const struct gcv_overlay *overlay,
						const char *path);

/**
 * gcv_overlay_release() - free the paths
 * @overlay: the overlay; a zeroed one is allowed
 */
void gcv_overlay_release(struct gcv_overlay *overlay);

#endif
