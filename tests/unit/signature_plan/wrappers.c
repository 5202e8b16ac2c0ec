// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages);

struct chunk {
	struct page **list;
};

struct box {
	struct chunk *chunks;
	bool is_write;
};

/* Goes, with its comment. */
static void give_back(struct page **p, size_t n, int dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(p, n);
	else
		put_user_pages(p, n);
}

static void give_back_chunk(struct chunk *chunk, int num, bool clean)
{
	struct page **p = chunk->list;

	while (num--) {
		if (clean)
			put_user_page(*p);
		else
			put_user_pages_dirty_lock(p, 1);
		p++;
	}
}

void users(struct box *box, struct page **pages, int n, bool dirty)
{
	give_back(pages, n, 0);
	give_back(pages, n, 1);
	give_back(pages + 1, n, n > 3);
	give_back_chunk(&box->chunks[n], n, !box->is_write);
	give_back_chunk(box->chunks, n, false);
}

/* Another type between the argument and the function. */
static void narrow(struct page **p, unsigned char n, bool dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(p, n);
	else
		put_user_pages(p, n);
}

static void twice(struct page **p, unsigned long n)
{
	if (n > 1)
		put_user_pages_dirty_lock(p, n);
	else
		put_user_pages(p, n);
}

static void by_pointer(struct page **p, unsigned long n, bool dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(p, n);
	else
		put_user_pages(p, n);
}

/* It was trivial before: somebody wants it. */
static void one_call(struct page **p, unsigned long n)
{
	put_user_pages_dirty_lock(p, n);
}

/* Others can see it. */
void exported(struct page **p, unsigned long n, bool dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(p, n);
	else
		put_user_pages(p, n);
}

void other_users(struct page **pages, unsigned long n, bool dirty)
{
	void (*fn)(struct page **p, unsigned long n, bool dirty) = by_pointer;

	narrow(pages, n, dirty);
	twice(pages, n++);
	fn(pages, n, dirty);
	one_call(pages, n);
}
