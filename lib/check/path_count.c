// SPDX-License-Identifier: GPL-2.0-only
/*
 * Releases that give back another number of pages than there are: errno-as-count,
 * wrong-count-released, null-holes, stale-count, release-after-failed-acquire, double-release.
 */
#include "check/path_state.h"
#include "classify/release_range.h"
#include "classify/release_shape.h"
#include "flow/expr.h"

#include <string.h>

const struct gcv_flow_release *gcv_check_release_at(const struct gcv_check_walk *w, uint32_t call)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = gcv_flow_first_release(flow, w->fn->index);

	for (; i < flow->nr_releases && flow->releases[i].function == w->fn->index; i++)
		if (flow->releases[i].call == call && flow->releases[i].api)
			return &flow->releases[i];
	return NULL;
}

/* Does a function of the API take the number of pages with a sign, and does nothing below 0? */
static bool counts_signed(const struct gcv_flow_release *release)
{
	const struct gcv_api_signature *sig = release->signature;

	return sig && sig->arg[GCV_API_ARG_COUNT] >= 0 &&
	       strncmp(sig->params[sig->arg[GCV_API_ARG_COUNT]].type, "unsigned ", 9) != 0;
}

/* Does a release serve nothing but this acquire? */
static bool is_only_ours(const struct gcv_check_walk *w, const struct gcv_flow_release *release)
{
	const struct gcv_release_facts *facts;

	if (!release || release->site == GCV_NONE)
		return false;
	facts = &w->s->c->releases[release->site];
	return facts->nr_acquired == 1 && !facts->nr_other && !facts->nr_unknown;
}

/* Is what the acquire leaves of its array left as it came? */
static bool is_uncleared(const struct gcv_check_walk *w)
{
	struct gcv_paths_input input;
	struct gcv_range_input range = {
		.body = w->fn->body, .cfg = &w->cfg, .reach = &w->reach, .call = w->walk->call
	};

	gcv_paths_input_init(w->fn->body, w->walk->call, w->acquire->signature, &input);
	range.pages = input.pages;
	return gcv_release_is_uncleared(&range);
}

static void check_errno(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	const struct gcv_flow_release *release = gcv_check_release_at(w, path->release);
	enum gcv_confidence confidence = GCV_CONFIDENCE_MEDIUM;

	/* A loop or function that does nothing with a negative number is sloppy, not wrong. */
	if (path->end != GCV_PATH_RELEASED_NOTHING || path->count != GCV_PATH_COUNT_RETURNED)
		return;
	if (!release || !counts_signed(release))
		confidence = GCV_CONFIDENCE_HIGH;
	gcv_check_tell_path(w, GCV_CHECK_ERRNO_AS_COUNT, confidence, path, path->release,
			    "the error code of %s() is used as the number of pages to give back",
			    w->acquire->api->name);
}

static void check_failed(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->end != GCV_PATH_RELEASED_NOTHING || path->match != GCV_PATH_MATCH_MORE ||
	    (path->is_null_checked && !is_uncleared(w)) ||
	    !is_only_ours(w, gcv_check_release_at(w, path->release)))
		return;
	gcv_check_tell_path(w, GCV_CHECK_RELEASE_AFTER_FAILED_ACQUIRE, GCV_CONFIDENCE_HIGH, path,
			    path->release, "pages are given back although %s() failed",
			    w->acquire->api->name);
}

static void check_more(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	bool is_raw = is_uncleared(w);
	const char *name = w->acquire->api->name;

	if (path->is_null_checked && !is_raw)
		return;
	if (is_raw || w->walk->is_kept)
		gcv_check_tell_path(w, GCV_CHECK_WRONG_COUNT_RELEASED,
				    is_raw ? GCV_CONFIDENCE_HIGH : GCV_CONFIDENCE_MEDIUM, path,
				    path->release,
				    "more pages are given back than %s() acquired: the number that "
				    "was asked for",
				    name);
	else
		gcv_check_tell_path(w, GCV_CHECK_NULL_HOLES, GCV_CONFIDENCE_HIGH, path,
				    path->release,
				    "fewer pages were acquired by %s() than are given back: the "
				    "slots behind them are empty",
				    name);
}

/* The array, or the page, that a release gives back from its beginning; or GCV_NONE. */
static uint32_t pages_of(const struct gcv_check_walk *w, const struct gcv_flow_release *release)
{
	const struct gcv_flow_input *input = &w->s->flow->input;
	struct gcv_release_shape shape;

	gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	if (shape.offset != GCV_NONE ||
	    (shape.first != GCV_NONE && !gcv_expr_is_int(w->fn->body, shape.first, 0)))
		return GCV_NONE;
	if (shape.array != GCV_NONE)
		return shape.array;
	return shape.loop == GCV_NONE ? shape.page : GCV_NONE;
}

/* Is something else put into a place between two nodes? */
static bool is_replaced(const struct gcv_check_walk *w, uint32_t from, uint32_t to, uint32_t place)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++)
		if (body->nodes[i].kind == GCV_NODE_ASSIGN &&
		    gcv_expr_equal(body, gcv_expr_plain(body, body->nodes[i].children[0]), place) &&
		    gcv_cfg_reaches(&w->cfg, from, i) && gcv_cfg_reaches(&w->cfg, i, to))
			return true;
	return false;
}

/*
 * Do both releases name the same variable, which nobody changes between them? Of a field that is
 * not as sure. @return GCV_CONFIDENCES where they do not.
 */
static enum gcv_confidence same_pages(const struct gcv_check_walk *w,
				      const struct gcv_flow_release *a,
				      const struct gcv_flow_release *b)
{
	const struct gcv_body *body = w->fn->body;
	uint32_t x, y;

	if (!a || !b || a->api->family != b->api->family)
		return GCV_CONFIDENCES;
	x = pages_of(w, a);
	y = pages_of(w, b);
	if (x == GCV_NONE || y == GCV_NONE)
		return GCV_CONFIDENCES;
	x = gcv_expr_plain(body, x);
	y = gcv_expr_plain(body, y);
	if ((body->nodes[x].kind != GCV_NODE_REF && body->nodes[x].kind != GCV_NODE_MEMBER) ||
	    !gcv_expr_equal(body, x, y))
		return GCV_CONFIDENCES;
	switch (gcv_check_same_value(w, x, y)) {
	case GCV_CHECK_SAME:
		return GCV_CONFIDENCE_HIGH;
	case GCV_CHECK_SAME_UNKNOWN:
		return is_replaced(w, a->call, b->call, x) ? GCV_CONFIDENCES
							   : GCV_CONFIDENCE_MEDIUM;
	default:
		return GCV_CONFIDENCES;
	}
}

static void check_twice(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	enum gcv_confidence confidence = same_pages(w, gcv_check_release_at(w, path->first_release),
						    gcv_check_release_at(w, path->release));

	if (confidence == GCV_CONFIDENCES ||
	    gcv_check_feasible(w, path, NULL) >= GCV_CHECK_WAY_DOUBTFUL)
		return;
	gcv_check_tell_path(w, GCV_CHECK_DOUBLE_RELEASE, confidence, path, path->release,
			    "pages of %s() are given back a second time", w->acquire->api->name);
}

static void check_fewer(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->match != GCV_PATH_MATCH_FEWER || path->is_indexed || w->walk->is_kept ||
	    path->handed_over != GCV_NONE || path->end != GCV_PATH_RELEASED)
		return;
	gcv_check_tell_path(w, GCV_CHECK_WRONG_COUNT_RELEASED, GCV_CONFIDENCE_HIGH, path,
			    path->release, "fewer pages are given back than %s() acquired",
			    w->acquire->api->name);
}

static void check_stale(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->count == GCV_PATH_COUNT_STALE || path->count == GCV_PATH_COUNT_DERIVED)
		gcv_check_tell_path(w, GCV_CHECK_STALE_COUNT,
				    path->count == GCV_PATH_COUNT_STALE ? GCV_CONFIDENCE_HIGH
									: GCV_CONFIDENCE_MEDIUM,
				    path, path->release,
				    "the number of pages to give back was overwritten by "
				    "another call since %s() told it",
				    w->acquire->api->name);
}

static void check_release(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->is_negative && path->outcome == GCV_PATH_ERROR) {
		check_errno(w, path);
	} else if (path->outcome == GCV_PATH_ERROR) {
		check_failed(w, path);
	} else if (path->end == GCV_PATH_RELEASED_TWICE) {
		check_twice(w, path);
	} else {
		if (path->match == GCV_PATH_MATCH_MORE)
			check_more(w, path);
		check_fewer(w, path);
		check_stale(w, path);
	}
}

/* Of a call of a function that acquires it is not known which number of pages that is asked for. */
static void check_release_of_caller(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->end == GCV_PATH_RELEASED_TWICE)
		check_twice(w, path);
	else if (gcv_check_has_pages(path))
		check_stale(w, path);
}

void gcv_check_count(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	if (path->release == GCV_NONE || path->outcome == GCV_PATH_ZERO ||
	    path->outcome == GCV_PATH_NOT_CALLED ||
	    gcv_check_feasible(w, path, NULL) == GCV_CHECK_WAY_CLOSED)
		return;
	if (w->walk->is_caller)
		check_release_of_caller(w, path);
	else
		check_release(w, path);
}
