// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* A copy of a database, which leaves nothing behind, and the errors of a snapshot. */
#include "db/results.h"
#include "db/store.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char scratch[] = "/tmp/gupconv-copy-XXXXXX";

static void ok(enum gcv_status st, const struct gcv_err *err)
{
	if (st != GCV_OK)
		fail_msg("%s", err->text);
}

static int64_t put_unit(struct gcv_db *db, const char *main)
{
	const struct gcv_unit_info info = { .main_path = main,
					    .config = "x86",
					    .status = GCV_UNIT_ERRORS,
					    .cause = "",
					    .tool = "test" };
	struct gcv_fact_file file = { main, { 1 }, true };
	struct gcv_fact_error errors[] = { { 0, 7, "no such thing" }, { GCV_NONE, 0, "nor that" } };
	const struct gcv_facts facts = { .files = &file,
					 .nr_files = 1,
					 .errors = errors,
					 .nr_errors = 2,
					 .nr_errors_main = 1,
					 .nr_errors_all = 2 };
	struct gcv_err err = { "" };
	int64_t unit;

	ok(gcv_db_unit_put(db, &info, &facts, &unit, &err), &err);
	return unit;
}

static void put_snapshot(struct gcv_db *db, const char *label, int64_t unit)
{
	const struct gcv_snapshot snapshot = { .label = label,
					       .kernel = "6.1",
					       .revision = "",
					       .tool = "test",
					       .summary = "{}",
					       .units = &unit,
					       .nr_units = 1 };
	struct gcv_err err = { "" };

	ok(gcv_db_snapshot_put(db, &snapshot, &err), &err);
}

static bool has_snapshot(struct gcv_db *db, const char *label)
{
	struct gcv_snapshot_row row;
	struct gcv_arena arena = { 0 };
	struct gcv_err err;
	enum gcv_status st = gcv_db_snapshot(db, label, &arena, &row, &err);

	gcv_arena_release(&arena);
	return st == GCV_OK;
}

static unsigned int count_files(void)
{
	DIR *dir = opendir(scratch);
	struct dirent *entry;
	unsigned int nr = 0;

	while ((entry = readdir(dir)))
		nr += entry->d_name[0] != '.';
	closedir(dir);
	return nr;
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(scratch) && setenv("TMPDIR", scratch, 1) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	return system(command);
}

/* Of a database that is open for reading, too; what a transaction of the copy takes back is gone.
 */
static void test_copy(void **state)
{
	struct gcv_err err = { "" };
	struct gcv_db *db, *copy;
	unsigned int before;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/a.db", scratch);
	ok(gcv_db_open(path, GCV_DB_WRITE, &db, &err), &err);
	assert_string_equal(gcv_db_path(db), path);
	put_snapshot(db, "first", put_unit(db, "a.c"));
	before = count_files();
	ok(gcv_db_copy(db, &copy, &err), &err);
	assert_true(has_snapshot(copy, "first"));
	put_snapshot(copy, "edited", put_unit(copy, "edited.c"));
	assert_true(has_snapshot(copy, "edited"));
	assert_false(has_snapshot(db, "edited"));
	put_snapshot(db, "second", put_unit(db, "b.c"));
	assert_false(has_snapshot(copy, "second"));
	assert_int_equal(count_files(), before);
	gcv_db_close(copy);
	gcv_db_close(db);

	ok(gcv_db_open(path, GCV_DB_READ, &db, &err), &err);
	before = count_files();
	ok(gcv_db_copy(db, &copy, &err), &err);
	put_snapshot(copy, "edited", put_unit(copy, "edited.c"));
	assert_true(has_snapshot(copy, "edited") && has_snapshot(copy, "second"));
	assert_false(has_snapshot(db, "edited"));
	assert_int_equal(count_files(), before);
	gcv_db_close(copy);
	gcv_db_close(db);
}

static enum gcv_status take_error(void *data, const struct gcv_error_row *row, struct gcv_err *err)
{
	struct gcv_strbuf *out = data;

	(void)err;
	gcv_strbuf_addf(out, "%s [%s] %s:%u: %s\n", row->main, row->config, row->file, row->line,
			row->text);
	return GCV_OK;
}

static void test_errors(void **state)
{
	struct gcv_strbuf text = { 0 };
	struct gcv_err err = { "" };
	struct gcv_db *db;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/b.db", scratch);
	ok(gcv_db_open(path, GCV_DB_WRITE, &db, &err), &err);
	put_snapshot(db, "first", put_unit(db, "a.c"));
	put_snapshot(db, "second", put_unit(db, "b.c"));
	ok(gcv_db_errors_of_snapshot(db, "first", take_error, &text, &err), &err);
	assert_string_equal(text.buf, "a.c [x86] a.c:7: no such thing\na.c [x86] :0: nor that\n");
	assert_int_equal(gcv_db_errors_of_snapshot(db, "none", take_error, &text, &err),
			 GCV_ERR_NOT_FOUND);
	gcv_strbuf_release(&text);
	gcv_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
