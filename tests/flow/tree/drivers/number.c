// SPDX-License-Identifier: GPL-2.0-only
/* Pages that travel as numbers: frame numbers, physical addresses, kernel addresses, mappings. */
#include <linux/annotated.h>
#include <linux/range.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <linux/highmem.h>
#include <linux/vmalloc.h>

long hypervisor_share(phys_addr_t addr);

static int number_pin_pfn(struct device *dev, unsigned long addr, unsigned long *pfn)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=number_put_pfn */
		return -EFAULT;
	device_gets(dev, &page, 1);
	*pfn = page_to_pfn(page);
	return 0;
}

static void number_put_pfn(unsigned long pfn, bool dirty)
{
	struct page *page = pfn_to_page(pfn);

	if (dirty)
		SetPageDirty(page);
	put_page(page); /* release: convert provenance=gup pattern=number acquires=number_pin_pfn */
}

struct number_domain {
	unsigned long pfn[8];
};

int number_map(struct device *dev, struct number_domain *domain, unsigned long addr)
{
	return number_pin_pfn(dev, addr, &domain->pfn[0]);
}

void number_unmap(struct number_domain *domain)
{
	number_put_pfn(domain->pfn[0], true);
}

/* A table of physical addresses. */
struct number_table {
	phys_addr_t *pa;
	int nr;
};

int number_park(struct number_table *table, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=2 longterm releases=number_unpark */
		return -EFAULT;
	table->pa[table->nr++] = page_to_phys(page);
	hypervisor_share(page_to_phys(page));
	return 0;
}

void number_unpark(struct number_table *table)
{
	while (table->nr--)
		put_page(phys_to_page(table->pa[table->nr])); /* release: convert provenance=gup pattern=number acquires=number_park */
}

/* A kernel address and back. */
int number_virtual(struct device *dev, unsigned long addr)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=1 releases=number_virtual */
		return -EFAULT;
	device_gets(dev, &page, 1);
	kaddr = page_address(page);
	memset(kaddr, 0, PAGE_SIZE);
	put_page(virt_to_page(kaddr)); /* release: convert provenance=gup pattern=number acquires=number_virtual */
	return 0;
}

/* Twin: the address is that of memory of the kernel's own. */
void number_own(void)
{
	unsigned long kaddr = __get_free_page(GFP_KERNEL);

	put_page(virt_to_page(kaddr)); /* release: unrelated provenance=never pattern=number acquires= */
}

int number_kmapped(unsigned long addr, const void *from)
{
	struct page *page;
	void *kaddr;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=5 releases=number_kmapped */
		return -EFAULT;
	kaddr = kmap(page);
	memcpy(kaddr, from, PAGE_SIZE);
	page = kmap_to_page(kaddr);
	kunmap(page);
	put_page(page); /* release: convert provenance=gup acquires=number_kmapped */
	return 0;
}

/* Mapped as one, written, unmapped; the array keeps the pages. */
struct number_ring {
	struct page *pages[4];
	void *base;
};

int number_ring_make(struct number_ring *ring, unsigned long addr)
{
	int got = get_user_pages_fast(addr, 4, FOLL_WRITE, ring->pages); /* acquire: convertible case=5 releases=number_ring_drop,number_ring_make */

	if (got != 4)
		goto fail;
	ring->base = vmap(ring->pages, 4, VM_MAP, PAGE_KERNEL);
	if (!ring->base)
		goto fail;
	memset(ring->base, 0, 4 * PAGE_SIZE);
	return 0;
fail:
	while (got > 0)
		put_page(ring->pages[--got]); /* release: convert provenance=gup acquires=number_ring_make */
	return -EFAULT;
}

void number_ring_drop(struct number_ring *ring)
{
	int i;

	vunmap(ring->base);
	for (i = 0; i < 4; i++)
		put_page(ring->pages[i]); /* release: convert provenance=gup pattern=loop acquires=number_ring_make */
}

/* A page of vmalloc memory is looked up: nothing to do with users. */
void number_vmalloced(void *area)
{
	struct page *page = vmalloc_to_page(area);

	put_page(page); /* release: unrelated provenance=never reason=never-gup acquires= */
}

/* The frame number goes to a hypervisor for good. */
int number_given_away(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-not-found releases= */
		return -EFAULT;
	return hypervisor_share(page_to_phys(page));
}

/* Twin of the table above: what is kept are kernel addresses, for which a device has no use. */
struct number_kernel {
	void **at;
	int nr;
};

int number_kernel_park(struct number_kernel *table, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible case=5 releases=number_kernel_unpark */
		return -EFAULT;
	table->at[table->nr++] = page_address(page);
	return 0;
}

void number_kernel_unpark(struct number_kernel *table)
{
	while (table->nr--)
		put_page(virt_to_page(table->at[table->nr])); /* release: convert provenance=gup pattern=number acquires=number_kernel_park */
}

/* Who gets the frame number gives the page back. */
static int number_finish(unsigned long pfn)
{
	struct page *page = pfn_to_page(pfn);
	int nid = page_to_nid(page);

	put_page(page); /* release: keep provenance=gup acquires=number_handed */
	return nid;
}

int number_handed(unsigned long addr)
{
	unsigned long pfn;
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: keep case=4 not=release-not-found releases=number_finish */
		return -EFAULT;
	pfn = page_to_pfn(page);
	return number_finish(pfn);
}

/* Twin: another number. */
static int number_finish_other(unsigned long pfn)
{
	struct page *page = pfn_to_page(pfn);
	int nid = page_to_nid(page);

	put_page(page); /* release: unrelated acquires= */
	return nid;
}

int number_not_handed(unsigned long addr)
{
	unsigned long pfn;
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1) /* acquire: refused reason=release-not-found releases= */
		return -EFAULT;
	pfn = addr / PAGE_SIZE;
	return number_finish_other(pfn);
}

/* A record of the kernel that many have: the addresses in one are not those in all. */
static struct range number_device;

int number_range_pin(struct device *dev, struct page **pages, struct range *ranges, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pages) != 1) /* acquire: convertible case=2 longterm releases=number_range_unpin */
		return -EFAULT;
	dma_map_page(dev, pages[0], 0, PAGE_SIZE, DMA_TO_DEVICE);
	ranges[0].start = page_to_phys(pages[0]);
	return 0;
}

struct number_owner {
	struct page *pages[1];
};

int number_range_start(struct device *dev, struct number_owner *owner, unsigned long addr)
{
	struct range *ranges = kcalloc(1, sizeof(*ranges), GFP_KERNEL);
	int ret;

	if (!ranges)
		return -ENOMEM;
	ret = number_range_pin(dev, owner->pages, ranges, addr);
	hypervisor_share(ranges[0].start);
	kfree(ranges);
	return ret;
}

void number_range_unpin(struct number_owner *owner)
{
	put_page(owner->pages[0]); /* release: convert provenance=gup acquires=number_range_pin */
}

/* Twin: somebody else's. */
void number_range_other(int at)
{
	put_page(pfn_to_page((number_device.start >> PAGE_SHIFT) + at)); /* release: unrelated acquires= */
}

/* A record that each caller has its own of: a buffer of one's own is not the user's page. */
int number_iovec_own(struct device *dev)
{
	struct iovec iov = { .iov_base = page_address(alloc_page(GFP_KERNEL)), .iov_len = PAGE_SIZE };

	hypervisor_share((phys_addr_t)(unsigned long)iov.iov_base);
	put_page(virt_to_page((unsigned long)iov.iov_base)); /* release: unrelated acquires= */
	return 0;
}

int number_iovec_user(struct device *dev, unsigned long addr)
{
	struct iovec iov;
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: convertible releases=number_iovec_user */
		return -EFAULT;
	device_gets(dev, &page, 1);
	iov.iov_base = page_address(page);
	put_page(virt_to_page((unsigned long)iov.iov_base)); /* release: convert provenance=gup acquires=number_iovec_user */
	return 0;
}

/* Twin: one record for both. */
int number_iovec_both(struct device *dev, unsigned long addr)
{
	struct iovec iov;
	struct page *page;

	iov.iov_base = page_address(alloc_page(GFP_KERNEL));
	if (addr) {
		if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused reason=release-refused releases=number_iovec_both */
			return -EFAULT;
		device_gets(dev, &page, 1);
		iov.iov_base = page_address(page);
	}
	put_page(virt_to_page((unsigned long)iov.iov_base)); /* release: refuse provenance=mixed reason=mixed-provenance acquires=number_iovec_both */
	return 0;
}
