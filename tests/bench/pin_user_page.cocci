// SPDX-License-Identifier: GPL-2.0-only
/// The conversion pin-user-page as far as a semantic patch reaches: acquire and release in one
/// function. What scan is compared with.
// Options: --use-gitgrep -D patch
virtual patch

// One page: &X, given back as X.
@one exists@
identifier fn;
expression X;
@@
fn(...) {
 ... when any
(
 get_user_pages(..., &X)
|
 get_user_pages_fast(..., &X)
|
 get_user_pages_fast_only(..., &X)
|
 get_user_pages_unlocked(..., &X, ...)
|
 get_user_pages_remote(..., &X, ...)
)
 ... when any
}

@depends on patch@
identifier one.fn;
expression one.X;
@@
fn(...) {
<...
(
- put_page(X)
+ unpin_user_page(X)
|
- get_user_pages
+ pin_user_pages
  (..., &X)
|
- get_user_pages_fast
+ pin_user_pages_fast
  (..., &X)
|
- get_user_pages_unlocked
+ pin_user_pages_unlocked
  (..., &X, ...)
|
- get_user_pages_remote
+ pin_user_pages_remote
  (..., &X, ...)
)
...>
}

// An array: P, P + E or &P[E].
@arr exists@
identifier fn;
expression P;
expression E1, E2, E3, E4, O;
@@
fn(...) {
 ... when any
(
 get_user_pages(E1, E2, E3, \(&P[O]\|P + O\|P\))
|
 get_user_pages_fast(E1, E2, E3, \(&P[O]\|P + O\|P\))
|
 get_user_pages_fast_only(E1, E2, E3, \(&P[O]\|P + O\|P\))
|
 get_user_pages_unlocked(E1, E2, \(&P[O]\|P + O\|P\), ...)
|
 get_user_pages_remote(E1, E2, E3, E4, \(&P[O]\|P + O\|P\), ...)
)
 ... when any
}

@depends on patch@
identifier arr.fn;
expression arr.P;
expression E, E1, E2, E3, E4, O;
@@
fn(...) {
<...
(
- put_page(P[E])
+ unpin_user_page(P[E])
|
- put_page(*P)
+ unpin_user_page(*P)
|
- release_pages(P, E)
+ unpin_user_pages(P, E)
|
- get_user_pages
+ pin_user_pages
  (E1, E2, E3, \(&P[O]\|P + O\|P\))
|
- get_user_pages_fast
+ pin_user_pages_fast
  (E1, E2, E3, \(&P[O]\|P + O\|P\))
|
- get_user_pages_unlocked
+ pin_user_pages_unlocked
  (E1, E2, \(&P[O]\|P + O\|P\), ...)
|
- get_user_pages_remote
+ pin_user_pages_remote
  (E1, E2, E3, E4, \(&P[O]\|P + O\|P\), ...)
)
...>
}

// One element of the array under another name.
@depends on patch exists@
identifier arr.fn;
expression arr.P;
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
- put_page(Y)
+ unpin_user_page(Y)
 ... when any
}
