// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* A helper that does more than to put. */
static void helper_put_dirty(struct page **pages, unsigned int n, bool dirty)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (dirty)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	kfree(pages);
}

int helper_other(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	helper_put_dirty(pages, got, true);
	return 0;
}
