// SPDX-License-Identifier: GPL-2.0-only
#include "report/explain_state.h"

#include <string.h>

static bool is_declared(const struct gcv_explain_state *s, const char *name)
{
	return gcv_intern_find(&s->declared, name, strlen(name)) != GCV_INTERN_NONE;
}

/* What a conversion puts in the place of a single call, or NULL. */
static const char *replacement(const struct gcv_explain_state *s, const char *api)
{
	const struct gcv_api_conversion *goal =
		gcv_api_find_conversion(s->source->api, s->explain->conversion);
	size_t i;

	for (i = 0; goal && i < goal->nr_pairs; i++) {
		const struct gcv_api_pair *pair = &goal->pairs[i];

		if (pair->nr_from == 1 && strcmp(pair->from[0], api) == 0 &&
		    is_declared(s, pair->to))
			return pair->to;
	}
	return NULL;
}

/* "3 releases" */
static const char *number_of(struct gcv_explain_state *s, uint32_t nr, const char *what)
{
	return gcv_arena_printf(&s->explain->arena, "%u %s%s", nr, what, nr == 1 ? "" : "s");
}

/* What is left as it is is so for one of these, whatever else there is to be said. */
static const char *const keeping[] = {
	"mm-internal",
	"is-wrapper",
	"never-gup",
	"case-3-notifier",
	"case-4-struct-page-only",
	"read-only-peek",
	"remote-access",
	"no-page-array",
};

const struct gcv_result_reason *gcv_explain_main_reason(const struct gcv_result *result)
{
	uint32_t i, k;

	for (i = 0; strcmp(result->verdict, "keep") == 0 && i < result->nr_reasons; i++)
		for (k = 0; k < sizeof(keeping) / sizeof(keeping[0]); k++)
			if (strcmp(result->reasons[i].code, keeping[k]) == 0)
				return &result->reasons[i];
	return result->nr_reasons ? &result->reasons[0] : NULL;
}

static const char *because(struct gcv_explain_state *s, const char *text,
			   const struct gcv_result *result)
{
	const struct gcv_result_reason *reason = gcv_explain_main_reason(result);

	if (!reason)
		return gcv_arena_printf(&s->explain->arena, "%s.", text);
	return gcv_arena_printf(&s->explain->arena, "%s, because %s.", text, reason->text);
}

static const char *acquire_sentence(struct gcv_explain_state *s, const struct gcv_site *site)
{
	const struct gcv_result *result = site->result;
	const char *to = replacement(s, site->api), *put = replacement(s, "put_page"), *text;
	const char *releases = number_of(s, result->nr_partners, "release");
	struct gcv_arena *arena = &s->explain->arena;

	if (strcmp(result->verdict, "convertible") == 0) {
		if (!to)
			return gcv_arena_printf(arena,
						"The pages of %s() can be given back by %s() and "
						"its like: %s can be converted.",
						site->api, put ? put : "another function",
						releases);
		return gcv_arena_printf(arena, "%s() can become %s(), together with its %s.",
					site->api, to, releases);
	}
	if (strcmp(result->verdict, "converted") == 0)
		return gcv_arena_printf(arena,
					"Nothing is left to be done: %s() and its %s belong "
					"together.",
					site->api, releases);
	if (strcmp(result->verdict, "nothing-acquired") == 0)
		return because(s,
			       gcv_arena_printf(arena, "%s() hands out no pages here", site->api),
			       result);
	text = gcv_arena_printf(arena, "%s() %s as it is", site->api,
				strcmp(result->verdict, "keep") == 0 ? "should stay" : "must stay");
	return because(s, text, result);
}

static const char *release_sentence(struct gcv_explain_state *s, const struct gcv_site *site)
{
	const struct gcv_result *result = site->result;
	const char *to = replacement(s, site->api), *text;
	const char *acquires =
		result->nr_partners == 1 ? "acquire" : number_of(s, result->nr_partners, "acquire");
	struct gcv_arena *arena = &s->explain->arena;

	if (strcmp(result->verdict, "convert") == 0)
		return gcv_arena_printf(arena,
					"%s() can become %s(), together with the %s whose pages it "
					"gives back.",
					site->api, to ? to : "a function of its own", acquires);
	if (strcmp(result->verdict, "converted") == 0)
		return gcv_arena_printf(arena,
					"Nothing is left to be done: %s() is a release for the "
					"pages of the %s that reach it.",
					site->api, acquires);
	if (strcmp(result->verdict, "unrelated") == 0)
		return because(s,
			       gcv_arena_printf(arena, "%s() has nothing to do with the conversion",
						site->api),
			       result);
	text = gcv_arena_printf(arena, "%s() %s as it is", site->api,
				strcmp(result->verdict, "keep") == 0 ? "should stay" : "must stay");
	return because(s, text, result);
}

const char *gcv_explain_sentence(struct gcv_explain_state *s, const struct gcv_site *site)
{
	if (site->homonym)
		return gcv_arena_printf(&s->explain->arena,
					"%s() only bears the name of an API function: the tree "
					"declares another function of that name, which is called "
					"here.",
					site->api);
	if (!site->result || !*site->result->verdict)
		return "Nothing is known about it: the last scan has no results.";
	if (strcmp(site->role, "acquire") == 0)
		return acquire_sentence(s, site);
	return release_sentence(s, site);
}

const char *gcv_explain_use(const struct gcv_site *site)
{
	static const char *const cases[] = {
		"",
		"The pages are given to a device or to another party for the time of an operation "
		"(CASE 1 of Documentation/core-api/pin_user_pages.rst).",
		"The pages are given to a device or to another party for as long as user space "
		"likes (CASE 2 of Documentation/core-api/pin_user_pages.rst).",
		"An MMU notifier takes the pages away from the device when they move "
		"(CASE 3 of Documentation/core-api/pin_user_pages.rst).",
		"Only struct page is looked at, not the data "
		"(CASE 4 of Documentation/core-api/pin_user_pages.rst).",
		"The kernel itself reads or writes the data "
		"(CASE 5 of Documentation/core-api/pin_user_pages.rst).",
	};

	/* The sentence about what is kept has it already. */
	if (!site->result || strcmp(site->result->verdict, "keep") == 0 ||
	    site->result->pin_case >= sizeof(cases) / sizeof(cases[0]))
		return "";
	return cases[site->result->pin_case];
}

/** struct phrase - a word of classify/words.h for people */
struct phrase {
	const char *word, *phrase;
};

static const struct phrase patterns[] = {
	{ "single", "one call for one page" },
	{ "single-dirty", "marks a page as dirty and gives it back" },
	{ "loop", "a loop over an array" },
	{ "loop-dirty", "a loop that marks each page as dirty and gives it back" },
	{ "loop-conditional-dirty", "a loop that marks pages as dirty on a condition" },
	{ "loop-null-check", "a loop that skips empty slots" },
	{ "loop-clear", "a loop that also clears the slots" },
	{ "loop-kept", "in a loop that does other things, too" },
	{ "count-down", "a loop that counts down" },
	{ "release-pages", "one call for an array" },
	{ "array-at-offset", "one call for a part of an array" },
	{ "if-dirty", "one of two branches, of which the other marks pages as dirty" },
	{ "sg-loop", "a loop over a scatterlist" },
	{ "bvec-loop", "a loop over bio vectors" },
	{ "number", "for a page made from a number or an address" },
	{ "wrapper", "all that its function does" },
	{ "container", "one call for all pages of a container" },
};

static const struct phrase provenances[] = {
	{ "gup", "all its pages come from acquires" },
	{ "never", "none of its pages comes from an acquire" },
	{ "mixed", "not all of its pages come from acquires" },
	{ "flagged", "a flag tells which of its pages come from acquires" },
	{ "unknown", "where all its pages come from is not known" },
};

static const struct phrase verdicts[] = {
	{ "refused", "must stay as it is" },	      { "converted", "nothing left to be done" },
	{ "convertible", "can be converted" },	      { "keep", "should stay as it is" },
	{ "nothing-acquired", "hands out no pages" }, { "convert", "can be converted" },
	{ "refuse", "must stay as it is" },	      { "unrelated", "has nothing to do with it" },
};

static const char *phrase(const struct phrase *phrases, size_t nr, const char *word)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strcmp(phrases[i].word, word) == 0)
			return phrases[i].phrase;
	return NULL;
}

#define PHRASE(phrases, word) phrase(phrases, sizeof(phrases) / sizeof((phrases)[0]), word)

const char *gcv_explain_summary(struct gcv_explain_state *s, const struct gcv_site *site)
{
	const struct gcv_result *result = site->result;
	const char *parts[3] = { NULL };
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };
	size_t i;

	if (!result)
		return "";
	if (strcmp(site->role, "acquire") != 0) {
		parts[0] = PHRASE(patterns, result->pattern);
		parts[1] = PHRASE(provenances, result->provenance);
	}
	parts[2] = PHRASE(verdicts, result->verdict);
	for (i = 0; i < 3; i++)
		if (parts[i])
			gcv_strbuf_addf(&text, "%s%s", text.len ? "; " : "", parts[i]);
	return text.len ? gcv_arena_strdup(&s->explain->arena, text.buf) : "";
}
