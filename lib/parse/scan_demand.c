// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

/** DEMAND_ROUNDS - how often the flow may ask for more files */
#define DEMAND_ROUNDS 3

/**
 * DEMAND_USERS - a name that more source files have is a helper of everybody: what it does with
 * pages belongs into the table of accessors
 */
#define DEMAND_USERS 8

/** DEMAND_FILES - files that are parsed for one round of demands at most */
#define DEMAND_FILES 400

static bool is_candidate(const struct gcv_scan_state *s, const char *path)
{
	return gcv_intern_find(&s->demanded, path, strlen(path)) != GCV_INTERN_NONE ||
	       gcv_intern_find(&s->setup.candidates, path, strlen(path)) != GCV_INTERN_NONE;
}

static bool is_wanted(const struct gcv_scan_state *s, const struct gcv_walk_file *found)
{
	const struct gcv_walk_file *file = gcv_walk_find(&s->scan->walk, found->path);

	return found->lexed && file && file->kind == GCV_WALK_C && !file->apart;
}

/* How many source files have each of the names in their code. */
static uint32_t *count_users(const struct gcv_scan_state *s, const struct gcv_scan_demands *demands,
			     const struct gcv_walk *walk)
{
	uint32_t *users = gcv_zalloc(demands->nr, sizeof(*users));
	GCV_AUTOFREE uint32_t *last = gcv_zalloc(demands->nr, sizeof(*last));
	uint32_t i, k;

	for (i = 0; i < walk->nr_files; i++) {
		const struct gcv_lexed *lexed = walk->files[i].lexed;

		for (k = 0; is_wanted(s, &walk->files[i]) && k < lexed->nr_occurrences; k++) {
			uint32_t name = lexed->occurrences[k].name;

			if (lexed->occurrences[k].class != GCV_LEX_CODE || last[name] == i + 1)
				continue;
			last[name] = i + 1;
			users[name]++;
		}
	}
	return users;
}

/* The first name that stands in the code of a file, and not everywhere. */
static const char *name_in_code(const struct gcv_lexed *lexed,
				const struct gcv_scan_demands *demands, const uint32_t *users)
{
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++)
		if (lexed->occurrences[i].class == GCV_LEX_CODE &&
		    users[lexed->occurrences[i].name] <= DEMAND_USERS)
			return demands->names[lexed->occurrences[i].name];
	return NULL;
}

static void add_demanded(struct gcv_scan_state *s, const struct gcv_walk_file *file,
			 struct gcv_hash hash, const char *name)
{
	gcv_intern_add(&s->demanded, file->path, strlen(file->path));
	gcv_scan_add_demanded(s, file, hash);
	GCV_GROW(s->scan->demanded, s->scan->nr_demanded, s->scan->cap_demanded);
	s->scan->demanded[s->scan->nr_demanded++] = (struct gcv_scan_demanded){
		.path = file->path,
		.name = gcv_arena_strdup(&s->scan->arena, name),
	};
}

static void add_files(struct gcv_scan_state *s, const struct gcv_scan_demands *demands,
		      const struct gcv_walk *walk, uint32_t *ret_first)
{
	GCV_AUTOFREE uint32_t *users = count_users(s, demands, walk);
	uint32_t i, nr = 0;

	*ret_first = s->nr_files;
	for (i = 0; i < walk->nr_files && nr < DEMAND_FILES; i++) {
		const struct gcv_walk_file *found = &walk->files[i];
		const char *name;

		if (!is_wanted(s, found) || is_candidate(s, found->path))
			continue;
		name = name_in_code(found->lexed, demands, users);
		if (!name)
			continue;
		add_demanded(s, gcv_walk_find(&s->scan->walk, found->path), found->hash, name);
		nr++;
	}
}

static enum gcv_status search(struct gcv_scan_state *s, const struct gcv_scan_demands *demands,
			      uint32_t *ret_first, struct gcv_err *err)
{
	struct gcv_walk_options options = { .paths = s->options->paths,
					    .nr_paths = s->options->nr_paths,
					    .threads = s->options->nr_workers };
	struct gcv_names *names;
	struct gcv_walk walk;
	enum gcv_status st;

	st = gcv_names_new(demands->names, demands->nr, &names, err);
	if (st != GCV_OK)
		return st;
	st = gcv_walk(s->options->tree, names, &options, &walk, err);
	if (st == GCV_OK) {
		add_files(s, demands, &walk, ret_first);
		gcv_walk_release(&walk);
	}
	gcv_names_free(names);
	return st;
}

/* A file of the last time, if it would be parsed for the same reason now. */
static const struct gcv_walk_file *find_last(const struct gcv_scan_state *s, const char *path)
{
	const struct gcv_walk_file *file = gcv_walk_find(&s->scan->walk, path);

	if (!file || file->kind != GCV_WALK_C || file->apart || !file->has_hash ||
	    is_candidate(s, path))
		return NULL;
	return file;
}

/* Would this scan end with units for which it is known which files are asked for? */
static bool is_known(struct gcv_scan_state *s)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	int64_t *units = NULL;
	uint32_t nr = 0, cap = 0, i;
	bool known = demand->knows && !s->options->force;

	for (i = 0; known && i < s->scan->nr_units; i++) {
		GCV_GROW(units, nr, cap);
		units[nr++] = s->scan->units[i];
	}
	for (i = 0; known && i < demand->nr_last; i++) {
		const struct gcv_walk_file *file = find_last(s, demand->last[i]);

		known = file;
		if (file)
			gcv_scan_stored_list(s, file->path, file->hash.b, &units, &nr, &cap);
	}
	known = known && demand->knows(demand->ctx, s->scan, units, nr);
	free(units);
	return known;
}

/* The files of the last time; their stored units are valid. */
static enum gcv_status add_last(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	uint32_t i, first = s->nr_files;
	enum gcv_status st;

	for (i = 0; i < demand->nr_last; i++) {
		const struct gcv_walk_file *file = find_last(s, demand->last[i]);

		if (file)
			add_demanded(s, file, file->hash, "");
	}
	st = gcv_scan_sources(s, first, err);
	return st == GCV_OK ? gcv_scan_work(s, "demanded", err) : st;
}

enum gcv_status gcv_scan_demanded(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	enum gcv_status st = GCV_OK;
	unsigned int round;

	if (is_known(s))
		return add_last(s, err);
	for (round = 0; demand->ask && round < DEMAND_ROUNDS && st == GCV_OK; round++) {
		struct gcv_scan_demands demands = { 0 };
		uint32_t first = s->nr_files;

		st = demand->ask(demand->ctx, s->scan, &demands, err);
		if (st != GCV_OK || !demands.nr)
			break;
		st = search(s, &demands, &first, err);
		if (st != GCV_OK || first == s->nr_files)
			break;
		st = gcv_scan_sources(s, first, err);
		if (st == GCV_OK)
			st = gcv_scan_work(s, "demanded", err);
	}
	return st;
}
