// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 65536

struct gcv_arena_block {
	struct gcv_arena_block *next;
	size_t used, cap;
	alignas(max_align_t) char data[];
};

static void *or_die(void *ptr)
{
	if (!ptr) {
		fputs("gupconv: out of memory\n", stderr);
		abort();
	}
	return ptr;
}

void *gcv_malloc(size_t size_bytes)
{
	return or_die(malloc(size_bytes ? size_bytes : 1));
}

void *gcv_zalloc(size_t nr, size_t size_bytes)
{
	return or_die(calloc(nr ? nr : 1, size_bytes ? size_bytes : 1));
}

void *gcv_realloc_array(void *ptr, size_t nr, size_t size_bytes)
{
	return or_die(reallocarray(ptr, nr ? nr : 1, size_bytes ? size_bytes : 1));
}

char *gcv_strdup(const char *text)
{
	return or_die(strdup(text));
}

void gcv_autofree_cleanup(void *ptr)
{
	free(*(void **)ptr);
}

void *gcv_arena_alloc(struct gcv_arena *arena, size_t size_bytes)
{
	const size_t align = alignof(max_align_t);
	struct gcv_arena_block *block = arena->head;
	size_t need = (size_bytes + align - 1) & ~(align - 1);
	size_t cap;

	if (need < size_bytes)
		or_die(NULL);
	if (!block || block->cap - block->used < need) {
		cap = need > BLOCK_BYTES / 4 ? need : BLOCK_BYTES;
		block = gcv_malloc(sizeof(*block) + cap);
		block->used = 0;
		block->cap = cap;
		/* A block of its own for a large object goes behind the current one. */
		if (cap == need && arena->head) {
			block->next = arena->head->next;
			arena->head->next = block;
		} else {
			block->next = arena->head;
			arena->head = block;
		}
	}
	block->used += need;
	arena->used_bytes += need;
	return memset(block->data + block->used - need, 0, need);
}

char *gcv_arena_strndup(struct gcv_arena *arena, const char *text, size_t len_bytes)
{
	char *copy = gcv_arena_alloc(arena, len_bytes + 1);

	if (len_bytes)
		memcpy(copy, text, len_bytes);
	return copy;
}

char *gcv_arena_strdup(struct gcv_arena *arena, const char *text)
{
	return gcv_arena_strndup(arena, text, strlen(text));
}

char *gcv_arena_vprintf(struct gcv_arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	text = gcv_arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

char *gcv_arena_printf(struct gcv_arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = gcv_arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

static void free_blocks(struct gcv_arena_block *block)
{
	while (block) {
		struct gcv_arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void gcv_arena_clear(struct gcv_arena *arena)
{
	struct gcv_arena_block *kept = arena->head;

	if (!kept)
		return;
	free_blocks(kept->next);
	kept->next = NULL;
	kept->used = 0;
	*arena = (struct gcv_arena){ .head = kept };
}

void gcv_arena_release(struct gcv_arena *arena)
{
	free_blocks(arena->head);
	*arena = (struct gcv_arena){ 0 };
}
