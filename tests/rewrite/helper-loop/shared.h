/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef STATIC_LOOP_SHARED_H
#define STATIC_LOOP_SHARED_H

#include <linux/annotated.h>

static inline void shared_put(struct page *page)
{
	put_page(page);
}

#endif
