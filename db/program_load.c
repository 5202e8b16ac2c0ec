// SPDX-License-Identifier: GPL-2.0-only
#include "db/program_load.h"

#include "db/handle.h"

#include <stdlib.h>

/**
 * struct by_id - a function by the id of its definition
 * @id: the id
 * @index: the function
 */
struct by_id {
	int64_t id;
	uint32_t index;
};

/**
 * struct seen - a function was seen in a unit
 * @function: the function
 * @unit: number of the unit
 */
struct seen {
	uint32_t function, unit;
};

/**
 * struct unit - how a unit reads headers
 * @is_headers: holds the definitions of the headers of its configuration
 * @config: row of its configuration
 * @pch_config: row of the configuration of its precompiled header, or 0
 */
struct unit {
	bool is_headers;
	int64_t config, pch_config;
};

/**
 * struct loading - a program on its way out of the store
 * @arena: owns the strings and, in the end, the arrays
 * @facts: what was read so far
 * @functions_by_id: sorted by id, when all functions were read
 * @unit_ids: the snapshot's units, sorted by id; their index is what the program knows of them
 * @units: for each what facts.unit_headers is made of
 * @seen: in which units the functions were seen, by unit
 * @site_rows: number of each site's row, ascending
 * @last_file: path of the row before
 * @nr_seen: how many
 * @next_unit: the unit whose functions are being read
 * @next_site: the site whose calls are being read
 * @cap_functions: allocated length, as are the others
 */
struct loading {
	struct gcv_arena *arena;
	struct gcv_program_facts facts;
	struct by_id *functions_by_id;
	struct by_id *unit_ids;
	struct unit *units;
	struct seen *seen;
	uint32_t *site_rows;
	const char *last_file;
	uint32_t nr_seen, next_unit, next_site;
	uint32_t cap_functions, cap_addresses, cap_sites, cap_rows, cap_units, cap_headers,
		cap_seen;
};

/* Functions of a file follow each other, as do sites. */
static const char *keep_path(struct loading *l, const char *path)
{
	if (!l->last_file || strcmp(l->last_file, path) != 0)
		l->last_file = gcv_arena_strdup(l->arena, path);
	return l->last_file;
}

static enum gcv_linkage to_linkage(uint32_t number)
{
	return number > GCV_LINKAGE_EXTERN_INLINE ? GCV_LINKAGE_EXTERNAL : (enum gcv_linkage)number;
}

static void take_hash(const struct gcv_row *row, int column, struct gcv_hash *ret)
{
	size_t len;
	const void *bytes = gcv_row_blob(row, column, &len);

	if (len == sizeof(ret->b))
		memcpy(ret->b, bytes, len);
}

static enum gcv_status add_function(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	struct gcv_program_facts *facts = &l->facts;

	(void)err;
	GCV_GROW(facts->functions, facts->nr_functions, l->cap_functions);
	facts->functions[facts->nr_functions++] = (struct gcv_function){
		.id = gcv_row_int(row, 0),
		.kind = gcv_row_u32(row, 1) == GCV_DEF_VARIABLE ? GCV_DEF_VARIABLE
								: GCV_DEF_FUNCTION,
		.name = gcv_arena_strdup(l->arena, gcv_row_text(row, 2)),
		.file = keep_path(l, gcv_row_text(row, 3)),
		.type = gcv_arena_strdup(l->arena, gcv_row_text(row, 4)),
		.begin = gcv_row_u32(row, 5),
		.end = gcv_row_u32(row, 6),
		.line = gcv_row_u32(row, 7),
		.end_line = gcv_row_u32(row, 8),
		.linkage = to_linkage(gcv_row_u32(row, 9)),
		.from_macro = gcv_row_int(row, 10),
		.has_error = gcv_row_int(row, 11),
	};
	take_hash(row, 12, &facts->functions[facts->nr_functions - 1].content);
	take_hash(row, 13, &facts->functions[facts->nr_functions - 1].body_hash);
	return GCV_OK;
}

static int compare_ids(const void *a_, const void *b_)
{
	const struct by_id *a = a_, *b = b_;

	return a->id < b->id ? -1 : a->id > b->id;
}

static void sort_functions(struct loading *l)
{
	uint32_t i;

	l->functions_by_id = gcv_zalloc(l->facts.nr_functions, sizeof(*l->functions_by_id));
	for (i = 0; i < l->facts.nr_functions; i++)
		l->functions_by_id[i] = (struct by_id){ l->facts.functions[i].id, i };
	qsort(l->functions_by_id, l->facts.nr_functions, sizeof(*l->functions_by_id), compare_ids);
}

static uint32_t find_id(const struct by_id *sorted, uint32_t nr, int64_t id)
{
	const struct by_id key = { .id = id };
	const struct by_id *found = nr ? bsearch(&key, sorted, nr, sizeof(key), compare_ids) : NULL;

	return found ? found->index : GCV_NONE;
}

/* The function of a definition, or GCV_NONE where no unit of the snapshot has it. */
static uint32_t function_of(const struct loading *l, int64_t id)
{
	return find_id(l->functions_by_id, l->facts.nr_functions, id);
}

static enum gcv_status add_unit(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	uint32_t nr = l->facts.nr_units;

	(void)err;
	GCV_GROW(l->unit_ids, nr, l->cap_units);
	GCV_GROW(l->units, nr, l->cap_headers);
	l->unit_ids[nr] = (struct by_id){ gcv_row_int(row, 0), nr };
	l->units[nr] = (struct unit){
		.is_headers = gcv_unit_kind_parse(gcv_row_text(row, 1)) == GCV_UNIT_HEADERS,
		.config = gcv_row_int(row, 2),
		.pch_config = gcv_row_int(row, 3),
	};
	l->facts.nr_units++;
	return GCV_OK;
}

static enum gcv_status add_seen(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	int64_t unit = gcv_row_int(row, 0);
	uint32_t function = function_of(l, gcv_row_int(row, 1));

	(void)err;
	while (l->next_unit < l->facts.nr_units && l->unit_ids[l->next_unit].id < unit)
		l->next_unit++;
	if (function == GCV_NONE || l->next_unit == l->facts.nr_units)
		return GCV_OK;
	GCV_GROW(l->seen, l->nr_seen, l->cap_seen);
	l->seen[l->nr_seen++] = (struct seen){ function, l->next_unit };
	return GCV_OK;
}

/* The unit that holds the definitions of the headers that a unit reads precompiled. */
static uint32_t headers_of(const struct loading *l, const struct unit *unit)
{
	uint32_t i;

	for (i = 0; unit->pch_config && i < l->facts.nr_units; i++)
		if (l->units[i].is_headers && l->units[i].config == unit->pch_config)
			return i;
	return GCV_NONE;
}

/* Hand each function its part of one array of units. */
static void share_units(struct loading *l)
{
	uint32_t *units = gcv_arena_alloc(l->arena, l->nr_seen * sizeof(*units));
	uint32_t *headers = gcv_arena_alloc(l->arena, l->facts.nr_units * sizeof(*headers));
	uint32_t *next = gcv_zalloc((size_t)l->facts.nr_functions + 1, sizeof(*next));
	struct gcv_function *functions = l->facts.functions;
	uint32_t i;

	for (i = 0; i < l->nr_seen; i++)
		next[l->seen[i].function + 1]++;
	for (i = 0; i < l->facts.nr_functions; i++) {
		functions[i].nr_units = next[i + 1];
		functions[i].units = units + next[i];
		next[i + 1] += next[i];
	}
	for (i = 0; i < l->nr_seen; i++)
		units[next[l->seen[i].function]++] = l->seen[i].unit;
	free(next);
	for (i = 0; i < l->facts.nr_units; i++)
		headers[i] = headers_of(l, &l->units[i]);
	l->facts.unit_headers = headers;
}

static enum gcv_status add_address(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	struct gcv_program_facts *facts = &l->facts;
	uint32_t in = function_of(l, gcv_row_int(row, 0));

	(void)err;
	if (in == GCV_NONE)
		return GCV_OK;
	GCV_GROW(facts->addresses, facts->nr_addresses, l->cap_addresses);
	facts->addresses[facts->nr_addresses++] = (struct gcv_program_address){
		.in = in,
		.function = gcv_arena_strdup(l->arena, gcv_row_text(row, 1)),
		.field = gcv_arena_strdup(l->arena, gcv_row_text(row, 2)),
		.line = gcv_row_u32(row, 3),
	};
	return GCV_OK;
}

static enum gcv_status add_site(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	struct gcv_program_facts *facts = &l->facts;

	(void)err;
	GCV_GROW(l->site_rows, facts->nr_sites, l->cap_rows);
	l->site_rows[facts->nr_sites] = gcv_row_u32(row, 0);
	GCV_GROW(facts->sites, facts->nr_sites, l->cap_sites);
	facts->sites[facts->nr_sites++] = (struct gcv_program_site){
		.id = gcv_arena_strdup(l->arena, gcv_row_text(row, 1)),
		.role = gcv_arena_strdup(l->arena, gcv_row_text(row, 2)),
		.file = keep_path(l, gcv_row_text(row, 3)),
		.line = gcv_row_u32(row, 5),
		.function = gcv_arena_strdup(l->arena, gcv_row_text(row, 7)),
		.api = gcv_arena_strdup(l->arena, gcv_row_text(row, 8)),
		.homonym = gcv_row_int(row, 14),
	};
	return GCV_OK;
}

/* Arrays of a power of two grow by being copied; the arena keeps the few old ones. */
static void add_to_site(struct loading *l, struct gcv_program_site *site, uint32_t function,
			uint32_t offset)
{
	uint32_t nr = site->nr_calls;

	if ((nr & (nr - 1)) == 0) {
		size_t bytes = (nr ? (size_t)nr * 2 : 1) * sizeof(*site->calls);
		uint32_t *calls = gcv_arena_alloc(l->arena, bytes);
		uint32_t *offsets = gcv_arena_alloc(l->arena, bytes);

		if (nr) {
			memcpy(calls, site->calls, nr * sizeof(*calls));
			memcpy(offsets, site->offsets, nr * sizeof(*offsets));
		}
		site->calls = calls;
		site->offsets = offsets;
	}
	site->calls[nr] = function;
	site->offsets[nr] = offset;
	site->nr_calls++;
}

static enum gcv_status add_call(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct loading *l = data;
	uint32_t site = gcv_row_u32(row, 0), function = function_of(l, gcv_row_int(row, 1));

	(void)err;
	while (l->next_site < l->facts.nr_sites && l->site_rows[l->next_site] < site)
		l->next_site++;
	if (function != GCV_NONE && l->next_site < l->facts.nr_sites &&
	    l->site_rows[l->next_site] == site)
		add_to_site(l, &l->facts.sites[l->next_site], function, gcv_row_u32(row, 2));
	return GCV_OK;
}

static enum gcv_status load_rows(struct gcv_db *db, int64_t snapshot, struct loading *l,
				 struct gcv_err *err)
{
	static const struct {
		enum gcv_stmt stmt;
		gcv_row_fn *fn;
		size_t nr_values;
	} parts[] = {
		{ GCV_STMT_PROGRAM_UNITS, add_unit, 1 },
		{ GCV_STMT_PROGRAM_SEEN, add_seen, 1 },
		{ GCV_STMT_PROGRAM_ADDRESSES, add_address, 1 },
		{ GCV_STMT_SITES, add_site, 3 },
		{ GCV_STMT_PROGRAM_CALLS, add_call, 1 },
	};
	/* Sites of any role, and those of namesakes, too. */
	const struct gcv_value values[] = { GCV_INT(snapshot), GCV_OPTIONAL_TEXT(NULL),
					    GCV_INT(0) };
	enum gcv_status st;
	uint32_t i;

	st = gcv_stmt_each(db, GCV_STMT_PROGRAM_FUNCTIONS, add_function, l, err, values, 1);
	if (st == GCV_OK)
		sort_functions(l);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]) && st == GCV_OK; i++)
		st = gcv_stmt_each(db, parts[i].stmt, parts[i].fn, l, err, values,
				   parts[i].nr_values);
	return st;
}

static void *to_arena(struct gcv_arena *arena, const void *array, size_t nr, size_t size_bytes)
{
	void *copy = gcv_arena_alloc(arena, nr * size_bytes);

	if (nr)
		memcpy(copy, array, nr * size_bytes);
	return copy;
}

enum gcv_status gcv_db_program_load(struct gcv_db *db, int64_t snapshot, struct gcv_arena *arena,
				    struct gcv_program_facts *ret, struct gcv_err *err)
{
	struct loading l = { .arena = arena };
	struct gcv_program_facts *facts = &l.facts;
	enum gcv_status st = load_rows(db, snapshot, &l, err);

	if (st == GCV_OK) {
		share_units(&l);
		*ret = *facts;
		ret->functions = to_arena(arena, facts->functions, facts->nr_functions,
					  sizeof(*facts->functions));
		ret->addresses = to_arena(arena, facts->addresses, facts->nr_addresses,
					  sizeof(*facts->addresses));
		ret->sites = to_arena(arena, facts->sites, facts->nr_sites, sizeof(*facts->sites));
	}
	free(facts->functions);
	free(facts->addresses);
	free(facts->sites);
	free(l.functions_by_id);
	free(l.unit_ids);
	free(l.units);
	free(l.seen);
	free(l.site_rows);
	return st;
}
