/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIRROR_H
#define MIRROR_H
#include "../mover/mover.h"

struct mirror {
	struct mover_object object;
	struct page *pages[8];
	int nr;
};
int mirror_watch(struct mirror *m, struct mm_struct *mm, unsigned long addr);
#endif
