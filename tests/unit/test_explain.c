// SPDX-License-Identifier: GPL-2.0-only
/* links: report */
#include "report/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NR(array) (sizeof(array) / sizeof((array)[0]))

#define OK(call) assert_ok((call), &err, __LINE__)

static void assert_ok(enum gcv_status st, const struct gcv_err *err, int line)
{
	if (st != GCV_OK)
		fail_msg("line %d: status %d: %s", line, st, err->text);
}

/* Site 0 acquires; 1 and 2 release on neighbouring lines; 3 is refused because of 1. */
static const uint32_t releases[] = { 1, 2, 77 }, acquires[] = { 0 };
static const char *const release_ids[] = { "1000000000000001", "1000000000000002", "?" },
			 *const acquire_ids[] = { "1000000000000000" };

static const struct gcv_result_reason mixed[] = { { "mixed-provenance", "it is mixed", "b.c", 3 } };
static const struct gcv_result_reason refused[] = {
	{ "release-refused", "a release cannot be converted", "a.c", 20 },
	{ "is-wrapper", "it hands on", "", 0 },
};

#define RESULT .conversion = "pin-user-page", .pattern = "single", .dirty = ""

static const struct gcv_result results[] = {
	{ .site = 0,
	  RESULT,
	  .verdict = "refused",
	  .provenance = "",
	  .pin_case = 2,
	  .reasons = refused,
	  .nr_reasons = 1,
	  .partners = releases,
	  .partner_ids = release_ids,
	  .nr_partners = 3 },
	{ .site = 1,
	  RESULT,
	  .verdict = "refuse",
	  .provenance = "mixed",
	  .reasons = mixed,
	  .nr_reasons = 1,
	  .partners = acquires,
	  .partner_ids = acquire_ids,
	  .nr_partners = 1 },
	{ .site = 2,
	  RESULT,
	  .verdict = "no-such-word",
	  .provenance = "gup",
	  .partners = acquires,
	  .partner_ids = acquire_ids,
	  .nr_partners = 1 },
	{ .site = 9,
	  RESULT,
	  .verdict = "keep",
	  .provenance = "",
	  .reasons = refused,
	  .nr_reasons = 2 },
};

#define SITE(id_, role_, line_, function_, api_, result_)                                  \
	{                                                                                  \
		.id = "100000000000000" #id_, .role = role_, .file = "a.c", .line = line_, \
		.column = 1, .function = function_, .api = api_, .flags = "", .macro = "", \
		.macro_file = "", .result = result_                                        \
	}

static const struct gcv_site sites[] = {
	SITE(0, "acquire", 10, "get", "get_user_pages", &results[0]),
	SITE(1, "release", 20, "put", "put_page", &results[1]),
	SITE(2, "release", 22, "put", "put_page", &results[2]),
	SITE(3, "acquire", 30, "hand_on", "get_user_pages", &results[3]),
	SITE(4, "acquire", 40, "unknown", "get_user_pages", NULL),
};

/* Pages that are given back in three places, of which one is no site. */
static const struct gcv_result_step steps[] = {
	{ "acquire", "get_user_pages() hands out pages", "a.c", 10, "get", GCV_NONE },
	{ "flow", "assigned to page", "a.c", 10, "get", 0 },
	{ "flow", "passed to put() as page", "a.c", 11, "get", 1 },
	{ "release", "put_page() gives them back", "a.c", 20, "put", 2 },
	{ "release", "put_page() gives them back", "a.c", 23, "put", 2 },
	{ "use", "memcpy() reads their data", "a.c", 15, "get", 0 },
	{ "use", "kmap() maps them for the kernel", "a.c", 12, "get", 0 },
	{ "use", "get_page() takes another reference", "a.c", 15, "get", 0 },
	{ "release", "put_page_two() gives them back", "a.c", 20, "put", 2 },
};

static enum gcv_status give_sites(void *ctx, const char *label,
				  const struct gcv_site_filter *filter, gcv_site_fn *fn, void *data,
				  struct gcv_err *err)
{
	enum gcv_status st = GCV_OK;
	size_t i;

	(void)ctx;
	(void)label;
	(void)filter;
	for (i = 0; i < NR(sites) && st == GCV_OK; i++)
		st = fn(data, &sites[i], err);
	return st;
}

static enum gcv_status give_apis(void *ctx, const char *label, gcv_api_fn *fn, void *data,
				 struct gcv_err *err)
{
	static const struct gcv_snapshot_api apis[] = {
		{ "pin_user_pages", "acquire", "pin", "known", "", "", 0 },
		{ "unpin_user_page", "release", "unpin", "absent", "", "", 0 },
	};
	enum gcv_status st = fn(data, &apis[0], err);

	(void)ctx;
	(void)label;
	return st == GCV_OK ? fn(data, &apis[1], err) : st;
}

static enum gcv_status give_steps(void *ctx, const char *label, const char *conversion,
				  uint32_t site, struct gcv_arena *arena,
				  struct gcv_result_step **ret_steps, uint32_t *ret_nr,
				  struct gcv_err *err)
{
	(void)ctx;
	(void)label;
	(void)conversion;
	(void)err;
	*ret_nr = site == 0 ? NR(steps) : 0;
	*ret_steps = gcv_arena_alloc(arena, sizeof(steps));
	memcpy(*ret_steps, steps, sizeof(steps));
	return GCV_OK;
}

static enum gcv_status give_hash(void *ctx, const char *label, const char *path,
				 uint8_t ret_hash[16], bool *ret_found, struct gcv_err *err)
{
	(void)ctx;
	(void)label;
	(void)path;
	(void)ret_hash;
	(void)err;
	*ret_found = false;
	return GCV_OK;
}

static void collect(const struct gcv_explain_query *query, struct gcv_explain *ret)
{
	static const struct gcv_report_source rows = { .sites = give_sites, .apis = give_apis };
	struct gcv_explain_source source = { .rows = &rows,
					     .steps = give_steps,
					     .file_hash = give_hash };
	struct gcv_err err = { .text = "" };
	struct gcv_api api;

	OK(gcv_api_load(&api, &err));
	source.api = &api;
	OK(gcv_explain_collect(&source, query, ret, &err));
	gcv_api_release(&api);
}

static void test_acquire(void **state)
{
	const struct gcv_explain_query query = { .file = "a.c", .line = 10 };
	const struct gcv_explain_site *site;
	const struct gcv_explain_step *way;
	struct gcv_explain explain;

	(void)state;
	collect(&query, &explain);
	assert_int_equal(explain.nr_asked, 1);
	assert_int_equal(explain.nr_sites, 3);
	site = &explain.sites[0];
	assert_string_equal(
		site->sentence,
		"get_user_pages() must stay as it is, because a release cannot be converted.");
	assert_non_null(strstr(site->use, "CASE 2"));
	assert_int_equal(site->nr_reasons, 1);
	assert_string_equal(site->reasons[0].note, "it is mixed");
	assert_null(site->place.text);

	/* The first two steps are one, the way parts behind the third. */
	assert_int_equal(site->nr_ways, 1);
	assert_int_equal(site->ways[0].nr_steps, 5);
	way = site->ways[0].steps;
	assert_string_equal(way[0].text, "get_user_pages() hands out pages, assigned to page");
	assert_int_equal(way[1].parent, 0);
	assert_int_equal(way[1].depth, 0);
	assert_false(way[1].is_branch);
	assert_int_equal(way[2].parent, 1);
	assert_int_equal(way[2].depth, 1);
	assert_true(way[2].is_branch && way[3].is_branch && way[4].is_branch);
	/* Releases are found by their nearest line, and by their whole name. */
	assert_string_equal(explain.sites[way[2].site].site->id, sites[1].id);
	assert_string_equal(explain.sites[way[3].site].site->id, sites[2].id);
	assert_int_equal(way[4].site, GCV_NONE);
	/* Uses by line, those of one line together. */
	assert_int_equal(site->uses.nr_steps, 2);
	assert_int_equal(site->uses.steps[0].place.line, 12);
	assert_string_equal(site->uses.steps[1].text,
			    "get_page() takes another reference, memcpy() reads their data");
	gcv_explain_release(&explain);
}

static void test_release(void **state)
{
	const struct gcv_explain_query query = { .id = "1000000000000001" };
	struct gcv_explain explain;

	(void)state;
	collect(&query, &explain);
	assert_int_equal(explain.nr_asked, 1);
	assert_string_equal(explain.sites[0].sentence,
			    "put_page() must stay as it is, because it is mixed.");
	assert_string_equal(explain.sites[0].summary,
			    "one call for one page; not all of its pages come from acquires; must "
			    "stay as it is");
	assert_int_equal(explain.sites[0].nr_ways, 1);
	assert_string_equal(explain.sites[explain.sites[0].ways[0].site].site->id, sites[0].id);
	assert_int_equal(explain.sites[0].ways[0].nr_steps, 3);
	assert_int_equal(explain.sites[0].ways[0].steps[2].place.line, 20);
	gcv_explain_release(&explain);
}

/* What is kept is explained by what keeps it; a number beyond the sites is none of them. */
static void test_odd_results(void **state)
{
	struct gcv_explain_query query = { .file = "a.c", .line = 30 };
	struct gcv_explain explain;

	(void)state;
	collect(&query, &explain);
	assert_string_equal(explain.sites[0].sentence,
			    "get_user_pages() should stay as it is, because it hands on.");
	assert_int_equal(explain.sites[0].nr_ways, 0);
	gcv_explain_release(&explain);
	query.line = 40;
	collect(&query, &explain);
	assert_non_null(strstr(explain.sites[0].sentence, "no results"));
	gcv_explain_release(&explain);
	query.line = 22;
	collect(&query, &explain);
	assert_string_equal(explain.sites[0].summary,
			    "one call for one page; all its pages come from acquires");
	gcv_explain_release(&explain);
}

static void test_nearest(void **state)
{
	struct gcv_explain_query query = { .file = "a.c", .line = 24 };
	struct gcv_explain explain;

	(void)state;
	collect(&query, &explain);
	assert_int_equal(explain.nr_asked, 0);
	assert_int_equal(explain.nr_nearest, 3);
	assert_int_equal(explain.nearest[0]->line, 22);
	assert_int_equal(explain.nearest[1]->line, 20);
	assert_int_equal(explain.nearest[2]->line, 30);
	gcv_explain_release(&explain);
	query.file = "b.c";
	collect(&query, &explain);
	assert_int_equal(explain.nr_nearest, 0);
	gcv_explain_release(&explain);
	query = (struct gcv_explain_query){ .id = "no such id" };
	collect(&query, &explain);
	assert_int_equal(explain.nr_asked + explain.nr_nearest, 0);
	gcv_explain_release(&explain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acquire),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_odd_results),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
