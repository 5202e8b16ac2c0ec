// SPDX-License-Identifier: GPL-2.0-only
/* Counts: the returned one, the requested one, a stale one; signs; parts of arrays. */
#include <linux/annotated.h>

#define N 16

/* The requested count: the slots beyond the returned one hold nothing. */
int count_requested(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_requested */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: refuse provenance=gup reason=count-not-the-returned-one acquires=count_requested */
	return 0;
}

/* Twin: <= became !=, which leaves only the full result (and a leak is not made: -EFAULT frees). */
int count_full(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_full */
	if (got != n) {
		if (got > 0)
			release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages not=count-may-be-negative acquires=count_full */
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: convert provenance=gup not=count-not-the-returned-one acquires=count_full */
	return 0;
}

/* Only the first page is given back. */
int count_first_only(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_first_only */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	put_page(pages[0]); /* release: refuse provenance=gup pattern=single reason=partial-array acquires=count_first_only */
	return 0;
}

/* Twin: only one page was asked for. */
int count_only(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, 1, FOLL_WRITE, pages); /* acquire: convertible releases=count_only */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	put_page(pages[0]); /* release: convert provenance=gup pattern=single acquires=count_only */
	return 0;
}

/* The loop begins at 1: the first page leaks. */
int count_from_one(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_from_one */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 1; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup reason=partial-array acquires=count_from_one */
	return 0;
}

/* The last page is not counted. */
int count_last_missed(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_last_missed */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got - 1; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=count_last_missed */
	return 0;
}

/* A loop over an int does nothing with a negative errno. */
int count_signed_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_signed_loop */
	if (got == n)
		device_gets(dev, pages, n);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop reason=count-may-be-negative acquires=count_signed_loop */
	return 0;
}

/* Twin: a guard in the code. */
int count_guarded_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_guarded_loop */
	if (got < 0)
		return got;
	if (got == n)
		device_gets(dev, pages, n);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop not=count-may-be-negative acquires=count_guarded_loop */
	return 0;
}

/* An unsigned count that got the errno: a fault already, the loop runs away. */
int count_unsigned(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	unsigned int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_unsigned */
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup reason=count-may-be-negative acquires=count_unsigned */
	return 0;
}

/* A signed result is compared with an unsigned size: a negative errno passes as large. */
int count_compared_unsigned(struct device *dev, unsigned long addr, unsigned long n)
{
	struct page *pages[N];
	long got;

	got = get_user_pages(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_compared_unsigned */
	if (got < n) {
		release_pages(pages, got); /* release: convert provenance=gup not=count-may-be-negative acquires=count_compared_unsigned */
		return -EFAULT;
	}
	device_gets(dev, pages, got);
	release_pages(pages, got); /* release: convert provenance=gup reason=count-may-be-negative acquires=count_compared_unsigned */
	return 0;
}

/* The variable is overwritten between: the count is another one. */
int count_stale(struct device *dev, unsigned long addr, int n, int (*next)(void))
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_stale */
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	got = next();
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup reason=count-not-the-returned-one acquires=count_stale */
	return 0;
}

/* Holes: an array that was not cleared has no NULL beyond the pages. */
int count_holes_uncleared(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(N, sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_holes_uncleared */
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++)
		if (pages[i])
			put_page(pages[i]); /* release: refuse provenance=gup pattern=loop-null-check reason=count-not-the-returned-one acquires=count_holes_uncleared */
	kfree(pages);
	return 0;
}

/* A break on the first empty slot. */
int count_holes_break(struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kzalloc(N * sizeof(*pages), GFP_KERNEL);
	int i, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_holes_break */
	if (got > 0)
		device_gets(dev, pages, got);
	for (i = 0; i < N; i++) {
		if (!pages[i])
			break;
		put_page(pages[i]); /* release: convert provenance=gup reason=holes-possible acquires=count_holes_break */
	}
	kfree(pages);
	return 0;
}

struct count_queue {
	struct page *pages[16];
};

struct count_signed_queue {
	struct page *pages[16];
};

/* The count goes through a function whose loop compares it unsigned: a negative one runs away. */
static void count_wrapped_put(struct page **pages, u64 nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]); /* release: refuse provenance=gup reason=count-may-be-negative acquires=count_wrapped */
}

int count_wrapped(struct count_queue *q, struct device *dev, unsigned long addr, int n)
{
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, q->pages); /* acquire: refused reason=count-may-be-negative releases=count_wrapped_put */

	if (got < n) {
		count_wrapped_put(q->pages, got);
		return -EFAULT;
	}
	device_gets(dev, q->pages, n);
	count_wrapped_put(q->pages, n);
	return 0;
}

/* Twin: signed, so that a negative count releases nothing. */
static void count_signed_put(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]); /* release: convert provenance=gup reason=count-may-be-negative acquires=count_signed */
}

int count_signed(struct count_signed_queue *q, struct device *dev, unsigned long addr, int n)
{
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, q->pages); /* acquire: convertible releases=count_signed_put */

	if (got < n) {
		count_signed_put(q->pages, got);
		return -EFAULT;
	}
	device_gets(dev, q->pages, n);
	count_signed_put(q->pages, n);
	return 0;
}

/* Through a function, and the requested count instead of the returned one. */
static void count_asked_put(struct page **pages, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		put_page(pages[i]); /* release: refuse provenance=gup acquires=count_asked_for */
}

int count_asked_for(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=count-not-the-returned-one releases=count_asked_put */

	if (got > 0)
		device_gets(dev, pages, got);
	if (got > 0)
		count_asked_put(pages, n);
	return 0;
}

/* The first page by itself, and the others where there are any. */
int count_first_then_rest(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=count_first_then_rest */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	put_page(pages[0]); /* release: convert provenance=gup not=partial-array acquires=count_first_then_rest */
	if (got > 1)
		release_pages(&pages[1], got - 1); /* release: convert provenance=gup acquires=count_first_then_rest */
	return 0;
}

/* The same, but two pages are not looked at. */
int count_first_then_more(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused releases=count_first_then_more */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	put_page(pages[0]); /* release: refuse provenance=gup reason=partial-array acquires=count_first_then_more */
	if (got > 2)
		release_pages(&pages[1], got - 1); /* release: refuse provenance=gup acquires=count_first_then_more */
	return 0;
}

/* Nobody calls it, which no edit of this file is to blame for. */
static int count_nobody(int n)
{
	int unused;

	return n;
}
