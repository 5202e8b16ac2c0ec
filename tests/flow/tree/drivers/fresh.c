// SPDX-License-Identifier: GPL-2.0-only
/* Helpers that hand out memory for pages: what two callers get is not the same. */
#include <linux/annotated.h>
#include <linux/scatterlist.h>
#include <linux/vmalloc.h>

struct fresh_message {
	unsigned int used;
};

struct fresh_user {
	struct scatterlist *sg;
	struct page **pages;
	int nr;
};

struct fresh_own {
	struct scatterlist *sg;
	struct page **pages;
	int nr;
};

/* The lists stand behind the message; each is made empty before it is handed out. */
static struct scatterlist *fresh_sgs(struct fresh_message *message, int n)
{
	struct scatterlist *first = (struct scatterlist *)&message[1];
	struct scatterlist *sg = &first[message->used];

	if (n <= 0)
		return NULL;
	sg_init_table(sg, n);
	message->used += n;
	return sg;
}

int fresh_pin(struct fresh_message *message, struct fresh_user *user, struct device *dev,
	      unsigned long addr)
{
	struct page *page;

	user->sg = fresh_sgs(message, 1);
	if (!user->sg || get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=fresh_unpin */
		return -EFAULT;
	sg_set_page(user->sg, page, PAGE_SIZE, 0);
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

void fresh_unpin(struct fresh_user *user)
{
	put_page(sg_page(user->sg)); /* release: convert provenance=gup acquires=fresh_pin */
}

int fresh_fill(struct fresh_message *message, struct fresh_own *own)
{
	struct page *page = alloc_page(GFP_KERNEL);

	own->sg = fresh_sgs(message, 1);
	if (!own->sg || !page)
		return -ENOMEM;
	sg_set_page(own->sg, page, PAGE_SIZE, 0);
	return 0;
}

void fresh_empty(struct fresh_own *own)
{
	put_page(sg_page(own->sg)); /* release: unrelated provenance=never reason=never-gup acquires= */
}

/* Twin: nothing is made empty, so that it may be the same list again. */
struct same_user {
	struct scatterlist *sg;
};

struct same_own {
	struct scatterlist *sg;
};

static struct scatterlist *same_sgs(struct fresh_message *message, int n)
{
	struct scatterlist *first = (struct scatterlist *)&message[1];
	struct scatterlist *sg = &first[message->used];

	if (n <= 0)
		return NULL;
	return sg;
}

int same_pin(struct fresh_message *message, struct same_user *user, struct device *dev,
	     unsigned long addr)
{
	struct page *page;

	user->sg = same_sgs(message, 1);
	if (!user->sg || get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=same_empty,same_unpin */
		return -EFAULT;
	sg_set_page(user->sg, page, PAGE_SIZE, 0);
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

void same_unpin(struct same_user *user)
{
	put_page(sg_page(user->sg)); /* release: refuse provenance=mixed acquires=same_pin */
}

int same_fill(struct fresh_message *message, struct same_own *own)
{
	struct page *page = alloc_page(GFP_KERNEL);

	own->sg = same_sgs(message, 1);
	if (!own->sg || !page)
		return -ENOMEM;
	sg_set_page(own->sg, page, PAGE_SIZE, 0);
	return 0;
}

void same_empty(struct same_own *own)
{
	put_page(sg_page(own->sg)); /* release: refuse provenance=mixed acquires=same_pin */
}

/* Arrays from a helper that calls another one. */
static struct page **fresh_inner(int n)
{
	return kcalloc(n, sizeof(struct page *), GFP_KERNEL);
}

static struct page **fresh_outer(int n)
{
	struct page **pages = n > 0 ? fresh_inner(n) : NULL;

	return pages;
}

int fresh_array_pin(struct fresh_user *user, struct device *dev, unsigned long addr, int n)
{
	user->pages = fresh_outer(n);
	if (!user->pages)
		return -ENOMEM;
	user->nr = get_user_pages_fast(addr, n, FOLL_WRITE, user->pages); /* acquire: convertible releases=fresh_array_unpin */
	if (user->nr <= 0)
		return -EFAULT;
	device_gets(dev, user->pages, user->nr);
	return 0;
}

void fresh_array_unpin(struct fresh_user *user)
{
	release_pages(user->pages, user->nr); /* release: convert provenance=gup acquires=fresh_array_pin */
}

int fresh_array_fill(struct fresh_own *own, int n)
{
	own->pages = fresh_outer(n);
	if (!own->pages)
		return -ENOMEM;
	for (own->nr = 0; own->nr < n; own->nr++)
		own->pages[own->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void fresh_array_empty(struct fresh_own *own)
{
	release_pages(own->pages, own->nr); /* release: unrelated provenance=never acquires= */
}

/* Twin: the helper keeps the array, and hands out the same one. */
struct kept_pool {
	struct page **pages;
};

static struct page **kept_array(struct kept_pool *pool, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);

	pool->pages = pages;
	return pages;
}

int kept_pin(struct kept_pool *pool, struct device *dev, unsigned long addr, int n)
{
	struct page **pages = kept_array(pool, n);
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=kept_unpin */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	return got;
}

void kept_unpin(struct kept_pool *pool, int n)
{
	release_pages(pool->pages, n); /* release: convert provenance=gup acquires=kept_pin */
}

/* An allocator that says nothing of what the memory is for. */
static void *fresh_any(size_t size)
{
	void *memory = kzalloc(size, GFP_KERNEL);

	return memory ? memory : vmalloc(size);
}

struct any_user {
	struct page **pages;
	int nr;
};

struct any_own {
	struct page **pages;
	int nr;
};

int any_pin(struct any_user *user, struct device *dev, unsigned long addr, int n)
{
	user->pages = fresh_any(n * sizeof(struct page *));
	if (!user->pages)
		return -ENOMEM;
	user->nr = get_user_pages_fast(addr, n, FOLL_WRITE, user->pages); /* acquire: convertible releases=any_unpin */
	if (user->nr <= 0)
		return -EFAULT;
	device_gets(dev, user->pages, user->nr);
	return 0;
}

void any_unpin(struct any_user *user)
{
	release_pages(user->pages, user->nr); /* release: convert provenance=gup acquires=any_pin */
}

int any_fill(struct any_own *own, int n)
{
	own->pages = fresh_any(n * sizeof(struct page *));
	if (!own->pages)
		return -ENOMEM;
	for (own->nr = 0; own->nr < n; own->nr++)
		own->pages[own->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void any_empty(struct any_own *own)
{
	release_pages(own->pages, own->nr); /* release: unrelated provenance=never acquires= */
}
