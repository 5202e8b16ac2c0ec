// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"

void buffer_unpin(struct buffer *b)
{
	unsigned int i;

	for (i = 0; i < b->nr; i++) {
		if (b->write)
			set_page_dirty_lock(b->pages[i]);
		put_page(b->pages[i]);
	}
}
