/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the checks: graphs and definitions of functions, made once and kept, and what acquires
 * reach.
 *
 *	graph = gcv_check_graph(s, function);
 *	defs = gcv_reach_at(&graph->reach, ref, &nr);
 *	for (i = gcv_check_first_use(s, acquire); i != GCV_NONE; i = gcv_check_next_use(s, i))
 *		…*gcv_check_use(s, i)…
 */
#ifndef GCV_CHECK_GRAPHS_H
#define GCV_CHECK_GRAPHS_H

#include "base/map64.h"
#include "check/check_state.h"
#include "flow/reach.h"

/**
 * struct gcv_check_graph - of a function
 * @cfg: its control-flow graph
 * @reach: its definitions
 */
struct gcv_check_graph {
	struct gcv_cfg cfg;
	struct gcv_reach reach;
};

/**
 * struct gcv_check_graphs - see above
 * @arena: owns them
 * @index: from the function to its number in @graphs
 * @graphs: the graphs
 * @nr: how many
 * @cap: room
 * @first_use: for each acquire of the flow the first of @uses, or GCV_NONE; made on first use
 * @uses: (use of the flow, next entry of the same acquire)
 * @nr_uses: how many
 * @cap_uses: room
 * @first_walk: for each acquire of the flow the first walk of its paths, or GCV_NONE; made on first
 * use
 * @next_walk: for each walk the next one of the same acquire
 * @first_caller: for each function the first call of it in the flow, or GCV_NONE; made on first use
 * @next_caller: for each call the next one of the same function
 * @is_named: for each function whether it is named without being called
 */
struct gcv_check_graphs {
	struct gcv_arena arena;
	struct gcv_map64 index;
	struct gcv_check_graph **graphs;
	uint32_t nr, cap;
	uint32_t *first_use;
	struct gcv_check_use {
		uint32_t use, next;
	} * uses;
	uint32_t nr_uses, cap_uses;
	uint32_t *first_walk, *next_walk;
	uint32_t *first_caller, *next_caller;
	bool *is_named;
};

/**
 * gcv_check_graph() - the graph of a function
 * @s: the state
 * @function: index of a function with a body
 *
 * Return: its graph, which lives as long as the state.
 */
const struct gcv_check_graph *gcv_check_graph(struct gcv_check_state *s, uint32_t function);

/**
 * gcv_check_first_walk() - the walks of an acquire's paths, in its function and in callers
 * @s: the state
 * @acquire: number of the acquire in the flow
 *
 * Return: index into the walks of the classification, or GCV_NONE.
 */
uint32_t gcv_check_first_walk(struct gcv_check_state *s, uint32_t acquire);

/**
 * gcv_check_next_walk() - the next one
 * @s: the state
 * @walk: what gcv_check_first_walk() or this function returned
 *
 * Return: as gcv_check_first_walk().
 */
uint32_t gcv_check_next_walk(const struct gcv_check_state *s, uint32_t walk);

/**
 * gcv_check_first_use() - what is done with the pages of an acquire
 * @s: the state
 * @acquire: number of the acquire in the flow
 *
 * Return: an entry for gcv_check_use() and gcv_check_next_use(), or GCV_NONE.
 */
uint32_t gcv_check_first_use(struct gcv_check_state *s, uint32_t acquire);

/**
 * gcv_check_next_use() - the next one
 * @s: the state
 * @entry: an entry
 *
 * Return: an entry, or GCV_NONE.
 */
uint32_t gcv_check_next_use(const struct gcv_check_state *s, uint32_t entry);

/**
 * gcv_check_use() - the use of an entry
 * @s: the state
 * @entry: the entry
 *
 * Return: the use.
 */
const struct gcv_flow_use *gcv_check_use(const struct gcv_check_state *s, uint32_t entry);

/**
 * gcv_check_first_caller() - who calls a function
 * @s: the state
 * @function: index of the function
 *
 * Return: index of a call of the flow, or GCV_NONE.
 */
uint32_t gcv_check_first_caller(struct gcv_check_state *s, uint32_t function);

/**
 * gcv_check_next_caller() - the next one
 * @s: the state
 * @call: index of a call of the flow
 *
 * Return: index of a call, or GCV_NONE.
 */
uint32_t gcv_check_next_caller(const struct gcv_check_state *s, uint32_t call);

/**
 * gcv_check_is_named() - may there be callers that are not in view?
 * @s: the state
 * @function: index of the function
 *
 * Return: true where the function is named without being called.
 */
bool gcv_check_is_named(struct gcv_check_state *s, uint32_t function);

/**
 * gcv_check_argument() - an argument of a call
 * @body: the body
 * @call: CALL of it
 * @position: from 0; negative for none
 *
 * Return: the node, or GCV_NONE.
 */
uint32_t gcv_check_argument(const struct gcv_body *body, uint32_t call, int position);

/**
 * gcv_check_is_internal() - does a site stand in the implementation of the acquire functions?
 * @s: the state
 * @site: index of the site
 *
 * Return: true where it does.
 */
bool gcv_check_is_internal(const struct gcv_check_state *s, uint32_t site);

/**
 * gcv_check_acquire_at() - an acquire whose pages are at a place
 * @s: the state
 * @place: the place
 *
 * Return: number of the first one in the flow that has a site of its own outside of the
 * implementation of the acquire functions; GCV_NONE where there is none.
 */
uint32_t gcv_check_acquire_at(const struct gcv_check_state *s, uint32_t place);

/**
 * gcv_check_is_alone() - do the pages at a place come from one acquire only?
 * @s: the state
 * @place: the place
 * @acquire: number of the acquire in the flow
 *
 * Several forms of a function that several configurations see count as one.
 *
 * Return: true where neither other acquires nor other pages reach it.
 */
bool gcv_check_is_alone(const struct gcv_check_state *s, uint32_t place, uint32_t acquire);

/**
 * gcv_check_graphs_release() - free all of it
 * @graphs: the graphs; zeroed ones are allowed
 */
void gcv_check_graphs_release(struct gcv_check_graphs *graphs);

#endif
