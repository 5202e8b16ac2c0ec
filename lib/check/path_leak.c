// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that are left behind: leak-on-error-exit, partial-not-released, last-page-not-counted,
 * guard-mismatch, wrapper-path-missing.
 */
#include "check/path_state.h"
#include "classify/release_shape.h"
#include "flow/expr.h"

#include <string.h>

static const struct gcv_accessor *known_at(const struct gcv_check_walk *w,
					   const struct gcv_body *body, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, call);

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return NULL;
	return gcv_accessor_find(w->s->flow->input.accessors, symbol->name);
}

/* Does a known function put what it gets into memory, or give it to another owner? */
static bool keeps(const struct gcv_accessor *known)
{
	uint32_t i;

	for (i = 0; i < known->nr_flows; i++)
		if (known->flows[i].to.arg >= 0 && known->flows[i].to.nr_path)
			return true;
	for (i = 0; i < known->nr_effects; i++)
		if (known->effects[i].effect == GCV_EFFECT_TRANSFER)
			return true;
	return false;
}

static bool returns_pointer(const struct gcv_function *fn)
{
	const char *open = strchr(fn->type, '('), *star = strchr(fn->type, '*');

	return open && star && star < open;
}

/* Does a path leave the function with an error, and nothing else? */
static bool is_error(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	const struct gcv_paths *paths = &w->walk->paths;
	uint32_t i;

	if (path->returned == GCV_PATH_NEGATIVE)
		return true;
	if (path->returned != GCV_PATH_0)
		return false;
	/* NULL, where the pages make something else of it: they are in an object then. */
	for (i = 0; i < paths->nr; i++)
		if (gcv_check_has_pages(&paths->paths[i]) &&
		    !(paths->paths[i].returned & GCV_PATH_0) && paths->paths[i].returned &&
		    paths->paths[i].end == GCV_PATH_HANDED_OVER)
			break;
	return i < paths->nr && returns_pointer(w->fn);
}

/*
 * Who gives pages back on an error exit does not leave that to others on another one, if nothing
 * was written down for them.
 */
static bool cleans_up(const struct gcv_check_walk *w)
{
	const struct gcv_paths *paths = &w->walk->paths;
	uint32_t i;

	for (i = 0; i < paths->nr; i++)
		if (gcv_check_has_pages(&paths->paths[i]) && is_error(w, &paths->paths[i]) &&
		    paths->paths[i].end == GCV_PATH_RELEASED && !paths->paths[i].is_early)
			return true;
	return false;
}

/* May what gets a page keep it? Looked for in the functions that a call leads to, not beyond. */
static bool may_keep(const struct gcv_check_walk *w, const struct gcv_function *fn)
{
	const struct gcv_flow *flow = w->s->flow;
	const struct gcv_body *body = fn->body;
	uint32_t i, k;

	for (i = 0; body && i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];
		bool is_call = node->kind == GCV_NODE_CALL;
		const struct gcv_accessor *known = is_call ? known_at(w, body, i) : NULL;

		if ((node->kind != GCV_NODE_ASSIGN && !is_call) || (known && !keeps(known)))
			continue;
		if (!is_call && body->nodes[node->children[0]].kind == GCV_NODE_REF)
			continue;
		for (k = 1; k < node->nr_children; k++)
			if (gcv_graph_arrival(&flow->graph,
					      gcv_flow_value(flow, fn->index, node->children[k]),
					      w->acquire->atom))
				return true;
	}
	return !body;
}

static bool is_handed_over(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	const struct gcv_flow *flow = w->s->flow;
	bool is_seen = false;
	uint32_t i, end;

	if (path->handed_over == GCV_NONE)
		return false;
	for (i = gcv_flow_calls_of(flow, w->fn->index, &end); i < end; i++) {
		if (flow->calls[i].node != path->handed_over)
			continue;
		is_seen = true;
		if (may_keep(w, &w->s->facts->functions[flow->calls[i].target]))
			return true;
	}
	return !is_seen;
}

/* Does the function itself put the pages into memory that others may find? */
static bool stores_pages(const struct gcv_check_walk *w)
{
	const struct gcv_flow *flow = w->s->flow;
	const struct gcv_body *body = w->fn->body;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];

		if (node->kind == GCV_NODE_ASSIGN &&
		    body->nodes[node->children[0]].kind != GCV_NODE_REF &&
		    gcv_graph_arrival(&flow->graph,
				      gcv_flow_value(flow, w->fn->index, node->children[1]),
				      w->acquire->atom))
			return true;
	}
	return false;
}

/*
 * A call that got the pages has failed, and does not keep them: an error exit behind it gives back
 * what the others do.
 */
static bool is_lent(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	return path->end == GCV_PATH_HANDED_OVER && path->returned & GCV_PATH_NEGATIVE &&
	       !(path->returned & GCV_PATH_0) && !path->is_recorded && !w->walk->is_caller &&
	       w->fn->body->nodes[path->handed_over].kind == GCV_NODE_CALL && cleans_up(w) &&
	       !is_handed_over(w, path) && !stores_pages(w);
}

static bool is_left(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (!gcv_check_has_pages(path) || path->exit == w->walk->call)
		return false;
	return path->end == GCV_PATH_LEAKED || path->end == GCV_PATH_FREED ||
	       (path->end == GCV_PATH_RELEASED && path->is_early) || is_lent(w, path);
}

/*
 * How sure is it that nobody else gives back what is left? @return GCV_CONFIDENCES where it is no
 * finding.
 */
static enum gcv_confidence doubt_of(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (w->walk->is_kept && w->walk->is_caller)
		return GCV_CONFIDENCES;
	if (path->end == GCV_PATH_HANDED_OVER)
		return GCV_CONFIDENCE_MEDIUM;
	if (w->walk->is_kept && path->end != GCV_PATH_FREED) {
		if (!is_error(w, path) || path->is_recorded)
			return GCV_CONFIDENCES;
		return cleans_up(w) ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_LOW;
	}
	if (is_error(w, path))
		return GCV_CONFIDENCE_HIGH;
	/* How many there are is told in ways that are not followed. */
	if (w->walk->is_caller)
		return GCV_CONFIDENCES;
	if (path->end == GCV_PATH_FREED && path->outcome == GCV_PATH_PARTIAL)
		return path->is_result ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_MEDIUM;
	if (path->end == GCV_PATH_FREED || path->is_early)
		return path->returned == (GCV_PATH_NEGATIVE | GCV_PATH_0) ? GCV_CONFIDENCE_HIGH
									  : GCV_CONFIDENCE_MEDIUM;
	return GCV_CONFIDENCES;
}

/* A condition over variables that nothing between acquire and release changes, and not by luck. */
static enum gcv_confidence guard_doubt(const struct gcv_check_walk *w, uint32_t guard)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t condition = gcv_expr_plain(body, w->cfg.edges[guard].condition), i, nr, end;

	end = gcv_expr_end(body, condition);
	for (i = condition; i < end; i++) {
		const struct gcv_node *node = &body->nodes[i];
		const uint32_t *defs;

		if (node->kind == GCV_NODE_MEMBER || node->kind == GCV_NODE_CALL ||
		    node->kind == GCV_NODE_INDEX)
			return GCV_CONFIDENCE_LOW;
		if (node->kind != GCV_NODE_REF)
			continue;
		defs = gcv_reach_at(&w->reach, i, &nr);
		if (nr != 1 || w->reach.defs[defs[0]].kind != GCV_REACH_PARAM)
			return GCV_CONFIDENCE_LOW;
	}
	return GCV_CONFIDENCE_HIGH;
}

static void tell_guard(const struct gcv_check_walk *w, const struct gcv_path *path, uint32_t guard)
{
	gcv_check_tell_path(w, GCV_CHECK_GUARD_MISMATCH, guard_doubt(w, guard), path,
			    w->cfg.edges[guard].condition,
			    "pages of %s() are given back only under this condition, which they "
			    "were not acquired under",
			    w->acquire->api->name);
}

static void tell_leak(const struct gcv_check_walk *w, const struct gcv_path *path,
		      enum gcv_confidence confidence)
{
	const char *name = w->acquire->api->name;

	if (w->walk->is_caller)
		gcv_check_tell_path(w, GCV_CHECK_WRAPPER_PATH_MISSING, confidence, path, path->exit,
				    "pages that a function called here acquired by %s() are not "
				    "given back on the way to this exit",
				    name);
	else if (path->outcome == GCV_PATH_PARTIAL)
		gcv_check_tell_path(w, GCV_CHECK_PARTIAL_NOT_RELEASED, confidence, path, path->exit,
				    "a part of the pages was acquired by %s(), and is not given "
				    "back on the way to this exit",
				    name);
	else
		gcv_check_tell_path(w, GCV_CHECK_LEAK_ON_ERROR_EXIT, confidence, path, path->exit,
				    "pages of %s() are not given back on the way to this exit",
				    name);
}

static void check_left(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	enum gcv_confidence confidence = doubt_of(w, path);
	uint32_t guard = GCV_NONE;

	if (confidence == GCV_CONFIDENCES)
		return;
	switch (gcv_check_feasible(w, path, &guard)) {
	case GCV_CHECK_WAY_CLOSED:
		return;
	case GCV_CHECK_WAY_GUARDED:
		tell_guard(w, path, guard);
		return;
	case GCV_CHECK_WAY_DOUBTFUL:
		confidence = GCV_CONFIDENCE_LOW;
		break;
	default:
		break;
	}
	tell_leak(w, path, confidence);
}

/*
 * Pages are acquired one by one, and each is counted when all is well with it; what gives the
 * counted ones back after a later step failed misses the last.
 */
static void check_last(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (!gcv_check_has_pages(path) || path->end != GCV_PATH_RELEASED ||
	    path->match != GCV_PATH_MATCH_FEWER || !path->is_indexed ||
	    !(path->returned & GCV_PATH_NEGATIVE) || path->returned & GCV_PATH_POSITIVE ||
	    is_handed_over(w, path))
		return;
	if (gcv_check_feasible(w, path, NULL) >= GCV_CHECK_WAY_DOUBTFUL)
		return;
	gcv_check_tell_path(w, GCV_CHECK_LAST_PAGE_NOT_COUNTED, GCV_CONFIDENCE_HIGH, path,
			    path->release,
			    "the page that %s() acquired last was not counted, and is not among "
			    "those given back",
			    w->acquire->api->name);
}

/* The loop that gives back one page after the other, or GCV_NONE. */
static uint32_t loop_of(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	const struct gcv_flow_release *release = gcv_check_release_at(w, path->release);
	const struct gcv_flow_input *input = &w->s->flow->input;
	struct gcv_release_shape shape;

	if (!release)
		return GCV_NONE;
	gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	if (shape.loop == GCV_NONE || shape.bound == GCV_NONE ||
	    gcv_expr_contains(w->fn->body, shape.loop, w->walk->call))
		return GCV_NONE;
	return shape.loop;
}

/* Is a condition the one by which a loop ends? */
static bool is_of_loop(const struct gcv_body *body, uint32_t loop, uint32_t condition)
{
	const struct gcv_node *node = &body->nodes[loop];
	uint32_t own = node->kind == GCV_NODE_FOR || node->kind == GCV_NODE_DO ? 1 : 0;

	return gcv_expr_contains(body, node->children[own], condition);
}

/* Is a loop left by a jump? The last condition in it that a path takes is not the loop's own. */
static bool is_left_early(const struct gcv_check_walk *w, const struct gcv_path *path,
			  uint32_t loop)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t i;

	for (i = path->nr_trail; i-- > gcv_check_first_step(w, path);) {
		const struct gcv_cfg_edge *edge = &w->cfg.edges[path->trail[i]];

		if (edge->condition != GCV_NONE && gcv_expr_contains(body, loop, edge->condition))
			return !is_of_loop(body, loop, edge->condition);
	}
	return false;
}

/* A loop that uses pages and gives them back is left at an error: there are more of them. */
static void check_rest(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	uint32_t loop;

	if (path->outcome != GCV_PATH_FULL || path->end != GCV_PATH_RELEASED || path->is_early ||
	    !(path->returned & GCV_PATH_NEGATIVE) || path->is_null_checked || w->walk->is_kept ||
	    w->walk->is_caller || path->first_release != GCV_NONE)
		return;
	loop = loop_of(w, path);
	/* Who gets a page that the same loop gives back only looks at it. */
	if (loop == GCV_NONE || !is_left_early(w, path, loop) ||
	    (path->handed_over != GCV_NONE &&
	     !gcv_expr_contains(w->fn->body, loop, path->handed_over)) ||
	    gcv_check_feasible(w, path, NULL) >= GCV_CHECK_WAY_DOUBTFUL)
		return;
	gcv_check_tell_path(w, GCV_CHECK_LEAK_ON_ERROR_EXIT,
			    path->returned == GCV_PATH_NEGATIVE ? GCV_CONFIDENCE_HIGH
								: GCV_CONFIDENCE_MEDIUM,
			    path, path->exit,
			    "the loop that gives back the pages of %s() is left on the way to this "
			    "exit, and the rest of them stays",
			    w->acquire->api->name);
}

void gcv_check_leak(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (is_left(w, path))
		check_left(w, path);
	check_last(w, path);
	check_rest(w, path);
}
