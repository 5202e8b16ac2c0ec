// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

struct places {
	struct page **pages;
	unsigned int nr;
	struct page *fixed[8];
	unsigned int nr_fixed;
};

int places_fill(struct places *p, struct device *dev, unsigned long addr)
{
	int got;

	p->pages = kcalloc(16, sizeof(*p->pages), GFP_KERNEL);
	if (!p->pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, 16, FOLL_WRITE, p->pages);
	if (got <= 0) {
		kfree(p->pages);
		return -EFAULT;
	}
	p->nr = got;
	device_gets(dev, p->pages, got);
	return 0;
}

void places_drop(struct places *p)
{
	unsigned int i;

	for (i = 0; i < p->nr; i++)
		put_page(p->pages[i]);
	kfree(p->pages);
}

int places_fix(struct places *p, struct device *dev, unsigned long addr)
{
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, p->fixed);

	if (got <= 0)
		return -EFAULT;
	p->nr_fixed = got;
	device_gets(dev, p->fixed, got);
	return 0;
}

void places_loosen(struct places *p)
{
	struct page **at = p->fixed;
	unsigned int i;

	for (i = 0; i < p->nr_fixed; i++) {
		put_page(at[i]);
		at[i] = NULL;
	}
}

/* Pointer arithmetic, and a pointer that steps. */
int places_pointer(struct device *dev, unsigned long addr, int n, bool early)
{
	struct page *pages[16], **p = pages;
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	if (early) {
		for (i = 0; i < got; i++)
			put_page(*(pages + i));
		return 0;
	}
	while (p < pages + got)
		put_page(*p++);
	return 0;
}
