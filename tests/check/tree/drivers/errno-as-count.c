// SPDX-License-Identifier: GPL-2.0-only
/* A negative error code is used as a number of pages. */
#include <linux/annotated.h>

#define N 16

int errno_wrong(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got != N) {
		unpin_user_pages(pages, got); /* gupconv: finding errno-as-count high */
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* Twin. */
int errno_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got != N) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* By a function whose count has no sign. */
static void errno_put(struct page **pages, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n; i++)
		unpin_user_page(pages[i]);
}

int errno_wrapped(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got < N) {
		errno_put(pages, got); /* gupconv: finding errno-as-count high */
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* The guard has no sign either. */
int errno_unsigned_guard(struct device *dev, unsigned long addr, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	unsigned long got;
	int ret = 0;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got != n) {
		ret = -EFAULT;
		if (got > 0) /* gupconv: finding signed-unsigned-compare high */
			unpin_user_pages(pages, got); /* gupconv: finding errno-as-count high */
	} else {
		device_gets(dev, pages, n);
		unpin_user_pages_dirty_lock(pages, n, true);
	}
	kfree(pages);
	return ret;
}

/* A loop that runs down without a sign. */
int errno_count_down(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got < N) {
		while (got--)
			unpin_user_page(pages[got]); /* gupconv: finding errno-as-count high */
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* No fault: a loop that does nothing with a negative number. */
int errno_signed_loop(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), i;

	if (got < N) {
		for (i = 0; i < got; i++)
			unpin_user_page(pages[i]);
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}
