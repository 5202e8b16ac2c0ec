// SPDX-License-Identifier: GPL-2.0-only
/* The new release functions are made of the old one. */
#include <linux/mm.h>

void put_user_pages(struct page **pages, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		put_user_page(pages[i]); /* release: keep */
}

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		set_page_dirty_lock(pages[i]);
	put_user_pages(pages, npages); /* release: keep */
}

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return get_user_pages_unlocked(start, nr_pages, pages, gup_flags); /* acquire: keep reason=mm-internal */
}
