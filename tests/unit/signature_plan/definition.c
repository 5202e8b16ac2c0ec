// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

/**
 * put_user_pages_dirty_lock() - give pages back that were written to
 * @first:  the pages
 * @number: how many,
 *          in pages
 *
 * More about it.
 */
void put_user_pages_dirty_lock(struct page **first, unsigned long number)
{
	unsigned long i;

	for (i = 0; i < number; i++)
		put_user_page(first[i]);
}
EXPORT_SYMBOL(put_user_pages_dirty_lock);
