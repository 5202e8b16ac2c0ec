// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"
#include "parse/wire.h"

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

/* Is a text one of several lines? */
static bool is_line(const char *lines, const char *text, size_t len)
{
	const char *end;

	for (; (end = strchr(lines, '\n')); lines = end + 1)
		if ((size_t)(end - lines) == len && memcmp(lines, text, len) == 0)
			return true;
	return false;
}

/* Is the file in one of the folders? */
static bool is_in(const char *path, const char *folders)
{
	const char *slash = strrchr(path, '/');

	return slash && is_line(folders, path, (size_t)(slash - path));
}

/** struct search - names to be found: those of the demands, then those that stand beside them */
struct search {
	const struct gcv_scan_demands *demands;
	const char **list;
	uint32_t nr, cap;
};

static void add_name(struct search *search, const char *name)
{
	GCV_GROW(search->list, search->nr, search->cap);
	search->list[search->nr++] = name;
}

static void search_init(struct search *search, const struct gcv_scan_demands *demands,
			struct gcv_arena *arena)
{
	const char *line, *end;
	uint32_t i;

	*search = (struct search){ .demands = demands };
	for (i = 0; i < demands->nr; i++)
		add_name(search, demands->wanted[i].name);
	for (i = 0; i < demands->nr; i++)
		for (line = demands->wanted[i].beside; line && (end = strchr(line, '\n'));
		     line = end + 1)
			add_name(search, gcv_arena_strndup(arena, line, (size_t)(end - line)));
}

/* Does a file call something of one of these names? */
static bool has_beside(const struct search *search, const struct gcv_lexed *lexed,
		       const char *names)
{
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++) {
		const struct gcv_lex_occurrence *found = &lexed->occurrences[i];
		const char *name = search->list[found->name];

		if (found->class == GCV_LEX_CODE && found->followed_by_paren &&
		    is_line(names, name, strlen(name)))
			return true;
	}
	return false;
}

/* What an occurrence is wanted for, or NULL. */
static const struct gcv_scan_wanted *wanted_at(const struct search *search, const char *path,
					       const struct gcv_lexed *lexed,
					       const struct gcv_lex_occurrence *found)
{
	const struct gcv_scan_wanted *wanted;

	if (found->class != GCV_LEX_CODE || found->name >= search->demands->nr)
		return NULL;
	wanted = &search->demands->wanted[found->name];
	if (wanted->is_definition &&
	    (found->brace_depth || found->paren_depth || !found->followed_by_paren))
		return NULL;
	if ((wanted->folders && !is_in(path, wanted->folders)) ||
	    (wanted->beside && !has_beside(search, lexed, wanted->beside)))
		return NULL;
	return wanted;
}

/* How many source files have each of the names in their code. */
static uint32_t *count_users(const struct gcv_scan_state *s, const struct search *search,
			     const struct gcv_walk_hits *hits)
{
	uint32_t *users = gcv_zalloc(search->demands->nr, sizeof(*users));
	GCV_AUTOFREE uint32_t *last = gcv_zalloc(search->demands->nr, sizeof(*last));
	uint32_t i, k;

	for (i = 0; i < s->scan->walk.nr_files; i++) {
		const struct gcv_walk_file *file = &s->scan->walk.files[i];
		const struct gcv_lexed *lexed = hits->lexed[i];

		for (k = 0; lexed && k < lexed->nr_occurrences; k++) {
			const struct gcv_lex_occurrence *found = &lexed->occurrences[k];

			if (!wanted_at(search, file->path, lexed, found) ||
			    last[found->name] == i + 1)
				continue;
			last[found->name] = i + 1;
			users[found->name]++;
		}
	}
	return users;
}

/* The first name that stands in the code of a file, and not everywhere. */
static const struct gcv_scan_wanted *wanted_in(const struct search *search, const char *path,
					       const struct gcv_lexed *lexed, const uint32_t *users)
{
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++) {
		const struct gcv_lex_occurrence *found = &lexed->occurrences[i];
		const struct gcv_scan_wanted *wanted = wanted_at(search, path, lexed, found);

		if (wanted && (wanted->folders || users[found->name] <= DEMAND_USERS))
			return wanted;
	}
	return NULL;
}

static void add_demanded(struct gcv_scan_state *s, const struct gcv_walk_file *file,
			 const char *reason)
{
	gcv_intern_add(&s->demanded, file->path, strlen(file->path));
	gcv_scan_add_demanded(s, file);
	GCV_GROW(s->scan->demanded, s->scan->nr_demanded, s->scan->cap_demanded);
	s->scan->demanded[s->scan->nr_demanded++] = (struct gcv_scan_demanded){
		.path = file->path,
		.reason = gcv_arena_strdup(&s->scan->arena, reason),
	};
}

static void add_files(struct gcv_scan_state *s, const struct search *search,
		      const struct gcv_walk_hits *hits, uint32_t *ret_first)
{
	GCV_AUTOFREE uint32_t *users = count_users(s, search, hits);
	const struct gcv_walk *walk = &s->scan->walk;
	uint32_t i, nr = 0;

	*ret_first = s->nr_files;
	for (i = 0; i < walk->nr_files && nr < DEMAND_FILES; i++) {
		const struct gcv_walk_file *file = &walk->files[i];
		const struct gcv_scan_wanted *wanted;

		if (!hits->lexed[i] || is_candidate(s, file->path))
			continue;
		wanted = wanted_in(search, file->path, hits->lexed[i], users);
		if (!wanted)
			continue;
		add_demanded(s, file, wanted->reason);
		nr++;
	}
}

/* Stands for what is looked for, and for all files but the candidates. */
static bool key_of(const struct gcv_scan_state *s, const struct gcv_scan_demands *demands,
		   struct gcv_hash *ret)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	uint64_t rest = gcv_walk_rest(&s->scan->walk);
	uint32_t i;

	gcv_wire_put_uint(&text, rest);
	for (i = 0; i < demands->nr; i++) {
		const struct gcv_scan_wanted *wanted = &demands->wanted[i];

		gcv_wire_put_str(&text, wanted->name);
		gcv_wire_put_uint(&text, wanted->is_definition | !wanted->folders << 1 |
						 !wanted->beside << 2);
		gcv_wire_put_str(&text, wanted->folders ? wanted->folders : "");
		gcv_wire_put_str(&text, wanted->beside ? wanted->beside : "");
	}
	*ret = gcv_hash_bytes(text.buf, text.len);
	return rest != 0;
}

/* The files that were of use the last time, and the candidates, which may be others than then. */
static bool *list_only(const struct gcv_scan_state *s, const struct gcv_hash *key)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	const struct gcv_walk *walk = &s->scan->walk;
	struct gcv_intern paths = { 0 };
	bool *only = NULL;
	uint32_t i;

	if (demand->recall && !s->options->force && demand->recall(demand->ctx, key, &paths)) {
		only = gcv_zalloc((size_t)walk->nr_files + 1, sizeof(*only));
		for (i = 0; i < walk->nr_files; i++)
			only[i] = walk->files[i].lexed ||
				  gcv_intern_find(&paths, walk->files[i].path,
						  strlen(walk->files[i].path)) != GCV_INTERN_NONE;
	}
	gcv_intern_release(&paths);
	return only;
}

static bool is_wanted(const struct search *search, const char *path, const struct gcv_lexed *lexed)
{
	uint32_t i;

	for (i = 0; i < lexed->nr_occurrences; i++)
		if (wanted_at(search, path, lexed, &lexed->occurrences[i]))
			return true;
	return false;
}

static void note_files(struct gcv_scan_state *s, const struct gcv_hash *key,
		       const struct search *search, const struct gcv_walk_hits *hits)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	const struct gcv_walk *walk = &s->scan->walk;
	struct gcv_intern paths = { 0 };
	uint32_t i;

	for (i = 0; demand->note && i < walk->nr_files; i++)
		if (hits->lexed[i] && !walk->files[i].lexed &&
		    is_wanted(search, walk->files[i].path, hits->lexed[i]))
			gcv_intern_add(&paths, walk->files[i].path, strlen(walk->files[i].path));
	if (demand->note)
		demand->note(demand->ctx, key, &paths);
	gcv_intern_release(&paths);
}

static enum gcv_status find(struct gcv_scan_state *s, const struct gcv_scan_demands *demands,
			    uint32_t *ret_first, struct gcv_err *err)
{
	struct gcv_hash key;
	bool has_key = key_of(s, demands, &key);
	GCV_AUTOFREE bool *only = has_key ? list_only(s, &key) : NULL;
	struct gcv_names *names = NULL;
	struct gcv_walk_hits hits;
	struct search search;
	enum gcv_status st;

	search_init(&search, demands, &s->scan->arena);
	st = gcv_names_new(search.list, search.nr, &names, err);
	if (st == GCV_OK) {
		gcv_walk_search(s->options->tree, &s->scan->walk, names, only,
				s->options->nr_workers, &hits);
		if (has_key && !only)
			note_files(s, &key, &search, &hits);
		add_files(s, &search, &hits, ret_first);
		gcv_walk_hits_release(&hits);
	}
	gcv_names_free(names);
	free(search.list);
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
			add_demanded(s, file, "");
	}
	st = gcv_scan_sources(s, first, err);
	return st == GCV_OK ? gcv_scan_work(s, "demanded", err) : st;
}

enum gcv_status gcv_scan_demanded(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_scan_demand *demand = &s->options->demand;
	enum gcv_status st = GCV_OK;
	unsigned int round;

	if (s->options->base || is_known(s))
		return add_last(s, err);
	for (round = 0; demand->ask && round < DEMAND_ROUNDS && st == GCV_OK; round++) {
		struct gcv_scan_demands demands = { 0 };
		uint32_t first = s->nr_files;

		st = demand->ask(demand->ctx, s->scan, &demands, err);
		if (st != GCV_OK || !demands.nr)
			break;
		st = find(s, &demands, &first, err);
		if (st != GCV_OK || first == s->nr_files)
			break;
		st = gcv_scan_sources(s, first, err);
		if (st == GCV_OK)
			st = gcv_scan_work(s, "demanded", err);
	}
	gcv_walk_forget_words(&s->scan->walk);
	return st;
}
