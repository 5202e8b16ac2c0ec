/* SPDX-License-Identifier: GPL-2.0-only */
/* What looks like a second release of the same pages. */
#include <linux/annotated.h>
#include <linux/bvec.h>
#include <linux/pagemap.h>

/* One page of several in either branch of a loop. */
int twice_branches(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=unconvertible-release not=own-reference releases= */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		struct folio *folio = page_folio(pages[i]);

		if (i & 1) {
			folio_put(folio);
			continue;
		}
		device_gets(dev, &pages[i], 1);
		folio_put(folio);
	}
	return 0;
}

/* Twin: a single page, and both are passed. */
int twice_folio(struct device *dev, unsigned long addr)
{
	struct page *page;
	struct folio *folio;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference releases= */
		return -EFAULT;
	device_gets(dev, &page, 1);
	folio = page_folio(page);
	folio_put(folio);
	if (addr)
		folio_put(folio);
	return 0;
}

/* Who gets an object gives back what else is in it, if anything. */
struct twice_object {
	struct page *pages[8];
	int nr;
};

static void twice_object_put(struct twice_object *object)
{
	while (object->nr)
		put_page(object->pages[--object->nr]); /* release: convert provenance=gup acquires=twice_add */
}

int twice_add(struct twice_object *object, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 releases=twice_add,twice_object_put not=own-reference */
		goto out;
	if (object->nr == 8) {
		put_page(page); /* release: convert provenance=gup acquires=twice_add */
		goto out;
	}
	device_gets(dev, &page, 1);
	object->pages[object->nr++] = page;
	return 0;
out:
	twice_object_put(object);
	return -EFAULT;
}

void twice_end(struct twice_object *object)
{
	twice_object_put(object);
}
