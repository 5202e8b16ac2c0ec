// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* Calls that macros make: there is no text to change. */
#define get_one(addr, page) get_user_pages_fast(addr, 1, FOLL_WRITE, page)
#define put_one(page) put_page(page)
#define for_each_got(i, n) for (i = 0; i < (n); i++)

int macro_get(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_one(addr, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

int macro_put(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_one(page);
	return 0;
}

/* A loop whose head is a macro's stays. */
int macro_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for_each_got(i, got)
		put_page(pages[i]);
	return 0;
}
