// SPDX-License-Identifier: GPL-2.0-only
/* links: report */
#include "report/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** struct row - an acquire of a snapshot that is made up */
struct row {
	const char *id, *file, *function, *verdict;
	uint32_t ordinal;
	const char *api;
};

/** struct fake - two snapshots, and the conversion that the newer one's results are for */
struct fake {
	const struct row *old, *new;
	uint32_t nr_old, nr_new;
	const char *conversion;
};

static enum gcv_status sites(void *ctx, const char *label, const struct gcv_site_filter *filter,
			     gcv_site_fn *fn, void *data, struct gcv_err *err)
{
	const struct fake *f = ctx;
	bool is_old = strcmp(label, "old") == 0;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	assert_string_equal(filter->role, "acquire");
	for (i = 0; st == GCV_OK && i < (is_old ? f->nr_old : f->nr_new); i++) {
		const struct row *row = is_old ? &f->old[i] : &f->new[i];
		struct gcv_result result = { .verdict = row->verdict,
					     .conversion = is_old ? "pin-user-page" : f->conversion,
					     .pattern = "" };
		struct gcv_site site = { .id = row->id,
					 .role = "acquire",
					 .file = row->file,
					 .line = i + 1,
					 .function = row->function,
					 .api = row->api ? row->api : "get_user_pages",
					 .ordinal = row->ordinal,
					 .result = &result };

		st = fn(data, &site, err);
	}
	return st;
}

static void collect(struct fake *f, struct gcv_report_changes *changes)
{
	const struct gcv_report_source source = { .ctx = f, .sites = sites };
	struct gcv_err err;

	assert_int_equal(gcv_report_changes_collect(&source, "old", "new", NULL, changes, &err),
			 GCV_OK);
	assert_string_equal(changes->before, "old");
}

static const struct row old[] = {
	{ "1", "a.c", "same", "refused", 0, NULL },
	{ "2", "a.c", "done", "convertible", 0, NULL },
	{ "3", "a.c", "undone", "converted", 0, NULL },
	{ "4", "a.c", "gone", "keep", 0, NULL },
	{ "5", "a.c", "moved", "keep", 0, NULL },
	{ "6", "a.c", "changed", "refused", 0, NULL },
	{ "7", "a.c", "twice", "keep", 0, NULL },
	{ "8", "b.c", "twice", "keep", 0, NULL },
};
static const struct row new[] = {
	{ "a", "c.c", "moved", "converted", 0, NULL },
	{ "1", "a.c", "same", "refused", 0, NULL },
	{ "2", "a.c", "done", "converted", 0, NULL },
	{ "3", "a.c", "undone", "refused", 0, NULL },
	{ "6", "a.c", "changed", "convertible", 0, NULL },
	{ "b", "a.c", "fresh", "keep", 0, NULL },
	{ "c", "d.c", "twice", "keep", 0, NULL },
	{ "d", "a.c", "gone", "keep", 1, NULL },
};

/* Two of the same name that went are no evidence for where one that came was before, and another
 * ordinal is another call. */
static void test_kinds(void **state)
{
	struct fake f = { old, new, 8, 8, "pin-user-page" };
	struct gcv_report_changes changes;
	static const struct {
		enum gcv_change_kind kind;
		const char *function, *before, *after;
	} want[] = {
		{ GCV_CHANGE_CONVERTED, "done", "convertible", "converted" },
		{ GCV_CHANGE_REGRESSED, "undone", "converted", "refused" },
		{ GCV_CHANGE_APPEARED, "fresh", "", "keep" },
		{ GCV_CHANGE_APPEARED, "gone", "", "keep" },
		{ GCV_CHANGE_APPEARED, "twice", "", "keep" },
		{ GCV_CHANGE_GONE, "gone", "keep", "" },
		{ GCV_CHANGE_GONE, "twice", "keep", "" },
		{ GCV_CHANGE_GONE, "twice", "keep", "" },
		{ GCV_CHANGE_MOVED, "moved", "keep", "converted" },
		{ GCV_CHANGE_VERDICT, "changed", "refused", "convertible" },
	};
	uint32_t i;

	(void)state;
	collect(&f, &changes);
	assert_true(changes.is_same_conversion);
	assert_int_equal(changes.nr, sizeof(want) / sizeof(want[0]));
	for (i = 0; i < changes.nr; i++) {
		assert_int_equal(changes.changes[i].kind, want[i].kind);
		assert_string_equal(changes.changes[i].function, want[i].function);
		assert_string_equal(changes.changes[i].before, want[i].before);
		assert_string_equal(changes.changes[i].after, want[i].after);
	}
	assert_string_equal(changes.changes[8].id, "a");
	assert_string_equal(changes.changes[8].file, "c.c");
	assert_string_equal(changes.changes[8].old_file, "a.c");
	assert_int_equal(changes.sums[GCV_CHANGE_GONE], 3);
	gcv_report_changes_release(&changes);
}

/* What is converted for one conversion says nothing about another. */
/* Calls of other names: conversions where as many came as went, and one side is converted. */
static void test_other_names(void **state)
{
	static const struct row before[] = {
		{ "1", "a.c", "done", "keep", 0, "get_user_pages" },
		{ "2", "a.c", "undone", "converted", 0, "pin_user_pages" },
		{ "3", "a.c", "same", "keep", 0, "get_user_pages" },
		{ "4", "a.c", "more", "keep", 0, "get_user_pages" },
		{ "5", "a.c", "away", "keep", 0, "get_user_pages" },
	};
	static const struct row after[] = {
		{ "a", "a.c", "done", "converted", 0, "pin_user_pages" },
		{ "b", "a.c", "undone", "keep", 0, "get_user_pages" },
		{ "c", "a.c", "same", "keep", 0, "get_user_pages_fast" },
		{ "d", "a.c", "more", "converted", 0, "pin_user_pages" },
		{ "e", "a.c", "more", "converted", 1, "pin_user_pages" },
		{ "f", "b.c", "away", "converted", 0, "pin_user_pages" },
	};
	struct fake f = { before, after, 5, 6, "pin-user-page" };
	struct gcv_report_changes c;

	(void)state;
	collect(&f, &c);
	assert_int_equal(c.sums[GCV_CHANGE_CONVERTED], 1);
	assert_string_equal(c.changes[0].id, "a");
	assert_string_equal(c.changes[0].before, "keep");
	assert_int_equal(c.sums[GCV_CHANGE_REGRESSED], 1);
	assert_string_equal(c.changes[1].id, "b");
	assert_string_equal(c.changes[1].after, "keep");
	assert_int_equal(c.sums[GCV_CHANGE_GONE], 3);
	assert_int_equal(c.sums[GCV_CHANGE_APPEARED], 4);
	assert_int_equal(c.nr, 9);
	gcv_report_changes_release(&c);
	f.conversion = "put-user-page";
	collect(&f, &c);
	assert_int_equal(c.sums[GCV_CHANGE_GONE], 5);
	assert_int_equal(c.nr, 11);
	gcv_report_changes_release(&c);
}

static void test_other_conversion(void **state)
{
	struct fake f = { old, new, 8, 8, "put-user-page" };
	struct gcv_report_changes changes;

	(void)state;
	collect(&f, &changes);
	assert_false(changes.is_same_conversion);
	assert_int_equal(changes.sums[GCV_CHANGE_CONVERTED] + changes.sums[GCV_CHANGE_REGRESSED] +
				 changes.sums[GCV_CHANGE_VERDICT],
			 0);
	assert_int_equal(changes.sums[GCV_CHANGE_MOVED], 1);
	gcv_report_changes_release(&changes);
}

static void test_empty(void **state)
{
	struct fake f = { .conversion = "pin-user-page" };
	struct gcv_report_changes changes;

	(void)state;
	collect(&f, &changes);
	assert_int_equal(changes.nr, 0);
	gcv_report_changes_release(&changes);
	f.old = old;
	f.nr_old = 8;
	collect(&f, &changes);
	assert_int_equal(changes.sums[GCV_CHANGE_GONE], 8);
	gcv_report_changes_release(&changes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_other_names),
		cmocka_unit_test(test_other_conversion),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
