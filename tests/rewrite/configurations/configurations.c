// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

/* Each configuration has a release of its own. */
#ifdef CONFIG_ANNOTATED
static void configured_put(struct page **pages, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}
#else
static void configured_put(struct page **pages, unsigned int n)
{
	release_pages(pages, n);
}
#endif

int configured_use(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	configured_put(pages, got);
	return 0;
}

/* The index is used in one of them only: its declaration stays. */
int configured_index(struct device *dev, unsigned long addr, int n, int *nodes)
{
	struct page *pages[16];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
#ifdef CONFIG_ANNOTATED
	for (i = 0; i < got; i++)
		nodes[i] = page_to_nid(pages[i]);
#endif
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return 0;
}

/* The loop's head is another one. */
int configured_head(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
#ifdef CONFIG_ANNOTATED
	for (i = 0; i < got; i++)
#else
	for (i = got - 1; i >= 0; i--)
#endif
		put_page(pages[i]);
	return 0;
}

/* What reads the index stands where not every configuration sees it. */
int configured_read(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++)
		put_page(pages[i]);
#ifdef CONFIG_ANNOTATED
	return i;
#else
	return 0;
#endif
}
