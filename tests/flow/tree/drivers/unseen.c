// SPDX-License-Identifier: GPL-2.0-only
/* What cannot be seen: code without a body, pages that leave the view. */
#include <linux/annotated.h>
#include <linux/mmu_notifier.h>

void blob_consume(struct page **pages, int n);
void blob_take(struct page *page);

/* A function without a body in the tree gets the array: it may keep or release the pages. */
int unseen_array(struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: refused reason=unseen-code releases=unseen_array */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	blob_consume(pages, got);
	release_pages(pages, got); /* release: refuse provenance=gup acquires=unseen_array */
	return 0;
}

/* Twin: it gets something else. */
int unseen_nothing(struct device *dev, unsigned long addr, struct page **others)
{
	struct page *pages[8];
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: convertible not=unseen-code releases=unseen_nothing */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	blob_consume(others, got);
	release_pages(pages, got); /* release: convert provenance=gup acquires=unseen_nothing */
	return 0;
}

int unseen_page(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=unseen-code releases= */
		return -EFAULT;
	blob_take(page);
	return 0;
}

/* No release anywhere. */
int unseen_leak(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found pattern=none releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	return 0;
}

/* A call through a pointer that nobody sets. */
struct unseen_hooks {
	void (*drop)(struct page **pages, int n);
};

int unseen_hook(const struct unseen_hooks *hooks, struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: refused releases= */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	hooks->drop(pages, got);
	return 0;
}

/* Mapped into another process: that takes a reference of its own, the user's is put here. */
int unseen_mapped(struct vm_area_struct *vma, struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=unseen_mapped */
		return -EFAULT;
	device_gets(dev, &page, 1);
	ret = vm_insert_page(vma, vma->vm_start, page);
	put_page(page); /* release: convert provenance=gup acquires=unseen_mapped */
	return ret;
}
