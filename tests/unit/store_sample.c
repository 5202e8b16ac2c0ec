// SPDX-License-Identifier: GPL-2.0-only
#include "tests/unit/store_sample.h"

#include "db/handle.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

/* Each test runs in an empty folder. */
int enter_folder(void **state)
{
	char *folder = strdup("/tmp/gupconv-store-XXXXXX");

	*state = folder;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

int leave_folder(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf command = { 0 };
	int failed;

	gcv_strbuf_addf(&command, "chmod -R u+w %s && rm -rf %s", (char *)*state, (char *)*state);
	failed = chdir("/") || system(command.buf);
	free(*state);
	return failed ? -1 : 0;
}

struct gcv_db *open_db(enum gcv_db_mode mode)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = NULL;

	OK(gcv_db_open("index.db", mode, &db, &err));
	return db;
}

int64_t count(struct gcv_db *db, const char *sql)
{
	struct gcv_err err = { .text = "" };
	int64_t nr = -1;

	OK(gcv_db_ask_int(db, sql, &nr, &err));
	return nr;
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
	small_body(&s->body, main);
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

void sample_init(struct sample *s, const char *main)
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

int64_t put(struct gcv_db *db, struct sample *s)
{
	struct gcv_err err = { .text = "" };
	int64_t unit = 0;

	OK(gcv_db_unit_put(db, &s->info, &s->facts, &unit, &err));
	assert_true(unit > 0);
	return unit;
}

int64_t put_sample(struct gcv_db *db, const char *main)
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

struct gcv_snapshot make_snapshot(const char *label, const int64_t *units, uint32_t nr)
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

void put_snapshot(struct gcv_db *db, const char *label, const int64_t *units, uint32_t nr)
{
	struct gcv_snapshot snapshot = make_snapshot(label, units, nr);
	struct gcv_err err = { .text = "" };

	OK(gcv_db_snapshot_put(db, &snapshot, &err));
}

enum gcv_status keep_site(void *data, const struct gcv_site *site, struct gcv_err *err)
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

void read_sites(struct gcv_db *db, const char *label, const struct gcv_site_filter *filter,
		struct sites *ret)
{
	struct gcv_err err = { .text = "" };

	*ret = (struct sites){ .nr = 0 };
	OK(gcv_db_sites(db, label, filter, keep_site, ret, &err));
}

void check_sites(const struct sites *sites)
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

void refuse(enum gcv_db_mode mode, enum gcv_status want)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = NULL;
	enum gcv_status st = gcv_db_open("index.db", mode, &db, &err);

	if (st != want)
		fail_msg("status %d, not %d: %s", st, want, err.text);
	assert_null(db);
	assert_non_null(strstr(err.text, "index.db"));
}

void make_raw(const char *sql)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db;

	OK(gcv_db_connect("index.db", GCV_DB_WRITE, &db, &err));
	OK(gcv_db_exec(db, sql, &err));
	gcv_db_close(db);
}
