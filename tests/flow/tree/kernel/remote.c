// SPDX-License-Identifier: GPL-2.0-only
/* Another process's memory, as ptrace, exec and core dumps look at it. */
#include <linux/annotated.h>
#include <linux/highmem.h>
#include <linux/sched.h>

/* Writes, as ptrace does; asked by name it is case 5, but it stays unless asked for. */
int remote_poke(struct mm_struct *mm, unsigned long addr, const void *buf, int len)
{
	struct page *page;

	if (get_user_pages_remote(mm, addr, 1, FOLL_FORCE | FOLL_WRITE, &page, NULL) != 1) /* acquire: keep case=5 reason=remote-access releases=remote_poke */
		return -EFAULT;
	memcpy_to_page(page, offset_in_page(addr), buf, len);
	set_page_dirty_lock(page);
	put_page(page); /* release: keep provenance=gup acquires=remote_poke */
	return len;
}

/* Twin: a device gets the page of another process: that is not a debugger's look. */
int remote_device(struct device *dev, struct mm_struct *mm, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_remote(mm, addr, 1, FOLL_WRITE, &page, NULL) != 1) /* acquire: convertible case=1 releases=remote_device */
		return -EFAULT;
	device_gets(dev, &page, 1);
	put_page(page); /* release: convert provenance=gup acquires=remote_device */
	return 0;
}

/* A wrapper pair of one line each, as exec has for its arguments. */
static struct page *remote_get_arg(struct mm_struct *mm, unsigned long pos, bool write)
{
	struct page *page;

	if (get_user_pages_remote(mm, pos, 1, write ? FOLL_WRITE : 0, &page, NULL) <= 0) /* acquire: keep reason=remote-access releases=remote_put_arg */
		return NULL;
	return page;
}

static void remote_put_arg(struct page *page)
{
	put_page(page); /* release: keep provenance=gup pattern=wrapper acquires=remote_get_arg */
}

int remote_copy_arg(struct mm_struct *mm, unsigned long pos, const char *str)
{
	struct page *page = remote_get_arg(mm, pos, true);

	if (!page)
		return -EFAULT;
	memcpy_to_page(page, offset_in_page(pos), str, 1);
	remote_put_arg(page);
	return 0;
}

/* A core dump. */
int remote_dump(unsigned long addr, char *to)
{
	struct page *page = get_dump_page(addr); /* acquire: keep releases=remote_dump */

	if (!page)
		return -EFAULT;
	memcpy_from_page(to, page, 0, PAGE_SIZE);
	put_page(page); /* release: keep provenance=gup acquires=remote_dump */
	return 0;
}
