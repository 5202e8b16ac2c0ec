/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree's .mailmap: who has which address now.
 *
 *	struct gcv_mailmap *map;
 *
 *	if (gcv_mailmap_load(&tree, &map, err) != GCV_OK)
 *		…
 *	gcv_mailmap_apply(map, &patch->people, &arena);
 *	gcv_mailmap_free(map);
 */
#ifndef GCV_EDIT_MAILMAP_H
#define GCV_EDIT_MAILMAP_H

#include "edit/recipients.h"
#include "tree/tree.h"

struct gcv_mailmap;

/**
 * gcv_mailmap_load() - read the .mailmap of a tree
 * @tree: the tree; one without the file has a map that changes nothing
 * @ret: the map, for gcv_mailmap_free()
 * @err: sentence on failure
 *
 * Lines that make no sense are skipped, as git does.
 *
 * Return: GCV_OK, what gcv_tree_read() returns, GCV_ERR_IO (libgit2 failed).
 */
enum gcv_status gcv_mailmap_load(const struct gcv_tree *tree, struct gcv_mailmap **ret,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_mailmap_apply() - give everybody the address and the name that they have now
 * @map: the map; may be NULL
 * @people: who; somebody who is there twice afterwards stays once. A new address that is none is
 * not taken.
 * @arena: owns what is new
 */
void gcv_mailmap_apply(const struct gcv_mailmap *map, struct gcv_recipients *people,
		       struct gcv_arena *arena);

/**
 * gcv_mailmap_free() - free the map
 * @map: the map; may be NULL
 */
void gcv_mailmap_free(struct gcv_mailmap *map);

#endif
