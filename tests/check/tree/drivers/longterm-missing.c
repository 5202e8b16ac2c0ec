// SPDX-License-Identifier: GPL-2.0-only
/* Pins for as long as user space likes. */
#include <linux/annotated.h>
#include <linux/fs.h>
#include <linux/sched.h>

struct longterm_region {
	struct page *page;
	struct mm_struct *mm;
};

long longterm_register_wrong(struct longterm_region *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &r->page) != 1) { /* gupconv: finding longterm-missing high */
		account_locked_vm(current->mm, 1, false);
		return -EFAULT;
	}
	r->mm = current->mm;
	dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void longterm_unregister_wrong(struct longterm_region *r)
{
	unpin_user_pages_dirty_lock(&r->page, 1, true);
	account_locked_vm(r->mm, 1, false);
}

struct longterm_kept {
	struct page *page;
	struct mm_struct *mm;
};

/* Twin. */
long longterm_register_right(struct longterm_kept *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &r->page) != 1) {
		account_locked_vm(current->mm, 1, false);
		return -EFAULT;
	}
	r->mm = current->mm;
	dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void longterm_unregister_right(struct longterm_kept *r)
{
	unpin_user_pages_dirty_lock(&r->page, 1, true);
	account_locked_vm(r->mm, 1, false);
}

struct longterm_alone {
	struct page *page;
};

/* Not accounted: it may be that something else ends it soon. */
int longterm_start(struct longterm_alone *r, struct device *dev, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &r->page) != 1) /* gupconv: finding longterm-missing low */
		return -EFAULT;
	dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void longterm_stop(struct longterm_alone *r)
{
	unpin_user_pages_dirty_lock(&r->page, 1, true);
}

/* The operation ends here. */
int longterm_short(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	ret = -EFAULT;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) == 1) {
		dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
		unpin_user_pages_dirty_lock(&page, 1, true);
		ret = 0;
	}
	account_locked_vm(current->mm, 1, false);
	return ret;
}

struct longterm_got {
	struct page *page;
};

/* get_user_pages() refuses the flag. */
long longterm_get(struct longterm_got *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &r->page) != 1) {
		account_locked_vm(current->mm, 1, false);
		return -EFAULT;
	}
	dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return 0;
}

void longterm_put(struct longterm_got *r)
{
	set_page_dirty_lock(r->page);
	put_page(r->page);
	account_locked_vm(current->mm, 1, false);
}

/* A table for a device, accounted by the counter itself. */
struct longterm_table {
	struct sg_table sgt;
	struct page **pages;
	struct mm_struct *mm;
	int nr;
};

void atomic64_add(s64 n, atomic64_t *v);
void atomic64_sub(s64 n, atomic64_t *v);

int longterm_table_start(struct longterm_table *t, struct device *dev, unsigned long addr)
{
	int got = pin_user_pages_fast(addr, t->nr, FOLL_WRITE, t->pages); /* gupconv: finding longterm-missing high */

	if (got != t->nr) {
		if (got > 0)
			unpin_user_pages(t->pages, got);
		return -EFAULT;
	}
	atomic64_add(t->nr, &t->mm->pinned_vm);
	device_gets(dev, t->pages, t->nr);
	return 0;
}

void longterm_table_stop(struct longterm_table *t)
{
	unpin_user_pages_dirty_lock(t->pages, t->nr, true);
	atomic64_sub(t->nr, &t->mm->pinned_vm);
}

/* Flags that a caller makes, and a wrapper that accounts for it. */
static int longterm_pin(struct longterm_alone *r, unsigned long addr, unsigned int flags)
{
	if (pin_user_pages_fast(addr, 1, flags, &r->page) != 1) /* gupconv: finding longterm-missing high */
		return -EFAULT;
	return 0;
}

int longterm_caller(struct longterm_alone *r, struct device *dev, unsigned long addr, bool write)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	ret = longterm_pin(r, addr, write ? FOLL_WRITE : 0);
	if (ret) {
		account_locked_vm(current->mm, 1, false);
		return ret;
	}
	dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	return 0;
}

void longterm_caller_end(struct longterm_alone *r)
{
	unpin_user_page(r->page);
	account_locked_vm(current->mm, 1, false);
}
