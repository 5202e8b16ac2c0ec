// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "edit/change.h"

static const char text[] = "one two three";

static struct gcv_file_edit begin_edit(void)
{
	return (struct gcv_file_edit){ .path = "a.c",
				       .old_text = text,
				       .old_len = sizeof(text) - 1 };
}

static void assert_result(const struct gcv_file_edit *edit, const char *expected)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };

	gcv_file_edit_apply(edit, &out);
	assert_int_equal(out.len, strlen(expected));
	assert_memory_equal(out.buf, expected, out.len);
}

static void applies_in_order(void **state)
{
	struct gcv_file_edit edit = begin_edit();
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_file_edit_add(&edit, 8, 13, "3", 0, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 0, 3, "first", 0, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 4, 4, "and ", 1, &err), GCV_OK);
	assert_result(&edit, "first and two 3");
	gcv_file_edit_drop(&edit, 0);
	assert_result(&edit, "one and two three");
	gcv_file_edit_release(&edit);
	assert_result(&edit, text);
}

static void refuses_overlaps(void **state)
{
	struct gcv_file_edit edit = begin_edit();
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_file_edit_add(&edit, 4, 7, "2", 0, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 4, 7, "2", 1, &err), GCV_OK);
	assert_int_equal(edit.nr_changes, 1);
	assert_int_equal(gcv_file_edit_add(&edit, 4, 7, "zwei", 1, &err), GCV_ERR_USAGE);
	assert_non_null(strstr(err.text, "a.c"));
	assert_int_equal(gcv_file_edit_add(&edit, 3, 5, "", 1, &err), GCV_ERR_USAGE);
	assert_int_equal(gcv_file_edit_add(&edit, 6, 8, "", 1, &err), GCV_ERR_USAGE);
	assert_int_equal(gcv_file_edit_add(&edit, 5, 6, "", 1, &err), GCV_ERR_USAGE);
	assert_int_equal(gcv_file_edit_add(&edit, 4, 4, "x", 1, &err), GCV_ERR_USAGE);
	assert_int_equal(gcv_file_edit_add(&edit, 3, 4, "_", 1, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 7, 8, "_", 1, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 12, 14, "", 1, &err), GCV_ERR_LIMIT);
	assert_int_equal(gcv_file_edit_add(&edit, 9, 8, "", 1, &err), GCV_ERR_LIMIT);
	assert_result(&edit, "one_2_three");
	gcv_file_edit_release(&edit);
}

static void maps_offsets(void **state)
{
	struct gcv_file_edit edit = begin_edit();
	struct gcv_err err;
	uint32_t at = 77;

	(void)state;
	assert_int_equal(gcv_file_edit_add(&edit, 4, 7, "second", 5, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&edit, 8, 13, "", 6, &err), GCV_OK);
	assert_true(gcv_file_edit_map(&edit, 3, &at));
	assert_int_equal(at, 3);
	assert_false(gcv_file_edit_map(&edit, 4, &at));
	assert_false(gcv_file_edit_map(&edit, 6, &at));
	assert_true(gcv_file_edit_map(&edit, 7, &at));
	assert_int_equal(at, 10);
	assert_true(gcv_file_edit_map(&edit, 13, &at));
	assert_int_equal(at, 11);
	assert_null(gcv_file_edit_at(&edit, 3));
	assert_int_equal(gcv_file_edit_at(&edit, 4)->group, 5);
	assert_int_equal(gcv_file_edit_at(&edit, 9)->group, 5);
	assert_null(gcv_file_edit_at(&edit, 10));
	gcv_file_edit_release(&edit);
}

static void adds_another_edit(void **state)
{
	struct gcv_file_edit edit = begin_edit(), other = begin_edit();
	struct gcv_err err;

	(void)state;
	assert_true(gcv_file_edit_is_same(&edit, &other));
	assert_int_equal(gcv_file_edit_add(&other, 0, 3, "1", 2, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&other, 8, 13, "3", 2, &err), GCV_OK);
	assert_false(gcv_file_edit_is_same(&edit, &other));
	assert_int_equal(gcv_file_edit_add_all(&edit, &other, &err), GCV_OK);
	assert_true(gcv_file_edit_is_same(&edit, &other));
	assert_int_equal(edit.changes[1].group, 2);
	assert_result(&edit, "1 two 3");
	gcv_file_edit_release(&other);
	assert_int_equal(gcv_file_edit_add(&other, 0, 3, "1", 3, &err), GCV_OK);
	assert_int_equal(gcv_file_edit_add(&other, 8, 13, "III", 3, &err), GCV_OK);
	assert_false(gcv_file_edit_is_same(&edit, &other));
	assert_int_equal(gcv_file_edit_add_all(&edit, &other, &err), GCV_ERR_USAGE);
	gcv_file_edit_release(&other);
	gcv_file_edit_release(&edit);
}

/* What two groups need stays until neither is left, whichever goes first. */
static void shares_a_change(void **state)
{
	struct gcv_err err;
	uint32_t first;

	(void)state;
	for (first = 0; first < 2; first++) {
		struct gcv_file_edit own = begin_edit(), edit = begin_edit();

		assert_int_equal(gcv_file_edit_add(&own, 0, 3, "1", 0, &err), GCV_OK);
		assert_int_equal(gcv_file_edit_add(&own, 4, 7, "2", 0, &err), GCV_OK);
		assert_int_equal(gcv_file_edit_add(&own, 4, 7, "2", 1, &err), GCV_OK);
		assert_int_equal(gcv_file_edit_add(&own, 4, 7, "2", 1, &err), GCV_OK);
		assert_int_equal(gcv_file_edit_add(&own, 8, 13, "3", 1, &err), GCV_OK);
		/* also by way of another edit */
		assert_int_equal(gcv_file_edit_add_all(&edit, &own, &err), GCV_OK);
		assert_int_equal(edit.nr_changes, 3);
		assert_true(gcv_change_is_of(&edit.changes[1], 0));
		assert_true(gcv_change_is_of(&edit.changes[1], 1));
		assert_false(gcv_change_is_of(&edit.changes[1], 2));
		assert_result(&edit, "1 2 3");
		gcv_file_edit_drop(&edit, first);
		assert_result(&edit, first ? "1 2 three" : "one 2 3");
		assert_int_equal(edit.changes[first ? 1 : 0].group, !first);
		gcv_file_edit_drop(&edit, first);
		assert_result(&edit, first ? "1 2 three" : "one 2 3");
		gcv_file_edit_drop(&edit, !first);
		assert_result(&edit, text);
		gcv_file_edit_release(&edit);
		gcv_file_edit_release(&own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applies_in_order),  cmocka_unit_test(shares_a_change),
		cmocka_unit_test(refuses_overlaps),  cmocka_unit_test(maps_offsets),
		cmocka_unit_test(adds_another_edit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
