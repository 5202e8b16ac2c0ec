// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages);

#define CALL(function, pages) function(pages, 1)
void made_by_a_macro(struct page **pages)
{
	CALL(put_user_pages_dirty_lock, pages);
}
