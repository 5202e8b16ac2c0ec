// SPDX-License-Identifier: GPL-2.0-only
/*
 * User pages are marked dirty under the page lock, or their mapping may be gone meanwhile
 * (mm/page-writeback.c set_page_dirty_lock()): dirty-unlocked.
 */
#include "check/graphs.h"
#include "flow/notifier.h"

#include <string.h>

/* By its type, whatever the function is called: include/linux/mmu_notifier.h. */
static bool takes_notifier(const struct gcv_symbol *callee)
{
	return callee && (strstr(callee->canonical, "struct mmu_interval_notifier_ops *") ||
			  strstr(callee->canonical, "struct mmu_notifier *"));
}

static bool registers(const struct gcv_function *fn)
{
	uint32_t i;

	for (i = 0; fn->body && i < fn->body->nr_nodes; i++)
		if (fn->body->nodes[i].kind == GCV_NODE_CALL &&
		    takes_notifier(gcv_body_callee(fn->body, i)))
			return true;
	return false;
}

/*
 * Does the file of a function register MMU notifiers? Where their callbacks come from elsewhere, so
 * do calls of its functions.
 */
static bool is_beside_notifier(const struct gcv_check_state *s, uint32_t function)
{
	const struct gcv_program_facts *facts = s->facts;
	const char *file = facts->functions[function].file;
	uint32_t first = function, i;

	/* Functions stand by file. */
	while (first && strcmp(facts->functions[first - 1].file, file) == 0)
		first--;
	for (i = first; i < facts->nr_functions; i++) {
		if (strcmp(facts->functions[i].file, file) != 0)
			return false;
		if (registers(&facts->functions[i]))
			return true;
	}
	return false;
}

/* May a notifier come to a function that is not seen to run it? */
static bool may_be_notified(const struct gcv_check_state *s, const struct gcv_notifiers *notifiers,
			    uint32_t function)
{
	return gcv_notifiers_may_hide(notifiers, function) &&
	       (gcv_notifiers_unseen(notifiers, function) || is_beside_notifier(s, function));
}

/* Where the page lock cannot be taken, there is no better way. */
static void check_use(struct gcv_check_state *s, const struct gcv_notifiers *notifiers,
		      const struct gcv_flow_use *use)
{
	unsigned int may = gcv_contexts_at(s->c->contexts, use->function, use->call);
	uint32_t acquire = gcv_check_acquire_at(s, use->place);
	const struct gcv_flow_acquire *at;
	enum gcv_confidence confidence = GCV_CONFIDENCE_HIGH;
	struct gcv_fault *fault;

	if (acquire == GCV_NONE || may & 1u << GCV_CONTEXT_PAGE_LOCK)
		return;
	if (may & (GCV_CONTEXT_ATOMIC | 1u << GCV_CONTEXT_NOTIFIER) ||
	    may_be_notified(s, notifiers, use->function))
		confidence = GCV_CONFIDENCE_LOW;
	else if (!gcv_check_is_alone(s, use->place, acquire))
		confidence = GCV_CONFIDENCE_MEDIUM;
	at = &s->flow->acquires[acquire];
	fault = gcv_check_tell(s, GCV_CHECK_DIRTY_UNLOCKED, confidence, at->site, use->function,
			       use->call, "%s() on pages of %s() without the page lock", use->name,
			       at->api->name);
	gcv_check_note(s, fault, at->function, at->call, "the pages are acquired here");
	gcv_check_note(s, fault, use->function, use->call, "and marked dirty here by %s()",
		       use->name);
}

void gcv_check_unlocked(struct gcv_check_state *s)
{
	struct gcv_notifiers notifiers;
	uint32_t i;

	gcv_notifiers_build(s->flow, &notifiers);
	for (i = 0; i < s->flow->nr_uses; i++)
		if (s->flow->uses[i].effect == GCV_EFFECT_DIRTY)
			check_use(s, &notifiers, &s->flow->uses[i]);
	gcv_notifiers_release(&notifiers);
}
