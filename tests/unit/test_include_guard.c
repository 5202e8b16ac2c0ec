// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/include_guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In memory of exactly its size, so that reading behind it is noticed. */
static bool guarded(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len + !len);
	bool result;

	assert_non_null(copy);
	memcpy(copy, text, len);
	result = gcv_include_guard(copy, len);
	free(copy);
	return result;
}

static void test_guarded(void **state)
{
	(void)state;
	assert_true(guarded("#ifndef A\n#define A\nint a;\n#endif\n"));
	assert_true(guarded("/* #define B */ // C\n\n\t#  ifndef\tA\n"));
	assert_true(guarded("// x\r\n#pragma once\r\nint a;\n"));
	assert_true(guarded("#if !defined(A)\n"));
	assert_true(guarded("#include <linux/a.h>\n#ifndef A\n"));
	assert_true(guarded("#include <linux/a.h> /* x */\n#include \"b.h\""));
	assert_true(guarded("/* nothing */"));
	assert_true(guarded(""));
}

static void test_not_guarded(void **state)
{
	(void)state;
	assert_false(guarded("struct a { int b; };\n#ifndef A\n#endif\n"));
	assert_false(guarded("#define A\n#ifndef B\n"));
	assert_false(guarded("#ifdef A\n#ifndef B\n"));
	assert_false(guarded("#if defined(A)\n"));
	assert_false(guarded("#pragma pack(1)\n"));
	assert_false(guarded("#include <linux/a.h>\nint a;\n"));
}

/* Ends where something else should come. */
static void test_cut_off(void **state)
{
	static const char *const texts[] = { "#", "# ", "#if", "#if ", "#pragma", "/" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_false(guarded(texts[i]));
	assert_true(guarded("/*"));
	assert_true(guarded("/* *"));
	assert_true(guarded("//"));
	assert_true(guarded("#include"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guarded),
		cmocka_unit_test(test_not_guarded),
		cmocka_unit_test(test_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
