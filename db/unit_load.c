// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <stdlib.h>
#include <string.h>

/* Rows that are read into arrays that grow; the arrays move into the arena in the end. */
static void *keep(struct gcv_arena *arena, void *array, size_t nr, size_t size_bytes)
{
	void *copy = gcv_arena_alloc(arena, nr * size_bytes);

	if (nr)
		memcpy(copy, array, nr * size_bytes);
	free(array);
	return copy;
}

/** struct id_index - which index stands for an id */
struct id_index {
	int64_t id;
	uint32_t index;
};

static int compare_ids(const void *a, const void *b)
{
	int64_t x = ((const struct id_index *)a)->id, y = ((const struct id_index *)b)->id;

	return (x > y) - (x < y);
}

static uint32_t index_of(const struct id_index *list, uint32_t nr, int64_t id)
{
	struct id_index key = { .id = id };
	struct id_index *hit = nr ? bsearch(&key, list, nr, sizeof(key), compare_ids) : NULL;

	return hit ? hit->index : GCV_NONE;
}

/** struct load - all units on their way out of the store */
struct load {
	const struct gcv_db *db;
	struct gcv_arena *arena;
	struct gcv_stored_file *files;
	struct id_index *file_ids;
	struct gcv_stored_unit *units;
	struct id_index *unit_ids;
	int64_t *pchs;
	uint32_t nr_files, cap_files, cap_file_ids;
	uint32_t nr_units, cap_units, cap_unit_ids, cap_pchs;
	uint32_t *read;
	uint32_t nr_read, cap_read;
	uint32_t current;
	uint64_t *headers;
	uint32_t nr_headers;
};

static enum gcv_status load_file(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct load *load = data;
	struct gcv_stored_file *file;

	(void)err;
	GCV_GROW(load->files, load->nr_files, load->cap_files);
	GCV_GROW(load->file_ids, load->nr_files, load->cap_file_ids);
	file = &load->files[load->nr_files];
	file->path = gcv_arena_strdup(load->arena, gcv_row_text(row, 1));
	gcv_row_hash(row, 2, file->hash);
	load->file_ids[load->nr_files] =
		(struct id_index){ .id = gcv_row_int(row, 0), .index = load->nr_files };
	load->nr_files++;
	return GCV_OK;
}

static enum gcv_status load_unit(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct load *load = data;
	struct gcv_stored_unit unit = {
		.id = gcv_row_int(row, 0),
		.kind = gcv_unit_kind_parse(gcv_row_text(row, 1)),
		.main = index_of(load->file_ids, load->nr_files, gcv_row_int(row, 2)),
		.config = gcv_arena_strdup(load->arena, gcv_row_text(row, 3)),
		.status = gcv_unit_status_parse(gcv_row_text(row, 6)),
		.cause = gcv_arena_strdup(load->arena, gcv_row_text(row, 7)),
		.nr_errors_main = gcv_row_u32(row, 8),
		.tool = gcv_arena_strdup(load->arena, gcv_row_text(row, 9)),
		.is_current = gcv_row_int(row, 10) == GCV_FACTS_CONTENT,
		.missed = gcv_arena_strdup(load->arena, gcv_row_text(row, 11)),
	};

	(void)err;
	/* Without a main file the unit cannot be valid for anything. */
	if (unit.main == GCV_NONE)
		return GCV_OK;
	gcv_row_hash(row, 4, unit.env);
	GCV_GROW(load->units, load->nr_units, load->cap_units);
	GCV_GROW(load->unit_ids, load->nr_units, load->cap_unit_ids);
	GCV_GROW(load->pchs, load->nr_units, load->cap_pchs);
	load->units[load->nr_units] = unit;
	load->unit_ids[load->nr_units] =
		(struct id_index){ .id = unit.id, .index = load->nr_units };
	load->pchs[load->nr_units] = gcv_row_int(row, 5);
	load->nr_units++;
	return GCV_OK;
}

static void finish_files(struct load *load)
{
	if (load->current != GCV_NONE) {
		struct gcv_stored_unit *unit = &load->units[load->current];

		unit->nr_files = load->nr_read;
		unit->files = gcv_arena_alloc(load->arena, sizeof(*unit->files) * load->nr_read);
		memcpy(unit->files, load->read, sizeof(*unit->files) * load->nr_read);
	}
	load->nr_read = 0;
}

static enum gcv_status load_unit_file(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct load *load = data;
	uint32_t unit = index_of(load->unit_ids, load->nr_units, gcv_row_int(row, 0));
	uint32_t file = index_of(load->file_ids, load->nr_files, gcv_row_int(row, 1));

	if (unit == GCV_NONE)
		return GCV_OK;
	if (file == GCV_NONE)
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "%s is damaged: a unit reads a file that is not there",
				   load->db->path);
	if (unit != load->current) {
		finish_files(load);
		load->current = unit;
	}
	GCV_GROW(load->read, load->nr_read, load->cap_read);
	load->read[load->nr_read++] = file;
	return GCV_OK;
}

static enum gcv_status load_headers(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct load *load = data;
	size_t len;
	const uint8_t *bytes = gcv_row_blob(row, 0, &len);
	size_t i;

	(void)err;
	load->nr_headers = (uint32_t)(len / 8);
	load->headers = gcv_arena_alloc(load->arena, len);
	for (i = 0; i < load->nr_headers * (size_t)8; i++)
		load->headers[i / 8] |= (uint64_t)bytes[i] << (i % 8 * 8);
	return GCV_OK;
}

static enum gcv_status load_all(struct gcv_db *db, struct load *load, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_flush(db, err);
	uint32_t i;

	if (st == GCV_OK)
		st = gcv_db_exec(db, "BEGIN", err);
	if (st != GCV_OK)
		return st;
	st = GCV_EACH(db, GCV_STMT_LOAD_FILES, load_file, load, err);
	if (st == GCV_OK && load->nr_files)
		qsort(load->file_ids, load->nr_files, sizeof(*load->file_ids), compare_ids);
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_UNITS, load_unit, load, err);
	for (i = 0; i < load->nr_units; i++)
		load->units[i].pch = index_of(load->unit_ids, load->nr_units, load->pchs[i]);
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_UNIT_FILES, load_unit_file, load, err);
	if (st == GCV_OK)
		finish_files(load);
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_HEADERS, load_headers, load, err);
	return gcv_db_end(db, st, err);
}

enum gcv_status gcv_db_load_units(struct gcv_db *db, struct gcv_arena *arena,
				  struct gcv_stored_units *ret_units, struct gcv_err *err)
{
	struct load load = { .db = db, .arena = arena, .current = GCV_NONE };
	enum gcv_status st = load_all(db, &load, err);

	if (st == GCV_OK) {
		ret_units->nr_files = load.nr_files;
		ret_units->nr_units = load.nr_units;
		ret_units->headers = load.headers;
		ret_units->nr_headers = load.nr_headers;
		ret_units->files = keep(arena, load.files, load.nr_files, sizeof(*load.files));
		ret_units->units = keep(arena, load.units, load.nr_units, sizeof(*load.units));
	} else {
		free(load.files);
		free(load.units);
	}
	free(load.file_ids);
	free(load.unit_ids);
	free(load.pchs);
	free(load.read);
	return st;
}

/** struct unit_load - one unit's rows on their way out, with the files that they refer to */
struct unit_load {
	const struct gcv_db *db;
	struct gcv_arena *arena;
	struct gcv_intern file_ids;
	struct gcv_stored_file *files;
	struct gcv_fact_seen *seen;
	struct gcv_fact_skip *skips;
	struct gcv_stored_call *calls;
	struct gcv_fact_decl *decls;
	uint32_t nr_files, cap_files, nr_seen, cap_seen, nr_skips, cap_skips, nr_calls, cap_calls;
	uint32_t nr_decls, cap_decls;
};

/* Index of the file whose id, path and hash stand in the row from @column on. */
static uint32_t file_at(struct unit_load *load, const struct gcv_row *row, int column)
{
	int64_t id = gcv_row_int(row, column);
	uint32_t index = gcv_intern_add(&load->file_ids, (const char *)&id, sizeof(id));

	if (index == load->nr_files) {
		struct gcv_stored_file *file;

		GCV_GROW(load->files, load->nr_files, load->cap_files);
		file = &load->files[load->nr_files++];
		file->path = gcv_arena_strdup(load->arena, gcv_row_text(row, column + 1));
		gcv_row_hash(row, column + 2, file->hash);
	}
	return index;
}

static enum gcv_status load_seen(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unit_load *load = data;
	int64_t kind = gcv_row_int(row, 4);

	if (kind < GCV_SEEN_CALL || kind > GCV_SEEN_OTHER)
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "%s is damaged: unknown kind %lld of a name seen",
				   load->db->path, (long long)kind);
	GCV_GROW(load->seen, load->nr_seen, load->cap_seen);
	load->seen[load->nr_seen++] = (struct gcv_fact_seen){
		.file = file_at(load, row, 0),
		.offset = gcv_row_u32(row, 3),
		.kind = (enum gcv_seen_kind)kind,
	};
	return GCV_OK;
}

static enum gcv_status load_skip(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unit_load *load = data;

	(void)err;
	GCV_GROW(load->skips, load->nr_skips, load->cap_skips);
	load->skips[load->nr_skips++] = (struct gcv_fact_skip){
		.file = file_at(load, row, 0),
		.begin = gcv_row_u32(row, 3),
		.end = gcv_row_u32(row, 4),
	};
	return GCV_OK;
}

static enum gcv_status load_call(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unit_load *load = data;

	(void)err;
	GCV_GROW(load->calls, load->nr_calls, load->cap_calls);
	load->calls[load->nr_calls++] = (struct gcv_stored_call){
		.file = file_at(load, row, 0),
		.name_offset = gcv_row_u32(row, 3),
		.callee = gcv_arena_strdup(load->arena, gcv_row_text(row, 4)),
		.macro_file = gcv_row_int(row, 5) ? file_at(load, row, 5) : GCV_NONE,
		.macro_offset = gcv_row_u32(row, 8),
	};
	return GCV_OK;
}

enum gcv_status gcv_db_unit_seen(struct gcv_db *db, int64_t unit, struct gcv_arena *arena,
				 struct gcv_stored_seen *ret_seen, struct gcv_err *err)
{
	struct unit_load load = { .db = db, .arena = arena };
	struct gcv_stored_seen seen;
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_LOAD_SEEN, load_seen, &load, err, GCV_INT(unit));
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_SKIPS, load_skip, &load, err, GCV_INT(unit));
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_CALLS, load_call, &load, err, GCV_INT(unit));
	seen = (struct gcv_stored_seen){
		.files = keep(arena, load.files, load.nr_files, sizeof(*load.files)),
		.seen = keep(arena, load.seen, load.nr_seen, sizeof(*load.seen)),
		.skips = keep(arena, load.skips, load.nr_skips, sizeof(*load.skips)),
		.calls = keep(arena, load.calls, load.nr_calls, sizeof(*load.calls)),
		.nr_files = load.nr_files,
		.nr_seen = load.nr_seen,
		.nr_skips = load.nr_skips,
		.nr_calls = load.nr_calls,
	};
	gcv_intern_release(&load.file_ids);
	if (st == GCV_OK)
		*ret_seen = seen;
	return st;
}

static enum gcv_status load_decl(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unit_load *load = data;

	(void)err;
	GCV_GROW(load->decls, load->nr_decls, load->cap_decls);
	load->decls[load->nr_decls++] = (struct gcv_fact_decl){
		.file = file_at(load, row, 0),
		.name = gcv_arena_strdup(load->arena, gcv_row_text(row, 3)),
		.line = gcv_row_u32(row, 4),
		.type = gcv_arena_strdup(load->arena, gcv_row_text(row, 5)),
		.result = gcv_arena_strdup(load->arena, gcv_row_text(row, 6)),
		.is_macro = gcv_row_int(row, 7),
		.is_enum = gcv_row_int(row, 8),
		.value = gcv_row_int(row, 9),
	};
	return GCV_OK;
}

/** struct params - parameters of one declaration after the other */
struct params {
	struct unit_load *load;
	const char **names, **types;
	int64_t decl;
	uint32_t nr, cap_names, cap_types;
};

static void finish_params(struct params *p)
{
	struct gcv_fact_decl *decl;

	if (p->nr && p->decl >= 0 && p->decl < p->load->nr_decls) {
		decl = &p->load->decls[p->decl];
		decl->nr_params = p->nr;
		decl->param_names = gcv_arena_alloc(p->load->arena, sizeof(char *) * p->nr);
		decl->param_types = gcv_arena_alloc(p->load->arena, sizeof(char *) * p->nr);
		memcpy(decl->param_names, p->names, sizeof(char *) * p->nr);
		memcpy(decl->param_types, p->types, sizeof(char *) * p->nr);
	}
	p->nr = 0;
}

static enum gcv_status load_param(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct params *p = data;

	(void)err;
	if (gcv_row_int(row, 0) != p->decl)
		finish_params(p);
	p->decl = gcv_row_int(row, 0);
	GCV_GROW(p->names, p->nr, p->cap_names);
	GCV_GROW(p->types, p->nr, p->cap_types);
	p->names[p->nr] = gcv_arena_strdup(p->load->arena, gcv_row_text(row, 1));
	p->types[p->nr++] = gcv_arena_strdup(p->load->arena, gcv_row_text(row, 2));
	return GCV_OK;
}

static struct gcv_fact_file *fact_files(const struct unit_load *load)
{
	struct gcv_fact_file *files = gcv_arena_alloc(load->arena, sizeof(*files) * load->nr_files);
	uint32_t i;

	for (i = 0; i < load->nr_files; i++) {
		files[i].path = load->files[i].path;
		memcpy(files[i].hash, load->files[i].hash, sizeof(files[i].hash));
	}
	return files;
}

enum gcv_status gcv_db_unit_decls(struct gcv_db *db, int64_t unit, struct gcv_arena *arena,
				  struct gcv_facts *ret_facts, struct gcv_err *err)
{
	struct unit_load load = { .db = db, .arena = arena };
	struct params params = { .load = &load, .decl = -1 };
	struct gcv_facts facts = { 0 };
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_LOAD_DECLS, load_decl, &load, err, GCV_INT(unit));
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_LOAD_PARAMS, load_param, &params, err, GCV_INT(unit));
	if (st == GCV_OK)
		finish_params(&params);
	facts.files = fact_files(&load);
	facts.nr_files = load.nr_files;
	facts.decls = keep(arena, load.decls, load.nr_decls, sizeof(*load.decls));
	facts.nr_decls = load.nr_decls;
	free(load.files);
	free(params.names);
	free(params.types);
	gcv_intern_release(&load.file_ids);
	if (st == GCV_OK)
		*ret_facts = facts;
	return st;
}
