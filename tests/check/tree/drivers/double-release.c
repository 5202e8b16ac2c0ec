// SPDX-License-Identifier: GPL-2.0-only
/* Pages are given back twice. */
#include <linux/annotated.h>

#define N 16

int run_device(struct device *dev);
int stop_device(struct device *dev);

int double_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = 0;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (run_device(dev)) {
		unpin_user_page(page);
		ret = -EIO;
		goto out;
	}
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
out:
	unpin_user_page(page); /* gupconv: finding double-release high */
	return ret;
}

/* Twin. */
int double_right(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = 0;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (run_device(dev)) {
		ret = -EIO;
		goto out;
	}
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
out:
	unpin_user_page(page);
	return ret;
}

/* Arrays. */
int double_array(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages), ret = 0;

	if (got <= 0)
		return -EFAULT;
	if (run_device(dev)) {
		unpin_user_pages(pages, got);
		ret = -EIO;
	} else {
		device_gets(dev, pages, got);
	}
	unpin_user_pages_dirty_lock(pages, got, true); /* gupconv: finding double-release high */
	return ret;
}

/* A loop, and the call for arrays. */
int double_loop(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, 0, pages), i, ret = 0;

	if (got <= 0)
		return -EFAULT;
	if (run_device(dev)) {
		for (i = 0; i < got; i++)
			unpin_user_page(pages[i]);
		ret = -EIO;
	}
	unpin_user_pages(pages, got); /* gupconv: finding double-release high */
	return ret;
}

/* The parts of an unwinding that falls through. */
int double_unwind(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (run_device(dev))
		goto put;
	device_gets(dev, &page, 1);
	if (stop_device(dev))
		goto stop;
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
stop:
	put_page(page);
put:
	put_page(page); /* gupconv: finding double-release high */
	return -EIO;
}

/* No fault: another page. */
int double_other(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	set_page_dirty_lock(page);
	put_page(page);
	page = alloc_page(0);
	if (!page)
		return -ENOMEM;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

static void double_put_all(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		unpin_user_page(pages[i]);
}

/* Gives them back, and may fail after that. */
static int double_callee(struct device *dev, struct page **pages, int n)
{
	if (run_device(dev))
		return -EIO;
	double_put_all(pages, n);
	if (stop_device(dev))
		return -EIO;
	return 0;
}

/* The caller cannot know which of the two it was. */
int double_caller(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int n = pin_user_pages_fast(addr, N, 0, pages), ret;

	if (n <= 0)
		return -EFAULT;
	ret = double_callee(dev, pages, n);
	if (ret)
		double_put_all(pages, n); /* gupconv: finding double-release high */
	return ret;
}

/* Twin: what may fail comes before. */
static int double_callee_right(struct device *dev, struct page **pages, int n)
{
	if (run_device(dev))
		return -EIO;
	if (stop_device(dev))
		return -EIO;
	double_put_all(pages, n);
	return 0;
}

int double_caller_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int n = pin_user_pages_fast(addr, N, 0, pages), ret;

	if (n <= 0)
		return -EFAULT;
	ret = double_callee_right(dev, pages, n);
	if (ret)
		double_put_all(pages, n);
	return ret;
}

/* No fault: the caller leaves them to the function that failed. */
int double_caller_leaves(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int n = pin_user_pages_fast(addr, N, 0, pages), ret;

	if (n <= 0)
		return -EFAULT;
	ret = double_callee(dev, pages, n);
	if (ret < 0)
		return ret;
	return 0;
}

/* Each round gives its page back a second time where the device fails. */
int double_round(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		if (run_device(dev))
			put_page(pages[i]);
		put_page(pages[i]); /* gupconv: finding double-release high */
	}
	return 0;
}

/* Twin: in a round it is one or the other. */
int double_round_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		if (run_device(dev))
			put_page(pages[i]);
		else
			put_page(pages[i]);
	}
	return 0;
}

/* No fault: the round ends behind the first. */
int double_round_ends(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		if (run_device(dev)) {
			put_page(pages[i]);
			pages[i] = NULL;
			continue;
		}
		put_page(pages[i]);
	}
	return 0;
}

/* No fault: the second loop begins behind the page where the first one ended. */
int double_next(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages), i, ret = 0;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		ret = run_device(dev);
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
		if (ret < 0)
			break;
	}
	if (ret < 0)
		for (++i; i < got; ++i)
			put_page(pages[i]);
	return ret;
}

/* The array of an object: a part is given back, and then the cleanup comes by. */
struct double_box {
	struct page **pages;
	int nr;
};

int double_field(struct double_box *box, unsigned long addr, int n)
{
	int ret = pin_user_pages_fast(addr, n, FOLL_LONGTERM, box->pages);

	if (ret != n) {
		if (ret < 0)
			return ret;
		unpin_user_pages(box->pages, ret);
		n = ret;
		ret = -ENOMEM;
		goto put;
	}
	box->nr = n;
	return 0;
put:
	unpin_user_pages(box->pages, n); /* gupconv: finding double-release medium */
	return ret;
}

/* Twin. */
int double_field_right(struct double_box *box, unsigned long addr, int n)
{
	int ret = pin_user_pages_fast(addr, n, FOLL_LONGTERM, box->pages);

	if (ret != n) {
		if (ret < 0)
			return ret;
		n = ret;
		ret = -ENOMEM;
		goto put;
	}
	box->nr = n;
	return 0;
put:
	unpin_user_pages(box->pages, n);
	return ret;
}

void double_box_end(struct double_box *box)
{
	unpin_user_pages(box->pages, box->nr);
}

/* The loop is left behind the release of a page, and the rest is counted from it on. */
int double_at_break(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int got = get_user_pages_fast(addr, n, 0, pages), i, ret = 0;

	for (i = 0; i < got; i++) {
		ret = dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_TO_DEVICE) ? 0 : -EIO;
		put_page(pages[i]);
		if (ret)
			break;
	}
	for (; i < got; i++)
		put_page(pages[i]); /* gupconv: finding double-release high */
	return ret;
}

/* Twin: the rest begins behind it. */
int double_behind_break(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int got = get_user_pages_fast(addr, n, 0, pages), i, ret = 0;

	for (i = 0; i < got; i++) {
		ret = dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_TO_DEVICE) ? 0 : -EIO;
		put_page(pages[i]);
		if (ret)
			break;
	}
	for (i = i + 1; i < got; i++)
		put_page(pages[i]);
	return ret;
}
