// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/* The loop does nothing with an error number: the call would run away. */
int negative_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, n);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

int negative_dirty(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, n);
	for (i = 0; i < got; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

int negative_goto(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, ret, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	ret = -EFAULT;
	if (got != n)
		goto out;
	device_gets(dev, pages, n);
	ret = 0;
out:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return ret;
}

/* Under an if, with an else behind that must stay its own. */
int negative_else(struct device *dev, unsigned long addr, int n, int how)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, n);
	if (how)
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	else
		for (i = 0; i < got; i++) {
			set_page_dirty_lock(pages[i]);
			put_page(pages[i]);
		}
	return 0;
}
