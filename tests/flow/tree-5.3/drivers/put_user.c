// SPDX-License-Identifier: GPL-2.0-only
/*
 * The conversion put-user-page: only releases change, so what is done with the pages does not
 * count. Every page of get_user_pages*() goes by put_user_page*().
 */
#include <linux/mm.h>

#define N 16

int user_single(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible pattern=single releases=user_single */
		return -EFAULT;
	page_to_nid(page);
	put_page(page); /* release: convert provenance=gup pattern=single acquires=user_single */
	return 0;
}

int user_allocated(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_page(page); /* release: unrelated provenance=never reason=never-gup acquires= */
	return 0;
}

/* Already done. */
int user_converted(unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: converted reason=already-converted releases=user_converted */

	if (got <= 0)
		return -EFAULT;
	put_user_pages(pages, got); /* release: converted provenance=gup pattern=release-pages acquires=user_converted */
	return 0;
}

/* Half done: the rest goes. */
int user_half(unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=user_half */

	if (got <= 0)
		return -EFAULT;
	if (got < n) {
		release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages acquires=user_half */
		return -EFAULT;
	}
	put_user_pages_dirty_lock(pages, got); /* release: converted provenance=gup acquires=user_half */
	return 0;
}

/* A loop, and the same with two arguments more in the acquire. */
int user_loop(unsigned long addr, unsigned long n)
{
	struct page *pages[N];
	long i, got = get_user_pages(addr, n, FOLL_WRITE, pages, NULL); /* acquire: convertible pattern=loop releases=user_loop */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=user_loop */
	return 0;
}

/* In this era there is no make_dirty: the condition chooses between two calls. */
int user_if_dirty(unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible pattern=loop-conditional-dirty releases=user_if_dirty */

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop-conditional-dirty acquires=user_if_dirty */
	}
	return 0;
}

int user_both(unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: converted pattern=if-dirty releases=user_both */

	if (got <= 0)
		return -EFAULT;
	if (dirty)
		put_user_pages_dirty_lock(pages, got); /* release: converted provenance=gup pattern=if-dirty acquires=user_both */
	else
		put_user_pages(pages, got); /* release: converted provenance=gup pattern=if-dirty acquires=user_both */
	return 0;
}

/* What pin-user-page would keep is converted here: another process's page, a dump, a look. */
int user_remote(struct mm_struct *mm, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_remote(NULL, mm, addr, 1, FOLL_FORCE, &page, NULL, NULL) != 1) /* acquire: convertible releases=user_remote */
		return -EFAULT;
	put_page(page); /* release: convert provenance=gup acquires=user_remote */
	return 0;
}

int user_dump(unsigned long addr)
{
	struct page *page = get_dump_page(addr); /* acquire: convertible releases=user_dump */

	if (!page)
		return -EFAULT;
	put_page(page); /* release: convert provenance=gup acquires=user_dump */
	return 0;
}

/* No array at all, with the vmas argument behind it. */
long user_null(unsigned long addr, struct vm_area_struct **vmas)
{
	return get_user_pages(addr, 1, 0, NULL, vmas); /* acquire: nothing-acquired reason=no-page-array releases= */
}

/* Never sleeps; 0 or a part may come. */
int user_fast_only(unsigned long addr)
{
	struct page *page;

	if (__get_user_pages_fast(addr, 1, 1, &page) != 1) /* acquire: convertible releases=user_fast_only */
		return 0;
	put_page(page); /* release: convert provenance=gup acquires=user_fast_only */
	return 1;
}

long user_locked(unsigned long addr, int *locked)
{
	struct page *page;

	if (get_user_pages_locked(addr, 1, FOLL_WRITE, &page, locked) != 1) /* acquire: convertible releases=user_locked */
		return -EFAULT;
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup pattern=single-dirty acquires=user_locked */
	return 0;
}

/* Mixed: refused in any era. */
int user_mixed(unsigned long addr)
{
	struct page *page;

	if (!addr)
		page = alloc_page(GFP_KERNEL);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=user_mixed */
		return -EFAULT;
	put_page(page); /* release: refuse provenance=mixed reason=mixed-provenance acquires=user_mixed */
	return 0;
}

/* A converted release that serves other pages, too: put_user_page() of a page of one's own. */
int user_converted_mixed(unsigned long addr)
{
	struct page *page;

	if (!addr)
		page = alloc_page(GFP_KERNEL);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=user_converted_mixed */
		return -EFAULT;
	put_user_page(page); /* release: refuse provenance=mixed reason=mixed-provenance acquires=user_converted_mixed */
	return 0;
}
