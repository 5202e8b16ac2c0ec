// SPDX-License-Identifier: GPL-2.0-only
/*
 * What marks pages dirty under the page lock sleeps (mm/page-writeback.c set_page_dirty_lock()):
 * it has no place under a spin lock, in an interrupt, or with interrupts off.
 */
#include "check/values.h"
#include "flow/expr.h"

/** NEAR - callers between a lock and the call for which all of the way is sure to belong together
 */
#define NEAR 4

/**
 * struct dirtying - a call that takes the page lock to mark pages as dirty
 * @site: the release that it is, or the acquire of the pages
 * @function: index of the function
 * @call: CALL of its body
 * @name: name of what is called
 * @condition: argument that tells whether it does, or GCV_NONE for always
 */
struct dirtying {
	uint32_t site;
	uint32_t function, call;
	const char *name;
	uint32_t condition;
};

/** struct chain - the way from a call outwards to the lock; the last step is the lock */
struct chain {
	const struct gcv_context_step *steps;
	uint32_t nr;
};

/* The last step is a lock in the code, or a callback that somebody runs in such a context. */
static bool is_lock(const struct gcv_context_step *step)
{
	return step->node != GCV_NONE;
}

/* Does the caller, or one of those that pass the argument on, say that nothing is dirty? */
static bool is_never(struct gcv_check_state *s, const struct dirtying *d, const struct chain *chain)
{
	uint32_t function = d->function, node = d->condition, i;
	struct gcv_bits bits;

	if (node == GCV_NONE)
		return false;
	for (i = 0; i + 1 < chain->nr && node != GCV_NONE; i++) {
		const struct gcv_body *body = s->facts->functions[function].body;
		const struct gcv_node *n = &body->nodes[gcv_expr_plain(body, node)];

		if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE ||
		    body->symbols[n->symbol].kind != GCV_SYMBOL_PARAM ||
		    chain->steps[i].node == GCV_NONE)
			break;
		function = chain->steps[i].function;
		node = gcv_check_argument(s->facts->functions[function].body, chain->steps[i].node,
					  (int)body->symbols[n->symbol].value);
	}
	gcv_check_bits(s, function, node, &bits);
	return bits.is_known && !bits.may;
}

/* Are all callers on the way named where they are called? */
static bool is_direct(const struct gcv_check_state *s, const struct chain *chain)
{
	uint32_t i;

	for (i = 0; i + 1 < chain->nr; i++) {
		const struct gcv_body *body = s->facts->functions[chain->steps[i].function].body;
		const struct gcv_symbol *callee =
			chain->steps[i].node == GCV_NONE
				? NULL
				: gcv_body_callee(body, chain->steps[i].node);

		if (!callee || callee->kind != GCV_SYMBOL_FUNCTION)
			return false;
	}
	return true;
}

/* A condition that is not known may be false whenever the callback runs. */
static enum gcv_confidence confidence_of(const struct gcv_check_state *s, const struct dirtying *d,
					 const struct chain *chain)
{
	bool is_locked = is_lock(&chain->steps[chain->nr - 1]);

	if (chain->nr > NEAR || (!is_locked && d->condition != GCV_NONE))
		return GCV_CONFIDENCE_LOW;
	return is_locked && is_direct(s, chain) ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_MEDIUM;
}

static void tell(struct gcv_check_state *s, const struct dirtying *d, const struct chain *chain)
{
	struct gcv_fault *fault;
	uint32_t i;

	fault = gcv_check_tell(s, GCV_CHECK_DIRTY_LOCK_IN_ATOMIC, confidence_of(s, d, chain),
			       d->site, d->function, d->call,
			       "%s() takes the page lock where the code must not sleep", d->name);
	for (i = chain->nr; i-- > 0;)
		gcv_check_note(s, fault, chain->steps[i].function, chain->steps[i].node, "%s",
			       chain->steps[i].text);
}

static void check(struct gcv_check_state *s, const struct dirtying *d)
{
	unsigned int may = gcv_contexts_at(s->c->contexts, d->function, d->call) &
			   GCV_CONTEXT_ATOMIC;
	struct chain chain;
	unsigned int i;

	for (i = 0; i < GCV_CONTEXTS; i++) {
		if (!(may >> i & 1))
			continue;
		chain.steps = gcv_contexts_why(s->c->contexts, d->function, d->call, i,
					       &s->faults->arena, &chain.nr);
		if (chain.nr && !is_never(s, d, &chain)) {
			tell(s, d, &chain);
			return;
		}
	}
}

static void check_release(struct gcv_check_state *s, const struct gcv_flow_release *release)
{
	struct dirtying d = { release->site, release->function, release->call, release->name,
			      GCV_NONE };
	enum gcv_api_dirty dirty;
	struct gcv_bits bits;

	if (release->site == GCV_NONE || !release->api || !release->api->page_lock ||
	    !s->c->releases[release->site].nr_acquired)
		return;
	dirty = release->signature ? release->signature->dirty : release->api->dirty;
	if (dirty == GCV_API_DIRTY_NEVER)
		return;
	if (dirty == GCV_API_DIRTY_BY_ARGUMENT && release->signature)
		d.condition = gcv_check_argument(s->facts->functions[release->function].body,
						 release->call,
						 release->signature->arg[GCV_API_ARG_MAKE_DIRTY]);
	gcv_check_bits(s, release->function, d.condition, &bits);
	if (bits.must)
		d.condition = GCV_NONE;
	check(s, &d);
}

void gcv_check_atomic(struct gcv_check_state *s)
{
	uint32_t i, acquire;

	for (i = 0; i < s->flow->nr_releases; i++)
		check_release(s, &s->flow->releases[i]);
	for (i = 0; i < s->flow->nr_uses; i++) {
		const struct gcv_flow_use *use = &s->flow->uses[i];

		if (use->effect != GCV_EFFECT_DIRTY_LOCK)
			continue;
		acquire = gcv_check_acquire_at(s, use->place);
		if (acquire != GCV_NONE)
			check(s, &(struct dirtying){ s->flow->acquires[acquire].site, use->function,
						     use->call, use->name, GCV_NONE });
	}
}
