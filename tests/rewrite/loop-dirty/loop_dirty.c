// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int loop_dirty(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

int loop_dirty_variable(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		struct page *page = pages[i];

		set_page_dirty_lock(page);
		put_page(page);
	}
	return 0;
}

/* Without the page lock. */
int loop_dirty_unlocked(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		set_page_dirty(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* A page more is dirtied than is put. */
int loop_dirty_next(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[0]);
		put_page(pages[i]);
	}
	return 0;
}
