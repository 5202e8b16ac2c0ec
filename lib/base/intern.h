/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interned strings: each distinct string once, with a dense number from 0 on, so that a table about
 * names is an array.
 *
 *	struct gcv_intern names = { 0 };
 *	uint32_t id = gcv_intern_add(&names, "put_page", 8);
 *
 *	assert(strcmp(gcv_intern_str(&names, id), "put_page") == 0);
 *	gcv_intern_release(&names);
 */
#ifndef GCV_BASE_INTERN_H
#define GCV_BASE_INTERN_H

#include "base/alloc.h"

/** GCV_INTERN_NONE - the number of no string */
#define GCV_INTERN_NONE UINT32_MAX

struct gcv_intern_entry;

/**
 * struct gcv_intern - a set of strings; a zeroed one is ready for use
 * @arena: owns the strings
 * @table: hash table
 * @by_id: the entries in the order of their numbers
 * @nr: how many there are
 * @cap: allocated length of @by_id
 */
struct gcv_intern {
	struct gcv_arena arena;
	struct gcv_intern_entry *table;
	struct gcv_intern_entry **by_id;
	uint32_t nr, cap;
};

/**
 * gcv_intern_add() - the number of a string, which is added where it is new
 * @in: the set
 * @text: bytes, not necessarily terminated
 * @len_bytes: how many
 *
 * Return: its number.
 */
uint32_t gcv_intern_add(struct gcv_intern *in, const char *text, size_t len_bytes);

/**
 * gcv_intern_find() - the number of a string that may be there
 * @in: the set
 * @text: bytes, not necessarily terminated
 * @len_bytes: how many
 *
 * Return: its number or GCV_INTERN_NONE.
 */
uint32_t gcv_intern_find(const struct gcv_intern *in, const char *text, size_t len_bytes);

/**
 * gcv_intern_str() - the string behind a number
 * @in: the set
 * @id: a number that gcv_intern_add() gave
 *
 * Return: NUL-terminated, owned by the set.
 */
const char *gcv_intern_str(const struct gcv_intern *in, uint32_t id);

/**
 * gcv_intern_len() - length of the string behind a number
 * @in: the set
 * @id: a number that gcv_intern_add() gave
 *
 * Return: its length in bytes.
 */
size_t gcv_intern_len(const struct gcv_intern *in, uint32_t id);

/**
 * gcv_intern_release() - free everything; the set can be used again
 * @in: the set
 */
void gcv_intern_release(struct gcv_intern *in);

#endif
