// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
#include "db/faults.h"
#include "db/program.h"
#include "db/results.h"
#include "db/reviews.h"
#include "db/series.h"
#include "db/store.h"
#include "db/subsystems.h"
#include "tests/fuzz/target.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Strings that come out are strings: the sum is only there so that each byte is read. */
static void read_string(const char *text)
{
	static volatile size_t sum;

	sum += strlen(text);
}

static enum gcv_status on_snapshot(void *data, const struct gcv_snapshot_row *row,
				   struct gcv_err *err)
{
	(void)data;
	(void)err;
	read_string(row->label);
	read_string(row->summary);
	return GCV_OK;
}

static enum gcv_status on_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	uint32_t i;

	(void)data;
	(void)err;
	read_string(site->id);
	read_string(site->file);
	read_string(site->function);
	for (i = 0; site->result && i < site->result->nr_reasons; i++)
		read_string(site->result->reasons[i].text);
	return GCV_OK;
}

static enum gcv_status on_occurrence(void *data, const struct gcv_occurrence_row *row,
				     struct gcv_err *err)
{
	(void)data;
	(void)err;
	read_string(row->class_name);
	read_string(row->condition);
	return GCV_OK;
}

static enum gcv_status on_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	(void)data;
	(void)err;
	read_string(api->name);
	return GCV_OK;
}

static enum gcv_status on_unit(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	(void)data;
	(void)err;
	read_string(row->main);
	read_string(row->first_error);
	return GCV_OK;
}

static enum gcv_status on_error(void *data, const struct gcv_error_row *row, struct gcv_err *err)
{
	(void)data;
	(void)row;
	(void)err;
	return GCV_OK;
}

static enum gcv_status on_steps(void *data, uint32_t site, const char *id,
				const struct gcv_result_step *steps, uint32_t nr,
				struct gcv_err *err)
{
	uint32_t i;

	(void)data;
	(void)site;
	(void)err;
	read_string(id);
	for (i = 0; i < nr; i++)
		read_string(steps[i].text);
	return GCV_OK;
}

static enum gcv_status on_file(void *data, const struct gcv_result_file *file, struct gcv_err *err)
{
	(void)data;
	(void)err;
	read_string(file->path);
	return GCV_OK;
}

static enum gcv_status on_conversion(void *data, const char *conversion, struct gcv_err *err)
{
	struct gcv_db *db = data;

	(void)err;
	read_string(conversion);
	(void)!gcv_db_all_steps(db, NULL, conversion, on_steps, NULL, NULL);
	return GCV_OK;
}

static void read_program(struct gcv_db *db)
{
	struct gcv_program_source source;
	struct gcv_program *program;
	uint32_t i;

	if (gcv_db_program_source(db, NULL, &source, NULL) != GCV_OK)
		return;
	if (gcv_program_load(&source, &program, NULL) == GCV_OK) {
		for (i = 0; i < program->facts.nr_functions; i++)
			(void)!gcv_program_body(program, &program->facts.functions[i], NULL);
		gcv_program_free(program);
	}
	gcv_db_program_source_release(&source);
}

/* Each reader by itself: one that fails is no reason to leave out the others. */
static void read_all(struct gcv_db *db)
{
	struct gcv_arena arena = { 0 };
	struct gcv_stored_units units;
	struct gcv_stored_seen seen;
	struct gcv_facts facts;
	struct gcv_snapshot_row row;
	struct gcv_subsystems subsystems;
	struct gcv_findings findings = { 0 };
	struct gcv_review_facts reviews = { 0 };
	const struct gcv_series_record *series;
	uint32_t nr;
	bool is_checked;

	(void)!gcv_db_snapshots(db, on_snapshot, NULL, NULL);
	(void)!gcv_db_sites(db, NULL, NULL, on_site, NULL, NULL);
	(void)!gcv_db_occurrences(db, NULL, NULL, on_occurrence, NULL, NULL);
	(void)!gcv_db_apis(db, NULL, on_api, NULL, NULL);
	(void)!gcv_db_units_of_snapshot(db, NULL, on_unit, NULL, NULL);
	(void)!gcv_db_errors_of_snapshot(db, NULL, on_error, NULL, NULL);
	(void)!gcv_db_era_decls(db, NULL, &arena, &facts, NULL);
	(void)!gcv_db_conversions(db, NULL, on_conversion, db, NULL);
	(void)!gcv_db_result_files(db, NULL, NULL, on_file, NULL, NULL);
	(void)!gcv_db_load_units(db, &arena, &units, NULL);
	(void)!gcv_db_unit_seen(db, 1, &arena, &seen, NULL);
	(void)!gcv_db_findings(db, NULL, &findings, &is_checked, NULL);
	(void)!gcv_db_review_facts(db, &reviews, NULL);
	(void)!gcv_db_series_all(db, &arena, &series, &nr, NULL);
	if (gcv_db_snapshot(db, NULL, &arena, &row, NULL) == GCV_OK)
		(void)!gcv_db_subsystems(db, row.id, &arena, &subsystems, NULL);
	read_program(db);
	gcv_review_facts_release(&reviews);
	gcv_findings_release(&findings);
	gcv_arena_release(&arena);
}

/* A scan's end: whatever the tables hold, it fails with a sentence or stores a snapshot. */
static void write_some(struct gcv_db *db)
{
	const struct gcv_unit_info info = {
		.main_path = "a.c", .config = "x86", .cause = "", .tool = "fuzz"
	};
	struct gcv_fact_file file = { "a.c", { 1 }, true };
	const struct gcv_facts facts = { .files = &file, .nr_files = 1 };
	int64_t unit;
	struct gcv_snapshot snapshot = { .label = "fuzz",
					 .kernel = "6.1",
					 .revision = "",
					 .tool = "fuzz",
					 .summary = "{}",
					 .units = &unit,
					 .nr_units = 1 };

	if (gcv_db_unit_put(db, &info, &facts, &unit, NULL) == GCV_OK)
		(void)!gcv_db_snapshot_put(db, &snapshot, NULL);
}

static char folder[] = "/tmp/gupconv-fuzz-XXXXXX";

/* The file in the folder that is d with @suffix behind it; static. */
static const char *name(const char *suffix)
{
	static char path[sizeof(folder) + 16];

	snprintf(path, sizeof(path), "%s/d%s", folder, suffix);
	return path;
}

static void leave(void)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", "-lock" };
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		unlink(name(suffixes[i]));
	rmdir(folder);
}

static void put_file(const uint8_t *data, size_t size)
{
	int fd;

	unlink(name("-wal"));
	unlink(name("-shm"));
	unlink(name("-journal"));
	fd = open(name(""), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
}

/* The bytes of a database: read it, write to it (which migrates an older one), read it again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_ready;
	struct gcv_db *db;

	if (!is_ready) {
		if (!mkdtemp(folder))
			abort();
		atexit(leave);
		is_ready = true;
	}
	put_file(data, size);
	if (gcv_db_open(name(""), GCV_DB_READ, &db, NULL) == GCV_OK) {
		read_all(db);
		gcv_db_close(db);
	}
	if (gcv_db_open(name(""), GCV_DB_WRITE, &db, NULL) == GCV_OK) {
		write_some(db);
		read_all(db);
		gcv_db_close(db);
	}
	return 0;
}
