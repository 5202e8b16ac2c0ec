// SPDX-License-Identifier: GPL-2.0-only
/* A path of a caller misses the second half of a pair of functions. */
#include <linux/annotated.h>

#define N 16

int use_device(struct device *dev);

static int wrapper_get(unsigned long addr, struct page **page)
{
	int got = pin_user_pages_fast(addr, 1, FOLL_WRITE, page);

	return got == 1 ? 0 : -EFAULT;
}

static void wrapper_put(struct page *page)
{
	unpin_user_pages_dirty_lock(&page, 1, true);
}

int wrapper_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrapper_get(addr, &page))
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* Twin. */
int wrapper_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrapper_get(addr, &page))
		return -EFAULT;
	if (use_device(dev)) {
		wrapper_put(page);
		return -EIO;
	}
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* The page is what the first half returns. */
static struct page *wrapper_page(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return NULL;
	return page;
}

int wrapper_returned(struct device *dev, unsigned long addr)
{
	struct page *page = wrapper_page(addr);

	if (!page)
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* Two levels. */
static int wrapper_outer(unsigned long addr, struct page **page)
{
	int ret = wrapper_get(addr, page);

	return ret ? ret : 0;
}

int wrapper_two_levels(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = wrapper_outer(addr, &page);

	if (ret)
		return ret;
	ret = use_device(dev);
	if (ret < 0)
		goto out;
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
out:
	return ret; /* gupconv: finding wrapper-path-missing high */
}

/* An array. */
static int wrapper_get_all(unsigned long addr, struct page **pages)
{
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got == N)
		return 0;
	if (got > 0)
		unpin_user_pages(pages, got);
	return -EFAULT;
}

static void wrapper_put_all(struct page **pages)
{
	unpin_user_pages_dirty_lock(pages, N, true);
}

int wrapper_array(struct device *dev, unsigned long addr)
{
	struct page *pages[N];

	if (wrapper_get_all(addr, pages))
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, pages, N);
	wrapper_put_all(pages);
	return 0;
}
