// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>

int single_dirty(struct device *dev, unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	device_gets(dev, &page, 1);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* The array's base, not the address of its first element. */
int single_dirty_slot(struct device *dev, unsigned long addr)
{
	struct page *pages[1];

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, pages) != 1)
		return -EFAULT;
	device_gets(dev, pages, 1);
	set_page_dirty_lock(pages[0]);
	put_page(pages[0]);
	return 0;
}

struct single_buffer {
	struct page *page;
};

int single_dirty_fill(struct single_buffer *buf, struct device *dev,
		      unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &buf->page) != 1)
		return -EFAULT;
	device_gets(dev, &buf->page, 1);
	return 0;
}

void single_dirty_drop(struct single_buffer *buf)
{
	set_page_dirty_lock(buf->page);
	put_page(buf->page);
	buf->page = NULL;
}
