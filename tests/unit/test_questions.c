// SPDX-License-Identifier: GPL-2.0-only
/* links: db */
/* helpers: tests/unit/store_sample.c tests/unit/small_body.c */
#include "db/handle.h"
#include "db/questions.h"
#include "db/results.h"
#include "tests/unit/store_sample.h"

#include <string.h>

static const struct gcv_flow_demand demands[] = {
	{ .name = "put_pages", .reason = "pages are released" },
	{ .name = "map_pages",
	  .reason = "a notifier comes to it",
	  .is_definition = true,
	  .folders = "mm\nnet\n",
	  .beside = "invalidate\n" },
};

static struct gcv_hash key_of(uint8_t number)
{
	struct gcv_hash key = { { 0 } };

	key.b[3] = number;
	return key;
}

static bool is_there(struct gcv_db *db, uint8_t number, struct gcv_db_question *ret)
{
	static struct gcv_db_question ignored;
	struct gcv_err err = { .text = "" };
	struct gcv_arena arena = { 0 };
	struct gcv_hash key = key_of(number);
	bool is_found = false;

	OK(gcv_db_question(db, &key, &arena, ret ? ret : &ignored, &is_found, &err));
	if (is_found && ret) {
		assert_int_equal(ret->nr, 2);
		assert_string_equal(ret->demands[0].name, "put_pages");
		assert_string_equal(ret->demands[0].reason, "pages are released");
		assert_false(ret->demands[0].is_definition);
		assert_null(ret->demands[0].folders);
		assert_null(ret->demands[0].beside);
		assert_string_equal(ret->demands[1].name, "map_pages");
		assert_true(ret->demands[1].is_definition);
		assert_string_equal(ret->demands[1].folders, "mm\nnet\n");
		assert_string_equal(ret->demands[1].beside, "invalidate\n");
	}
	gcv_arena_release(&arena);
	return is_found;
}

static void test_answers_come_back(void **state)
{
	const struct gcv_db_question questions[] = { { key_of(1), demands, NR(demands) },
						     { key_of(2), NULL, 0 } };
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_db_question answer = { .nr = 99 };
	struct gcv_err err = { .text = "" };

	(void)state;
	assert_false(is_there(db, 1, &answer));
	assert_int_equal(answer.nr, 99);
	OK(gcv_db_questions_put(db, questions, 2, &err));
	assert_true(is_there(db, 1, &answer));
	assert_true(is_there(db, 2, NULL));
	/* Once more is not twice. */
	OK(gcv_db_questions_put(db, questions, 2, &err));
	assert_true(is_there(db, 1, &answer));
	assert_int_equal(count(db, "SELECT count(*) FROM question_name"), 2);
	gcv_db_close(db);
}

static void test_oldest_go(void **state)
{
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_err err = { .text = "" };
	uint8_t i;

	(void)state;
	for (i = 0; i <= GCV_DB_QUESTIONS; i++) {
		const struct gcv_db_question question = { key_of(i), demands, NR(demands) };
		const struct gcv_db_question first = { key_of(0), demands, NR(demands) };

		OK(gcv_db_questions_put(db, &question, 1, &err));
		/* One that is asked again and again stays. */
		OK(gcv_db_questions_put(db, &first, 1, &err));
	}
	assert_true(is_there(db, 0, NULL));
	assert_false(is_there(db, 1, NULL));
	assert_true(is_there(db, 2, NULL));
	assert_true(is_there(db, GCV_DB_QUESTIONS, NULL));
	assert_int_equal(count(db, "SELECT count(*) FROM question"), GCV_DB_QUESTIONS);
	assert_int_equal(count(db, "SELECT count(*) FROM question_name"), 2 * GCV_DB_QUESTIONS);
	gcv_db_close(db);
}

static void test_facts_lead_to_results(void **state)
{
	const struct gcv_hash facts = key_of(7), key = key_of(8);
	const struct gcv_result_set set = { .conversion = "pin-user-page", .key = key.b };
	const struct gcv_result_set other = { .conversion = "pin-user-page" };
	struct gcv_db *db = open_db(GCV_DB_WRITE);
	struct gcv_hash found = { { 0 } };
	struct gcv_err err = { .text = "" };
	int64_t unit = put_sample(db, "drivers/a.c");
	bool is_found = true;

	(void)state;
	put_snapshot(db, "one", &unit, 1);
	OK(gcv_db_results_put(db, "one", &set, &err));
	OK(gcv_db_result_facts(db, &facts, &found, &is_found, &err));
	assert_false(is_found);
	OK(gcv_db_result_facts_put(db, &facts, &key, &err));
	OK(gcv_db_result_facts(db, &facts, &found, &is_found, &err));
	assert_true(is_found);
	assert_memory_equal(found.b, key.b, sizeof(key.b));
	/* Gone with the results, when others are noted. */
	OK(gcv_db_results_put(db, "one", &other, &err));
	OK(gcv_db_result_facts_put(db, &key, &facts, &err));
	OK(gcv_db_result_facts(db, &facts, &found, &is_found, &err));
	assert_false(is_found);
	gcv_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(test_answers_come_back),
		STORE_TEST(test_oldest_go),
		STORE_TEST(test_facts_lead_to_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
