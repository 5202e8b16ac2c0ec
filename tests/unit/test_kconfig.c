// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/kconfig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct gcv_kconfig *load(const char *name, const char *arch, struct gcv_tree *tree)
{
	struct gcv_err err = { 0 };
	struct gcv_kconfig *kc;
	char path[1024];

	snprintf(path, sizeof(path), "%s%s%s", *name == '/' ? "" : GCV_TEST_DATA,
		 *name == '/' ? "" : "/", name);
	if (gcv_tree_open(path, false, tree, &err) != GCV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(gcv_kconfig_new(tree, arch, &kc, &err), GCV_OK);
	return kc;
}

static void assert_value(const struct gcv_kconfig *kc, const char *name, const char *value)
{
	const char *got = gcv_kconfig_value(kc, name);

	if (!value && got)
		fail_msg("%s is %s, not unset", name, got);
	if (value && !got)
		fail_msg("%s is not set", name);
	if (value)
		assert_string_equal(got, value);
}

static void test_all_yes(void **state)
{
	static const char *const on[] = { "X86",      "MMU",	  "64BIT",	    "PROMPTED",
					  "IMPLIED",  "LAZY",	  "COMPARES",	    "HAVE_PARTS",
					  "CHOSEN",   "RELATIVE", "X86_ONLY_DEBUG", "NO_DEFAULT_B",
					  "PART_ONE", "PART_TWO" };
	static const char *const off[] = {
		"HIDDEN", "HIDDEN_DEFAULT", "NEEDS_HIDDEN", "INSIDE_IF",   "SCRIPT", "FIRST",
		"THIRD",  "NO_DEFAULT_A",   "FAKE",	    "WEAK_ENOUGH", "ARM"
	};
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("plain", "x86", &tree);
	size_t i, nr;

	(void)state;
	for (i = 0; i < sizeof(on) / sizeof(*on); i++)
		assert_value(kc, on[i], "y");
	for (i = 0; i < sizeof(off) / sizeof(*off); i++)
		assert_value(kc, off[i], NULL);
	gcv_kconfig_warnings(kc, &nr);
	assert_int_equal(nr, 0);
	assert_false(gcv_kconfig_is_known(kc, "FAKE"));
	assert_true(gcv_kconfig_is_known(kc, "HIDDEN"));
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_values(void **state)
{
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("plain", "x86", &tree);

	(void)state;
	assert_value(kc, "NR_CPUS", "512");
	assert_value(kc, "PHYSICAL_START", "0x1000000");
	assert_value(kc, "BOARD", "a \"quoted\" # name");
	assert_int_equal(gcv_kconfig_number(kc, "NR_CPUS", -1), 512);
	assert_int_equal(gcv_kconfig_number(kc, "BOARD", -1), -1);
	assert_int_equal(gcv_kconfig_number(kc, "NOWHERE", -1), -1);
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_policy(void **state)
{
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("plain", "x86", &tree);

	(void)state;
	assert_value(kc, "KASAN", NULL);
	assert_value(kc, "EXPERT", "y");
	/* As if something selected it: only where it can be. */
	assert_value(kc, "UPROBES", "y");
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_other_architecture(void **state)
{
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("plain", "arm", &tree);

	(void)state;
	assert_value(kc, "ARM", "y");
	assert_value(kc, "X86", NULL);
	assert_value(kc, "UPROBES", NULL);
	/* "visible if X86" hides the prompts only. */
	assert_value(kc, "PROMPTED", NULL);
	assert_value(kc, "HIDDEN_DEFAULT", "y");
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_override(void **state)
{
	const struct gcv_config_setting settings[] = {
		{ "CONFIG_MMU", "n" },	    { "HIDDEN", "y" },	       { "NR_CPUS", "8" },
		{ "CONFIG_BOARD", "mine" }, { "CONFIG_UNKNOWN", "m" }, { "64BIT", NULL },
	};
	struct gcv_tree tree;
	struct gcv_kconfig *base = load("plain", "x86", &tree), *kc;

	(void)state;
	kc = gcv_kconfig_override(base, settings, sizeof(settings) / sizeof(*settings));
	assert_value(kc, "MMU", NULL);
	assert_value(kc, "64BIT", NULL);
	assert_value(kc, "HIDDEN", "y");
	assert_value(kc, "NR_CPUS", "8");
	assert_value(kc, "BOARD", "mine");
	assert_value(kc, "UNKNOWN", "y");
	/* Follows from MMU=n, the dependency of the menu. */
	assert_value(kc, "PROMPTED", NULL);
	assert_value(base, "MMU", "y");
	assert_value(base, "PROMPTED", "y");
	gcv_kconfig_free(kc);
	gcv_kconfig_free(base);
	gcv_tree_release(&tree);
}

static void test_autoconf(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("plain", "x86", &tree);

	(void)state;
	gcv_kconfig_autoconf(kc, &text);
	assert_non_null(strstr(text.buf, "#define CONFIG_MMU 1\n"));
	assert_non_null(strstr(text.buf, "#define CONFIG_NR_CPUS 512\n"));
	assert_null(strstr(text.buf, "CONFIG_KASAN"));
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static bool has_warning(const struct gcv_kconfig *kc, const char *part)
{
	const char *const *warnings;
	size_t i, nr;

	warnings = gcv_kconfig_warnings(kc, &nr);
	for (i = 0; i < nr; i++)
		if (strstr(warnings[i], part))
			return true;
	return false;
}

static void test_damaged(void **state)
{
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("damaged", "x86", &tree);

	(void)state;
	assert_value(kc, "GOOD_BEFORE", "y");
	assert_value(kc, "GOOD_AFTER", "y");
	assert_true(has_warning(kc, "missing/Kconfig"));
	assert_true(has_warning(kc, "Kconfig:4: source leads out of the tree"));
	assert_true(has_warning(kc, "Kconfig:5: source leads out of the tree"));
	assert_true(has_warning(kc, "Kconfig: sources itself"));
	assert_true(has_warning(kc, "Kconfig:7: config without a proper name"));
	assert_true(has_warning(kc, "Kconfig:9: config without a proper name"));
	assert_true(has_warning(kc, "Kconfig:13: damaged expression"));
	assert_true(has_warning(kc, "Kconfig:18: unknown keyword"));
	assert_true(has_warning(kc, "Kconfig:19: end of a block"));
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_no_kconfig(void **state)
{
	struct gcv_tree tree;
	struct gcv_kconfig *kc = load("none", "x86", &tree);

	(void)state;
	assert_value(kc, "MMU", "y");
	assert_value(kc, "X86_64", "y");
	assert_int_equal(gcv_kconfig_number(kc, "HZ", 0), 250);
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
}

static void test_bad_architecture(void **state)
{
	static const char *const bad[] = { "", "..", "x86/../..", "a b", "$(x)" };
	struct gcv_err err = { 0 };
	struct gcv_kconfig *kc;
	struct gcv_tree tree;
	size_t i;

	(void)state;
	assert_int_equal(gcv_tree_open(GCV_TEST_DATA "/plain", false, &tree, &err), GCV_OK);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(gcv_kconfig_new(&tree, bad[i], &kc, &err), GCV_ERR_USAGE);
	gcv_tree_release(&tree);
}

static void write_file(const char *folder, const char *name, const char *head, const char *repeat,
		       int times, const char *tail)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(head, file);
	while (times--)
		fputs(repeat, file);
	fputs(tail, file);
	assert_int_equal(fclose(file), 0);
}

/* Depth and multiplication must cost neither the stack nor much time. */
static void test_hostile(void **state)
{
	char folder[] = "/tmp/gupconv-kconfig-XXXXXX", path[512];
	struct gcv_kconfig *kc;
	struct gcv_tree tree;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/include", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/include/linux", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(folder, "include/linux/mm.h", "\n", "", 0, "");
	write_file(folder, "Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n", "", 0, "");
	write_file(folder, "Kconfig",
		   "source \"deep\"\nsource \"chain\"\nsource \"macros\"\nsource \"nest\"\n", "", 0,
		   "config LAST\n\tbool \"x\"\n");
	write_file(folder, "deep", "config DEEP\n\tbool \"x\"\n\tdepends on ", "(", 100000, "\n");
	write_file(folder, "chain", "config CHAIN\n\tbool \"x\"\n", "\tdepends on LAST\n", 20000,
		   "");
	write_file(folder, "macros", "A = $(B)$(B)$(B)$(B)$(B)$(B)\nB = $(A)$(A)$(A)$(A)$(A)\n",
		   "config X\n\tstring\n\tdefault \"$(A)\"\n", 20, "");
	write_file(folder, "nest", "", "if LAST\n", 20000, "");
	kc = load(folder, "x86", &tree);
	assert_value(kc, "LAST", "y");
	assert_value(kc, "CHAIN", "y");
	assert_true(has_warning(kc, "damaged expression"));
	assert_true(has_warning(kc, "nested too deeply"));
	gcv_kconfig_free(kc);
	gcv_tree_release(&tree);
	snprintf(path, sizeof(path), "rm -rf '%s'", folder);
	assert_int_equal(system(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_yes),		 cmocka_unit_test(test_values),
		cmocka_unit_test(test_policy),		 cmocka_unit_test(test_other_architecture),
		cmocka_unit_test(test_override),	 cmocka_unit_test(test_autoconf),
		cmocka_unit_test(test_damaged),		 cmocka_unit_test(test_no_kconfig),
		cmocka_unit_test(test_bad_architecture), cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
