// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16
#define IS_INPUT 1

int loop_conditional(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* Conditions of several parts; one that does not hold; one with a bit. */
int loop_conditions(struct device *dev, unsigned long addr, int n, int dir,
		    unsigned int flags)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	if (got < n) {
		for (i = 0; i < got; i++) {
			if (!dir)
				set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
		return -EINVAL;
	}
	device_gets(dev, pages, got);
	if (dir == DMA_NONE) {
		for (i = 0; i < got; i++) {
			if (flags & IS_INPUT)
				set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
		return 0;
	}
	for (i = 0; i < got; i++) {
		if (dir == DMA_FROM_DEVICE || dir == DMA_BIDIRECTIONAL)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* Both branches put. */
int loop_branches(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (dirty) {
		for (i = 0; i < got; i++) {
			set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
	} else {
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	}
	return 0;
}

/* The condition belongs to the page, or is asked of somebody else. */
int loop_per_page(struct device *dev, unsigned long addr, int n,
		  bool (*was_written)(void))
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (got < n) {
		for (i = 0; i < got; i++) {
			if (!PageReserved(pages[i]))
				set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
		return -EINVAL;
	}
	for (i = 0; i < got; i++) {
		if (was_written())
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}
