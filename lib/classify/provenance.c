// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"
#include "classify/flag.h"
#include "flow/origin.h"
#include "flow/trace.h"

/*
 * iov_iter_get_pages*() takes references of user pages or of the pages of a kernel iterator, as the
 * iterator is: one release serves both (Documentation/core-api/pin_user_pages.rst has no case).
 */
static bool is_mixed_by_nature(const struct gcv_api_function *api)
{
	return api->family == GCV_API_FAMILY_IOV && api->reference == GCV_API_REFERENCE_GET;
}

static void note_other(struct gcv_classify_state *s, const struct gcv_flow_release *release,
		       uint32_t at, uint32_t source)
{
	struct gcv_release_facts *facts = &s->releases[release->site];
	const struct gcv_atom *atom = &s->flow->graph.atoms[at];
	enum gcv_reason reason;

	if (atom->kind == GCV_ATOM_UNKNOWN || atom->kind == GCV_ATOM_PARAM) {
		facts->nr_unknown++;
		reason = GCV_REASON_UNKNOWN_PROVENANCE;
	} else if (atom->kind == GCV_ATOM_ORIGIN || atom->origin == GCV_ORIGIN_NEW) {
		facts->nr_other++;
		reason = GCV_REASON_MIXED_PROVENANCE;
	} else {
		return;
	}
	if (reason == GCV_REASON_UNKNOWN_PROVENANCE &&
	    s->flow->graph.places[source].kind == GCV_PLACE_PARAM &&
	    gcv_map64_get(&s->flow->given, s->flow->graph.places[source].function) !=
		    GCV_MAP64_NONE)
		reason = GCV_REASON_ADDRESS_TAKEN;
	gcv_classify_reason(s, release->site, reason, true, s->flow->graph.places[source].function,
			    s->flow->graph.places[source].node, gcv_trace_name(s->flow, source));
}

/* Tie a release to the acquire whose pages reach it. */
static void note_acquired(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			  const struct gcv_flow_acquire *acquire)
{
	struct gcv_acquire_facts *facts;

	if (release->site != GCV_NONE) {
		s->releases[release->site].nr_acquired++;
		if (is_mixed_by_nature(acquire->api)) {
			s->releases[release->site].nr_other++;
			gcv_classify_reason(s, release->site, GCV_REASON_MIXED_PROVENANCE, true,
					    acquire->function, acquire->call, acquire->api->name);
		}
	}
	if (acquire->site == GCV_NONE)
		return;
	facts = &s->acquires[acquire->site];
	facts->nr_releases++;
	if (release->site == GCV_NONE)
		gcv_classify_reason(s, acquire->site, GCV_REASON_UNCONVERTIBLE_RELEASE, true,
				    release->function, release->call, release->name);
	else
		gcv_classify_partner(s, acquire->site, release->site);
}

static enum gcv_provenance provenance_of(const struct gcv_release_facts *facts)
{
	if (facts->nr_acquired && facts->nr_other)
		return GCV_PROVENANCE_MIXED;
	if (facts->nr_acquired)
		return facts->nr_unknown ? GCV_PROVENANCE_UNKNOWN : GCV_PROVENANCE_GUP;
	return facts->nr_other && !facts->nr_unknown ? GCV_PROVENANCE_NEVER
						     : GCV_PROVENANCE_UNKNOWN;
}

static void drop_partner(struct gcv_site_class *site, uint32_t partner)
{
	uint32_t i, nr = 0;

	for (i = 0; i < site->nr_partners; i++)
		if (site->partners[i] != partner)
			site->partners[nr++] = site->partners[i];
	site->nr_partners = nr;
}

static void drop_unconvertible(struct gcv_site_class *site, const struct gcv_flow_release *release)
{
	uint32_t i, nr = 0;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason != GCV_REASON_UNCONVERTIBLE_RELEASE ||
		    site->reasons[i].function != release->function ||
		    site->reasons[i].node != release->call)
			site->reasons[nr++] = site->reasons[i];
	site->nr_reasons = nr;
}

void gcv_classify_untie(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			const struct gcv_flow_acquire *acquire)
{
	if (acquire->site != GCV_NONE)
		s->acquires[acquire->site].nr_releases--;
	if (acquire->site != GCV_NONE && release->site == GCV_NONE)
		drop_unconvertible(&s->result->sites[acquire->site], release);
	if (release->site == GCV_NONE)
		return;
	s->releases[release->site].nr_acquired--;
	s->result->sites[release->site].provenance = provenance_of(&s->releases[release->site]);
	if (acquire->site == GCV_NONE || s->releases[release->site].nr_acquired)
		return;
	while (s->result->sites[release->site].nr_partners) {
		uint32_t partner = s->result->sites[release->site].partners[0];

		drop_partner(&s->result->sites[partner], release->site);
		drop_partner(&s->result->sites[release->site], partner);
	}
}

/*
 * get_vaddr_frames() and put_vaddr_frames() are a pair, and what they call inside is another: one
 * vector has its pages from the former only (mm/frame_vector.c).
 */
static bool is_frame_vector(const struct gcv_api_function *api)
{
	return api && api->family == GCV_API_FAMILY_FRAME_VECTOR;
}

static void note_atom(struct gcv_classify_state *s, struct gcv_origins *origins,
		      const struct gcv_flow_release *release, uint32_t at)
{
	const struct gcv_atom *atom = &s->flow->graph.atoms[at];
	uint32_t source;

	if (atom->kind == GCV_ATOM_OBJECT && atom->origin != GCV_ORIGIN_NEW)
		return;
	if (atom->kind == GCV_ATOM_ACQUIRED &&
	    is_frame_vector(release->api) != is_frame_vector(s->flow->acquires[atom->site].api))
		return;
	if (!gcv_origins_reach(origins, release->place, at, release->function, release->call,
			       &source))
		return;
	if (atom->kind == GCV_ATOM_ACQUIRED)
		note_acquired(s, release, &s->flow->acquires[atom->site]);
	else if (release->site != GCV_NONE)
		note_other(s, release, at, source);
}

/* A release of which nothing is known has lost its pages at the first step. */
static void note_lost(struct gcv_classify_state *s, const struct gcv_flow_release *release)
{
	const struct gcv_release_facts *facts;

	if (release->site == GCV_NONE)
		return;
	facts = &s->releases[release->site];
	if (!facts->nr_acquired && !facts->nr_other && !facts->nr_unknown)
		gcv_classify_reason(s, release->site, GCV_REASON_UNKNOWN_PROVENANCE, true,
				    release->function, release->call,
				    gcv_trace_name(s->flow, release->place));
}

static bool is_barred(void *ctx, uint32_t node)
{
	return gcv_flag_excludes(ctx, node);
}

void gcv_classify_provenance(struct gcv_classify_state *s)
{
	const struct gcv_graph *graph = &s->flow->graph;
	struct gcv_flag_guards guards;
	struct gcv_origins origins;
	uint32_t i, k;

	gcv_origins_init(&origins, s->flow);
	origins.is_barred = is_barred;
	origins.ctx = &guards;
	for (i = 0; i < s->flow->nr_releases; i++) {
		const struct gcv_flow_release *release = &s->flow->releases[i];
		const struct gcv_place *place = &graph->places[release->place];

		gcv_flag_guards_of(s->flow->input.program->facts.functions[release->function].body,
				   release->call, &guards);
		if (release->site != GCV_NONE) {
			s->releases[release->site].api = release->api;
			s->result->sites[release->site].is_seen = true;
		}
		for (k = 0; k < place->nr_atoms; k++)
			note_atom(s, &origins, release, place->atoms[k].atom);
	}
	gcv_origins_release(&origins);
	for (i = 0; i < s->flow->nr_releases; i++)
		note_lost(s, &s->flow->releases[i]);
	for (i = 0; i < s->result->nr_sites; i++)
		if (s->releases[i].api)
			s->result->sites[i].provenance = provenance_of(&s->releases[i]);
}
