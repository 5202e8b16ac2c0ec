// SPDX-License-Identifier: GPL-2.0-only
/* Pages of two kinds, which need different releases, are given back by one call. */
#include <linux/annotated.h>

#define N 16

int mixed_wrong(struct device *dev, unsigned long addr, int is_long)
{
	struct page *page;
	int got;

	if (is_long)
		got = pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
	else
		got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page);
	if (got != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	put_page(page); /* gupconv: finding mixed-release high */
	return 0;
}

/* Twin. */
int mixed_right(struct device *dev, unsigned long addr, int is_long)
{
	struct page *page;
	int got;

	if (is_long)
		got = pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
	else
		got = pin_user_pages_fast(addr, 1, FOLL_WRITE, &page);
	if (got != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}

/* The array of both. */
int mixed_array(struct device *dev, unsigned long addr, int is_long)
{
	struct page *pages[N];
	int got = is_long ? pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, pages)
			  : get_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	unpin_user_pages_dirty_lock(pages, got, true); /* gupconv: finding mixed-release high */
	return 0;
}

/* By a switch. */
int mixed_switch(struct device *dev, unsigned long addr, int kind)
{
	struct page *page;
	int got;

	switch (kind) {
	case 0:
		got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page);
		break;
	default:
		got = pin_user_pages_unlocked(addr, 1, &page, FOLL_WRITE);
		break;
	}
	if (got != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	unpin_user_page(page); /* gupconv: finding mixed-release high */
	return 0;
}

/* Not as sure: what others put into the field may be told apart by something that is not seen. */
struct mixed_box {
	struct page *page;
};

int mixed_box_pin(struct mixed_box *box, struct device *dev, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &box->page) != 1)
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	return 0;
}

int mixed_box_get(struct mixed_box *box, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &box->page) != 1)
		return -EFAULT;
	device_gets(dev, &box->page, 1);
	return 0;
}

void mixed_box_free(struct mixed_box *box)
{
	set_page_dirty_lock(box->page);
	unpin_user_page(box->page); /* gupconv: finding mixed-release low */
}

/* No fault: a flag tells them apart. */
int mixed_flagged(struct device *dev, unsigned long addr, int is_long)
{
	struct page *page;
	int got;

	if (is_long)
		got = pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
	else
		got = get_user_pages_fast(addr, 1, FOLL_WRITE, &page);
	if (got != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	if (is_long)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}
