// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/beneath.h"
#include "tree/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char scratch[] = "/tmp/gupconv-tree-XXXXXX";

static void put(const char *rel, const char *text)
{
	char path[512], *slash;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", scratch, rel);
	for (slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void in_scratch(char ret[512], const char *rel)
{
	snprintf(ret, 512, "%s/%s", scratch, rel);
}

static void make_link(const char *to, const char *rel)
{
	char path[512];

	in_scratch(path, rel);
	assert_int_equal(symlink(to, path), 0);
}

static int set_up(void **state)
{
	char path[512];

	(void)state;
	if (!mkdtemp(scratch))
		return -1;
	put("k/Makefile", "# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL := 117\n"
			  "EXTRAVERSION = -rc3 \nNAME = x\n");
	put("k/include/linux/mm.h", "struct page;\n");
	put("k/mm/gup.c", "int x;\n");
	put("outside", "secret\n");
	make_link("../outside", "k/out.c");
	make_link("mm", "k/mmlink");
	in_scratch(path, "k/fifo.c");
	return mkfifo(path, 0666);
}

static int tear_down(void **state)
{
	char command[600];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	return system(command);
}

static void open_k(struct gcv_tree *tree)
{
	char path[512];
	struct gcv_err err;

	in_scratch(path, "k");
	assert_int_equal(gcv_tree_open(path, false, tree, &err), GCV_OK);
}

static void test_release_name(void **state)
{
	struct gcv_tree tree;

	(void)state;
	open_k(&tree);
	assert_string_equal(tree.release, "6.12.117-rc3");
	assert_int_equal(tree.version, 6);
	assert_int_equal(tree.patchlevel, 12);
	assert_int_equal(tree.sublevel, 117);
	assert_int_equal(tree.root[0], '/');
	gcv_tree_release(&tree);
	gcv_tree_release(&tree);
}

static void test_parents(void **state)
{
	struct gcv_tree tree, k;
	struct gcv_err err;
	char path[512];

	(void)state;
	open_k(&k);
	in_scratch(path, "k/mm");
	assert_int_equal(gcv_tree_open(path, false, &tree, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "is not a kernel tree (no include/linux/mm.h)"));
	assert_int_equal(gcv_tree_open(path, true, &tree, &err), GCV_OK);
	assert_string_equal(tree.root, k.root);
	gcv_tree_release(&tree);
	gcv_tree_release(&k);
}

static void test_no_tree(void **state)
{
	struct gcv_tree tree;
	struct gcv_err err;
	char path[512];

	(void)state;
	assert_int_equal(gcv_tree_open("/nonexistent/x", true, &tree, &err), GCV_ERR_NOT_FOUND);
	put("n/include/linux/mm.h", "");
	in_scratch(path, "n");
	assert_int_equal(gcv_tree_open(path, false, &tree, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "no Makefile"));
	put("n/Makefile", "all:\n\ttrue\n");
	assert_int_equal(gcv_tree_open(path, false, &tree, &err), GCV_ERR_NOT_FOUND);
	put("n/Makefile", "VERSION = 6; rm\nPATCHLEVEL = 1\n");
	assert_int_equal(gcv_tree_open(path, false, &tree, &err), GCV_ERR_FORMAT);
	assert_non_null(strstr(err.text, "VERSION is not a number"));
	put("n/Makefile", "VERSION = 6\nPATCHLEVEL = 1\nEXTRAVERSION = a$(shell x)\n");
	assert_int_equal(gcv_tree_open(path, false, &tree, &err), GCV_OK);
	assert_string_equal(tree.release, "6.1.0a");
	gcv_tree_release(&tree);
}

static void test_read(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_tree tree;
	struct gcv_err err;

	(void)state;
	open_k(&tree);
	gcv_strbuf_addstr(&text, "+");
	assert_int_equal(gcv_tree_read(&tree, "mm/gup.c", &text, &err), GCV_OK);
	assert_string_equal(text.buf, "+int x;\n");
	assert_int_equal(gcv_tree_read(&tree, "include/../mm/./gup.c", &text, &err), GCV_OK);
	assert_string_equal(text.buf, "+int x;\nint x;\n");
	gcv_tree_release(&tree);
}

static void test_refused(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_tree tree;
	struct gcv_err err;

	(void)state;
	open_k(&tree);
	gcv_strbuf_addstr(&text, "kept");
	assert_int_equal(gcv_tree_read(&tree, "out.c", &text, &err), GCV_ERR_IO);
	assert_non_null(strstr(err.text, "out.c: symbolic links are not followed"));
	assert_int_equal(gcv_tree_read(&tree, "mmlink/gup.c", &text, &err), GCV_ERR_IO);
	assert_int_equal(gcv_tree_read(&tree, "../outside", &text, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_read(&tree, "mm/../../outside", &text, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_read(&tree, "/etc/passwd", &text, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_read(&tree, "mm/nothing.c", &text, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_read(&tree, "mm/gup.c/x", &text, &err), GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_read(&tree, "mm", &text, &err), GCV_ERR_IO);
	assert_int_equal(gcv_tree_read(&tree, "fifo.c", &text, &err), GCV_ERR_IO);
	assert_string_equal(text.buf, "kept");
	gcv_tree_release(&tree);
}

static void test_too_large(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_tree tree;
	struct gcv_err err;
	char path[512];

	(void)state;
	put("k/huge.c", "");
	in_scratch(path, "k/huge.c");
	assert_int_equal(truncate(path, (off_t)GCV_TREE_READ_MAX + 1), 0);
	open_k(&tree);
	assert_int_equal(gcv_tree_read(&tree, "huge.c", &text, &err), GCV_ERR_LIMIT);
	assert_non_null(strstr(err.text, "huge.c"));
	gcv_tree_release(&tree);
}

static void test_exists(void **state)
{
	struct gcv_tree tree;

	(void)state;
	open_k(&tree);
	assert_true(gcv_tree_exists(&tree, "mm/gup.c"));
	assert_true(gcv_tree_exists(&tree, "mm"));
	assert_true(gcv_tree_exists(&tree, "mm/"));
	assert_true(gcv_tree_exists(&tree, ""));
	assert_false(gcv_tree_exists(&tree, "mm/x.c"));
	assert_false(gcv_tree_exists(&tree, "out.c"));
	assert_false(gcv_tree_exists(&tree, "mmlink"));
	assert_false(gcv_tree_exists(&tree, "mmlink/gup.c"));
	assert_false(gcv_tree_exists(&tree, "../k/mm/gup.c"));
	assert_false(gcv_tree_exists(&tree, "fifo.c"));
	gcv_tree_release(&tree);
}

static void test_list(void **state)
{
	struct gcv_arena arena = { 0 };
	struct gcv_tree_entry *entries;
	struct gcv_tree tree;
	struct gcv_err err;
	size_t nr = 0;

	(void)state;
	put("l/Makefile", "VERSION=1\nPATCHLEVEL=2\n");
	put("l/include/linux/mm.h", "");
	put("l/.hidden", "");
	make_link("Makefile", "l/link");
	open_k(&tree);
	assert_int_equal(gcv_tree_list(&tree, "../l", &arena, &entries, &nr, &err),
			 GCV_ERR_NOT_FOUND);
	assert_int_equal(gcv_tree_list(&tree, "mmlink", &arena, &entries, &nr, &err), GCV_ERR_IO);
	assert_int_equal(nr, 0);
	assert_int_equal(gcv_tree_list(&tree, "", &arena, &entries, &nr, &err), GCV_OK);
	assert_true(nr >= 3);
	assert_string_equal(entries[0].name, "Makefile");
	assert_false(entries[0].is_folder);
	assert_string_equal(entries[nr - 1].name, "mm");
	assert_true(entries[nr - 1].is_folder);
	gcv_arena_release(&arena);
	gcv_tree_release(&tree);
}

/* Both ways of opening have to refuse the same paths for the same reasons. */
static void test_stepwise(void **state)
{
	static const struct {
		const char *rel;
		int error;
	} cases[] = {
		{ "mm/gup.c", 0 },	   { "./mm//gup.c", 0 },      { "mm/../mm/gup.c", 0 },
		{ "out.c", ELOOP },	   { "mmlink/gup.c", ELOOP }, { "../outside", EXDEV },
		{ "mm/../../x", EXDEV },   { "/etc/passwd", EXDEV },  { "none/x", ENOENT },
		{ "mm/gup.c/x", ENOTDIR },
	};
	struct gcv_tree tree;
	size_t i;

	(void)state;
	open_k(&tree);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int a = gcv_beneath_open(tree.fd, cases[i].rel, O_RDONLY);
		int a_errno = a < 0 ? errno : 0;
		int b = gcv_beneath_open_stepwise(tree.fd, cases[i].rel, O_RDONLY);
		int b_errno = b < 0 ? errno : 0;

		assert_int_equal(a_errno, cases[i].error);
		assert_int_equal(b_errno, cases[i].error);
		if (a >= 0)
			close(a);
		if (b >= 0)
			close(b);
	}
	gcv_tree_release(&tree);
}

static void test_long_path(void **state)
{
	char *path = calloc(1, 3 * 5000 + 1);
	struct gcv_tree tree;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++)
		memcpy(path + 3 * i, "ab/", 3);
	open_k(&tree);
	assert_int_equal(gcv_beneath_open(tree.fd, path, O_RDONLY), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	gcv_tree_release(&tree);
	free(path);
}

static void test_hash(void **state)
{
	struct gcv_hash empty = gcv_hash_bytes("", 0), a = gcv_hash_bytes("a", 1);
	char hex[GCV_HASH_HEX_BYTES];

	(void)state;
	/* The value that the xxHash project publishes for no input and seed 0. */
	assert_string_equal(gcv_hash_hex(&empty, hex), "99aa06d3014798d86001c324468d497f");
	assert_true(gcv_hash_equal(&a, &a));
	assert_false(gcv_hash_equal(&a, &empty));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_release_name), cmocka_unit_test(test_parents),
		cmocka_unit_test(test_no_tree),	     cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),	     cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_exists),	     cmocka_unit_test(test_list),
		cmocka_unit_test(test_stepwise),     cmocka_unit_test(test_long_path),
		cmocka_unit_test(test_hash),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
