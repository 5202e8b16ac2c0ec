// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"

static enum gcv_site_dirty dirty_of(const struct gcv_flow_release *release,
				    const struct gcv_release_shape *shape)
{
	enum gcv_api_dirty dirty = release->signature ? release->signature->dirty
						      : release->api->dirty;

	if (dirty == GCV_API_DIRTY_ALWAYS)
		return GCV_SITE_DIRTY_ALWAYS;
	if (dirty == GCV_API_DIRTY_BY_ARGUMENT)
		return GCV_SITE_DIRTY_BY_ARGUMENT;
	if (shape->dirty_call == GCV_NONE)
		return GCV_SITE_DIRTY_NEVER;
	return shape->dirty_condition == GCV_NONE ? GCV_SITE_DIRTY_ALWAYS
						  : GCV_SITE_DIRTY_CONDITIONAL;
}

/* What rewriting has to mind; none of it stands against a conversion that keeps the code's form. */
static void remark(struct gcv_classify_state *s, const struct gcv_flow_release *release,
		   const struct gcv_release_shape *shape)
{
	uint32_t fn = release->function;

	if (shape->null_check != GCV_NONE && shape->loop != GCV_NONE)
		gcv_classify_reason(s, release->site, GCV_REASON_HOLES_POSSIBLE, false, fn,
				    shape->null_check, NULL);
	if (shape->pattern == GCV_PATTERN_ARRAY_AT_OFFSET)
		gcv_classify_reason(s, release->site, GCV_REASON_PARTIAL_ARRAY, false, fn,
				    release->call, NULL);
}

static bool is_dirtied(enum gcv_site_dirty dirty)
{
	return dirty != GCV_SITE_DIRTY_UNKNOWN && dirty != GCV_SITE_DIRTY_NEVER;
}

/* The outermost step of the chain that leads to a context, as the place that proves it. */
static void blame(struct gcv_classify_state *s, const struct gcv_flow_release *release,
		  enum gcv_context context, enum gcv_reason reason)
{
	struct gcv_arena *arena = &s->result->arena;
	struct gcv_context_step *steps;
	uint32_t nr;

	steps = gcv_contexts_why(s->contexts, release->function, release->call, context, arena,
				 &nr);
	if (nr)
		gcv_classify_reason(s, release->site, reason, false, steps[nr - 1].function,
				    steps[nr - 1].node, steps[nr - 1].text);
	else
		gcv_classify_reason(s, release->site, reason, false, release->function,
				    release->call, NULL);
}

/*
 * Dirtying may take the page lock and sleep; giving pages back does not. A notifier that runs
 * inside of try_to_unmap() has the page lock held by its caller.
 */
static void note_contexts(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			  const struct gcv_release_shape *shape)
{
	unsigned int may = gcv_contexts_at(s->contexts, release->function, release->call);
	unsigned int locked = 1u << GCV_CONTEXT_NOTIFIER | 1u << GCV_CONTEXT_PAGE_LOCK, i;

	if (may & 1u << GCV_CONTEXT_NOTIFIER)
		s->releases[release->site].is_notified = true;
	if (may & (1u << GCV_CONTEXT_HARDIRQ | 1u << GCV_CONTEXT_SOFTIRQ))
		s->releases[release->site].is_completing = true;
	if (!is_dirtied(s->result->sites[release->site].dirty))
		return;
	if (shape->dirty_call != GCV_NONE && shape->partner == GCV_NONE &&
	    !shape->is_dirty_locked &&
	    gcv_contexts_is_process(s->contexts, release->function, release->call))
		gcv_classify_reason(s, release->site, GCV_REASON_PAGE_LOCK_MAY_BE_TAKEN, false,
				    release->function, release->call, NULL);
	for (i = 0; i < GCV_CONTEXTS; i++) {
		if (!(may >> i & 1))
			continue;
		if (GCV_CONTEXT_ATOMIC >> i & 1)
			blame(s, release, i, GCV_REASON_ATOMIC_CONTEXT);
		else if (locked >> i & 1)
			blame(s, release, i, GCV_REASON_PAGE_LOCK_MAY_BE_HELD);
	}
}

static void look_at(struct gcv_classify_state *s, const struct gcv_flow_release *release)
{
	const struct gcv_flow_input *input = &s->flow->input;
	const struct gcv_function *fn = &input->program->facts.functions[release->function];
	struct gcv_site_class *site = &s->result->sites[release->site];
	struct gcv_release_shape shape;

	gcv_release_shape_of(fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	if (site->pattern == GCV_PATTERN_NONE) {
		site->pattern = shape.pattern;
		site->dirty = dirty_of(release, &shape);
	}
	if (s->releases[release->site].nr_acquired) {
		remark(s, release, &shape);
		note_contexts(s, release, &shape);
	}
}

/* An acquire has the pattern of its releases; none where they differ, whichever stands first. */
static void pass_on(struct gcv_classify_state *s)
{
	uint32_t i, k;

	for (i = 0; i < s->result->nr_sites; i++) {
		struct gcv_site_class *site = &s->result->sites[i];

		if (!s->acquires[i].api || !site->nr_partners)
			continue;
		site->pattern = s->result->sites[site->partners[0]].pattern;
		for (k = 1; k < site->nr_partners; k++)
			if (s->result->sites[site->partners[k]].pattern != site->pattern)
				site->pattern = GCV_PATTERN_NONE;
	}
}

/* What no conversion replaces serves the other pages, or it is a fault. */
static bool is_of_two_kinds(const struct gcv_classify_state *s,
			    const struct gcv_flow_release *release)
{
	enum gcv_provenance provenance;

	if (release->site == GCV_NONE)
		return true;
	provenance = s->result->sites[release->site].provenance;
	return provenance == GCV_PROVENANCE_MIXED ||
	       (provenance == GCV_PROVENANCE_UNKNOWN && s->releases[release->site].nr_acquired);
}

void gcv_classify_shapes(struct gcv_classify_state *s)
{
	uint32_t i;

	for (i = 0; i < s->flow->nr_releases; i++)
		if (is_of_two_kinds(s, &s->flow->releases[i]))
			gcv_classify_flagged(s, &s->flow->releases[i]);
	for (i = 0; i < s->flow->nr_releases; i++)
		if (s->flow->releases[i].site != GCV_NONE)
			look_at(s, &s->flow->releases[i]);
	pass_on(s);
}
