// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/**
 * kept_documented() - what others are told to use
 * @pages: the pages
 * @n: how many
 */
static void kept_documented(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

int kept_documented_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	kept_documented(pages, got);
	return 0;
}

static void kept_mentioned(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

/* The pages are given back by kept_mentioned(). */
int kept_mentioned_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	kept_mentioned(pages, got);
	return 0;
}

static int kept_nr;

static void kept_hidden(struct page **pages)
{
	int i;

	if (kept_nr <= 0)
		return;
	for (i = 0; i < kept_nr; i++)
		put_page(pages[i]);
}

static void kept_evaluated(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		put_page(pages[i]);
		pages[i] = NULL;
	}
}

int kept_evaluated_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	kept_evaluated(pages, got);
	kept_hidden(NULL);
	return 0;
}

/* By another type: what is cut off there is not cut off without it. */
static void kept_typed(struct page **pages, unsigned char n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

int kept_typed_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	kept_typed(pages, got);
	return n;
}

/* One call before, and one call now. */
static void kept_wrapper(struct page *page)
{
	put_page(page);
}

int kept_wrapper_use(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	kept_wrapper(page);
	return 0;
}

/* Its address is taken. */
static void kept_pointed(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

struct kept_ops {
	void (*put)(struct page **pages, int n);
};

const struct kept_ops kept_ops = { .put = kept_pointed };

int kept_pointed_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	kept_pointed(pages, got);
	return 0;
}
