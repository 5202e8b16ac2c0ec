// SPDX-License-Identifier: GPL-2.0-only
/* Pages that are given back by a function of another family than the one that acquired them. */
#include <linux/annotated.h>

#define N 16

int family_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	put_page(page); /* gupconv: finding release-family-mismatch high */
	return 0;
}

/* Twin. */
int family_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}

/* The other way round. */
int family_get_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	unpin_user_page(page); /* gupconv: finding release-family-mismatch high */
	return 0;
}

/* Twin. */
int family_get_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* An array, its loop in a function of its own. */
static void family_put_all(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* gupconv: finding release-family-mismatch high */
	}
}

int family_array_wrong(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	family_put_all(pages, got);
	return 0;
}

/* Twin. */
static void family_unpin_all(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
}

int family_array_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	family_unpin_all(pages, got);
	return 0;
}

/* In another function, by a field. */
struct family_box {
	struct page *page;
};

int family_box_pin(struct family_box *box, struct device *dev, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &box->page) != 1)
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	return 0;
}

void family_box_free(struct family_box *box)
{
	set_page_dirty_lock(box->page);
	put_page(box->page); /* gupconv: finding release-family-mismatch high */
}

/* Twin. */
struct family_case {
	struct page *page;
};

int family_case_pin(struct family_case *box, struct device *dev, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &box->page) != 1)
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	return 0;
}

void family_case_free(struct family_case *box)
{
	set_page_dirty_lock(box->page);
	unpin_user_page(box->page);
}

/* To the page allocator, where a later step failed. */
int family_freed(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE)) {
		__free_page(page); /* gupconv: finding release-family-mismatch high */
		return -EIO;
	}
	put_page(page);
	return 0;
}

/* Twin. */
int family_freed_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE)) {
		put_page(page);
		return -EIO;
	}
	put_page(page);
	return 0;
}
