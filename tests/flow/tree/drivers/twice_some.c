/* SPDX-License-Identifier: GPL-2.0-only */
/* Two releases of one array, where it is not certain that both are of the same pages. */
#include <linux/annotated.h>
#include <linux/bvec.h>
#include <linux/pagemap.h>

int device_asks(struct device *dev);

/* A loop that gives back some of the pages, and stops; the others are given back behind it. */
int twice_tail(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 not=own-reference releases=twice_tail */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		if (!dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL))
			break;
		put_page(pages[i]); /* release: convert provenance=gup acquires=twice_tail */
	}
	for (; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup acquires=twice_tail */
	return 0;
}

/* Twin: the first loop gives back all of them. */
int twice_whole(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=own-reference releases=twice_whole */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
		put_page(pages[i]); /* release: refuse provenance=gup acquires=twice_whole */
	}
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=twice_whole */
	return 0;
}

/* Some are given back early, on a condition of their own, and the others at the end. */
int twice_skipped(struct device *dev, unsigned long addr, int n, unsigned long early)
{
	struct page *pages[8];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 not=own-reference releases=twice_skipped */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	for (i = 0; i < got; i++)
		if (early & 1UL << i)
			put_page(pages[i]); /* release: convert provenance=gup acquires=twice_skipped */
	for (i = 0; i < got; i++)
		if (!(early & 1UL << i))
			put_page(pages[i]); /* release: convert provenance=gup acquires=twice_skipped */
	return 0;
}

/* Whether the pages that an object leads to are its own, the object says. */
struct twice_data {
	struct page **pages;
	int nr, owned;
};

static void twice_data_free(struct twice_data *data)
{
	int i;

	for (i = 0; data->owned && i < data->nr; i++)
		put_page(data->pages[i]); /* release: convert provenance=gup acquires=twice_lent */
}

static int twice_read(struct device *dev, struct page **pages, int nr, int owned)
{
	struct twice_data data = { .pages = pages, .nr = nr, .owned = owned };

	device_gets(dev, data.pages, data.nr);
	twice_data_free(&data);
	return 0;
}

int twice_lent(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, ret, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 not=own-reference releases=twice_data_free,twice_lent */

	if (got <= 0)
		return -EFAULT;
	ret = twice_read(dev, pages, got, 0);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup acquires=twice_lent */
	return ret;
}

/* Twin: passed from one to the next, down to the release. */
static void twice_free(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=twice_passed */
}

static int twice_use(struct device *dev, struct page **pages, int nr)
{
	int ret = dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_BIDIRECTIONAL) ? 0 : -EFAULT;

	twice_free(pages, nr);
	return ret;
}

int twice_passed(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, ret, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=own-reference releases=twice_free,twice_passed */

	if (got <= 0)
		return -EFAULT;
	ret = twice_use(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=twice_passed */
	return ret;
}

/* A variable that has got another page since the release is that of the other one. */
int twice_replaced(struct device *dev, unsigned long addr, int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (device_asks(dev)) {
			if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused not=own-reference releases=twice_replaced */
				return -EFAULT;
		} else {
			page = alloc_page(GFP_KERNEL);
		}
		device_gets(dev, &page, 1);
		if (device_asks(dev))
			put_page(page); /* release: refuse provenance=mixed acquires=twice_replaced */
		else
			put_page(page); /* release: refuse provenance=mixed acquires=twice_replaced */
	}
	return 0;
}

/* Twin: nothing takes its place. */
int twice_left(struct device *dev, unsigned long addr, int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (device_asks(dev) &&
		    get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference releases=twice_left */
			return -EFAULT;
		device_gets(dev, &page, 1);
		if (device_asks(dev))
			put_page(page); /* release: refuse provenance=gup acquires=twice_left */
		else
			put_page(page); /* release: refuse provenance=gup acquires=twice_left */
	}
	return 0;
}
