// SPDX-License-Identifier: GPL-2.0-only
/* Every table and column of the database is known to those who join databases. */
/* links: db */
#include "db/handle.h"
#include "db/merge_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

static const struct gcv_merge_table *find_table(const char *name)
{
	const struct gcv_merge_table *table = gcv_merge_tables;

	while (table->name && strcmp(table->name, name) != 0)
		table++;
	return table;
}

/* The columns as the table of tables has them: without what they refer to. */
static void plain_columns(const struct gcv_merge_table *table, struct gcv_strbuf *ret)
{
	const char *at = table->columns;

	while (*at) {
		gcv_strbuf_add(ret, at, strcspn(at, "> "));
		gcv_strbuf_addch(ret, ' ');
		at += strcspn(at, " ");
		at += *at == ' ';
	}
}

static void test_tables(void **state)
{
	char path[] = "/tmp/gupconv-merge-XXXXXX";
	struct gcv_strbuf lock = { 0 };
	struct gcv_db *db;
	struct gcv_err err;
	sqlite3_stmt *stmt;
	uint32_t nr = 0, nr_known = 0;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(gcv_db_open(path, GCV_DB_WRITE, &db, &err), GCV_OK);
	assert_int_equal(
		sqlite3_prepare_v2(
			db->conn,
			"SELECT m.name, (SELECT group_concat(c.name, ' ') || ' ' FROM"
			" pragma_table_info(m.name) c WHERE c.name != 'id' OR c.pk = 0"
			" OR c.type != 'INTEGER') FROM sqlite_schema m WHERE m.type = 'table'"
			" AND m.name NOT LIKE 'sqlite_%'",
			-1, &stmt, NULL),
		SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		const struct gcv_merge_table *table = find_table(name);
		struct gcv_strbuf columns = { 0 };

		if (!table->name)
			fail_msg("table %s is not joined", name);
		nr++;
		if (table->set == GCV_MERGE_NEVER)
			continue;
		plain_columns(table, &columns);
		assert_string_equal(columns.buf, (const char *)sqlite3_column_text(stmt, 1));
		gcv_strbuf_release(&columns);
	}
	sqlite3_finalize(stmt);
	while (gcv_merge_tables[nr_known].name)
		nr_known++;
	assert_int_equal(nr, nr_known);
	gcv_db_close(db);
	unlink(path);
	gcv_strbuf_addf(&lock, "%s-lock", path);
	unlink(lock.buf);
	gcv_strbuf_release(&lock);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_tables) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
