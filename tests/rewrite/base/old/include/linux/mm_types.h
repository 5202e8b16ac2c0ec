/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H
#include <linux/types.h>
struct address_space;
struct page {
	unsigned long flags;
	struct list_head lru;
	struct address_space *mapping;
	unsigned long index;
	unsigned long private;
	unsigned long compound_head;
	int _refcount;
};
struct folio {
	struct page page;
};
struct encoded_page;
struct mm_struct {
	int users;
	atomic64_t pinned_vm;
};
struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
};
struct task_struct {
	struct mm_struct *mm;
};
struct file;
#define FOLL_WRITE 0x0001
#define FOLL_TOUCH 0x0002
#define FOLL_GET 0x0004
#define FOLL_DUMP 0x0008
#define FOLL_FORCE 0x0010
#define FOLL_NOWAIT 0x0020
#define FOLL_NOFAULT 0x0040
#define FOLL_HWPOISON 0x0080
#define FOLL_ANON 0x0100
#define FOLL_LONGTERM 0x0200
#define FOLL_SPLIT_PMD 0x0400
#endif
