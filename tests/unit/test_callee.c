// SPDX-License-Identifier: GPL-2.0-only
/* links: parse tree */
#include "parse/callee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))
#define MM	  "include/linux/mm.h"
#define GUP_OLD                                                                                    \
	"long (unsigned long, unsigned long, unsigned int, struct page **, struct vm_area_struct " \
	"**)"
#define GUP_NEW "long (unsigned long, unsigned long, unsigned int, struct page **)"
#define LOCKED_NEW                                                                \
	"long (struct mm_struct *, unsigned long, unsigned long, struct page **," \
	" int *, unsigned int)"

struct state {
	struct gcv_api api;
	struct gcv_era era;
};

static const char *const fast_types[] = { "struct gup_context *", "unsigned long", "int", "u64",
					  "struct page **" };
static const char *const fast_names[] = { "ctx", "start", "nr_pages", "gup_flags", "pages" };
static const struct gcv_era_decl decls[] = {
	/* a signature that the table does not have, whose roles are guessed by name */
	{ .name = "get_user_pages_fast",
	  .result = "int",
	  .types = fast_types,
	  .params = fast_names,
	  .nr_params = NR(fast_types),
	  .file = MM,
	  .line = 1 },
};

static int set_up(void **state)
{
	static struct state s;
	struct gcv_err err;

	if (gcv_api_load(&s.api, &err) != GCV_OK)
		return -1;
	gcv_era_match(&s.api, decls, NR(decls), NULL, 0, &s.era);
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct state *s = *state;

	gcv_era_release(&s->era);
	gcv_api_release(&s->api);
	return 0;
}

static void test_homonyms(void **state)
{
	const struct state *s = *state;
	static const struct {
		const char *name, *file, *type;
		enum gcv_linkage linkage;
		bool is_homonym;
	} cases[] = {
		/* the kernel's own, in a header or exported by a source file */
		{ "put_page", MM, "void (struct page *)", GCV_LINKAGE_STATIC_INLINE, false },
		{ "put_page", MM, "void (struct page *)", GCV_LINKAGE_EXTERNAL, false },
		{ "get_user_pages", "mm/gup.c", GUP_OLD, GCV_LINKAGE_EXTERNAL, false },
		{ "get_user_pages", "mm/nommu.c", GUP_NEW, GCV_LINKAGE_EXTERNAL, false },
		/* a driver's own: Goldfish before v5.6 */
		{ "pin_user_pages", "drivers/platform/goldfish/goldfish_pipe.c",
		  "int (unsigned long, unsigned long, unsigned int, int, struct page **, unsigned "
		  "int *)",
		  GCV_LINKAGE_STATIC, true },
		{ "put_page", "net/a.c", "void (struct page *)", GCV_LINKAGE_STATIC_INLINE, true },
		{ "put_page", "net/a.c", "void (int)", GCV_LINKAGE_STATIC, true },
		/* the same in a header of its own */
		{ "get_user_pages_fast", "drivers/a/a.h", "int (unsigned long)",
		  GCV_LINKAGE_STATIC_INLINE, true },
		{ "get_user_pages_fast", MM, "int (unsigned long)", GCV_LINKAGE_STATIC_INLINE,
		  false },
		/* static functions of mm/gup.c that the table knows, by their signatures */
		{ "__get_user_pages_locked", "mm/gup.c", LOCKED_NEW, GCV_LINKAGE_STATIC, false },
		{ "__get_user_pages_locked", "mm/gup.c", "long (int)", GCV_LINKAGE_STATIC, true },
		{ "gup_put_folio", "mm/gup.c", "void (struct folio *, int, unsigned int)",
		  GCV_LINKAGE_STATIC, false },
		{ "gup_put_folio", "mm/gup.c", "void (void)", GCV_LINKAGE_STATIC, true },
		/* no such API */
		{ "put_pages_away", MM, "void (struct page *)", GCV_LINKAGE_EXTERNAL, true },
	};
	size_t i;

	for (i = 0; i < NR(cases); i++) {
		bool got = gcv_callee_is_homonym(&s->era, cases[i].name, cases[i].file,
						 cases[i].type, cases[i].linkage);

		if (got != cases[i].is_homonym)
			fail_msg("case %zu: %s in %s", i, cases[i].name, cases[i].file);
	}
}

static void test_flags_arg(void **state)
{
	const struct state *s = *state;
	static const struct {
		const char *name, *type;
		int at;
	} cases[] = {
		{ "get_user_pages", GUP_OLD, 2 },
		{ "get_user_pages", GUP_NEW, 2 },
		{ "__get_user_pages_locked", LOCKED_NEW, 5 },
		{ "get_user_pages_fast", "int (unsigned long, int, unsigned int, struct page **)",
		  2 },
		/* "write" before there were flags */
		{ "get_user_pages_fast", "int (unsigned long, int, int, struct page **)", 2 },
		/* no signature of the table fits: what the tree's header says */
		{ "get_user_pages_fast",
		  "int (struct gup_context *, unsigned long, int, u64, struct page **)", 3 },
		{ "get_user_pages_fast", "int (void)", 3 },
		{ "get_user_pages", "int (void)", -1 },
		{ "put_page", "void (struct page *)", -1 },
		{ "put_pages_away", "void (int)", -1 },
	};
	size_t i;

	for (i = 0; i < NR(cases); i++) {
		int at = gcv_callee_flags_arg(&s->era, cases[i].name, cases[i].type);

		if (at != cases[i].at)
			fail_msg("%s %s: %d, not %d", cases[i].name, cases[i].type, at,
				 cases[i].at);
	}
}

static void test_signature(void **state)
{
	const struct state *s = *state;
	const struct gcv_api_signature *signature =
		gcv_callee_signature(&s->era, "get_user_pages", GUP_NEW);

	assert_non_null(signature);
	assert_int_equal(signature->arg[GCV_API_ARG_PAGES], 3);
	assert_int_equal(signature->arg[GCV_API_ARG_COUNT], 1);
	assert_ptr_not_equal(signature, gcv_callee_signature(&s->era, "get_user_pages", GUP_OLD));
	assert_null(gcv_callee_signature(&s->era, "nothing", GUP_NEW));
}

/* Types come from the database too, and may be anything. */
static void test_odd_types(void **state)
{
	const struct state *s = *state;
	static const char *const types[] = {
		"",
		"(",
		")",
		"()",
		"void",
		"void (",
		"void (int",
		"void (int,",
		"void (,)",
		"void ((((",
		"void ()))",
		"int (*)(int)",
		"int (void (*)(int, int), int)",
		"void (...)",
		"void (int, ...)",
		"int (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t)",
		"int (,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,)",
	};
	size_t i;

	for (i = 0; i < NR(types); i++) {
		assert_null(gcv_callee_signature(&s->era, "get_user_pages", types[i]));
		assert_int_equal(gcv_callee_flags_arg(&s->era, "get_user_pages", types[i]), -1);
		assert_true(gcv_callee_is_homonym(&s->era, "gup_put_folio", "a.c", types[i],
						  GCV_LINKAGE_STATIC));
	}
	assert_true(gcv_callee_is_homonym(&s->era, "put_page", "", "", GCV_LINKAGE_STATIC));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_homonyms),
		cmocka_unit_test(test_flags_arg),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_odd_types),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
