// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that is counted as pinned or locked (mm/util.c account_locked_vm(), struct mm_struct)
 * must be taken off the count again where the function fails, all of it.
 */
#include "check/graphs.h"
#include "flow/expr.h"
#include "flow/paths.h"

#include <string.h>

/** MAX_DEPTH - functions called one by the other in which the count is looked for */
#define MAX_DEPTH 3

/** enum counting - what a node does to a count of pages */
enum counting { COUNTING_NOT, COUNTING_UP, COUNTING_DOWN, COUNTING_EITHER };

/**
 * struct counter - a function that counts
 * @name: its name
 * @counting: what it does
 * @amount: argument that is the number of pages or bytes
 * @up: argument that is true for up and false for down, or -1
 * @field: argument that is the address of the count, or -1
 * @result: what it returns
 */
struct counter {
	const char *name;
	enum counting counting;
	int amount, up, field;
	enum gcv_api_result result;
};

static const struct counter counters[] = {
	{ "account_locked_vm", COUNTING_EITHER, 1, 2, -1, GCV_API_RESULT_ZERO_OR_ERRNO },
	{ "__account_locked_vm", COUNTING_EITHER, 1, 2, -1, GCV_API_RESULT_ZERO_OR_ERRNO },
	{ "mm_account_pinned_pages", COUNTING_UP, 1, -1, -1, GCV_API_RESULT_ZERO_OR_ERRNO },
	{ "mm_unaccount_pinned_pages", COUNTING_DOWN, -1, -1, -1, GCV_API_RESULT_VOID },
	{ "atomic64_add", COUNTING_UP, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic64_add_return", COUNTING_UP, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic64_sub", COUNTING_DOWN, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic64_sub_return", COUNTING_DOWN, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic_long_add", COUNTING_UP, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic_long_add_return", COUNTING_UP, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic_long_sub", COUNTING_DOWN, 0, -1, 1, GCV_API_RESULT_VOID },
	{ "atomic_long_sub_return", COUNTING_DOWN, 0, -1, 1, GCV_API_RESULT_VOID },
};

/* include/linux/mm_types.h and include/linux/sched/user.h */
static const struct {
	const char *owner, *name;
} fields[] = {
	{ "struct mm_struct", "pinned_vm" },
	{ "struct mm_struct", "locked_vm" },
	{ "struct user_struct", "locked_vm" },
};

static bool is_field(const struct gcv_body *body, uint32_t node)
{
	uint32_t end = node == GCV_NONE ? 0 : gcv_expr_end(body, node), i;
	size_t k;

	for (i = node; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];

		if (n->kind != GCV_NODE_MEMBER || n->symbol == GCV_NONE)
			continue;
		for (k = 0; k < sizeof(fields) / sizeof(fields[0]); k++)
			if (strcmp(body->symbols[n->symbol].name, fields[k].name) == 0 &&
			    strncmp(body->symbols[n->symbol].owner, fields[k].owner,
				    strlen(fields[k].owner)) == 0)
				return true;
	}
	return false;
}

static enum counting counting_at(const struct gcv_body *body, uint32_t node,
				 const struct counter **ret_counter)
{
	const struct gcv_symbol *callee =
		body->nodes[node].kind == GCV_NODE_CALL ? gcv_body_callee(body, node) : NULL;
	int64_t up;
	size_t i;

	for (i = 0; callee && i < sizeof(counters) / sizeof(counters[0]); i++) {
		const struct counter *counter = &counters[i];

		if (strcmp(counter->name, callee->name) != 0)
			continue;
		*ret_counter = counter;
		if (counter->field >= 0 &&
		    !is_field(body, gcv_check_argument(body, node, counter->field)))
			return COUNTING_NOT;
		if (counter->up < 0)
			return counter->counting;
		if (!gcv_expr_int(body, gcv_check_argument(body, node, counter->up), &up))
			return COUNTING_EITHER;
		return up ? COUNTING_UP : COUNTING_DOWN;
	}
	return COUNTING_NOT;
}

/**
 * struct account - a function that counts up
 * @s: the state
 * @function: index of the function
 * @body: its body
 */
struct account {
	struct gcv_check_state *s;
	uint32_t function;
	const struct gcv_body *body;
};

/* Does a function, or one that it calls other than @except, count down? */
static bool counts_down(const struct gcv_check_state *s, uint32_t function, uint32_t except,
			int depth)
{
	const struct gcv_function *fn = &s->facts->functions[function];
	const struct counter *counter;
	uint32_t i, k;

	if (!fn->body)
		return false;
	for (i = 0; i < fn->body->nr_nodes; i++) {
		struct gcv_program_targets targets;
		enum counting counting;

		if (fn->body->nodes[i].kind != GCV_NODE_CALL)
			continue;
		counting = counting_at(fn->body, i, &counter);
		if (counting == COUNTING_DOWN || counting == COUNTING_EITHER)
			return true;
		if (depth >= MAX_DEPTH)
			continue;
		targets = gcv_program_callees(s->flow->input.program, fn, i);
		for (k = 0; k < targets.nr && k < 4; k++)
			if (targets.functions[k] != except &&
			    counts_down(s, targets.functions[k], except, depth + 1))
				return true;
	}
	return false;
}

static bool is_counted_down_by(const struct account *a, uint32_t call)
{
	const struct gcv_program_targets targets = gcv_program_callees(
		a->s->flow->input.program, &a->s->facts->functions[a->function], call);
	uint32_t k;

	for (k = 0; k < targets.nr; k++)
		if (counts_down(a->s, targets.functions[k], GCV_NONE, 1))
			return true;
	return false;
}

/* For struct gcv_paths_input: counting down is what a release is for pages. */
static void find_event(void *ctx, uint32_t node, struct gcv_paths_event *event)
{
	const struct account *a = ctx;
	const struct counter *counter;
	enum counting counting;

	if (a->body->nodes[node].kind != GCV_NODE_CALL)
		return;
	counting = counting_at(a->body, node, &counter);
	if (counting == COUNTING_UP || (counting == COUNTING_NOT && !is_counted_down_by(a, node)))
		return;
	event->effect = GCV_PATHS_RELEASE;
	event->is_all = true;
}

/* Is something else in a variable at its second use, which was put there behind a call? */
static bool is_changed(const struct gcv_check_graph *graph, uint32_t call, uint32_t first,
		       uint32_t second)
{
	uint32_t nr, nr_before, i, k;
	const uint32_t *defs = gcv_reach_at(&graph->reach, second, &nr);
	const uint32_t *before = gcv_reach_at(&graph->reach, first, &nr_before);

	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &graph->reach.defs[defs[i]];

		for (k = 0; k < nr_before && before[k] != defs[i]; k++)
			;
		if (k == nr_before && !def->is_part &&
		    (def->kind == GCV_REACH_ASSIGN || def->kind == GCV_REACH_STEP) &&
		    gcv_cfg_reaches(&graph->cfg, call, def->node))
			return true;
	}
	return false;
}

/* The variable of an amount that is another one where it is taken off; or GCV_NONE. */
static uint32_t changed_amount(const struct account *a, uint32_t call,
			       const struct counter *counter, uint32_t down)
{
	const struct gcv_check_graph *graph = gcv_check_graph(a->s, a->function);
	uint32_t first = gcv_check_argument(a->body, call, counter->amount), second, end, i;
	const struct counter *other;

	if (counting_at(a->body, down, &other) == COUNTING_NOT)
		return GCV_NONE;
	second = gcv_check_argument(a->body, down, other->amount);
	if (first == GCV_NONE || second == GCV_NONE)
		return GCV_NONE;
	first = gcv_expr_plain(a->body, first);
	second = gcv_expr_plain(a->body, second);
	if (!gcv_expr_equal(a->body, first, second))
		return GCV_NONE;
	end = gcv_expr_end(a->body, first);
	for (i = 0; first + i < end; i++)
		if (a->body->nodes[second + i].kind == GCV_NODE_REF &&
		    is_changed(graph, call, first + i, second + i))
			return second + i;
	return GCV_NONE;
}

/* Callers that may put it right. */
static bool is_mended_by_callers(struct gcv_check_state *s, uint32_t function)
{
	uint32_t i = gcv_check_first_caller(s, function);

	for (; i != GCV_NONE; i = gcv_check_next_caller(s, i))
		if (counts_down(s, s->flow->calls[i].function, function, 0))
			return true;
	return gcv_check_is_named(s, function);
}

static void tell_kept(struct account *a, uint32_t site, uint32_t call,
		      const struct counter *counter, const struct gcv_path *path, bool is_exact)
{
	struct gcv_fault *fault;

	fault = gcv_check_tell(a->s, GCV_CHECK_ACCOUNTING_MISMATCH,
			       is_mended_by_callers(a->s, a->function) ? GCV_CONFIDENCE_LOW
			       : is_exact			       ? GCV_CONFIDENCE_HIGH
								       : GCV_CONFIDENCE_MEDIUM,
			       site, a->function, path->exit,
			       "an error is returned, and what %s() has counted is not taken back",
			       counter->name);
	gcv_check_note(a->s, fault, a->function, call, "the pages are counted here");
}

/* What has been worked off meanwhile is no longer in the number that is taken off. */
static void check_amount(struct account *a, uint32_t site, uint32_t call,
			 const struct counter *counter, uint32_t down)
{
	uint32_t ref = changed_amount(a, call, counter, down);
	struct gcv_fault *fault;

	if (ref == GCV_NONE)
		return;
	fault = gcv_check_tell(a->s, GCV_CHECK_ACCOUNTING_MISMATCH,
			       is_mended_by_callers(a->s, a->function) ? GCV_CONFIDENCE_LOW
								       : GCV_CONFIDENCE_HIGH,
			       site, a->function, down,
			       "an error is returned, and another number is taken back than %s() "
			       "has counted",
			       counter->name);
	gcv_check_note(a->s, fault, a->function, call, "the pages are counted here");
	gcv_check_note(a->s, fault, a->function, ref, "%s has changed since",
		       a->body->symbols[a->body->nodes[ref].symbol].name);
}

static void check_call(struct account *a, uint32_t site, uint32_t call,
		       const struct counter *counter)
{
	const struct gcv_check_graph *graph = gcv_check_graph(a->s, a->function);
	struct gcv_paths_input input = { .body = a->body,
					 .cfg = &graph->cfg,
					 .reach = &graph->reach,
					 .call = call,
					 .result = counter->result,
					 .count = GCV_NONE,
					 .pages = GCV_NONE,
					 .event = find_event,
					 .ctx = a };
	struct gcv_arena arena = { 0 };
	struct gcv_paths paths;
	uint32_t i;

	gcv_paths_build(&input, &arena, &paths);
	for (i = 0; i < paths.nr && paths.is_complete; i++) {
		const struct gcv_path *path = &paths.paths[i];

		if (path->outcome != GCV_PATH_FULL || path->exit == GCV_NONE || path->exit == call)
			continue;
		if (path->end == GCV_PATH_LEAKED && path->returned == GCV_PATH_NEGATIVE)
			tell_kept(a, site, call, counter, path, paths.is_exact);
		else if (path->end == GCV_PATH_RELEASED && path->returned &&
			 !(path->returned & GCV_PATH_0))
			check_amount(a, site, call, counter, path->release);
	}
	gcv_arena_release(&arena);
}

bool gcv_check_counts_up(const struct gcv_check_state *s, uint32_t function)
{
	const struct gcv_body *body = s->facts->functions[function].body;
	const struct counter *counter;
	uint32_t i;

	for (i = 0; body && i < body->nr_nodes; i++)
		if (counting_at(body, i, &counter) == COUNTING_UP)
			return true;
	return false;
}

static void check_function(struct gcv_check_state *s, uint32_t site, uint32_t function)
{
	struct account a = { s, function, s->facts->functions[function].body };
	const struct counter *counter;
	uint32_t i;

	for (i = 0; a.body && i < a.body->nr_nodes; i++)
		if (counting_at(a.body, i, &counter) == COUNTING_UP)
			check_call(&a, site, i, counter);
}

void gcv_check_account(struct gcv_check_state *s)
{
	uint32_t i, k;

	for (i = 0; i < s->flow->nr_acquires; i++) {
		const struct gcv_flow_acquire *acquire = &s->flow->acquires[i];

		if (acquire->site == GCV_NONE || gcv_check_is_internal(s, acquire->site))
			continue;
		check_function(s, acquire->site, acquire->function);
		for (k = gcv_check_first_caller(s, acquire->function); k != GCV_NONE;
		     k = gcv_check_next_caller(s, k))
			check_function(s, acquire->site, s->flow->calls[k].function);
	}
}
