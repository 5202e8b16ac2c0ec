// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/* Dirtied in a loop of its own, before the device lets go. */
int trap_two_loops(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		set_page_dirty_lock(pages[i]);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* Put before it is dirtied: a fault, but not ours to hide. */
int trap_late(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	set_page_dirty_lock(page);
	return 0;
}

/* The condition is changed on the way. */
int trap_changed(struct device *dev, unsigned long addr, int n, bool dirty)
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
		dirty = !dirty;
		put_page(pages[i]);
	}
	return 0;
}

/* Only the last page is dirtied, under the condition also put. */
int trap_under(struct device *dev, unsigned long addr, bool dirty)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (dirty) {
		set_page_dirty_lock(page);
		put_page(page);
	} else {
		put_page(page);
	}
	return 0;
}

/* An else that puts another way. */
int trap_else(struct device *dev, unsigned long addr, bool dirty)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (dirty)
		set_page_dirty_lock(page);
	put_page(page);
	if (!dirty)
		return -EINVAL;
	return 0;
}

/* A condition that is an assignment, and one that compares pointers. */
int trap_assigns(struct device *dev, unsigned long addr, int n, void *where)
{
	struct page *pages[N];
	int i, got, written;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if ((written = page_count(pages[0])))
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return written;
}

int trap_pointer(struct device *dev, unsigned long addr, void *where)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (where)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* 256 is true, also as an argument. */
int trap_bits(struct device *dev, unsigned long addr, unsigned long flags)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (flags & 0x100)
		set_page_dirty_lock(page);
	put_page(page);
	return 0;
}
