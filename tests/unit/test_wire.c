// SPDX-License-Identifier: GPL-2.0-only
/* links: parse */
#include "parse/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct gcv_wire reader(const void *data, size_t len)
{
	return (struct gcv_wire){ .pos = data, .end = (const char *)data + len };
}

static void test_numbers_come_back(void **state)
{
	static const uint64_t values[] = { 0,	       1,
					   127,	       128,
					   16383,      16384,
					   UINT32_MAX, (uint64_t)UINT32_MAX + 1,
					   INT64_MAX,  UINT64_MAX - 1,
					   UINT64_MAX };
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_wire in;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		gcv_wire_put_uint(&out, values[i]);
		gcv_wire_put_int(&out, (int64_t)values[i]);
		gcv_wire_put_int(&out, -(int64_t)(values[i] / 2));
	}
	gcv_wire_put_int(&out, INT64_MIN);
	in = reader(out.buf, out.len);
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		assert_true(gcv_wire_get_uint(&in) == values[i]);
		assert_true(gcv_wire_get_int(&in) == (int64_t)values[i]);
		assert_true(gcv_wire_get_int(&in) == -(int64_t)(values[i] / 2));
	}
	assert_true(gcv_wire_get_int(&in) == INT64_MIN);
	assert_false(in.failed);
	assert_ptr_equal(in.pos, in.end);
}

static void test_strings_come_back(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf out = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_wire in;
	const char *bytes;
	size_t len;

	(void)state;
	gcv_wire_put_str(&out, "put_page");
	gcv_wire_put_str(&out, "");
	gcv_wire_put_str(&out, NULL);
	gcv_wire_put_bytes(&out, "a\0b", 3);
	in = reader(out.buf, out.len);
	assert_string_equal(gcv_wire_get_str(&in, &arena), "put_page");
	assert_string_equal(gcv_wire_get_str(&in, &arena), "");
	assert_string_equal(gcv_wire_get_str(&in, &arena), "");
	bytes = gcv_wire_get_bytes(&in, &len);
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "a\0b", 3);
	assert_false(in.failed);
	gcv_arena_release(&arena);
}

static void test_damage_is_told(void **state)
{
	static const char endless[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	/* 2^64: one bit more than fits. */
	static const char too_large[] = "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02";
	struct gcv_arena arena = { 0 };
	struct gcv_wire in;
	size_t len;

	(void)state;
	in = reader(endless, sizeof(endless) - 1);
	assert_true(gcv_wire_get_uint(&in) == 0 && in.failed);
	in = reader(too_large, sizeof(too_large) - 1);
	assert_true(gcv_wire_get_uint(&in) == 0 && in.failed);
	in = reader("\x80", 1);
	assert_true(gcv_wire_get_uint(&in) == 0 && in.failed);
	in = reader("", 0);
	assert_true(gcv_wire_get_uint(&in) == 0 && in.failed);
	in = reader("\x80\x80\x80\x80\x10", 5);
	assert_true(gcv_wire_get_u32(&in) == 0 && in.failed);
	in = reader("\x05put", 4);
	assert_string_equal(gcv_wire_get_str(&in, &arena), "");
	assert_true(in.failed);
	in = reader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01x", 11);
	gcv_wire_get_bytes(&in, &len);
	assert_true(len == 0 && in.failed);
	gcv_arena_release(&arena);
}

static void test_failure_stays(void **state)
{
	struct gcv_arena arena = { 0 };
	struct gcv_wire in = reader("\x80", 1);

	(void)state;
	gcv_wire_get_uint(&in);
	assert_true(gcv_wire_get_uint(&in) == 0);
	assert_true(gcv_wire_get_int(&in) == 0);
	assert_string_equal(gcv_wire_get_str(&in, &arena), "");
	assert_true(in.failed);
	gcv_arena_release(&arena);
}

static void test_count_fits_into_what_is_left(void **state)
{
	struct gcv_wire in = reader("\x03"
				    "abcdef",
				    7);

	(void)state;
	assert_int_equal(gcv_wire_get_count(&in, 2), 3);
	in = reader("\x03"
		    "abcde",
		    6);
	assert_int_equal(gcv_wire_get_count(&in, 2), 0);
	assert_true(in.failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_come_back),
		cmocka_unit_test(test_strings_come_back),
		cmocka_unit_test(test_damage_is_told),
		cmocka_unit_test(test_failure_stays),
		cmocka_unit_test(test_count_fits_into_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
