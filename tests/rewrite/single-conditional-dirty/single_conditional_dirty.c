// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int single_conditional(struct device *dev, unsigned long addr, bool write)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (write)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int single_inverted(struct device *dev, unsigned long addr, int dir)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (!(dir == DMA_TO_DEVICE))
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* The answer of the condition is different the second time, or belongs to the page. */
int single_asks(struct device *dev, unsigned long addr, bool (*was_written)(void))
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (!PageReserved(page))
		set_page_dirty_lock(page);
	put_page(page);
	return was_written();
}

/* The other branch does something, too. */
int single_else(struct device *dev, unsigned long addr, bool write)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (write)
		set_page_dirty_lock(page);
	else
		cond_resched();
	put_page(page);
	return 0;
}
