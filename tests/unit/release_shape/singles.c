// SPDX-License-Identifier: GPL-2.0-only
/* outside of loops over arrays */
#include "kernel.h"

/* shape: wrapper, only-body page */
static inline void wrapper(struct page *page) { put_page(page); }

/* shape: wrapper, null-check, only-body page */
void wrapper_null(struct page *page) { if (page) put_page(page); }

/* shape: wrapper, only-body page */
int wrapper_return(struct page *page) { if (!page) return 0; put_page(page); return 1; }

/* shape: wrapper, dirty set_page_dirty_lock if d, locked, only-body page */
void wrapper_dirty(struct page *page, int d) { if (d) set_page_dirty_lock(page); put_page(page); }

enum { NO, YES };

/* shape: wrapper, dirty SetPageDirty, only-body page */
int wrapper_enum(struct page *page) { if (!page) return NO; if (!PageDirty(page)) SetPageDirty(page); put_page(page); return YES; }

/* shape: single */
int no_wrapper_result(struct page *page) { put_page(page); return is_dirty(); }

/* shape: single */
void no_wrapper(struct page *page) { use(page); put_page(page); }

/* shape: single */
void no_wrapper_member(struct buffer *b) { put_page(b->single); }

/* shape: wrapper, array pages, count n, only-body pages */
void wrapper_array(struct page **pages, unsigned long n) { unpin_user_pages(pages, n); }

/* shape: release-pages, array pages, count n, signed, guard n */
void array_guard(struct page **pages, int n) { if (n) { release_pages(pages, n); use(*pages); } }

/* shape: release-pages, array b->pages, count n, signed, guard b->pages */
void array_null(struct buffer *b, int n) { if (b->pages) release_pages(b->pages, n); }

/* shape: release-pages, array b->pages, count b->nr, signed */
void array_signed(struct buffer *b) { release_pages(b->pages, b->nr); }

/* shape: release-pages, array b->pages, count b->nr_u32 */
void array_unsigned(struct buffer *b) { release_pages(b->pages, b->nr_u32); }

/* the count's type is unsigned in the prototype: a negative one runs away */
/* shape: release-pages, array b->pages, count b->nr */
void array_converted(struct buffer *b) { put_user_pages(b->pages, b->nr); }

/* shape: array-at-offset, array b->pages, offset k, count n, signed */
void array_offset(struct buffer *b, int k, int n) { release_pages(&b->pages[k], n); }

/* shape: array-at-offset, array b->pages, offset k, count n, signed */
void array_plus(struct buffer *b, int k, int n) { release_pages(b->pages + k, n); }

/* shape: release-pages, array b->pages, count n, signed */
void array_first(struct buffer *b, int n) { release_pages(&b->pages[0], n); }

/* shape: single, count 1, element */
void array_of_one(struct buffer *b) { put_user_pages(&b->single, 1); }

/* shape: if-dirty, array p, count n, dirty put_user_pages_dirty_lock if d, locked, partner put_user_pages, only-body p */
/* shape: if-dirty, array p, count n, dirty put_user_pages_dirty_lock if d, locked, partner put_user_pages_dirty_lock, only-body p */
void branches(struct page **p, size_t n, int d) { if (d) put_user_pages_dirty_lock(p, n); else put_user_pages(p, n); }

/* shape: if-dirty, array p, count n, dirty put_user_pages_dirty_lock unless clean, locked, partner put_user_pages_dirty_lock, only-body p */
/* shape: if-dirty, array p, count n, dirty put_user_pages_dirty_lock unless clean, locked, partner put_user_pages, only-body p */
void branches_inverted(struct page **p, size_t n, int clean) { if (clean) { put_user_pages(p, n); } else { put_user_pages_dirty_lock(p, n); } }

/* shape: release-pages, array p, count n, guard d */
/* shape: release-pages, array p, count n - 1, guard-else d */
void branches_differ(struct page **p, size_t n, int d) { if (d) put_user_pages_dirty_lock(p, n); else put_user_pages(p, n - 1); }

/* shape: release-pages, array p, count n, guard d */
/* shape: release-pages, array q, count n, guard-else d */
void branches_both_clean(struct page **p, struct page **q, size_t n, int d) { if (d) put_user_pages(p, n); else put_user_pages(q, n); }

/* shape: if-dirty, array p, count n, dirty unpin_user_pages_dirty_lock if d, locked, partner unpin_user_pages, only-body p */
/* shape: if-dirty, array p, count n, dirty unpin_user_pages_dirty_lock if d, locked, partner unpin_user_pages_dirty_lock, only-body p */
void branches_argument(struct page **p, size_t n, int d) { if (d) unpin_user_pages_dirty_lock(p, n, 1); else unpin_user_pages(p, n); }

/* shape: release-pages, array p, count n, guard d */
/* shape: release-pages, array p, count n, guard-else d */
void branches_unclear(struct page **p, size_t n, int d, int e) { if (d) unpin_user_pages_dirty_lock(p, n, e); else unpin_user_pages(p, n); }

/* shape: single-dirty, dirty set_page_dirty_lock, locked */
void dirty(struct buffer *b) { set_page_dirty_lock(b->single); put_page(b->single); cond_resched(); }

/* shape: single-dirty, dirty set_page_dirty if b->dirty */
void dirty_if(struct buffer *b) { struct page *page = b->single; if (b->dirty) set_page_dirty(page); put_page(page); }

/* shape: single, dirty set_page_dirty, other kunmap(page) */
void dirty_unmap(struct buffer *b) { struct page *page = b->single; set_page_dirty(page); kunmap(page); put_page(page); }

/* shape: single */
void dirty_another(struct buffer *b, struct page *page) { set_page_dirty(b->single); put_page(page); }

/* shape: single */
void dirty_before_change(struct page *page, struct buffer *b) { set_page_dirty(page); page = b->single; put_page(page); }

/* shape: single */
void dirty_and_clear(struct page *page, struct buffer *b) { set_page_dirty(b->single); b->single = page; put_page(b->single); }

/* a jump to the label leaves the dirtying out */
/* shape: single */
void dirty_label(struct page *page, int c) { if (c) goto out; set_page_dirty(page); out: put_page(page); }

/* shape: single, null-check, guard b */
void null_check(struct buffer *b) { if (b) { if (b->single) put_page(b->single); b->nr--; } }

/* shape: single, guard b->single */
void null_check_and_more(struct buffer *b) { if (b->single) { put_page(b->single); b->single = NULL; } }

/* shape: single, other return a && (put_page(a), 1) */
int in_expression(struct page *a) { return a && (put_page(a), 1); }

/* shape: single, other b ? put_page(a) : put_page(b) */
/* shape: single, other b ? put_page(a) : put_page(b) */
void in_conditional(struct page *a, struct page *b) { b ? put_page(a) : put_page(b); }

/* shape: number, only-body pfn */
void number(unsigned long pfn) { put_page(pfn_to_page(pfn)); }

/* shape: number, dirty SetPageDirty if w, guard pfn */
int number_dirty(unsigned long pfn, int w) { if (pfn) { struct page *page = pfn_to_page(pfn); if (w) SetPageDirty(page); put_page(page); return 1; } return 0; }

/* shape: number, only-body addr */
void number_call(void *addr) { put_page(virt_to_page(addr)); }

/* shape: number, count n */
void number_range(unsigned long pfn, int n) { cond_resched(); unpin_user_page_range_dirty_lock(pfn_to_page(pfn), n, 0); }

/* an own addition is no number */
/* shape: single */
void tail(struct page *page, int i) { put_page(page + i); }

/* shape: single */
void looked_up(void *addr) { put_page(vmalloc_to_page(addr)); }

/* shape: container, only-body bio */
void container(struct bio *bio) { bio_release_pages(bio, 0); }

/* shape: sg-loop */
void sg(struct scatterlist *sgl, int n) { struct scatterlist *sg; int i; for_each_sg(sgl, sg, n, i) put_page(sg_page(sg)); }

/* shape: sg-loop, dirty set_page_dirty if d */
void sg_dirty(struct scatterlist *sgl, int n, int d) { struct scatterlist *sg; int i; for_each_sg(sgl, sg, n, i) { struct page *page = sg_page(sg); if (d) set_page_dirty(page); put_page(page); } }

/* shape: sg-loop, other use(page) */
void sg_index(struct scatterlist *sgl, int n) { int i; for (i = 0; i < n; i++) { struct page *page = sg_page(&sgl[i]); use(page); put_page(page); } }

/* shape: sg-loop, null-check */
void sg_null(struct scatterlist *sgl, int n) { struct scatterlist *sg; int i; for_each_sg(sgl, sg, n, i) { if (!sg_page(sg)) continue; put_page(sg_page(sg)); } }

/* shape: sg-loop, count 1, element, dirty put_user_pages_dirty_lock if d, locked, partner put_user_page */
/* shape: sg-loop, dirty put_user_pages_dirty_lock if d, locked, partner put_user_pages_dirty_lock */
void sg_pages(struct scatterlist *sgl, int n, int d) { struct sg_page_iter it; struct page *page; for_each_sg_page(sgl, &it, n, 0) { page = sg_page_iter_page(&it); if (d) put_user_pages_dirty_lock(&page, 1); else put_user_page(page); } }

/* shape: sg-loop */
void sg_miter(struct sg_mapping_iter *unused) { struct sg_mapping_iter it; while (sg_miter_next(&it)) put_page(it.page); }

/* shape: single */
void sg_one(struct scatterlist *sgl) { put_page(sg_page(sgl)); }

/* shape: bvec-loop */
void bvec(struct bio *bio) { struct bio_vec *bv; struct bvec_iter_all it; bio_for_each_segment_all(bv, bio, it) put_page(bv->bv_page); }

/* shape: bvec-loop */
void bvec_index(struct bio_vec *bv, int n) { int i; for (i = 0; i < n; i++) put_page(bv[i].bv_page); }
