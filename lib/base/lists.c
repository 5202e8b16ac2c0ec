// SPDX-License-Identifier: GPL-2.0-only
#include "base/lists.h"

#include "base/alloc.h"

#include <stdlib.h>

void gcv_lists_add(struct gcv_lists_maker *maker, uint32_t key, uint32_t value)
{
	GCV_GROW(maker->entries, maker->nr, maker->cap);
	maker->entries[maker->nr++] = (struct gcv_lists_entry){ key, value };
}

static int compare_entries(const void *a_, const void *b_)
{
	const struct gcv_lists_entry *a = a_, *b = b_;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->value < b->value ? -1 : a->value > b->value;
}

void gcv_lists_finish(struct gcv_lists_maker *maker, uint32_t nr_keys, struct gcv_lists *ret)
{
	uint32_t nr = 0, key = 0, i;

	if (maker->nr)
		qsort(maker->entries, maker->nr, sizeof(*maker->entries), compare_entries);
	ret->nr_keys = nr_keys;
	ret->begin = gcv_zalloc((size_t)nr_keys + 1, sizeof(*ret->begin));
	ret->values = gcv_zalloc(maker->nr, sizeof(*ret->values));
	for (i = 0; i < maker->nr; i++) {
		const struct gcv_lists_entry *entry = &maker->entries[i];

		if (i && compare_entries(entry, entry - 1) == 0)
			continue;
		while (key < entry->key)
			ret->begin[++key] = nr;
		ret->values[nr++] = entry->value;
	}
	while (key < nr_keys)
		ret->begin[++key] = nr;
	free(maker->entries);
	*maker = (struct gcv_lists_maker){ 0 };
}

const uint32_t *gcv_lists_of(const struct gcv_lists *lists, uint32_t key, uint32_t *ret_nr)
{
	*ret_nr = 0;
	if (key >= lists->nr_keys)
		return NULL;
	*ret_nr = lists->begin[key + 1] - lists->begin[key];
	return lists->values + lists->begin[key];
}

void gcv_lists_release(struct gcv_lists *lists)
{
	free(lists->begin);
	free(lists->values);
	*lists = (struct gcv_lists){ 0 };
}
