// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program_index.h"

#include <stdlib.h>
#include <string.h>

struct gcv_program_targets gcv_program_list_of(const struct gcv_lists *lists, uint32_t key)
{
	struct gcv_program_targets ret;

	ret.functions = gcv_lists_of(lists, key, &ret.nr);
	return ret;
}

static bool is_external(const struct gcv_function *fn)
{
	return fn->linkage == GCV_LINKAGE_EXTERNAL || fn->linkage == GCV_LINKAGE_EXTERN_INLINE;
}

static void index_functions(struct gcv_program_index *index)
{
	struct gcv_lists_maker external = { 0 }, local = { 0 }, units = { 0 };
	uint32_t i, k;

	for (i = 0; i < index->facts->nr_functions; i++) {
		const struct gcv_function *fn = &index->facts->functions[i];
		uint32_t file = gcv_intern_add(&index->files, fn->file, strlen(fn->file));

		for (k = 0; k < fn->nr_units; k++)
			gcv_lists_add(&units, file, fn->units[k]);
		if (fn->kind == GCV_DEF_FUNCTION)
			gcv_lists_add(is_external(fn) ? &external : &local,
				      gcv_intern_add(&index->names, fn->name, strlen(fn->name)), i);
	}
	gcv_lists_finish(&external, index->names.nr, &index->external);
	gcv_lists_finish(&local, index->names.nr, &index->local);
	gcv_lists_finish(&units, index->files.nr, &index->file_units);
}

static void index_header_units(struct gcv_program_index *index)
{
	const struct gcv_program_facts *facts = index->facts;
	struct gcv_lists lists;
	struct gcv_lists_maker units = { 0 };
	uint32_t i;

	for (i = 0; i < facts->nr_units; i++)
		if (facts->unit_headers[i] != GCV_NONE)
			gcv_lists_add(&units, 0, facts->unit_headers[i]);
	gcv_lists_finish(&units, 1, &lists);
	index->header_units = lists.values;
	index->nr_header_units = lists.begin[1];
	free(lists.begin);
}

static void add_targets(struct gcv_lists_maker *to, uint32_t field,
			struct gcv_program_targets targets)
{
	uint32_t i;

	for (i = 0; i < targets.nr; i++)
		gcv_lists_add(to, field, targets.functions[i]);
}

/* An address does not tell whether its function is static: if it may be, it hides what other files
 * define. */
static void index_addresses(struct gcv_program_index *index)
{
	struct gcv_lists_maker stored = { 0 };
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
	gcv_lists_finish(&stored, index->fields.nr, &index->stored);
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

void gcv_program_index_free(struct gcv_program_index *index)
{
	if (!index)
		return;
	gcv_lists_release(&index->external);
	gcv_lists_release(&index->local);
	gcv_lists_release(&index->stored);
	gcv_lists_release(&index->file_units);
	gcv_intern_release(&index->names);
	gcv_intern_release(&index->fields);
	gcv_intern_release(&index->files);
	gcv_map64_release(&index->seen);
	gcv_arena_release(&index->arena);
	free(index->header_units);
	free(index->answers);
	free(index);
}
