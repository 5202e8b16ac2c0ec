// SPDX-License-Identifier: GPL-2.0-only
/* Functions that are stored in a bio, and one place from which those of all bios are called. */
#include <linux/annotated.h>
#include <linux/bio.h>

void callback_complete(struct bio *bio)
{
	bio->bi_end_io(bio);
}

/* The function that a bio has gets that bio, and not those of others. */
static void callback_user_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		put_page(bv->bv_page); /* release: convert provenance=gup acquires=callback_send_user */
	bio_put(bio);
}

static void callback_memory_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		__free_page(bv->bv_page);
	bio_put(bio);
}

int callback_send_memory(void *bdev)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);

	if (!bio || bio_add_page(bio, alloc_page(GFP_KERNEL), PAGE_SIZE, 0) != PAGE_SIZE)
		return -EIO;
	bio->bi_end_io = callback_memory_end;
	if (!bdev)
		callback_complete(bio);
	else
		submit_bio(bio);
	return 0;
}

int callback_send_user(void *bdev, unsigned long addr)
{
	struct bio *bio;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=callback_send_user,callback_user_end */
		return -EFAULT;
	bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	if (!bio || bio_add_page(bio, page, PAGE_SIZE, 0) != PAGE_SIZE) {
		put_page(page); /* release: convert provenance=gup acquires=callback_send_user */
		return -EIO;
	}
	bio->bi_end_io = callback_user_end;
	if (!bdev)
		callback_complete(bio);
	else
		submit_bio(bio);
	return 0;
}

/* Twin: bios of both kinds have the same function. */
static void callback_same_user_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		put_page(bv->bv_page); /* release: refuse reason=mixed-provenance */
	bio_put(bio);
}

static void callback_same_memory_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		__free_page(bv->bv_page);
	bio_put(bio);
}

int callback_same_send_memory(void *bdev)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);

	if (!bio || bio_add_page(bio, alloc_page(GFP_KERNEL), PAGE_SIZE, 0) != PAGE_SIZE)
		return -EIO;
	bio->bi_end_io = callback_same_user_end;
	if (!bdev)
		callback_complete(bio);
	else
		submit_bio(bio);
	return 0;
}

int callback_same_send_user(void *bdev, unsigned long addr)
{
	struct bio *bio;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused */
		return -EFAULT;
	bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	if (!bio || bio_add_page(bio, page, PAGE_SIZE, 0) != PAGE_SIZE) {
		put_page(page); /* release: refuse */
		return -EIO;
	}
	bio->bi_end_io = callback_same_user_end;
	if (!bdev)
		callback_complete(bio);
	else
		submit_bio(bio);
	return 0;
}

/* The function is passed on before it is stored. */
static void callback_send(struct bio *bio, void (*end)(struct bio *bio))
{
	bio->bi_end_io = end;
	submit_bio(bio);
}

static void callback_passed_end(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bv;

	bio_for_each_segment_all(bv, bio, iter)
		put_page(bv->bv_page); /* release: convert provenance=gup acquires=callback_passed */
	bio_put(bio);
}

int callback_passed(void *bdev, unsigned long addr)
{
	struct bio *bio;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=callback_passed,callback_passed_end */
		return -EFAULT;
	bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	if (!bio || bio_add_page(bio, page, PAGE_SIZE, 0) != PAGE_SIZE) {
		put_page(page); /* release: convert provenance=gup acquires=callback_passed */
		return -EIO;
	}
	callback_send(bio, callback_passed_end);
	return 0;
}
