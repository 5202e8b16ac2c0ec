// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int flags_get(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_GET, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

int flags_only_get(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_GET, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

int flags_condition(struct device *dev, unsigned long addr, bool write)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1,
				FOLL_GET | (write ? FOLL_WRITE : 0) | FOLL_FORCE,
				&page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

/* The flag stands in another place: the hunk would have to look for it. */
int flags_variable(struct device *dev, unsigned long addr, bool write)
{
	unsigned int flags = FOLL_GET;
	struct page *page;

	if (write)
		flags |= FOLL_WRITE;
	if (get_user_pages_fast(addr, 1, flags, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}
