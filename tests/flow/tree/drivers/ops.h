/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of functions that ops.c fills and ops_user.c calls. */
#ifndef OPS_H
#define OPS_H
#include <linux/annotated.h>

struct ops_mr {
	struct page *pages[8];
	int nr;
};
struct ops_table {
	struct ops_mr *(*get_mr)(unsigned long addr, int n, struct device *dev);
	void (*free_mr)(struct ops_mr *mr);
	void (*drop)(struct page **pages, int n);
};
extern const struct ops_table ops_here;
#endif
