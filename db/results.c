// SPDX-License-Identifier: GPL-2.0-only
#include "db/results.h"

#include "db/handle.h"

#include <stdlib.h>

enum gcv_status gcv_db_result_set(struct gcv_db *db, int64_t snapshot, const char *conversion,
				  int64_t *ret_set, struct gcv_err *err)
{
	return GCV_LOOK_UP(db, GCV_STMT_RESULT_SET_FIND, ret_set, err, GCV_INT(snapshot),
			   GCV_OPTIONAL_TEXT(conversion));
}

/** struct reading - the parts of a result on their way out of the store */
struct reading {
	struct gcv_arena *arena;
	struct gcv_result *result;
	struct gcv_result_reason *reasons;
	uint32_t *partners;
	const char **partner_ids;
	struct gcv_result_step *steps;
	uint32_t cap_reasons, cap_partners, cap_ids, nr_steps, cap_steps;
};

static const char *copy(struct reading *r, const struct gcv_row *row, int column)
{
	return gcv_arena_strdup(r->arena, gcv_row_text(row, column));
}

static enum gcv_status take_result(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	uint32_t pin_case = gcv_row_u32(row, 4);

	(void)err;
	r->result = gcv_arena_alloc(r->arena, sizeof(*r->result));
	*r->result = (struct gcv_result){
		.pattern = copy(r, row, 0),
		.verdict = copy(r, row, 1),
		.provenance = copy(r, row, 2),
		.dirty = copy(r, row, 3),
		.pin_case = pin_case <= 5 ? pin_case : 0,
		.conversion = copy(r, row, 6),
		.longterm = gcv_row_is_null(row, 5) ? GCV_LONGTERM_UNKNOWN
			    : gcv_row_int(row, 5)   ? GCV_LONGTERM_DUE
						    : GCV_LONGTERM_NO,
	};
	return GCV_OK;
}

static enum gcv_status take_reason(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->reasons, r->result->nr_reasons, r->cap_reasons);
	r->reasons[r->result->nr_reasons++] = (struct gcv_result_reason){
		.code = copy(r, row, 0),
		.text = copy(r, row, 1),
		.file = copy(r, row, 2),
		.line = gcv_row_u32(row, 3),
	};
	return GCV_OK;
}

static enum gcv_status take_partner(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	uint32_t nr = r->result->nr_partners++;

	(void)err;
	GCV_GROW(r->partners, nr, r->cap_partners);
	GCV_GROW(r->partner_ids, nr, r->cap_ids);
	r->partners[nr] = gcv_row_u32(row, 0);
	r->partner_ids[nr] = copy(r, row, 1);
	return GCV_OK;
}

static void *to_arena(struct gcv_arena *arena, void *array, size_t nr, size_t size_bytes)
{
	void *copy = gcv_arena_alloc(arena, nr * size_bytes);

	if (nr)
		memcpy(copy, array, nr * size_bytes);
	free(array);
	return copy;
}

enum gcv_status gcv_db_result_read(struct gcv_db *db, int64_t set, uint32_t site, bool has_partners,
				   struct gcv_arena *arena, struct gcv_result **ret_result,
				   struct gcv_err *err)
{
	const struct gcv_value values[] = { GCV_INT(set), GCV_INT(site) };
	struct reading r = { .arena = arena };
	struct gcv_result *result;
	enum gcv_status st;

	st = gcv_stmt_each(db, GCV_STMT_RESULT, take_result, &r, err, values, 2);
	result = r.result;
	if (st == GCV_OK && result)
		st = gcv_stmt_each(db, GCV_STMT_RESULT_REASONS, take_reason, &r, err, values, 2);
	if (st == GCV_OK && result && has_partners)
		st = gcv_stmt_each(db, GCV_STMT_RESULT_PARTNERS, take_partner, &r, err, values, 2);
	if (result) {
		result->site = site;
		result->reasons =
			to_arena(arena, r.reasons, result->nr_reasons, sizeof(*r.reasons));
		result->partners =
			to_arena(arena, r.partners, result->nr_partners, sizeof(*r.partners));
		result->partner_ids =
			to_arena(arena, r.partner_ids, result->nr_partners, sizeof(*r.partner_ids));
	}
	if (st == GCV_OK)
		*ret_result = result;
	return st;
}

/**
 * struct set_reading - a reader of a whole set at work
 * @db: the handle
 * @snapshot: the snapshot
 * @set: row of table result_set, 0 for none
 * @fn: what is called back
 * @data: for that
 */
struct set_reading {
	struct gcv_db *db;
	int64_t snapshot, set;
	union {
		gcv_result_fn *result;
		gcv_conversion_fn *conversion;
		gcv_result_file_fn *file;
	} fn;
	void *data;
};

static enum gcv_status find_set(struct set_reading *s, const char *label, const char *conversion,
				struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row snapshot;
	enum gcv_status st = gcv_db_snapshot(s->db, label, &arena, &snapshot, err);

	gcv_arena_release(&arena);
	if (st != GCV_OK)
		return st;
	s->snapshot = snapshot.id;
	return gcv_db_result_set(s->db, snapshot.id, conversion, &s->set, err);
}

enum gcv_status gcv_db_has_results(struct gcv_db *db, const char *label, const char *conversion,
				   bool *ret, struct gcv_err *err)
{
	struct set_reading s = { .db = db };
	enum gcv_status st;
	bool begun;

	st = gcv_db_begin_reading(db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = gcv_db_end_reading(db, begun, find_set(&s, label, conversion, err), err);
	if (st == GCV_OK)
		*ret = s.set != 0;
	return st;
}

/* Each row of a statement that asks by a number of @s which finding the set makes known. */
static enum gcv_status each_row(struct set_reading *s, const char *label, const char *conversion,
				enum gcv_stmt stmt, gcv_row_fn *give, const int64_t *of,
				struct gcv_err *err)
{
	enum gcv_status st;
	bool begun;

	st = gcv_db_begin_reading(s->db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = find_set(s, label, conversion, err);
	if (st == GCV_OK)
		st = GCV_EACH(s->db, stmt, give, s, err, GCV_INT(*of));
	return gcv_db_end_reading(s->db, begun, st, err);
}

static enum gcv_status give_result(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct set_reading *s = data;
	struct gcv_arena arena = { 0 };
	struct gcv_result *result = NULL;
	enum gcv_status st;

	st = gcv_db_result_read(s->db, s->set, gcv_row_u32(row, 0), true, &arena, &result, err);
	if (st == GCV_OK && result)
		st = s->fn.result(s->data, result, err);
	gcv_arena_release(&arena);
	return st;
}

enum gcv_status gcv_db_results(struct gcv_db *db, const char *label, const char *conversion,
			       gcv_result_fn *fn, void *data, struct gcv_err *err)
{
	struct set_reading s = { .db = db, .fn.result = fn, .data = data };

	return each_row(&s, label, conversion, GCV_STMT_RESULTS, give_result, &s.set, err);
}

/** struct key - where a key goes */
struct key {
	uint8_t *bytes;
	bool found;
};

static enum gcv_status take_key(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct key *key = data;

	(void)err;
	gcv_row_hash(row, 0, key->bytes);
	key->found = true;
	return GCV_OK;
}

enum gcv_status gcv_db_results_key(struct gcv_db *db, const char *label,
				   uint8_t ret_key[GCV_RESULT_KEY_BYTES], bool *ret_found,
				   struct gcv_err *err)
{
	struct key key = { .bytes = ret_key };
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_RESULT_SET_KEY, take_key, &key, err, GCV_TEXT(label));
	if (st == GCV_OK)
		*ret_found = key.found;
	return st;
}

static enum gcv_status give_conversion(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct set_reading *s = data;

	return s->fn.conversion(s->data, gcv_row_text(row, 0), err);
}

enum gcv_status gcv_db_conversions(struct gcv_db *db, const char *label, gcv_conversion_fn *fn,
				   void *data, struct gcv_err *err)
{
	struct set_reading s = { .db = db, .fn.conversion = fn, .data = data };

	return each_row(&s, label, NULL, GCV_STMT_CONVERSIONS, give_conversion, &s.snapshot, err);
}

static enum gcv_status give_file(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct set_reading *s = data;
	const struct gcv_result_file file = { gcv_row_text(row, 0), gcv_row_text(row, 1) };

	return s->fn.file(s->data, &file, err);
}

enum gcv_status gcv_db_result_files(struct gcv_db *db, const char *label, const char *conversion,
				    gcv_result_file_fn *fn, void *data, struct gcv_err *err)
{
	struct set_reading s = { .db = db, .fn.file = fn, .data = data };

	return each_row(&s, label, conversion, GCV_STMT_RESULT_FILES, give_file, &s.set, err);
}

/* The database is not trusted: a parent that does not come before its child is none. */
static enum gcv_status take_step(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	uint32_t nr = r->nr_steps++;
	int64_t parent = gcv_row_is_null(row, 0) ? -1 : gcv_row_int(row, 0);

	(void)err;
	GCV_GROW(r->steps, nr, r->cap_steps);
	r->steps[nr] = (struct gcv_result_step){
		.kind = copy(r, row, 1),
		.text = copy(r, row, 2),
		.file = copy(r, row, 3),
		.line = gcv_row_u32(row, 4),
		.function = copy(r, row, 5),
		.parent = parent >= 0 && parent < (int64_t)nr ? (uint32_t)parent : GCV_NONE,
	};
	return GCV_OK;
}

enum gcv_status gcv_db_result_steps(struct gcv_db *db, const char *label, const char *conversion,
				    uint32_t site, struct gcv_arena *arena,
				    struct gcv_result_step **ret_steps, uint32_t *ret_nr,
				    struct gcv_err *err)
{
	struct set_reading s = { .db = db };
	struct reading r = { .arena = arena };
	enum gcv_status st;
	bool begun;

	st = gcv_db_begin_reading(db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = find_set(&s, label, conversion, err);
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_RESULT_STEPS, take_step, &r, err, GCV_INT(s.set),
			      GCV_INT(site));
	st = gcv_db_end_reading(db, begun, st, err);
	r.steps = to_arena(arena, r.steps, r.nr_steps, sizeof(*r.steps));
	if (st == GCV_OK) {
		*ret_steps = r.steps;
		*ret_nr = r.nr_steps;
	}
	return st;
}

/**
 * struct all_steps - the steps of all sites on their way, one site after the other
 * @r: those of the site that is read; its arena is freed with each site
 * @arena: owns them
 * @site: number of that site
 * @id: its id
 * @fn: what is called back
 * @data: for that
 */
struct all_steps {
	struct reading r;
	struct gcv_arena arena;
	uint32_t site;
	const char *id;
	gcv_steps_fn *fn;
	void *data;
};

static enum gcv_status give_steps(struct all_steps *all, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (all->r.nr_steps)
		st = all->fn(all->data, all->site, all->id, all->r.steps, all->r.nr_steps, err);
	all->r.nr_steps = 0;
	gcv_arena_clear(&all->arena);
	return st;
}

static enum gcv_status take_any_step(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct all_steps *all = data;
	uint32_t site = gcv_row_u32(row, 6);
	enum gcv_status st = GCV_OK;

	if (site != all->site)
		st = give_steps(all, err);
	if (st != GCV_OK)
		return st;
	all->site = site;
	if (!all->r.nr_steps)
		all->id = copy(&all->r, row, 7);
	return take_step(&all->r, row, err);
}

enum gcv_status gcv_db_all_steps(struct gcv_db *db, const char *label, const char *conversion,
				 gcv_steps_fn *fn, void *data, struct gcv_err *err)
{
	struct set_reading s = { .db = db };
	struct all_steps all = { .fn = fn, .data = data };
	enum gcv_status st;
	bool begun;

	st = gcv_db_begin_reading(db, &begun, err);
	if (st != GCV_OK)
		return st;
	all.r.arena = &all.arena;
	st = find_set(&s, label, conversion, err);
	if (st == GCV_OK)
		st = GCV_EACH(db, GCV_STMT_RESULT_ALL_STEPS, take_any_step, &all, err,
			      GCV_INT(s.snapshot), GCV_INT(s.set));
	if (st == GCV_OK)
		st = give_steps(&all, err);
	gcv_arena_release(&all.arena);
	free(all.r.steps);
	return gcv_db_end_reading(db, begun, st, err);
}
