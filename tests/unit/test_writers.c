// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/store_sample.c tests/unit/small_body.c */
#include "tests/unit/store_sample.h"

#include "db/handle.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_one_writer_at_a_time(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE), *reader;
	int64_t unit = put_sample(db, "drivers/a.c");
	struct sites sites;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	refuse(GCV_DB_WRITE, GCV_ERR_BUSY);
	/* Readers do not mind, and are not minded. */
	reader = open_db(GCV_DB_READ);
	read_sites(reader, NULL, NULL, &sites);
	assert_int_equal(sites.nr, 3);
	gcv_arena_release(&sites.arena);
	unit = put_sample(db, "net/b.c");
	put_snapshot(db, "one", &unit, 1);
	read_sites(reader, NULL, NULL, &sites);
	assert_string_equal(sites.list[0].file, "net/b.c");
	gcv_arena_release(&sites.arena);
	gcv_db_close(reader);
	gcv_db_close(db);
	gcv_db_close(open_db(GCV_DB_WRITE));
}

static void test_locked_database_is_told(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE), *other;
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t unit;

	(void)state;
	OK(gcv_db_connect("index.db", GCV_DB_WRITE, &other, &err));
	OK(gcv_db_exec(other, "BEGIN IMMEDIATE", &err));
	OK(gcv_db_exec(db, "PRAGMA busy_timeout = 50", &err));
	sample_init(&s, "drivers/a.c");
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &unit, &err), GCV_ERR_BUSY);
	assert_string_equal(err.text, "index.db is in use by another gupconv");
	OK(gcv_db_exec(other, "ROLLBACK", &err));
	put(db, &s);
	gcv_strbuf_release(&s.body);
	gcv_db_close(other);
	gcv_db_close(db);
}

static void test_reading_changes_nothing(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t unit;

	(void)state;
	unit = put_sample(db, "drivers/a.c");
	put_snapshot(db, "one", &unit, 1);
	gcv_db_close(db);
	db = open_db(GCV_DB_READ);
	sample_init(&s, "net/b.c");
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &unit, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "index.db"));
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 1);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void read_in_child(void)
{
	struct sites sites = { .nr = 0 };
	struct gcv_db *db;

	/* Root may write anywhere. */
	if (getuid() == 0 && (setgid(65534) || setuid(65534)))
		_exit(2);
	if (gcv_db_open("index.db", GCV_DB_READ, &db, NULL) != GCV_OK)
		_exit(3);
	if (gcv_db_sites(db, NULL, NULL, keep_site, &sites, NULL) != GCV_OK || sites.nr != 3)
		_exit(4);
	gcv_db_close(db);
	gcv_arena_release(&sites.arena);
	_exit(gcv_db_open("index.db", GCV_DB_WRITE, &db, NULL) == GCV_ERR_IO ? 0 : 5);
}

static void test_folder_that_cannot_be_written(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	int status;
	pid_t pid;

	put_snapshot(db, "one", &unit, 1);
	gcv_db_close(db);
	assert_int_equal(chmod("index.db", 0444), 0);
	assert_int_equal(chmod(*state, 0555), 0);
	pid = fork();
	if (!pid)
		read_in_child();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_full_disk_is_told(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c"), other = 42;
	GCV_AUTOFREE char *large = gcv_zalloc(1, 1 << 20);
	struct gcv_err err = { .text = "" };
	struct sample s;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	OK(gcv_db_exec(db, "PRAGMA max_page_count = 1", &err));
	sample_init(&s, "net/b.c");
	memset(large, 'x', (1 << 20) - 1);
	s.errors[0].text = large;
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &other, &err), GCV_ERR_IO);
	assert_string_equal(err.text, "cannot write index.db: the disk is full");
	assert_int_equal(other, 42);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 1);
	/* There is room again, and names that were rolled back are not taken for stored. */
	OK(gcv_db_exec(db, "PRAGMA max_page_count = 100000", &err));
	put(db, &s);
	assert_int_equal(count(db, "SELECT count(*) FROM file_version WHERE path = 'net/b.c'"), 2);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void write_until_killed(int ready)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	char name[32];
	int i;

	for (i = 0;; i++) {
		snprintf(name, sizeof(name), "drivers/%d.c", i);
		put_sample(db, name);
		if (i == 5 && write(ready, "x", 1) != 1)
			_exit(1);
	}
}

static void test_killed_writer_leaves_whole_units(void **state)
{
	struct gcv_db *db;
	int ready[2], status;
	char byte;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid)
		write_until_killed(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	db = open_db(GCV_DB_WRITE);
	assert_true(count(db, "SELECT count(*) FROM unit") >= 6);
	assert_int_equal(count(db, "SELECT count(*) FROM unit WHERE"
				   " (SELECT count(*) FROM unit_definition WHERE unit = id) != 2"),
			 0);
	assert_int_equal(count(db, "SELECT count(*) FROM pragma_integrity_check"
				   " WHERE integrity_check != 'ok'"),
			 0);
	gcv_db_close(db);
	close(ready[0]);
	close(ready[1]);
}

/* A unit so small that it shares a commit. */
static int64_t put_cheap(struct gcv_db *db, const char *main)
{
	struct sample s;
	int64_t unit;

	sample_init(&s, main);
	s.info.cpu_us = 100;
	unit = put(db, &s);
	gcv_strbuf_release(&s.body);
	return unit;
}

static void share_until_killed(int ready)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	char name[32];
	int i;

	/* The first has a commit of its own, four share the next one, and one waits. */
	gcv_db_share_commits(db, 350);
	for (i = 0; i < 6; i++) {
		snprintf(name, sizeof(name), "drivers/%d.c", i);
		put_cheap(db, name);
	}
	if (write(ready, "x", 1) != 1)
		_exit(1);
	pause();
}

static void test_killed_writer_loses_what_shares_a_commit(void **state)
{
	struct gcv_db *db;
	int ready[2], status;
	char byte;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid)
		share_until_killed(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	db = open_db(GCV_DB_READ);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 5);
	gcv_db_close(db);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	db = open_db(GCV_DB_WRITE);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 5);
	assert_int_equal(count(db, "SELECT count(*) FROM unit WHERE"
				   " (SELECT count(*) FROM unit_definition WHERE unit = id) != 2"),
			 0);
	gcv_db_close(db);
	close(ready[0]);
	close(ready[1]);
}

static void test_unit_that_fails_is_taken_back_alone(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE), *reader;
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t units[3], other = 42;

	(void)state;
	gcv_db_share_commits(db, 1000000000);
	/* The first tells how much a commit writes. */
	units[0] = put_cheap(db, "drivers/a.c");
	units[1] = put_cheap(db, "mm/waits.c");
	sample_init(&s, "net/b.c");
	s.defs[0].body_len = 5;
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &other, &err), GCV_ERR_FORMAT);
	assert_int_equal(other, 42);
	gcv_strbuf_release(&s.body);
	assert_int_equal(count(db, "SELECT count(*) FROM file_version WHERE path = 'net/b.c'"), 0);
	/* Strings that were taken back are not taken for stored. */
	units[2] = put_cheap(db, "net/b.c");
	assert_int_equal(count(db, "SELECT count(*) FROM unit_definition ud LEFT JOIN definition d"
				   " ON d.id = ud.definition LEFT JOIN name n ON n.id = d.name"
				   " WHERE n.text IS NULL"),
			 0);
	reader = open_db(GCV_DB_READ);
	assert_int_equal(count(reader, "SELECT count(*) FROM unit"), 1);
	OK(gcv_db_flush(db, &err));
	assert_int_equal(count(reader, "SELECT count(*) FROM unit"), 3);
	put_snapshot(db, "one", units, 3);
	/* What waits is committed when the handle is closed. */
	put_cheap(db, "fs/c.c");
	assert_int_equal(count(reader, "SELECT count(*) FROM unit"), 3);
	gcv_db_close(db);
	assert_int_equal(count(reader, "SELECT count(*) FROM unit"), 4);
	gcv_db_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(test_one_writer_at_a_time),
		STORE_TEST(test_locked_database_is_told),
		STORE_TEST(test_reading_changes_nothing),
		STORE_TEST(test_folder_that_cannot_be_written),
		STORE_TEST(test_full_disk_is_told),
		STORE_TEST(test_killed_writer_leaves_whole_units),
		STORE_TEST(test_killed_writer_loses_what_shares_a_commit),
		STORE_TEST(test_unit_that_fails_is_taken_back_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
