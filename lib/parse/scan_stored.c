// SPDX-License-Identifier: GPL-2.0-only
#include "parse/scan_state.h"

#include <stdlib.h>
#include <string.h>

static bool is_virtual(const char *path)
{
	return *path == '/';
}

void gcv_scan_stored_wanted(const struct gcv_scan_options *options, struct gcv_intern *ret_paths)
{
	const struct gcv_stored_units *stored = options->stored;
	uint32_t i;

	for (i = 0; stored && i < stored->nr_files; i++)
		gcv_intern_add(ret_paths, stored->files[i].path, strlen(stored->files[i].path));
}

/* Is the file still as it was? Files that the walk does not read (included *.tbl) are read here. */
static bool is_unchanged(struct gcv_scan_state *s, const struct gcv_stored_file *file)
{
	const struct gcv_walk_file *walk;
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_hash hash;

	if (is_virtual(file->path))
		return true;
	walk = gcv_walk_find(&s->scan->walk, file->path);
	if (walk && walk->has_hash)
		return memcmp(walk->hash.b, file->hash, sizeof(file->hash)) == 0;
	if (gcv_tree_read(s->options->tree, file->path, &text, NULL) != GCV_OK)
		return false;
	hash = gcv_hash_bytes(text.buf ? text.buf : "", text.len);
	return memcmp(hash.b, file->hash, sizeof(file->hash)) == 0;
}

static bool files_unchanged(const struct gcv_stored_unit *unit, const bool *unchanged)
{
	uint32_t i;

	for (i = 0; i < unit->nr_files; i++)
		if (!unchanged[unit->files[i]])
			return false;
	return true;
}

static int by_main(const void *a, const void *b, void *data)
{
	const struct gcv_stored_units *stored = data;
	const struct gcv_stored_unit *x = &stored->units[*(const uint32_t *)a];
	const struct gcv_stored_unit *y = &stored->units[*(const uint32_t *)b];
	int order = strcmp(stored->files[x->main].path, stored->files[y->main].path);

	return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* Which units are still valid, as far as the files on the disk tell. */
static void prepare_by_files(struct gcv_scan_state *s)
{
	const struct gcv_stored_units *stored = s->options->stored;
	GCV_AUTOFREE bool *unchanged = NULL;
	struct gcv_intern new_headers = { 0 };
	uint32_t i;

	gcv_scan_new_headers(s, &new_headers);
	if (!stored)
		return;
	unchanged = gcv_zalloc(stored->nr_files, sizeof(*unchanged));
	for (i = 0; i < stored->nr_files; i++)
		unchanged[i] = !gcv_scan_is_shadowed(&new_headers, stored->files[i].path) &&
			       is_unchanged(s, &stored->files[i]);
	for (i = 0; i < stored->nr_units; i++) {
		const struct gcv_stored_unit *unit = &stored->units[i];

		s->stored_valid[i] = unit->is_current && unit->status != GCV_UNIT_FAILED &&
				     strcmp(unit->tool, s->options->tool) == 0 &&
				     !gcv_scan_missed(&new_headers, unit) &&
				     files_unchanged(unit, unchanged) &&
				     (unit->pch == GCV_NONE ||
				      files_unchanged(&stored->units[unit->pch], unchanged));
	}
	gcv_intern_release(&new_headers);
}

void gcv_scan_stored_prepare(struct gcv_scan_state *s)
{
	const struct gcv_stored_units *stored = s->options->stored;
	uint32_t i;

	if (stored) {
		s->stored_valid = gcv_zalloc(stored->nr_units, sizeof(*s->stored_valid));
		s->stored_by_main = gcv_zalloc(stored->nr_units, sizeof(*s->stored_by_main));
	}
	if (s->options->base)
		gcv_scan_base_prepare(s);
	else
		prepare_by_files(s);
	for (i = 0; stored && i < stored->nr_units; i++)
		s->stored_by_main[i] = i;
	if (stored && stored->nr_units)
		qsort_r(s->stored_by_main, stored->nr_units, sizeof(*s->stored_by_main), by_main,
			(void *)stored);
}

static bool is_from_commands(const struct gcv_stored_unit *unit)
{
	return strcmp(unit->config, "compile-commands") == 0;
}

/* The environment is told by the first word of the configuration. */
static bool env_is_same(struct gcv_scan_state *s, const struct gcv_stored_unit *unit,
			const char *main_path)
{
	const char *end = strchrnul(unit->config, ' ');
	const struct gcv_arch *arch;
	struct gcv_scan_env *env;
	struct gcv_hash hash;

	if (is_from_commands(unit))
		return gcv_scan_command_hash(s, main_path, &hash) &&
		       memcmp(hash.b, unit->env, sizeof(hash.b)) == 0;
	arch = gcv_arch_find(unit->config, (size_t)(end - unit->config));
	if (unit->kind == GCV_UNIT_SOURCE &&
	    !gcv_scan_wants_arch(s, unit->config, (size_t)(end - unit->config)))
		return false;
	if (!arch || gcv_scan_env_for(s, arch, &env, NULL) != GCV_OK)
		return false;
	return memcmp(env->hash, unit->env, sizeof(env->hash)) == 0;
}

static enum gcv_status use_unit(struct gcv_scan_state *s, struct gcv_scan_file *file,
				const struct gcv_stored_unit *unit, struct gcv_err *err)
{
	const struct gcv_unit_store *store = s->options->store;
	struct gcv_arena arena = { 0 };
	struct gcv_stored_seen seen;
	enum gcv_status st;
	uint32_t i;

	st = store->seen(store->ctx, unit->id, &arena, &seen, err);
	if (st != GCV_OK) {
		gcv_arena_release(&arena);
		return st;
	}
	for (i = 0; i < seen.nr_skips; i++)
		gcv_scan_mark_skip(s, seen.files[seen.skips[i].file].path, seen.skips[i].begin,
				   seen.skips[i].end);
	for (i = 0; i < seen.nr_seen; i++)
		gcv_scan_mark(s, seen.files[seen.seen[i].file].path, seen.seen[i].offset,
			      1u << seen.seen[i].kind);
	gcv_arena_release(&arena);
	gcv_scan_add_unit(s, unit->id, unit->config);
	s->scan->sums.units_stored++;
	s->scan->sums.units_with_errors += unit->nr_errors_main != 0;
	if (!file)
		return GCV_OK;
	gcv_intern_add(&file->configs, unit->config, strlen(unit->config));
	if (file->env)
		return GCV_OK;
	if (strcmp(unit->config, "compile-commands") == 0)
		file->env = gcv_scan_env_commands(s);
	else
		st = gcv_scan_env_for(s, gcv_arch_find(unit->config, strcspn(unit->config, " ")),
				      &file->env, err);
	return st;
}

static enum gcv_status use_era(struct gcv_scan_state *s, const struct gcv_stored_unit *unit,
			       struct gcv_err *err)
{
	const struct gcv_unit_store *store = s->options->store;
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts;
	enum gcv_status st = store->decls(store->ctx, unit->id, &arena, &facts, err);

	if (st == GCV_OK)
		gcv_scan_era_take(s, &facts);
	gcv_arena_release(&arena);
	return st;
}

/* What is asked of gcv_scan_stored_use(). */
struct wanted {
	enum gcv_unit_kind kind;
	const char *main_path;
	const uint8_t *main_hash;
};

static bool is_usable(struct gcv_scan_state *s, uint32_t at, const struct wanted *wanted)
{
	const struct gcv_stored_units *stored = s->options->stored;
	const struct gcv_stored_unit *unit = &stored->units[at];
	const uint8_t *hash = stored->files[unit->main].hash;

	if (unit->kind != wanted->kind || !s->stored_valid[at])
		return false;
	if (s->options->base && !is_virtual(wanted->main_path))
		return true;
	return (!wanted->main_hash || memcmp(hash, wanted->main_hash, 16) == 0) &&
	       env_is_same(s, unit, wanted->main_path);
}

/* The range of stored units with the main file, as places in s->stored_by_main. */
static void find_range(struct gcv_scan_state *s, const char *main_path, uint32_t *ret_begin,
		       uint32_t *ret_end)
{
	const struct gcv_stored_units *stored = s->options->stored;
	uint32_t low = 0, high = stored ? stored->nr_units : 0, end = high;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		uint32_t at = s->stored_by_main[mid];

		if (strcmp(stored->files[stored->units[at].main].path, main_path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*ret_begin = low; low < end; low++)
		if (strcmp(stored->files[stored->units[s->stored_by_main[low]].main].path,
			   main_path) != 0)
			break;
	*ret_end = low;
}

/* A file that compile_commands.json lists is parsed with the flags given there before any others.
 */
static bool lacks_command_unit(struct gcv_scan_state *s, const struct wanted *wanted,
			       uint32_t begin, uint32_t end)
{
	struct gcv_hash hash;

	if (wanted->kind != GCV_UNIT_SOURCE || !gcv_scan_command_hash(s, wanted->main_path, &hash))
		return false;
	for (; begin < end; begin++)
		if (is_from_commands(&s->options->stored->units[s->stored_by_main[begin]]) &&
		    is_usable(s, s->stored_by_main[begin], wanted))
			return false;
	return true;
}

void gcv_scan_stored_list(struct gcv_scan_state *s, const char *path, const uint8_t *hash,
			  int64_t **units, uint32_t *nr, uint32_t *cap)
{
	const struct wanted wanted = { GCV_UNIT_SOURCE, path, hash };
	uint32_t begin, end;

	find_range(s, path, &begin, &end);
	if (lacks_command_unit(s, &wanted, begin, end))
		return;
	for (; begin < end; begin++) {
		uint32_t at = s->stored_by_main[begin];

		if (!is_usable(s, at, &wanted))
			continue;
		GCV_GROW(*units, *nr, *cap);
		(*units)[(*nr)++] = s->options->stored->units[at].id;
	}
}

enum gcv_status gcv_scan_stored_use(struct gcv_scan_state *s, struct gcv_scan_file *file,
				    enum gcv_unit_kind kind, const char *main_path,
				    const uint8_t *main_hash, uint32_t *ret_nr, struct gcv_err *err)
{
	const struct gcv_stored_units *stored = s->options->stored;
	const struct wanted wanted = { kind, main_path, main_hash };
	uint32_t begin, end, nr = 0;

	*ret_nr = 0;
	if (s->options->force)
		return GCV_OK;
	find_range(s, main_path, &begin, &end);
	if (lacks_command_unit(s, &wanted, begin, end))
		return GCV_OK;
	for (; begin < end; begin++) {
		uint32_t at = s->stored_by_main[begin];
		enum gcv_status st;

		if (!is_usable(s, at, &wanted))
			continue;
		st = use_unit(s, file, &stored->units[at], err);
		if (st == GCV_OK && kind == GCV_UNIT_ERA)
			st = use_era(s, &stored->units[at], err);
		if (st != GCV_OK)
			return st;
		nr++;
	}
	*ret_nr = nr;
	return GCV_OK;
}

enum gcv_status gcv_scan_stored_use_all(struct gcv_scan_state *s, struct gcv_err *err)
{
	const struct gcv_stored_units *stored = s->options->stored;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < stored->nr_units && st == GCV_OK; i++) {
		const struct gcv_stored_unit *unit = &stored->units[i];

		/* Precompiled headers come along with what starts from them. */
		if (!s->stored_valid[i] || unit->kind == GCV_UNIT_PCH)
			continue;
		st = use_unit(s, NULL, unit, err);
		if (st == GCV_OK && unit->kind == GCV_UNIT_ERA)
			st = use_era(s, unit, err);
	}
	return st;
}
