/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _MEDIA_VIDEOBUF2_CORE_H
#define _MEDIA_VIDEOBUF2_CORE_H
#include <linux/dma-mapping.h>
struct vb2_mem_ops {
	void *(*alloc)(struct device *dev, unsigned long size);
	void (*put)(void *buf_priv);
	void *(*get_userptr)(struct device *dev, unsigned long vaddr, unsigned long size);
	void (*put_userptr)(void *buf_priv);
};
#endif
