// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"
#include "parse/wire.h"
#include "tree/hash.h"

#include <sqlite3.h>
#include <string.h>

/*
 * A definition in a header, or in a source file that is parsed in several configurations, reaches
 * the store many times, mostly with the same facts. All that is stored of it is put into one hash,
 * and a definition of that hash in that version of its file is stored once.
 */

/**
 * struct group - the facts of one kind that belong to each definition
 * @first: position in @order of the first one of each definition, and the end behind the last
 * @order: their indices, definition by definition
 */
struct group {
	uint32_t *first, *order;
};

/* Every grouped struct begins with the index of its definition. */
static uint32_t def_of(const void *list, size_t stride, uint32_t i)
{
	uint32_t def;

	memcpy(&def, (const char *)list + i * stride, sizeof(def));
	return def;
}

_Static_assert(offsetof(struct gcv_fact_call, def) == 0, "def_of()");
_Static_assert(offsetof(struct gcv_fact_member, def) == 0, "def_of()");
_Static_assert(offsetof(struct gcv_fact_address, def) == 0, "def_of()");

static struct group group_by_def(struct gcv_arena *arena, const void *list, size_t stride,
				 uint32_t nr, uint32_t nr_defs)
{
	struct group group = {
		.first = gcv_arena_alloc(arena, sizeof(*group.first) * ((size_t)nr_defs + 2)),
		.order = gcv_arena_alloc(arena, sizeof(*group.order) * nr),
	};
	uint32_t i;

	/* Counting sort: [def + 2] counts, [def + 1] is where the next one goes. */
	for (i = 0; i < nr; i++)
		group.first[def_of(list, stride, i) + 2]++;
	for (i = 2; i < nr_defs + 2; i++)
		group.first[i] += group.first[i - 1];
	for (i = 0; i < nr; i++)
		group.order[group.first[def_of(list, stride, i) + 1]++] = i;
	return group;
}

/**
 * struct put - the definitions of a unit on their way into the store
 * @db: the handle
 * @facts: the unit's facts
 * @files: ids of its files
 * @calls: its calls by definition
 * @members: fields by definition
 * @addresses: addresses taken by definition
 * @key: bytes of which the hash is made
 */
struct put {
	struct gcv_db *db;
	const struct gcv_facts *facts;
	const int64_t *files;
	struct group calls, members, addresses;
	struct gcv_strbuf key;
};

static void add_call(struct put *put, const struct gcv_fact_call *c)
{
	struct gcv_strbuf *key = &put->key;
	uint32_t i;

	gcv_wire_put_str(key, c->callee);
	gcv_wire_put_str(key, c->macro);
	gcv_wire_put_uint(key, c->is_direct | c->is_api << 1);
	gcv_wire_put_uint(key, c->begin);
	gcv_wire_put_uint(key, c->end);
	gcv_wire_put_uint(key, c->name_offset);
	gcv_wire_put_uint(key, c->line);
	gcv_wire_put_uint(key, c->column);
	gcv_wire_put_uint(key, c->nr_args);
	if (c->macro_file != GCV_NONE) {
		gcv_wire_put_str(key, put->facts->files[c->macro_file].path);
		gcv_strbuf_add(key, put->facts->files[c->macro_file].hash, 16);
		gcv_wire_put_uint(key, c->macro_line);
		gcv_wire_put_uint(key, c->macro_offset);
	}
	if (!c->is_api)
		return;
	gcv_wire_put_str(key, c->decl_file);
	gcv_wire_put_str(key, c->decl_type);
	gcv_wire_put_uint(key, c->decl_linkage);
	for (i = 0; i < c->nr_args; i++) {
		gcv_wire_put_str(key, c->args[i].text);
		gcv_wire_put_str(key, c->args[i].type);
		gcv_wire_put_uint(key, c->args[i].begin);
		gcv_wire_put_uint(key, c->args[i].end);
	}
}

static struct gcv_hash hash_def(struct put *put, uint32_t nr)
{
	const struct gcv_fact_def *d = &put->facts->defs[nr];
	struct gcv_strbuf *key = &put->key;
	uint32_t i;

	gcv_strbuf_clear(key);
	gcv_wire_put_uint(key, d->kind | d->from_macro << 1 | d->has_error << 2);
	gcv_wire_put_uint(key, d->linkage);
	gcv_wire_put_str(key, d->name);
	gcv_wire_put_str(key, d->type);
	gcv_wire_put_str(key, d->attributes);
	gcv_wire_put_uint(key, d->begin);
	gcv_wire_put_uint(key, d->end);
	gcv_wire_put_uint(key, d->body_begin);
	gcv_wire_put_uint(key, d->line);
	gcv_wire_put_uint(key, d->end_line);
	gcv_wire_put_bytes(key, d->body, d->body_len);
	for (i = put->calls.first[nr]; i < put->calls.first[nr + 1]; i++)
		add_call(put, &put->facts->calls[put->calls.order[i]]);
	gcv_wire_put_uint(key, 0);
	for (i = put->members.first[nr]; i < put->members.first[nr + 1]; i++) {
		const struct gcv_fact_member *m = &put->facts->members[put->members.order[i]];

		gcv_wire_put_str(key, m->field);
		gcv_wire_put_uint(key, m->access);
	}
	gcv_wire_put_uint(key, 0);
	for (i = put->addresses.first[nr]; i < put->addresses.first[nr + 1]; i++) {
		const struct gcv_fact_address *a = &put->facts->addresses[put->addresses.order[i]];

		gcv_wire_put_str(key, a->function);
		gcv_wire_put_str(key, a->field);
		gcv_wire_put_uint(key, a->offset);
	}
	return gcv_hash_bytes(key->buf, key->len);
}

static enum gcv_status put_api_call(struct put *put, int64_t def, uint32_t nr,
				    const struct gcv_fact_call *c, struct gcv_err *err)
{
	struct gcv_db *db = put->db;
	int64_t file, type;
	enum gcv_status st;
	uint32_t i;

	st = gcv_db_name(db, c->decl_file, &file, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, c->decl_type, &type, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_API_CALL_ADD, err, GCV_INT(def), GCV_INT(nr),
			     GCV_ID(file), GCV_ID(type), GCV_INT(c->decl_linkage));
	for (i = 0; i < c->nr_args && st == GCV_OK; i++) {
		st = gcv_db_name(db, c->args[i].type, &type, err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_CALL_ARG_ADD, err, GCV_INT(def), GCV_INT(nr),
				     GCV_INT(i), GCV_TEXT(c->args[i].text), GCV_ID(type),
				     GCV_INT(c->args[i].begin), GCV_INT(c->args[i].end));
	}
	return st;
}

static enum gcv_status put_call(struct put *put, int64_t def, uint32_t nr,
				const struct gcv_fact_call *c, struct gcv_err *err)
{
	static const struct gcv_value null = { .kind = GCV_VALUE_NULL };
	bool in_macro = c->macro_file != GCV_NONE;
	struct gcv_db *db = put->db;
	int64_t callee, macro;
	enum gcv_status st;

	st = gcv_db_name(db, c->callee, &callee, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, c->macro, &macro, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_CALL_ADD, err, GCV_INT(def), GCV_INT(nr), GCV_ID(callee),
			     GCV_INT(c->is_direct), GCV_INT(c->begin), GCV_INT(c->end),
			     GCV_INT(c->name_offset), GCV_INT(c->line), GCV_INT(c->column),
			     GCV_INT(c->nr_args), GCV_ID(macro),
			     in_macro ? GCV_INT(put->files[c->macro_file]) : null,
			     in_macro ? GCV_INT(c->macro_line) : null,
			     in_macro ? GCV_INT(c->macro_offset) : null);
	if (st == GCV_OK && c->is_api)
		st = put_api_call(put, def, nr, c, err);
	return st;
}

static enum gcv_status put_member(struct put *put, int64_t def, const struct gcv_fact_member *m,
				  struct gcv_err *err)
{
	int64_t field;
	enum gcv_status st = gcv_db_name(put->db, m->field, &field, err);

	if (st != GCV_OK || !field)
		return st;
	return GCV_RUN(put->db, GCV_STMT_MEMBER_ADD, err, GCV_INT(def), GCV_INT(field),
		       GCV_INT(m->access));
}

static enum gcv_status put_address(struct put *put, int64_t def, uint32_t nr,
				   const struct gcv_fact_address *a, struct gcv_err *err)
{
	int64_t function, field;
	enum gcv_status st = gcv_db_name(put->db, a->function, &function, err);

	if (st == GCV_OK)
		st = gcv_db_name(put->db, a->field, &field, err);
	if (st != GCV_OK || !function)
		return st;
	return GCV_RUN(put->db, GCV_STMT_ADDRESS_ADD, err, GCV_INT(def), GCV_INT(nr),
		       GCV_INT(function), GCV_ID(field), GCV_INT(a->offset), GCV_INT(a->line));
}

/* What hangs on a definition that is new. */
static enum gcv_status put_parts(struct put *put, uint32_t nr, int64_t def, struct gcv_err *err)
{
	const struct gcv_facts *facts = put->facts;
	enum gcv_status st = GCV_OK;
	const struct group *g;
	uint32_t i;

	g = &put->calls;
	for (i = g->first[nr]; i < g->first[nr + 1] && st == GCV_OK; i++)
		st = put_call(put, def, i - g->first[nr], &facts->calls[g->order[i]], err);
	g = &put->members;
	for (i = g->first[nr]; i < g->first[nr + 1] && st == GCV_OK; i++)
		st = put_member(put, def, &facts->members[g->order[i]], err);
	g = &put->addresses;
	for (i = g->first[nr]; i < g->first[nr + 1] && st == GCV_OK; i++)
		st = put_address(put, def, i - g->first[nr], &facts->addresses[g->order[i]], err);
	return st;
}

static enum gcv_status put_body(struct gcv_db *db, const char *body, size_t len_bytes,
				int64_t *ret_id, struct gcv_err *err)
{
	struct gcv_hash hash = gcv_hash_bytes(body, len_bytes);
	struct gcv_strbuf *packed = &db->scratch;
	enum gcv_status st;
	int64_t id;

	st = GCV_LOOK_UP(db, GCV_STMT_BODY_FIND, &id, err, GCV_BLOB(hash.b, 16));
	if (st == GCV_OK && !id) {
		gcv_strbuf_clear(packed);
		st = gcv_db_body_pack(db, body, len_bytes, packed, err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_BODY_ADD, err, GCV_BLOB(hash.b, 16),
				     GCV_BLOB(packed->buf, packed->len));
		id = sqlite3_last_insert_rowid(db->conn);
	}
	if (st == GCV_OK)
		*ret_id = id;
	return st;
}

static enum gcv_status put_new(struct put *put, uint32_t nr, const struct gcv_hash *content,
			       int64_t *ret_id, struct gcv_err *err)
{
	const struct gcv_fact_def *d = &put->facts->defs[nr];
	int64_t name, type, attributes, body;
	struct gcv_db *db = put->db;
	enum gcv_status st;

	st = put_body(db, d->body, d->body_len, &body, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, d->name, &name, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, d->type, &type, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, d->attributes, &attributes, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_DEFINITION_ADD, err, GCV_INT(put->files[d->file]),
			     GCV_BLOB(content->b, 16), GCV_INT(d->kind), GCV_INT(name),
			     GCV_INT(d->begin), GCV_INT(d->end), GCV_INT(d->body_begin),
			     GCV_INT(d->line), GCV_INT(d->end_line), GCV_INT(d->linkage),
			     GCV_INT(d->from_macro), GCV_INT(d->has_error), GCV_ID(type),
			     GCV_ID(attributes), GCV_INT(body));
	if (st != GCV_OK)
		return st;
	*ret_id = sqlite3_last_insert_rowid(db->conn);
	return put_parts(put, nr, *ret_id, err);
}

enum gcv_status gcv_db_definitions_put(struct gcv_db *db, int64_t unit,
				       const struct gcv_facts *facts, const int64_t *files,
				       struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct put put = {
		.db = db,
		.facts = facts,
		.files = files,
		.calls = group_by_def(&arena, facts->calls, sizeof(*facts->calls), facts->nr_calls,
				      facts->nr_defs),
		.members = group_by_def(&arena, facts->members, sizeof(*facts->members),
					facts->nr_members, facts->nr_defs),
		.addresses = group_by_def(&arena, facts->addresses, sizeof(*facts->addresses),
					  facts->nr_addresses, facts->nr_defs),
	};
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < facts->nr_defs && st == GCV_OK; i++) {
		struct gcv_hash content = hash_def(&put, i);
		int64_t def;

		st = GCV_LOOK_UP(db, GCV_STMT_DEFINITION_FIND, &def, err,
				 GCV_INT(files[facts->defs[i].file]), GCV_BLOB(content.b, 16));
		if (st == GCV_OK && !def)
			st = put_new(&put, i, &content, &def, err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_UNIT_DEFINITION_ADD, err, GCV_INT(unit),
				     GCV_INT(def));
	}
	gcv_strbuf_release(&put.key);
	gcv_arena_release(&arena);
	return st;
}

static struct gcv_hash hash_record(struct gcv_strbuf *key, const struct gcv_fact_record *r)
{
	uint32_t i;

	gcv_strbuf_clear(key);
	gcv_wire_put_str(key, r->name);
	gcv_wire_put_uint(key, r->offset);
	gcv_wire_put_uint(key, r->line);
	for (i = 0; i < r->nr_fields; i++) {
		gcv_wire_put_str(key, r->fields[i].name);
		gcv_wire_put_str(key, r->fields[i].type);
		gcv_wire_put_str(key, r->fields[i].canonical);
	}
	return gcv_hash_bytes(key->buf, key->len);
}

static enum gcv_status put_field(struct gcv_db *db, int64_t record, uint32_t nr,
				 const struct gcv_fact_field *f, struct gcv_err *err)
{
	int64_t name, type, canonical;
	enum gcv_status st = gcv_db_name(db, f->name, &name, err);

	if (st == GCV_OK)
		st = gcv_db_name(db, f->type, &type, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, f->canonical, &canonical, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_FIELD_ADD, err, GCV_INT(record), GCV_INT(nr),
			     GCV_ID(name), GCV_ID(type), GCV_ID(canonical));
	return st;
}

enum gcv_status gcv_db_record_put(struct gcv_db *db, int64_t unit, const struct gcv_fact_record *r,
				  int64_t file, struct gcv_err *err)
{
	struct gcv_hash content = hash_record(&db->scratch, r);
	enum gcv_status st;
	int64_t record, name;
	uint32_t i;

	st = GCV_LOOK_UP(db, GCV_STMT_RECORD_FIND, &record, err, GCV_INT(file),
			 GCV_BLOB(content.b, 16));
	if (st == GCV_OK && !record) {
		st = gcv_db_name(db, r->name, &name, err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_RECORD_ADD, err, GCV_INT(file),
				     GCV_BLOB(content.b, 16), GCV_ID(name), GCV_INT(r->offset),
				     GCV_INT(r->line));
		record = sqlite3_last_insert_rowid(db->conn);
		for (i = 0; i < r->nr_fields && st == GCV_OK; i++)
			st = put_field(db, record, i, &r->fields[i], err);
	}
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_UNIT_RECORD_ADD, err, GCV_INT(unit), GCV_INT(record));
	return st;
}
