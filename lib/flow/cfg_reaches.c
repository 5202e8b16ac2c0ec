// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "flow/cfg.h"

/* @round: block that paths do not lead through, or GCV_NONE */
static bool reaches(const struct gcv_cfg *cfg, uint32_t from, uint32_t to, uint32_t round)
{
	uint32_t start = cfg->block_of[from], end = cfg->block_of[to], nr = 0, i;
	GCV_AUTOFREE bool *is_met = gcv_zalloc(cfg->nr_blocks, sizeof(*is_met));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));

	if (start == GCV_NONE || end == GCV_NONE)
		return false;
	if (start == end && from < to)
		return true;
	if (round != GCV_NONE)
		is_met[round] = true;
	stack[nr++] = start;
	while (nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--nr]];

		for (i = 0; i < block->nr_out; i++) {
			uint32_t next = cfg->edges[block->out[i]].to;

			if (next == end && next != round)
				return true;
			if (!is_met[next]) {
				is_met[next] = true;
				stack[nr++] = next;
			}
		}
	}
	return false;
}

bool gcv_cfg_reaches(const struct gcv_cfg *cfg, uint32_t from, uint32_t to)
{
	return reaches(cfg, from, to, GCV_NONE);
}

uint32_t gcv_cfg_round(const struct gcv_cfg *cfg, const struct gcv_body *body, uint32_t loop)
{
	const struct gcv_node *n = &body->nodes[loop];

	return cfg->block_of[n->children[n->kind == GCV_NODE_FOR     ? 3
					 : n->kind == GCV_NODE_WHILE ? 1
								     : 0]];
}

bool gcv_cfg_reaches_in_round(const struct gcv_cfg *cfg, const struct gcv_body *body, uint32_t loop,
			      uint32_t from, uint32_t to)
{
	return reaches(cfg, from, to, gcv_cfg_round(cfg, body, loop));
}
