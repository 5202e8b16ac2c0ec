// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct shared {
	struct page *page;
};

int shared_write(struct shared *s, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &s->page) != 1)
		return -EFAULT;
	device_gets(dev, &s->page, 1);
	return 0;
}

int shared_read(struct shared *s, struct device *dev, unsigned long addr)
{
	if (get_user_pages_unlocked(addr, 1, &s->page, 0) != 1)
		return -EFAULT;
	device_gets(dev, &s->page, 1);
	return 0;
}

void shared_drop(struct shared *s)
{
	put_page(s->page);
}
