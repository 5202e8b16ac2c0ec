// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page that pin_user_pages*() handed out must go back by unpin_user_page*(), and one of
 * get_user_pages*() by put_page() and its kind (Documentation/core-api/pin_user_pages.rst):
 * release-family-mismatch, and mixed-release where one call gives back pages of both kinds.
 */
#include "check/graphs.h"
#include "flow/expr.h"

#include <string.h>

/* Does a release give back what such a reference is not? */
static bool is_wrong(const struct gcv_api_function *acquire, const struct gcv_api_function *release)
{
	switch (release->family) {
	case GCV_API_FAMILY_UNPIN:
		return acquire->reference == GCV_API_REFERENCE_GET;
	case GCV_API_FAMILY_PUT:
	case GCV_API_FAMILY_PUT_USER:
		return acquire->reference == GCV_API_REFERENCE_PIN;
	default:
		return false;
	}
}

/**
 * struct origins - the acquires whose pages a release gives back
 * @wrong: number in the flow of the first one whose pages need another release, or GCV_NONE
 * @right: number in the flow of the first one whose pages need this release, or GCV_NONE
 * @is_doubtful: pages that may have no reference at all, or have one of their own as well
 * @is_together: all stand in the function of the release
 */
struct origins {
	uint32_t wrong, right;
	bool is_doubtful, is_together;
};

/* iov_iter_extract_pages() pins some pages only; get_page() takes a reference that needs
 * put_page().
 */
static bool is_doubtful(const struct gcv_check_state *s, const struct gcv_flow_acquire *acquire)
{
	const struct gcv_acquire_facts *facts;

	if (acquire->site == GCV_NONE)
		return true;
	facts = &s->c->acquires[acquire->site];
	return facts->is_internal || acquire->api->family == GCV_API_FAMILY_IOV ||
	       acquire->api->reference == GCV_API_REFERENCE_EITHER ||
	       facts->effects >> GCV_EFFECT_GET & 1;
}

static struct origins origins_of(const struct gcv_check_state *s,
				 const struct gcv_flow_release *release)
{
	const struct gcv_place *place = &s->flow->graph.places[release->place];
	struct origins ret = { .wrong = GCV_NONE, .right = GCV_NONE, .is_together = true };
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &s->flow->graph.atoms[place->atoms[i].atom];
		const struct gcv_flow_acquire *acquire;

		if (atom->kind != GCV_ATOM_ACQUIRED)
			continue;
		acquire = &s->flow->acquires[atom->site];
		if (!acquire->api)
			continue;
		ret.is_doubtful |= is_doubtful(s, acquire);
		ret.is_together &= acquire->function == release->function;
		if (is_wrong(acquire->api, release->api)) {
			if (ret.wrong == GCV_NONE)
				ret.wrong = atom->site;
		} else if (ret.right == GCV_NONE) {
			ret.right = atom->site;
		}
	}
	return ret;
}

/* Does a condition decide about a node? */
static bool decides(const struct gcv_body *body, uint32_t condition, uint32_t node)
{
	uint32_t at = node;

	while (body->nodes[at].parent != GCV_NONE) {
		const struct gcv_node *parent = &body->nodes[body->nodes[at].parent];

		if ((parent->kind == GCV_NODE_IF || parent->kind == GCV_NODE_COND) &&
		    parent->children[0] != at &&
		    gcv_expr_equal(body, parent->children[0], condition))
			return true;
		at = body->nodes[at].parent;
	}
	return false;
}

/**
 * enum asked - is a release of two kinds of pages under a condition?
 * @ASKED_NOTHING: no
 * @ASKED_OTHER: yes
 * @ASKED_WHICH: yes, and one of the acquires is under the same one
 */
enum asked { ASKED_NOTHING, ASKED_OTHER, ASKED_WHICH };

static enum asked asked_before(const struct gcv_check_state *s,
			       const struct gcv_flow_release *release,
			       const struct origins *origins)
{
	const struct gcv_body *body = s->facts->functions[release->function].body;
	enum asked asked = ASKED_NOTHING;
	uint32_t at = release->call, condition;

	for (; body->nodes[at].parent != GCV_NONE; at = body->nodes[at].parent) {
		const struct gcv_node *parent = &body->nodes[body->nodes[at].parent];

		if (parent->kind != GCV_NODE_IF || parent->children[0] == at)
			continue;
		condition = parent->children[0];
		if (decides(body, condition, s->flow->acquires[origins->wrong].call) ||
		    decides(body, condition, s->flow->acquires[origins->right].call))
			return ASKED_WHICH;
		asked = ASKED_OTHER;
	}
	return asked;
}

static void note_acquire(struct gcv_check_state *s, struct gcv_fault *fault, uint32_t at)
{
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[at];

	gcv_check_note(s, fault, acquire->function, acquire->call,
		       "pages are acquired here by %s()", acquire->api->name);
}

static void tell_mixed(struct gcv_check_state *s, const struct gcv_flow_release *release,
		       const struct origins *origins, bool is_sure)
{
	enum asked asked = ASKED_OTHER;
	struct gcv_fault *fault;

	if (origins->is_together)
		asked = asked_before(s, release, origins);
	if (asked == ASKED_WHICH)
		return;
	fault = gcv_check_tell(s, GCV_CHECK_MIXED_RELEASE,
			       is_sure && asked == ASKED_NOTHING ? GCV_CONFIDENCE_HIGH
								 : GCV_CONFIDENCE_LOW,
			       release->site, release->function, release->call,
			       "pages of %s() and of %s() are given back by the same %s()",
			       s->flow->acquires[origins->wrong].api->name,
			       s->flow->acquires[origins->right].api->name, release->name);
	note_acquire(s, fault, origins->wrong);
	note_acquire(s, fault, origins->right);
	gcv_check_note(s, fault, release->function, release->call, "all are given back here");
}

static void tell(struct gcv_check_state *s, const struct gcv_flow_release *release,
		 const struct origins *origins)
{
	const struct gcv_release_facts *facts = &s->c->releases[release->site];
	bool is_sure = !origins->is_doubtful && !facts->nr_other && !facts->nr_unknown;
	struct gcv_fault *fault;

	/* Twice in doubt, it says nothing. */
	if (origins->is_doubtful && (facts->nr_other || facts->nr_unknown))
		return;
	if (origins->right != GCV_NONE) {
		tell_mixed(s, release, origins, is_sure);
		return;
	}
	fault = gcv_check_tell(s, GCV_CHECK_RELEASE_FAMILY_MISMATCH,
			       is_sure ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_LOW, release->site,
			       release->function, release->call,
			       "pages of %s() are given back by %s()",
			       s->flow->acquires[origins->wrong].api->name, release->name);
	note_acquire(s, fault, origins->wrong);
	gcv_check_note(s, fault, release->function, release->call, "and given back here by %s()",
		       release->name);
}

/*
 * What gives pages back to the allocator by themselves (include/linux/gfp.h). Where it drops the
 * last reference of a page of user space, that is still on a list of the page cache or the LRU.
 */
static bool frees_to_allocator(const char *name)
{
	static const char *const names[] = { "__free_page", "__free_pages", "free_unref_page" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void check_freed(struct gcv_check_state *s, const struct gcv_flow_release *release)
{
	uint32_t number = gcv_check_acquire_at(s, release->place);
	const struct gcv_flow_acquire *acquire;
	struct gcv_fault *fault;

	if (number == GCV_NONE || !frees_to_allocator(release->name) ||
	    !gcv_check_is_alone(s, release->place, number))
		return;
	acquire = &s->flow->acquires[number];
	if (is_doubtful(s, acquire))
		return;
	fault = gcv_check_tell(s, GCV_CHECK_RELEASE_FAMILY_MISMATCH, GCV_CONFIDENCE_HIGH,
			       acquire->site, release->function, release->call,
			       "pages of %s() are freed by %s(), as if they came from the page "
			       "allocator",
			       acquire->api->name, release->name);
	note_acquire(s, fault, number);
	gcv_check_note(s, fault, release->function, release->call, "and freed here by %s()",
		       release->name);
}

void gcv_check_family(struct gcv_check_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_releases; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[i];
		const struct gcv_site_class *site;
		struct origins origins;

		if (!release->api)
			check_freed(s, release);
		if (release->site == GCV_NONE || !release->api)
			continue;
		/* A release that is a flag's other branch serves none of the acquires. */
		site = &s->c->sites[release->site];
		if (!site->nr_partners || site->provenance == GCV_PROVENANCE_FLAGGED)
			continue;
		origins = origins_of(s, release);
		if (origins.wrong != GCV_NONE)
			tell(s, release, &origins);
	}
}
