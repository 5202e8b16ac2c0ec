// SPDX-License-Identifier: GPL-2.0-only
/* links: tree */
#include "tree/api.h"
#include "tree/api_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "{\"format\":\"gupconv-api\",\"version\":{\"major\":1,\"minor\":0}"
#define FUNCTION                                                                      \
	"{\"name\":\"f\",\"role\":\"acquire\",\"family\":\"gup\",\"shape\":\"page\"," \
	"\"reference\":\"get\",\"source\":\"x.h\""

static int load(void **state)
{
	static struct gcv_api api;
	struct gcv_err err = { 0 };

	if (gcv_api_load(&api, &err) != GCV_OK) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	*state = &api;
	return 0;
}

static int unload(void **state)
{
	gcv_api_release(*state);
	return 0;
}

static const struct gcv_api_function *find(struct gcv_api *api, const char *name)
{
	const struct gcv_api_function *f = gcv_api_find(api, name, strlen(name));

	assert_non_null(f);
	assert_string_equal(f->name, name);
	return f;
}

static void test_every_name_is_found(void **state)
{
	struct gcv_api *api = *state;

	assert_true(api->nr_functions > 60);
	for (size_t i = 0; i < api->nr_functions; i++) {
		assert_ptr_equal(find(api, api->names[i]), &api->functions[i]);
		assert_true(api->functions[i].nr_signatures > 0);
	}
	assert_null(gcv_api_find(api, "put_pages", 9));
	assert_non_null(gcv_api_find(api, "put_page(x)", 8));
}

static void test_names_of_all_eras(void **state)
{
	static const char *const names[] = {
		"get_user_pages",
		"get_user_pages_longterm",
		"get_user_pages_locked",
		"__get_user_pages_fast",
		"get_user_pages_fast_only",
		"get_user_page_vma_remote",
		"pin_user_pages_locked",
		"pin_user_pages_fast_only",
		"memfd_pin_folios",
		"iov_iter_get_pages",
		"iov_iter_get_pages_alloc2",
		"iov_iter_extract_pages",
		"iov_iter_extract_bvecs",
		"iov_iter_extract_will_pin",
		"follow_page",
		"get_dump_page",
		"get_vaddr_frames",
		"put_vaddr_frames",
		"get_kernel_page",
		"put_user_page",
		"put_user_pages_dirty",
		"unpin_user_page_range_dirty_lock",
		"unpin_user_folio",
		"unpin_folios",
		"folio_add_pins",
		"bio_release_pages",
		"internal_get_user_pages_fast",
		"gup_fast_fallback",
		"release_pages",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		find(*state, names[i]);
	assert_int_equal(find(*state, "follow_page")->role, GCV_API_OTHER);
	assert_int_equal(find(*state, "get_dump_page")->role, GCV_API_ACQUIRE);
	assert_true(find(*state, "gup_fast_fallback")->internal);
}

static void test_arguments(void **state)
{
	const struct gcv_api_function *f = find(*state, "get_user_pages_remote");
	const struct gcv_api_signature *sig = &f->signatures[0];

	assert_true(f->null_pages);
	assert_int_equal(f->nr_signatures, 3);
	assert_int_equal(sig->arg[GCV_API_ARG_TASK], 0);
	assert_int_equal(sig->arg[GCV_API_ARG_START], 2);
	assert_int_equal(sig->arg[GCV_API_ARG_FLAGS], 4);
	assert_int_equal(sig->arg[GCV_API_ARG_PAGES], 5);
	assert_int_equal(sig->arg[GCV_API_ARG_LOCKED], 7);
	assert_int_equal(f->signatures[1].arg[GCV_API_ARG_TASK], -1);
	assert_int_equal(f->signatures[2].arg[GCV_API_ARG_VMAS], -1);
	assert_int_equal(f->signatures[2].arg[GCV_API_ARG_PAGES], 4);

	/* the flags stand behind the array here */
	sig = &find(*state, "get_user_pages_unlocked")->signatures[0];
	assert_int_equal(sig->arg[GCV_API_ARG_PAGES], 2);
	assert_int_equal(sig->arg[GCV_API_ARG_FLAGS], 3);
	sig = &find(*state, "__get_user_pages_fast")->signatures[0];
	assert_int_equal(sig->arg[GCV_API_ARG_WRITE], 2);
	assert_int_equal(sig->arg[GCV_API_ARG_FLAGS], -1);
	assert_int_equal(sig->result, GCV_API_RESULT_COUNT);
}

static void test_dirty_follows_the_signature(void **state)
{
	const struct gcv_api_function *f = find(*state, "put_user_pages_dirty_lock");

	assert_int_equal(f->nr_signatures, 2);
	assert_int_equal(f->signatures[0].dirty, GCV_API_DIRTY_ALWAYS);
	assert_int_equal(f->signatures[1].dirty, GCV_API_DIRTY_BY_ARGUMENT);
	assert_int_equal(f->signatures[1].arg[GCV_API_ARG_MAKE_DIRTY], 2);
	assert_true(f->page_lock);
	assert_false(find(*state, "put_user_pages_dirty")->page_lock);
	assert_int_equal(find(*state, "put_page")->signatures[0].dirty, GCV_API_DIRTY_NEVER);
}

static void test_flags(void **state)
{
	const struct gcv_api_flag *flag = gcv_api_find_flag(*state, "FOLL_LONGTERM");

	assert_non_null(flag);
	assert_int_equal(flag->nr_refused, 2);
	assert_string_equal(flag->refused[0].by, "get");
	assert_string_equal(flag->refused[0].since, "v5.10");
	assert_false(flag->drop_on_pin);
	assert_true(gcv_api_find_flag(*state, "FOLL_TOUCH")->drop_on_pin);
	assert_true(gcv_api_find_flag(*state, "FOLL_GET")->drop_on_pin);
	assert_null(gcv_api_find_flag(*state, "FOLL_"));
}

/* Every replacement is a name of the table, and has a parameter that is said to be needed. */
static void test_conversions(void **state)
{
	struct gcv_api *api = *state;

	assert_int_equal(api->nr_conversions, 4);
	assert_non_null(gcv_api_find_conversion(api, "put-user-page"));
	assert_null(gcv_api_find_conversion(api, "put-user"));
	for (size_t i = 0; i < api->nr_conversions; i++) {
		const struct gcv_api_conversion *c = &api->conversions[i];

		for (size_t k = 0; k < c->nr_pairs; k++) {
			const struct gcv_api_pair *p = &c->pairs[k];
			const struct gcv_api_function *to = find(api, p->to);
			bool has = p->needs == GCV_API_ARG_OTHER;

			assert_true((p->shape == GCV_API_PAIR_ACQUIRE) ==
				    (to->role == GCV_API_ACQUIRE));
			for (size_t s = 0; s < to->nr_signatures; s++)
				has |= to->signatures[s].arg[p->needs] >= 0;
			assert_true(has);
		}
	}
}

static void test_prefixes(void **state)
{
	assert_string_equal(gcv_api_has_prefix(*state, "__get_user_pages_new"), "get_user_page");
	assert_non_null(gcv_api_has_prefix(*state, "unpin_user_everything"));
	assert_null(gcv_api_has_prefix(*state, "unpin_blocks"));
	assert_null(gcv_api_has_prefix(*state, "__"));
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(gcv_api_word(GCV_API_WORD_RESULT, GCV_API_RESULT_COUNT_OR_ERRNO),
			    "count-or-errno");
	assert_int_equal(gcv_api_word_value(GCV_API_WORD_FAMILY, "kernel-page"),
			 GCV_API_FAMILY_KERNEL_PAGE);
	assert_int_equal(gcv_api_word_value(GCV_API_WORD_FAMILY, "kernel"), -1);
	assert_string_equal(gcv_api_word(GCV_API_WORD_ROLE, 77), "?");
}

static void test_user_table(void **state)
{
	struct gcv_api api;
	struct gcv_err err = { 0 };
	size_t nr, nr_headers, nr_flags;

	(void)state;
	assert_int_equal(gcv_api_load(&api, &err), GCV_OK);
	nr = api.nr_functions;
	nr_headers = api.nr_headers;
	nr_flags = api.nr_flags;
	assert_int_equal(gcv_api_add_file(&api, GCV_TEST_DATA "/mine.json", &err), GCV_OK);
	assert_int_equal(api.nr_functions, nr + 1);
	assert_int_equal(api.nr_headers, nr_headers + 1);
	assert_int_equal(api.nr_flags, nr_flags);
	assert_int_equal(find(&api, "my_get_pages")->signatures[0].arg[GCV_API_ARG_COUNT], 1);
	assert_int_equal(find(&api, "put_page")->dirty, GCV_API_DIRTY_ALWAYS);
	assert_string_equal(gcv_api_has_prefix(&api, "my_get_pages_fast"), "my_get_pages");
	assert_string_equal(api.names[nr], "my_get_pages");
	gcv_api_release(&api);
}

struct bad {
	const char *text;
	enum gcv_status status;
	const char *sentence; /* part of it */
};

static const struct bad bad_tables[] = {
	{ "", GCV_ERR_FORMAT, "u.json:1:1: not valid JSON" },
	{ "{\n \"format\": oops }", GCV_ERR_FORMAT, "u.json:2:12" },
	{ HEAD "} trailing", GCV_ERR_FORMAT, "not valid JSON" },
	{ "[]", GCV_ERR_FORMAT, "top level: must be an object" },
	{ "{\"format\":\"gupconv-api\"}", GCV_ERR_FORMAT, "missing key \"version\"" },
	{ "{\"format\":\"other\",\"version\":{\"major\":1,\"minor\":0}}", GCV_ERR_FORMAT, "other" },
	{ "{\"format\":\"gupconv-api\",\"version\":{\"major\":2,\"minor\":0}}", GCV_ERR_NEWER,
	  "newer" },
	{ "{\"format\":\"gupconv-api\",\"version\":{\"major\":0,\"minor\":0}}", GCV_ERR_FORMAT,
	  "version.major" },
	{ HEAD ",\"extra\":1}", GCV_ERR_FORMAT, "unknown key \"extra\"" },
	{ HEAD ",\"flags\":[],\"flags\":[]}", GCV_ERR_FORMAT, "key given twice" },
	{ HEAD ",\"functions\":{}}", GCV_ERR_FORMAT, "functions: must be an array" },
	{ HEAD ",\"functions\":[1]}", GCV_ERR_FORMAT, "functions[0]: must be an object" },
	{ HEAD ",\"functions\":[{}]}", GCV_ERR_FORMAT, "functions[0]: missing key \"name\"" },
	{ HEAD ",\"functions\":[" FUNCTION "}," FUNCTION "}]}", GCV_ERR_FORMAT,
	  "functions[1]: name given twice: \"f\"" },
	{ HEAD ",\"functions\":[" FUNCTION ",\"internal\":\"yes\"}]}", GCV_ERR_FORMAT,
	  "functions[0].internal: must be true or false" },
	{ HEAD ",\"functions\":[" FUNCTION ",\"dirty\":\"sometimes\"}]}", GCV_ERR_FORMAT,
	  "functions[0].dirty: unknown word \"sometimes\"" },
	{ HEAD ",\"functions\":[" FUNCTION ",\"signatures\":[{\"era\":\"e\",\"returns\":\"int\","
	       "\"result\":\"void\",\"params\":[{\"role\":\"count\",\"type\":\"int\"},"
	       "{\"role\":\"count\",\"type\":\"int\"}]}]}]}",
	  GCV_ERR_FORMAT, "functions[0].signatures[0].params: two parameters with the role" },
	{ HEAD ",\"functions\":[{\"name\":\"a b\",\"role\":\"acquire\",\"family\":\"gup\","
	       "\"shape\":\"page\",\"reference\":\"get\",\"source\":\"x.h\"}]}",
	  GCV_ERR_FORMAT, "functions[0].name: not an identifier" },
	{ HEAD ",\"functions\":[{\"name\":\"r\",\"role\":\"release\",\"family\":\"put\","
	       "\"shape\":\"page\",\"reference\":\"get\",\"source\":\"x.h\"}]}",
	  GCV_ERR_FORMAT, "a release needs the key \"dirty\"" },
	{ HEAD ",\"headers\":[\"../etc/passwd\"]}", GCV_ERR_FORMAT, "headers[0]: not a path" },
	{ HEAD ",\"headers\":[\"/etc/passwd\"]}", GCV_ERR_FORMAT, "headers[0]: not a path" },
	{ HEAD ",\"headers\":[\"include//x.h\"]}", GCV_ERR_FORMAT, "headers[0]: not a path" },
	{ HEAD ",\"headers\":[7]}", GCV_ERR_FORMAT, "headers[0]: must be a string" },
	{ HEAD ",\"flags\":[{\"name\":\"F\",\"note\":\"\",\"source\":\"\",\"refused\":"
	       "[{\"by\":\"me\",\"source\":\"\"}]}]}",
	  GCV_ERR_FORMAT, "flags[0].refused[0].by: unknown word \"me\"" },
	{ HEAD ",\"conversions\":[{\"name\":\"c\",\"note\":\"\",\"source\":\"\",\"pairs\":"
	       "[{\"from\":[],\"to\":\"x\",\"shape\":\"loop\"}]}]}",
	  GCV_ERR_FORMAT, "conversions[0].pairs[0].from: must not be empty" },
};

static void test_bad_tables(void **state)
{
	struct gcv_api *api = *state;
	size_t nr = api->nr_functions;

	for (size_t i = 0; i < sizeof(bad_tables) / sizeof(bad_tables[0]); i++) {
		const struct bad *bad = &bad_tables[i];
		struct gcv_err err = { 0 };

		assert_int_equal(gcv_api_add_text(api, "u.json", bad->text, strlen(bad->text),
						  &err),
				 bad->status);
		if (!strstr(err.text, bad->sentence) || !strstr(err.text, "u.json"))
			fail_msg("\"%s\" does not say \"%s\"", err.text, bad->sentence);
		assert_int_equal(api->nr_functions, nr);
	}
}

static void test_deep_and_binary_input(void **state)
{
	static char deep[100000];
	static const char zero[] = HEAD "}\0\0";
	struct gcv_err err = { 0 };

	memset(deep, '[', sizeof(deep));
	assert_int_equal(gcv_api_add_text(*state, "u.json", deep, sizeof(deep), &err),
			 GCV_ERR_FORMAT);
	assert_int_equal(gcv_api_add_text(*state, "u.json", zero, sizeof(zero) - 1, &err),
			 GCV_ERR_FORMAT);
}

static void test_bad_files(void **state)
{
	char dir[] = "/tmp/gcv-api-XXXXXX";
	char path[64];
	struct gcv_err err = { 0 };
	FILE *file;

	assert_non_null(mkdtemp(dir));
	assert_int_equal(gcv_api_add_file(*state, dir, &err), GCV_ERR_FORMAT);
	snprintf(path, sizeof(path), "%s/missing", dir);
	assert_int_equal(gcv_api_add_file(*state, path, &err), GCV_ERR_IO);
	snprintf(path, sizeof(path), "%s/fifo", dir);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(gcv_api_add_file(*state, path, &err), GCV_ERR_FORMAT);
	unlink(path);
	snprintf(path, sizeof(path), "%s/large", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), GCV_API_FILE_LIMIT + 1), 0);
	fclose(file);
	assert_int_equal(gcv_api_add_file(*state, path, &err), GCV_ERR_LIMIT);
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_name_is_found),
		cmocka_unit_test(test_names_of_all_eras),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_dirty_follows_the_signature),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_conversions),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_user_table),
		cmocka_unit_test(test_bad_tables),
		cmocka_unit_test(test_deep_and_binary_input),
		cmocka_unit_test(test_bad_files),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
