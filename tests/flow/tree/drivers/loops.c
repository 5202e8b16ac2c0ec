// SPDX-License-Identifier: GPL-2.0-only
/* Loops over an array of pages, in all the shapes of the pattern names. */
#include <linux/annotated.h>

#define N 16

int loop_plain(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop releases=loop_plain */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=loop_plain */
	return 0;
}

/* The page is taken out of the array first. */
int loop_variable(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop releases=loop_variable */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; ++i) {
		struct page *page = pages[i];

		put_page(page); /* release: convert provenance=gup pattern=loop acquires=loop_variable */
	}
	return 0;
}

/* A while loop and a pointer that steps over the array. */
int loop_pointer(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N], **p = pages;
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=loop_pointer */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	while (p < pages + got)
		put_page(*p++); /* release: convert provenance=gup acquires=loop_pointer */
	return 0;
}

int loop_dirty(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-dirty releases=loop_dirty */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-dirty acquires=loop_dirty */
	}
	return 0;
}

int loop_conditional(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-conditional-dirty releases=loop_conditional */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-conditional-dirty acquires=loop_conditional */
	}
	return 0;
}

/* The condition belongs to the page: the loop stays, the calls are swapped. */
int loop_condition_per_page(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=loop_condition_per_page */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (!PageReserved(pages[i]))
			SetPageDirty(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup acquires=loop_condition_per_page */
	}
	return 0;
}

/* Slots that may be empty: the check cannot be dropped. */
int loop_null_check(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-null-check releases=loop_null_check */
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++) {
		if (pages[i])
			put_page(pages[i]); /* release: convert provenance=gup pattern=loop-null-check reason=holes-possible acquires=loop_null_check */
	}
	kfree(pages);
	return 0;
}

/* The same with continue. */
int loop_null_continue(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-null-check releases=loop_null_continue */
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++) {
		if (!pages[i])
			continue;
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-null-check acquires=loop_null_continue */
	}
	kfree(pages);
	return 0;
}

int loop_clear(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-clear releases=loop_clear */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-clear acquires=loop_clear */
		pages[i] = NULL;
	}
	return 0;
}

/* The loop does something else, too: it must stay, one for one inside. */
int loop_kept(struct device *dev, unsigned long addr, int n, dma_addr_t *at)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop-kept releases=loop_kept */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		dma_unmap_page(dev, at[i], PAGE_SIZE, DMA_BIDIRECTIONAL);
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-kept acquires=loop_kept */
	}
	return 0;
}

int loop_down(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=count-down releases=loop_down */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	while (got--)
		put_page(pages[got]); /* release: convert provenance=gup pattern=count-down acquires=loop_down */
	return 0;
}

int loop_down_for(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=count-down releases=loop_down_for */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = got - 1; i >= 0; i--)
		put_page(pages[i]); /* release: convert provenance=gup pattern=count-down acquires=loop_down_for */
	return 0;
}

/* One token less: the last round leaves page 0 behind. */
int loop_down_short(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=loop_down_short */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = got - 1; i > 0; i--)
		put_page(pages[i]); /* release: refuse provenance=gup reason=partial-array acquires=loop_down_short */
	return 0;
}

int loop_release_pages(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=release-pages releases=loop_release_pages */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages acquires=loop_release_pages */
	return 0;
}

/* Two acquires fill one array; each part is released from its own start. */
int loop_offset(struct device *dev, unsigned long y, unsigned long uv)
{
	struct page *pages[N];
	int i, got_y, got_uv;

	got_y = get_user_pages_fast(y, 4, FOLL_WRITE, &pages[0]); /* acquire: convertible case=1 releases=loop_offset */
	if (got_y != 4) {
		for (i = 0; i < got_y; i++)
			put_page(pages[i]); /* release: convert provenance=gup acquires=loop_offset */
		return -EFAULT;
	}
	got_uv = get_user_pages_fast(uv, 4, FOLL_WRITE, &pages[4]); /* acquire: convertible case=1 releases=loop_offset */
	if (got_uv != 4) {
		for (i = 0; i < got_uv; i++)
			put_page(pages[4 + i]); /* release: convert provenance=gup pattern=array-at-offset acquires=loop_offset */
		for (i = 0; i < 4; i++)
			put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=loop_offset */
		return -EFAULT;
	}
	device_gets(dev, pages, 8);
	for (i = 0; i < 8; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=loop_offset */
	return 0;
}

/* if (dirty) A else B: one call with make_dirty. */
int loop_if_dirty(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int got;

	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: converted reason=already-converted pattern=if-dirty releases=loop_if_dirty */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (dirty) {
		unpin_user_pages_dirty_lock(pages, got, true); /* release: converted provenance=gup pattern=if-dirty acquires=loop_if_dirty */
	} else {
		unpin_user_pages(pages, got); /* release: converted provenance=gup pattern=if-dirty acquires=loop_if_dirty */
	}
	return 0;
}

/* Twin: the other branch releases in two parts. */
int loop_if_other(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int got;

	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: converted reason=already-converted pattern=none releases=loop_if_other */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (dirty) {
		unpin_user_pages_dirty_lock(pages, got, true); /* release: converted provenance=gup pattern=release-pages acquires=loop_if_other */
	} else {
		unpin_user_page(pages[0]); /* release: converted provenance=gup pattern=single acquires=loop_if_other */
		unpin_user_pages(pages + 1, got - 1); /* release: converted provenance=gup pattern=array-at-offset acquires=loop_if_other */
	}
	return 0;
}
