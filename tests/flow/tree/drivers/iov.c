// SPDX-License-Identifier: GPL-2.0-only
/* iov_iter: pages of users or of the kernel, as the iterator is. */
#include <linux/annotated.h>
#include <linux/uio.h>

/* Mixed by nature: only user iovecs give users' pages. */
ssize_t iov_get(struct iov_iter *iter, struct device *dev)
{
	struct page *pages[8];
	size_t start;
	ssize_t got = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &start); /* acquire: refused releases=iov_get */
	int i, n = DIV_ROUND_UP(start + got, PAGE_SIZE);

	if (got <= 0)
		return got;
	device_gets(dev, pages, n);
	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: refuse provenance=mixed reason=mixed-provenance acquires=iov_get */
	return got;
}

ssize_t iov_get_alloc(struct iov_iter *iter, struct device *dev)
{
	struct page **pages;
	size_t start;
	ssize_t got = iov_iter_get_pages_alloc2(iter, &pages, 8 * PAGE_SIZE, &start); /* acquire: refused releases=iov_get_alloc */
	int n = DIV_ROUND_UP(start + got, PAGE_SIZE);

	if (got <= 0)
		return got;
	device_gets(dev, pages, n);
	release_pages(pages, n); /* release: refuse provenance=mixed reason=mixed-provenance acquires=iov_get_alloc */
	kvfree(pages);
	return got;
}

/* The new way: unpinned if it was pinned, and the answer is kept. */
ssize_t iov_extract(struct iov_iter *iter, struct device *dev)
{
	struct page *stack[8], **pages = stack;
	bool need_unpin = iov_iter_extract_will_pin(iter);
	size_t start;
	ssize_t got = iov_iter_extract_pages(iter, &pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: converted releases=iov_extract */

	if (got <= 0)
		return got;
	device_gets(dev, pages, DIV_ROUND_UP(start + got, PAGE_SIZE));
	if (need_unpin)
		unpin_user_pages(pages, DIV_ROUND_UP(start + got, PAGE_SIZE)); /* release: converted acquires=iov_extract */
	return got;
}

/* The iterator's answer is kept from acquire to release. */
struct iov_answer {
	struct page **pages;
	int nr;
	bool need_unpin;
};

ssize_t iov_answer_get(struct iov_answer *a, struct device *dev, struct iov_iter *iter)
{
	size_t start;
	ssize_t got;

	a->need_unpin = iov_iter_extract_will_pin(iter);
	got = iov_iter_extract_pages(iter, &a->pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: converted releases=iov_answer_put */
	if (got > 0) {
		a->nr = DIV_ROUND_UP(got, PAGE_SIZE);
		device_gets(dev, a->pages, a->nr);
	}
	return got;
}

int iov_answer_own(struct iov_answer *a)
{
	a->need_unpin = false;
	a->pages = kcalloc(1, sizeof(*a->pages), GFP_KERNEL);
	if (!a->pages)
		return -ENOMEM;
	a->pages[0] = alloc_page(GFP_KERNEL);
	a->nr = 1;
	return 0;
}

void iov_answer_put(struct iov_answer *a)
{
	if (a->need_unpin)
		unpin_user_pages(a->pages, a->nr); /* release: converted provenance=flagged reason=flagged-provenance acquires=iov_answer_get */
}

/* The others are not known at all, and the answer is kept. */
struct iov_given {
	struct page **pages;
	int nr;
	bool need_unpin;
};

ssize_t iov_given_get(struct iov_given *a, struct device *dev, struct iov_iter *iter)
{
	size_t start;
	ssize_t got;

	a->need_unpin = iov_iter_extract_will_pin(iter);
	got = iov_iter_extract_pages(iter, &a->pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: converted releases=iov_given_put */
	if (got > 0) {
		a->nr = DIV_ROUND_UP(got, PAGE_SIZE);
		device_gets(dev, a->pages, a->nr);
	}
	return got;
}

void iov_given_take(struct iov_given *a, struct page **theirs, int nr)
{
	a->need_unpin = false;
	a->pages = theirs;
	a->nr = nr;
}

void iov_given_put(struct iov_given *a)
{
	if (a->need_unpin)
		unpin_user_pages(a->pages, a->nr); /* release: converted provenance=flagged reason=flagged-provenance acquires=iov_given_get */
}

/* Twin: the flag says the same of both. */
struct iov_same {
	struct page **pages;
	int nr;
	bool need_unpin;
};

ssize_t iov_same_get(struct iov_same *a, struct device *dev, struct iov_iter *iter)
{
	size_t start;
	ssize_t got;

	a->need_unpin = iov_iter_extract_will_pin(iter);
	got = iov_iter_extract_pages(iter, &a->pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: converted releases=iov_same_put */
	if (got > 0) {
		a->nr = DIV_ROUND_UP(got, PAGE_SIZE);
		device_gets(dev, a->pages, a->nr);
	}
	return got;
}

void iov_same_take(struct iov_same *a, struct page **theirs, int nr)
{
	a->need_unpin = true;
	a->pages = theirs;
	a->nr = nr;
}

void iov_same_put(struct iov_same *a)
{
	if (a->need_unpin)
		unpin_user_pages(a->pages, a->nr); /* release: refuse provenance=unknown reason=unknown-provenance acquires=iov_same_get */
}

/* Twin: nobody asks for the answer. */
struct iov_unasked {
	struct page **pages;
	int nr;
	bool need_unpin;
};

ssize_t iov_unasked_get(struct iov_unasked *a, struct device *dev, struct iov_iter *iter)
{
	size_t start;
	ssize_t got;

	got = iov_iter_extract_pages(iter, &a->pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: converted releases=iov_unasked_put */
	if (got > 0) {
		a->nr = DIV_ROUND_UP(got, PAGE_SIZE);
		device_gets(dev, a->pages, a->nr);
	}
	return got;
}

int iov_unasked_own(struct iov_unasked *a)
{
	a->need_unpin = true;
	a->pages = kcalloc(1, sizeof(*a->pages), GFP_KERNEL);
	if (!a->pages)
		return -ENOMEM;
	a->pages[0] = alloc_page(GFP_KERNEL);
	a->nr = 1;
	return 0;
}

void iov_unasked_put(struct iov_unasked *a)
{
	if (a->need_unpin)
		unpin_user_pages(a->pages, a->nr); /* release: refuse provenance=mixed reason=mixed-provenance acquires=iov_unasked_get */
}

/* The kernel's own memory is nobody's user pages, and extracting takes no reference. */
static void iov_load(struct iov_iter *iter, const struct kvec *vec, size_t len)
{
	iov_iter_kvec(iter, 0, vec, 1, len);
}

ssize_t iov_kernel(const struct kvec *vec, struct device *dev)
{
	struct page *stack[8], **pages = stack;
	struct iov_iter iter;
	size_t start;
	ssize_t got;

	iov_load(&iter, vec, 8 * PAGE_SIZE);
	got = iov_iter_extract_pages(&iter, &pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: keep reason=never-gup not=release-not-found releases= */
	if (got > 0)
		device_gets(dev, pages, DIV_ROUND_UP(start + got, PAGE_SIZE));
	return got;
}

/* Twin: a user's memory. */
ssize_t iov_user(void *buf, struct device *dev)
{
	struct page *stack[8], **pages = stack;
	struct iov_iter iter;
	size_t start;
	ssize_t got;

	iov_iter_ubuf(&iter, 0, buf, 8 * PAGE_SIZE);
	got = iov_iter_extract_pages(&iter, &pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: refused reason=release-not-found releases= */
	if (got > 0)
		device_gets(dev, pages, DIV_ROUND_UP(start + got, PAGE_SIZE));
	return got;
}

/* Twin: a copy of what a caller passes. */
ssize_t iov_copy(const struct iov_iter *from, const struct kvec *vec, struct device *dev)
{
	struct page *stack[8], **pages = stack;
	struct iov_iter iter;
	size_t start;
	ssize_t got;

	iov_iter_kvec(&iter, 0, vec, 1, 0);
	iter = *from;
	got = iov_iter_extract_pages(&iter, &pages, 8 * PAGE_SIZE, 8, 0, &start); /* acquire: refused reason=release-not-found releases= */
	if (got > 0)
		device_gets(dev, pages, DIV_ROUND_UP(start + got, PAGE_SIZE));
	return got;
}

/* What is spliced is not pinned: who keeps a page takes a reference. */
struct iov_spliced {
	struct page *page;
};

ssize_t iov_splice(struct iov_iter *iter, struct iov_spliced *to, struct device *dev)
{
	struct page *page, **pages = &page;
	size_t start;
	ssize_t got = iov_iter_extract_pages(iter, &pages, PAGE_SIZE, 1, 0, &start); /* acquire: keep reason=never-gup not=release-not-found releases= */

	if (got <= 0)
		return got;
	dma_map_page(dev, page, start, got, DMA_TO_DEVICE);
	get_page(page);
	to->page = page;
	return got;
}

/* Twin: nobody takes one. */
ssize_t iov_lost(struct iov_iter *iter, struct iov_spliced *to, struct device *dev)
{
	struct page *page, **pages = &page;
	size_t start;
	ssize_t got = iov_iter_extract_pages(iter, &pages, PAGE_SIZE, 1, 0, &start); /* acquire: refused reason=release-not-found releases= */

	if (got <= 0)
		return got;
	dma_map_page(dev, page, start, got, DMA_TO_DEVICE);
	to->page = page;
	return got;
}
