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

/* The caller's own memory, by the name that the remote function wants: case 5. */
struct remote_guest {
	struct mm_struct *mm;
};

void remote_guest_init(struct remote_guest *guest)
{
	guest->mm = current->mm;
}

static struct page *remote_map(struct mm_struct *mm, unsigned long addr)
{
	struct page *page = NULL;

	if (get_user_pages_remote(mm, addr, 1, FOLL_WRITE, &page, NULL) != 1) /* acquire: convertible case=5 not=remote-access releases=remote_guest_set */
		return NULL;
	return page;
}

int remote_guest_set(struct remote_guest *guest, unsigned long addr)
{
	struct page *page = remote_map(guest->mm, addr);

	if (!page)
		return -EFAULT;
	*(u8 *)page_address(page) = 1;
	set_page_dirty_lock(page);
	put_page(page); /* release: convert provenance=gup acquires=remote_map */
	return 0;
}

/* Twin: the field is set to whatever a caller passes. */
struct remote_traced {
	struct mm_struct *mm;
};

void remote_traced_init(struct remote_traced *traced, struct mm_struct *mm)
{
	traced->mm = mm;
}

int remote_traced_set(struct remote_traced *traced, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_remote(traced->mm, addr, 1, FOLL_WRITE, &page, NULL) != 1) /* acquire: keep case=5 reason=remote-access releases=remote_traced_set */
		return -EFAULT;
	*(u8 *)page_address(page) = 1;
	set_page_dirty_lock(page);
	put_page(page); /* release: keep provenance=gup acquires=remote_traced_set */
	return 0;
}
