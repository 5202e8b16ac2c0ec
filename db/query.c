// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"
#include "db/results.h"
#include "db/subsystems.h"

#include <sqlite3.h>
#include <stdlib.h>

/* One transaction for a reading, so that all of it is of one snapshot. A reader that runs in the
 * callback of another is in that one's transaction. */
static enum gcv_status begin_read(struct gcv_db *db, bool *ret_begun, struct gcv_err *err)
{
	*ret_begun = false;
	if (!sqlite3_get_autocommit(db->conn))
		return GCV_OK;
	*ret_begun = true;
	return gcv_db_exec(db, "BEGIN", err);
}

static enum gcv_status end_read(struct gcv_db *db, bool begun, enum gcv_status st,
				struct gcv_err *err)
{
	return begun ? gcv_db_end(db, st, err) : st;
}

static void read_snapshot(const struct gcv_row *row, struct gcv_snapshot_row *ret)
{
	*ret = (struct gcv_snapshot_row){
		.id = gcv_row_int(row, 0),
		.label = gcv_row_text(row, 1),
		.kernel = gcv_row_text(row, 2),
		.revision = gcv_row_text(row, 3),
		.tool = gcv_row_text(row, 4),
		.summary = gcv_row_text(row, 5),
		.complete = gcv_row_int(row, 6),
	};
}

/** struct keep_snapshot - where a snapshot's row goes */
struct keep_snapshot {
	struct gcv_arena *arena;
	struct gcv_snapshot_row row;
	bool found;
};

static enum gcv_status keep_snapshot(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct keep_snapshot *keep = data;
	struct gcv_snapshot_row *s = &keep->row;

	(void)err;
	read_snapshot(row, s);
	s->label = gcv_arena_strdup(keep->arena, s->label);
	s->kernel = gcv_arena_strdup(keep->arena, s->kernel);
	s->revision = gcv_arena_strdup(keep->arena, s->revision);
	s->tool = gcv_arena_strdup(keep->arena, s->tool);
	s->summary = gcv_arena_strdup(keep->arena, s->summary);
	keep->found = true;
	return GCV_OK;
}

enum gcv_status gcv_db_snapshot(struct gcv_db *db, const char *label, struct gcv_arena *arena,
				struct gcv_snapshot_row *ret_row, struct gcv_err *err)
{
	struct keep_snapshot keep = { .arena = arena };
	enum gcv_status st;

	if (label)
		st = GCV_EACH(db, GCV_STMT_SNAPSHOT_BY_LABEL, keep_snapshot, &keep, err,
			      GCV_TEXT(label));
	else
		st = GCV_EACH(db, GCV_STMT_SNAPSHOT_NEWEST, keep_snapshot, &keep, err);
	if (st != GCV_OK)
		return st;
	if (!keep.found && label)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s has no snapshot %s", db->path,
				   label);
	if (!keep.found)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s has no snapshot", db->path);
	*ret_row = keep.row;
	return GCV_OK;
}

/**
 * struct reading - a reader at work
 * @db: the handle
 * @fn: what is called back
 * @data: for that
 * @id: the snapshot
 * @filter: which sites
 * @results: row of table result_set that goes with them, 0 for none
 * @has_results: was it looked for?
 * @owners: of a reader of sites: whose they are
 * @has_owners: were they looked for?
 * @arena: owns @owners
 * @of_site: owns what the site at hand has
 * @configs: its configurations
 * @nr_configs: how many
 * @cap_configs: room
 */
struct reading {
	struct gcv_db *db;
	union {
		gcv_snapshot_fn *snapshot;
		gcv_site_fn *site;
		gcv_occurrence_fn *occurrence;
		gcv_api_fn *api;
		gcv_unit_fn *unit;
		gcv_error_fn *error;
	} fn;
	void *data;
	int64_t id;
	const struct gcv_site_filter *filter;
	int64_t results;
	bool has_results;
	struct gcv_subsystems owners;
	bool has_owners;
	struct gcv_arena arena, of_site;
	const char **configs;
	uint32_t nr_configs, cap_configs;
};

/** MORE_MAX - values that a reader's statement has besides the snapshot's id, at most */
#define MORE_MAX 2

/* Read the rows of @stmt, whose first value is the snapshot's id and whose others are @more. */
static enum gcv_status read_of(struct reading *r, const char *label, enum gcv_stmt stmt,
			       gcv_row_fn *fn, const struct gcv_value *more, size_t nr_more,
			       struct gcv_err *err)
{
	struct gcv_arena arena = { 0 };
	struct gcv_snapshot_row snapshot;
	struct gcv_value values[1 + MORE_MAX];
	enum gcv_status st;
	bool begun;
	size_t i;

	st = begin_read(r->db, &begun, err);
	if (st != GCV_OK)
		return st;
	st = gcv_db_snapshot(r->db, label, &arena, &snapshot, err);
	gcv_arena_release(&arena);
	if (st == GCV_OK) {
		r->id = snapshot.id;
		values[0] = GCV_INT(r->id);
		for (i = 0; i < nr_more; i++)
			values[1 + i] = more[i];
		st = gcv_stmt_each(r->db, stmt, fn, r, err, values, 1 + nr_more);
	}
	return end_read(r->db, begun, st, err);
}

static enum gcv_status give_snapshot(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_snapshot_row snapshot;

	read_snapshot(row, &snapshot);
	return r->fn.snapshot(r->data, &snapshot, err);
}

enum gcv_status gcv_db_snapshots(struct gcv_db *db, gcv_snapshot_fn *fn, void *data,
				 struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.snapshot = fn, .data = data };

	return GCV_EACH(db, GCV_STMT_SNAPSHOTS, give_snapshot, &r, err);
}

static enum gcv_status add_config(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	GCV_GROW(r->configs, r->nr_configs, r->cap_configs);
	r->configs[r->nr_configs++] = gcv_arena_strdup(&r->of_site, gcv_row_text(row, 0));
	return GCV_OK;
}

static bool is_bare(const struct reading *r)
{
	return r->filter && r->filter->is_bare;
}

/* The result of a site, whose number is @nr, if there is one. */
static enum gcv_status find_result(struct reading *r, uint32_t nr, const struct gcv_result **ret,
				   struct gcv_err *err)
{
	const char *conversion = r->filter ? r->filter->conversion : NULL;
	struct gcv_result *result = NULL;
	enum gcv_status st = GCV_OK;

	if (!r->has_results)
		st = gcv_db_result_set(r->db, r->id, conversion, &r->results, err);
	r->has_results = true;
	if (st == GCV_OK && r->results)
		st = gcv_db_result_read(r->db, r->results, nr, !is_bare(r), &r->of_site, &result,
					err);
	*ret = result;
	return st;
}

static enum gcv_status find_owner(struct reading *r, struct gcv_site *site, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;

	if (!r->has_owners)
		st = gcv_db_subsystems(r->db, r->id, &r->arena, &r->owners, err);
	r->has_owners = true;
	site->subsystem = gcv_subsystems_find(&r->owners, site->file);
	return st;
}

static enum gcv_status give_site(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_site site = {
		.id = gcv_row_text(row, 1),
		.role = gcv_row_text(row, 2),
		.file = gcv_row_text(row, 3),
		.offset = gcv_row_u32(row, 4),
		.line = gcv_row_u32(row, 5),
		.column = gcv_row_u32(row, 6),
		.function = gcv_row_text(row, 7),
		.api = gcv_row_text(row, 8),
		.flags = gcv_row_text(row, 9),
		.ordinal = gcv_row_u32(row, 10),
		.macro = gcv_row_text(row, 11),
		.macro_file = gcv_row_text(row, 12),
		.macro_line = gcv_row_u32(row, 13),
		.homonym = gcv_row_int(row, 14),
	};
	enum gcv_status st = find_owner(r, &site, err);

	if (st != GCV_OK || !gcv_site_may_be_wanted(&site, r->filter))
		return st;
	gcv_arena_clear(&r->of_site);
	r->nr_configs = 0;
	st = find_result(r, gcv_row_u32(row, 0), &site.result, err);
	if (st != GCV_OK || !gcv_site_is_wanted(&site, r->filter))
		return st;
	if (!is_bare(r))
		st = GCV_EACH(r->db, GCV_STMT_SITE_CONFIGS, add_config, r, err, GCV_INT(r->id),
			      GCV_INT(gcv_row_int(row, 0)));
	site.configs = r->configs;
	site.nr_configs = r->nr_configs;
	return st == GCV_OK ? r->fn.site(r->data, &site, err) : st;
}

enum gcv_status gcv_db_sites(struct gcv_db *db, const char *label,
			     const struct gcv_site_filter *filter, gcv_site_fn *fn, void *data,
			     struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.site = fn, .data = data, .filter = filter };
	const struct gcv_value more[MORE_MAX] = {
		GCV_OPTIONAL_TEXT(filter ? filter->role : NULL),
		GCV_INT(filter && filter->is_homonym),
	};
	enum gcv_status st = read_of(&r, label, GCV_STMT_SITES, give_site, more, MORE_MAX, err);

	free(r.configs);
	gcv_arena_release(&r.of_site);
	gcv_arena_release(&r.arena);
	return st;
}

static enum gcv_status give_occurrence(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_occurrence_row o = {
		.file = gcv_row_text(row, 0),
		.offset = gcv_row_u32(row, 2),
		.line = gcv_row_u32(row, 3),
		.column = gcv_row_u32(row, 4),
		.api = gcv_row_text(row, 5),
		.class_name = gcv_row_text(row, 6),
		.detail = gcv_row_text(row, 7),
		.condition = gcv_row_text(row, 8),
	};

	gcv_row_hash(row, 1, o.hash);
	return r->fn.occurrence(r->data, &o, err);
}

enum gcv_status gcv_db_occurrences(struct gcv_db *db, const char *label, const char *class_name,
				   gcv_occurrence_fn *fn, void *data, struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.occurrence = fn, .data = data };
	struct gcv_value value = GCV_OPTIONAL_TEXT(class_name);

	return read_of(&r, label, GCV_STMT_OCCURRENCES, give_occurrence, &value, 1, err);
}

static enum gcv_status give_api(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_snapshot_api api = {
		.name = gcv_row_text(row, 0),
		.role = gcv_row_text(row, 1),
		.family = gcv_row_text(row, 2),
		.state = gcv_row_text(row, 3),
		.prototype = gcv_row_text(row, 4),
		.file = gcv_row_text(row, 5),
		.line = gcv_row_u32(row, 6),
	};

	return r->fn.api(r->data, &api, err);
}

enum gcv_status gcv_db_apis(struct gcv_db *db, const char *label, gcv_api_fn *fn, void *data,
			    struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.api = fn, .data = data };

	return read_of(&r, label, GCV_STMT_APIS, give_api, NULL, 0, err);
}

static enum gcv_status give_unit(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_unit_row unit = {
		.kind = gcv_unit_kind_parse(gcv_row_text(row, 0)),
		.main = gcv_row_text(row, 1),
		.config = gcv_row_text(row, 2),
		.status = gcv_unit_status_parse(gcv_row_text(row, 3)),
		.cause = gcv_row_text(row, 4),
		.nr_errors = gcv_row_u32(row, 5),
		.nr_errors_main = gcv_row_u32(row, 6),
		.first_error = gcv_row_text(row, 7),
		.error_file = gcv_row_text(row, 8),
		.error_line = gcv_row_u32(row, 9),
		.cpu_us = (uint64_t)gcv_row_int(row, 10),
		.max_rss_kib = (uint64_t)gcv_row_int(row, 11),
		.id = gcv_row_int(row, 12),
	};

	return r->fn.unit(r->data, &unit, err);
}

enum gcv_status gcv_db_units_of_snapshot(struct gcv_db *db, const char *label, gcv_unit_fn *fn,
					 void *data, struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.unit = fn, .data = data };

	return read_of(&r, label, GCV_STMT_SNAPSHOT_UNITS, give_unit, NULL, 0, err);
}

static enum gcv_status give_error(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct gcv_error_row error = {
		.kind = gcv_unit_kind_parse(gcv_row_text(row, 0)),
		.main = gcv_row_text(row, 1),
		.config = gcv_row_text(row, 2),
		.file = gcv_row_text(row, 3),
		.line = gcv_row_u32(row, 4),
		.text = gcv_row_text(row, 5),
	};

	return r->fn.error(r->data, &error, err);
}

enum gcv_status gcv_db_errors_of_snapshot(struct gcv_db *db, const char *label, gcv_error_fn *fn,
					  void *data, struct gcv_err *err)
{
	struct reading r = { .db = db, .fn.error = fn, .data = data };

	return read_of(&r, label, GCV_STMT_SNAPSHOT_ERRORS, give_error, NULL, 0, err);
}

/** struct file_hash - where the hash of a file goes */
struct file_hash {
	uint8_t *hash;
	bool found;
};

static enum gcv_status take_hash(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;
	struct file_hash *file = r->data;

	(void)err;
	gcv_row_hash(row, 0, file->hash);
	file->found = true;
	return GCV_OK;
}

enum gcv_status gcv_db_file_hash(struct gcv_db *db, const char *label, const char *path,
				 uint8_t ret_hash[16], bool *ret_found, struct gcv_err *err)
{
	struct file_hash file = { .hash = ret_hash };
	struct reading r = { .db = db, .data = &file };
	struct gcv_value value = GCV_TEXT(path);
	enum gcv_status st = read_of(&r, label, GCV_STMT_SNAPSHOT_FILE, take_hash, &value, 1, err);

	if (st == GCV_OK)
		*ret_found = file.found;
	return st;
}

static enum gcv_status take_unit(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct reading *r = data;

	(void)err;
	*(int64_t *)r->data = gcv_row_int(row, 0);
	return GCV_OK;
}

enum gcv_status gcv_db_era_decls(struct gcv_db *db, const char *label, struct gcv_arena *arena,
				 struct gcv_facts *ret_facts, struct gcv_err *err)
{
	int64_t unit = 0;
	struct reading r = { .db = db, .data = &unit };
	enum gcv_status st = read_of(&r, label, GCV_STMT_SNAPSHOT_ERA, take_unit, NULL, 0, err);

	return st == GCV_OK ? gcv_db_unit_decls(db, unit, arena, ret_facts, err) : st;
}
