// SPDX-License-Identifier: GPL-2.0-only
/* References of one's own beside that of the acquire. */
#include <linux/annotated.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>

int own_use(struct page *page);
void own_bits(const volatile unsigned long *bits, struct address_space *mapping);

/* get_page() and put_page() as a pair around something, then the user's reference. */
int own_bracket(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference */
		return -EFAULT;
	device_gets(dev, &page, 1);
	get_page(page);
	page_count(page);
	put_page(page); /* release: refuse provenance=gup */
	put_page(page); /* release: refuse provenance=gup */
	return 0;
}

/* Twin: without get_page(), another page's pair. */
int own_other(struct device *dev, unsigned long addr, struct page *other)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible not=own-reference releases=own_other */
		return -EFAULT;
	device_gets(dev, &page, 1);
	get_page(other);
	page_count(other);
	put_page(other); /* release: unrelated acquires= */
	put_page(page); /* release: convert provenance=gup acquires=own_other */
	return 0;
}

/* A reference for a second owner that puts it by itself, in a function of its own. */
struct own_holder {
	struct page *page;
};

int own_share(struct device *dev, struct own_holder *holder, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference */
		return -EFAULT;
	device_gets(dev, &page, 1);
	get_page(page);
	holder->page = page;
	put_page(page); /* release: refuse provenance=gup */
	return 0;
}

void own_unshare(struct own_holder *holder)
{
	put_page(holder->page); /* release: refuse provenance=gup */
}

/* Only a reference of one's own: no acquire at all. */
void own_only(struct page *page)
{
	get_page(page);
	page_count(page);
	put_page(page); /* release: unrelated acquires= */
}

/* The page cache's own reference. */
void own_cache(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (page)
		put_page(page); /* release: unrelated provenance=never reason=never-gup acquires= */
}

/* A reference is taken while the page is on a list of its own: it leaves the view. */
struct own_list {
	struct list_head head;
};

int own_listed(struct own_list *list, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=ownership-leaves-kernel-view */
		return -EFAULT;
	device_gets(dev, &page, 1);
	page->lru.next = list->head.next;
	list->head.next = &page->lru;
	return 0;
}

/* Twin: flags and mapping are read by their address, which puts the page on no list. */
int own_peeked(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible not=ownership-leaves-kernel-view releases=own_peeked */
		return -EFAULT;
	device_gets(dev, &page, 1);
	own_bits((const volatile unsigned long *)&page->flags,
		 *(struct address_space *const volatile *)&page->mapping);
	put_page(page); /* release: convert provenance=gup */
	return 0;
}

/* A mapping is taken away, and the reference that it had is left to the caller. */
int own_unmap(struct vm_area_struct *vma, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=own-reference */
		return -EFAULT;
	device_gets(dev, &page, 1);
	page_remove_rmap(page, vma, false);
	put_page(page); /* release: refuse provenance=gup */
	put_page(page); /* release: refuse provenance=gup */
	return 0;
}

/* Twin: the mapping stays. */
int own_clean(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible not=own-reference releases=own_clean */
		return -EFAULT;
	device_gets(dev, &page, 1);
	page_mkclean(page);
	put_page(page); /* release: convert provenance=gup acquires=own_clean */
	return 0;
}
