// SPDX-License-Identifier: GPL-2.0-only
#include "db/handle.h"
#include "tree/hash.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
	[GCV_UNIT_SOURCE] = "source",
	[GCV_UNIT_HEADERS] = "headers",
	[GCV_UNIT_PCH] = "pch",
	[GCV_UNIT_ERA] = "era",
};

static const char *const statuses[] = {
	[GCV_UNIT_OK] = "ok",
	[GCV_UNIT_ERRORS] = "errors",
	[GCV_UNIT_FAILED] = "failed",
};

const char *gcv_unit_kind_text(enum gcv_unit_kind kind)
{
	return kinds[kind];
}

const char *gcv_unit_status_text(enum gcv_unit_status status)
{
	return statuses[status];
}

enum gcv_unit_kind gcv_unit_kind_parse(const char *text)
{
	int kind;

	for (kind = GCV_UNIT_ERA; kind > GCV_UNIT_SOURCE; kind--)
		if (strcmp(text, kinds[kind]) == 0)
			break;
	return (enum gcv_unit_kind)kind;
}

enum gcv_unit_status gcv_unit_status_parse(const char *text)
{
	int status;

	for (status = GCV_UNIT_OK; status < GCV_UNIT_FAILED; status++)
		if (strcmp(text, statuses[status]) == 0)
			break;
	return (enum gcv_unit_status)status;
}

static enum gcv_status add_identity(void *data, const struct gcv_row *row, struct gcv_err *err)
{
	struct gcv_strbuf *key = data;
	uint8_t hash[16];
	int column;

	(void)err;
	for (column = 0; column < 2; column++) {
		gcv_row_hash(row, column, hash);
		gcv_strbuf_add(key, hash, sizeof(hash));
	}
	return GCV_OK;
}

/* What the unit read, as one hash: its files and the identity of its precompiled header. */
static enum gcv_status hash_inputs(struct gcv_db *db, const struct gcv_unit_info *info,
				   const struct gcv_facts *facts, struct gcv_hash *ret,
				   struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf key = { 0 };
	enum gcv_status st;
	uint32_t i;

	for (i = 0; facts && i < facts->nr_files; i++) {
		gcv_strbuf_add(&key, facts->files[i].path, strlen(facts->files[i].path) + 1);
		gcv_strbuf_add(&key, facts->files[i].hash, sizeof(facts->files[i].hash));
	}
	if (info->pch) {
		size_t len = key.len;

		st = GCV_EACH(db, GCV_STMT_UNIT_IDENTITY, add_identity, &key, err,
			      GCV_INT(info->pch));
		if (st != GCV_OK)
			return st;
		if (key.len == len)
			return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s has no unit %lld", db->path,
					   (long long)info->pch);
	}
	*ret = gcv_hash_bytes(key.len ? key.buf : "", key.len);
	return GCV_OK;
}

/* Take away what hangs on a unit that is stored anew. */
static enum gcv_status clear_unit(struct gcv_db *db, int64_t unit, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	int stmt;

	for (stmt = GCV_STMT_UNIT_FILES_CLEAR; stmt <= GCV_STMT_UNIT_RECORDS_CLEAR && st == GCV_OK;
	     stmt++)
		st = GCV_RUN(db, (enum gcv_stmt)stmt, err, GCV_INT(unit));
	return st;
}

static enum gcv_status put_row(struct gcv_db *db, const struct gcv_unit_info *info,
			       const struct gcv_facts *facts, int64_t *ret_unit,
			       struct gcv_err *err)
{
	uint32_t nr_errors = facts ? facts->nr_errors_all : 0;
	uint32_t nr_errors_main = facts ? facts->nr_errors_main : 0;
	const char *kind = gcv_unit_kind_text(info->kind);
	const char *status = gcv_unit_status_text(info->status);
	struct gcv_hash inputs;
	int64_t main_id, config, unit;
	enum gcv_status st;

	st = hash_inputs(db, info, facts, &inputs, err);
	if (st == GCV_OK)
		st = gcv_db_file(db, info->main_path, info->main_hash, &main_id, err);
	if (st == GCV_OK)
		st = gcv_db_config(db, info->config, &config, err);
	if (st == GCV_OK)
		st = GCV_LOOK_UP(db, GCV_STMT_UNIT_FIND, &unit, err, GCV_INT(main_id),
				 GCV_TEXT(kind), GCV_INT(config), GCV_BLOB(info->env, 16),
				 GCV_BLOB(inputs.b, 16));
	if (st != GCV_OK)
		return st;
	if (unit) {
		st = clear_unit(db, unit, err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_UNIT_UPDATE, err, GCV_ID(info->pch),
				     GCV_TEXT(status), GCV_TEXT(info->cause), GCV_INT(nr_errors),
				     GCV_INT(nr_errors_main), GCV_INT(info->cpu_us),
				     GCV_INT(info->max_rss_kib), GCV_TEXT(info->tool),
				     GCV_INT(GCV_FACTS_CONTENT), GCV_INT(unit));
	} else {
		st = GCV_RUN(db, GCV_STMT_UNIT_ADD, err, GCV_INT(main_id), GCV_TEXT(kind),
			     GCV_INT(config), GCV_BLOB(info->env, 16), GCV_BLOB(inputs.b, 16),
			     GCV_ID(info->pch), GCV_TEXT(status), GCV_TEXT(info->cause),
			     GCV_INT(nr_errors), GCV_INT(nr_errors_main), GCV_INT(info->cpu_us),
			     GCV_INT(info->max_rss_kib), GCV_TEXT(info->tool),
			     GCV_INT(GCV_FACTS_CONTENT));
		unit = sqlite3_last_insert_rowid(db->conn);
	}
	if (st == GCV_OK)
		*ret_unit = unit;
	return st;
}

/* What the unit adds to the ledger: names seen, ranges left out, errors. */
static enum gcv_status put_ledger(struct gcv_db *db, int64_t unit, const struct gcv_facts *facts,
				  const int64_t *files, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < facts->nr_seen && st == GCV_OK; i++)
		st = GCV_RUN(db, GCV_STMT_UNIT_SEEN_ADD, err, GCV_INT(unit),
			     GCV_INT(files[facts->seen[i].file]), GCV_INT(facts->seen[i].offset),
			     GCV_INT(facts->seen[i].kind));
	for (i = 0; i < facts->nr_skips && st == GCV_OK; i++)
		st = GCV_RUN(db, GCV_STMT_UNIT_SKIP_ADD, err, GCV_INT(unit),
			     GCV_INT(files[facts->skips[i].file]), GCV_INT(facts->skips[i].begin),
			     GCV_INT(facts->skips[i].end));
	for (i = 0; i < facts->nr_errors && st == GCV_OK; i++) {
		uint32_t file = facts->errors[i].file;

		st = GCV_RUN(db, GCV_STMT_UNIT_ERROR_ADD, err, GCV_INT(unit), GCV_INT(i),
			     GCV_ID(file == GCV_NONE ? 0 : files[file]),
			     GCV_INT(facts->errors[i].line), GCV_TEXT(facts->errors[i].text));
	}
	return st;
}

static enum gcv_status put_param(struct gcv_db *db, int64_t unit, uint32_t nr_decl, uint32_t nr,
				 const struct gcv_fact_decl *decl, struct gcv_err *err)
{
	enum gcv_status st;
	int64_t name, type;

	st = gcv_db_name(db, decl->param_names[nr], &name, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, decl->param_types[nr], &type, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_DECL_PARAM_ADD, err, GCV_INT(unit), GCV_INT(nr_decl),
			     GCV_INT(nr), GCV_ID(name), GCV_ID(type));
	return st;
}

static enum gcv_status put_decl(struct gcv_db *db, int64_t unit, uint32_t nr,
				const struct gcv_fact_decl *decl, int64_t file, struct gcv_err *err)
{
	int64_t name, type, result;
	enum gcv_status st;
	uint32_t i;

	st = gcv_db_name(db, decl->name, &name, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, decl->type, &type, err);
	if (st == GCV_OK)
		st = gcv_db_name(db, decl->result, &result, err);
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_DECL_ADD, err, GCV_INT(unit), GCV_INT(nr), GCV_ID(name),
			     GCV_INT(file), GCV_INT(decl->line), GCV_ID(type), GCV_ID(result),
			     GCV_INT(decl->is_macro), GCV_INT(decl->is_enum), GCV_INT(decl->value));
	for (i = 0; i < decl->nr_params && st == GCV_OK; i++)
		st = put_param(db, unit, nr, i, decl, err);
	return st;
}

static enum gcv_status put_facts(struct gcv_db *db, int64_t unit, const struct gcv_facts *facts,
				 struct gcv_err *err)
{
	GCV_AUTOFREE int64_t *files = gcv_zalloc(facts->nr_files, sizeof(*files));
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < facts->nr_files && st == GCV_OK; i++) {
		st = gcv_db_file(db, facts->files[i].path, facts->files[i].hash, &files[i], err);
		if (st == GCV_OK)
			st = GCV_RUN(db, GCV_STMT_UNIT_FILE_ADD, err, GCV_INT(unit),
				     GCV_INT(files[i]));
	}
	if (st == GCV_OK)
		st = put_ledger(db, unit, facts, files, err);
	if (st == GCV_OK)
		st = gcv_db_definitions_put(db, unit, facts, files, err);
	for (i = 0; i < facts->nr_records && st == GCV_OK; i++)
		st = gcv_db_record_put(db, unit, &facts->records[i], files[facts->records[i].file],
				       err);
	for (i = 0; i < facts->nr_decls && st == GCV_OK; i++)
		st = put_decl(db, unit, i, &facts->decls[i], files[facts->decls[i].file], err);
	return st;
}

enum gcv_status gcv_db_unit_put(struct gcv_db *db, const struct gcv_unit_info *info,
				const struct gcv_facts *facts, int64_t *ret_unit,
				struct gcv_err *err)
{
	enum gcv_status st = gcv_db_begin_unit(db, err);
	int64_t unit = 0;

	if (st != GCV_OK)
		return st;
	st = put_row(db, info, facts, &unit, err);
	if (st == GCV_OK && facts)
		st = put_facts(db, unit, facts, err);
	st = gcv_db_end_unit(db, st, info->cpu_us, err);
	if (st == GCV_OK)
		*ret_unit = unit;
	return st;
}
