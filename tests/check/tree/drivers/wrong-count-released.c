// SPDX-License-Identifier: GPL-2.0-only
/* Another number of pages is given back than was acquired. */
#include <linux/annotated.h>

#define N 16

int count_wrong(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
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
	unpin_user_pages_dirty_lock(pages, n, true); /* gupconv: finding wrong-count-released high */
	kfree(pages);
	return ret;
}

/* Twin. */
int count_right(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
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
	unpin_user_pages_dirty_lock(pages, got, true);
	kfree(pages);
	return ret;
}

/* A loop over all slots of an array on the stack. */
int count_stack(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), i, ret = 0;

	if (got < 1)
		return -EFAULT;
	if (got == N)
		device_gets(dev, pages, N);
	else
		ret = -EFAULT;
	for (i = 0; i < N; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding wrong-count-released high */
	}
	return ret;
}

/* A check for NULL is no check where nothing was cleared. */
int count_null_checked(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), i, ret = 0;

	if (got < 1)
		return -EFAULT;
	if (got == N)
		device_gets(dev, pages, N);
	else
		ret = -EFAULT;
	for (i = 0; i < N; i++) {
		if (!pages[i])
			continue;
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding wrong-count-released high */
	}
	return ret;
}

/* The first only. */
int count_fewer(struct device *dev, unsigned long addr)
{
	struct page *pages[4];

	if (pin_user_pages_fast(addr, 4, FOLL_WRITE, pages) != 4)
		return -EFAULT; /* gupconv: finding partial-not-released high */
	device_gets(dev, pages, 4);
	unpin_user_pages_dirty_lock(pages, 3, true); /* gupconv: finding wrong-count-released high */
	return 0;
}
