// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int single_use(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

/* A page of an array, a branch without braces, and two statements on a line. */
int single_slot(struct device *dev, unsigned long addr, bool early)
{
	struct page *pages[1];

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pages) != 1)
		return -EFAULT;
	if (early) {
		put_page(pages[0]); return -EFAULT;
	}
	device_gets(dev, pages, 1);
	if (early)
		return 0;
	else
		put_page(pages[0]);
	return 0;
}
