// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void up(struct page **pages, int n) { int i; for (i = 0; i < n; i++) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, only-body pages */
void up_unsigned(struct page **pages, unsigned n) { unsigned i; for (i = 0; i < n; i++) put_page(pages[i]); }

/* an int against an unsigned number is compared unsigned: a negative n runs away as it did */
/* shape: loop, index i, array pages, bound n, only-body pages */
void up_unsigned_index(struct page **pages, int n) { unsigned i; for (i = 0; i < n; i++) put_page(pages[i]); }

/* but a long bound is wide enough */
/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void up_long_bound(struct page **pages, long n) { unsigned i; for (i = 0; i < n; i++) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, only-body pages */
void up_u8_bound(struct page **pages, unsigned char n) { int i; for (i = 0; i < n; i++) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, only-body pages */
void up_not_equal(struct page **pages, int n) { int i; for (i = 0; i != n; ++i) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, inclusive, signed, only-body pages */
void up_inclusive(struct page **pages, int n) { int i; for (i = 0; i <= n; i += 1) { put_page(pages[i]); } }

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void up_mirrored(struct page **pages, int n) { int i; for (i = 0; n > i; i = i + 1) put_page(pages[i]); }

/* goes on behind the page where another loop ended: where that is, nobody folds */
/* shape: loop-kept, other ++i */
void up_behind(struct page **pages, int i, int n) { for (++i; i < n; ++i) put_page(pages[i]); }

/* shape: loop-kept, other i > n */
void up_wrong_way(struct page **pages, int n) { int i; for (i = 0; i > n; i++) put_page(pages[i]); }

/* shape: loop-kept, other i < n */
void up_by_two(struct page **pages, int n) { int i; for (i = 0; i < n; i += 2) put_page(pages[i]); }

/* shape: loop-kept, other i < n */
void up_twice(struct page **pages, int n) { int i; for (i = 0; i < n; i++) put_page(pages[i++]); }

/* shape: loop, index i, array b->pages, bound b->nr, signed */
void up_member(struct buffer *b) { for (int i = 0; i < b->nr; i++) put_page(b->pages[i]); }

/* shape: loop, index i, array b->pages, bound b->nr_u32 */
void up_member_unsigned(struct buffer *b) { for (int i = 0; i < b->nr_u32; i++) put_page(b->pages[i]); }

/* shape: loop, index j, array b->fixed[i], bound 8 */
void up_inner(struct buffer *b) { int i, j; for (i = 0; i < 4; i++) for (j = 0; j < 8; j++) put_page(b->fixed[i][j]); }

/* shape: loop-kept, other b->nr-- */
void up_bound_changes(struct buffer *b, struct page **pages) { int i; for (i = 0; i < b->nr; i++) { put_page(pages[i]); b->nr--; } }

/* shape: loop-kept, other i < n */
void up_local_bound_changes(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { put_page(pages[i]); n--; } }

/* shape: loop-kept, other i < is_dirty() */
void up_called_bound(struct page **pages) { int i; for (i = 0; i < is_dirty(); i++) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void up_while(struct page **pages, int n) { int i = 0; while (i < n) put_page(pages[i++]); }

/* shape: loop, index i, array pages, bound n, signed */
void up_while_set(struct page **pages, int n, int i) { i = 0; while (i < n) { put_page(pages[i]); i++; } }

/* shape: array-at-offset, index i, array pages, first i, bound n, signed, only-body pages */
void up_rest(struct page **pages, int i, int n) { for (; i < n; i++) put_page(pages[i]); }

/* shape: array-at-offset, index i, array pages, first k, bound n, signed, only-body pages */
void up_from(struct page **pages, int k, int n) { for (int i = k; i < n; i++) put_page(pages[i]); }

/* shape: array-at-offset, index i, array pages, offset k, bound n, signed, only-body pages */
void up_offset(struct page **pages, int k, int n) { int i; for (i = 0; i < n; i++) put_page(pages[k + i]); }

/* shape: loop-kept, other *(pages + i + k) */
void up_offset_pointer(struct page **pages, int k, int n) { int i; for (i = 0; i < n; i++) put_page(*(pages + i + k)); }

/* shape: array-at-offset, index i, array pages, offset k, bound n, signed, only-body pages */
void up_pointer(struct page **pages, int k, int n) { int i; for (i = 0; i < n; i++) put_page(*(pages + k + i)); }

/* shape: loop-kept, other i < n */
void up_back(struct page **pages, int n) { int i; for (i = 0; i < n; i++) put_page(pages[i - 1]); }

/* shape: loop-kept, other i++ < n */
void up_step_first(struct page **pages, int n) { int i = 0; while (i++ < n) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void up_step_first_back(struct page **pages, int n) { int i; for (i = 0; i++ < n;) put_page(pages[i - 1]); }

/* shape: loop, index i, array pages, bound n, signed, condition pages, only-body pages */
void up_condition(struct page **pages, int n) { int i; for (i = 0; pages && i < n; i++) put_page(pages[i]); }

/* shape: loop-kept, other i < n && is_dirty() */
void up_called_condition(struct page **pages, int n) { int i; for (i = 0; i < n && is_dirty(); i++) put_page(pages[i]); }

/* shape: loop-kept, other pages[i] */
void up_to_null(struct page **pages) { int i; for (i = 0; pages[i]; i++) put_page(pages[i]); }

/* shape: loop-kept, other i < n */
void up_extra(struct page **pages, int n) { int i, j; for (i = 0, j = 1; i < n; i++) put_page(pages[i]); use(pages[j]); }

/* shape: loop-kept, other cond_resched() */
void up_resched(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { put_page(pages[i]); cond_resched(); } }

/* shape: loop-kept, other kunmap(pages[i]) */
void up_unmap(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { kunmap(pages[i]); put_page(pages[i]); } }

/* shape: loop-kept, other if (i & 1) put_page(pages[i]) */
void up_guarded(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (i & 1) put_page(pages[i]); }

/* shape: loop, index i, array pages, bound n, signed, guard pages */
void up_guard(struct page **pages, int n) { int i; if (pages) { for (i = 0; i < n; i++) put_page(pages[i]); use(*pages); } }

/* shape: loop, index i, array pages, bound n, signed, guard-else n < 0 */
void up_guard_else(struct page **pages, int n) { int i; if (n < 0) cond_resched(); else for (i = 0; i < n; i++) put_page(pages[i]); }

/* shape: loop-kept, other slots[i].page */
void up_structs(struct slot *slots, int n) { int i; for (i = 0; i < n; i++) put_page(slots[i].page); }

/* shape: loop-kept, other &page[i] */
void up_struct_pages(struct page *page, int n) { int i; for (i = 0; i < n; i++) put_page(&page[i]); }

/* shape: loop-kept, other i < n */
void do_while(struct page **pages, int n) { int i = 0; do { put_page(pages[i]); i++; } while (i < n); }

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void by_variable(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *page = pages[i]; put_page(page); } }

/* shape: loop, index i, array pages, bound n, signed, only-body pages */
void by_head(struct page **pages, int n) { int i; struct page *p; for (i = 0; i < n; i++) { p = pages[i]; p = compound_head(p); put_page(p); } }

/* shape: loop-kept, other next = pages[i + 1] */
void by_other_variable(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *page = pages[i], *next = pages[i + 1]; put_page(page); use(next); } }

/* shape: loop-kept, other head */
void same_page_again(struct page *head, int n) { while (n--) put_page(head); }

/* acquired anew in each round: one for one */
/* shape: single */
void acquired(int n) { int i; for (i = 0; i < n; i++) { struct page *page; get_one(&page); put_page(page); } }

/* shape: single */
void acquired_by_result(int n) { int i; for (i = 0; i < n; i++) { struct page *page = alloc_page(i); put_page(page); } }

/* shape: loop-kept, other page */
void listed(struct page *list) { struct page *page; for_each_page(page, list) put_page(page); }

/* shape: loop, index i, array pages, bound n, signed, only-body pages, count 1, element */
void array_call_each(struct page **pages, int n) { int i; for (i = 0; i < n; i++) unpin_user_pages_dirty_lock(&pages[i], 1, 0); }

/* shape: loop-kept, count 1, element, other dirty[i] */
void array_call_each_dirty(struct page **pages, bool *dirty, int n) { int i; for (i = 0; i < n; i++) unpin_user_pages_dirty_lock(&pages[i], 1, dirty[i]); }

/* shape: loop, index i, array pages, bound 8 * 4 - 1, only-body pages */
void up_constant(struct page **pages) { int i; for (i = 0; i < 8 * 4 - 1; i++) put_page(pages[i]); }

/* as many references of each folio as an array says */
/* shape: loop-kept, count refs[i], other refs[i] */
void folios(struct folio **folios, int *refs, int n) { int i; for (i = 0; i < n; i++) unpin_user_folio(folios[i], refs[i]); }

/* shape: loop, index i, array folios, bound n, signed, count 1, only-body folios */
void folios_once(struct folio **folios, int n) { int i; for (i = 0; i < n; i++) unpin_user_folio(folios[i], 1); }
