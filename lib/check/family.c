// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page that pin_user_pages*() handed out must go back by unpin_user_page*(), and one of
 * get_user_pages*() by put_page() and its kind (Documentation/core-api/pin_user_pages.rst).
 */
#include "check/check_state.h"

static bool is_pinned(enum gcv_api_reference reference)
{
	return reference == GCV_API_REFERENCE_PIN;
}

/* Does a release give back what such a reference is not? */
static bool is_wrong(const struct gcv_api_function *acquire, const struct gcv_api_function *release)
{
	switch (release->family) {
	case GCV_API_FAMILY_UNPIN:
		return acquire->reference == GCV_API_REFERENCE_GET;
	case GCV_API_FAMILY_PUT:
	case GCV_API_FAMILY_PUT_USER:
		return is_pinned(acquire->reference);
	default:
		return false;
	}
}

static const struct gcv_flow_acquire *acquire_of(const struct gcv_check_state *s, uint32_t site)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_acquires; i++)
		if (s->flow->acquires[i].site == site)
			return &s->flow->acquires[i];
	return NULL;
}

/*
 * Code that keeps a reference of its own beside the pin gives that back, too: then a release of the
 * right family is among those that the same pages reach.
 */
static bool has_right_release(const struct gcv_check_state *s, uint32_t acquire)
{
	const struct gcv_site_class *site = &s->c->sites[acquire];
	uint32_t i;

	for (i = 0; i < site->nr_partners; i++) {
		const struct gcv_api_function *api = s->c->releases[site->partners[i]].api;

		if (api && !is_wrong(s->c->acquires[acquire].api, api))
			return true;
	}
	return false;
}

static void check_release(struct gcv_check_state *s, const struct gcv_flow_release *release,
			  uint32_t acquire)
{
	const struct gcv_release_facts *facts = &s->c->releases[release->site];
	const struct gcv_flow_acquire *at = acquire_of(s, acquire);
	enum gcv_confidence confidence = GCV_CONFIDENCE_MEDIUM;
	struct gcv_fault *fault;

	if (!at || !at->api || !is_wrong(at->api, release->api))
		return;
	if (has_right_release(s, acquire))
		confidence = GCV_CONFIDENCE_LOW;
	else if (!facts->nr_other && !facts->nr_unknown)
		confidence = GCV_CONFIDENCE_HIGH;
	fault = gcv_check_tell(s, GCV_CHECK_RELEASE_FAMILY_MISMATCH, confidence, release->site,
			       release->function, release->call,
			       "pages of %s() are given back by %s()", at->api->name,
			       release->name);
	gcv_check_note(s, fault, at->function, at->call, "the pages are acquired here by %s()",
		       at->api->name);
	gcv_check_note(s, fault, release->function, release->call, "and given back here by %s()",
		       release->name);
}

void gcv_check_family(struct gcv_check_state *s)
{
	uint32_t i, k;

	for (i = 0; i < s->flow->nr_releases; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[i];
		const struct gcv_site_class *site;

		if (release->site == GCV_NONE || !release->api)
			continue;
		site = &s->c->sites[release->site];
		for (k = 0; k < site->nr_partners; k++)
			check_release(s, release, site->partners[k]);
	}
}
