// SPDX-License-Identifier: GPL-2.0-only
/* Acquires and releases of families that do or do not go together. */
#include <linux/annotated.h>
#include <linux/fs.h>
#include <linux/sched.h>

#define N 16

/* Wholly converted. */
int family_pin(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, pages); /* acquire: converted reason=already-converted releases=family_pin */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	unpin_user_pages_dirty_lock(pages, got, true); /* release: converted provenance=gup pattern=release-pages acquires=family_pin */
	return 0;
}

/* Twin: one token, a pin released by put_page(). */
int family_pin_put(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=family-mismatch releases=family_pin_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=gup acquires=family_pin_put */
	return 0;
}

/* And a reference released by unpin_user_page(). */
int family_get_unpin(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=family-mismatch releases=family_get_unpin */
		return -EFAULT;
	device_gets(dev, &page, 1);
	unpin_user_page(page); /* release: refuse provenance=gup acquires=family_get_unpin */
	return 0;
}

/* Across functions, by a field. */
struct family_box {
	struct page *page;
};

int family_box_pin(struct family_box *box, struct device *dev, unsigned long addr)
{
	if (pin_user_pages(addr, 1, FOLL_WRITE, &box->page) != 1) /* acquire: refused reason=family-mismatch releases=family_box_put */
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	return 0;
}

void family_box_put(struct family_box *box)
{
	put_page(box->page); /* release: refuse provenance=gup acquires=family_box_pin */
}

/* Half converted: the error path still puts. */
int family_half(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages); /* acquire: refused reason=family-mismatch releases=family_half */

	if (got < N) {
		while (got > 0)
			put_page(pages[--got]); /* release: refuse provenance=gup acquires=family_half */
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	unpin_user_pages(pages, got); /* release: refuse provenance=gup acquires=family_half */
	return 0;
}

/* A range of a large folio, and folios. */
int family_range(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: converted reason=already-converted releases=family_range */
		return -EFAULT;
	device_gets(dev, &page, 1);
	unpin_user_page_range_dirty_lock(page, 1, true); /* release: converted provenance=gup acquires=family_range */
	return 0;
}

long family_memfd(struct file *memfd, struct folio **folios)
{
	pgoff_t offset;
	long got = memfd_pin_folios(memfd, 0, PAGE_SIZE, folios, 1, &offset); /* acquire: keep reason=never-gup */

	if (got > 0)
		unpin_folios(folios, got); /* release: keep */
	return got;
}

/* Twin: given back like any other folio, which is wrong. */
long family_memfd_put(struct file *memfd, struct folio **folios)
{
	pgoff_t offset;
	long got = memfd_pin_folios(memfd, 0, PAGE_SIZE, folios, 1, &offset); /* acquire: refused */

	if (got > 0)
		put_page(&folios[0]->page); /* release: refuse */
	return got;
}

/* The tree declares no pin_user_pages_fast_only(). */
int family_fast_only(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast_only(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=no-replacement releases=family_fast_only */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=gup acquires=family_fast_only */
	return 0;
}

/* Twin: it does declare pin_user_pages_unlocked(). */
int family_unlocked(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_unlocked(addr, 1, &page, FOLL_WRITE) != 1) /* acquire: convertible case=1 releases=family_unlocked */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=family_unlocked */
	return 0;
}

/* A flag decides between both families for acquire and release. */
int family_by_flag(struct device *dev, unsigned long addr, bool pin)
{
	struct page *page;
	int got;

	if (pin)
		got = pin_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: converted releases=family_by_flag */
	else
		got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page); /* acquire: convertible releases=family_by_flag */
	if (got != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (pin)
		unpin_user_page(page); /* release: converted provenance=gup */
	else
		put_page(page); /* release: convert provenance=gup */
	return 0;
}

/* The own function of an API's name is no site (a declaration is what counts). */
static void family_pin_user_pages(struct page **pages)
{
	pages[0] = NULL;
}

void family_namesake(struct page **pages)
{
	family_pin_user_pages(pages);
}
