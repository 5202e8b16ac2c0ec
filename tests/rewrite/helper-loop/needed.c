// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* One of its callers has a single page. */
static void needed_put(struct page *page)
{
	put_page(page);
}

int needed_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		needed_put(pages[i]);
	return 0;
}

int needed_single(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	needed_put(page);
	return 0;
}
