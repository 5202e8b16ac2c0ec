// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/series.h"

static char folder[] = "/tmp/gupconv-series-XXXXXX";

static const char *const files[] = { "net/rds/info.c", "net/rds/rdma.c" };
static const char *const sites[] = { "0011223344556677" };
static const char *const tags[] = { "Acked-by: A <a@example.org>" };

static struct gcv_series_record_patch patch_of(const char *name, uint8_t hash)
{
	struct gcv_series_record_patch patch = {
		.name = name,
		.subject = "convert",
		.files = files,
		.sites = sites,
		.nr_files = 2,
		.nr_sites = 1,
	};

	memset(patch.hash.b, hash, sizeof(patch.hash.b));
	return patch;
}

static struct gcv_db *open_db(void)
{
	struct gcv_db *db;
	struct gcv_err err;

	assert_int_equal(gcv_db_open("series.db", GCV_DB_WRITE, &db, &err), GCV_OK);
	return db;
}

static void put(struct gcv_db *db, uint32_t version, const struct gcv_series_record_patch *patches,
		uint32_t nr)
{
	const struct gcv_series_record record = {
		.conversion = "put-user-page",
		.scope = "net",
		.version = version,
		.kernel = "5.3.0",
		.patches = patches,
		.nr_patches = nr,
	};
	struct gcv_err err;

	assert_int_equal(gcv_db_series_put(db, &record, &err), GCV_OK);
}

static void remembers(void **state)
{
	struct gcv_series_record_patch patches[] = { patch_of("net/rds", 1), patch_of("mm", 2) };
	struct gcv_series_record record;
	struct gcv_db *db = open_db();
	struct gcv_arena arena = { 0 };
	struct gcv_err err;
	bool found = true;

	(void)state;
	assert_int_equal(gcv_db_series_get(db, "put-user-page", "net", 1, &arena, &record, &found,
					   &err),
			 GCV_OK);
	assert_false(found);
	put(db, 1, patches, 2);
	assert_int_equal(gcv_db_series_get(db, "put-user-page", "net", 1, &arena, &record, &found,
					   &err),
			 GCV_OK);
	assert_true(found);
	assert_int_equal(record.nr_patches, 2);
	assert_string_equal(record.patches[1].name, "mm");
	assert_int_equal(record.patches[0].hash.b[3], 1);
	assert_int_equal(record.patches[0].nr_files, 2);
	assert_string_equal(record.patches[0].files[1], "net/rds/rdma.c");
	assert_string_equal(record.patches[0].sites[0], sites[0]);
	assert_int_equal(record.patches[0].nr_tags, 0);
	assert_int_equal(gcv_db_series_get(db, "put-user-page", "", 1, &arena, &record, &found,
					   &err),
			 GCV_OK);
	assert_false(found);
	gcv_arena_release(&arena);
	gcv_db_close(db);
}

/* Made once more, a series loses the tags of what has changed, and no others. */
static void keeps_tags_of_what_is_the_same(void **state)
{
	struct gcv_series_record_patch patches[] = { patch_of("net/rds", 1), patch_of("mm", 2) };
	struct gcv_series_record record;
	struct gcv_db *db = open_db();
	struct gcv_arena arena = { 0 };
	struct gcv_err err;
	bool found;

	(void)state;
	patches[0].tags = patches[1].tags = tags;
	patches[0].nr_tags = patches[1].nr_tags = 1;
	put(db, 2, patches, 2);
	patches[0] = patch_of("net/rds", 1);
	patches[1] = patch_of("mm", 3);
	put(db, 2, patches, 2);
	assert_int_equal(gcv_db_series_get(db, "put-user-page", "net", 2, &arena, &record, &found,
					   &err),
			 GCV_OK);
	assert_true(found);
	assert_int_equal(record.patches[0].nr_tags, 1);
	assert_string_equal(record.patches[0].tags[0], tags[0]);
	assert_int_equal(record.patches[1].nr_tags, 0);
	gcv_arena_release(&arena);
	gcv_db_close(db);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[64] = "rm -r ";

	(void)state;
	return chdir("/") == 0 && system(strcat(command, folder)) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remembers),
		cmocka_unit_test(keeps_tags_of_what_is_the_same),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
