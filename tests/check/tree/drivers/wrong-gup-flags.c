// SPDX-License-Identifier: GPL-2.0-only
/* Flags of an acquire that are none, that it refuses, or that do not fit the use of the pages. */
#include <linux/annotated.h>

/* The device reads: what the flags have to be is told by each case alone. */
#define flags_send(dev, page) dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE)

int flags_truth_wrong(struct device *dev, unsigned long addr, enum dma_data_direction dir)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, dir == DMA_FROM_DEVICE, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	unpin_user_pages_dirty_lock(&page, 1, dir == DMA_FROM_DEVICE);
	return 0;
}

/* Twin. */
int flags_truth_right(struct device *dev, unsigned long addr, enum dma_data_direction dir)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	unpin_user_pages_dirty_lock(&page, 1, dir == DMA_FROM_DEVICE);
	return 0;
}

/* By its type. */
int flags_bool(struct device *dev, unsigned long addr, bool write)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, write, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	flags_send(dev, page);
	if (write)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* By what is assigned to a variable. */
int flags_variable(struct device *dev, unsigned long addr, int rw)
{
	int write = !rw;
	struct page *page;

	if (get_user_pages_unlocked(addr, 1, &page, write) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	flags_send(dev, page);
	if (write)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* The same name for a variable with flags in it. */
int flags_variable_right(struct device *dev, unsigned long addr, int rw)
{
	unsigned int write = 0;
	struct page *page;

	if (!rw)
		write |= FOLL_WRITE;
	if (get_user_pages_unlocked(addr, 1, &page, write) != 1)
		return -EFAULT;
	flags_send(dev, page);
	if (write)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int flags_enum_wrong(struct device *dev, unsigned long addr, enum dma_data_direction dir)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, dir, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	unpin_user_pages_dirty_lock(&page, 1, dir != DMA_TO_DEVICE);
	return 0;
}

/* A number that happens to be FOLL_WRITE. */
int flags_number(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 1, &page) != 1) /* gupconv: finding wrong-gup-flags medium */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

int flags_get_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_GET, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* Twin: of get_user_pages() it is the flag that goes without saying. */
int flags_get_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_GET, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* Refused only on one of the ways. */
int flags_get_sometimes(struct device *dev, unsigned long addr, bool more)
{
	unsigned int flags = FOLL_WRITE;
	struct page *page;

	if (more)
		flags |= FOLL_GET;
	if (pin_user_pages_fast(addr, 1, flags, &page) != 1) /* gupconv: finding wrong-gup-flags medium */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

int flags_direction_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* Twin. */
int flags_direction_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	flags_send(dev, page);
	unpin_user_page(page);
	return 0;
}

/* Flags by the caller, the direction by a variable. */
static int flags_receive(struct device *dev, unsigned long addr, unsigned int flags)
{
	enum dma_data_direction dir = DMA_FROM_DEVICE;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, flags | FOLL_LONGTERM, &page) != 1) /* gupconv: finding wrong-gup-flags high */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

int flags_of_callers(struct device *dev, unsigned long addr)
{
	return flags_receive(dev, addr, 0) || flags_receive(dev, addr, FOLL_FORCE);
}

/* In both directions it may be that the device only reads. */
int flags_both_ways(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1) /* gupconv: finding wrong-gup-flags medium */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	unpin_user_page(page);
	return 0;
}
