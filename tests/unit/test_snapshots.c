// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/store_sample.c tests/unit/small_body.c */
#include "tests/unit/store_sample.h"

#include "db/handle.h"

#include <string.h>
#include <unistd.h>

static void test_sites_of_a_snapshot(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct sites sites;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	read_sites(db, NULL, NULL, &sites);
	check_sites(&sites);
	assert_int_equal(sites.list[0].nr_configs, 1);
	assert_string_equal(sites.list[0].configs[0], "x86");
	/* Pinned: the ids are part of what reports promise. */
	assert_string_equal(sites.list[0].id, "2df44a749b11854b");
	assert_int_equal(count(db, "SELECT count(*) FROM site_call s, call c WHERE"
				   " c.definition = s.definition AND c.nr = s.call"),
			 3);
	gcv_arena_release(&sites.arena);
	gcv_db_close(db);
}

static void test_site_in_several_configurations(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t units[3];
	struct sites sites;
	struct sample s;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.info.config = "sh CONFIG_PVR2_DMA=y";
	units[0] = put(db, &s);
	s.info.config = "arm64";
	/* In this one the second release is not compiled, and the function looks different. */
	s.facts.nr_calls = 2;
	small_body(&s.body, "another");
	s.defs[0].body = s.body.buf;
	s.defs[0].body_len = s.body.len;
	s.defs[0].type = "long (void)";
	units[1] = put(db, &s);
	units[2] = units[0];
	put_snapshot(db, "one", units, 3);
	read_sites(db, "one", NULL, &sites);
	check_sites(&sites);
	assert_int_equal(sites.list[0].nr_configs, 2);
	assert_string_equal(sites.list[0].configs[0], "arm64");
	assert_string_equal(sites.list[0].configs[1], "sh CONFIG_PVR2_DMA=y");
	assert_int_equal(sites.list[2].nr_configs, 1);
	gcv_arena_release(&sites.arena);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

/* Two calls that one macro makes at one place are two sites with ids of their own. */
static void test_two_calls_of_one_macro(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct sites sites;
	struct sample s;
	int64_t unit;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.calls[1] = s.calls[2];
	s.calls[1].macro_offset = 150;
	unit = put(db, &s);
	put_snapshot(db, "one", &unit, 1);
	read_sites(db, NULL, NULL, &sites);
	assert_int_equal(sites.nr, 3);
	assert_int_equal(sites.list[1].offset, sites.list[2].offset);
	assert_string_not_equal(sites.list[1].id, sites.list[2].id);
	gcv_arena_release(&sites.arena);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static void test_ids_survive_moved_lines(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct sites before, after;
	struct sample s;
	size_t i;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	sample_init(&s, "drivers/a.c");
	s.files[0].hash[0] = s.info.main_hash[0] = 99;
	for (i = 0; i < 3; i++) {
		s.calls[i].name_offset += 1000;
		s.calls[i].line += 100;
	}
	unit = put(db, &s);
	put_snapshot(db, "two", &unit, 1);
	read_sites(db, "one", NULL, &before);
	read_sites(db, NULL, NULL, &after);
	assert_int_equal(before.nr, after.nr);
	for (i = 0; i < before.nr; i++) {
		assert_string_equal(before.list[i].id, after.list[i].id);
		assert_int_equal(before.list[i].line + 100, after.list[i].line);
	}
	gcv_arena_release(&before.arena);
	gcv_arena_release(&after.arena);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static bool is_homonym(void *data, const char *api, const char *decl_file, const char *decl_type,
		       enum gcv_linkage decl_linkage)
{
	(void)data;
	assert_string_equal(decl_type, "type");
	return strcmp(api, "put_page") == 0 && decl_linkage == GCV_LINKAGE_STATIC &&
	       strcmp(decl_file, "drivers/a.c") == 0;
}

static void test_homonyms_are_marked(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_snapshot snapshot;
	struct gcv_err err = { .text = "" };
	struct sites sites;
	struct sample s;
	int64_t unit;

	(void)state;
	sample_init(&s, "drivers/a.c");
	s.calls[1].decl_file = "drivers/a.c";
	s.calls[1].decl_linkage = GCV_LINKAGE_STATIC;
	unit = put(db, &s);
	snapshot = make_snapshot("one", &unit, 1);
	snapshot.is_homonym = is_homonym;
	OK(gcv_db_snapshot_put(db, &snapshot, &err));
	read_sites(db, NULL, NULL, &sites);
	assert_int_equal(sites.nr, 3);
	assert_false(sites.list[0].homonym);
	assert_true(sites.list[1].homonym);
	assert_false(sites.list[2].homonym);
	gcv_arena_release(&sites.arena);
	gcv_strbuf_release(&s.body);
	gcv_db_close(db);
}

static size_t count_sites(struct gcv_db *db, const char *role, const char *api, const char *path)
{
	struct gcv_site_filter filter = {
		.role = role, .api = api, .paths = &path, .nr_paths = path != NULL
	};
	struct sites sites;

	read_sites(db, NULL, &filter, &sites);
	gcv_arena_release(&sites.arena);
	return sites.nr;
}

static void test_filters(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t units[2];

	(void)state;
	units[0] = put_sample(db, "drivers/a.c");
	units[1] = put_sample(db, "drivers/a/b.c");
	put_snapshot(db, "one", units, 2);
	assert_int_equal(count_sites(db, NULL, NULL, NULL), 6);
	assert_int_equal(count_sites(db, "acquire", NULL, NULL), 2);
	assert_int_equal(count_sites(db, "release", NULL, NULL), 4);
	assert_int_equal(count_sites(db, NULL, "put_page", NULL), 4);
	assert_int_equal(count_sites(db, "acquire", "put_page", NULL), 0);
	assert_int_equal(count_sites(db, NULL, NULL, "drivers/a.c"), 3);
	assert_int_equal(count_sites(db, NULL, NULL, "drivers/a"), 3);
	assert_int_equal(count_sites(db, NULL, NULL, "drivers/"), 6);
	assert_int_equal(count_sites(db, NULL, NULL, "drive"), 0);
	gcv_db_close(db);
}

static enum gcv_status note_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%s:%u:%u:%u %s %s [%s][%s] %u\n", row->file, row->offset, row->line,
			row->column, row->api, row->class_name, row->detail, row->condition,
			row->hash[0]);
	return GCV_OK;
}

static enum gcv_status note_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%s %s %s %s %s:%u\n", api->name, api->role, api->family, api->state,
			api->file, api->line);
	return GCV_OK;
}

static enum gcv_status note_unit(void *data, const struct gcv_unit_row *row, struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%d %s %s %d [%s] %u/%u %s:%u: %s\n", row->kind, row->main,
			row->config, row->status, row->cause, row->nr_errors_main, row->nr_errors,
			row->error_file, row->error_line, row->first_error);
	return GCV_OK;
}

static void test_readers(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct gcv_err err = { .text = "" };

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	OK(gcv_db_occurrences(db, NULL, NULL, note_occurrence, &text, &err));
	assert_string_equal(text.buf, "drivers/a.c:100:10:1 get_user_pages call [][] 1\n"
				      "net/b.c:9:1:2 put_page inactive [][CONFIG_MMU=n] 5\n"
				      "net/b.c:40:4:2 put_page comment [][] 5\n");
	gcv_strbuf_clear(&text);
	OK(gcv_db_occurrences(db, "one", "comment", note_occurrence, &text, &err));
	assert_string_equal(text.buf, "net/b.c:40:4:2 put_page comment [][] 5\n");
	gcv_strbuf_clear(&text);
	OK(gcv_db_apis(db, NULL, note_api, &text, &err));
	assert_string_equal(text.buf, "follow_page other follow absent :0\n"
				      "get_user_pages acquire gup known include/linux/mm.h:11\n"
				      "put_page release put known include/linux/mm.h:90\n");
	gcv_strbuf_clear(&text);
	OK(gcv_db_units_of_snapshot(db, NULL, note_unit, &text, &err));
	assert_string_equal(text.buf, "0 drivers/a.c x86 1 [] 1/5 drivers/a.c:3: unknown type name"
				      " 'foo'\n");
	gcv_db_close(db);
}

static enum gcv_status stop(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	(void)site;
	++*(int *)data;
	return gcv_err_set(err, GCV_ERR_LIMIT, "enough");
}

/** struct nested - a reader in the callback of another */
struct nested {
	struct gcv_db *db;
	struct gcv_strbuf text;
	enum gcv_status again;
};

static enum gcv_status read_more(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct nested *nested = data;
	int nr = 0;

	(void)site;
	nested->again = gcv_db_sites(nested->db, NULL, NULL, stop, &nr, NULL);
	return gcv_db_apis(nested->db, NULL, note_api, &nested->text, err);
}

static void test_callbacks(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t unit = put_sample(db, "drivers/a.c");
	struct gcv_err err = { .text = "" };
	struct nested nested = { .db = db };
	int nr = 0;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	assert_int_equal(gcv_db_sites(db, NULL, NULL, stop, &nr, &err), GCV_ERR_LIMIT);
	assert_int_equal(nr, 1);
	assert_string_equal(err.text, "enough");
	OK(gcv_db_sites(db, NULL, NULL, read_more, &nested, &err));
	assert_int_equal(nested.again, GCV_ERR_USAGE);
	assert_non_null(strstr(nested.text.buf, "follow_page"));
	gcv_strbuf_release(&nested.text);
	/* And nothing stays open. */
	unit = put_sample(db, "net/b.c");
	gcv_db_close(db);
}

static enum gcv_status note_snapshot(void *data, const struct gcv_snapshot_row *row,
				     struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%s %s %s %s %d\n", row->label, row->kernel, row->revision,
			row->summary, row->complete);
	return GCV_OK;
}

static void test_two_snapshots(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_snapshot_row row;
	struct gcv_arena arena = { 0 };
	struct gcv_err err = { .text = "" };
	int64_t units[2];

	(void)state;
	assert_int_equal(gcv_db_snapshot(db, NULL, &arena, &row, &err), GCV_ERR_NOT_FOUND);
	units[0] = put_sample(db, "drivers/a.c");
	put_snapshot(db, "one", units, 1);
	units[1] = put_sample(db, "net/b.c");
	put_snapshot(db, "two", units, 2);
	OK(gcv_db_snapshots(db, note_snapshot, &text, &err));
	assert_string_equal(text.buf, "one 6.12.0 abc {\"files\":1} 1\n"
				      "two 6.12.0 abc {\"files\":1} 1\n");
	OK(gcv_db_snapshot(db, NULL, &arena, &row, &err));
	assert_string_equal(row.label, "two");
	assert_int_equal(gcv_db_snapshot(db, "three", &arena, &row, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "three"));
	assert_int_equal(count(db, "SELECT count(*) FROM snapshot_unit"), 3);
	assert_int_equal(count(db, "SELECT count(*) FROM site"), 9);
	/* Replaced, it is the newest. */
	put_snapshot(db, "one", units, 1);
	OK(gcv_db_snapshot(db, NULL, &arena, &row, &err));
	assert_string_equal(row.label, "one");
	assert_int_equal(count(db, "SELECT count(*) FROM snapshot"), 2);
	assert_int_equal(count(db, "SELECT count(*) FROM site"), 9);
	gcv_arena_release(&arena);
	gcv_db_close(db);
}

static void check_empty(struct gcv_db *db)
{
	static const char *const tables[] = {
		"unit",		"unit_file",
		"unit_seen",	"unit_skip",
		"unit_error",	"decl",
		"body",		"definition",
		"decl_param",	"call",
		"api_call",	"call_arg",
		"member",	"address",
		"record",	"field",
		"site",		"unit_record",
		"config",	"site_call",
		"site_config",	"name",
		"occurrence",	"snapshot_unit",
		"file_version", "unit_definition",
		"mention",
	};
	size_t i;

	for (i = 0; i < NR(tables); i++) {
		GCV_STRBUF_AUTO struct gcv_strbuf sql = { 0 };

		gcv_strbuf_addf(&sql, "SELECT count(*) FROM %s", tables[i]);
		if (count(db, sql.buf) != 0)
			fail_msg("%s is not empty", tables[i]);
	}
}

/* Rows of table mention that are missing or left over. */
static const char wrong_mentions[] =
	"WITH wanted AS (SELECT callee AS name, definition FROM call WHERE callee NOTNULL"
	" UNION SELECT field, definition FROM member"
	" UNION SELECT function, definition FROM address"
	" UNION SELECT field, definition FROM address WHERE field NOTNULL)"
	" SELECT (SELECT count(*) FROM (SELECT * FROM wanted EXCEPT SELECT * FROM mention))"
	" + (SELECT count(*) FROM (SELECT * FROM mention EXCEPT SELECT * FROM wanted))";

static void test_garbage_is_collected(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_snapshot nothing = make_snapshot("one", NULL, 0);
	struct gcv_err err = { .text = "" };
	int64_t units[2];

	(void)state;
	units[0] = put_sample(db, "drivers/a.c");
	units[1] = put_sample(db, "net/b.c");
	put_snapshot(db, "one", units, 2);
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 3);
	assert_int_equal(count(db, wrong_mentions), 0);
	assert_int_equal(count(db, "SELECT count(*) FROM mention"), 11);
	put_snapshot(db, "one", units, 1);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM definition"), 2);
	assert_int_equal(count(db, "SELECT count(*) FROM body"), 2);
	assert_int_equal(count(db, "SELECT count(*) FROM record"), 1);
	assert_int_equal(count(db, wrong_mentions), 0);
	/* The local variable that small_body() names after the file. */
	assert_int_equal(count(db, "SELECT count(*) FROM name WHERE text = 'drivers/a.c'"), 1);
	assert_int_equal(count(db, "SELECT count(*) FROM name WHERE text = 'net/b.c'"), 0);
	nothing.nr_occurrences = nothing.nr_apis = 0;
	OK(gcv_db_snapshot_put(db, &nothing, &err));
	check_empty(db);
	/* Ids that were known before must not be used again blindly. */
	units[0] = put_sample(db, "drivers/a.c");
	put_snapshot(db, "one", units, 1);
	assert_int_equal(count(db, "SELECT count(*) FROM call c JOIN name n ON n.id = c.callee"),
			 4);
	assert_int_equal(count(db, wrong_mentions), 0);
	assert_int_equal(count(db, "PRAGMA foreign_key_check"), 0);
	gcv_db_close(db);
}

static void test_precompiled_header_stays_with_its_units(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_arena arena = { 0 };
	struct gcv_stored_units list;
	struct gcv_err err = { .text = "" };
	int64_t unit, pch;
	struct sample s;

	(void)state;
	sample_init(&s, "/pch");
	s.info.kind = GCV_UNIT_PCH;
	pch = put(db, &s);
	gcv_strbuf_release(&s.body);
	sample_init(&s, "drivers/a.c");
	s.info.pch = pch;
	unit = put(db, &s);
	gcv_strbuf_release(&s.body);
	put_snapshot(db, "one", &unit, 1);
	OK(gcv_db_load_units(db, &arena, &list, &err));
	assert_int_equal(list.nr_units, 2);
	assert_int_equal(list.units[0].kind, GCV_UNIT_PCH);
	assert_int_equal(list.units[1].pch, 0);
	gcv_arena_release(&arena);
	gcv_db_close(db);
}

static void test_unknown_unit_in_a_snapshot(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	int64_t units[2] = { put_sample(db, "drivers/a.c"), 4711 };
	struct gcv_snapshot snapshot = make_snapshot("one", units, 2);
	struct gcv_err err = { .text = "" };

	(void)state;
	assert_int_equal(gcv_db_snapshot_put(db, &snapshot, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "4711"));
	assert_int_equal(count(db, "SELECT count(*) FROM snapshot"), 0);
	assert_int_equal(count(db, "SELECT count(*) FROM unit"), 1);
	snapshot.nr_units = 1;
	OK(gcv_db_snapshot_put(db, &snapshot, &err));
	gcv_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(test_sites_of_a_snapshot),
		STORE_TEST(test_site_in_several_configurations),
		STORE_TEST(test_two_calls_of_one_macro),
		STORE_TEST(test_ids_survive_moved_lines),
		STORE_TEST(test_homonyms_are_marked),
		STORE_TEST(test_filters),
		STORE_TEST(test_readers),
		STORE_TEST(test_callbacks),
		STORE_TEST(test_two_snapshots),
		STORE_TEST(test_garbage_is_collected),
		STORE_TEST(test_precompiled_header_stays_with_its_units),
		STORE_TEST(test_unknown_unit_in_a_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
