// SPDX-License-Identifier: GPL-2.0-only
/* What libclang gets to see of the tree's headers (cmd/worker/headers.h). */
/* links: parse */
/* sources: cmd/worker/headers.c */
#include "cmd/worker/headers.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct gcv_setup setup;
static char root[64], path[128];

/* The worker's session stands behind libclang, which is not needed here. */
const struct gcv_setup *gcv_session_setup(const struct gcv_session *session)
{
	return session ? NULL : &setup;
}

static const char *in_root(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", root, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *file = fopen(in_root(name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static const char one[] = "static inline int f(void)\n{\n\treturn 1;\n}\n";
static const char blank[] = "static inline int f(void)\n{\n          \n}\n";

static int begin(void **state)
{
	snprintf(root, sizeof(root), "/tmp/gupconv-headers-XXXXXX");
	if (!mkdtemp(root) || mkdir(in_root("include"), 0755) != 0)
		return -1;
	setup = (struct gcv_setup){ .root = root };
	gcv_intern_add(&setup.candidates, "include/wanted.h", strlen("include/wanted.h"));
	put("include/a.h", one);
	put("include/wanted.h", one);
	put("include/a.c", one);
	*state = gcv_headers_new(NULL);
	return 0;
}

static int end(void **state)
{
	static const char *const names[] = { "include/a.h",    "include/wanted.h", "include/a.c",
					     "include/link.h", "include/out.h",	   "include/out.c",
					     "include/fifo.h", "include/fifo.c" };
	size_t i;

	gcv_headers_free(*state);
	gcv_intern_release(&setup.candidates);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_root(names[i]));
	rmdir(in_root("include"));
	return rmdir(root);
}

static void check_text(struct gcv_headers *headers, const char *name, const char *expected)
{
	uint32_t id = gcv_headers_find(headers, in_root(name));
	const char *text;
	size_t len;

	assert_int_not_equal(id, GCV_HEADERS_NONE);
	assert_int_equal(gcv_headers_text(headers, id, &text, &len), 0);
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(text, expected, len);
	assert_int_equal(gcv_headers_at(headers, id)->st.st_size, (off_t)len);
}

static void tells_text_without_bodies(void **state)
{
	check_text(*state, "include/a.h", blank);
	check_text(*state, "include/wanted.h", one);
}

static void tells_the_same_when_the_file_is_gone(void **state)
{
	check_text(*state, "include/a.h", blank);
	assert_int_equal(unlink(in_root("include/a.h")), 0);
	check_text(*state, "include/a.h", blank);
	put("include/a.h", one);
}

static void remembers_what_is_missing(void **state)
{
	const struct gcv_header_state *missing = gcv_headers_state(*state, in_root("include/no.h"));

	assert_int_equal(missing->error, ENOENT);
	assert_int_equal(gcv_headers_find(*state, in_root("include/no.h")), GCV_HEADERS_NONE);
	assert_int_equal(gcv_headers_state(*state, in_root("include/no/folder"))->error, ENOENT);
	assert_true(S_ISDIR(gcv_headers_state(*state, in_root("include"))->st.st_mode));
	assert_int_equal(gcv_headers_find(*state, in_root("include")), GCV_HEADERS_NONE);
}

/* Precompiled headers and source files come and go, and what lies elsewhere is no concern. */
static void keeps_only_headers_of_the_tree(void **state)
{
	assert_null(gcv_headers_state(*state, in_root("include/a.c")));
	assert_null(gcv_headers_state(*state, in_root("x86.pch")));
	assert_int_equal(gcv_headers_find(*state, in_root("include/a.c")), GCV_HEADERS_NONE);
	assert_null(gcv_headers_at(*state, 1000));
}

static void is_empty(struct gcv_headers *headers, const char *name)
{
	const struct gcv_header_state *got = gcv_headers_state(headers, name);
	uint32_t id = gcv_headers_find(headers, name);
	const char *text;
	size_t len = 1;

	assert_non_null(got);
	assert_true(got->is_outside);
	assert_int_equal(got->error, 0);
	assert_int_equal(got->st.st_size, 0);
	assert_int_not_equal(id, GCV_HEADERS_NONE);
	assert_int_equal(gcv_headers_text(headers, id, &text, &len), 0);
	assert_int_equal(len, 0);
}

/* By its name, by a detour or by a link: it can be named, and nothing stands in it. */
static void what_lies_outside_is_empty(void **state)
{
	assert_int_equal(symlink("/etc/passwd", in_root("include/out.h")), 0);
	assert_int_equal(symlink("/etc/passwd", in_root("include/out.c")), 0);
	is_empty(*state, "/etc/passwd");
	is_empty(*state, in_root("include/../../../etc/passwd"));
	is_empty(*state, in_root("include/out.h"));
	is_empty(*state, in_root("include/out.c"));
	assert_false(gcv_headers_state(*state, in_root("include/a.h"))->is_outside);
}

/* Whoever opened a fifo would wait for ever. */
static void what_is_no_file_is_not_there(void **state)
{
	assert_int_equal(mkfifo(in_root("include/fifo.h"), 0600), 0);
	assert_int_equal(mkfifo(in_root("include/fifo.c"), 0600), 0);
	assert_int_equal(gcv_headers_state(*state, in_root("include/fifo.h"))->error, ENOENT);
	assert_int_equal(gcv_headers_state(*state, in_root("include/fifo.c"))->error, ENOENT);
	assert_int_equal(gcv_headers_find(*state, in_root("include/fifo.h")), GCV_HEADERS_NONE);
	assert_int_equal(gcv_headers_state(*state, "/dev/zero")->error, ENOENT);
	put("include/huge.h", "");
	assert_int_equal(truncate(in_root("include/huge.h"), ((off_t)64 << 20) + 1), 0);
	assert_int_equal(gcv_headers_state(*state, in_root("include/huge.h"))->error, EFBIG);
	assert_int_equal(gcv_headers_find(*state, in_root("include/huge.h")), GCV_HEADERS_NONE);
	unlink(in_root("include/huge.h"));
}

static void follows_links_to_the_real_path(void **state)
{
	char real[128];
	uint32_t id;

	snprintf(real, sizeof(real), "%s/include/wanted.h", root);
	assert_int_equal(symlink("wanted.h", in_root("include/link.h")), 0);
	id = gcv_headers_find(*state, in_root("include/link.h"));
	assert_int_not_equal(id, GCV_HEADERS_NONE);
	assert_string_equal(gcv_headers_real_path(*state, id), real);
	/* Facts are wanted of the file behind the link. */
	check_text(*state, "include/link.h", one);
}

/* Each number stays what it is while the list grows. */
static void stands_many(void **state)
{
	char name[32];
	int i;

	check_text(*state, "include/a.h", blank);
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "include/no%d.h", i);
		assert_int_equal(gcv_headers_state(*state, in_root(name))->error, ENOENT);
	}
	check_text(*state, "include/a.h", blank);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tells_text_without_bodies, begin, end),
		cmocka_unit_test_setup_teardown(tells_the_same_when_the_file_is_gone, begin, end),
		cmocka_unit_test_setup_teardown(remembers_what_is_missing, begin, end),
		cmocka_unit_test_setup_teardown(keeps_only_headers_of_the_tree, begin, end),
		cmocka_unit_test_setup_teardown(follows_links_to_the_real_path, begin, end),
		cmocka_unit_test_setup_teardown(what_lies_outside_is_empty, begin, end),
		cmocka_unit_test_setup_teardown(what_is_no_file_is_not_there, begin, end),
		cmocka_unit_test_setup_teardown(stands_many, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
