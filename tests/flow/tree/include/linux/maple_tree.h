/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MAPLE_TREE_H
#define _LINUX_MAPLE_TREE_H
#include <linux/mm.h>
struct maple_tree {
	unsigned int ma_flags;
	void *ma_root;
};
struct ma_state {
	struct maple_tree *tree;
	unsigned long index;
	unsigned long last;
};
#define MA_STATE(name, mt, first, end) \
	struct ma_state name = { .tree = mt, .index = first, .last = end }
#define mas_for_each(mas, entry, max) while (((entry) = mas_find((mas), (max))) != NULL)
int mtree_insert_range(struct maple_tree *mt, unsigned long first, unsigned long last, void *entry,
		       gfp_t gfp);
void *mas_find(struct ma_state *mas, unsigned long max);
void *mas_erase(struct ma_state *mas);
#endif
