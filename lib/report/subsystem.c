// SPDX-License-Identifier: GPL-2.0-only
#include "report/subsystem.h"

#include <stdlib.h>
#include <string.h>

/** struct belongs - a file and the entry of MAINTAINERS that it belongs to, while they are gathered
 */
struct belongs {
	const char *path;
	const struct gcv_maintainers_entry *entry;
};

static const char *role_of(char letter)
{
	switch (letter) {
	case 'M':
		return "maintainer";
	case 'R':
		return "reviewer";
	case 'L':
		return "list";
	default:
		return NULL;
	}
}

static void copy_entry(const struct gcv_maintainers_entry *entry, struct gcv_arena *arena,
		       struct gcv_subsystem *ret)
{
	struct gcv_subsystem_person *persons =
		gcv_arena_alloc(arena, sizeof(*persons) * (entry->nr_fields + 1));
	size_t i;

	*ret = (struct gcv_subsystem){ .title = gcv_arena_strdup(arena, entry->title),
				       .status = "",
				       .persons = persons };
	for (i = 0; i < entry->nr_fields; i++) {
		const struct gcv_maintainers_field *field = &entry->fields[i];
		const char *role = role_of(field->letter);

		if (role)
			persons[ret->nr_persons++] = (struct gcv_subsystem_person){
				role, gcv_arena_strdup(arena, field->value)
			};
		else if (field->letter == 'S' && !*ret->status)
			ret->status = gcv_arena_strdup(arena, field->value);
	}
}

/* Entries of the same title are told apart by where they stand. */
static int by_title(const void *a, const void *b)
{
	const struct gcv_maintainers_entry *x = *(const struct gcv_maintainers_entry *const *)a;
	const struct gcv_maintainers_entry *y = *(const struct gcv_maintainers_entry *const *)b;
	int order = strcmp(x->title, y->title);

	if (order)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

static uint32_t index_of(const struct gcv_maintainers_entry *const *entries, uint32_t nr,
			 const struct gcv_maintainers_entry *entry)
{
	const struct gcv_maintainers_entry *const *at = bsearch(
		&entry, entries, nr, sizeof(const struct gcv_maintainers_entry *), by_title);

	return (uint32_t)(at - entries);
}

/* Sort the entries and drop those that are there already. */
static uint32_t keep_once(const struct gcv_maintainers_entry **entries, uint32_t nr)
{
	uint32_t i, kept = 0;

	if (nr)
		qsort(entries, nr, sizeof(const struct gcv_maintainers_entry *), by_title);
	for (i = 0; i < nr; i++)
		if (!kept || entries[kept - 1] != entries[i])
			entries[kept++] = entries[i];
	return kept;
}

void gcv_subsystems_of(const struct gcv_maintainers *maintainers, const char *const *paths,
		       uint32_t nr_paths, struct gcv_arena *arena, struct gcv_subsystems *ret)
{
	GCV_AUTOFREE struct belongs *belong = gcv_zalloc(nr_paths + 1, sizeof(*belong));
	GCV_AUTOFREE const struct gcv_maintainers_entry **entries =
		gcv_zalloc(nr_paths + 1, sizeof(*entries));
	struct gcv_subsystem_file *files;
	struct gcv_subsystem *subsystems;
	uint32_t nr = 0, nr_entries, i;

	for (i = 0; i < nr_paths; i++) {
		const struct gcv_maintainers_entry *entry =
			gcv_maintainers_subsystem(maintainers, paths[i]);

		if (!entry)
			continue;
		belong[nr] = (struct belongs){ paths[i], entry };
		entries[nr++] = entry;
	}
	nr_entries = keep_once(entries, nr);
	subsystems = gcv_arena_alloc(arena, sizeof(*subsystems) * (nr_entries + 1));
	files = gcv_arena_alloc(arena, sizeof(*files) * (nr + 1));
	for (i = 0; i < nr_entries; i++)
		copy_entry(entries[i], arena, &subsystems[i]);
	for (i = 0; i < nr; i++)
		files[i] = (struct gcv_subsystem_file){
			gcv_arena_strdup(arena, belong[i].path),
			index_of(entries, nr_entries, belong[i].entry),
		};
	*ret = (struct gcv_subsystems){
		.subsystems = subsystems, .nr = nr_entries, .files = files, .nr_files = nr
	};
}

static int by_path(const void *key, const void *element)
{
	return strcmp(key, ((const struct gcv_subsystem_file *)element)->path);
}

const struct gcv_subsystem *gcv_subsystems_find(const struct gcv_subsystems *all, const char *path)
{
	const struct gcv_subsystem_file *file = NULL;

	if (all->nr_files)
		file = bsearch(path, all->files, all->nr_files, sizeof(*all->files), by_path);
	return file ? &all->subsystems[file->subsystem] : NULL;
}

bool gcv_subsystem_has_person(const struct gcv_subsystem *subsystem, const char *text)
{
	uint32_t i;

	for (i = 0; subsystem && i < subsystem->nr_persons; i++)
		if (strcasestr(subsystem->persons[i].address, text))
			return true;
	return false;
}
