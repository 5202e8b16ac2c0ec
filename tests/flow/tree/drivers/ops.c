// SPDX-License-Identifier: GPL-2.0-only
/* Acquired and released behind tables of functions; callbacks. */
#include "ops.h"
#include <linux/fs.h>

static struct ops_mr *ops_get_mr(unsigned long addr, int n, struct device *dev)
{
	struct ops_mr *mr = kzalloc(sizeof(*mr), GFP_KERNEL);

	if (!mr)
		return NULL;
	mr->nr = get_user_pages_fast(addr, n, FOLL_WRITE, mr->pages); /* acquire: convertible case=2 longterm releases=ops_free_mr */
	if (mr->nr > 0)
		device_gets(dev, mr->pages, mr->nr);
	return mr;
}

static void ops_free_mr(struct ops_mr *mr)
{
	while (mr->nr > 0)
		put_page(mr->pages[--mr->nr]); /* release: convert provenance=gup acquires=ops_get_mr */
	kfree(mr);
}

/* Pages that a function of the table is handed. */
static void ops_drop_pages(struct page **pages, int n)
{
	release_pages(pages, n); /* release: convert provenance=gup acquires=ops_transfer */
}

const struct ops_table ops_here = {
	.get_mr = ops_get_mr,
	.free_mr = ops_free_mr,
	.drop = ops_drop_pages,
};

/* The release function is told as an argument. */
static void ops_each(struct page **pages, int n, void (*fn)(struct page *page))
{
	int i;

	for (i = 0; i < n; i++)
		fn(pages[i]);
}

static void ops_put_one(struct page *page)
{
	put_page(page); /* release: convert provenance=gup acquires=ops_callback */
}

int ops_callback(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: convertible releases=ops_put_one */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	ops_each(pages, got, ops_put_one);
	return 0;
}

/* Twin: put_page itself is the callback; its name stands there without a call. */
static void ops_each_api(struct page **pages, int n, void (*fn)(struct page *page))
{
	int i;

	for (i = 0; i < n; i++)
		fn(pages[i]);
}

int ops_callback_api(struct device *dev, unsigned long addr, int n)
{
	struct page *pages[16];
	int got = get_user_pages_fast(addr, n, FOLL_WRITE, pages); /* acquire: refused */

	if (got <= 0)
		return -EFAULT;
	device_gets(dev, pages, got);
	ops_each_api(pages, got, put_page);
	return 0;
}

/* A file's private data, from ioctl to release. */
struct ops_session {
	struct page *page;
};

static long ops_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct ops_session *session = file->private_data;

	if (session->page)
		return -EINVAL;
	if (get_user_pages_fast(arg, 1, FOLL_WRITE, &session->page) != 1) /* acquire: convertible case=2 longterm releases=ops_release */
		return -EFAULT;
	device_gets(NULL, &session->page, 1);
	return 0;
}

static int ops_release(struct inode *inode, struct file *file)
{
	struct ops_session *session = file->private_data;

	if (session->page)
		put_page(session->page); /* release: convert provenance=gup acquires=ops_ioctl */
	kfree(session);
	return 0;
}

const struct file_operations ops_fops = {
	.unlocked_ioctl = ops_ioctl,
	.release = ops_release,
};

/* The function is given to code that nobody sees: it may be called with any page. */
void ops_register_free(void (*fn)(struct page *page));

static void ops_free_any(struct page *page)
{
	put_page(page); /* release: refuse reason=address-taken acquires=ops_unseen_caller */
}

int ops_unseen_caller(struct device *dev, unsigned long addr)
{
	struct page *page;

	ops_register_free(ops_free_any);
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1) /* acquire: refused releases=ops_free_any */
		return -EFAULT;
	device_gets(dev, &page, 1);
	ops_free_any(page);
	return 0;
}
