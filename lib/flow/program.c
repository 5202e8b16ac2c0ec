// SPDX-License-Identifier: GPL-2.0-only
#include "flow/program.h"

#include "flow/program_index.h"

#include <stdlib.h>
#include <string.h>

enum gcv_status gcv_program_load(const struct gcv_program_source *source,
				 struct gcv_program **ret_program, struct gcv_err *err)
{
	struct gcv_program *program = gcv_zalloc(1, sizeof(*program));
	enum gcv_status st;
	uint32_t i;

	program->source = *source;
	st = source->load(source->ctx, &program->arena, &program->facts, err);
	if (st != GCV_OK) {
		gcv_program_free(program);
		return st;
	}
	for (i = 0; i < program->facts.nr_functions; i++) {
		program->facts.functions[i].index = i;
		program->facts.functions[i].body = NULL;
	}
	program->by_name = gcv_program_index_build(&program->facts);
	*ret_program = program;
	return GCV_OK;
}

void gcv_program_free(struct gcv_program *program)
{
	if (!program)
		return;
	gcv_program_index_free(program->by_name);
	gcv_arena_release(&program->arena);
	free(program);
}

void gcv_body_cache_release(struct gcv_body_cache *cache)
{
	gcv_arena_release(&cache->arena);
	gcv_map64_release(&cache->index);
	gcv_map64_release(&cache->names_at);
	free(cache->bodies);
	free(cache->names);
	*cache = (struct gcv_body_cache){ 0 };
}

static enum gcv_status decode(struct gcv_program *program, int64_t id, struct gcv_arena *arena,
			      struct gcv_body *ret_body, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf bytes = { 0 };
	enum gcv_status st = program->source.body(program->source.ctx, id, &bytes, err);

	if (st == GCV_OK)
		st = gcv_body_decode(bytes.buf, bytes.len, arena, ret_body, err);
	return st;
}

/* The cache's array moves as it grows: the program keeps a copy of what points into the arena. */
static enum gcv_status cached(struct gcv_program *program, int64_t id, struct gcv_body *ret_body,
			      struct gcv_err *err)
{
	struct gcv_body_cache *cache = program->cache;
	uint32_t at = gcv_map64_get(&cache->index, (uint64_t)id);
	enum gcv_status st;
	bool is_new;

	if (at != GCV_MAP64_NONE) {
		*ret_body = cache->bodies[at];
		return GCV_OK;
	}
	st = decode(program, id, &cache->arena, ret_body, err);
	if (st != GCV_OK)
		return st;
	GCV_GROW(cache->bodies, cache->nr, cache->cap);
	*gcv_map64_add(&cache->index, (uint64_t)id, &is_new) = cache->nr;
	cache->bodies[cache->nr++] = *ret_body;
	return GCV_OK;
}

enum gcv_status gcv_program_body(struct gcv_program *program, struct gcv_function *fn,
				 struct gcv_err *err)
{
	struct gcv_body body;
	enum gcv_status st;

	if (fn->body)
		return GCV_OK;
	st = program->cache ? cached(program, fn->id, &body, err)
			    : decode(program, fn->id, &program->arena, &body, err);
	if (st != GCV_OK)
		return st;
	fn->body = gcv_arena_alloc(&program->arena, sizeof(*fn->body));
	*fn->body = body;
	return GCV_OK;
}

/* A body that is there anyway. */
static const struct gcv_body *known_body(const struct gcv_program *program,
					 const struct gcv_function *fn)
{
	uint32_t at = program->cache ? gcv_map64_get(&program->cache->index, (uint64_t)fn->id)
				     : GCV_MAP64_NONE;

	return fn->body || at == GCV_MAP64_NONE ? fn->body : &program->cache->bodies[at];
}

static void keep_name(void *ctx, const char *name, size_t len)
{
	gcv_strbuf_add(ctx, name, len);
	gcv_strbuf_add(ctx, "", 1);
}

/* @names: each with its terminator. */
static void tell(const char *names, size_t len,
		 void (*each)(void *ctx, const char *name, size_t len), void *ctx)
{
	size_t at, one;

	for (at = 0; at < len; at += one + 1) {
		one = strlen(names + at);
		each(ctx, names + at, one);
	}
}

static bool tell_kept(const struct gcv_body_cache *cache, int64_t id,
		      void (*each)(void *ctx, const char *name, size_t len), void *ctx)
{
	uint32_t at = cache ? gcv_map64_get(&cache->names_at, (uint64_t)id) : GCV_MAP64_NONE;
	const struct gcv_body_names *names;

	if (at == GCV_MAP64_NONE)
		return false;
	names = &cache->names[at];
	tell(names->text, names->len, each, ctx);
	return true;
}

static void keep_names(struct gcv_body_cache *cache, int64_t id, const struct gcv_strbuf *names)
{
	bool is_new;

	*gcv_map64_add(&cache->names_at, (uint64_t)id, &is_new) = cache->nr_names;
	GCV_GROW(cache->names, cache->nr_names, cache->cap_names);
	cache->names[cache->nr_names].len = names->len;
	cache->names[cache->nr_names++].text =
		names->len ? gcv_arena_strndup(&cache->arena, names->buf, names->len) : "";
}

enum gcv_status gcv_program_names(struct gcv_program *program, const struct gcv_function *fn,
				  void (*each)(void *ctx, const char *name, size_t len), void *ctx,
				  struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf bytes = { 0 };
	GCV_STRBUF_AUTO struct gcv_strbuf names = { 0 };
	const struct gcv_body *body = known_body(program, fn);
	enum gcv_status st;
	uint32_t i;

	for (i = 0; body && i < body->nr_symbols; i++)
		if (body->symbols[i].kind == GCV_SYMBOL_FUNCTION)
			each(ctx, body->symbols[i].name, strlen(body->symbols[i].name));
	if (body)
		return GCV_OK;
	if (tell_kept(program->cache, fn->id, each, ctx))
		return GCV_OK;
	st = program->source.body(program->source.ctx, fn->id, &bytes, err);
	if (st == GCV_OK)
		st = gcv_body_each_function(bytes.buf, bytes.len, keep_name, &names, err);
	if (st != GCV_OK)
		return st;
	if (program->cache)
		keep_names(program->cache, fn->id, &names);
	tell(names.buf, names.len, each, ctx);
	return GCV_OK;
}

struct gcv_program_targets gcv_program_named(const struct gcv_program *program, const char *file,
					     const char *name, bool is_static)
{
	struct gcv_program_index *index = program->by_name;
	uint32_t id = gcv_intern_find(&index->names, name, strlen(name));

	if (!is_static)
		return gcv_program_list_of(&index->external, id);
	return gcv_program_seen_by_file(index, gcv_intern_find(&index->files, file, strlen(file)),
					id);
}

struct gcv_program_targets gcv_program_stored(const struct gcv_program *program, const char *field)
{
	const struct gcv_program_index *index = program->by_name;

	return gcv_program_list_of(&index->stored,
				   gcv_intern_find(&index->fields, field, strlen(field)));
}

static struct gcv_program_targets stored_in_member(const struct gcv_program *program,
						   const struct gcv_symbol *field)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };

	gcv_strbuf_addf(&name, "%s.%s", field->owner, field->name);
	return gcv_program_stored(program, name.buf);
}

struct gcv_program_targets gcv_program_callees(const struct gcv_program *program,
					       const struct gcv_function *fn, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(fn->body, call);
	struct gcv_program_index *index = program->by_name;

	if (symbol && symbol->kind == GCV_SYMBOL_FUNCTION)
		return gcv_program_seen_by_function(index, fn->index,
						    gcv_intern_find(&index->names, symbol->name,
								    strlen(symbol->name)),
						    strcmp(symbol->owner, "static") == 0);
	if (symbol && symbol->kind == GCV_SYMBOL_FIELD)
		return stored_in_member(program, symbol);
	return (struct gcv_program_targets){ 0 };
}
