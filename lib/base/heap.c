// SPDX-License-Identifier: GPL-2.0-only
#include "base/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE ((uintptr_t)2 << 20)

/** PAD_BYTES - by so much the heap grows beyond its usual size */
#define PAD_BYTES (16 << 20)

void gcv_heap_keep(size_t usual_bytes, size_t large_bytes)
{
	uintptr_t begin = (uintptr_t)sbrk(0), end;
	void *grow;

	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, (int)usual_bytes);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	/* More than there is: the heap grows by the padding, too. */
	grow = malloc(HUGE_PAGE);
	mallopt(M_TOP_PAD, PAD_BYTES);
	mallopt(M_MMAP_THRESHOLD, (int)large_bytes);
	end = (uintptr_t)sbrk(0) & ~(HUGE_PAGE - 1);
	begin = (begin + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	if (grow && begin < end)
		(void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
	free(grow);
}
