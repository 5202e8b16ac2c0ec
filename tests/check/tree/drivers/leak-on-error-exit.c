// SPDX-License-Identifier: GPL-2.0-only
/* All pages were acquired, and an error exit leaves without giving them back. */
#include <linux/annotated.h>
#include <linux/list.h>
#include <linux/scatterlist.h>
#include <linux/uio.h>

#define N 16

int start_device(struct device *dev);

int leak_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = start_device(dev);
	if (ret)
		return -EIO; /* gupconv: finding leak-on-error-exit high */
	device_gets(dev, &page, 1);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* Twin. */
int leak_right(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = start_device(dev);
	if (ret) {
		unpin_user_page(page);
		return -EIO;
	}
	device_gets(dev, &page, 1);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* The array is the caller's, and one of two error exits forgets it. */
struct leak_box {
	struct page **pages;
	void *table;
	int nr;
};

int leak_box_pin(struct leak_box *box, struct device *dev, unsigned long addr)
{
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, box->pages);

	if (got < 0)
		return got;
	if (got != N) {
		unpin_user_pages(box->pages, got);
		return -EFAULT;
	}
	if (start_device(dev)) {
		unpin_user_pages(box->pages, N);
		return -EIO;
	}
	box->table = kmalloc(PAGE_SIZE, 0);
	if (!box->table)
		return -ENOMEM; /* gupconv: finding leak-on-error-exit high */
	device_gets(dev, box->pages, N);
	box->nr = N;
	return 0;
}

void leak_box_free(struct leak_box *box)
{
	unpin_user_pages_dirty_lock(box->pages, box->nr, true);
	box->nr = 0;
}

/* Twin: what was pinned is written down, so that others can give it back. */
struct leak_case {
	struct page **pages;
	void *table;
	int nr;
};

void leak_case_free(struct leak_case *box)
{
	unpin_user_pages_dirty_lock(box->pages, box->nr, true);
	box->nr = 0;
}

int leak_case_pin(struct leak_case *box, struct device *dev, unsigned long addr)
{
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, box->pages);

	if (got < 0)
		return got;
	if (got != N) {
		unpin_user_pages(box->pages, got);
		return -EFAULT;
	}
	box->nr = got;
	box->table = kmalloc(PAGE_SIZE, 0);
	if (!box->table)
		return -ENOMEM;
	device_gets(dev, box->pages, N);
	return 0;
}

/* What the cleanup finds are the pages that were put into a list, and these were not yet. */
struct leak_chunk {
	struct list_head list;
	int nr;
	struct scatterlist sg[N];
};

static void leak_put_chunks(struct list_head *chunks)
{
	struct leak_chunk *chunk;
	int i;

	list_for_each_entry(chunk, chunks, list) {
		for (i = 0; i < chunk->nr; i++) {
			struct page *page = sg_page(&chunk->sg[i]);

			unpin_user_pages_dirty_lock(&page, 1, true);
		}
	}
}

int leak_list(struct list_head *chunks, unsigned long addr)
{
	struct page *pages[N];
	struct leak_chunk *chunk;
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, pages), i;
	int ret = 0;

	if (got < 0)
		return got;
	chunk = kmalloc(sizeof(*chunk), 0);
	if (!chunk) {
		ret = -ENOMEM;
		goto out;
	}
	chunk->nr = got;
	for (i = 0; i < got; i++)
		sg_set_page(&chunk->sg[i], pages[i], PAGE_SIZE, 0);
	list_add_tail(&chunk->list, chunks);
	if (got != N)
		ret = -EFAULT;
out:
	if (ret < 0)
		leak_put_chunks(chunks);
	return ret; /* gupconv: finding leak-on-error-exit high */ /* gupconv: finding partial-not-released high */
}

/* One error exit of a loop. */
int leak_in_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		if (pin_user_pages_fast(addr + i * PAGE_SIZE, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		if (start_device(dev))
			return -EIO; /* gupconv: finding leak-on-error-exit high */
		device_gets(dev, &page, 1);
		unpin_user_pages_dirty_lock(&page, 1, true);
	}
	return 0;
}

/* No fault: the same question twice has the same answer. */
int leak_asked_twice(struct device *dev, unsigned long addr)
{
	struct page *page;
	int is_ready = start_device(dev);

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (is_ready)
		unpin_user_page(page);
	if (is_ready)
		return -EIO;
	device_gets(dev, &page, 1);
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}

/* No fault: bytes rounded up are a page at least, so that the release is not one of nothing. */
long leak_rounded(struct device *dev, struct iov_iter *iter, size_t size)
{
	struct page **pages;
	size_t start;
	long done = 0, ret = -EINVAL;

	while (size) {
		unsigned int n, i;

		ret = iov_iter_get_pages_alloc2(iter, &pages, size, &start);
		if (ret < 0)
			break;
		n = (ret + start + PAGE_SIZE - 1) / PAGE_SIZE;
		for (i = 0; i < n; i++) {
			ret = start_device(dev);
			if (ret < 0)
				break;
			done++;
		}
		release_pages(pages, n);
		if (ret < 0)
			break;
		size = 0;
	}
	if (!done)
		return ret < 0 ? ret : -EIO;
	return done;
}

/* The loop that gives the pages back is left at the first that is no good. */
int use_page(struct page *page);

int leak_rest(unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, 0, pages), i;

	if (got < N) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EINVAL;
	}
	for (i = 0; i < N; i++) {
		if (use_page(pages[i]))
			return -EIO; /* gupconv: finding leak-on-error-exit high */
		unpin_user_page(pages[i]);
	}
	return 0;
}

/* Twin: it goes on. */
int leak_rest_right(unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, 0, pages), i, ret = 0;

	if (got < N) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EINVAL;
	}
	for (i = 0; i < N; i++) {
		if (use_page(pages[i]))
			ret = -EIO;
		unpin_user_page(pages[i]);
	}
	return ret;
}

/* By a jump to what is done in any case. */
int leak_rest_jump(unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int got, i, ret = 0;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, n, 0, pages);
	for (i = 0; i < got; i++) {
		ret = use_page(pages[i]);
		put_page(pages[i]);
		if (ret < 0)
			goto free;
	}
free:
	kfree(pages);
	return ret; /* gupconv: finding leak-on-error-exit medium */
}

/* No fault: another loop has the rest. */
int leak_rest_later(unsigned long addr)
{
	struct page *pages[N];
	int got = pin_user_pages_fast(addr, N, 0, pages), i, ret = 0;

	if (got <= 0)
		return -EINVAL;
	for (i = 0; i < got; i++) {
		if (use_page(pages[i])) {
			ret = -EIO;
			break;
		}
		unpin_user_page(pages[i]);
	}
	for (; i < got; i++)
		unpin_user_page(pages[i]);
	return ret;
}

/* A function that fails has only looked at the pages: they are still the caller's to give back. */
struct leak_map {
	struct page **pages;
	dma_addr_t *addrs;
	int nr;
};

static int leak_map_pages(struct device *dev, struct page **pages, int n, dma_addr_t *addrs)
{
	int i;

	for (i = 0; i < n; i++) {
		addrs[i] = dma_map_page(dev, pages[i], 0, PAGE_SIZE, DMA_FROM_DEVICE);
		if (!addrs[i])
			return -EIO;
	}
	return 0;
}

int leak_mapped(struct leak_map *m, struct device *dev, unsigned long addr)
{
	int ret = pin_user_pages_fast(addr, m->nr, FOLL_WRITE | FOLL_LONGTERM, m->pages);

	if (ret < 0)
		return ret;
	if (ret < m->nr) {
		unpin_user_pages(m->pages, ret);
		return -EFAULT;
	}
	ret = leak_map_pages(dev, m->pages, m->nr, m->addrs);
	if (ret < 0)
		return ret; /* gupconv: finding leak-on-error-exit medium */
	return 0;
}

/* Twin. */
int leak_mapped_right(struct leak_map *m, struct device *dev, unsigned long addr)
{
	int ret = pin_user_pages_fast(addr, m->nr, FOLL_WRITE | FOLL_LONGTERM, m->pages);

	if (ret < 0)
		return ret;
	if (ret < m->nr) {
		unpin_user_pages(m->pages, ret);
		return -EFAULT;
	}
	ret = leak_map_pages(dev, m->pages, m->nr, m->addrs);
	if (ret < 0) {
		unpin_user_pages_dirty_lock(m->pages, m->nr, true);
		return ret;
	}
	return 0;
}

void leak_map_end(struct leak_map *m)
{
	unpin_user_pages_dirty_lock(m->pages, m->nr, true);
}

/* The number that others would have found is taken back, and the pages are not. */
struct leak_user {
	struct page *pages[N];
	int nr;
};

int leak_number(struct leak_user *u, struct device *dev, unsigned long addr)
{
	int ret = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, u->pages);

	if (ret != N) {
		if (ret > 0)
			unpin_user_pages(u->pages, ret);
		return -EFAULT;
	}
	u->nr = N;
	if (start_device(dev)) {
		u->nr = 0;
		return -EIO; /* gupconv: finding leak-on-error-exit high */
	}
	device_gets(dev, u->pages, N);
	return 0;
}

/* Twin: who ends it finds them. */
int leak_number_right(struct leak_user *u, struct device *dev, unsigned long addr)
{
	int ret = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, u->pages);

	if (ret != N) {
		if (ret > 0)
			unpin_user_pages(u->pages, ret);
		return -EFAULT;
	}
	u->nr = N;
	if (start_device(dev))
		return -EIO;
	device_gets(dev, u->pages, N);
	return 0;
}

void leak_user_end(struct leak_user *u)
{
	unpin_user_pages_dirty_lock(u->pages, u->nr, true);
	u->nr = 0;
}

/* What gives the array back gets at it through the address of the variable. */
static void free_table(struct page ***table, int nr)
{
	struct page **pages = *table;

	if (!pages)
		return;
	unpin_user_pages(pages, nr);
	kfree(pages);
	*table = NULL;
}

/* The number is overwritten by an error code before it is used as such. */
struct page **leak_number_lost(unsigned long addr, unsigned int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int ret, i;

	if (!pages)
		return NULL;
	ret = pin_user_pages_fast(addr, n, FOLL_LONGTERM, pages);
	if (ret != n) {
fail:
		free_table(&pages, ret > 0 ? ret : 0);
		return NULL; /* gupconv: finding leak-on-error-exit high */
	}
	for (i = 0; i < n; i++) {
		ret = -EINVAL;
		if (page_to_pfn(pages[i]) & 1)
			goto fail;
	}
	return pages;
}

/* Twin: it stays. */
struct page **leak_number_kept(unsigned long addr, unsigned int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	int ret, i;

	if (!pages)
		return NULL;
	ret = pin_user_pages_fast(addr, n, FOLL_LONGTERM, pages);
	if (ret != n) {
fail:
		free_table(&pages, ret > 0 ? ret : 0);
		return NULL;
	}
	for (i = 0; i < n; i++) {
		if (page_to_pfn(pages[i]) & 1)
			goto fail;
	}
	return pages;
}

/* The page at which the loop is left is neither given back by it nor among the rest. */
int leak_at_break(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int got = get_user_pages_fast(addr, n, 0, pages), i, ret = 0;

	for (i = 0; i < got; i++) {
		if (page_to_pfn(pages[i]) & 1) {
			ret = -EFAULT;
			break; /* gupconv: finding leak-on-error-exit high */
		}
		put_page(pages[i]);
	}
	if (ret < 0 && got - (i + 1) > 0)
		release_pages(&pages[i + 1], got - (i + 1));
	return ret;
}

/* Twin: the rest begins with it. */
int leak_from_break(struct device *dev, unsigned long addr, int n, struct page **pages)
{
	int got = get_user_pages_fast(addr, n, 0, pages), i, ret = 0;

	for (i = 0; i < got; i++) {
		if (page_to_pfn(pages[i]) & 1) {
			ret = -EFAULT;
			break;
		}
		put_page(pages[i]);
	}
	if (ret < 0 && got - i > 0)
		release_pages(&pages[i], got - i);
	return ret;
}
