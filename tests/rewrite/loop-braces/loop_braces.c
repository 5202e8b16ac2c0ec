// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

int loop_braces(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		put_page(pages[i]);
	}
	return 0;
}

/* The loop was all that the block held. */
int loop_in_braces(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got != n) {
		if (got > 0) {
			for (i = 0; i < got; i++)
				put_page(pages[i]);
		}
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return 0;
}

/* The other branch has braces for a reason. */
int loop_beside_braces(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	if (got < n) {
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	} else {
		device_gets(dev, pages, got);
		for (i = 0; i < got; i++)
			put_page(pages[i]);
	}
	return 0;
}

/* Blocks with declarations of their own. */
int loop_declares(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	if (got < n) {
		int i;

		for (i = 0; i < got; i++)
			put_page(pages[i]);
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	if (n) {
		int i;

		for (i = 0; i < got; i++)
			put_page(pages[i]);
	}
	return 0;
}

/* The page goes through a variable. */
int loop_variable(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N], *page;
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (got < n) {
		for (i = 0; i < got; i++) {
			struct page *page = pages[i];

			put_page(page);
		}
		return -EFAULT;
	}
	for (i = 0; i < got; i++) {
		page = pages[i];
		put_page(page);
	}
	return 0;
}

/* A variable that bears the name of its type, before one that stays. */
int loop_tag(struct device *dev, unsigned long addr, int n)
{
	struct page *page, *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		page = pages[i];
		put_page(page);
	}
	return 0;
}

/* Members that bear the names of variables. */
struct loop_members {
	int i;
	struct page *page;
};

int loop_members(struct device *dev, unsigned long addr, int n,
		 struct loop_members *m)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	m->i = got;
	for (i = 0; i < got; i++) {
		struct page *page = pages[i];

		put_page(page);
	}
	return m->page ? 0 : -EFAULT;
}
