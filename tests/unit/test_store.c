// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
#include "db/handle.h"
#include "db/store.h"
#include "parse/body.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

#define OK(call) assert_ok((call), &err, __LINE__)

static void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

/* Each test runs in an empty folder. */
static int enter_folder(void **state)
{
	char *folder = strdup("/tmp/gupconv-store-XXXXXX");

	*state = folder;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf command = { 0 };
	int failed;

	gcv_strbuf_addf(&command, "chmod -R u+w %s && rm -rf %s", (char *)*state, (char *)*state);
	failed = chdir("/") || system(command.buf);
	free(*state);
	return failed ? -1 : 0;
}

static struct gcv_db *open_db(enum gcv_db_mode mode)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = NULL;

	OK(gcv_db_open("index.db", mode, &db, &err));
	return db;
}

static int64_t count(struct gcv_db *db, const char *sql)
{
	struct gcv_err err = { .text = "" };
	int64_t nr = -1;

	OK(gcv_db_ask_int(db, sql, &nr, &err));
	return nr;
}

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

static void make_body(struct gcv_strbuf *out, const char *name)
{
	const struct gcv_symbol symbol = { GCV_SYMBOL_LOCAL, name, "int", "int", "", 0 };
	const struct gcv_node root = { .kind = GCV_NODE_COMPOUND, .end = 9 };
	struct gcv_body_writer writer = { 0 };

	gcv_strbuf_clear(out);
	gcv_body_add_symbol(&writer, &symbol);
	gcv_body_add_node(&writer, &root);
	gcv_body_finish(&writer, out);
	gcv_body_writer_release(&writer);
}

static struct gcv_fact_call make_call(const char *callee, uint32_t offset)
{
	return (struct gcv_fact_call){
		.callee = callee,
		.is_direct = true,
		.begin = offset,
		.end = offset + 20,
		.name_offset = offset,
		.line = offset / 10,
		.column = offset % 10 + 1,
		.macro = "",
		.macro_file = GCV_NONE,
		.decl_file = "",
		.decl_type = "",
	};
}

static void make_defs(struct sample *s, const char *main)
{
	make_body(&s->body, main);
	s->defs[0] = (struct gcv_fact_def){ .name = "f",
					    .file = 0,
					    .begin = 50,
					    .end = 400,
					    .body_begin = 60,
					    .line = 5,
					    .end_line = 40,
					    .linkage = GCV_LINKAGE_STATIC,
					    .type = "int (void)",
					    .attributes = "noinline",
					    .body = s->body.buf,
					    .body_len = s->body.len };
	s->defs[1] = (struct gcv_fact_def){ .name = "put_page",
					    .file = 1,
					    .begin = 900,
					    .end = 990,
					    .body_begin = 940,
					    .line = 90,
					    .end_line = 95,
					    .linkage = GCV_LINKAGE_STATIC_INLINE,
					    .type = "void (struct page *)",
					    .attributes = "",
					    .body = "\x01\x00\x01\x02\x0a\x01\x00",
					    .body_len = 7 };
}

static void make_calls(struct sample *s)
{
	int i;

	s->args[0] = (struct gcv_fact_arg){ "start", "unsigned long", 110, 115 };
	s->args[1] = (struct gcv_fact_arg){ "FOLL_WRITE | FOLL_FORCE", "int", 117, 140 };
	s->args[2] = (struct gcv_fact_arg){ "pages[i]", "struct page *", 210, 218 };
	s->args[3] = s->args[2];
	s->calls[0] = make_call("get_user_pages", 100);
	s->calls[1] = make_call("put_page", 200);
	s->calls[2] = make_call("put_page", 300);
	s->calls[2].macro = "DROP";
	s->calls[2].macro_file = 1;
	s->calls[2].macro_line = 12;
	s->calls[2].macro_offset = 120;
	s->calls[3] = make_call("folio_put", 950);
	s->calls[3].def = 1;
	s->calls[3].nr_args = 1;
	for (i = 0; i < 3; i++) {
		s->calls[i].is_api = true;
		s->calls[i].args = &s->args[i ? i + 1 : 0];
		s->calls[i].nr_args = i ? 1 : 2;
		s->calls[i].decl_file = "include/linux/mm.h";
		s->calls[i].decl_type = "type";
	}
}

static void make_lists(struct sample *s)
{
	s->seen[0] = (struct gcv_fact_seen){ 0, 100, GCV_SEEN_CALL };
	s->seen[1] = (struct gcv_fact_seen){ 1, 120, GCV_SEEN_MACRO };
	s->seen[2] = (struct gcv_fact_seen){ 1, 900, GCV_SEEN_DEFINITION };
	s->skips[0] = (struct gcv_fact_skip){ 0, 500, 600 };
	s->members[0] = (struct gcv_fact_member){ 0, "struct rds_mr.r_sg", GCV_ACCESS_READ };
	s->members[1] = (struct gcv_fact_member){ 0, "struct rds_mr.r_sg", GCV_ACCESS_WRITE };
	s->addresses[0] =
		(struct gcv_fact_address){ 0, "rds_mmap", "struct file_operations.mmap", 70, 7 };
	s->fields[0] = (struct gcv_fact_field){ "r_sg", "sg_t *", "struct scatterlist *" };
	s->fields[1] = (struct gcv_fact_field){ "", "int", "int" };
	s->records[0] = (struct gcv_fact_record){ "struct rds_mr", 1, 10, 2, 2, s->fields };
	s->errors[0] = (struct gcv_fact_error){ 0, 3, "unknown type name 'foo'" };
	s->errors[1] = (struct gcv_fact_error){ GCV_NONE, 0, "too many errors" };
}

static void sample_init(struct sample *s, const char *main)
{
	memset(s, 0, sizeof(*s));
	s->files[0] = (struct gcv_fact_file){ main, { 1 }, true };
	s->files[1] = (struct gcv_fact_file){ "include/linux/mm.h", { 2 }, false };
	make_defs(s, main);
	make_calls(s);
	make_lists(s);
	s->facts = (struct gcv_facts){
		.files = s->files,
		.defs = s->defs,
		.calls = s->calls,
		.seen = s->seen,
		.skips = s->skips,
		.members = s->members,
		.addresses = s->addresses,
		.records = s->records,
		.errors = s->errors,
		.nr_files = 2,
		.nr_defs = 2,
		.nr_calls = 4,
		.nr_seen = 3,
		.nr_skips = 1,
		.nr_members = 2,
		.nr_addresses = 1,
		.nr_records = 1,
		.nr_errors = 2,
		.nr_errors_all = 5,
		.nr_errors_main = 1,
	};
	s->info = (struct gcv_unit_info){ .kind = GCV_UNIT_SOURCE,
					  .main_path = main,
					  .main_hash = { 1 },
					  .config = "x86",
					  .env = { 7 },
					  .status = GCV_UNIT_ERRORS,
					  .cause = "",
					  .cpu_us = 90000,
					  .max_rss_kib = 100000,
					  .tool = "gupconv 0.1.0" };
}

static int64_t put(struct gcv_db *db, struct sample *s)
{
	struct gcv_err err = { .text = "" };
	int64_t unit = 0;

	OK(gcv_db_unit_put(db, &s->info, &s->facts, &unit, &err));
	assert_true(unit > 0);
	return unit;
}

static int64_t put_sample(struct gcv_db *db, const char *main)
{
	struct sample s;
	int64_t unit;

	sample_init(&s, main);
	unit = put(db, &s);
	gcv_strbuf_release(&s.body);
	return unit;
}

static const struct gcv_snapshot_api apis[] = {
	{ "get_user_pages", "acquire", "gup", "known", "long (…)", "include/linux/mm.h", 11 },
	{ "put_page", "release", "put", "known", "void (struct page *)", "include/linux/mm.h", 90 },
	{ "follow_page", "other", "follow", "absent", "", "", 0 },
};

static const struct gcv_occurrence_row occurrences[] = {
	{ "net/b.c", { 5 }, 40, 4, 2, "put_page", "comment", "", "" },
	{ "drivers/a.c", { 1 }, 100, 10, 1, "get_user_pages", "call", "", "" },
	{ "net/b.c", { 5 }, 9, 1, 2, "put_page", "inactive", "", "CONFIG_MMU=n" },
};

static int flags_arg(void *data, const char *api, uint32_t nr_args, const char *decl_type)
{
	(void)data;
	assert_string_equal(decl_type, "type");
	return strcmp(api, "get_user_pages") == 0 && nr_args == 2 ? 1 : -1;
}

static struct gcv_snapshot make_snapshot(const char *label, const int64_t *units, uint32_t nr)
{
	return (struct gcv_snapshot){
		.label = label,
		.kernel = "6.12.0",
		.revision = "abc",
		.tool = "gupconv 0.1.0",
		.summary = "{\"files\":1}",
		.complete = true,
		.units = units,
		.nr_units = nr,
		.occurrences = occurrences,
		.nr_occurrences = NR(occurrences),
		.apis = apis,
		.nr_apis = NR(apis),
		.flags_arg = flags_arg,
	};
}

static void put_snapshot(struct gcv_db *db, const char *label, const int64_t *units, uint32_t nr)
{
	struct gcv_snapshot snapshot = make_snapshot(label, units, nr);
	struct gcv_err err = { .text = "" };

	OK(gcv_db_snapshot_put(db, &snapshot, &err));
}

/** struct sites - sites that a reader gave, with strings copied */
struct sites {
	struct gcv_arena arena;
	struct gcv_site list[32];
	size_t nr;
};

static enum gcv_status keep_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct sites *sites = data;
	struct gcv_site *copy = &sites->list[sites->nr++];
	uint32_t i;

	(void)err;
	assert_true(sites->nr <= NR(sites->list));
	*copy = *site;
	copy->id = gcv_arena_strdup(&sites->arena, site->id);
	copy->role = gcv_arena_strdup(&sites->arena, site->role);
	copy->file = gcv_arena_strdup(&sites->arena, site->file);
	copy->function = gcv_arena_strdup(&sites->arena, site->function);
	copy->api = gcv_arena_strdup(&sites->arena, site->api);
	copy->flags = gcv_arena_strdup(&sites->arena, site->flags);
	copy->macro = gcv_arena_strdup(&sites->arena, site->macro);
	copy->macro_file = gcv_arena_strdup(&sites->arena, site->macro_file);
	copy->configs = gcv_arena_alloc(&sites->arena, sizeof(char *) * site->nr_configs);
	for (i = 0; i < site->nr_configs; i++)
		copy->configs[i] = gcv_arena_strdup(&sites->arena, site->configs[i]);
	return GCV_OK;
}

static void read_sites(struct gcv_db *db, const char *label, const struct gcv_site_filter *filter,
		       struct sites *ret)
{
	struct gcv_err err = { .text = "" };

	*ret = (struct sites){ .nr = 0 };
	OK(gcv_db_sites(db, label, filter, keep_site, ret, &err));
}

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

static void check_sites(const struct sites *sites)
{
	const struct gcv_site *site = sites->list;
	size_t i;

	assert_int_equal(sites->nr, 3);
	for (i = 0; i < 3; i++) {
		assert_string_equal(site[i].file, "drivers/a.c");
		assert_string_equal(site[i].function, "f");
		assert_int_equal(strlen(site[i].id), 16);
		assert_int_equal(strspn(site[i].id, "0123456789abcdef"), 16);
		assert_false(site[i].homonym);
	}
	assert_string_equal(site[0].role, "acquire");
	assert_string_equal(site[0].api, "get_user_pages");
	assert_string_equal(site[0].flags, "FOLL_WRITE | FOLL_FORCE");
	assert_int_equal(site[0].offset, 100);
	assert_int_equal(site[0].line, 10);
	assert_int_equal(site[0].column, 1);
	assert_string_equal(site[0].macro_file, "");
	assert_string_equal(site[1].role, "release");
	assert_string_equal(site[1].flags, "");
	assert_int_equal(site[1].ordinal, 0);
	assert_int_equal(site[2].ordinal, 1);
	assert_string_equal(site[2].macro, "DROP");
	assert_string_equal(site[2].macro_file, "include/linux/mm.h");
	assert_int_equal(site[2].macro_line, 12);
	assert_string_not_equal(site[1].id, site[2].id);
}

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
	make_body(&s.body, "another");
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
	/* The local variable that make_body() names after the file. */
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

static void write_file(const char *path, const char *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), len);
	close(fd);
}

static void refuse(enum gcv_db_mode mode, enum gcv_status want)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = NULL;
	enum gcv_status st = gcv_db_open("index.db", mode, &db, &err);

	if (st != want)
		fail_msg("status %d, not %d: %s", st, want, err.text);
	assert_null(db);
	assert_non_null(strstr(err.text, "index.db"));
}

static void refuse_both(enum gcv_status want)
{
	refuse(GCV_DB_WRITE, want);
	refuse(GCV_DB_READ, want);
}

static void make_raw(const char *sql)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db;

	OK(gcv_db_connect("index.db", GCV_DB_WRITE, &db, &err));
	OK(gcv_db_exec(db, sql, &err));
	gcv_db_close(db);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fresh_database),
		TEST(test_unit_comes_back),
		TEST(test_facts_are_in_the_tables),
		TEST(test_ledger_of_a_unit_comes_back),
		TEST(test_declarations_come_back),
		TEST(test_bodies_come_back),
		TEST(test_damaged_body_is_not_stored),
		TEST(test_same_unit_is_replaced),
		TEST(test_identity_of_a_unit),
		TEST(test_failed_unit),
		TEST(test_definitions_are_shared),
		TEST(test_other_facts_make_another_definition),
		TEST(test_sites_of_a_snapshot),
		TEST(test_site_in_several_configurations),
		TEST(test_two_calls_of_one_macro),
		TEST(test_ids_survive_moved_lines),
		TEST(test_homonyms_are_marked),
		TEST(test_filters),
		TEST(test_readers),
		TEST(test_callbacks),
		TEST(test_two_snapshots),
		TEST(test_garbage_is_collected),
		TEST(test_precompiled_header_stays_with_its_units),
		TEST(test_unknown_unit_in_a_snapshot),
		TEST(test_foreign_files_are_refused),
		TEST(test_newer_database_is_refused),
		TEST(test_missing_files),
		TEST(test_links_are_refused),
		TEST(test_damaged_database_is_told),
		TEST(test_missing_table_is_damage),
		TEST(test_random_damage_does_no_harm),
		TEST(test_one_writer_at_a_time),
		TEST(test_locked_database_is_told),
		TEST(test_reading_changes_nothing),
		TEST(test_folder_that_cannot_be_written),
		TEST(test_full_disk_is_told),
		TEST(test_killed_writer_leaves_whole_units),
		TEST(test_killed_writer_loses_what_shares_a_commit),
		TEST(test_unit_that_fails_is_taken_back_alone),
		TEST(test_migrated_schema_is_the_fresh_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
