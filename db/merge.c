// SPDX-License-Identifier: GPL-2.0-only
#include "db/merge.h"
#include "base/map64.h"
#include "db/handle.h"
#include "db/merge_tables.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TABLES  64
#define MAX_COLUMNS 20
#define NO_TABLE    UINT32_MAX

/**
 * struct column - a column of a table that is copied
 * @name: its name
 * @table: number of the table whose ids it holds, or NO_TABLE
 */
struct column {
	char name[32];
	uint32_t table;
};

/**
 * struct ids - what became of the ids of a table
 * @map: from the id in the part to the id in the whole, doubled, plus one for a row that was not
 * there
 */
struct ids {
	struct gcv_map64 map;
};

/**
 * struct merge - a database on its way into another
 * @db: the whole
 * @part: the part
 * @only_facts: snapshots and what belongs to them stay behind
 * @ids: by number of the table
 */
struct merge {
	struct gcv_db *db, *part;
	bool only_facts;
	struct ids ids[MAX_TABLES];
};

/**
 * struct copy - a table on its way
 * @merge: where
 * @table: the table
 * @at: its number
 * @columns: its columns
 * @nr: how many
 * @select: its rows in the part; the id comes first where it has one
 * @insert: puts a row into the whole
 * @find: looks whether it is there; NULL for a table without ids
 * @body: bytes of a function body with other ids
 */
struct copy {
	struct merge *merge;
	const struct gcv_merge_table *table;
	uint32_t at;
	struct column columns[MAX_COLUMNS];
	uint32_t nr;
	sqlite3_stmt *select, *insert, *find;
	struct gcv_strbuf body;
};

static uint32_t table_number(const char *name, size_t len)
{
	uint32_t i;

	for (i = 0; gcv_merge_tables[i].name; i++)
		if (strlen(gcv_merge_tables[i].name) == len &&
		    strncmp(gcv_merge_tables[i].name, name, len) == 0)
			return i;
	return NO_TABLE;
}

/* "main>file_version kind" */
static void read_columns(struct copy *c)
{
	const char *at = c->table->columns;

	while (*at && c->nr < MAX_COLUMNS) {
		struct column *column = &c->columns[c->nr++];
		size_t len = strcspn(at, " "), name = strcspn(at, "> ");

		column->table = name < len ? table_number(at + name + 1, len - name - 1) : NO_TABLE;
		memcpy(column->name, at, name < sizeof(column->name) ? name : 0);
		at += len;
		at += *at == ' ';
	}
}

static enum gcv_status prepare(struct gcv_db *db, const struct gcv_strbuf *sql, sqlite3_stmt **ret,
			       struct gcv_err *err)
{
	if (sqlite3_prepare_v3(db->conn, sql->buf, -1, 0, ret, NULL) != SQLITE_OK)
		return gcv_db_fail(db, err);
	return GCV_OK;
}

static void add_names(const struct copy *c, struct gcv_strbuf *sql)
{
	uint32_t i;

	for (i = 0; i < c->nr; i++)
		gcv_strbuf_addf(sql, "%s\"%s\"", i ? ", " : "", c->columns[i].name);
}

static enum gcv_status prepare_select(struct copy *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf sql = { 0 };

	gcv_strbuf_addstr(&sql, c->table->key ? "SELECT id, " : "SELECT ");
	add_names(c, &sql);
	gcv_strbuf_addf(&sql, " FROM \"%s\"", c->table->name);
	if (c->table->order)
		gcv_strbuf_addf(&sql, " ORDER BY %s", c->table->order);
	return prepare(c->merge->part, &sql, &c->select, err);
}

static enum gcv_status prepare_insert(struct copy *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf sql = { 0 };
	uint32_t i;

	gcv_strbuf_addf(&sql, "INSERT INTO \"%s\" (", c->table->name);
	add_names(c, &sql);
	gcv_strbuf_addstr(&sql, ") VALUES (");
	for (i = 0; i < c->nr; i++)
		gcv_strbuf_addstr(&sql, i ? ", ?" : "?");
	gcv_strbuf_addstr(&sql, ")");
	return prepare(c->merge->db, &sql, &c->insert, err);
}

static bool is_key(const struct copy *c, uint32_t column)
{
	const char *name = c->columns[column].name, *at = c->table->key;

	for (; *at; at += strcspn(at, " "), at += *at == ' ')
		if (strcspn(at, " ") == strlen(name) && strncmp(at, name, strlen(name)) == 0)
			return true;
	return false;
}

static enum gcv_status prepare_find(struct copy *c, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf sql = { 0 };
	const char *word = "WHERE";
	uint32_t i;

	if (!c->table->key)
		return GCV_OK;
	gcv_strbuf_addf(&sql, "SELECT id FROM \"%s\" ", c->table->name);
	for (i = 0; i < c->nr; i++) {
		if (!is_key(c, i))
			continue;
		gcv_strbuf_addf(&sql, "%s \"%s\" = ?", word, c->columns[i].name);
		word = " AND";
	}
	return prepare(c->merge->db, &sql, &c->find, err);
}

static enum gcv_status fail_damaged(const struct copy *c, struct gcv_err *err)
{
	return gcv_err_set(err, GCV_ERR_FORMAT, "%s is damaged: a row of table %s names nothing",
			   c->merge->part->path, c->table->name);
}

/* 0 where the part has no such row. */
static uint32_t new_id(const struct merge *m, uint32_t table, int64_t id, bool *ret_is_new)
{
	uint32_t value = gcv_map64_get(&m->ids[table].map, (uint64_t)id);

	if (value == GCV_MAP64_NONE)
		return 0;
	*ret_is_new = value & 1;
	return value >> 1;
}

static bool map_name(void *ctx, uint64_t id, uint64_t *ret_id)
{
	const struct merge *m = ctx;
	bool is_new;

	*ret_id = id ? new_id(m, table_number("name", 4), (int64_t)id, &is_new) : 0;
	return !id || *ret_id;
}

static enum gcv_status bind_body(struct copy *c, sqlite3_stmt *stmt, int at, int column,
				 struct gcv_err *err)
{
	const void *data = sqlite3_column_blob(c->select, column);
	size_t len = (size_t)sqlite3_column_bytes(c->select, column);

	gcv_strbuf_clear(&c->body);
	if (!data || !gcv_db_body_rename(data, len, map_name, c->merge, &c->body))
		return fail_damaged(c, err);
	if (sqlite3_bind_blob64(stmt, at, c->body.buf, c->body.len, SQLITE_STATIC) != SQLITE_OK)
		return gcv_db_fail(c->merge->db, err);
	return GCV_OK;
}

/* @at: number of the parameter; @column: number of the column in the row of the part */
static enum gcv_status bind_column(struct copy *c, sqlite3_stmt *stmt, int at, uint32_t nr,
				   struct gcv_err *err)
{
	int column = (int)nr + (c->table->key != NULL);
	int64_t id = sqlite3_column_int64(c->select, column);
	bool is_new;

	if (c->columns[nr].table != NO_TABLE && id) {
		id = new_id(c->merge, c->columns[nr].table, id, &is_new);
		if (!id)
			return fail_damaged(c, err);
		return sqlite3_bind_int64(stmt, at, id) == SQLITE_OK
			       ? GCV_OK
			       : gcv_db_fail(c->merge->db, err);
	}
	if (strcmp(c->table->name, "body") == 0 && strcmp(c->columns[nr].name, "data") == 0)
		return bind_body(c, stmt, at, column, err);
	if (sqlite3_bind_value(stmt, at, sqlite3_column_value(c->select, column)) != SQLITE_OK)
		return gcv_db_fail(c->merge->db, err);
	return GCV_OK;
}

static enum gcv_status find_row(struct copy *c, int64_t *ret_id, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	int at = 1, rc;
	uint32_t i;

	for (i = 0; i < c->nr && st == GCV_OK; i++)
		if (is_key(c, i))
			st = bind_column(c, c->find, at++, i, err);
	if (st != GCV_OK)
		return st;
	rc = sqlite3_step(c->find);
	*ret_id = rc == SQLITE_ROW ? sqlite3_column_int64(c->find, 0) : 0;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		st = gcv_db_fail(c->merge->db, err);
	sqlite3_reset(c->find);
	return st;
}

static enum gcv_status insert_row(struct copy *c, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < c->nr && st == GCV_OK; i++)
		st = bind_column(c, c->insert, (int)i + 1, i, err);
	if (st == GCV_OK && sqlite3_step(c->insert) != SQLITE_DONE)
		st = gcv_db_fail(c->merge->db, err);
	sqlite3_reset(c->insert);
	return st;
}

/* What a user named, or sent: which of the two is right cannot be told. */
static enum gcv_status refuse_double(const struct copy *c, struct gcv_err *err)
{
	const char *part = c->merge->part->path;

	if (strcmp(c->table->name, "snapshot") == 0)
		return gcv_err_set(err, GCV_ERR_USAGE,
				   "%s has a snapshot '%s', as one of those before it", part,
				   (const char *)sqlite3_column_text(c->select, 1));
	if (strcmp(c->table->name, "series") == 0)
		return gcv_err_set(
			err, GCV_ERR_USAGE,
			"%s has version %d of a series for %s, as one of those before it", part,
			sqlite3_column_int(c->select, 3),
			(const char *)sqlite3_column_text(c->select, 1));
	return GCV_OK;
}

static enum gcv_status copy_entity(struct copy *c, struct gcv_err *err)
{
	int64_t old = sqlite3_column_int64(c->select, 0), id = 0;
	enum gcv_status st = find_row(c, &id, err);
	bool is_new = !id, is_first;
	uint32_t *slot;

	if (st == GCV_OK && is_new)
		st = insert_row(c, err);
	else if (st == GCV_OK)
		st = refuse_double(c, err);
	if (st != GCV_OK)
		return st;
	if (is_new)
		id = sqlite3_last_insert_rowid(c->merge->db->conn);
	if (id <= 0 || id > INT32_MAX)
		return gcv_err_set(err, GCV_ERR_LIMIT, "%s has too many rows in table %s",
				   c->merge->db->path, c->table->name);
	slot = gcv_map64_add(&c->merge->ids[c->at].map, (uint64_t)old, &is_first);
	*slot = (uint32_t)id << 1 | is_new;
	return GCV_OK;
}

static enum gcv_status copy_part(struct copy *c, struct gcv_err *err)
{
	bool is_new;

	if (!new_id(c->merge, c->columns[0].table, sqlite3_column_int64(c->select, 0), &is_new))
		return fail_damaged(c, err);
	return is_new ? insert_row(c, err) : GCV_OK;
}

static enum gcv_status copy_rows(struct copy *c, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	int rc;

	while (st == GCV_OK && (rc = sqlite3_step(c->select)) == SQLITE_ROW)
		st = c->table->key ? copy_entity(c, err) : copy_part(c, err);
	if (st == GCV_OK && rc != SQLITE_DONE)
		st = gcv_db_fail(c->merge->part, err);
	return st;
}

static enum gcv_status copy_table(struct merge *m, uint32_t at, struct gcv_err *err)
{
	struct copy c = { .merge = m, .table = &gcv_merge_tables[at], .at = at };
	enum gcv_status st;

	read_columns(&c);
	st = prepare_select(&c, err);
	if (st == GCV_OK)
		st = prepare_insert(&c, err);
	if (st == GCV_OK)
		st = prepare_find(&c, err);
	if (st == GCV_OK)
		st = copy_rows(&c, err);
	sqlite3_finalize(c.select);
	sqlite3_finalize(c.insert);
	sqlite3_finalize(c.find);
	gcv_strbuf_release(&c.body);
	return st;
}

static enum gcv_status set_headers(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct merge *m = data;
	size_t len;
	const void *bytes = gcv_row_blob(row, 0, &len);

	return GCV_RUN(m->db, GCV_STMT_HEADERS_SET, err, GCV_BLOB(bytes, len));
}

static bool is_copied(const struct merge *m, enum gcv_merge_set set)
{
	return set == GCV_MERGE_FACTS || (set == GCV_MERGE_HISTORY && !m->only_facts);
}

static enum gcv_status copy_all(struct merge *m, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; gcv_merge_tables[i].name && st == GCV_OK; i++)
		if (is_copied(m, gcv_merge_tables[i].set))
			st = copy_table(m, i, err);
	/* Later scans of the newest tree are told by it what headers are new. */
	if (st == GCV_OK)
		st = GCV_EACH(m->part, GCV_STMT_LOAD_HEADERS, set_headers, m, err);
	return st;
}

static enum gcv_status merge(struct merge *m, struct gcv_err *err)
{
	bool begun = false;
	enum gcv_status st = gcv_db_begin_reading(m->part, &begun, err);
	uint32_t i;

	if (st != GCV_OK)
		return st;
	st = gcv_db_begin_writing(m->db, err);
	if (st == GCV_OK)
		st = gcv_db_end(m->db, copy_all(m, err), err);
	gcv_db_forget_ids(m->db);
	for (i = 0; i < MAX_TABLES; i++)
		gcv_map64_release(&m->ids[i].map);
	return gcv_db_end_reading(m->part, begun, st, err);
}

enum gcv_status gcv_db_merge(struct gcv_db *db, struct gcv_db *part, struct gcv_err *err)
{
	struct merge m = { .db = db, .part = part };

	return merge(&m, err);
}

enum gcv_status gcv_db_merge_facts(struct gcv_db *db, struct gcv_db *part, struct gcv_err *err)
{
	struct merge m = { .db = db, .part = part, .only_facts = true };

	return merge(&m, err);
}

enum gcv_status gcv_db_merge_finish(struct gcv_db *db, struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_writing(db, err);

	return st == GCV_OK ? gcv_db_end(db, gcv_db_collect(db, err), err) : st;
}

enum gcv_status gcv_db_shard_put(struct gcv_db *db, const struct gcv_db_shard *shard,
				 struct gcv_err *err)
{
	enum gcv_status st = gcv_db_flush(db, err);

	return st == GCV_OK ? GCV_RUN(db, GCV_STMT_SHARD_PUT, err,
				      GCV_BLOB(shard->split, sizeof(shard->split)),
				      GCV_INT(shard->number), GCV_INT(shard->total),
				      GCV_TEXT(shard->kernel))
			    : st;
}

/** struct shards - shards that were found */
struct shards {
	struct gcv_db *db;
	struct gcv_arena *arena;
	struct gcv_db_shard *list;
	uint32_t nr, cap;
};

static enum gcv_status take_shard(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct shards *s = data;
	size_t len;
	const void *split = gcv_row_blob(row, 0, &len);
	struct gcv_db_shard shard = { .number = gcv_row_u32(row, 1),
				      .total = gcv_row_u32(row, 2),
				      .kernel = gcv_arena_strdup(s->arena, gcv_row_text(row, 3)) };

	if (len != sizeof(shard.split) || !shard.number || shard.number > shard.total)
		return gcv_err_set(err, GCV_ERR_FORMAT, "%s is damaged: table shard", s->db->path);
	memcpy(shard.split, split, len);
	GCV_GROW(s->list, s->nr, s->cap);
	s->list[s->nr++] = shard;
	return GCV_OK;
}

enum gcv_status gcv_db_shards(struct gcv_db *db, struct gcv_arena *arena,
			      struct gcv_db_shard **ret_shards, uint32_t *ret_nr,
			      struct gcv_err *err)
{
	struct shards s = { .db = db, .arena = arena };
	enum gcv_status st = gcv_stmt_each(db, GCV_STMT_SHARDS, take_shard, &s, err, NULL, 0);

	if (st == GCV_OK) {
		*ret_shards = gcv_arena_alloc(arena, sizeof(**ret_shards) * (s.nr + 1));
		if (s.nr)
			memcpy(*ret_shards, s.list, sizeof(*s.list) * s.nr);
		*ret_nr = s.nr;
	}
	free(s.list);
	return st;
}
