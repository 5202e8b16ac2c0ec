// SPDX-License-Identifier: GPL-2.0-only
#include "flow/context_local.h"

#include "flow/expr.h"

#include <string.h>

/** MAX_GUARDS - conditions above an open site that are looked at */
#define MAX_GUARDS 8

/**
 * struct guard - a condition under which an open site is reached
 * @expression: what is tested
 * @is_true: it is not zero then
 */
struct guard {
	uint32_t expression;
	bool is_true;
};

/** struct guards - those of one site; @owner is the one that add_owner() found, or GCV_NONE */
struct guards {
	struct guard all[MAX_GUARDS];
	uint32_t nr, owner;
};

static bool is_call_of(const struct gcv_body *body, uint32_t node, const char *name)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, node);

	return symbol && body->nodes[node].nr_children == 2 && strcmp(symbol->name, name) == 0;
}

/* A comparison with 0; of a result one may say that what is not negative is zero. */
static uint32_t peel_comparison(const struct gcv_node *n, bool is_result, bool *is_true)
{
	switch (n->op) {
	case GCV_OP_EQ:
		*is_true = !*is_true;
		return n->children[0];
	case GCV_OP_NE:
		return n->children[0];
	case GCV_OP_GE:
		*is_true ^= is_result;
		return is_result ? n->children[0] : GCV_NONE;
	case GCV_OP_LT:
	case GCV_OP_GT:
		return is_result ? n->children[0] : GCV_NONE;
	default:
		return GCV_NONE;
	}
}

/* One layer of a condition; GCV_NONE where there is no more. */
static uint32_t peel(const struct gcv_body *body, uint32_t node, bool is_result, bool *is_true)
{
	const struct gcv_node *n = &body->nodes[node];

	if (n->kind == GCV_NODE_BINARY && n->nr_children == 2 &&
	    gcv_expr_is_int(body, n->children[1], 0))
		return peel_comparison(n, is_result, is_true);
	if (n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN && n->nr_children == 2)
		return n->children[1];
	if (n->kind == GCV_NODE_CALL && is_result &&
	    (is_call_of(body, node, "IS_ERR") || is_call_of(body, node, "IS_ERR_OR_NULL"))) {
		*is_true = !*is_true;
		return n->children[1];
	}
	return GCV_NONE;
}

uint32_t gcv_context_condition(const struct gcv_body *body, uint32_t node, bool is_result,
			       bool *ret_is_true)
{
	bool is_inverted;
	uint32_t inner;

	*ret_is_true = true;
	for (;;) {
		node = gcv_expr_condition(body, node, &is_inverted);
		*ret_is_true ^= is_inverted;
		inner = peel(body, node, is_result, ret_is_true);
		if (inner == GCV_NONE)
			return node;
		node = inner;
	}
}

/* What an edge tests, and whether it is not zero there; GCV_NONE for other edges. */
static uint32_t find_tested(const struct gcv_context_local *local, const struct gcv_cfg_edge *edge,
			    bool is_result, bool *ret_is_true)
{
	uint32_t expression;

	if ((edge->sense != GCV_CFG_TRUE && edge->sense != GCV_CFG_FALSE) ||
	    edge->condition == GCV_NONE)
		return GCV_NONE;
	expression = gcv_context_condition(local->body, edge->condition, is_result, ret_is_true);
	if (edge->sense == GCV_CFG_FALSE)
		*ret_is_true = !*ret_is_true;
	return expression;
}

static struct gcv_context_test *find_tests(struct gcv_context_local *local, bool is_result)
{
	struct gcv_context_test *tests =
		gcv_arena_alloc(&local->arena, (local->cfg.nr_edges + 1) * sizeof(*tests));
	uint32_t i;

	for (i = 0; i < local->cfg.nr_edges; i++)
		tests[i].expression =
			find_tested(local, &local->cfg.edges[i], is_result, &tests[i].is_true);
	return tests;
}

static void add_guard(struct guards *guards, uint32_t expression, bool is_true)
{
	if (guards->nr < MAX_GUARDS)
		guards->all[guards->nr++] = (struct guard){ expression, is_true };
}

/* The single edge that is taken to get into a block, or NULL. */
static const struct gcv_cfg_edge *only_way_in(const struct gcv_cfg *cfg, uint32_t block)
{
	const struct gcv_cfg_edge *found = NULL;
	uint32_t i;

	for (i = 0; i < cfg->blocks[block].nr_in; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[cfg->blocks[block].in[i]];

		if (!cfg->blocks[edge->from].is_reached)
			continue;
		if (found)
			return NULL;
		found = edge;
	}
	return found;
}

static void add_conditions(const struct gcv_context_local *local, uint32_t block,
			   struct guards *guards)
{
	uint32_t steps = 0;

	while (steps++ < MAX_GUARDS * 4) {
		const struct gcv_cfg_edge *edge = only_way_in(&local->cfg, block);
		const struct gcv_context_test *test;

		if (!edge)
			return;
		test = &local->tests[edge - local->cfg.edges];
		if (test->expression != GCV_NONE)
			add_guard(guards, test->expression, test->is_true);
		block = edge->from;
	}
}

/* Are all values of a variable constants? */
static bool is_flag(const struct gcv_body *body, uint32_t symbol)
{
	int64_t value;
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[i];

		if (!gcv_expr_is_write(body, i, symbol))
			continue;
		if (n->kind == GCV_NODE_VAR && gcv_expr_int(body, n->children[0], &value))
			continue;
		if (n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN &&
		    gcv_expr_int(body, n->children[1], &value))
			continue;
		return false;
	}
	return true;
}

/* locked = true; beside the lock: where locked is false later, the lock is not held. */
static void add_flags(const struct gcv_context_local *local, uint32_t block, struct guards *guards)
{
	const struct gcv_body *body = local->body;
	const struct gcv_cfg_block *b = &local->cfg.blocks[block];
	int64_t value;
	uint32_t i;

	for (i = 0; i < b->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[b->nodes[i]];
		uint32_t target;

		if (n->kind != GCV_NODE_ASSIGN || n->op != GCV_OP_ASSIGN ||
		    !gcv_expr_int(body, n->children[1], &value) || !value)
			continue;
		target = gcv_expr_plain(body, n->children[0]);
		if (body->nodes[target].kind == GCV_NODE_REF &&
		    body->nodes[target].symbol != GCV_NONE &&
		    body->symbols[body->nodes[target].symbol].kind == GCV_SYMBOL_LOCAL &&
		    is_flag(body, body->nodes[target].symbol))
			add_guard(guards, target, true);
	}
}

/* Is a variable NULL at times? */
static bool is_reset(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[i];

		if (n->kind == GCV_NODE_ASSIGN && n->op == GCV_OP_ASSIGN &&
		    gcv_expr_is_write(body, i, symbol) && gcv_expr_is_int(body, n->children[1], 0))
			return true;
	}
	return false;
}

/* spin_lock(&locked->lock) … locked = NULL: where locked is NULL, the lock is not held. */
static void add_owner(const struct gcv_context_local *local, uint32_t lock, struct guards *guards)
{
	const struct gcv_body *body = local->body;

	while (lock != GCV_NONE && body->nodes[lock].kind == GCV_NODE_MEMBER)
		lock = gcv_expr_plain(body, body->nodes[lock].children[0]);
	if (lock != GCV_NONE && body->nodes[lock].kind == GCV_NODE_REF &&
	    body->nodes[lock].symbol != GCV_NONE &&
	    body->symbols[body->nodes[lock].symbol].kind == GCV_SYMBOL_LOCAL &&
	    is_reset(body, body->nodes[lock].symbol)) {
		add_guard(guards, lock, true);
		guards->owner = lock;
	}
}

static bool is_flag_guard(const struct gcv_body *body, uint32_t expression)
{
	uint32_t parent = body->nodes[expression].parent;

	return parent != GCV_NONE && body->nodes[parent].kind == GCV_NODE_ASSIGN &&
	       gcv_expr_plain(body, body->nodes[parent].children[0]) == expression;
}

static bool is_field_written(const struct gcv_body *body, uint32_t symbol)
{
	uint32_t i;

	for (i = 0; i < body->nr_nodes; i++) {
		const struct gcv_node *n = &body->nodes[i];
		uint32_t target;

		if (n->kind != GCV_NODE_ASSIGN || !n->nr_children)
			continue;
		target = gcv_expr_plain(body, n->children[0]);
		if (body->nodes[target].kind == GCV_NODE_MEMBER &&
		    body->nodes[target].symbol == symbol)
			return true;
	}
	return false;
}

/* A call of what _Generic() selects, such as the property of a kind of lock. */
static bool is_selection(const struct gcv_body *body, const struct gcv_node *n)
{
	return n->kind == GCV_NODE_CALL && n->nr_children &&
	       body->nodes[n->children[0]].kind == GCV_NODE_UNKNOWN;
}

static bool is_steady_node(const struct gcv_body *body, const struct gcv_node *n)
{
	switch (n->kind) {
	case GCV_NODE_UNKNOWN:
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
	case GCV_NODE_INDEX:
	case GCV_NODE_BINARY:
	case GCV_NODE_COND:
	case GCV_NODE_INT:
	case GCV_NODE_STRING:
	case GCV_NODE_CAST:
	case GCV_NODE_SIZEOF:
	case GCV_NODE_NONE:
		return true;
	case GCV_NODE_UNARY:
		return n->op == GCV_OP_ADDR || n->op == GCV_OP_DEREF || n->op >= GCV_OP_PLUS;
	default:
		return is_selection(body, n);
	}
}

/* Are two conditions written the same? Unlike gcv_expr_equal() this trusts what is not exposed. */
static bool is_same_condition(const struct gcv_body *body, uint32_t a, uint32_t b)
{
	uint32_t nr, i;

	a = gcv_expr_plain(body, a);
	b = gcv_expr_plain(body, b);
	nr = gcv_expr_end(body, a) - a;
	if (nr != gcv_expr_end(body, b) - b)
		return false;
	for (i = 0; i < nr; i++) {
		const struct gcv_node *x = &body->nodes[a + i], *y = &body->nodes[b + i];

		if (x->kind != y->kind || x->op != y->op || x->symbol != y->symbol ||
		    x->value != y->value || x->nr_children != y->nr_children)
			return false;
	}
	return true;
}

/* Has an expression the same value wherever it is looked at? */
static bool is_stable(const struct gcv_body *body, uint32_t expression)
{
	uint32_t end = gcv_expr_end(body, expression), i;

	if (is_flag_guard(body, expression))
		return true;
	for (i = expression; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];
		uint32_t most = 0;

		if (!is_steady_node(body, n))
			return false;
		if (n->symbol == GCV_NONE)
			continue;
		if (n->kind == GCV_NODE_MEMBER && is_field_written(body, n->symbol))
			return false;
		if (n->kind != GCV_NODE_REF)
			continue;
		if (body->symbols[n->symbol].kind == GCV_SYMBOL_LOCAL)
			most = 1; /* its only value */
		if (gcv_expr_count_writes(body, 0, n->symbol, NULL) > most)
			return false;
	}
	return true;
}

/* On edges that contradict a condition above an open site it is not open. */
static void find_kills(struct gcv_context_local *local, const struct gcv_context_site *site)
{
	struct guards guards = { .owner = GCV_NONE };
	uint32_t block = local->cfg.block_of[site->call], i, k;

	if (block == GCV_NONE)
		return;
	add_owner(local, site->lock, &guards);
	add_flags(local, block, &guards);
	add_conditions(local, block, &guards);
	for (i = 0; i < local->cfg.nr_edges && guards.nr; i++) {
		const struct gcv_context_test *test = &local->tests[i];

		for (k = 0; k < guards.nr && test->expression != GCV_NONE; k++)
			if (guards.all[k].is_true != test->is_true &&
			    is_same_condition(local->body, guards.all[k].expression,
					      test->expression) &&
			    (guards.all[k].expression == guards.owner ||
			     is_stable(local->body, guards.all[k].expression)))
				local->kills[i] |= (uint64_t)1 << site->bit;
	}
}

uint32_t gcv_context_deciding_param(const struct gcv_context_local *local,
				    const struct gcv_context_site *site, bool *ret_is_true)
{
	struct guards guards = { .owner = GCV_NONE };
	uint32_t block = local->cfg.block_of[site->call], i;

	if (block == GCV_NONE)
		return 0;
	add_conditions(local, block, &guards);
	for (i = 0; i < guards.nr; i++) {
		const struct gcv_node *n = &local->body->nodes[guards.all[i].expression];

		if (n->kind != GCV_NODE_REF || n->symbol == GCV_NONE ||
		    local->body->symbols[n->symbol].kind != GCV_SYMBOL_PARAM ||
		    !is_stable(local->body, guards.all[i].expression))
			continue;
		*ret_is_true = guards.all[i].is_true;
		return (uint32_t)(local->body->symbols[n->symbol].value & 0x7f) + 1;
	}
	return 0;
}

static void add_result(struct gcv_context_local *local, uint32_t edge,
		       struct gcv_context_result result)
{
	struct gcv_context_result *moved;

	if (local->nr_results == local->cap_results) {
		local->cap_results = local->cap_results ? local->cap_results * 2 : 16;
		moved = gcv_arena_alloc(&local->arena, local->cap_results * sizeof(*moved));
		if (local->nr_results)
			memcpy(moved, local->results, local->nr_results * sizeof(*moved));
		local->results = moved;
	}
	result.next = local->first_result[edge];
	local->first_result[edge] = local->nr_results;
	local->results[local->nr_results++] = result;
}

static void find_results(struct gcv_context_local *local, uint32_t at)
{
	const struct gcv_context_site *site = &local->sites[at];
	uint32_t i;

	for (i = 0; i < local->cfg.nr_edges; i++) {
		const struct gcv_context_test *test = &local->result_tests[i];
		struct gcv_context_result result = { .site = at };
		const struct gcv_node *n;

		if (test->expression == GCV_NONE)
			continue;
		n = &local->body->nodes[test->expression];
		result.is_met = test->is_true == (site->when == GCV_CONTEXT_IF_NOT_ZERO);
		result.is_direct = test->expression == site->call;
		if (result.is_direct || (n->kind == GCV_NODE_REF && site->variable != GCV_NONE &&
					 n->symbol == site->variable))
			add_result(local, i, result);
	}
}

static bool leaves(const struct gcv_context_local *local, const struct gcv_cfg_edge *edge,
		   uint32_t loop)
{
	const struct gcv_cfg_block *blocks = local->cfg.blocks;

	return gcv_expr_contains(local->body, loop, blocks[edge->from].loop) &&
	       !gcv_expr_contains(local->body, loop, blocks[edge->to].loop);
}

/*
 * One loop (or a callee) locks the pages of an array, another unlocks them: behind it they count as
 * unlocked, though the graph has a path that never goes round.
 */
static void find_loop_kills(struct gcv_context_local *local, const struct gcv_context_site *close)
{
	uint32_t block = local->cfg.block_of[close->call], loop, i, k;

	loop = block == GCV_NONE ? GCV_NONE : local->cfg.blocks[block].loop;
	for (i = 0; i < local->nr_sites && loop != GCV_NONE; i++) {
		const struct gcv_context_site *open = &local->sites[i];
		uint32_t from = local->cfg.block_of[open->call];

		if (!open->is_open || from == GCV_NONE || gcv_context_fit(open, close) == 3 ||
		    gcv_expr_contains(local->body, loop, open->call) ||
		    (!open->is_derived && local->cfg.blocks[from].loop == GCV_NONE))
			continue;
		for (k = 0; k < local->cfg.nr_edges; k++)
			if (leaves(local, &local->cfg.edges[k], loop))
				local->kills[k] |= (uint64_t)1 << open->bit;
	}
}

void gcv_context_edges(struct gcv_context_local *local)
{
	uint32_t nr = local->cfg.nr_edges, i;

	local->kills = gcv_arena_alloc(&local->arena, (nr + 1) * sizeof(*local->kills));
	local->first_result =
		gcv_arena_alloc(&local->arena, (nr + 1) * sizeof(*local->first_result));
	for (i = 0; i < nr; i++)
		local->first_result[i] = GCV_NONE;
	local->tests = find_tests(local, false);
	local->result_tests = find_tests(local, true);
	for (i = 0; i < local->nr_sites; i++) {
		if (local->sites[i].is_open)
			find_kills(local, &local->sites[i]);
		else if (local->sites[i].context == GCV_CONTEXT_PAGE_LOCK)
			find_loop_kills(local, &local->sites[i]);
		if (local->sites[i].when != GCV_CONTEXT_ALWAYS)
			find_results(local, i);
	}
}
