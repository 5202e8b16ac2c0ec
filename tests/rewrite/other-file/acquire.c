// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"

int buffer_pin(struct buffer *b, struct device *dev, unsigned long addr, int n)
{
	int i, got;

	got = get_user_pages_fast(addr, n, b->write ? FOLL_WRITE : 0, b->pages);
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(b->pages[i]);
		return -EFAULT;
	}
	b->nr = n;
	device_gets(dev, b->pages, n);
	return 0;
}
