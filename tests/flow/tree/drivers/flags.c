// SPDX-License-Identifier: GPL-2.0-only
/* Flags, directions and accounting: faults of these do not stand against a conversion. */
#include <linux/annotated.h>

/* FOLL_GET has to go when the call becomes pin_user_pages_fast(). */
int flags_get(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_GET, &page) != 1) /* acquire: convertible case=1 releases=flags_get */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=flags_get */
	return 0;
}

/* A bool where flags are wanted: happens to be FOLL_WRITE. */
int flags_bool(struct device *dev, unsigned long addr, bool write)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, write, &page) != 1) /* acquire: convertible case=1 releases=flags_bool */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=flags_bool */
	return 0;
}

/* The device writes, the flags say that it does not, and nothing is dirtied. */
int flags_direction(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: convertible case=1 releases=flags_direction */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	put_page(page); /* release: convert provenance=gup acquires=flags_direction */
	return 0;
}

/* Long-term already by its flag, which get_user_pages*() refuses since v5.10. */
struct flags_region {
	struct page *page;
};

int flags_longterm(struct flags_region *r, struct device *dev, unsigned long addr)
{
	if (get_user_pages(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &r->page) != 1) /* acquire: convertible case=2 longterm releases=flags_longterm_end */
		return -EFAULT;
	device_gets(dev, &r->page, 1);
	return 0;
}

void flags_longterm_end(struct flags_region *r)
{
	put_page(r->page); /* release: convert provenance=gup acquires=flags_longterm */
}

/* Accounted two, pinned one. */
int flags_accounting(struct flags_region *r, struct device *dev, struct mm_struct *mm,
		     unsigned long addr)
{
	struct page *page;

	mm->pinned_vm.counter += 2;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1) /* acquire: converted reason=already-converted releases=flags_accounting */
		return -EFAULT;
	device_gets(dev, &page, 1);
	unpin_user_page(page); /* release: converted provenance=gup acquires=flags_accounting */
	mm->pinned_vm.counter -= 1;
	return 0;
}

/* All pages of one folio, and a single pin is given back. */
int flags_folio_short(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=flags_folio_short known: the count of a folio release is not compared */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	unpin_user_folio(page_folio(pages[0]), 1); /* release: refuse provenance=gup acquires=flags_folio_short known: the count of a folio release is not compared */
	return 0;
}

/* Twin: as many as there are. */
int flags_folio(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: converted releases=flags_folio */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	unpin_user_folio(page_folio(pages[0]), got); /* release: converted provenance=gup acquires=flags_folio */
	return 0;
}
