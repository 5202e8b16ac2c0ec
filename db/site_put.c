// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"

#include <string.h>
#include <xxhash.h>

/*
 * The statement hands out the calls of all units, sorted by where they stand; calls at the same
 * place one after the other make one site. A site is written when the first call of the next one
 * comes.
 */

/**
 * struct site_row - the site in the making
 * @nr: its number in the snapshot
 * @role: its role
 * @path: its file
 * @file: row of that
 * @function_name: function that holds it
 * @function: row of that
 * @api_name: function called
 * @api: row of that
 * @offset: of the name
 * @line: of the name
 * @column: of the name
 * @macro: row of the macro's name
 * @macro_file: row of the file that spells the call
 * @macro_line: line there
 * @macro_offset: offset there
 * @flags: text of the flags argument
 * @homonym: true until a call of it is seen that is none
 */
struct site_row {
	uint32_t nr;
	const char *role, *path, *function_name, *api_name, *flags;
	int64_t file, function, api, macro, macro_file;
	uint32_t offset, line, column, macro_line, macro_offset;
	bool homonym;
};

/**
 * struct site_put - the sites of a snapshot on their way into the store
 * @db: the handle
 * @id: the snapshot
 * @snapshot: what the caller knows about the names
 * @site: the site in the making
 * @is_open: is there one?
 * @nr_sites: sites so far
 * @arena: owns the strings of all sites
 * @functions: "path NUL function NUL API" of the ordinals
 * @ordinals: next ordinal, by the number of the key
 * @cap_ordinals: allocated length
 */
struct site_put {
	struct gcv_db *db;
	int64_t id;
	const struct gcv_snapshot *snapshot;
	struct site_row site;
	bool is_open;
	uint32_t nr_sites;
	struct gcv_arena arena;
	struct gcv_intern functions;
	uint32_t *ordinals;
	uint32_t cap_ordinals;
};

/* Key of what an ordinal counts in; also the beginning of what the stable id is made of. */
static void build_key(struct gcv_strbuf *key, const struct site_row *s)
{
	gcv_strbuf_clear(key);
	gcv_strbuf_add(key, s->path, strlen(s->path) + 1);
	gcv_strbuf_add(key, s->function_name, strlen(s->function_name) + 1);
	gcv_strbuf_add(key, s->api_name, strlen(s->api_name) + 1);
}

static uint32_t next_ordinal(struct site_put *put, const struct gcv_strbuf *key)
{
	uint32_t known = put->functions.nr;
	uint32_t nr = gcv_intern_add(&put->functions, key->buf, key->len);

	GCV_GROW(put->ordinals, nr, put->cap_ordinals);
	if (nr == known)
		put->ordinals[nr] = 0;
	return put->ordinals[nr]++;
}

static enum gcv_status close_site(struct site_put *put, struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	const struct site_row *s = &put->site;
	struct gcv_strbuf id = { 0 };
	enum gcv_status st;
	uint32_t ordinal;

	if (!put->is_open)
		return GCV_OK;
	put->is_open = false;
	build_key(&key, s);
	ordinal = next_ordinal(put, &key);
	gcv_strbuf_addf(&key, "%u", ordinal);
	gcv_strbuf_addf(&id, "%016llx", (unsigned long long)XXH3_64bits(key.buf, key.len));
	st = GCV_RUN(put->db, GCV_STMT_SITE_ADD, err, GCV_INT(put->id), GCV_INT(s->nr),
		     GCV_TEXT(id.buf), GCV_TEXT(s->role), GCV_INT(s->file), GCV_INT(s->offset),
		     GCV_INT(s->line), GCV_INT(s->column), GCV_ID(s->function), GCV_INT(s->api),
		     GCV_OPTIONAL_TEXT(s->flags), GCV_INT(ordinal), GCV_ID(s->macro),
		     GCV_ID(s->macro_file), GCV_INT(s->macro_line), GCV_INT(s->homonym));
	gcv_strbuf_release(&id);
	return st;
}

static void read_site(struct site_put *put, const struct gcv_row *row, struct site_row *ret)
{
	*ret = (struct site_row){
		.nr = put->nr_sites,
		.file = gcv_row_int(row, 0),
		.path = gcv_row_text(row, 1),
		.offset = gcv_row_u32(row, 2),
		.line = gcv_row_u32(row, 3),
		.column = gcv_row_u32(row, 4),
		.function = gcv_row_int(row, 5),
		.function_name = gcv_row_text(row, 6),
		.api = gcv_row_int(row, 7),
		.api_name = gcv_row_text(row, 8),
		.role = gcv_row_text(row, 9),
		.macro = gcv_row_int(row, 10),
		.macro_file = gcv_row_int(row, 11),
		.macro_line = gcv_row_u32(row, 12),
		.macro_offset = gcv_row_u32(row, 13),
		.flags = "",
		.homonym = true,
	};
}

static bool is_same_site(const struct site_row *a, const struct site_row *b)
{
	return a->file == b->file && a->offset == b->offset && a->function == b->function &&
	       a->api == b->api && a->macro_file == b->macro_file &&
	       a->macro_offset == b->macro_offset;
}

static void open_site(struct site_put *put, const struct site_row *site)
{
	put->site = *site;
	put->site.path = gcv_arena_strdup(&put->arena, site->path);
	put->site.function_name = gcv_arena_strdup(&put->arena, site->function_name);
	put->site.api_name = gcv_arena_strdup(&put->arena, site->api_name);
	put->site.role = gcv_arena_strdup(&put->arena, site->role);
	put->is_open = true;
	put->nr_sites++;
}

static enum gcv_status read_flags(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct site_put *put = data;

	(void)err;
	put->site.flags = gcv_arena_strdup(&put->arena, gcv_row_text(row, 0));
	return GCV_OK;
}

/* Ask the caller what only he knows: is it the API, and which argument is the flags? */
static enum gcv_status judge_call(struct site_put *put, const struct gcv_row *row,
				  struct gcv_err *err)
{
	const struct gcv_snapshot *snapshot = put->snapshot;
	uint32_t nr_args = gcv_row_u32(row, 17), linkage = gcv_row_u32(row, 16);
	const char *decl_type = gcv_row_text(row, 15);
	struct site_row *s = &put->site;
	int arg;

	if (linkage > GCV_LINKAGE_EXTERN_INLINE)
		linkage = GCV_LINKAGE_EXTERNAL;
	if (s->homonym)
		s->homonym = snapshot->is_homonym &&
			     snapshot->is_homonym(snapshot->data, s->api_name,
						  gcv_row_text(row, 14), decl_type,
						  (enum gcv_linkage)linkage);
	if (*s->flags || !snapshot->flags_arg)
		return GCV_OK;
	arg = snapshot->flags_arg(snapshot->data, s->api_name, nr_args, decl_type);
	if (arg < 0 || (uint32_t)arg >= nr_args)
		return GCV_OK;
	return GCV_EACH(put->db, GCV_STMT_SITE_ARG, read_flags, put, err,
			GCV_INT(gcv_row_int(row, 18)), GCV_INT(gcv_row_int(row, 19)), GCV_INT(arg));
}

static enum gcv_status take_call(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct site_put *put = data;
	struct site_row site;
	enum gcv_status st = GCV_OK;

	read_site(put, row, &site);
	if (!put->is_open || !is_same_site(&put->site, &site)) {
		st = close_site(put, err);
		if (st == GCV_OK)
			open_site(put, &site);
	}
	if (st == GCV_OK)
		st = judge_call(put, row, err);
	if (st == GCV_OK)
		st = GCV_RUN(put->db, GCV_STMT_SITE_CONFIG_ADD, err, GCV_INT(put->id),
			     GCV_INT(put->site.nr), GCV_INT(gcv_row_int(row, 20)));
	if (st == GCV_OK)
		st = GCV_RUN(put->db, GCV_STMT_SITE_CALL_ADD, err, GCV_INT(put->id),
			     GCV_INT(put->site.nr), GCV_INT(gcv_row_int(row, 18)),
			     GCV_INT(gcv_row_int(row, 19)));
	return st;
}

enum gcv_status gcv_db_sites_put(struct gcv_db *db, int64_t id, const struct gcv_snapshot *snapshot,
				 struct gcv_err *err)
{
	struct site_put put = { .db = db, .id = id, .snapshot = snapshot };
	enum gcv_status st;

	st = GCV_EACH(db, GCV_STMT_SITE_CALLS, take_call, &put, err, GCV_INT(id));
	if (st == GCV_OK)
		st = close_site(&put, err);
	gcv_autofree_cleanup(&put.ordinals);
	gcv_intern_release(&put.functions);
	gcv_arena_release(&put.arena);
	return st;
}
