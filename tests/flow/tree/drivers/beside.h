/* SPDX-License-Identifier: GPL-2.0-only */
/* No API name stands in this header, but its functions tell beside.c where the pages are. */
#ifndef BESIDE_H
#define BESIDE_H
#include <linux/annotated.h>
#include <linux/scatterlist.h>

struct beside_user {
	struct page **pages, **own;
	struct scatterlist *sgl;
	int nr, nr_own;
};

struct beside_cursor {
	struct scatterlist *sg;
	unsigned long pfn;
};

static inline struct beside_cursor beside_start(struct scatterlist *sgl)
{
	struct beside_cursor cursor = { .sg = sgl };

	if (cursor.sg)
		cursor.pfn = page_to_pfn(sg_page(cursor.sg));
	return cursor;
}

static inline struct page **beside_pages(struct beside_user *user)
{
	return user->pages;
}

static inline struct page **beside_own(struct beside_user *user)
{
	return user->own;
}

struct beside_pair {
	struct page **both;
};

static inline struct page **beside_both(struct beside_pair *pair)
{
	return pair->both;
}

/* One that calls another one. */
static inline struct page *beside_at(struct beside_pair *pair, int i)
{
	return beside_both(pair)[i];
}
#endif
