// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
/* Patches as they come by mail, read and applied. */
#include "edit/patch_apply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define DIFF                    \
	"--- a/mm/a.c\n"        \
	"+++ b/mm/a.c\n"        \
	"@@ -2,3 +2,3 @@ two\n" \
	" 2\n"                  \
	"-3\n"                  \
	"+three\n"              \
	" 4\n"

static enum gcv_status read_text(struct gcv_patches *patches, const char *text, struct gcv_err *err)
{
	return gcv_patches_read(patches, "x.mbox", text, strlen(text), err);
}

static void must_read(struct gcv_patches *patches, const char *text)
{
	struct gcv_err err;

	if (read_text(patches, text, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_patches_sort(patches);
}

static void test_mbox(void **state)
{
	struct gcv_patches patches = { 0 };

	(void)state;
	must_read(&patches, "From 0123 Mon Sep 17 00:00:00 2001\n"
			    "Subject: [PATCH v2 2/2] mm:\n second\n"
			    "\n"
			    "body\n"
			    "From here on it is still the body.\n"
			    "---\n" DIFF "-- \n2.22.0\n"
			    "\n"
			    "From 0123 Mon Sep 17 00:00:00 2001\n"
			    "Subject: Re: [PATCH v2 2/2] mm: second\n"
			    "\n" DIFF "\n"
			    "From 0123 Mon Sep 17 00:00:00 2001\n"
			    "Subject: [PATCH 1/2] mm: old\n"
			    "\n" DIFF "\n"
			    "From 0123 Mon Sep 17 00:00:00 2001\n"
			    "Subject: [PATCH v2 0/2] cover\n"
			    "\n"
			    "nothing\n"
			    "\n"
			    "From 0123 Mon Sep 17 00:00:00 2001\n"
			    "Subject: [RFC PATCH v2 1/2] mm: first\n"
			    "\n" DIFF);
	assert_int_equal(patches.nr, 2);
	assert_string_equal(patches.list[0].subject, "mm: first");
	assert_string_equal(patches.list[1].subject, "mm: second");
	assert_int_equal(patches.list[1].number, 2);
	assert_int_equal(patches.list[1].nr_files, 1);
	assert_string_equal(patches.list[1].files[0].path, "mm/a.c");
	assert_int_equal(patches.list[1].files[0].hunks[0].nr_lines, 4);
	assert_int_equal(patches.list[1].files[0].hunks[0].line, 10);
	gcv_patches_release(&patches);
}

static void test_encodings(void **state)
{
	struct gcv_patches patches = { 0 };
	const struct gcv_patch_hunk *hunk;

	(void)state;
	must_read(&patches, "Subject: [PATCH] a\n"
			    "Content-Transfer-Encoding: quoted-printable\n"
			    "\n"
			    "--- a/mm/a.c\n"
			    "+++ b/mm/a.c\n"
			    "@@ -1 +1 @@\n"
			    "-a=3Db\n"
			    "+c=\n"
			    "d=20\n");
	hunk = &patches.list[0].files[0].hunks[0];
	assert_memory_equal(hunk->lines[0].text, "a=b", 4);
	assert_memory_equal(hunk->lines[1].text, "cd ", 4);
	gcv_patches_release(&patches);
	patches = (struct gcv_patches){ 0 };
	must_read(&patches, "Subject: [PATCH] b\n"
			    "Content-Transfer-Encoding: base64\n"
			    "\n"
			    "LS0tIGEvbW0vYS5jCisrKyBiL21tL2EuYwpAQCAtMSArMSBAQAotYQorYgo=\n");
	assert_int_equal(patches.nr, 1);
	assert_memory_equal(patches.list[0].files[0].hunks[0].lines[1].text, "b", 2);
	gcv_patches_release(&patches);
}

static void test_damaged(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1,2 +1 @@\n-a\n",
		  "x.mbox:5: the hunk ends early" },
		{ "--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1 +1 @@\n-a\n*b\n",
		  "x.mbox:5: this line does not belong into the hunk" },
		{ "--- a/mm/a.c\n+++ b/mm/a.c\n@@ -x +1 @@\n-a\n",
		  "x.mbox:3: the header of the hunk is damaged" },
		{ "--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
		  "x.mbox:1: '../../etc/passwd' is no path below a tree" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct gcv_patches patches = { 0 };
		struct gcv_err err;

		assert_int_equal(read_text(&patches, cases[i].text, &err), GCV_ERR_FORMAT);
		assert_string_equal(err.text, cases[i].error);
		gcv_patches_release(&patches);
	}
}

/* Apply the only hunk of a diff to a text and hold how it fitted and what came out. */
static void applies(const char *diff, const char *text, enum gcv_hunk_fit fit, const char *wanted)
{
	struct gcv_patches patches = { 0 };
	struct gcv_patched_file file = { 0 };
	struct gcv_file_edit edit = { 0 };
	struct gcv_strbuf out = { 0 };
	struct gcv_err err;
	int64_t drift = 0;

	must_read(&patches, diff);
	gcv_patched_init(&file, "mm/a.c", text, strlen(text));
	assert_int_equal(gcv_patched_apply(&file, &patches.list[0].files[0].hunks[0], 0, &drift),
			 fit);
	if (gcv_patched_edit(&file, &edit, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_strbuf_addstr(&out, "");
	gcv_file_edit_apply(&edit, &out);
	assert_string_equal(out.buf, wanted);
	gcv_strbuf_release(&out);
	gcv_file_edit_release(&edit);
	gcv_patched_release(&file);
	gcv_patches_release(&patches);
}

static void test_apply(void **state)
{
	(void)state;
	applies(DIFF, "1\n2\n3\n4\n5\n", GCV_HUNK_APPLIED, "1\n2\nthree\n4\n5\n");
	/* Farther down, farther up, and with another line of context. */
	applies(DIFF, "0\n0\n0\n1\n2\n3\n4\n", GCV_HUNK_APPLIED, "0\n0\n0\n1\n2\nthree\n4\n");
	applies(DIFF, "2\n3\n4\n", GCV_HUNK_APPLIED, "2\nthree\n4\n");
	applies(DIFF, "1\nzwei\n3\n4\n5\n", GCV_HUNK_FUZZY, "1\nzwei\nthree\n4\n5\n");
	applies(DIFF, "1\n2\nthree\n4\n5\n", GCV_HUNK_DONE, "1\n2\nthree\n4\n5\n");
	applies(DIFF, "1\n2\ndrei\n4\n5\n", GCV_HUNK_FAILED, "1\n2\ndrei\n4\n5\n");
	applies(DIFF, "", GCV_HUNK_FAILED, "");
	applies("--- /dev/null\n+++ b/mm/a.c\n@@ -0,0 +1,2 @@\n+1\n+2\n", "", GCV_HUNK_APPLIED,
		"1\n2\n");
	applies("--- a/mm/a.c\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-1\n-2\n", "1\n2\n",
		GCV_HUNK_APPLIED, "");
	/* The nearest of several places, and an end without a newline. */
	applies("--- a/mm/a.c\n+++ b/mm/a.c\n@@ -5 +5 @@\n-x\n+y\n", "x\n2\n3\n4\n5\nx\n",
		GCV_HUNK_APPLIED, "x\n2\n3\n4\n5\ny\n");
	applies("--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1,2 +1,3 @@\n 1\n+1a\n 2\n", "1\n2",
		GCV_HUNK_APPLIED, "1\n1a\n2");
	applies("--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1,2 +1,4 @@\n 1\n 2\n+3\n+4\n", "1\n2",
		GCV_HUNK_APPLIED, "1\n2\n3\n4\n");
}

/* The text has an end, and no NUL behind it: a sanitizer sees who reads on. */
static void test_cut(void **state)
{
	static const char *const ends[] = { "--- a/a.c\n+", "--- a/a.c\n+++ b/a.c\n@", DIFF "@@" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct gcv_patches patches = { 0 };
		size_t len = strlen(ends[i]);
		char *text = malloc(len);
		struct gcv_err err;

		memcpy(text, ends[i], len);
		assert_int_equal(gcv_patches_read(&patches, "x.diff", text, len, &err), GCV_OK);
		gcv_patches_release(&patches);
		free(text);
	}
}

/* C files have no NULs, and changes are strings. */
static void test_nul(void **state)
{
	static const char text[] = "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\0c\n";
	struct gcv_patches patches = { 0 };
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_patches_read(&patches, "x.diff", text, sizeof(text) - 1, &err),
			 GCV_ERR_FORMAT);
	assert_string_equal(err.text, "x.diff:5: there is a NUL in the hunk");
	gcv_patches_release(&patches);
}

/* A second patch works on what the first one made; what came and went again leaves nothing. */
static void test_two_patches(void **state)
{
	struct gcv_patches patches = { 0 };
	struct gcv_patched_file file = { 0 };
	struct gcv_file_edit edit = { 0 };
	struct gcv_strbuf out = { 0 };
	const char *text = "1\n2\n3\n4\n5\n";
	struct gcv_patched_run run;
	struct gcv_err err;
	int64_t drift = 0;
	uint32_t at;

	(void)state;
	must_read(&patches, DIFF);
	must_read(&patches, "--- a/mm/a.c\n+++ b/mm/a.c\n@@ -2,3 +2,3 @@\n 2\n-three\n+drei\n 4\n");
	gcv_patched_init(&file, "mm/a.c", text, strlen(text));
	assert_int_equal(gcv_patched_apply(&file, &patches.list[0].files[0].hunks[0], 0, &drift),
			 GCV_HUNK_APPLIED);
	assert_int_equal(gcv_patched_apply(&file, &patches.list[1].files[0].hunks[0], 1, &drift),
			 GCV_HUNK_APPLIED);
	at = gcv_patched_at(&file, 4);
	assert_int_equal(file.lines[at].removed, 0);
	run = gcv_patched_run(&file, at);
	assert_int_equal(run.end - run.first, 3);
	assert_int_equal(file.lines[gcv_patched_at(&file, 0)].removed, GCV_PATCHED_NONE);
	if (gcv_patched_edit(&file, &edit, &err) != GCV_OK)
		fail_msg("%s", err.text);
	gcv_strbuf_addstr(&out, "");
	gcv_file_edit_apply(&edit, &out);
	assert_string_equal(out.buf, "1\n2\ndrei\n4\n5\n");
	assert_int_equal(edit.nr_changes, 1);
	assert_int_equal(edit.changes[0].group, 0);
	gcv_strbuf_release(&out);
	gcv_file_edit_release(&edit);
	gcv_patched_release(&file);
	gcv_patches_release(&patches);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mbox),	    cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_damaged),	    cmocka_unit_test(test_apply),
		cmocka_unit_test(test_two_patches), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_nul),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
