// SPDX-License-Identifier: GPL-2.0-only
/* A release stands under a condition that the acquire does not have. */
#include <linux/annotated.h>

#define N 16

int fill_device(struct device *dev);

int guard_wrong(struct device *dev, unsigned long addr, int is_write)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (is_write) { /* gupconv: finding guard-mismatch high */
		set_page_dirty_lock(page);
		unpin_user_page(page);
	}
	return fill_device(dev) ? -EIO : -EFAULT;
}

/* Twin. */
int guard_right(struct device *dev, unsigned long addr, int is_write)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (is_write)
		set_page_dirty_lock(page);
	unpin_user_page(page);
	return fill_device(dev) ? -EIO : -EFAULT;
}

/* On the way of an error. */
int guard_error(struct device *dev, unsigned long addr, int is_strict)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (fill_device(dev)) {
		if (is_strict) /* gupconv: finding guard-mismatch high */
			unpin_user_pages(pages, got);
		return -EIO;
	}
	unpin_user_pages_dirty_lock(pages, got, true);
	return 0;
}

/* Two conditions. */
int guard_two(struct device *dev, unsigned long addr, int a, int b)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (fill_device(dev)) {
		if (a && b) /* gupconv: finding guard-mismatch high */
			unpin_user_page(page);
		return -EIO;
	}
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* Not as sure: what the device says of itself may go together with the error. */
struct guard_device {
	struct device *dev;
	int is_open;
};

int guard_field(struct guard_device *gd, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(gd->dev, &page, 1);
	if (fill_device(gd->dev)) {
		if (gd->is_open) /* gupconv: finding guard-mismatch low */
			unpin_user_page(page);
		return -EIO;
	}
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}
