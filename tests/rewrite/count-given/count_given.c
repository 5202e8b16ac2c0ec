// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/* All callers ask before they call. */
static void given_put(struct device *dev, struct page **pages, int nr)
{
	device_gets(dev, pages, nr);
	release_pages(pages, nr);
}

int given_one(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got > 0)
		given_put(dev, pages, got);
	return 0;
}

int given_other(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	given_put(dev, pages, got);
	return 0;
}

/* One of the callers does not. */
static void not_given_put(struct device *dev, struct page **pages, int nr)
{
	device_gets(dev, pages, nr);
	release_pages(pages, nr);
}

int not_given_one(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got > 0)
		not_given_put(dev, pages, got);
	return 0;
}

int not_given_other(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	device_gets(dev, pages, n);
	not_given_put(dev, pages, got);
	return 0;
}
