// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/walk.h"
#include "tree/walk_listed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char scratch[] = "/tmp/gupconv-walk-XXXXXX";
static struct gcv_tree tree;
static struct gcv_names *names;

static void in_scratch(char ret[512], const char *rel)
{
	snprintf(ret, 512, "%s/%s", scratch, rel);
}

static void put(const char *rel, const char *text)
{
	char path[512], *slash;
	FILE *file;

	in_scratch(path, rel);
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
	static const char *const list[] = { "put_page", "get_page" };
	struct gcv_err err;
	char path[512];

	(void)state;
	if (!mkdtemp(scratch))
		return -1;
	put("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n# put_page\n");
	put("include/linux/mm.h", "void put_page(struct page *);\n");
	put("mm/swap.c", "void put_page(struct page *p)\n{\n}\n");
	put("mm/other.c", "int x;\n");
	put("mm/Kconfig.debug", "config X\n\thelp\n\t  put_page\n");
	put("mm/asm.S", "call put_page\n");
	put("mm/list.inc", "get_page(x);\n");
	put("mm/more.inc.c", "get_page(x);\n");
	put("mm/readme.txt", "put_page\n");
	put("mm/a\nb\xff.c", "put_page();\n");
	put("mm/sub/deep.c", "MY_MACRO(); put_page();\n");
	put("mm-2/x.c", "put_page();\n");
	put("tools/t.c", "put_page();\n");
	put("Documentation/d.c", "put_page();\n");
	put(".git/x.c", "put_page();\n");
	put("mm/.hidden.c", "put_page();\n");
	in_scratch(path, "mm/fifo.c");
	if (mkfifo(path, 0666))
		return -1;
	in_scratch(path, "mm/link.c");
	if (symlink("swap.c", path))
		return -1;
	in_scratch(path, "mm/loop");
	if (symlink("..", path))
		return -1;
	if (gcv_names_new(list, 2, &names, &err) != GCV_OK)
		return -1;
	return gcv_tree_open(scratch, false, &tree, &err);
}

static int tear_down(void **state)
{
	char command[600];

	(void)state;
	gcv_tree_release(&tree);
	gcv_names_free(names);
	snprintf(command, sizeof(command), "chmod -R u+rwx '%s'; rm -rf '%s'", scratch, scratch);
	return system(command);
}

static void walk_with(const struct gcv_walk_options *options, struct gcv_walk *walk)
{
	struct gcv_err err;

	assert_int_equal(gcv_walk(&tree, names, options, walk, &err), GCV_OK);
}

static void test_files(void **state)
{
	static const struct {
		const char *path;
		enum gcv_walk_kind kind;
		bool apart;
		uint32_t nr;
	} want[] = {
		{ "Documentation/d.c", GCV_WALK_C, true, 1 },
		{ "Makefile", GCV_WALK_MAKEFILE, false, 1 },
		{ "include/linux/mm.h", GCV_WALK_H, false, 1 },
		{ "mm-2/x.c", GCV_WALK_C, false, 1 },
		{ "mm/Kconfig.debug", GCV_WALK_KCONFIG, false, 1 },
		{ "mm/a\nb\xff.c", GCV_WALK_C, false, 1 },
		{ "mm/asm.S", GCV_WALK_ASM, false, 1 },
		{ "mm/list.inc", GCV_WALK_INC, false, 1 },
		{ "mm/more.inc.c", GCV_WALK_C, false, 1 },
		{ "mm/other.c", GCV_WALK_C, false, 0 },
		{ "mm/sub/deep.c", GCV_WALK_C, false, 1 },
		{ "mm/swap.c", GCV_WALK_C, false, 1 },
		{ "tools/t.c", GCV_WALK_C, true, 1 },
	};
	struct gcv_walk walk;
	unsigned int threads;
	uint64_t bytes;
	uint32_t i;

	(void)state;
	for (threads = 1; threads <= 8; threads++) {
		walk_with(&(struct gcv_walk_options){ .threads = threads }, &walk);
		assert_int_equal(walk.nr_files, sizeof(want) / sizeof(want[0]));
		for (i = 0, bytes = 0; i < walk.nr_files; i++) {
			const struct gcv_walk_file *file = &walk.files[i];

			assert_string_equal(file->path, want[i].path);
			assert_int_equal(file->kind, want[i].kind);
			assert_int_equal(file->apart, want[i].apart);
			assert_int_equal(file->lexed ? file->lexed->nr_occurrences : 0, want[i].nr);
			assert_int_equal(file->has_hash, want[i].nr > 0);
			assert_null(file->error);
			bytes += file->size_bytes;
		}
		assert_int_equal(walk.nr_candidates, 12);
		assert_int_equal(walk.nr_bytes, bytes);
		assert_int_equal(walk.nr_failures, 0);
		assert_int_equal(walk.nr_links, 1);
		gcv_walk_release(&walk);
		gcv_walk_release(&walk);
	}
}

static void test_contents(void **state)
{
	const struct gcv_walk_file *file;
	struct gcv_walk walk;
	struct gcv_hash hash;

	(void)state;
	walk_with(&(struct gcv_walk_options){ 0 }, &walk);
	file = gcv_walk_find(&walk, "mm/sub/deep.c");
	assert_non_null(file);
	hash = gcv_hash_bytes("MY_MACRO(); put_page();\n", 24);
	assert_true(gcv_hash_equal(&hash, &file->hash));
	assert_int_equal(file->size_bytes, 24);
	assert_int_equal(file->lexed->occurrences[0].column, 13);
	assert_null(gcv_walk_find(&walk, "mm/none.c"));
	file = gcv_walk_find(&walk, "Makefile");
	assert_int_equal(file->lexed->occurrences[0].class, GCV_LEX_COMMENT);
	gcv_walk_release(&walk);
}

static void test_paths(void **state)
{
	static const char *const paths[] = { "./mm/", "tools/t.c", "mm/sub" };
	static const char *const all[] = { "." };
	static const char *const bad[] = { "mm", "nowhere" };
	static const char *const out[] = { "../x" };
	struct gcv_walk_options options = { .paths = paths, .nr_paths = 3, .threads = 2 };
	struct gcv_walk walk = { 0 };
	struct gcv_err err;

	(void)state;
	walk_with(&options, &walk);
	assert_int_equal(walk.nr_files, 9);
	assert_null(gcv_walk_find(&walk, "mm-2/x.c"));
	assert_non_null(gcv_walk_find(&walk, "tools/t.c"));
	gcv_walk_release(&walk);
	options = (struct gcv_walk_options){ .paths = all, .nr_paths = 1 };
	walk_with(&options, &walk);
	assert_int_equal(walk.nr_files, 13);
	gcv_walk_release(&walk);
	options = (struct gcv_walk_options){ .paths = bad, .nr_paths = 2 };
	assert_int_equal(gcv_walk(&tree, names, &options, &walk, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "nowhere is not in the tree"));
	options = (struct gcv_walk_options){ .paths = out, .nr_paths = 1 };
	assert_int_equal(gcv_walk(&tree, names, &options, &walk, &err), GCV_ERR_NOT_FOUND);
	assert_null(walk.files);
}

static void test_hash_paths(void **state)
{
	struct gcv_intern wanted = { 0 };
	struct gcv_walk walk;

	(void)state;
	gcv_intern_add(&wanted, "mm/other.c", 10);
	gcv_intern_add(&wanted, "mm/none.c", 9);
	walk_with(&(struct gcv_walk_options){ .hash_paths = &wanted }, &walk);
	assert_true(gcv_walk_find(&walk, "mm/other.c")->has_hash);
	assert_null(gcv_walk_find(&walk, "mm/other.c")->lexed);
	gcv_walk_release(&walk);
	gcv_intern_release(&wanted);
}

static void test_deferred(void **state)
{
	static const char *const list[] = { "MY_MACRO", "x" };
	struct gcv_walk_options options = { 0 };
	struct gcv_names *others = NULL;
	struct gcv_walk walk, whole;
	struct gcv_walk_hits hits;
	struct gcv_err err;
	uint64_t digest = 0;
	uint32_t i, nr;

	(void)state;
	assert_int_equal(gcv_names_new(list, 2, &others, &err), GCV_OK);
	walk_with(&options, &whole);
	for (options.threads = 1; options.threads <= 3; options.threads++) {
		options.defer = true;
		walk_with(&options, &walk);
		assert_int_equal(walk.nr_files, whole.nr_files);
		assert_true(gcv_walk_find(&walk, "mm/other.c")->deferred);
		gcv_walk_finish(&tree, &walk, names, others, &options, &hits);
		assert_int_equal(walk.nr_bytes, whole.nr_bytes);
		assert_int_equal(walk.nr_candidates, whole.nr_candidates);
		assert_int_equal(walk.nr_failures, whole.nr_failures);
		/* Whoever read what, it comes to the same. */
		assert_int_not_equal(walk.digest, 0);
		assert_true(!digest || walk.digest == digest);
		digest = walk.digest;
		for (i = 0, nr = 0; i < walk.nr_files; i++) {
			assert_string_equal(walk.files[i].path, whole.files[i].path);
			assert_false(walk.files[i].deferred);
			assert_int_equal(walk.files[i].size_bytes, whole.files[i].size_bytes);
			assert_int_equal(!walk.files[i].lexed, !whole.files[i].lexed);
			if (whole.files[i].has_hash)
				assert_memory_equal(&walk.files[i].hash, &whole.files[i].hash, 16);
			if (!hits.lexed[i])
				continue;
			nr++;
			/* Only C files, and only without a name of the walk. */
			assert_int_equal(walk.files[i].kind, GCV_WALK_C);
			assert_false(walk.files[i].apart);
			assert_null(walk.files[i].lexed);
			assert_true(walk.files[i].has_hash);
		}
		assert_int_equal(hits.nr, nr);
		i = (uint32_t)(gcv_walk_find(&walk, "mm/other.c") - walk.files);
		assert_non_null(hits.lexed[i]);
		assert_int_equal(hits.lexed[i]->occurrences[0].name, 1);
		gcv_walk_hits_release(&hits);
		gcv_walk_release(&walk);
	}
	gcv_walk_release(&whole);
	gcv_names_free(others);
}

/* Files with names that come up later, whether or not their identifiers were kept. */
static void test_search(void **state)
{
	static const char *const list[] = { "nobody_has_this", "x" };
	struct gcv_walk_options options = { .defer = true };
	struct gcv_names *later = NULL;
	struct gcv_walk_hits hits;
	struct gcv_walk walk;
	struct gcv_err err;
	uint32_t i, nr = 0;

	(void)state;
	assert_int_equal(gcv_names_new(list, 2, &later, &err), GCV_OK);
	for (options.threads = 1; options.threads <= 3; options.threads++) {
		options.words = options.threads != 2;
		walk_with(&options, &walk);
		gcv_walk_finish(&tree, &walk, names, later, &options, &hits);
		gcv_walk_hits_release(&hits);
		assert_int_equal(!gcv_walk_find(&walk, "mm/other.c")->words, !options.words);
		gcv_walk_search(&tree, &walk, later, NULL, options.threads, &hits);
		assert_non_null(gcv_walk_find(&walk, "mm/other.c")->words);
		i = (uint32_t)(gcv_walk_find(&walk, "mm/other.c") - walk.files);
		assert_non_null(hits.lexed[i]);
		assert_int_equal(hits.lexed[i]->occurrences[0].name, 1);
		assert_true(walk.files[i].has_hash);
		assert_true(!nr || hits.nr == nr);
		nr = hits.nr;
		for (i = 0; i < walk.nr_files; i++)
			assert_true(!hits.lexed[i] ||
				    (walk.files[i].kind == GCV_WALK_C && !walk.files[i].apart));
		gcv_walk_forget_words(&walk);
		assert_null(gcv_walk_find(&walk, "mm/other.c")->words);
		gcv_walk_hits_release(&hits);
		gcv_walk_release(&walk);
	}
	gcv_names_free(later);
}

/* What is known to have none of the names is not read again. */
static void test_search_reads_once(void **state)
{
	static const char *const absent[] = { "nobody_has_this" }, *const present[] = {
		"only_here"
	};
	struct gcv_walk_options options = { .defer = true, .words = true };
	struct gcv_names *none = NULL, *one = NULL;
	struct gcv_walk_hits hits;
	struct gcv_walk walk;
	struct gcv_err err;

	(void)state;
	put("changed/a.c", "int only_here;\n");
	assert_int_equal(gcv_names_new(absent, 1, &none, &err), GCV_OK);
	assert_int_equal(gcv_names_new(present, 1, &one, &err), GCV_OK);
	walk_with(&options, &walk);
	gcv_walk_finish(&tree, &walk, names, none, &options, &hits);
	gcv_walk_hits_release(&hits);
	put("changed/a.c", "int nobody_has_this;\n");
	gcv_walk_search(&tree, &walk, none, NULL, 1, &hits);
	assert_int_equal(hits.nr, 0);
	gcv_walk_hits_release(&hits);
	/* It is read here, and has changed. */
	gcv_walk_search(&tree, &walk, one, NULL, 1, &hits);
	assert_int_equal(hits.nr, 0);
	gcv_walk_hits_release(&hits);
	put("changed/a.c", "int only_here;\n");
	gcv_walk_search(&tree, &walk, one, NULL, 1, &hits);
	assert_int_equal(hits.nr, 1);
	gcv_walk_hits_release(&hits);
	gcv_walk_release(&walk);
	gcv_names_free(none);
	gcv_names_free(one);
}

static void test_vanished(void **state)
{
	struct gcv_walk_options options = { .defer = true };
	struct gcv_walk_hits hits;
	struct gcv_walk walk;
	char path[512];

	(void)state;
	put("gone/a.c", "put_page();\n");
	walk_with(&options, &walk);
	in_scratch(path, "gone/a.c");
	assert_int_equal(unlink(path), 0);
	gcv_walk_finish(&tree, &walk, names, names, &options, &hits);
	assert_int_equal(hits.nr, 0);
	assert_int_equal(walk.nr_failures, 1);
	assert_string_equal(walk.failures[0].path, "gone/a.c");
	assert_non_null(gcv_walk_find(&walk, "gone/a.c")->error);
	gcv_walk_hits_release(&hits);
	gcv_walk_release(&walk);
}

static void test_unreadable(void **state)
{
	bool root = !geteuid();
	struct gcv_walk walk;
	char path[512];

	(void)state;
	/* Root may read everything: be somebody else. */
	assert_int_equal(chmod(scratch, 0755), 0);
	put("bad/closed/x.c", "put_page();\n");
	put("bad/y.c", "put_page();\n");
	in_scratch(path, "bad/y.c");
	assert_int_equal(chmod(path, 0), 0);
	in_scratch(path, "bad/closed");
	assert_int_equal(chmod(path, 0), 0);
	if (root && seteuid(65534))
		skip();
	walk_with(&(struct gcv_walk_options){ 0 }, &walk);
	if (root)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(walk.nr_failures, 2);
	assert_string_equal(walk.failures[0].path, "bad/closed");
	assert_string_equal(walk.failures[1].path, "bad/y.c");
	assert_string_equal(gcv_walk_find(&walk, "bad/y.c")->error, "Permission denied");
	assert_int_equal(walk.nr_candidates, 12);
	gcv_walk_release(&walk);
}

static void test_too_large(void **state)
{
	const struct gcv_walk_file *file;
	struct gcv_walk walk;
	char path[512];

	(void)state;
	put("large.c", "put_page();\n");
	in_scratch(path, "large.c");
	assert_int_equal(truncate(path, (off_t)GCV_WALK_FILE_MAX + 1), 0);
	walk_with(&(struct gcv_walk_options){ 0 }, &walk);
	assert_int_equal(walk.nr_failures, 1);
	file = gcv_walk_find(&walk, "large.c");
	assert_string_equal(file->error, "it is larger than 256 MiB");
	assert_null(file->lexed);
	gcv_walk_release(&walk);
	assert_int_equal(unlink(path), 0);
}

/* What is listed is found as by a walk over folders; what is only known is not read. */
static void check_listed(bool defer)
{
	static const char *const read[] = { "mm/swap.c", "mm/other.c", "mm/list.inc", "tools/t.c",
					    "mm/swap.c", "mm/none.c",  "mm/link.c" };
	static const char *const known[] = { "mm/sub/deep.c", "mm/swap.c", "mm/readme.txt" };
	struct gcv_walk_options options = { .threads = 2, .defer = defer };
	struct gcv_walk_hits hits = { 0 };
	struct gcv_walk walk, whole;

	walk_with(&(struct gcv_walk_options){ 0 }, &whole);
	gcv_walk_listed(&tree, names, &(struct gcv_walk_list){ read, known, 7, 3 }, &options,
			&walk);
	if (defer)
		gcv_walk_finish(&tree, &walk, names, names, &options, &hits);
	assert_int_equal(walk.nr_files, 7);
	assert_string_equal(walk.files[0].path, "mm/link.c");
	assert_string_equal(walk.files[6].path, "tools/t.c");
	assert_true(walk.files[6].apart && walk.files[6].lexed);
	assert_memory_equal(&gcv_walk_find(&walk, "mm/swap.c")->hash,
			    &gcv_walk_find(&whole, "mm/swap.c")->hash, sizeof(struct gcv_hash));
	assert_non_null(gcv_walk_find(&walk, "mm/list.inc")->lexed);
	assert_int_equal(gcv_walk_find(&walk, "mm/other.c")->size_bytes, 7);
	assert_null(gcv_walk_find(&walk, "mm/other.c")->lexed);
	assert_null(gcv_walk_find(&walk, "mm/sub/deep.c")->lexed);
	assert_false(gcv_walk_find(&walk, "mm/sub/deep.c")->deferred);
	assert_int_equal(walk.nr_candidates, 3);
	/* One is not there, and a link is not followed. */
	assert_int_equal(walk.nr_failures, 2);
	assert_non_null(gcv_walk_find(&walk, "mm/link.c")->error);
	assert_non_null(gcv_walk_find(&walk, "mm/none.c")->error);
	gcv_walk_hits_release(&hits);
	gcv_walk_release(&walk);
	gcv_walk_release(&whole);
}

static void test_listed(void **state)
{
	(void)state;
	check_listed(false);
	check_listed(true);
}

static void on_progress(void *ctx, uint64_t nr_files, uint64_t nr_bytes)
{
	uint64_t *last = ctx;

	assert_true(nr_files >= last[0]);
	assert_true(nr_bytes >= last[1]);
	last[0] = nr_files;
	last[1] = nr_bytes;
}

static void test_progress(void **state)
{
	uint64_t last[2] = { 0, 0 };
	struct gcv_walk_options options = { .threads = 1, .progress = { on_progress, last } };
	struct gcv_walk walk;

	(void)state;
	walk_with(&options, &walk);
	assert_int_equal(last[0], walk.nr_files);
	assert_int_equal(last[1], walk.nr_bytes);
	gcv_walk_release(&walk);
}

static void test_kinds(void **state)
{
	(void)state;
	assert_int_equal(gcv_walk_kind_of("a.c"), GCV_WALK_C);
	assert_int_equal(gcv_walk_kind_of(".c"), GCV_WALK_NOT_SOURCE);
	assert_int_equal(gcv_walk_kind_of("a.cpp"), GCV_WALK_NOT_SOURCE);
	assert_int_equal(gcv_walk_kind_of("vmlinux.lds.S"), GCV_WALK_ASM);
	assert_int_equal(gcv_walk_kind_of("a.s"), GCV_WALK_NOT_SOURCE);
	assert_int_equal(gcv_walk_kind_of("Kconfig.h"), GCV_WALK_H);
	assert_int_equal(gcv_walk_kind_of("Kbuild.include"), GCV_WALK_MAKEFILE);
	assert_int_equal(gcv_walk_kind_of("Makefile.perf"), GCV_WALK_MAKEFILE);
	assert_int_equal(gcv_walk_kind_of("mm.h.orig"), GCV_WALK_NOT_SOURCE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),	   cmocka_unit_test(test_contents),
		cmocka_unit_test(test_paths),	   cmocka_unit_test(test_hash_paths),
		cmocka_unit_test(test_deferred),   cmocka_unit_test(test_vanished),
		cmocka_unit_test(test_too_large),  cmocka_unit_test(test_progress),
		cmocka_unit_test(test_search),	   cmocka_unit_test(test_search_reads_once),
		cmocka_unit_test(test_listed),	   cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_unreadable),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
