// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int loop_plain(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* The index has a declaration of its own. */
int loop_index_alone(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	int i;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; ++i)
		put_page(pages[i]);
	return 0;
}

/* It is the last of three, and comes with a value that nobody reads. */
int loop_index_last(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got, ret = 0, i = 0;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (got < n)
		ret = -EINVAL;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return ret;
}

/* Another loop needs it still. */
int loop_index_used(unsigned long addr, int n, int *nodes, struct device *dev)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		nodes[i] = page_to_nid(pages[i]);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

int loop_in_for(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (int i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}
