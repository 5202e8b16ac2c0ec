// SPDX-License-Identifier: GPL-2.0-only
/* Faults in pairs that other files have no case for (field: each was found in a kernel once). */
#include <linux/annotated.h>
#include <linux/highmem.h>

#define N 16

/* Released although the acquire failed: the slot holds nothing. */
int fault_failed(struct device *dev, unsigned long addr)
{
	struct page *page;
	int got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: refused releases=fault_failed */

	if (got == 1)
		device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=gup acquires=fault_failed */
	return got;
}

/* Twin: the release stands inside. */
int fault_not_failed(struct device *dev, unsigned long addr)
{
	struct page *page;
	int got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: convertible case=1 releases=fault_not_failed */

	if (got == 1) {
		device_gets(dev, &page, 1);
		put_page(page); /* release: convert provenance=gup acquires=fault_not_failed */
	}
	return got;
}

/* Page after page, and the way back begins one too late. */
int fault_back_short(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i;

	for (i = 0; i < n; i++) {
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1) /* acquire: refused releases=fault_back_short */
			goto back;
		dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	}
	release_pages(pages, n); /* release: refuse provenance=gup pattern=release-pages acquires=fault_back_short */
	return 0;
back:
	for (i = i - 2; i >= 0; i--)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=fault_back_short */
	return -EFAULT;
}

/* Twin: the usual way back. */
int fault_back(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i;

	for (i = 0; i < n; i++) {
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE, &pages[i]) != 1) /* acquire: convertible case=1 releases=fault_back */
			goto back;
		dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	}
	release_pages(pages, n); /* release: convert provenance=gup pattern=release-pages acquires=fault_back */
	return 0;
back:
	while (--i >= 0)
		put_page(pages[i]); /* release: convert provenance=gup pattern=count-down acquires=fault_back */
	return -EFAULT;
}

/* Two loops: dirty before the DMA is unmapped, put after. The order is kept: no dirty_lock. */
int fault_order(struct device *dev, unsigned long addr, dma_addr_t *at)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, N, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop releases=fault_order */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		set_page_dirty_lock(pages[i]);
	for (i = 0; i < got; i++)
		dma_unmap_page(dev, at[i], PAGE_SIZE, DMA_BIDIRECTIONAL);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=fault_order */
	return 0;
}

/* The error code of the acquire is overwritten, the pages are not lost by it. */
int fault_overwritten(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = get_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: convertible case=1 releases=fault_overwritten */

	if (ret <= 0) {
		ret = -EFAULT;
		return ret;
	}
	ret = 0;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=fault_overwritten */
	return ret;
}

/* The positive count goes to the caller as a status: no reason against a conversion. */
int fault_status(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = get_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: convertible case=1 releases=fault_status */

	if (ret < 1)
		return ret;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=fault_status */
	return ret;
}

/* A wrapper pair with a path that misses its second half. */
static int fault_begin(struct page **page, unsigned long addr)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, page); /* acquire: refused reason=release-not-found releases=fault_end */
}

static void fault_end(struct page *page)
{
	put_page(page); /* release: refuse provenance=gup pattern=wrapper acquires=fault_begin */
}

int fault_pair(struct device *dev, unsigned long addr, bool stop)
{
	struct page *page;

	if (fault_begin(&page, addr) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (stop)
		return -EIO;
	fault_end(page);
	return 0;
}

/* The caller's caller forgets them. */
static int fault_got(struct page **page, unsigned long addr)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, page) == 1 ? 0 : -EFAULT; /* acquire: refused reason=release-not-found releases=fault_far_end */
}

static void fault_far_end(struct page *page)
{
	put_page(page); /* release: refuse provenance=gup acquires=fault_got */
}

static int fault_handed(struct page **page, unsigned long addr)
{
	return fault_got(page, addr);
}

int fault_far(struct device *dev, unsigned long addr, bool stop)
{
	struct page *page;

	if (fault_handed(&page, addr))
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (!stop)
		fault_far_end(page);
	return 0;
}

/* Twin: without a condition. */
static int right_got(struct page **page, unsigned long addr)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, page) == 1 ? 0 : -EFAULT; /* acquire: convertible case=1 releases=right_far_end */
}

static void right_far_end(struct page *page)
{
	put_page(page); /* release: convert provenance=gup acquires=right_got */
}

static int right_handed(struct page **page, unsigned long addr)
{
	return right_got(page, addr);
}

int right_far(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (right_handed(&page, addr))
		return -EFAULT;
	device_gets(dev, &page, 1);
	right_far_end(page);
	return 0;
}

/* A page that is the result of a function, and is dropped. */
static struct page *fault_result(unsigned long addr)
{
	struct page *page;

	if (!addr || get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases=fault_drops */
		return NULL;
	return page;
}

int fault_drops(struct device *dev, unsigned long addr, bool stop)
{
	struct page *page = fault_result(addr);

	if (!page)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (stop)
		return -EIO;
	put_page(page); /* release: refuse provenance=gup acquires=fault_result */
	return 0;
}

/* The array hangs on an object that others know, but it is freed here, and with it the last trace. */
struct fault_region {
	struct page **pages;
	int nr;
};

int fault_freed(struct fault_region *r, struct device *dev, unsigned long addr, bool stop)
{
	r->pages = kcalloc(1, sizeof(*r->pages), GFP_KERNEL);
	if (!r->pages)
		return -ENOMEM;
	r->nr = get_user_pages_fast(addr, 1, FOLL_WRITE, r->pages); /* acquire: refused reason=release-not-found releases=fault_freed_end */
	if (r->nr != 1 || stop) {
		kfree(r->pages);
		return -EFAULT;
	}
	device_gets(dev, r->pages, 1);
	return 0;
}

void fault_freed_end(struct fault_region *r)
{
	release_pages(r->pages, r->nr); /* release: refuse provenance=gup acquires=fault_freed */
	kfree(r->pages);
}

/* Twin: nothing but a failure frees it. */
struct right_region {
	struct page **pages;
	int nr;
};

int right_freed(struct right_region *r, struct device *dev, unsigned long addr)
{
	r->pages = kcalloc(1, sizeof(*r->pages), GFP_KERNEL);
	if (!r->pages)
		return -ENOMEM;
	r->nr = get_user_pages_fast(addr, 1, FOLL_WRITE, r->pages); /* acquire: convertible not=release-not-found releases=right_freed_end */
	if (r->nr != 1) {
		kfree(r->pages);
		return -EFAULT;
	}
	device_gets(dev, r->pages, 1);
	return 0;
}

void right_freed_end(struct right_region *r)
{
	release_pages(r->pages, r->nr); /* release: convert provenance=gup acquires=right_freed */
	kfree(r->pages);
}
