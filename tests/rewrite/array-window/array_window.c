// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* A loop that begins above zero; its end may lie below. */
int offset_window(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	put_page(pages[0]);
	for (i = 1; i < got; i++)
		put_page(pages[i]);
	return 0;
}
