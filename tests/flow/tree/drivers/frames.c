// SPDX-License-Identifier: GPL-2.0-only
/* Frame vectors: a container with acquire and release functions of its own. */
#include <linux/annotated.h>
#include <media/frame_vector.h>

struct frame_buf {
	struct frame_vector *vec;
};

int frame_get(struct frame_buf *buf, struct device *dev, unsigned long addr, unsigned int n)
{
	struct page **pages;
	int got;

	buf->vec = frame_vector_create(n);
	if (!buf->vec)
		return -ENOMEM;
	got = get_vaddr_frames(addr, n, true, buf->vec); /* acquire: keep reason=is-wrapper */
	if (got < 0) {
		frame_vector_destroy(buf->vec);
		return got;
	}
	pages = frame_vector_pages(buf->vec);
	if (!IS_ERR(pages))
		device_gets(dev, pages, got);
	return 0;
}

void frame_put(struct frame_buf *buf)
{
	struct page **pages = frame_vector_pages(buf->vec);
	unsigned int i;

	if (!IS_ERR(pages))
		for (i = 0; i < frame_vector_count(buf->vec); i++)
			set_page_dirty_lock(pages[i]);
	put_vaddr_frames(buf->vec); /* release: keep pattern=container acquires=frame_get */
	frame_vector_destroy(buf->vec);
}
