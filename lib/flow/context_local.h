/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of flow/context.h: the contexts that one function opens and closes.
 *
 *	gcv_context_sites(&local, &input, fn, calls, nr_calls);
 *	if (gcv_context_is_busy(&local)) {
 *		gcv_context_solve(&local);
 *		gcv_context_record(&local);	…fills held, dropped, is_process of the calls…
 *		gcv_context_summary(&local, &summary);
 *	}
 *	gcv_context_local_release(&local);
 *
 * A forward analysis over the control-flow graph. What is open is a set of sites, the calls that
 * opened it: "may" is the union over the paths, "must" their intersection. A close ends the latest
 * open site that fits; where there is none, it drops what the caller opened.
 */
#ifndef GCV_FLOW_CONTEXT_LOCAL_H
#define GCV_FLOW_CONTEXT_LOCAL_H

#include "flow/cfg.h"
#include "flow/context.h"

/** GCV_CONTEXT_MAX_SITES - open sites, and closing sites, that are told apart in a function */
#define GCV_CONTEXT_MAX_SITES 64

/** GCV_CONTEXT_COUNT_BITS - bits of a number in a packed set of numbers, one for each context */
#define GCV_CONTEXT_COUNT_BITS 3

/** GCV_CONTEXT_COUNT_MAX - highest of these numbers; it stands for more, too */
#define GCV_CONTEXT_COUNT_MAX 7u

_Static_assert(GCV_CONTEXTS *GCV_CONTEXT_COUNT_BITS <= 32, "a number for each context fits");

/**
 * gcv_context_count() - a number of a packed set
 * @packed: the set
 * @context: whose number
 *
 * Return: the number.
 */
static inline uint32_t gcv_context_count(uint32_t packed, uint32_t context)
{
	return packed >> context * GCV_CONTEXT_COUNT_BITS & GCV_CONTEXT_COUNT_MAX;
}

/**
 * gcv_context_set_count() - change a number of a packed set
 * @packed: the set
 * @context: whose number
 * @count: the number; cut at GCV_CONTEXT_COUNT_MAX
 */
static inline void gcv_context_set_count(uint32_t *packed, uint32_t context, uint32_t count)
{
	uint32_t shift = context * GCV_CONTEXT_COUNT_BITS;

	if (count > GCV_CONTEXT_COUNT_MAX)
		count = GCV_CONTEXT_COUNT_MAX;
	*packed = (*packed & ~(GCV_CONTEXT_COUNT_MAX << shift)) | count << shift;
}

/**
 * struct gcv_context_summary - what a function does to the contexts of its caller
 * @opens: contexts that it leaves open, as packed numbers: where it returns 0 (or nothing), and
 * where it returns something else
 * @closes: contexts of the caller that it closes
 * @may_open: mask of contexts that it leaves open on some paths, and never closes
 * @may_close: mask of contexts that it closes on some paths, and never leaves open
 * @param: 1 + position of the parameter that decides about these two, 0 where none does
 * @param_is_true: they happen where the parameter is not zero, else where it is
 * @sleeps: it always sleeps
 */
struct gcv_context_summary {
	uint32_t opens[2], closes[2];
	uint16_t may_open, may_close;
	uint8_t param;
	bool param_is_true, sleeps;
};

/**
 * struct gcv_context_input - what the analysis of a function starts from
 * @program: the program
 * @accessors: known functions
 * @summaries: by index of the function
 */
struct gcv_context_input {
	struct gcv_program *program;
	const struct gcv_accessors *accessors;
	const struct gcv_context_summary *summaries;
};

/**
 * struct gcv_context_call - a call
 * @node: CALL node
 * @nr_targets: functions that it may reach
 * @targets: their indices
 * @lock: what the table says of the callee, or NULL
 * @held: contexts that are open here because of the function itself, as packed numbers
 * @dropped: of what the caller opened so much is closed here
 * @is_direct: a function is named
 * @is_process: a call on the way sleeps: the caller was in no atomic context
 */
struct gcv_context_call {
	uint32_t node, nr_targets;
	const uint32_t *targets;
	const struct gcv_accessor_lock *lock;
	uint32_t held, dropped;
	bool is_direct, is_process;
};

/** enum gcv_context_when - with which result of a call it opens or closes */
enum gcv_context_when {
	GCV_CONTEXT_ALWAYS,
	GCV_CONTEXT_IF_ZERO,
	GCV_CONTEXT_IF_NOT_ZERO,
};

/**
 * struct gcv_context_site - a call that opens or closes one context
 * @call: CALL node
 * @context: the context
 * @is_open: which
 * @when: with which result
 * @lock: expression of the lock, or GCV_NONE where it cannot be told
 * @class: number of the first site with the same lock; GCV_NONE where @lock is
 * @is_alone: known lock for which there is no site of the other kind
 * @is_derived: the callee's body tells, not the table
 * @is_soft: it may open or close, or not
 * @is_void: soft, and without a partner in the function: not looked at
 * @variable: local variable that takes the result, or GCV_NONE
 * @writer: VAR or ASSIGN that gives it the result
 * @scope: COMPOUND or FOR whose end closes it, or GCV_NONE
 * @scope_end: index behind the last node of @scope
 * @bit: among the open or among the closing sites
 * @order: place in the order in which the graph evaluates
 * @together: open sites that may be open when this one is, this one left out
 */
struct gcv_context_site {
	uint32_t call;
	enum gcv_context context;
	bool is_open, is_alone, is_derived, is_soft, is_void;
	enum gcv_context_when when;
	uint32_t lock, class;
	uint32_t variable, writer;
	uint32_t scope, scope_end;
	uint32_t bit, order;
	uint64_t together;
};

/**
 * struct gcv_context_test - what an edge tests
 * @expression: the expression, or GCV_NONE
 * @is_true: it is not zero there
 */
struct gcv_context_test {
	uint32_t expression;
	bool is_true;
};

/**
 * struct gcv_context_result - an edge tells the result of a conditional site
 * @site: the site
 * @is_met: the result is the one that opens or closes
 * @is_direct: the condition is the call itself, not a variable that had its result once
 * @next: index of the next of the same edge, or GCV_NONE
 */
struct gcv_context_result {
	uint32_t site;
	bool is_met, is_direct;
	uint32_t next;
};

/**
 * struct gcv_context_state - what is open at some place
 * @may: open sites, on some path
 * @must: on every path
 * @may_drop: closing sites that found nothing open in the function, on some path
 * @must_drop: on every path
 * @fresh: conditional sites (by index) whose variable still has the result
 * @slept: a call that sleeps was passed on every path
 * @is_set: a path leads here
 */
struct gcv_context_state {
	uint64_t may, must, may_drop, must_drop, fresh;
	bool slept, is_set;
};

/**
 * struct gcv_context_local - the analysis of one function
 * @input: what it started from
 * @fn: the function
 * @body: its body
 * @calls: its calls by node
 * @arena: owns everything else
 * @cfg: its graph
 * @sites: sites, by node
 * @open: index of a site for each bit of the open sites
 * @close: the same for the closing sites
 * @sleeping: CALL nodes that sleep, ascending
 * @marks: for each node 0, or 1 + index of its first site; with GCV_CONTEXT_MARK_SLEEPS
 * @watched: for each symbol the conditional sites whose result it takes
 * @in: state at the begin of each block
 * @slept_after: for each block: every path from its end to an exit sleeps
 * @tests: for each edge what it tests
 * @result_tests: the same, where the test is one of a result
 * @kills: for each edge open sites that cannot be open there
 * @results: what edges tell
 * @first_result: for each edge the first of @results, or GCV_NONE
 * @scoped: open sites that end with a scope
 * @atomic: open sites of atomic contexts
 * @has_drops: something of the caller's is closed
 * @is_grown: some @together became larger
 */
struct gcv_context_local {
	const struct gcv_context_input *input;
	const struct gcv_function *fn;
	const struct gcv_body *body;
	struct gcv_context_call *calls;
	struct gcv_arena arena;
	struct gcv_cfg cfg;
	struct gcv_context_site *sites;
	uint32_t open[GCV_CONTEXT_MAX_SITES], close[GCV_CONTEXT_MAX_SITES];
	uint32_t *sleeping;
	uint32_t *marks;
	uint64_t *watched;
	struct gcv_context_state *in;
	bool *slept_after;
	struct gcv_context_test *tests, *result_tests;
	uint64_t *kills;
	struct gcv_context_result *results;
	uint32_t *first_result;
	uint64_t scoped, atomic;
	uint32_t nr_calls, nr_sites, cap_sites, nr_open, nr_close, nr_sleeping, cap_sleeping;
	uint32_t nr_results, cap_results;
	bool has_drops, is_grown;
};

/** GCV_CONTEXT_MARK_SLEEPS - in struct gcv_context_local's @marks: a call that sleeps */
#define GCV_CONTEXT_MARK_SLEEPS ((uint32_t)1 << 31)

/**
 * gcv_context_sites() - find the calls of a function that open, close or sleep
 * @local: not initialised
 * @input: kept by pointer
 * @fn: the function; its body is decoded
 * @calls: its calls, by node
 * @nr_calls: how many
 *
 * The result is for gcv_context_local_release().
 */
void gcv_context_sites(struct gcv_context_local *local, const struct gcv_context_input *input,
		       const struct gcv_function *fn, struct gcv_context_call *calls,
		       uint32_t nr_calls);

/**
 * gcv_context_is_busy() - is there anything to analyse?
 * @local: with its sites
 *
 * Return: false where no call opens, closes or sleeps.
 */
static inline bool gcv_context_is_busy(const struct gcv_context_local *local)
{
	return local->nr_sites || local->nr_sleeping;
}

/**
 * gcv_context_fit() - how well does a closing site fit an open one?
 * @open: one site
 * @close: the other; the two may change places
 *
 * Return: 0 for the same lock, 1 where a lock is not known, 2 where both locks have no site of the
 * other kind and so may be two spellings of one, 3 where they do not fit.
 */
unsigned int gcv_context_fit(const struct gcv_context_site *open,
			     const struct gcv_context_site *close);

/**
 * gcv_context_edges() - find what the edges of the graph tell about the sites
 * @local: with sites and graph
 */
void gcv_context_edges(struct gcv_context_local *local);

/**
 * gcv_context_deciding_param() - the parameter that decides whether a site is reached
 * @local: solved
 * @site: the site
 * @ret_is_true: it is reached where the parameter is not zero, else where it is
 *
 * Return: 1 + position of a parameter that the function does not change, or 0.
 */
uint32_t gcv_context_deciding_param(const struct gcv_context_local *local,
				    const struct gcv_context_site *site, bool *ret_is_true);

/**
 * gcv_context_condition() - what a condition tests, and when it holds
 * @body: the body
 * @node: the condition
 * @is_result: what is tested is a result: an error pointer counts as zero, a negative number as not
 * zero, as IS_ERR(p) and ret < 0 are asked for
 * @ret_is_true: the condition holds where the expression is not zero, else where it is zero
 *
 * Return: the expression that is tested.
 */
uint32_t gcv_context_condition(const struct gcv_body *body, uint32_t node, bool is_result,
			       bool *ret_is_true);

/**
 * gcv_context_solve() - build the graph and find the states at the begin of its blocks
 * @local: with its sites
 */
void gcv_context_solve(struct gcv_context_local *local);

/**
 * gcv_context_step() - go over one node
 * @local: solved, or on its way
 * @state: state before, and then behind the node
 * @node: the node
 */
void gcv_context_step(struct gcv_context_local *local, struct gcv_context_state *state,
		      uint32_t node);

/**
 * gcv_context_follow() - go along one edge
 * @local: solved, or on its way
 * @state: state at the end of the edge's block, and then at the begin of the next
 * @edge: the edge
 */
void gcv_context_follow(struct gcv_context_local *local, struct gcv_context_state *state,
			uint32_t edge);

/**
 * gcv_context_apply() - the result of a conditional site becomes known
 * @local: solved, or on its way
 * @state: changed
 * @site: index of the site
 * @is_met: the result is the one that opens or closes
 */
void gcv_context_apply(struct gcv_context_local *local, struct gcv_context_state *state,
		       uint32_t site, bool is_met);

/**
 * gcv_context_counts() - how often each context is open
 * @local: the analysis
 * @may: open sites; of those that are never open together one is counted
 *
 * Return: packed numbers.
 */
uint32_t gcv_context_counts(const struct gcv_context_local *local, uint64_t may);

/**
 * gcv_context_record() - fill in the calls of the function
 * @local: solved
 */
void gcv_context_record(struct gcv_context_local *local);

/**
 * gcv_context_since() - the site that opened a context
 * @local: solved
 * @call: CALL node
 * @context: the context
 *
 * Return: the latest open site of the context that may be open at @call, or NULL.
 */
const struct gcv_context_site *gcv_context_since(struct gcv_context_local *local, uint32_t call,
						 enum gcv_context context);

/**
 * gcv_context_summarise() - what the function does to the contexts of its caller
 * @local: solved
 * @ret_summary: the summary
 */
void gcv_context_summarise(struct gcv_context_local *local,
			   struct gcv_context_summary *ret_summary);

/**
 * gcv_context_local_release() - free the analysis
 * @local: the analysis
 */
void gcv_context_local_release(struct gcv_context_local *local);

#endif
