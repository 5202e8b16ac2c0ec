// SPDX-License-Identifier: GPL-2.0-only
#include <linux/annotated.h>
#include <linux/spinlock.h>

struct context {
	spinlock_t lock;
	struct page *page;
	bool dirty;
};

int context_pin(struct context *c, struct device *dev, unsigned long addr)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &c->page) != 1)
		return -EFAULT;
	device_gets(dev, &c->page, 1);
	return 0;
}

/* No page lock under a spinlock. */
void context_unpin(struct context *c)
{
	spin_lock(&c->lock);
	if (c->dirty)
		set_page_dirty(c->page);
	put_page(c->page);
	spin_unlock(&c->lock);
}
