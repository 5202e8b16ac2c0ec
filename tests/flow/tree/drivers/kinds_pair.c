// SPDX-License-Identifier: GPL-2.0-only
/* Buffers of an interface whose table has a pair of functions for each kind of them. */
#include <linux/annotated.h>
#include <media/videobuf2-core.h>

/* What get_userptr() makes only put_userptr() gets. */
struct vb_buf {
	struct page **pages;
	int nr;
};

static void *vb_alloc(struct device *dev, unsigned long size)
{
	struct vb_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);
	int i;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	buf->nr = size >> PAGE_SHIFT;
	buf->pages = kvmalloc_array(buf->nr, sizeof(*buf->pages), GFP_KERNEL);
	for (i = 0; buf->pages && i < buf->nr; i++)
		buf->pages[i] = alloc_page(GFP_KERNEL);
	device_gets(dev, buf->pages, buf->nr);
	return buf;
}

static void vb_put(void *buf_priv)
{
	struct vb_buf *buf = buf_priv;
	int i;

	for (i = 0; i < buf->nr; i++)
		__free_page(buf->pages[i]);
	kvfree(buf->pages);
	kfree(buf);
}

static void *vb_get_userptr(struct device *dev, unsigned long vaddr, unsigned long size)
{
	struct vb_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);
	struct page **pages;
	int n = size >> PAGE_SHIFT, got;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		goto fail;
	got = get_user_pages_fast(vaddr, n, FOLL_WRITE, pages); /* acquire: convertible releases=vb_get_userptr,vb_put_userptr */
	if (got != n) {
		if (got > 0)
			release_pages(pages, got); /* release: convert provenance=gup acquires=vb_get_userptr */
		goto fail;
	}
	device_gets(dev, pages, n);
	buf->pages = pages;
	buf->nr = n;
	return buf;
fail:
	kvfree(pages);
	kfree(buf);
	return ERR_PTR(-EFAULT);
}

static void vb_put_userptr(void *buf_priv)
{
	struct vb_buf *buf = buf_priv;

	release_pages(buf->pages, buf->nr); /* release: convert provenance=gup acquires=vb_get_userptr */
	kvfree(buf->pages);
	kfree(buf);
}

const struct vb2_mem_ops vb_memops = {
	.alloc = vb_alloc,
	.put = vb_put,
	.get_userptr = vb_get_userptr,
	.put_userptr = vb_put_userptr,
};

/* Twin: one function ends both kinds. */
struct vbs_buf {
	struct page **pages;
	int nr;
};

static void *vbs_alloc(struct device *dev, unsigned long size)
{
	struct vbs_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);
	int i;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	buf->nr = size >> PAGE_SHIFT;
	buf->pages = kvmalloc_array(buf->nr, sizeof(*buf->pages), GFP_KERNEL);
	for (i = 0; buf->pages && i < buf->nr; i++)
		buf->pages[i] = alloc_page(GFP_KERNEL);
	device_gets(dev, buf->pages, buf->nr);
	return buf;
}

static void *vbs_get_userptr(struct device *dev, unsigned long vaddr, unsigned long size)
{
	struct vbs_buf *buf = kzalloc(sizeof(*buf), GFP_KERNEL);
	struct page **pages;
	int n = size >> PAGE_SHIFT, got;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		goto fail;
	got = get_user_pages_fast(vaddr, n, FOLL_WRITE, pages); /* acquire: refused */
	if (got != n) {
		if (got > 0)
			release_pages(pages, got); /* release: refuse reason=release-refused */
		goto fail;
	}
	device_gets(dev, pages, n);
	buf->pages = pages;
	buf->nr = n;
	return buf;
fail:
	kvfree(pages);
	kfree(buf);
	return ERR_PTR(-EFAULT);
}

static void vbs_put_userptr(void *buf_priv)
{
	struct vbs_buf *buf = buf_priv;

	release_pages(buf->pages, buf->nr); /* release: refuse reason=mixed-provenance */
	kvfree(buf->pages);
	kfree(buf);
}

const struct vb2_mem_ops vbs_memops = {
	.alloc = vbs_alloc,
	.put = vbs_put_userptr,
	.get_userptr = vbs_get_userptr,
	.put_userptr = vbs_put_userptr,
};

/* Who has a buffer keeps it without a type, and knows by something else which kind it is. */
void *vb_private;

void vb_start(const struct vb2_mem_ops *ops, struct device *dev, unsigned long addr, unsigned long n)
{
	vb_private = addr ? ops->get_userptr(dev, addr, n) : ops->alloc(dev, n);
}

void vb_stop(const struct vb2_mem_ops *ops, bool is_user)
{
	if (is_user)
		ops->put_userptr(vb_private);
	else
		ops->put(vb_private);
}
