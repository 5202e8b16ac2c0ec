/* SPDX-License-Identifier: GPL-2.0-only */
/* What params.c and params_far.c share. */
#include <linux/annotated.h>

struct far_table {
	struct page **pages;
	int nr;
};
int far_grab(unsigned long addr, int n, struct page **pages);
void far_drop(struct page **pages, int n);
void far_hand_on(struct page **pages, int n);
struct page *far_one(unsigned long addr);
struct far_table *far_table_new(unsigned long addr, int n);
void far_table_free(struct far_table *table);
