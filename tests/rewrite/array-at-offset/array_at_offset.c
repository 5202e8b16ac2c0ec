// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int offset_planes(struct device *dev, unsigned long y, unsigned long uv)
{
	struct page *pages[8];
	int i, got_y, got_uv;

	got_y = get_user_pages_fast(y, 4, FOLL_WRITE, &pages[0]);
	if (got_y != 4) {
		for (i = 0; i < got_y; i++)
			put_page(pages[i]);
		return -EFAULT;
	}
	got_uv = get_user_pages_fast(uv, 4, FOLL_WRITE, &pages[4]);
	if (got_uv != 4) {
		for (i = 0; i < got_uv; i++)
			put_page(pages[4 + i]);
		for (i = 0; i < 4; i++)
			put_page(pages[i]);
		return -EFAULT;
	}
	device_gets(dev, pages, 8);
	for (i = 0; i < 8; i++)
		put_page(pages[i]);
	return 0;
}
