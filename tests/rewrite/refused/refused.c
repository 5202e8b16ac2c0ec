// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/pagemap.h>

#define N 16

/* Pages of the page cache go by the same release. */
int refused_mixed(struct device *dev, struct address_space *mapping,
		  unsigned long addr)
{
	struct page *page;

	if (mapping)
		page = find_get_page(mapping, addr >> PAGE_SHIFT);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!page)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

/* A reference of the driver's own beside that of the acquire. */
int refused_own(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	get_page(page);
	page_count(page);
	put_page(page);
	put_page(page);
	return 0;
}

/* The requested count: slots that were never filled. */
int refused_requested(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return 0;
}

/* Holes in an array that was not cleared. */
int refused_holes(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(N, sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++)
		if (pages[i])
			put_page(pages[i]);
	kfree(pages);
	return 0;
}

/* Nobody gives the page back. */
int refused_lost(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	return 0;
}

/* All or none: one release would do, the other one serves strangers. */
void refused_put(struct page *page)
{
	put_page(page);
}

int refused_half(struct device *dev, unsigned long addr, bool early)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (early) {
		put_page(page);
		return 0;
	}
	refused_put(page);
	return 0;
}

void refused_stranger(void)
{
	refused_put(alloc_page(GFP_KERNEL));
}

/* Never a user's page. */
int refused_never(struct device *dev)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}

/* The last page stays behind. */
int refused_short(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = got - 1; i > 0; i--)
		put_page(pages[i]);
	return 0;
}
