/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A map from 64-bit keys to 32-bit numbers, for the millions of small facts of the flow analysis
 * (open addressing, 12 bytes an entry; a node per entry as in uthash takes five times as much).
 *
 *	struct gcv_map64 map = { 0 };
 *
 *	slot = gcv_map64_add(&map, key, &is_new);
 *	if (is_new)
 *		*slot = number;
 *	number = gcv_map64_get(&map, key);
 *	gcv_map64_release(&map);
 */
#ifndef GCV_BASE_MAP64_H
#define GCV_BASE_MAP64_H

#include <stdbool.h>
#include <stdint.h>

/** GCV_MAP64_NONE - what gcv_map64_get() returns for a key that is not there */
#define GCV_MAP64_NONE UINT32_MAX

/**
 * struct gcv_map64_slot - an entry, or room for one
 * @key: the key
 * @value: its number
 * @used: there is an entry
 */
struct gcv_map64_slot {
	uint64_t key;
	uint32_t value;
	bool used;
};

/**
 * struct gcv_map64 - a map; a zeroed one is empty
 * @slots: table of entries
 * @nr: number of entries
 * @cap: number of slots, a power of two
 */
struct gcv_map64 {
	struct gcv_map64_slot *slots;
	uint32_t nr, cap;
};

/**
 * gcv_map64_add() - find or make the entry of a key
 * @map: the map
 * @key: the key
 * @ret_is_new: whether it was made; its number is 0 then
 *
 * Return: its number; valid until the next gcv_map64_add().
 */
uint32_t *gcv_map64_add(struct gcv_map64 *map, uint64_t key, bool *ret_is_new);

/**
 * gcv_map64_get() - number of a key
 * @map: the map
 * @key: the key
 *
 * Return: the number, or GCV_MAP64_NONE.
 */
uint32_t gcv_map64_get(const struct gcv_map64 *map, uint64_t key);

/**
 * gcv_map64_release() - free a map and make it empty
 * @map: the map
 */
void gcv_map64_release(struct gcv_map64 *map);

#endif
