/* SPDX-License-Identifier: GPL-2.0-only */
/* An iterator over the page: who gets it gets at the data. */
#include <linux/annotated.h>
#include <linux/uio.h>

ssize_t peek_write(struct iov_iter *iter);

static int peek_emit(struct page *page)
{
	struct bio_vec bvec = {
		.bv_page = page,
		.bv_len = PAGE_SIZE,
	};
	struct iov_iter iter;

	iov_iter_bvec(&iter, 1, &bvec, 1, PAGE_SIZE);
	return peek_write(&iter) == PAGE_SIZE;
}

int peek_dump(unsigned long addr)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep reason=read-only-peek not=case-4-struct-page-only releases=peek_dump */
		return -EFAULT;
	ret = peek_emit(page);
	put_page(page); /* release: keep provenance=gup acquires=peek_dump */
	return ret;
}

/* Twin: for what the data is read into, that is no peek. */
int peek_fill(unsigned long addr)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=5 releases=peek_fill */
		return -EFAULT;
	ret = peek_emit(page);
	put_page(page); /* release: convert provenance=gup acquires=peek_fill */
	return ret;
}
