/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H
typedef _Bool bool;
typedef unsigned int gfp_t;
typedef unsigned long size_t;
#define NULL ((void *)0)
#define true 1
#define false 0
#define GFP_KERNEL 0xcc0u
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define EFAULT 14
#define ENOMEM 12
struct list_head {
	struct list_head *next, *prev;
};
struct page {
	unsigned long flags;
	struct list_head lru;
	unsigned long compound_head;
	int _refcount;
};
struct mm_struct {
	int users;
};
struct vm_area_struct {
	struct mm_struct *vm_mm;
};
struct task_struct {
	struct mm_struct *mm;
};
#define FOLL_WRITE 0x01
#define FOLL_TOUCH 0x02
#define FOLL_GET 0x04
#define FOLL_DUMP 0x08
#define FOLL_FORCE 0x10
#define FOLL_NOWAIT 0x20
#define FOLL_LONGTERM 0x10000
#define FOLL_SPLIT_PMD 0x20000

static inline struct page *compound_head(struct page *page)
{
	unsigned long head = page->compound_head;

	if (head & 1)
		return (struct page *)(head - 1);
	return page;
}

void __put_page(struct page *page);
static inline int put_page_testzero(struct page *page)
{
	return --page->_refcount == 0;
}

static inline void get_page(struct page *page)
{
	page = compound_head(page);
	page->_refcount++;
}

static inline void put_page(struct page *page)
{
	page = compound_head(page);
	if (put_page_testzero(page))
		__put_page(page);
}

static inline void put_user_page(struct page *page)
{
	put_page(page); /* release: keep */
}

void put_user_pages_dirty(struct page **pages, unsigned long npages);
void put_user_pages_dirty_lock(struct page **pages, unsigned long npages);
void put_user_pages(struct page **pages, unsigned long npages);
void release_pages(struct page **pages, int nr);
long get_user_pages_remote(struct task_struct *tsk, struct mm_struct *mm, unsigned long start,
			   unsigned long nr_pages, unsigned int gup_flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked);
long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages, struct vm_area_struct **vmas);
long get_user_pages_locked(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
			   struct page **pages, int *locked);
long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages, struct page **pages,
			     unsigned int gup_flags);
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
int __get_user_pages_fast(unsigned long start, int nr_pages, int write, struct page **pages);
struct page *get_dump_page(unsigned long addr);
struct page *alloc_pages(gfp_t gfp, unsigned int order);
#define alloc_page(gfp_mask) alloc_pages(gfp_mask, 0)
int set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
int page_to_nid(const struct page *page);
struct device;
unsigned long long dma_map_page_attrs(struct device *dev, struct page *page, size_t offset,
				      size_t size, int dir, unsigned long attrs);
#define dma_map_page(d, p, o, s, r) dma_map_page_attrs(d, p, o, s, r, 0)
#endif
