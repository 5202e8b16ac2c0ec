// SPDX-License-Identifier: GPL-2.0-only
/* The five cases of pin_user_pages.rst, in the order in which they are asked, each with a twin. */
#include <linux/annotated.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/highmem.h>
#include <linux/mmu_notifier.h>
#include <linux/vmalloc.h>

#define N 16

/* No array: nothing is acquired, nothing is to be released. */
long case_faulted_in(unsigned long addr, unsigned long n)
{
	return get_user_pages(addr, n, FOLL_WRITE, NULL); /* acquire: nothing-acquired reason=no-page-array releases= */
}

/* Twin: an array. */
long case_not_null(struct device *dev, unsigned long addr)
{
	struct page *page = NULL;

	if (get_user_pages(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=case_not_null */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=case_not_null */
	return 0;
}

/* Case 4: which node is the page on? */
int case_struct_page(unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep case=4 reason=case-4-struct-page-only releases=case_struct_page */
		return -EFAULT;
	nid = page_to_nid(page);
	put_page(page); /* release: keep provenance=gup acquires=case_struct_page */
	return nid;
}

/* Twin: the data is read by a device. */
int case_data(struct device *dev, unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: convertible case=1 releases=case_data */
		return -EFAULT;
	nid = page_to_nid(page);
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	put_page(page); /* release: convert provenance=gup acquires=case_data */
	return nid;
}

/* Case 1: direct I/O, that ends before the call does. */
int case_short(struct device *dev, unsigned long addr)
{
	struct page *pages[N];
	int got = get_user_pages_fast(addr, N, FOLL_WRITE, pages); /* acquire: convertible case=1 pattern=release-pages releases=case_short */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	release_pages(pages, got); /* release: convert provenance=gup acquires=case_short */
	return 0;
}

/* Case 2: registered memory, with accounting; it stays until another call. */
struct case_region {
	struct page *pages[N];
	int nr;
};

int case_register(struct case_region *region, struct device *dev, struct mm_struct *mm,
		  unsigned long addr)
{
	int got;

	if (account_locked_vm(mm, N, true))
		return -ENOMEM;
	got = get_user_pages_fast(addr, N, FOLL_WRITE, region->pages); /* acquire: convertible case=2 longterm pattern=release-pages releases=case_unregister */
	if (got <= 0) {
		account_locked_vm(mm, N, false);
		return -EFAULT;
	}
	region->nr = got;
	device_gets(dev, region->pages, got);
	return 0;
}

void case_unregister(struct case_region *region, struct mm_struct *mm)
{
	release_pages(region->pages, region->nr); /* release: convert provenance=gup acquires=case_register */
	account_locked_vm(mm, N, false);
}

/* Case 3: the notifier stops the device and drops the pages. */
struct case_mirror {
	struct mmu_interval_notifier notifier;
	struct device *dev;
	dma_addr_t at;
	struct page *page;
};

static bool case_invalidate(struct mmu_interval_notifier *notifier,
			    const struct mmu_notifier_range *range, unsigned long seq)
{
	struct case_mirror *m = container_of(notifier, struct case_mirror, notifier);

	dma_unmap_page(m->dev, m->at, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(m->page); /* release: keep provenance=gup acquires=case_mirror_pin */
	m->page = NULL;
	return true;
}

static const struct mmu_interval_notifier_ops case_mirror_ops = {
	.invalidate = case_invalidate,
};

int case_mirror_pin(struct case_mirror *m, struct mm_struct *mm, unsigned long addr)
{
	int ret = mmu_interval_notifier_insert(&m->notifier, mm, addr, PAGE_SIZE, &case_mirror_ops);

	if (ret)
		return ret;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &m->page) != 1) /* acquire: keep case=3 reason=case-3-notifier releases=case_invalidate */
		return -EFAULT;
	m->at = dma_map_page(m->dev, m->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/* Twin: there is a notifier, but it drops nothing. */
struct case_watched {
	struct mmu_interval_notifier notifier;
	struct page *page;
	bool stale;
};

static bool case_watch(struct mmu_interval_notifier *notifier,
		       const struct mmu_notifier_range *range, unsigned long seq)
{
	container_of(notifier, struct case_watched, notifier)->stale = true;
	return true;
}

static const struct mmu_interval_notifier_ops case_watched_ops = {
	.invalidate = case_watch,
};

int case_watched_pin(struct case_watched *w, struct device *dev, struct mm_struct *mm,
		     unsigned long addr)
{
	int ret = mmu_interval_notifier_insert(&w->notifier, mm, addr, PAGE_SIZE, &case_watched_ops);

	if (ret)
		return ret;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &w->page) != 1) /* acquire: convertible case=2 longterm releases=case_watched_unpin */
		return -EFAULT;
	device_gets(dev, &w->page, 1);
	return 0;
}

void case_watched_unpin(struct case_watched *w)
{
	mmu_interval_notifier_remove(&w->notifier);
	put_page(w->page); /* release: convert provenance=gup not=page-lock-may-be-held acquires=case_watched_pin */
}

/* A look at one page: read, put, in one function. */
int case_peek(unsigned long addr, u32 *value)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep reason=read-only-peek releases=case_peek */
		return -EFAULT;
	kaddr = kmap_local_page(page);
	memcpy(value, kaddr + offset_in_page(addr), sizeof(*value));
	kunmap_local(kaddr);
	put_page(page); /* release: keep provenance=gup acquires=case_peek */
	return 0;
}

/* Twin, case 5: FOLL_WRITE, and the memcpy() goes the other way. */
int case_poke(unsigned long addr, u32 *value)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=5 releases=case_poke */
		return -EFAULT;
	kaddr = kmap_local_page(page);
	memcpy(kaddr + offset_in_page(addr), value, sizeof(*value));
	kunmap_local(kaddr);
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup pattern=single-dirty acquires=case_poke */
	return 0;
}

/* Case 5 by an assignment through the mapping, and by copy_from_user(). */
int case_store(unsigned long addr, u32 value)
{
	struct page *page;
	u32 *kaddr;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=5 releases=case_store */
		return -EFAULT;
	kaddr = kmap_atomic(page);
	*kaddr = value;
	kunmap_atomic(kaddr);
	put_page(page); /* release: convert provenance=gup acquires=case_store */
	return 0;
}

int case_copy_in(unsigned long addr, const void __user *from)
{
	struct page *pages[4];
	int got = get_user_pages_fast(addr, 4, FOLL_WRITE, pages); /* acquire: convertible case=5 releases=case_copy_in */
	void *kaddr;

	if (got <= 0)
		return -EFAULT;
	kaddr = vmap(pages, got, VM_MAP, PAGE_KERNEL);
	if (kaddr) {
		copy_from_user(kaddr, from, PAGE_SIZE);
		vunmap(kaddr);
	}
	release_pages(pages, got); /* release: convert provenance=gup acquires=case_copy_in */
	return 0;
}

/* One release serves a page to be converted and one to be kept: neither goes. */
static void case_shared_put(struct page *page)
{
	put_page(page); /* release: refuse provenance=gup acquires=case_shared_data,case_shared_node */
}

int case_shared_data(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=case_shared_put */
		return -EFAULT;
	device_gets(dev, &page, 1);
	case_shared_put(page);
	return 0;
}

/* Unlike the above, only struct page is looked at; it shares the release, so it is kept. */
int case_shared_node(unsigned long addr)
{
	struct page *page;
	int nid;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep case=4 releases=case_shared_put */
		return -EFAULT;
	nid = page_to_nid(page);
	case_shared_put(page);
	return nid;
}

/* A transfer that an interrupt ends: later than the call that began it, and still short. */
struct case_transfer {
	struct device *dev;
	struct page *page;
};

static irqreturn_t case_transfer_irq(int irq, void *data)
{
	struct case_transfer *t = data;

	put_page(t->page); /* release: convert provenance=gup acquires=case_transfer_start */
	return IRQ_HANDLED;
}

int case_transfer_open(struct case_transfer *t, int irq)
{
	return request_irq(irq, case_transfer_irq, 0, "transfer", t);
}

int case_transfer_start(struct case_transfer *t, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &t->page) != 1) /* acquire: convertible case=1 releases=case_transfer_irq */
		return -EFAULT;
	device_gets(t->dev, &t->page, 1);
	return 0;
}

/* Twin: accounted like memory that stays. */
struct case_accounted {
	struct device *dev;
	struct page *page;
};

static irqreturn_t case_accounted_irq(int irq, void *data)
{
	struct case_accounted *t = data;

	put_page(t->page); /* release: convert provenance=gup acquires=case_accounted_start */
	return IRQ_HANDLED;
}

int case_accounted_open(struct case_accounted *t, int irq)
{
	return request_irq(irq, case_accounted_irq, 0, "accounted", t);
}

int case_accounted_start(struct case_accounted *t, struct mm_struct *mm, unsigned long addr)
{
	if (account_locked_vm(mm, 1, true))
		return -ENOMEM;
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &t->page) != 1) /* acquire: convertible case=2 longterm releases=case_accounted_irq */
		return -EFAULT;
	device_gets(t->dev, &t->page, 1);
	return 0;
}

/* The pages hang on an object on a list, and the same ioctl frees what is on the list at its end. */
struct case_message {
	struct list_head list;
	struct page *pages[N];
	int nr;
};

struct case_resources {
	struct list_head messages;
};

static int case_message_pin(struct case_resources *res, struct device *dev, unsigned long addr)
{
	struct case_message *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	m->nr = get_user_pages_fast(addr, N, FOLL_WRITE, m->pages); /* acquire: convertible case=1 releases=case_message_end */
	if (m->nr <= 0) {
		kfree(m);
		return -EFAULT;
	}
	device_gets(dev, m->pages, m->nr);
	list_add(&m->list, &res->messages);
	return 0;
}

static void case_message_end(struct case_resources *res)
{
	struct case_message *m;

	list_for_each_entry(m, &res->messages, list)
		release_pages(m->pages, m->nr); /* release: convert provenance=gup acquires=case_message_pin */
}

long case_message_ioctl(struct device *dev, unsigned long addr)
{
	struct case_resources res;
	int ret;

	INIT_LIST_HEAD(&res.messages);
	ret = case_message_pin(&res, dev, addr);
	case_message_end(&res);
	return ret;
}

/* Twin: the end comes with another ioctl. */
struct case_parked {
	struct list_head list;
	struct page *pages[N];
	int nr;
};

static int case_parked_pin(struct case_resources *res, struct device *dev, unsigned long addr)
{
	struct case_parked *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	m->nr = get_user_pages_fast(addr, N, FOLL_WRITE, m->pages); /* acquire: convertible case=2 longterm releases=case_parked_end */
	if (m->nr <= 0) {
		kfree(m);
		return -EFAULT;
	}
	device_gets(dev, m->pages, m->nr);
	list_add(&m->list, &res->messages);
	return 0;
}

static void case_parked_end(struct case_resources *res)
{
	struct case_parked *m;

	list_for_each_entry(m, &res->messages, list)
		release_pages(m->pages, m->nr); /* release: convert provenance=gup acquires=case_parked_pin */
}

long case_parked_ioctl(struct case_resources *res, struct device *dev, unsigned int cmd,
		       unsigned long addr)
{
	switch (cmd) {
	case 1:
		return case_parked_pin(res, dev, addr);
	case 2:
		case_parked_end(res);
		return 0;
	default:
		return -EINVAL;
	}
}

/* A new set takes the place of the old one, which is given back before: the new one stays. */
struct case_replaced {
	struct page **pages;
	int nr;
};

static void case_replaced_drop(struct case_replaced *set)
{
	int i;

	for (i = 0; i < set->nr; i++)
		put_page(set->pages[i]); /* release: convert provenance=gup acquires=case_replaced_set */
	kfree(set->pages);
	set->pages = NULL;
	set->nr = 0;
}

long case_replaced_set(struct case_replaced *set, unsigned long addr)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int *area, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, N, FOLL_WRITE, pages); /* acquire: convertible case=5 longterm releases=case_replaced_drop */
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	area = vmap(pages, got, VM_MAP, PAGE_KERNEL);
	if (area)
		*area = 1;
	case_replaced_drop(set);
	set->pages = pages;
	set->nr = got;
	return 0;
}

/* Twin: the set is stored first, and given back at once. */
struct case_passing {
	struct page **pages;
	int nr;
};

static void case_passing_drop(struct case_passing *set)
{
	int i;

	for (i = 0; i < set->nr; i++)
		put_page(set->pages[i]); /* release: convert provenance=gup acquires=case_passing_set */
	kfree(set->pages);
	set->pages = NULL;
	set->nr = 0;
}

long case_passing_set(struct case_passing *set, unsigned long addr)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int *area, got;

	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(addr, N, FOLL_WRITE, pages); /* acquire: convertible case=5 releases=case_passing_drop */
	if (got <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	area = vmap(pages, got, VM_MAP, PAGE_KERNEL);
	if (area)
		*area = 1;
	set->pages = pages;
	set->nr = got;
	case_passing_drop(set);
	return 0;
}

/* What gives a kept page back is not in view: only the way out on an error is. */
struct case_lost {
	struct page *page;
};

int case_lost_set(struct case_lost *lost, struct device *dev, unsigned long addr, int flags)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases=case_lost_set */
		return -EFAULT;
	if (flags) {
		put_page(page); /* release: refuse provenance=gup acquires=case_lost_set */
		return -EINVAL;
	}
	device_gets(dev, &page, 1);
	lost->page = page;
	return 0;
}

/* Twin: it is. */
struct case_found {
	struct page *page;
};

int case_found_set(struct case_found *found, struct device *dev, unsigned long addr, int flags)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=case_found_drop,case_found_set */
		return -EFAULT;
	if (flags) {
		put_page(page); /* release: convert provenance=gup acquires=case_found_set */
		return -EINVAL;
	}
	device_gets(dev, &page, 1);
	found->page = page;
	return 0;
}

void case_found_drop(struct case_found *found)
{
	put_page(found->page); /* release: convert provenance=gup acquires=case_found_set */
}
