// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* Helpers that become trivial, and one that does not. */
static void helper_put_all(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

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

int helper_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	helper_put_all(pages, got);
	return 0;
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
