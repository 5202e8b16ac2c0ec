/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code for other kernels than this one is in no configuration of it: calls without a comment have
 * no verdict.
 */
#include <linux/annotated.h>
#include <linux/version.h>

static void version_release(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
#if KERNEL_VERSION(5, 6, 0) <= LINUX_VERSION_CODE
		put_page(pages[i]); /* release: convert provenance=gup acquires=version_acquire */
#else
		__free_page(pages[i]);
#endif
}

int version_acquire(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[8];
	int got;

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 6, 0)
	got = get_user_pages(addr, n, 1, pages);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=version_release */
#else
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
#endif
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	version_release(pages, got);
	return 0;
}

/* Twin: what the configuration decides is looked at either way. */
int version_option(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=version_option */
		return -EFAULT;
	device_gets(dev, &page, 1);
#ifdef CONFIG_VERSION_OPTION
	put_page(page); /* release: refuse provenance=gup */
#endif
	return 0;
}
