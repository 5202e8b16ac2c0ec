// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify_state.h"
#include "classify/release_guard.h"
#include "classify/release_range.h"
#include "flow/expr.h"
#include "flow/holder.h"
#include "flow/paths.h"

#include <stdlib.h>
#include <string.h>

/* A release's count on the paths that come to it. */
#define SIGN_NEGATIVE 1u
#define SIGN_UNSURE   2u
#define SIGN_PROVEN   4u

/**
 * struct call_index - what calls do, by (function, call)
 * @releases: first release of each call
 * @moves: first use of each call that gives the pages to somebody else
 * @calls: first target of each call
 * @acquires: first acquire of each call
 * @next_release: for each release the next one of its call, or GCV_NONE
 * @next_move: for each use the same
 * @next_call: for each call
 * @next_acquire: for each acquire
 */
struct call_index {
	struct gcv_map64 releases, moves, calls, acquires;
	uint32_t *next_release, *next_move, *next_call, *next_acquire;
};

/**
 * struct walk - the walk over the paths of one acquire
 * @s: the state
 * @holders: who holds and who releases
 * @index: what is done by calls
 * @acquire: number of the acquire in the flow
 * @fn: its function
 * @range: the part of an array that it fills
 * @is_shared: other acquires fill other parts
 * @signs: by site, or-ed SIGN_…: what the paths say of the counts of releases
 */
struct walk {
	struct gcv_classify_state *s;
	const struct gcv_holders *holders;
	const struct call_index *index;
	uint32_t acquire;
	const struct gcv_function *fn;
	struct gcv_range_input range;
	bool is_shared;
	uint8_t *signs;
};

static uint32_t value_at(const struct walk *w, uint32_t node)
{
	uint32_t place = gcv_map64_get(&w->s->flow->values, (uint64_t)w->fn->index << 32 | node);

	return place == GCV_MAP64_NONE ? 0 : place;
}

static bool has_pages(const struct walk *w, uint32_t node)
{
	return gcv_holders_has(w->holders, value_at(w, node), w->acquire);
}

/* The first entry of a call in a list, or GCV_NONE. */
static uint32_t first_at(const struct walk *w, const struct gcv_map64 *map, uint32_t node)
{
	uint32_t at = gcv_map64_get(map, (uint64_t)w->fn->index << 32 | node);

	return at == GCV_MAP64_NONE ? GCV_NONE : at;
}

static const struct gcv_flow_release *release_at(const struct walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->index->releases, node);

	for (; i != GCV_NONE; i = w->index->next_release[i])
		if (gcv_graph_arrival(&flow->graph, flow->releases[i].place,
				      flow->acquires[w->acquire].atom))
			return &flow->releases[i];
	return NULL;
}

static void release_event(const struct walk *w, const struct gcv_flow_release *release,
			  struct gcv_paths_event *event)
{
	const struct gcv_flow_input *input = &w->s->flow->input;
	struct gcv_release_shape shape;

	event->effect = GCV_PATHS_RELEASE;
	if (!release->api) {
		event->is_all = true;
		return;
	}
	gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	event->loop = shape.loop;
	event->count = shape.count != GCV_NONE ? shape.count : shape.bound;
	event->is_null_checked = shape.null_check != GCV_NONE;
	event->is_all = shape.pattern == GCV_PATTERN_CONTAINER ||
			(shape.loop != GCV_NONE && shape.bound == GCV_NONE);
	event->is_shared = w->is_shared;
	gcv_release_range(&w->range, &shape, event);
}

/* Does the call reach a function that may release the pages? */
static bool may_release(const struct walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->index->calls, node);

	for (; i != GCV_NONE; i = w->index->next_call[i])
		if (gcv_holders_may_release(w->holders, flow->calls[i].target, w->acquire))
			return true;
	return false;
}

static bool is_transferred(const struct walk *w, uint32_t node)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->index->moves, node);

	for (; i != GCV_NONE; i = w->index->next_move[i])
		if (gcv_holders_has(w->holders, flow->uses[i].place, w->acquire))
			return true;
	return false;
}

/* Is memory that others can find written by an assignment to this? */
static bool is_elsewhere(const struct gcv_body *body, uint32_t target)
{
	const struct gcv_node *node = &body->nodes[target];
	enum gcv_symbol_kind kind;

	if (node->kind == GCV_NODE_MEMBER || node->kind == GCV_NODE_INDEX ||
	    (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_DEREF))
		return true;
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE)
		return false;
	kind = body->symbols[node->symbol].kind;
	return kind == GCV_SYMBOL_GLOBAL || kind == GCV_SYMBOL_STATIC_LOCAL;
}

/* Numbers and addresses that are made of pages are not the pages. */
static bool is_of_pages(const struct gcv_body *body, uint32_t node)
{
	struct gcv_expr_type type = gcv_expr_type(body, node);

	return !type.len ||
	       (type.pointers > 0 && memmem(type.base, type.len, "struct ", 7) == type.base);
}

/* Any argument: a call in view may keep what it gets, an unseen one may, too. */
static bool gets_pages(const struct walk *w, const struct gcv_node *node)
{
	uint32_t i;

	for (i = 1; i < node->nr_children; i++)
		if (has_pages(w, node->children[i]) && is_of_pages(w->fn->body, node->children[i]))
			return true;
	return false;
}

static const struct gcv_accessor *accessor_at(const struct walk *w, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(w->fn->body, call);

	if (!symbol || symbol->kind != GCV_SYMBOL_FUNCTION)
		return NULL;
	return gcv_accessor_find(w->s->flow->input.accessors, symbol->name);
}

/* The variable at the root of an expression, or GCV_NONE where memory is read on the way. */
static uint32_t root_of(const struct gcv_body *body, uint32_t at)
{
	for (;;) {
		const struct gcv_node *node = &body->nodes[at];

		if (node->kind == GCV_NODE_REF)
			return node->symbol;
		if (!node->nr_children || node->kind == GCV_NODE_MEMBER ||
		    node->kind == GCV_NODE_CALL)
			return GCV_NONE;
		at = node->children[0];
	}
}

/* The variable that an expression is, or a part of: pair, pair.first */
static uint32_t root_of_struct(const struct gcv_body *body, uint32_t at)
{
	while (body->nodes[at].kind == GCV_NODE_MEMBER && !(body->nodes[at].flags & GCV_NODE_ARROW))
		at = body->nodes[at].children[0];
	return body->nodes[at].kind == GCV_NODE_REF ? body->nodes[at].symbol : GCV_NONE;
}

static bool is_local(const struct gcv_body *body, uint32_t node)
{
	uint32_t symbol = root_of(body, node);

	return symbol != GCV_NONE && (body->symbols[symbol].kind == GCV_SYMBOL_LOCAL ||
				      body->symbols[symbol].kind == GCV_SYMBOL_PARAM);
}

/* Does a known function put the pages into memory, and not only into a variable of its own? */
static bool is_stored(const struct walk *w, uint32_t call, const struct gcv_accessor *known)
{
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t i;

	for (i = 0; i < known->nr_flows; i++) {
		const struct gcv_accessor_flow *flow = &known->flows[i];
		uint32_t to = (uint32_t)flow->to.arg + 1, from = (uint32_t)flow->from.arg + 1;

		if (flow->to.arg < 0 || !flow->to.nr_path || flow->from.arg < 0 ||
		    flow->origin != GCV_ORIGIN_NONE || to >= node->nr_children ||
		    from >= node->nr_children)
			continue;
		if (has_pages(w, node->children[from]))
			return true;
	}
	return false;
}

static uint32_t pages_of(const struct walk *w, const struct gcv_flow_acquire *acquire)
{
	struct gcv_paths_input input;

	if (!acquire->signature)
		return GCV_NONE;
	gcv_paths_input_init(w->fn->body, acquire->call, acquire->signature, &input);
	return input.pages;
}

/* Another acquire that writes to the same variable or the same memory. */
static bool is_other_acquire(const struct walk *w, uint32_t call)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i = first_at(w, &w->index->acquires, call), mine, its;

	for (; i != GCV_NONE; i = w->index->next_acquire[i]) {
		if (i == w->acquire)
			continue;
		mine = pages_of(w, &flow->acquires[w->acquire]);
		its = pages_of(w, &flow->acquires[i]);
		if (mine != GCV_NONE && its != GCV_NONE && gcv_expr_equal(w->fn->body, mine, its))
			return true;
	}
	return false;
}

static bool is_handed_over(const struct walk *w, uint32_t call)
{
	const struct gcv_accessor *known = accessor_at(w, call);

	if (is_transferred(w, call))
		return true;
	if (known)
		return is_stored(w, call, known);
	return gets_pages(w, &w->fn->body->nodes[call]);
}

/* A variable that is a struct, and that somewhere gets pages into it. */
static bool is_filled_struct(const struct walk *w, uint32_t value)
{
	const struct gcv_body *body = w->fn->body;
	struct gcv_expr_type type;
	uint32_t i, k, end;

	value = gcv_expr_plain(body, value);
	if (body->nodes[value].kind != GCV_NODE_REF)
		return false;
	type = gcv_expr_type(body, value);
	if (type.pointers || !type.len || memmem(type.base, type.len, "struct ", 7) != type.base)
		return false;
	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *node = &body->nodes[i];
		bool is_var = node->kind == GCV_NODE_VAR;

		if ((!is_var && node->kind != GCV_NODE_ASSIGN) || !node->nr_children ||
		    (is_var ? node->symbol : root_of_struct(body, node->children[0])) !=
			    body->nodes[value].symbol)
			continue;
		end = gcv_expr_end(body, i);
		for (k = node->children[is_var ? 0 : 1]; k < end; k++)
			if (has_pages(w, k))
				return true;
	}
	return false;
}

static void event_at(void *ctx, uint32_t at, struct gcv_paths_event *event)
{
	const struct walk *w = ctx;
	const struct gcv_node *node = &w->fn->body->nodes[at];
	const struct gcv_flow_release *release;

	switch (node->kind) {
	case GCV_NODE_CALL:
		release = release_at(w, at);
		if (release) {
			release_event(w, release, event);
		} else if (may_release(w, at)) {
			event->effect = GCV_PATHS_RELEASE;
			event->is_all = true;
		} else if (is_other_acquire(w, at)) {
			event->effect = GCV_PATHS_RENEW;
		} else if (is_handed_over(w, at)) {
			event->effect = GCV_PATHS_HAND_OVER;
		}
		break;
	case GCV_NODE_ASSIGN:
		if (is_elsewhere(w->fn->body, node->children[0]) &&
		    (has_pages(w, node->children[1]) || is_filled_struct(w, node->children[1])))
			event->effect = GCV_PATHS_HAND_OVER;
		break;
	case GCV_NODE_RETURN:
		if (node->nr_children && has_pages(w, node->children[0]))
			event->effect = GCV_PATHS_HAND_OVER;
		break;
	default:
		break;
	}
}

/*
 * Does a release get the pages by a variable? Of what is found in memory it is not certain that it
 * is the same.
 */
static bool is_of_local(const struct walk *w, uint32_t call)
{
	const struct gcv_body *body = w->fn->body;
	const struct gcv_node *node = &body->nodes[call];
	uint32_t i;

	for (i = 1; node->kind == GCV_NODE_CALL && i < node->nr_children; i++)
		if (has_pages(w, node->children[i]) && is_local(body, node->children[i]))
			return true;
	return false;
}

static const char *callee_name(const struct walk *w, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(w->fn->body, call);

	return symbol ? symbol->name : "";
}

/* Does a call that keeps the pages lead to code that was not seen? */
static bool is_out_of_view(const struct walk *w, uint32_t call)
{
	const struct gcv_flow *flow = w->s->flow;

	if (w->fn->body->nodes[call].kind != GCV_NODE_CALL || accessor_at(w, call) ||
	    is_transferred(w, call))
		return false;
	return !gcv_program_callees(flow->input.program, w->fn, call).nr;
}

/*
 * Who gets a single page that its caller gives back later looks at it; who gets the array may take
 * pages out of it.
 */
static bool gets_array(const struct walk *w, uint32_t call)
{
	const struct gcv_node *node = &w->fn->body->nodes[call];
	uint32_t i;

	for (i = 1; i < node->nr_children; i++) {
		struct gcv_expr_type type = gcv_expr_type(w->fn->body, node->children[i]);

		if (type.pointers > 1 && has_pages(w, node->children[i]))
			return true;
	}
	return false;
}

/* Do the pages outlive the acquiring function? Others then find them in memory. */
static void note_life(struct gcv_classify_state *s, const struct walk *w,
		      const struct gcv_path *path)
{
	struct gcv_acquire_facts *facts = &s->acquires[s->flow->acquires[w->acquire].site];

	if (path->outcome != GCV_PATH_FULL && path->outcome != GCV_PATH_PARTIAL)
		return;
	facts->is_walked = true;
	if (path->end == GCV_PATH_HANDED_OVER ||
	    (path->end == GCV_PATH_LEAKED && gcv_holders_is_kept(w->holders, w->acquire)))
		facts->outlives = true;
}

static bool has_pages_now(const struct gcv_path *path)
{
	return path->outcome == GCV_PATH_FULL || path->outcome == GCV_PATH_PARTIAL;
}

/* Of both, so that either tells why. */
static void blame(struct gcv_classify_state *s, const struct walk *w, const struct gcv_path *path,
		  enum gcv_reason reason, bool is_refusing)
{
	const struct gcv_flow_release *release = release_at(w, path->release);
	const char *outcome = gcv_path_outcome_name(path->outcome);

	gcv_classify_reason(s, s->flow->acquires[w->acquire].site, reason, is_refusing,
			    w->fn->index, path->release, outcome);
	if (release)
		gcv_classify_reason(s, release->site, reason, is_refusing, w->fn->index,
				    path->release, outcome);
}

static void shape_at(const struct walk *w, const struct gcv_flow_release *release,
		     struct gcv_release_shape *ret_shape)
{
	const struct gcv_flow_input *input = &w->s->flow->input;

	gcv_release_shape_of(w->fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, ret_shape);
}

/* Does a negative count make the release run away, instead of doing nothing? */
static bool runs_away(const struct walk *w, const struct gcv_flow_release *release)
{
	const struct gcv_api_signature *sig = release->signature;
	struct gcv_release_shape shape;

	if (!release->api)
		return false;
	shape_at(w, release, &shape);
	if (shape.loop != GCV_NONE)
		return shape.bound != GCV_NONE && !shape.is_bound_signed && !shape.is_short;
	if (shape.count == GCV_NONE || !sig || sig->arg[GCV_API_ARG_COUNT] < 0)
		return false;
	return strncmp(sig->params[sig->arg[GCV_API_ARG_COUNT]].type, "unsigned ", 9) == 0;
}

static void note_sign(struct gcv_classify_state *s, const struct walk *w,
		      const struct gcv_path *path)
{
	const struct gcv_flow_release *release = release_at(w, path->release);

	if (!release || release->site == GCV_NONE)
		return;
	w->signs[release->site] |= path->is_negative ? SIGN_NEGATIVE
				   : path->is_unsure ? SIGN_UNSURE
						     : SIGN_PROVEN;
	if (path->is_negative && runs_away(w, release))
		blame(s, w, path, GCV_REASON_COUNT_MAY_BE_NEGATIVE, true);
	else if (path->is_negative)
		gcv_classify_reason(s, s->flow->acquires[w->acquire].site,
				    GCV_REASON_COUNT_MAY_BE_NEGATIVE, false, w->fn->index,
				    path->release, gcv_path_outcome_name(path->outcome));
}

/* Does a release serve nothing but this acquire? */
static bool is_only_ours(const struct walk *w, uint32_t call)
{
	const struct gcv_flow_release *release = release_at(w, call);
	const struct gcv_release_facts *facts;

	if (!release || release->site == GCV_NONE)
		return false;
	facts = &w->s->releases[release->site];
	return facts->nr_acquired == 1 && !facts->nr_other && !facts->nr_unknown;
}

/* Is something given back on a path on which the acquire got nothing? */
static bool is_of_nothing(const struct walk *w, const struct gcv_path *path)
{
	return path->end == GCV_PATH_RELEASED_NOTHING && path->outcome == GCV_PATH_ERROR &&
	       !path->is_negative && path->match == GCV_PATH_MATCH_MORE &&
	       is_only_ours(w, path->release);
}

/* Are pages left behind because the release ends too early, or begins too late? */
static bool is_too_few(const struct walk *w, const struct gcv_path *path)
{
	struct gcv_paths_event event = { .loop = GCV_NONE, .count = GCV_NONE };

	if (path->match != GCV_PATH_MATCH_FEWER || path->handed_over != GCV_NONE ||
	    gcv_holders_is_kept(w->holders, w->acquire))
		return false;
	event_at((void *)w, path->release, &event);
	return event.is_placed;
}

/* What a release gives back against what there is. Not to know is no evidence. */
static void note_count(struct gcv_classify_state *s, const struct walk *w,
		       const struct gcv_path *path)
{
	bool is_more = (has_pages_now(path) && path->match == GCV_PATH_MATCH_MORE) ||
		       is_of_nothing(w, path);

	note_sign(s, w, path);
	if (is_more && (!path->is_null_checked || gcv_release_is_uncleared(&w->range)))
		blame(s, w, path, GCV_REASON_COUNT_NOT_THE_RETURNED_ONE, true);
	if (has_pages_now(path) && path->count == GCV_PATH_COUNT_STALE)
		blame(s, w, path, GCV_REASON_COUNT_NOT_THE_RETURNED_ONE, true);
	if (is_too_few(w, path))
		blame(s, w, path, GCV_REASON_PARTIAL_ARRAY, true);
	if (has_pages_now(path) && path->may_be_empty && path->is_null_checked)
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
static void note_path(struct gcv_classify_state *s, const struct walk *w,
		      const struct gcv_path *path)
{
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[w->acquire];
	bool is_kept = gcv_holders_is_kept(w->holders, w->acquire);
	uint32_t fn = w->fn->index;

	note_life(s, w, path);
	if (path->end == GCV_PATH_LEAKED && has_pages_now(path) && path->exit != acquire->call &&
	    !is_kept)
		gcv_classify_reason(s, acquire->site, GCV_REASON_RELEASE_NOT_FOUND,
				    path->outcome == GCV_PATH_FULL, fn, path->exit,
				    gcv_path_outcome_name(path->outcome));
	if (path->handed_over != GCV_NONE && has_pages_now(path) && !is_kept &&
	    is_out_of_view(w, path->handed_over) &&
	    (path->end == GCV_PATH_HANDED_OVER || gets_array(w, path->handed_over)))
		gcv_classify_reason(s, acquire->site, GCV_REASON_UNSEEN_CODE, true, fn,
				    path->handed_over, callee_name(w, path->handed_over));
	if (path->end == GCV_PATH_RELEASED_TWICE && has_pages_now(path) &&
	    is_of_local(w, path->release) && is_of_local(w, path->first_release))
		gcv_classify_reason(s, acquire->site, GCV_REASON_OWN_REFERENCE, true, fn,
				    path->release, "released twice");
	if (path->release != GCV_NONE && path->end != GCV_PATH_RELEASED_TWICE &&
	    path->outcome != GCV_PATH_NOT_CALLED)
		note_count(s, w, path);
}

/* Does another acquire of the function fill another part of the same array? */
static bool is_shared_array(const struct walk *w)
{
	const struct gcv_flow *flow = w->s->flow;
	uint32_t i;

	for (i = 0; i < flow->nr_acquires; i++)
		if (i != w->acquire && flow->acquires[i].function == w->fn->index &&
		    gcv_release_shares(&w->range, pages_of(w, &flow->acquires[i])))
			return true;
	return false;
}

/** struct graphs - graph and definitions of the function that was looked at last */
struct graphs {
	const struct gcv_function *fn;
	struct gcv_arena arena;
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

static void look_into(struct graphs *graphs, const struct gcv_function *fn)
{
	if (graphs->fn == fn)
		return;
	gcv_arena_release(&graphs->arena);
	graphs->fn = fn;
	gcv_cfg_build(fn->body, &graphs->arena, &graphs->cfg);
	gcv_reach_build(fn->body, &graphs->cfg, &graphs->arena, &graphs->reach);
}

static void walk_acquire(struct gcv_classify_state *s, const struct gcv_holders *holders,
			 const struct call_index *index, struct graphs *graphs, uint8_t *signs,
			 uint32_t number)
{
	const struct gcv_flow_acquire *acquire = &s->flow->acquires[number];
	struct walk w = { .s = s,
			  .holders = holders,
			  .index = index,
			  .acquire = number,
			  .signs = signs,
			  .fn = &s->flow->input.program->facts.functions[acquire->function] };
	struct gcv_paths_input input;
	struct gcv_arena arena = { 0 };
	struct gcv_paths paths;
	uint32_t i;

	if (acquire->site == GCV_NONE || acquire->is_null || !acquire->signature)
		return;
	look_into(graphs, w.fn);
	gcv_paths_input_init(w.fn->body, acquire->call, acquire->signature, &input);
	input.cfg = &graphs->cfg;
	input.reach = &graphs->reach;
	input.event = event_at;
	input.ctx = &w;
	w.range = (struct gcv_range_input){ .body = w.fn->body,
					    .cfg = &graphs->cfg,
					    .reach = &graphs->reach,
					    .call = acquire->call,
					    .pages = input.pages };
	w.is_shared = is_shared_array(&w);
	gcv_paths_build(&input, &arena, &paths);
	/* All pages before a part of them: a remark is not to stand in the place of a refusal. */
	for (i = paths.nr; i-- > 0;)
		note_path(s, &w, &paths.paths[i]);
	if (!paths.is_complete)
		gcv_classify_reason(s, acquire->site, GCV_REASON_LIMIT_REACHED, true,
				    acquire->function, acquire->call, NULL);
	gcv_arena_release(&arena);
}

/* Does another function acquire pages that a release gives back? */
static bool is_from_elsewhere(const struct gcv_classify_state *s,
			      const struct gcv_flow_release *release, bool is_any)
{
	const struct gcv_flow *flow = s->flow;
	bool is_here = false, is_elsewhere = false;
	uint32_t i;

	for (i = 0; i < flow->nr_acquires; i++) {
		if (!gcv_graph_arrival(&flow->graph, release->place, flow->acquires[i].atom))
			continue;
		is_here |= flow->acquires[i].function == release->function;
		is_elsewhere |= flow->acquires[i].function != release->function;
	}
	return is_elsewhere && (is_any || !is_here);
}

/* What stands before a release, where the paths of its acquires do not tell all of it. */
static void note_guards(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			struct graphs *graphs, unsigned int signs)
{
	const struct gcv_flow_input *input = &s->flow->input;
	const struct gcv_function *fn = &input->program->facts.functions[release->function];
	bool is_proven = signs == SIGN_PROVEN && !is_from_elsewhere(s, release, true);
	struct gcv_release_guards guards;
	struct gcv_release_shape shape;
	uint32_t count;

	gcv_release_shape_of(fn->body, release->call, release->api, release->signature,
			     input->era->api, input->accessors, &shape);
	look_into(graphs, fn);
	gcv_release_guards_of(fn->body, &graphs->cfg, &shape, &guards);
	count = shape.bound != GCV_NONE ? shape.bound : shape.count;
	if (count != GCV_NONE && shape.is_bound_signed &&
	    (signs & SIGN_NEGATIVE || (!is_proven && !guards.is_not_negative)))
		gcv_classify_reason(s, release->site, GCV_REASON_COUNT_MAY_BE_NEGATIVE, false,
				    release->function, count, NULL);
	if (guards.other != GCV_NONE && is_from_elsewhere(s, release, false))
		gcv_classify_reason(s, release->site, GCV_REASON_GUARDED_RELEASE, false,
				    release->function, guards.other, NULL);
}

/* Put an entry before those that its call has already. */
static void index_one(struct gcv_map64 *map, uint32_t *next, uint32_t function, uint32_t call,
		      uint32_t number)
{
	bool is_new;
	uint32_t *first = gcv_map64_add(map, (uint64_t)function << 32 | call, &is_new);

	next[number] = is_new ? GCV_NONE : *first;
	*first = number;
}

static void index_calls(const struct gcv_flow *flow, struct call_index *index)
{
	uint32_t i;

	*index = (struct call_index){
		.next_release = gcv_zalloc(flow->nr_releases + 1, sizeof(*index->next_release)),
		.next_move = gcv_zalloc(flow->nr_uses + 1, sizeof(*index->next_move)),
		.next_call = gcv_zalloc(flow->nr_calls + 1, sizeof(*index->next_call)),
		.next_acquire = gcv_zalloc(flow->nr_acquires + 1, sizeof(*index->next_acquire)),
	};
	/* From the last on, so that the first one is found first. */
	for (i = flow->nr_releases; i-- > 0;)
		index_one(&index->releases, index->next_release, flow->releases[i].function,
			  flow->releases[i].call, i);
	for (i = flow->nr_uses; i-- > 0;)
		if (flow->uses[i].effect == GCV_EFFECT_TRANSFER ||
		    flow->uses[i].effect == GCV_FLOW_LISTED)
			index_one(&index->moves, index->next_move, flow->uses[i].function,
				  flow->uses[i].call, i);
	for (i = flow->nr_calls; i-- > 0;)
		index_one(&index->calls, index->next_call, flow->calls[i].function,
			  flow->calls[i].node, i);
	for (i = flow->nr_acquires; i-- > 0;)
		index_one(&index->acquires, index->next_acquire, flow->acquires[i].function,
			  flow->acquires[i].call, i);
}

static void release_index(struct call_index *index)
{
	gcv_map64_release(&index->releases);
	gcv_map64_release(&index->moves);
	gcv_map64_release(&index->calls);
	gcv_map64_release(&index->acquires);
	free(index->next_release);
	free(index->next_move);
	free(index->next_call);
	free(index->next_acquire);
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
	struct graphs graphs = { 0 };
	struct gcv_holders holders;
	struct call_index index;
	uint32_t i;

	gcv_holders_build(s->flow, &holders);
	index_calls(s->flow, &index);
	for (i = 0; i < s->flow->nr_acquires; i++) {
		if (are_too_many(s->flow, i))
			gcv_classify_reason(s, s->flow->acquires[i].site, GCV_REASON_LIMIT_REACHED,
					    true, s->flow->acquires[i].function,
					    s->flow->acquires[i].call, NULL);
		else
			walk_acquire(s, &holders, &index, &graphs, signs, i);
	}
	for (i = 0; i < s->flow->nr_releases; i++)
		if (s->flow->releases[i].site != GCV_NONE && s->flow->releases[i].api &&
		    s->releases[s->flow->releases[i].site].nr_acquired)
			note_guards(s, &s->flow->releases[i], &graphs,
				    signs[s->flow->releases[i].site]);
	gcv_holders_release(&holders);
	gcv_arena_release(&graphs.arena);
	release_index(&index);
}
