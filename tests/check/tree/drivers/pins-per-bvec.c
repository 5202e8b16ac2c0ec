// SPDX-License-Identifier: GPL-2.0-only
/* A number of pages that is made of a length alone. */
#include <linux/annotated.h>
#include <linux/bvec.h>
#include <linux/uio.h>

struct bvec_req {
	struct bio_vec bv;
};

int bvec_pin(struct bvec_req *req, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	bvec_set_page(&req->bv, page, PAGE_SIZE, 0);
	return 0;
}

void bvec_wrong(struct bvec_req *req)
{
	unpin_user_page_range_dirty_lock(req->bv.bv_page, req->bv.bv_len >> PAGE_SHIFT, true); /* gupconv: finding pins-per-bvec medium */
}

/* Twin. */
void bvec_right(struct bvec_req *req)
{
	unsigned long n = DIV_ROUND_UP(req->bv.bv_offset + req->bv.bv_len, PAGE_SIZE);

	unpin_user_page_range_dirty_lock(req->bv.bv_page, n, true);
}

/* By a variable, divided. */
void bvec_divided(struct bvec_req *req)
{
	unsigned long n = req->bv.bv_len / PAGE_SIZE;

	unpin_user_page_range_dirty_lock(req->bv.bv_page, n, true); /* gupconv: finding pins-per-bvec medium */
}

/* Counted otherwise. */
void bvec_counted(struct bvec_req *req, unsigned long n)
{
	unpin_user_page_range_dirty_lock(req->bv.bv_page, n, true);
}

/* The entries of a table that a device has written to. */
struct bvec_table {
	struct scatterlist *sg;
	int nents;
};

int bvec_table_start(struct bvec_table *t, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	sg_set_page(t->sg, page, PAGE_SIZE, 0);
	t->nents = 1;
	return 0;
}

void bvec_table_end(struct bvec_table *t)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(t->sg, sg, t->nents, i)
		unpin_user_page_range_dirty_lock(sg_page(sg), sg->length >> PAGE_SHIFT, true); /* gupconv: finding pins-per-bvec medium */
}

/* An acquire tells bytes, which begin at an offset. */
static void bvec_put_all(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]); /* gupconv: finding pins-per-bvec medium */
	kfree(pages);
}

int bvec_bytes(struct iov_iter *iter, struct device *dev, size_t max)
{
	struct page **pages;
	ssize_t bytes;
	size_t offset;
	unsigned int n;

	bytes = iov_iter_get_pages_alloc2(iter, &pages, max, &offset);
	if (bytes <= 0)
		return -EFAULT;
	n = bytes / PAGE_SIZE;
	dma_map_page(dev, pages[0], offset, PAGE_SIZE - offset, DMA_TO_DEVICE);
	bvec_put_all(pages, n);
	return 0;
}

/* Twin. */
static void bvec_put_all_right(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
	kfree(pages);
}

int bvec_bytes_right(struct iov_iter *iter, struct device *dev, size_t max)
{
	struct page **pages;
	ssize_t bytes;
	size_t offset;
	unsigned int n;

	bytes = iov_iter_get_pages_alloc2(iter, &pages, max, &offset);
	if (bytes <= 0)
		return -EFAULT;
	n = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);
	dma_map_page(dev, pages[0], offset, PAGE_SIZE - offset, DMA_TO_DEVICE);
	bvec_put_all_right(pages, n);
	return 0;
}

/* Rounded up, but without the offset. */
int bvec_rounded(struct iov_iter *iter, struct device *dev, size_t max)
{
	struct page **pages;
	ssize_t bytes;
	size_t offset, n, i;

	bytes = iov_iter_get_pages_alloc2(iter, &pages, max, &offset);
	if (bytes <= 0)
		return -EFAULT;
	dma_map_page(dev, pages[0], offset, PAGE_SIZE - offset, DMA_TO_DEVICE);
	n = DIV_ROUND_UP(bytes, PAGE_SIZE);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* gupconv: finding pins-per-bvec medium */
	kfree(pages);
	return 0;
}
