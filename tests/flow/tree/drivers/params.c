// SPDX-License-Identifier: GPL-2.0-only
/* Pages as parameters and results, through functions of this file and others. */
#include "params.h"

#define N 16

/* Acquired and released by functions of another file, the latter by way of a third. */
int param_far(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = far_grab(addr, n, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	far_hand_on(pages, got);
	return 0;
}

/* Acquired here, released there. */
int param_near(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=loop releases=far_drop */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	far_drop(pages, got);
	return 0;
}

/* A result, also through a chain of functions and ?: */
static struct page *param_pick(unsigned long addr, bool want)
{
	return want ? far_one(addr) : NULL;
}

int param_result(struct device *dev, unsigned long addr)
{
	struct page *page = param_pick(addr, addr != 0);

	if (!page)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup pattern=single acquires=far_one */
	return 0;
}

/* An object with pages inside as a result. */
long param_object(struct device *dev, unsigned long addr)
{
	struct far_table *table = far_table_new(addr, 4);

	if (!table)
		return -ENOMEM;
	if (table->nr > 0)
		device_gets(dev, table->pages, table->nr);
	far_table_free(table);
	return 0;
}

/* &pages[i], an element at a time, and a pointer to the caller's variable. */
static int param_fill(struct page **slot, unsigned long addr)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, slot) == 1 ? 0 : -EFAULT; /* acquire: convertible releases=param_slots */
}

int param_slots(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = param_fill(&pages[i], addr + i * PAGE_SIZE);
		if (ret)
			break;
	}
	device_gets(dev, pages, i);
	while (--i >= 0)
		put_page(pages[i]); /* release: convert provenance=gup pattern=count-down acquires=param_fill */
	return ret;
}

/* A struct page ***: the function makes the array. */
static int param_make(struct page ***ret_pages, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=param_array */
	*ret_pages = pages;
	return got;
}

int param_array(struct device *dev, unsigned long addr, int n)
{
	struct page **pages;
	int got = param_make(&pages, addr, n);

	if (got == -ENOMEM)
		return got;
	if (got > 0) {
		device_gets(dev, pages, got);
		release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages acquires=param_make */
	}
	kfree(pages);
	return 0;
}

/* Twin of param_near: the callee is one of another name that releases nothing. */
static void param_count(struct page **pages, int n, unsigned long *sum)
{
	while (n--)
		*sum += page_to_nid(pages[n]);
}

int param_not_released(struct device *dev, unsigned long addr, int n, unsigned long *sum)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=release-not-found releases= */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	param_count(pages, got, sum);
	return 0;
}
