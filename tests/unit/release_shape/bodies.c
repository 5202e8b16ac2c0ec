// SPDX-License-Identifier: GPL-2.0-only
/* dirtying, empty slots, clearing */
#include "kernel.h"

/* shape: loop-dirty, index i, array pages, bound n, signed, dirty set_page_dirty, only-body pages */
void dirty(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { set_page_dirty(pages[i]); put_page(pages[i]); } }

/* shape: loop-dirty, index i, array pages, bound n, signed, dirty set_page_dirty_lock, locked, only-body pages */
void dirty_lock(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { set_page_dirty_lock(pages[i]); put_page(pages[i]); } }

/* shape: loop-kept, other set_page_dirty(pages[0]) */
void dirty_other_page(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { set_page_dirty(pages[0]); put_page(pages[i]); } }

/* shape: loop-kept, other set_page_dirty(pages[i]) */
void dirty_too_late(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { put_page(pages[i]); set_page_dirty(pages[i]); } }

/* shape: loop-kept, other struct page *p = compound_head(pages[i]) */
void dirty_head(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *p = compound_head(pages[i]); SetPageDirty(p); put_page(pages[i]); } }

/* shape: loop-conditional-dirty, index i, array pages, bound n, signed, dirty set_page_dirty_lock if d, locked, only-body pages */
void dirty_if(struct page **pages, int n, int d) { int i; for (i = 0; i < n; i++) { if (d) set_page_dirty_lock(pages[i]); put_page(pages[i]); } }

/* shape: loop-conditional-dirty, index i, array b->pages, bound b->nr, signed, dirty set_page_dirty if !b->dirty */
void dirty_if_not(struct buffer *b) { int i; for (i = 0; i < b->nr; i++) { if (!b->dirty) { set_page_dirty(b->pages[i]); } put_page(b->pages[i]); } }

/* shape: loop-dirty, index i, array pages, bound n, signed, dirty set_page_dirty_lock, locked, only-body pages */
void dirty_if_clean(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *page = pages[i]; if (!PageDirty(page)) set_page_dirty_lock(page); put_page(page); } }

/* shape: loop-kept, dirty set_page_dirty if i == n, per-page, other i == n */
void dirty_last(struct page **pages, int n) { int i; for (i = 0; i <= n; i++) { if (i == n) set_page_dirty(pages[i]); put_page(pages[i]); } }

/* shape: loop-kept, dirty set_page_dirty if is_dirty(), per-page, other is_dirty() */
void dirty_if_called(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { if (is_dirty()) set_page_dirty(pages[i]); put_page(pages[i]); } }

/* shape: loop-kept, other if (d) set_page_dirty(pages[i]); else use(pages[i]) */
void dirty_or_not(struct page **pages, int n, int d) { int i; for (i = 0; i < n; i++) { if (d) set_page_dirty(pages[i]); else use(pages[i]); put_page(pages[i]); } }

/* shape: loop-kept, other if (d) put_page(pages[i]) */
void release_if(struct page **pages, int n, int d) { int i; for (i = 0; i < n; i++) { if (d) put_page(pages[i]); } }

/* shape: loop-null-check, index i, array pages, bound n, signed, null-check, only-body pages */
void null_check(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (pages[i]) put_page(pages[i]); }

/* shape: loop-null-check, index i, array pages, bound n, signed, null-check, only-body pages */
void null_check_ne(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (likely(pages[i] != NULL)) put_page(pages[i]); }

/* shape: loop-kept, other if (!pages[i]) put_page(pages[i]) */
void null_check_wrong(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (!pages[i]) put_page(pages[i]); }

/* shape: loop-kept, other if (pages[i + 1]) put_page(pages[i]) */
void null_check_other(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (pages[i + 1]) put_page(pages[i]); }

/* shape: loop-kept, other if (pages[i] && !keep) put_page(pages[i]) */
void null_check_and(struct page **pages, int n, int keep) { int i; for (i = 0; i < n; i++) if (pages[i] && !keep) put_page(pages[i]); }

/* shape: loop-kept, other if (pages[i]) put_page(pages[i]); else cond_resched() */
void null_check_else(struct page **pages, int n) { int i; for (i = 0; i < n; i++) if (pages[i]) put_page(pages[i]); else cond_resched(); }

/* shape: loop-null-check, index i, array pages, bound n, signed, null-check, only-body pages */
void null_continue(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *page = pages[i]; if (!page) continue; put_page(page); } }

/* shape: loop-null-check, index i, array pages, bound n, signed, null-check, null-break, only-body pages */
void null_break(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { if (pages[i] == NULL) break; put_page(pages[i]); } }

/* shape: loop-null-check, index i, array pages, bound n, signed, null-check, null-break, only-body pages */
void null_in_head(struct page **pages, int n) { int i; for (i = 0; i < n && pages[i]; i++) put_page(pages[i]); }

/* a hole ends the counting */
/* shape: loop-kept, other if (!pages[i]) continue */
void null_skips_step(struct page **pages, int n) { int i = 0; while (i < n) { if (!pages[i]) continue; put_page(pages[i]); i++; } }

/* shape: loop-conditional-dirty, index i, array pages, bound n, null-check, dirty set_page_dirty_lock if d, locked, only-body pages */
void null_and_dirty(struct page **pages, unsigned n, int d) { unsigned i; for (i = 0; i < n; i++) { if (pages[i] != NULL) { if (d) set_page_dirty_lock(pages[i]); put_page(pages[i]); } } }

/* shape: loop-kept, dirty set_page_dirty, other if (pages[i]) put_page(pages[i]) */
void dirty_holes(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { set_page_dirty(pages[i]); if (pages[i]) put_page(pages[i]); } }

/* shape: loop-clear, index i, array pages, bound n, signed, clear, only-body pages */
void clear(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { put_page(pages[i]); pages[i] = NULL; } }

/* shape: loop-clear, index i, array pages, bound n, dirty set_page_dirty if d, clear, only-body pages */
void clear_dirty(struct page **pages, u64 n, bool d) { int i; for (i = 0; i < n; i++) { if (d) set_page_dirty(pages[i]); put_page(pages[i]); pages[i] = NULL; } }

/* shape: loop-kept, other pages[i] = NULL */
void clear_before(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { pages[i] = NULL; put_page(pages[i]); } }

/* shape: loop-clear, index i, array pages, bound n, signed, clear, only-body pages */
void clear_before_by_variable(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { struct page *page = pages[i]; pages[i] = NULL; put_page(page); } }

/* shape: loop-kept, other pages[i + 1] = NULL */
void clear_next(struct page **pages, int n) { int i; for (i = 0; i < n; i++) { put_page(pages[i]); pages[i + 1] = NULL; } }

/* shape: count-down, index n, array pages, bound n, down, only-body pages */
void plain_down(struct page **pages, int n) { while (n--) { struct page *page = pages[n]; put_page(page); } }

/* shape: loop-dirty, index n, array pages, bound n, down, dirty set_page_dirty, only-body pages */
void dirty_down(struct page **pages, int n) { while (n--) { set_page_dirty(pages[n]); put_page(pages[n]); } }

/* shape: if-dirty, index i, array pages, bound n, signed, count 1, element, dirty put_user_pages_dirty_lock if d, locked, partner put_user_page, only-body pages */
/* shape: if-dirty, index i, array pages, bound n, signed, dirty put_user_pages_dirty_lock if d, locked, partner put_user_pages_dirty_lock, only-body pages */
void branches(struct page **pages, int n, int d) { int i; for (i = 0; i < n; i++) if (d) put_user_pages_dirty_lock(&pages[i], 1); else put_user_page(pages[i]); }

/* shape: loop-kept, other if (d) put_user_page(pages[i]); else use(pages[i]) */
void one_branch(struct page **pages, int n, int d) { int i; for (i = 0; i < n; i++) if (d) put_user_page(pages[i]); else use(pages[i]); }

/* shape: if-dirty, index n, array p, step p++, bound n, down, count 1, element, dirty put_user_pages_dirty_lock if d, locked, partner put_user_page, only-body p */
/* shape: if-dirty, index n, array p, step p++, bound n, down, dirty put_user_pages_dirty_lock if d, locked, partner put_user_pages_dirty_lock, only-body p */
void branches_if_clean(struct page **p, int n, bool d) { while (n--) { if (!PageDirty(*p) && d) put_user_pages_dirty_lock(p, 1); else put_user_page(*p); p++; } }
