// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* Faults in the store, the comments that silence them, and what is told of them. */
#include "db/faults.h"

#include "db/results.h"
#include "report/findings.h"
#include "report/ignores.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

#define OK(call) assert_ok((call), &err, __LINE__)

static void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

static const struct gcv_result_note notes[] = {
	{ "a.c", 8, 2, "f", "the pages are acquired here" },
	{ "b.h", 3, 0, "", "and here" },
};

static const struct gcv_result_fault faults[] = {
	{ .id = "1111111111111111",
	  .check = "double-release",
	  .severity = "error",
	  .confidence = "high",
	  .site = GCV_NONE,
	  .site_id = "",
	  .api = "put_page",
	  .file = "a.c",
	  .line = 12,
	  .column = 5,
	  .function = "f",
	  .text = "pages are given back twice",
	  .notes = notes,
	  .nr_notes = 2 },
	{ .id = "2222222222222222",
	  .check = "dirty-unlocked",
	  .severity = "warning",
	  .confidence = "low",
	  .site = GCV_NONE,
	  .site_id = "",
	  .api = "",
	  .file = "c/d.c",
	  .line = 7,
	  .function = "",
	  .text = "not locked" },
};

static const struct gcv_result_ignore ignores[] = {
	{ "a.c", 11, 12, "double-release", "counted twice" },
	{ "c/d.c", 7, 7, "dirty-unlocked", "" },
};

static struct gcv_db *make_db(void)
{
	const struct gcv_snapshot snapshot = {
		.label = "one", .kernel = "6.1.0", .revision = "", .tool = "t", .summary = "{}"
	};
	struct gcv_err err = { .text = "" };
	struct gcv_db *db;

	OK(gcv_db_open("test.db", GCV_DB_WRITE, &db, &err));
	OK(gcv_db_snapshot_put(db, &snapshot, &err));
	return db;
}

static void close_db(struct gcv_db *db)
{
	gcv_db_close(db);
	unlink("test.db");
	unlink("test.db-lock");
}

static void put(struct gcv_db *db, const uint8_t *key)
{
	const struct gcv_result_fault_set set = { faults, ignores, NR(faults), NR(ignores), key };
	struct gcv_err err = { .text = "" };

	OK(gcv_db_faults_put(db, NULL, &set, &err));
}

static void read_all(struct gcv_db *db, struct gcv_findings *ret)
{
	struct gcv_err err = { .text = "" };
	bool is_checked;

	*ret = (struct gcv_findings){ 0 };
	OK(gcv_db_findings(db, "one", ret, &is_checked, &err));
}

static void assert_all(const struct gcv_findings *all)
{
	assert_int_equal(all->nr, 2);
	assert_string_equal(all->list[0].fault.id, "1111111111111111");
	assert_string_equal(all->list[0].fault.check, "double-release");
	assert_string_equal(all->list[0].fault.severity, "error");
	assert_string_equal(all->list[0].fault.confidence, "high");
	assert_int_equal(all->list[0].fault.site, GCV_NONE);
	assert_string_equal(all->list[0].fault.api, "put_page");
	assert_string_equal(all->list[0].fault.file, "a.c");
	assert_int_equal(all->list[0].fault.line, 12);
	assert_int_equal(all->list[0].fault.column, 5);
	assert_string_equal(all->list[0].fault.function, "f");
	assert_string_equal(all->list[0].fault.text, "pages are given back twice");
	assert_int_equal(all->list[0].fault.nr_notes, 2);
	assert_string_equal(all->list[0].fault.notes[0].file, "a.c");
	assert_int_equal(all->list[0].fault.notes[0].line, 8);
	assert_int_equal(all->list[0].fault.notes[0].column, 2);
	assert_string_equal(all->list[0].fault.notes[1].function, "");
	assert_string_equal(all->list[0].fault.notes[1].text, "and here");
	assert_int_equal(all->list[1].fault.nr_notes, 0);
	assert_int_equal(all->nr_ignores, 2);
	assert_int_equal(all->ignores[0].ignore.target, 12);
	assert_string_equal(all->ignores[0].ignore.reason, "counted twice");
	assert_string_equal(all->ignores[1].ignore.reason, "");
}

static void what_is_stored_comes_back(void **state)
{
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = make_db();
	struct gcv_findings found;
	bool is_checked = true;

	(void)state;
	OK(gcv_db_has_faults(db, NULL, &is_checked, &err));
	assert_false(is_checked);
	read_all(db, &found);
	assert_int_equal(found.nr, 0);
	gcv_findings_release(&found);

	/* Twice, which replaces. */
	put(db, NULL);
	put(db, NULL);
	OK(gcv_db_has_faults(db, NULL, &is_checked, &err));
	assert_true(is_checked);
	read_all(db, &found);
	assert_all(&found);
	gcv_findings_release(&found);
	close_db(db);
}

/* As results: only what has the key of the new snapshot outlives the old one. */
static void they_outlive_their_snapshot_by_the_key(void **state)
{
	static const uint8_t key[GCV_RESULT_KEY_BYTES] = { 1 }, other[GCV_RESULT_KEY_BYTES] = { 2 };
	struct gcv_snapshot snapshot = {
		.label = "one", .kernel = "6.1.0", .revision = "", .tool = "t", .summary = "{}"
	};
	const struct {
		const uint8_t *stored, *wanted;
		bool stays;
	} cases[] = {
		{ key, key, true },
		{ key, other, false },
		{ key, NULL, false },
		{ NULL, key, false },
	};
	struct gcv_err err = { .text = "" };
	size_t i;

	(void)state;
	for (i = 0; i < NR(cases); i++) {
		struct gcv_db *db = make_db();
		bool is_checked;

		put(db, cases[i].stored);
		snapshot.results_key = cases[i].wanted;
		OK(gcv_db_snapshot_put(db, &snapshot, &err));
		OK(gcv_db_has_faults(db, NULL, &is_checked, &err));
		assert_int_equal(is_checked, cases[i].stays);
		close_db(db);
	}
}

/* Another snapshot of the same key gets its own, if the first one has results as well. */
static void they_are_copied_by_the_key(void **state)
{
	static const uint8_t key[GCV_RESULT_KEY_BYTES] = { 1 };
	const struct gcv_snapshot snapshot = { .label = "two",
					       .kernel = "6.1.0",
					       .revision = "",
					       .tool = "t",
					       .summary = "{}",
					       .results_key = key };
	const struct gcv_result_set results = { .conversion = "put-user-page", .key = key };
	struct gcv_err err = { .text = "" };
	struct gcv_db *db = make_db();
	struct gcv_findings found = { 0 };
	bool is_checked;

	(void)state;
	put(db, key);
	OK(gcv_db_snapshot_put(db, &snapshot, &err));
	OK(gcv_db_has_faults(db, "two", &is_checked, &err));
	assert_false(is_checked);
	OK(gcv_db_results_put(db, "one", &results, &err));
	OK(gcv_db_snapshot_put(db, &snapshot, &err));
	OK(gcv_db_findings(db, "two", &found, &is_checked, &err));
	assert_true(is_checked);
	assert_all(&found);
	gcv_findings_release(&found);
	read_all(db, &found);
	assert_all(&found);
	gcv_findings_release(&found);
	close_db(db);
}

static bool is_line_8(void *ctx, const char *file, uint32_t line)
{
	(void)ctx;
	return strcmp(file, "a.c") == 0 && line == 8;
}

static enum gcv_fault_state state_with(const struct gcv_findings_filter *filter, uint32_t which)
{
	struct gcv_findings found = { 0 };
	enum gcv_fault_state state;

	gcv_findings_add(&found, &faults[0]);
	gcv_findings_add(&found, &faults[1]);
	gcv_findings_filter(&found, filter);
	state = found.list[which].state;
	gcv_findings_release(&found);
	return state;
}

static void a_filter_tells_what_was_asked_for(void **state)
{
	static const char *const checks[] = { "stale-count", "double-release" };
	static const char *const paths[] = { "c" };
	struct gcv_intern known = { 0 };
	const struct gcv_findings_filter all = { .confidence = GCV_CONFIDENCE_LOW,
						 .severity = GCV_SEVERITY_NOTE };
	struct gcv_findings_filter filter = all;

	(void)state;
	assert_int_equal(state_with(&all, 0), GCV_FAULT_STANDS);
	assert_int_equal(state_with(&all, 1), GCV_FAULT_STANDS);
	filter.confidence = GCV_CONFIDENCE_MEDIUM;
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_STANDS);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_UNSURE);
	filter = all;
	filter.severity = GCV_SEVERITY_ERROR;
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_STANDS);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_OTHER);
	filter = all;
	filter.checks = checks;
	filter.nr_checks = NR(checks);
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_STANDS);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_OTHER);
	filter = all;
	filter.paths = paths;
	filter.nr_paths = NR(paths);
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_OTHER);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_STANDS);
	filter = all;
	filter.is_changed = is_line_8;
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_STANDS);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_OTHER);
	filter = all;
	gcv_intern_add(&known, faults[0].id, strlen(faults[0].id));
	filter.known = &known;
	assert_int_equal(state_with(&filter, 0), GCV_FAULT_KNOWN);
	assert_int_equal(state_with(&filter, 1), GCV_FAULT_STANDS);
	gcv_intern_release(&known);
}

static void a_comment_with_a_reason_silences(void **state)
{
	const struct gcv_findings_filter all = { .confidence = GCV_CONFIDENCE_LOW,
						 .severity = GCV_SEVERITY_NOTE };
	struct gcv_result_ignore elsewhere = ignores[0];
	struct gcv_findings found = { 0 };
	uint32_t i;

	(void)state;
	gcv_findings_add(&found, &faults[0]);
	gcv_findings_add(&found, &faults[1]);
	elsewhere.target = 13;
	gcv_findings_add_ignore(&found, &elsewhere);
	for (i = 0; i < NR(ignores); i++)
		gcv_findings_add_ignore(&found, &ignores[i]);
	gcv_findings_silence(&found);
	gcv_findings_filter(&found, &all);
	assert_int_equal(found.list[0].state, GCV_FAULT_SILENCED);
	assert_string_equal(found.list[0].silenced, "counted twice");
	assert_int_equal(found.list[1].state, GCV_FAULT_STANDS);
	assert_false(found.ignores[0].is_used);
	assert_true(found.ignores[1].is_used);
	assert_false(found.ignores[2].is_used);
	assert_int_equal(gcv_findings_count(&found, GCV_FAULT_SILENCED), 1);
	gcv_findings_release(&found);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* The comments of a tree whose only file has this text. */
static void read_text(const char *text, struct gcv_arena *arena,
		      const struct gcv_result_ignore **ret, uint32_t *ret_nr)
{
	struct gcv_intern files = { 0 };
	struct gcv_tree tree;
	struct gcv_lines lines;
	struct gcv_err err = { .text = "" };

	write_file("ignores/a.c", text);
	OK(gcv_tree_open("ignores", false, &tree, &err));
	gcv_lines_init(&lines, &tree);
	gcv_intern_add(&files, "a.c", 3);
	gcv_intern_add(&files, "not-there.c", 11);
	gcv_ignores_read(&lines, &files, arena, ret, ret_nr);
	gcv_intern_release(&files);
	gcv_lines_release(&lines);
	gcv_tree_release(&tree);
	unlink("ignores/a.c");
}

static void comments_are_read(void **state)
{
	static const struct {
		const char *text;
		uint32_t line, target;
		const char *check, *reason;
	} cases[] = {
		{ "f(); /* gupconv: ignore stale-count: why not */\n", 1, 1, "stale-count",
		  "why not" },
		{ "\n\t/* gupconv: ignore stale-count: why */\nf();\n", 2, 3, "stale-count",
		  "why" },
		{ "// gupconv: ignore stale-count: why */ x\nf();\n", 1, 2, "stale-count",
		  "why */ x" },
		{ "/*\n * gupconv: ignore stale-count: a reason\n *  of * two lines\n */\nf();\n",
		  1, 5, "stale-count", "a reason of * two lines" },
		{ "f(); /* gupconv: ignore stale-count */", 1, 1, "stale-count", "" },
		{ "f(); /* gupconv: ignore stale-count: */", 1, 1, "stale-count", "" },
		{ "f(); /* gupconv: ignore stale-count:\n\n */", 1, 1, "stale-count", "" },
		{ "f(); /* gupconv: ignore nonsense: why */", 1, 1, "nonsense", "why" },
		{ "f(); /* gupconv: ignore */", 1, 1, "", "" },
		{ "f(); /* gupconv: ignore stale-count: no end", 1, 1, "stale-count", "no end" },
		{ "/* gupconv: ignore x: y", 1, 2, "x", "y" },
	};
	static const char *const none[] = {
		"",
		"gupconv:",
		"/* gupconv:",
		"/* gupconv: ignore",
		"/* gupconv: ignored x: y */",
		"x = \"gupconv: ignore stale-count: y\";",
		"a / gupconv: ignore x: y",
		"/* see gupconv: ignore stale-count: y */",
	};
	const struct gcv_result_ignore *found;
	struct gcv_arena arena = { 0 };
	uint32_t nr;
	size_t i;

	(void)state;
	for (i = 0; i < NR(cases); i++) {
		read_text(cases[i].text, &arena, &found, &nr);
		assert_int_equal(nr, 1);
		assert_string_equal(found[0].file, "a.c");
		assert_int_equal(found[0].line, cases[i].line);
		assert_int_equal(found[0].target, cases[i].target);
		assert_string_equal(found[0].check, cases[i].check);
		assert_string_equal(found[0].reason, cases[i].reason);
	}
	for (i = 0; i < NR(none); i++) {
		read_text(none[i], &arena, &found, &nr);
		assert_int_equal(nr, 0);
	}
	gcv_arena_release(&arena);
}

static const char *const tree_files[] = { "ignores/Makefile", "ignores/Kconfig",
					  "ignores/include/linux/mm.h" };
static const char *const tree_folders[] = { "ignores", "ignores/include", "ignores/include/linux" };

/* In a folder of its own, so that tests may run beside each other, with an empty kernel tree. */
static int enter_scratch(void **state)
{
	char *folder = strdup("/tmp/gcv-faults-XXXXXX");
	size_t i;

	*state = folder;
	if (!folder || !mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	for (i = 0; i < NR(tree_folders); i++)
		if (mkdir(tree_folders[i], 0777) != 0)
			return -1;
	for (i = 0; i < NR(tree_files); i++)
		write_file(tree_files[i], i ? "" : "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n");
	return 0;
}

static int leave_scratch(void **state)
{
	int status;
	size_t i;

	for (i = 0; i < NR(tree_files); i++)
		unlink(tree_files[i]);
	for (i = NR(tree_folders); i-- > 0;)
		rmdir(tree_folders[i]);
	status = chdir("/") == 0 ? rmdir(*state) : -1;
	free(*state);
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_stored_comes_back),
		cmocka_unit_test(they_outlive_their_snapshot_by_the_key),
		cmocka_unit_test(they_are_copied_by_the_key),
		cmocka_unit_test(a_filter_tells_what_was_asked_for),
		cmocka_unit_test(a_comment_with_a_reason_silences),
		cmocka_unit_test(comments_are_read),
	};

	return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
