/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H
#include <linux/kernel.h>
#include <linux/mm_types.h>
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define GFP_KERNEL 0xcc0u
#define offset_in_page(p) ((unsigned long)(p) & ~PAGE_MASK)

extern struct page *vmemmap;
#define __pfn_to_page(pfn) (vmemmap + (pfn))
#define __page_to_pfn(page) (unsigned long)((page) - vmemmap)
#define page_to_pfn __page_to_pfn
#define pfn_to_page __pfn_to_page
#define PFN_PHYS(x) ((phys_addr_t)(x) << PAGE_SHIFT)
#define PHYS_PFN(x) ((unsigned long)((x) >> PAGE_SHIFT))
#define page_to_phys(page) PFN_PHYS(page_to_pfn(page))
#define phys_to_page(phys) (pfn_to_page(PHYS_PFN(phys)))
#define PAGE_OFFSET 0xffff888000000000UL
#define __pa(x) ((unsigned long)(x) - PAGE_OFFSET)
#define __va(x) ((void *)((unsigned long)(x) + PAGE_OFFSET))
#define virt_to_page(kaddr) pfn_to_page(__pa(kaddr) >> PAGE_SHIFT)
void *page_address(const struct page *page);
bool pfn_valid(unsigned long pfn);

static __always_inline unsigned long _compound_head(const struct page *page)
{
	unsigned long head = page->compound_head;

	if (head & 1)
		return head - 1;
	return (unsigned long)page;
}

#define compound_head(page) ((__typeof__(page))_compound_head(page))
#define page_folio(p) \
	(_Generic((p), \
		 const struct page *: (const struct folio *)_compound_head(p), \
		 struct page *: (struct folio *)_compound_head(p)))
#define folio_page(folio, n) (&(folio)->page + (n))

void __folio_put(struct folio *folio);
static inline void folio_get(struct folio *folio)
{
	folio->page._refcount++;
}

static inline void folio_put(struct folio *folio)
{
	if (--folio->page._refcount == 0)
		__folio_put(folio);
}

static inline void get_page(struct page *page)
{
	struct folio *folio = page_folio(page);

	folio_get(folio);
}

static inline void put_page(struct page *page)
{
	struct folio *folio = page_folio(page);

	folio_put(folio);
}


#include <linux/gup.h>

bool set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
int page_to_nid(const struct page *page);
int page_count(const struct page *page);
static inline int PageReserved(const struct page *page)
{
	return page->flags & 1;
}

static inline int PageDirty(const struct page *page)
{
	return page->flags & 2;
}

void SetPageDirty(struct page *page);
struct page *alloc_pages(gfp_t gfp, unsigned int order);
#define alloc_page(gfp_mask) alloc_pages(gfp_mask, 0)
void __free_pages(struct page *page, unsigned int order);
#define __free_page(page) __free_pages((page), 0)
struct page *vmalloc_to_page(const void *addr);
int account_locked_vm(struct mm_struct *mm, unsigned long pages, bool inc);
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
#endif
