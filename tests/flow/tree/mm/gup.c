// SPDX-License-Identifier: GPL-2.0-only
/* The implementation of the acquire functions: its references are not those of a caller. */
#include <linux/mm.h>

static long __get_user_pages(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			     unsigned int gup_flags, struct page **pages, int *locked)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++) {
		struct page *page = pfn_to_page((start >> PAGE_SHIFT) + i);

		get_page(page);
		if (pages)
			pages[i] = page;
		else
			put_page(page); /* release: keep */
	}
	return i;
}

long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages)
{
	return __get_user_pages(NULL, start, nr_pages, gup_flags, pages, NULL); /* acquire: keep reason=mm-internal */
}

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return get_user_pages(start, nr_pages, gup_flags, pages); /* acquire: keep reason=mm-internal */
}

void unpin_user_page(struct page *page)
{
	put_page(page); /* release: keep */
}
