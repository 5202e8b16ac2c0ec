/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A walk over files that are known by name, instead of over the folders of a tree.
 *
 *	gcv_walk_listed(&tree, names, &list, &options, &walk);
 *	gcv_walk_finish(&tree, &walk, names, others, &options, &hits);	with options.defer
 *	gcv_walk_release(&walk);
 */
#ifndef GCV_TREE_WALK_LISTED_H
#define GCV_TREE_WALK_LISTED_H

#include "tree/walk.h"

/**
 * struct gcv_walk_list - the files
 * @read: paths of those to be read, in any order
 * @known: paths of those that are there, but need not be read
 * @nr_read: how many
 * @nr_known: how many
 *
 * A path may stand in both, and several times.
 */
struct gcv_walk_list {
	const char *const *read;
	const char *const *known;
	uint32_t nr_read, nr_known;
};

/**
 * gcv_walk_listed() - gcv_walk() over a list
 * @tree: the tree
 * @names: what to look for
 * @list: the files; those whose name is not that of a source file are left out
 * @options: @hash_paths and @defer count
 * @ret: the result, for gcv_walk_release(); of files that are only known there are path and kind
 */
void gcv_walk_listed(const struct gcv_tree *tree, const struct gcv_names *names,
		     const struct gcv_walk_list *list, const struct gcv_walk_options *options,
		     struct gcv_walk *ret);

#endif
