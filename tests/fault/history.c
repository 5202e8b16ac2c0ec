// SPDX-License-Identifier: GPL-2.0-only
#include "tests/fault/history.h"

#include "db/faults.h"
#include "db/handle.h"
#include "db/questions.h"
#include "db/results.h"
#include "db/reviews.h"
#include "db/series.h"
#include "db/subsystems.h"
#include "tests/unit/small_body.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DB	  "index.db"
#define NR(array) (sizeof(array) / sizeof((array)[0]))

static void die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

/* A unit of one function with an acquire and a release. */
static enum gcv_status put_unit(struct gcv_db *db, const char *path, uint8_t version, int64_t *ret,
				struct gcv_err *err)
{
	GCV_STRBUF_AUTO struct gcv_strbuf body = { 0 };
	struct gcv_fact_file files[] = { { path, { version }, true },
					 { "include/linux/mm.h", { 1 }, false } };
	struct gcv_fact_def def = { .name = "grab",
				    .begin = 100,
				    .end = 190,
				    .body_begin = 110,
				    .line = 10,
				    .end_line = 19,
				    .type = "int (void)",
				    .attributes = "" };
	struct gcv_fact_call calls[2];
	struct gcv_facts facts = { .files = files,
				   .defs = &def,
				   .calls = calls,
				   .nr_files = NR(files),
				   .nr_defs = 1,
				   .nr_calls = NR(calls) };
	const struct gcv_unit_info info = { .main_path = path,
					    .main_hash = { version },
					    .config = "x86",
					    .cause = "",
					    .tool = "test",
					    .cpu_us = 1000 };
	unsigned int i;

	for (i = 0; i < NR(calls); i++)
		calls[i] = (struct gcv_fact_call){ .callee = i ? "put_page" : "get_user_pages",
						   .is_direct = true,
						   .begin = 120 + i * 20 + version,
						   .end = 135 + i * 20 + version,
						   .name_offset = 120 + i * 20 + version,
						   .line = 12 + i * 2,
						   .column = 1,
						   .macro = "",
						   .macro_file = GCV_NONE,
						   .is_api = true,
						   .decl_file = "include/linux/mm.h",
						   .decl_type = "type" };
	small_body(&body, path);
	def.body = body.buf;
	def.body_len = body.len;
	return gcv_db_unit_put(db, &info, &facts, ret, err);
}

static enum gcv_status put_snapshot(struct gcv_db *db, const char *label, const int64_t *units,
				    uint32_t nr, struct gcv_err *err)
{
	static const struct gcv_snapshot_api apis[] = {
		{ "get_user_pages", "acquire", "gup", "known", "long (…)", "include/linux/mm.h",
		  11 },
		{ "put_page", "release", "put", "known", "void (…)", "include/linux/mm.h", 90 },
	};
	static const struct gcv_occurrence_row occurrences[] = {
		{ "drivers/a.c", { 1 }, 40, 4, 2, "put_page", "comment", "", "" },
		{ "drivers/b.c", { 1 }, 9, 1, 2, "put_page", "inactive", "", "CONFIG_MMU=n" },
	};
	const struct gcv_snapshot snapshot = { .label = label,
					       .kernel = "6.12.0",
					       .revision = "",
					       .tool = "test",
					       .summary = "{}",
					       .complete = true,
					       .units = units,
					       .nr_units = nr,
					       .occurrences = occurrences,
					       .nr_occurrences = NR(occurrences),
					       .apis = apis,
					       .nr_apis = NR(apis) };

	return gcv_db_snapshot_put(db, &snapshot, err);
}

/* As a scan does it: units one by one, some of them in one commit, then the snapshot. */
static enum gcv_status scan(struct gcv_db *db, const char *label, uint8_t version, uint32_t nr,
			    struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	int64_t units[HISTORY_UNITS];
	uint32_t i;

	gcv_db_share_commits(db, 2500);
	for (i = 0; i < nr && st == GCV_OK; i++) {
		char path[] = "drivers/?.c";

		path[8] = (char)('a' + i);
		st = put_unit(db, path, i % 2 ? version : 1, &units[i], err);
	}
	return st == GCV_OK ? put_snapshot(db, label, units, nr, err) : st;
}

static enum gcv_status scan_one(struct gcv_db *db, struct gcv_err *err)
{
	return scan(db, "one", 1, 4, err);
}

static enum gcv_status scan_two(struct gcv_db *db, struct gcv_err *err)
{
	return scan(db, "two", 2, HISTORY_UNITS, err);
}

/* The same label, with other contents: what only the old one needed is collected. */
static enum gcv_status scan_one_again(struct gcv_db *db, struct gcv_err *err)
{
	return scan(db, "one", 3, 3, err);
}

static enum gcv_status put_question(struct gcv_db *db, uint8_t number, struct gcv_err *err)
{
	static const struct gcv_flow_demand demands[] = {
		{ .name = "drop", .reason = "pages are given back" },
	};
	const struct gcv_db_question question = { { { number } }, demands, NR(demands) };

	return gcv_db_questions_put(db, &question, 1, err);
}

static enum gcv_status ask_one(struct gcv_db *db, struct gcv_err *err)
{
	return put_question(db, 1, err);
}

static enum gcv_status ask_two(struct gcv_db *db, struct gcv_err *err)
{
	return put_question(db, 2, err);
}

static enum gcv_status put_results(struct gcv_db *db, struct gcv_err *err)
{
	static const uint32_t releases[] = { 1 }, acquires[] = { 0 };
	static const struct gcv_result_reason reasons[] = {
		{ "holes-possible", "a slot may be empty", "drivers/a.c", 12 },
	};
	static const struct gcv_result_step steps[] = {
		{ "acquire", "pages come from here", "drivers/a.c", 12, "grab", GCV_NONE },
		{ "release", "and end here", "drivers/a.c", 14, "grab", 0 },
	};
	static const struct gcv_result results[] = {
		{ .site = 0,
		  .pattern = "single",
		  .verdict = "refused",
		  .provenance = "",
		  .dirty = "",
		  .reasons = reasons,
		  .nr_reasons = NR(reasons),
		  .partners = releases,
		  .nr_partners = 1,
		  .steps = steps,
		  .nr_steps = NR(steps) },
		{ .site = 1,
		  .pattern = "single",
		  .verdict = "refuse",
		  .provenance = "gup",
		  .dirty = "never",
		  .partners = acquires,
		  .nr_partners = 1 },
	};
	static const struct gcv_result_file files[] = { { "drivers/a.c", "it is asked for" } };
	const struct gcv_result_set set = { .conversion = "put-user-page",
					    .results = results,
					    .nr_results = NR(results),
					    .files = files,
					    .nr_files = NR(files) };

	return gcv_db_results_put(db, NULL, &set, err);
}

static enum gcv_status put_faults(struct gcv_db *db, struct gcv_err *err)
{
	static const struct gcv_result_note notes[] = { { "drivers/a.c", 12, 3, "grab", "here" } };
	static const struct gcv_result_fault faults[] = {
		{ "1111111111111111", "double-release", "error", "high", GCV_NONE, NULL, "put_page",
		  "drivers/a.c", 14, 2, "grab", "pages are given back twice", notes, NR(notes) },
	};
	const struct gcv_result_fault_set set = { .faults = faults, .nr_faults = NR(faults) };

	return gcv_db_faults_put(db, NULL, &set, err);
}

static enum gcv_status put_subsystems(struct gcv_db *db, struct gcv_err *err)
{
	static const struct gcv_subsystem_person persons[] = { { "M", "A <a@example.org>" } };
	static const struct gcv_subsystem list[] = { { "A DRIVER", "Maintained", persons, 1 } };
	static const struct gcv_subsystem_file files[] = { { "drivers/a.c", 0 } };
	const struct gcv_subsystems all = { list, 1, files, 1 };

	return gcv_db_subsystems_put(db, NULL, &all, err);
}

static enum gcv_status put_series(struct gcv_db *db, struct gcv_err *err)
{
	static const char *const files[] = { "drivers/a.c", "drivers/b.c" };
	static const char *const sites[] = { "0011223344556677" };
	static const char *const tags[] = { "Acked-by: A <a@example.org>" };
	struct gcv_series_record_patch patch = {
		.name = "drivers",
		.subject = "drivers: convert",
		.hash = { { 7 } },
		.files = files,
		.sites = sites,
		.tags = tags,
		.nr_files = NR(files),
		.nr_sites = NR(sites),
		.nr_tags = NR(tags),
	};
	const struct gcv_series_record record = {
		.conversion = "put-user-page",
		.scope = "",
		.version = 1,
		.kernel = "6.12.0",
		.patches = &patch,
		.nr_patches = 1,
	};

	return gcv_db_series_put(db, &record, err);
}

/* Many mails, so that a commit has many pages. */
static enum gcv_status put_mails(struct gcv_db *db, struct gcv_err *err)
{
	enum { MAILS = 60 };
	struct gcv_mails mails = { 0 };
	bool wanted[MAILS];
	enum gcv_status st;
	unsigned int i;

	for (i = 0; i < MAILS; i++) {
		struct gcv_mail_tag tag = { "Acked-by", "A", "a@example.org" };
		const char *parent = "0@x";
		struct gcv_mail mail = {
			.message_id = gcv_arena_printf(&mails.arena, "%u@x", i),
			.subject = gcv_arena_printf(&mails.arena, "[PATCH %u/59] drivers", i),
			.name = "A",
			.address = "a@example.org",
			.date_s = 1577836800 + i,
			.has_diff = i != 0,
			.hash = { { (uint8_t)i } },
			.references = &parent,
			.nr_references = i != 0,
			.tags = &tag,
			.nr_tags = 1,
		};

		gcv_mails_add(&mails, &mail);
		/* What it points to is gone after this turn. */
		mails.list[i].references = gcv_arena_alloc(&mails.arena, sizeof(parent));
		mails.list[i].references[0] = parent;
		mails.list[i].tags = gcv_arena_alloc(&mails.arena, sizeof(tag));
		mails.list[i].tags[0] = tag;
		wanted[i] = true;
	}
	st = gcv_db_mails_put(db, &mails, 0, wanted, err);
	gcv_mails_release(&mails);
	return st;
}

static enum gcv_status put_tags(struct gcv_db *db, struct gcv_err *err)
{
	struct gcv_review_facts facts = { 0 };
	struct gcv_reviews reviews = { 0 };
	enum gcv_status st = gcv_db_review_facts(db, &facts, err);

	if (st == GCV_OK) {
		gcv_reviews_build(&facts.mails, facts.records, facts.nr_records, &reviews);
		gcv_reviews_finish(&reviews);
		st = gcv_db_review_tags_put(db, &reviews, err);
	}
	gcv_reviews_release(&reviews);
	gcv_review_facts_release(&facts);
	return st;
}

static const struct history_work works[HISTORY_WORKS] = {
	{ .name = "the first scan",
	  .steps = { ask_one, scan_one, put_results, put_faults, put_subsystems },
	  .nr_steps = 5 },
	{ .name = "a series",
	  .before = { "the first scan" },
	  .nr_before = 1,
	  .steps = { put_series },
	  .nr_steps = 1 },
	{ .name = "mails",
	  .before = { "the first scan", "a series" },
	  .nr_before = 2,
	  .steps = { put_mails, put_tags },
	  .nr_steps = 2 },
	{ .name = "a second scan",
	  .before = { "the first scan", "a series", "mails" },
	  .nr_before = 3,
	  .steps = { ask_two, scan_two, put_results, put_faults, put_subsystems },
	  .nr_steps = 5 },
	{ .name = "a scan of the same label",
	  .before = { "the first scan", "a series", "mails", "a second scan" },
	  .nr_before = 4,
	  .steps = { scan_one_again, put_results, put_faults, put_subsystems },
	  .nr_steps = 4 },
	{ .name = "migration from 1", .dump = 1 },
	{ .name = "migration from 2", .dump = 2 },
	{ .name = "migration from 3", .dump = 3 },
	{ .name = "migration from 4", .dump = 4 },
	{ .name = "migration from 5", .dump = 5 },
	{ .name = "migration from 6", .dump = 6 },
	{ .name = "migration from 7", .dump = 7 },
	{ .name = "migration from 8", .dump = 8 },
};

const struct history_work *history_all(unsigned int *ret_nr)
{
	*ret_nr = NR(works);
	return works;
}

void history_remove(void)
{
	unlink(DB);
	unlink(DB "-wal");
	unlink(DB "-shm");
	unlink(DB "-journal");
	unlink(DB "-lock");
}

static void restore_dump(int version)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 }, sql = { 0 };
	struct gcv_err err = { .text = "" };
	sqlite3 *conn;
	int fd;

	gcv_strbuf_addf(&path, "%s/tests/db/dumps/v%d.sql", GCV_SOURCE_DIR, version);
	fd = open(path.buf, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(path.buf, strerror(errno));
	if (gcv_strbuf_read_fd(&sql, fd, 1 << 20, path.buf, &err) != GCV_OK)
		die(path.buf, err.text);
	close(fd);
	if (sqlite3_open(DB, &conn) != SQLITE_OK ||
	    sqlite3_exec(conn, sql.buf, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(conn, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) != SQLITE_OK)
		die(path.buf, sqlite3_errmsg(conn));
	sqlite3_close(conn);
}

void history_prepare(const struct history_work *work)
{
	struct gcv_err err = { .text = "" };
	unsigned int i, k;

	history_remove();
	if (work->dump)
		restore_dump(work->dump);
	for (i = 0; i < work->nr_before; i++)
		for (k = 0; k < NR(works); k++)
			if (strcmp(works[k].name, work->before[i]) == 0 &&
			    history_run(&works[k], works[k].nr_steps, &err) != GCV_OK)
				die(works[k].name, err.text);
}

enum gcv_status history_run(const struct history_work *work, unsigned int nr_steps,
			    struct gcv_err *err)
{
	struct gcv_db *db;
	enum gcv_status st = gcv_db_open(DB, GCV_DB_WRITE, &db, err);
	unsigned int i;

	if (st != GCV_OK)
		return st;
	for (i = 0; i < nr_steps && st == GCV_OK; i++)
		st = work->steps[i](db, err);
	gcv_db_close(db);
	return st;
}

/** struct painter - a picture in the making */
struct painter {
	struct gcv_db *db;
	struct gcv_strbuf *out;
};

static enum gcv_status paint_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct painter *p = data;
	uint32_t i;

	(void)err;
	gcv_strbuf_addf(p->out, "  %s %s:%u@%u %s %s %u", site->id, site->file, site->line,
			site->offset, site->function, site->api, site->ordinal);
	for (i = 0; i < site->nr_configs; i++)
		gcv_strbuf_addf(p->out, " [%s]", site->configs[i]);
	if (site->subsystem)
		gcv_strbuf_addf(p->out, " of %s, %s", site->subsystem->title,
				site->subsystem->persons[0].address);
	if (site->result)
		gcv_strbuf_addf(p->out, ": %s %s", site->result->pattern, site->result->verdict);
	for (i = 0; site->result && i < site->result->nr_reasons; i++)
		gcv_strbuf_addf(p->out, " %s (%s)", site->result->reasons[i].code,
				site->result->reasons[i].text);
	for (i = 0; site->result && i < site->result->nr_partners; i++)
		gcv_strbuf_addf(p->out, " with %u", site->result->partners[i]);
	gcv_strbuf_addch(p->out, '\n');
	return GCV_OK;
}

static enum gcv_status paint_steps(void *data, uint32_t site, const char *id,
				   const struct gcv_result_step *steps, uint32_t nr,
				   struct gcv_err *err)
{
	struct painter *p = data;
	uint32_t i;

	(void)err;
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(p->out, "  %u %s: %s %s\n", site, id, steps[i].kind, steps[i].text);
	return GCV_OK;
}

static enum gcv_status paint_occurrence(void *data, const struct gcv_occurrence_row *row,
					struct gcv_err *err)
{
	struct painter *p = data;

	(void)err;
	gcv_strbuf_addf(p->out, "  %s@%u %s %s %s\n", row->file, row->offset, row->api,
			row->class_name, row->condition);
	return GCV_OK;
}

static enum gcv_status paint_unit(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	struct painter *p = data;

	(void)err;
	gcv_strbuf_addf(p->out, "  unit %s %s\n", row->main, row->config);
	return GCV_OK;
}

static enum gcv_status paint_fault(void *data, const struct gcv_result_fault *fault,
				   struct gcv_err *err)
{
	struct painter *p = data;

	(void)err;
	gcv_strbuf_addf(p->out, "  fault %s %s:%u %s, %u notes\n", fault->id, fault->file,
			fault->line, fault->text, fault->nr_notes);
	return GCV_OK;
}

static enum gcv_status paint_snapshot(void *data, const struct gcv_snapshot_row *row,
				      struct gcv_err *err)
{
	struct painter *p = data;
	enum gcv_status st;
	bool checked = false;

	gcv_strbuf_addf(p->out, "snapshot %s of %s, %s\n", row->label, row->kernel,
			row->complete ? "complete" : "partial");
	st = gcv_db_sites(p->db, row->label, NULL, paint_site, p, err);
	if (st == GCV_OK)
		st = gcv_db_all_steps(p->db, row->label, NULL, paint_steps, p, err);
	if (st == GCV_OK)
		st = gcv_db_occurrences(p->db, row->label, NULL, paint_occurrence, p, err);
	if (st == GCV_OK)
		st = gcv_db_units_of_snapshot(p->db, row->label, paint_unit, p, err);
	if (st == GCV_OK)
		st = gcv_db_has_faults(p->db, row->label, &checked, err);
	gcv_strbuf_addf(p->out, "  %s\n", checked ? "checked" : "not checked");
	return st == GCV_OK ? gcv_db_faults(p->db, row->label, paint_fault, p, err) : st;
}

static enum gcv_status paint_reviews(struct painter *p, struct gcv_err *err)
{
	struct gcv_review_facts facts = { 0 };
	enum gcv_status st = gcv_db_review_facts(p->db, &facts, err);
	uint32_t i, k, m;

	for (i = 0; i < facts.mails.nr; i++)
		gcv_strbuf_addf(p->out, "mail %s %s, to %u, %u tags\n",
				facts.mails.list[i].message_id, facts.mails.list[i].subject,
				facts.mails.list[i].nr_references, facts.mails.list[i].nr_tags);
	for (i = 0; i < facts.nr_records; i++)
		for (k = 0; k < facts.records[i].nr_patches; k++) {
			const struct gcv_series_record_patch *patch = &facts.records[i].patches[k];

			gcv_strbuf_addf(p->out, "patch %s v%u: %s, %u files, %u sites\n",
					facts.records[i].conversion, facts.records[i].version,
					patch->subject, patch->nr_files, patch->nr_sites);
			for (m = 0; m < patch->nr_tags; m++)
				gcv_strbuf_addf(p->out, "  %s\n", patch->tags[m]);
		}
	gcv_review_facts_release(&facts);
	return st;
}

static enum gcv_status paint_questions(struct painter *p, struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	uint8_t number;
	uint32_t i;

	for (number = 1; number <= 2 && st == GCV_OK; number++) {
		const struct gcv_hash key = { { number } };
		struct gcv_db_question question = { .nr = 0 };
		struct gcv_arena arena = { 0 };
		bool is_found = false;

		st = gcv_db_question(p->db, &key, &arena, &question, &is_found, err);
		if (is_found)
			gcv_strbuf_addf(p->out, "question %u\n", number);
		for (i = 0; i < question.nr; i++)
			gcv_strbuf_addf(p->out, "  asks for %s: %s\n", question.demands[i].name,
					question.demands[i].reason);
		gcv_arena_release(&arena);
	}
	return st;
}

enum gcv_status history_picture(struct gcv_strbuf *ret, struct gcv_err *err)
{
	struct painter p = { .out = ret };
	enum gcv_status st = gcv_db_open(DB, GCV_DB_READ, &p.db, err);

	gcv_strbuf_clear(ret);
	if (st == GCV_ERR_NOT_FOUND) {
		gcv_strbuf_addstr(ret, "nothing");
		return GCV_OK;
	}
	if (st == GCV_ERR_FORMAT && strstr(err->text, "; the next scan brings it ")) {
		gcv_strbuf_addstr(ret, "unfinished");
		return GCV_OK;
	}
	if (st != GCV_OK)
		return st;
	st = gcv_db_snapshots(p.db, paint_snapshot, &p, err);
	if (st == GCV_OK)
		st = paint_reviews(&p, err);
	if (st == GCV_OK)
		st = paint_questions(&p, err);
	if (st == GCV_OK && !ret->len)
		gcv_strbuf_addstr(ret, "nothing but tables");
	gcv_db_close(p.db);
	return st;
}

static bool has_finding(sqlite3 *conn, const char *sql, struct gcv_strbuf *ret_why)
{
	sqlite3_stmt *stmt = NULL;
	bool ret = true;
	int rc;

	if (sqlite3_prepare_v2(conn, sql, -1, &stmt, NULL) != SQLITE_OK) {
		gcv_strbuf_addstr(ret_why, sqlite3_errmsg(conn));
		return true;
	}
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		gcv_strbuf_addstr(ret_why, (const char *)sqlite3_column_text(stmt, 0));
	else if (rc == SQLITE_DONE)
		ret = false;
	else
		gcv_strbuf_addstr(ret_why, sqlite3_errmsg(conn));
	sqlite3_finalize(stmt);
	return ret;
}

bool history_is_sound(struct gcv_strbuf *ret_why)
{
	sqlite3 *conn = NULL;
	bool is_sound;

	gcv_strbuf_clear(ret_why);
	if (access(DB, F_OK) != 0)
		return true;
	if (sqlite3_open_v2(DB, &conn, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		gcv_strbuf_addstr(ret_why, sqlite3_errmsg(conn));
		is_sound = false;
	} else {
		is_sound = !has_finding(conn,
					"SELECT integrity_check FROM pragma_integrity_check"
					" WHERE integrity_check <> 'ok'",
					ret_why) &&
			   !has_finding(conn, "SELECT \"table\" FROM pragma_foreign_key_check",
					ret_why);
	}
	sqlite3_close(conn);
	return is_sound;
}
