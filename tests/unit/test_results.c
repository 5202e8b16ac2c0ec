// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/small_body.c */
#include "db/faults.h"
#include "db/handle.h"
#include "db/program.h"
#include "db/results.h"
#include "tests/unit/small_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

#define OK(call) assert_ok((call), &err, __LINE__)

static void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

static struct gcv_fact_def make_def(const char *name, uint32_t file, uint32_t begin,
				    enum gcv_linkage linkage, const struct gcv_strbuf *body)
{
	return (struct gcv_fact_def){ .name = name,
				      .file = file,
				      .begin = begin,
				      .end = begin + 90,
				      .body_begin = begin + 10,
				      .line = begin / 10,
				      .end_line = begin / 10 + 8,
				      .linkage = linkage,
				      .type = "int (void)",
				      .attributes = "",
				      .body = body->buf,
				      .body_len = body->len };
}

static struct gcv_fact_call make_call(uint32_t def, const char *callee, uint32_t offset)
{
	return (struct gcv_fact_call){ .def = def,
				       .callee = callee,
				       .is_direct = true,
				       .begin = offset,
				       .end = offset + 20,
				       .name_offset = offset,
				       .line = offset / 10,
				       .column = 1,
				       .macro = "",
				       .macro_file = GCV_NONE,
				       .is_api = true,
				       .decl_file = "include/linux/mm.h",
				       .decl_type = "type" };
}

static int64_t put_unit(struct gcv_db *db, enum gcv_unit_kind kind, const char *main, int64_t pch,
			struct gcv_facts *facts)
{
	const struct gcv_unit_info info = { .kind = kind,
					    .main_path = main,
					    .main_hash = { 1 },
					    .config = "x86",
					    .env = { 7 },
					    .pch = pch,
					    .cause = "",
					    .tool = "gupconv 0.1.0" };
	struct gcv_err err = { .text = "" };
	int64_t unit = 0;

	OK(gcv_db_unit_put(db, &info, facts, &unit, &err));
	return unit;
}

/* The headers of x86: one with an inline function and, as every precompiled header, none. */
static void put_headers(struct gcv_db *db, int64_t *ret_headers, int64_t *ret_pch)
{
	struct gcv_fact_file files[] = { { "/headers.c", { 1 }, true },
					 { "include/drop.h", { 2 }, false } };
	struct gcv_facts facts = { .files = files, .nr_files = 1 };
	struct gcv_strbuf body = { 0 };
	struct gcv_fact_def def;

	*ret_pch = put_unit(db, GCV_UNIT_PCH, "/pch.h", 0, &facts);
	small_body(&body, "inline_symbol");
	def = make_def("drop", 1, 100, GCV_LINKAGE_STATIC_INLINE, &body);
	facts = (struct gcv_facts){ .files = files, .nr_files = 2, .defs = &def, .nr_defs = 1 };
	*ret_headers = put_unit(db, GCV_UNIT_HEADERS, "/headers.c", 0, &facts);
	gcv_strbuf_release(&body);
}

/* A source file: grab() acquires and releases, release() releases, table names it. */
static int64_t put_source(struct gcv_db *db, const char *main, int64_t pch)
{
	struct gcv_fact_file file = { main, { 1 }, true };
	struct gcv_strbuf body = { 0 };
	struct gcv_fact_def defs[3];
	struct gcv_fact_call calls[] = { make_call(0, "get_user_pages", 120),
					 make_call(0, "put_page", 150),
					 make_call(1, "put_page", 250) };
	struct gcv_fact_address address = { 2, "release", "struct ops.release", 310, 31 };
	struct gcv_facts facts = { .files = &file,
				   .defs = defs,
				   .calls = calls,
				   .addresses = &address,
				   .nr_files = 1,
				   .nr_defs = 3,
				   .nr_calls = 3,
				   .nr_addresses = 1 };
	int64_t unit;

	small_body(&body, main);
	defs[0] = make_def("grab", 0, 100, GCV_LINKAGE_EXTERNAL, &body);
	defs[1] = make_def("release", 0, 200, GCV_LINKAGE_STATIC, &body);
	defs[2] = make_def("table", 0, 300, GCV_LINKAGE_STATIC, &body);
	defs[2].kind = GCV_DEF_VARIABLE;
	unit = put_unit(db, GCV_UNIT_SOURCE, main, pch, &facts);
	gcv_strbuf_release(&body);
	return unit;
}

static void put_snapshot_with_key(struct gcv_db *db, const char *label, const int64_t *units,
				  uint32_t nr, const uint8_t *key)
{
	static const struct gcv_snapshot_api apis[] = {
		{ "get_user_pages", "acquire", "gup", "known", "", "", 0 },
		{ "put_page", "release", "put", "known", "", "", 0 },
	};
	const struct gcv_snapshot snapshot = { .label = label,
					       .kernel = "6.12.0",
					       .revision = "",
					       .tool = "",
					       .summary = "{}",
					       .units = units,
					       .nr_units = nr,
					       .apis = apis,
					       .nr_apis = NR(apis),
					       .results_key = key };
	struct gcv_err err = { .text = "" };

	OK(gcv_db_snapshot_put(db, &snapshot, &err));
}

static void put_snapshot(struct gcv_db *db, const char *label, const int64_t *units, uint32_t nr)
{
	put_snapshot_with_key(db, label, units, nr, NULL);
}

/** struct fixture - a database in a folder of its own */
struct fixture {
	char folder[64];
	struct gcv_db *db;
};

/* Snapshot "both" has a.c and b.c with their headers, "new" only b.c, without headers. */
static int set_up(void **state)
{
	struct fixture *f = gcv_zalloc(1, sizeof(*f));
	struct gcv_err err = { .text = "" };
	int64_t pch, units[3];

	strcpy(f->folder, "/tmp/gupconv-results-XXXXXX");
	if (!mkdtemp(f->folder) || chdir(f->folder))
		return -1;
	OK(gcv_db_open("index.db", GCV_DB_WRITE, &f->db, &err));
	put_headers(f->db, &units[0], &pch);
	units[1] = put_source(f->db, "a.c", pch);
	units[2] = put_source(f->db, "b.c", 0);
	put_snapshot(f->db, "both", units, 3);
	put_snapshot(f->db, "new", &units[2], 1);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf command = { 0 };
	struct fixture *f = *state;
	int failed;

	gcv_db_close(f->db);
	gcv_strbuf_addf(&command, "rm -rf %s", f->folder);
	failed = chdir("/") || system(command.buf);
	free(f);
	return failed ? -1 : 0;
}

static struct gcv_program *load(struct gcv_db *db, const char *label,
				struct gcv_program_source *ret_source)
{
	struct gcv_program *program = NULL;
	struct gcv_err err = { .text = "" };

	OK(gcv_db_program_source(db, label, ret_source, &err));
	OK(gcv_program_load(ret_source, &program, &err));
	return program;
}

static void test_program(void **state)
{
	static const char *const names[] = { "grab",	"release", "table", "grab",
					     "release", "table",   "drop" };
	struct fixture *f = *state;
	struct gcv_program_source source;
	struct gcv_program *program = load(f->db, "both", &source);
	struct gcv_program_facts *facts = &program->facts;
	struct gcv_err err = { .text = "" };
	struct gcv_function *fn;
	uint32_t i;

	assert_int_equal(facts->nr_functions, NR(names));
	for (i = 0; i < NR(names); i++)
		assert_string_equal(facts->functions[i].name, names[i]);
	fn = &facts->functions[4];
	assert_string_equal(fn->file, "b.c");
	assert_string_equal(fn->type, "int (void)");
	assert_int_equal(fn->begin, 200);
	assert_int_equal(fn->end, 290);
	assert_int_equal(fn->line, 20);
	assert_int_equal(fn->end_line, 28);
	assert_int_equal(fn->linkage, GCV_LINKAGE_STATIC);
	assert_int_equal(facts->functions[5].kind, GCV_DEF_VARIABLE);
	OK(gcv_program_body(program, fn, &err));
	assert_string_equal(fn->body->symbols[0].name, "b.c");
	assert_string_equal(fn->body->symbols[0].type, "int");
	OK(gcv_program_body(program, &facts->functions[6], &err));
	assert_string_equal(facts->functions[6].body->symbols[0].name, "inline_symbol");

	assert_int_equal(facts->nr_addresses, 2);
	assert_int_equal(facts->addresses[1].in, 5);
	assert_string_equal(facts->addresses[1].function, "release");
	assert_string_equal(facts->addresses[1].field, "struct ops.release");
	assert_int_equal(gcv_program_stored(program, "struct ops.release").nr, 2);
	/* a.c reads headers precompiled; b.c read none, though only drop.h has such a name. */
	assert_int_equal(gcv_program_named(program, "a.c", "drop", true).nr, 1);
	assert_int_equal(gcv_program_named(program, "a.c", "release", true).functions[0], 1);
	gcv_program_free(program);
	gcv_db_program_source_release(&source);
}

static void test_program_sites(void **state)
{
	struct fixture *f = *state;
	struct gcv_program_source source;
	struct gcv_program *program = load(f->db, NULL, &source);
	struct gcv_program_facts *facts = &program->facts;

	assert_int_equal(facts->nr_functions, 3);
	assert_int_equal(facts->nr_units, 1);
	assert_int_equal(facts->nr_sites, 3);
	assert_string_equal(facts->sites[0].api, "get_user_pages");
	assert_string_equal(facts->sites[0].role, "acquire");
	assert_int_equal(strlen(facts->sites[0].id), 16);
	assert_string_equal(facts->sites[2].function, "release");
	assert_string_equal(facts->sites[2].file, "b.c");
	assert_int_equal(facts->sites[2].line, 25);
	assert_int_equal(facts->sites[2].nr_calls, 1);
	assert_int_equal(facts->sites[2].calls[0], 1);
	assert_int_equal(facts->sites[2].offsets[0], 250);
	gcv_program_free(program);
	gcv_db_program_source_release(&source);
	gcv_db_program_source_release(&source);
}

static void test_no_program(void **state)
{
	struct gcv_program_source source = { 0 };
	struct gcv_err err = { .text = "" };
	struct fixture *f = *state;

	assert_int_equal(gcv_db_program_source(f->db, "older", &source, &err), GCV_ERR_NOT_FOUND);
	assert_null(source.ctx);
}

static const struct gcv_result_reason reasons[] = {
	{ "holes-possible", "a slot may be empty", "b.c", 12 },
	{ "unseen-code", "who knows", "", 0 },
};

static const struct gcv_result_step steps[] = {
	{ "acquire", "pages come from here", "b.c", 12, "grab", GCV_NONE },
	{ "store", "and go there", "b.c", 13, "grab", 0 },
	{ "lost", "", "", 0, "", 0 },
};

static const uint32_t releases[] = { 1, 2 }, acquires[] = { 0 };

static const struct gcv_result results[] = {
	{ .site = 0,
	  .pattern = "loop",
	  .verdict = "refused",
	  .provenance = "",
	  .dirty = "",
	  .pin_case = 2,
	  .longterm = GCV_LONGTERM_DUE,
	  .reasons = reasons,
	  .partners = releases,
	  .steps = steps,
	  .nr_reasons = 2,
	  .nr_partners = 2,
	  .nr_steps = 3 },
	{ .site = 2,
	  .pattern = "single",
	  .verdict = "refuse",
	  .provenance = "gup",
	  .dirty = "conditional",
	  .partners = acquires,
	  .nr_partners = 1 },
};

static const struct gcv_result_file files[] = { { "z.c", "it defines f()" },
						{ "y.c", "it reads struct a.b" } };

static struct gcv_result_set make_set(const char *conversion)
{
	return (struct gcv_result_set){ .conversion = conversion,
					.results = results,
					.files = files,
					.nr_results = NR(results),
					.nr_files = NR(files) };
}

/** struct seen - what a reader saw */
struct seen {
	uint32_t nr, nr_with_result;
	struct gcv_strbuf text;
};

static enum gcv_status see_result(void *data, const struct gcv_result *r, struct gcv_err *err)
{
	struct seen *seen = data;
	uint32_t i;

	(void)err;
	seen->nr++;
	gcv_strbuf_addf(&seen->text, "%u %s %s %s %s %u %d:", r->site, r->pattern, r->verdict,
			r->provenance, r->dirty, r->pin_case, r->longterm);
	for (i = 0; i < r->nr_reasons; i++)
		gcv_strbuf_addf(&seen->text, " %s,%s,%s,%u", r->reasons[i].code, r->reasons[i].text,
				r->reasons[i].file, r->reasons[i].line);
	for (i = 0; i < r->nr_partners; i++)
		gcv_strbuf_addf(&seen->text, " %u=%zu", r->partners[i], strlen(r->partner_ids[i]));
	gcv_strbuf_addstr(&seen->text, "\n");
	assert_int_equal(r->nr_steps, 0);
	return GCV_OK;
}

static enum gcv_status see_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct seen *seen = data;

	(void)err;
	seen->nr++;
	seen->nr_with_result += site->result != NULL;
	return GCV_OK;
}

static enum gcv_status see_name(void *data, const char *conversion, struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%s ", conversion);
	return GCV_OK;
}

static enum gcv_status see_file(void *data, const struct gcv_result_file *file, struct gcv_err *err)
{
	(void)err;
	gcv_strbuf_addf(data, "%s: %s\n", file->path, file->reason);
	return GCV_OK;
}

/** struct steps_seen - what all steps came to */
struct steps_seen {
	struct gcv_strbuf text;
	enum gcv_status answer;
};

static enum gcv_status see_steps(void *data, uint32_t site, const char *id,
				 const struct gcv_result_step *list, uint32_t nr,
				 struct gcv_err *err)
{
	struct steps_seen *seen = data;
	uint32_t i;

	assert_int_equal(strlen(id), 16);
	gcv_strbuf_addf(&seen->text, "%u:", site);
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&seen->text, " %s %s:%u %d", list[i].kind, list[i].file,
				list[i].line, (int)list[i].parent);
	gcv_strbuf_addch(&seen->text, '\n');
	return seen->answer == GCV_OK ? GCV_OK : gcv_err_set(err, seen->answer, "enough");
}

/* The steps of all sites at once are those of each; a caller that has enough is heard. */
static void test_all_steps(void **state)
{
	struct gcv_result_step more = { "use", "as well", "z.c", 4, "f", GCV_NONE };
	struct gcv_result_set set = make_set("put-user-page");
	struct gcv_result both[2] = { set.results[0], set.results[1] };
	struct steps_seen seen = { .answer = GCV_OK };
	struct gcv_err err = { .text = "" };
	struct fixture *f = *state;

	OK(gcv_db_all_steps(f->db, NULL, NULL, see_steps, &seen, &err));
	assert_int_equal(seen.text.len, 0);
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	OK(gcv_db_all_steps(f->db, NULL, NULL, see_steps, &seen, &err));
	assert_int_equal(strncmp(seen.text.buf, "0: ", 3), 0);
	assert_non_null(strstr(seen.text.buf, " store b.c:13 "));
	assert_ptr_equal(strchr(seen.text.buf, '\n'), seen.text.buf + seen.text.len - 1);
	both[1].steps = &more;
	both[1].nr_steps = 1;
	set.results = both;
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	gcv_strbuf_clear(&seen.text);
	OK(gcv_db_all_steps(f->db, NULL, "put-user-page", see_steps, &seen, &err));
	assert_non_null(strstr(seen.text.buf, "\n2: use z.c:4 -1\n"));
	assert_int_equal(gcv_db_all_steps(f->db, "never", NULL, see_steps, &seen, &err),
			 GCV_ERR_NOT_FOUND);
	gcv_strbuf_clear(&seen.text);
	seen.answer = GCV_ERR_IO;
	assert_int_equal(gcv_db_all_steps(f->db, NULL, NULL, see_steps, &seen, &err), GCV_ERR_IO);
	assert_string_equal(err.text, "enough");
	assert_null(strstr(seen.text.buf, "2:"));
	gcv_strbuf_release(&seen.text);
}

static void test_results(void **state)
{
	struct gcv_result_set set = make_set("put-user-page");
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_err err = { .text = "" };
	struct gcv_result_step *read = NULL;
	struct gcv_arena arena = { 0 };
	struct fixture *f = *state;
	struct seen seen = { 0 };
	uint32_t nr = 7;

	OK(gcv_db_results(f->db, NULL, NULL, see_result, &seen, &err));
	assert_int_equal(seen.nr, 0);
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	OK(gcv_db_results(f->db, "new", "put-user-page", see_result, &seen, &err));
	assert_string_equal(seen.text.buf,
			    "0 loop refused   2 2: holes-possible,a slot may be empty,b.c,12"
			    " unseen-code,who knows,,0 1=16 2=16\n"
			    "2 single refuse gup conditional 0 0: 0=16\n");
	OK(gcv_db_result_files(f->db, NULL, NULL, see_file, &text, &err));
	assert_string_equal(text.buf, "y.c: it reads struct a.b\nz.c: it defines f()\n");

	OK(gcv_db_result_steps(f->db, NULL, NULL, 0, &arena, &read, &nr, &err));
	assert_int_equal(nr, 3);
	assert_string_equal(read[1].kind, "store");
	assert_string_equal(read[1].text, "and go there");
	assert_string_equal(read[1].file, "b.c");
	assert_int_equal(read[1].line, 13);
	assert_string_equal(read[1].function, "grab");
	assert_int_equal(read[0].parent, GCV_NONE);
	assert_int_equal(read[2].parent, 0);
	OK(gcv_db_result_steps(f->db, NULL, NULL, 2, &arena, &read, &nr, &err));
	assert_int_equal(nr, 0);
	gcv_arena_release(&arena);
	gcv_strbuf_release(&seen.text);
}

static uint32_t count_sites(struct gcv_db *db, const struct gcv_site_filter *filter,
			    uint32_t *ret_with_result)
{
	struct gcv_err err = { .text = "" };
	struct seen seen = { 0 };

	OK(gcv_db_sites(db, NULL, filter, see_site, &seen, &err));
	*ret_with_result = seen.nr_with_result;
	return seen.nr;
}

static void test_sites_with_results(void **state)
{
	struct gcv_result_set set = make_set("put-user-page");
	struct gcv_site_filter filter = { .verdict = "refuse" };
	struct gcv_err err = { .text = "" };
	struct fixture *f = *state;
	uint32_t with;

	assert_int_equal(count_sites(f->db, NULL, &with), 3);
	assert_int_equal(with, 0);
	assert_int_equal(count_sites(f->db, &filter, &with), 0);
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	assert_int_equal(count_sites(f->db, NULL, &with), 3);
	assert_int_equal(with, 2);
	assert_int_equal(count_sites(f->db, &filter, &with), 1);
	filter.role = "acquire";
	assert_int_equal(count_sites(f->db, &filter, &with), 0);
	filter = (struct gcv_site_filter){ .reason = "unseen-code" };
	assert_int_equal(count_sites(f->db, &filter, &with), 1);
	filter.pattern = "single";
	assert_int_equal(count_sites(f->db, &filter, &with), 0);
	filter = (struct gcv_site_filter){ .pattern = "single" };
	assert_int_equal(count_sites(f->db, &filter, &with), 1);
	filter.conversion = "pin-user-page";
	assert_int_equal(count_sites(f->db, &filter, &with), 0);
}

static void test_conversions(void **state)
{
	struct gcv_result_set pin = make_set("pin-user-page"), put = make_set("put-user-page");
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_err err = { .text = "" };
	struct fixture *f = *state;
	struct seen seen = { 0 };
	int64_t nr, unit;

	OK(gcv_db_results_put(f->db, NULL, &put, &err));
	pin.nr_results = 1;
	OK(gcv_db_results_put(f->db, NULL, &pin, &err));
	/* Replaced, so that it is the last one. */
	put.nr_files = 0;
	OK(gcv_db_results_put(f->db, NULL, &put, &err));
	OK(gcv_db_conversions(f->db, NULL, see_name, &text, &err));
	assert_string_equal(text.buf, "pin-user-page put-user-page ");
	OK(gcv_db_results(f->db, NULL, NULL, see_result, &seen, &err));
	assert_int_equal(seen.nr, 1);
	OK(gcv_db_ask_int(f->db, "SELECT count(*) FROM result_file", &nr, &err));
	assert_int_equal(nr, 2);

	/* The other snapshot has none, and none are left behind by one that is stored again. */
	gcv_strbuf_clear(&text);
	OK(gcv_db_conversions(f->db, "both", see_name, &text, &err));
	assert_int_equal(text.len, 0);
	OK(gcv_db_ask_int(f->db, "SELECT unit FROM snapshot_unit ORDER BY snapshot DESC LIMIT 1",
			  &unit, &err));
	put_snapshot(f->db, "new", &unit, 1);
	OK(gcv_db_ask_int(
		f->db,
		"SELECT (SELECT count(*) FROM result) + (SELECT count(*) FROM result_reason)"
		" + (SELECT count(*) FROM result_step) + (SELECT count(*) FROM result_set)"
		" + (SELECT count(*) FROM result_partner)"
		" + (SELECT count(*) FROM result_file)",
		&nr, &err));
	assert_int_equal(nr, 0);
	gcv_strbuf_release(&seen.text);
}

/* All that one snapshot has of results, the other has as well. */
static void assert_copied(struct gcv_db *db, const char *old, const char *new)
{
	static const char *const rows[] = {
		"SELECT conversion, key FROM result_set s",
		"SELECT site, pattern, verdict, provenance, dirty, pin_case, longterm"
		" FROM result_set s JOIN result ON result_set = s.id",
		"SELECT site, nr, code, text, file, line"
		" FROM result_set s JOIN result_reason ON result_set = s.id",
		"SELECT site, partner FROM result_set s JOIN result_partner ON result_set = s.id",
		"SELECT site, nr, parent, kind, text, file, line, function"
		" FROM result_set s JOIN result_step ON result_set = s.id",
		"SELECT path, reason FROM result_set s JOIN result_file ON result_set = s.id",
	};
	struct gcv_err err = { .text = "" };
	GCV_STRBUF_AUTO struct gcv_strbuf sql = { 0 };
	int64_t nr_old, nr_both;
	size_t i;

	for (i = 0; i < NR(rows); i++) {
		const char *of = "WHERE s.snapshot = (SELECT id FROM snapshot WHERE label =";

		gcv_strbuf_clear(&sql);
		gcv_strbuf_addf(&sql, "SELECT count(*) FROM (%s %s '%s'))", rows[i], of, old);
		OK(gcv_db_ask_int(db, sql.buf, &nr_old, &err));
		gcv_strbuf_clear(&sql);
		gcv_strbuf_addf(&sql, "SELECT count(*) FROM (%s %s '%s') INTERSECT %s %s '%s'))",
				rows[i], of, old, rows[i], of, new);
		OK(gcv_db_ask_int(db, sql.buf, &nr_both, &err));
		assert_int_equal(nr_old, nr_both);
		assert_true(nr_old > 0);
	}
}

/* A snapshot that is stored again keeps the results with its key, and no others. */
static void test_kept_results(void **state)
{
	static const uint8_t keys[2][GCV_RESULT_KEY_BYTES] = { { 1, 2, 3 }, { 1, 2, 4 } };
	struct gcv_result_set set = make_set("put-user-page");
	uint8_t key[GCV_RESULT_KEY_BYTES] = { 9 };
	struct gcv_result_step *read;
	struct gcv_err err = { .text = "" };
	struct gcv_arena arena = { 0 };
	struct fixture *f = *state;
	bool found = true;
	uint32_t with, nr;
	int64_t unit;

	OK(gcv_db_ask_int(f->db, "SELECT unit FROM snapshot_unit ORDER BY snapshot DESC LIMIT 1",
			  &unit, &err));
	OK(gcv_db_results_key(f->db, "new", key, &found, &err));
	assert_false(found);
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	OK(gcv_db_results_key(f->db, "new", key, &found, &err));
	assert_false(found);
	assert_int_equal(key[0], 9);
	set.key = keys[0];
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	OK(gcv_db_results_key(f->db, "new", key, &found, &err));
	assert_true(found);
	assert_memory_equal(key, keys[0], sizeof(key));
	OK(gcv_db_results_key(f->db, "no such", key, &found, &err));
	assert_false(found);

	put_snapshot_with_key(f->db, "new", &unit, 1, keys[0]);
	count_sites(f->db, NULL, &with);
	assert_int_equal(with, 2);
	OK(gcv_db_result_steps(f->db, NULL, NULL, results[0].site, &arena, &read, &nr, &err));
	assert_int_equal(nr, results[0].nr_steps);
	/* One of another name gets a copy and takes nothing away, but not without the faults. */
	put_snapshot_with_key(f->db, "newer", &unit, 1, keys[0]);
	count_sites(f->db, NULL, &with);
	assert_int_equal(with, 0);
	OK(gcv_db_faults_put(f->db, "new", &(struct gcv_result_fault_set){ .key = keys[0] }, &err));
	put_snapshot_with_key(f->db, "newer", &unit, 1, keys[1]);
	count_sites(f->db, NULL, &with);
	assert_int_equal(with, 0);
	put_snapshot_with_key(f->db, "newer", &unit, 1, keys[0]);
	assert_copied(f->db, "new", "newer");
	put_snapshot_with_key(f->db, "new", &unit, 1, keys[0]);
	count_sites(f->db, NULL, &with);
	assert_int_equal(with, 2);
	put_snapshot_with_key(f->db, "new", &unit, 1, keys[1]);
	count_sites(f->db, NULL, &with);
	assert_int_equal(with, 0);
	OK(gcv_db_results_key(f->db, "new", key, &found, &err));
	assert_false(found);
	gcv_arena_release(&arena);
}

static void test_file_hash(void **state)
{
	struct gcv_err err = { .text = "" };
	struct fixture *f = *state;
	uint8_t hash[16] = { 7 };
	bool found = true;

	OK(gcv_db_file_hash(f->db, NULL, "no/such.c", hash, &found, &err));
	assert_false(found);
	assert_int_equal(hash[0], 7);
	assert_int_equal(gcv_db_file_hash(f->db, "no such", "a.c", hash, &found, &err),
			 GCV_ERR_NOT_FOUND);
	OK(gcv_db_file_hash(f->db, "both", "a.c", hash, &found, &err));
	assert_true(found);
	assert_int_not_equal(hash[0], 7);
	/* This one does not have the file. */
	OK(gcv_db_file_hash(f->db, "new", "a.c", hash, &found, &err));
	assert_false(found);
}

static void test_bad_results(void **state)
{
	struct gcv_result_set set = make_set("put-user-page");
	const uint32_t beyond[] = { 0, 3 };
	struct gcv_err err = { .text = "" };
	struct gcv_result result = results[0];
	struct gcv_result_step *read = NULL;
	struct gcv_arena arena = { 0 };
	struct fixture *f = *state;
	int64_t nr_sets;
	uint32_t nr;

	assert_int_equal(gcv_db_results_put(f->db, "older", &set, &err), GCV_ERR_NOT_FOUND);
	set.results = &result;
	set.nr_results = 1;
	result.site = 3;
	assert_int_equal(gcv_db_results_put(f->db, NULL, &set, &err), GCV_ERR_NOT_FOUND);
	assert_string_equal(err.text, "index.db: the snapshot has no site 3");
	result.site = 0;
	result.partners = beyond;
	assert_int_equal(gcv_db_results_put(f->db, NULL, &set, &err), GCV_ERR_NOT_FOUND);
	OK(gcv_db_ask_int(f->db, "SELECT count(*) FROM result_set", &nr_sets, &err));
	assert_int_equal(nr_sets, 0);

	/* Parents in the database that make no sense are none. */
	set = make_set("put-user-page");
	OK(gcv_db_results_put(f->db, NULL, &set, &err));
	OK(gcv_db_exec(f->db,
		       "UPDATE result_step SET parent = 2 WHERE nr = 1;"
		       "UPDATE result_step SET parent = -1 WHERE nr = 2;"
		       "UPDATE result SET pin_case = 77",
		       &err));
	OK(gcv_db_result_steps(f->db, NULL, NULL, 0, &arena, &read, &nr, &err));
	assert_int_equal(read[1].parent, GCV_NONE);
	assert_int_equal(read[2].parent, GCV_NONE);
	gcv_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_program, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_program_sites, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_program, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_results, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_all_steps, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sites_with_results, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_conversions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept_results, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file_hash, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_results, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
