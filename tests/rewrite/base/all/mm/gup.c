// SPDX-License-Identifier: GPL-2.0-only
/* The implementation: pages go nowhere else than into the array. */
#include <linux/mm.h>

long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages, struct page **pages,
			     unsigned int gup_flags)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++) {
		pages[i] = pfn_to_page((start >> PAGE_SHIFT) + i);
		get_page(pages[i]);
	}
	return i;
}

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return get_user_pages_unlocked(start, nr_pages, pages, gup_flags);
}
