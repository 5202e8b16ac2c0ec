// SPDX-License-Identifier: GPL-2.0-only
/* The checks over the paths of acquires: each walk once, with the graph of its function. */
#include "check/path_state.h"

#include "flow/expr_text.h"

#include <string.h>

uint32_t gcv_check_first_step(const struct gcv_check_walk *w, const struct gcv_path *path)
{
	uint32_t block = w->cfg.block_of[w->walk->call], i;

	for (i = 0; i < path->nr_trail; i++)
		if (w->cfg.edges[path->trail[i]].from == block)
			return i;
	/* The trail begins behind it, or a branch around the call ends before it. */
	for (i = path->nr_trail; i > 0; i--)
		if (w->cfg.edges[path->trail[i - 1]].condition < w->walk->call)
			break;
	return i;
}

/* iov_iter_extract_pages() and its kind take references of some iterators only. */
static bool may_be_unreferenced(const struct gcv_api_function *api)
{
	return api->family == GCV_API_FAMILY_IOV && api->reference != GCV_API_REFERENCE_GET;
}

static const char *outcome_text(const struct gcv_path *path)
{
	switch (path->outcome) {
	case GCV_PATH_ERROR:
		return "and fails";
	case GCV_PATH_ZERO:
		return "and gets nothing";
	case GCV_PATH_PARTIAL:
		return "and gets fewer than it asks for";
	default:
		return "and gets all that it asks for";
	}
}

/* By its text where it has one that a reader knows from the source. */
static void note_branch(const struct gcv_check_walk *w, struct gcv_fault *fault,
			const struct gcv_cfg_edge *edge)
{
	const char *truth = edge->sense == GCV_CFG_TRUE ? "true" : "false";
	GCV_STRBUF_AUTO struct gcv_strbuf text = { 0 };

	if (gcv_expr_text(w->fn->body, edge->condition, &text))
		gcv_check_note(w->s, fault, w->fn->index, edge->condition, "'%s' is %s", text.buf,
			       truth);
	else
		gcv_check_note(w->s, fault, w->fn->index, edge->condition, "this is %s", truth);
}

static void note_way(const struct gcv_check_walk *w, struct gcv_fault *fault,
		     const struct gcv_path *path)
{
	uint32_t i;

	gcv_check_note(w->s, fault, w->acquire->function, w->acquire->call,
		       "%s() is to acquire pages here, %s", w->acquire->api->name,
		       w->walk->is_caller ? "and succeeds" : outcome_text(path));
	if (w->walk->is_caller)
		gcv_check_note(w->s, fault, w->fn->index, w->walk->call,
			       "the pages come from this call");
	for (i = gcv_check_first_step(w, path); i < path->nr_trail; i++) {
		const struct gcv_cfg_edge *edge = &w->cfg.edges[path->trail[i]];

		if (edge->sense == GCV_CFG_TRUE || edge->sense == GCV_CFG_FALSE)
			note_branch(w, fault, edge);
	}
}

void gcv_check_tell_path(const struct gcv_check_walk *w, enum gcv_check_id check,
			 enum gcv_confidence confidence, const struct gcv_path *path, uint32_t node,
			 const char *format, ...)
{
	struct gcv_fault *fault;
	va_list args;
	char *text;

	if (confidence == GCV_CONFIDENCE_HIGH &&
	    (may_be_unreferenced(w->acquire->api) || !w->walk->paths.is_complete ||
	     path->nr_trail == GCV_PATHS_TRAIL))
		confidence = GCV_CONFIDENCE_MEDIUM;
	va_start(args, format);
	text = gcv_arena_vprintf(&w->s->faults->arena, format, args);
	va_end(args);
	fault = gcv_check_tell(w->s, check, confidence, w->acquire->site, w->fn->index,
			       node == GCV_NONE ? w->walk->call : node, "%s", text);
	note_way(w, fault, path);
	if (path->first_release != GCV_NONE)
		gcv_check_note(w->s, fault, w->fn->index, path->first_release,
			       "the pages are given back here");
	gcv_check_note(w->s, fault, w->fn->index, node, "%s", text);
}

/* Is there a path that any of the checks could speak of? Most acquires have none. */
static bool is_of_interest(const struct gcv_acquire_walked *walk)
{
	uint32_t i;

	for (i = 0; i < walk->paths.nr; i++) {
		const struct gcv_path *path = &walk->paths.paths[i];

		if (path->outcome == GCV_PATH_NOT_CALLED || path->outcome == GCV_PATH_ZERO)
			continue;
		if (path->is_early || path->is_negative || path->end == GCV_PATH_LEAKED ||
		    path->end == GCV_PATH_FREED || path->end == GCV_PATH_RELEASED_TWICE ||
		    path->end == GCV_PATH_RELEASED_NOTHING ||
		    ((path->end == GCV_PATH_RELEASED || path->end == GCV_PATH_HANDED_OVER) &&
		     path->returned & GCV_PATH_NEGATIVE) ||
		    path->match == GCV_PATH_MATCH_MORE || path->match == GCV_PATH_MATCH_FEWER ||
		    path->count >= GCV_PATH_COUNT_STALE)
			return true;
	}
	return false;
}

static void check_walk(const struct gcv_check_walk *w)
{
	uint32_t i;

	for (i = 0; i < w->walk->paths.nr; i++) {
		gcv_check_leak(w, &w->walk->paths.paths[i]);
		gcv_check_count(w, &w->walk->paths.paths[i]);
	}
}

void gcv_check_paths(struct gcv_check_state *s)
{
	struct gcv_arena arena = { 0 };
	uint32_t i;

	for (i = 0; i < s->c->nr_walks; i++) {
		const struct gcv_acquire_walked *walk = &s->c->walks[i];
		struct gcv_check_walk w = { .s = s,
					    .walk = walk,
					    .acquire = &s->flow->acquires[walk->acquire],
					    .fn = &s->facts->functions[walk->function] };

		if (s->c->acquires[w.acquire->site].is_internal ||
		    s->c->acquires[w.acquire->site].is_kernels || !is_of_interest(walk))
			continue;
		gcv_cfg_build(w.fn->body, &arena, &w.cfg);
		gcv_reach_build(w.fn->body, &w.cfg, &arena, &w.reach);
		check_walk(&w);
		gcv_arena_release(&arena);
	}
}
