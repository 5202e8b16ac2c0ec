// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "base/alloc.h"
#include "tree/anchor.h"
#include "tree/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static const char *const api[] = { "put_page", "get_user_pages", "unpin_folio", "get_vaddr_frames",
				   "release_pages" };

static struct gcv_names *make(const char *const *list, uint32_t nr)
{
	struct gcv_names *names = NULL;
	struct gcv_err err;

	assert_int_equal(gcv_names_new(list, nr, &names, &err), GCV_OK);
	return names;
}

static void test_whole_words(void **state)
{
	static const char text[] = "put_page(xput_page, put_pages, put_page);get_user_pages";
	struct gcv_names *names = make(api, 5);
	size_t pos = 0, offset;
	uint32_t name;

	(void)state;
	assert_true(gcv_names_next(names, text, strlen(text), &pos, &name, &offset));
	assert_int_equal(name, 0);
	assert_int_equal(offset, 0);
	assert_true(gcv_names_next(names, text, strlen(text), &pos, &name, &offset));
	assert_int_equal(name, 0);
	assert_int_equal(offset, 31);
	assert_true(gcv_names_next(names, text, strlen(text), &pos, &name, &offset));
	assert_int_equal(name, 1);
	assert_int_equal(offset, 41);
	assert_false(gcv_names_next(names, text, strlen(text), &pos, &name, &offset));
	assert_false(gcv_names_next(names, text, strlen(text), &pos, &name, &offset));
	gcv_names_free(names);
}

/* Every place in and around the vector blocks, for every name, against a plain comparison. */
static void test_every_offset(void **state)
{
	struct gcv_names *names = make(api, 5);
	char text[400];
	uint32_t i, name;
	size_t at, pos, offset, len;

	(void)state;
	for (i = 0; i < 5; i++) {
		len = strlen(api[i]);
		for (at = 0; at + len <= sizeof(text); at++) {
			memset(text, ' ', sizeof(text));
			memcpy(text + at, api[i], len);
			pos = 0;
			assert_true(
				gcv_names_next(names, text, sizeof(text), &pos, &name, &offset));
			assert_int_equal(name, i);
			assert_int_equal(offset, at);
			assert_false(
				gcv_names_next(names, text, sizeof(text), &pos, &name, &offset));
		}
	}
	gcv_names_free(names);
}

static void test_tails(void **state)
{
	struct gcv_names *names = make(api, 5);
	size_t pos = 0, offset, len;
	uint32_t name;

	(void)state;
	assert_false(gcv_names_next(names, "", 0, &pos, &name, &offset));
	/* Of exact length on the heap, so that the sanitizer sees a read behind it. */
	for (len = 0; len < 200; len++) {
		char *text = malloc(len + 1);

		memset(text, 'p', len);
		pos = 0;
		assert_false(gcv_names_next(names, text, len, &pos, &name, &offset));
		free(text);
	}
	gcv_names_free(names);
}

static void test_any_names(void **state)
{
	static const char *const odd[] = {
		"a", "zz", "page", "_", "Q9", "very_long_name_of_a_macro"
	};
	static const char text[] = "aa zz Q9 _ page a x\0very_long_name_of_a_macro \xff\xc3 zz";
	static const uint32_t want[] = { 1, 4, 3, 2, 0, 5, 1 };
	struct gcv_names *names = make(odd, 6);
	size_t pos = 0, offset, last = 0;
	uint32_t name, i;

	(void)state;
	for (i = 0; i < 7; i++) {
		assert_true(gcv_names_next(names, text, sizeof(text) - 1, &pos, &name, &offset));
		assert_int_equal(name, want[i]);
		assert_true(!i || offset > last);
		last = offset;
	}
	assert_false(gcv_names_next(names, text, sizeof(text) - 1, &pos, &name, &offset));
	gcv_names_free(names);
}

static void test_duplicates(void **state)
{
	static const char *const twice[] = { "put_page", "x", "put_page", "y" };
	struct gcv_names *names = make(twice, 4);

	(void)state;
	assert_int_equal(gcv_names_id(names, "put_page", 8), 0);
	assert_int_equal(gcv_names_id(names, "y", 1), 3);
	assert_int_equal(gcv_names_id(names, "z", 1), GCV_NAMES_NONE);
	assert_string_equal(gcv_names_str(names, 2), "put_page");
	assert_string_equal(gcv_names_str(names, 3), "y");
	assert_int_equal(gcv_names_len(names, 2), 8);
	assert_int_equal(gcv_names_nr(names), 4);
	gcv_names_free(names);
	gcv_names_free(NULL);
}

static void test_empty_set(void **state)
{
	struct gcv_names *names = make(NULL, 0);
	size_t pos = 0, offset;
	uint32_t name;

	(void)state;
	assert_false(gcv_names_next(names, "put_page", 8, &pos, &name, &offset));
	gcv_names_free(names);
}

static void test_no_identifier(void **state)
{
	static const char *const bad[] = { "", "a-b", "1a", "put_page ", "\xc3\xa9" };
	struct gcv_names *names = NULL;
	struct gcv_err err;
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		assert_int_equal(gcv_names_new(&bad[i], 1, &names, &err), GCV_ERR_USAGE);
	assert_null(names);
}

static void test_few_anchors(void **state)
{
	struct gcv_anchor_set set;

	(void)state;
	gcv_anchor_choose(&set, api, 5);
	assert_in_range(set.nr, 1, 3);
	assert_memory_equal(set.anchors[0].text, "_page", 5);
	gcv_anchor_release(&set);
}

/* One identifier of many megabytes that is full of anchors: quadratic would take for ever. */
static void test_linear(void **state)
{
	size_t len = 4 << 20, pos = 0, offset, i;
	char *text = malloc(len);
	struct gcv_names *names = make(api, 5);
	clock_t start = clock();
	uint32_t name;

	(void)state;
	for (i = 0; i + 5 <= len; i += 5)
		memcpy(text + i, "_page", 5);
	assert_false(gcv_names_next(names, text, i, &pos, &name, &offset));
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
	gcv_names_free(names);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_words),   cmocka_unit_test(test_every_offset),
		cmocka_unit_test(test_tails),	      cmocka_unit_test(test_any_names),
		cmocka_unit_test(test_duplicates),    cmocka_unit_test(test_empty_set),
		cmocka_unit_test(test_no_identifier), cmocka_unit_test(test_few_anchors),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
