// SPDX-License-Identifier: GPL-2.0-only
/* Paths: success, errors, unwinding by goto, partial results, zero, negative errno, leaks. */
#include <linux/annotated.h>

#define N 16
int path_start(struct device *dev);
int path_finish(struct device *dev);

/* Unwinding by goto; success and failure share the release. */
int path_goto(struct device *dev, unsigned long addr, int n)
{
	struct page **pages;
	int i, got, ret = -ENOMEM;

	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 not=release-not-found releases=path_goto */
	if (got < 0) {
		ret = got;
		goto free;
	}
	if (got < n) {
		ret = -EFAULT;
		goto put;
	}
	device_gets(dev, pages, got);
	ret = path_start(dev);
	if (ret)
		goto put;
	ret = path_finish(dev);
put:
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop not=count-may-be-negative,count-not-the-returned-one acquires=path_goto */
free:
	kfree(pages);
	return ret;
}

/* Twin: one goto leads past the release, with all pages held. */
int path_goto_leak(struct device *dev, unsigned long addr, int n)
{
	struct page **pages;
	int i, got, ret = -ENOMEM;

	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused reason=release-not-found releases=path_goto_leak */
	if (got < 0) {
		ret = got;
		goto free;
	}
	if (got < n) {
		ret = -EFAULT;
		goto put;
	}
	device_gets(dev, pages, got);
	ret = path_start(dev);
	if (ret)
		goto free;
	ret = path_finish(dev);
put:
	for (i = 0; i < got; i++)
		put_page(pages[i]); /* release: refuse provenance=gup pattern=loop acquires=path_goto_leak */
free:
	kfree(pages);
	return ret;
}

/* An early return, each with a release of its own. */
int path_early(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=path_early */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (path_start(dev)) {
		put_page(page); /* release: convert provenance=gup acquires=path_early */
		return -EIO;
	}
	put_page(page); /* release: convert provenance=gup acquires=path_early */
	return 0;
}

/* Twin: the early return forgets it. */
int path_early_leak(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases=path_early_leak */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (path_start(dev))
		return -EIO;
	put_page(page); /* release: refuse provenance=gup acquires=path_early_leak */
	return 0;
}

/* A partial result is forgotten: 0 < got < n pages leak. It is said, but does not refuse. */
int path_partial_leak(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible reason=release-not-found releases=path_partial_leak */
	if (got != n)
		return got < 0 ? got : -EFAULT;
	device_gets(dev, pages, n);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=path_partial_leak */
	return 0;
}

/* Twin: it is given back. */
int path_partial(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=path_partial */
	if (got != n) {
		for (i = 0; i < got; i++)
			put_page(pages[i]); /* release: convert provenance=gup pattern=loop reason=count-may-be-negative acquires=path_partial */
		return got < 0 ? got : -EFAULT;
	}
	device_gets(dev, pages, n);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop not=count-not-the-returned-one,count-may-be-negative acquires=path_partial */
	return 0;
}

/* A negative errno is turned to 0 first: nothing runs away. */
int path_zeroed(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=path_zeroed */
	if (got < 0)
		got = 0;
	device_gets(dev, pages, got);
	release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages not=count-may-be-negative acquires=path_zeroed */
	return 0;
}

/* Twin: it is not. release_pages(int) does nothing; unpin_user_pages(unsigned long) would run away. */
int path_not_zeroed(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=path_not_zeroed */
	device_gets(dev, pages, got);
	release_pages(pages, got); /* release: convert provenance=gup pattern=release-pages reason=count-may-be-negative acquires=path_not_zeroed */
	return 0;
}

/* A switch with a fall through. */
int path_switch(struct device *dev, unsigned long addr, int how)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=path_switch */
		return -EFAULT;
	switch (how) {
	case 1:
		device_gets(dev, &page, 1);
		ret = 1;
		/* fall through */
	case 2:
		put_page(page); /* release: convert provenance=gup acquires=path_switch */
		break;
	default:
		put_page(page); /* release: convert provenance=gup acquires=path_switch */
		ret = -EINVAL;
	}
	return ret;
}

/* Twin: a case that leaves without it. */
int path_switch_leak(struct device *dev, unsigned long addr, int how)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases=path_switch_leak */
		return -EFAULT;
	switch (how) {
	case 1:
		device_gets(dev, &page, 1);
		ret = 1;
		break;
	case 2:
		put_page(page); /* release: refuse provenance=gup acquires=path_switch_leak */
		break;
	default:
		put_page(page); /* release: refuse provenance=gup acquires=path_switch_leak */
		ret = -EINVAL;
	}
	return ret;
}

/* A loop that acquires in pieces and releases each. */
int path_pieces(struct device *dev, unsigned long addr, unsigned long left)
{
	struct page *pages[N];

	while (left) {
		int i, got = get_user_pages_fast(addr, min_t(int, left, N), FOLL_WRITE, pages); /* acquire: convertible case=1 releases=path_pieces */

		if (got <= 0)
			return got ? got : -EFAULT;
		device_gets(dev, pages, got);
		for (i = 0; i < got; i++)
			put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=path_pieces */
		left -= got;
		addr += got * PAGE_SIZE;
	}
	return 0;
}

/* Pieces that fill one array; all are released at the end. */
long path_gather(struct device *dev, unsigned long addr, long n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	long done = 0, got, i, ret = 0;

	if (!pages)
		return -ENOMEM;
	while (done < n) {
		got = get_user_pages(addr + done * PAGE_SIZE, n - done, FOLL_WRITE, pages + done); /* acquire: convertible case=1 releases=path_gather */
		if (got <= 0) {
			ret = got ? got : -EFAULT;
			break;
		}
		done += got;
	}
	if (!ret)
		device_gets(dev, pages, done);
	for (i = 0; i < done; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=path_gather */
	kvfree(pages);
	return ret;
}

/* Released twice on one path. */
int path_twice(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=path_twice */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (path_start(dev)) {
		put_page(page); /* release: refuse provenance=gup acquires=path_twice */
		ret = -EIO;
	}
	put_page(page); /* release: refuse provenance=gup acquires=path_twice */
	return ret;
}

/* Twin: "else", and it is released once. */
int path_once(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=path_once */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (path_start(dev)) {
		put_page(page); /* release: convert provenance=gup acquires=path_once */
		ret = -EIO;
	} else
		put_page(page); /* release: convert provenance=gup acquires=path_once */
	return ret;
}

/* A guard that the acquire does not have: nobody knows that it holds whenever there are pages. */
struct path_state {
	struct page *pages[N];
	int nr;
	bool enabled;
};

int path_guard_get(struct path_state *s, struct device *dev, unsigned long addr)
{
	s->nr = get_user_pages_fast(addr, N, FOLL_WRITE, s->pages); /* acquire: convertible case=2 longterm releases=path_guard_put */
	if (s->nr > 0)
		device_gets(dev, s->pages, s->nr);
	return s->nr < 0 ? s->nr : 0;
}

void path_guard_put(struct path_state *s)
{
	int i;

	if (!s->enabled)
		return;
	for (i = 0; i < s->nr; i++)
		put_page(s->pages[i]); /* release: convert provenance=gup pattern=loop reason=guarded-release acquires=path_guard_get */
}
