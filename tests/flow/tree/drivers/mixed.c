// SPDX-License-Identifier: GPL-2.0-only
/* One release for pages of two kinds; flags that tell which. */
#include <linux/annotated.h>
#include <linux/pagemap.h>

struct mixed_buf {
	struct page *pages[8];
	int nr;
};

int mixed_user(struct mixed_buf *buf, struct device *dev, unsigned long addr)
{
	buf->nr = get_user_pages_fast(addr, 8, FOLL_WRITE, buf->pages); /* acquire: refused reason=release-refused releases=mixed_put */
	if (buf->nr > 0)
		device_gets(dev, buf->pages, buf->nr);
	return 0;
}

int mixed_kernel(struct mixed_buf *buf)
{
	for (buf->nr = 0; buf->nr < 8; buf->nr++)
		buf->pages[buf->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void mixed_put(struct mixed_buf *buf)
{
	int i;

	for (i = 0; i < buf->nr; i++)
		put_page(buf->pages[i]); /* release: refuse provenance=mixed pattern=loop reason=mixed-provenance acquires=mixed_user */
}

/* The page cache, and either of both in one variable. */
int mixed_either(struct device *dev, struct address_space *mapping, unsigned long addr)
{
	struct page *page;

	if (mapping)
		page = find_get_page(mapping, addr >> PAGE_SHIFT);
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=mixed_either */
		return -EFAULT;
	if (!page)
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=mixed pattern=single reason=mixed-provenance acquires=mixed_either */
	return 0;
}

/* Twin: each branch with a release of its own. */
int mixed_parted(struct device *dev, struct address_space *mapping, unsigned long addr)
{
	struct page *page;

	if (mapping) {
		page = find_get_page(mapping, addr >> PAGE_SHIFT);
		if (page)
			put_page(page); /* release: unrelated provenance=never acquires= */
	} else {
		if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=mixed_parted */
			return -EFAULT;
		device_gets(dev, &page, 1);
		put_page(page); /* release: convert provenance=gup acquires=mixed_parted */
	}
	return 0;
}

/* A flag carries the answer: the release of users' pages stands under it. */
struct mixed_flagged {
	struct page *pages[8];
	int nr;
	bool is_user;
};

int mixed_flag_user(struct mixed_flagged *buf, struct device *dev, unsigned long addr)
{
	buf->is_user = true;
	buf->nr = get_user_pages_fast(addr, 8, FOLL_WRITE, buf->pages); /* acquire: convertible case=2 longterm releases=mixed_flag_put known: a flag that a parameter carries is not followed */
	if (buf->nr > 0)
		device_gets(dev, buf->pages, buf->nr);
	return 0;
}

int mixed_flag_kernel(struct mixed_flagged *buf)
{
	buf->is_user = false;
	for (buf->nr = 0; buf->nr < 8; buf->nr++)
		buf->pages[buf->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void mixed_flag_put(struct mixed_flagged *buf)
{
	int i;

	for (i = 0; i < buf->nr; i++) {
		if (buf->is_user)
			put_page(buf->pages[i]); /* release: convert provenance=flagged reason=flagged-provenance acquires=mixed_flag_user known: a flag that a parameter carries is not followed */
		else
			__free_page(buf->pages[i]);
	}
}

/* Twin: the flag is there, but the release does not ask. */
struct mixed_unasked {
	struct page *pages[8];
	int nr;
	bool is_user;
};

int mixed_unasked_user(struct mixed_unasked *buf, struct device *dev, unsigned long addr)
{
	buf->is_user = true;
	buf->nr = get_user_pages_fast(addr, 8, FOLL_WRITE, buf->pages); /* acquire: refused reason=release-refused releases=mixed_unasked_put */
	if (buf->nr > 0)
		device_gets(dev, buf->pages, buf->nr);
	return 0;
}

int mixed_unasked_kernel(struct mixed_unasked *buf)
{
	buf->is_user = false;
	for (buf->nr = 0; buf->nr < 8; buf->nr++)
		buf->pages[buf->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void mixed_unasked_put(struct mixed_unasked *buf)
{
	int i;

	for (i = 0; i < buf->nr; i++)
		put_page(buf->pages[i]); /* release: refuse provenance=mixed reason=mixed-provenance acquires=mixed_unasked_user */
}

/* All or none: one good release of an acquire whose other release is mixed. */
void mixed_half_put(struct page *page)
{
	put_page(page); /* release: refuse provenance=mixed pattern=wrapper acquires=mixed_half */
}

int mixed_half(struct device *dev, unsigned long addr, bool early)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=mixed_half,mixed_half_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	if (early) {
		put_page(page); /* release: refuse provenance=gup reason=release-refused acquires=mixed_half */
		return 0;
	}
	mixed_half_put(page);
	return 0;
}

void mixed_half_other(void)
{
	mixed_half_put(alloc_page(GFP_KERNEL));
}

/* Where the other page comes from is not known. */
struct page *mixed_from_nowhere(void);

int mixed_unknown(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (!addr)
		page = mixed_from_nowhere();
	else if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=mixed_unknown */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: refuse provenance=unknown reason=unknown-provenance acquires=mixed_unknown */
	return 0;
}
