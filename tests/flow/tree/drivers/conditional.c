// SPDX-License-Identifier: GPL-2.0-only
/* Code that only some configurations see. */
#include <linux/annotated.h>

#ifdef CONFIG_ANNOTATED
static void conditional_put(struct page *page)
{
	put_page(page); /* release: convert provenance=gup acquires=conditional_use */
}
#else
static void conditional_put(struct page *page)
{
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup acquires=conditional_use */
}
#endif

int conditional_use(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=conditional_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	conditional_put(page);
	return 0;
}
