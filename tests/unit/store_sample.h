/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts of a unit and a snapshot of it, for the tests of the store. Each test runs in an empty
 * folder, and its database is index.db there.
 *
 *	static void test_it(void **state)
 *	{
 *		struct gcv_db *db = open_db(GCV_DB_WRITE);
 *		int64_t unit = put_sample(db, "drivers/a.c");
 *
 *		put_snapshot(db, "one", &unit, 1);
 *		...
 *	}
 *	... STORE_TEST(test_it), ...
 */
#ifndef GCV_TESTS_UNIT_STORE_SAMPLE_H
#define GCV_TESTS_UNIT_STORE_SAMPLE_H

#include "base/strbuf.h"
#include "db/store.h"
#include "parse/facts.h"
#include "tests/unit/small_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/** OK() - a call that must not fail; a variable err is at hand */
#define OK(call) assert_ok((call), &err, __LINE__)

/** STORE_TEST() - an entry of a list of tests, each of which runs in an empty folder */
#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

/**
 * struct sample - facts of a unit: main file @main that includes mm.h; it has a function f with an
 * acquire and two releases, and an inline function of the header
 */
struct sample {
	struct gcv_strbuf body;
	struct gcv_fact_file files[2];
	struct gcv_fact_def defs[2];
	struct gcv_fact_call calls[4];
	struct gcv_fact_arg args[4];
	struct gcv_fact_seen seen[3];
	struct gcv_fact_skip skips[1];
	struct gcv_fact_member members[2];
	struct gcv_fact_address addresses[1];
	struct gcv_fact_record records[1];
	struct gcv_fact_field fields[2];
	struct gcv_fact_error errors[2];
	struct gcv_facts facts;
	struct gcv_unit_info info;
};

/** struct sites - sites that a reader gave, with strings copied */
struct sites {
	struct gcv_arena arena;
	struct gcv_site list[32];
	size_t nr;
};

/**
 * assert_ok() - fail with the sentence of an error
 * @st: what a call returned
 * @err: its sentence
 * @line: line of the call
 */
void assert_ok(enum gcv_status st, const struct gcv_err *err, int line);

/**
 * enter_folder() - make an empty folder and go there
 * @state: where its path goes
 *
 * Return: 0, or -1.
 */
int enter_folder(void **state);

/**
 * leave_folder() - remove the folder
 * @state: its path, which is freed
 *
 * Return: 0, or -1.
 */
int leave_folder(void **state);

/**
 * open_db() - open index.db, which must succeed
 * @mode: for reading or for writing
 *
 * Return: the database; gcv_db_close() frees it.
 */
struct gcv_db *open_db(enum gcv_db_mode mode);

/**
 * refuse() - open index.db, which must fail with a sentence that names it
 * @mode: for reading or for writing
 * @want: the status that it must fail with
 */
void refuse(enum gcv_db_mode mode, enum gcv_status want);

/**
 * count() - the number that a statement gives
 * @db: a database
 * @sql: the statement
 *
 * Return: the number.
 */
int64_t count(struct gcv_db *db, const char *sql);

/**
 * make_raw() - run a statement on index.db, which need not be one of gupconv's
 * @sql: the statement
 */
void make_raw(const char *sql);

/**
 * sample_init() - make the facts of a unit
 * @s: where they go; the caller releases @s->body
 * @main: path of the main file, which must live as long
 */
void sample_init(struct sample *s, const char *main);

/**
 * put() - store facts, which must succeed
 * @db: a database
 * @s: the facts
 *
 * Return: the unit.
 */
int64_t put(struct gcv_db *db, struct sample *s);

/**
 * put_sample() - make the facts of a unit and store them
 * @db: a database
 * @main: path of the main file
 *
 * Return: the unit.
 */
int64_t put_sample(struct gcv_db *db, const char *main);

/**
 * make_snapshot() - a snapshot of some units with three occurrences and three API functions
 * @label: its label
 * @units: the units, which must live as long
 * @nr: how many
 *
 * Return: the snapshot.
 */
struct gcv_snapshot make_snapshot(const char *label, const int64_t *units, uint32_t nr);

/**
 * put_snapshot() - make a snapshot and store it
 * @db: a database
 * @label: its label
 * @units: the units
 * @nr: how many
 */
void put_snapshot(struct gcv_db *db, const char *label, const int64_t *units, uint32_t nr);

/**
 * keep_site() - a reader of sites that copies each
 * @data: struct sites
 * @site: a site
 * @err: not used
 *
 * Return: GCV_OK.
 */
enum gcv_status keep_site(void *data, const struct gcv_site *site, struct gcv_err *err);

/**
 * read_sites() - read the sites of a snapshot
 * @db: a database
 * @label: its label, or NULL for the newest
 * @filter: which, or NULL for all
 * @ret: where they go; the caller releases @ret->arena
 */
void read_sites(struct gcv_db *db, const char *label, const struct gcv_site_filter *filter,
		struct sites *ret);

/**
 * check_sites() - hold sites against those of put_sample(db, "drivers/a.c")
 * @sites: what was read
 */
void check_sites(const struct sites *sites);

#endif
