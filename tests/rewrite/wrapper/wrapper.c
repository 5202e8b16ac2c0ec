// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

static int wrap_get(unsigned long addr, struct page **page)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, page);
}

static void wrap_put(struct page *page)
{
	put_page(page);
}

int wrap_user(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrap_get(addr, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	wrap_put(page);
	return 0;
}
