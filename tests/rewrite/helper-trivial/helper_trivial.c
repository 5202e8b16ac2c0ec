// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* The helper is nothing but one call: its callers may make that themselves. */
static void helper_put_all(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

int helper_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	helper_put_all(pages, got);
	return 0;
}
