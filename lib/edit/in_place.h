/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of a tree are replaced, all of them or none.
 *
 *	struct gcv_replaced_file files[] = { { "mm/gup.c", old, old_len, new, new_len } };
 *
 *	st = gcv_in_place_recover(&tree, &put_back, err);	what was killed before
 *	if (st == GCV_OK)
 *		st = gcv_in_place_replace(&tree, files, 1, err);
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
 * What is to be done is noted in a journal at the top of the tree. New texts are written and
 * flushed to files beside the old ones, with their mode; only then these take their places. Where
 * one cannot, those before it get their old text back; where the process is killed, that is what
 * gcv_in_place_recover() does. No symbolic link is followed.
 *
 * Return: GCV_OK, GCV_ERR_IO (also for a file that is not there or holds something else than
 * @old_text), GCV_ERR_BUSY (another process is at it, or one was killed). On failure the tree is as
 * it was.
 */
enum gcv_status gcv_in_place_replace(const struct gcv_tree *tree,
				     const struct gcv_replaced_file *files, uint32_t nr,
				     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_in_place_is_unfinished() - was a replacement broken off, or is one going on?
 * @tree: the tree
 *
 * Return: whether there is a journal.
 */
bool gcv_in_place_is_unfinished(const struct gcv_tree *tree);

/**
 * gcv_in_place_recover() - bring a replacement that was broken off to an end
 * @tree: the tree
 * @ret_put_back: some files were new and some old, and all are old now
 * @err: sentence on failure
 *
 * Where all files are new, or all old, only what was left beside them goes. May itself be killed
 * and done again.
 *
 * Return: GCV_OK (also where nothing was broken off), GCV_ERR_BUSY (it is still going on),
 * GCV_ERR_IO (also where a file holds neither of its texts; nothing is changed then),
 * GCV_ERR_FORMAT and GCV_ERR_LIMIT (a damaged journal).
 */
enum gcv_status gcv_in_place_recover(const struct gcv_tree *tree, bool *ret_put_back,
				     struct gcv_err *err) GCV_MUST_CHECK;

#endif
