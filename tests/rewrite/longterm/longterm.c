// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct longterm_region {
	struct page *pages[16];
	unsigned int nr;
};

int longterm_register(struct longterm_region *r, struct device *dev,
		      struct mm_struct *mm, unsigned long addr, bool write)
{
	int got;

	if (account_locked_vm(mm, 16, true))
		return -ENOMEM;
	got = get_user_pages_fast(addr, 16, write ? FOLL_WRITE : 0, r->pages);
	if (got <= 0) {
		account_locked_vm(mm, 16, false);
		return -EFAULT;
	}
	r->nr = got;
	device_gets(dev, r->pages, got);
	return 0;
}

void longterm_unregister(struct longterm_region *r, struct mm_struct *mm)
{
	release_pages(r->pages, r->nr);
	account_locked_vm(mm, 16, false);
}

struct longterm_page {
	struct page *page;
};

int longterm_page_register(struct longterm_page *p, struct device *dev,
			   struct mm_struct *mm, unsigned long addr)
{
	if (account_locked_vm(mm, 1, true))
		return -ENOMEM;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_FORCE, &p->page) != 1) {
		account_locked_vm(mm, 1, false);
		return -EFAULT;
	}
	device_gets(dev, &p->page, 1);
	return 0;
}

void longterm_page_unregister(struct longterm_page *p, struct mm_struct *mm)
{
	put_page(p->page);
	account_locked_vm(mm, 1, false);
}

/* A transfer that ends before the call does. */
int longterm_not(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page);
	return 0;
}
