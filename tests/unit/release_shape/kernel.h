/* SPDX-License-Identifier: GPL-2.0-only */
/* As much of a kernel as the shapes need. */
#define NULL ((void *)0)
#define bool _Bool
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define BUG_ON(c) do { if (unlikely(c)) __builtin_unreachable(); } while (0)
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned long size_t;
typedef long ssize_t;
struct folio;
struct page { unsigned long flags; void *mapping; };
struct scatterlist { unsigned long page_link; };
struct sg_page_iter { struct scatterlist *sg; };
struct sg_mapping_iter { struct page *page; };
struct bio;
struct bio_vec { struct page *bv_page; unsigned int bv_len; };
struct bvec_iter_all { int idx; };
struct buffer { struct page **pages; struct page *single; int nr; u32 nr_u32; bool dirty; struct page *fixed[4][8]; };
struct slot { struct page *page; };

void put_page(struct page *page);
void put_user_page(struct page *page);
void put_user_pages(struct page **pages, unsigned long n);
void put_user_pages_dirty_lock(struct page **pages, unsigned long n);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long n);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long n, bool make_dirty);
void unpin_user_page_range_dirty_lock(struct page *page, unsigned long n, bool make_dirty);
void unpin_user_folio(struct folio *folio, unsigned long n);
void release_pages(struct page **pages, int nr);
void bio_release_pages(struct bio *bio, bool mark_dirty);

int set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
void SetPageDirty(struct page *page);
int PageDirty(struct page *page);
struct page *compound_head(struct page *page);
struct page *sg_page(struct scatterlist *sg);
struct scatterlist *sg_next(struct scatterlist *sg);
void __sg_page_iter_start(struct sg_page_iter *it, struct scatterlist *sg, int n, int o);
bool __sg_page_iter_next(struct sg_page_iter *it);
struct page *sg_page_iter_page(struct sg_page_iter *it);
bool sg_miter_next(struct sg_mapping_iter *it);
struct bio_vec *bvec_init_iter_all(struct bvec_iter_all *it);
bool bio_next_segment(struct bio *bio, struct bvec_iter_all *it);
struct page *alloc_page(int gfp);
struct page *vmalloc_to_page(void *addr);
struct page *virt_to_page(void *addr);
void get_one(struct page **page);
int is_dirty(void);
int cond_resched(void);
void kunmap(struct page *page);
void use(struct page *page);
extern struct page *vmemmap;
#define pfn_to_page(pfn) (vmemmap + (pfn))
#define for_each_sg(sgl, sg, n, i) for (i = 0, sg = (sgl); i < (n); i++, sg = sg_next(sg))
#define for_each_sg_page(sgl, it, n, o) \
	for (__sg_page_iter_start(it, sgl, n, o); __sg_page_iter_next(it);)
#define bio_for_each_segment_all(bv, bio, it) \
	for (bv = bvec_init_iter_all(&it); bio_next_segment((bio), &it);)
#define for_each_page(page, list) for (page = (list); page; page = page->mapping)
