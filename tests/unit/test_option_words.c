// SPDX-License-Identifier: GPL-2.0-only
/* links: check */
/* sources: cmd/list_options.c cmd/check_options.c */
/* Options that take the words of the library take all of them. */
#include "base/strbuf.h"
#include "check/words.h"
#include "classify/words.h"
#include "cmd/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Hold that an option takes the @nr words that @name_of() gives, in this order. */
static void assert_words(const struct gcv_option *o, const char *option,
			 const char *(*name_of)(int), int nr)
{
	GCV_STRBUF_AUTO struct gcv_strbuf words = { 0 };
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

static const char *check(int i)
{
	return gcv_check_name((enum gcv_check_id)i);
}

static const char *confidence(int i)
{
	return gcv_confidence_name((enum gcv_confidence)i);
}

static const char *severity(int i)
{
	return gcv_severity_name((enum gcv_severity)i);
}

static void test_words(void **state)
{
	(void)state;
	assert_words(gcv_list_options, "pattern", pattern, GCV_PATTERNS);
	assert_words(gcv_list_options, "verdict", verdict, GCV_VERDICTS);
	assert_words(gcv_list_options, "reason", reason, GCV_REASONS);
	assert_words(gcv_check_options, "check", check, GCV_CHECKS);
	assert_words(gcv_check_options, "confidence", confidence, GCV_CONFIDENCES);
	assert_words(gcv_check_options, "severity", severity, GCV_SEVERITIES);
}

static void test_checks(void **state)
{
	enum gcv_check_id found;
	int i;

	(void)state;
	for (i = 0; i < GCV_CHECKS; i++) {
		assert_true(strlen(gcv_check_text(i)) > 10);
		assert_true(strlen(gcv_check_help(i)) > 10);
		assert_true(gcv_check_find(gcv_check_name(i), &found));
		assert_int_equal(found, i);
	}
	assert_false(gcv_check_find("double", &found));
	assert_true(gcv_check_is_of_result(GCV_CHECK_ERROR_OVERWRITTEN));
	assert_false(gcv_check_is_of_result(GCV_CHECK_STALE_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words),
					    cmocka_unit_test(test_checks) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
