// SPDX-License-Identifier: GPL-2.0-only
/* Pages that were written to and are given back as if nobody had. */
#include <linux/annotated.h>
#include <linux/highmem.h>

int run_device(struct device *dev);

int dirtied_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_page(page); /* gupconv: finding not-dirtied high */
	return 0;
}

/* Twin. */
int dirtied_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* The device reads. */
int dirtied_sent(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	return 0;
}

/* What is said not to be dirty, and a release on the way out before anything is written. */
int dirtied_by_argument(struct device *dev, unsigned long addr, struct sg_table *sgt)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!sgt) {
		unpin_user_page(page);
		return -EINVAL;
	}
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, false); /* gupconv: finding not-dirtied high */
	return 0;
}

/* Twin. */
int dirtied_on_success(struct device *dev, unsigned long addr, struct sg_table *sgt)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!sgt) {
		unpin_user_page(page);
		return -EINVAL;
	}
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

struct dirtied_req {
	struct page *page;
	enum dma_data_direction dir;
};

/* In one of two directions, in functions of their own. */
int dirtied_start(struct dirtied_req *req, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, req->dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0,
				&req->page) != 1)
		return -EFAULT;
	dma_map_page(dev, req->page, 0, PAGE_SIZE, req->dir);
	return 0;
}

void dirtied_end(struct dirtied_req *req)
{
	put_page(req->page); /* gupconv: finding not-dirtied high */
}

struct dirtied_other {
	struct page *page;
	enum dma_data_direction dir;
};

/* Twin. */
int dirtied_other_start(struct dirtied_other *req, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, req->dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0,
				&req->page) != 1)
		return -EFAULT;
	dma_map_page(dev, req->page, 0, PAGE_SIZE, req->dir);
	return 0;
}

void dirtied_other_end(struct dirtied_other *req)
{
	if (req->dir == DMA_FROM_DEVICE)
		set_page_dirty_lock(req->page);
	put_page(req->page);
}

/* The kernel writes. */
int dirtied_copy(unsigned long addr, const char *from, size_t len)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	memcpy_to_page(page, 0, from, len);
	unpin_user_page(page); /* gupconv: finding not-dirtied high */
	return 0;
}

/* It may write what it maps. */
int dirtied_map(unsigned long addr)
{
	struct page *page;
	char *p;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	p = kmap_local_page(page);
	*p = 1;
	kunmap_local(p);
	unpin_user_page(page); /* gupconv: finding not-dirtied medium */
	return 0;
}

/* Or read. */
int dirtied_read(unsigned long addr)
{
	struct page *page;
	char *p;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_FORCE, &page) != 1)
		return -EFAULT;
	p = kmap_local_page(page);
	ret = *p;
	kunmap_local(p);
	unpin_user_page(page);
	return ret == 1 ? 0 : -EINVAL;
}

struct dirtied_rest {
	unsigned long pfns[16];
	int nr;
};

/* The pages that are given back here are those that no device knows of yet. */
int dirtied_rest(struct dirtied_rest *set, struct device *dev, unsigned long addr)
{
	struct page *pages[16];
	int i, got = pin_user_pages_fast(addr, 16, FOLL_WRITE, pages); /* gupconv: finding longterm-missing low */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		if (dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE) == 0) {
			unpin_user_pages(&pages[i], got - i); /* gupconv: finding not-dirtied low */
			break;
		}
		set->pfns[i] = page_to_pfn(pages[i]);
	}
	set->nr = i;
	return 0;
}

/* Nobody is seen to write: a hypervisor does, by the user's address. */
int dirtied_by_address(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	run_device(dev);
	unpin_user_page(page); /* gupconv: finding not-dirtied medium */
	return 0;
}

/* Twin: the pages are asked for to be read. */
int dirtied_not_at_all(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	run_device(dev);
	unpin_user_page(page);
	return 0;
}
