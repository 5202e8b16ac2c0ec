// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/kbuild.h"
#include "parse/makefile.h"
#include "parse/relpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
	struct gcv_tree tree;
	struct gcv_kconfig *kconfig;
	struct gcv_kbuild *kbuild;
	struct gcv_arena arena;
};

static int setup(void **state)
{
	struct fixture *f = gcv_zalloc(1, sizeof(*f));
	struct gcv_err err = { 0 };

	if (gcv_tree_open(GCV_TEST_DATA "/tree", false, &f->tree, &err) != GCV_OK)
		return -1;
	if (gcv_kconfig_new(&f->tree, "x86", &f->kconfig, &err) != GCV_OK)
		return -1;
	f->kbuild = gcv_kbuild_new(&f->tree, f->kconfig, "x86");
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	gcv_kbuild_free(f->kbuild);
	gcv_kconfig_free(f->kconfig);
	gcv_tree_release(&f->tree);
	gcv_arena_release(&f->arena);
	free(f);
	return 0;
}

static struct gcv_args args_of(struct fixture *f, const char *rel)
{
	struct gcv_args args = { .arena = &f->arena };

	gcv_kbuild_file_args(f->kbuild, rel, &args);
	return args;
}

static bool has_folder(struct fixture *f, const struct gcv_args *args, const char *rel)
{
	return gcv_args_has(args, gcv_arena_printf(&f->arena, "-I%s/%s", f->tree.root, rel));
}

static void test_folder(void **state)
{
	static const char *const yes[] = { "-DPLAIN",		"-DVALUE=3",  "-DSPACED",
					   "-DQUOTED=\"text\"", "-DIS_ON",    "-DEXTRA",
					   "-DFOR_SUB",		"-DIFDEF_ON", "-DNESTED",
					   "-DSTRING_COMPARE" };
	static const char *const no[] = { "-DNOT_THIS",	 "-DIS_OFF", "-DNESTED_ELSE",
					  "-DELSE_IFEQ", "-DELSE",   "-DIFNDEF",
					  "-DIN_DEFINE", "-Wall",    "-DKBUILD_EVIL",
					  "-DFROM_CALL", "-DSINGLE", "-DTWO" };
	struct fixture *f = *state;
	struct gcv_args args = args_of(f, "drivers/a/a.c");
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!gcv_args_has(&args, yes[i]))
			fail_msg("%s is missing", yes[i]);
	for (i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (gcv_args_has(&args, no[i]))
			fail_msg("%s is there", no[i]);
	assert_true(has_folder(f, &args, "drivers/a/include"));
	assert_true(has_folder(f, &args, "drivers/b/inc"));
	assert_true(has_folder(f, &args, "include/shared"));
	assert_true(has_folder(f, &args, "drivers/a/sub/one"));
	assert_true(has_folder(f, &args, "drivers/a/sub/two"));
	assert_false(has_folder(f, &args, "not/there"));
	assert_false(gcv_args_has(&args, "-I/etc"));
	assert_true(gcv_args_has(&args, "-include"));
	assert_true(gcv_args_has(&args, gcv_arena_printf(&f->arena, "%s/drivers/a/forced.h",
							 f->tree.root)));
}

static void test_object(void **state)
{
	struct fixture *f = *state;
	struct gcv_args single = args_of(f, "drivers/a/single.c");
	struct gcv_args two = args_of(f, "drivers/a/sub/two.c");

	assert_true(gcv_args_has(&single, "-DSINGLE"));
	assert_true(has_folder(f, &single, "drivers/a/lib"));
	assert_false(gcv_args_has(&single, "-DTWO"));
	assert_true(gcv_args_has(&two, "-DTWO"));
}

static void test_folders_above(void **state)
{
	struct fixture *f = *state;
	struct gcv_args args = args_of(f, "drivers/a/sub/b.c");

	assert_true(gcv_args_has(&args, "-DSUB_KBUILD"));
	assert_true(gcv_args_has(&args, "-DFOR_SUB"));
	assert_false(gcv_args_has(&args, "-DIGNORED_MAKEFILE"));
}

static void test_part_of_another(void **state)
{
	struct fixture *f = *state;
	struct gcv_args args = args_of(f, "drivers/part/c.c");

	assert_true(gcv_args_has(&args, "-DOF_USER"));
}

static void test_arch_makefile(void **state)
{
	struct fixture *f = *state;
	struct gcv_args args = args_of(f, "arch/x86/mm/gup.c");

	assert_false(gcv_args_has(&args, "-DARCH_TOP"));
}

static void test_damaged(void **state)
{
	struct fixture *f = *state;
	struct gcv_args args = args_of(f, "damaged/x.c");

	assert_true(gcv_args_has(&args, "-DBEFORE"));
	assert_true(gcv_args_has(&args, "-DAFTER"));
	assert_int_equal(args_of(f, "../../etc/x.c").nr, 0);
	assert_int_equal(args_of(f, "nowhere/at/all.c").nr, 0);
}

static void test_nothing_runs(void **state)
{
	struct fixture *f = *state;

	args_of(f, "drivers/a/a.c");
	assert_false(gcv_tree_exists(&f->tree, "pwned"));
	assert_int_not_equal(access("pwned", F_OK), 0);
}

static void assert_unmet(struct fixture *f, const char *rel, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };
	const struct gcv_config_setting *settings;
	size_t i, nr;

	settings = gcv_kbuild_unmet(f->kbuild, rel, &f->arena, &nr);
	gcv_strbuf_addstr(&got, "");
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&got, "%s=%s ", settings[i].name, settings[i].value);
	assert_string_equal(got.buf, expected);
}

static void test_unmet(void **state)
{
	struct fixture *f = *state;

	assert_unmet(f, "unmet/always.c", "");
	assert_unmet(f, "unmet/on.c", "");
	assert_unmet(f, "unmet/off.c", "OFF_SYMBOL=y ");
	assert_unmet(f, "unmet/part.c", "OFF_SYMBOL=y ");
	assert_unmet(f, "unmet/optional.c", "OFF_OTHER=y OFF_SYMBOL=y ");
	assert_unmet(f, "unmet/either.c", "");
	assert_unmet(f, "unmet/nommu.c", "MMU=n ");
	assert_unmet(f, "unmet/gup.c", "");
	assert_unmet(f, "unmet/hidden/in.c", "OFF_SYMBOL=y ");
	assert_unmet(f, "unmet/hidden/unnamed.c", "OFF_SYMBOL=y ");
	assert_unmet(f, "unmet/loop.c", "");
	assert_unmet(f, "unmet/nowhere.c", "");
	assert_unmet(f, "../outside.c", "");
}

static void assert_call(const char *name, const char *args, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	gcv_makefile_call(name, strlen(name), args, &out);
	assert_string_equal(out.buf, expected);
}

static void test_functions(void **state)
{
	(void)state;
	assert_call("addprefix", "a/,b c", "a/b a/c");
	assert_call("addsuffix", ".h,b  c ", "b.h c.h");
	assert_call("strip", "  a \t b ", "a b");
	assert_call("subst", "x,yy,axbx", "ayybyy");
	assert_call("subst", ",yy,axbx", "axbx");
	assert_call("if", "y,then,else", "then");
	assert_call("if", " ,then,else", "else");
	assert_call("if", ",then", "");
	assert_call("filter", "%.h a%c,x.h y.c abc ac a", "x.h abc ac");
	assert_call("filter-out", "%.h,x.h y.c", "y.c");
	assert_call("or", ", ,b,c", "b");
	assert_call("and", "a,,c", "");
	assert_call("and", "a,c", "c");
	assert_call("shell", "rm -rf /", "");
	assert_call("addprefix", "alone", "");
}

static void assert_fold(const char *base, const char *path, const char *expected)
{
	char out[GCV_RELPATH_MAX];

	if (!expected) {
		assert_false(gcv_relpath_fold(base, path, out));
		return;
	}
	assert_true(gcv_relpath_fold(base, path, out));
	assert_string_equal(out, expected);
}

static void test_relpath(void **state)
{
	char path[] = "a/b", big[4 * GCV_RELPATH_MAX];

	(void)state;
	assert_fold("a/b", "../c//./d/", "a/c/d");
	assert_fold("a", "..", "");
	assert_fold("a", "../..", NULL);
	assert_fold("", "/etc", NULL);
	assert_fold("", "", "");
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_fold("", big, NULL);
	assert_true(gcv_relpath_folder(path));
	assert_string_equal(path, "a");
	assert_true(gcv_relpath_folder(path));
	assert_string_equal(path, "");
	assert_false(gcv_relpath_folder(path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder),	      cmocka_unit_test(test_object),
		cmocka_unit_test(test_folders_above), cmocka_unit_test(test_part_of_another),
		cmocka_unit_test(test_arch_makefile), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_nothing_runs),  cmocka_unit_test(test_unmet),
		cmocka_unit_test(test_functions),     cmocka_unit_test(test_relpath),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
