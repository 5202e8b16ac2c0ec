// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/force.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct gcv_arena arena;
static struct gcv_err err;

static int tear_down(void **state)
{
	(void)state;
	gcv_arena_release(&arena);
	return 0;
}

static const struct gcv_setting settings[] = {
	{ .name = "ON", .value = { .state = GCV_VALUE_NUMBER, .number = 1 } },
	{ .name = "OFF", .value = { .state = GCV_VALUE_UNDEFINED } },
};
static const struct gcv_assignment assignment = { settings, 2, 0 };

/* The branch that holds the "@", or -1. */
static enum gcv_status force(const char *text, const struct gcv_assignment *values,
			     const struct gcv_valuation *base, struct gcv_strbuf *ret)
{
	const char *at = strchr(text, '@');
	struct gcv_lexed lexed;
	int32_t target = -1;
	uint32_t i;

	gcv_lex(NULL, GCV_LEX_C, text, strlen(text), &arena, &lexed);
	for (i = 0; at && i < lexed.nr_branches; i++)
		if (lexed.branches[i].end <= (uint32_t)(at - text) &&
		    (uint32_t)(at - text) < lexed.branches[i].body_end)
			target = (int32_t)i;
	return gcv_force_conditions(text, strlen(text), &lexed, values, target, base, ret, &err);
}

static void check(const char *text, const char *want)
{
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };

	assert_int_equal(strlen(text), strlen(want));
	assert_int_equal(force(text, &assignment, NULL, &got), GCV_OK);
	assert_string_equal(got.buf ? got.buf : "", want);
}

static void test_decided(void **state)
{
	(void)state;
	check("", "");
	check("#ifdef ON\na\n#else\nb\n#endif\n", "#if 1    \na\n#else\nb\n#endif\n");
	check("#ifndef ON\n#endif\n", "#if 0     \n#endif\n");
	check("#if OFF\n#elif ON\n#endif\n", "#if 0  \n#elif 1 \n#endif\n");
	check("#if ON && X\n#endif\n", "#if ON && X\n#endif\n");
	check("#if OFF && X\n#endif\n", "#if 0       \n#endif\n");
	check("#ifdef X\n#elifdef ON\n#elifndef ON\n#endif\n",
	      "#ifdef X\n#elif 1    \n#elif 0     \n#endif\n");
}

static void test_target(void **state)
{
	(void)state;
	check("#ifdef A\n#if B\n#elif C\n@\n#elif D\n#endif\n#endif\n",
	      "#if 1   \n#if 0\n#elif 1\n@\n#elif D\n#endif\n#endif\n");
	check("#if A\n#elif B\n#else\n@\n#endif\n", "#if 0\n#elif 0\n#else\n@\n#endif\n");
	check("#ifdef OFF\n@\n#endif\n", "#if 1     \n@\n#endif\n");
	check("#ifdef A\nx\n#endif\n@\n", "#ifdef A\nx\n#endif\n@\n");
}

static void test_layout(void **state)
{
	(void)state;
	check("  #  ifdef  ON\n#endif\n", "  #  if 1     \n#endif\n");
	check("#if(ON)\n#endif\n", "#if 1  \n#endif\n");
	check("#if!ON\n#endif\n", "#if 0 \n#endif\n");
	check("#if /* c */ ON // d\n#endif\n", "#if /* c */ 1      \n#endif\n");
	check("#ifdef ON /* c\n d */\nx\n#endif\n", "#if 1         \n     \nx\n#endif\n");
	check("#if ON || \\\n\tX\r\nx\n#endif\n", "#if 1      \n  \r\nx\n#endif\n");
	check("#if \\\n ON\nx\n#endif\n", "#if \\\n 1 \nx\n#endif\n");
	check("#if /*\n*/ ON\nx\n#endif\n", "#if /*\n*/ 1 \nx\n#endif\n");
	check("#/**/ifdef/**/ON\nx\n#endif\n", "#/**/if 1       \nx\n#endif\n");
}

static void test_no_room(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };

	(void)state;
	gcv_strbuf_addstr(&got, "kept");
	assert_int_equal(force("#if\n@\n#endif\n", NULL, NULL, &got), GCV_ERR_LIMIT);
	assert_non_null(strstr(err.text, "line 1"));
	assert_int_equal(force("#if(\\\nA)\n@\n#endif\n", NULL, NULL, &got), GCV_ERR_LIMIT);
	assert_int_equal(force("#if\\\ndef A\n@\n#endif\n", NULL, NULL, &got), GCV_ERR_LIMIT);
	/* Damaged: what is behind an #else cannot be reached. */
	assert_int_equal(force("#if A\n#else\n#elif B\n@\n#endif\n", NULL, NULL, &got),
			 GCV_ERR_LIMIT);
	assert_string_equal(got.buf, "kept");
	/* No room, but nobody needs it. */
	check("#if(\\\nON)\n#endif\n", "#if(\\\nON)\n#endif\n");
}

/* What the text defines itself is not what the assignment says. */
static void test_own_definitions(void **state)
{
	(void)state;
	check("#undef ON\n#ifdef ON\n#endif\n", "#undef ON\n#ifdef ON\n#endif\n");
	check(" # define OFF 1\n#ifdef OFF\n#endif\n", " # define OFF 1\n#ifdef OFF\n#endif\n");
	check("#define ON2\n#ifdef ON\n#endif\n", "#define ON2\n#if 1    \n#endif\n");
	check("#define", "#define");
	check("#undef ", "#undef ");
}

static struct gcv_value all_defined(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return (struct gcv_value){ .state = GCV_VALUE_NUMBER, .number = 1 };
}

static void test_base(void **state)
{
	static const struct gcv_valuation base = { all_defined, NULL };
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };

	(void)state;
	assert_int_equal(force("#if A && OFF\n#elif B\n#endif\n", &assignment, &base, &got),
			 GCV_OK);
	assert_string_equal(got.buf, "#if 0       \n#elif 1\n#endif\n");
}

/* A branch that is there twice, or that belongs to a longer text, is refused. */
static void test_foreign(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };
	static const char text[] = "#ifdef ABC\n#endif\n";
	struct gcv_lexed lexed;

	(void)state;
	gcv_lex(NULL, GCV_LEX_C, text, strlen(text), &arena, &lexed);
	assert_int_equal(gcv_force_conditions(text, 5, &lexed, NULL, 0, NULL, &got, &err),
			 GCV_ERR_USAGE);
	assert_int_equal(gcv_force_conditions(text, strlen(text), &lexed, NULL, 1, NULL, &got,
					      &err),
			 GCV_ERR_USAGE);
	assert_null(got.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decided),		cmocka_unit_test(test_target),
		cmocka_unit_test(test_layout),		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_own_definitions), cmocka_unit_test(test_base),
		cmocka_unit_test(test_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
