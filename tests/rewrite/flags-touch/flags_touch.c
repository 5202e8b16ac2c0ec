// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int touch_vmas(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages(addr, 1, FOLL_WRITE | FOLL_TOUCH, &page, NULL) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

int touch_remote(struct device *dev, struct mm_struct *mm, unsigned long addr)
{
	struct page *page;
	long got;

	got = get_user_pages_remote(mm, addr, 1, FOLL_TOUCH | FOLL_GET, &page,
				    NULL, NULL);
	if (got != 1)
		return got < 0 ? got : -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

int touch_unlocked(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_unlocked(addr, 1, &page, FOLL_FORCE | FOLL_TOUCH |
				    FOLL_WRITE) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}
