// SPDX-License-Identifier: GPL-2.0-only
#include "db/faults.h"

#include "db/handle.h"

#include <sqlite3.h>
#include <stdlib.h>

static enum gcv_status put_notes(struct gcv_db *db, int64_t set, uint32_t nr,
				 const struct gcv_result_fault *fault, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < fault->nr_notes && st == GCV_OK; i++) {
		const struct gcv_result_note *note = &fault->notes[i];

		st = GCV_RUN(db, GCV_STMT_FAULT_NOTE_ADD, err, GCV_INT(set), GCV_INT(nr),
			     GCV_INT(i), GCV_TEXT(note->file), GCV_INT(note->line),
			     GCV_INT(note->column), GCV_OPTIONAL_TEXT(note->function),
			     GCV_TEXT(note->text));
	}
	return st;
}

static enum gcv_status put_fault(struct gcv_db *db, int64_t set, uint32_t nr,
				 const struct gcv_result_fault *fault, struct gcv_err *err)
{
	struct gcv_value site = { .kind = GCV_VALUE_NULL };
	enum gcv_status st;

	if (fault->site != GCV_NONE)
		site = GCV_INT(fault->site);
	st = GCV_RUN(db, GCV_STMT_FAULT_ADD, err, GCV_INT(set), GCV_INT(nr), GCV_TEXT(fault->id),
		     GCV_TEXT(fault->check), GCV_TEXT(fault->severity), GCV_TEXT(fault->confidence),
		     site, GCV_OPTIONAL_TEXT(fault->api), GCV_TEXT(fault->file),
		     GCV_INT(fault->line), GCV_INT(fault->column),
		     GCV_OPTIONAL_TEXT(fault->function), GCV_TEXT(fault->text));
	return st == GCV_OK ? put_notes(db, set, nr, fault, err) : st;
}

static enum gcv_status put_all(struct gcv_db *db, int64_t snapshot,
			       const struct gcv_result_fault_set *set, struct gcv_err *err)
{
	struct gcv_value key = { .kind = GCV_VALUE_NULL };
	enum gcv_status st;
	int64_t id;
	uint32_t i;

	if (set->key)
		key = GCV_BLOB(set->key, GCV_RESULT_KEY_BYTES);
	st = GCV_RUN(db, GCV_STMT_FAULT_SET_DELETE, err, GCV_INT(snapshot));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_FAULT_SET_ADD, err, GCV_INT(snapshot), key);
	id = sqlite3_last_insert_rowid(db->conn);
	for (i = 0; i < set->nr_faults && st == GCV_OK; i++)
		st = put_fault(db, id, i, &set->faults[i], err);
	for (i = 0; i < set->nr_ignores && st == GCV_OK; i++) {
		const struct gcv_result_ignore *ignore = &set->ignores[i];

		st = GCV_RUN(db, GCV_STMT_FAULT_IGNORE_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(ignore->file), GCV_INT(ignore->line), GCV_INT(ignore->target),
			     GCV_TEXT(ignore->check), GCV_OPTIONAL_TEXT(ignore->reason));
	}
	return st;
}

enum gcv_status gcv_db_faults_put(struct gcv_db *db, const char *label,
				  const struct gcv_result_fault_set *set, struct gcv_err *err)
{
	int64_t snapshot;
	enum gcv_status st = gcv_db_begin_snapshot(db, label, &snapshot, err);

	if (st != GCV_OK)
		return st;
	return gcv_db_end(db, put_all(db, snapshot, set, err), err);
}

/**
 * struct reading - a reader at work
 * @db: the handle
 * @set: row of table fault_set, 0 for none
 * @fn: what is called back
 * @data: for that
 * @arena: owns the notes of the fault at hand
 * @notes: these notes
 * @nr_notes: how many
 * @cap_notes: room
 */
struct reading {
	struct gcv_db *db;
	int64_t set;
	union {
		gcv_fault_fn *fault;
		gcv_ignore_fn *ignore;
	} fn;
	void *data;
	struct gcv_arena arena;
	struct gcv_result_note *notes;
	uint32_t nr_notes, cap_notes;
};

static enum gcv_status find_set(struct reading *r, const char *label, struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row snapshot;
	enum gcv_status st = gcv_db_snapshot(r->db, label, &arena, &snapshot, err);

	gcv_arena_release(&arena);
	if (st != GCV_OK)
		return st;
	return GCV_LOOK_UP(r->db, GCV_STMT_FAULT_SET_FIND, &r->set, err, GCV_INT(snapshot.id));
}

static enum gcv_status take_note(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->notes, r->nr_notes, r->cap_notes);
	r->notes[r->nr_notes++] = (struct gcv_result_note){
		.file = gcv_arena_strdup(&r->arena, gcv_row_text(row, 0)),
		.line = gcv_row_u32(row, 1),
		.column = gcv_row_u32(row, 2),
		.function = gcv_arena_strdup(&r->arena, gcv_row_text(row, 3)),
		.text = gcv_arena_strdup(&r->arena, gcv_row_text(row, 4)),
	};
	return GCV_OK;
}

static enum gcv_status give_fault(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_result_fault fault = {
		.id = gcv_row_text(row, 1),
		.check = gcv_row_text(row, 2),
		.severity = gcv_row_text(row, 3),
		.confidence = gcv_row_text(row, 4),
		.site = gcv_row_is_null(row, 5) ? GCV_NONE : gcv_row_u32(row, 5),
		.site_id = gcv_row_text(row, 6),
		.api = gcv_row_text(row, 7),
		.file = gcv_row_text(row, 8),
		.line = gcv_row_u32(row, 9),
		.column = gcv_row_u32(row, 10),
		.function = gcv_row_text(row, 11),
		.text = gcv_row_text(row, 12),
	};
	enum gcv_status st;

	r->nr_notes = 0;
	st = GCV_EACH(r->db, GCV_STMT_FAULT_NOTES, take_note, r, err, GCV_INT(r->set),
		      GCV_INT(gcv_row_int(row, 0)));
	fault.notes = r->notes;
	fault.nr_notes = r->nr_notes;
	if (st == GCV_OK)
		st = r->fn.fault(r->data, &fault, err);
	gcv_arena_release(&r->arena);
	return st;
}

static enum gcv_status give_ignore(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	const struct reading *r = data;
	const struct gcv_result_ignore ignore = {
		.file = gcv_row_text(row, 0),
		.line = gcv_row_u32(row, 1),
		.target = gcv_row_u32(row, 2),
		.check = gcv_row_text(row, 3),
		.reason = gcv_row_text(row, 4),
	};

	return r->fn.ignore(r->data, &ignore, err);
}

/* The rows that @stmt has of the faults of a snapshot; none for a @fn of NULL. */
static enum gcv_status read_set(struct reading *r, const char *label, enum gcv_stmt stmt,
				gcv_row_fn *fn, struct gcv_err *err)
{
	enum gcv_status st;
	bool begun;

	st = gcv_db_begin_reading(r->db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = find_set(r, label, err);
	if (st == GCV_OK && fn)
		st = GCV_EACH(r->db, stmt, fn, r, err, GCV_INT(r->set));
	free(r->notes);
	return gcv_db_end_reading(r->db, begun, st, err);
}

enum gcv_status gcv_db_has_faults(struct gcv_db *db, const char *label, bool *ret,
				  struct gcv_err *err)
{
	struct reading r = { .db = db };
	enum gcv_status st = read_set(&r, label, GCV_STMT_FAULTS, NULL, err);

	if (st == GCV_OK)
		*ret = r.set;
	return st;
}

enum gcv_status gcv_db_faults(struct gcv_db *db, const char *label, gcv_fault_fn *fn, void *data,
			      struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.fault = fn, .data = data };

	return read_set(&r, label, GCV_STMT_FAULTS, give_fault, err);
}

enum gcv_status gcv_db_fault_ignores(struct gcv_db *db, const char *label, gcv_ignore_fn *fn,
				     void *data, struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.ignore = fn, .data = data };

	return read_set(&r, label, GCV_STMT_FAULT_IGNORES, give_ignore, err);
}

static enum gcv_status add_fault(void *data, const struct gcv_result_fault *fault,
				 struct gcv_err *err)
{
	(void)err;
	gcv_findings_add(data, fault);
	return GCV_OK;
}

static enum gcv_status add_ignore(void *data, const struct gcv_result_ignore *ignore,
				  struct gcv_err *err)
{
	(void)err;
	gcv_findings_add_ignore(data, ignore);
	return GCV_OK;
}

enum gcv_status gcv_db_findings(struct gcv_db *db, const char *label, struct gcv_findings *findings,
				bool *ret_checked, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_has_faults(db, label, ret_checked, err);

	if (st == GCV_OK)
		st = gcv_db_faults(db, label, add_fault, findings, err);
	if (st == GCV_OK)
		st = gcv_db_fault_ignores(db, label, add_ignore, findings, err);
	return st;
}
