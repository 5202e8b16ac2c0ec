// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/arch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void open_tree(const char *path, struct gcv_tree *tree)
{
	struct gcv_err err = { 0 };

	if (gcv_tree_open(path, false, tree, &err) != GCV_OK)
		fail_msg("%s", err.text);
}

static void test_by_path(void **state)
{
	(void)state;
	assert_string_equal(gcv_arch_of_path("arch/s390/kvm/gaccess.c")->name, "s390");
	assert_string_equal(gcv_arch_of_path("arch/x86/um/ptrace.c")->name, "um");
	assert_null(gcv_arch_of_path("mm/gup.c"));
	assert_null(gcv_arch_of_path("arch/Kconfig"));
	assert_null(gcv_arch_of_path("arch/pdp11/mm.c"));
}

static void assert_pick(const struct gcv_tree *tree, const char *text, const char *arch)
{
	assert_string_equal(gcv_arch_pick(tree, "drivers/x/y.c", text, strlen(text))->name, arch);
}

static void test_by_includes(void **state)
{
	struct gcv_tree tree;

	(void)state;
	open_tree(GCV_TEST_DATA "/tree", &tree);
	assert_pick(&tree, "", "x86");
	assert_pick(&tree, "#include <asm/page.h>\n#include <linux/nowhere.h>\n", "x86");
	assert_pick(&tree, "#include <asm/only_arm64.h>\n", "arm64");
	assert_pick(&tree, "  #  include\t<asm/both.h> /* x */\n#include <asm/only_arm64.h>",
		    "arm64");
	assert_pick(&tree, "#include <asm/both.h>\n#include <asm/user.h>\n", "arm");
	assert_pick(&tree, "#include <kern.h>\n", "um");
	assert_pick(&tree, "#include <mach-x/board.h>\n#include <media/thing.h>\n", "sh");
	assert_pick(&tree, "#include <asm/everywhere.h>\n", "x86");
	/* Fewest are missing. */
	assert_pick(&tree, "#include <asm/none.h>\n#include <asm/only_arm64.h>\n", "arm64");
	gcv_tree_release(&tree);
}

static void test_damaged_includes(void **state)
{
	struct gcv_tree tree;

	(void)state;
	open_tree(GCV_TEST_DATA "/tree", &tree);
	assert_pick(&tree, "#include", "x86");
	assert_pick(&tree, "#include <", "x86");
	assert_pick(&tree, "#include <asm/only_arm64.h\n", "x86");
	assert_pick(&tree, "#include <../../../../etc/passwd>\n", "x86");
	assert_pick(&tree, "#", "x86");
	gcv_tree_release(&tree);
}

static void test_no_architecture(void **state)
{
	struct gcv_tree tree;

	(void)state;
	open_tree(GCV_TEST_DATA "/empty", &tree);
	assert_pick(&tree, "#include <asm/page.h>\n", "x86");
	gcv_tree_release(&tree);
}

static uint64_t bit_of(const char *name)
{
	const struct gcv_arch *table;
	size_t nr;

	table = gcv_arch_table(&nr);
	return (uint64_t)1 << (gcv_arch_find(name, strlen(name)) - table);
}

static void test_symbols(void **state)
{
	struct gcv_arch_symbols *symbols;
	struct gcv_tree tree;

	(void)state;
	open_tree(GCV_TEST_DATA "/tree", &tree);
	symbols = gcv_arch_symbols_new(&tree);
	assert_true(gcv_arch_symbols_find(symbols, "ARM64") == bit_of("arm64"));
	assert_true(gcv_arch_symbols_find(symbols, "CONFIG_ARM64_DEEP") == bit_of("arm64"));
	assert_true(gcv_arch_symbols_find(symbols, "ARM_DEEP") == bit_of("arm"));
	assert_true(gcv_arch_symbols_find(symbols, "SHARED") == (bit_of("arm") | bit_of("arm64")));
	assert_true(gcv_arch_symbols_find(symbols, "NOT_OF_AN_ARCHITECTURE") == 0);
	assert_true(gcv_arch_symbols_find(symbols, "") == 0);
	gcv_arch_symbols_free(symbols);
	gcv_tree_release(&tree);
}

static void test_table(void **state)
{
	const struct gcv_arch *table;
	size_t i, nr;

	(void)state;
	table = gcv_arch_table(&nr);
	assert_in_range(nr, 20, GCV_ARCH_MAX);
	for (i = 0; i < nr; i++) {
		assert_true(table[i].target64 || table[i].target32);
		assert_ptr_equal(gcv_arch_find(table[i].name, strlen(table[i].name)), &table[i]);
		assert_int_equal(gcv_arch_standin_header(&table[i]) != NULL, table[i].is_stand_in);
	}
	assert_null(gcv_arch_find("x8", 2));
	assert_null(gcv_arch_find("x86_64", 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_path),		 cmocka_unit_test(test_by_includes),
		cmocka_unit_test(test_damaged_includes), cmocka_unit_test(test_no_architecture),
		cmocka_unit_test(test_symbols),		 cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
