// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
/* What a patch says of itself. */
#include "edit/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct gcv_api api;
	struct gcv_message message;
	struct gcv_strbuf body;
};

static int setup(void **state)
{
	struct fixture *f = gcv_zalloc(1, sizeof(*f));
	struct gcv_err err;

	assert_int_equal(gcv_api_load(&f->api, &err), GCV_OK);
	f->message.conversion = gcv_api_find_conversion(&f->api, "put-user-page");
	assert_non_null(f->message.conversion);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	gcv_message_release(&f->message);
	gcv_strbuf_release(&f->body);
	gcv_api_release(&f->api);
	free(f);
	return 0;
}

static void add(struct fixture *f, bool is_acquire, const char *function, const char *from)
{
	struct gcv_message_site site = { .is_acquire = is_acquire,
					 .function = function,
					 .from = from };

	gcv_message_add(&f->message, &site);
}

static void test_taker(void **state)
{
	struct fixture *f = *state;

	add(f, true, "take", "get_user_pages_fast");
	add(f, false, "drop", "put_page");
	gcv_message_body(&f->message, &f->body);
	assert_ptr_equal(strstr(f->body.buf, "References to pages of user memory that take() took "
					     "by\nget_user_pages_fast() are given back by"),
			 f->body.buf);
}

/* The acquire is converted by another patch. */
static void test_no_taker(void **state)
{
	struct fixture *f = *state;

	add(f, false, "drop", "put_page");
	gcv_message_body(&f->message, &f->body);
	assert_ptr_equal(strstr(f->body.buf,
				"References to pages of user memory are given back by"),
			 f->body.buf);
	assert_null(strstr(f->body.buf, "took"));
}

/* Whatever stands before it, a commit is named as checkpatch knows it. */
static void test_commit(void **state)
{
	static const char names[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(names) - 1; i++) {
		f->message.nr_sites = 0;
		add(f, false, names + i, "put_page");
		gcv_strbuf_clear(&f->body);
		gcv_message_body(&f->message, &f->body);
		assert_non_null(strstr(f->body.buf, "commit fc1d8e7cca2d (\"mm: introduce"));
		assert_null(strchr(f->body.buf, '\1'));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_taker, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_taker, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commit, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
