// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

void put_user_pages_dirty_lock(struct page **pages, unsigned long npages);
void put_user_pages_dirty_lock(struct page **, unsigned long);
extern void __attribute__((used)) put_user_pages_dirty_lock(struct page **pages,
	unsigned long number_of_pages_in_all);

/* put_user_pages_dirty_lock() in a comment stays. */
struct request {
	struct page **pages;
	unsigned long nr;
	bool is_write;
};

void plain(struct page **pages, unsigned long n)
{
	put_user_pages_dirty_lock(pages, n);
}

void too_long(struct request *a_request_with_a_long_name, unsigned long count)
{
	put_user_pages_dirty_lock(a_request_with_a_long_name->pages, count + 1);
}

void branches(struct page **pages, unsigned long n, bool dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(pages, n);
	else
		put_user_pages(pages, n);
	unrelated(pages);
}

void inverted(struct request *r)
{
	if (!r->is_write) {
		put_user_pages(r->pages, r->nr);
	} else {
		put_user_pages_dirty_lock(r->pages, r->nr);
	}
	unrelated(r);
}

void compared(struct request *r, int a, int b)
{
	if (a == b)
		put_user_pages(r->pages, r->nr);
	else
		put_user_pages_dirty_lock(r->pages, r->nr);
	unrelated(r);
}

void chained(struct request *r, struct request *s)
{
	if (!r)
		unrelated(s);
	else if (unlikely(r->is_write))
		put_user_pages_dirty_lock(r->pages, r->nr);
	else
		put_user_pages(r->pages, r->nr);
}

void one_page(struct page *page, bool dirty)
{
	unrelated(page);
	if (dirty)
		put_user_pages_dirty_lock(&page, 1);
	else
		put_user_page(page);
}

/* What is asked of the page is no business of the other arguments. */
void asked(struct page *page)
{
	unrelated(page);
	if (look(page))
		put_user_pages_dirty_lock(&page, 1);
	else
		put_user_page(page);
}

void per_page(struct page **pages, unsigned long n, bool dirty)
{
	unsigned long i;

	unrelated(pages);
	for (i = 0; i < n; i++) {
		if (dirty)
			put_user_pages_dirty_lock(&pages[i], 1);
		else
			put_user_page(pages[i]);
	}
}

void per_page_signed(struct page **pages, int n, bool dirty)
{
	int i;

	unrelated(pages);
	for (i = 0; i < n; i++)
		if (dirty)
			put_user_pages_dirty_lock(&pages[i], 1);
		else
			put_user_page(pages[i]);
}

void per_page_asked(struct page **pages, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n; i++) {
		if (look(pages[i]))
			put_user_pages_dirty_lock(&pages[i], 1);
		else
			put_user_page(pages[i]);
		unrelated(pages[i]);
	}
}

/* A page that is dirty can be made dirty. */
void dirty_already(struct page **pages, unsigned long n, bool dirty)
{
	unrelated(pages);
	while (n--) {
		if (!PageDirty(*pages) && dirty)
			put_user_pages_dirty_lock(pages, 1);
		else
			put_user_page(*pages);
		pages++;
	}
}

void clean_yet(struct page *page)
{
	unrelated(page);
	if (!PageDirty(page))
		put_user_pages_dirty_lock(&page, 1);
	else
		put_user_page(page);
}

/* The other way round it says what is to be dirtied. */
void dirty_only(struct page *page)
{
	unrelated(page);
	if (PageDirty(page))
		put_user_pages_dirty_lock(&page, 1);
	else
		put_user_page(page);
}

/* These stay as they are, but for the argument. */
void commented(struct page **pages, unsigned long n, bool dirty)
{
	if (dirty) /* written by the device */
		put_user_pages_dirty_lock(pages, n);
	else
		put_user_pages(pages, n);
}

void other_count(struct page **pages, unsigned long n, bool dirty)
{
	if (dirty)
		put_user_pages_dirty_lock(pages, n);
	else
		put_user_pages(pages, n - 1);
}

void more_to_do(struct page **pages, unsigned long n, bool dirty)
{
	if (dirty) {
		unrelated(pages);
		put_user_pages_dirty_lock(pages, n);
	} else {
		put_user_pages(pages, n);
	}
}

void early(struct page **pages, unsigned long n, bool dirty)
{
	if (dirty) {
		put_user_pages_dirty_lock(pages, n);
		return;
	}
	put_user_pages(pages, n);
}

/* The condition changes what is released. */
void counted(struct page **pages, int n)
{
	if (n--)
		put_user_pages_dirty_lock(pages, n);
	else
		put_user_pages(pages, n);
}

void unknown_effect(struct request *r)
{
	if (look(r->pages[0]))
		put_user_pages_dirty_lock(r->pages, r->nr);
	else
		put_user_pages(r->pages, r->nr);
}
