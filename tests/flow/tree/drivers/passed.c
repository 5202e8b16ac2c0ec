/* SPDX-License-Identifier: GPL-2.0-only */
/* A parameter tells pages of two kinds apart; later the function uses it for what has no page. */
#include <linux/annotated.h>

struct passed_frag {
	struct page *page;
	int put;
};

struct passed_pkt {
	struct passed_frag frags[16];
	int nr;
};

static void passed_frag_init(struct passed_pkt *pkt, struct page *page, int put)
{
	pkt->frags[pkt->nr].page = page;
	pkt->frags[pkt->nr].put = put;
	pkt->nr++;
}

static int passed_add(struct passed_pkt *pkt, struct device *dev, struct page *page, int put, int len)
{
	if (!dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL)) {
		if (put)
			put_page(page); /* release: convert provenance=flagged acquires=passed_user */
		else
			__free_page(page);
		return -EFAULT;
	}
	while (len > 0) {
		passed_frag_init(pkt, page, put);
		len -= 512;
		if (len > 0) {
			put = 0;
			page = NULL;
		}
	}
	return 0;
}

int passed_user(struct passed_pkt *pkt, struct device *dev, unsigned long addr, int n, int len)
{
	struct page *pages[8];
	int i, ret, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=passed_add,passed_free,passed_user not=own-reference,unconvertible-release */

	if (got != n) {
		ret = -EFAULT;
		i = 0;
		goto out;
	}
	for (i = 0; i < got; i++) {
		ret = passed_add(pkt, dev, pages[i], 1, len);
		if (ret < 0) {
			/* this one was given back there */
			i++;
			goto out;
		}
	}
	return 0;
out:
	while (i < got)
		put_page(pages[i++]); /* release: convert provenance=gup acquires=passed_user */
	return ret;
}

int passed_kernel(struct passed_pkt *pkt, struct device *dev, int len)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	return passed_add(pkt, dev, page, 0, len);
}

void passed_free(struct passed_pkt *pkt)
{
	int i;

	for (i = 0; i < pkt->nr; i++) {
		if (!pkt->frags[i].page)
			continue;
		if (pkt->frags[i].put)
			put_page(pkt->frags[i].page); /* release: convert provenance=flagged acquires=passed_user */
		else
			__free_page(pkt->frags[i].page);
	}
}

/* Twin: the flag changes, and the page is still there. */
struct passed_kept {
	struct passed_kept_frag {
		struct page *page;
		int put;
	} frags[16];
	int nr;
};

static void passed_kept_init(struct passed_kept *pkt, struct page *page, int put)
{
	pkt->frags[pkt->nr].page = page;
	pkt->frags[pkt->nr].put = put;
	pkt->nr++;
}

static int passed_kept_add(struct passed_kept *pkt, struct page *page, int put, int len)
{
	while (len > 0) {
		passed_kept_init(pkt, page, put);
		len -= 512;
		if (len > 0)
			put = 0;
	}
	return 0;
}

int passed_kept_user(struct passed_kept *pkt, struct device *dev, unsigned long addr, int len)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unconvertible-release releases=passed_kept_free */
		return -EFAULT;
	device_gets(dev, &page, 1);
	return passed_kept_add(pkt, page, 1, len);
}

int passed_kept_kernel(struct passed_kept *pkt, int len)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	return passed_kept_add(pkt, page, 0, len);
}

void passed_kept_free(struct passed_kept *pkt)
{
	int i;

	for (i = 0; i < pkt->nr; i++) {
		if (pkt->frags[i].put)
			put_page(pkt->frags[i].page); /* release: refuse provenance=mixed acquires=passed_kept_user */
		else
			__free_page(pkt->frags[i].page);
	}
}

/* Not the page, but the array: all of it is given back there, and then again. */
static int passed_array(struct device *dev, struct page **pages, int n)
{
	int i;

	if (!dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL)) {
		for (i = 0; i < n; i++)
			put_page(pages[i]); /* release: refuse provenance=gup acquires=passed_twice */
		return -EFAULT;
	}
	return 0;
}

int passed_twice(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, ret, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=own-reference releases=passed_array,passed_twice */

	if (got <= 0)
		return -EFAULT;
	ret = passed_array(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=passed_twice */
	return ret;
}
