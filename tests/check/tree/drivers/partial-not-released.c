// SPDX-License-Identifier: GPL-2.0-only
/* Fewer pages than asked for were acquired, and they are not given back. */
#include <linux/annotated.h>

#define N 16

int partial_wrong(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got != N)
		return -EFAULT; /* gupconv: finding partial-not-released high */
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* Twin. */
int partial_right(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got != N) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EFAULT;
	}
	device_gets(dev, pages, N);
	unpin_user_pages_dirty_lock(pages, N, true);
	return 0;
}

/* The labels of the cleanup are exchanged. */
struct partial_box {
	struct page **pages;
};

int partial_box_pin(struct partial_box *box, unsigned long addr, int n)
{
	int got, ret;

	box->pages = kcalloc(n, sizeof(*box->pages), 0);
	if (!box->pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, box->pages);
	if (got < 0) {
		ret = got;
		goto free_pages;
	}
	if (got != n) {
		ret = -EFAULT;
		goto free_pages;
	}
	return 0;
free_pages:
	kfree(box->pages);
	return ret; /* gupconv: finding partial-not-released high */
}

void partial_box_free(struct partial_box *box, int n)
{
	unpin_user_pages_dirty_lock(box->pages, n, true);
	kfree(box->pages);
}

/* Twin. */
struct partial_case {
	struct page **pages;
};

int partial_case_pin(struct partial_case *box, unsigned long addr, int n)
{
	int got, ret;

	box->pages = kcalloc(n, sizeof(*box->pages), 0);
	if (!box->pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, box->pages);
	if (got < 0) {
		ret = got;
		goto free_pages;
	}
	if (got != n) {
		ret = -EFAULT;
		goto put_pages;
	}
	return 0;
put_pages:
	unpin_user_pages(box->pages, got);
free_pages:
	kfree(box->pages);
	return ret;
}

void partial_case_free(struct partial_case *box, int n)
{
	unpin_user_pages_dirty_lock(box->pages, n, true);
	kfree(box->pages);
}

/* The number itself is returned, and the array is gone. */
int partial_count(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got;

	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got != n)
		goto out;
	device_gets(dev, pages, n);
	unpin_user_pages_dirty_lock(pages, n, true);
	got = 0;
out:
	kfree(pages);
	return got; /* gupconv: finding partial-not-released high */ /* gupconv: finding positive-count-returned high */
}

/* NULL for an error. */
struct page **partial_pointer(unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got;

	if (!pages)
		return NULL;
	got = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (got != n) {
		kfree(pages);
		return NULL; /* gupconv: finding partial-not-released high */
	}
	return pages;
}

void partial_pointer_free(struct page **pages, int n)
{
	unpin_user_pages_dirty_lock(pages, n, true);
	kfree(pages);
}
