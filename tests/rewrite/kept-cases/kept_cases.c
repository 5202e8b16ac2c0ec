// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/highmem.h>
#include <linux/mmu_notifier.h>

/* Case 4: only facts of struct page are wanted. */
int kept_node(unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	nid = page_to_nid(page);
	put_page(page);
	return nid;
}

/* Case 3: a notifier stops the device and drops the page. */
struct kept_mirror {
	struct mmu_interval_notifier notifier;
	struct device *dev;
	dma_addr_t at;
	struct page *page;
};

static bool kept_invalidate(struct mmu_interval_notifier *notifier,
			    const struct mmu_notifier_range *range,
			    unsigned long seq)
{
	struct kept_mirror *m = container_of(notifier, struct kept_mirror,
					     notifier);

	dma_unmap_page(m->dev, m->at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(m->page);
	m->page = NULL;
	return true;
}

static const struct mmu_interval_notifier_ops kept_ops = {
	.invalidate = kept_invalidate,
};

int kept_mirror_get(struct kept_mirror *m, struct mm_struct *mm,
		    unsigned long addr)
{
	int ret = mmu_interval_notifier_insert(&m->notifier, mm, addr,
					       PAGE_SIZE, &kept_ops);

	if (ret)
		return ret;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &m->page) != 1)
		return -EFAULT;
	m->at = dma_map_page(m->dev, m->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/* A look at one page. */
int kept_peek(unsigned long addr, u32 *value)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	kaddr = kmap_local_page(page);
	memcpy(value, kaddr + offset_in_page(addr), sizeof(*value));
	kunmap_local(kaddr);
	put_page(page);
	return 0;
}

/* Case 5: the kernel writes the data. */
int kept_not(unsigned long addr, u32 *value)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	kaddr = kmap_local_page(page);
	memcpy(kaddr + offset_in_page(addr), value, sizeof(*value));
	kunmap_local(kaddr);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* No array: nothing is acquired. */
long kept_nothing(unsigned long addr, unsigned long n)
{
	return get_user_pages(addr, n, FOLL_WRITE, NULL);
}
