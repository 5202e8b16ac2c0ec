// SPDX-License-Identifier: GPL-2.0-only
/* Helpers split out, for both ends. See twins.h. */
#include "twins.h"

static int split_get_pages(struct page **pages, unsigned long addr, int n)
{
	return get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=2 longterm twin=region releases=split_put_pages */
}

static void split_put_pages(struct page **pages, int nr, bool written)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (written)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup twin=region acquires=split_get_pages */
	}
}

int split_region(struct split_region *r, struct device *dev, unsigned long addr, int n)
{
	int got;

	r->pages = kcalloc(n, sizeof(*r->pages), GFP_KERNEL);
	if (!r->pages)
		return -ENOMEM;
	got = split_get_pages(r->pages, addr, n);
	if (got != n) {
		split_put_pages(r->pages, got, false);
		kfree(r->pages);
		return -EFAULT;
	}
	r->nr = got;
	device_gets(dev, r->pages, n);
	return 0;
}

void split_region_close(struct split_region *r)
{
	split_put_pages(r->pages, r->nr, r->written);
	kfree(r->pages);
}

static int split_get_node(unsigned long addr, struct page **page)
{
	return get_user_pages_fast(addr, 1, 0, page) == 1 ? 0 : -EFAULT; /* acquire: keep case=4 twin=node releases=split_put_node */
}

static void split_put_node(struct page *page)
{
	put_page(page); /* release: keep provenance=gup twin=node acquires=split_get_node */
}

int split_node(unsigned long addr)
{
	struct page *page;
	int nid;

	if (split_get_node(addr, &page))
		return -EFAULT;
	nid = page_to_nid(page);
	split_put_node(page);
	return nid;
}

static void split_put_leak(struct page *page)
{
	put_page(page); /* release: refuse provenance=gup twin=leak acquires=split_leak */
}

int split_leak(struct device *dev, unsigned long addr, int (*check)(void))
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=leak reason=release-not-found releases=split_put_leak */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (check())
		return -EIO;
	split_put_leak(page);
	return 0;
}

static struct page *split_get_mixed(unsigned long addr)
{
	struct page *page;

	if (!addr)
		return alloc_page(GFP_KERNEL);
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=mixed releases=split_mixed */
		return NULL;
	return page;
}

int split_mixed(struct device *dev, unsigned long addr)
{
	struct page *page = split_get_mixed(addr);

	if (!page)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=mixed twin=mixed acquires=split_get_mixed */
	return 0;
}
