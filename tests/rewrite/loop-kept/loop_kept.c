// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/highmem.h>

#define N 16

/* The index is read behind the loop. */
int loop_read(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return i;
}

/* Something else is done for each page. */
int loop_unmaps(struct device *dev, unsigned long addr, int n, dma_addr_t *at)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		dma_unmap_page(dev, at[i], PAGE_SIZE, DMA_BIDIRECTIONAL);
		put_page(pages[i]);
	}
	return 0;
}

/* An array of records: the pages do not lie side by side. */
struct loop_slot {
	struct page *page;
	dma_addr_t at;
};

int loop_records(struct device *dev, unsigned long addr, int n)
{
	struct loop_slot slots[N];
	int i, k;

	for (i = 0; i < n; i++) {
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE,
					&slots[i].page) != 1)
			break;
		slots[i].at = dma_map_page(dev, slots[i].page, 0, PAGE_SIZE,
					   DMA_BIDIRECTIONAL);
	}
	for (k = 0; k < i; k++)
		put_page(slots[k].page);
	return 0;
}

/* A comment, and a line that only some configurations see. */
int loop_comment(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		/* The device has let go of it. */
		put_page(pages[i]);
	return 0;
}

int loop_ifdef(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
#ifdef CONFIG_ANNOTATED
		flush_dcache_page(pages[i]);
#endif
		put_page(pages[i]);
	}
	return 0;
}

/* The condition has an effect of its own, and so has the step. */
int loop_effects(struct device *dev, unsigned long addr, int n, int *left)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++, (*left)--)
		put_page(pages[i]);
	return 0;
}
