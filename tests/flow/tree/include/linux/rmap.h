/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H
#include <linux/mm.h>
void page_remove_rmap(struct page *page, struct vm_area_struct *vma, bool compound);
int page_mkclean(struct page *page);
#endif
