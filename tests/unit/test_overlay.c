// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/overlay.h"
#include "tree/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char scratch[] = "/tmp/gupconv-overlay-XXXXXX";

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

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(scratch))
		return -1;
	put("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n");
	put("include/linux/mm.h", "void put_page(struct page *);\n");
	put("mm/quiet.c", "int x;\n");
	put("mm/loud.c", "put_page(x);\n");
	put("mm/same.c", "put_page(y);\n");
	return 0;
}

static int tear_down(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	return system(command);
}

static void add(struct gcv_overlay *overlay, const char *path, const char *text)
{
	struct gcv_err err;

	assert_int_equal(gcv_overlay_add(overlay, path, text, strlen(text), &err), GCV_OK);
}

static void test_find(void **state)
{
	struct gcv_overlay overlay = { 0 };

	(void)state;
	assert_null(gcv_overlay_find(NULL, "mm/a.c"));
	assert_null(gcv_overlay_find(&overlay, "mm/a.c"));
	add(&overlay, "mm/b.c", "b");
	add(&overlay, "mm/sub/../a.c", "a");
	add(&overlay, "mm/c.c", "c");
	assert_int_equal(overlay.nr_files, 3);
	assert_string_equal(gcv_overlay_find(&overlay, "mm/a.c")->text, "a");
	assert_string_equal(gcv_overlay_find(&overlay, "mm/b.c")->text, "b");
	assert_string_equal(gcv_overlay_find(&overlay, "mm/c.c")->text, "c");
	assert_null(gcv_overlay_find(&overlay, "mm/d.c"));
	assert_null(gcv_overlay_find(&overlay, "mm/"));
	gcv_overlay_release(&overlay);
	assert_int_equal(overlay.nr_files, 0);
}

static void test_refused(void **state)
{
	static const char *const outside[] = { "../x.c", "mm/../../x.c", "/etc/passwd", "", "." };
	struct gcv_overlay overlay = { 0 };
	struct gcv_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(outside) / sizeof(*outside); i++) {
		assert_int_equal(gcv_overlay_add(&overlay, outside[i], "", 0, &err),
				 GCV_ERR_NOT_FOUND);
		assert_non_null(strstr(err.text, "leads out of the tree"));
	}
	add(&overlay, "mm/a.c", "a");
	assert_int_equal(gcv_overlay_add(&overlay, "./mm/a.c", "b", 1, &err), GCV_ERR_USAGE);
	assert_string_equal(err.text, "mm/a.c is edited twice");
	assert_int_equal(overlay.nr_files, 1);
	gcv_overlay_release(&overlay);
}

static void test_read(void **state)
{
	struct gcv_overlay overlay = { 0 };
	struct gcv_strbuf text = { 0 };
	struct gcv_tree tree;
	struct gcv_err err;

	(void)state;
	assert_int_equal(gcv_tree_open(scratch, false, &tree, &err), GCV_OK);
	assert_null(tree.overlay);
	add(&overlay, "mm/quiet.c", "int y;\n");
	tree.overlay = &overlay;
	gcv_strbuf_addstr(&text, "> ");
	assert_int_equal(gcv_tree_read(&tree, "mm/../mm/quiet.c", &text, &err), GCV_OK);
	assert_string_equal(text.buf, "> int y;\n");
	gcv_strbuf_clear(&text);
	assert_int_equal(gcv_tree_read(&tree, "mm/loud.c", &text, &err), GCV_OK);
	assert_string_equal(text.buf, "put_page(x);\n");
	/* What is folded must not lead out, also where a file in memory bears the rest. */
	assert_int_equal(gcv_tree_read(&tree, "../mm/quiet.c", &text, &err), GCV_ERR_NOT_FOUND);
	gcv_strbuf_release(&text);
	gcv_overlay_release(&overlay);
	gcv_tree_release(&tree);
}

static const struct gcv_walk_file *find(const struct gcv_walk *walk, const char *path)
{
	const struct gcv_walk_file *file = gcv_walk_find(walk, path);

	assert_non_null(file);
	return file;
}

/* @defer: source files are read by gcv_walk_finish(). */
static void check_walk(bool defer)
{
	static const char *const list[] = { "put_page" };
	struct gcv_walk_options options = { .threads = 2, .defer = defer };
	struct gcv_overlay overlay = { 0 };
	const char *text = "\n\nput_page(x, y);\n";
	struct gcv_walk_hits hits = { 0 };
	struct gcv_hash hash = gcv_hash_bytes(text, strlen(text));
	const struct gcv_walk_file *file;
	struct gcv_names *names;
	struct gcv_walk walk;
	struct gcv_tree tree;
	struct gcv_err err;

	assert_int_equal(gcv_tree_open(scratch, false, &tree, &err), GCV_OK);
	assert_int_equal(gcv_names_new(list, 1, &names, &err), GCV_OK);
	add(&overlay, "mm/quiet.c", text);
	add(&overlay, "mm/loud.c", "");
	add(&overlay, "include/linux/mm.h", "struct page;\n");
	add(&overlay, "mm/absent.c", "put_page(x);\n");
	tree.overlay = &overlay;
	assert_int_equal(gcv_walk(&tree, names, &options, &walk, &err), GCV_OK);
	if (defer)
		gcv_walk_finish(&tree, &walk, names, names, &options, &hits);
	file = find(&walk, "mm/quiet.c");
	assert_non_null(file->lexed);
	assert_int_equal(file->lexed->occurrences[0].line, 3);
	assert_int_equal(file->size_bytes, strlen(text));
	assert_true(file->has_hash && gcv_hash_equal(&file->hash, &hash));
	assert_null(find(&walk, "mm/loud.c")->lexed);
	assert_int_equal(find(&walk, "mm/loud.c")->size_bytes, 0);
	assert_null(find(&walk, "include/linux/mm.h")->lexed);
	assert_non_null(find(&walk, "mm/same.c")->lexed);
	/* It takes the place of nothing. */
	assert_null(gcv_walk_find(&walk, "mm/absent.c"));
	gcv_walk_hits_release(&hits);
	gcv_walk_release(&walk);
	gcv_names_free(names);
	gcv_overlay_release(&overlay);
	gcv_tree_release(&tree);
}

static void test_walk(void **state)
{
	(void)state;
	check_walk(false);
}

static void test_deferred(void **state)
{
	(void)state;
	check_walk(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),	 cmocka_unit_test(test_refused),
		cmocka_unit_test(test_read),	 cmocka_unit_test(test_walk),
		cmocka_unit_test(test_deferred),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
