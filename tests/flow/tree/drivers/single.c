// SPDX-License-Identifier: GPL-2.0-only
/* One page, one put_page(): the most frequent shape. */
#include <linux/annotated.h>
#include <linux/pagemap.h>

int single_plain(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 pattern=single releases=single_plain */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup pattern=single acquires=single_plain */
	return 0;
}

/* Its twin: the same code with pages that nobody gets from a user. */
int single_allocated(struct device *dev)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	device_gets(dev, &page, 1);
	put_page(page); /* release: unrelated provenance=never pattern=single acquires= reason=never-gup */
	return 0;
}

/* page = compound_head(page) is still the page. */
int single_head(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=single_head */
		return -EFAULT;
	device_gets(dev, &page, 1);
	page = compound_head(page);
	put_page(page); /* release: convert provenance=gup acquires=single_head */
	return 0;
}

/* Twin: the variable gets another page on the way; the user's page is lost. */
int single_lost(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	page = alloc_page(GFP_KERNEL);
	put_page(page); /* release: unrelated provenance=never acquires= */
	return 0;
}

/* The same variable is used for two pages, one after the other: each put_page() knows its own. */
int single_reused(struct device *dev, unsigned long addr)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	device_gets(dev, &page, 1);
	put_page(page); /* release: unrelated provenance=never acquires= */
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=single_reused */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=single_reused */
	return 0;
}

/* Dirtied first, with the page lock: unpin_user_pages_dirty_lock(&page, 1, true). */
int single_dirty(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 pattern=single-dirty releases=single_dirty */
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup pattern=single-dirty acquires=single_dirty */
	return 0;
}

/* Without the page lock, which is nearly always a fault on user pages. */
int single_dirty_unlocked(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=single_dirty_unlocked */
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty(page);
	put_page(page); /* release: convert provenance=gup pattern=single-dirty acquires=single_dirty_unlocked */
	return 0;
}

/* Another page is dirtied: a plain release. */
int single_dirty_other(struct device *dev, unsigned long addr, struct page *other)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=single_dirty_other */
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(other);
	put_page(page); /* release: convert provenance=gup pattern=single acquires=single_dirty_other */
	return 0;
}

/* The call and its comparison over several lines, and a result that is kept. */
long single_split(struct device *dev, unsigned long addr)
{
	struct page *page[1];
	long got = get_user_pages_unlocked( /* acquire: convertible case=1 releases=single_split */
		addr, 1,
		page, FOLL_WRITE |
			FOLL_FORCE);

	if (got < 1)
		return got < 0 ? got : -EFAULT;
	device_gets(dev, page, 1);
	put_page( /* release: convert provenance=gup acquires=single_split */
		page[0]);
	return 0;
}

/* The page as the value of an expression, and its address by way of a pointer. */
int single_by_pointer(struct device *dev, unsigned long addr)
{
	struct page *page, **slot = &page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, slot) != 1) /* acquire: convertible case=1 releases=single_by_pointer */
		return -EFAULT;
	device_gets(dev, slot, 1);
	put_page(*slot); /* release: convert provenance=gup acquires=single_by_pointer */
	return 0;
}

/* A folio of the page is put: no function of the API table is called, so there is no site. */
int single_folio(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unconvertible-release releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	folio_put(page_folio(page));
	return 0;
}

/* The freeing function of the page allocator, where a user's page was meant. */
int single_freed(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unconvertible-release releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	__free_page(page);
	return 0;
}
