// SPDX-License-Identifier: GPL-2.0-only
/* User pages are marked dirty without the page lock. */
#include <linux/annotated.h>
#include <linux/mmu_notifier.h>
#include <linux/pagemap.h>

int unlocked_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty(page); /* gupconv: finding dirty-unlocked high */
	put_page(page);
	return 0;
}

/* Twin. */
int unlocked_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* The lock is taken by hand. */
int unlocked_by_hand(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	lock_page(page);
	set_page_dirty(page);
	unlock_page(page);
	put_page(page);
	return 0;
}

/* In a helper, by the flag alone. */
static void unlocked_put(struct page *page, bool dirty)
{
	if (dirty)
		SetPageDirty(page); /* gupconv: finding dirty-unlocked high */
	put_page(page);
}

int unlocked_helper(struct device *dev, unsigned long addr, bool read)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, read ? FOLL_WRITE : 0, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, read ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
	unlocked_put(page, read);
	return 0;
}

struct unlocked_buf {
	struct page **pages;
	int n;
};

/* A loop in another function. */
int unlocked_start(struct unlocked_buf *buf, struct device *dev, unsigned long addr)
{
	int i, n = pin_user_pages_fast(addr, buf->n, FOLL_WRITE | FOLL_LONGTERM, buf->pages);

	if (n != buf->n) {
		for (i = 0; i < n; i++)
			unpin_user_page(buf->pages[i]);
		return -EFAULT;
	}
	for (i = 0; i < n; i++)
		dma_map_page(dev, buf->pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void unlocked_end(struct unlocked_buf *buf)
{
	int i;

	for (i = 0; i < buf->n; i++) {
		set_page_dirty(buf->pages[i]); /* gupconv: finding dirty-unlocked high */
		unpin_user_page(buf->pages[i]);
	}
}

struct unlocked_mirror {
	struct mmu_notifier notifier;
	struct page *page;
};

/* A notifier cannot take the lock, which its caller may hold. */
int unlocked_mirror_start(struct unlocked_mirror *m, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &m->page) != 1)
		return -EFAULT;
	dma_map_page(dev, m->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

static int unlocked_mirror_drop(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct unlocked_mirror *m = container_of(mn, struct unlocked_mirror, notifier);

	set_page_dirty(m->page); /* gupconv: finding dirty-unlocked low */
	put_page(m->page);
	return 0;
}

const struct mmu_notifier_ops unlocked_mirror_ops = {
	.invalidate_range_start = unlocked_mirror_drop,
};
