// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int down_while(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	while (got--)
		put_page(pages[got]);
	return 0;
}

int down_guarded(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	while (got > 0) {
		got--;
		put_page(pages[got]);
	}
	return 0;
}

int down_inside(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	while (got > 0)
		put_page(pages[--got]);
	return 0;
}

int down_before(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	while (--got >= 0)
		put_page(pages[got]);
	return 0;
}

int down_for(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = got - 1; i >= 0; i--)
		put_page(pages[i]);
	return 0;
}

/* One by one, and back in the order of their coming. */
int down_unwind(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i;

	for (i = 0; i < n; i++) {
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE,
					&pages[i]) != 1)
			goto out;
	}
	device_gets(dev, pages, n);
out:
	while (i--)
		put_page(pages[i]);
	return 0;
}

/* The count is read behind the loop, which leaves -1 in it. */
int down_read(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	while (got--)
		put_page(pages[got]);
	return got;
}
