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

/* What the cleanup says takes its place. */
int stop_transfer(struct device *dev);

int overwritten_cleanup(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0)
		goto out;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
out:
	ret = stop_transfer(dev);
	return ret; /* gupconv: finding error-overwritten high */
}

/* Twin: it says so of nothing but its own. */
int overwritten_cleanup_right(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0)
		goto out;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	ret = 0;
out:
	stop_transfer(dev);
	return ret;
}

/* Accounting is taken back by a call with a status of its own. */
struct overwritten_region {
	struct page **pages;
	struct mm_struct *mm;
};

int overwritten_account(struct overwritten_region *r, struct device *dev, unsigned long addr, int n)
{
	int ret = account_locked_vm(r->mm, n, true), pinned;

	if (ret)
		return ret;
	pinned = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, r->pages);
	if (pinned < 0) {
		ret = pinned; /* gupconv: finding error-overwritten high */
		goto account;
	}
	if (pinned != n) {
		ret = -EFAULT; /* gupconv: finding error-overwritten high */
		goto unpin;
	}
	device_gets(dev, r->pages, n);
	return 0;
unpin:
	unpin_user_pages(r->pages, pinned);
account:
	ret = account_locked_vm(r->mm, n, false);
	return ret;
}

void overwritten_account_end(struct overwritten_region *r, int n)
{
	unpin_user_pages_dirty_lock(r->pages, n, true);
	account_locked_vm(r->mm, n, false);
}

/* Twin. */
int overwritten_account_right(struct overwritten_region *r, struct device *dev, unsigned long addr,
			      int n)
{
	int ret = account_locked_vm(r->mm, n, true), pinned;

	if (ret)
		return ret;
	pinned = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, r->pages);
	if (pinned < 0) {
		ret = pinned;
		goto account;
	}
	if (pinned != n) {
		ret = -EFAULT;
		goto unpin;
	}
	device_gets(dev, r->pages, n);
	return 0;
unpin:
	unpin_user_pages(r->pages, pinned);
account:
	account_locked_vm(r->mm, n, false);
	return ret;
}

/* By a label of the cleanup that success goes through, too. */
int overwritten_label(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got, ret;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got < n) {
		ret = -EFAULT; /* gupconv: finding error-overwritten high */
		goto unpin;
	}
	device_gets(dev, pages, n);
unpin:
	if (got > 0)
		unpin_user_pages_dirty_lock(pages, got, true);
	ret = stop_transfer(dev);
	kfree(pages);
	return ret;
}

/* No fault: what is done instead of the acquire has a status of its own. */
int copy_instead(struct device *dev, unsigned long addr);

int overwritten_instead(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0) {
		ret = copy_instead(dev, addr);
		return ret;
	}
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	unpin_user_page(page);
	return 0;
}

/* No fault: an error that was set beforehand is there for what comes first. */
int overwritten_preset(struct device *dev, unsigned long addr, int n)
{
	int ret = -ENOMEM;
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);

	if (!pages)
		goto out;
	ret = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (ret < 0)
		goto free;
	device_gets(dev, pages, ret);
	unpin_user_pages_dirty_lock(pages, ret, true);
	ret = stop_transfer(dev);
free:
	kfree(pages);
out:
	return ret;
}
