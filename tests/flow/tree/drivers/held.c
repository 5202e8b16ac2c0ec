// SPDX-License-Identifier: GPL-2.0-only
/* Pages of which the code itself uses little: who else gets at them, and who takes them away? */
#include <linux/annotated.h>
#include <linux/mmu_notifier.h>
#include <linux/slab.h>

#define N 16

struct held_odp {
	struct mmu_interval_notifier notifier;
	struct device *dev;
	dma_addr_t at[N];
};

/* Case 3: the mapping stays, the reference does not; a notifier takes the mapping back. */
static int held_odp_map(struct held_odp *odp, int at, struct page *page, unsigned long seq)
{
	int ret = 0;

	if (mmu_interval_check_retry(&odp->notifier, seq))
		ret = -EAGAIN;
	else
		odp->at[at] = dma_map_page(odp->dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(page); /* release: keep provenance=gup acquires=held_odp_fault */
	return ret;
}

int held_odp_fault(struct held_odp *odp, unsigned long addr, int at)
{
	unsigned long seq = mmu_interval_read_begin(&odp->notifier);
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: keep case=3 reason=case-3-notifier releases=held_odp_map */
		return -EFAULT;
	return held_odp_map(odp, at, page, seq);
}

/* Twin: nobody asks whether the notifier has run. */
static int held_blind_map(struct held_odp *odp, int at, struct page *page, unsigned long seq)
{
	int ret = 0;

	if (at >= N)
		ret = -EAGAIN;
	else
		odp->at[at] = dma_map_page(odp->dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	put_page(page); /* release: convert provenance=gup acquires=held_blind_fault */
	return ret;
}

int held_blind_fault(struct held_odp *odp, unsigned long addr, int at)
{
	unsigned long seq = mmu_interval_read_begin(&odp->notifier);
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=held_blind_map */
		return -EFAULT;
	return held_blind_map(odp, at, page, seq);
}

/* Twin: somebody asks, but the pages stay beyond the check. */
struct held_kept {
	struct mmu_interval_notifier notifier;
	struct device *dev;
	struct page *page;
	dma_addr_t at;
};

int held_kept_pin(struct held_kept *k, unsigned long addr)
{
	unsigned long seq = mmu_interval_read_begin(&k->notifier);

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &k->page) != 1) /* acquire: convertible case=2 longterm releases=held_kept_unpin */
		return -EFAULT;
	k->at = dma_map_page(k->dev, k->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return mmu_interval_check_retry(&k->notifier, seq);
}

void held_kept_unpin(struct held_kept *k)
{
	put_page(k->page); /* release: convert provenance=gup acquires=held_kept_pin */
}

/* The pages are held while a hypervisor works on the memory, whose address it was told. */
int held_call(unsigned long op);

static int held_lock(unsigned long addr, struct page **pages)
{
	return get_user_pages_fast(addr, N, FOLL_WRITE, pages) == N ? 0 : -EFAULT; /* acquire: convertible case=1 releases=held_unlock */
}

static void held_unlock(struct page **pages)
{
	int i;

	for (i = 0; i < N; i++)
		if (pages[i])
			put_page(pages[i]); /* release: convert provenance=gup acquires=held_lock */
}

int held_for_hypervisor(unsigned long addr, unsigned long op)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = held_lock(addr, pages);
	if (!ret)
		ret = held_call(op);
	held_unlock(pages);
	kfree(pages);
	return ret;
}

/* Twin: somebody looks at struct page, which is what they were acquired for. */
static int held_look(unsigned long addr, struct page **pages)
{
	return get_user_pages_fast(addr, N, FOLL_WRITE, pages) == N ? 0 : -EFAULT; /* acquire: keep case=4 reason=case-4-struct-page-only releases=held_forget */
}

static void held_forget(struct page **pages)
{
	int i;

	for (i = 0; i < N; i++)
		if (pages[i])
			put_page(pages[i]); /* release: keep provenance=gup acquires=held_look */
}

int held_for_facts(unsigned long addr)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = held_look(addr, pages);
	if (!ret)
		ret = page_to_nid(pages[0]);
	held_forget(pages);
	kfree(pages);
	return ret;
}

/* Twin: they are read only, nobody can have written to them. */
static int held_read(unsigned long addr, struct page **pages)
{
	return get_user_pages_fast(addr, N, 0, pages) == N ? 0 : -EFAULT; /* acquire: keep case=4 reason=case-4-struct-page-only releases=held_read_end */
}

static void held_read_end(struct page **pages)
{
	int i;

	for (i = 0; i < N; i++)
		if (pages[i])
			put_page(pages[i]); /* release: keep provenance=gup acquires=held_read */
}

int held_for_reading(unsigned long addr, unsigned long op)
{
	struct page **pages = kcalloc(N, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = held_read(addr, pages);
	if (!ret)
		ret = held_call(op);
	held_read_end(pages);
	kfree(pages);
	return ret;
}

/* Marked as dirty, and the kernel has not written: whoever got the address has. */
int held_written(unsigned long addr, unsigned long op)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=held_written */
		return -EFAULT;
	ret = held_call(op);
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup acquires=held_written */
	return ret;
}

/* Twin: not marked. */
int held_unwritten(unsigned long addr, unsigned long op)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: keep case=4 releases=held_unwritten */
		return -EFAULT;
	ret = held_call(op);
	put_page(page); /* release: keep provenance=gup acquires=held_unwritten */
	return ret;
}

/* No release that is a site has them: nothing is said of how long they stay. */
struct held_folio {
	struct folio *folio;
};

int held_folio_get(struct device *dev, struct held_folio *h, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused case=none reason=unconvertible-release releases= */
		return -EFAULT;
	dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	h->folio = page_folio(page);
	return 0;
}

void held_folio_put(struct held_folio *h)
{
	folio_put(h->folio);
}
