// SPDX-License-Identifier: GPL-2.0-only
/* Macros that make the call, and a template whose functions have macro-made names. */
#include <linux/annotated.h>

#define GRAB_ONE(addr, page) get_user_pages_fast(addr, 1, FOLL_WRITE, page)
#define DROP_ONE(page) \
	do { \
		set_page_dirty_lock(page); \
		put_page(page); \
	} while (0)

int macro_both(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (GRAB_ONE(addr, &page) != 1) /* acquire: convertible case=1 releases=macro_both */
		return -EFAULT;
	device_gets(dev, &page, 1);
	DROP_ONE(page); /* release: convert provenance=gup acquires=macro_both */
	return 0;
}

/* Only the argument is made by a macro. */
#define THE_PAGE(box) ((box)->page)
struct macro_box {
	struct page *page;
};

int macro_argument(struct macro_box *box, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &THE_PAGE(box)) != 1) /* acquire: convertible releases=macro_argument */
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	put_page(THE_PAGE(box)); /* release: convert provenance=gup acquires=macro_argument */
	return 0;
}

#define WIDTH 32
#define NAME(x) macro32_##x
#include "macro_template.h"
#undef NAME
#undef WIDTH
#define WIDTH 64
#define NAME(x) macro64_##x
#include "macro_template.h"

int macro_walk(struct device *dev, unsigned long addr, bool wide)
{
	return wide ? macro64_walk(dev, addr) : macro32_walk(dev, addr);
}
