// SPDX-License-Identifier: GPL-2.0-only
/* links: edit */
/*
 * Comparisons of small states that are written by hand. The old text has an acquire and its release
 * in f(), and in g() a release of other pages and an acquire that is left out of the edit.
 */
#include "edit/compare.h"
#include "parse/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char old_text[] = "int f(void)\n"
			       "{\n"
			       "\tget_user_pages_fast(1);\n"
			       "\tfor (i = 0; i < n; i++)\n"
			       "\t\tput_page(p[i]);\n"
			       "}\n"
			       "int g(void)\n"
			       "{\n"
			       "\tput_page(other);\n"
			       "\tget_user_pages(2);\n"
			       "\tput_page(mine);\n"
			       "}\n";

#define ACQUIRE "get_user_pages_fast(1)"
#define LOOP	"\tfor (i = 0; i < n; i++)\n\t\tput_page(p[i]);\n"

/* @partners: the numbers of sites, for sites that are tied to one. */
struct world {
	struct gcv_edit_site before[8], after[8];
	uint32_t partners[8];
	struct gcv_edit_unit units[2][4];
	struct gcv_edit_error errors[2][4];
	struct gcv_edit_state states[2];
	struct gcv_file_edit edit;
	struct gcv_strbuf text;
	struct gcv_arena arena;
	struct gcv_finding *findings;
	uint32_t nr;
};

static uint32_t place_of(const char *text, const char *what, const char *behind)
{
	const char *at = strstr(text, behind), *hit = at ? strstr(at, what) : NULL;

	assert_non_null(hit);
	return (uint32_t)(hit - text);
}

static uint32_t line_at(const char *text, uint32_t offset)
{
	uint32_t line = 1, i;

	for (i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

/* A site of @api behind the text @behind in @text; @partner: index of the one that it is tied to.
 */
static void add_site(struct world *w, bool is_after, const char *behind, const char *api,
		     enum gcv_verdict verdict, uint32_t partner)
{
	struct gcv_edit_state *state = &w->states[is_after];
	const char *text = is_after ? w->text.buf : old_text;
	uint32_t offset = place_of(text, api, behind);
	bool is_in_g = offset > place_of(text, "int g", "");

	state->sites[state->nr_sites++] = (struct gcv_edit_site){
		.file = "a.c",
		.function = is_in_g ? "g" : "f",
		.api = api,
		.name = api,
		.offset = offset,
		.line = line_at(text, offset),
		.is_acquire = strncmp(api, "get_", 4) == 0 || strncmp(api, "pin_", 4) == 0,
		.verdict = verdict,
		.reason = "",
		.group = GCV_NONE,
		.partners = partner == GCV_NONE ? NULL : &w->partners[partner],
		.nr_partners = partner != GCV_NONE,
	};
}

static void change(struct world *w, const char *what, const char *text, uint32_t group)
{
	uint32_t begin = place_of(old_text, what, "");
	struct gcv_err err;

	assert_int_equal(gcv_file_edit_add(&w->edit, begin, begin + (uint32_t)strlen(what), text,
					   group, &err),
			 GCV_OK);
}

static void begin(struct world *w)
{
	uint32_t i;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < 8; i++)
		w->partners[i] = i;
	w->states[0].sites = w->before;
	w->states[1].sites = w->after;
	w->states[0].units = w->units[0];
	w->states[1].units = w->units[1];
	w->states[0].errors = w->errors[0];
	w->states[1].errors = w->errors[1];
	w->edit = (struct gcv_file_edit){ .path = "a.c",
					  .old_text = old_text,
					  .old_len = strlen(old_text) };
	add_site(w, false, "int f", "get_user_pages_fast", GCV_VERDICT_CONVERTIBLE, 1);
	add_site(w, false, "int f", "put_page", GCV_VERDICT_CONVERT, 0);
	add_site(w, false, "int g", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	add_site(w, false, "int g", "get_user_pages", GCV_VERDICT_CONVERTIBLE, 4);
	add_site(w, false, "pages(2)", "put_page", GCV_VERDICT_CONVERT, 3);
}

/* The edit as it should be, as group 7, and what is found then: all well so far. */
static void make_edit(struct world *w)
{
	change(w, ACQUIRE, "pin_user_pages_fast(1)", 7);
	change(w, LOOP, "\tunpin_user_pages(p, n);\n", 7);
	gcv_file_edit_apply(&w->edit, &w->text);
	add_site(w, true, "int f", "pin_user_pages_fast", GCV_VERDICT_CONVERTED, 1);
	add_site(w, true, "int f", "unpin_user_pages", GCV_VERDICT_CONVERTED, 0);
	add_site(w, true, "int g", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	add_site(w, true, "int g", "get_user_pages", GCV_VERDICT_CONVERTIBLE, 4);
	add_site(w, true, "pages(2)", "put_page", GCV_VERDICT_CONVERT, 3);
}

static void compare(struct world *w)
{
	const struct gcv_edit_input input = { &w->states[0], &w->states[1], &w->edit, 1 };

	gcv_edit_compare(&input, &w->arena, &w->findings, &w->nr);
}

static void end(struct world *w)
{
	gcv_file_edit_release(&w->edit);
	gcv_strbuf_release(&w->text);
	gcv_arena_release(&w->arena);
}

static void expect(const struct world *w, uint32_t i, enum gcv_finding_kind kind, uint32_t group,
		   uint32_t line, const char *text)
{
	assert_true(i < w->nr);
	assert_string_equal(w->findings[i].text, text);
	assert_string_equal(w->findings[i].file, "a.c");
	assert_int_equal(w->findings[i].kind, kind);
	assert_int_equal(w->findings[i].group, group);
	assert_int_equal(w->findings[i].line, line);
}

static void remove_site(struct gcv_edit_state *state, uint32_t at)
{
	memmove(state->sites + at, state->sites + at + 1,
		(--state->nr_sites - at) * sizeof(*state->sites));
}

static void test_well(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

/* Without an edit nothing may change, and what is the same is no finding. */
static void test_no_edit(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	w.states[1] = w.states[0];
	compare(&w);
	assert_int_equal(w.nr, 0);
	w.states[1].nr_sites--;
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_LOST, GCV_NONE, 11, "put_page() in g() is not found any more");
	end(&w);
}

/* What the edit put somewhere is not what was wanted. */
static void test_not_converted(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	w.after[0].verdict = GCV_VERDICT_REFUSED;
	w.after[1].verdict = GCV_VERDICT_REFUSE;
	w.after[1].reason = "atomic-context";
	compare(&w);
	assert_int_equal(w.nr, 2);
	expect(&w, 0, GCV_FINDING_NOT_CONVERTED, 7, 3,
	       "pin_user_pages_fast() in f() is refused after the change");
	expect(&w, 1, GCV_FINDING_NOT_CONVERTED, 7, 4,
	       "unpin_user_pages() in f() is refuse after the change because atomic-context");
	end(&w);
}

static void test_left_nothing(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	remove_site(&w.states[1], 1);
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_LOST, 7, 5, "nothing takes the place of put_page() in f()");
	remove_site(&w.states[1], 0);
	compare(&w);
	assert_int_equal(w.nr, 2);
	expect(&w, 0, GCV_FINDING_LOST, 7, 3,
	       "nothing takes the place of get_user_pages_fast() in f()");
	end(&w);
}

/* The acquire is changed, but one of its releases is not: all or none. */
static void test_release_left_out(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	change(&w, ACQUIRE, "pin_user_pages_fast(1)", 2);
	gcv_file_edit_apply(&w.edit, &w.text);
	add_site(&w, true, "int f", "pin_user_pages_fast", GCV_VERDICT_CONVERTED, 1);
	add_site(&w, true, "int f", "put_page", GCV_VERDICT_CONVERT, 0);
	add_site(&w, true, "int g", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	add_site(&w, true, "int g", "get_user_pages", GCV_VERDICT_CONVERTIBLE, 4);
	add_site(&w, true, "pages(2)", "put_page", GCV_VERDICT_CONVERT, 3);
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_NOT_CONVERTED, 2, 5,
	       "put_page() in f() is convert after the change");
	end(&w);
}

/* A site in the changed text that was none of its business. */
static void test_too_much_changed(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	change(&w, "put_page(other)", "unpin_user_page(other)", 3);
	gcv_file_edit_apply(&w.edit, &w.text);
	w.states[0].nr_sites = 3;
	add_site(&w, true, "int f", "get_user_pages_fast", GCV_VERDICT_CONVERTIBLE, 1);
	add_site(&w, true, "int f", "put_page", GCV_VERDICT_CONVERT, 0);
	add_site(&w, true, "int g", "unpin_user_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	compare(&w);
	assert_int_equal(w.nr, 2);
	expect(&w, 0, GCV_FINDING_NOT_CONVERTED, 3, 9,
	       "put_page() in g() is changed, though it is unrelated");
	expect(&w, 1, GCV_FINDING_NOT_CONVERTED, 3, 9,
	       "unpin_user_page() in g() is unrelated after the change");
	end(&w);
}

/* It may be written anew, as it was. */
static void test_written_anew(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	change(&w, "\tput_page(other);\n", "\t/* why */\n\t\tput_page(other);\n", 3);
	gcv_file_edit_apply(&w.edit, &w.text);
	w.states[0].nr_sites = 3;
	add_site(&w, true, "int f", "get_user_pages_fast", GCV_VERDICT_CONVERTIBLE, 1);
	add_site(&w, true, "int f", "put_page", GCV_VERDICT_CONVERT, 0);
	add_site(&w, true, "why", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	compare(&w);
	assert_int_equal(w.nr, 0);
	w.after[2].verdict = GCV_VERDICT_REFUSE;
	compare(&w);
	assert_int_equal(w.nr, 2);
	end(&w);
}

static void test_others(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	w.after[2].verdict = GCV_VERDICT_REFUSE;
	w.after[3].verdict = GCV_VERDICT_REFUSED;
	remove_site(&w.states[1], 4);
	compare(&w);
	assert_int_equal(w.nr, 3);
	expect(&w, 0, GCV_FINDING_VERDICT, 7, 9,
	       "put_page() in g() was unrelated and is refuse now");
	expect(&w, 1, GCV_FINDING_VERDICT, 7, 10,
	       "get_user_pages() in g() was convertible and is refused now");
	expect(&w, 2, GCV_FINDING_LOST, 7, 11, "put_page() in g() is not found any more");
	end(&w);
}

/* With two groups in the file, the one that edits the function is to blame, else none. */
static void test_blame(void **state)
{
	struct world w;
	uint32_t other = 3;

	(void)state;
	begin(&w);
	change(&w, ACQUIRE, "pin_user_pages_fast(1)", 7);
	change(&w, LOOP, "\tunpin_user_pages(p, n);\n", 7);
	change(&w, "get_user_pages(2)", "pin_user_pages(2)", 8);
	change(&w, "put_page(mine)", "unpin_user_page(mine)", 8);
	gcv_file_edit_apply(&w.edit, &w.text);
	add_site(&w, true, "int f", "pin_user_pages_fast", GCV_VERDICT_CONVERTED, 1);
	add_site(&w, true, "int f", "unpin_user_pages", GCV_VERDICT_CONVERTED, 0);
	add_site(&w, true, "int g", "put_page", GCV_VERDICT_KEEP, GCV_NONE);
	add_site(&w, true, "int g", "pin_user_pages", GCV_VERDICT_CONVERTED, 4);
	add_site(&w, true, "pages(2)", "unpin_user_page", GCV_VERDICT_CONVERTED, 3);
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_VERDICT, 8, 9, "put_page() in g() was unrelated and is keep now");
	w.before[2].function = w.after[2].function = "h";
	compare(&w);
	expect(&w, 0, GCV_FINDING_VERDICT, GCV_NONE, 9,
	       "put_page() in h() was unrelated and is keep now");
	/* Who serves the same pages knows better. */
	w.before[2].partners = &other;
	w.before[2].nr_partners = 1;
	compare(&w);
	expect(&w, 0, GCV_FINDING_VERDICT, 8, 9, "put_page() in h() was unrelated and is keep now");
	/* That it is right now is what was hoped for. */
	w.after[2].verdict = GCV_VERDICT_CONVERTED;
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

/* Only an argument is changed: the name stands, and the group says that the site is edited. */
static void test_argument(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	change(&w, "(p[i])", "(p[i], true)", 1);
	gcv_file_edit_apply(&w.edit, &w.text);
	w.before[0].group = w.before[1].group = 1;
	add_site(&w, true, "int f", "get_user_pages_fast", GCV_VERDICT_CONVERTIBLE, 1);
	add_site(&w, true, "int f", "put_page", GCV_VERDICT_CONVERTED, 0);
	add_site(&w, true, "int g", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	add_site(&w, true, "int g", "get_user_pages", GCV_VERDICT_CONVERTIBLE, 4);
	add_site(&w, true, "pages(2)", "put_page", GCV_VERDICT_CONVERT, 3);
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_NOT_CONVERTED, 1, 3,
	       "get_user_pages_fast() in f() is convertible after the change");
	w.after[0].verdict = GCV_VERDICT_CONVERTED;
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

/* A group that was given up is left as it is. */
static void test_given_up(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	w.before[3].group = w.before[4].group = 6;
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

/* Text that is inserted at the end of a name makes another name of it. */
static void test_longer_name(void **state)
{
	struct world w;
	uint32_t at = place_of(old_text, "(mine)", "");
	struct gcv_err err;

	(void)state;
	begin(&w);
	assert_int_equal(gcv_file_edit_add(&w.edit, at, at, "s_of", 4, &err), GCV_OK);
	gcv_file_edit_apply(&w.edit, &w.text);
	add_site(&w, true, "int f", "get_user_pages_fast", GCV_VERDICT_CONVERTIBLE, 1);
	add_site(&w, true, "int f", "put_page", GCV_VERDICT_CONVERT, 0);
	add_site(&w, true, "int g", "put_page", GCV_VERDICT_UNRELATED, GCV_NONE);
	add_site(&w, true, "int g", "get_user_pages", GCV_VERDICT_CONVERTED, 4);
	add_site(&w, true, "pages(2)", "put_pages_of", GCV_VERDICT_CONVERTED, 3);
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

static void test_appeared(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	remove_site(&w.states[0], 2);
	w.partners[3] = 2;
	w.partners[4] = 3;
	w.before[2].partners = &w.partners[4];
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_NOT_CONVERTED, 7, 9, "put_page() in g() was not found before");
	end(&w);
}

static void put_errors(struct world *w, bool is_after, const char *config, uint32_t line,
		       const char *text)
{
	struct gcv_edit_state *state = &w->states[is_after];

	state->units[state->nr_units++] =
		(struct gcv_edit_unit){ "a.c", config, line != 0, line != 0, "" };
	if (line)
		state->errors[state->nr_errors++] =
			(struct gcv_edit_error){ "a.c", config, "a.c", line, text };
}

static void test_new_error(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	put_errors(&w, false, "x86", 0, NULL);
	put_errors(&w, false, "arm", 0, NULL);
	/* The line of the call that took the place of the loop, in two configurations. */
	put_errors(&w, true, "x86", 4, "too few arguments");
	put_errors(&w, true, "arm", 4, "too few arguments");
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 4, "too few arguments [x86]");
	end(&w);
}

/* The errors that a file has are not new because they stand on another line now. */
static void test_old_error(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	put_errors(&w, false, "x86", 11, "no such thing");
	put_errors(&w, true, "x86", 10, "no such thing");
	compare(&w);
	assert_int_equal(w.nr, 0);
	/* A second one of the same text is. */
	w.errors[1][1] = (struct gcv_edit_error){ "a.c", "x86", "a.c", 6, "no such thing" };
	w.states[1].nr_errors++;
	w.units[1][0].nr_errors++;
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 7, "no such thing [x86]");
	end(&w);
}

/* Behind what is kept of the errors, and in a header that is not edited. */
static void test_counted_errors(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	put_errors(&w, false, "x86", 0, NULL);
	put_errors(&w, true, "x86", 0, NULL);
	w.errors[1][0] = (struct gcv_edit_error){ "a.c", "x86", "a.h", 6, "no such thing" };
	w.states[1].nr_errors++;
	compare(&w);
	assert_int_equal(w.nr, 0);
	w.units[1][0].nr_errors = 3;
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 0, "there are more errors than before [x86]");
	w.units[1][0].nr_errors = GCV_NONE;
	w.units[1][0].cause = "libclang crashed";
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 0, "libclang crashed [x86]");
	/* It did so before. */
	w.units[0][0].nr_errors = GCV_NONE;
	compare(&w);
	assert_int_equal(w.nr, 0);
	end(&w);
}

/* An error behind all that are kept may have been there; one before them was not. */
static void test_kept_errors(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	put_errors(&w, false, "x86", 9, "no such thing");
	put_errors(&w, true, "x86", 9, "nor that");
	compare(&w);
	assert_int_equal(w.nr, 1);
	w.units[0][0].nr_errors = w.units[0][0].nr_all = 2;
	compare(&w);
	assert_int_equal(w.nr, 0);
	w.errors[1][0].line = 4;
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 4, "nor that [x86]");
	end(&w);
}

/* The same configuration is compared, else one of the same environment. */
static void test_configurations(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	put_errors(&w, false, "x86", 11, "no such thing");
	put_errors(&w, false, "x86 CONFIG_A=y", 0, NULL);
	put_errors(&w, true, "x86", 10, "no such thing");
	put_errors(&w, true, "x86 CONFIG_A=n", 10, "no such thing");
	compare(&w);
	assert_int_equal(w.nr, 0);
	w.units[1][1].config = w.errors[1][1].config = "x86 CONFIG_A=y";
	compare(&w);
	assert_int_equal(w.nr, 1);
	expect(&w, 0, GCV_FINDING_ERROR, 7, 11, "no such thing [x86 CONFIG_A=y]");
	w.units[1][1].config = w.errors[1][1].config = "arm";
	compare(&w);
	assert_int_equal(w.nr, 1);
	end(&w);
}

static void new_faults_are_found(void **state)
{
	static const struct gcv_edit_place in_f[] = { { "a.c", "f", 6 }, { "a.c", "f", 4 } },
					   in_helper[] = { { "a.c", "helper", 6 } },
					   in_g[] = { { "a.c", "g", 9 }, { "a.c", "f", 4 } },
					   in_h[] = { { "b.c", "h", 9 }, { "a.c", "f", 4 } },
					   nowhere[] = { { "b.c", "h", 9 }, { "a.c", "g", 9 } };
	struct gcv_edit_fault before[] = {
		{ "double-release", "told", true, in_f, 2 },
		{ "stale-count", "told", true, in_helper, 1 },
		{ "null-holes", "told", false, in_f, 2 },
	};
	struct gcv_edit_fault after[] = {
		/* As before; what a helper had is its caller's now. */
		{ "double-release", "told", true, in_f, 2 },
		{ "stale-count", "told", true, in_f, 2 },
		/* One more than before. */
		{ "null-holes", "told", true, in_f, 2 },
		{ "null-holes", "told", true, in_g, 2 },
		/* New, in another file: the way leads through an edited function, or it does not.
		 */
		{ "mixed-release", "told", true, in_h, 2 },
		{ "not-dirtied", "told", true, nowhere, 2 },
		{ "dirty-unlocked", "told", false, in_h, 2 },
	};
	struct world w;

	(void)state;
	begin(&w);
	make_edit(&w);
	w.states[0].faults = before;
	w.states[0].nr_faults = 3;
	w.states[1].faults = after;
	w.states[1].nr_faults = 7;
	compare(&w);
	assert_int_equal(w.nr, 2);
	assert_string_equal(w.findings[0].file, "a.c");
	assert_string_equal(w.findings[0].text, "g() would have the fault null-holes: told");
	assert_int_equal(w.findings[0].kind, GCV_FINDING_FAULT);
	assert_int_equal(w.findings[0].group, 7);
	assert_string_equal(w.findings[1].text, "h() would have the fault mixed-release: told");
	assert_string_equal(w.findings[1].file, "b.c");
	assert_int_equal(w.findings[1].line, 9);
	assert_int_equal(w.findings[1].group, 7);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_well),
		cmocka_unit_test(test_no_edit),
		cmocka_unit_test(test_not_converted),
		cmocka_unit_test(test_left_nothing),
		cmocka_unit_test(test_release_left_out),
		cmocka_unit_test(test_too_much_changed),
		cmocka_unit_test(test_written_anew),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_blame),
		cmocka_unit_test(test_argument),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_longer_name),
		cmocka_unit_test(test_appeared),
		cmocka_unit_test(test_new_error),
		cmocka_unit_test(test_old_error),
		cmocka_unit_test(test_counted_errors),
		cmocka_unit_test(test_kept_errors),
		cmocka_unit_test(test_configurations),
		cmocka_unit_test(new_faults_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
