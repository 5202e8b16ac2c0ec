// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "base/strbuf.h"
#include "tree/glob.h"
#include "tree/maintainers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static const char small[] = "List of maintainers\n"
			    "===================\n"
			    "\tM: *Mail* patches to: FullName <address@domain>\n"
			    "\n"
			    "Maintainers List\n"
			    "----------------\n"
			    "\n"
			    ".. note:: this is prose\n"
			    "\n"
			    "FOO BUS\n"
			    "M:\tAda Foo <ada@foo.org>\n"
			    "R:\tBob <bob@foo.org>\n"
			    "L:\tfoo@lists.org\n"
			    "S:\tSupported\n"
			    "T:\tgit git://foo.org/foo.git\n"
			    "F:\tdrivers/foo/\n"
			    "X:\tdrivers/foo/old/\n"
			    "F:\tinclude/linux/foo*.h\n"
			    "\n"
			    "FOO CARD DRIVER\n"
			    "M:\tCyd <cyd@card.org>\n"
			    "S:\tOdd fixes\n"
			    "F:\tdrivers/foo/card/\n"
			    "\n"
			    "# no entry\n"
			    "NAMED\n"
			    "S:\tOrphan / Obsolete\n"
			    "N:\t[^a-z]zynq\n"
			    "\n"
			    "THE REST\n"
			    "M:\tTop <top@rest.org>\n"
			    "L:\tall@rest.org\n"
			    "S:\tBuried alive in reporters\n"
			    "F:\t*\n"
			    "F:\t*/\n";

static struct gcv_maintainers *read_text(const char *text)
{
	struct gcv_maintainers *m;

	gcv_maintainers_parse(text, strlen(text), &m);
	return m;
}

/* The titles of all that match, "|" between them. */
static void expect(const char *text, const char *path, const char *titles)
{
	GCV_STRBUF_AUTO struct gcv_strbuf found = { 0 };
	struct gcv_maintainers *m = read_text(text);
	struct gcv_maintainers_match *matches;
	struct gcv_arena arena = { 0 };
	size_t i, nr;

	gcv_maintainers_find(m, path, &arena, &matches, &nr);
	for (i = 0; i < nr; i++)
		gcv_strbuf_addf(&found, "%s%s", i ? "|" : "", matches[i].entry->title);
	assert_string_equal(found.buf ? found.buf : "", titles);
	gcv_arena_release(&arena);
	gcv_maintainers_free(m);
}

static void entries_and_their_fields(void **state)
{
	struct gcv_maintainers *m = read_text(small);

	(void)state;
	assert_int_equal(m->nr, 4);
	assert_int_equal(m->nr_damaged, 0);
	assert_string_equal(m->entries[0].title, "FOO BUS");
	assert_int_equal(m->entries[0].line, 10);
	assert_int_equal(m->entries[0].upkeep, GCV_UPKEEP_SUPPORTED);
	assert_int_equal(m->entries[0].nr_fields, 8);
	assert_int_equal(m->entries[0].fields[0].letter, 'M');
	assert_int_equal(m->entries[0].fields[0].line, 11);
	assert_string_equal(m->entries[0].fields[0].value, "Ada Foo <ada@foo.org>");
	assert_int_equal(m->entries[1].upkeep, GCV_UPKEEP_ODD_FIXES);
	assert_int_equal(m->entries[2].upkeep, GCV_UPKEEP_OBSOLETE);
	assert_string_equal(m->entries[2].title, "NAMED");
	assert_int_equal(m->entries[3].upkeep, GCV_UPKEEP_UNKNOWN);
	gcv_maintainers_free(m);
}

static void the_most_specific_entry_comes_first(void **state)
{
	(void)state;
	expect(small, "drivers/foo/bus.c", "FOO BUS|THE REST");
	expect(small, "drivers/foo/sub/sub/x.c", "FOO BUS|THE REST");
	expect(small, "drivers/foo/card/x.c", "FOO CARD DRIVER|FOO BUS|THE REST");
	expect(small, "drivers/foo/old/x.c", "THE REST");
	expect(small, "drivers/food/x.c", "THE REST");
	expect(small, "include/linux/foo_card.h", "FOO BUS|THE REST");
	expect(small, "include/linux/foo/card.h", "THE REST");
	expect(small, "drivers/clk/zynq/x.c", "NAMED|THE REST");
	expect(small, "drivers/foo/zynq.c", "FOO BUS|NAMED|THE REST");
	expect(small, "drivers/azynq.c", "THE REST");
	expect(small, "Makefile", "THE REST");
	/* the length of the pattern decides where the depth does not */
	expect("A\nF:\tdrivers/foo*\nB\nF:\tdrivers/foo_card*\n", "drivers/foo_card.c", "B|A");
	expect("A\nF:\tmm/g*\nB\nF:\tmm/s*\nC\nF:\tmm/?*\n", "mm/gup.c", "A|C");
}

static void the_entry_a_file_belongs_to(void **state)
{
	struct gcv_maintainers *m = read_text(small);

	(void)state;
	assert_ptr_equal(gcv_maintainers_subsystem(m, "drivers/foo/card/x.c"), &m->entries[1]);
	assert_ptr_equal(gcv_maintainers_subsystem(m, "a/zynq"), &m->entries[2]);
	assert_null(gcv_maintainers_subsystem(m, "mm/gup.c"));
	gcv_maintainers_free(m);
}

static void patterns(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool match;
	} cases[] = {
		{ "drivers/net/", "drivers/net/a/b.c", true },
		{ "drivers/net/", "drivers/net", false },
		{ "drivers/net/*", "drivers/net/b.c", true },
		{ "drivers/net/*", "drivers/net/a/b.c", false },
		{ "drivers/net", "drivers/net/a/b.c", true },
		{ "drivers/net", "drivers/netx/b.c", false },
		{ "*/net/*", "include/net/b.h", true },
		{ "*/net/*", "a/include/net/b.h", false },
		{ "*/net/", "a/b/net/c.c", true },
		{ "fs/**/*foo*.c", "fs/a/b/xfoox.c", true },
		{ "fs/**/*foo*.c", "fs/a/b/xfox.c", false },
		{ "fs/*foo*.c", "fs/a/foo.c", false },
		{ "a/da9???_r.c", "a/da9012_r.c", true },
		{ "a/da9???_r.c", "a/da901_r.c", false },
		{ "a/x*.[ch]", "a/x1.c", true },
		{ "a/x*.[ch]", "a/x1.S", false },
		{ "a/x[0-9].c", "a/x5.c", true },
		{ "a/x[^0-9].c", "a/x5.c", false },
		{ "a/x[^0-9].c", "a/xb.c", true },
		{ "a/x[", "a/x[1", true },
		{ "a/x[]b]", "a/x]", true },
		{ "a.c", "abc", false },
		/* anchored in front only */
		{ "mm/foo", "mm/foo_bar.c", true },
		{ "", "mm/foo", false },
		{ "*", "Makefile", true },
		{ "*", "mm/gup.c", false },
		{ "*/", "mm/gup.c", true },
		{ "a*b*c", "axbxbxc", true },
		{ "a*b*c", "axbxbx", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (gcv_glob_match(cases[i].pattern, cases[i].path) != cases[i].match)
			fail_msg("'%s' on '%s'", cases[i].pattern, cases[i].path);
	assert_int_equal(gcv_glob_depth("drivers/net/"), 2);
	assert_int_equal(gcv_glob_depth("drivers/net"), 2);
	assert_int_equal(gcv_glob_depth("drivers/net/*"), 3);
	assert_int_equal(gcv_glob_depth("*/net/"), -1);
}

static void odd_lines(void **state)
{
	struct gcv_maintainers *m;

	(void)state;
	/* CRLF, no newline at the end, blanks, a title at once */
	expect("A\r\nF:  mm/  \r\n\r\nB\r\nF:\tfs/", "mm/x.c", "A");
	expect("A\r\nF:  mm/  \r\n\r\nB\r\nF:\tfs/", "fs/x.c", "B");
	/* a blank line or a comment does not end an entry, a field without entry is one */
	expect("A\nF:\tx/\n\n# c\nF:\tmm/\n", "mm/x.c", "A");
	expect("F:\tmm/\n", "mm/x.c", "");
	m = read_text("F:\tmm/\n");
	assert_int_equal(m->nr, 1);
	gcv_maintainers_free(m);
	m = read_text("");
	assert_int_equal(m->nr, 0);
	gcv_maintainers_free(m);
	/* bytes that are no UTF-8 stay */
	m = read_text("A\nM:\tJ\xf6rg <j@x.org>\n");
	assert_string_equal(m->entries[0].fields[0].value, "J\xf6rg <j@x.org>");
	gcv_maintainers_free(m);
}

static void damage_is_counted(void **state)
{
	static const char nul[] = "A\nF:\tm\0m/\nF:\tfs/\nN:\t(((\nN:\t*x\n";
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	struct gcv_maintainers *m;
	size_t i;

	(void)state;
	gcv_maintainers_parse(nul, sizeof(nul) - 1, &m);
	assert_int_equal(m->nr_damaged, 3);
	assert_int_equal(m->damaged_line, 2);
	assert_int_equal(m->entries[0].nr_fields, 1);
	gcv_maintainers_free(m);

	gcv_strbuf_addstr(&text, "A\nF:\t");
	for (i = 0; i < 10 << 20; i++)
		gcv_strbuf_addch(&text, '*');
	gcv_strbuf_addstr(&text, "\nF:\tmm/\n");
	gcv_maintainers_parse(text.buf, text.len, &m);
	assert_int_equal(m->nr_damaged, 1);
	assert_int_equal(m->entries[0].nr_fields, 1);
	gcv_maintainers_free(m);
}

/* Backtracking without bound would take longer than the universe is old for any of these. */
static void slow_patterns_end(void **state)
{
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 }, path = { 0 };
	struct gcv_arena arena = { 0 };
	struct gcv_maintainers_match *matches;
	struct gcv_maintainers *m;
	size_t i, nr;
	clock_t start;

	(void)state;
	gcv_strbuf_addstr(&text, "A\nN:\t(a+)+$\nN:\t((a*)*)*b\nF:\t");
	for (i = 0; i < 500; i++)
		gcv_strbuf_addstr(&text, "a*");
	gcv_strbuf_addstr(&text, "b\n");
	for (i = 0; i < 1000; i++)
		gcv_strbuf_addstr(&path, "aa");
	gcv_strbuf_addstr(&path, "!");
	m = read_text(text.buf);
	assert_int_equal(m->nr_damaged, 0);
	start = clock();
	gcv_maintainers_find(m, path.buf, &arena, &matches, &nr);
	assert_int_equal(nr, 0);
	assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
	gcv_arena_release(&arena);
	gcv_maintainers_free(m);
}

static void from_a_tree(void **state)
{
	char root[] = "/tmp/gupconv-maintainers-XXXXXX", path[256];
	struct gcv_maintainers *m = NULL;
	struct gcv_tree tree = { 0 };
	struct gcv_err err;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(root));
	tree.fd = -1;
	snprintf(path, sizeof(path),
		 "mkdir -p %s/include/linux && cd %s && : >include/linux/mm.h && "
		 "printf 'VERSION = 6\\nPATCHLEVEL = 1\\n' >Makefile",
		 root, root);
	assert_int_equal(system(path), 0);
	assert_int_equal(gcv_tree_open(root, false, &tree, &err), GCV_OK);
	assert_int_equal(gcv_maintainers_load(&tree, &m, &err), GCV_ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "MAINTAINERS"));
	snprintf(path, sizeof(path), "%s/MAINTAINERS", root);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(small, file);
	fclose(file);
	assert_int_equal(gcv_maintainers_load(&tree, &m, &err), GCV_OK);
	assert_int_equal(m->nr, 4);
	gcv_maintainers_free(m);
	gcv_tree_release(&tree);
	snprintf(path, sizeof(path), "rm -r %s", root);
	assert_int_equal(system(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_and_their_fields),
		cmocka_unit_test(the_most_specific_entry_comes_first),
		cmocka_unit_test(the_entry_a_file_belongs_to),
		cmocka_unit_test(patterns),
		cmocka_unit_test(odd_lines),
		cmocka_unit_test(damage_is_counted),
		cmocka_unit_test(slow_patterns_end),
		cmocka_unit_test(from_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
