/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ANNOTATED_H
#define _LINUX_ANNOTATED_H
#include <linux/dma-mapping.h>
#include <linux/slab.h>
/*
 * A device gets the pages: what makes most cases of this tree case 1 or 2. A macro, so that the
 * verdicts of the other cases do not hang on the bodies of inline functions.
 */
#define device_gets(dev, pages, n) \
	do { \
		int __i; \
		for (__i = 0; __i < (n); __i++) \
			dma_map_page(dev, (pages)[__i], 0, PAGE_SIZE, DMA_BIDIRECTIONAL); \
	} while (0)
#endif
