// SPDX-License-Identifier: GPL-2.0-only
/* The error of an acquire is lost. */
#include <linux/annotated.h>

int overwritten_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0)
		goto out;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
out:
	ret = 0;
	return ret; /* gupconv: finding error-overwritten high */
}

/* Twin. */
int overwritten_right(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0)
		goto out;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	ret = 0;
out:
	return ret;
}

/* Nobody sees it. */
int overwritten_dropped(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) == 1) {
		dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
		unpin_user_page(page);
	}
	return 0; /* gupconv: finding error-overwritten low */
}

/* Another one takes its place. */
int overwritten_other(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret != 1)
		return -EIO;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	return 0;
}

/* No status at all. */
bool overwritten_truth(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return false;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	return true;
}
