// SPDX-License-Identifier: GPL-2.0-only
/* The loop that acquires is left before the last page is counted: the cleanup misses it. */
#include <linux/annotated.h>

struct last_box {
	struct page **pages;
	unsigned long nr;
};

static int last_is_good(struct page *page, int node)
{
	return page_to_nid(page) == node ? 0 : -EINVAL;
}

int last_wrong(struct last_box *box, unsigned long addr, unsigned long n)
{
	unsigned long i;
	int ret;

	do {
		i = box->nr;
		ret = pin_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM,
					  box->pages + i);
		if (ret < 0)
			goto put;
		ret = last_is_good(box->pages[i], 0);
		if (ret < 0)
			goto put;
		box->nr++;
	} while (box->nr < n);
	return 0;
put:
	for (i = 0; i < box->nr; i++)
		unpin_user_page(box->pages[i]); /* gupconv: finding last-page-not-counted high */
	return ret;
}

/* Twin. */
struct last_case {
	struct page **pages;
	unsigned long nr;
};

int last_right(struct last_case *box, unsigned long addr, unsigned long n)
{
	unsigned long i;
	int ret;

	do {
		i = box->nr;
		ret = pin_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM,
					  box->pages + i);
		if (ret < 0)
			goto put;
		box->nr++;
		ret = last_is_good(box->pages[i], 0);
		if (ret < 0)
			goto put;
	} while (box->nr < n);
	return 0;
put:
	for (i = 0; i < box->nr; i++)
		unpin_user_page(box->pages[i]);
	return ret;
}

/* A loop with an index of its own. */
int last_for(struct page **pages, struct device *dev, unsigned long addr, int n)
{
	int i, k, ret = 0;

	for (i = 0; i < n; i++) {
		ret = pin_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM, &pages[i]);
		if (ret != 1) {
			ret = -EFAULT;
			break;
		}
		ret = last_is_good(pages[i], 1);
		if (ret < 0)
			break;
	}
	if (ret >= 0) {
		device_gets(dev, pages, n);
		unpin_user_pages_dirty_lock(pages, n, true);
		return 0;
	}
	for (k = 0; k < i; k++)
		unpin_user_page(pages[k]); /* gupconv: finding last-page-not-counted high */
	return ret;
}

/* Downwards. */
int last_down(struct page **pages, struct device *dev, unsigned long addr, int n)
{
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		if (pin_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM, &pages[i]) != 1) {
			ret = -EFAULT;
			goto put;
		}
		ret = last_is_good(pages[i], 1);
		if (ret < 0)
			goto put;
	}
	device_gets(dev, pages, n);
	unpin_user_pages_dirty_lock(pages, n, true);
	return 0;
put:
	while (--i >= 0)
		unpin_user_page(pages[i]); /* gupconv: finding last-page-not-counted high */
	return ret;
}

/* The number itself is the index, and what fails comes before it is moved on. */
int last_mapped(struct last_box *box, unsigned long addr, unsigned long n)
{
	int ret = 0;

	while (box->nr < n) {
		ret = pin_user_pages_fast(addr + box->nr * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM,
					  &box->pages[box->nr]);
		if (ret != 1) {
			ret = -EFAULT;
			goto put;
		}
		ret = last_is_good(box->pages[box->nr], 0);
		if (ret < 0)
			goto put;
		box->nr++;
	}
	return 0;
put:
	unpin_user_pages(box->pages, box->nr); /* gupconv: finding last-page-not-counted high */
	return ret;
}

/* Twin. */
int last_mapped_right(struct last_case *box, unsigned long addr, unsigned long n)
{
	int ret = 0;

	while (box->nr < n) {
		ret = pin_user_pages_fast(addr + box->nr * PAGE_SIZE, 1, FOLL_WRITE | FOLL_LONGTERM,
					  &box->pages[box->nr]);
		if (ret != 1) {
			ret = -EFAULT;
			goto put;
		}
		box->nr++;
		ret = last_is_good(box->pages[box->nr - 1], 0);
		if (ret < 0)
			goto put;
	}
	return 0;
put:
	unpin_user_pages(box->pages, box->nr);
	return ret;
}
