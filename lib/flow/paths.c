// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk: a state is what is known at the beginning of a block. Each new state is taken through
 * its block and makes states of the blocks that follow, until there are no new ones.
 */
#include "flow/paths_state.h"
#include "flow/expr.h"
#include "tree/hash.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void gcv_paths_input_init(const struct gcv_body *body, uint32_t call,
			  const struct gcv_api_signature *signature,
			  struct gcv_paths_input *ret_input)
{
	const struct gcv_node *node = &body->nodes[call];
	int count = signature->arg[GCV_API_ARG_COUNT], pages = signature->arg[GCV_API_ARG_PAGES];
	struct gcv_paths_input input = { .body = body,
					 .call = call,
					 .result = signature->result,
					 .count = GCV_NONE,
					 .pages = GCV_NONE };

	if (count < 0 && signature->result == GCV_API_RESULT_BYTES_OR_ERRNO)
		count = signature->arg[GCV_API_ARG_MAX_BYTES];
	if (pages < 0)
		pages = signature->arg[GCV_API_ARG_PAGE];
	if (count >= 0 && (uint32_t)count + 1 < node->nr_children)
		input.count = node->children[count + 1];
	if (pages >= 0 && (uint32_t)pages + 1 < node->nr_children)
		input.pages = node->children[pages + 1];
	*ret_input = input;
}

static bool is_same_class(const struct gcv_paths_facts *a, const struct gcv_paths_facts *b)
{
	return a->outcome == b->outcome && a->end == b->end && a->count == b->count &&
	       a->match == b->match && a->is_negative == b->is_negative &&
	       a->is_unsure == b->is_unsure && a->may_be_empty == b->may_be_empty &&
	       a->is_null_checked == b->is_null_checked && a->was_called == b->was_called &&
	       a->had_others == b->had_others && a->is_over == b->is_over &&
	       a->is_early == b->is_early && a->is_recorded == b->is_recorded &&
	       a->record == b->record && a->is_current == b->is_current &&
	       a->release == b->release && a->first_release == b->first_release &&
	       a->handed_over == b->handed_over && a->exit == b->exit;
}

/* What nothing reads any more does not tell states apart. */
static void forget_dead(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			uint32_t block)
{
	uint32_t i;

	for (i = 0; i < w->nr_places; i++)
		if (!(w->live[block] >> i & 1))
			facts->values[i] = gcv_paths_unknown();
}

/* Bytes of facts in which states of this walk can differ. */
static size_t facts_bytes(const struct gcv_paths_walk *w)
{
	return offsetof(struct gcv_paths_facts, values) +
	       w->nr_places * sizeof(struct gcv_paths_value);
}

static bool is_same(const struct gcv_paths_walk *w, const struct gcv_paths_facts *a,
		    const struct gcv_paths_facts *b)
{
	return memcmp(a, b, facts_bytes(w)) == 0;
}

static uint64_t key_of(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		       uint32_t block)
{
	struct gcv_hash hash = gcv_hash_bytes(facts, facts_bytes(w));
	uint64_t key;

	memcpy(&key, hash.b, sizeof(key));
	return key + block;
}

/* Most walks follow a few places only, and long ones have thousands of states. */
static const struct gcv_paths_facts *keep_facts(struct gcv_paths_walk *w,
						const struct gcv_paths_facts *facts)
{
	return memcpy(gcv_arena_alloc(&w->kept, facts_bytes(w)), facts, facts_bytes(w));
}

static struct gcv_paths_facts facts_of(const struct gcv_paths_walk *w, uint32_t state)
{
	struct gcv_paths_facts facts;
	uint32_t i;

	memcpy(&facts, w->states[state].facts, facts_bytes(w));
	for (i = w->nr_places; i < GCV_PATHS_PLACES; i++)
		facts.values[i] = gcv_paths_unknown();
	return facts;
}

static void push_state(struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		       uint32_t block, uint32_t parent, uint32_t edge)
{
	uint32_t *state;
	bool is_new;

	if (w->nr_states == GCV_PATHS_MAX_STATES) {
		w->paths->is_complete = false;
		return;
	}
	GCV_GROW(w->states, w->nr_states, w->cap_states);
	w->states[w->nr_states] = (struct gcv_paths_state){
		.facts = keep_facts(w, facts),
		.block = block,
		.parent = parent,
		.edge = edge,
		.next = w->first[block],
	};
	state = gcv_map64_add(&w->known, key_of(w, facts, block), &is_new);
	if (is_new)
		*state = w->nr_states;
	w->first[block] = w->nr_states++;
	w->nr_in_block[block]++;
}

/* Has a block a state with these facts? */
static bool is_known(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
		     uint32_t block)
{
	uint32_t i = gcv_map64_get(&w->known, key_of(w, facts, block));

	if (i == GCV_MAP64_NONE)
		return false;
	if (w->states[i].block == block && is_same(w, w->states[i].facts, facts))
		return true;
	/* Different facts with the same hash. */
	for (i = w->first[block]; i != GCV_NONE; i = w->states[i].next)
		if (is_same(w, w->states[i].facts, facts))
			return true;
	return false;
}

/* The newest state of a block that differs in nothing but what is known of values, or GCV_NONE. */
static uint32_t find_alike(const struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			   uint32_t block)
{
	uint32_t i = w->first[block];

	while (i != GCV_NONE && !is_same_class(w->states[i].facts, facts))
		i = w->states[i].next;
	return i;
}

/* A state that is known already is not walked again; where there are many, differences go. */
static void add_state(struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t block,
		      uint32_t parent, uint32_t edge)
{
	uint32_t newest = GCV_NONE;

	forget_dead(w, facts, block);
	if (is_known(w, facts, block))
		return;
	if (w->nr_in_block[block] >= GCV_PATHS_PER_BLOCK)
		newest = find_alike(w, facts, block);
	if (newest != GCV_NONE) {
		struct gcv_paths_facts all = facts_of(w, newest);

		w->paths->is_exact = false;
		gcv_paths_join(w, &all, facts);
		if (!is_same(w, &all, w->states[newest].facts))
			push_state(w, &all, block, parent, edge);
		return;
	}
	push_state(w, facts, block, parent, edge);
}

static void keep_trail(struct gcv_paths_walk *w, struct gcv_path *path, uint32_t state,
		       uint32_t edge)
{
	uint32_t trail[GCV_PATHS_TRAIL], nr = 0, i;

	for (;;) {
		if (edge != GCV_NONE && w->input->cfg->edges[edge].sense != GCV_CFG_ALWAYS)
			trail[nr++] = edge;
		if (state == GCV_NONE || nr == GCV_PATHS_TRAIL)
			break;
		edge = w->states[state].edge;
		state = w->states[state].parent;
	}
	path->trail = gcv_arena_alloc(w->arena, sizeof(*path->trail) * nr);
	path->nr_trail = nr;
	for (i = 0; i < nr; i++)
		path->trail[i] = trail[nr - 1 - i];
}

static bool is_same_path(const struct gcv_path *a, const struct gcv_path *b)
{
	return a->outcome == b->outcome && a->end == b->end && a->exit == b->exit &&
	       a->release == b->release && a->first_release == b->first_release &&
	       a->count == b->count && a->match == b->match && a->is_negative == b->is_negative &&
	       a->is_unsure == b->is_unsure && a->may_be_empty == b->may_be_empty &&
	       a->is_early == b->is_early && a->is_recorded == b->is_recorded &&
	       a->handed_over == b->handed_over;
}

static void record(struct gcv_paths_walk *w, const struct gcv_paths_facts *facts, uint32_t state,
		   uint32_t edge, uint32_t exit)
{
	struct gcv_path path = { .outcome = facts->outcome,
				 .end = facts->end,
				 .exit = exit,
				 .release = facts->release,
				 .first_release = facts->first_release,
				 .count = facts->count,
				 .match = facts->match,
				 .is_negative = facts->is_negative,
				 .is_unsure = facts->is_unsure,
				 .may_be_empty = facts->may_be_empty,
				 .is_null_checked = facts->is_null_checked,
				 .is_early = facts->is_early,
				 .is_recorded = facts->is_recorded,
				 .is_indexed = facts->release != GCV_NONE &&
					       w->events[facts->release].is_indexed,
				 .handed_over = facts->handed_over,
				 .returned = facts->returned,
				 .is_result = facts->is_result };
	uint32_t i;

	if (facts->was_called ||
	    (facts->outcome == GCV_PATH_NOT_CALLED && facts->release == GCV_NONE))
		return;
	for (i = 0; i < w->paths->nr; i++)
		if (is_same_path(&w->paths->paths[i], &path)) {
			w->paths->paths[i].returned |= path.returned;
			w->paths->paths[i].is_result &= path.is_result;
			return;
		}
	if (w->paths->nr == GCV_PATHS_MAX_PATHS) {
		w->paths->is_complete = false;
		return;
	}
	keep_trail(w, &path, state, edge);
	GCV_GROW(w->paths->paths, w->paths->nr, w->cap_paths);
	w->paths->paths[w->paths->nr++] = path;
}

/*
 * A loop that releases is one release, done where the loop is come upon: the number of its rounds
 * is told by the count, not by its paths.
 */
static void enter_loop(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
		       const struct gcv_cfg_edge *edge)
{
	const struct gcv_cfg_block *blocks = w->input->cfg->blocks;
	uint32_t loop = blocks[edge->to].loop, from = blocks[edge->from].loop, i;

	if (loop == GCV_NONE || facts->was_called ||
	    (from != GCV_NONE && gcv_expr_contains(w->input->body, loop, from)))
		return;
	for (i = 0; i < w->nr_releases; i++)
		if (w->events[w->releases[i]].loop == loop && !w->is_instead[i])
			gcv_paths_event(w, facts, w->releases[i]);
}

static void leave_block(struct gcv_paths_walk *w, const struct gcv_paths_facts *facts,
			uint32_t state)
{
	const struct gcv_cfg *cfg = w->input->cfg;
	const struct gcv_cfg_block *block = &cfg->blocks[w->states[state].block];
	uint32_t i;

	for (i = 0; i < block->nr_out; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[block->out[i]];
		struct gcv_paths_facts next = *facts;

		if (!gcv_paths_assume(w, &next, edge))
			continue;
		enter_loop(w, &next, edge);
		if (edge->to == cfg->exit)
			record(w, &next, state, block->out[i], next.exit);
		else
			add_state(w, &next, edge->to, state, block->out[i]);
	}
}

static void pass_return(const struct gcv_paths_walk *w, struct gcv_paths_facts *facts,
			uint32_t node)
{
	uint32_t value = w->input->body->nodes[node].children[0];
	struct gcv_paths_value returned;

	facts->exit = node;
	if (w->input->body->nodes[value].kind == GCV_NODE_NONE)
		return;
	returned = gcv_paths_value(w, facts, value);
	facts->returned = returned.signs;
	facts->is_result = returned.tag == GCV_PATHS_TAG_RESULT;
}

/* The call is made once more by a path that is followed. @return false where that path ends here.
 */
static bool call_again(struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t state)
{
	if (facts->outcome == GCV_PATH_NOT_CALLED) {
		facts->was_called = true;
	} else if (facts->end != GCV_PATH_LEAKED || gcv_paths_is_overwritten(w)) {
		record(w, facts, state, GCV_NONE, w->input->call);
		return false;
	}
	facts->is_current = false;
	gcv_paths_write(w, facts, w->input->call);
	return true;
}

/* Take facts through the nodes of a block from the @i-th on, and out of it. */
static void walk_nodes(struct gcv_paths_walk *w, struct gcv_paths_facts *facts, uint32_t state,
		       uint32_t i)
{
	const struct gcv_cfg_block *block = &w->input->cfg->blocks[w->states[state].block];
	unsigned int outcome;

	for (; i < block->nr_nodes; i++) {
		uint32_t node = block->nodes[i];

		if (node == w->input->call) {
			for (outcome = GCV_PATH_ERROR;
			     facts->outcome == GCV_PATH_NOT_CALLED && outcome < GCV_PATH_OUTCOMES;
			     outcome++) {
				struct gcv_paths_facts next = *facts;

				if (!gcv_paths_is_possible(w, outcome))
					continue;
				next.had_others = next.was_called;
				next.was_called = false;
				gcv_paths_begin(w, &next, outcome);
				walk_nodes(w, &next, state, i + 1);
			}
			if (!w->is_repeated || !call_again(w, facts, state))
				return;
			continue;
		}
		if (w->events[node].effect != GCV_PATHS_NOTHING &&
		    w->events[node].loop == GCV_NONE && !facts->was_called)
			gcv_paths_event(w, facts, node);
		gcv_paths_write(w, facts, node);
		if (w->input->body->nodes[node].kind == GCV_NODE_RETURN)
			pass_return(w, facts, node);
	}
	leave_block(w, facts, state);
}

static void walk_state(struct gcv_paths_walk *w, uint32_t state)
{
	struct gcv_paths_facts facts = facts_of(w, state);
	const uint32_t *hubs = w->input->cfg->hubs;

	/* Jumps whose targets are guessed do no harm where there are no pages yet. */
	if (facts.outcome != GCV_PATH_NOT_CALLED &&
	    (w->states[state].block == hubs[0] || w->states[state].block == hubs[1]))
		w->paths->is_complete = false;
	walk_nodes(w, &facts, state, 0);
}

/* Can a block be reached from itself? */
static bool is_repeated(const struct gcv_cfg *cfg, uint32_t block)
{
	bool *seen = gcv_zalloc(cfg->nr_blocks, sizeof(*seen));
	uint32_t *stack = gcv_zalloc(cfg->nr_blocks + 1, sizeof(*stack));
	uint32_t nr = 1, i;

	stack[0] = block;
	while (nr && !seen[block]) {
		const struct gcv_cfg_block *at = &cfg->blocks[stack[--nr]];

		for (i = 0; i < at->nr_out; i++) {
			uint32_t to = cfg->edges[at->out[i]].to;

			if (!seen[to]) {
				seen[to] = true;
				stack[nr++] = to;
			}
		}
	}
	free(stack);
	nr = seen[block];
	free(seen);
	return nr;
}

static void ask_events(struct gcv_paths_walk *w)
{
	const struct gcv_cfg *cfg = w->input->cfg;
	uint32_t i, k;

	for (i = 0; i < w->input->body->nr_nodes; i++)
		w->events[i].loop = w->events[i].count = w->events[i].offset = GCV_NONE;
	for (i = 0; i < cfg->nr_order; i++) {
		const struct gcv_cfg_block *block = &cfg->blocks[cfg->order[i]];

		for (k = 0; k < block->nr_nodes; k++) {
			uint32_t node = block->nodes[k];

			if (node == w->input->call)
				continue;
			w->input->event(w->input->ctx, node, &w->events[node]);
			if (w->events[node].effect == GCV_PATHS_RELEASE)
				w->releases[w->nr_releases++] = node;
		}
	}
}

static int compare_paths(const void *a, const void *b)
{
	const struct gcv_path *x = a, *y = b;
	uint32_t keys[][2] = {
		{ x->outcome, y->outcome },
		{ x->exit, y->exit },
		{ x->end, y->end },
		{ x->release, y->release },
		{ x->handed_over, y->handed_over },
		{ x->count, y->count },
	};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return 0;
}

static void walk_all(struct gcv_paths_walk *w)
{
	struct gcv_paths_facts facts;
	uint32_t i;

	memset(&facts, 0, sizeof(facts));
	for (i = 0; i < GCV_PATHS_PLACES; i++)
		facts.values[i] = gcv_paths_unknown();
	facts.release = facts.first_release = facts.handed_over = facts.exit = GCV_NONE;
	push_state(w, &facts, 0, GCV_NONE, GCV_NONE);
	for (i = 0; i < w->nr_states; i++)
		walk_state(w, i);
}

static void finish(struct gcv_paths_walk *w)
{
	struct gcv_path *paths = gcv_arena_alloc(w->arena, sizeof(*paths) * w->paths->nr);

	if (w->paths->nr) {
		qsort(w->paths->paths, w->paths->nr, sizeof(*paths), compare_paths);
		memcpy(paths, w->paths->paths, sizeof(*paths) * w->paths->nr);
	}
	free(w->paths->paths);
	w->paths->paths = paths;
	w->paths->nr_states = w->nr_states;
	gcv_map64_release(&w->known);
	free(w->is_unsigned);
	free(w->place_of);
	free(w->live);
	free(w->events);
	free(w->releases);
	free(w->is_instead);
	free(w->states);
	gcv_arena_release(&w->kept);
	free(w->first);
	free(w->nr_in_block);
}

void gcv_paths_build(const struct gcv_paths_input *input, struct gcv_arena *arena,
		     struct gcv_paths *ret_paths)
{
	const struct gcv_cfg *cfg = input->cfg;
	struct gcv_paths paths = { .is_exact = true, .is_complete = !cfg->is_lost };
	struct gcv_paths_walk w = { .input = input, .arena = arena, .paths = &paths };
	uint32_t block = cfg->block_of[input->call];

	if (block == GCV_NONE || !cfg->blocks[block].is_reached) {
		*ret_paths = paths;
		return;
	}
	w.place_of = gcv_malloc(input->body->nr_nodes);
	memset(w.place_of, GCV_PATHS_NO_PLACE, input->body->nr_nodes);
	w.is_unsigned = gcv_zalloc(input->body->nr_nodes, 1);
	w.events = gcv_zalloc(input->body->nr_nodes, sizeof(*w.events));
	w.releases = gcv_zalloc(input->body->nr_nodes, sizeof(*w.releases));
	w.live = gcv_zalloc(cfg->nr_blocks, sizeof(*w.live));
	w.first = gcv_malloc(sizeof(*w.first) * cfg->nr_blocks);
	memset(w.first, 0xff, sizeof(*w.first) * cfg->nr_blocks);
	w.nr_in_block = gcv_zalloc(cfg->nr_blocks, sizeof(*w.nr_in_block));
	w.requested = input->requested;
	if (input->count != GCV_NONE &&
	    (!gcv_expr_int(input->body, input->count, &w.requested) || w.requested < 0))
		w.requested = 0;
	w.is_repeated = is_repeated(cfg, block);
	ask_events(&w);
	w.is_instead = gcv_zalloc(w.nr_releases + 1, sizeof(*w.is_instead));
	gcv_paths_find_rounds(&w);
	gcv_paths_find_places(&w);
	walk_all(&w);
	finish(&w);
	*ret_paths = paths;
}

const char *gcv_path_outcome_name(enum gcv_path_outcome outcome)
{
	static const char *const names[] = { "not called", "error", "nothing", "a part", "all" };

	return names[outcome];
}

const char *gcv_path_end_name(enum gcv_path_end end)
{
	static const char *const names[] = { "nothing",		"leaked",   "leaked",
					     "handed over",	"released", "released twice",
					     "released nothing" };

	return names[end];
}
