/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For each of a set of keys some numbers, in two arrays: lists that are made once and then read.
 *
 *	struct gcv_lists_maker maker = { 0 };
 *	struct gcv_lists lists = { 0 };
 *
 *	gcv_lists_add(&maker, key, number);
 *	gcv_lists_finish(&maker, nr_keys, &lists);
 *	numbers = gcv_lists_of(&lists, key, &nr);
 *	gcv_lists_release(&lists);
 */
#ifndef GCV_BASE_LISTS_H
#define GCV_BASE_LISTS_H

#include <stdint.h>

/**
 * struct gcv_lists - lists by key; zeroed ones are empty
 * @begin: where the list of a key begins in @values; one more than there are keys
 * @values: the numbers; those of a key ascend
 * @nr_keys: how many keys
 */
struct gcv_lists {
	uint32_t *begin;
	uint32_t *values;
	uint32_t nr_keys;
};

/**
 * struct gcv_lists_maker - lists in the making; a zeroed one is ready for use
 * @entries: (key, number)
 * @nr: how many
 * @cap: room
 */
struct gcv_lists_maker {
	struct gcv_lists_entry {
		uint32_t key, value;
	} * entries;
	uint32_t nr, cap;
};

/**
 * gcv_lists_add() - put a number into the list of a key
 * @maker: the lists
 * @key: the key
 * @value: the number
 */
void gcv_lists_add(struct gcv_lists_maker *maker, uint32_t key, uint32_t value);

/**
 * gcv_lists_finish() - sort the lists, each number once for a key
 * @maker: the lists; empty afterwards
 * @nr_keys: all keys are below
 * @ret: for gcv_lists_release()
 */
void gcv_lists_finish(struct gcv_lists_maker *maker, uint32_t nr_keys, struct gcv_lists *ret);

/**
 * gcv_lists_of() - the numbers of a key
 * @lists: the lists
 * @key: the key; may be one that there is not
 * @ret_nr: how many
 *
 * Return: the numbers.
 */
const uint32_t *gcv_lists_of(const struct gcv_lists *lists, uint32_t key, uint32_t *ret_nr);

/**
 * gcv_lists_release() - free lists and make them empty
 * @lists: the lists
 */
void gcv_lists_release(struct gcv_lists *lists);

#endif
