// SPDX-License-Identifier: GPL-2.0-only
#include "db/results.h"

#include "db/handle.h"

#include <sqlite3.h>

/**
 * struct results_put - results on their way into the store
 * @db: the handle
 * @set: row of table result_set
 * @nr_sites: sites of the snapshot, which are numbered from 0
 */
struct results_put {
	struct gcv_db *db;
	int64_t set;
	uint32_t nr_sites;
};

static enum gcv_status put_reasons(const struct results_put *put, const struct gcv_result *result,
				   struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < result->nr_reasons && st == GCV_OK; i++) {
		const struct gcv_result_reason *reason = &result->reasons[i];

		st = GCV_RUN(put->db, GCV_STMT_RESULT_REASON_ADD, err, GCV_INT(put->set),
			     GCV_INT(result->site), GCV_INT(i), GCV_TEXT(reason->code),
			     GCV_TEXT(reason->text), GCV_OPTIONAL_TEXT(reason->file),
			     GCV_INT(reason->line));
	}
	return st;
}

static enum gcv_status put_steps(const struct results_put *put, const struct gcv_result *result,
				 struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < result->nr_steps && st == GCV_OK; i++) {
		const struct gcv_result_step *step = &result->steps[i];
		struct gcv_value parent = { .kind = GCV_VALUE_NULL };

		if (step->parent < i)
			parent = GCV_INT(step->parent);
		st = GCV_RUN(put->db, GCV_STMT_RESULT_STEP_ADD, err, GCV_INT(put->set),
			     GCV_INT(result->site), GCV_INT(i), parent, GCV_TEXT(step->kind),
			     GCV_TEXT(step->text), GCV_OPTIONAL_TEXT(step->file),
			     GCV_INT(step->line), GCV_OPTIONAL_TEXT(step->function));
	}
	return st;
}

static enum gcv_status check_site(const struct results_put *put, uint32_t site, struct gcv_err *err)
{
	if (site < put->nr_sites)
		return GCV_OK;
	return gcv_err_set(err, GCV_ERR_NOT_FOUND, "%s: the snapshot has no site %u", put->db->path,
			   site);
}

static enum gcv_status put_partners(const struct results_put *put, const struct gcv_result *result,
				    struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < result->nr_partners && st == GCV_OK; i++) {
		st = check_site(put, result->partners[i], err);
		if (st == GCV_OK)
			st = GCV_RUN(put->db, GCV_STMT_RESULT_PARTNER_ADD, err, GCV_INT(put->set),
				     GCV_INT(result->site), GCV_INT(result->partners[i]));
	}
	return st;
}

static enum gcv_status put_result(const struct results_put *put, const struct gcv_result *result,
				  struct gcv_err *err)
{
	struct gcv_value longterm = { .kind = GCV_VALUE_NULL };
	enum gcv_status st = check_site(put, result->site, err);

	if (result->longterm != GCV_LONGTERM_UNKNOWN)
		longterm = GCV_INT(result->longterm == GCV_LONGTERM_DUE);
	if (st == GCV_OK)
		st = GCV_RUN(put->db, GCV_STMT_RESULT_ADD, err, GCV_INT(put->set),
			     GCV_INT(result->site), GCV_OPTIONAL_TEXT(result->pattern),
			     GCV_OPTIONAL_TEXT(result->verdict),
			     GCV_OPTIONAL_TEXT(result->provenance),
			     GCV_OPTIONAL_TEXT(result->dirty), GCV_ID(result->pin_case), longterm);
	if (st == GCV_OK)
		st = put_reasons(put, result, err);
	if (st == GCV_OK)
		st = put_partners(put, result, err);
	if (st == GCV_OK)
		st = put_steps(put, result, err);
	return st;
}

static enum gcv_status put_all(struct gcv_db *db, int64_t snapshot,
			       const struct gcv_result_set *set, struct gcv_err *err)
{
	struct results_put put = { .db = db };
	struct gcv_value key = { .kind = GCV_VALUE_NULL };
	int64_t nr_sites = 0;
	enum gcv_status st;
	uint32_t i;

	if (set->key)
		key = GCV_BLOB(set->key, GCV_RESULT_KEY_BYTES);
	st = GCV_RUN(db, GCV_STMT_RESULT_SET_DELETE, err, GCV_INT(snapshot),
		     GCV_TEXT(set->conversion));
	if (st == GCV_OK)
		st = GCV_RUN(db, GCV_STMT_RESULT_SET_ADD, err, GCV_INT(snapshot),
			     GCV_TEXT(set->conversion), key);
	put.set = sqlite3_last_insert_rowid(db->conn);
	if (st == GCV_OK)
		st = GCV_LOOK_UP(db, GCV_STMT_SITE_COUNT, &nr_sites, err, GCV_INT(snapshot));
	put.nr_sites = (uint32_t)nr_sites;
	for (i = 0; i < set->nr_results && st == GCV_OK; i++)
		st = put_result(&put, &set->results[i], err);
	for (i = 0; i < set->nr_files && st == GCV_OK; i++)
		st = GCV_RUN(db, GCV_STMT_RESULT_FILE_ADD, err, GCV_INT(put.set),
			     GCV_TEXT(set->files[i].path), GCV_TEXT(set->files[i].reason));
	return st;
}

enum gcv_status gcv_db_results_put(struct gcv_db *db, const char *label,
				   const struct gcv_result_set *set, struct gcv_err *err)
{
	int64_t snapshot;
	enum gcv_status st = gcv_db_begin_snapshot(db, label, &snapshot, err);

	if (st != GCV_OK)
		return st;
	return gcv_db_end(db, put_all(db, snapshot, set, err), err);
}
