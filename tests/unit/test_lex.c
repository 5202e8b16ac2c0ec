// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/lex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static struct gcv_names *names;
static struct gcv_arena arena;
static struct gcv_lexed lexed;

static int set_up(void **state)
{
	static const char *const list[] = { "put_page", "get_page" };
	struct gcv_err err;

	(void)state;
	return gcv_names_new(list, 2, &names, &err);
}

static int tear_down(void **state)
{
	(void)state;
	gcv_names_free(names);
	gcv_arena_release(&arena);
	return 0;
}

/* A copy of exact length, so that the sanitizer sees any read behind the text. */
static void lex_bytes(enum gcv_lex_language language, const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);

	memcpy(copy, text, len);
	gcv_arena_release(&arena);
	gcv_lex(names, language, copy, len, &arena, &lexed);
	free(copy);
}

static void lex(const char *text)
{
	lex_bytes(GCV_LEX_C, text, strlen(text));
}

static const struct gcv_lex_occurrence *only(void)
{
	assert_int_equal(lexed.nr_occurrences, 1);
	return lexed.occurrences;
}

static void expect(uint32_t i, enum gcv_lex_class class, uint32_t line, uint32_t column)
{
	assert_in_range(i + 1, 1, lexed.nr_occurrences);
	assert_int_equal(lexed.occurrences[i].class, class);
	assert_int_equal(lexed.occurrences[i].line, line);
	assert_int_equal(lexed.occurrences[i].column, column);
}

static void test_classes(void **state)
{
	(void)state;
	lex("/* put_page */ put_page(x); // put_page\n"
	    "s = \"put_page \\\" put_page\"; put_page;\n"
	    "/* a\n * put_page\n */ put_page\n");
	assert_int_equal(lexed.nr_occurrences, 8);
	expect(0, GCV_LEX_COMMENT, 1, 4);
	expect(1, GCV_LEX_CODE, 1, 16);
	expect(2, GCV_LEX_COMMENT, 1, 32);
	expect(3, GCV_LEX_STRING, 2, 6);
	expect(4, GCV_LEX_STRING, 2, 18);
	expect(5, GCV_LEX_CODE, 2, 29);
	expect(6, GCV_LEX_COMMENT, 4, 4);
	expect(7, GCV_LEX_CODE, 5, 5);
	assert_int_equal(lexed.nr_lines, 5);
}

static void test_quotes(void **state)
{
	(void)state;
	lex("x = '\"'; put_page(\"'\"); y = '\\''; put_page\n");
	expect(0, GCV_LEX_CODE, 1, 10);
	expect(1, GCV_LEX_CODE, 1, 35);
	lex("n = 1'000'000; put_page;\n");
	expect(0, GCV_LEX_CODE, 1, 16);
	lex("n = 0x1f; c = 'f'; put_page\n");
	expect(0, GCV_LEX_CODE, 1, 20);
	lex("\"never closed put_page\nput_page\n");
	expect(0, GCV_LEX_STRING, 1, 15);
	expect(1, GCV_LEX_CODE, 2, 1);
	lex("\"a \\\n put_page\" put_page\n");
	expect(0, GCV_LEX_STRING, 2, 2);
	expect(1, GCV_LEX_CODE, 2, 12);
	lex("\"\\\\\" put_page\n");
	expect(0, GCV_LEX_CODE, 1, 6);
}

static void test_comments(void **state)
{
	(void)state;
	lex("// a \\\n put_page\nput_page\n");
	expect(0, GCV_LEX_COMMENT, 2, 2);
	expect(1, GCV_LEX_CODE, 3, 1);
	lex("/* never closed\nput_page");
	expect(0, GCV_LEX_COMMENT, 2, 1);
	lex("a /**/ / put_page /*/ put_page */ put_page\n");
	expect(0, GCV_LEX_CODE, 1, 10);
	expect(1, GCV_LEX_COMMENT, 1, 23);
	expect(2, GCV_LEX_CODE, 1, 35);
	lex("\"/*\" put_page \"*/\"\n");
	expect(0, GCV_LEX_CODE, 1, 6);
	lex("// a \\ \r\n put_page\r\nput_page\r\n");
	expect(0, GCV_LEX_COMMENT, 2, 2);
	expect(1, GCV_LEX_CODE, 3, 1);
}

static void test_parens_follow(void **state)
{
	(void)state;
	lex("put_page (a); put_page /* ( */ (a); put_page\n\t(a); put_page \\\n (a);\n"
	    "f = put_page; (put_page)(a); put_page\n#if X\n(a)\n#endif\n");
	assert_int_equal(lexed.nr_occurrences, 7);
	assert_true(lexed.occurrences[0].followed_by_paren);
	assert_true(lexed.occurrences[1].followed_by_paren);
	assert_true(lexed.occurrences[2].followed_by_paren);
	assert_true(lexed.occurrences[3].followed_by_paren);
	assert_false(lexed.occurrences[4].followed_by_paren);
	assert_false(lexed.occurrences[5].followed_by_paren);
	assert_false(lexed.occurrences[6].followed_by_paren);
	assert_int_equal(lexed.occurrences[5].paren_depth, 1);
}

static void test_define(void **state)
{
	const struct gcv_lex_occurrence *o;

	(void)state;
	lex("#define drop(p) do { \\\n\tput_page(p); \\\n} while (0) /* get_page */\n"
	    "#  define put_page(x) get_page\n#undef put_page\nput_page\n"
	    "#define TEXT \"put_page\"\n");
	assert_int_equal(lexed.nr_occurrences, 7);
	o = lexed.occurrences;
	expect(0, GCV_LEX_DIRECTIVE, 2, 2);
	assert_int_equal(o[0].directive, GCV_LEX_DEFINE_BODY);
	assert_string_equal(o[0].macro, "drop");
	assert_true(o[0].followed_by_paren);
	assert_int_equal(o[0].brace_depth, 0);
	expect(1, GCV_LEX_COMMENT, 3, 16);
	assert_null(o[1].macro);
	assert_int_equal(o[2].directive, GCV_LEX_DEFINE_NAME);
	assert_int_equal(o[3].directive, GCV_LEX_DEFINE_BODY);
	assert_string_equal(o[3].macro, "put_page");
	assert_false(o[3].followed_by_paren);
	assert_int_equal(o[4].directive, GCV_LEX_DEFINE_NAME);
	expect(5, GCV_LEX_CODE, 6, 1);
	assert_null(o[5].macro);
	expect(6, GCV_LEX_STRING, 7, 15);
	assert_string_equal(o[6].macro, "TEXT");
}

static void test_other_directives(void **state)
{
	(void)state;
	lex("#include \"put_page\"\n#include <linux/put_page>\n#error don't put_page\n"
	    "put_page\n#if put_page /* get_page */\n#elif 0\n#else put_page\n#endif put_page\n"
	    "# /* x */ pragma put_page\n#\nput_page\n#put_page\n");
	assert_int_equal(lexed.nr_occurrences, 11);
	assert_int_equal(lexed.occurrences[0].directive, GCV_LEX_INCLUDE);
	assert_int_equal(lexed.occurrences[1].directive, GCV_LEX_INCLUDE);
	assert_int_equal(lexed.occurrences[2].directive, GCV_LEX_OTHER_DIRECTIVE);
	expect(3, GCV_LEX_CODE, 4, 1);
	assert_int_equal(lexed.occurrences[4].directive, GCV_LEX_CONDITION);
	assert_int_equal(lexed.occurrences[4].branch, -1);
	expect(5, GCV_LEX_COMMENT, 5, 17);
	assert_int_equal(lexed.occurrences[6].directive, GCV_LEX_OTHER_DIRECTIVE);
	assert_int_equal(lexed.occurrences[7].branch, -1);
	assert_int_equal(lexed.occurrences[8].directive, GCV_LEX_OTHER_DIRECTIVE);
	expect(9, GCV_LEX_CODE, 11, 1);
	assert_int_equal(lexed.occurrences[10].class, GCV_LEX_DIRECTIVE);
}

static void test_branches(void **state)
{
	static const char text[] = "a\n#if defined(A) && \\\n\tB /* b\n */ > 3 // c\nput_page\n"
				   "# ifdef C\nput_page\n# endif\n#elif D\nput_page\n#else\n"
				   "put_page\n#endif\nput_page\n";
	const struct gcv_lex_branch *b;

	(void)state;
	lex(text);
	assert_int_equal(lexed.nr_branches, 4);
	b = lexed.branches;
	assert_int_equal(b[0].kind, GCV_LEX_IF);
	assert_string_equal(b[0].text, "defined(A) && B > 3");
	assert_int_equal(b[0].line, 2);
	assert_int_equal(b[0].start, 2);
	assert_memory_equal(text + b[0].keyword, "if defined", 10);
	assert_memory_equal(text + b[0].expression, "defined(A)", 10);
	assert_memory_equal(text + b[0].end - 4, "// c\n", 5);
	assert_memory_equal(text + b[0].body_end, "#elif D", 7);
	assert_int_equal(b[0].parent, -1);
	assert_int_equal(b[0].previous, -1);
	assert_int_equal(b[1].kind, GCV_LEX_IFDEF);
	assert_string_equal(b[1].text, "C");
	assert_int_equal(b[1].parent, 0);
	assert_int_equal(b[1].group, 1);
	assert_memory_equal(text + b[1].body_end, "# endif", 7);
	assert_int_equal(b[2].kind, GCV_LEX_ELIF);
	assert_int_equal(b[2].previous, 0);
	assert_int_equal(b[2].group, 0);
	assert_int_equal(b[2].index, 1);
	assert_int_equal(b[3].kind, GCV_LEX_ELSE);
	assert_string_equal(b[3].text, "");
	assert_int_equal(b[3].previous, 2);
	assert_int_equal(b[3].expression, b[3].end);
	assert_int_equal(lexed.nr_occurrences, 5);
	assert_int_equal(lexed.occurrences[0].branch, 0);
	assert_int_equal(lexed.occurrences[1].branch, 1);
	assert_int_equal(lexed.occurrences[2].branch, 2);
	assert_int_equal(lexed.occurrences[3].branch, 3);
	assert_int_equal(lexed.occurrences[4].branch, -1);
	assert_int_equal(lexed.occurrences[4].line, 14);
}

static void test_damaged_groups(void **state)
{
	(void)state;
	lex("#endif\n#else\n#elif X\nput_page\n#if A\nput_page");
	assert_int_equal(lexed.nr_branches, 1);
	assert_int_equal(lexed.occurrences[0].branch, -1);
	assert_int_equal(lexed.occurrences[1].branch, 0);
	assert_int_equal(lexed.branches[0].body_end, strlen("#endif\n#else\n#elif X\nput_page\n"
							    "#if A\nput_page"));
	lex("#if");
	assert_int_equal(lexed.nr_branches, 1);
	assert_string_equal(lexed.branches[0].text, "");
	assert_int_equal(lexed.branches[0].end, 3);
	assert_int_equal(lexed.branches[0].expression, 3);
	lex("#if A\n#else\n#elif B\nput_page\n#endif\n");
	assert_int_equal(only()->branch, 2);
	lex("#if /* never closed\nput_page");
	assert_int_equal(only()->class, GCV_LEX_COMMENT);
	assert_string_equal(lexed.branches[0].text, "");
	lex("#");
	lex("#define");
	lex("#if A \\");
	lex("\\");
	lex("/");
	lex("'");
	lex("\"\\");
	lex("");
	assert_int_equal(lexed.nr_occurrences, 0);
}

static void test_depth(void **state)
{
	const struct gcv_lex_occurrence *o;

	(void)state;
	lex("void f(int a)\n#ifdef A\n{ if (a) {\n#else\n{ if (!a) {\n#endif\nput_page(); } }\n"
	    "#if 0\n{{{\n#endif\nstatic int __init g(void) __acquires(x)\n{ put_page(h(put_page)); "
	    "}\n"
	    "struct s t = { .f = put_page };\n");
	assert_int_equal(lexed.nr_occurrences, 4);
	o = lexed.occurrences;
	assert_int_equal(o[0].brace_depth, 2);
	assert_string_equal(o[0].function, "f");
	assert_int_equal(o[1].brace_depth, 1);
	assert_string_equal(o[1].function, "g");
	assert_int_equal(o[1].paren_depth, 0);
	assert_int_equal(o[2].paren_depth, 2);
	assert_int_equal(o[3].brace_depth, 1);
	assert_null(o[3].function);
}

static void test_assembler(void **state)
{
	static const char text[] = "# put_page isn't called\n\tcall put_page # don't put_page\n"
				   "\tmovb $'\"', %al; put_page\n#ifdef A\n\tb put_page\n#endif\n"
				   "\tmov r0, #put_page\n";

	(void)state;
	lex_bytes(GCV_LEX_ASM, text, strlen(text));
	assert_int_equal(lexed.nr_occurrences, 6);
	expect(0, GCV_LEX_COMMENT, 1, 3);
	expect(1, GCV_LEX_CODE, 2, 7);
	expect(2, GCV_LEX_COMMENT, 2, 24);
	expect(3, GCV_LEX_CODE, 3, 18);
	expect(4, GCV_LEX_CODE, 5, 4);
	assert_int_equal(lexed.occurrences[4].branch, 0);
	expect(5, GCV_LEX_CODE, 7, 11);
}

static void test_build_files(void **state)
{
	static const char text[] = "# put_page\nconfig X # put_page\n\thelp put_page it's\n"
				   "a\\#put_page b#put_page\nput_page";

	(void)state;
	lex_bytes(GCV_LEX_BUILD, text, strlen(text));
	assert_int_equal(lexed.nr_occurrences, 6);
	expect(0, GCV_LEX_COMMENT, 1, 3);
	expect(1, GCV_LEX_COMMENT, 2, 12);
	expect(2, GCV_LEX_PLAIN, 3, 7);
	expect(3, GCV_LEX_PLAIN, 4, 4);
	expect(4, GCV_LEX_PLAIN, 4, 15);
	expect(5, GCV_LEX_PLAIN, 5, 1);
	assert_int_equal(lexed.nr_lines, 4);
}

static void test_bytes(void **state)
{
	static const char text[] = "\0\xff\xc3 put_page\0(\r\n/*\0*/ put_page \xe2\x82\r\n";

	(void)state;
	lex_bytes(GCV_LEX_C, text, sizeof(text) - 1);
	expect(0, GCV_LEX_CODE, 1, 5);
	assert_false(lexed.occurrences[0].followed_by_paren);
	expect(1, GCV_LEX_CODE, 2, 7);
}

static void test_without_names(void **state)
{
	(void)state;
	gcv_lex(NULL, GCV_LEX_C, "#if A\nput_page\n#endif\n", 22, &arena, &lexed);
	assert_int_equal(lexed.nr_occurrences, 0);
	assert_int_equal(lexed.nr_branches, 1);
}

/* Patterns over and over, on one line where they have no newline, must stay linear. */
static void test_linear(void **state)
{
	static const char *const patterns[] = {
		"put_page ",
		"'",
		"\\'",
		"\"\\\"",
		"/*",
		"put_page/*",
		"# /*\n",
		"#if A\n",
		"#else\n",
		"\\ ",
		"//\\\n",
		"# /* put_page */\n",
		"((((",
		"}{",
		"#",
		"put_page\\\n",
		"1'",
		"#if (\\\n",
		"//",
		"#define ",
		"\\\n",
		"  \\  ",
		"/**/put_page",
	};
	size_t len = 1 << 20, i, at, n;
	char *text = malloc(len);
	int language;

	(void)state;
	for (i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		n = strlen(patterns[i]);
		for (at = 0; at + n <= len; at += n)
			memcpy(text + at, patterns[i], n);
		for (language = GCV_LEX_C; language <= GCV_LEX_BUILD; language++) {
			clock_t start = clock();

			gcv_arena_release(&arena);
			gcv_lex(names, (enum gcv_lex_language)language, text, at, &arena, &lexed);
			if (clock() - start > 10 * CLOCKS_PER_SEC)
				fail_msg("'%s' takes too long", patterns[i]);
		}
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes),	      cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_comments),      cmocka_unit_test(test_parens_follow),
		cmocka_unit_test(test_define),	      cmocka_unit_test(test_other_directives),
		cmocka_unit_test(test_branches),      cmocka_unit_test(test_damaged_groups),
		cmocka_unit_test(test_depth),	      cmocka_unit_test(test_assembler),
		cmocka_unit_test(test_build_files),   cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_without_names), cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
