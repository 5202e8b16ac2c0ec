/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory. Out of memory is the only failure that ends the program from inside the library, and
 * alloc.c is the only place that does it.
 *
 *	struct gcv_arena arena = { 0 };
 *	char *name = gcv_arena_strdup(&arena, "put_page");
 *	…
 *	gcv_arena_release(&arena);
 */
#ifndef GCV_BASE_ALLOC_H
#define GCV_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/**
 * gcv_malloc() - malloc() that does not fail
 * @size_bytes: size; 0 gives a pointer that can be freed
 *
 * Return: memory for the caller to free().
 */
void *gcv_malloc(size_t size_bytes) __attribute__((malloc, returns_nonnull));

/**
 * gcv_zalloc() - zeroed memory for @nr objects of @size_bytes, overflow checked
 * @nr: number of objects
 * @size_bytes: size of one
 *
 * Return: memory for the caller to free().
 */
void *gcv_zalloc(size_t nr, size_t size_bytes) __attribute__((malloc, returns_nonnull));

/**
 * gcv_realloc_array() - resize an array, overflow checked
 * @ptr: memory from malloc() or NULL; invalid afterwards
 * @nr: new number of elements
 * @size_bytes: size of one element
 *
 * Return: memory for the caller to free().
 */
void *gcv_realloc_array(void *ptr, size_t nr, size_t size_bytes) __attribute__((returns_nonnull));

/**
 * gcv_strdup() - strdup() that does not fail
 * @text: string to copy
 *
 * Return: a copy for the caller to free().
 */
char *gcv_strdup(const char *text) __attribute__((malloc, returns_nonnull));

/**
 * GCV_GROW() - make room for one more element at the end of a dynamic array
 * @array: the pointer variable
 * @nr: elements in use
 * @cap: variable with the elements allocated
 */
#define GCV_GROW(array, nr, cap)                                                       \
	do {                                                                           \
		if ((nr) >= (cap)) {                                                   \
			(cap) = (cap) ? (cap)*2 : 16;                                  \
			(array) = gcv_realloc_array((array), (cap), sizeof(*(array))); \
		}                                                                      \
	} while (0)

/** GCV_AUTOFREE - free() the pointer variable when it goes out of scope */
#define GCV_AUTOFREE __attribute__((cleanup(gcv_autofree_cleanup)))

/**
 * gcv_autofree_cleanup() - the cleanup function behind GCV_AUTOFREE
 * @ptr: address of the pointer variable
 */
void gcv_autofree_cleanup(void *ptr);

struct gcv_arena_block;

/**
 * struct gcv_arena - memory that is given back in one go; a zeroed one is ready for use
 * @head: newest block
 * @used_bytes: bytes handed out in all
 */
struct gcv_arena {
	struct gcv_arena_block *head;
	size_t used_bytes;
};

/**
 * gcv_arena_alloc() - zeroed memory, aligned for any object
 * @arena: the arena that owns it
 * @size_bytes: size
 *
 * Return: memory that lives as long as the arena.
 */
void *gcv_arena_alloc(struct gcv_arena *arena, size_t size_bytes)
	__attribute__((malloc, returns_nonnull));

/**
 * gcv_arena_strdup() - copy a string into the arena
 * @arena: the arena
 * @text: NUL-terminated
 *
 * Return: the copy.
 */
char *gcv_arena_strdup(struct gcv_arena *arena, const char *text) __attribute__((returns_nonnull));

/**
 * gcv_arena_strndup() - copy bytes into the arena and terminate them
 * @arena: the arena
 * @text: bytes, not necessarily terminated
 * @len_bytes: how many
 *
 * Return: the copy with a NUL behind it.
 */
char *gcv_arena_strndup(struct gcv_arena *arena, const char *text, size_t len_bytes)
	__attribute__((returns_nonnull));

/**
 * gcv_arena_printf() - format into the arena
 * @arena: the arena
 * @fmt: printf format
 *
 * Return: the formatted string.
 */
char *gcv_arena_printf(struct gcv_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));

/**
 * gcv_arena_vprintf() - the same with a list of arguments
 * @arena: the arena
 * @fmt: printf format
 * @args: its arguments; as of vprintf(), used up
 *
 * Return: the formatted string.
 */
char *gcv_arena_vprintf(struct gcv_arena *arena, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0), returns_nonnull));

/**
 * gcv_arena_clear() - forget all that is in the arena, but keep a block for what comes next
 * @arena: the arena; a zeroed one is allowed
 */
void gcv_arena_clear(struct gcv_arena *arena);

/**
 * gcv_arena_release() - give all memory of the arena back; it can be used again
 * @arena: the arena; a zeroed one is allowed
 */
void gcv_arena_release(struct gcv_arena *arena);

#endif
