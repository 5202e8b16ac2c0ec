// SPDX-License-Identifier: GPL-2.0-only
/* Recursion and mutual recursion end. */
#include <linux/annotated.h>

/* Releases the rest of the array by calling itself. */
static void recurse_put(struct page **pages, int n)
{
	if (n <= 0)
		return;
	put_page(pages[0]); /* release: convert provenance=gup acquires=recurse_use */
	recurse_put(pages + 1, n - 1);
}

int recurse_use(struct device *dev, unsigned long addr)
{
	struct page *pages[8];
	int got = get_user_pages_fast(addr, 8, FOLL_WRITE, pages); /* acquire: convertible releases=recurse_put */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	recurse_put(pages, got);
	return 0;
}

static struct page *recurse_odd(struct page *page, int n);

static struct page *recurse_even(struct page *page, int n)
{
	return n ? recurse_odd(page, n - 1) : page;
}

static struct page *recurse_odd(struct page *page, int n)
{
	return n ? recurse_even(page, n - 1) : NULL;
}

int recurse_mutual(struct device *dev, unsigned long addr, int n)
{
	struct page *page, *same;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=recurse_mutual */
		return -EFAULT;
	same = recurse_even(page, n);
	if (!same)
		same = page;
	device_gets(dev, &same, 1);
	put_page(same); /* release: convert provenance=gup acquires=recurse_mutual */
	return 0;
}

/* A cycle through a field and back. */
struct recurse_node {
	struct recurse_node *next;
	struct page *page;
};

void recurse_chain(struct recurse_node *node, int depth)
{
	if (depth)
		recurse_chain(node->next, depth - 1);
	else
		node->next->page = node->page;
}

int recurse_chain_get(struct recurse_node *node, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &node->page) != 1) /* acquire: convertible releases=recurse_chain_put */
		return -EFAULT;
	device_gets(dev, &node->page, 1);
	return 0;
}

void recurse_chain_put(struct recurse_node *node)
{
	put_page(node->page); /* release: convert provenance=gup acquires=recurse_chain_get */
}
