// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/inline_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Blank @text in memory of exactly its size, so that going beyond it is noticed. */
static void expect(const char *text, const char *wanted)
{
	size_t len = strlen(text), nr;
	char *copy = malloc(len + !len);

	assert_non_null(copy);
	assert_int_equal(len, strlen(wanted));
	memcpy(copy, text, len);
	nr = gcv_inline_body_blank(copy, len);
	assert_memory_equal(copy, wanted, len);
	assert_int_equal(nr != 0, strcmp(text, wanted) != 0);
	if (nr)
		assert_true(gcv_inline_body_any(text, len));
	free(copy);
}

static void expect_same(const char *text)
{
	expect(text, text);
}

static void test_emptied(void **state)
{
	(void)state;
	expect("static inline int f(int a)\n{\n\treturn a;\n}\n",
	       "static inline int f(int a)\n{\n          \n}\n");
	expect("int x;\nstatic __always_inline void\nf(int a,\n  int b)\n{\n\tif (a) {\n\t}\n}",
	       "int x;\nstatic __always_inline void\nf(int a,\n  int b)\n{\n         \n  \n}");
	/* Two in a row. */
	expect("static inline int f(void)\n{\n\ta\n}\nstatic inline int g(void)\n{\n\tb\n}\n",
	       "static inline int f(void)\n{\n  \n}\nstatic inline int g(void)\n{\n  \n}\n");
	/* No directive. */
	expect("static inline int f(void)\n{\n\ta #b\n}\n",
	       "static inline int f(void)\n{\n     \n}\n");
}

static void test_public(void **state)
{
	(void)state;
	assert_true(gcv_inline_body_is_public("include/linux/mm.h"));
	assert_true(gcv_inline_body_is_public("arch/x86/include/asm/page.h"));
	assert_false(gcv_inline_body_is_public("arch/x86/kvm/mmu.h"));
	assert_false(gcv_inline_body_is_public("drivers/gpu/drm/i915/i915_scatterlist.h"));
	assert_false(gcv_inline_body_is_public("drivers/net/include/own.h"));
	assert_false(gcv_inline_body_is_public("includes.h"));
}

static void test_left(void **state)
{
	(void)state;
	expect_same("");
	expect_same(")\n{\n");
	expect_same(")\n{\n\ta;\n}");
	/* Not inline, not static, not a function. */
	expect_same("static int f(int a)\n{\n\treturn a;\n}\n");
	expect_same("extern inline int f(int a)\n{\n\treturn a;\n}\n");
	expect_same("struct s __attribute__((packed))\n{\n\tint a;\n}\n");
	expect_same(
		"static inline int f(void);\nstruct s __attribute__((packed))\n{\n\tint a;\n}\n");
	expect_same("static inline int f(void) { }\nstruct s __packed(1)\n{\n\tint a;\n}\n");
	expect_same("static inline int f(void)\n\nstruct s __packed(1)\n{\n\tint a;\n}\n");
	/* Preprocessor directives in the body, and before the function. */
	expect_same("static inline int f(void)\n{\n#ifdef A\n\ta;\n#endif\n}\n");
	expect_same("static inline int f(void)\n{\n\ta;\n\t # define B\n}\n");
	expect_same("static inline\n#define X(a) (a)\n{\n\ta;\n}\n");
	/* Braces that do not match, and no end. */
	expect_same("static inline int f(void)\n{\n\tif (a) {\n}\n\ta;\n}\n");
	expect_same("static inline int f(void)\n{\n\t}\n}\n");
	expect_same("static inline int f(void)\n{\n\ta;\n\t}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_emptied),
		cmocka_unit_test(test_public),
		cmocka_unit_test(test_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
