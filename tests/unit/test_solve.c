// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/solve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static struct gcv_arena arena;

static int tear_down(void **state)
{
	(void)state;
	gcv_arena_release(&arena);
	return 0;
}

/* CONFIG_Y=y CONFIG_M=m BITS=64, all else undefined, as in a whole configuration. */
static struct gcv_value lookup(void *ctx, const char *name)
{
	(void)ctx;
	if (!strcmp(name, "CONFIG_Y") || !strcmp(name, "CONFIG_Z") ||
	    !strcmp(name, "CONFIG_M_MODULE"))
		return (struct gcv_value){ .state = GCV_VALUE_NUMBER, .number = 1 };
	if (!strcmp(name, "BITS"))
		return (struct gcv_value){ .state = GCV_VALUE_NUMBER, .number = 64 };
	if (!strcmp(name, "LINUX_VERSION_CODE"))
		return (struct gcv_value){ .state = GCV_VALUE_NUMBER,
					   .number = 0x050301,
					   .is_fixed = true };
	if (!strncmp(name, "UNKNOWN", 7))
		return (struct gcv_value){ .state = GCV_VALUE_UNKNOWN };
	return (struct gcv_value){ .state = GCV_VALUE_UNDEFINED };
}

static const struct gcv_valuation base = { lookup, NULL };

/* Solve for the branch that holds the "@" of the text. */
static enum gcv_status solve(const char *text, uint32_t max, struct gcv_assignment **ret,
			     uint32_t *ret_nr, struct gcv_err *err)
{
	uint32_t at = (uint32_t)(strchr(text, '@') - text), i;
	struct gcv_lexed lexed;
	int32_t branch = -1;

	gcv_lex(NULL, GCV_LEX_C, text, strlen(text), &arena, &lexed);
	for (i = 0; i < lexed.nr_branches; i++)
		if (lexed.branches[i].end <= at && at < lexed.branches[i].body_end)
			branch = (int32_t)i;
	return gcv_condition_solve(&lexed, branch, &base, max, &arena, ret, ret_nr, err);
}

static void check(const char *text, uint32_t nr_changed, const char *want)
{
	GCV_STRBUF_AUTO struct gcv_strbuf got = { 0 };
	struct gcv_assignment *found;
	struct gcv_err err;
	uint32_t nr, i;

	if (solve(text, 4, &found, &nr, &err) != GCV_OK)
		fail_msg("%s", err.text);
	for (i = 0; i < nr; i++) {
		if (i)
			gcv_strbuf_addstr(&got, " | ");
		gcv_assignment_text(&found[i], &got);
	}
	assert_string_equal(got.buf ? got.buf : "", want);
	assert_int_equal(found[0].nr_changed, nr_changed);
}

static void test_simple(void **state)
{
	(void)state;
	check("@", 0, "");
	check("#ifdef CONFIG_X\n@\n#endif\n", 1, "CONFIG_X=y");
	check("#ifdef CONFIG_Y\n@\n#endif\n", 0, "CONFIG_Y=y");
	check("#ifndef CONFIG_Y\n@\n#endif\n", 1, "CONFIG_Y=n");
	check("#ifdef CONFIG_Y\n#else\n@\n#endif\n", 1, "CONFIG_Y=n");
	check("#ifdef __ARM__\n@\n#endif\n", 1, "__ARM__=1");
	check("#ifndef UNKNOWN\n@\n#endif\n", 1, "UNKNOWN=undefined");
}

static void check_never(const char *text)
{
	struct gcv_assignment *found;
	struct gcv_err err;
	uint32_t nr;

	assert_int_equal(solve(text, 4, &found, &nr, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "cannot be"));
}

/* What the tree's own version decides is so in every configuration. */
static void test_fixed(void **state)
{
	(void)state;
	check("#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 3, 0)\n@\n#endif\n", 0,
	      "LINUX_VERSION_CODE=328449");
	check("#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 3, 2) && defined(CONFIG_A)\n@\n#endif\n",
	      1, "LINUX_VERSION_CODE=328449 CONFIG_A=y");
	check("#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 3, 0) || defined(CONFIG_A)\n@\n#endif\n",
	      1, "CONFIG_A=y");
	check("#ifdef LINUX_VERSION_CODE\n#else\n@\n#endif\n", 1, "LINUX_VERSION_CODE=undefined");
	check_never("#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 3, 0)\n@\n#endif\n");
	check_never("#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 3, 0)\n#else\n@\n#endif\n");
	check_never("#if KERNEL_VERSION(5, 4, 0) <= LINUX_VERSION_CODE && CONFIG_A\n@\n#endif\n");
}

static void test_chains(void **state)
{
	(void)state;
	check("#ifndef CONFIG_Y\n#if defined(CONFIG_A)\n#elif CONFIG_B\n@\n#endif\n#endif\n", 2,
	      "CONFIG_Y=n CONFIG_A=n CONFIG_B=y");
	check("#if !defined(CONFIG_Y)\n#else\n# ifdef CONFIG_Z\n# else\n@\n# endif\n#endif\n", 1,
	      "CONFIG_Y=y CONFIG_Z=n");
}

static void test_fewest_changes(void **state)
{
	(void)state;
	check("#if defined(CONFIG_A) || defined(CONFIG_Y)\n@\n#endif\n", 0,
	      "CONFIG_Y=y | CONFIG_A=y");
	check("#if defined(CONFIG_A) && defined(CONFIG_B) || defined(CONFIG_C)\n@\n#endif\n", 1,
	      "CONFIG_C=y | CONFIG_A=y CONFIG_B=y");
	check("#if defined(CONFIG_Y) && defined(CONFIG_Z)\n#else\n@\n#endif\n", 1,
	      "CONFIG_Y=n | CONFIG_Z=n");
}

static void test_modules(void **state)
{
	(void)state;
	check("#if IS_ENABLED(CONFIG_M)\n@\n#endif\n", 0, "CONFIG_M=m | CONFIG_M=y");
	check("#if IS_BUILTIN(CONFIG_M)\n@\n#endif\n", 2, "CONFIG_M=y");
	check("#if IS_MODULE(CONFIG_Y)\n@\n#endif\n", 2, "CONFIG_Y=m");
	check("#if IS_ENABLED(CONFIG_M)\n#else\n@\n#endif\n", 1, "CONFIG_M=n");
	check("#if IS_REACHABLE(CONFIG_M)\n@\n#endif\n", 1, "CONFIG_M=m MODULE=1 | CONFIG_M=y");
}

static void test_numbers(void **state)
{
	(void)state;
	check("#if BITS == 32\n@\n#endif\n", 1, "BITS=32");
	check("#if BITS >= 32\n@\n#endif\n", 0, "BITS=64");
	check("#if LEVELS > 3\n@\n#endif\n", 1, "LEVELS=4");
	check("#if !LEVELS\n@\n#endif\n", 0, "LEVELS=undefined | LEVELS=0");
	check("#if defined(LEVELS) && !LEVELS\n@\n#endif\n", 1, "LEVELS=0");
	check("#if (LEVELS & 4) && 1\n@\n#endif\n", 1, "LEVELS=4");
	check("#if W == 1\n#elif W == 32\n#elif W == 64\n@\n#endif\n", 1, "W=64");
	check("#if LEVELS > 2\n#if LEVELS > 3\n@\n#endif\n#endif\n", 1, "LEVELS=4");
	check("#if defined(GNUC) && GNUC >= 11\n@\n#endif\n", 1, "GNUC=11");
	check("#if CONFIG_A ? CONFIG_B : CONFIG_C\n@\n#endif\n", 1,
	      "CONFIG_A=n CONFIG_C=y | CONFIG_A=y CONFIG_B=y");
}

static void test_assumed(void **state)
{
	struct gcv_assignment *found;
	struct gcv_err err;
	uint32_t nr;

	(void)state;
	assert_int_equal(solve("#if __has_attribute(x) && defined(CONFIG_X)\n@\n#endif\n", 1,
			       &found, &nr, &err),
			 GCV_OK);
	assert_int_equal(nr, 1);
	assert_int_equal(found[0].nr, 2);
	assert_string_equal(found[0].settings[0].name, "__has_attribute(x)");
	assert_true(found[0].settings[0].assumed);
	assert_false(found[0].settings[1].assumed);
}

static void check_impossible(const char *text, const char *want)
{
	struct gcv_assignment *found = NULL;
	struct gcv_err err;
	uint32_t nr;

	assert_int_equal(solve(text, 4, &found, &nr, &err), GCV_ERR_NOT_FOUND);
	assert_string_equal(err.text, want);
	assert_null(found);
}

static void test_impossible(void **state)
{
	(void)state;
	check_impossible("#ifdef A\n#if 0\n@\n#endif\n#endif\n", "line 2: '#if 0' cannot be true");
	check_impossible("#if 1\n#else\n@\n#endif\n", "line 1: '#if 1' cannot be false");
	check_impossible(
		"#ifdef A\n#ifndef A\n@\n#endif\n#endif\n",
		"line 2: '#ifndef A' cannot be true together with the conditions before it");
	check_impossible("#if defined(A) && !defined(A)\n@\n#endif\n",
			 "line 1: '#if defined(A) && !defined(A)' cannot be true");
	check_impossible("#if IS_BUILTIN(CONFIG_X) && IS_MODULE(CONFIG_X)\n@\n#endif\n",
			 "line 1: '#if IS_BUILTIN(CONFIG_X) && IS_MODULE(CONFIG_X)' cannot be "
			 "true");
	check_impossible("#if 1 / 0\n@\n#endif\n", "line 1: '#if 1 / 0' cannot be true");
	check_impossible("#if A * A == 1369\n@\n#endif\n",
			 "line 1: no values found that make '#if A * A == 1369' true");
}

/* Every alternative has to make the branch true, for all kinds of expressions. */
static void test_soundness(void **state)
{
	static const char *const texts[] = {
		"#if (A || B) && (C || !D) && (E > 3 || F)\n@\n#endif\n",
		"#if A\n#elif B && !C\n#elif D || E\n@\n#endif\n",
		"#if !(A && (B || C) && !(D && E))\n@\n#endif\n",
		"#if A == 3 || (B << 2) > 8 || ~C & 1\n@\n#endif\n",
		"#if IS_ENABLED(CONFIG_A) != IS_ENABLED(CONFIG_M)\n@\n#endif\n",
	};
	struct gcv_assignment *found;
	struct gcv_lexed lexed;
	struct gcv_chain chain;
	struct gcv_err err;
	uint32_t nr, k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		gcv_lex(NULL, GCV_LEX_C, texts[i], strlen(texts[i]), &arena, &lexed);
		assert_int_equal(gcv_chain_of(&lexed, (int32_t)lexed.nr_branches - 1, &arena,
					      &chain, &err),
				 GCV_OK);
		assert_int_equal(solve(texts[i], 16, &found, &nr, &err), GCV_OK);
		for (k = 0; k < nr; k++) {
			struct gcv_assigned assigned = { &found[k], NULL };
			struct gcv_valuation valuation = { gcv_assigned_lookup, &assigned };

			assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_TRUE);
			assert_true(!k || found[k].nr_changed >= found[k - 1].nr_changed);
		}
	}
}

/* (A0 || B0) && … with each pair excluded later: as bad as it gets for a search. */
static void test_entangled(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_assignment *found;
	clock_t start = clock();
	enum gcv_status status;
	struct gcv_err err;
	uint32_t nr;
	int i;

	(void)state;
	gcv_strbuf_addstr(&text, "#if 1");
	for (i = 0; i < 150; i++)
		gcv_strbuf_addf(&text, " && (A%d || B%d)", i, i);
	gcv_strbuf_addstr(&text, " && 0 * Z\n@\n#endif\n");
	status = solve(text.buf, 4, &found, &nr, &err);
	assert_true(status == GCV_ERR_LIMIT || status == GCV_ERR_NOT_FOUND);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_simple),	  cmocka_unit_test(test_fixed),
		cmocka_unit_test(test_chains),	  cmocka_unit_test(test_fewest_changes),
		cmocka_unit_test(test_modules),	  cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_assumed),	  cmocka_unit_test(test_impossible),
		cmocka_unit_test(test_soundness), cmocka_unit_test(test_entangled),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
