/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of flow/context.h: the contexts of a whole program.
 *
 *	st = gcv_context_load(contexts, err);	…finds the calls of all functions…
 *	gcv_context_locals(contexts);		…analyses function by function…
 *	gcv_context_spread(contexts);		…goes from callbacks and callers to callees…
 */
#ifndef GCV_FLOW_CONTEXT_PROGRAM_H
#define GCV_FLOW_CONTEXT_PROGRAM_H

#include "flow/context_local.h"

/**
 * struct gcv_context_reason - where a function's inherited context comes from
 * @function: the caller, or the function or variable that stores it as a callback
 * @node: CALL node in the caller, or GCV_NONE for a callback
 * @line: for a callback the line
 * @where: for a callback where it is stored
 */
struct gcv_context_reason {
	uint32_t function, node, line;
	const char *where;
};

/**
 * struct gcv_contexts - see flow/context.h
 * @input: program and table
 * @calls: calls of all functions, by function and node
 * @first_call: for each function its first call; one more than there are functions
 * @summaries: for each function what it does to its caller
 * @inherited: for each function the contexts that callers have open, as packed numbers
 * @reasons: for each function and context the first reason
 */
struct gcv_contexts {
	struct gcv_context_input input;
	struct gcv_context_call *calls;
	uint32_t *first_call;
	struct gcv_context_summary *summaries;
	uint32_t *inherited;
	struct gcv_context_reason *reasons;
	uint32_t nr_calls, cap_calls;
};

/**
 * gcv_context_load() - decode all bodies and find the calls
 * @contexts: with its input
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_program_body() returned.
 */
enum gcv_status gcv_context_load(struct gcv_contexts *contexts, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_context_locals() - find what functions open and close, also for their callers
 * @contexts: loaded
 */
void gcv_context_locals(struct gcv_contexts *contexts);

/**
 * gcv_context_spread() - hand contexts on to callees
 * @contexts: with calls recorded
 */
void gcv_context_spread(struct gcv_contexts *contexts);

/**
 * gcv_context_effective() - the contexts at a call
 * @call: the call
 * @inherited: contexts of its function, as packed numbers
 *
 * Return: packed numbers.
 */
uint32_t gcv_context_effective(const struct gcv_context_call *call, uint32_t inherited);

#endif
