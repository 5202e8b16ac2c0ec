// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int loop_null_check(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		if (pages[i])
			put_page(pages[i]);
	return 0;
}

int loop_null_continue(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (!pages[i])
			continue;
		put_page(pages[i]);
	}
	return 0;
}

/* Up to the first empty slot of an array that was cleared. */
int loop_null_break(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kzalloc(N * sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++) {
		if (!pages[i])
			break;
		put_page(pages[i]);
	}
	kfree(pages);
	return 0;
}
