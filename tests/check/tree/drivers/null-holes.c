// SPDX-License-Identifier: GPL-2.0-only
/* A release meets empty slots of the page array. */
#include <linux/annotated.h>

#define N 16

int holes_wrong(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), 0);
	int got, i, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	if (got != n)
		ret = -EFAULT;
	else
		device_gets(dev, pages, n);
	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding null-holes high */
	}
	kfree(pages);
	return ret;
}

/* Twin. */
int holes_right(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), 0);
	int got, i, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	if (got != n)
		ret = -EFAULT;
	else
		device_gets(dev, pages, n);
	for (i = 0; i < n; i++) {
		if (!pages[i])
			continue;
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
	kfree(pages);
	return ret;
}

/* By the call for arrays. */
int holes_call(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), 0);
	int got, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	if (got != n)
		ret = -EFAULT;
	else
		device_gets(dev, pages, n);
	unpin_user_pages_dirty_lock(pages, n, true); /* gupconv: finding null-holes high */
	kfree(pages);
	return ret;
}

/* An array on the stack that was cleared. */
int holes_stack(struct device *dev, unsigned long addr)
{
	struct page *pages[N] = { NULL };
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), ret = 0;

	if (got < 1)
		return -EFAULT;
	if (got == N)
		device_gets(dev, pages, N);
	else
		ret = -EFAULT;
	unpin_user_pages_dirty_lock(pages, N, true); /* gupconv: finding null-holes high */
	return ret;
}

/* Downwards. */
int holes_down(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), 0);
	int got, i, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	if (got != n)
		ret = -EFAULT;
	else
		device_gets(dev, pages, n);
	for (i = n - 1; i >= 0; i--) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding null-holes high */
	}
	kfree(pages);
	return ret;
}
