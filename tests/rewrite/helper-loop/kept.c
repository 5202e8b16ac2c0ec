// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* An empty slot is skipped: a call with the whole array would not. */
static void skipping_put(struct page *page)
{
	if (page)
		put_page(page);
}

int skipping_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		skipping_put(pages[i]);
	return 0;
}

/* What else is done for each page keeps the loop. */
static void counting_put(struct page *page)
{
	put_page(page);
}

int counting_use(struct device *dev, unsigned long addr, unsigned int n, int *nr)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		counting_put(pages[i]);
		(*nr)++;
	}
	return 0;
}

/* Nothing in front of the loop says that the count is not negative. */
static void signed_put(struct page *page)
{
	put_page(page);
}

int signed_use(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	device_gets(dev, pages, 1);
	for (i = 0; i < got; i++)
		signed_put(pages[i]);
	return got;
}
