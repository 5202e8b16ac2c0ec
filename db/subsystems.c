// SPDX-License-Identifier: GPL-2.0-only
#include "db/subsystems.h"

#include "db/handle.h"

#include <stdlib.h>
#include <string.h>

static enum gcv_status put_subsystem(struct gcv_db *db, int64_t snapshot, uint32_t nr,
				     const struct gcv_subsystem *subsystem, struct gcv_err *err)
{
	enum gcv_status st = GCV_RUN(db, GCV_STMT_SUBSYSTEM_ADD, err, GCV_INT(snapshot),
				     GCV_INT(nr), GCV_TEXT(subsystem->title),
				     GCV_OPTIONAL_TEXT(subsystem->status));
	uint32_t i;

	for (i = 0; st == GCV_OK && i < subsystem->nr_persons; i++)
		st = GCV_RUN(db, GCV_STMT_SUBSYSTEM_PERSON_ADD, err, GCV_INT(snapshot), GCV_INT(nr),
			     GCV_INT(i), GCV_TEXT(subsystem->persons[i].role),
			     GCV_TEXT(subsystem->persons[i].address));
	return st;
}

static enum gcv_status put_all(struct gcv_db *db, int64_t snapshot,
			       const struct gcv_subsystems *all, struct gcv_err *err)
{
	enum gcv_status st = GCV_RUN(db, GCV_STMT_SUBSYSTEM_CLEAR, err, GCV_INT(snapshot));
	uint32_t i;

	for (i = 0; st == GCV_OK && i < all->nr; i++)
		st = put_subsystem(db, snapshot, i, &all->subsystems[i], err);
	for (i = 0; st == GCV_OK && i < all->nr_files; i++)
		st = GCV_RUN(db, GCV_STMT_SUBSYSTEM_FILE_ADD, err, GCV_INT(snapshot),
			     GCV_TEXT(all->files[i].path), GCV_INT(all->files[i].subsystem));
	return st;
}

enum gcv_status gcv_db_subsystems_put(struct gcv_db *db, const char *label,
				      const struct gcv_subsystems *all, struct gcv_err *err)
{
	int64_t snapshot;
	enum gcv_status st = gcv_db_begin_snapshot(db, label, &snapshot, err);

	if (st != GCV_OK)
		return st;
	return gcv_db_end(db, put_all(db, snapshot, all, err), err);
}

/** struct reading - entries on their way out of the store; numbers of entries may have gaps */
struct reading {
	struct gcv_arena *arena;
	struct gcv_subsystem *subsystems;
	struct gcv_subsystem_person *persons;
	uint32_t *first_person, *numbers;
	struct gcv_subsystem_file *files;
	uint32_t nr, cap, cap_first, cap_numbers, nr_persons, cap_persons, nr_files, cap_files;
};

static const char *copy(struct reading *r, const struct gcv_row *row, int column)
{
	return gcv_arena_strdup(r->arena, gcv_row_text(row, column));
}

static enum gcv_status take_subsystem(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->subsystems, r->nr, r->cap);
	GCV_GROW(r->numbers, r->nr, r->cap_numbers);
	GCV_GROW(r->first_person, r->nr, r->cap_first);
	r->numbers[r->nr] = gcv_row_u32(row, 0);
	r->subsystems[r->nr++] =
		(struct gcv_subsystem){ .title = copy(r, row, 1), .status = copy(r, row, 2) };
	return GCV_OK;
}

/* Index of the entry of a number, or GCV_NONE. */
static uint32_t find_number(const struct reading *r, uint32_t number)
{
	uint32_t low = 0, high = r->nr;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (r->numbers[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->nr && r->numbers[low] == number ? low : GCV_NONE;
}

/* They come by entry. */
static enum gcv_status take_person(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	uint32_t at = find_number(r, gcv_row_u32(row, 0));

	(void)err;
	if (at == GCV_NONE)
		return GCV_OK;
	if (!r->subsystems[at].nr_persons++)
		r->first_person[at] = r->nr_persons;
	GCV_GROW(r->persons, r->nr_persons, r->cap_persons);
	r->persons[r->nr_persons++] =
		(struct gcv_subsystem_person){ copy(r, row, 1), copy(r, row, 2) };
	return GCV_OK;
}

static enum gcv_status take_file(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	uint32_t at = find_number(r, gcv_row_u32(row, 1));

	if (at == GCV_NONE)
		return gcv_err_set(err, GCV_ERR_FORMAT, "file %s is of no subsystem",
				   gcv_row_text(row, 0));
	GCV_GROW(r->files, r->nr_files, r->cap_files);
	r->files[r->nr_files++] = (struct gcv_subsystem_file){ copy(r, row, 0), at };
	return GCV_OK;
}

static void *to_arena(struct gcv_arena *arena, const void *array, size_t nr, size_t size_bytes)
{
	void *ret = gcv_arena_alloc(arena, (nr + 1) * size_bytes);

	if (nr)
		memcpy(ret, array, nr * size_bytes);
	return ret;
}

static void finish(struct reading *r, struct gcv_subsystems *ret)
{
	const struct gcv_subsystem_person *persons =
		to_arena(r->arena, r->persons, r->nr_persons, sizeof(*r->persons));
	uint32_t i;

	for (i = 0; i < r->nr; i++)
		if (r->subsystems[i].nr_persons)
			r->subsystems[i].persons = persons + r->first_person[i];
	*ret = (struct gcv_subsystems){
		.subsystems = to_arena(r->arena, r->subsystems, r->nr, sizeof(*r->subsystems)),
		.nr = r->nr,
		.files = to_arena(r->arena, r->files, r->nr_files, sizeof(*r->files)),
		.nr_files = r->nr_files,
	};
}

enum gcv_status gcv_db_subsystems(struct gcv_db *db, int64_t snapshot, struct gcv_arena *arena,
				  struct gcv_subsystems *ret, struct gcv_err *err)
{
	struct reading r = { .arena = arena };
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_SUBSYSTEMS, take_subsystem, &r, err, GCV_INT(snapshot));
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_SUBSYSTEM_PERSONS, take_person, &r, err,
			      GCV_INT(snapshot));
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_SUBSYSTEM_FILES, take_file, &r, err, GCV_INT(snapshot));
	if (st == GCV_OK)
		finish(&r, ret);
	free(r.subsystems);
	free(r.persons);
	free(r.first_person);
	free(r.numbers);
	free(r.files);
	return st;
}
