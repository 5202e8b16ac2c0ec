// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/*
 * All calls of get_user_pages_fast() and put_page() here are converted,
 * and what is said of them is said of the new ones.
 */
int comment_renamed(struct device *dev, unsigned long addr)
{
	struct page *page;

	/* get_user_pages_fast() may sleep. */
	if (get_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* not my_put_page(): put_page() will do */
	return 0;
}

/* An own reference stays, and nobody knows of which put_page() this comment speaks. */
int comment_left(struct device *dev, unsigned long addr)
{
	struct page *page, *own = alloc_page(GFP_KERNEL);

	if (!own)
		return -ENOMEM;
	if (get_user_pages_fast(addr, 1, 0, &page) != 1) {
		put_page(own);
		return -EFAULT;
	}
	device_gets(dev, &page, 1);
	/* put_page() comes last. */
	put_page(page);
	put_page(own);
	return 0;
}

/* put_page() of others is nothing that this function does. */
int comment_elsewhere(void)
{
	/* After put_page() nobody asks. */
	return 0;
}

int comment_folded(struct device *dev, unsigned long addr, unsigned int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, 0, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	/* The line is so long that a longer name has no place in it any more: put_page() */
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	/* put_page() was for each of them. */
	return 0;
}

int comment_dirty(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	/* set_page_dirty_lock() comes before put_page(). */
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}
