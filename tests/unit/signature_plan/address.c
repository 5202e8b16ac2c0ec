// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages);

void use(struct page **pages, void (*fn)(struct page **pages, unsigned long npages));
void by_address(struct page **pages)
{
	use(pages, put_user_pages_dirty_lock);
}
