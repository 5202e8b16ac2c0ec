// SPDX-License-Identifier: GPL-2.0-only
#include "base/map64.h"

#include "base/alloc.h"

#include <stdlib.h>

/* The finaliser of splitmix64: all bits of the key decide about the slot. */
static uint32_t slot_of(const struct gcv_map64 *map, uint64_t key)
{
	key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9u;
	key = (key ^ (key >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)(key ^ (key >> 31)) & (map->cap - 1);
}

static uint32_t find(const struct gcv_map64 *map, uint64_t key)
{
	uint32_t at = slot_of(map, key);

	while (map->used[at] && map->keys[at] != key)
		at = (at + 1) & (map->cap - 1);
	return at;
}

static void grow(struct gcv_map64 *map)
{
	struct gcv_map64 old = *map;
	uint32_t i, at;

	map->cap = old.cap ? old.cap * 2 : 64;
	map->keys = gcv_realloc_array(NULL, map->cap, sizeof(*map->keys));
	map->values = gcv_realloc_array(NULL, map->cap, sizeof(*map->values));
	map->used = gcv_zalloc(map->cap, sizeof(*map->used));
	for (i = 0; i < old.cap; i++) {
		if (!old.used[i])
			continue;
		at = find(map, old.keys[i]);
		map->used[at] = 1;
		map->keys[at] = old.keys[i];
		map->values[at] = old.values[i];
	}
	gcv_map64_release(&old);
}

uint32_t *gcv_map64_add(struct gcv_map64 *map, uint64_t key, bool *ret_is_new)
{
	uint32_t at;

	if (map->nr >= map->cap / 2)
		grow(map);
	at = find(map, key);
	*ret_is_new = !map->used[at];
	if (*ret_is_new) {
		map->used[at] = 1;
		map->keys[at] = key;
		map->values[at] = 0;
		map->nr++;
	}
	return &map->values[at];
}

uint32_t gcv_map64_get(const struct gcv_map64 *map, uint64_t key)
{
	uint32_t at;

	if (!map->nr)
		return GCV_MAP64_NONE;
	at = find(map, key);
	return map->used[at] ? map->values[at] : GCV_MAP64_NONE;
}

void gcv_map64_release(struct gcv_map64 *map)
{
	free(map->keys);
	free(map->values);
	free(map->used);
	*map = (struct gcv_map64){ 0 };
}
