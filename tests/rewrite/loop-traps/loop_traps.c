// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

#define N 16

/* Every second slot. */
int trap_step(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int i;

	for (i = 0; i < N; i += 2)
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE,
					&pages[i]) != 1)
			return -EFAULT;
	for (i = 0; i < N; i += 2)
		put_page(pages[i]);
	return 0;
}

/* One put or the other for each page: no single call says that. */
int trap_skip(struct device *dev, unsigned long addr, int n, int keep)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (i == keep)
			put_page(pages[i]);
		else
			put_page(pages[i]);
	}
	return 0;
}

/* The condition of dirtying changes from page to page. */
int trap_dirty_index(struct device *dev, unsigned long addr, int n, int first)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (i >= first)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

int trap_dirty_array(struct device *dev, unsigned long addr, int n, bool *dirty)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (dirty[i])
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* The condition is used up by the first page. */
int trap_dirty_once(struct device *dev, unsigned long addr, int n, int left)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		if (left-- > 0)
			set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* The bound is counted down as well: half of the pages. */
int trap_bound(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++, got--)
		put_page(pages[i]);
	return 0;
}

/* The array moves below the loop. */
int trap_moving(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N], **at = pages;
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		put_page(*at);
		at++;
	}
	return 0;
}

/* The index counts from where it was left, not from zero. */
int trap_start(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i = 0, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	while (i < got)
		put_page(pages[i++]);
	return 0;
}

/* Another array: only its first page each time. */
int trap_fixed(struct device *dev, unsigned long addr, int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (get_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE,
					&page) != 1)
			return -EFAULT;
		device_gets(dev, &page, 1);
		put_page(page);
	}
	return 0;
}

/* Two loops in one another. */
int trap_rows(struct device *dev, unsigned long addr)
{
	struct page *rows[4][4];
	int i, k;

	for (i = 0; i < 4; i++) {
		if (get_user_pages_fast(addr + i * 4 * PAGE_SIZE, 4, FOLL_WRITE,
					rows[i]) != 4)
			goto out;
		device_gets(dev, rows[i], 4);
	}
out:
	while (--i >= 0)
		for (k = 0; k < 4; k++)
			put_page(rows[i][k]);
	return 0;
}

/* A do loop puts one page even of none; a return from the middle. */
int trap_do(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i = 0, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	do {
		put_page(pages[i]);
	} while (++i < got);
	return 0;
}

/* A comma, and a choice. */
int trap_comma(struct device *dev, unsigned long addr, int n, bool dirty)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		set_page_dirty_lock(pages[i]), put_page(pages[i]);
	return 0;
}

/* What the loop's clearing leaves is more than the slots. */
int trap_clear(struct device *dev, unsigned long addr, int n, struct page **twin)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		put_page(pages[i]);
		twin[i] = NULL;
	}
	return 0;
}

/* The bound is a type that the count does not fit in. */
int trap_narrow(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;
	u8 i;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* <= with a bound that is one less. */
int trap_inclusive(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got, last;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	last = got - 1;
	for (i = 0; i <= last; i++)
		put_page(pages[i]);
	return 0;
}

int trap_not_equal(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i != got; i++)
		put_page(pages[i]);
	return 0;
}

/* The inner loop finds nothing left the second time. */
int trap_again(struct device *dev, unsigned long addr, int n, int times)
{
	struct page *pages[N];
	int k, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (k = 0; k < times; k++) {
		while (got > 0)
			put_page(pages[--got]);
		cond_resched();
	}
	return 0;
}

int trap_upwards(struct device *dev, unsigned long addr, int n, int times)
{
	struct page *pages[N];
	int i = 0, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
again:
	while (i < got)
		put_page(pages[i++]);
	if (times--)
		goto again;
	return 0;
}

/* Here each round has pages of its own. */
int trap_rounds(struct device *dev, unsigned long addr, int times)
{
	struct page *pages[N];
	int k;

	for (k = 0; k < times; k++) {
		int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages);

		if (got <= 0)
			return -EFAULT;
		device_gets(dev, pages, got);
		while (got > 0)
			put_page(pages[--got]);
	}
	return 0;
}
