// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/bvec.h>

struct bvec_request {
	struct bio_vec bvecs[16];
	int nr;
};

int bvec_request_fill(struct bvec_request *req, struct device *dev,
		      unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		bvec_set_page(&req->bvecs[i], pages[i], PAGE_SIZE, 0);
	req->nr = got;
	return 0;
}

void bvec_request_done(struct bvec_request *req)
{
	int i;

	for (i = 0; i < req->nr; i++)
		put_page(req->bvecs[i].bv_page);
}
