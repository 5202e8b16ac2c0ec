// SPDX-License-Identifier: GPL-2.0-only
/* links: report */
/* Rows are the bytes that the same cJSON value would be, whatever is in their texts. */
#include "report/json_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/** struct written - a document in memory */
struct written {
	struct gcv_json_stream s;
	char *text;
	size_t len;
};

static void begin(struct written *w, bool is_script)
{
	*w = (struct written){ .s = { .is_script = is_script } };
	w->s.out = open_memstream(&w->text, &w->len);
	assert_non_null(w->s.out);
	gcv_json_open(&w->s, NULL, '[');
}

static void end(struct written *w)
{
	struct gcv_err err = { .text = "" };

	gcv_json_close(&w->s);
	assert_int_equal(gcv_json_end(&w->s, &err), GCV_OK);
	fclose(w->s.out);
}

static void assert_same_text(const char *text, bool is_script)
{
	cJSON *list = cJSON_CreateArray();
	struct written row, value;

	begin(&row, is_script);
	gcv_json_row_open(&row.s, NULL, '[');
	gcv_json_row_text(&row.s, NULL, text);
	gcv_json_row_text_or_null(&row.s, NULL, text);
	gcv_json_row_close(&row.s);
	end(&row);
	begin(&value, is_script);
	cJSON_AddItemToArray(list, gcv_json_text(text));
	cJSON_AddItemToArray(list, gcv_json_text_or_null(text));
	gcv_json_put(&value.s, NULL, list);
	end(&value);
	assert_string_equal(row.text, value.text);
	free(row.text);
	free(value.text);
}

static void every_byte_is_written_as_cjson_writes_it(void **state)
{
	char text[4] = "a";
	unsigned int c;

	(void)state;
	for (c = 1; c < 256; c++) {
		text[1] = (char)c;
		text[2] = 'z';
		assert_same_text(text, false);
		assert_same_text(text, true);
		text[2] = '\0';
		assert_same_text(text, false);
	}
}

static void so_is_what_is_longer(void **state)
{
	static const char *const texts[] = {
		"",
		"\xc2\x80\xc2\x9f\xc2\xa0",
		"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa",
		"</script><!-- & \" \\ / \b\f\n\r\t\x01\x7f",
		"\xf0\x9f\x90\xa7 \xed\xa0\x80 \xc0\xaf \xf5\x80\x80\x80 \xe2\x80",
		"\xff\xfe",
	};
	size_t i;

	(void)state;
	for (i = 0; i < NR(texts); i++) {
		assert_same_text(texts[i], false);
		assert_same_text(texts[i], true);
	}
}

static void a_row_is_one_line(void **state)
{
	struct written w;

	(void)state;
	begin(&w, false);
	gcv_json_row_open(&w.s, NULL, '{');
	gcv_json_row_number(&w.s, "a", 0);
	gcv_json_row_number(&w.s, "b", INT64_MIN);
	gcv_json_row_number_or_null(&w.s, "c", 0);
	gcv_json_row_number_or_null(&w.s, "d", 4294967295);
	gcv_json_row_open(&w.s, "e", '[');
	gcv_json_row_close(&w.s);
	gcv_json_row_open(&w.s, "f", '[');
	gcv_json_row_bool(&w.s, NULL, true);
	gcv_json_row_bool(&w.s, NULL, false);
	gcv_json_row_null(&w.s, NULL);
	gcv_json_row_close(&w.s);
	gcv_json_row_close(&w.s);
	gcv_json_row_open(&w.s, NULL, '{');
	gcv_json_row_close(&w.s);
	end(&w);
	assert_string_equal(w.text, "[\n\t{\"a\":0,\"b\":-9223372036854775808,\"c\":null,"
				    "\"d\":4294967295,\"e\":[],\"f\":[true,false,null]},\n"
				    "\t{}\n]\n");
	free(w.text);
}

/* What does not match is found in the end. */
static void what_is_left_open_is_an_error(void **state)
{
	struct gcv_err err = { .text = "" };
	struct written w;

	(void)state;
	begin(&w, false);
	gcv_json_row_open(&w.s, NULL, '{');
	gcv_json_close(&w.s);
	assert_int_equal(gcv_json_end(&w.s, &err), GCV_ERR_IO);
	fclose(w.s.out);
	free(w.text);
	begin(&w, false);
	gcv_json_row_number(&w.s, NULL, 1);
	gcv_json_close(&w.s);
	assert_int_equal(gcv_json_end(&w.s, &err), GCV_ERR_IO);
	fclose(w.s.out);
	free(w.text);
	begin(&w, false);
	gcv_json_row_close(&w.s);
	gcv_json_close(&w.s);
	assert_int_equal(gcv_json_end(&w.s, &err), GCV_ERR_IO);
	fclose(w.s.out);
	free(w.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_written_as_cjson_writes_it),
		cmocka_unit_test(so_is_what_is_longer),
		cmocka_unit_test(a_row_is_one_line),
		cmocka_unit_test(what_is_left_open_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
