// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/store_sample.c tests/unit/small_body.c */
#include "tests/unit/store_sample.h"

#include "db/handle.h"

#include <string.h>
#include <unistd.h>

static void test_fresh_database(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);

	(void)state;
	assert_int_equal(count(db, "PRAGMA user_version"), gcv_db_version());
	assert_int_equal(count(db, "PRAGMA application_id"), GCV_DB_APPLICATION_ID);
	assert_int_equal(count(db, "PRAGMA foreign_keys"), 1);
	assert_int_equal(count(db, "PRAGMA synchronous"), 1);
	assert_int_equal(count(db, "PRAGMA busy_timeout"), 5000);
	gcv_db_close(db);
	/* Nothing is left beside the database. */
	assert_int_not_equal(access("index.db-lock", F_OK), 0);
	assert_int_not_equal(access("index.db-wal", F_OK), 0);
	db = open_db(GCV_DB_READ);
	assert_int_equal(count(db, "SELECT count(*) FROM snapshot"), 0);
	gcv_db_close(db);
}

static void test_unit_comes_back(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_arena arena = { 0 };
	struct gcv_stored_units list;
	struct gcv_err err = { .text = "" };
	int64_t unit = put_sample(db, "drivers/a.c");

	(void)state;
	OK(gcv_db_load_units(db, &arena, &list, &err));
	assert_int_equal(list.nr_units, 1);
	assert_int_equal(list.nr_files, 2);
	assert_string_equal(list.files[0].path, "drivers/a.c");
	assert_int_equal(list.files[1].hash[0], 2);
	assert_int_equal(list.units[0].id, unit);
	assert_int_equal(list.units[0].kind, GCV_UNIT_SOURCE);
	assert_int_equal(list.units[0].main, 0);
	assert_string_equal(list.units[0].config, "x86");
	assert_int_equal(list.units[0].env[0], 7);
	assert_int_equal(list.units[0].pch, GCV_NONE);
	assert_int_equal(list.units[0].status, GCV_UNIT_ERRORS);
	assert_string_equal(list.units[0].cause, "");
	assert_int_equal(list.units[0].nr_errors_main, 1);
	assert_string_equal(list.units[0].tool, "gupconv 0.1.0");
	assert_true(list.units[0].is_current);
	assert_int_equal(list.units[0].nr_files, 2);
	assert_int_equal(list.units[0].files[0] + list.units[0].files[1], 1);
	gcv_db_close(db);
	gcv_arena_release(&arena);
}

static void test_facts_are_in_the_tables(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);

	(void)state;
	put_sample(db, "drivers/a.c");
	assert_int_equal(count(db,
			       "SELECT count(*) FROM definition d, name n, name t, name a, body b"
			       " WHERE n.id = d.name AND n.text = 'f' AND t.id = d.type AND"
			       " t.text = 'int (void)' AND a.id = d.attributes AND"
			       " a.text = 'noinline' AND d.begin_offset = 50 AND"
			       " d.end_offset = 400 AND d.body_offset = 60 AND d.line = 5 AND"
			       " d.end_line = 40 AND d.linkage = 1 AND b.id = d.body"),
			 1);
	assert_int_equal(count(db, "SELECT count(*) FROM call c, name n, name m, file_version f"
				   " WHERE n.id = c.callee AND n.text = 'put_page' AND"
				   " m.id = c.macro AND m.text = 'DROP' AND f.id = c.macro_file AND"
				   " f.path = 'include/linux/mm.h' AND c.macro_line = 12 AND"
				   " c.macro_offset = 120 AND c.nr = 2 AND c.name_offset = 300"),
			 1);
	assert_int_equal(count(db, "SELECT count(*) FROM call WHERE macro_file IS NULL"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM api_call"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM call_arg"), 4);
	assert_int_equal(count(db, "SELECT access FROM member"),
			 GCV_ACCESS_READ | GCV_ACCESS_WRITE);
	assert_int_equal(count(db, "SELECT count(*) FROM address"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM field"), 2);
	assert_int_equal(count(db, "SELECT count(*) FROM unit_error WHERE file IS NULL"), 1);
	assert_int_equal(count(db, "SELECT nr_errors FROM unit"), 5);
	gcv_db_close(db);
}

static void test_ledger_of_a_unit_comes_back(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct gcv_arena arena = { 0 };
	struct gcv_stored_seen seen;
	struct gcv_err err = { .text = "" };
	uint32_t i, nr_macro = 0;

	(void)state;
	OK(gcv_db_unit_seen(db, unit, &arena, &seen, &err));
	assert_int_equal(seen.nr_files, 2);
	assert_int_equal(seen.nr_seen, 3);
	for (i = 0; i < 3; i++)
		if (seen.seen[i].kind == GCV_SEEN_MACRO) {
			assert_int_equal(seen.seen[i].offset, 120);
			assert_string_equal(seen.files[seen.seen[i].file].path,
					    "include/linux/mm.h");
			assert_int_equal(seen.files[seen.seen[i].file].hash[0], 2);
		}
	assert_int_equal(seen.nr_skips, 1);
	assert_int_equal(seen.skips[0].begin, 500);
	assert_int_equal(seen.skips[0].end, 600);
	assert_int_equal(seen.nr_calls, 3);
	for (i = 0; i < 3; i++) {
		assert_string_equal(seen.files[seen.calls[i].file].path, "drivers/a.c");
		if (seen.calls[i].macro_file == GCV_NONE)
			continue;
		nr_macro++;
		assert_string_equal(seen.calls[i].callee, "put_page");
		assert_int_equal(seen.calls[i].name_offset, 300);
		assert_string_equal(seen.files[seen.calls[i].macro_file].path,
				    "include/linux/mm.h");
		assert_int_equal(seen.calls[i].macro_offset, 120);
	}
	assert_int_equal(nr_macro, 1);
	OK(gcv_db_unit_seen(db, unit + 1, &arena, &seen, &err));
	assert_int_equal(seen.nr_files + seen.nr_seen + seen.nr_skips + seen.nr_calls, 0);
	gcv_db_close(db);
	gcv_arena_release(&arena);
}

static void test_declarations_come_back(void **state)
{
	static const char *names[] = { "page", "" }, *types[] = { "struct page *", "int" };
	static struct gcv_fact_decl decls[] = {
		{ .name = "FOLL_WRITE",
		  .file = 1,
		  .line = 9,
		  .type = "",
		  .result = "",
		  .is_enum = true,
		  .value = -1 },
		{ .name = "put_page",
		  .file = 0,
		  .line = 4,
		  .type = "void (struct page *, int)",
		  .nr_params = 2,
		  .param_names = names,
		  .param_types = types,
		  .result = "void" },
		{ .name = "", .file = 0, .type = "", .result = "", .is_macro = true },
	};
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_arena arena = { 0 };
	struct gcv_facts facts;
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t unit;

	(void)state;
	sample_init(&s, "/era");
	s.facts = (struct gcv_facts){
		.files = s.files, .nr_files = 2, .decls = decls, .nr_decls = NR(decls)
	};
	s.info.kind = GCV_UNIT_ERA;
	unit = put(db, &s);
	gcv_strbuf_release(&s.body);
	OK(gcv_db_unit_decls(db, unit, &arena, &facts, &err));
	assert_int_equal(facts.nr_decls, 3);
	assert_true(facts.decls[0].is_enum && !facts.decls[0].is_macro);
	assert_true(facts.decls[0].value == -1);
	assert_int_equal(facts.decls[0].nr_params, 0);
	assert_string_equal(facts.files[facts.decls[0].file].path, "include/linux/mm.h");
	assert_string_equal(facts.decls[1].name, "put_page");
	assert_string_equal(facts.decls[1].type, "void (struct page *, int)");
	assert_string_equal(facts.decls[1].result, "void");
	assert_int_equal(facts.decls[1].nr_params, 2);
	assert_string_equal(facts.decls[1].param_names[0], "page");
	assert_string_equal(facts.decls[1].param_names[1], "");
	assert_string_equal(facts.decls[1].param_types[1], "int");
	assert_true(facts.decls[2].is_macro);
	assert_string_equal(facts.decls[2].name, "");
	gcv_db_close(db);
	gcv_arena_release(&arena);
}

static void test_bodies_come_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t id;

	(void)state;
	sample_init(&s, "drivers/a.c");
	put(db, &s);
	id = count(db, "SELECT d.id FROM definition d JOIN name n ON n.id = d.name AND text = 'f'");
	gcv_strbuf_addstr(&out, "kept");
	OK(gcv_db_body(db, id, &out, &err));
	assert_int_equal(out.len, 4 + s.body.len);
	assert_memory_equal(out.buf, "kept", 4);
	assert_memory_equal(out.buf + 4, s.body.buf, s.body.len);
	/* The strings stand in a table of their own. */
	assert_true(count(db, "SELECT min(length(data)) FROM body") < (int64_t)s.body.len);
	assert_int_equal(gcv_db_body(db, 4711, &out, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(out.len, 4 + s.body.len);
	OK(gcv_db_exec(db, "DELETE FROM name WHERE text = 'drivers/a.c'", &err));
	assert_int_equal(gcv_db_body(db, id, &out, &err), GCV_ERR_FORMAT);
	assert_int_equal(out.len, 4 + s.body.len);
	OK(gcv_db_exec(db, "UPDATE body SET data = x'01ffffff'", &err));
	assert_int_equal(gcv_db_body(db, id, &out, &err), GCV_ERR_FORMAT);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void test_damaged_body_is_not_stored(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t unit;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.defs[0].body_len = 5;
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &unit, &err), GCV_ERR_FORMAT);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 0);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void test_same_unit_is_replaced(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct sample s;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.facts.nr_defs = 1;
	s.facts.nr_calls = 1;
	s.facts.nr_seen = 1;
	s.facts.nr_errors = 0;
	s.info.status = GCV_UNIT_OK;
	assert_int_equal(put(db, &s), unit);
	assert_int_equal(count(db, "SELECT count(*) FROM unit WHERE status = 'ok'"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM unit_definition"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM unit_seen"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM unit_error"), 0);
	put_snapshot(db, "one", &unit, 1);
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 1);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void test_identity_of_a_unit(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c"), pch;
	struct gcv_err err = { .text = "" };
	struct sample s;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.info.config = "arm64";
	assert_int_not_equal(put(db, &s), unit);
	s.info.config = "x86";
	s.info.env[0]++;
	pch = put(db, &s);
	assert_int_not_equal(pch, unit);
	s.info.env[0]--;
	s.info.pch = pch;
	assert_int_not_equal(put(db, &s), unit);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 4);
	s.info.pch = 0;
	/* A header has changed. */
	s.files[1].hash[0]++;
	assert_int_not_equal(put(db, &s), unit);
	s.files[1].hash[0]--;
	assert_int_equal(put(db, &s), unit);
	s.info.pch = 4711;
	assert_int_equal(gcv_db_unit_put(db, &s.info, &s.facts, &pch, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "index.db"));
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void test_failed_unit(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_arena arena = { 0 };
	struct gcv_stored_units list;
	struct gcv_err err = { .text = "" };
	struct sample s;
	int64_t failed, good;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.info.status = GCV_UNIT_FAILED;
	s.info.cause = "timeout after 60 s";
	OK(gcv_db_unit_put(db, &s.info, NULL, &failed, &err));
	OK(gcv_db_load_units(db, &arena, &list, &err));
	assert_int_equal(list.nr_units, 1);
	assert_int_equal(list.units[0].status, GCV_UNIT_FAILED);
	assert_string_equal(list.units[0].cause, "timeout after 60 s");
	assert_int_equal(list.units[0].nr_files, 0);
	s.info.status = GCV_UNIT_OK;
	s.info.cause = "";
	good = put(db, &s);
	put_snapshot(db, "one", &good, 1);
	assert_int_equal(count(db, "SELECT count(*) FROM unit WHERE status = 'failed'"), 0);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
	gcv_arena_release(&arena);
}

static void test_definitions_are_shared(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);

	(void)state;
	put_sample(db, "drivers/a.c");
	put_sample(db, "net/b.c");
	/* f of each file, and put_page() of the header once. */
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM unit_definition"), 4);
	assert_int_equal(count(db, "SELECT count(*) FROM body"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM record"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM field"), 2);
	assert_int_equal(count(db, "SELECT count(*) FROM call"), 7);
	gcv_db_close(db);
}

static void test_other_facts_make_another_definition(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct sample s;

	(void)state;
	put_sample(db, "drivers/a.c");
	sample_init(&s, "drivers/a.c");
	s.info.config = "arm64";
	put(db, &s);
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 2);
	/* The same bytes of the body, but a call resolves to another declaration. */
	s.info.config = "sh";
	s.calls[1].decl_file = "arch/sh/mm.h";
	put(db, &s);
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM body"), 2);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(test_fresh_database),
		STORE_TEST(test_unit_comes_back),
		STORE_TEST(test_facts_are_in_the_tables),
		STORE_TEST(test_ledger_of_a_unit_comes_back),
		STORE_TEST(test_declarations_come_back),
		STORE_TEST(test_bodies_come_back),
		STORE_TEST(test_damaged_body_is_not_stored),
		STORE_TEST(test_same_unit_is_replaced),
		STORE_TEST(test_identity_of_a_unit),
		STORE_TEST(test_failed_unit),
		STORE_TEST(test_definitions_are_shared),
		STORE_TEST(test_other_facts_make_another_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
