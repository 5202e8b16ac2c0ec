// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "edit/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void make(const char *path, const char *old_text, const char *new_text, struct gcv_diff *ret)
{
	struct gcv_err err = { 0 };

	if (gcv_diff_make(path, old_text, strlen(old_text), new_text, strlen(new_text), ret,
			  &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(ret->len_bytes, strlen(ret->text));
}

/* The ids are those of "git hash-object". */
static void what_git_would_write(void **state)
{
	struct gcv_diff diff;

	(void)state;
	make("mm/a.c", "one\ntwo\nthree\n", "one\nTWO\nthree\nfour\n", &diff);
	assert_string_equal(diff.text, "diff --git a/mm/a.c b/mm/a.c\n"
				       "index 4cb29ea38f70..6addb9b7c753 100644\n"
				       "--- a/mm/a.c\n"
				       "+++ b/mm/a.c\n"
				       "@@ -1,3 +1,4 @@\n"
				       " one\n"
				       "-two\n"
				       "+TWO\n"
				       " three\n"
				       "+four\n");
	assert_int_equal(diff.nr_hunks, 1);
	assert_int_equal(diff.nr_insertions, 2);
	assert_int_equal(diff.nr_deletions, 1);
	gcv_diff_release(&diff);
	assert_null(diff.text);
}

static void nothing_changes(void **state)
{
	struct gcv_diff diff;

	(void)state;
	gcv_diff_begin();
	make("mm/a.c", "one\n", "one\n", &diff);
	assert_string_equal(diff.text, "");
	assert_int_equal(diff.nr_hunks, 0);
	gcv_diff_release(&diff);
	make("mm/a.c", "", "", &diff);
	assert_string_equal(diff.text, "");
	gcv_diff_release(&diff);
	gcv_diff_end();
}

static void carriage_returns_and_no_newline_at_the_end(void **state)
{
	struct gcv_diff diff;

	(void)state;
	make("mm/a.c", "one\r\ntwo\r\nend", "one\r\nTWO\r\nend\r\n", &diff);
	assert_string_equal(strstr(diff.text, "@@"), "@@ -1,3 +1,3 @@\n"
						     " one\r\n"
						     "-two\r\n"
						     "-end\n"
						     "\\ No newline at end of file\n"
						     "+TWO\r\n"
						     "+end\r\n");
	gcv_diff_release(&diff);
	make("mm/a.c", "one\ntwo\nend", "ONE\ntwo\nend", &diff);
	assert_string_equal(strstr(diff.text, "@@"), "@@ -1,3 +1,3 @@\n"
						     "-one\n"
						     "+ONE\n"
						     " two\n"
						     " end\n"
						     "\\ No newline at end of file\n");
	gcv_diff_release(&diff);
}

static void a_file_that_was_or_becomes_empty(void **state)
{
	struct gcv_diff diff;

	(void)state;
	make("mm/a.c", "", "one\n", &diff);
	assert_string_equal(strstr(diff.text, "@@"), "@@ -0,0 +1 @@\n+one\n");
	gcv_diff_release(&diff);
	make("mm/a.c", "one\n", "", &diff);
	assert_string_equal(strstr(diff.text, "@@"), "@@ -1 +0,0 @@\n-one\n");
	gcv_diff_release(&diff);
}

/* @head, seven lines, a change: the head of the second hunk's header is looked for. */
static void expect_function(const char *path, const char *head, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf before = { 0 }, after = { 0 };
	struct gcv_diff diff;
	const char *found;

	gcv_strbuf_addf(&before, "%s\tl1;\n\tl2;\n\tl3;\n\tl4;\n\told;\n", head);
	gcv_strbuf_addf(&after, "%s\tl1;\n\tl2;\n\tl3;\n\tl4;\n\tnew;\n", head);
	make(path, before.buf, after.buf, &diff);
	found = strstr(strstr(diff.text, "@@") + 2, "@@") + 2;
	assert_int_equal(strcspn(found, "\n"), strlen(expected));
	assert_memory_equal(found, expected, strlen(expected));
	gcv_diff_release(&diff);
}

static void functions_in_hunk_headers(void **state)
{
	(void)state;
	expect_function("a.c", "static int pin(struct x *x)\n{\n", " static int pin(struct x *x)");
	expect_function("a.c", "int f(void)   \t\r\n{\n", " int f(void)");
	/* a label is none, in C */
	expect_function("a.c", "int f(void)\n{\nout:\n", " int f(void)");
	expect_function("a.c", "int f(void)\n{\nout_2: /* why */\n", " int f(void)");
	expect_function("a.S", "start\nout:\n", " out:");
	expect_function("a.c", "int f(void)\n{\nout: return;\n", " out: return;");
	expect_function("a.c", "\t{\n", "");
	expect_function("a.c", "#define X\n", "");
	/* 80 bytes, and no half character */
	expect_function(
		"a.c",
		"int "
		"f_2345678901234567890123456789012345678901234567890123456789012345678901234567890("
		"\n",
		" int "
		"f_23456789012345678901234567890123456789012345678901234567890123456789012345");
	expect_function(
		"a.c",
		"/**/\nint "
		"f_"
		"2345678901234567890123456789012345678901234567890123456789012345678901234\xc3\xa4"
		"\n",
		" int f_2345678901234567890123456789012345678901234567890123456789012345678901234");
}

/* The function of the second hunk stands inside the first, or long before. */
static void functions_of_later_hunks(void **state)
{
	static const char before[] =
		"int f(void)\n{\n\told;\n}\n\nint g(void)\n{\n\t1;\n\t2;\n\t3;\n"
		"\t4;\n\t5;\n\told;\n\t1;\n\t2;\n\t3;\n\t4;\n\t5;\n\t6;\n"
		"\t7;\n\told;\n}\n";
	GCV_AUTOFREE char *after = gcv_strdup(before);
	struct gcv_diff diff;
	const char *at;

	(void)state;
	for (at = strstr(after, "old"); at; at = strstr(at, "old"))
		memcpy((char *)at, "new", 3);
	make("a.c", before, after, &diff);
	assert_int_equal(diff.nr_hunks, 3);
	assert_non_null(strstr(diff.text, "@@ -1,6 +1,6 @@\n"));
	assert_non_null(strstr(diff.text, "@@ -10,7 +10,7 @@ int g(void)\n"));
	assert_non_null(strstr(diff.text, "@@ -18,5 +18,5 @@ int g(void)\n"));
	gcv_diff_release(&diff);
}

static void refuse(const char *path, const char *text, size_t len, const char *why)
{
	struct gcv_diff diff = { .nr_hunks = 77 };
	struct gcv_err err;

	assert_int_equal(gcv_diff_make(path, "x\n", 2, text, len, &diff, &err), GCV_ERR_FORMAT);
	assert_int_equal(diff.nr_hunks, 77);
	assert_non_null(strstr(err.text, why));
}

static void what_no_patch_can_hold(void **state)
{
	(void)state;
	refuse("mm/a.c", "a\0b\n", 4, "mm/a.c holds a NUL byte");
	refuse("/etc/passwd", "a", 1, "is no path below");
	refuse("", "a", 1, "is no path below");
	refuse("mm/../../x", "a", 1, "leads out of the tree");
	refuse("..", "a", 1, "leads out of the tree");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_git_would_write),
		cmocka_unit_test(nothing_changes),
		cmocka_unit_test(carriage_returns_and_no_newline_at_the_end),
		cmocka_unit_test(a_file_that_was_or_becomes_empty),
		cmocka_unit_test(functions_in_hunk_headers),
		cmocka_unit_test(functions_of_later_hunks),
		cmocka_unit_test(what_no_patch_can_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
