// SPDX-License-Identifier: GPL-2.0-only
#include "parse/facts.h"
#include "parse/body.h"
#include "parse/wire.h"

#include <string.h>

const char *const gcv_facts_warnings[] = {
	"-Wunused-variable",
	"-Wunused-but-set-variable",
	"-Wunused-label",
	"-Wunused-function",
	"-Wunused-value",
	"-Wuninitialized",
	"-Wsometimes-uninitialized",
	"-Wparentheses",
	"-Wdangling-else",
	"-Wmisleading-indentation",
	"-Wempty-body",
	"-Wincompatible-pointer-types",
	"-Wconstant-conversion",
	NULL,
};

/*
 * One list of the fields serves both directions: each put_x() has its get_x() below it, so that a
 * change to one is not made without the other.
 */
static void put_file(struct gcv_strbuf *out, const struct gcv_fact_file *f)
{
	gcv_wire_put_str(out, f->path);
	gcv_strbuf_add(out, f->hash, sizeof(f->hash));
	gcv_wire_put_uint(out, f->is_main);
}

static void get_file(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_fact_file *f)
{
	f->path = gcv_wire_get_str(in, arena);
	if (in->end - in->pos < (long)sizeof(f->hash)) {
		in->failed = true;
		return;
	}
	memcpy(f->hash, in->pos, sizeof(f->hash));
	in->pos += sizeof(f->hash);
	f->is_main = gcv_wire_get_uint(in);
}

/* An enum or index from outside: damaged where it is not below @limit. */
static uint32_t get_below(struct gcv_wire *in, uint32_t limit)
{
	uint32_t value = gcv_wire_get_u32(in);

	if (value < limit)
		return value;
	in->failed = true;
	return 0;
}

/* An index that may be GCV_NONE travels as index + 1. */
static void put_index(struct gcv_strbuf *out, uint32_t index)
{
	gcv_wire_put_uint(out, index == GCV_NONE ? 0 : (uint64_t)index + 1);
}

static uint32_t get_index(struct gcv_wire *in, uint32_t limit)
{
	uint64_t value = gcv_wire_get_uint(in);

	if (value <= limit)
		return value ? (uint32_t)(value - 1) : GCV_NONE;
	in->failed = true;
	return GCV_NONE;
}

static void put_def(struct gcv_strbuf *out, const struct gcv_fact_def *d)
{
	gcv_wire_put_uint(out, d->kind);
	gcv_wire_put_str(out, d->name);
	gcv_wire_put_uint(out, d->file);
	gcv_wire_put_uint(out, d->begin);
	gcv_wire_put_uint(out, d->end);
	gcv_wire_put_uint(out, d->body_begin);
	gcv_wire_put_uint(out, d->line);
	gcv_wire_put_uint(out, d->end_line);
	gcv_wire_put_uint(out, d->linkage);
	gcv_wire_put_uint(out, d->from_macro | d->has_error << 1);
	gcv_wire_put_str(out, d->type);
	gcv_wire_put_str(out, d->attributes);
	gcv_wire_put_bytes(out, d->body, d->body_len);
}

static void get_def(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
		    struct gcv_fact_def *d)
{
	const char *body;
	uint32_t marks;

	d->kind = (enum gcv_def_kind)get_below(in, GCV_DEF_VARIABLE + 1);
	d->name = gcv_wire_get_str(in, arena);
	d->file = get_below(in, facts->nr_files);
	d->begin = gcv_wire_get_u32(in);
	d->end = gcv_wire_get_u32(in);
	d->body_begin = gcv_wire_get_u32(in);
	d->line = gcv_wire_get_u32(in);
	d->end_line = gcv_wire_get_u32(in);
	d->linkage = (enum gcv_linkage)get_below(in, GCV_LINKAGE_EXTERN_INLINE + 1);
	marks = get_below(in, 4);
	d->from_macro = marks & 1;
	d->has_error = marks & 2;
	d->type = gcv_wire_get_str(in, arena);
	d->attributes = gcv_wire_get_str(in, arena);
	body = gcv_wire_get_bytes(in, &d->body_len);
	d->body = gcv_arena_strndup(arena, body, d->body_len);
}

static void put_call(struct gcv_strbuf *out, const struct gcv_fact_call *c)
{
	uint32_t i;

	gcv_wire_put_uint(out, c->def);
	gcv_wire_put_str(out, c->callee);
	gcv_wire_put_uint(out, c->is_direct | c->is_api << 1);
	gcv_wire_put_uint(out, c->begin);
	gcv_wire_put_uint(out, c->end);
	gcv_wire_put_uint(out, c->name_offset);
	gcv_wire_put_uint(out, c->line);
	gcv_wire_put_uint(out, c->column);
	gcv_wire_put_str(out, c->macro);
	put_index(out, c->macro_file);
	gcv_wire_put_uint(out, c->macro_line);
	gcv_wire_put_uint(out, c->macro_offset);
	gcv_wire_put_uint(out, c->nr_args);
	if (!c->is_api)
		return;
	for (i = 0; i < c->nr_args; i++) {
		gcv_wire_put_str(out, c->args[i].text);
		gcv_wire_put_str(out, c->args[i].type);
		gcv_wire_put_uint(out, c->args[i].begin);
		gcv_wire_put_uint(out, c->args[i].end);
	}
	gcv_wire_put_str(out, c->decl_file);
	gcv_wire_put_str(out, c->decl_type);
	gcv_wire_put_uint(out, c->decl_linkage);
}

static void get_call(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
		     struct gcv_fact_call *c)
{
	uint32_t i, marks;

	c->def = get_below(in, facts->nr_defs);
	c->callee = gcv_wire_get_str(in, arena);
	marks = get_below(in, 4);
	c->is_direct = marks & 1;
	c->is_api = marks & 2;
	c->begin = gcv_wire_get_u32(in);
	c->end = gcv_wire_get_u32(in);
	c->name_offset = gcv_wire_get_u32(in);
	c->line = gcv_wire_get_u32(in);
	c->column = gcv_wire_get_u32(in);
	c->macro = gcv_wire_get_str(in, arena);
	c->macro_file = get_index(in, facts->nr_files);
	c->macro_line = gcv_wire_get_u32(in);
	c->macro_offset = gcv_wire_get_u32(in);
	c->decl_file = c->decl_type = "";
	if (!c->is_api) {
		c->nr_args = gcv_wire_get_u32(in);
		return;
	}
	c->nr_args = gcv_wire_get_count(in, 4);
	c->args = gcv_arena_alloc(arena, sizeof(*c->args) * c->nr_args);
	for (i = 0; i < c->nr_args; i++) {
		c->args[i].text = gcv_wire_get_str(in, arena);
		c->args[i].type = gcv_wire_get_str(in, arena);
		c->args[i].begin = gcv_wire_get_u32(in);
		c->args[i].end = gcv_wire_get_u32(in);
	}
	c->decl_file = gcv_wire_get_str(in, arena);
	c->decl_type = gcv_wire_get_str(in, arena);
	c->decl_linkage = (enum gcv_linkage)get_below(in, GCV_LINKAGE_EXTERN_INLINE + 1);
}

static void put_seen(struct gcv_strbuf *out, const struct gcv_fact_seen *s)
{
	gcv_wire_put_uint(out, s->file);
	gcv_wire_put_uint(out, s->offset);
	gcv_wire_put_uint(out, s->kind);
}

static void get_seen(struct gcv_wire *in, const struct gcv_facts *facts, struct gcv_fact_seen *s)
{
	s->file = get_below(in, facts->nr_files);
	s->offset = gcv_wire_get_u32(in);
	s->kind = (enum gcv_seen_kind)get_below(in, GCV_SEEN_OTHER + 1);
}

static void put_member(struct gcv_strbuf *out, const struct gcv_fact_member *m)
{
	gcv_wire_put_uint(out, m->def);
	gcv_wire_put_str(out, m->field);
	gcv_wire_put_uint(out, m->access);
}

static void get_member(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
		       struct gcv_fact_member *m)
{
	m->def = get_below(in, facts->nr_defs);
	m->field = gcv_wire_get_str(in, arena);
	m->access = get_below(in, 8);
}

static void put_address(struct gcv_strbuf *out, const struct gcv_fact_address *a)
{
	gcv_wire_put_uint(out, a->def);
	gcv_wire_put_str(out, a->function);
	gcv_wire_put_str(out, a->field);
	gcv_wire_put_uint(out, a->offset);
	gcv_wire_put_uint(out, a->line);
}

static void get_address(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
			struct gcv_fact_address *a)
{
	a->def = get_below(in, facts->nr_defs);
	a->function = gcv_wire_get_str(in, arena);
	a->field = gcv_wire_get_str(in, arena);
	a->offset = gcv_wire_get_u32(in);
	a->line = gcv_wire_get_u32(in);
}

static void put_record(struct gcv_strbuf *out, const struct gcv_fact_record *r)
{
	uint32_t i;

	gcv_wire_put_str(out, r->name);
	gcv_wire_put_uint(out, r->file);
	gcv_wire_put_uint(out, r->offset);
	gcv_wire_put_uint(out, r->line);
	gcv_wire_put_uint(out, r->nr_fields);
	for (i = 0; i < r->nr_fields; i++) {
		gcv_wire_put_str(out, r->fields[i].name);
		gcv_wire_put_str(out, r->fields[i].type);
		gcv_wire_put_str(out, r->fields[i].canonical);
	}
}

static void get_record(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
		       struct gcv_fact_record *r)
{
	uint32_t i;

	r->name = gcv_wire_get_str(in, arena);
	r->file = get_below(in, facts->nr_files);
	r->offset = gcv_wire_get_u32(in);
	r->line = gcv_wire_get_u32(in);
	r->nr_fields = gcv_wire_get_count(in, 3);
	r->fields = gcv_arena_alloc(arena, sizeof(*r->fields) * r->nr_fields);
	for (i = 0; i < r->nr_fields; i++) {
		r->fields[i].name = gcv_wire_get_str(in, arena);
		r->fields[i].type = gcv_wire_get_str(in, arena);
		r->fields[i].canonical = gcv_wire_get_str(in, arena);
	}
}

static void put_decl(struct gcv_strbuf *out, const struct gcv_fact_decl *d)
{
	uint32_t i;

	gcv_wire_put_str(out, d->name);
	gcv_wire_put_uint(out, d->file);
	gcv_wire_put_uint(out, d->line);
	gcv_wire_put_str(out, d->type);
	gcv_wire_put_str(out, d->result);
	gcv_wire_put_uint(out, d->is_macro | d->is_enum << 1);
	gcv_wire_put_int(out, d->value);
	gcv_wire_put_uint(out, d->nr_params);
	for (i = 0; i < d->nr_params; i++) {
		gcv_wire_put_str(out, d->param_names[i]);
		gcv_wire_put_str(out, d->param_types[i]);
	}
}

static void get_decl(struct gcv_wire *in, struct gcv_arena *arena, const struct gcv_facts *facts,
		     struct gcv_fact_decl *d)
{
	uint32_t i, marks;

	d->name = gcv_wire_get_str(in, arena);
	d->file = get_below(in, facts->nr_files);
	d->line = gcv_wire_get_u32(in);
	d->type = gcv_wire_get_str(in, arena);
	d->result = gcv_wire_get_str(in, arena);
	marks = get_below(in, 4);
	d->is_macro = marks & 1;
	d->is_enum = marks & 2;
	d->value = gcv_wire_get_int(in);
	d->nr_params = gcv_wire_get_count(in, 2);
	d->param_names = gcv_arena_alloc(arena, sizeof(*d->param_names) * d->nr_params);
	d->param_types = gcv_arena_alloc(arena, sizeof(*d->param_types) * d->nr_params);
	for (i = 0; i < d->nr_params; i++) {
		d->param_names[i] = gcv_wire_get_str(in, arena);
		d->param_types[i] = gcv_wire_get_str(in, arena);
	}
}

#define PUT_ALL(list, put)                                \
	do {                                              \
		gcv_wire_put_uint(out, facts->nr_##list); \
		for (i = 0; i < facts->nr_##list; i++)    \
			put(out, &facts->list[i]);        \
	} while (0)

void gcv_facts_encode(const struct gcv_facts *facts, struct gcv_strbuf *out)
{
	uint32_t i;

	gcv_wire_put_uint(out, GCV_FACTS_VERSION);
	PUT_ALL(files, put_file);
	PUT_ALL(defs, put_def);
	PUT_ALL(calls, put_call);
	PUT_ALL(seen, put_seen);
	PUT_ALL(members, put_member);
	PUT_ALL(addresses, put_address);
	PUT_ALL(records, put_record);
	PUT_ALL(decls, put_decl);
	gcv_wire_put_uint(out, facts->nr_errors);
	for (i = 0; i < facts->nr_errors; i++) {
		put_index(out, facts->errors[i].file);
		gcv_wire_put_uint(out, facts->errors[i].line);
		gcv_wire_put_str(out, facts->errors[i].text);
	}
	gcv_wire_put_uint(out, facts->nr_skips);
	for (i = 0; i < facts->nr_skips; i++) {
		gcv_wire_put_uint(out, facts->skips[i].file);
		gcv_wire_put_uint(out, facts->skips[i].begin);
		gcv_wire_put_uint(out, facts->skips[i].end);
	}
	gcv_wire_put_uint(out, facts->nr_outside);
	for (i = 0; i < facts->nr_outside; i++)
		gcv_wire_put_str(out, facts->outside[i]);
	gcv_wire_put_uint(out, facts->nr_errors_all);
	gcv_wire_put_uint(out, facts->nr_errors_main);
}

/* @get is a statement. */
/* NOLINTBEGIN(bugprone-macro-parentheses) */
#define GET_ALL(list, min_bytes, get)                                                          \
	do {                                                                                   \
		facts->nr_##list = gcv_wire_get_count(in, min_bytes);                          \
		facts->list = gcv_arena_alloc(arena, sizeof(*facts->list) * facts->nr_##list); \
		for (i = 0; i < facts->nr_##list && !in->failed; i++)                          \
			get;                                                                   \
	} while (0)
/* NOLINTEND(bugprone-macro-parentheses) */

static void get_facts(struct gcv_wire *in, struct gcv_arena *arena, struct gcv_facts *facts)
{
	uint32_t i;

	GET_ALL(files, 18, get_file(in, arena, &facts->files[i]));
	GET_ALL(defs, 13, get_def(in, arena, facts, &facts->defs[i]));
	GET_ALL(calls, 13, get_call(in, arena, facts, &facts->calls[i]));
	GET_ALL(seen, 3, get_seen(in, facts, &facts->seen[i]));
	GET_ALL(members, 3, get_member(in, arena, facts, &facts->members[i]));
	GET_ALL(addresses, 5, get_address(in, arena, facts, &facts->addresses[i]));
	GET_ALL(records, 5, get_record(in, arena, facts, &facts->records[i]));
	GET_ALL(decls, 8, get_decl(in, arena, facts, &facts->decls[i]));
	GET_ALL(errors, 3, {
		facts->errors[i].file = get_index(in, facts->nr_files);
		facts->errors[i].line = gcv_wire_get_u32(in);
		facts->errors[i].text = gcv_wire_get_str(in, arena);
	});
	GET_ALL(skips, 3, {
		facts->skips[i].file = get_below(in, facts->nr_files);
		facts->skips[i].begin = gcv_wire_get_u32(in);
		facts->skips[i].end = gcv_wire_get_u32(in);
	});
	GET_ALL(outside, 1, facts->outside[i] = gcv_wire_get_str(in, arena));
	facts->nr_errors_all = gcv_wire_get_u32(in);
	facts->nr_errors_main = gcv_wire_get_u32(in);
}

enum gcv_status gcv_facts_decode(const char *data, size_t len_bytes, struct gcv_arena *arena,
				 struct gcv_facts *ret_facts, struct gcv_err *err)
{
	struct gcv_wire in = { .pos = data, .end = data + len_bytes };
	struct gcv_facts facts = { 0 };
	uint32_t i;

	if (gcv_wire_get_uint(&in) != GCV_FACTS_VERSION)
		return gcv_err_set(err, GCV_ERR_FORMAT, "facts of an unknown version");
	get_facts(&in, arena, &facts);
	if (in.failed || in.pos != in.end)
		return gcv_err_set(err, GCV_ERR_FORMAT, "facts are damaged");
	for (i = 0; i < facts.nr_defs; i++) {
		struct gcv_arena scratch = { 0 };
		struct gcv_body body;
		enum gcv_status st = gcv_body_decode(facts.defs[i].body, facts.defs[i].body_len,
						     &scratch, &body, err);

		gcv_arena_release(&scratch);
		if (st != GCV_OK)
			return st;
	}
	*ret_facts = facts;
	return GCV_OK;
}
