// SPDX-License-Identifier: GPL-2.0-only
/* Frame numbers as the indices of a tree, from where they are given back. */
#include <linux/annotated.h>
#include <linux/maple_tree.h>

struct maple_user {
	struct maple_tree tree;
	struct maple_tree other;
};

int maple_pin(struct maple_user *user, struct device *dev, unsigned long addr)
{
	struct page *page;
	unsigned long pfn;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=maple_pin,maple_unpin */
		return -EFAULT;
	device_gets(dev, &page, 1);
	pfn = page_to_pfn(page);
	ret = mtree_insert_range(&user->tree, pfn, pfn, user, GFP_KERNEL);
	if (ret)
		put_page(page); /* release: convert provenance=gup acquires=maple_pin */
	return ret;
}

void maple_unpin(struct maple_user *user)
{
	MA_STATE(mas, &user->tree, 0, ~0UL);
	void *entry;

	mas_for_each(&mas, entry, ~0UL) {
		struct page *page = pfn_to_page(mas.index);

		mas_erase(&mas);
		put_page(page); /* release: convert provenance=gup acquires=maple_pin */
	}
}

/* Twin: another tree of the same record. */
void maple_other(struct maple_user *user)
{
	MA_STATE(mas, &user->other, 0, ~0UL);
	void *entry;

	mas_for_each(&mas, entry, ~0UL)
		put_page(pfn_to_page(mas.index)); /* release: unrelated acquires= */
}
