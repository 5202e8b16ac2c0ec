// SPDX-License-Identifier: GPL-2.0-only
/*
 * What becomes of pages that the acquiring function hands to its callers, or leaves where these
 * find them: for a caller the call is an acquire, and so on upwards.
 */
#include "classify/acquire_walk.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/** WALKS - callers of one acquire that are walked through at most */
#define WALKS 400

/**
 * struct rest - functions that end while there are pages
 * @function: index of the function
 * @live: or-ed GCV_PATH_…: what they return then; 0 where that is not known
 * @requested: they return the number of pages, and it is this; or 0
 * @is_elsewhere: the pages were put somewhere besides where the caller wants them
 */
struct rest {
	uint32_t function;
	unsigned int live;
	int64_t requested;
	bool is_elsewhere;
};

/**
 * struct climb - the way up from one acquire
 * @w: the walk through the function that is looked at
 * @facts: of the acquire
 * @acquirers: (function) that may come to the acquire
 * @seen: (function, what it returns) that were put on the list
 * @rests: list of those whose callers are asked
 * @nr: how many
 * @cap: room
 * @nr_walks: callers that were walked through
 */
struct climb {
	struct gcv_acquire_walk w;
	struct gcv_acquire_facts *facts;
	struct gcv_map64 acquirers, seen;
	struct rest *rests;
	uint32_t nr, cap, nr_walks;
};

/* Is a path one on which the pages are still there at the end, in the eyes of others? */
static bool is_alive(const struct gcv_path *path, bool is_kept)
{
	return gcv_acquire_has_pages(path) &&
	       (path->end == GCV_PATH_HANDED_OVER || (path->end == GCV_PATH_LEAKED && is_kept));
}

/* A call that is made again ends a path, but what counts is what comes behind the last one. */
static bool has_exit(const struct gcv_paths *paths, uint32_t call)
{
	uint32_t i;

	for (i = 0; i < paths->nr; i++)
		if (gcv_acquire_has_pages(&paths->paths[i]) && paths->paths[i].exit != call)
			return true;
	return false;
}

static void add_rest(struct climb *c, const struct rest *rest)
{
	uint32_t function = rest->function;
	bool is_new;

	gcv_map64_add(&c->seen,
		      (uint64_t)function << 32 | (uint64_t)rest->is_elsewhere << 4 |
			      (uint64_t)(rest->requested == 1) << 3 | rest->live,
		      &is_new);
	if (!is_new)
		return;
	if (c->w.calls->first_caller[function] == GCV_NONE || c->w.calls->is_pointed[function])
		c->facts->outlives = true;
	GCV_GROW(c->rests, c->nr, c->cap);
	c->rests[c->nr++] = *rest;
}

/* account_locked_vm() and its kind. */
static bool accounts(const struct climb *c)
{
	const struct gcv_body *body = c->w.fn->body;
	const struct gcv_accessor *known;
	uint32_t i, k;

	for (i = 0; i < body->nr_nodes; i++) {
		known = body->nodes[i].kind == GCV_NODE_CALL ? gcv_acquire_accessor_at(&c->w, i)
							     : NULL;
		for (k = 0; known && k < known->nr_effects; k++)
			if (known->effects[k].effect == GCV_EFFECT_LONGTERM)
				return true;
	}
	return false;
}

/* What a function returns where it leaves pages to others. */
static void note_rest(struct climb *c, const struct gcv_paths *paths, uint32_t call, bool is_kept,
		      const struct rest *before)
{
	struct rest rest = *before;
	bool has_end = has_exit(paths, call), is_any = false, is_known = true, is_result = true;
	unsigned int live = 0;
	uint32_t i;

	for (i = 0; i < paths->nr; i++) {
		const struct gcv_path *path = &paths->paths[i];

		if (!is_alive(path, is_kept) || (has_end && path->exit == call))
			continue;
		is_any = true;
		is_known &= path->returned != 0;
		is_result &= path->is_result;
		live |= path->returned;
		rest.is_elsewhere |= path->end == GCV_PATH_HANDED_OVER;
	}
	if (!is_any)
		return;
	c->facts->is_accounted |= accounts(c);
	rest.function = c->w.fn->index;
	rest.live = is_known ? live : 0;
	rest.requested = is_result ? before->requested : 0;
	add_rest(c, &rest);
}

static bool returns_pointer(const struct gcv_function *fn)
{
	const char *open = strchr(fn->type, '('), *star = strchr(fn->type, '*');

	return open && star && star < open;
}

/* How the caller can tell from the result of a call that there are pages. */
static enum gcv_api_result result_of(const struct climb *c, const struct rest *rest)
{
	const struct gcv_function *fn =
		&c->w.s->flow->input.program->facts.functions[rest->function];

	if (rest->live == GCV_PATH_0)
		return GCV_API_RESULT_ZERO_OR_ERRNO;
	if (rest->live == GCV_PATH_POSITIVE)
		return returns_pointer(fn) ? GCV_API_RESULT_PAGE_OR_NULL
					   : GCV_API_RESULT_COUNT_OR_ERRNO;
	return GCV_API_RESULT_VOID;
}

/* Does the caller know for certain, so that a path without a release is a fault? */
static bool is_told(enum gcv_api_result result, const struct rest *rest)
{
	return result == GCV_API_RESULT_ZERO_OR_ERRNO || result == GCV_API_RESULT_PAGE_OR_NULL ||
	       (result == GCV_API_RESULT_COUNT_OR_ERRNO && rest->requested == 1);
}

/* Is the memory that a call gets for the pages the caller's own? */
static bool is_own_memory(const struct climb *c, uint32_t call)
{
	const struct gcv_flow *flow = c->w.s->flow;
	const struct gcv_node *node = &c->w.fn->body->nodes[call];
	bool is_own = false;
	uint32_t i, k;

	for (i = 1; i < node->nr_children; i++) {
		const struct gcv_place *place =
			&flow->graph
				 .places[gcv_flow_value(flow, c->w.fn->index, node->children[i])];

		for (k = 0; k < place->nr_atoms; k++) {
			uint32_t atom = place->atoms[k].atom;

			if (!gcv_holders_leads(c->w.holders, atom, c->w.acquire))
				continue;
			if (flow->graph.atoms[atom].function != c->w.fn->index ||
			    !gcv_acquire_is_of_pages(c->w.fn->body, node->children[i]))
				return false;
			is_own = true;
		}
	}
	return is_own;
}

/* Are the pages nowhere but in variables of the function, so that nobody else can release them? */
static bool is_in_hand(const struct climb *c, uint32_t call)
{
	if (!gcv_holders_is_confined(c->w.holders, c->w.acquire))
		return false;
	if (gcv_acquire_pages_at(&c->w, call))
		return gcv_acquire_is_of_pages(c->w.fn->body, call);
	return is_own_memory(c, call);
}

static void note_leaks(const struct climb *c, const struct gcv_paths *paths, uint32_t call)
{
	uint32_t site = c->w.s->flow->acquires[c->w.acquire].site, i;

	for (i = 0; i < paths->nr; i++) {
		const struct gcv_path *path = &paths->paths[i];

		if (path->end == GCV_PATH_LEAKED && gcv_acquire_has_pages(path) &&
		    path->exit != call)
			gcv_classify_reason(c->w.s, site, GCV_REASON_RELEASE_NOT_FOUND, true,
					    c->w.fn->index, path->exit,
					    gcv_path_outcome_name(path->outcome));
	}
}

static struct gcv_paths copied(struct gcv_arena *arena, const struct gcv_paths *paths)
{
	struct gcv_paths copy = *paths;
	uint32_t i;

	copy.paths = gcv_arena_alloc(arena, sizeof(*copy.paths) * paths->nr);
	for (i = 0; i < paths->nr; i++) {
		struct gcv_path *path = &copy.paths[i];
		size_t size = sizeof(*path->trail) * paths->paths[i].nr_trail;

		*path = paths->paths[i];
		path->trail = gcv_arena_alloc(arena, size + 1);
		memcpy(path->trail, paths->paths[i].trail, size);
	}
	return copy;
}

/* Only where somebody will look at it: pages are left behind, or given back by a wrong count. */
static bool is_of_interest(const struct gcv_path *path, bool is_kept)
{
	if (!gcv_acquire_has_pages(path))
		return false;
	return (!is_kept && (path->end == GCV_PATH_LEAKED || path->end == GCV_PATH_FREED)) ||
	       path->end == GCV_PATH_RELEASED_TWICE || path->count >= GCV_PATH_COUNT_STALE;
}

static void keep_walk(const struct climb *c, uint32_t call, const struct gcv_paths *paths,
		      bool is_kept)
{
	struct gcv_classification *result = c->w.s->result;
	uint32_t i;

	for (i = 0; i < paths->nr; i++)
		if (is_of_interest(&paths->paths[i], is_kept))
			break;
	if (i == paths->nr)
		return;
	GCV_GROW(result->walks, result->nr_walks, result->cap_walks);
	result->walks[result->nr_walks++] =
		(struct gcv_acquire_walked){ .acquire = c->w.acquire,
					     .function = c->w.fn->index,
					     .call = call,
					     .paths = copied(&result->arena, paths),
					     .is_caller = true,
					     .is_kept = is_kept };
}

/* The array of the caller's own that a call fills, or GCV_NONE. */
static uint32_t own_array(const struct climb *c, uint32_t call)
{
	const struct gcv_body *body = c->w.fn->body;
	const struct gcv_node *node = &body->nodes[call];
	uint32_t i;

	for (i = 1; i < node->nr_children && is_own_memory(c, call); i++)
		if (gcv_acquire_page_pointers(body, node->children[i]) > 1 &&
		    gcv_acquire_is_local(body, node->children[i]) &&
		    gcv_acquire_pages_at(&c->w, node->children[i]))
			return node->children[i];
	return GCV_NONE;
}

/*
 * What the checks look at: where the caller can tell at least from some results that there are
 * pages. Others find them too, unless they are in an array of the caller's own.
 */
static void keep_sure_walk(struct climb *c, const struct rest *rest,
			   const struct gcv_paths_input *input, const struct gcv_paths *paths)
{
	bool is_void = input->result == GCV_API_RESULT_VOID;
	struct gcv_paths_input sure = *input;
	struct gcv_arena arena = { 0 };
	struct gcv_paths again;

	if (is_void && rest->live != (GCV_PATH_NEGATIVE | GCV_PATH_0))
		return;
	if (!rest->is_elsewhere)
		c->w.pages = sure.pages = own_array(c, input->call);
	if (is_void)
		sure.result = GCV_API_RESULT_ZERO_OR_ERRNO;
	if (is_void || c->w.pages != GCV_NONE) {
		gcv_paths_build(&sure, &arena, &again);
		paths = &again;
	}
	keep_walk(c, input->call, paths, c->w.pages == GCV_NONE);
	c->w.pages = GCV_NONE;
	gcv_arena_release(&arena);
}

static void walk_caller(struct climb *c, const struct rest *rest, uint32_t caller, uint32_t call)
{
	struct gcv_paths_input input = { .call = call,
					 .result = result_of(c, rest),
					 .requested = rest->requested,
					 .count = GCV_NONE,
					 .pages = GCV_NONE,
					 .event = gcv_acquire_event,
					 .ctx = &c->w };
	struct gcv_arena arena = { 0 };
	struct gcv_paths paths;
	bool is_held;

	c->w.fn = &c->w.s->flow->input.program->facts.functions[caller];
	gcv_acquire_look_into(c->w.graphs, c->w.fn);
	input.body = c->w.fn->body;
	input.cfg = &c->w.graphs->cfg;
	input.reach = &c->w.graphs->reach;
	c->w.range = (struct gcv_range_input){ .body = c->w.fn->body,
					       .cfg = input.cfg,
					       .reach = input.reach,
					       .call = call,
					       .pages = GCV_NONE };
	gcv_paths_build(&input, &arena, &paths);
	is_held = is_in_hand(c, call);
	if (is_held && is_told(input.result, rest)) {
		note_leaks(c, &paths, call);
		keep_walk(c, call, &paths, false);
	} else {
		keep_sure_walk(c, rest, &input, &paths);
	}
	note_rest(c, &paths, call, !is_held, rest);
	if (!paths.is_complete)
		c->facts->outlives = true;
	gcv_arena_release(&arena);
}

/* All functions that call the acquiring one, at any depth. */
static void find_acquirers(struct climb *c, uint32_t function)
{
	const struct gcv_flow *flow = c->w.s->flow;
	GCV_AUTOFREE uint32_t *stack =
		gcv_zalloc(flow->input.program->facts.nr_functions + 1, sizeof(*stack));
	uint32_t nr = 0, i;
	bool is_new;

	gcv_map64_add(&c->acquirers, function, &is_new);
	stack[nr++] = function;
	while (nr) {
		i = c->w.calls->first_caller[stack[--nr]];
		for (; i != GCV_NONE; i = c->w.calls->next_caller[i]) {
			gcv_map64_add(&c->acquirers, flow->calls[i].function, &is_new);
			if (is_new)
				stack[nr++] = flow->calls[i].function;
		}
	}
}

static void ask(struct climb *c, uint32_t at)
{
	const struct gcv_flow *flow = c->w.s->flow;
	struct rest rest = c->rests[at];
	uint32_t i = c->w.calls->first_caller[rest.function];

	for (; i != GCV_NONE; i = c->w.calls->next_caller[i]) {
		if (flow->calls[i].function == rest.function || c->nr_walks++ >= WALKS) {
			c->facts->outlives = true;
			return;
		}
		walk_caller(c, &rest, flow->calls[i].function, flow->calls[i].node);
	}
}

/* The number of pages that is asked for, if that is a constant; one where there is no count. */
static int64_t requested_by(const struct gcv_body *body, const struct gcv_flow_acquire *acquire)
{
	struct gcv_paths_input input;
	int64_t requested = 0;

	gcv_paths_input_init(body, acquire->call, acquire->signature, &input);
	if (input.count != GCV_NONE && !gcv_expr_int(body, input.count, &requested))
		return 0;
	return requested;
}

void gcv_acquire_ask_callers(const struct gcv_acquire_walk *w, const struct gcv_paths *paths)
{
	const struct gcv_flow_acquire *acquire = &w->s->flow->acquires[w->acquire];
	struct climb c = { .w = *w, .facts = &w->s->acquires[acquire->site] };
	struct rest before = { 0 };
	uint32_t i;

	c.facts->is_walked |= has_exit(paths, GCV_NONE);
	if (w->s->is_internal[acquire->site])
		return;
	c.w.pages = GCV_NONE;
	c.w.is_shared = false;
	c.w.acquirers = &c.acquirers;
	before.requested = requested_by(w->fn->body, acquire);
	note_rest(&c, paths, acquire->call, gcv_holders_is_kept(w->holders, w->acquire), &before);
	if (c.nr)
		find_acquirers(&c, acquire->function);
	for (i = 0; i < c.nr; i++)
		ask(&c, i);
	gcv_map64_release(&c.acquirers);
	gcv_map64_release(&c.seen);
	free(c.rests);
}
