// SPDX-License-Identifier: GPL-2.0-only
/* The other half of params.c: acquires and releases for callers in another file. */
#include "params.h"

int far_grab(unsigned long addr, int n, struct page **pages)
{
	return get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=far_drop */
}

void far_drop(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]); /* release: convert provenance=gup pattern=loop acquires=far_grab,param_near */
}

struct page *far_one(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=param_result */
		return NULL;
	return page;
}

struct far_table *far_table_new(unsigned long addr, int n)
{
	struct far_table *table = kzalloc(sizeof(*table), GFP_KERNEL);

	if (!table)
		return NULL;
	table->pages = kcalloc(n, sizeof(*table->pages), GFP_KERNEL);
	if (table->pages)
		table->nr = get_user_pages_fast(addr, n, FOLL_WRITE, table->pages); /* acquire: convertible releases=far_table_free */
	return table;
}

void far_table_free(struct far_table *table)
{
	if (table->nr > 0)
		release_pages(table->pages, table->nr); /* release: convert provenance=gup not=count-may-be-negative acquires=far_table_new */
	kfree(table->pages);
	kfree(table);
}
