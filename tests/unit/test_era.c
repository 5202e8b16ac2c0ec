// SPDX-License-Identifier: GPL-2.0-only
/* links: parse tree */
#include "parse/era.h"
#include "parse/era_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))
#define TYPES(...)            \
	(const char *const[]) \
	{                     \
		__VA_ARGS__   \
	}
#define MM "include/linux/mm.h"

/* What a tree of about v5.4 declares, with some inventions. */
static const struct gcv_era_decl decls[] = {
	{ .name = "put_user_pages_dirty_lock",
	  .result = "void",
	  .types = TYPES("struct page **", "unsigned long", "_Bool"),
	  .nr_params = 3,
	  .file = MM,
	  .line = 5 },
	{ .name = "get_user_pages_fast",
	  .result = "int",
	  .types = TYPES("unsigned long", "int", "unsigned", "struct page *[]"),
	  .nr_params = 4,
	  .file = MM,
	  .line = 6 },
	/* arguments that nobody has seen before, with names to go by */
	{ .name = "get_user_pages",
	  .result = "long",
	  .types = TYPES("struct gup_context *", "unsigned long", "unsigned long", "u64",
			 "struct page **"),
	  .params = TYPES("ctx", "start", "nr_pages", "gup_flags", "pages"),
	  .nr_params = 5,
	  .file = MM,
	  .line = 7 },
	{ .name = "put_user_page", .is_macro = true, .file = MM, .line = 8 },
	{ .name = "put_user_page",
	  .result = "void",
	  .types = TYPES("struct page *"),
	  .nr_params = 1,
	  .file = MM,
	  .line = 9,
	  .is_inline = true },
	{ .name = "put_page", .is_macro = true, .file = MM, .line = 10 },
	{ .name = "unpin_user_pages_lazily",
	  .result = "void",
	  .types = TYPES("struct page **", "unsigned long", "bool"),
	  .params = TYPES("pages", "npages", "make_dirty"),
	  .nr_params = 3,
	  .file = MM,
	  .line = 40 },
	{ .name = "__get_user_pages_twice",
	  .result = "long",
	  .types = TYPES("unsigned long"),
	  .nr_params = 1,
	  .file = MM,
	  .line = 30 },
	{ .name = "__get_user_pages_twice",
	  .result = "long",
	  .types = TYPES("unsigned long"),
	  .nr_params = 1,
	  .file = MM,
	  .line = 50 },
	{ .name = "get_user", .is_macro = true, .file = MM, .line = 60 },
	{ .name = "release_pages",
	  .result = "void",
	  .types = TYPES("struct page **", "int"),
	  .nr_params = 2,
	  .file = "include/linux/pagemap.h",
	  .line = 1,
	  .is_variadic = true },
};

static const struct gcv_era_constant constants[] = {
	{ .name = "FOLL_WRITE", .value = 1, .file = MM, .line = 1, .is_macro = true },
	{ .name = "FOLL_NEW", .value = 0x80000, .file = MM, .line = 2 },
	{ .name = "FOLL_WRITE", .value = 2, .file = MM, .line = 3 },
	{ .name = "PAGE_SIZE", .value = 4096, .file = MM, .line = 4 },
};

struct state {
	struct gcv_api api;
	struct gcv_era era;
};

static int setup(void **state)
{
	static struct state s;
	struct gcv_err err = { 0 };

	if (gcv_api_load(&s.api, &err) != GCV_OK)
		return -1;
	gcv_era_match(&s.api, decls, NR(decls), constants, NR(constants), &s.era);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct state *s = *state;

	gcv_era_release(&s->era);
	gcv_api_release(&s->api);
	return 0;
}

static const struct gcv_era_entry *find(void **state, const char *name)
{
	const struct state *s = *state;
	const struct gcv_era_entry *entry = gcv_era_find(&s->era, name, strlen(name));

	assert_non_null(entry);
	return entry;
}

static void test_types(void **state)
{
	(void)state;
	assert_true(gcv_era_type_equal("struct page **", "struct page * const *"));
	assert_true(gcv_era_type_equal("struct page **", "struct page *[16]"));
	assert_true(gcv_era_type_equal("unsigned", "unsigned int"));
	assert_true(gcv_era_type_equal("long unsigned int", "unsigned long"));
	assert_true(gcv_era_type_equal("_Bool", "bool"));
	assert_true(gcv_era_type_equal("const struct kvec *", "struct kvec*"));
	assert_true(gcv_era_type_equal("const char __user *", "char *"));
	assert_false(gcv_era_type_equal("signed char", "char"));
	assert_false(gcv_era_type_equal("int", "unsigned int"));
	assert_false(gcv_era_type_equal("long", "long long"));
	assert_false(gcv_era_type_equal("struct page **", "struct page ***"));
	assert_false(gcv_era_type_equal("struct page *", "struct folio *"));
	assert_false(gcv_era_type_equal("__u32 *", "__s32 *"));
	assert_false(gcv_era_type_equal("size_t", "loff_t"));
	/* an unclosed bracket and a type without end do no harm */
	assert_false(gcv_era_type_equal("struct page *[", "int"));
}

static void test_endless_type_equals_nothing(void **state)
{
	static char type[2000];

	(void)state;
	memset(type, 'a', sizeof(type) - 1);
	assert_false(gcv_era_type_equal(type, type));
}

static void test_known(void **state)
{
	const struct gcv_era_entry *entry = find(state, "put_user_pages_dirty_lock");

	assert_int_equal(entry->state, GCV_ERA_KNOWN);
	assert_ptr_equal(entry->signature, &entry->function->signatures[1]);
	assert_int_equal(entry->signature->dirty, GCV_API_DIRTY_BY_ARGUMENT);
	assert_int_equal(entry->decl->line, 5);

	entry = find(state, "get_user_pages_fast");
	assert_int_equal(entry->state, GCV_ERA_KNOWN);
	assert_int_equal(entry->signature->arg[GCV_API_ARG_FLAGS], 2);
	assert_int_equal(entry->signature->arg[GCV_API_ARG_WRITE], -1);
}

static void test_absent_and_outside(void **state)
{
	const struct state *s = *state;

	assert_int_equal(find(state, "pin_user_pages")->state, GCV_ERA_ABSENT);
	assert_null(find(state, "pin_user_pages")->signature);
	assert_null(gcv_era_find(&s->era, "kmalloc", 7));
	assert_false(gcv_era_has(&s->era, "pin_user_pages"));
	assert_false(gcv_era_has(&s->era, "kmalloc"));
	assert_true(gcv_era_has(&s->era, "put_user_page"));
}

static void test_changed(void **state)
{
	const struct gcv_era_entry *entry = find(state, "get_user_pages");

	assert_int_equal(entry->state, GCV_ERA_CHANGED);
	assert_string_equal(entry->signature->era, "guessed");
	assert_int_equal(entry->signature->arg[GCV_API_ARG_START], 1);
	assert_int_equal(entry->signature->arg[GCV_API_ARG_COUNT], 2);
	assert_int_equal(entry->signature->arg[GCV_API_ARG_FLAGS], 3);
	assert_int_equal(entry->signature->arg[GCV_API_ARG_PAGES], 4);
	assert_int_equal(entry->signature->params[0].role, GCV_API_ARG_OTHER);
	assert_int_equal(entry->signature->result, GCV_API_RESULT_COUNT_OR_ERRNO);
	/* ... is no known signature, whatever stands before it */
	assert_int_equal(find(state, "release_pages")->state, GCV_ERA_CHANGED);
}

static void test_macro_and_function(void **state)
{
	const struct gcv_era_entry *entry = find(state, "put_user_page");

	assert_int_equal(entry->state, GCV_ERA_KNOWN);
	assert_true(entry->differs);
	assert_int_equal(entry->decl->line, 9);
	entry = find(state, "put_page");
	assert_int_equal(entry->state, GCV_ERA_MACRO);
	assert_false(entry->differs);
	assert_null(entry->signature);
}

static void test_unknown_api(void **state)
{
	const struct gcv_era *era = &((struct state *)*state)->era;

	assert_int_equal(era->nr_unknown, 2);
	assert_string_equal(era->unknown[0].decl->name, "__get_user_pages_twice");
	assert_int_equal(era->unknown[0].decl->line, 30);
	assert_string_equal(era->unknown[0].prefix, "get_user_page");
	assert_string_equal(era->unknown[1].decl->name, "unpin_user_pages_lazily");
	assert_int_equal(era->unknown[1].signature->arg[GCV_API_ARG_MAKE_DIRTY], 2);
	assert_int_equal(era->unknown[1].signature->dirty, GCV_API_DIRTY_BY_ARGUMENT);
}

static void test_flags(void **state)
{
	const struct state *s = *state;
	const struct gcv_era *era = &s->era;
	size_t write = (size_t)(gcv_api_find_flag(&s->api, "FOLL_WRITE") - s->api.flags);
	size_t pin = (size_t)(gcv_api_find_flag(&s->api, "FOLL_PIN") - s->api.flags);

	assert_int_equal(era->nr_flags, s->api.nr_flags + 1);
	assert_int_equal(era->flags[write].constant->value, 1);
	assert_null(era->flags[pin].constant);
	assert_null(era->flags[s->api.nr_flags].flag);
	assert_string_equal(era->flags[s->api.nr_flags].constant->name, "FOLL_NEW");
}

static bool in_force(const struct state *s, const char *conversion, const char *to)
{
	const struct gcv_api_conversion *c = gcv_api_find_conversion(&s->api, conversion);
	bool any = false;

	assert_non_null(c);
	for (size_t i = 0; i < c->nr_pairs; i++)
		if (strcmp(c->pairs[i].to, to) == 0)
			any |= gcv_era_pair_in_force(&s->era, &c->pairs[i]);
	return any;
}

static void test_pairs(void **state)
{
	assert_true(in_force(*state, "put-user-page", "put_user_page"));
	assert_false(in_force(*state, "put-user-page", "put_user_pages"));
	assert_true(in_force(*state, "make-dirty", "put_user_pages_dirty_lock"));
	assert_false(in_force(*state, "pin-user-page", "pin_user_pages"));
	assert_false(in_force(*state, "iov-extract", "unpin_user_page"));
}

/* v5.3 has put_user_pages_dirty_lock(), but not the argument that make-dirty needs. */
static void test_pair_without_its_argument(void **state)
{
	const struct gcv_era_decl old = {
		.name = "put_user_pages_dirty_lock",
		.result = "void",
		.types = TYPES("struct page **", "unsigned long"),
		.nr_params = 2,
		.file = MM,
		.line = 1,
	};
	struct state s = *(struct state *)*state;

	gcv_era_match(&s.api, &old, 1, NULL, 0, &s.era);
	assert_true(gcv_era_has(&s.era, "put_user_pages_dirty_lock"));
	assert_false(in_force(&s, "make-dirty", "put_user_pages_dirty_lock"));
	assert_true(in_force(&s, "put-user-page", "put_user_pages_dirty_lock"));
	gcv_era_release(&s.era);
}

static void test_prototype(void **state)
{
	struct gcv_arena arena = { 0 };

	(void)state;
	assert_string_equal(gcv_era_prototype(&arena, &decls[2]),
			    "long get_user_pages(struct gup_context *ctx, unsigned long start, "
			    "unsigned long nr_pages, u64 gup_flags, struct page **pages)");
	assert_string_equal(gcv_era_prototype(&arena, &decls[10]),
			    "void release_pages(struct page **, int, ...)");
	assert_string_equal(gcv_era_prototype(&arena, &decls[5]), "put_page");
	gcv_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_endless_type_equals_nothing),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_absent_and_outside),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_macro_and_function),
		cmocka_unit_test(test_unknown_api),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_pair_without_its_argument),
		cmocka_unit_test(test_prototype),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
