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

	while (map->slots[at].used && map->slots[at].key != key)
		at = (at + 1) & (map->cap - 1);
	return at;
}

static void grow(struct gcv_map64 *map)
{
	struct gcv_map64 old = *map;
	uint32_t i;

	map->cap = old.cap ? old.cap * 2 : 64;
	map->slots = gcv_zalloc(map->cap, sizeof(*map->slots));
	for (i = 0; i < old.cap; i++)
		if (old.slots[i].used)
			map->slots[find(map, old.slots[i].key)] = old.slots[i];
	gcv_map64_release(&old);
}

uint32_t *gcv_map64_add(struct gcv_map64 *map, uint64_t key, bool *ret_is_new)
{
	struct gcv_map64_slot *slot;

	if (map->nr >= map->cap / 2)
		grow(map);
	slot = &map->slots[find(map, key)];
	*ret_is_new = !slot->used;
	if (*ret_is_new) {
		*slot = (struct gcv_map64_slot){ .key = key, .used = true };
		map->nr++;
	}
	return &slot->value;
}

uint32_t gcv_map64_get(const struct gcv_map64 *map, uint64_t key)
{
	uint32_t at;

	if (!map->nr)
		return GCV_MAP64_NONE;
	at = find(map, key);
	return map->slots[at].used ? map->slots[at].value : GCV_MAP64_NONE;
}

void gcv_map64_release(struct gcv_map64 *map)
{
	free(map->slots);
	*map = (struct gcv_map64){ 0 };
}
