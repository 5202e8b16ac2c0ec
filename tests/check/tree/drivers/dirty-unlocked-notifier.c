// SPDX-License-Identifier: GPL-2.0-only
/*
 * MMU notifiers are registered for somebody else, whose callbacks are not in view: they may call
 * what other files can call, under the page lock or not.
 */
#include <linux/annotated.h>
#include <linux/mmu_notifier.h>
#include <linux/pagemap.h>

struct beside {
	struct mmu_interval_notifier notifier;
	struct device *dev;
	struct page *page;
};

int beside_start(struct beside *b, struct mm_struct *mm, unsigned long addr,
		 const struct mmu_interval_notifier_ops *ops)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &b->page) != 1)
		return -EFAULT;
	dma_map_page(b->dev, b->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return mmu_interval_notifier_insert(&b->notifier, mm, addr, PAGE_SIZE, ops);
}

void beside_drop(struct beside *b)
{
	set_page_dirty(b->page); /* gupconv: finding dirty-unlocked low */
	put_page(b->page);
}
