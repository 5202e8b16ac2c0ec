// SPDX-License-Identifier: GPL-2.0-only
/* A path of a caller misses the second half of a pair of functions. */
#include <linux/annotated.h>

#define N 16

int use_device(struct device *dev);

static int wrapper_get(unsigned long addr, struct page **page)
{
	int got = pin_user_pages_fast(addr, 1, FOLL_WRITE, page);

	return got == 1 ? 0 : -EFAULT;
}

static void wrapper_put(struct page *page)
{
	unpin_user_pages_dirty_lock(&page, 1, true);
}

int wrapper_wrong(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrapper_get(addr, &page))
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* Twin. */
int wrapper_right(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (wrapper_get(addr, &page))
		return -EFAULT;
	if (use_device(dev)) {
		wrapper_put(page);
		return -EIO;
	}
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* The page is what the first half returns. */
static struct page *wrapper_page(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return NULL;
	return page;
}

int wrapper_returned(struct device *dev, unsigned long addr)
{
	struct page *page = wrapper_page(addr);

	if (!page)
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
}

/* Two levels. */
static int wrapper_outer(unsigned long addr, struct page **page)
{
	int ret = wrapper_get(addr, page);

	return ret ? ret : 0;
}

int wrapper_two_levels(struct device *dev, unsigned long addr)
{
	struct page *page;
	int ret = wrapper_outer(addr, &page);

	if (ret)
		return ret;
	ret = use_device(dev);
	if (ret < 0)
		goto out;
	device_gets(dev, &page, 1);
	wrapper_put(page);
	return 0;
out:
	return ret; /* gupconv: finding wrapper-path-missing high */
}

/* An array. */
static int wrapper_get_all(unsigned long addr, struct page **pages)
{
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE, pages);

	if (got == N)
		return 0;
	if (got > 0)
		unpin_user_pages(pages, got);
	return -EFAULT;
}

static void wrapper_put_all(struct page **pages)
{
	unpin_user_pages_dirty_lock(pages, N, true);
}

int wrapper_array(struct device *dev, unsigned long addr)
{
	struct page *pages[N];

	if (wrapper_get_all(addr, pages))
		return -EFAULT;
	if (use_device(dev))
		return -EIO; /* gupconv: finding wrapper-path-missing high */
	device_gets(dev, pages, N);
	wrapper_put_all(pages);
	return 0;
}

/* As many as the memory has, in an array of the caller's: later an object has them all. */
struct wrapper_region {
	struct scatterlist *sg;
	int nents;
};

static int wrapper_pin_some(unsigned long addr, int n, struct page **pages)
{
	int got = pin_user_pages_fast(addr, n, FOLL_WRITE | FOLL_LONGTERM, pages);

	if (got >= 0 && got < n) {
		unpin_user_pages(pages, got);
		got = -EFAULT;
	}
	return got;
}

void wrapper_region_end(struct wrapper_region *r)
{
	int i;

	for (i = 0; i < r->nents; i++) {
		set_page_dirty_lock(sg_page(&r->sg[i]));
		unpin_user_page(sg_page(&r->sg[i]));
	}
	kfree(r->sg);
}

int wrapper_region_start(struct wrapper_region *r, struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	struct scatterlist *sg;
	int ret, i;

	if (!pages)
		return -ENOMEM;
	ret = wrapper_pin_some(addr, n, pages);
	if (ret <= 0)
		goto out;
	n = ret;
	sg = kmalloc_array(n, sizeof(*sg), 0);
	if (!sg) {
		ret = -ENOMEM;
		goto out;
	}
	for (i = 0; i < n; i++)
		sg_set_page(&sg[i], pages[i], PAGE_SIZE, 0);
	dma_map_sg(dev, sg, n, DMA_FROM_DEVICE);
	r->sg = sg;
	r->nents = n;
	ret = 0;
out:
	kfree(pages);
	return ret; /* gupconv: finding wrapper-path-missing high */
}

/* Twin. */
int wrapper_region_start_right(struct wrapper_region *r, struct device *dev, unsigned long addr,
			       int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	struct scatterlist *sg;
	int ret, i;

	if (!pages)
		return -ENOMEM;
	ret = wrapper_pin_some(addr, n, pages);
	if (ret <= 0)
		goto out;
	n = ret;
	sg = kmalloc_array(n, sizeof(*sg), 0);
	if (!sg) {
		unpin_user_pages(pages, n);
		ret = -ENOMEM;
		goto out;
	}
	for (i = 0; i < n; i++)
		sg_set_page(&sg[i], pages[i], PAGE_SIZE, 0);
	dma_map_sg(dev, sg, n, DMA_FROM_DEVICE);
	r->sg = sg;
	r->nents = n;
	ret = 0;
out:
	kfree(pages);
	return ret;
}

/* Several pieces of memory, and a count through a pointer: after a failure some of it is there. */
static int wrapper_pin_pieces(const unsigned long *addr, int nr, struct page **pages, int n,
			      unsigned int *pinned)
{
	int i, got;

	for (i = 0; i < nr; i++) {
		got = pin_user_pages_fast(addr[i], n, FOLL_WRITE, pages);
		if (got <= 0)
			return got ? got : -EFAULT;
		*pinned += got;
		pages += got;
		n -= got;
	}
	return 0;
}

int wrapper_pieces(struct device *dev, const unsigned long *addr, int nr, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), 0);
	unsigned int pinned = 0;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = wrapper_pin_pieces(addr, nr, pages, n, &pinned);
	if (ret < 0)
		goto out;
	device_gets(dev, pages, pinned);
	ret = use_device(dev);
	if (ret < 0) {
		kfree(pages);
		return ret; /* gupconv: finding wrapper-path-missing high */
	}
out:
	unpin_user_pages_dirty_lock(pages, pinned, true);
	kfree(pages);
	return ret;
}

/* No fault: what the second function finds was put there by the first one, too. */
struct wrapper_set {
	struct page *pages[N];
	int nr;
};

static int wrapper_set_pin(struct wrapper_set *set, unsigned long addr, struct page **pages)
{
	int got = pin_user_pages_fast(addr, N, FOLL_WRITE | FOLL_LONGTERM, pages), i;

	if (got <= 0)
		return -EFAULT;
	for (i = 0; i < got; i++)
		set->pages[i] = pages[i];
	set->nr = got;
	return 0;
}

void wrapper_set_end(struct wrapper_set *set)
{
	unpin_user_pages_dirty_lock(set->pages, set->nr, true);
}

int wrapper_set_start(struct wrapper_set *set, struct device *dev, unsigned long addr)
{
	struct page **pages = kmalloc_array(N, sizeof(*pages), 0);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = wrapper_set_pin(set, addr, pages);
	if (!ret)
		ret = use_device(dev);
	kfree(pages);
	return ret;
}
