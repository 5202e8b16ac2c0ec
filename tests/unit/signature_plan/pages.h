/* SPDX-License-Identifier: GPL-2.0-only */
/* What the cases need; it is no part of them. */
typedef _Bool bool;
typedef unsigned long size_t;
#define true 1
#define false 0
#define NULL ((void *)0)
#define EXPORT_SYMBOL(name) extern typeof(name) name; void *__addressable_##name = (void *)&name
#define unlikely(x) __builtin_expect(!!(x), 0)
struct page {
	unsigned long flags;
};
void put_user_page(struct page *page);
void put_user_pages(struct page **pages, unsigned long npages);
void unrelated(void *what);
int look(struct page *page);
int PageDirty(struct page *page);
