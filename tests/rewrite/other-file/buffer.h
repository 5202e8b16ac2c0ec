/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BUFFER_H
#define BUFFER_H
#include <linux/annotated.h>

struct buffer {
	struct page **pages;
	unsigned int nr;
	bool write;
};

int buffer_pin(struct buffer *b, struct device *dev, unsigned long addr, int n);
void buffer_unpin(struct buffer *b);
#endif
