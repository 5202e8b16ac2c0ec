/* SPDX-License-Identifier: GPL-2.0-only */
/* What looks like a second release of the same pages. */
#include <linux/annotated.h>
#include <linux/bvec.h>
#include <linux/pagemap.h>

/* One page of several in either branch of a loop. */
int twice_branches(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=unconvertible-release not=own-reference releases= */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		struct folio *folio = page_folio(pages[i]);

		if (i & 1) {
			folio_put(folio);
			continue;
		}
		device_gets(dev, &pages[i], 1);
		folio_put(folio);
	}
	return 0;
}

/* Twin: a single page, and both are passed. */
int twice_folio(struct device *dev, unsigned long addr)
{
	struct page *page;
	struct folio *folio;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	folio = page_folio(page);
	folio_put(folio);
	if (addr)
		folio_put(folio);
	return 0;
}

/* Who gets memory with the pages in it gives them back where all went well, and only there. */
static void twice_unpin(struct bio_vec *bvec, int n)
{
	while (n--)
		put_page(bvec[n].bv_page); /* release: convert provenance=gup acquires=twice_bvec */
}

static int twice_copy(struct device *dev, struct bio_vec *bvec, int n)
{
	if (!dma_map_page(dev, bvec[0].bv_page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL))
		return -EFAULT;
	twice_unpin(bvec, n);
	return 0;
}

int twice_bvec(struct device *dev, unsigned long addr)
{
	struct bio_vec bvec[1];
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=twice_unpin not=own-reference */
		return -EFAULT;
	bvec[0].bv_page = page;
	ret = twice_copy(dev, bvec, 1);
	if (ret)
		twice_unpin(bvec, 1);
	return ret;
}

/* One array for two acquires, one after the other: each variable has the page of its own. */
int twice_in_turn(struct device *dev, unsigned long addr, int both)
{
	struct page *pages[1], *first, *second = NULL;
	int ret = -EFAULT;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pages) < 1) /* acquire: convertible case=1 not=own-reference releases=twice_in_turn */
		return -EFAULT;
	first = pages[0];
	if (both) {
		if (get_user_pages_fast(addr + PAGE_SIZE, 1, FOLL_WRITE, pages) < 1) /* acquire: convertible case=1 not=own-reference releases=twice_in_turn */
			goto unpin_first;
		second = pages[0];
		dma_map_page(dev, second, 0, PAGE_SIZE, DMA_TO_DEVICE);
	}
	dma_map_page(dev, first, 0, PAGE_SIZE, DMA_TO_DEVICE);
	ret = 0;
	if (both)
		put_page(second); /* release: convert provenance=gup acquires=twice_in_turn */
unpin_first:
	put_page(first); /* release: convert provenance=gup acquires=twice_in_turn */
	return ret;
}

/* Twin: the second one takes the page of the first before the array is filled anew. */
int twice_out_of_turn(struct device *dev, unsigned long addr, int both)
{
	struct page *pages[1], *first, *second = NULL;
	int ret = -EFAULT;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pages) < 1) /* acquire: refused reason=own-reference releases=twice_out_of_turn */
		return -EFAULT;
	first = pages[0];
	if (both) {
		second = pages[0];
		if (get_user_pages_fast(addr + PAGE_SIZE, 1, FOLL_WRITE, pages) < 1) /* acquire: refused releases=twice_out_of_turn */
			goto unpin_first;
		dma_map_page(dev, second, 0, PAGE_SIZE, DMA_TO_DEVICE);
	}
	dma_map_page(dev, first, 0, PAGE_SIZE, DMA_TO_DEVICE);
	ret = 0;
	if (both)
		put_page(second); /* release: refuse provenance=gup acquires=twice_out_of_turn */
unpin_first:
	put_page(first); /* release: refuse provenance=gup acquires=twice_out_of_turn */
	return ret;
}

/* What was taken out of the array is a page: the question before the release is no way around it. */
int twice_asked(unsigned long addr)
{
	struct page *pages[1], *page = NULL;
	int nid = -1;

	if (get_user_pages_fast(addr, 1, 0, pages) == 1) { /* acquire: keep case=4 not=release-not-found releases=twice_asked */
		page = pages[0];
		page = compound_head(page);
		nid = page_to_nid(page);
	}
	if (page)
		put_page(pages[0]); /* release: keep provenance=gup acquires=twice_asked */
	return nid;
}

/* Twin: another question. */
int twice_asked_nid(unsigned long addr)
{
	struct page *pages[1], *page = NULL;
	int nid = -1;

	if (get_user_pages_fast(addr, 1, 0, pages) == 1) { /* acquire: refused reason=release-not-found releases=twice_asked_nid */
		page = pages[0];
		page = compound_head(page);
		nid = page_to_nid(page);
	}
	if (nid)
		put_page(pages[0]); /* release: refuse provenance=gup acquires=twice_asked_nid */
	return nid;
}
