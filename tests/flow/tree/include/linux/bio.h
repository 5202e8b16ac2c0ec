/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BIO_H
#define _LINUX_BIO_H
#include <linux/uio.h>
struct bio {
	struct bio_vec *bi_io_vec;
	unsigned short bi_vcnt;
	void (*bi_end_io)(struct bio *bio);
	void *bi_private;
};
struct bio *bio_alloc(void *bdev, unsigned short nr_vecs, unsigned int opf, gfp_t gfp_mask);
void bio_put(struct bio *bio);
int bio_add_page(struct bio *bio, struct page *page, unsigned int len, unsigned int offset);
void bio_free_pages(struct bio *bio);
void submit_bio(struct bio *bio);
int bio_iov_iter_get_pages(struct bio *bio, struct iov_iter *iter);
void __bio_release_pages(struct bio *bio, bool mark_dirty);
static inline void bio_release_pages(struct bio *bio, bool mark_dirty)
{
	if (bio->bi_vcnt)
		__bio_release_pages(bio, mark_dirty); /* release: keep */
}

static inline struct bio_vec *bvec_init_iter_all(struct bvec_iter_all *iter_all)
{
	iter_all->done = 0;
	iter_all->idx = 0;
	return &iter_all->bv;
}

static inline bool bio_next_segment(const struct bio *bio, struct bvec_iter_all *iter)
{
	if (iter->idx >= bio->bi_vcnt)
		return false;
	iter->bv = bio->bi_io_vec[iter->idx++];
	return true;
}

#define bio_for_each_segment_all(bvl, bio, iter) \
	for (bvl = bvec_init_iter_all(&iter); bio_next_segment((bio), &iter);)
#endif
