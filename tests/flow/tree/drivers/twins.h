/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same driver three times: in whole functions (twin_whole.c), with helpers split out
 * (twin_split.c), with the releases moved to another file (twin_moved.c, twin_moved_away.c).
 * Nothing may change but the functions in which the calls stand.
 */
#include <linux/annotated.h>

struct twin_region {
	struct page **pages;
	int nr;
	bool written;
};
struct moved_region {
	struct page **pages;
	int nr;
	bool written;
};
struct split_region {
	struct page **pages;
	int nr;
	bool written;
};
void moved_put_pages(struct page **pages, int nr, bool written);
void moved_put_node(struct page *page);
void moved_put_leak(struct page *page);
void moved_put_mixed(struct page *page);
