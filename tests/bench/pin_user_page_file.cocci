// SPDX-License-Identifier: GPL-2.0-only
/// The releases of the conversion pin-user-page, followed through the file: within the function that
/// acquires, through fields of structures, wrappers of an acquire and helpers that release.
// Options: --use-gitgrep -D patch
virtual patch

// Where the pages go in the function that acquires them.
@acq exists@
identifier fn;
expression P;
expression E1, E2, E3, E4, O;
@@
fn(...) {
 ... when any
(
 get_user_pages(E1, E2, E3, \(&P[O]\|P + O\|&P\|P\))
|
 get_user_pages_fast(E1, E2, E3, \(&P[O]\|P + O\|&P\|P\))
|
 get_user_pages_fast_only(E1, E2, E3, \(&P[O]\|P + O\|&P\|P\))
|
 get_user_pages_unlocked(E1, E2, \(&P[O]\|P + O\|&P\|P\), ...)
|
 get_user_pages_remote(E1, E2, E3, E4, \(&P[O]\|P + O\|&P\|P\), ...)
|
 iov_iter_get_pages2(E1, \(&P[O]\|P + O\|&P\|P\), ...)
|
 iov_iter_get_pages_alloc2(E1, \(&P[O]\|P + O\|&P\|P\), ...)
)
 ... when any
}

@depends on patch && acq@
identifier acq.fn;
expression acq.P;
expression E;
@@
fn(...) {
<...
(
- put_page
+ unpin_user_page
  (\(P[E]\|*P\|P\))
|
- release_pages
+ unpin_user_pages
  (P, E)
)
...>
}

// One of them under another name.
@depends on patch && acq exists@
identifier acq.fn;
expression acq.P;
expression E;
identifier Y;
@@
fn(...) {
 ... when any
(
 Y = P[E];
|
 struct page *Y = P[E];
)
 ... when != Y = ...
- put_page
+ unpin_user_page
  (Y)
 ... when any
}

// A field, anywhere in the file.
@held exists@
identifier fn, F;
expression S;
expression E1, E2, E3, E4, O;
@@
fn(...) {
 ... when any
(
 get_user_pages(E1, E2, E3, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\))
|
 get_user_pages_fast(E1, E2, E3, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\))
|
 get_user_pages_fast_only(E1, E2, E3, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\))
|
 get_user_pages_unlocked(E1, E2, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\), ...)
|
 get_user_pages_remote(E1, E2, E3, E4, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\), ...)
|
 iov_iter_get_pages2(E1, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\), ...)
|
 iov_iter_get_pages_alloc2(E1, \(&S->F[O]\|S->F + O\|&S->F\|S->F\|&S.F[O]\|S.F + O\|&S.F\|S.F\), ...)
)
 ... when any
}

@depends on patch && held@
identifier held.F;
expression S, E;
@@
(
- put_page
+ unpin_user_page
  (\(S->F[E]\|S->F\|S.F[E]\|S.F\))
|
- release_pages
+ unpin_user_pages
  (\(S->F\|S.F\), E)
)

// A wrapper of an acquire: its parameter, and what its callers pass for it.
@wrap exists@
identifier fn, Q;
parameter list[n] PS;
expression E1, E2, E3, E4, O;
@@
fn(PS, struct page **Q, ...) {
 ... when any
(
 get_user_pages(E1, E2, E3, \(&Q[O]\|Q + O\|Q\))
|
 get_user_pages_fast(E1, E2, E3, \(&Q[O]\|Q + O\|Q\))
|
 get_user_pages_fast_only(E1, E2, E3, \(&Q[O]\|Q + O\|Q\))
|
 get_user_pages_unlocked(E1, E2, \(&Q[O]\|Q + O\|Q\), ...)
|
 get_user_pages_remote(E1, E2, E3, E4, \(&Q[O]\|Q + O\|Q\), ...)
|
 iov_iter_get_pages2(E1, \(&Q[O]\|Q + O\|Q\), ...)
|
 iov_iter_get_pages_alloc2(E1, \(&Q[O]\|Q + O\|Q\), ...)
)
 ... when any
}

@call exists@
identifier wrap.fn, by;
expression P, O;
expression list[wrap.n] ES;
@@
by(...) {
 ... when any
 fn(ES, \(&P[O]\|P + O\|&P\|P\), ...)
 ... when any
}

@depends on patch && call@
identifier call.by;
expression call.P;
expression E;
@@
by(...) {
<...
(
- put_page
+ unpin_user_page
  (\(P[E]\|*P\|P\))
|
- release_pages
+ unpin_user_pages
  (P, E)
)
...>
}

// A helper that releases what it is given.
@helper exists@
identifier acq.fn, h;
expression acq.P;
expression list[n] ES;
@@
fn(...) {
 ... when any
 h(ES, P, ...)
 ... when any
}

@depends on patch && helper@
identifier helper.h, Q;
parameter list[helper.n] PS;
expression E;
@@
h(PS, struct page **Q, ...) {
<...
(
- put_page
+ unpin_user_page
  (\(Q[E]\|*Q\|Q\))
|
- release_pages
+ unpin_user_pages
  (Q, E)
)
...>
}
