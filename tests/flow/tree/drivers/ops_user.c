// SPDX-License-Identifier: GPL-2.0-only
/* Calls through the table of ops.c. */
#include "ops.h"

struct ops_mr *ops_attach(const struct ops_table *ops, struct device *dev, unsigned long addr)
{
	return ops->get_mr(addr, 8, dev);
}

void ops_detach(const struct ops_table *ops, struct ops_mr *mr)
{
	ops->free_mr(mr);
}

int ops_transfer(const struct ops_table *ops, struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: convertible releases=ops_drop_pages */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	ops->drop(pages, got);
	return 0;
}
