// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/chain.h"
#include "tree/condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct gcv_arena arena;

static int tear_down(void **state)
{
	(void)state;
	gcv_arena_release(&arena);
	return 0;
}

/* ONE=1 FIVE=5 TEXT=… ZERO=0; U… undefined; CONFIG_Y=y CONFIG_M=m; the rest unknown. */
static struct gcv_value lookup(void *ctx, const char *name)
{
	static const struct {
		const char *name;
		struct gcv_value value;
	} known[] = {
		{ "ONE", { .state = GCV_VALUE_NUMBER, .number = 1 } },
		{ "FIVE", { .state = GCV_VALUE_NUMBER, .number = 5 } },
		{ "ZERO", { .state = GCV_VALUE_NUMBER } },
		{ "TEXT", { .state = GCV_VALUE_TEXT } },
		{ "U", { .state = GCV_VALUE_UNDEFINED } },
		{ "CONFIG_Y", { .state = GCV_VALUE_NUMBER, .number = 1 } },
		{ "CONFIG_Y_MODULE", { .state = GCV_VALUE_UNDEFINED } },
		{ "CONFIG_M", { .state = GCV_VALUE_UNDEFINED } },
		{ "CONFIG_M_MODULE", { .state = GCV_VALUE_NUMBER, .number = 1 } },
		{ "CONFIG_N", { .state = GCV_VALUE_UNDEFINED } },
		{ "CONFIG_N_MODULE", { .state = GCV_VALUE_UNDEFINED } },
		{ "MODULE", { .state = GCV_VALUE_UNDEFINED } },
		{ "f(a,(b))", { .state = GCV_VALUE_NUMBER, .number = 7 } },
	};
	size_t i;

	(void)ctx;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(known[i].name, name))
			return known[i].value;
	return (struct gcv_value){ .state = GCV_VALUE_UNKNOWN };
}

static const struct gcv_valuation valuation = { lookup, NULL };

static void check(const char *text, enum gcv_truth want)
{
	const struct gcv_condition *condition;
	struct gcv_err err;

	if (gcv_condition_parse(text, &arena, &condition, &err) != GCV_OK)
		fail_msg("'%s': %s", text, err.text);
	if (gcv_condition_eval(condition, &valuation) != want)
		fail_msg("'%s' is %d", text, gcv_condition_eval(condition, &valuation));
}

static void test_atoms(void **state)
{
	(void)state;
	check("1", GCV_TRUE);
	check("0", GCV_FALSE);
	check("defined ONE", GCV_TRUE);
	check("defined( U )", GCV_FALSE);
	check("defined(TEXT)", GCV_TRUE);
	check("!defined(X)", GCV_UNKNOWN);
	check("ONE", GCV_TRUE);
	check("U", GCV_FALSE);
	check("ZERO", GCV_FALSE);
	check("defined(ZERO)", GCV_TRUE);
	check("TEXT", GCV_UNKNOWN);
	check("f(a, (b)) == 7", GCV_TRUE);
	check("__has_include(<linux/x.h>)", GCV_UNKNOWN);
	check("KERNEL_VERSION(5, 3, 1) == 0x050301", GCV_TRUE);
}

static void test_kconfig(void **state)
{
	(void)state;
	check("IS_ENABLED(CONFIG_Y) && IS_ENABLED(CONFIG_M)", GCV_TRUE);
	check("IS_ENABLED(CONFIG_N)", GCV_FALSE);
	check("IS_BUILTIN(CONFIG_Y)", GCV_TRUE);
	check("IS_BUILTIN(CONFIG_M)", GCV_FALSE);
	check("IS_MODULE(CONFIG_M)", GCV_TRUE);
	check("IS_MODULE( CONFIG_Y )", GCV_FALSE);
	check("IS_REACHABLE(CONFIG_Y)", GCV_TRUE);
	check("IS_REACHABLE(CONFIG_M)", GCV_FALSE);
	check("IS_ENABLED(FIVE)", GCV_UNKNOWN);
	check("IS_BUILTIN(FIVE)", GCV_FALSE);
	check("IS_ENABLED(CONFIG_X)", GCV_UNKNOWN);
}

static void test_three_values(void **state)
{
	(void)state;
	check("X && 0", GCV_FALSE);
	check("X || 1", GCV_TRUE);
	check("X && 1", GCV_UNKNOWN);
	check("X || 0", GCV_UNKNOWN);
	check("1 ? ONE : X", GCV_TRUE);
	check("X ? 1 : 1", GCV_TRUE);
	check("X ? 1 : 0", GCV_UNKNOWN);
	check("X > 3", GCV_UNKNOWN);
	check("0 && 1 / 0", GCV_FALSE);
	check("1 / 0", GCV_UNKNOWN);
	check("1 % ZERO", GCV_UNKNOWN);
	check("1 << 64", GCV_UNKNOWN);
	check("0x7fffffffffffffff + 1", GCV_UNKNOWN);
	check("(-0x7fffffffffffffff - 1) / -1", GCV_UNKNOWN);
}

static void test_precedence(void **state)
{
	(void)state;
	check("1 || 0 && 0", GCV_TRUE);
	check("2 + 3 * 4 == 14", GCV_TRUE);
	check("1 << 2 + 1 == 8", GCV_TRUE);
	check("10 - 4 - 3 == 3", GCV_TRUE);
	check("!ZERO == 1", GCV_TRUE);
	check("-1 < 0 && ~0 == -1 && +1", GCV_TRUE);
	check("(1 | 6 ^ 2 & 3) == 5", GCV_TRUE);
	check("0 ? 0 : 0 ? 0 : 1", GCV_TRUE);
	check("010 == 8 && 0x1F == 31 && 0b11 == 3 && 1'000UL == 1000", GCV_TRUE);
	check("'a' == 97", GCV_TRUE);
	check("FIVE >= 5 && FIVE <= 5 && FIVE != 4 && FIVE > 4 && FIVE < 6", GCV_TRUE);
}

static void test_damaged(void **state)
{
	static const char *const texts[] = { "",	 "(",	")",	 "1 +",	       "defined",
					     "defined(", "1 2", "a b",	 "\"x\"",      "1 ? 2",
					     "08",	 "1.5", "&& 1",	 "defined(1)", "defined(A",
					     "f(",	 "'",	"'\\n'", "@",	       "0xg",
					     "\xff" };
	const struct gcv_condition *condition = NULL;
	struct gcv_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		err.text[0] = '\0';
		if (gcv_condition_parse(texts[i], &arena, &condition, &err) != GCV_ERR_FORMAT)
			fail_msg("'%s' is accepted", texts[i]);
		assert_int_not_equal(err.text[0], 0);
	}
	assert_null(condition);
}

static void test_limits(void **state)
{
	static const char *const units[] = { "(", "!", "1||", "1?", "~", "1+(", "0?1:" };
	const struct gcv_condition *condition = NULL;
	size_t i, k, n;
	struct gcv_err err;
	char *text;

	(void)state;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		n = strlen(units[i]);
		text = calloc(1, n * 10000 + 2);
		for (k = 0; k < 10000; k++)
			memcpy(text + k * n, units[i], n);
		text[10000 * n] = '1';
		assert_int_equal(gcv_condition_parse(text, &arena, &condition, &err),
				 GCV_ERR_LIMIT);
		free(text);
	}
	assert_null(condition);
}

static void test_chain(void **state)
{
	static const char text[] =
		"#if X\n#if FIVE == 5\na\n#elif ONE\nb\n#else\nc\n#endif\n#endif\n"
		"#ifndef U\nd\n#endif\n#ifdef ONE\n#elifndef U\ne\n#endif\n"
		"#if 1 +\nf\n#endif\n";
	struct gcv_lexed lexed;
	struct gcv_chain chain;
	struct gcv_err err;

	(void)state;
	gcv_lex(NULL, GCV_LEX_C, text, strlen(text), &arena, &lexed);
	assert_int_equal(lexed.nr_branches, 8);
	assert_int_equal(gcv_chain_of(&lexed, 1, &arena, &chain, &err), GCV_OK);
	assert_int_equal(chain.nr, 2);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_UNKNOWN);
	assert_int_equal(gcv_chain_of(&lexed, 3, &arena, &chain, &err), GCV_OK);
	assert_int_equal(chain.nr, 4);
	assert_int_equal(chain.links[0].branch, 0);
	assert_int_equal(chain.links[1].branch, 1);
	assert_false(chain.links[1].want);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_FALSE);
	assert_int_equal(gcv_chain_of(&lexed, 4, &arena, &chain, &err), GCV_OK);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_TRUE);
	assert_int_equal(gcv_chain_of(&lexed, 6, &arena, &chain, &err), GCV_OK);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_FALSE);
	assert_int_equal(gcv_chain_of(&lexed, 7, &arena, &chain, &err), GCV_OK);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_UNKNOWN);
	assert_int_equal(gcv_chain_of(&lexed, -1, &arena, &chain, &err), GCV_OK);
	assert_int_equal(gcv_chain_eval(&chain, &valuation), GCV_TRUE);
	assert_string_equal(gcv_branch_text(&lexed.branches[6], &arena), "#elifndef U");
	assert_string_equal(gcv_branch_text(&lexed.branches[3], &arena), "#else");
}

static void test_long_chain(void **state)
{
	size_t nr = 100000, i;
	char *text = calloc(1, nr * 6 + 1);
	struct gcv_lexed lexed;
	struct gcv_chain chain;
	struct gcv_err err;

	(void)state;
	for (i = 0; i < nr; i++)
		memcpy(text + i * 6, "#if A\n", 6);
	gcv_lex(NULL, GCV_LEX_C, text, nr * 6, &arena, &lexed);
	assert_int_equal(lexed.nr_branches, nr);
	assert_int_equal(gcv_chain_of(&lexed, (int32_t)nr - 1, &arena, &chain, &err),
			 GCV_ERR_LIMIT);
	assert_int_equal(gcv_chain_of(&lexed, 100, &arena, &chain, &err), GCV_OK);
	assert_int_equal(chain.nr, 101);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_atoms),	     cmocka_unit_test(test_kconfig),
		cmocka_unit_test(test_three_values), cmocka_unit_test(test_precedence),
		cmocka_unit_test(test_damaged),	     cmocka_unit_test(test_limits),
		cmocka_unit_test(test_chain),	     cmocka_unit_test(test_long_chain),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
