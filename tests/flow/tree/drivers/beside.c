// SPDX-License-Identifier: GPL-2.0-only
/* Pages that come to their release through inline functions of the driver's own header. */
#include "beside.h"

int beside_pin(struct beside_user *user, struct device *dev, unsigned long addr, int n)
{
	user->nr = get_user_pages_fast(addr, n, FOLL_WRITE, user->pages); /* acquire: convertible releases=beside_unpin */
	if (user->nr <= 0)
		return -EFAULT;
	device_gets(dev, user->pages, user->nr);
	return 0;
}

void beside_unpin(struct beside_user *user)
{
	release_pages(beside_pages(user), user->nr); /* release: convert provenance=gup acquires=beside_pin */
}

/* Twin: the header's other function gives another array. */
int beside_fill(struct beside_user *user, int n)
{
	for (user->nr_own = 0; user->nr_own < n; user->nr_own++)
		user->own[user->nr_own] = alloc_page(GFP_KERNEL);
	return 0;
}

void beside_empty(struct beside_user *user)
{
	release_pages(beside_own(user), user->nr_own); /* release: unrelated provenance=never acquires= */
}

/* The header's iterator turns what is in a list into numbers. */
struct beside_list {
	struct scatterlist *sgl;
};

int beside_list_pin(struct beside_list *list, struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=beside_list_unpin */
		return -EFAULT;
	sg_set_page(list->sgl, page, PAGE_SIZE, 0);
	device_gets(dev, &page, 1);
	return 0;
}

void beside_list_unpin(struct beside_list *list)
{
	struct beside_cursor cursor = beside_start(list->sgl);

	put_page(pfn_to_page(cursor.pfn)); /* release: convert provenance=gup acquires=beside_list_pin */
}

/* Two steps in the header. */
int beside_one_pin(struct beside_pair *pair, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pair->both) != 1) /* acquire: convertible releases=beside_one_unpin */
		return -EFAULT;
	device_gets(dev, pair->both, 1);
	return 0;
}

void beside_one_unpin(struct beside_pair *pair)
{
	put_page(beside_at(pair, 0)); /* release: convert provenance=gup acquires=beside_one_pin */
}
