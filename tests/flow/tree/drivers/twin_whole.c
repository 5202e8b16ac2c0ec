// SPDX-License-Identifier: GPL-2.0-only
/* Whole functions. See twins.h. */
#include "twins.h"

int whole_region(struct twin_region *r, struct device *dev, unsigned long addr, int n)
{
	int i, got;

	r->pages = kcalloc(n, sizeof(*r->pages), GFP_KERNEL);
	if (!r->pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, r->pages); /* acquire: convertible case=2 longterm twin=region releases=whole_region,whole_region_close */
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(r->pages[i]); /* release: convert provenance=gup twin=region acquires=whole_region */
		kfree(r->pages);
		return -EFAULT;
	}
	r->nr = got;
	device_gets(dev, r->pages, n);
	return 0;
}

void whole_region_close(struct twin_region *r)
{
	int i;

	for (i = 0; i < r->nr; i++) {
		if (r->written)
			set_page_dirty_lock(r->pages[i]);
		put_page(r->pages[i]); /* release: convert provenance=gup twin=region acquires=whole_region */
	}
	kfree(r->pages);
}

int whole_node(unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep case=4 twin=node releases=whole_node */
		return -EFAULT;
	nid = page_to_nid(page);
	put_page(page); /* release: keep provenance=gup twin=node acquires=whole_node */
	return nid;
}

int whole_leak(struct device *dev, unsigned long addr, int (*check)(void))
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=leak reason=release-not-found releases=whole_leak */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (check())
		return -EIO;
	put_page(page); /* release: refuse provenance=gup twin=leak acquires=whole_leak */
	return 0;
}

int whole_mixed(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (!addr)
		page = alloc_page(GFP_KERNEL);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=mixed releases=whole_mixed */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=mixed twin=mixed acquires=whole_mixed */
	return 0;
}
