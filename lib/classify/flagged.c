// SPDX-License-Identifier: GPL-2.0-only
/*
 * Provenance that a flag carries: a release that serves pages of two kinds stands under a condition
 * on a field, and the field is set where pages are acquired and nowhere where others come from.
 * (vc04_services' pages_need_release and scif's SCIF_MAP_KERNEL are of this kind in v5.3.)
 */
#include "classify/classify_state.h"
#include "flow/cfg.h"
#include "flow/expr.h"
#include "flow/trace.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct flag - what a condition asks for
 * @field: the field
 * @mask: bits of it that count; 0 for all
 * @is_inverted: the release is done where they are not set
 */
struct flag {
	const struct gcv_symbol *field;
	int64_t mask;
	bool is_inverted;
};

/**
 * struct write - an assignment to the field
 * @function: index of the function
 * @node: ASSIGN node
 * @is_set: the bits are set by it, else they are cleared
 */
struct write {
	uint32_t function, node;
	bool is_set;
};

/**
 * struct search - state for one release
 * @s: the state
 * @flag: what its condition asks for
 * @writes: assignments to the field in the whole program
 * @nr: how many
 * @cap: room
 * @is_unknown: something else than a constant is assigned
 */
struct search {
	struct gcv_classify_state *s;
	struct flag flag;
	struct write *writes;
	uint32_t nr, cap;
	bool is_unknown;
};

static const struct gcv_function *function_at(const struct gcv_classify_state *s, uint32_t function)
{
	return &s->flow->input.program->facts.functions[function];
}

/* if (x->f), if (!x->f), if (x->f & MASK), if (x->f == 0), and the like. */
static bool read_condition(const struct gcv_body *body, uint32_t at, struct flag *flag)
{
	for (;;) {
		const struct gcv_node *node;

		at = gcv_expr_plain(body, at);
		node = &body->nodes[at];
		if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_LNOT) {
			flag->is_inverted = !flag->is_inverted;
			at = node->children[0];
		} else if (node->kind == GCV_NODE_BINARY && node->op == GCV_OP_AND && !flag->mask &&
			   gcv_expr_int(body, node->children[1], &flag->mask) && flag->mask) {
			at = node->children[0];
		} else if (node->kind == GCV_NODE_BINARY &&
			   (node->op == GCV_OP_NE || node->op == GCV_OP_EQ) &&
			   gcv_expr_is_int(body, node->children[1], 0)) {
			if (node->op == GCV_OP_EQ)
				flag->is_inverted = !flag->is_inverted;
			at = node->children[0];
		} else {
			if (node->kind != GCV_NODE_MEMBER || node->symbol == GCV_NONE)
				return false;
			flag->field = &body->symbols[node->symbol];
			return true;
		}
	}
}

static bool is_field(const struct search *q, const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[gcv_expr_plain(body, at)];
	const struct gcv_symbol *symbol;

	if (node->kind != GCV_NODE_MEMBER || node->symbol == GCV_NONE)
		return false;
	symbol = &body->symbols[node->symbol];
	return strcmp(symbol->name, q->flag.field->name) == 0 &&
	       strcmp(symbol->owner, q->flag.field->owner) == 0;
}

static void add_write(struct search *q, uint32_t function, uint32_t node, bool is_set)
{
	GCV_GROW(q->writes, q->nr, q->cap);
	q->writes[q->nr++] = (struct write){ function, node, is_set };
}

static void note_assign(struct search *q, const struct gcv_function *fn, uint32_t at)
{
	const struct gcv_body *body = fn->body;
	const struct gcv_node *node = &body->nodes[at];
	int64_t value, mask = q->flag.mask ? q->flag.mask : -1;

	if (!is_field(q, body, node->children[0]))
		return;
	if (!gcv_expr_int(body, node->children[1], &value)) {
		q->is_unknown = true;
		return;
	}
	switch (node->op) {
	case GCV_OP_ASSIGN:
		add_write(q, fn->index, at, value & mask);
		break;
	case GCV_OP_OR:
		if (value & mask)
			add_write(q, fn->index, at, true);
		break;
	case GCV_OP_AND:
		if (~value & mask)
			add_write(q, fn->index, at, false);
		break;
	default:
		q->is_unknown = true;
	}
}

static void find_writes(struct search *q)
{
	const struct gcv_program_facts *facts = &q->s->flow->input.program->facts;
	uint32_t i, k;

	for (i = 0; i < facts->nr_functions; i++) {
		const struct gcv_function *fn = &facts->functions[i];

		for (k = 0; fn->kind == GCV_DEF_FUNCTION && fn->body && k < fn->body->nr_nodes; k++)
			if (fn->body->nodes[k].kind == GCV_NODE_ASSIGN)
				note_assign(q, fn, k);
	}
}

/*
 * What the flag says of pages that come up at a node: @ret_with and @ret_against tell whether an
 * assignment for or against the release can be made in the same call, behind the node or, for those
 * that speak for it, also before.
 */
static void look_around(const struct search *q, uint32_t function, uint32_t node, bool *ret_with,
			bool *ret_against)
{
	const struct gcv_function *fn = function_at(q->s, function);
	struct gcv_arena arena = { 0 };
	struct gcv_cfg cfg;
	uint32_t i;

	*ret_with = *ret_against = false;
	if (node == GCV_NONE || !fn->body)
		return;
	gcv_cfg_build(fn->body, &arena, &cfg);
	for (i = 0; i < q->nr; i++) {
		const struct write *w = &q->writes[i];
		bool is_for = w->is_set != q->flag.is_inverted;
		bool is_behind;

		if (w->function != function)
			continue;
		is_behind = gcv_cfg_reaches(&cfg, node, w->node);
		if (is_for)
			*ret_with |= is_behind || gcv_cfg_reaches(&cfg, w->node, node);
		else
			*ret_against |= is_behind;
	}
	gcv_arena_release(&arena);
}

static bool is_other(const struct gcv_atom *atom)
{
	return atom->kind == GCV_ATOM_ORIGIN || atom->kind == GCV_ATOM_UNKNOWN ||
	       atom->kind == GCV_ATOM_PARAM ||
	       (atom->kind == GCV_ATOM_OBJECT && atom->origin == GCV_ORIGIN_NEW);
}

/*
 * Every acquire speaks for the release, or, where the flag is set for other pages only, not against
 * it; no other page speaks for it.
 */
static bool is_told(const struct search *q, const struct gcv_flow_release *release)
{
	const struct gcv_flow *flow = q->s->flow;
	const struct gcv_place *place = &flow->graph.places[release->place];
	bool with, against;
	uint32_t i;

	for (i = 0; i < place->nr_atoms; i++) {
		uint32_t at = place->atoms[i].atom, source;
		const struct gcv_atom *atom = &flow->graph.atoms[at];

		if (atom->kind == GCV_ATOM_ACQUIRED) {
			look_around(q, atom->function, atom->node, &with, &against);
			if (against || (!with && !q->flag.is_inverted))
				return false;
		} else if (is_other(atom)) {
			source = gcv_trace_source(flow, release->place, at);
			if (flow->graph.places[source].function == GCV_NONE)
				return false;
			look_around(q, flow->graph.places[source].function,
				    flow->graph.places[source].node, &with, &against);
			if (q->flag.is_inverted ? !against : with)
				return false;
		}
	}
	return true;
}

static void clear_reasons(struct gcv_site_class *site)
{
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++)
		if (site->reasons[i].reason == GCV_REASON_MIXED_PROVENANCE ||
		    site->reasons[i].reason == GCV_REASON_UNKNOWN_PROVENANCE)
			site->reasons[i].is_refusing = false;
}

void gcv_classify_flagged(struct gcv_classify_state *s, const struct gcv_flow_release *release,
			  const struct gcv_release_shape *shape)
{
	struct gcv_site_class *site = &s->result->sites[release->site];
	const struct gcv_body *body = function_at(s, release->function)->body;
	struct search q = { .s = s };

	if (site->provenance != GCV_PROVENANCE_MIXED || shape->guard == GCV_NONE)
		return;
	q.flag.is_inverted = shape->is_guard_else;
	if (!read_condition(body, body->nodes[shape->guard].children[0], &q.flag))
		return;
	find_writes(&q);
	if (!q.is_unknown && q.nr && is_told(&q, release)) {
		site->provenance = GCV_PROVENANCE_FLAGGED;
		clear_reasons(site);
		gcv_classify_reason(s, release->site, GCV_REASON_FLAGGED_PROVENANCE, false,
				    release->function, shape->guard, q.flag.field->name);
	}
	free(q.writes);
}
