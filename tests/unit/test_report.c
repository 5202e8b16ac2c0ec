// SPDX-License-Identifier: GPL-2.0-only
/* links: report */
#include "report/report.h"
#include "report/json_stream.h"
#include "report/list_json.h"
#include "report/output_file.h"
#include "report/page.h"
#include "report/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/** struct fake - a database of two snapshots; the older one has only its first site */
struct fake {
	struct gcv_snapshot_row snapshots[2];
	uint32_t nr_snapshots;
	struct gcv_site sites[4];
	struct gcv_occurrence_row occurrences[4];
	struct gcv_snapshot_api apis[3];
	struct gcv_unit_row units[3];
	enum gcv_status site_status;
};

static const char *configs[] = { "arm", "x86 CONFIG_MMU=n" };

static void fake_init(struct fake *f)
{
	*f = (struct fake){
		.snapshots = {
			{ 1, "old", "6.1", "", "gupconv 0.1.0", "{}", true },
			{ 2, "new", "6.12", "abc", "gupconv 0.1.0",
			  "{\"units\":3,\"code\":4,\"code_seen\":3,\"bytes_read\":5000000000}", false },
		},
		.nr_snapshots = 2,
		.sites = {
			{ .id = "0123456789abcdef", .role = "acquire", .file = "a.c", .line = 3,
			  .column = 7, .function = "f", .api = "pin_user_pages",
			  .flags = "FOLL_WRITE", .macro = "", .macro_file = "",
			  .configs = configs, .nr_configs = 2 },
			{ .id = "0123456789abcde0", .role = "release", .file = "b.c", .line = 4,
			  .column = 1, .function = "", .api = "put_user_pages_dirty_lock",
			  .flags = "", .macro = "DROP", .macro_file = "b.h", .macro_line = 9 },
			{ .id = "0123456789abcde1", .role = "release", .file = "c\"\n\xff.c",
			  .line = 5, .column = 1, .function = "h", .api = "put_page",
			  .flags = "", .macro = "", .macro_file = "" },
			{ .id = "0123456789abcde2", .role = "release", .file = "d.c", .line = 6,
			  .column = 1, .function = "h", .api = "put_page", .flags = "",
			  .macro = "", .macro_file = "", .homonym = true },
		},
		.occurrences = {
			{ .file = "a.c", .line = 3, .column = 7, .api = "pin_user_pages",
			  .class_name = "call", .detail = "", .condition = "" },
			{ .file = "a.c", .line = 9, .column = 7, .api = "pin_user_pages",
			  .class_name = "inactive", .detail = "", .condition = "#if 0 (line 8)" },
			{ .file = "b.c", .line = 4, .column = 2, .api = "put_page",
			  .class_name = "not-analysed", .detail = "lost", .condition = "" },
			{ .file = "b.c", .line = 5, .column = 2, .api = "other_name",
			  .class_name = "other-name", .detail = "", .condition = "" },
		},
		.apis = {
			{ "pin_user_pages", "acquire", "pin", "known", "int pin_user_pages(int)",
			  "include/linux/mm.h", 5 },
			{ "put_page", "release", "put", "absent", "", "", 0 },
			{ "put_user_pages_dirty_lock", "release", "put-user", "known",
			  "void put_user_pages_dirty_lock(struct page **pages, unsigned long n, "
			  "bool make_dirty)",
			  "include/linux/mm.h", 7 },
		},
		.units = {
			{ .main = "a.c", .config = "arm", .cause = "" },
			{ .main = "b.c", .config = "", .status = GCV_UNIT_FAILED, .cause = "crash" },
			{ .main = "c.c", .config = "arm", .status = GCV_UNIT_ERRORS, .cause = "",
			  .nr_errors = 2, .nr_errors_main = 1 },
		},
	};
}

static enum gcv_status snapshots(void *ctx, gcv_snapshot_fn *fn, void *data, struct gcv_err *err)
{
	struct fake *f = ctx;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < f->nr_snapshots && st == GCV_OK; i++)
		st = fn(data, &f->snapshots[i], err);
	return st;
}

static enum gcv_status sites(void *ctx, const char *label, const struct gcv_site_filter *filter,
			     gcv_site_fn *fn, void *data, struct gcv_err *err)
{
	struct fake *f = ctx;
	uint32_t nr = strcmp(label, "old") == 0 ? 1 : 4, i;
	enum gcv_status st = GCV_OK;

	for (i = 0; i < nr && st == GCV_OK; i++)
		if (gcv_site_is_wanted(&f->sites[i], filter))
			st = fn(data, &f->sites[i], err);
	if (st == GCV_OK && f->site_status != GCV_OK)
		return gcv_err_set(err, f->site_status, "the disk is gone");
	return st;
}

static enum gcv_status occurrences(void *ctx, const char *label, const char *class_name,
				   gcv_occurrence_fn *fn, void *data, struct gcv_err *err)
{
	struct fake *f = ctx;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	assert_string_equal(label, "new");
	for (i = 0; i < 4 && st == GCV_OK; i++)
		if (!class_name || strcmp(class_name, f->occurrences[i].class_name) == 0)
			st = fn(data, &f->occurrences[i], err);
	return st;
}

static enum gcv_status apis(void *ctx, const char *label, gcv_api_fn *fn, void *data,
			    struct gcv_err *err)
{
	struct fake *f = ctx;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	assert_string_equal(label, "new");
	for (i = 0; i < 3 && st == GCV_OK; i++)
		st = fn(data, &f->apis[i], err);
	return st;
}

static enum gcv_status units(void *ctx, const char *label, gcv_unit_fn *fn, void *data,
			     struct gcv_err *err)
{
	struct fake *f = ctx;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	assert_string_equal(label, "new");
	for (i = 0; i < 3 && st == GCV_OK; i++)
		st = fn(data, &f->units[i], err);
	return st;
}

static struct gcv_report_source source_of(struct fake *f)
{
	return (struct gcv_report_source){ .ctx = f,
					   .snapshots = snapshots,
					   .sites = sites,
					   .occurrences = occurrences,
					   .apis = apis,
					   .units = units };
}

static void collects(void **state)
{
	struct fake f;
	struct gcv_report_source source = source_of(&f);
	struct gcv_report report;
	const struct gcv_report_name *name;
	struct gcv_err err;
	struct gcv_api api;

	(void)state;
	fake_init(&f);
	assert_int_equal(gcv_api_load(&api, &err), GCV_OK);
	assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ .api = &api },
					    &report, &err),
			 GCV_OK);
	assert_string_equal(report.snapshot.label, "new");
	assert_int_equal(report.acquires, 1);
	assert_int_equal(report.releases, 2);
	assert_int_equal(report.homonyms, 1);
	assert_int_equal(report.occurrences, 4);
	assert_int_equal(report.classes[GCV_LEDGER_INACTIVE], 1);
	assert_int_equal(report.units_with_errors, 1);
	assert_int_equal(report.nr_failures, 1);
	assert_string_equal(report.failures[0].cause, "crash");
	assert_int_equal(report.numbers.bytes_read, 5000000000);
	assert_int_equal(report.numbers.files_read, -1);
	assert_int_equal(report.nr_history, 2);
	assert_int_equal(report.history[0].acquires, 1);
	assert_int_equal(report.history[0].releases, 0);
	assert_int_equal(report.history[1].releases, 2);
	assert_int_equal(report.nr_names, 4);
	name = gcv_report_find_name(&report, "put_page");
	assert_int_equal(name->sites, 1);
	assert_int_equal(name->classes[GCV_LEDGER_NOT_ANALYSED], 1);
	assert_string_equal(name->dirty, "never");
	name = gcv_report_find_name(&report, "put_user_pages_dirty_lock");
	assert_string_equal(name->dirty, "by-argument");
	assert_string_equal(gcv_report_find_name(&report, "other_name")->role, "");
	assert_null(gcv_report_find_name(&report, "nothing"));
	gcv_report_release(&report);
	gcv_api_release(&api);
}

static void refuses(void **state)
{
	struct fake f;
	struct gcv_report_source source = source_of(&f);
	struct gcv_report report;
	struct gcv_err err;
	static const char *const summaries[] = {
		"", "{", "[]", "{} x", "{\"units\":-1}", "{\"units\":\"3\"}", "{\"units\":1e300}",
	};
	size_t i;

	(void)state;
	memset(&report, 0x55, sizeof(report));
	fake_init(&f);
	assert_int_equal(gcv_report_collect(&source,
					    &(struct gcv_report_options){ .label = "gone" },
					    &report, &err),
			 GCV_ERR_NOT_FOUND);
	assert_string_equal(err.text, "there is no snapshot gone");
	f.nr_snapshots = 0;
	assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ 0 }, &report,
					    &err),
			 GCV_ERR_NOT_FOUND);
	for (i = 0; i < sizeof(summaries) / sizeof(summaries[0]); i++) {
		fake_init(&f);
		f.snapshots[1].summary = summaries[i];
		assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ 0 },
						    &report, &err),
				 GCV_ERR_FORMAT);
		assert_non_null(strstr(err.text, "snapshot new: its summary is damaged"));
	}
	fake_init(&f);
	f.occurrences[2].class_name = "nonsense";
	assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ 0 }, &report,
					    &err),
			 GCV_ERR_FORMAT);
	assert_string_equal(err.text, "snapshot new: b.c:4: there is no ledger class 'nonsense'");
	fake_init(&f);
	f.site_status = GCV_ERR_IO;
	assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ 0 }, &report,
					    &err),
			 GCV_ERR_IO);
	assert_string_equal(err.text, "the disk is gone");
}

/* The document of the fake as text, for free(). */
static char *document(struct fake *f, struct gcv_report_source *source)
{
	struct gcv_report report;
	struct gcv_err err;
	char *text = NULL;
	size_t len_bytes;
	FILE *out = open_memstream(&text, &len_bytes);

	*source = source_of(f);
	assert_int_equal(gcv_report_collect(source, &(struct gcv_report_options){ 0 }, &report,
					    &err),
			 GCV_OK);
	assert_int_equal(gcv_report_write_json(&report, source, "0.1.0", out, &err), GCV_OK);
	gcv_report_release(&report);
	fclose(out);
	return text;
}

static const cJSON *at(const cJSON *json, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);

	if (!item)
		fail_msg("there is no key %s", key);
	return item;
}

static void writes_document(void **state)
{
	struct fake f;
	struct gcv_report_source source;
	char *text, *again;
	cJSON *json;
	const cJSON *item;

	(void)state;
	fake_init(&f);
	text = document(&f, &source);
	again = document(&f, &source);
	assert_string_equal(text, again);
	json = cJSON_ParseWithOpts(text, NULL, true);
	assert_non_null(json);
	assert_int_equal(cJSON_GetArraySize(at(json, "acquires")), 1);
	assert_int_equal(cJSON_GetArraySize(at(json, "releases")), 2);
	assert_int_equal(cJSON_GetArraySize(at(json, "namesakes")), 1);
	item = cJSON_GetArrayItem(at(json, "acquires"), 0);
	assert_string_equal(at(item, "flags")->valuestring, "FOLL_WRITE");
	assert_string_equal(cJSON_GetArrayItem(at(item, "configurations"), 1)->valuestring,
			    "x86 CONFIG_MMU=n");
	assert_true(cJSON_IsNull(at(item, "macro")));
	item = cJSON_GetArrayItem(at(json, "releases"), 0);
	assert_true(cJSON_IsNull(at(item, "function")));
	assert_true(cJSON_IsNull(at(item, "dirty")));
	assert_int_equal(at(at(item, "macro"), "line")->valueint, 9);
	assert_null(cJSON_GetObjectItem(item, "flags"));
	item = cJSON_GetArrayItem(at(json, "releases"), 1);
	assert_string_equal(at(item, "file")->valuestring, "c\"\n\xef\xbf\xbd.c");
	assert_true(cJSON_IsNull(at(at(json, "summary"), "files_read")));
	assert_non_null(strstr(text, "\"bytes_read\":5000000000,"));
	item = cJSON_GetArrayItem(at(at(json, "ledger"), "inactive"), 0);
	assert_string_equal(at(item, "cause")->valuestring, "#if 0 (line 8)");
	item = cJSON_GetArrayItem(at(at(json, "ledger"), "not_analysed"), 0);
	assert_string_equal(at(item, "cause")->valuestring, "lost");
	cJSON_Delete(json);
	free(text);
	free(again);
}

static void tells_lost_output(void **state)
{
	struct fake f;
	struct gcv_report_source source = source_of(&f);
	struct gcv_report report;
	struct gcv_err err;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (!full)
		skip();
	fake_init(&f);
	assert_int_equal(gcv_report_collect(&source, &(struct gcv_report_options){ 0 }, &report,
					    &err),
			 GCV_OK);
	assert_int_equal(gcv_report_write_json(&report, &source, "0.1.0", full, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "No space left"));
	f.site_status = GCV_ERR_BUSY;
	assert_int_equal(gcv_report_write_json(&report, &source, "0.1.0", full, &err),
			 GCV_ERR_BUSY);
	gcv_report_release(&report);
	fclose(full);
}

static void list_document(void **state)
{
	struct fake f;
	struct gcv_json_stream s = { 0 };
	struct gcv_err err;
	char *text = NULL;
	size_t len_bytes;
	cJSON *json;

	(void)state;
	fake_init(&f);
	s.out = open_memstream(&text, &len_bytes);
	gcv_list_json_begin(&s, &f.snapshots[1], NULL, "0.1.0", "sites");
	gcv_list_json_site(&s, &f.sites[0]);
	gcv_list_json_site(&s, &f.sites[3]);
	assert_int_equal(gcv_list_json_end(&s, &err), GCV_OK);
	fclose(s.out);
	json = cJSON_ParseWithOpts(text, NULL, true);
	assert_string_equal(at(json, "format")->valuestring, "gupconv-list");
	assert_true(cJSON_IsTrue(at(cJSON_GetArrayItem(at(json, "sites"), 1), "namesake")));
	cJSON_Delete(json);
	free(text);
}

static void stream(void **state)
{
	struct gcv_json_stream s = { 0 };
	struct gcv_err err;
	char *text = NULL;
	size_t len_bytes;
	int i;

	(void)state;
	s.out = open_memstream(&text, &len_bytes);
	gcv_json_open(&s, NULL, '{');
	gcv_json_open(&s, "empty", '[');
	gcv_json_close(&s);
	gcv_json_put(&s, "text", cJSON_CreateString("\x1b\x7f\xc2\x9b\xc3\x9b"));
	gcv_json_close(&s);
	assert_int_equal(gcv_json_end(&s, &err), GCV_OK);
	assert_string_equal(text, "{\n\t\"empty\": [],\n\t\"text\": "
				  "\"\\u001b\\u007f\\u009b\xc3\x9b\"\n}\n");
	/* What does not match is told. */
	gcv_json_close(&s);
	assert_int_equal(gcv_json_end(&s, &err), GCV_ERR_IO);
	s = (struct gcv_json_stream){ .out = s.out };
	gcv_json_open(&s, NULL, '{');
	assert_int_equal(gcv_json_end(&s, &err), GCV_ERR_IO);
	for (i = 0; i < 2 * GCV_JSON_DEPTH; i++)
		gcv_json_open(&s, NULL, '[');
	assert_int_equal(gcv_json_end(&s, &err), GCV_ERR_IO);
	fclose(s.out);
	free(text);
}

/* Text of a page's document cannot end the element that holds it, and reads as before. */
static void script(void **state)
{
	static const char evil[] = "</script><!--&\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\x7f";
	struct gcv_json_stream s = { .is_script = true };
	struct gcv_err err;
	char *text = NULL;
	size_t len_bytes;
	cJSON *json;

	(void)state;
	s.out = open_memstream(&text, &len_bytes);
	gcv_json_open(&s, NULL, '[');
	gcv_json_put(&s, NULL, cJSON_CreateString(evil));
	gcv_json_close(&s);
	assert_int_equal(gcv_json_end(&s, &err), GCV_OK);
	fclose(s.out);
	assert_string_equal(text, "[\n\t\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029"
				  "\xe2\x80\xaa\\u007f\"\n]\n");
	json = cJSON_ParseWithOpts(text, NULL, true);
	assert_string_equal(cJSON_GetArrayItem(json, 0)->valuestring, evil);
	cJSON_Delete(json);
	free(text);
}

static void check_link(const char *link, const char *complaint)
{
	struct gcv_err err = { 0 };

	assert_int_equal(gcv_page_check_link(link, &err), complaint ? GCV_ERR_FORMAT : GCV_OK);
	if (complaint)
		assert_non_null(strstr(err.text, complaint));
}

static void link_template(void **state)
{
	(void)state;
	check_link("https://example.org/v%V/%F#L%L", NULL);
	check_link("http://localhost/%R/%F%%", NULL);
	check_link("HTTPS://example.org/%F", "no URL");
	check_link("javascript:alert(1)//%F", "no URL");
	check_link("https://example.org/%%F", "there is no %F");
	check_link("https://example.org/%F%", "'%' in");
	check_link("https://example.org/%F%n", "'%n' in");
}

static void check_utf8(const char *text, const char *expected)
{
	struct gcv_strbuf sb = { 0 };

	gcv_utf8_add(&sb, text);
	assert_string_equal(sb.buf ? sb.buf : "", expected);
	gcv_strbuf_release(&sb);
}

#define BAD "\xef\xbf\xbd"

static void utf8(void **state)
{
	(void)state;
	check_utf8("", "");
	check_utf8("plain", "plain");
	check_utf8("\xc3\xb6 \xe2\x82\xac \xf0\x9f\x98\x80",
		   "\xc3\xb6 \xe2\x82\xac \xf0\x9f\x98\x80");
	check_utf8("J\xf6rg", "J" BAD "rg");
	check_utf8("\x80", BAD);
	check_utf8("\xc3", BAD);
	check_utf8("\xe2\x82", BAD BAD);
	check_utf8("\xc0\xaf", BAD BAD);
	check_utf8("\xe0\x80\x80", BAD BAD BAD);
	check_utf8("\xed\xa0\x80", BAD BAD BAD);
	check_utf8("\xf4\x90\x80\x80", BAD BAD BAD BAD);
	check_utf8("\xf8\x88\x80\x80\x80", BAD BAD BAD BAD BAD);
	check_utf8("\xc3\xc3\xb6", BAD "\xc3\xb6");
}

static void dirty(void **state)
{
	static const char name[] = "put_user_pages_dirty_lock";
	struct gcv_snapshot_api api = { .name = name, .role = "release", .prototype = "" };
	struct gcv_api table;
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_api_load(&table, &err), GCV_OK);
	assert_null(gcv_report_dirty(&table, &api));
	api.prototype = "void put_user_pages_dirty_lock(struct page **pages, unsigned long n)";
	assert_string_equal(gcv_report_dirty(&table, &api), "always");
	api.prototype = "void put_user_pages_dirty_lock(struct page **, int (*)(int, int), bool)";
	assert_string_equal(gcv_report_dirty(&table, &api), "by-argument");
	api.prototype = "void put_user_pages_dirty_lock(void)";
	assert_null(gcv_report_dirty(&table, &api));
	api.name = "get_user_pages";
	assert_null(gcv_report_dirty(&table, &api));
	api.name = "no_such_name";
	assert_null(gcv_report_dirty(&table, &api));
	gcv_api_release(&table);
}

static void output_file(void **state)
{
	char folder[] = "/tmp/gupconv-report-XXXXXX", text[16] = "";
	struct gcv_output_file file;
	struct gcv_err err;
	struct stat st;
	FILE *in;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(gcv_output_file_open("r", &file, &err), GCV_OK);
	fputs("one", file.out);
	assert_int_not_equal(stat("r", &st), 0);
	assert_int_equal(gcv_output_file_commit(&file, &err), GCV_OK);
	assert_int_equal(chmod("r", 0600), 0);
	assert_int_equal(gcv_output_file_open("r", &file, &err), GCV_OK);
	fputs("two", file.out);
	gcv_output_file_discard(&file);
	in = fopen("r", "r");
	assert_non_null(fgets(text, sizeof(text), in));
	fclose(in);
	assert_string_equal(text, "one");
	assert_int_equal(gcv_output_file_open("r", &file, &err), GCV_OK);
	assert_int_equal(gcv_output_file_commit(&file, &err), GCV_OK);
	assert_int_equal(stat("r", &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(gcv_output_file_open(folder, &file, &err), GCV_ERR_IO);
	assert_int_equal(gcv_output_file_open("no/r", &file, &err), GCV_ERR_IO);
	assert_string_equal(err.text, "cannot write no/r: No such file or directory");
	assert_int_equal(gcv_output_file_open("r/s", &file, &err), GCV_ERR_IO);
	assert_int_equal(unlink("r"), 0);
	assert_int_equal(chdir("/"), 0);
	/* Nothing else is left in it. */
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(collects),
		cmocka_unit_test(refuses),
		cmocka_unit_test(writes_document),
		cmocka_unit_test(tells_lost_output),
		cmocka_unit_test(list_document),
		cmocka_unit_test(stream),
		cmocka_unit_test(script),
		cmocka_unit_test(link_template),
		cmocka_unit_test(utf8),
		cmocka_unit_test(dirty),
		cmocka_unit_test(output_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
