/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How malloc() asks the kernel for memory, for programs that take much of it and give it back again
 * and again.
 *
 *	int main(void)
 *	{
 *		gcv_heap_keep((size_t)256 << 20, (size_t)1 << 20);
 *		…
 */
#ifndef GCV_BASE_HEAP_H
#define GCV_BASE_HEAP_H

#include <stddef.h>

/**
 * gcv_heap_keep() - keep freed memory in the process, and let it consist of huge pages
 * @usual_bytes: the heap's usual size; only addresses are reserved, memory comes as it is used
 * @large_bytes: what is so large or larger does not go into the heap, but comes from the kernel and
 * goes back to it by itself; at most 32 MiB
 *
 * Page faults are a tenth of the time otherwise. To be called before there are threads; where the
 * C library or the kernel cannot do it, everything works as usual.
 */
void gcv_heap_keep(size_t usual_bytes, size_t large_bytes);

#endif
