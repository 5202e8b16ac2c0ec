/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HELPER_LOOP_SHARED_H
#define HELPER_LOOP_SHARED_H

#include <linux/annotated.h>

static inline void shared_put(struct page *page)
{
	put_page(page);
}

#endif
