// SPDX-License-Identifier: GPL-2.0-only
#include "base/lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_sorted_and_once(void **state)
{
	struct gcv_lists_maker maker = { 0 };
	struct gcv_lists lists = { 0 };
	const uint32_t *list;
	uint32_t nr;

	(void)state;
	gcv_lists_add(&maker, 3, 9);
	gcv_lists_add(&maker, 1, 7);
	gcv_lists_add(&maker, 3, 2);
	gcv_lists_add(&maker, 3, 9);
	gcv_lists_finish(&maker, 5, &lists);
	assert_int_equal(maker.nr, 0);
	list = gcv_lists_of(&lists, 3, &nr);
	assert_int_equal(nr, 2);
	assert_int_equal(list[0], 2);
	assert_int_equal(list[1], 9);
	list = gcv_lists_of(&lists, 1, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(list[0], 7);
	gcv_lists_release(&lists);
}

static void test_nothing_there(void **state)
{
	struct gcv_lists_maker maker = { 0 };
	struct gcv_lists lists = { 0 };
	uint32_t nr = 1;

	(void)state;
	gcv_lists_of(&lists, 0, &nr);
	assert_int_equal(nr, 0);
	gcv_lists_add(&maker, 0, 4);
	gcv_lists_finish(&maker, 2, &lists);
	gcv_lists_of(&lists, 1, &nr);
	assert_int_equal(nr, 0);
	gcv_lists_of(&lists, UINT32_MAX, &nr);
	assert_int_equal(nr, 0);
	gcv_lists_release(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted_and_once),
		cmocka_unit_test(test_nothing_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
