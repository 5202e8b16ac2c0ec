// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scan that starts from a stored snapshot: which of its units the files in memory leave as they
 * are, and which main files are to be parsed again.
 */
#include "parse/scan_state.h"
#include "tree/walk_listed.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool is_in_base(const struct gcv_scan_state *s, const struct gcv_stored_unit *unit)
{
	const struct gcv_scan_base *base = s->options->base;

	return base->nr_units &&
	       bsearch(&unit->id, base->units, base->nr_units, sizeof(*base->units), by_value);
}

static bool is_virtual(const char *path)
{
	return *path == '/';
}

/* Lists of paths in the making. */
struct paths {
	const char **list;
	uint32_t nr, cap;
};

static void add_path(struct paths *paths, const char *path)
{
	if (is_virtual(path))
		return;
	GCV_GROW(paths->list, paths->nr, paths->cap);
	paths->list[paths->nr++] = path;
}

/* Each unit names all that it read; a file is listed once. */
static void add_known(const struct gcv_scan_state *s, struct paths *known)
{
	const struct gcv_stored_units *stored = s->options->stored;
	GCV_AUTOFREE bool *is_there = gcv_zalloc((size_t)stored->nr_files + 1, sizeof(*is_there));
	uint32_t i, k;

	for (i = 0; i < stored->nr_units; i++)
		for (k = 0; is_in_base(s, &stored->units[i]) && k < stored->units[i].nr_files; k++)
			is_there[stored->units[i].files[k]] = true;
	for (i = 0; i < stored->nr_files; i++)
		if (is_there[i])
			add_path(known, stored->files[i].path);
}

void gcv_scan_base_walk(struct gcv_scan_state *s, const struct gcv_walk_options *options,
			struct gcv_walk *ret)
{
	const struct gcv_stored_units *stored = s->options->stored;
	const struct gcv_overlay *overlay = s->options->tree->overlay;
	const struct gcv_scan_base *base = s->options->base;
	struct paths read = { 0 }, known = { 0 };
	uint32_t i;

	for (i = 0; i < base->nr_files; i++)
		add_path(&read, base->files[i]);
	for (i = 0; i < stored->nr_units; i++)
		if (is_in_base(s, &stored->units[i]))
			add_path(&read, stored->files[stored->units[i].main].path);
	for (i = 0; overlay && i < overlay->nr_files; i++)
		add_path(&read, overlay->files[i].path);
	add_known(s, &known);
	gcv_walk_listed(s->options->tree, s->names,
			&(struct gcv_walk_list){ read.list, known.list, read.nr, known.nr },
			options, ret);
	free(read.list);
	free(known.list);
}

/* By file whether it stands in the overlay: each content of a path is a file of its own here. */
static bool *find_edited(const struct gcv_scan_state *s)
{
	const struct gcv_stored_units *stored = s->options->stored;
	bool *is_edited = gcv_zalloc((size_t)stored->nr_files + 1, sizeof(*is_edited));
	uint32_t i;

	for (i = 0; i < stored->nr_files; i++)
		is_edited[i] = gcv_overlay_find(s->options->tree->overlay, stored->files[i].path);
	return is_edited;
}

static bool reads_edited(const struct gcv_stored_unit *unit, const bool *is_edited)
{
	uint32_t i;

	for (i = 0; i < unit->nr_files; i++)
		if (is_edited[unit->files[i]])
			return true;
	return is_edited[unit->main];
}

void gcv_scan_base_prepare(struct gcv_scan_state *s)
{
	const struct gcv_stored_units *stored = s->options->stored;
	const struct gcv_overlay *overlay = s->options->tree->overlay;
	GCV_AUTOFREE bool *is_edited = find_edited(s);
	uint32_t i;

	for (i = 0; overlay && i < overlay->nr_files; i++)
		gcv_intern_add(&s->edited, overlay->files[i].path, strlen(overlay->files[i].path));
	for (i = 0; i < stored->nr_units; i++) {
		const struct gcv_stored_unit *unit = &stored->units[i];
		const char *main_path = stored->files[unit->main].path;

		if (is_in_base(s, unit) &&
		    (reads_edited(unit, is_edited) ||
		     (unit->pch != GCV_NONE && reads_edited(&stored->units[unit->pch], is_edited))))
			gcv_intern_add(&s->edited, main_path, strlen(main_path));
	}
	/* A main file is parsed in all of its configurations, or in none. */
	for (i = 0; i < stored->nr_units; i++)
		s->stored_valid[i] =
			is_in_base(s, &stored->units[i]) &&
			gcv_scan_base_leaves(s, stored->files[stored->units[i].main].path);
}

bool gcv_scan_base_leaves(const struct gcv_scan_state *s, const char *path)
{
	return s->options->base &&
	       gcv_intern_find(&s->edited, path, strlen(path)) == GCV_INTERN_NONE;
}

bool gcv_scan_base_leaves_kind(const struct gcv_scan_state *s, enum gcv_unit_kind kind)
{
	const struct gcv_stored_units *stored = s->options->stored;
	uint32_t i;

	if (!s->options->base)
		return false;
	for (i = 0; i < stored->nr_units; i++)
		if (stored->units[i].kind == kind && !s->stored_valid[i] &&
		    is_in_base(s, &stored->units[i]))
			return false;
	return true;
}
