// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages, bool make_dirty);

void plain(struct page **pages)
{
	put_user_pages_dirty_lock(pages, 1, true);
}
