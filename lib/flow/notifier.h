/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions an MMU notifier may run, as far as that can be seen: a driver's notifier often
 * drops the pages of its user by way of a subsystem that calls back through a table of functions.
 *
 *	gcv_notifiers_build(flow, &notifiers);
 *	for (i = 0; i < notifiers.nr_callbacks; i++)
 *		if (gcv_notifiers_are_near(&notifiers, i, release) &&
 *		    gcv_notifiers_may_hide(&notifiers, release))
 *			…what the callback calls out of view may run the release…
 *	gcv_notifiers_release(&notifiers);
 */
#ifndef GCV_FLOW_NOTIFIER_H
#define GCV_FLOW_NOTIFIER_H

#include "flow/flow.h"

/**
 * struct gcv_way_in - code out of view may call a function
 * @function: index of the function
 * @member: name of the member of a table that it is stored in; NULL for one that other files can
 * call and that nobody calls in view
 */
struct gcv_way_in {
	uint32_t function;
	const char *member;
};

/** GCV_NOTIFIER_TARGETS - calls through a member that may reach more functions are not followed */
#define GCV_NOTIFIER_TARGETS 64

/**
 * struct gcv_unseen_call - a call out of view that a notifier's callback comes to
 * @callback: number of the callback
 * @function: index of the function that calls
 * @node: CALL node in its body
 * @depth: calls between the callback and it
 * @callee: what is called
 */
struct gcv_unseen_call {
	uint32_t callback;
	uint32_t function, node;
	uint32_t depth;
	const struct gcv_symbol *callee;
};

/**
 * struct gcv_notifiers - see above
 * @flow: a solved flow
 * @callbacks: functions that are stored as callbacks of MMU notifiers
 * @is_callback: the same by function
 * @folders: folders of the callbacks
 * @first_unseen: for each folder the first of @unseen whose callback is there, as its number + 1
 * @unseen: calls out of view, by callback, the nearest ones first
 * @ways: ways in from code out of view, by function
 * @is_run: for each function: a callback may run it
 * @first: for each function its first call, as the index into the flow's calls
 * @first_in: for each function the first call of it, as that index + 1
 * @next_in: for each call the next one of the same function, likewise
 * @nr_callbacks: how many
 * @nr_unseen: how many
 * @nr_ways: how many
 */
struct gcv_notifiers {
	const struct gcv_flow *flow;
	uint32_t *callbacks;
	struct gcv_map64 is_callback;
	struct gcv_intern folders;
	uint32_t *first_unseen;
	struct gcv_unseen_call *unseen;
	struct gcv_way_in *ways;
	bool *is_run;
	uint32_t *first, *first_in, *next_in;
	uint32_t nr_callbacks, cap_callbacks, nr_unseen, cap_unseen, nr_ways, cap_ways;
};

/**
 * gcv_notifiers_build() - find them
 * @flow: a solved flow; must outlive the result
 * @ret: for gcv_notifiers_release()
 */
void gcv_notifiers_build(const struct gcv_flow *flow, struct gcv_notifiers *ret);

/**
 * gcv_notifiers_are_near() - has the driver that a function is part of a callback?
 * @notifiers: the result
 * @function: index of a function
 *
 * A driver is taken for what stands in one folder.
 *
 * Return: true where it has.
 */
bool gcv_notifiers_are_near(const struct gcv_notifiers *notifiers, uint32_t function);

/**
 * gcv_notifiers_calls() - does a function call another one, also through others?
 * @notifiers: the result
 * @caller: index of the function
 * @function: index of the other one
 *
 * Return: true where it does.
 */
bool gcv_notifiers_calls(const struct gcv_notifiers *notifiers, uint32_t caller, uint32_t function);

/**
 * gcv_notifiers_ways() - list the ways by which code out of view may come to a function
 * @notifiers: the result
 * @function: index of the function
 * @ret_ways: to be freed: ways into it, or into a caller of it; NULL where there is none, or where
 * a callback is seen to run it
 *
 * Return: how many.
 */
uint32_t gcv_notifiers_ways(const struct gcv_notifiers *notifiers, uint32_t function,
			    struct gcv_way_in **ret_ways);

/**
 * gcv_notifiers_may_hide() - may a function be run by a notifier without anybody seeing it?
 * @notifiers: the result
 * @function: index of the function
 *
 * Return: true where gcv_notifiers_ways() has ways.
 */
bool gcv_notifiers_may_hide(const struct gcv_notifiers *notifiers, uint32_t function);

/**
 * gcv_notifiers_unseen() - a call out of view of a callback near a function
 * @notifiers: the result
 * @function: index of the function
 *
 * Return: the nearest one, or NULL where there is none.
 */
const struct gcv_unseen_call *gcv_notifiers_unseen(const struct gcv_notifiers *notifiers,
						   uint32_t function);

/**
 * gcv_notifiers_release() - free it
 * @notifiers: the result
 */
void gcv_notifiers_release(struct gcv_notifiers *notifiers);

#endif
