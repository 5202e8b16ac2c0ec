// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int release_plain(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	release_pages(pages, got);
	return 0;
}

/* A part of the pages, then all: the first count may be an error number. */
int release_partial(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got != n) {
		release_pages(pages, got);
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	release_pages(pages, n);
	return 0;
}

/* Guarded already. */
int release_guarded(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got != n) {
		if (got > 0)
			release_pages(pages, got);
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	release_pages(pages, n);
	return 0;
}

/* Under an if without braces. */
int release_under_if(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	if (got)
		release_pages(pages, got);
	return 0;
}

/* Under an if with braces that asks for something else. */
int release_under_other(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got != n) {
		if (got != 0) {
			release_pages(pages, got);
		}
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	if (dev || n) {
		release_pages(pages, got);
	}
	return 0;
}

/* The count is asked for behind what was asked for before. */
int release_under_two(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	if (got || !n)
		release_pages(pages, got);
	return 0;
}

/* An else behind the if would be another one's. */
int release_before_else(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got == n)
		device_gets(dev, pages, got);
	if (got)
		release_pages(pages, got);
	else
		device_gets(dev, pages, 0);
	return 0;
}
