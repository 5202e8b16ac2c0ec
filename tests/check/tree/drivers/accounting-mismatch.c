// SPDX-License-Identifier: GPL-2.0-only
/* Pages that stay counted as pinned or locked after a failure. */
#include <linux/annotated.h>
#include <linux/sched.h>

void atomic64_add(s64 n, atomic64_t *v);
void atomic64_sub(s64 n, atomic64_t *v);
s64 atomic64_add_return(s64 n, atomic64_t *v);

struct account_region {
	struct page *page;
	struct mm_struct *mm;
};

static int account_use(struct account_region *r, struct device *dev)
{
	return dma_map_page(dev, r->page, 0, PAGE_SIZE, DMA_TO_DEVICE) ? 0 : -EIO;
}

long account_wrong(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1)
		return -EFAULT; /* gupconv: finding accounting-mismatch high */
	r->mm = current->mm;
	return 0;
}

void account_end(struct account_region *r)
{
	unpin_user_page(r->page);
	account_locked_vm(r->mm, 1, false);
}

/* Twin. */
long account_right(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1) {
		account_locked_vm(current->mm, 1, false);
		return -EFAULT;
	}
	r->mm = current->mm;
	return 0;
}

/* By the counter itself, behind a step that fails later. */
int account_atomic(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1)
		return -EFAULT;
	atomic64_add(1, &current->mm->pinned_vm);
	r->mm = current->mm;
	ret = account_use(r, dev);
	if (ret < 0) {
		unpin_user_page(r->page);
		return ret; /* gupconv: finding accounting-mismatch high */
	}
	return 0;
}

/* Twin: by a label. */
int account_atomic_right(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1)
		return -EFAULT;
	atomic64_add(1, &current->mm->pinned_vm);
	r->mm = current->mm;
	ret = account_use(r, dev);
	if (ret < 0)
		goto out;
	return 0;
out:
	atomic64_sub(1, &current->mm->pinned_vm);
	unpin_user_page(r->page);
	return ret;
}

/* A counter that a function of its own takes back. */
static void account_drop(struct mm_struct *mm)
{
	atomic64_sub(1, &mm->pinned_vm);
}

/* Above the limit nothing is pinned; the other one forgets that. */
int account_limit(struct account_region *r, struct device *dev, unsigned long addr, s64 limit)
{
	if (atomic64_add_return(1, &current->mm->pinned_vm) > limit) {
		account_drop(current->mm);
		return -ENOMEM;
	}
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1) {
		account_drop(current->mm);
		return -EFAULT;
	}
	r->mm = current->mm;
	return 0;
}

int account_limit_wrong(struct account_region *r, struct device *dev, unsigned long addr, s64 limit)
{
	if (atomic64_add_return(1, &current->mm->pinned_vm) > limit)
		return -ENOMEM; /* gupconv: finding accounting-mismatch high */
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1) {
		account_drop(current->mm);
		return -EFAULT;
	}
	r->mm = current->mm;
	return 0;
}

/* The caller puts it right. */
static int account_inner(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret = account_locked_vm(current->mm, 1, true);

	if (ret)
		return ret;
	r->mm = current->mm;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &r->page) != 1)
		return -EFAULT; /* gupconv: finding accounting-mismatch low */
	return account_use(r, dev);
}

int account_outer(struct account_region *r, struct device *dev, unsigned long addr)
{
	int ret;

	r->mm = NULL;
	r->page = NULL;
	ret = account_inner(r, dev, addr);
	if (ret < 0) {
		if (r->page)
			unpin_user_page(r->page);
		if (r->mm)
			account_locked_vm(r->mm, 1, false);
	}
	return ret;
}

/* The rest that is still to be done is taken back, where all of it was counted. */
int account_rest(struct account_region *r, unsigned long addr, unsigned long n, struct page **pages)
{
	struct mm_struct *mm = current->mm;
	long ret = 0;

	atomic64_add(n, &mm->pinned_vm);
	while (n) {
		ret = pin_user_pages_fast(addr, 1, FOLL_LONGTERM, pages);
		if (ret < 0)
			goto out;
		unpin_user_pages(pages, ret);
		n -= ret;
	}
	ret = 0;
out:
	if (ret < 0)
		atomic64_sub(n, &mm->pinned_vm); /* gupconv: finding accounting-mismatch high */
	return ret;
}

/* Twin. */
int account_rest_right(struct account_region *r, unsigned long addr, unsigned long n,
		       struct page **pages)
{
	unsigned long counted = n;
	struct mm_struct *mm = current->mm;
	long ret = 0;

	atomic64_add(counted, &mm->pinned_vm);
	while (n) {
		ret = pin_user_pages_fast(addr, 1, FOLL_LONGTERM, pages);
		if (ret < 0)
			goto out;
		unpin_user_pages(pages, ret);
		n -= ret;
	}
	ret = 0;
out:
	if (ret < 0)
		atomic64_sub(counted, &mm->pinned_vm);
	return ret;
}
