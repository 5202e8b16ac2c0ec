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
	buf->nr = get_user_pages_fast(addr, 8, FOLL_WRITE, buf->pages); /* acquire: convertible case=2 longterm releases=mixed_flag_put */
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
			put_page(buf->pages[i]); /* release: convert provenance=flagged reason=flagged-provenance acquires=mixed_flag_user */
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

/* The flag is a parameter: each caller says which pages it brings. */
static void mixed_told_put(struct page **pages, int nr, bool is_user)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (!is_user)
			__free_page(pages[i]);
		else
			put_page(pages[i]); /* release: convert provenance=flagged reason=flagged-provenance acquires=mixed_told_user */
	}
}

int mixed_told_user(struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int nr = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: convertible case=1 releases=mixed_told_put not=unconvertible-release */

	if (nr <= 0)
		return -EFAULT;
	device_gets(dev, pages, nr);
	mixed_told_put(pages, nr, true);
	return 0;
}

int mixed_told_kernel(struct device *dev)
{
	struct page *pages[8];
	int nr;

	for (nr = 0; nr < 8; nr++)
		pages[nr] = alloc_page(GFP_KERNEL);
	device_gets(dev, pages, nr);
	mixed_told_put(pages, nr, false);
	return 0;
}

/* Twin: the second caller says the same as the first. */
static void mixed_lied_put(struct page **pages, int nr, bool is_user)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (is_user)
			put_page(pages[i]); /* release: refuse provenance=mixed reason=mixed-provenance acquires=mixed_lied_user */
	}
}

int mixed_lied_user(struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int nr = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: refused releases=mixed_lied_put */

	if (nr <= 0)
		return -EFAULT;
	device_gets(dev, pages, nr);
	mixed_lied_put(pages, nr, true);
	return 0;
}

int mixed_lied_kernel(struct device *dev)
{
	struct page *pages[8];
	int nr;

	for (nr = 0; nr < 8; nr++)
		pages[nr] = alloc_page(GFP_KERNEL);
	device_gets(dev, pages, nr);
	mixed_lied_put(pages, nr, true);
	return 0;
}

/* The flag is a bit, and a parameter brings it to the field; who fills it gets it as a local. */
#define MIXED_USER 4
#define MIXED_MAPPED 8

struct mixed_bits {
	struct page *pages[8];
	int nr;
	unsigned int flags;
};

static void mixed_bits_init(struct mixed_bits *bits, unsigned int flags)
{
	bits->flags = flags;
}

int mixed_bits_user(struct mixed_bits *bits, struct device *dev, unsigned long addr)
{
	unsigned int flags = MIXED_USER | MIXED_MAPPED;

	mixed_bits_init(bits, flags);
	bits->nr = get_user_pages_fast(addr, 8, FOLL_WRITE, bits->pages); /* acquire: convertible releases=mixed_bits_put */
	if (bits->nr > 0)
		device_gets(dev, bits->pages, bits->nr);
	return 0;
}

int mixed_bits_kernel(struct mixed_bits *bits)
{
	mixed_bits_init(bits, MIXED_MAPPED);
	for (bits->nr = 0; bits->nr < 8; bits->nr++)
		bits->pages[bits->nr] = alloc_page(GFP_KERNEL);
	return 0;
}

void mixed_bits_put(struct mixed_bits *bits)
{
	if (!(bits->flags & MIXED_USER))
		return;
	release_pages(bits->pages, bits->nr); /* release: convert provenance=flagged acquires=mixed_bits_user */
}
