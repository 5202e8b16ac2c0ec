// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/spinlock.h>

#define N 16

/* What acquires sleeps: so may what dirties. */
int unlocked_loop(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	for (i = 0; i < got; i++) {
		set_page_dirty(pages[i]);
		put_page(pages[i]);
	}
	return 0;
}

/* A lock was taken in between. */
int unlocked_in_lock(struct device *dev, unsigned long addr, int n, spinlock_t *lock)
{
	struct page *pages[N];
	int i, got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	spin_lock(lock);
	for (i = 0; i < got; i++) {
		set_page_dirty(pages[i]);
		put_page(pages[i]);
	}
	spin_unlock(lock);
	return 0;
}

/* Who calls it is not known. */
struct unlocked_set {
	struct page *pages[N];
	int nr;
};

int unlocked_get(struct unlocked_set *set, struct device *dev, unsigned long addr)
{
	set->nr = get_user_pages_fast(addr, N, FOLL_WRITE, set->pages);
	if (set->nr <= 0)
		return -EFAULT;
	device_gets(dev, set->pages, set->nr);
	return 0;
}

void unlocked_put(struct unlocked_set *set)
{
	int i;

	for (i = 0; i < set->nr; i++) {
		set_page_dirty(set->pages[i]);
		put_page(set->pages[i]);
	}
}

/* The caller sleeps. */
static void unlocked_give_back(struct device *dev, struct page *page)
{
	device_gets(dev, &page, 1);
	set_page_dirty(page);
	put_page(page);
}

int unlocked_single(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	unlocked_give_back(dev, page);
	return 0;
}

/* Of a declaration that a patch touches, checkpatch.pl wants all of the type. */
int unlocked_bare(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages);
	unsigned i, len;

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	len = got;
	for (i = 0; i < got; i++)
		put_page(pages[i]);
	return len;
}
