// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void remember(struct gcv_db_ids *ids, const void *key, size_t len_bytes, int64_t id)
{
	uint32_t nr = gcv_intern_add(&ids->keys, key, len_bytes);

	GCV_GROW(ids->ids, nr, ids->cap);
	ids->ids[nr] = id;
}

/* Return: 0 where it is not known. */
static int64_t recall(const struct gcv_db_ids *ids, const void *key, size_t len_bytes)
{
	uint32_t nr = gcv_intern_find(&ids->keys, key, len_bytes);

	return nr == GCV_INTERN_NONE ? 0 : ids->ids[nr];
}

static void forget(struct gcv_db_ids *ids)
{
	gcv_intern_release(&ids->keys);
	free(ids->ids);
	*ids = (struct gcv_db_ids){ 0 };
}

void gcv_db_forget_ids(struct gcv_db *db)
{
	forget(&db->names);
	forget(&db->files);
	db->knows_all_ids = false;
}

/* The id of a row that is found by the same values that it is made of, and that we do not know. */
static enum gcv_status find_or_add(struct gcv_db *db, enum gcv_stmt find, enum gcv_stmt add,
				   const struct gcv_value *values, size_t nr_values,
				   int64_t *ret_id, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	int64_t id = 0;

	if (!db->knows_all_ids || find == GCV_STMT_CONFIG_FIND)
		st = gcv_stmt_look_up(db, find, &id, err, values, nr_values);
	if (st == GCV_OK && !id) {
		st = gcv_stmt_run(db, add, err, values, nr_values);
		id = sqlite3_last_insert_rowid(db->conn);
	}
	if (st == GCV_OK)
		*ret_id = id;
	return st;
}

enum gcv_status gcv_db_name_bytes(struct gcv_db *db, const char *text, size_t len_bytes,
				  int64_t *ret_id, struct gcv_err *err)
{
	int64_t id = len_bytes ? recall(&db->names, text, len_bytes) : 0;
	enum gcv_status st;

	if (len_bytes && !id) {
		st = find_or_add(db, GCV_STMT_NAME_FIND, GCV_STMT_NAME_ADD,
				 GCV_VALUES(GCV_TEXT_BYTES(text, len_bytes)), &id, err);
		if (st != GCV_OK)
			return st;
		remember(&db->names, text, len_bytes, id);
	}
	*ret_id = id;
	return GCV_OK;
}

enum gcv_status gcv_db_name(struct gcv_db *db, const char *text, int64_t *ret_id,
			    struct gcv_err *err)
{
	return gcv_db_name_bytes(db, text, strlen(text), ret_id, err);
}

enum gcv_status gcv_db_file(struct gcv_db *db, const char *path, const uint8_t hash[16],
			    int64_t *ret_id, struct gcv_err *err)
{
	struct gcv_strbuf *key = &db->scratch;
	enum gcv_status st;
	int64_t id;

	gcv_strbuf_clear(key);
	gcv_strbuf_add(key, hash, 16);
	gcv_strbuf_addstr(key, path);
	id = recall(&db->files, key->buf, key->len);
	if (!id) {
		st = find_or_add(db, GCV_STMT_FILE_FIND, GCV_STMT_FILE_ADD,
				 GCV_VALUES(GCV_TEXT(path), GCV_BLOB(hash, 16)), &id, err);
		if (st != GCV_OK)
			return st;
		remember(&db->files, key->buf, key->len, id);
	}
	*ret_id = id;
	return GCV_OK;
}

enum gcv_status gcv_db_config(struct gcv_db *db, const char *text, int64_t *ret_id,
			      struct gcv_err *err)
{
	return find_or_add(db, GCV_STMT_CONFIG_FIND, GCV_STMT_CONFIG_ADD,
			   GCV_VALUES(GCV_TEXT(text)), ret_id, err);
}
