// SPDX-License-Identifier: GPL-2.0-only
/* The last part of making a graph: arrays of their final size, the order, what leads back. */
#include "flow/cfg_build.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *copy(struct gcv_arena *arena, const uint32_t *from, uint32_t nr)
{
	uint32_t *to = gcv_arena_alloc(arena, sizeof(*to) * nr);

	if (nr)
		memcpy(to, from, sizeof(*to) * nr);
	return to;
}

static void finish_blocks(struct gcv_cfg_builder *b, struct gcv_arena *arena, struct gcv_cfg *cfg)
{
	uint32_t *steps = copy(arena, b->steps, b->nr_steps);
	uint32_t *nodes = copy(arena, b->nodes, b->nr_nodes);
	uint32_t i;

	cfg->nr_blocks = b->nr_blocks;
	cfg->blocks = gcv_arena_alloc(arena, sizeof(*cfg->blocks) * b->nr_blocks);
	for (i = 0; i < b->nr_blocks; i++) {
		cfg->blocks[i].steps = steps + b->blocks[i].first_step;
		cfg->blocks[i].nr_steps = b->blocks[i].nr_steps;
		cfg->blocks[i].nodes = nodes + b->blocks[i].first_node;
		cfg->blocks[i].nr_nodes = b->blocks[i].nr_nodes;
		cfg->blocks[i].loop = b->blocks[i].loop;
	}
}

static void finish_edges(struct gcv_cfg_builder *b, struct gcv_arena *arena, struct gcv_cfg *cfg)
{
	uint32_t *out = gcv_arena_alloc(arena, sizeof(*out) * b->nr_edges);
	uint32_t *in = gcv_arena_alloc(arena, sizeof(*in) * b->nr_edges);
	uint32_t i;

	cfg->nr_edges = b->nr_edges;
	cfg->edges = gcv_arena_alloc(arena, sizeof(*cfg->edges) * b->nr_edges);
	if (b->nr_edges)
		memcpy(cfg->edges, b->edges, sizeof(*cfg->edges) * b->nr_edges);
	for (i = 0; i < b->nr_edges; i++) {
		cfg->blocks[b->edges[i].from].nr_out++;
		cfg->blocks[b->edges[i].to].nr_in++;
	}
	for (i = 0; i < b->nr_blocks; i++) {
		cfg->blocks[i].out = out;
		cfg->blocks[i].in = in;
		out += cfg->blocks[i].nr_out;
		in += cfg->blocks[i].nr_in;
		cfg->blocks[i].nr_out = cfg->blocks[i].nr_in = 0;
	}
	for (i = 0; i < b->nr_edges; i++) {
		struct gcv_cfg_block *from = &cfg->blocks[b->edges[i].from];
		struct gcv_cfg_block *to = &cfg->blocks[b->edges[i].to];

		from->out[from->nr_out++] = i;
		to->in[to->nr_in++] = i;
	}
}

enum color { UNSEEN, OPEN, DONE };

/* Depth first from the entry; an edge to a block that is still open leads back. */
static void find_order(struct gcv_cfg *cfg, struct gcv_arena *arena)
{
	uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));
	uint32_t *next = gcv_zalloc(cfg->nr_blocks, sizeof(*next));
	unsigned char *color = gcv_zalloc(cfg->nr_blocks, 1);
	uint32_t *order = gcv_zalloc(cfg->nr_blocks, sizeof(*order));
	uint32_t depth = 1, first = cfg->nr_blocks;

	color[0] = OPEN;
	while (depth) {
		uint32_t at = stack[depth - 1];
		struct gcv_cfg_block *block = &cfg->blocks[at];
		struct gcv_cfg_edge *edge;

		if (next[at] == block->nr_out) {
			color[at] = DONE;
			block->is_reached = true;
			order[--first] = at;
			depth--;
			continue;
		}
		edge = &cfg->edges[block->out[next[at]++]];
		edge->is_back = color[edge->to] == OPEN;
		if (color[edge->to] == UNSEEN) {
			color[edge->to] = OPEN;
			stack[depth++] = edge->to;
		}
	}
	cfg->nr_order = cfg->nr_blocks - first;
	cfg->order = copy(arena, order + first, cfg->nr_order);
	free(stack);
	free(next);
	free(color);
	free(order);
}

void gcv_cfg_finish(struct gcv_cfg_builder *b, struct gcv_arena *arena, struct gcv_cfg *ret_cfg)
{
	struct gcv_cfg cfg = { .block_of = b->block_of,
			       .exit = b->exit,
			       .hubs = { b->asm_labels, b->computed },
			       .is_lost = b->is_lost };

	cfg.is_complete = !b->is_lost && b->asm_labels == GCV_NONE && b->computed == GCV_NONE;

	finish_blocks(b, arena, &cfg);
	finish_edges(b, arena, &cfg);
	find_order(&cfg, arena);
	*ret_cfg = cfg;
}
