// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/flags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define RESOURCE "/nowhere/include"

struct fixture {
	struct gcv_tree tree;
	struct gcv_env *env;
	struct gcv_arena arena;
	struct gcv_args common, forced;
};

static void open_fixture(struct fixture *f, const char *tree, const char *arch)
{
	struct gcv_err err = { 0 };
	char path[1024];

	memset(f, 0, sizeof(*f));
	snprintf(path, sizeof(path), "%s/%s", GCV_TEST_DATA, tree);
	if (gcv_tree_open(path, false, &f->tree, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(gcv_env_new(&f->tree, arch, RESOURCE, &f->env, &err), GCV_OK);
	f->common.arena = f->forced.arena = &f->arena;
	gcv_env_common_args(f->env, &f->common);
	gcv_env_forced_args(f->env, &f->forced);
}

static void close_fixture(struct fixture *f)
{
	gcv_env_free(f->env);
	gcv_arena_release(&f->arena);
	gcv_tree_release(&f->tree);
}

static size_t index_of(const struct gcv_args *args, const char *arg)
{
	size_t i;

	for (i = 0; i < args->nr; i++)
		if (strcmp(args->argv[i], arg) == 0)
			return i;
	fail_msg("%s is missing", arg);
	return 0;
}

static size_t index_of_folder(struct fixture *f, const char *rel)
{
	return index_of(&f->common, gcv_arena_printf(&f->arena, "-I%s/%s", f->tree.root, rel));
}

static void test_order(void **state)
{
	struct fixture f;
	size_t arch, gen, include, uapi, gen_uapi, common_uapi, fallback;

	(void)state;
	open_fixture(&f, "new", "x86");
	arch = index_of_folder(&f, "arch/x86/include");
	gen = index_of(&f.common, "-I/gupconv-virtual/x86/gen");
	include = index_of_folder(&f, "include");
	uapi = index_of_folder(&f, "arch/x86/include/uapi");
	gen_uapi = index_of(&f.common, "-I/gupconv-virtual/x86/gen/uapi");
	common_uapi = index_of_folder(&f, "include/uapi");
	fallback = index_of(&f.common, "-I/gupconv-virtual/x86/fallback");
	assert_true(arch < gen && gen < include && include < uapi && uapi < gen_uapi &&
		    gen_uapi < common_uapi && common_uapi < fallback);
	close_fixture(&f);
}

static void test_dialect_by_tree(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "new", "x86");
	assert_true(gcv_args_has(&f.common, "-std=gnu11"));
	assert_true(gcv_args_has(&f.common, "-funsigned-char"));
	/* It has a stdarg.h of its own. */
	assert_false(gcv_args_has(&f.common, RESOURCE));
	close_fixture(&f);
	open_fixture(&f, "old", "x86");
	assert_true(gcv_args_has(&f.common, "-std=gnu89"));
	assert_false(gcv_args_has(&f.common, "-funsigned-char"));
	assert_true(gcv_args_has(&f.common, RESOURCE));
	close_fixture(&f);
}

static void test_target(void **state)
{
	const struct gcv_config_setting narrow = { "CONFIG_64BIT", "n" };
	struct gcv_args args = { 0 };
	struct gcv_env *env;
	struct fixture f;

	(void)state;
	open_fixture(&f, "new", "x86");
	assert_true(gcv_args_has(&f.common, "--target=x86_64-linux-gnu"));
	assert_true(gcv_args_has(&f.common, "-mcmodel=kernel"));
	env = gcv_env_override(f.env, &narrow, 1);
	args.arena = &f.arena;
	gcv_env_common_args(env, &args);
	assert_true(gcv_args_has(&args, "--target=i386-linux-gnu"));
	assert_false(gcv_args_has(&args, "-mcmodel=kernel"));
	gcv_env_free(env);
	close_fixture(&f);
	open_fixture(&f, "new", "sh");
	assert_true(gcv_args_has(&f.forced, "/gupconv-virtual/sh/standin.h"));
	close_fixture(&f);
}

static void test_forced(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f, "new", "x86");
	assert_int_equal(f.forced.nr, 4);
	assert_string_equal(f.forced.argv[0], "-include");
	assert_non_null(strstr(f.forced.argv[1], "/include/linux/kconfig.h"));
	assert_non_null(strstr(f.forced.argv[3], "/include/linux/compiler_types.h"));
	assert_false(gcv_args_has(&f.common, "-include"));
	close_fixture(&f);
	open_fixture(&f, "old", "x86");
	assert_int_equal(f.forced.nr, 0);
	close_fixture(&f);
}

static void test_file(void **state)
{
	struct gcv_args args = { 0 };
	struct fixture f;

	(void)state;
	open_fixture(&f, "new", "x86");
	args.arena = &f.arena;
	gcv_env_file_args(f.env, "drivers/a/x.c", &args);
	assert_non_null(strstr(args.argv[0], "/new/drivers/a"));
	assert_true(gcv_args_has(&args, "-DOF_MAKEFILE"));
	args.nr = 0;
	gcv_env_file_args(f.env, "../../outside.c", &args);
	assert_int_equal(args.nr, 0);
	close_fixture(&f);
}

static void test_hash(void **state)
{
	const struct gcv_config_setting setting = { "CONFIG_EXTRA", "y" }, same = { "MMU", "y" };
	struct gcv_hash first, again, overridden, unchanged, other;
	struct gcv_env *env;
	struct fixture f;

	(void)state;
	open_fixture(&f, "new", "x86");
	first = gcv_env_hash(f.env);
	env = gcv_env_override(f.env, &setting, 1);
	overridden = gcv_env_hash(env);
	gcv_env_free(env);
	env = gcv_env_override(f.env, &same, 1);
	unchanged = gcv_env_hash(env);
	gcv_env_free(env);
	close_fixture(&f);
	open_fixture(&f, "new", "x86");
	again = gcv_env_hash(f.env);
	close_fixture(&f);
	open_fixture(&f, "new", "sh");
	other = gcv_env_hash(f.env);
	close_fixture(&f);
	assert_true(gcv_hash_equal(&first, &again));
	assert_true(gcv_hash_equal(&first, &unchanged));
	assert_false(gcv_hash_equal(&first, &overridden));
	assert_false(gcv_hash_equal(&first, &other));
}

static void test_override_reaches_autoconf(void **state)
{
	const struct gcv_config_setting settings[] = { { "CONFIG_MMU", "n" },
						       { "CONFIG_NEW", "7" } };
	const struct gcv_virtual_file *files;
	const char *text = NULL;
	struct gcv_env *env;
	struct fixture f;
	size_t i, nr;

	(void)state;
	open_fixture(&f, "new", "x86");
	env = gcv_env_override(f.env, settings, 2);
	files = gcv_env_files(env, &nr);
	for (i = 0; i < nr; i++)
		if (strcmp(files[i].path, "/gupconv-virtual/x86/gen/generated/autoconf.h") == 0)
			text = files[i].text;
	assert_non_null(text);
	assert_null(strstr(text, "CONFIG_MMU "));
	assert_non_null(strstr(text, "#define CONFIG_NEW 7\n"));
	assert_true(gcv_kconfig_is_on(gcv_env_kconfig(f.env), "MMU"));
	assert_string_equal(gcv_env_arch(env)->name, "x86");
	gcv_env_free(env);
	close_fixture(&f);
}

static void test_unknown_architecture(void **state)
{
	struct gcv_err err = { 0 };
	struct gcv_env *env = NULL;
	struct gcv_tree tree;

	(void)state;
	assert_int_equal(gcv_tree_open(GCV_TEST_DATA "/new", false, &tree, &err), GCV_OK);
	assert_int_equal(gcv_env_new(&tree, "pdp11", RESOURCE, &env, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "pdp11"));
	assert_null(env);
	gcv_tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_dialect_by_tree),
		cmocka_unit_test(test_target),
		cmocka_unit_test(test_forced),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_override_reaches_autoconf),
		cmocka_unit_test(test_unknown_architecture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
