/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way of a page, step by step, for people.
 *
 *	gcv_trace(flow, release->place, acquire->atom, &arena, &steps, &nr);
 *	for (i = 0; i < nr; i++)
 *		…steps[i].text at steps[i].node of steps[i].function…
 */
#ifndef GCV_FLOW_TRACE_H
#define GCV_FLOW_TRACE_H

#include "flow/flow.h"

/** GCV_TRACE_STEPS - longest way that is told */
#define GCV_TRACE_STEPS 200

/**
 * struct gcv_trace_step - a step
 * @function: index of the function whose code does it
 * @node: node there
 * @text: what it does ("stored in struct rds_mr.r_sg"), without a full stop
 */
struct gcv_trace_step {
	uint32_t function, node;
	const char *text;
};

/**
 * gcv_trace() - how an atom came to a place
 * @flow: a solved flow
 * @place: the place
 * @atom: the atom
 * @arena: owns the result
 * @ret_steps: from where it comes up to the place
 * @ret_nr: how many; 0 where the atom is not there
 *
 * One of the shortest ways in order of discovery, not all of them.
 */
void gcv_trace(const struct gcv_flow *flow, uint32_t place, uint32_t atom, struct gcv_arena *arena,
	       struct gcv_trace_step **ret_steps, uint32_t *ret_nr);

/**
 * gcv_trace_source() - where an atom that came to a place comes up
 * @flow: a solved flow
 * @place: the place
 * @atom: the atom
 *
 * Return: the place where its way begins: a call (a GCV_PLACE_TEMP with its node), a parameter; 0
 * where the atom is not there.
 */
uint32_t gcv_trace_source(const struct gcv_flow *flow, uint32_t place, uint32_t atom);

/**
 * gcv_trace_name() - what a place is called
 * @flow: a solved flow
 * @place: the place
 *
 * Return: name of the function called, of the parameter, variable, field or cell; or "".
 */
const char *gcv_trace_name(const struct gcv_flow *flow, uint32_t place);

#endif
