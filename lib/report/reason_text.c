// SPDX-License-Identifier: GPL-2.0-only
#include "report/reason_text.h"
#include "flow/expr.h"

#include <string.h>

/**
 * struct speaker - what a sentence is made of
 * @c: the classification
 * @site: the site that has the reason
 * @reason: the reason
 * @arena: owns the sentence
 */
struct speaker {
	const struct gcv_classification *c;
	const struct gcv_program_site *site;
	const struct gcv_reason_at *reason;
	struct gcv_arena *arena;
};

static const struct gcv_function *function_of(const struct speaker *s)
{
	if (s->reason->function == GCV_NONE)
		return NULL;
	return &s->c->flow->input.program->facts.functions[s->reason->function];
}

/* The site that the reason points to, for those that have no other place. */
static const struct gcv_program_site *partner_of(const struct speaker *s)
{
	if (s->reason->function != GCV_NONE || s->reason->node == GCV_NONE)
		return NULL;
	return &s->c->flow->input.program->facts.sites[s->reason->node];
}

/* Is the detail the name of the function that is called there? */
static bool is_call(const struct speaker *s)
{
	const struct gcv_function *fn = function_of(s);
	const struct gcv_symbol *callee;

	if (!fn || !fn->body || s->reason->node == GCV_NONE)
		return false;
	callee = gcv_body_callee(fn->body, s->reason->node);
	return callee && strcmp(callee->name, s->reason->detail) == 0;
}

static bool is_parameter(const struct speaker *s)
{
	const struct gcv_function *fn = function_of(s);
	uint32_t i;

	if (!fn || !fn->body || s->reason->node != GCV_NONE)
		return false;
	for (i = 0; i < fn->body->nr_symbols; i++)
		if (fn->body->symbols[i].kind == GCV_SYMBOL_PARAM &&
		    strcmp(fn->body->symbols[i].name, s->reason->detail) == 0)
			return true;
	return false;
}

static bool is_acquire(const struct speaker *s)
{
	const struct gcv_era_entry *entry =
		gcv_era_find(s->c->flow->input.era, s->reason->detail, strlen(s->reason->detail));

	return entry && entry->function->role == GCV_API_ACQUIRE;
}

/* The detail as it is spoken of: a function with its brackets. */
static const char *thing(const struct speaker *s)
{
	if (is_call(s))
		return gcv_arena_printf(s->arena, "%s()", s->reason->detail);
	return s->reason->detail;
}

static const char *never_gup(const struct speaker *s)
{
	if (!*s->reason->detail)
		return gcv_arena_printf(s->arena, "%s() does not hand out user pages of a process",
					s->site->api);
	if (strcmp(s->site->role, "acquire") == 0)
		return gcv_arena_printf(
			s->arena,
			"%s() hands out no references here: %s takes one for who "
			"keeps a page, and none is given back, so that the iterator "
			"must be over other memory than a user's",
			s->site->api, thing(s));
	return gcv_arena_printf(
		s->arena, "the pages come from %s, not from a get_user_pages function", thing(s));
}

/* Does a flag tell the pages apart? */
static bool is_flagged(const struct speaker *s)
{
	const struct gcv_site_class *site =
		&s->c->sites[s->site - s->c->flow->input.program->facts.sites];

	return site->provenance == GCV_PROVENANCE_FLAGGED;
}

static const char *mixed(const struct speaker *s)
{
	if (is_flagged(s))
		return gcv_arena_printf(s->arena,
					"pages of %s, which do not come from a get_user_pages "
					"function, have the same place; a flag tells them apart",
					thing(s));
	if (is_acquire(s))
		return gcv_arena_printf(s->arena,
					"%s() hands out user pages or pages of the kernel, as its "
					"iterator says, and the same release gives back both",
					s->reason->detail);
	return gcv_arena_printf(s->arena,
				"the same release also gives back pages of %s, which do not come "
				"from a get_user_pages function",
				thing(s));
}

static const char *unknown(const struct speaker *s)
{
	const struct gcv_function *fn = function_of(s);
	const char *detail = s->reason->detail;

	if (is_parameter(s))
		return gcv_arena_printf(s->arena,
					"pages that callers of %s() pass as %s could not be "
					"followed to where they come from",
					fn->name, detail);
	if (is_call(s))
		return gcv_arena_printf(s->arena,
					"pages that %s() returns could not be followed to where "
					"they come from",
					detail);
	if (*detail && *detail != '*' && *detail != '[')
		return gcv_arena_printf(s->arena,
					"pages in %s could not be followed to where they come "
					"from",
					detail);
	if (fn)
		return gcv_arena_printf(s->arena,
					"pages that %s() gets through a pointer could not be "
					"followed to where they come from",
					fn->name);
	return gcv_reason_text(GCV_REASON_UNKNOWN_PROVENANCE);
}

static const char *own_reference(const struct speaker *s)
{
	if (is_call(s))
		return gcv_arena_printf(s->arena,
					"%s() takes a reference of its own on the same pages, and "
					"one of the releases is for that",
					s->reason->detail);
	return "the pages are released twice on one path, so that one of the releases must be for "
	       "a reference that the code took itself";
}

static const char *transferred(const struct speaker *s)
{
	const char *detail = s->reason->detail;

	if (!*detail)
		return gcv_reason_text(GCV_REASON_OWNERSHIP_TRANSFERRED);
	if (is_call(s))
		return gcv_arena_printf(s->arena, "%s() hands the reference to another owner",
					detail);
	return gcv_arena_printf(s->arena,
				"the reference becomes that of the %s, which gives it back in its "
				"own way",
				detail);
}

/* Is the site that the reason points to an acquire with releases of another family? */
static bool has_wrong_release(const struct speaker *s)
{
	const struct gcv_site_class *site = &s->c->sites[s->reason->node];
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_FAMILY_MISMATCH)
			return true;
	return false;
}

static const char *release_refused(const struct speaker *s)
{
	const struct gcv_program_site *partner = partner_of(s);

	if (!partner)
		return gcv_reason_text(GCV_REASON_RELEASE_REFUSED);
	if (strcmp(partner->role, "acquire") == 0)
		return gcv_arena_printf(s->arena, "it gives back pages of %s() in %s(), %s",
					partner->api, partner->function,
					has_wrong_release(s)
						? "which another release gives back in "
						  "the wrong way"
						: "which is not converted");
	return gcv_arena_printf(s->arena,
				"%s() in %s() gives back some of the pages and cannot be "
				"converted: all releases or none",
				partner->api, partner->function);
}

static const char *family_mismatch(const struct speaker *s)
{
	const struct gcv_program_site *partner = partner_of(s);

	if (!partner)
		return gcv_reason_text(GCV_REASON_FAMILY_MISMATCH);
	if (!s->reason->is_refusing)
		return gcv_arena_printf(s->arena,
					"%s() in %s() may get the pages, too, though it is no "
					"release for pages of %s()",
					partner->api, partner->function, s->site->api);
	return gcv_arena_printf(s->arena,
				"the pages are given back by %s() in %s(), which is no release "
				"for pages of %s()",
				partner->api, partner->function, s->site->api);
}

/* What came of the acquire on the path that is meant, as gcv_path_outcome_name() says it. */
static const char *outcome(const struct speaker *s)
{
	const char *detail = s->reason->detail;

	if (strcmp(detail, "all") == 0)
		return "where all pages were handed out";
	if (strcmp(detail, "a part") == 0)
		return "where only a part of the pages was handed out";
	if (strcmp(detail, "nothing") == 0)
		return "where no page was handed out";
	if (strcmp(detail, "error") == 0)
		return "where the acquire failed";
	if (strcmp(detail, "not called") == 0)
		return "where the acquire was not reached";
	return NULL;
}

static const char *on_path(const struct speaker *s, const char *text)
{
	const char *where = outcome(s);

	return where ? gcv_arena_printf(s->arena, "%s, %s", where, text) : text;
}

static const char *not_found(const struct speaker *s)
{
	const struct gcv_function *fn = function_of(s);

	if (!fn)
		return gcv_reason_text(GCV_REASON_RELEASE_NOT_FOUND);
	return on_path(s, gcv_arena_printf(s->arena, "a path leaves %s() without giving them back",
					   fn->name));
}

/* The conversion that has something for an acquire, and that thing, where the tree declares it. */
static const struct gcv_api_conversion *other_conversion(const struct speaker *s,
							 const char **ret_to)
{
	const struct gcv_era *era = s->c->flow->input.era;
	size_t i, k, j;

	for (i = 0; i < era->api->nr_conversions; i++) {
		const struct gcv_api_conversion *goal = &era->api->conversions[i];

		for (k = 0; goal != s->c->conversion && k < goal->nr_pairs; k++) {
			const struct gcv_api_pair *pair = &goal->pairs[k];
			const struct gcv_era_entry *entry =
				gcv_era_find(era, pair->to, strlen(pair->to));

			if (pair->shape != GCV_API_PAIR_ACQUIRE || !entry ||
			    entry->state == GCV_ERA_ABSENT)
				continue;
			for (j = 0; j < pair->nr_from; j++) {
				if (strcmp(pair->from[j], s->reason->detail) == 0) {
					*ret_to = pair->to;
					return goal;
				}
			}
		}
	}
	return NULL;
}

static const char *no_replacement(const struct speaker *s)
{
	const char *to;
	const struct gcv_api_conversion *other = other_conversion(s, &to);

	if (other)
		return gcv_arena_printf(s->arena,
					"this conversion has nothing to put in the place of %s(): "
					"that is for the conversion %s, which makes %s() of it",
					s->reason->detail, other->name, to);
	return gcv_arena_printf(s->arena,
				"this conversion has nothing to put in the place of %s() that the "
				"tree declares",
				s->reason->detail);
}

/* Does a release get the folio that a page is part of? */
static bool is_of_folio(const struct speaker *s)
{
	const struct gcv_function *fn = function_of(s);
	struct gcv_expr_type type;

	if (!fn || !fn->body || s->reason->node == GCV_NONE ||
	    fn->body->nodes[s->reason->node].kind != GCV_NODE_CALL ||
	    fn->body->nodes[s->reason->node].nr_children < 2)
		return false;
	type = gcv_expr_type(fn->body, fn->body->nodes[s->reason->node].children[1]);
	return gcv_expr_type_is(&type, "struct folio", 1);
}

static const char *unconvertible(const struct speaker *s)
{
	if (is_of_folio(s))
		return gcv_arena_printf(s->arena,
					"%s() gives some of the pages back, through the folio that "
					"they are part of; the conversion has nothing to put in "
					"its place",
					s->reason->detail);
	return gcv_arena_printf(s->arena,
				"%s() seems to give some of the pages back, but it is not meant "
				"for pages of %s(), and no conversion replaces it: either other "
				"pages are told apart in a way that was not understood, or the "
				"code is wrong",
				s->reason->detail, s->site->api);
}

/* What has a name to speak of only; NULL where the reason is none of these. */
static const char *with_name(const struct speaker *s)
{
	const char *detail = s->reason->detail;

	switch (s->reason->reason) {
	case GCV_REASON_FLAGGED_PROVENANCE:
		return gcv_arena_printf(s->arena,
					"a flag tells which of the pages come from a "
					"get_user_pages function: those where %s",
					detail);
	case GCV_REASON_UNCONVERTIBLE_RELEASE:
		return unconvertible(s);
	case GCV_REASON_NO_REPLACEMENT:
		return no_replacement(s);
	case GCV_REASON_OWNERSHIP_LEAVES_KERNEL_VIEW:
		return gcv_arena_printf(s->arena,
					"the pages are put on a list by their own member %s, and "
					"who takes them from there cannot be followed",
					detail);
	default:
		return NULL;
	}
}

static const char *plain(const struct speaker *s)
{
	const char *text = gcv_reason_text(s->reason->reason);

	if (!*s->reason->detail)
		return text;
	if (outcome(s))
		return on_path(s, text);
	return gcv_arena_printf(s->arena, "%s: %s", text, thing(s));
}

const char *gcv_reason_sentence(const struct gcv_classification *c, uint32_t site,
				const struct gcv_reason_at *reason, struct gcv_arena *arena)
{
	const struct speaker s = { .c = c,
				   .site = &c->flow->input.program->facts.sites[site],
				   .reason = reason,
				   .arena = arena };
	const char *text = NULL;

	switch (reason->reason) {
	case GCV_REASON_NEVER_GUP:
		return never_gup(&s);
	case GCV_REASON_MIXED_PROVENANCE:
		return *reason->detail ? mixed(&s) : plain(&s);
	case GCV_REASON_UNKNOWN_PROVENANCE:
		return unknown(&s);
	case GCV_REASON_OWN_REFERENCE:
		return own_reference(&s);
	case GCV_REASON_OWNERSHIP_TRANSFERRED:
		return transferred(&s);
	case GCV_REASON_RELEASE_REFUSED:
		return release_refused(&s);
	case GCV_REASON_FAMILY_MISMATCH:
		return family_mismatch(&s);
	case GCV_REASON_RELEASE_NOT_FOUND:
		return not_found(&s);
	default:
		if (*reason->detail)
			text = with_name(&s);
		return text ? text : plain(&s);
	}
}
