// SPDX-License-Identifier: GPL-2.0-only
#include "classify/acquire_walk.h"
#include "classify/release_guard.h"
#include "flow/expr.h"

#include <stdlib.h>
#include <string.h>

/* A release's count on the paths that come to it. */
#define SIGN_NEGATIVE 1u
#define SIGN_UNSURE   2u
#define SIGN_PROVEN   4u

static const char *callee_name(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(w->fn->body, call);

	return symbol ? symbol->name : "";
}

/* Does a call that keeps the pages lead to code that was not seen? */
static bool is_out_of_view(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_flow *flow = w->s->flow;

	if (w->fn->body->nodes[call].kind != GCV_NODE_CALL || gcv_acquire_accessor_at(w, call) ||
	    gcv_acquire_is_transferred(w, call))
		return false;
	return !gcv_program_callees(flow->input.program, w->fn, call).nr;
}

/*
 * Who gets a single page that its caller gives back later looks at it; who gets the array may take
 * pages out of it.
 */
static bool gets_array(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t i;

	for (i = 1; i < node->nr_children; i++) {
		struct gcv_expr_type type = gcv_expr_type(w->fn->body, node->children[i]);

		if (type.pointers > 1 && gcv_acquire_pages_at(w, node->children[i]))
			return true;
	}
	return false;
}

/* The release that a path ends with, itself or in a function that it calls, or NULL. */
static const struct gcv_flow_release *release_of(const struct gcv_acquire_walk *w, uint32_t node,
						 struct gcv_release_shape *ret_shape)
{
	const struct gcv_flow_input *input = &w->s->flow->input;
	const struct gcv_flow_release *release = gcv_acquire_release_at(w, node);
	struct gcv_acquire_wrapped wrapped;

	if (release && release->api && ret_shape)
		gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
				     input->era->api, input->accessors, ret_shape);
	if (release || !gcv_acquire_wrapped_at(w, node, &wrapped))
		return release;
	if (ret_shape)
		*ret_shape = wrapped.shape;
	return wrapped.release;
}

/* Of both, so that either tells why. */
static void blame(struct gcv_classify_state *s, const struct gcv_acquire_walk *w,
		  const struct gcv_path *path, enum gcv_reason reason, bool is_refusing)
{
	const struct gcv_flow_release *release = release_of(w, path->release, NULL);
	const char *outcome = gcv_path_outcome_name(path->outcome);

	gcv_classify_reason(s, s->flow->acquires[w->acquire].site, reason, is_refusing,
			    w->fn->index, path->release, outcome);
	if (release)
		gcv_classify_reason(s, release->site, reason, is_refusing, w->fn->index,
				    path->release, outcome);
}

/* Does a negative count make the release run away, instead of doing nothing? */
static bool runs_away(const struct gcv_flow_release *release, const struct gcv_release_shape *shape)
{
	const struct gcv_api_signature *sig = release->signature;

	if (!release->api)
		return false;
	if (shape->loop != GCV_NONE)
		return shape->bound != GCV_NONE && !shape->is_bound_signed && !shape->is_short;
	if (shape->count == GCV_NONE || !sig || sig->arg[GCV_API_ARG_COUNT] < 0)
		return false;
	return strncmp(sig->params[sig->arg[GCV_API_ARG_COUNT]].type, "unsigned ", 9) == 0;
}

/* Does a function that releases for others ask by itself whether there is anything? */
static bool is_guarded_there(const struct gcv_acquire_walk *w,
			     const struct gcv_flow_release *release)
{
	const struct gcv_flow_input *input = &w->s->flow->input;
	const struct gcv_function *fn = &input->program->facts.functions[release->function];
	struct gcv_release_guards guards;
	struct gcv_release_shape shape;
	struct gcv_arena arena = { 0 };
	struct gcv_cfg cfg;

	if (fn == w->fn || !release->api)
		return false;
	gcv_release_shape_of(fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	gcv_cfg_build(fn->body, &arena, &cfg);
	gcv_release_guards_of(fn->body, &cfg, &shape, &guards);
	gcv_arena_release(&arena);
	return guards.is_not_negative;
}

static void note_sign(struct gcv_classify_state *s, const struct gcv_acquire_walk *w,
		      const struct gcv_path *path)
{
	struct gcv_release_shape shape;
	const struct gcv_flow_release *release = release_of(w, path->release, &shape);

	if (!release || release->site == GCV_NONE ||
	    (path->is_negative && is_guarded_there(w, release)))
		return;
	w->signs[release->site] |= path->is_negative ? SIGN_NEGATIVE
				   : path->is_unsure ? SIGN_UNSURE
						     : SIGN_PROVEN;
	if (path->is_negative && runs_away(release, &shape))
		blame(s, w, path, GCV_REASON_COUNT_MAY_BE_NEGATIVE, true);
	else if (path->is_negative)
		gcv_classify_reason(s, s->flow->acquires[w->acquire].site,
				    GCV_REASON_COUNT_MAY_BE_NEGATIVE, false, w->fn->index,
				    path->release, gcv_path_outcome_name(path->outcome));
}

/* Does a release serve nothing but this acquire? */
static bool is_only_ours(const struct gcv_acquire_walk *w, uint32_t call)
{
	const struct gcv_flow_release *release = release_of(w, call, NULL);
	const struct gcv_release_facts *facts;

	if (!release || release->site == GCV_NONE)
		return false;
	facts = &w->s->releases[release->site];
	return facts->nr_acquired == 1 && !facts->nr_other && !facts->nr_unknown;
}

/* Is something given back on a path on which the acquire got nothing? */
static bool is_of_nothing(const struct gcv_acquire_walk *w, const struct gcv_path *path)
{
	return path->end == GCV_PATH_RELEASED_NOTHING && path->outcome == GCV_PATH_ERROR &&
	       !path->is_negative && path->match == GCV_PATH_MATCH_MORE &&
	       is_only_ours(w, path->release);
}

/* Are pages left behind because the release ends too early, or begins too late? */
static bool is_too_few(const struct gcv_acquire_walk *w, const struct gcv_path *path)
{
	struct gcv_paths_event event = { .loop = GCV_NONE, .count = GCV_NONE, .offset = GCV_NONE };

	if (path->match != GCV_PATH_MATCH_FEWER || path->handed_over != GCV_NONE ||
	    gcv_holders_is_kept(w->holders, w->acquire))
		return false;
	gcv_acquire_event((void *)w, path->release, &event);
	return event.is_placed;
}

/* What a release gives back against what there is. Not to know is no evidence. */
static void note_count(struct gcv_classify_state *s, const struct gcv_acquire_walk *w,
		       const struct gcv_path *path)
{
	bool is_more = (gcv_acquire_has_pages(path) && path->match == GCV_PATH_MATCH_MORE) ||
		       is_of_nothing(w, path);

	note_sign(s, w, path);
	if (is_more && (!path->is_null_checked || gcv_release_is_uncleared(&w->range)))
		blame(s, w, path, GCV_REASON_COUNT_NOT_THE_RETURNED_ONE, true);
	if (gcv_acquire_has_pages(path) && path->count >= GCV_PATH_COUNT_STALE)
		blame(s, w, path, GCV_REASON_COUNT_NOT_THE_RETURNED_ONE, true);
	if (is_too_few(w, path))
		blame(s, w, path, GCV_REASON_PARTIAL_ARRAY, true);
	if (gcv_acquire_has_pages(path) && path->may_be_empty && path->is_null_checked)
		gcv_classify_reason(s, s->flow->acquires[w->acquire].site,
				    GCV_REASON_HOLES_POSSIBLE, false, w->fn->index, path->release,
				    gcv_path_outcome_name(path->outcome));
}

/*
 * Pages that are left behind in a variable are a fault of the code, or the path is impossible. A
 * part of them that is left behind by an error exit stands not against a conversion, since no
 * release of them can be elsewhere; where all are left behind the analysis has missed something.
 * Pages that are given to code out of view may be released there.
 */
static void note_path(struct gcv_classify_state *s, const struct gcv_acquire_walk *w,
		      const struct gcv_path *path)
{
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[w->acquire];
	bool is_kept = gcv_holders_is_kept(w->holders, w->acquire);
	uint32_t fn = w->fn->index;

	if (gcv_acquire_has_pages(path) && path->exit != acquire->call &&
	    (path->end == GCV_PATH_FREED || (path->end == GCV_PATH_LEAKED && !is_kept)))
		gcv_classify_reason(s, acquire->site, GCV_REASON_RELEASE_NOT_FOUND,
				    path->outcome == GCV_PATH_FULL, fn, path->exit,
				    gcv_path_outcome_name(path->outcome));
	if (path->handed_over != GCV_NONE && gcv_acquire_has_pages(path) && !is_kept &&
	    is_out_of_view(w, path->handed_over) &&
	    (path->end == GCV_PATH_HANDED_OVER || gets_array(w, path->handed_over)))
		gcv_classify_reason(s, acquire->site, GCV_REASON_UNSEEN_CODE, true, fn,
				    path->handed_over, callee_name(w, path->handed_over));
	if (path->end == GCV_PATH_RELEASED_TWICE && gcv_acquire_has_pages(path) &&
	    gcv_acquire_is_by_variable(w, path->release) &&
	    gcv_acquire_is_by_variable(w, path->first_release))
		gcv_classify_reason(s, acquire->site, GCV_REASON_OWN_REFERENCE, true, fn,
				    path->release, "released twice");
	if (path->release != GCV_NONE && path->end != GCV_PATH_RELEASED_TWICE &&
	    path->outcome != GCV_PATH_NOT_CALLED)
		note_count(s, w, path);
}

/*
 * Does another acquire of the function fill another part of the same array? They stand beside each
 * other, as the functions were built one after the other.
 */
static bool is_shared_array(const struct gcv_acquire_walk *w)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = w->acquire;

	while (i && flow->acquires[i - 1].function == w->fn->index)
		i--;
	for (; i < flow->nr_acquires && flow->acquires[i].function == w->fn->index; i++)
		if (i != w->acquire && flow->acquires[i].signature &&
		    gcv_release_shares(&w->range, gcv_acquire_pages_of(w, &flow->acquires[i])))
			return true;
	return false;
}

void gcv_acquire_look_into(struct gcv_acquire_graphs *graphs, const struct gcv_function *fn)
{
	if (graphs->fn == fn)
		return;
	gcv_arena_release(&graphs->arena);
	graphs->fn = fn;
	gcv_cfg_build(fn->body, &graphs->arena, &graphs->cfg);
	gcv_reach_build(fn->body, &graphs->cfg, &graphs->arena, &graphs->reach);
}

static void walk_acquire(struct gcv_acquire_walk *w)
{
	struct gcv_classify_state *s = w->s;
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[w->acquire];
	struct gcv_classification *result = s->result;
	struct gcv_paths_input input;
	struct gcv_paths paths;
	uint32_t i;

	if (acquire->site == GCV_NONE || acquire->is_null || !acquire->signature)
		return;
	w->fn = &s->flow->input.program->facts.functions[acquire->function];
	gcv_acquire_look_into(w->graphs, w->fn);
	gcv_paths_input_init(w->fn->body, acquire->call, acquire->signature, &input);
	input.cfg = &w->graphs->cfg;
	input.reach = &w->graphs->reach;
	input.event = gcv_acquire_event;
	input.ctx = w;
	w->pages = input.pages;
	w->range = (struct gcv_range_input){ .body = w->fn->body,
					     .cfg = &w->graphs->cfg,
					     .reach = &w->graphs->reach,
					     .call = acquire->call,
					     .pages = input.pages };
	w->is_shared = is_shared_array(w);
	gcv_paths_build(&input, &result->arena, &paths);
	/* All pages before a part of them: a remark is not to stand in the place of a refusal. */
	for (i = paths.nr; i-- > 0;)
		note_path(s, w, &paths.paths[i]);
	if (!paths.is_complete)
		gcv_classify_reason(s, acquire->site, GCV_REASON_LIMIT_REACHED, true,
				    acquire->function, acquire->call, NULL);
	gcv_acquire_ask_callers(w, &paths);
	GCV_GROW(result->walks, result->nr_walks, result->cap_walks);
	result->walks[result->nr_walks++] =
		(struct gcv_acquire_walked){ .acquire = w->acquire,
					     .function = acquire->function,
					     .call = acquire->call,
					     .paths = paths,
					     .is_kept =
						     gcv_holders_is_kept(w->holders, w->acquire) };
}

/* Does another function acquire pages that a release gives back? */
static bool is_from_elsewhere(const struct gcv_classify_state *s,
			      const struct gcv_flow_release *release, bool is_any)
{
	const struct gcv_flow *flow = s->flow;
	const struct gcv_place *place = &flow->graph.places[release->place];
	bool is_here = false, is_elsewhere = false;
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &flow->graph.atoms[place->atoms[i].atom];

		if (atom->kind != GCV_ATOM_ACQUIRED)
			continue;
		is_here |= flow->acquires[atom->site].function == release->function;
		is_elsewhere |= flow->acquires[atom->site].function != release->function;
	}
	return is_elsewhere && (is_any || !is_here);
}

/* The condition that tells which pages are whose has been spoken of. */
static bool is_flag(const struct gcv_classify_state *s, const struct gcv_flow_release *release,
		    uint32_t guard)
{
	const struct gcv_site_class *site = &s->result->sites[release->site];
	const struct gcv_body *body =
		s->flow->input.program->facts.functions[release->function].body;
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_FLAGGED_PROVENANCE &&
		    site->reasons[i].function == release->function &&
		    (gcv_expr_contains(body, guard, site->reasons[i].node) ||
		     gcv_expr_contains(body, site->reasons[i].node, guard)))
			return true;
	return false;
}

/* What stands before a release, where the paths of its acquires do not tell all of it. */
static void note_guards(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			struct gcv_acquire_graphs *graphs, unsigned int signs)
{
	const struct gcv_flow_input *input = &s->flow->input;
	const struct gcv_function *fn = &input->program->facts.functions[release->function];
	bool is_proven = signs == SIGN_PROVEN && !is_from_elsewhere(s, release, true);
	struct gcv_release_guards guards;
	struct gcv_release_shape shape;
	uint32_t count;

	gcv_release_shape_of(fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	gcv_acquire_look_into(graphs, fn);
	gcv_release_guards_of(fn->body, &graphs->cfg, &shape, &guards);
	count = shape.bound != GCV_NONE ? shape.bound : shape.count;
	if (count != GCV_NONE && shape.is_bound_signed &&
	    (signs & SIGN_NEGATIVE || (!is_proven && !guards.is_not_negative &&
				       !gcv_acquire_is_count_given(s, graphs, release, count))))
		gcv_classify_reason(s, release->site, GCV_REASON_COUNT_MAY_BE_NEGATIVE, false,
				    release->function, count, NULL);
	if (guards.other != GCV_NONE && is_from_elsewhere(s, release, false) &&
	    !is_flag(s, release, guards.other))
		gcv_classify_reason(s, release->site, GCV_REASON_GUARDED_RELEASE, false,
				    release->function, guards.other, NULL);
}

/** ACQUIRES - acquires of one function whose paths are walked; each walk takes in all of it */
#define ACQUIRES 64

/* They stand beside each other, as the functions were built one after the other. */
static bool are_too_many(const struct gcv_flow *flow, uint32_t at)
{
	uint32_t first = at, last = at, function = flow->acquires[at].function;

	while (first && at - first <= ACQUIRES && flow->acquires[first - 1].function == function)
		first--;
	while (last + 1 < flow->nr_acquires && last - first <= ACQUIRES &&
	       flow->acquires[last + 1].function == function)
		last++;
	return last - first >= ACQUIRES;
}

void gcv_classify_paths(struct gcv_classify_state *s)
{
	GCV_AUTOFREE uint8_t *signs = gcv_zalloc(s->result->nr_sites + 1, 1);
	struct gcv_acquire_graphs graphs = { 0 };
	struct gcv_holders holders;
	uint32_t i;

	gcv_holders_build(s->flow, &holders);
	for (i = 0; i < s->flow->nr_acquires; i++) {
		if (are_too_many(s->flow, i))
			gcv_classify_reason(s, s->flow->acquires[i].site, GCV_REASON_LIMIT_REACHED,
					    true, s->flow->acquires[i].function,
					    s->flow->acquires[i].call, NULL);
		else
			walk_acquire(&(struct gcv_acquire_walk){ .s = s,
								 .holders = &holders,
								 .calls = s->calls,
								 .graphs = &graphs,
								 .acquire = i,
								 .signs = signs });
	}
	for (i = 0; i < s->flow->nr_releases; i++)
		if (s->flow->releases[i].site != GCV_NONE && s->flow->releases[i].api &&
		    s->releases[s->flow->releases[i].site].nr_acquired)
			note_guards(s, &s->flow->releases[i], &graphs,
				    signs[s->flow->releases[i].site]);
	gcv_holders_release(&holders);
	gcv_arena_release(&graphs.arena);
}
