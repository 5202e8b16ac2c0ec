// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"

/*
 * Note the call out of view by which a notifier may come to a release in another function. It may
 * run inside of try_to_unmap(), whose caller has the page lock.
 */
static void note_release(struct gcv_classify_state *s, const struct gcv_notifiers *notifiers,
			 const struct gcv_flow_release *release)
{
	const struct gcv_site_class *site = &s->result->sites[release->site];
	const struct gcv_place *place = &s->flow->graph.places[release->place];
	const struct gcv_unseen_call *unseen;
	uint32_t i;

	if (!site->nr_partners || s->releases[release->site].is_notified ||
	    !gcv_notifiers_may_hide(notifiers, release->function))
		return;
	unseen = gcv_notifiers_unseen(notifiers, release->function);
	if (unseen && s->releases[release->site].api->family == GCV_API_FAMILY_PUT &&
	    site->dirty != GCV_SITE_DIRTY_UNKNOWN && site->dirty != GCV_SITE_DIRTY_NEVER)
		gcv_classify_reason(s, release->site, GCV_REASON_PAGE_LOCK_MAY_BE_HELD, false,
				    unseen->function, unseen->node, unseen->callee->name);
	for (i = 0; unseen && i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &s->flow->graph.atoms[place->atoms[i].atom];
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[atom->site];

		if (atom->kind == GCV_ATOM_ACQUIRED && acquire->site != GCV_NONE &&
		    acquire->function != release->function &&
		    !gcv_notifiers_calls(notifiers, release->function, acquire->function))
			s->acquires[acquire->site].hidden = *unseen;
	}
}

void gcv_classify_hidden(struct gcv_classify_state *s)
{
	struct gcv_notifiers notifiers;
	uint32_t i;

	gcv_notifiers_build(s->flow, &notifiers);
	for (i = 0; i < s->flow->nr_releases && notifiers.nr_unseen; i++)
		if (s->flow->releases[i].site != GCV_NONE)
			note_release(s, &notifiers, &s->flow->releases[i]);
	gcv_notifiers_release(&notifiers);
}
