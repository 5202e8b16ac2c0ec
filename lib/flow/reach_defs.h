/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of flow/reach.h: which nodes define or use which variables.
 *
 *	gcv_reach_find_defs(body, cfg, &events);
 */
#ifndef GCV_FLOW_REACH_DEFS_H
#define GCV_FLOW_REACH_DEFS_H

#include "flow/reach.h"

/**
 * struct gcv_reach_defs - definitions as they are found
 * @body: the body
 * @cfg: its graph
 * @choice: which variables are followed
 * @defs: as in the result; sorted by node only in the end
 * @nr: how many
 * @cap: room
 */
struct gcv_reach_defs {
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	const struct gcv_reach_choice *choice;
	struct gcv_reach_def *defs;
	uint32_t nr, cap;
};

/**
 * gcv_reach_find() - find the definitions in the nodes that are evaluated
 * @d: with @body, @cfg and @choice set; the caller frees @defs
 */
void gcv_reach_find(struct gcv_reach_defs *d);

/**
 * gcv_reach_variable() - is a symbol followed?
 * @symbol: the symbol
 *
 * Return: true for local variables and parameters.
 */
bool gcv_reach_variable(const struct gcv_symbol *symbol);

/**
 * gcv_reach_is_target() - is a REF nothing but the target of a plain assignment?
 * @body: the body
 * @ref: the REF
 *
 * Return: true where its old value is not used.
 */
bool gcv_reach_is_target(const struct gcv_body *body, uint32_t ref);

#endif
