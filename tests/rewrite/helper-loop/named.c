// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

static void named_put(struct page *page)
{
	put_page(page);
}

#ifdef CONFIG_NOWHERE
/* Code that no configuration shows. */
void (*named_hook)(struct page *page) = named_put;
#endif

int named_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		named_put(pages[i]);
	return 0;
}
