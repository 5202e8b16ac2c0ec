// SPDX-License-Identifier: GPL-2.0-only
/* An error that is compared with an unsigned number passes for a large one. */
#include <linux/annotated.h>

static void compare_release(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		unpin_user_page(pages[i]);
}

int compare_wrong(struct device *dev, unsigned long addr, unsigned int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret < n) { /* gupconv: finding signed-unsigned-compare high */
		if (ret > 0)
			unpin_user_pages(pages, ret);
		return ret < 0 ? ret : -EFAULT;
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* Twin. */
int compare_right(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret < n) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		return ret < 0 ? ret : -EFAULT;
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* The same comparison, behind the question that matters. */
int compare_asked(struct device *dev, unsigned long addr, unsigned int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret < 0)
		return ret;
	if (ret < n) {
		unpin_user_pages(pages, ret);
		return -EFAULT;
	}
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* Before the question, which still comes. */
int compare_asked_later(struct device *dev, unsigned long addr, unsigned int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret < n && ret > 0) {
		unpin_user_pages(pages, ret);
		return -EFAULT;
	}
	if (ret <= 0)
		return ret;
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_pages(pages, n);
	return 0;
}

/* The result is stored as an unsigned number. */
int compare_unsigned(struct device *dev, unsigned long addr, unsigned long n, struct page **pages)
{
	unsigned long pinned;
	int ret = -EFAULT;

	pinned = pin_user_pages(addr, n, 0, pages);
	if (pinned != n)
		goto out;
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	ret = 0;
out:
	if (pinned > 0) /* gupconv: finding signed-unsigned-compare high */
		compare_release(pages, pinned);
	return ret;
}

struct compare_set {
	struct page **pages;
	unsigned int n;
	int pinned;
};

/* In a member, turned round. */
int compare_member(struct compare_set *set, struct device *dev, unsigned long addr)
{
	set->pinned = get_user_pages_fast(addr, set->n, 0, set->pages);
	if (set->n > set->pinned) /* gupconv: finding signed-unsigned-compare high */
		return -EFAULT;
	dma_map_page(dev, set->pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	return 0;
}

void compare_member_end(struct compare_set *set)
{
	int i;

	for (i = 0; i < set->pinned; i++)
		put_page(set->pages[i]);
}

/* In the condition. */
int compare_inside(struct device *dev, unsigned long addr, size_t n, struct page **pages)
{
	long ret;

	if ((ret = pin_user_pages_unlocked(addr, n, pages, 0)) >= n) { /* gupconv: finding signed-unsigned-compare high */
		dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
		unpin_user_pages(pages, n);
		return 0;
	}
	if (ret > 0)
		unpin_user_pages(pages, ret);
	return -EFAULT;
}

/* Somebody wants it so. */
int compare_cast(struct device *dev, unsigned long addr, unsigned int n, struct page **pages)
{
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if ((unsigned int)ret >= 1 && (unsigned int)ret <= n) {
		dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
		unpin_user_pages(pages, ret);
		return 0;
	}
	return ret ? ret : -EFAULT;
}
