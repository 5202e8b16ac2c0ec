// SPDX-License-Identifier: GPL-2.0-only
/* Pages are given back although none were acquired. */
#include <linux/annotated.h>

#define N 16

int failed_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;
	int got = pin_user_pages_fast(addr, 1, FOLL_WRITE, &page);

	if (got == 1)
		device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	unpin_user_page(page); /* gupconv: finding release-after-failed-acquire high */
	return got == 1 ? 0 : -EFAULT;
}

/* Twin. */
int failed_right(struct device *dev, unsigned long addr)
{
	struct page *page;
	int got = pin_user_pages_fast(addr, 1, FOLL_WRITE, &page);

	if (got == 1) {
		device_gets(dev, &page, 1);
		set_page_dirty_lock(page);
		unpin_user_page(page);
	}
	return got == 1 ? 0 : -EFAULT;
}

/* The error goes where all pages are given back. */
int failed_goto(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got < 0) {
		ret = got;
		goto out;
	}
	if (got != n) {
		n = got;
		ret = -EFAULT;
		goto out;
	}
	device_gets(dev, pages, n);
out:
	unpin_user_pages_dirty_lock(pages, n, true); /* gupconv: finding release-after-failed-acquire high */
	kfree(pages);
	return ret;
}

/* An error passes for a large number. */
int failed_unsigned(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got < n) { /* gupconv: finding signed-unsigned-compare high */
		n = got;
		ret = -EFAULT;
		goto out;
	}
	device_gets(dev, pages, n);
out:
	unpin_user_pages_dirty_lock(pages, n, true); /* gupconv: finding release-after-failed-acquire high */
	kfree(pages);
	return ret;
}

/* A loop over what was asked for. */
int failed_loop(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), i, n = N;

	if (got >= 0)
		n = got;
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding release-after-failed-acquire high */
	}
	return got < 0 ? got : 0;
}
