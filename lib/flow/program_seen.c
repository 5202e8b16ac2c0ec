// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program_index.h"

#include <string.h>

/*
 * A translation unit has at most one definition of a name, in whatever file it stands, and that is
 * what the unit's functions mean by it. So a definition is meant where a unit saw both it and its
 * user. Headers that are precompiled have their definitions stored for one unit of the
 * configuration; a configuration may be without such a unit, and then their definitions in other
 * configurations must do.
 */

static bool has_unit(const struct gcv_function *fn, uint32_t unit)
{
	uint32_t low = 0, high = fn->nr_units;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (fn->units[mid] < unit)
			low = mid + 1;
		else
			high = mid;
	}
	return low < fn->nr_units && fn->units[low] == unit;
}

static bool is_seen_in(const struct gcv_program_facts *facts, const struct gcv_function *fn,
		       uint32_t unit)
{
	uint32_t headers = unit < facts->nr_units ? facts->unit_headers[unit] : GCV_NONE;

	return has_unit(fn, unit) || (headers != GCV_NONE && has_unit(fn, headers));
}

static bool is_seen_in_any(const struct gcv_program_facts *facts, const struct gcv_function *fn,
			   struct gcv_program_targets units)
{
	uint32_t i;

	for (i = 0; i < units.nr; i++)
		if (is_seen_in(facts, fn, units.functions[i]))
			return true;
	return false;
}

/* Those of @from that a unit of @units saw. */
static struct gcv_program_targets choose(struct gcv_program_index *index,
					 struct gcv_program_targets units,
					 struct gcv_program_targets from)
{
	uint32_t *chosen = gcv_arena_alloc(&index->arena, from.nr * sizeof(*chosen));
	uint32_t nr = 0, i;

	for (i = 0; i < from.nr; i++)
		if (is_seen_in_any(index->facts, &index->facts->functions[from.functions[i]],
				   units))
			chosen[nr++] = from.functions[i];
	return (struct gcv_program_targets){ chosen, nr };
}

static bool is_header(const char *file)
{
	size_t len = strlen(file);

	return len > 2 && strcmp(file + len - 2, ".h") == 0;
}

/* Those of @from that stand in headers; of these the ones that stand for a whole configuration,
 * where there are any. */
static struct gcv_program_targets choose_headers(struct gcv_program_index *index,
						 struct gcv_program_targets from)
{
	struct gcv_program_targets of_all = { index->header_units, index->nr_header_units };
	uint32_t *chosen = gcv_arena_alloc(&index->arena, from.nr * sizeof(*chosen));
	struct gcv_program_targets headers = { chosen, 0 }, best;
	uint32_t i;

	for (i = 0; i < from.nr; i++)
		if (is_header(index->facts->functions[from.functions[i]].file))
			chosen[headers.nr++] = from.functions[i];
	best = choose(index, of_all, headers);
	return best.nr ? best : headers;
}

/* What a static name means in @units. */
static struct gcv_program_targets choose_static(struct gcv_program_index *index,
						struct gcv_program_targets units,
						struct gcv_program_targets from)
{
	struct gcv_program_targets seen = choose(index, units, from);

	return seen.nr ? seen : choose_headers(index, from);
}

/* Does each unit of @units see one of @from? */
static bool do_all_see(const struct gcv_program_facts *facts, struct gcv_program_targets units,
		       struct gcv_program_targets from)
{
	uint32_t i, k;

	for (i = 0; i < units.nr; i++) {
		for (k = 0; k < from.nr; k++)
			if (is_seen_in(facts, &facts->functions[from.functions[k]],
				       units.functions[i]))
				break;
		if (k == from.nr)
			return false;
	}
	return true;
}

/* What an external name means in @units. */
static struct gcv_program_targets choose_external(struct gcv_program_index *index,
						  struct gcv_program_targets units,
						  struct gcv_program_targets from)
{
	return do_all_see(index->facts, units, from) ? choose(index, units, from) : from;
}

/* The answer that is kept under a key, or room for it. */
static struct gcv_program_targets *find_answer(struct gcv_program_index *index, uint32_t user,
					       uint32_t name, bool *ret_is_new)
{
	uint32_t *slot = gcv_map64_add(&index->seen, (uint64_t)user << 32 | name, ret_is_new);

	if (*ret_is_new) {
		*slot = index->nr_answers;
		GCV_GROW(index->answers, index->nr_answers, index->cap_answers);
		index->answers[index->nr_answers++] = (struct gcv_program_targets){ 0 };
	}
	return &index->answers[*slot];
}

struct gcv_program_targets gcv_program_seen_by_file(struct gcv_program_index *index, uint32_t file,
						    uint32_t name)
{
	struct gcv_program_targets from = gcv_program_list_of(&index->local, name);
	struct gcv_program_targets *answer;
	bool is_new;

	if (!from.nr || file == GCV_INTERN_NONE)
		return (struct gcv_program_targets){ 0 };
	/* Files are numbered behind the two kinds of question about functions. */
	answer = find_answer(index, index->facts->nr_functions * 2 + file, name, &is_new);
	if (is_new)
		*answer = choose_static(index, gcv_program_list_of(&index->file_units, file), from);
	return *answer;
}

struct gcv_program_targets gcv_program_seen_by_function(struct gcv_program_index *index,
							uint32_t user, uint32_t name,
							bool is_static)
{
	const struct gcv_function *fn = &index->facts->functions[user];
	struct gcv_program_targets units = { fn->units, fn->nr_units };
	struct gcv_program_targets from =
		gcv_program_list_of(is_static ? &index->local : &index->external, name);
	struct gcv_program_targets *answer;
	bool is_new;

	/* Most names that are not static are there once. */
	if (!from.nr || (!is_static && from.nr == 1))
		return from;
	answer = find_answer(index, user * 2 + is_static, name, &is_new);
	if (is_new)
		*answer = is_static ? choose_static(index, units, from)
				    : choose_external(index, units, from);
	return *answer;
}
