// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program_index.h"

#include <stdlib.h>
#include <string.h>

/** struct entry - a number that belongs into the list of a key */
struct entry {
	uint32_t key, value;
};

/** struct entries - entries of lists in the making */
struct entries {
	struct entry *entries;
	uint32_t nr, cap;
};

static void add_entry(struct entries *to, uint32_t key, uint32_t value)
{
	GCV_GROW(to->entries, to->nr, to->cap);
	to->entries[to->nr++] = (struct entry){ key, value };
}

static int compare_entries(const void *a_, const void *b_)
{
	const struct entry *a = a_, *b = b_;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->value < b->value ? -1 : a->value > b->value;
}

/* Sorted, and each number once for a key. */
static void finish_lists(struct entries *from, uint32_t nr_keys, struct gcv_program_lists *ret)
{
	uint32_t nr = 0, key = 0, i;

	if (from->nr)
		qsort(from->entries, from->nr, sizeof(*from->entries), compare_entries);
	ret->nr_keys = nr_keys;
	ret->begin = gcv_zalloc((size_t)nr_keys + 1, sizeof(*ret->begin));
	ret->values = gcv_zalloc(from->nr, sizeof(*ret->values));
	for (i = 0; i < from->nr; i++) {
		const struct entry *entry = &from->entries[i];

		if (i && compare_entries(entry, entry - 1) == 0)
			continue;
		while (key < entry->key)
			ret->begin[++key] = nr;
		ret->values[nr++] = entry->value;
	}
	while (key < nr_keys)
		ret->begin[++key] = nr;
	free(from->entries);
	*from = (struct entries){ 0 };
}

struct gcv_program_targets gcv_program_list_of(const struct gcv_program_lists *lists, uint32_t key)
{
	if (key >= lists->nr_keys)
		return (struct gcv_program_targets){ 0 };
	return (struct gcv_program_targets){ lists->values + lists->begin[key],
					     lists->begin[key + 1] - lists->begin[key] };
}

static bool is_external(const struct gcv_function *fn)
{
	return fn->linkage == GCV_LINKAGE_EXTERNAL || fn->linkage == GCV_LINKAGE_EXTERN_INLINE;
}

static void index_functions(struct gcv_program_index *index)
{
	struct entries external = { 0 }, local = { 0 }, units = { 0 };
	uint32_t i, k;

	for (i = 0; i < index->facts->nr_functions; i++) {
		const struct gcv_function *fn = &index->facts->functions[i];
		uint32_t file = gcv_intern_add(&index->files, fn->file, strlen(fn->file));

		for (k = 0; k < fn->nr_units; k++)
			add_entry(&units, file, fn->units[k]);
		if (fn->kind == GCV_DEF_FUNCTION)
			add_entry(is_external(fn) ? &external : &local,
				  gcv_intern_add(&index->names, fn->name, strlen(fn->name)), i);
	}
	finish_lists(&external, index->names.nr, &index->external);
	finish_lists(&local, index->names.nr, &index->local);
	finish_lists(&units, index->files.nr, &index->file_units);
}

static void index_header_units(struct gcv_program_index *index)
{
	const struct gcv_program_facts *facts = index->facts;
	struct gcv_program_lists lists;
	struct entries units = { 0 };
	uint32_t i;

	for (i = 0; i < facts->nr_units; i++)
		if (facts->unit_headers[i] != GCV_NONE)
			add_entry(&units, 0, facts->unit_headers[i]);
	finish_lists(&units, 1, &lists);
	index->header_units = lists.values;
	index->nr_header_units = lists.begin[1];
	free(lists.begin);
}

static void add_targets(struct entries *to, uint32_t field, struct gcv_program_targets targets)
{
	uint32_t i;

	for (i = 0; i < targets.nr; i++)
		add_entry(to, field, targets.functions[i]);
}

/* An address does not tell whether its function is static: if it may be, it hides what other files
 * define. */
static void index_addresses(struct gcv_program_index *index)
{
	struct entries stored = { 0 };
	uint32_t i;

	for (i = 0; i < index->facts->nr_addresses; i++) {
		const struct gcv_program_address *a = &index->facts->addresses[i];
		uint32_t name = gcv_intern_find(&index->names, a->function, strlen(a->function));
		struct gcv_program_targets targets;

		if (!*a->field || name == GCV_INTERN_NONE)
			continue;
		targets = gcv_program_seen_by_function(index, a->in, name, true);
		if (!targets.nr)
			targets = gcv_program_seen_by_function(index, a->in, name, false);
		add_targets(&stored, gcv_intern_add(&index->fields, a->field, strlen(a->field)),
			    targets);
	}
	finish_lists(&stored, index->fields.nr, &index->stored);
}

struct gcv_program_index *gcv_program_index_build(const struct gcv_program_facts *facts)
{
	struct gcv_program_index *index = gcv_zalloc(1, sizeof(*index));

	index->facts = facts;
	index_functions(index);
	index_header_units(index);
	index_addresses(index);
	return index;
}

static void release_lists(struct gcv_program_lists *lists)
{
	free(lists->begin);
	free(lists->values);
}

void gcv_program_index_free(struct gcv_program_index *index)
{
	if (!index)
		return;
	release_lists(&index->external);
	release_lists(&index->local);
	release_lists(&index->stored);
	release_lists(&index->file_units);
	gcv_intern_release(&index->names);
	gcv_intern_release(&index->fields);
	gcv_intern_release(&index->files);
	gcv_map64_release(&index->seen);
	gcv_arena_release(&index->arena);
	free(index->header_units);
	free(index->answers);
	free(index);
}
