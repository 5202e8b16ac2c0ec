// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_local.h"

#include "flow/expr.h"

#include <string.h>

#define BIT(nr) ((uint64_t)1 << (nr))

static const struct gcv_context_site *open_at(const struct gcv_context_local *local, uint64_t mask)
{
	return &local->sites[local->open[__builtin_ctzll(mask)]];
}

/* How many of @may, all of one context, are open together: as many as @first finds company. */
static uint32_t count_from(const struct gcv_context_local *local, uint64_t may, uint64_t first)
{
	uint64_t company = may & open_at(local, first)->together;
	uint32_t nr = 1;

	for (; company; nr++)
		company &= open_at(local, company)->together;
	return nr;
}

uint32_t gcv_context_counts(const struct gcv_context_local *local, uint64_t may)
{
	uint64_t of_context, rest;
	uint32_t packed = 0, nr, c;

	for (c = 0; c < GCV_CONTEXTS && may; c++) {
		of_context = 0;
		for (rest = may; rest; rest &= rest - 1)
			if (open_at(local, rest)->context == c)
				of_context |= rest & -rest;
		may &= ~of_context;
		for (rest = of_context; rest; rest &= rest - 1) {
			nr = count_from(local, of_context, rest);
			if (nr > gcv_context_count(packed, c))
				gcv_context_set_count(&packed, c, nr);
		}
	}
	return packed;
}

static uint32_t count_drops(const struct gcv_context_local *local, uint64_t drops)
{
	uint32_t packed = 0;

	for (; drops; drops &= drops - 1) {
		enum gcv_context context =
			local->sites[local->close[__builtin_ctzll(drops)]].context;

		gcv_context_set_count(&packed, context, gcv_context_count(packed, context) + 1);
	}
	return packed;
}

static struct gcv_context_call *find_call(const struct gcv_context_local *local, uint32_t node)
{
	uint32_t low = 0, high = local->nr_calls;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (local->calls[mid].node < node)
			low = mid + 1;
		else
			high = mid;
	}
	return low < local->nr_calls && local->calls[low].node == node ? &local->calls[low] : NULL;
}

static bool sleeps_later(const struct gcv_context_local *local, uint32_t block, uint32_t at)
{
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];

	for (; at < b->nr_nodes; at++)
		if (local->marks[b->nodes[at]] & GCV_CONTEXT_MARK_SLEEPS)
			return true;
	return local->slept_after[block];
}

static void record_call(struct gcv_context_local *local, uint32_t block, uint32_t at,
			const struct gcv_context_state *state)
{
	uint32_t node = local->cfg.blocks[block].nodes[at];
	struct gcv_context_call *call = find_call(local, node);

	if (!call)
		return;
	call->held = gcv_context_counts(local, state->may);
	call->dropped = count_drops(local, state->must_drop);
	/* What the caller holds may be dropped on the way to what sleeps: no evidence then. */
	call->is_process = !local->has_drops && local->nr_sleeping &&
			   (state->slept || sleeps_later(local, block, at));
}

void gcv_context_record(struct gcv_context_local *local)
{
	uint32_t i, k;

	for (i = 0; i < local->cfg.nr_order; i++) {
		uint32_t block = local->cfg.order[i];
		const struct gcv_cfg_block *b = &local->cfg.blocks[block];
		struct gcv_context_state state = local->in[block];

		for (k = 0; k < b->nr_nodes; k++) {
			if (local->body->nodes[b->nodes[k]].kind == GCV_NODE_CALL)
				record_call(local, block, k, &state);
			gcv_context_step(local, &state, b->nodes[k]);
		}
	}
}

const struct gcv_context_site *gcv_context_since(struct gcv_context_local *local, uint32_t call,
						 enum gcv_context context)
{
	uint32_t block = local->cfg.block_of[call], i;
	const struct gcv_context_site *found = NULL;
	struct gcv_context_state state;

	if (block == GCV_NONE)
		return NULL;
	state = local->in[block];
	for (i = 0; i < local->cfg.blocks[block].nr_nodes; i++) {
		if (local->cfg.blocks[block].nodes[i] == call)
			break;
		gcv_context_step(local, &state, local->cfg.blocks[block].nodes[i]);
	}
	for (; state.may; state.may &= state.may - 1) {
		const struct gcv_context_site *site = open_at(local, state.may);

		if (site->context == context && (!found || site->order > found->order))
			found = site;
	}
	return found;
}

/** enum result_class - what a return statement returns; or-ed where it may be either */
enum result_class { RESULT_ZERO = 1, RESULT_NOT_ZERO = 2, RESULT_EITHER = 3 };

static bool is_written_in(const struct gcv_context_local *local, uint32_t block, uint32_t symbol)
{
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];
	uint32_t i;

	for (i = 0; i < b->nr_nodes; i++)
		if (gcv_expr_is_write(local->body, b->nodes[i], symbol))
			return true;
	return false;
}

/* if (ret) return ret; tells that it is not zero. */
static enum result_class class_of_variable(const struct gcv_context_local *local, uint32_t block,
					   uint32_t symbol)
{
	const struct gcv_cfg *cfg = &local->cfg;
	uint32_t steps = 0, expression;
	bool is_true;

	while (steps++ < 16 && !is_written_in(local, block, symbol)) {
		const struct gcv_cfg_edge *edge;

		if (cfg->blocks[block].nr_in != 1)
			break;
		edge = &cfg->edges[cfg->blocks[block].in[0]];
		block = edge->from;
		if ((edge->sense != GCV_CFG_TRUE && edge->sense != GCV_CFG_FALSE) ||
		    edge->condition == GCV_NONE)
			continue;
		expression = gcv_context_condition(local->body, edge->condition, true, &is_true);
		if (local->body->nodes[expression].kind == GCV_NODE_REF &&
		    local->body->nodes[expression].symbol == symbol)
			return is_true == (edge->sense == GCV_CFG_TRUE) ? RESULT_NOT_ZERO
									: RESULT_ZERO;
	}
	return RESULT_EITHER;
}

static enum result_class class_of(const struct gcv_context_local *local, uint32_t block,
				  uint32_t value)
{
	const struct gcv_node *n = &local->body->nodes[value];
	const struct gcv_symbol *callee = gcv_body_callee(local->body, value);
	int64_t number;

	if (gcv_expr_int(local->body, value, &number))
		return number ? RESULT_NOT_ZERO : RESULT_ZERO;
	if (callee && strcmp(callee->name, "ERR_PTR") == 0)
		return RESULT_ZERO; /* as gcv_context_condition() has it */
	if (n->kind == GCV_NODE_REF && n->symbol != GCV_NONE)
		return class_of_variable(local, block, n->symbol);
	return RESULT_EITHER;
}

/* return trylock(); and ret = trylock(); return ret; */
static void apply_results(struct gcv_context_local *local, struct gcv_context_state *state,
			  uint32_t value, bool is_true)
{
	const struct gcv_node *n = &local->body->nodes[value];
	uint32_t i;

	for (i = 0; i < local->nr_sites; i++) {
		const struct gcv_context_site *site = &local->sites[i];
		bool is_variable = n->kind == GCV_NODE_REF && n->symbol != GCV_NONE &&
				   n->symbol == site->variable && i < 64 && state->fresh & BIT(i);

		if (site->when != GCV_CONTEXT_ALWAYS && (site->call == value || is_variable))
			gcv_context_apply(local, state, i,
					  is_true == (site->when == GCV_CONTEXT_IF_NOT_ZERO));
	}
}

/* Keep the smaller numbers. */
static void keep_least(uint32_t *packed, uint32_t other)
{
	uint32_t c;

	for (c = 0; c < GCV_CONTEXTS; c++)
		if (gcv_context_count(other, c) < gcv_context_count(*packed, c))
			gcv_context_set_count(packed, c, gcv_context_count(other, c));
}

/** struct ending - summary in the making; @may and @may_drop of all exits */
struct ending {
	struct gcv_context_summary summary;
	uint64_t may, may_drop;
	bool is_seen[2];
};

static void add_return(struct gcv_context_local *local, const struct gcv_context_state *state,
		       uint32_t result, struct ending *ending)
{
	struct gcv_context_summary *summary = &ending->summary;
	uint32_t opens = gcv_context_counts(local, state->must);
	uint32_t closes = count_drops(local, state->must_drop);

	if (!ending->is_seen[result]) {
		summary->opens[result] = opens;
		summary->closes[result] = closes;
	} else {
		keep_least(&summary->opens[result], opens);
		keep_least(&summary->closes[result], closes);
	}
	summary->sleeps = summary->sleeps && state->slept;
	ending->is_seen[result] = true;
	ending->may |= state->may;
	ending->may_drop |= state->may_drop;
}

/* The parameter that decides about all of the sites, or 0. */
static uint32_t param_of(const struct gcv_context_local *local, const uint32_t *sites,
			 uint64_t mask, bool *ret_is_true)
{
	uint32_t found = 0;

	for (; mask; mask &= mask - 1) {
		bool is_true;
		uint32_t param = gcv_context_deciding_param(
			local, &local->sites[sites[__builtin_ctzll(mask)]], &is_true);

		if (!param || (found && (param != found || is_true != *ret_is_true)))
			return 0;
		found = param;
		*ret_is_true = is_true;
	}
	return found;
}

static uint32_t contexts_of(const struct gcv_context_local *local, const uint32_t *sites,
			    uint64_t mask)
{
	uint32_t contexts = 0;

	for (; mask; mask &= mask - 1)
		contexts |= 1u << local->sites[sites[__builtin_ctzll(mask)]].context;
	return contexts;
}

/* What happens on some paths only, if it is one of open and close. */
static void add_soft(const struct gcv_context_local *local, struct ending *ending)
{
	struct gcv_context_summary *summary = &ending->summary;
	uint32_t opens = contexts_of(local, local->open, ending->may), hard = 0, c;
	uint32_t closes = contexts_of(local, local->close, ending->may_drop), param;
	bool is_true = true;

	for (c = 0; c < GCV_CONTEXTS; c++)
		if (gcv_context_count(summary->opens[0] | summary->opens[1] | summary->closes[0] |
					      summary->closes[1],
				      c))
			hard |= 1u << c;
	summary->may_open = (uint16_t)(opens & ~closes & ~hard);
	summary->may_close = (uint16_t)(closes & ~opens & ~hard);
	if (!summary->may_open == !summary->may_close)
		return;
	param = summary->may_open ? param_of(local, local->open, ending->may, &is_true)
				  : param_of(local, local->close, ending->may_drop, &is_true);
	summary->param = (uint8_t)param;
	summary->param_is_true = is_true;
}

/* An edge to the exit, with the state behind it. */
static void add_exit(struct gcv_context_local *local, uint32_t edge, struct ending *ending)
{
	uint32_t block = local->cfg.edges[edge].from, i, value = GCV_NONE, inner;
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];
	enum result_class class = RESULT_EITHER;
	struct gcv_context_state state = local->in[block], one;
	bool is_true = true;

	for (i = 0; i < b->nr_nodes; i++) {
		const struct gcv_node *n = &local->body->nodes[b->nodes[i]];

		gcv_context_step(local, &state, b->nodes[i]);
		if (n->kind == GCV_NODE_RETURN && n->nr_children &&
		    local->body->nodes[n->children[0]].kind != GCV_NODE_NONE)
			value = gcv_expr_plain(local->body, n->children[0]);
	}
	if (value != GCV_NONE)
		class = class_of(local, block, value);
	for (i = 0; i < 2; i++) {
		if (!(class & (i ? RESULT_NOT_ZERO : RESULT_ZERO)))
			continue;
		one = state;
		if (value != GCV_NONE) {
			inner = gcv_context_condition(local->body, value, false, &is_true);
			apply_results(local, &one, inner, is_true == (i == 1));
		}
		gcv_context_follow(local, &one, edge);
		add_return(local, &one, i, ending);
	}
}

void gcv_context_summarise(struct gcv_context_local *local, struct gcv_context_summary *ret_summary)
{
	const struct gcv_cfg_block *exit = &local->cfg.blocks[local->cfg.exit];
	struct ending ending = { .summary = { .sleeps = true } };
	uint32_t i;

	for (i = 0; i < exit->nr_in; i++)
		if (local->cfg.blocks[local->cfg.edges[exit->in[i]].from].is_reached)
			add_exit(local, exit->in[i], &ending);
	for (i = 0; i < 2; i++) {
		if (ending.is_seen[i])
			continue;
		ending.summary.opens[i] = ending.summary.opens[!i];
		ending.summary.closes[i] = ending.summary.closes[!i];
	}
	add_soft(local, &ending);
	if (local->has_drops || !(ending.is_seen[0] || ending.is_seen[1]))
		ending.summary.sleeps = false;
	*ret_summary = ending.summary;
}
