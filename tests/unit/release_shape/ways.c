// SPDX-License-Identifier: GPL-2.0-only
/* counting down, stepping pointers */
#include "kernel.h"

/* shape: count-down, index n, array pages, bound n, down, only-body pages */
void down(struct page **pages, int n) { while (n--) put_page(pages[n]); }

/* shape: count-down, index n, array pages, bound n, signed, down, only-body pages */
void down_positive(struct page **pages, int n) { while (n-- > 0) put_page(pages[n]); }

/* shape: count-down, index n, array pages, bound n, signed, down, only-body pages */
void down_first(struct page **pages, int n) { while (--n >= 0) put_page(pages[n]); }

/* never ends: not understood */
/* shape: loop-kept, down, other --n >= 0 */
void down_unsigned(struct page **pages, unsigned n) { while (--n >= 0) put_page(pages[n]); }

/* page 0 is left out */
/* shape: loop-kept, down, other --n */
void down_without_0(struct page **pages, int n) { while (--n) put_page(pages[n]); }

/* shape: count-down, index n, array pages, bound n, down, only-body pages */
void down_in_access(struct page **pages, int n) { while (n) put_page(pages[--n]); }

/* shape: loop-kept, down, other n */
void down_behind_access(struct page **pages, int n) { while (n) put_page(pages[n--]); }

/* shape: count-down, index n, array pages, bound n, signed, down, only-body pages */
void down_before(struct page **pages, int n) { while (n > 0) { n--; put_page(pages[n]); } }

/* shape: loop-kept, down, other n > 0 */
void down_after(struct page **pages, int n) { while (n > 0) { put_page(pages[n]); n--; } }

/* shape: count-down, index n, array pages, bound n, signed, down, only-body pages */
void down_after_back(struct page **pages, int n) { while (n > 0) { put_page(pages[n - 1]); n--; } }

/* shape: count-down, index i, array pages, bound n, signed, down, only-body pages */
void down_for(struct page **pages, int n) { int i; for (i = n - 1; i >= 0; i--) put_page(pages[i]); }

/* shape: count-down, index i, array pages, bound n, down, only-body pages */
void down_for_unsigned_n(struct page **pages, unsigned n) { int i; for (i = n - 1; i >= 0; --i) put_page(pages[i]); }

/* shape: count-down, index i, array pages, bound n, inclusive, signed, down, only-body pages */
void down_for_inclusive(struct page **pages, int n) { int i; for (i = n; i >= 0; i--) put_page(pages[i]); }

/* shape: count-down, index i, array pages, bound n, signed, down, only-body pages */
void down_for_back(struct page **pages, int n) { int i; for (i = n; i > 0; i--) put_page(pages[i - 1]); }

/* shape: loop-kept, down, other i > 0 */
void down_for_without_0(struct page **pages, int n) { int i; for (i = n - 1; i > 0; i--) put_page(pages[i]); }

/* shape: count-down, index i, array pages, bound i, signed, down, only-body pages */
void down_for_start(struct page **pages, int i) { for (i--; i >= 0; i--) put_page(pages[i]); }

/* shape: count-down, index i, array pages, bound n, down, only-body pages */
void down_for_condition(struct page **pages, int n) { int i; for (i = n; i--;) put_page(pages[i]); }

/* shape: count-down, index i, array pages, first lo, bound i, signed, down, only-body pages */
void down_to(struct page **pages, int lo, int i) { while (i > lo) put_page(pages[--i]); }

/* shape: loop-kept, down, other cond_resched() */
void down_resched(struct page **pages, int n) { while (n--) { put_page(pages[n]); cond_resched(); } }

/* shape: loop-kept, other pages[--(*n)] */
void down_through_pointer(struct page **pages, int *n) { while ((*n) > 0) put_page(pages[--(*n)]); }

/* shape: loop-kept, other do_this && n-- */
void down_conditional(struct page **pages, int n, int *done) { int do_this = 1; while (do_this && n--) put_page(pages[n]); }

/* shape: loop, index n, array pages, step pages++, bound n, down, only-body pages */
void pointer_down(struct page **pages, int n) { while (n--) put_page(*pages++); }

/* shape: loop, index i, array pages, step pages++, bound n, signed, only-body pages */
void pointer_up(struct page **pages, int n) { int i; for (i = 0; i < n; i++) put_page(*pages++); }

/* shape: loop, index i, array p, step p++, bound n, signed */
void pointer_in_step(struct page **pages, int n) { int i; struct page **p = pages; for (i = 0; i < n; i++, p++) put_page(*p); }

/* shape: loop, index n, array pages, step pages++, bound n, down, only-body pages */
void pointer_in_body(struct page **pages, int n) { while (n--) { put_page(*pages); pages++; } }

/* shape: loop-kept, down, step pages++, other n-- */
void pointer_before(struct page **pages, int n) { while (n--) { pages++; put_page(*pages); } }

/* shape: loop, index p, array pages, step p++, bound n, signed, only-body pages */
void pointer_compared(struct page **pages, int n) { struct page **p; for (p = pages; p < pages + n; p++) put_page(*p); }

/* shape: loop-kept, step p++, other p < end */
void pointer_to_end(struct page **pages, struct page **end) { struct page **p; for (p = pages; p < end; p++) put_page(*p); }

/* shape: loop-kept, other *++pages */
void pointer_pre(struct page **pages, int n) { while (n--) put_page(*++pages); }

/* shape: loop, index n, array p, step p++, bound n, down, count 1, element, only-body p */
void pointer_element(struct page **p, int n) { while (n--) { put_user_pages(p, 1); p++; } }
