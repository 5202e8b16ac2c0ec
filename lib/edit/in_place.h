/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of a tree are replaced, all of them or none.
 *
 *	struct gcv_replaced_file files[] = { { "mm/gup.c", old, old_len, new, new_len } };
 *
 *	st = gcv_in_place_replace(&tree, files, 1, err);
 */
#ifndef GCV_EDIT_IN_PLACE_H
#define GCV_EDIT_IN_PLACE_H

#include "tree/tree.h"

/**
 * struct gcv_replaced_file - a file and its new text
 * @path: relative to the tree
 * @old_text: what it must hold now
 * @old_len: its length in bytes
 * @new_text: what it holds afterwards
 * @new_len: its length in bytes
 */
struct gcv_replaced_file {
	const char *path;
	const char *old_text;
	size_t old_len;
	const char *new_text;
	size_t new_len;
};

/**
 * gcv_in_place_replace() - replace files
 * @tree: the tree
 * @files: the files, each once
 * @nr: how many
 * @err: sentence on failure
 *
 * New texts are written and flushed to files beside the old ones, with their mode; only then these
 * take their places. Where one cannot, those before it get their old text back. No symbolic link is
 * followed.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such file), GCV_ERR_IO (also for a file that holds
 * something else than @old_text). On failure the tree is as it was.
 */
enum gcv_status gcv_in_place_replace(const struct gcv_tree *tree,
				     const struct gcv_replaced_file *files, uint32_t nr,
				     struct gcv_err *err) GCV_MUST_CHECK;

#endif
