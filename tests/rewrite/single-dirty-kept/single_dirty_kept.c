// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* Something happens between the two steps. */
int single_dirty_order(struct device *dev, unsigned long addr, dma_addr_t at)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(page);
	return 0;
}

/* A comment stands between them. */
int single_dirty_comment(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	/* The device is done with it. */
	put_page(page);
	return 0;
}

/* Without the page lock, which can be taken there. */
int single_dirty_unlocked(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty(page);
	put_page(page);
	return 0;
}

/* Another page is dirtied. */
int single_dirty_other(struct device *dev, unsigned long addr,
		       struct page *other)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(other);
	put_page(page);
	return 0;
}
