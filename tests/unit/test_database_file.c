// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/store_sample.c tests/unit/small_body.c */
#include "tests/unit/store_sample.h"

#include "db/handle.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *path, const char *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), len);
	close(fd);
}

static void refuse_both(enum gcv_status want)
{
	refuse(GCV_DB_WRITE, want);
	refuse(GCV_DB_READ, want);
}

static void test_foreign_files_are_refused(void **state)
{
	static const char text[] =
		"This is a letter to my aunt, and not a database at all. "
		"It is long enough to hold the header of one, though: 100 bytes.";
	struct stat before, after;

	(void)state;
	write_file("index.db", text, sizeof(text));
	refuse_both(GCV_ERR_FOREIGN);
	unlink("index.db");
	write_file("index.db", "x", 1);
	refuse_both(GCV_ERR_FOREIGN);
	unlink("index.db");
	make_raw("CREATE TABLE letters (text)");
	assert_int_equal(stat("index.db", &before), 0);
	refuse_both(GCV_ERR_FOREIGN);
	assert_int_equal(stat("index.db", &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	unlink("index.db");
	make_raw("PRAGMA application_id = 252006674; PRAGMA user_version = 1");
	refuse_both(GCV_ERR_FOREIGN);
}

static void test_newer_database_is_refused(void **state)
{
	(void)state;
	gcv_db_close(open_db(GCV_DB_WRITE));
	make_raw("PRAGMA user_version = 4711");
	refuse_both(GCV_ERR_NEWER);
}

static void test_missing_files(void **state)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = NULL;

	(void)state;
	refuse(GCV_DB_READ, GCV_ERR_NOT_FOUND);
	assert_int_not_equal(access("index.db", F_OK), 0);
	assert_int_equal(gcv_db_open("no/index.db", GCV_DB_WRITE, &db, &err), GCV_ERR_NOT_FOUND);
	write_file("index.db", "", 0);
	refuse(GCV_DB_READ, GCV_ERR_NOT_FOUND);
	/* An empty file is what a kill at the wrong moment leaves. */
	gcv_db_close(open_db(GCV_DB_WRITE));
	unlink("index.db");
	assert_int_equal(mkdir("index.db", 0777), 0);
	refuse_both(GCV_ERR_IO);
}

static void test_links_are_refused(void **state)
{
	(void)state;
	gcv_db_close(open_db(GCV_DB_WRITE));
	assert_int_equal(rename("index.db", "other.db"), 0);
	assert_int_equal(symlink("other.db", "index.db"), 0);
	refuse_both(GCV_ERR_IO);
	unlink("index.db");
	assert_int_equal(symlink("nothing.db", "index.db"), 0);
	refuse_both(GCV_ERR_IO);
	assert_int_not_equal(access("nothing.db", F_OK), 0);
}

/* Overwrite all pages from the second on. */
static void damage(void)
{
	static char junk[4096];
	struct stat st;
	off_t at;
	int fd = open("index.db", O_RDWR);

	memset(junk, 0xa5, sizeof(junk));
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(st.st_size > 8 * 4096);
	for (at = 4096; at < st.st_size; at += 4096)
		assert_int_equal(pwrite(fd, junk, sizeof(junk), at), sizeof(junk));
	close(fd);
}

static void test_damaged_database_is_told(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct gcv_stored_units list;
	struct gcv_arena arena = { 0 };
	struct gcv_err err = { .text = "" };
	struct sites sites = { .nr = 0 };

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	gcv_db_close(db);
	damage();
	if (gcv_db_open("index.db", GCV_DB_READ, &db, &err) == GCV_OK) {
		assert_int_equal(gcv_db_load_units(db, &arena, &list, &err), GCV_ERR_FORMAT);
		assert_non_null(strstr(err.text, "index.db is damaged"));
		assert_int_equal(gcv_db_sites(db, NULL, NULL, keep_site, &sites, &err),
				 GCV_ERR_FORMAT);
		gcv_db_close(db);
	} else {
		assert_non_null(strstr(err.text, "index.db is damaged"));
	}
	gcv_arena_release(&arena);
}

static void test_missing_table_is_damage(void **state)
{
	struct gcv_err err = { .text = "" };
	struct sites sites = { .nr = 0 };
	struct gcv_db *db;

	(void)state;
	gcv_db_close(open_db(GCV_DB_WRITE));
	make_raw("DROP TABLE site");
	db = open_db(GCV_DB_READ);
	assert_int_equal(gcv_db_sites(db, "one", NULL, keep_site, &sites, &err), GCV_ERR_NOT_FOUND);
	gcv_db_close(db);
	make_raw("INSERT INTO snapshot VALUES (1, 'one', '', '', '', '', 1)");
	db = open_db(GCV_DB_READ);
	assert_int_equal(gcv_db_sites(db, "one", NULL, keep_site, &sites, &err), GCV_ERR_FORMAT);
	assert_non_null(strstr(err.text, "index.db is damaged"));
	gcv_db_close(db);
}

/* Bytes changed at random: an error or data, never a crash. */
static void test_random_damage_does_no_harm(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct stat st;
	int round, fd;
	char *good;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	gcv_db_close(db);
	assert_int_equal(stat("index.db", &st), 0);
	good = malloc((size_t)st.st_size);
	fd = open("index.db", O_RDWR);
	assert_int_equal(read(fd, good, (size_t)st.st_size), st.st_size);
	srand(3);
	for (round = 0; round < 60; round++) {
		struct gcv_arena arena = { 0 };
		struct gcv_stored_units list;
		struct gcv_stored_seen seen;
		struct sites sites = { .nr = 0 };
		int i;

		for (i = 0; i < 40; i++) {
			char byte = (char)rand();

			assert_int_equal(pwrite(fd, &byte, 1, 100 + rand() % (st.st_size - 100)),
					 1);
		}
		if (gcv_db_open("index.db", GCV_DB_READ, &db, NULL) == GCV_OK) {
			(void)!gcv_db_load_units(db, &arena, &list, NULL);
			(void)!gcv_db_unit_seen(db, unit, &arena, &seen, NULL);
			(void)!gcv_db_sites(db, NULL, NULL, keep_site, &sites, NULL);
			gcv_db_close(db);
		}
		gcv_arena_release(&arena);
		gcv_arena_release(&sites.arena);
		assert_int_equal(pwrite(fd, good, (size_t)st.st_size, 0), st.st_size);
	}
	close(fd);
	free(good);
	gcv_db_close(open_db(GCV_DB_READ));
}

static const char schema_differs[] =
	"SELECT count(*) FROM ("
	"SELECT * FROM (SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
	" EXCEPT SELECT type, name, tbl_name, sql FROM old.sqlite_schema)"
	" UNION ALL"
	" SELECT * FROM (SELECT type, name, tbl_name, sql FROM old.sqlite_schema"
	" EXCEPT SELECT type, name, tbl_name, sql FROM main.sqlite_schema))";

/* Make a database from the dump that the release with tables of @version left behind. */
static void restore_dump(int version)
{
	GCV_STRBUF_AUTO struct gcv_strbuf path = { 0 }, sql = { 0 };
	struct gcv_err err = { .text = "" };
	int fd;

	gcv_strbuf_addf(&path, "%s/tests/db/dumps/v%d.sql", GCV_SOURCE_DIR, version);
	fd = open(path.buf, O_RDONLY);
	if (fd < 0)
		fail_msg("there is no %s", path.buf);
	OK(gcv_strbuf_read_fd(&sql, fd, 1 << 20, path.buf, &err));
	close(fd);
	make_raw(sql.buf);
}

static void test_migrated_schema_is_the_fresh_one(void **state)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db;
	int version;

	(void)state;
	for (version = 1; version <= gcv_db_version(); version++) {
		struct sites sites;

		restore_dump(version);
		/* Opening migrates. */
		gcv_db_close(open_db(GCV_DB_WRITE));
		assert_int_equal(rename("index.db", "old.db"), 0);
		db = open_db(GCV_DB_WRITE);
		OK(gcv_db_exec(db, "ATTACH 'old.db' AS old", &err));
		assert_int_equal(count(db, "PRAGMA old.user_version"), gcv_db_version());
		assert_int_equal(count(db, schema_differs), 0);
		assert_true(count(db, "SELECT count(*) FROM sqlite_schema") > 30);
		gcv_db_close(db);
		unlink("index.db");
		assert_int_equal(rename("old.db", "index.db"), 0);
		db = open_db(GCV_DB_READ);
		read_sites(db, NULL, NULL, &sites);
		check_sites(&sites);
		gcv_arena_release(&sites.arena);
		gcv_db_close(db);
		unlink("index.db");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(test_foreign_files_are_refused),
		STORE_TEST(test_newer_database_is_refused),
		STORE_TEST(test_missing_files),
		STORE_TEST(test_links_are_refused),
		STORE_TEST(test_damaged_database_is_told),
		STORE_TEST(test_missing_table_is_damage),
		STORE_TEST(test_random_damage_does_no_harm),
		STORE_TEST(test_migrated_schema_is_the_fresh_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
