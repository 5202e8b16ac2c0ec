// SPDX-License-Identifier: GPL-2.0-only
/* links: db edit */
/* sources: cmd/verify.c cmd/verify_state.c cmd/scan_store.c cmd/scan_summary_json.c */
/* sources: cmd/scratch.c cmd/analyse.c cmd/analysis_key.c cmd/worker_path.c */
/*
 * Edits made by hand to the annotated tree (tests/flow/tree), checked from end to end: scan, copy,
 * parse in memory, analysis, comparison.
 */
#include "cmd/analyse.h"
#include "cmd/scan_store.h"
#include "cmd/scratch.h"
#include "cmd/verify.h"
#include "cmd/worker_path.h"
#include "db/results.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <fcntl.h>
#include <cmocka.h>

#define PIN   "pin-user-page"
#define FILES 4

static char folder[] = "/tmp/gupconv-verify-XXXXXX";
static char db_path[64];
static struct gcv_tree tree;
static struct gcv_api api;
static struct gcv_db *db;

static void ok(enum gcv_status st, const struct gcv_err *err)
{
	if (st != GCV_OK)
		fail_msg("%s", err->text);
}

/* What gupconv-scan(1) does. */
static void scan_tree(void)
{
	struct gcv_arena arena = { 0 };
	struct gcv_stored_units stored = { 0 };
	struct gcv_analyse_demand demand = { .db = db };
	struct gcv_scratch scratch = { 0 };
	struct gcv_analyse_sums sums;
	struct gcv_scan_store store = {
		.db = db,
		.tree = &tree,
		.api = &api,
		.stored = &stored,
		.label = "as it is",
		.nr_workers = 2,
		.demand = { .ask = gcv_analyse_ask, .ctx = &demand },
	};
	struct gcv_analyse_input input = {
		.db = db, .label = store.label, .tree = &tree, .demand = &demand
	};
	struct gcv_err err = { "" };
	struct gcv_scan *scan;
	char *worker, path[80];

	snprintf(path, sizeof(path), "%s.pch", db_path);
	ok(gcv_worker_path(&worker, &err), &err);
	ok(gcv_scratch_make(&scratch, path, &err), &err);
	store.worker = worker;
	store.scratch = scratch.path;
	ok(gcv_scan_store_run(&store, &scan, &err), &err);
	ok(gcv_scan_store_snapshot(&store, scan, NULL, NULL, &err), &err);
	input.scan = scan;
	ok(gcv_analyse(&input, &sums, &err), &err);
	gcv_scan_free(scan);
	gcv_scratch_release(&scratch);
	gcv_analyse_demand_release(&demand);
	gcv_arena_release(&arena);
	free(worker);
}

static int set_up(void **state)
{
	struct gcv_err err = { "" };

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(db_path, sizeof(db_path), "%s/index.db", folder);
	ok(gcv_tree_open(GCV_SOURCE_DIR "/tests/flow/tree", false, &tree, &err), &err);
	ok(gcv_api_load(&api, &err), &err);
	ok(gcv_db_open(db_path, GCV_DB_WRITE, &db, &err), &err);
	scan_tree();
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	gcv_db_close(db);
	gcv_api_release(&api);
	gcv_tree_release(&tree);
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

/** struct change_set - edits in the making, and what came of them */
struct change_set {
	struct gcv_strbuf texts[FILES];
	struct gcv_file_edit edits[FILES];
	uint32_t nr;
	struct gcv_verify *verify;
	struct gcv_err err;
};

static struct gcv_file_edit *edit_of(struct change_set *set, const char *path)
{
	struct gcv_strbuf *text;
	uint32_t i;

	for (i = 0; i < set->nr; i++)
		if (strcmp(set->edits[i].path, path) == 0)
			return &set->edits[i];
	assert_true(set->nr < FILES);
	text = &set->texts[set->nr];
	ok(gcv_tree_read(&tree, path, text, &set->err), &set->err);
	set->edits[set->nr] =
		(struct gcv_file_edit){ .path = path, .old_text = text->buf, .old_len = text->len };
	return &set->edits[set->nr++];
}

/* In a file of the tree, the first @what behind @behind becomes @text. */
static void change(struct change_set *set, uint32_t group, const char *path, const char *behind,
		   const char *what, const char *text)
{
	struct gcv_file_edit *edit = edit_of(set, path);
	const char *at = strstr(edit->old_text, behind), *hit = at ? strstr(at, what) : NULL;
	uint32_t begin;

	assert_non_null(hit);
	begin = (uint32_t)(hit - edit->old_text);
	ok(gcv_file_edit_add(edit, begin, begin + (uint32_t)strlen(what), text, group, &set->err),
	   &set->err);
}

static void verify(struct change_set *set)
{
	const struct gcv_verify_options options = { .db = db,
						    .conversion = PIN,
						    .tree = &tree,
						    .api = &api,
						    .edits = set->edits,
						    .nr_edits = set->nr,
						    .nr_workers = 2 };

	ok(gcv_verify(&options, &set->verify, &set->err), &set->err);
}

static void expect(const struct change_set *set, uint32_t i, enum gcv_finding_kind kind,
		   uint32_t group, const char *file, const char *text)
{
	const struct gcv_finding *finding = &set->verify->findings[i];

	assert_true(i < set->verify->nr_findings);
	if (!strstr(finding->text, text))
		fail_msg("'%s' does not say '%s'", finding->text, text);
	assert_string_equal(finding->file, file);
	assert_int_equal(finding->kind, kind);
	assert_int_equal(finding->group, group);
}

static void release(struct change_set *set)
{
	uint32_t i;

	gcv_verify_free(set->verify);
	for (i = 0; i < set->nr; i++) {
		gcv_file_edit_release(&set->edits[i]);
		gcv_strbuf_release(&set->texts[i]);
	}
}

static unsigned int count_files(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	unsigned int nr = 0;

	while ((entry = readdir(dir)))
		nr += entry->d_name[0] != '.';
	closedir(dir);
	return nr;
}

/* An acquire and its releases in two configurations, and one in another file. */
static void convert(struct change_set *set)
{
	change(set, 3, "drivers/conditional.c", "conditional_use", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(set, 3, "drivers/conditional.c", "", "put_page", "unpin_user_page");
	change(set, 3, "drivers/conditional.c", "set_page_dirty_lock", "put_page",
	       "unpin_user_page");
	change(set, 5, "drivers/cases.c", "int case_short", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(set, 5, "drivers/cases.c", "int case_short", "release_pages", "unpin_user_pages");
}

static enum gcv_status count_convertible(void *data, const struct gcv_site *site,
					 struct gcv_err *err)
{
	(void)err;
	if (site->result && strncmp(site->result->verdict, "convert", 7) == 0 &&
	    strcmp(site->result->verdict, "converted") != 0)
		++*(uint32_t *)data;
	return GCV_OK;
}

static uint32_t nr_convertible(struct gcv_db *of, const char *label, const char *path)
{
	const struct gcv_site_filter filter = { .conversion = PIN, .paths = &path, .nr_paths = 1 };
	struct gcv_err err = { "" };
	uint32_t nr = 0;

	ok(gcv_db_sites(of, label, &filter, count_convertible, &nr, &err), &err);
	return nr;
}

static void test_well(void **state)
{
	unsigned int before = count_files();
	struct change_set set = { 0 };
	struct gcv_strbuf text = { 0 };

	(void)state;
	convert(&set);
	verify(&set);
	if (set.verify->nr_findings)
		fail_msg("%s", set.verify->findings[0].text);
	/* Both files, one of them in two configurations; nothing else. */
	assert_int_equal(set.verify->nr_parsed, 3);
	assert_int_equal(nr_convertible(db, NULL, "drivers/conditional.c"), 3);
	assert_int_equal(nr_convertible(set.verify->db, set.verify->label, "drivers/conditional.c"),
			 0);
	assert_int_equal(nr_convertible(set.verify->db, set.verify->label, "drivers/loops.c"),
			 nr_convertible(db, NULL, "drivers/loops.c"));
	ok(gcv_tree_read(&set.verify->tree, "drivers/conditional.c", &text, &set.err), &set.err);
	assert_null(strstr(text.buf, "get_user_pages"));
	assert_int_equal(count_files(), before);
	gcv_strbuf_release(&text);
	release(&set);
	assert_int_equal(count_files(), before);
}

/* Two groups, one of which the compiler does not like. */
static void test_error(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	convert(&set);
	change(&set, 7, "drivers/cases.c", "int case_data", "get_user_pages_fast",
	       "pin_user_pages_fst");
	change(&set, 7, "drivers/cases.c", "int case_data", "put_page", "unpin_user_page");
	verify(&set);
	assert_int_equal(set.verify->nr_findings, 3);
	expect(&set, 0, GCV_FINDING_ERROR, 7, "drivers/cases.c", "pin_user_pages_fst");
	expect(&set, 1, GCV_FINDING_LOST, 7, "drivers/cases.c",
	       "nothing takes the place of get_user_pages_fast() in case_data()");
	expect(&set, 2, GCV_FINDING_NOT_CONVERTED, 7, "drivers/cases.c",
	       "unpin_user_page() in case_data() is unrelated after the change");
	release(&set);
}

/* Index of the first finding of a kind; what is behind the last one where there is none. */
static uint32_t first_of(const struct change_set *set, enum gcv_finding_kind kind)
{
	uint32_t i = 0;

	while (i < set->verify->nr_findings && set->verify->findings[i].kind != kind)
		i++;
	return i;
}

/* The release that stands in the other branch of an #ifdef is left out. */
static void test_release_left_out(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	change(&set, 3, "drivers/conditional.c", "conditional_use", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(&set, 3, "drivers/conditional.c", "set_page_dirty_lock", "put_page",
	       "unpin_user_page");
	verify(&set);
	expect(&set, first_of(&set, GCV_FINDING_NOT_CONVERTED), GCV_FINDING_NOT_CONVERTED, 3,
	       "drivers/conditional.c", "put_page()");
	release(&set);
}

/* No release is converted, which is a fault that was not there. */
static void test_fault(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	change(&set, 4, "drivers/cases.c", "int case_short", "get_user_pages_fast",
	       "pin_user_pages_fast");
	verify(&set);
	expect(&set, first_of(&set, GCV_FINDING_FAULT), GCV_FINDING_FAULT, 4, "drivers/cases.c",
	       "case_short() would have the fault release-family-mismatch: ");
	release(&set);
}

/* What is to be kept, a change makes another call of. */
static void test_kept(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	change(&set, 2, "drivers/cases.c", "int case_struct_page", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(&set, 2, "drivers/cases.c", "int case_struct_page", "put_page", "unpin_user_page");
	verify(&set);
	assert_int_equal(set.verify->nr_findings, 2);
	expect(&set, 0, GCV_FINDING_NOT_CONVERTED, 2, "drivers/cases.c", "though it is keep");
	expect(&set, 1, GCV_FINDING_NOT_CONVERTED, 2, "drivers/cases.c", "though it is keep");
	release(&set);
}

/* What compiles, but not without a warning that was not there before. */
static void test_warnings(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	change(&set, 4, "drivers/counts.c", "int count_full", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(&set, 4, "drivers/counts.c", "int count_full", "release_pages", "unpin_user_pages");
	change(&set, 4, "drivers/counts.c", "int count_full",
	       "for (i = 0; i < n; i++)\n\t\tput_page(pages[i])", "unpin_user_pages(pages, n)");
	change(&set, 6, "drivers/counts.c", "int count_first_then_rest", "get_user_pages_fast",
	       "pin_user_pages_fast");
	change(&set, 6, "drivers/counts.c", "int count_first_then_rest", "put_page",
	       "unpin_user_page");
	change(&set, 6, "drivers/counts.c", "int count_first_then_rest",
	       "release_pages(&pages[1], got - 1)", "unpin_user_pages(&pages, got - 1)");
	verify(&set);
	assert_int_equal(set.verify->nr_findings, 2);
	expect(&set, 0, GCV_FINDING_ERROR, 4, "drivers/counts.c",
	       "unused variable 'i' [-Wunused-variable]");
	expect(&set, 1, GCV_FINDING_ERROR, 6, "drivers/counts.c", "[-Wincompatible-pointer-types]");
	release(&set);
}

/* A header: who includes it is parsed again, and the header is to blame. */
static void test_header(void **state)
{
	struct change_set set = { 0 };

	(void)state;
	convert(&set);
	change(&set, 9, "include/linux/annotated.h", "#define", "\n", "\nint broken[-1];\n");
	verify(&set);
	assert_true(set.verify->nr_parsed > 20);
	assert_int_equal(set.verify->nr_findings, 1);
	expect(&set, 0, GCV_FINDING_ERROR, 9, "include/linux/annotated.h", "negative size");
	release(&set);
}

static void test_refused(void **state)
{
	struct change_set set = { 0 };
	struct gcv_verify_options options = { .db = db,
					      .conversion = "put-user-page",
					      .tree = &tree,
					      .api = &api,
					      .edits = set.edits };
	unsigned int before = count_files();

	(void)state;
	convert(&set);
	options.nr_edits = set.nr;
	assert_int_equal(gcv_verify(&options, &set.verify, &set.err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(set.err.text, "has no results for the conversion put-user-page"));
	options.conversion = PIN;
	options.label = "none";
	assert_int_equal(gcv_verify(&options, &set.verify, &set.err), GCV_ERR_NOT_FOUND);
	options.label = NULL;
	set.edits[0].path = "../drivers/conditional.c";
	assert_int_equal(gcv_verify(&options, &set.verify, &set.err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(set.err.text, "leads out of the tree"));
	assert_null(set.verify);
	assert_int_equal(count_files(), before);
	release(&set);
}

/* Another process is there: the folder for precompiled headers is another one then. */
static void test_scratch(void **state)
{
	struct gcv_scratch first = { 0 }, second = { 0 };
	struct gcv_err err = { "" };
	char path[80];

	(void)state;
	setenv("TMPDIR", folder, 1);
	snprintf(path, sizeof(path), "%s.check", db_path);
	ok(gcv_scratch_make_own(&first, path, &err), &err);
	ok(gcv_scratch_make_own(&second, path, &err), &err);
	assert_string_equal(strrchr(first.path, '/'), "/index.db.check");
	assert_string_not_equal(first.path, second.path);
	gcv_scratch_release(&first);
	gcv_scratch_release(&second);
	assert_int_not_equal(access(path, F_OK), 0);
	/* What was left behind is taken over. */
	ok(gcv_scratch_make(&first, path, &err), &err);
	free(first.path);
	ok(gcv_scratch_make_own(&second, path, &err), &err);
	assert_string_equal(strrchr(second.path, '/'), "/index.db.check");
	gcv_scratch_release(&second);
	unsetenv("TMPDIR");
}

static enum gcv_status take_conversion(void *data, const char *conversion, struct gcv_err *err)
{
	struct gcv_strbuf *names = data;

	(void)err;
	gcv_strbuf_addf(names, "%s ", conversion);
	return GCV_OK;
}

/* Results for another conversion, made once. */
static void test_analyse_stored(void **state)
{
	struct gcv_strbuf names = { 0 };
	struct gcv_err err = { "" };
	int i;

	(void)state;
	for (i = 0; i < 2; i++)
		ok(gcv_analyse_stored(db, NULL, &tree, &api, "put-user-page", &err), &err);
	ok(gcv_db_conversions(db, NULL, take_conversion, &names, &err), &err);
	assert_string_equal(names.buf, PIN " put-user-page ");
	assert_int_equal(gcv_analyse_stored(db, NULL, &tree, &api, "no-such", &err),
			 GCV_ERR_NOT_FOUND);
	gcv_strbuf_release(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_well),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_release_left_out),
		cmocka_unit_test(test_fault),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_scratch),
		cmocka_unit_test(test_analyse_stored),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
