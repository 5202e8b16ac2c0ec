// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool may_have(const struct gcv_words *words, const char *name)
{
	return gcv_words_may_have(words, gcv_words_hash(name, strlen(name)));
}

/* In memory of exactly its size, so that reading behind it is noticed. */
static const struct gcv_words *make(struct gcv_arena *arena, const char *text, size_t len)
{
	char *copy = malloc(len + !len);
	const struct gcv_words *words;

	assert_non_null(copy);
	memcpy(copy, text, len);
	words = gcv_words_new(copy, len, arena);
	free(copy);
	return words;
}

static void test_found(void **state)
{
	const char *text =
		"int put_page;\nget_user_pages_fast(a,B9)+\xc3\xa9_x+Z@zz[y`x{w|9z/:last";
	const char *const names[] = {
		"int", "put_page", "get_user_pages_fast", "a", "B9", "_x", "Z", "zz", "y", "x", "w",
		"9z",  "last"
	};
	struct gcv_arena arena = { 0 };
	const struct gcv_words *words = make(&arena, text, strlen(text));
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_true(may_have(words, names[i]));
	gcv_arena_release(&arena);
}

/* An identifier of every length, at every place of a block, in the middle and at the end. */
static void test_places(void **state)
{
	const char *name =
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu"
		"vwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz012345";
	struct gcv_arena arena = { 0 };
	char text[512];
	size_t at, len;

	(void)state;
	for (at = 0; at < 130; at++) {
		for (len = 1; len < 136; len += 1 + len / 12) {
			memset(text, ' ', sizeof(text));
			memcpy(text + at, name, len);
			assert_true(gcv_words_may_have(make(&arena, text, at + len),
						       gcv_words_hash(name, len)));
			assert_true(gcv_words_may_have(make(&arena, text, sizeof(text)),
						       gcv_words_hash(name, len)));
		}
		gcv_arena_release(&arena);
		arena = (struct gcv_arena){ 0 };
	}
}

/* Of many names that are not there, few may seem to be. */
static void test_absent(void **state)
{
	struct gcv_arena arena = { 0 };
	const struct gcv_words *words;
	unsigned int i, wrong = 0;
	char text[20000], name[32];
	size_t len = 0;

	(void)state;
	for (i = 0; len < sizeof(text) - 64; i++)
		len += (size_t)sprintf(text + len, "some_name_%u = /* and some more text */\n\t\t;",
				       i % 400);
	words = make(&arena, text, len);
	for (i = 0; i < 10000; i++) {
		sprintf(name, "other_name_%u", i);
		wrong += may_have(words, name);
	}
	assert_true(wrong < 100);
	words = make(&arena, "", 0);
	assert_false(may_have(words, "put_page"));
	gcv_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_absent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
