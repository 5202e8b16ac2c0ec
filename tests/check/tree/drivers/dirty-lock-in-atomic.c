// SPDX-License-Identifier: GPL-2.0-only
/* The page lock is taken where the code must not sleep. */
#include <linux/annotated.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct atomic_dev {
	spinlock_t lock;
	struct page *page;
};

int atomic_wrong(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	spin_lock(&a->lock);
	unpin_user_pages_dirty_lock(&page, 1, true); /* gupconv: finding dirty-lock-in-atomic high */
	spin_unlock(&a->lock);
	return 0;
}

/* Twin. */
int atomic_right(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	spin_lock(&a->lock);
	spin_unlock(&a->lock);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* Without anything to be dirtied it does not sleep. */
int atomic_clean(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	spin_lock(&a->lock);
	unpin_user_pages_dirty_lock(&page, 1, false);
	spin_unlock(&a->lock);
	return 0;
}

/* The lock is a caller's. */
static void atomic_put(struct page *page, bool dirty)
{
	unpin_user_pages_dirty_lock(&page, 1, dirty); /* gupconv: finding dirty-lock-in-atomic high */
}

int atomic_caller(struct atomic_dev *a, struct device *dev, unsigned long addr, bool read)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, read ? FOLL_WRITE : 0, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, read ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
	spin_lock(&a->lock);
	atomic_put(page, read);
	spin_unlock(&a->lock);
	return 0;
}

/* The caller with the lock has nothing to dirty, the one without has. */
static void atomic_put_either(struct page *page, bool dirty)
{
	unpin_user_pages_dirty_lock(&page, 1, dirty);
}

int atomic_callers(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE)) {
		spin_lock(&a->lock);
		atomic_put_either(page, false);
		spin_unlock(&a->lock);
		return -EIO;
	}
	atomic_put_either(page, true);
	return 0;
}

/* A call that dirties, and a release that does not. */
int atomic_loop(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	unsigned long flags;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	spin_lock_irqsave(&a->lock, flags);
	set_page_dirty_lock(page); /* gupconv: finding dirty-lock-in-atomic high */
	spin_unlock_irqrestore(&a->lock, flags);
	put_page(page);
	return 0;
}

/* Interrupt handlers are called by somebody else. */
int atomic_start(struct atomic_dev *a, struct device *dev, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &a->page) != 1)
		return -EFAULT;
	dma_map_page(dev, a->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

static irqreturn_t atomic_interrupt(int irq, void *data)
{
	struct atomic_dev *a = data;

	unpin_user_pages_dirty_lock(&a->page, 1, true); /* gupconv: finding dirty-lock-in-atomic medium */
	return IRQ_HANDLED;
}

int atomic_probe(struct atomic_dev *a)
{
	return request_irq(1, atomic_interrupt, 0, "atomic", a);
}
