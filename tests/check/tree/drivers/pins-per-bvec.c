// SPDX-License-Identifier: GPL-2.0-only
/* A number of pages that is made of a length alone. */
#include <linux/annotated.h>
#include <linux/bvec.h>

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
