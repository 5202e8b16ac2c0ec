// SPDX-License-Identifier: GPL-2.0-only
/*
 * Provenance that a flag carries: a release that pages of two kinds reach stands under a condition
 * on a field or a parameter, and that is set where pages are acquired and nowhere where others come
 * from, or the other way round. (vc04_services' pages_need_release and scif's SCIF_MAP_KERNEL are
 * of this kind in v5.3.)
 */
#include "classify/acquire_walk.h"
#include "classify/flag.h"
#include "flow/cfg.h"
#include "flow/expr.h"
#include "flow/trace.h"

#include <stdlib.h>
#include <string.h>

/** LEVELS - callers of a function that hands out pages in which the flag may be set for it */
#define LEVELS 3

/** CALLERS - calls of a function that are asked for the value of a parameter */
#define CALLERS 64

/** VALUES - constants that a parameter is set to before it is passed on */
#define VALUES 8

/**
 * ANSWER - true for an iterator from which iov_iter_extract_pages() pins pages, false for one from
 * which it takes none (include/linux/uio.h)
 */
#define ANSWER "iov_iter_extract_will_pin"

/**
 * struct write - an assignment to the field
 * @function: index of the function
 * @node: its node
 * @may_set: the bits may be set by it
 * @may_clear: they may be cleared
 * @is_answer: it tells whether an iterator's pages are pinned
 */
struct write {
	uint32_t function, node;
	bool may_set, may_clear, is_answer;
};

/**
 * struct search - state for one release and one of its conditions
 * @s: the state
 * @flag: what the condition asks for
 * @writes: assignments to the field in the whole program
 * @nr: how many
 * @cap: room
 * @has_answer: one of them is such
 * @is_unknown: something else than a constant is assigned
 */
struct search {
	struct gcv_classify_state *s;
	struct gcv_flag flag;
	struct write *writes;
	uint32_t nr, cap;
	bool has_answer, is_unknown;
};

/** enum side - for which value of the flag are the pages there? */
enum side { SIDE_UNSURE, SIDE_RELEASED, SIDE_PASSED };

static const struct gcv_function *function_at(const struct gcv_classify_state *s, uint32_t function)
{
	return &s->flow->input.program->facts.functions[function];
}

static void keep_write(struct search *q, const struct write *write)
{
	if (!write->may_set && !write->may_clear)
		return;
	q->has_answer |= write->is_answer;
	GCV_GROW(q->writes, q->nr, q->cap);
	q->writes[q->nr++] = *write;
}

static void add_value(struct search *q, const struct gcv_function *fn, uint32_t at, uint32_t level,
		      struct write *write);

/* A parameter has what the callers pass, or a constant that was put there since. */
static void add_param(struct search *q, const struct gcv_function *fn, uint32_t ref, uint32_t level,
		      struct write *write)
{
	const struct gcv_flow *flow = q->s->flow;
	uint32_t arg = (uint32_t)fn->body->symbols[fn->body->nodes[ref].symbol].value + 1;
	uint32_t values[VALUES], i, nr = 0;

	if (!gcv_flag_param_at(fn->body, ref, values, VALUES, &nr)) {
		q->is_unknown = true;
		return;
	}
	while (nr--)
		add_value(q, fn, values[nr], level, write);
	nr = 0;
	for (i = q->s->calls->first_caller[fn->index]; i != GCV_NONE && !q->is_unknown;
	     i = q->s->calls->next_caller[i]) {
		const struct gcv_function *caller = function_at(q->s, flow->calls[i].function);
		const struct gcv_node *call = &caller->body->nodes[flow->calls[i].node];
		struct write here = { .function = caller->index, .node = flow->calls[i].node };

		if (++nr > CALLERS || arg >= call->nr_children) {
			q->is_unknown = true;
			break;
		}
		add_value(q, caller, call->children[arg], level + 1, &here);
		write->may_set |= here.may_set;
		write->may_clear |= here.may_clear;
		write->is_answer |= here.is_answer;
		/* In the eyes of the caller it is the call that writes. */
		keep_write(q, &here);
	}
	q->is_unknown |= !nr || q->s->calls->is_pointed[fn->index];
}

/* What a value does to the bits that count. */
static void add_value(struct search *q, const struct gcv_function *fn, uint32_t at, uint32_t level,
		      struct write *write)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, at)];
	const struct gcv_symbol *callee;
	int64_t value, mask = q->flag.mask ? q->flag.mask : -1;
	uint32_t init;

	if (gcv_flag_constant(body, at, &value)) {
		write->may_set |= (value & mask) != 0;
		write->may_clear |= (value & mask) == 0;
		return;
	}
	callee = node->kind == GCV_NODE_CALL ? gcv_body_callee(body, gcv_expr_plain(body, at))
					     : NULL;
	if (callee && strcmp(callee->name, ANSWER) == 0) {
		write->may_set = write->may_clear = write->is_answer = true;
		return;
	}
	if (node->kind == GCV_NODE_REF && node->symbol != GCV_NONE && level < LEVELS &&
	    body->symbols[node->symbol].kind == GCV_SYMBOL_LOCAL &&
	    (init = gcv_flag_init(body, node->symbol)) != GCV_NONE) {
		add_value(q, fn, init, level + 1, write);
		return;
	}
	if (node->kind != GCV_NODE_REF || node->symbol == GCV_NONE ||
	    body->symbols[node->symbol].kind != GCV_SYMBOL_PARAM || level == LEVELS) {
		q->is_unknown = true;
		return;
	}
	add_param(q, fn, gcv_expr_plain(body, at), level, write);
}

static void add_write(struct search *q, const struct gcv_flag_write *w)
{
	struct write write = { .function = w->function, .node = w->node };
	int64_t value, mask = q->flag.mask ? q->flag.mask : -1;
	const struct gcv_function *fn = function_at(q->s, w->function);

	if (w->value == GCV_NONE) {
		q->is_unknown = true;
		return;
	}
	if (w->op == GCV_OP_ASSIGN) {
		add_value(q, fn, w->value, 0, &write);
	} else if (!gcv_flag_constant(fn->body, w->value, &value) ||
		   (w->op != GCV_OP_OR && w->op != GCV_OP_AND)) {
		q->is_unknown = true;
	} else if (w->op == GCV_OP_OR) {
		write.may_set = (value & mask) != 0;
	} else {
		write.may_clear = (~value & mask) != 0;
	}
	keep_write(q, &write);
}

static void find_writes(struct search *q)
{
	uint32_t i = gcv_flag_writes_of(q->s->flags, q->flag.field);

	for (; i != GCV_NONE && !q->is_unknown; i = q->s->flags->writes[i].next)
		add_write(q, &q->s->flags->writes[i]);
}

/**
 * struct around - what assignments around a node say
 * @set: the flag may be set before or behind it
 * @cleared: it may be cleared
 * @set_behind: it may be set behind it
 * @cleared_behind: it may be cleared there
 * @is_for_other: asked for pages that no acquire hands out
 */
struct around {
	bool set, cleared, set_behind, cleared_behind;
	bool is_for_other;
};

/*
 * An answer that a caller asks for says the right thing of what the iterator's functions below hand
 * out without pinning it. What callers pass is there from the start (no node).
 */
static void look_around(const struct search *q, uint32_t function, uint32_t node, uint32_t level,
			struct around *around)
{
	const struct gcv_function *fn = function_at(q->s, function);
	struct gcv_arena arena = { 0 };
	struct gcv_cfg cfg = { 0 };
	uint32_t i;

	if (!fn->body)
		return;
	for (i = 0; i < q->nr; i++) {
		const struct write *w = &q->writes[i];
		bool is_behind, is_near;

		if (w->function != function ||
		    (w->is_answer && around->is_for_other && (level || node == GCV_NONE)))
			continue;
		if (!cfg.nr_blocks)
			gcv_cfg_build(fn->body, &arena, &cfg);
		is_behind = node == GCV_NONE || gcv_cfg_reaches(&cfg, node, w->node);
		is_near = is_behind || gcv_cfg_reaches(&cfg, w->node, node);
		around->set |= w->may_set && is_near;
		around->cleared |= w->may_clear && is_near;
		around->set_behind |= w->may_set && is_behind;
		around->cleared_behind |= w->may_clear && is_behind;
	}
	gcv_arena_release(&arena);
}

/* The same, or in callers of the function where it says nothing itself. */
static void look_up(const struct search *q, uint32_t function, uint32_t node, uint32_t level,
		    struct around *around)
{
	const struct gcv_acquire_calls *calls = q->s->calls;
	uint32_t i, nr = 0;

	look_around(q, function, node, level, around);
	if (around->set || around->cleared || level == LEVELS)
		return;
	for (i = calls->first_caller[function]; i != GCV_NONE && nr++ < CALLERS;
	     i = calls->next_caller[i])
		look_up(q, q->s->flow->calls[i].function, q->s->flow->calls[i].node, level + 1,
			around);
}

static bool is_other(const struct gcv_atom *atom)
{
	return atom->kind == GCV_ATOM_ORIGIN || atom->kind == GCV_ATOM_UNKNOWN ||
	       atom->kind == GCV_ATOM_PARAM ||
	       (atom->kind == GCV_ATOM_OBJECT && atom->origin == GCV_ORIGIN_NEW);
}

/* Pages of an iterator are pinned where the answer says so: no matter where it is asked. */
static bool is_answered(const struct search *q, const struct gcv_api_function *api)
{
	return q->has_answer && api->family == GCV_API_FAMILY_IOV &&
	       api->reference == GCV_API_REFERENCE_PIN;
}

/*
 * An acquire speaks for the value that it is followed by; where the flag is only ever set for other
 * pages, for the value that it has without.
 */
static enum side side_of_acquire(const struct search *q, const struct gcv_atom *atom)
{
	const struct gcv_api_function *api = q->s->flow->acquires[atom->site].api;
	bool is_inverted = q->flag.is_inverted;
	struct around a = { 0 };

	/* As mixed as its iterators are, whatever the flag says. */
	if (api->family == GCV_API_FAMILY_IOV && api->reference == GCV_API_REFERENCE_GET)
		return SIDE_UNSURE;
	if (is_answered(q, api))
		return is_inverted ? SIDE_PASSED : SIDE_RELEASED;
	look_up(q, atom->function, atom->node, 0, &a);
	if (is_inverted)
		a = (struct around){ a.cleared, a.set, a.cleared_behind, a.set_behind, false };
	if (a.cleared && !a.set)
		return SIDE_PASSED;
	if (!a.cleared_behind && (a.set || is_inverted))
		return SIDE_RELEASED;
	return SIDE_UNSURE;
}

static enum side side_of_other(const struct search *q, const struct gcv_flow_release *release,
			       uint32_t atom)
{
	const struct gcv_flow *flow = q->s->flow;
	uint32_t source = gcv_trace_source(flow, release->place, atom);
	struct around a = { .is_for_other = true };

	if (flow->graph.places[source].function == GCV_NONE)
		return SIDE_UNSURE;
	look_up(q, flow->graph.places[source].function, flow->graph.places[source].node, 0, &a);
	if (q->flag.is_inverted)
		return a.set_behind ? SIDE_PASSED : SIDE_UNSURE;
	return a.set ? SIDE_UNSURE : SIDE_PASSED;
}

/* Do pages come to a release by an argument: themselves, or in memory that is passed? */
static bool comes_by(const struct gcv_flow *flow, uint32_t place, uint32_t atom)
{
	const struct gcv_place *at = &flow->graph.places[place];
	uint32_t i;

	if (gcv_graph_arrival(&flow->graph, place, atom))
		return place != 0;
	for (i = 0; place && i < at->nr_atoms; i++) {
		uint32_t cell =
			gcv_graph_find_cell(&flow->graph, at->atoms[i].atom, GCV_CELL_ELEMENT);

		if (cell && gcv_graph_arrival(&flow->graph, cell, atom))
			return true;
	}
	return false;
}

/* A flag that is a parameter: what stands beside it in each call. */
static enum side side_by_calls(const struct search *q, uint32_t function, uint32_t atom)
{
	const struct gcv_flow *flow = q->s->flow;
	uint32_t i = q->s->calls->first_caller[function], k;
	bool is_released = false, is_passed = false;

	for (; i != GCV_NONE; i = q->s->calls->next_caller[i]) {
		const struct gcv_function *caller = function_at(q->s, flow->calls[i].function);
		const struct gcv_node *call = &caller->body->nodes[flow->calls[i].node];
		int64_t value, mask = q->flag.mask ? q->flag.mask : -1;
		bool has = false;

		for (k = 1; k < call->nr_children; k++)
			has |= comes_by(
				flow, gcv_flow_value(flow, caller->index, call->children[k]), atom);
		if (!has)
			continue;
		if (!gcv_flag_constant(caller->body, call->children[q->flag.param + 1], &value))
			return SIDE_UNSURE;
		is_released |= ((value & mask) != 0) != q->flag.is_inverted;
		is_passed |= ((value & mask) != 0) == q->flag.is_inverted;
	}
	if (is_released == is_passed)
		return SIDE_UNSURE;
	return is_released ? SIDE_RELEASED : SIDE_PASSED;
}

/* Is a parameter what the caller passed, and do all callers stand in view and pass it? */
static bool is_plain_param(const struct search *q, const struct gcv_function *fn)
{
	const struct gcv_flow *flow = q->s->flow;
	uint32_t i = q->s->calls->first_caller[fn->index], nr;

	if (i == GCV_NONE || q->s->calls->is_pointed[fn->index] ||
	    strchr(fn->body->symbols[q->flag.param].canonical, '*') ||
	    !gcv_flag_param_at(fn->body, q->flag.node, NULL, 0, &nr))
		return false;
	for (; i != GCV_NONE; i = q->s->calls->next_caller[i])
		if (q->flag.param + 1 >= function_at(q->s, flow->calls[i].function)
						 ->body->nodes[flow->calls[i].node]
						 .nr_children)
			return false;
	return true;
}

/* What the sides of all pages say of a release. */
struct sides {
	uint32_t nr_released, nr_passed, nr_unsure, nr_other, nr_other_passed;
};

static void find_sides(const struct search *q, const struct gcv_flow_release *release,
		       struct sides *sides)
{
	const struct gcv_graph *graph = &q->s->flow->graph;
	const struct gcv_place *place = &graph->places[release->place];
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		uint32_t at = place->atoms[i].atom;
		const struct gcv_atom *atom = &graph->atoms[at];
		bool is_acquired = atom->kind == GCV_ATOM_ACQUIRED;
		enum side side;

		if (!is_acquired && !is_other(atom))
			continue;
		if (!q->flag.field)
			side = side_by_calls(q, release->function, at);
		else
			side = is_acquired ? side_of_acquire(q, atom)
					   : side_of_other(q, release, at);
		sides->nr_released += is_acquired && side == SIDE_RELEASED;
		sides->nr_passed += is_acquired && side == SIDE_PASSED;
		sides->nr_unsure += is_acquired && side == SIDE_UNSURE;
		sides->nr_other += !is_acquired;
		sides->nr_other_passed += !is_acquired && side == SIDE_PASSED;
	}
}

static void clear_reasons(struct gcv_site_class *site)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_MIXED_PROVENANCE ||
		    site->reasons[i].reason == GCV_REASON_UNKNOWN_PROVENANCE)
			site->reasons[i].is_refusing = false;
}

static const char *text_of(const struct search *q, const struct gcv_function *fn)
{
	const char *name = q->flag.field ? q->flag.field->name
					 : fn->body->symbols[q->flag.param].name;

	if (q->flag.mask)
		return gcv_arena_printf(&q->s->result->arena, "bits %#llx of %s are %sset",
					(unsigned long long)q->flag.mask, name,
					q->flag.is_inverted ? "not " : "");
	return gcv_arena_printf(&q->s->result->arena, "%s is %sset", name,
				q->flag.is_inverted ? "not " : "");
}

static void tell(struct search *q, const struct gcv_flow_release *release, uint32_t condition)
{
	struct gcv_site_class *site;

	if (release->site == GCV_NONE)
		return;
	site = &q->s->result->sites[release->site];
	site->provenance = GCV_PROVENANCE_FLAGGED;
	clear_reasons(site);
	gcv_classify_reason(q->s, release->site, GCV_REASON_FLAGGED_PROVENANCE, false,
			    release->function, condition,
			    text_of(q, function_at(q->s, release->function)));
}

/* The release is the one for the other pages: it is none of the acquires'. */
static void untie(struct search *q, const struct gcv_flow_release *release)
{
	const struct gcv_flow *flow = q->s->flow;
	const struct gcv_place *place = &flow->graph.places[release->place];
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		const struct gcv_atom *atom = &flow->graph.atoms[place->atoms[i].atom];

		if (atom->kind == GCV_ATOM_ACQUIRED)
			gcv_classify_untie(q->s, release, &flow->acquires[atom->site]);
	}
}

/* Is a field written by the function that took a copy of it? The copy may be of before. */
static bool is_stale(const struct search *q, uint32_t function)
{
	uint32_t i;

	for (i = 0; q->flag.is_copied && i < q->nr; i++)
		if (q->writes[i].function == function)
			return true;
	return false;
}

static bool try_condition(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			  const struct gcv_flag_condition *condition)
{
	const struct gcv_function *fn = function_at(s, release->function);
	struct search q = { .s = s };
	struct sides sides = { 0 };
	bool is_told = false;

	if (!gcv_flag_read(fn->body, condition, &q.flag))
		return false;
	if (q.flag.field)
		find_writes(&q);
	else
		q.is_unknown = !is_plain_param(&q, fn);
	if (!q.is_unknown && (q.nr || !q.flag.field) && !is_stale(&q, release->function)) {
		find_sides(&q, release, &sides);
		if (sides.nr_released && !sides.nr_passed && !sides.nr_unsure &&
		    sides.nr_other == sides.nr_other_passed) {
			tell(&q, release, condition->node);
			is_told = true;
		} else if (sides.nr_passed && !sides.nr_released && !sides.nr_unsure) {
			untie(&q, release);
			is_told = true;
		}
	}
	free(q.writes);
	return is_told;
}

void gcv_classify_flagged(struct gcv_classify_state *s, const struct gcv_flow_release *release)
{
	struct gcv_flag_condition conditions[GCV_FLAG_CONDITIONS];
	uint32_t nr = gcv_flag_conditions(function_at(s, release->function)->body, release->call,
					  conditions, GCV_FLAG_CONDITIONS),
		 i;

	for (i = 0; i < nr; i++)
		if (try_condition(s, release, &conditions[i]))
			return;
}
