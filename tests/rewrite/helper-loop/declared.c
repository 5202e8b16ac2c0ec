// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

static void declared_put(struct device *dev, struct page *page);

static int declared_count(int got)
{
	return got;
}

/**
 * declared_put() - give a page back
 * @dev: nobody asks for it
 * @page: the page
 */
static void declared_put(struct device *dev, struct page *page)
{
	put_page(page);
}

int declared_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, declared_count(got));
	for (i = 0; i < got; i++)
		declared_put(dev, pages[i]);
	return 0;
}
