// SPDX-License-Identifier: GPL-2.0-only
/* The releases stand in twin_moved_away.c. See twins.h. */
#include "twins.h"

int moved_region(struct moved_region *r, struct device *dev, unsigned long addr, int n)
{
	int got;

	r->pages = kcalloc(n, sizeof(*r->pages), GFP_KERNEL);
	if (!r->pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, r->pages); /* acquire: convertible case=2 longterm twin=region releases=moved_put_pages */
	if (got != n) {
		moved_put_pages(r->pages, got, false);
		kfree(r->pages);
		return -EFAULT;
	}
	r->nr = got;
	device_gets(dev, r->pages, n);
	return 0;
}

void moved_region_close(struct moved_region *r)
{
	moved_put_pages(r->pages, r->nr, r->written);
	kfree(r->pages);
}

int moved_node(unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep case=4 twin=node releases=moved_put_node */
		return -EFAULT;
	nid = page_to_nid(page);
	moved_put_node(page);
	return nid;
}

int moved_leak(struct device *dev, unsigned long addr, int (*check)(void))
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=leak reason=release-not-found releases=moved_put_leak */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (check())
		return -EIO;
	moved_put_leak(page);
	return 0;
}

int moved_mixed(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (!addr)
		page = alloc_page(GFP_KERNEL);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused twin=mixed releases=moved_put_mixed */
		return -EFAULT;
	device_gets(dev, &page, 1);
	moved_put_mixed(page);
	return 0;
}
