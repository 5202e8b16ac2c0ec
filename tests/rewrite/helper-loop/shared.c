// SPDX-License-Identifier: GPL-2.0-only
#include "shared.h"

int shared_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		shared_put(pages[i]);
	return 0;
}
