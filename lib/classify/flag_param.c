// SPDX-License-Identifier: GPL-2.0-only
/* A flag that is a parameter: what it holds where it is read. */
#include "classify/flag.h"
#include "flow/expr.h"
#include "flow/reach.h"

/* page = NULL; */
static bool clears_page(const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[at];
	struct gcv_expr_type type;

	if (node->kind != GCV_NODE_ASSIGN || node->op != GCV_OP_ASSIGN ||
	    !gcv_expr_is_int(body, node->children[1], 0))
		return false;
	type = gcv_expr_type(body, node->children[0]);
	return gcv_expr_type_is(&type, "struct page", 1) ||
	       gcv_expr_type_is(&type, "struct folio", 1);
}

/*
 * put = 0; page = NULL; in one block: the flag no longer speaks of the page that the caller passed,
 * and that page is not there any more.
 */
static bool is_without_page(const struct gcv_body *body, uint32_t assign)
{
	uint32_t block = body->nodes[assign].parent, i;

	if (block == GCV_NONE || body->nodes[block].kind != GCV_NODE_COMPOUND)
		return false;
	for (i = 0; i < body->nodes[block].nr_children; i++)
		if (clears_page(body, body->nodes[block].children[i]))
			return true;
	return false;
}

static bool is_constant_def(const struct gcv_body *body, const struct gcv_reach_def *def)
{
	const struct gcv_node *node;
	int64_t value;

	if (def->kind != GCV_REACH_ASSIGN || def->is_part || def->keeps)
		return false;
	node = &body->nodes[def->node];
	return node->op == GCV_OP_ASSIGN && gcv_flag_constant(body, node->children[1], &value) &&
	       is_without_page(body, def->node);
}

static bool read_defs(const struct gcv_body *body, const struct gcv_reach *reach, uint32_t ref,
		      uint32_t *ret_values, uint32_t max, uint32_t *ret_nr)
{
	uint32_t nr, i, nr_values = 0;
	const uint32_t *defs = gcv_reach_at(reach, ref, &nr);
	bool is_passed = false;

	for (i = 0; i < nr; i++) {
		const struct gcv_reach_def *def = &reach->defs[defs[i]];

		if (def->kind == GCV_REACH_PARAM)
			is_passed = true;
		else if (nr_values < max && is_constant_def(body, def))
			ret_values[nr_values++] = body->nodes[def->node].children[1];
		else
			return false;
	}
	*ret_nr = nr_values;
	return is_passed;
}

bool gcv_flag_param_at(const struct gcv_body *body, uint32_t ref, uint32_t *ret_values,
		       uint32_t max, uint32_t *ret_nr)
{
	struct gcv_arena arena = { 0 };
	struct gcv_reach reach;
	struct gcv_cfg cfg;
	bool is_known;

	*ret_nr = 0;
	if (!gcv_expr_count_writes(body, 0, body->nodes[ref].symbol, NULL))
		return true;
	gcv_cfg_build(body, &arena, &cfg);
	gcv_reach_build(body, &cfg, &arena, &reach);
	is_known = cfg.is_complete && reach.is_exact &&
		   read_defs(body, &reach, ref, ret_values, max, ret_nr);
	gcv_arena_release(&arena);
	return is_known;
}
