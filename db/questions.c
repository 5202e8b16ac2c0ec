// SPDX-License-Identifier: GPL-2.0-only
#include "db/questions.h"

#include "db/handle.h"

#include <sqlite3.h>
#include <stdlib.h>

/** struct reading - an answer on its way out of the store */
struct reading {
	struct gcv_arena *arena;
	struct gcv_flow_demand *demands;
	uint32_t nr, cap;
};

static const char *optional(const struct reading *r, const struct gcv_row *row, int column)
{
	return gcv_row_is_null(row, column) ? NULL
					    : gcv_arena_strdup(r->arena, gcv_row_text(row, column));
}

static enum gcv_status take_name(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->demands, r->nr, r->cap);
	r->demands[r->nr++] = (struct gcv_flow_demand){
		.name = gcv_arena_strdup(r->arena, gcv_row_text(row, 0)),
		.reason = gcv_arena_strdup(r->arena, gcv_row_text(row, 1)),
		.is_definition = gcv_row_int(row, 2),
		.folders = optional(r, row, 3),
		.beside = optional(r, row, 4),
	};
	return GCV_OK;
}

enum gcv_status gcv_db_question(struct gcv_db *db, const struct gcv_hash *key,
				struct gcv_arena *arena, struct gcv_db_question *ret,
				bool *ret_found, struct gcv_err *err)
{
	struct reading r = { .arena = arena };
	struct gcv_flow_demand *demands;
	int64_t question;
	enum gcv_status st =
		GCV_LOOK_UP(db, GCV_STMT_QUESTION, &question, err, GCV_BLOB(key->b, 16));

	if (st == GCV_OK && question)
		st = GCV_EACH(db, GCV_STMT_QUESTION_NAMES, take_name, &r, err, GCV_INT(question));
	if (st == GCV_OK && question) {
		demands = gcv_arena_alloc(arena, sizeof(*demands) * (r.nr + 1));
		if (r.nr)
			memcpy(demands, r.demands, sizeof(*demands) * r.nr);
		*ret = (struct gcv_db_question){ *key, demands, r.nr };
	}
	free(r.demands);
	if (st == GCV_OK)
		*ret_found = question;
	return st;
}

static enum gcv_status put(struct gcv_db *db, const struct gcv_db_question *question,
			   struct gcv_err *err)
{
	enum gcv_status st =
		GCV_RUN(db, GCV_STMT_QUESTION_DELETE, err, GCV_BLOB(question->key.b, 16));
	int64_t id;
	uint32_t i;

	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_QUESTION_ADD, err, GCV_BLOB(question->key.b, 16));
	id = sqlite3_last_insert_rowid(db->conn);
	for (i = 0; i < question->nr && st == GCV_OK; i++) {
		const struct gcv_flow_demand *d = &question->demands[i];

		st = GCV_RUN(db, GCV_STMT_QUESTION_NAME_ADD, err, GCV_INT(id), GCV_INT(i),
			     GCV_TEXT(d->name), GCV_TEXT(d->reason), GCV_INT(d->is_definition),
			     GCV_OPTIONAL_TEXT(d->folders), GCV_OPTIONAL_TEXT(d->beside));
	}
	return st;
}

enum gcv_status gcv_db_questions_put(struct gcv_db *db, const struct gcv_db_question *questions,
				     uint32_t nr, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	for (i = 0; i < nr && st == GCV_OK; i++)
		st = put(db, &questions[i], err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_QUESTIONS_TRIM, err, GCV_INT(GCV_DB_QUESTIONS));
	return gcv_db_end(db, st, err);
}

/** struct found - a key, if there is one */
struct found {
	struct gcv_hash key;
	bool is_found;
};

static enum gcv_status take_key(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct found *found = data;
	size_t len;
	const void *key = gcv_row_blob(row, 0, &len);

	(void)err;
	found->is_found = len == sizeof(found->key.b);
	if (found->is_found)
		memcpy(found->key.b, key, len);
	return GCV_OK;
}

enum gcv_status gcv_db_result_facts(struct gcv_db *db, const struct gcv_hash *facts,
				    struct gcv_hash *ret_key, bool *ret_found, struct gcv_err *err)
{
	struct found found = { 0 };
	enum gcv_status st =
		GCV_EACH(db, GCV_STMT_RESULT_FACTS, take_key, &found, err, GCV_BLOB(facts->b, 16));

	if (st != GCV_OK)
		return st;
	if (found.is_found)
		*ret_key = found.key;
	*ret_found = found.is_found;
	return GCV_OK;
}

enum gcv_status gcv_db_result_facts_put(struct gcv_db *db, const struct gcv_hash *facts,
					const struct gcv_hash *key, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);

	if (st != GCV_OK)
		return st;
	st = GCV_RUN(db, GCV_STMT_RESULT_FACTS_PUT, err, GCV_BLOB(facts->b, 16),
		     GCV_BLOB(key->b, 16));
	if (st == GCV_OK)
		st = gcv_stmt_run(db, GCV_STMT_RESULT_FACTS_TRIM, err, NULL, 0);
	return gcv_db_end(db, st, err);
}
