// SPDX-License-Identifier: GPL-2.0-only
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Its own answer to a lack of memory is to end the program without a word. */
#define uthash_malloc(size)	       gcv_malloc(size)
#define HASH_FUNCTION(key, len, value) ((value) = (unsigned)XXH3_64bits((key), (len)))
#include <uthash.h>

struct gcv_intern_entry {
	UT_hash_handle hh;
	uint32_t id;
	char *text;
};

uint32_t gcv_intern_find(const struct gcv_intern *in, const char *text, size_t len_bytes)
{
	struct gcv_intern_entry *entry;

	HASH_FIND(hh, in->table, text, len_bytes, entry);
	return entry ? entry->id : GCV_INTERN_NONE;
}

uint32_t gcv_intern_add(struct gcv_intern *in, const char *text, size_t len_bytes)
{
	struct gcv_intern_entry *entry;

	HASH_FIND(hh, in->table, text, len_bytes, entry);
	if (entry)
		return entry->id;
	entry = gcv_arena_alloc(&in->arena, sizeof(*entry));
	entry->text = gcv_arena_strndup(&in->arena, text, len_bytes);
	entry->id = in->nr;
	GCV_GROW(in->by_id, in->nr, in->cap);
	in->by_id[in->nr++] = entry;
	HASH_ADD_KEYPTR(hh, in->table, entry->text, len_bytes, entry);
	return entry->id;
}

const char *gcv_intern_str(const struct gcv_intern *in, uint32_t id)
{
	return in->by_id[id]->text;
}

size_t gcv_intern_len(const struct gcv_intern *in, uint32_t id)
{
	return in->by_id[id]->hh.keylen;
}

void gcv_intern_release(struct gcv_intern *in)
{
	HASH_CLEAR(hh, in->table);
	free(in->by_id);
	gcv_arena_release(&in->arena);
	*in = (struct gcv_intern){ 0 };
}
