/* SPDX-License-Identifier: GPL-2.0-only */
/* Included twice, with NAME and WIDTH. */
static int NAME(walk)(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr & (WIDTH - 1), 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 pattern=single */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup pattern=single */
	return 0;
}
