// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"

#include <string.h>

/* Is there a function in the tree that a conversion puts in the place of @name? */
static bool has_replacement(const struct gcv_classify_state *s, const char *name, bool is_acquire)
{
	const struct gcv_api_conversion *goal = s->result->conversion;
	size_t i, k;

	for (i = 0; i < goal->nr_pairs; i++) {
		const struct gcv_api_pair *pair = &goal->pairs[i];
		const struct gcv_era_entry *entry =
			gcv_era_find(s->flow->input.era, pair->to, strlen(pair->to));

		if (!entry || entry->state == GCV_ERA_ABSENT ||
		    (pair->shape == GCV_API_PAIR_ACQUIRE) != is_acquire)
			continue;
		for (k = 0; k < pair->nr_from; k++)
			if (strcmp(pair->from[k], name) == 0)
				return true;
	}
	return false;
}

/* Does a conversion also change acquires, or only releases? */
static bool changes_acquires(const struct gcv_api_conversion *goal)
{
	size_t i;

	for (i = 0; i < goal->nr_pairs; i++)
		if (goal->pairs[i].shape == GCV_API_PAIR_ACQUIRE)
			return true;
	return false;
}

static bool is_refused_but(const struct gcv_site_class *site, enum gcv_reason but,
			   enum gcv_reason or_but)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].is_refusing && site->reasons[i].reason != but &&
		    site->reasons[i].reason != or_but)
			return true;
	return false;
}

static bool is_refused(const struct gcv_site_class *site)
{
	return is_refused_but(site, GCV_REASONS, GCV_REASONS);
}

static bool is_release_of(enum gcv_api_family release, const struct gcv_api_function *acquire)
{
	switch (release) {
	case GCV_API_FAMILY_PUT:
		return acquire->reference != GCV_API_REFERENCE_PIN;
	case GCV_API_FAMILY_PUT_USER:
		return acquire->reference != GCV_API_REFERENCE_PIN;
	case GCV_API_FAMILY_UNPIN:
		return acquire->reference != GCV_API_REFERENCE_GET;
	default:
		return true;
	}
}

static bool has_reason(const struct gcv_site_class *site, enum gcv_reason reason)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == reason)
			return true;
	return false;
}

/* Has a release nothing to give back but pages that were acquired in another way? */
static bool is_wrong_release(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	if (s->releases[at].nr_other || s->releases[at].nr_unknown)
		return false;
	for (i = 0; i < site->nr_partners; i++)
		if (is_release_of(s->releases[at].api->family, s->acquires[site->partners[i]].api))
			return false;
	return site->nr_partners > 0;
}

static bool is_same_function(const struct gcv_classify_state *s, uint32_t a, uint32_t b)
{
	const struct gcv_program_site *sites = s->flow->input.program->facts.sites;

	return strcmp(sites[a].function, sites[b].function) == 0 &&
	       strcmp(sites[a].file, sites[b].file) == 0;
}

/*
 * A pair of which one half is of another family than the other is wrong today, if it really is a
 * pair: where memory that holds pages of both kinds is not told apart, a release of the right
 * family is there as well.
 */
static void check_families(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	bool has_right = false;
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		has_right |= is_release_of(s->releases[site->partners[i]].api->family,
					   s->acquires[at].api);

	for (i = 0; i < site->nr_partners; i++) {
		const struct gcv_release_facts *release = &s->releases[site->partners[i]];

		if (!release->api || is_release_of(release->api->family, s->acquires[at].api))
			continue;
		/* With a reference of its own beside the pin, the code has to give that back, too.
		 */
		gcv_classify_reason(s, at, GCV_REASON_FAMILY_MISMATCH,
				    !has_right || (is_wrong_release(s, site->partners[i]) &&
						   !has_reason(site, GCV_REASON_OWN_REFERENCE)),
				    GCV_NONE, site->partners[i], release->api->name);
	}
}

#define DEVICE (1u << GCV_EFFECT_DMA)
#define KERNEL (1u << GCV_EFFECT_KERNEL_MAP | 1u << GCV_EFFECT_READ | 1u << GCV_EFFECT_WRITE)
#define MOVED  (1u << GCV_EFFECT_TRANSFER | 1u << GCV_EFFECT_USER_MAP)
#define DIRTY  (1u << GCV_EFFECT_DIRTY | 1u << GCV_EFFECT_DIRTY_LOCK)

/*
 * Case 3: whoever gives the pages back is a notifier that stops the device first. Releases on the
 * way out of the acquiring function do not count.
 */
static bool is_dropped_by_notifier(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	bool is_dropped = false;
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++) {
		if (is_same_function(s, at, site->partners[i]))
			continue;
		if (!s->releases[site->partners[i]].is_notified)
			return false;
		is_dropped = true;
	}
	return is_dropped;
}

/*
 * Is FOLL_LONGTERM due? Not where the end of a transfer gives the pages back, however much later
 * that is, unless they are accounted like memory that stays.
 */
static bool is_longterm(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	if (!s->acquires[at].outlives || s->acquires[at].is_accounted)
		return s->acquires[at].outlives;
	for (i = 0; i < site->nr_partners; i++)
		if (s->releases[site->partners[i]].is_completing)
			return false;
	return true;
}

/* Are the pages given back when the operation ends? */
static bool is_over(const struct gcv_acquire_facts *facts)
{
	return facts->nr_releases && facts->is_walked && !facts->outlives;
}

/* What is marked as dirty was written to. Where the kernel did not do that, another party did. */
static bool is_written_by_others(const struct gcv_acquire_facts *facts)
{
	return facts->may_write && facts->effects & DIRTY && !(facts->effects & KERNEL);
}

static bool may_reach_device(const struct gcv_acquire_facts *facts)
{
	return facts->is_exposed || facts->effects & DEVICE || is_written_by_others(facts) ||
	       (facts->is_told && !is_over(facts));
}

/*
 * Case 3 with hardware that faults: the reference ends at once, and what was made of the page under
 * the eyes of a notifier is taken back by that.
 */
static bool keep_by_retry(struct gcv_classify_state *s, uint32_t at)
{
	uint32_t function, node;

	if (!is_over(&s->acquires[at]) || !gcv_classify_retry(s, at, &function, &node))
		return false;
	s->result->sites[at].case_nr = 3;
	gcv_classify_reason(s, at, GCV_REASON_CASE_3_NOTIFIER, false, function, node, NULL);
	return true;
}

/*
 * Pages that nobody so much as looks at, and that another function gives back, are held for
 * somebody who gets at the memory by its address.
 */
static bool is_only_held(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	if (s->acquires[at].effects || s->acquires[at].is_translated || !s->acquires[at].may_write)
		return false;
	for (i = 0; i < site->nr_partners; i++)
		if (is_same_function(s, at, site->partners[i]))
			return false;
	return site->nr_partners > 0;
}

/* Memory of another process that the kernel itself looks at: uprobes, ptrace, exec. */
static bool keep_remote(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_acquire_facts *facts = &s->acquires[at];

	if (!facts->is_remote || may_reach_device(facts))
		return false;
	s->result->sites[at].case_nr = 5;
	gcv_classify_reason(s, at, GCV_REASON_REMOTE_ACCESS, false, GCV_NONE, GCV_NONE, NULL);
	return true;
}

/*
 * The cases of Documentation/core-api/pin_user_pages.rst for get_user_pages*(), in the order in
 * which they are to be asked. What is to be kept gets the verdict here.
 */
static bool keep_by_case(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_acquire_facts *facts = &s->acquires[at];
	struct gcv_site_class *site = &s->result->sites[at];
	bool is_complete = is_over(facts);
	bool is_for_device = may_reach_device(facts) || (is_complete && is_only_held(s, at));

	if (is_dropped_by_notifier(s, at)) {
		site->case_nr = 3;
		gcv_classify_reason(s, at, GCV_REASON_CASE_3_NOTIFIER, false, GCV_NONE, GCV_NONE,
				    NULL);
		return true;
	}
	if (keep_by_retry(s, at))
		return true;
	if (is_complete && !is_for_device && !(facts->effects & (KERNEL | MOVED))) {
		site->case_nr = 4;
		gcv_classify_reason(s, at, GCV_REASON_CASE_4_STRUCT_PAGE_ONLY, false, GCV_NONE,
				    GCV_NONE, NULL);
		return true;
	}
	if (is_complete && facts->is_single && !facts->may_write && !is_for_device) {
		gcv_classify_reason(s, at, GCV_REASON_READ_ONLY_PEEK, false, GCV_NONE, GCV_NONE,
				    NULL);
		return true;
	}
	if (keep_remote(s, at))
		return true;
	/* Who is to tell for how long, if no release that is a site has them? */
	if (facts->outlives && !site->nr_partners)
		return false;
	if (is_for_device)
		site->case_nr = is_longterm(s, at) ? 2 : 1;
	else if (facts->effects & KERNEL)
		site->case_nr = 5;
	site->is_longterm = site->case_nr && is_longterm(s, at);
	return false;
}

/*
 * May a get_user_pages*() call stay, whatever else there is? Which of the releases are for a
 * reference of the code's own is of no interest where none of them is to be converted.
 */
static bool is_kept(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];

	if (!is_refused_but(site, GCV_REASON_UNCONVERTIBLE_RELEASE, GCV_REASONS))
		return keep_by_case(s, at);
	return !is_refused_but(site, GCV_REASON_UNCONVERTIBLE_RELEASE, GCV_REASON_OWN_REFERENCE) &&
	       is_over(&s->acquires[at]) && keep_remote(s, at);
}

/*
 * Extracting pins the pages of users only. Who takes a reference of its own for the place where it
 * keeps a page, and never gives one back, has an iterator over other memory: MSG_SPLICE_PAGES.
 */
static bool settle_unreferenced(struct gcv_classify_state *s, uint32_t at)
{
	struct gcv_acquire_facts *facts = &s->acquires[at];
	struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	if (facts->api->family != GCV_API_FAMILY_IOV ||
	    facts->api->reference == GCV_API_REFERENCE_GET || facts->nr_releases)
		return false;
	for (i = 0; i < site->nr_reasons; i++) {
		struct gcv_reason_at get = site->reasons[i];

		if (get.reason != GCV_REASON_OWN_REFERENCE || get.node == GCV_NONE)
			continue;
		facts->is_kernels = true;
		site->nr_reasons = 0;
		gcv_classify_reason(s, at, GCV_REASON_NEVER_GUP, false, get.function, get.node,
				    get.detail);
		return true;
	}
	return false;
}

/* What can be said of an acquire by itself. @return true where that is the verdict. */
static bool settle_acquire(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_acquire_facts *facts = &s->acquires[at];
	struct gcv_site_class *site = &s->result->sites[at];

	if (facts->is_null) {
		site->verdict = GCV_VERDICT_NOTHING_ACQUIRED;
		gcv_classify_reason(s, at, GCV_REASON_NO_PAGE_ARRAY, false, GCV_NONE, GCV_NONE,
				    NULL);
		return true;
	}
	site->verdict = GCV_VERDICT_KEEP;
	if (s->is_internal[at]) {
		gcv_classify_reason(s, at, GCV_REASON_MM_INTERNAL, false, GCV_NONE, GCV_NONE, NULL);
		return true;
	}
	if (facts->api->family == GCV_API_FAMILY_FRAME_VECTOR ||
	    facts->api->family == GCV_API_FAMILY_BIO) {
		gcv_classify_reason(s, at, GCV_REASON_IS_WRAPPER, false, GCV_NONE, GCV_NONE, NULL);
		return true;
	}
	if (settle_unreferenced(s, at))
		return true;
	/* Of what no user has, there is nothing to say. */
	if (facts->is_kernels)
		site->nr_reasons = 0;
	if (facts->is_kernels || facts->api->family == GCV_API_FAMILY_KERNEL_PAGE) {
		gcv_classify_reason(s, at, GCV_REASON_NEVER_GUP, false, GCV_NONE, GCV_NONE, NULL);
		return true;
	}
	site->verdict = GCV_VERDICT_REFUSED;
	return false;
}

static bool all_releases_are(const struct gcv_classify_state *s, uint32_t at,
			     enum gcv_api_family family)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (s->releases[site->partners[i]].api->family != family)
			return false;
	return site->nr_partners > 0;
}

static bool is_mismatched(const struct gcv_site_class *site)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_FAMILY_MISMATCH &&
		    site->reasons[i].is_refusing)
			return true;
	return false;
}

/* What stands against a conversion is a remark where there is none to be made. */
static void forgive(struct gcv_site_class *site)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		site->reasons[i].is_refusing = false;
}

static bool has_mixed_release(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (s->result->sites[site->partners[i]].provenance == GCV_PROVENANCE_MIXED)
			return true;
	return false;
}

/*
 * Pages that are still there when the acquiring function ends are given back by somebody else.
 * Where all releases that are known stand in the function itself, that one was not found.
 */
static bool is_end_missing(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	if (!s->acquires[at].outlives || !site->nr_partners ||
	    has_reason(site, GCV_REASON_OWNERSHIP_TRANSFERRED))
		return false;
	for (i = 0; i < site->nr_partners; i++)
		if (!is_same_function(s, at, site->partners[i]))
			return false;
	return true;
}

static void judge_acquire(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_acquire_facts *facts = &s->acquires[at];
	struct gcv_site_class *site = &s->result->sites[at];
	bool has_pin = changes_acquires(s->result->conversion);
	bool is_get = facts->api->reference == GCV_API_REFERENCE_GET;

	check_families(s, at);
	if (!facts->nr_releases || (is_get && is_end_missing(s, at)))
		gcv_classify_reason(s, at, GCV_REASON_RELEASE_NOT_FOUND, true, GCV_NONE, GCV_NONE,
				    NULL);
	if (!is_get && facts->nr_releases && !is_mismatched(site)) {
		forgive(site);
		/* A pair all right, but of pages of a file, which nobody converts. */
		if (facts->api->family == GCV_API_FAMILY_MEMFD) {
			site->verdict = GCV_VERDICT_KEEP;
			gcv_classify_reason(s, at, GCV_REASON_NEVER_GUP, false, GCV_NONE, GCV_NONE,
					    NULL);
			return;
		}
		site->verdict = GCV_VERDICT_CONVERTED;
		gcv_classify_reason(s, at, GCV_REASON_ALREADY_CONVERTED, false, GCV_NONE, GCV_NONE,
				    NULL);
		return;
	}
	if (is_get && has_pin && facts->api->family != GCV_API_FAMILY_IOV && is_kept(s, at)) {
		forgive(site);
		site->verdict = GCV_VERDICT_KEEP;
		return;
	}
	if (!has_pin && all_releases_are(s, at, GCV_API_FAMILY_PUT_USER) &&
	    !has_mixed_release(s, at)) {
		forgive(site);
		site->verdict = GCV_VERDICT_CONVERTED;
		gcv_classify_reason(s, at, GCV_REASON_ALREADY_CONVERTED, false, GCV_NONE, GCV_NONE,
				    NULL);
		return;
	}
	if (!is_get || is_refused(site))
		return;
	/* Case 3 may be hidden there; a release that is only swapped may stand where it likes. */
	if (facts->hidden.callee)
		gcv_classify_reason(s, at, GCV_REASON_UNSEEN_CODE, has_pin, facts->hidden.function,
				    facts->hidden.node, facts->hidden.callee->name);
	if (is_refused(site))
		return;
	if (has_pin && facts->api->family == GCV_API_FAMILY_IOV) {
		gcv_classify_reason(s, at, GCV_REASON_NO_REPLACEMENT, true, GCV_NONE, GCV_NONE,
				    facts->api->name);
		return;
	}
	if (has_pin && !has_replacement(s, facts->api->name, true)) {
		gcv_classify_reason(s, at, GCV_REASON_NO_REPLACEMENT, true, GCV_NONE, GCV_NONE,
				    facts->api->name);
		return;
	}
	/* A tree from before all of this: there is nothing to put in the place of any release. */
	if (!has_pin && !has_replacement(s, "put_page", false)) {
		gcv_classify_reason(s, at, GCV_REASON_NO_REPLACEMENT, true, GCV_NONE, GCV_NONE,
				    "put_page");
		return;
	}
	if (has_pin && !site->case_nr) {
		gcv_classify_reason(s, at, GCV_REASON_NO_CASE, true, GCV_NONE, GCV_NONE, NULL);
		return;
	}
	site->verdict = GCV_VERDICT_CONVERTIBLE;
}

/*
 * A release all of whose pages were acquired in another way is wrong today, unless it gives back a
 * reference of its own that the code took beside. @return true where the verdict is spoken.
 */
static bool settle_family(struct gcv_classify_state *s, uint32_t at)
{
	struct gcv_site_class *site = &s->result->sites[at];

	if (!is_wrong_release(s, at))
		return false;
	if (has_reason(&s->result->sites[site->partners[0]], GCV_REASON_OWN_REFERENCE)) {
		site->verdict = GCV_VERDICT_KEEP;
		gcv_classify_reason(s, at, GCV_REASON_OWN_REFERENCE, false, GCV_NONE,
				    site->partners[0], NULL);
		return true;
	}
	gcv_classify_reason(s, at, GCV_REASON_FAMILY_MISMATCH, true, GCV_NONE, site->partners[0],
			    s->acquires[site->partners[0]].api->name);
	return false;
}

/*
 * Who gives back other pages need not know where from. Where some come from nobody knows where,
 * "never" would be too much.
 */
static void say_never(struct gcv_site_class *site, bool has_unknown)
{
	uint32_t i, nr = 0;

	for (i = 0; i < site->nr_reasons; i++) {
		struct gcv_reason_at *reason = &site->reasons[i];

		if (has_unknown && reason->reason == GCV_REASON_MIXED_PROVENANCE)
			continue;
		if (reason->reason == GCV_REASON_MIXED_PROVENANCE)
			reason->reason = GCV_REASON_NEVER_GUP;
		reason->is_refusing = false;
		site->reasons[nr++] = *reason;
	}
	site->nr_reasons = nr;
}

/* What stands against converting a release, whatever its acquires are. */
static void judge_release(struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_release_facts *facts = &s->releases[at];
	struct gcv_site_class *site = &s->result->sites[at];

	if (!facts->nr_acquired) {
		site->verdict = s->is_internal[at] ? GCV_VERDICT_KEEP : GCV_VERDICT_UNRELATED;
		say_never(site, facts->nr_unknown);
		return;
	}
	if (settle_family(s, at))
		return;
	site->verdict = s->is_internal[at] ? GCV_VERDICT_KEEP : GCV_VERDICT_REFUSE;
	if (s->is_internal[at] && !site->nr_reasons)
		gcv_classify_reason(s, at, GCV_REASON_MM_INTERNAL, false, GCV_NONE, GCV_NONE, NULL);
	if (is_refused(site) || s->is_internal[at])
		return;
	if (has_replacement(s, facts->api->name, false) ||
	    (facts->api->family == GCV_API_FAMILY_PUT && !has_replacement(s, "put_page", false)))
		site->verdict =
			GCV_VERDICT_CONVERT; /* in the second case its acquires are refused */
	else
		site->verdict = GCV_VERDICT_CONVERTED;
}

/* Releases of pages that stay as they are stay, too. */
static bool serves_kept_only(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (s->result->sites[site->partners[i]].verdict != GCV_VERDICT_KEEP)
			return false;
	return site->nr_partners > 0;
}

/* All releases of an acquire, or none: a refusal goes to every site that hangs on it. */
static bool spread_refusals(struct gcv_classify_state *s)
{
	struct gcv_classification *result = s->result;
	bool has_changed = false;
	uint32_t i, k;

	for (i = 0; i < result->nr_sites; i++) {
		struct gcv_site_class *site = &result->sites[i];

		for (k = 0; k < site->nr_partners; k++) {
			uint32_t at = site->partners[k];
			const struct gcv_site_class *partner = &result->sites[at];

			if (site->verdict == GCV_VERDICT_CONVERTIBLE &&
			    partner->verdict == GCV_VERDICT_REFUSE) {
				site->verdict = GCV_VERDICT_REFUSED;
				gcv_classify_reason(s, i, GCV_REASON_RELEASE_REFUSED, true,
						    GCV_NONE, at, NULL);
				has_changed = true;
			} else if (site->verdict == GCV_VERDICT_CONVERT &&
				   (partner->verdict == GCV_VERDICT_REFUSED ||
				    partner->verdict == GCV_VERDICT_KEEP) &&
				   s->acquires[at].api->family != GCV_API_FAMILY_FRAME_VECTOR &&
				   s->acquires[at].api->family != GCV_API_FAMILY_BIO) {
				bool is_keep = serves_kept_only(s, i);

				site->verdict = is_keep ? GCV_VERDICT_KEEP : GCV_VERDICT_REFUSE;
				gcv_classify_reason(s, i, GCV_REASON_RELEASE_REFUSED, !is_keep,
						    GCV_NONE, at, NULL);
				has_changed = true;
			} else if (site->verdict == GCV_VERDICT_CONVERTIBLE &&
				   partner->verdict == GCV_VERDICT_KEEP) {
				site->verdict = GCV_VERDICT_REFUSED;
				gcv_classify_reason(s, i, GCV_REASON_RELEASE_REFUSED, true,
						    GCV_NONE, at, NULL);
				has_changed = true;
			}
		}
	}
	return has_changed;
}

/*
 * The right half of a pair whose other releases are wrong waits for these to be mended. Return: the
 * acquire of such a pair, or GCV_NONE.
 */
static uint32_t find_mismatched(const struct gcv_classify_state *s, uint32_t at)
{
	const struct gcv_site_class *site = &s->result->sites[at];
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++)
		if (is_mismatched(&s->result->sites[site->partners[i]]))
			return site->partners[i];
	return GCV_NONE;
}

/* Releases whose verdict is that of their acquires. */
static void follow_acquires(struct gcv_classify_state *s, uint32_t at)
{
	struct gcv_site_class *site = &s->result->sites[at];
	uint32_t because = GCV_NONE;

	if (serves_kept_only(s, at)) {
		site->verdict = GCV_VERDICT_KEEP;
		because = site->partners[0];
	} else if (site->verdict == GCV_VERDICT_CONVERTED) {
		because = find_mismatched(s, at);
		if (because != GCV_NONE)
			site->verdict = GCV_VERDICT_REFUSE;
	}
	if (because != GCV_NONE && !site->nr_reasons)
		gcv_classify_reason(s, at, GCV_REASON_RELEASE_REFUSED,
				    site->verdict == GCV_VERDICT_REFUSE, GCV_NONE, because, NULL);
}

void gcv_classify_verdicts(struct gcv_classify_state *s)
{
	const struct gcv_program_facts *facts = &s->flow->input.program->facts;
	uint32_t i;

	for (i = 0; i < s->result->nr_sites; i++) {
		if (facts->sites[i].homonym) {
			s->result->sites[i].verdict = GCV_VERDICT_KEEP;
			continue;
		}
		if (s->acquires[i].api) {
			if (!settle_acquire(s, i))
				judge_acquire(s, i);
		} else if (s->releases[i].api) {
			judge_release(s, i);
		} else {
			gcv_classify_reason(s, i, GCV_REASON_UNSEEN_CODE, true, GCV_NONE, GCV_NONE,
					    NULL);
			s->result->sites[i].verdict = strcmp(facts->sites[i].role, "acquire") == 0
							      ? GCV_VERDICT_REFUSED
							      : GCV_VERDICT_REFUSE;
		}
	}
	while (spread_refusals(s))
		;
	for (i = 0; i < s->result->nr_sites; i++) {
		struct gcv_site_class *site = &s->result->sites[i];

		if (s->acquires[i].api && site->verdict == GCV_VERDICT_KEEP)
			forgive(site);
		if (s->releases[i].api)
			follow_acquires(s, i);
	}
}
