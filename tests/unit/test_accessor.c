// SPDX-License-Identifier: GPL-2.0-only
/* links: flow */
#include "flow/accessor.h"
#include "flow/accessor_words.h"
#include "tree/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD	   "{\"format\":\"gupconv-accessors\",\"version\":1"
#define FUNC(rest) HEAD ",\"functions\":[{\"names\":[\"f\"],\"source\":\"x.h\"" rest "}]}"

static int load(void **state)
{
	static struct gcv_accessors table;
	struct gcv_err err = { 0 };

	if (gcv_accessors_load(&table, &err) != GCV_OK) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	*state = &table;
	return 0;
}

static int unload(void **state)
{
	gcv_accessors_release(*state);
	return 0;
}

static const struct gcv_accessor *find(const struct gcv_accessors *table, const char *name)
{
	const struct gcv_accessor *a = gcv_accessor_find(table, name);

	if (!a)
		fail_msg("%s is missing", name);
	assert_string_equal(a->name, name);
	return a;
}

static void test_every_name_is_found(void **state)
{
	const struct gcv_accessors *table = *state;

	assert_true(table->nr_functions >= 2000);
	for (uint32_t i = 0; i < table->nr_functions; i++) {
		const struct gcv_accessor *a = &table->functions[i];

		assert_ptr_equal(find(table, a->name), a);
		assert_true(a->source[0] != '\0' && a->source[0] != '/');
	}
	assert_null(gcv_accessor_find(table, "sg_set_pages"));
	assert_null(gcv_accessor_find(table, ""));
}

/* A place as text, to compare it with what the table says. */
static const char *place_text(const struct gcv_accessor_place *place)
{
	static char text[200];
	size_t len;

	snprintf(text, sizeof(text), place->arg < 0 ? "result" : "arg%d", place->arg);
	for (uint32_t i = 0; i < place->nr_path; i++) {
		len = strlen(text);
		snprintf(text + len, sizeof(text) - len, "%s%s",
			 strcmp(place->path[i], "[]") == 0 ? "" : ".", place->path[i]);
	}
	return text;
}

static void test_flows(void **state)
{
	const struct gcv_accessor *a = find(*state, "sg_set_page");

	assert_string_equal(place_text(&a->flows[0].to), "arg0.page_link");
	assert_string_equal(place_text(&a->flows[0].from), "arg1");
	assert_int_equal(a->flows[0].origin, GCV_ORIGIN_NONE);
	a = find(*state, "sg_alloc_table_from_pages");
	assert_int_equal(a->flows[0].origin, GCV_ORIGIN_NEW);
	assert_string_equal(place_text(&a->flows[1].to), "arg0.sgl.page_link");
	assert_string_equal(place_text(&a->flows[1].from), "arg1[]");
	a = find(*state, "sg_page");
	assert_string_equal(place_text(&a->flows[0].to), "result");
	assert_string_equal(place_text(&a->flows[0].from), "arg0.page_link");
	a = find(*state, "vmap");
	assert_string_equal(place_text(&a->flows[0].from), "arg0[]");
	a = find(*state, "iommu_iova_to_phys");
	assert_string_equal(place_text(&a->flows[0].from),
			    place_text(&find(*state, "iommu_map")->flows[0].to));
	a = find(*state, "alloc_pages");
	assert_int_equal(a->nr_flows, 1);
	assert_string_equal(place_text(&a->flows[0].to), "result");
	assert_int_equal(a->flows[0].origin, GCV_ORIGIN_ALLOCATED);
}

/* Names that only some kernel releases have. */
static void test_names_of_all_eras(void **state)
{
	static const char *const names[] = {
		"compound_head",
		"_compound_head",
		"alloc_pages_current",
		"alloc_pages_noprof",
		"__alloc_pages_nodemask",
		"kmalloc_order",
		"__kmalloc_cache_noprof",
		"bio_clone_fast",
		"bio_alloc_clone",
		"hpage_nr_pages",
		"thp_nr_pages",
		"drm_prime_sg_to_page_addr_arrays",
		"drm_prime_sg_to_page_array",
		"pagevec_add",
		"folio_batch_add",
		"generic_make_request",
		"submit_bio_noacct",
		"dma_buf_map_set_vaddr",
		"iosys_map_set_vaddr",
		"kmap_atomic",
		"kmap_local_page",
		"dma_map_phys",
		"PageSlab",
		"folio_test_slab",
		"sg_alloc_table_from_pages_segment",
		"kernel_sendpage",
		"skb_fill_page_desc_noacc",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		find(*state, names[i]);
}

/* Each name that is also a release or acquire of the API table is told there, not here. */
static void test_no_api_name_is_released_here(void **state)
{
	const struct gcv_accessors *table = *state;
	struct gcv_api api;
	struct gcv_err err = { 0 };

	assert_int_equal(gcv_api_load(&api, &err), GCV_OK);
	for (uint32_t i = 0; i < table->nr_functions; i++) {
		const char *name = table->functions[i].name;
		const struct gcv_api_function *f = gcv_api_find(&api, name, strlen(name));

		if (f && f->role != GCV_API_OTHER && f->family != GCV_API_FAMILY_KERNEL_PAGE)
			fail_msg("%s is in both tables", name);
	}
	gcv_api_release(&api);
}

/* A flow or effect names an argument that a function can have, and leads somewhere. */
static void test_places_of_the_table(void **state)
{
	const struct gcv_accessors *table = *state;

	for (uint32_t i = 0; i < table->nr_functions; i++) {
		const struct gcv_accessor *a = &table->functions[i];

		for (uint32_t k = 0; k < a->nr_flows; k++) {
			assert_true(a->flows[k].to.arg < 0 || a->flows[k].to.nr_path > 0);
			assert_true(a->flows[k].to.arg < 8 && a->flows[k].from.arg < 8);
		}
		for (uint32_t k = 0; k < a->nr_effects; k++) {
			/* What a result is, an argument is not. */
			if (a->effects[k].effect == GCV_EFFECT_CURRENT)
				assert_int_equal(a->effects[k].arg.arg, -1);
			else
				assert_in_range(a->effects[k].arg.arg, 0, 7);
		}
	}
}

static bool has_effect(const struct gcv_accessor *a, const char *on, enum gcv_effect effect)
{
	for (uint32_t i = 0; i < a->nr_effects; i++)
		if (a->effects[i].effect == effect &&
		    strcmp(place_text(&a->effects[i].arg), on) == 0)
			return true;
	return false;
}

static void test_effects(void **state)
{
	const struct gcv_accessor *a = find(*state, "skb_add_rx_frag");

	assert_true(has_effect(a, "arg2", GCV_EFFECT_TRANSFER));
	assert_string_equal(a->effects[0].owner, "skb frag");
	assert_true(has_effect(find(*state, "set_page_dirty_lock"), "arg0", GCV_EFFECT_DIRTY_LOCK));
	assert_true(has_effect(find(*state, "set_page_dirty"), "arg0", GCV_EFFECT_DIRTY));
	assert_false(has_effect(find(*state, "set_page_dirty"), "arg0", GCV_EFFECT_DIRTY_LOCK));
	assert_true(
		has_effect(find(*state, "dma_map_sgtable"), "arg1.sgl.page_link", GCV_EFFECT_DMA));
	assert_true(has_effect(find(*state, "page_to_nid"), "arg0", GCV_EFFECT_FACTS));
}

static void test_locks(void **state)
{
	const struct gcv_accessors *table = *state;
	const struct gcv_accessor_lock *lock = gcv_accessor_lock_find(table, "spin_lock");

	assert_non_null(lock);
	assert_true(lock->is_open);
	assert_int_equal(lock->context, GCV_CONTEXT_SPINLOCK);
	assert_int_equal(lock->lock_arg, 0);
	assert_null(lock->result);
	lock = gcv_accessor_lock_find(table, "spin_unlock");
	assert_false(lock->is_open);
	lock = gcv_accessor_lock_find(table, "_raw_spin_lock_irqsave");
	assert_int_equal(lock->context, GCV_CONTEXT_SPINLOCK);
	assert_int_equal(gcv_accessor_lock_next(table, lock)->context, GCV_CONTEXT_IRQS_OFF);
	lock = gcv_accessor_lock_find(table, "arch_local_irq_restore");
	assert_false(lock->is_open);
	assert_int_equal(lock->context, GCV_CONTEXT_IRQS_OFF);
	assert_true(gcv_accessor_lock_find(table, "class_spinlock_constructor")->is_scoped);
	lock = gcv_accessor_lock_find(table, "lock_page_killable");
	assert_string_equal(lock->result, "zero");
	lock = gcv_accessor_lock_find(table, "trylock_page");
	assert_int_equal(lock->context, GCV_CONTEXT_PAGE_LOCK);
	assert_string_equal(lock->result, "true");
	assert_int_equal(gcv_accessor_lock_find(table, "mutex_lock")->context,
			 GCV_CONTEXT_MAY_SLEEP);
	assert_null(gcv_accessor_lock_find(table, "put_page"));
	/* whatever a function opens, something closes; having slept is no section */
	for (uint32_t i = 0; i < table->nr_locks; i++) {
		bool is_closed = table->locks[i].is_scoped ||
				 table->locks[i].context == GCV_CONTEXT_MAY_SLEEP;

		for (uint32_t k = 0; k < table->nr_locks; k++)
			is_closed |= !table->locks[k].is_open &&
				     table->locks[k].context == table->locks[i].context;
		assert_true(is_closed);
	}
}

static void test_callbacks(void **state)
{
	const struct gcv_accessors *table = *state;
	const struct gcv_accessor_callback *cb;

	cb = gcv_accessor_callback_find(table, "request_irq(1)");
	assert_int_equal(cb->context, GCV_CONTEXT_HARDIRQ);
	cb = gcv_accessor_callback_find(table, "struct work_struct.func");
	assert_int_equal(cb->context, GCV_CONTEXT_MAY_SLEEP);
	assert_null(gcv_accessor_callback_find(table, "request_irq(2)"));
	for (uint32_t i = 0; i < table->nr_callbacks; i++)
		assert_ptr_equal(gcv_accessor_callback_find(table, table->callbacks[i].where),
				 &table->callbacks[i]);
}

/* Each pair of functions serves objects of its own, so no member is in two of them. */
static void test_lifecycles(void **state)
{
	const struct gcv_accessors *table = *state;
	struct gcv_intern members = { 0 };

	assert_true(table->nr_lifecycles > 1);
	for (uint32_t i = 0; i < table->nr_lifecycles; i++) {
		const struct gcv_accessor_lifecycle *pair = &table->lifecycles[i];
		bool has_object = false;

		for (uint32_t k = 0; k < pair->nr_members; k++) {
			uint32_t nr = members.nr;

			has_object |= strcmp(pair->members[k], pair->object) == 0;
			assert_int_equal(gcv_intern_add(&members, pair->members[k],
							strlen(pair->members[k])),
					 nr);
		}
		assert_true(has_object);
	}
	gcv_intern_release(&members);
}

/* Fields that everybody writes, and one of a driver. */
static void test_numbers(void **state)
{
	assert_true(gcv_accessor_is_common(*state, "struct vm_area_struct.vm_pgoff"));
	assert_false(gcv_accessor_is_common(*state, "struct vm_area_struct.vm_start"));
	assert_false(gcv_accessor_is_common(*state, "vm_pgoff"));
}

static void test_containers(void **state)
{
	assert_true(gcv_accessor_is_container(*state, "struct scatterlist"));
	assert_true(gcv_accessor_is_container(*state, "struct bio_vec"));
	assert_false(gcv_accessor_is_container(*state, "scatterlist"));
	assert_false(gcv_accessor_is_container(*state, "struct page"));
}

static void test_places(void **state)
{
	static const char *const good[] = {
		"result", "arg0", "arg31", "arg3[]", "arg0.a", "result[][].b", "arg1.a_1.b.c",
	};
	static const char *const bad[] = {
		"",
		"arg",
		"arg32",
		"args",
		"result.",
		"arg0.",
		"arg0[",
		"arg0[0]",
		"arg0a",
		"arg0.1a",
		"Arg0",
		"arg-1",
		"arg0 ",
		"arg0..a",
		"arg99999999999999999999",
		"arg0[][][][][][][][][]",
	};
	struct gcv_arena arena = { 0 };
	struct gcv_accessor_place place;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(gcv_accessor_place_parse(good[i], &arena, &place));
		assert_string_equal(place_text(&place), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (gcv_accessor_place_parse(bad[i], &arena, &place))
			fail_msg("\"%s\" was taken for a place", bad[i]);
	gcv_arena_release(&arena);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = 0; i < GCV_EFFECTS; i++)
		assert_int_equal(
			gcv_accessor_word_value(GCV_ACCESSOR_WORD_EFFECT,
						gcv_accessor_word(GCV_ACCESSOR_WORD_EFFECT, i)),
			i);
	for (int i = 0; i < GCV_CONTEXTS; i++)
		assert_int_equal(
			gcv_accessor_word_value(GCV_ACCESSOR_WORD_CONTEXT,
						gcv_accessor_word(GCV_ACCESSOR_WORD_CONTEXT, i)),
			i);
	assert_string_equal(gcv_accessor_word(GCV_ACCESSOR_WORD_ORIGIN, GCV_ORIGIN_PAGE_CACHE),
			    "page-cache");
	assert_string_equal(gcv_accessor_word(GCV_ACCESSOR_WORD_ORIGIN, GCV_ORIGIN_NONE), "?");
	assert_string_equal(gcv_accessor_word(GCV_ACCESSOR_WORD_EFFECT, -1), "?");
	assert_string_equal(gcv_accessor_word(GCV_ACCESSOR_WORD_EFFECT, 99), "?");
	assert_int_equal(gcv_accessor_word_value(GCV_ACCESSOR_WORD_EFFECT, "kernel"), -1);
}

static void test_several_contexts(void **state)
{
	static const char text[] = HEAD
		",\"locks\":[{\"context\":\"irqs-off\",\"open\":[\"l\"],\"source\":\"x.h\"},"
		"{\"context\":\"spinlock\",\"open\":[\"l\",\"k\"],\"close\":[\"u\"],"
		"\"lock_arg\":2,\"scoped\":true,\"source\":\"x.h\"}]}";
	struct gcv_accessors table;
	const struct gcv_accessor_lock *lock;
	struct gcv_err err = { 0 };

	(void)state;
	assert_int_equal(gcv_accessors_read(text, strlen(text), &table, &err), GCV_OK);
	lock = gcv_accessor_lock_find(&table, "l");
	assert_int_equal(lock->context, GCV_CONTEXT_SPINLOCK);
	assert_int_equal(lock->lock_arg, 2);
	assert_true(lock->is_scoped);
	lock = gcv_accessor_lock_next(&table, lock);
	assert_int_equal(lock->context, GCV_CONTEXT_IRQS_OFF);
	assert_int_equal(lock->lock_arg, -1);
	assert_false(lock->is_scoped);
	assert_null(gcv_accessor_lock_next(&table, lock));
	assert_null(gcv_accessor_lock_next(&table, gcv_accessor_lock_find(&table, "k")));
	assert_null(gcv_accessor_lock_next(&table, gcv_accessor_lock_find(&table, "u")));
	gcv_accessors_release(&table);
}

static void test_empty_table(void **state)
{
	struct gcv_accessors table;
	struct gcv_err err = { 0 };

	(void)state;
	assert_int_equal(gcv_accessors_read(HEAD "}", strlen(HEAD "}"), &table, &err), GCV_OK);
	assert_null(gcv_accessor_find(&table, "kfree"));
	assert_null(gcv_accessor_lock_find(&table, "spin_lock"));
	assert_null(gcv_accessor_callback_find(&table, "request_irq(1)"));
	assert_false(gcv_accessor_is_container(&table, "struct scatterlist"));
	gcv_accessors_release(&table);
	gcv_accessors_release(&table);
}

struct bad {
	const char *text;
	const char *sentence; /* part of it */
};

static const struct bad bad_tables[] = {
	{ "", "1:1: not valid JSON" },
	{ "{\n \"format\": oops }", "2:12: not valid JSON" },
	{ HEAD "} trailing", "not valid JSON" },
	{ "[]", "top level: must be an object" },
	{ "{\"format\":\"gupconv-accessors\"}", "missing key \"version\"" },
	{ "{\"format\":\"gupconv-api\",\"version\":1}", "format: must be" },
	{ "{\"format\":\"gupconv-accessors\",\"version\":2}", "version: there is no such" },
	{ HEAD ",\"extra\":1}", "top level: unknown key \"extra\"" },
	{ HEAD ",\"locks\":[],\"locks\":[]}", "key given twice: \"locks\"" },
	{ HEAD ",\"functions\":{}}", "functions: must be an array" },
	{ HEAD ",\"functions\":[7]}", "functions[0]: must be an object" },
	{ HEAD ",\"functions\":[{\"names\":[\"f\"]}]}", "functions[0]: missing key \"source\"" },
	{ HEAD ",\"functions\":[{\"names\":[1],\"source\":\"\"}]}",
	  "functions[0].names[0]: must be a string" },
	{ HEAD ",\"functions\":[{\"names\":[\"a b\"],\"source\":\"\"}]}",
	  "functions[0].names[0]: not a name: \"a b\"" },
	{ HEAD ",\"functions\":[{\"names\":[\"a\",\"a\"],\"source\":\"\"}]}",
	  "functions[0]: name given twice: \"a\"" },
	{ FUNC(",\"flows\":[{\"to\":\"arg0\"}]"), "functions[0].flows[0]: missing key \"from\"" },
	{ FUNC(",\"flows\":[{\"to\":\"arg\",\"from\":\"new\"}]"),
	  "functions[0].flows[0].to: not a place: \"arg\"" },
	{ FUNC(",\"flows\":[{\"to\":\"arg0\",\"from\":\"old\"}]"),
	  "functions[0].flows[0].from: not a place: \"old\"" },
	{ FUNC(",\"flows\":[{\"to\":\"new\",\"from\":\"arg0\"}]"),
	  "functions[0].flows[0].to: not a place: \"new\"" },
	{ FUNC(",\"effects\":[{\"on\":\"arg0\",\"effect\":\"eat\"}]"),
	  "functions[0].effects[0].effect: unknown word \"eat\"" },
	{ FUNC(",\"effects\":[{\"on\":\"arg0\",\"effect\":\"transfer\"}]"),
	  "functions[0].effects[0]: \"owner\" goes with" },
	{ FUNC(",\"effects\":[{\"on\":\"arg0\",\"effect\":\"dma\",\"owner\":\"me\"}]"),
	  "functions[0].effects[0]: \"owner\" goes with" },
	{ HEAD ",\"locks\":[{\"context\":\"night\",\"source\":\"\"}]}",
	  "locks[0].context: unknown word \"night\"" },
	{ HEAD ",\"locks\":[{\"context\":\"rcu\",\"lock_arg\":-1,\"source\":\"\"}]}",
	  "locks[0].lock_arg: not the position" },
	{ HEAD ",\"locks\":[{\"context\":\"rcu\",\"lock_arg\":1.5,\"source\":\"\"}]}",
	  "locks[0].lock_arg: not the position" },
	{ HEAD ",\"locks\":[{\"context\":\"rcu\",\"result\":\"no\",\"source\":\"\"}]}",
	  "locks[0].result: unknown word \"no\"" },
	{ HEAD ",\"locks\":[{\"context\":\"rcu\",\"result\":\"zero\",\"close\":[\"u\"],"
	       "\"source\":\"\"}]}",
	  "locks[0]: \"result\" goes with" },
	{ HEAD ",\"locks\":[{\"context\":\"rcu\",\"open\":[\"l\",\"l\"],\"source\":\"\"}]}",
	  "locks: name given twice: l" },
	{ HEAD ",\"callbacks\":[{\"context\":\"nmi\",\"where\":[\"request_irq\"],"
	       "\"source\":\"\"}]}",
	  "callbacks[0].where[0]: not a name" },
	{ HEAD ",\"callbacks\":[{\"context\":\"nmi\",\"where\":[\"f(x)\"],\"source\":\"\"}]}",
	  "callbacks[0].where[0]: not a name" },
	{ HEAD ",\"callbacks\":[{\"context\":\"nmi\",\"where\":[\"struct s\"],\"source\":\"\"}]}",
	  "callbacks[0].where[0]: not a name" },
	{ HEAD ",\"callbacks\":[{\"context\":\"nmi\",\"where\":[\"f(1)\",\"f(1)\"],"
	       "\"source\":\"\"}]}",
	  "callbacks: place given twice: f(1)" },
	{ HEAD ",\"containers\":[\"scatterlist\"]}", "containers[0]: not a name" },
	{ HEAD ",\"lifecycles\":[{\"members\":[\"alloc\"],\"object\":\"struct s.put\","
	       "\"source\":\"\"}]}",
	  "lifecycles[0].members[0]: not a name" },
	{ HEAD ",\"lifecycles\":[{\"members\":[\"struct s.put\"],\"object\":\"put\","
	       "\"source\":\"\"}]}",
	  "lifecycles[0]: needs members" },
	{ HEAD ",\"lifecycles\":[{\"members\":[\"struct s.put\"],\"source\":\"\"}]}",
	  "lifecycles[0]: missing key \"object\"" },
	{ HEAD ",\"numbers\":[{\"fields\":[\"f(1)\"],\"source\":\"\"}]}",
	  "numbers[0].fields[0]: not a name" },
	{ HEAD ",\"numbers\":[{\"fields\":[\"struct s.n\"]}]}",
	  "numbers[0]: missing key \"source\"" },
};

static void test_bad_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad_tables) / sizeof(bad_tables[0]); i++) {
		const struct bad *bad = &bad_tables[i];
		struct gcv_accessors table;
		struct gcv_err err = { 0 };

		if (gcv_accessors_read(bad->text, strlen(bad->text), &table, &err) !=
		    GCV_ERR_FORMAT)
			fail_msg("taken: %s", bad->text);
		if (!strstr(err.text, bad->sentence))
			fail_msg("\"%s\" does not say \"%s\"", err.text, bad->sentence);
	}
}

static void test_deep_and_binary_input(void **state)
{
	static char deep[100000];
	static const char zero[] = HEAD "}\0\0";
	struct gcv_accessors table;
	struct gcv_err err = { 0 };

	(void)state;
	memset(deep, '[', sizeof(deep));
	assert_int_equal(gcv_accessors_read(deep, sizeof(deep), &table, &err), GCV_ERR_FORMAT);
	assert_int_equal(gcv_accessors_read(zero, sizeof(zero) - 1, &table, &err), GCV_ERR_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_name_is_found),
		cmocka_unit_test(test_flows),
		cmocka_unit_test(test_names_of_all_eras),
		cmocka_unit_test(test_no_api_name_is_released_here),
		cmocka_unit_test(test_places_of_the_table),
		cmocka_unit_test(test_effects),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_callbacks),
		cmocka_unit_test(test_lifecycles),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_several_contexts),
		cmocka_unit_test(test_empty_table),
		cmocka_unit_test(test_bad_tables),
		cmocka_unit_test(test_deep_and_binary_input),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
