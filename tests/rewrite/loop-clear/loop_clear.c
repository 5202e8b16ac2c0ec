// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct clear_table {
	struct page *pages[16];
	int nr;
};

int clear_fill(struct clear_table *table, struct device *dev, unsigned long addr)
{
	int got = get_user_pages_fast(addr, 16, FOLL_WRITE, table->pages);

	if (got <= 0)
		return -EFAULT;
	table->nr = got;
	device_gets(dev, table->pages, got);
	return 0;
}

void clear_drop(struct clear_table *table)
{
	int i;

	for (i = 0; i < table->nr; i++) {
		put_page(table->pages[i]);
		table->pages[i] = NULL;
	}
	table->nr = 0;
}

int clear_local(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got;

	got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		put_page(pages[i]);
		pages[i] = NULL;
	}
	return 0;
}
