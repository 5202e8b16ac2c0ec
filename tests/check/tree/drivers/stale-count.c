// SPDX-License-Identifier: GPL-2.0-only
/* The count that a release uses belongs to something else by then. */
#include <linux/annotated.h>

#define N 16

int ask_device(struct device *dev);

int stale_wrong(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int ret = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	device_gets(dev, pages, ret);
	ret = ask_device(dev);
	unpin_user_pages_dirty_lock(pages, ret, true); /* gupconv: finding stale-count high */
	return 0;
}

/* Twin. */
int stale_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), ret;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	ret = ask_device(dev);
	unpin_user_pages_dirty_lock(pages, got, true);
	return ret;
}

/* A loop. */
int stale_loop(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int n = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), i;

	if (n < 1)
		return -EFAULT;
	device_gets(dev, pages, n);
	n = ask_device(dev);
	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]); /* gupconv: finding stale-count high */
	}
	return 0;
}

/* Only where something goes wrong. */
int stale_error(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int ret = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), got;

	if (ret <= 0)
		return -EFAULT;
	got = ret;
	device_gets(dev, pages, got);
	ret = ask_device(dev);
	if (ret > 0) {
		unpin_user_pages(pages, ret); /* gupconv: finding stale-count high */
		return -EIO;
	}
	unpin_user_pages_dirty_lock(pages, got, true);
	return 0;
}

/* In a condition. */
int stale_condition(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got > 0) {
		device_gets(dev, pages, got);
		if ((got = ask_device(dev)) > 0)
			unpin_user_pages_dirty_lock(pages, got, true); /* gupconv: finding stale-count high */
		else
			got = -EIO;
	}
	kfree(pages);
	return got; /* gupconv: finding leak-on-error-exit high */ /* gupconv: finding partial-not-released high */
}

/* What another function acquired, into an array of an object. */
struct stale_pipe {
	struct page *pages[N];
};

static int stale_pin(unsigned long addr, int n, struct page **pages)
{
	int got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);

	return got <= 0 ? -EFAULT : got;
}

int stale_caller(struct stale_pipe *pipe, struct device *dev, unsigned long addr, int n)
{
	int got = stale_pin(addr, n, pipe->pages);

	if (got < 0)
		return got;
	device_gets(dev, pipe->pages, got);
	got = ask_device(dev);
	unpin_user_pages_dirty_lock(pipe->pages, got, true); /* gupconv: finding stale-count high */
	return 0;
}

/* Twin. */
int stale_caller_right(struct stale_pipe *pipe, struct device *dev, unsigned long addr, int n)
{
	int got = stale_pin(addr, n, pipe->pages);

	if (got < 0)
		return got;
	device_gets(dev, pipe->pages, got);
	ask_device(dev);
	unpin_user_pages_dirty_lock(pipe->pages, got, true);
	return 0;
}

/* How many entries a device was told of is another number than that of the pages. */
int map_device(struct device *dev, struct page **pages, int n);

int stale_mapped(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int n = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (n < 1)
		return -EFAULT;
	device_gets(dev, pages, n);
	n = map_device(dev, pages, n);
	unpin_user_pages_dirty_lock(pages, n, true); /* gupconv: finding stale-count medium */
	return 0;
}
