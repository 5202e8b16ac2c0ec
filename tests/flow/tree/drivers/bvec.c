// SPDX-License-Identifier: GPL-2.0-only
/* Pages in bio vectors, and bios. */
#include <linux/annotated.h>
#include <linux/bio.h>

struct bvec_request {
	struct bio_vec *bvecs;
	int nr;
	bool is_read;
};

int bvec_fill(struct bvec_request *req, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=bvec_done pattern=bvec-loop */
	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		bvec_set_page(&req->bvecs[i], pages[i], PAGE_SIZE, 0);
	req->nr = got;
	return 0;
}

void bvec_send(struct bvec_request *req, struct device *dev)
{
	int i;

	for (i = 0; i < req->nr; i++)
		dma_map_page(dev, req->bvecs[i].bv_page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

void bvec_done(struct bvec_request *req)
{
	int i;

	for (i = 0; i < req->nr; i++) {
		if (req->is_read)
			set_page_dirty_lock(req->bvecs[i].bv_page);
		put_page(req->bvecs[i].bv_page); /* release: convert provenance=gup pattern=bvec-loop acquires=bvec_fill */
	}
}

/* Fields set by hand, of another record's vectors with pages of its own: unrelated. */
struct bvec_own {
	struct bio_vec bv[4];
};

void bvec_own_fill(struct bvec_own *own)
{
	int i;

	for (i = 0; i < 4; i++)
		own->bv[i].bv_page = alloc_page(GFP_KERNEL);
}

void bvec_own_drop(struct bvec_own *own)
{
	int i;

	for (i = 0; i < 4; i++)
		put_page(own->bv[i].bv_page); /* release: unrelated provenance=never pattern=bvec-loop acquires= */
}

/* A bio that a completion function takes apart. */
static void bvec_bio_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		put_page(bv->bv_page); /* release: convert provenance=gup pattern=bvec-loop acquires=bvec_bio_send */
	bio_put(bio);
}

int bvec_bio_send(void *bdev, unsigned long addr)
{
	struct bio *bio;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=bvec_bio_end,bvec_bio_send */
		return -EFAULT;
	bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	if (!bio || bio_add_page(bio, page, PAGE_SIZE, 0) != PAGE_SIZE) {
		put_page(page); /* release: convert provenance=gup pattern=single acquires=bvec_bio_send */
		return -EIO;
	}
	bio->bi_end_io = bvec_bio_end;
	submit_bio(bio);
	return 0;
}

/* Container functions take and give as they were made to: nothing to do for their callers. */
int bvec_bio_iov(struct bio *bio, struct iov_iter *iter)
{
	int ret = bio_iov_iter_get_pages(bio, iter); /* acquire: keep reason=is-wrapper */

	if (ret)
		return ret;
	submit_bio(bio);
	bio_release_pages(bio, true); /* release: keep pattern=container */
	return 0;
}
