// SPDX-License-Identifier: GPL-2.0-only
#include "db/series.h"

#include "db/handle.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static enum gcv_status put_names(struct gcv_db *db, enum gcv_stmt stmt, int64_t series,
				 uint32_t number, const char *const *names, uint32_t nr,
				 struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; st == GCV_OK && i < nr; i++)
		st = GCV_RUN(db, stmt, err, GCV_INT(series), GCV_INT(number), GCV_TEXT(names[i]));
	return st;
}

static enum gcv_status put_patch(struct gcv_db *db, int64_t series, uint32_t number,
				 const struct gcv_series_record_patch *patch, struct gcv_err *err)
{
	enum gcv_status st = GCV_RUN(db, GCV_STMT_SERIES_PATCH_ADD, err, GCV_INT(series),
				     GCV_INT(number), GCV_TEXT(patch->name),
				     GCV_TEXT(patch->subject),
				     GCV_BLOB(patch->hash.b, sizeof(patch->hash.b)));

	if (st == GCV_OK)
		st = put_names(db, GCV_STMT_SERIES_FILE_ADD, series, number, patch->files,
			       patch->nr_files, err);
	if (st == GCV_OK)
		st = put_names(db, GCV_STMT_SERIES_SITE_ADD, series, number, patch->sites,
			       patch->nr_sites, err);
	if (st == GCV_OK)
		st = put_names(db, GCV_STMT_SERIES_TAG_ADD, series, number, patch->tags,
			       patch->nr_tags, err);
	return st;
}

static const struct gcv_series_record_patch *same_patch(const struct gcv_series_record *record,
							const struct gcv_series_record_patch *as)
{
	uint32_t i;

	for (i = 0; i < record->nr_patches; i++)
		if (strcmp(record->patches[i].name, as->name) == 0 &&
		    gcv_hash_equal(&record->patches[i].hash, &as->hash))
			return &record->patches[i];
	return NULL;
}

static enum gcv_status put_all(struct gcv_db *db, const struct gcv_series_record *record,
			       struct gcv_err *err)
{
	struct gcv_series_record old = { 0 };
	struct gcv_arena arena = { 0 };
	enum gcv_status st;
	int64_t series;
	uint32_t i;
	bool found;

	st = gcv_db_series_get(db, record->conversion, record->scope, record->version, &arena, &old,
			       &found, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SERIES_DELETE, err, GCV_TEXT(record->conversion),
			     GCV_TEXT(record->scope), GCV_INT(record->version));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_SERIES_ADD, err, GCV_TEXT(record->conversion),
			     GCV_TEXT(record->scope), GCV_INT(record->version),
			     GCV_TEXT(record->kernel));
	series = sqlite3_last_insert_rowid(db->conn);
	for (i = 0; st == GCV_OK && i < record->nr_patches; i++) {
		struct gcv_series_record_patch patch = record->patches[i];
		const struct gcv_series_record_patch *before = same_patch(&old, &patch);

		if (before && !patch.nr_tags) {
			patch.tags = before->tags;
			patch.nr_tags = before->nr_tags;
		}
		st = put_patch(db, series, i + 1, &patch, err);
	}
	gcv_arena_release(&arena);
	return st;
}

enum gcv_status gcv_db_series_put(struct gcv_db *db, const struct gcv_series_record *record,
				  struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);

	if (st != GCV_OK)
		return st;
	return gcv_db_end(db, put_all(db, record, err), err);
}

/** struct patches - patches as they are read */
struct patches {
	struct gcv_arena *arena;
	struct gcv_series_record_patch *list;
	uint32_t nr, cap;
};

static enum gcv_status take_patch(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct patches *p = data;
	struct gcv_series_record_patch *patch;

	(void)err;
	GCV_GROW(p->list, p->nr, p->cap);
	patch = &p->list[p->nr++];
	*patch = (struct gcv_series_record_patch){
		.name = gcv_arena_strdup(p->arena, gcv_row_text(row, 0)),
		.subject = gcv_arena_strdup(p->arena, gcv_row_text(row, 1)),
	};
	gcv_row_hash(row, 2, patch->hash.b);
	return GCV_OK;
}

/** struct names - texts as they are read */
struct names {
	struct gcv_arena *arena;
	const char **list;
	uint32_t nr, cap;
};

static enum gcv_status take_name(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct names *n = data;

	(void)err;
	GCV_GROW(n->list, n->nr, n->cap);
	n->list[n->nr++] = gcv_arena_strdup(n->arena, gcv_row_text(row, 0));
	return GCV_OK;
}

static enum gcv_status read_names(struct gcv_db *db, enum gcv_stmt stmt, int64_t series,
				  uint32_t number, struct gcv_arena *arena, const char *const **ret,
				  uint32_t *ret_nr, struct gcv_err *err)
{
	struct names names = { .arena = arena };
	enum gcv_status st =
		GCV_EACH(db, stmt, take_name, &names, err, GCV_INT(series), GCV_INT(number));
	const char **copy = gcv_arena_alloc(arena, sizeof(*copy) * (names.nr + 1));

	if (names.nr)
		memcpy(copy, names.list, sizeof(*copy) * names.nr);
	*ret = copy;
	*ret_nr = names.nr;
	free(names.list);
	return st;
}

static enum gcv_status read_patches(struct gcv_db *db, int64_t series, struct gcv_arena *arena,
				    struct gcv_series_record *ret, struct gcv_err *err)
{
	struct patches p = { .arena = arena };
	struct gcv_series_record_patch *copy;
	enum gcv_status st =
		GCV_EACH(db, GCV_STMT_SERIES_PATCHES, take_patch, &p, err, GCV_INT(series));
	uint32_t i;

	for (i = 0; st == GCV_OK && i < p.nr; i++) {
		struct gcv_series_record_patch *to = &p.list[i];

		st = read_names(db, GCV_STMT_SERIES_FILES, series, i + 1, arena, &to->files,
				&to->nr_files, err);
		if (st == GCV_OK)
			st = read_names(db, GCV_STMT_SERIES_SITES, series, i + 1, arena, &to->sites,
					&to->nr_sites, err);
		if (st == GCV_OK)
			st = read_names(db, GCV_STMT_SERIES_TAGS, series, i + 1, arena, &to->tags,
					&to->nr_tags, err);
	}
	copy = gcv_arena_alloc(arena, sizeof(*copy) * (p.nr + 1));
	if (p.nr)
		memcpy(copy, p.list, sizeof(*copy) * p.nr);
	ret->patches = copy;
	ret->nr_patches = p.nr;
	free(p.list);
	return st;
}

enum gcv_status gcv_db_series_get(struct gcv_db *db, const char *conversion, const char *scope,
				  uint32_t version, struct gcv_arena *arena,
				  struct gcv_series_record *ret, bool *ret_found,
				  struct gcv_err *err)
{
	struct gcv_series_record record = { .version = version, .kernel = "" };
	int64_t series = 0;
	enum gcv_status st = GCV_LOOK_UP(db, GCV_STMT_SERIES_BY_VERSION, &series, err,
					 GCV_TEXT(conversion), GCV_TEXT(scope), GCV_INT(version));

	*ret_found = series != 0;
	if (st != GCV_OK || !series)
		return st;
	record.conversion = gcv_arena_strdup(arena, conversion);
	record.scope = gcv_arena_strdup(arena, scope);
	st = read_patches(db, series, arena, &record, err);
	if (st == GCV_OK)
		*ret = record;
	return st;
}

/** struct all - series as they are read */
struct all {
	struct gcv_arena *arena;
	struct gcv_series_record *list;
	uint32_t nr, cap;
};

static enum gcv_status take_series(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct all *all = data;

	(void)err;
	GCV_GROW(all->list, all->nr, all->cap);
	all->list[all->nr++] = (struct gcv_series_record){
		.conversion = gcv_arena_strdup(all->arena, gcv_row_text(row, 0)),
		.scope = gcv_arena_strdup(all->arena, gcv_row_text(row, 1)),
		.version = gcv_row_u32(row, 2),
		.kernel = gcv_arena_strdup(all->arena, gcv_row_text(row, 3)),
	};
	return GCV_OK;
}

enum gcv_status gcv_db_series_all(struct gcv_db *db, struct gcv_arena *arena,
				  const struct gcv_series_record **ret, uint32_t *ret_nr,
				  struct gcv_err *err)
{
	struct all all = { .arena = arena };
	enum gcv_status st =
		gcv_stmt_each(db, GCV_STMT_SERIES_ALL, take_series, &all, err, NULL, 0);
	struct gcv_series_record *copy;
	uint32_t i;
	bool found;

	copy = gcv_arena_alloc(arena, sizeof(*copy) * (all.nr + 1));
	for (i = 0; st == GCV_OK && i < all.nr; i++) {
		const char *kernel = all.list[i].kernel;

		st = gcv_db_series_get(db, all.list[i].conversion, all.list[i].scope,
				       all.list[i].version, arena, &copy[i], &found, err);
		if (st == GCV_OK)
			copy[i].kernel = kernel;
	}
	if (st == GCV_OK) {
		*ret = copy;
		*ret_nr = all.nr;
	}
	free(all.list);
	return st;
}
