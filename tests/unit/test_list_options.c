// SPDX-License-Identifier: GPL-2.0-only
/* links: classify */
/* sources: cmd/list_options.c */
#include "base/strbuf.h"
#include "classify/words.h"
#include "cmd/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Hold that an option takes the @nr words that @name_of() gives, in this order. */
static void assert_words(const char *option, const char *(*name_of)(int), int nr)
{
	GCV_STRBUF_AUTO struct gcv_strbuf words = { 0 };
	const struct gcv_option *o = gcv_list_options;
	int i;

	while (o->name && strcmp(o->name, option) != 0)
		o++;
	assert_non_null(o->name);
	assert_int_equal(o->complete, GCV_COMPLETE_WORDS);
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&words, "%s%s", i ? " " : "", name_of(i));
	assert_string_equal(o->words, words.buf);
}

static const char *pattern(int i)
{
	return gcv_pattern_name((enum gcv_pattern)i);
}

static const char *verdict(int i)
{
	return gcv_verdict_name((enum gcv_verdict)i);
}

static const char *reason(int i)
{
	return gcv_reason_name((enum gcv_reason)i);
}

static void test_words(void **state)
{
	(void)state;
	assert_words("pattern", pattern, GCV_PATTERNS);
	assert_words("verdict", verdict, GCV_VERDICTS);
	assert_words("reason", reason, GCV_REASONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
