// SPDX-License-Identifier: GPL-2.0-only
/* Inline functions of a header in which no API name stands: the flow has to ask for them. */
#include <linux/inline.h>

int inline_used(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=inline_used known: inline functions of headers without API names are not parsed */
		return -EFAULT;
	inline_map(dev, page);
	put_page(inline_same(page)); /* release: convert provenance=gup acquires=inline_used known: inline functions of headers without API names are not parsed */
	return 0;
}
