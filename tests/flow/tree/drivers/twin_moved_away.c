// SPDX-License-Identifier: GPL-2.0-only
/* Releases for twin_moved.c. See twins.h. */
#include "twins.h"

void moved_put_pages(struct page **pages, int nr, bool written)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (written)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]); /* release: convert provenance=gup twin=region acquires=moved_region */
	}
}

void moved_put_node(struct page *page)
{
	put_page(page); /* release: keep provenance=gup twin=node acquires=moved_node */
}

void moved_put_leak(struct page *page)
{
	put_page(page); /* release: refuse provenance=gup twin=leak acquires=moved_leak */
}

void moved_put_mixed(struct page *page)
{
	put_page(page); /* release: refuse provenance=mixed twin=mixed acquires=moved_mixed */
}
