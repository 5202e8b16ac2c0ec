// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"
#include "parse/body.h"
#include "parse/wire.h"

#include <string.h>

/*
 * In the store a body's symbols (see parse/body.h and body.c for the bytes) name their strings by
 * the rows of table name: most types and many names occur in hundreds of bodies, and written out
 * they are more than half of all bodies. The nodes stay as they are.
 */
#define STRINGS_OF_A_SYMBOL 4

static enum gcv_status fail_body(const struct gcv_db *db, struct gcv_err *err)
{
	return gcv_err_set(err, GCV_ERR_FORMAT, "%s: function body is damaged", db->path);
}

enum gcv_status gcv_db_body_pack(struct gcv_db *db, const char *body, size_t len_bytes,
				 struct gcv_strbuf *out, struct gcv_err *err)
{
	struct gcv_wire in = { .pos = body, .end = body + len_bytes };
	uint32_t nr, i, k;

	gcv_wire_put_uint(out, gcv_wire_get_uint(&in));
	nr = gcv_wire_get_count(&in, STRINGS_OF_A_SYMBOL + 2);
	gcv_wire_put_uint(out, nr);
	for (i = 0; i < nr && !in.failed; i++) {
		gcv_wire_put_uint(out, gcv_wire_get_uint(&in));
		for (k = 0; k < STRINGS_OF_A_SYMBOL; k++) {
			enum gcv_status st;
			const char *text;
			int64_t id;
			size_t len;

			text = gcv_wire_get_bytes(&in, &len);
			st = gcv_db_name_bytes(db, text, strnlen(text, len), &id, err);
			if (st != GCV_OK)
				return st;
			gcv_wire_put_uint(out, (uint64_t)id);
		}
		gcv_wire_put_int(out, gcv_wire_get_int(&in));
	}
	if (in.failed)
		return fail_body(db, err);
	gcv_strbuf_add(out, in.pos, (size_t)(in.end - in.pos));
	return GCV_OK;
}

void gcv_db_body_names(const void *data, size_t len_bytes, void (*fn)(void *ctx, uint64_t id),
		       void *ctx)
{
	struct gcv_wire in = { .pos = data, .end = (const char *)data + len_bytes };
	uint32_t nr, i, k;

	gcv_wire_get_uint(&in);
	nr = gcv_wire_get_count(&in, STRINGS_OF_A_SYMBOL + 2);
	for (i = 0; i < nr && !in.failed; i++) {
		gcv_wire_get_uint(&in);
		for (k = 0; k < STRINGS_OF_A_SYMBOL; k++)
			fn(ctx, gcv_wire_get_uint(&in));
		gcv_wire_get_int(&in);
	}
}

bool gcv_db_body_rename(const void *data, size_t len_bytes, gcv_db_map_name_fn *map, void *ctx,
			struct gcv_strbuf *out)
{
	struct gcv_wire in = { .pos = data, .end = (const char *)data + len_bytes };
	uint32_t nr, i, k;

	gcv_wire_put_uint(out, gcv_wire_get_uint(&in));
	nr = gcv_wire_get_count(&in, STRINGS_OF_A_SYMBOL + 2);
	gcv_wire_put_uint(out, nr);
	for (i = 0; i < nr && !in.failed; i++) {
		gcv_wire_put_uint(out, gcv_wire_get_uint(&in));
		for (k = 0; k < STRINGS_OF_A_SYMBOL; k++) {
			uint64_t id;

			if (!map(ctx, gcv_wire_get_uint(&in), &id))
				return false;
			gcv_wire_put_uint(out, id);
		}
		gcv_wire_put_int(out, gcv_wire_get_int(&in));
	}
	gcv_strbuf_add(out, in.pos, (size_t)(in.end - in.pos));
	return !in.failed;
}

static enum gcv_status put_text(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	(void)err;
	gcv_wire_put_str(data, gcv_row_text(row, 0));
	return GCV_OK;
}

enum gcv_status gcv_db_body_put_name(void *ctx, uint64_t id, struct gcv_strbuf *out,
				     struct gcv_err *err)
{
	struct gcv_db *db = ctx;
	size_t before = out->len;
	enum gcv_status st = GCV_OK;

	if (id)
		st = GCV_EACH(db, GCV_STMT_NAME_TEXT, put_text, out, err, GCV_INT(id));
	else
		gcv_wire_put_str(out, "");
	if (st == GCV_OK && out->len == before)
		return fail_body(db, err);
	return st;
}

/** struct unpack - a body on its way out of the store */
struct unpack {
	struct gcv_db *db;
	gcv_db_put_name_fn *put_name;
	void *ctx;
	struct gcv_strbuf *out;
	bool found;
};

static enum gcv_status unpack(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct unpack *u = data;
	struct gcv_wire in = { 0 };
	enum gcv_status st = GCV_OK;
	uint32_t nr, i, k;
	size_t len;

	in.pos = gcv_row_blob(row, 0, &len);
	in.end = in.pos + len;
	u->found = true;
	gcv_wire_put_uint(u->out, gcv_wire_get_uint(&in));
	nr = gcv_wire_get_count(&in, STRINGS_OF_A_SYMBOL + 2);
	gcv_wire_put_uint(u->out, nr);
	for (i = 0; i < nr && st == GCV_OK && !in.failed; i++) {
		gcv_wire_put_uint(u->out, gcv_wire_get_uint(&in));
		for (k = 0; k < STRINGS_OF_A_SYMBOL && st == GCV_OK; k++)
			st = u->put_name(u->ctx, gcv_wire_get_uint(&in), u->out, err);
		gcv_wire_put_int(u->out, gcv_wire_get_int(&in));
	}
	if (st == GCV_OK && in.failed)
		return fail_body(u->db, err);
	gcv_strbuf_add(u->out, in.pos, (size_t)(in.end - in.pos));
	return st;
}

enum gcv_status gcv_db_body_with(struct gcv_db *db, int64_t definition,
				 gcv_db_put_name_fn *put_name, void *ctx, struct gcv_strbuf *out,
				 struct gcv_err *err)
{
	struct unpack u = { .db = db, .put_name = put_name, .ctx = ctx, .out = out };
	size_t before = out->len;
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_BODY_OF, unpack, &u, err, GCV_INT(definition));
	if (st == GCV_OK && !u.found)
		st = gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s has no definition %lld", db->path,
				 (long long)definition);
	if (st != GCV_OK && out->buf) {
		out->len = before;
		out->buf[before] = '\0';
	}
	return st;
}

enum gcv_status gcv_db_body(struct gcv_db *db, int64_t definition, struct gcv_strbuf *out,
			    struct gcv_err *err)
{
	return gcv_db_body_with(db, definition, gcv_db_body_put_name, db, out, err);
}
