// SPDX-License-Identifier: GPL-2.0-only
/* Functions that do nothing but acquire or release. */
#include <linux/annotated.h>
#include <linux/module.h>

static int wrap_get(unsigned long addr, struct page **page)
{
	return get_user_pages_fast(addr, 1, FOLL_WRITE, page); /* acquire: convertible case=1 pattern=wrapper releases=wrap_put */
}

static void wrap_put(struct page *page)
{
	put_page(page); /* release: convert provenance=gup pattern=wrapper acquires=wrap_get */
}

int wrap_user(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrap_get(addr, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	wrap_put(page);
	return 0;
}

/* Twin: one more caller, with a page of its own. */
static void wrap_put_any(struct page *page)
{
	put_page(page); /* release: refuse provenance=mixed pattern=wrapper reason=mixed-provenance acquires=wrap_mixed */
}

int wrap_mixed(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=wrap_put_any */
		return -EFAULT;
	device_gets(dev, &page, 1);
	wrap_put_any(page);
	return 0;
}

void wrap_other_caller(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page)
		wrap_put_any(page);
}

/* Exported, and nobody in the tree calls it: who releases is not known. */
int wrap_exported_get(unsigned long addr, int n, struct page **pages)
{
	return get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=wrapper-needs-callers releases= */
}
EXPORT_SYMBOL(wrap_exported_get);

/* The same for a release: it serves whoever calls. */
void wrap_exported_put(struct page **pages, int n)
{
	release_pages(pages, n); /* release: unrelated provenance=unknown pattern=wrapper acquires= */
}
EXPORT_SYMBOL(wrap_exported_put);

/* A wrapper with a NULL check and one that dirties. */
static void wrap_put_maybe(struct page *page)
{
	if (page)
		put_page(page); /* release: convert provenance=gup pattern=wrapper acquires=wrap_maybe */
}

static void wrap_put_dirty(struct page *page)
{
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup pattern=wrapper acquires=wrap_maybe */
}

int wrap_maybe(struct device *dev, unsigned long addr, bool dirty)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 pattern=wrapper releases=wrap_put_dirty,wrap_put_maybe */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (dirty)
		wrap_put_dirty(page);
	else
		wrap_put_maybe(page);
	return 0;
}

/* A loop in a function of its own. */
static void wrap_put_array(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=wrap_array */
}

int wrap_array(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=wrap_put_array */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	wrap_put_array(pages, got);
	return 0;
}
