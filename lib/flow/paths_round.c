// SPDX-License-Identifier: GPL-2.0-only
/* What the rounds of a loop do that releases one page after the other. */
#include "base/alloc.h"
#include "flow/expr.h"
#include "flow/paths_state.h"

/*
 * Of the releases of a loop that stand in the branches of a condition a round comes to one: the
 * first speaks for all.
 */
static void find_instead(struct gcv_paths_walk *w)
{
	uint32_t i, k;

	for (i = 1; i < w->nr_releases; i++) {
		uint32_t node = w->releases[i], loop = w->events[node].loop;
		bool is_beside = false, is_behind = false;

		for (k = 0; k < i && loop != GCV_NONE && !is_behind; k++) {
			if (w->events[w->releases[k]].loop != loop)
				continue;
			is_beside = true;
			is_behind = gcv_cfg_reaches_in_round(w->input->cfg, w->input->body, loop,
							     w->releases[k], node);
		}
		w->is_instead[i] = is_beside && !is_behind;
	}
}

static uint32_t condition_of(const struct gcv_node *loop)
{
	return loop->children[loop->kind == GCV_NODE_WHILE ? 0 : 1];
}

/* Is a block part of a loop, or of one inside it? */
static bool is_inside(const struct gcv_paths_walk *w, uint32_t block, uint32_t loop)
{
	uint32_t at = w->input->cfg->blocks[block].loop;

	while (at != GCV_NONE && at != loop)
		at = w->input->body->nodes[at].parent;
	return at == loop;
}

/* Does a loop end before its condition says so? */
static bool is_left(const struct gcv_paths_walk *w, uint32_t loop)
{
	const struct gcv_cfg *cfg = w->input->cfg;
	uint32_t condition = condition_of(&w->input->body->nodes[loop]), i;

	for (i = 0; i < cfg->nr_edges; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[i];

		if (cfg->blocks[edge->from].is_reached && is_inside(w, edge->from, loop) &&
		    !is_inside(w, edge->to, loop) &&
		    (edge->condition == GCV_NONE ||
		     !gcv_expr_contains(w->input->body, condition, edge->condition)))
			return true;
	}
	return false;
}

/* Is there a round of a loop in which none of its releases is come to? */
static bool is_skipped(const struct gcv_paths_walk *w, uint32_t loop)
{
	const struct gcv_cfg *cfg = w->input->cfg;
	uint32_t first = gcv_cfg_round(cfg, w->input->body, loop), nr = 0, i;
	GCV_AUTOFREE bool *is_met = gcv_zalloc(cfg->nr_blocks, sizeof(*is_met));
	GCV_AUTOFREE uint32_t *stack = gcv_zalloc(cfg->nr_blocks, sizeof(*stack));

	for (i = 0; i < w->nr_releases; i++)
		if (w->events[w->releases[i]].loop == loop)
			is_met[cfg->block_of[w->releases[i]]] = true;
	if (first == GCV_NONE || is_met[first])
		return false;
	stack[nr++] = first;
	while (nr) {
		const struct gcv_cfg_block *block = &cfg->blocks[stack[--nr]];

		for (i = 0; i < block->nr_out; i++) {
			uint32_t next = cfg->edges[block->out[i]].to;

			if (next == first)
				return true;
			if (!is_met[next] && is_inside(w, next, loop)) {
				is_met[next] = true;
				stack[nr++] = next;
			}
		}
	}
	return false;
}

void gcv_paths_find_rounds(struct gcv_paths_walk *w)
{
	uint32_t i;

	find_instead(w);
	for (i = 0; i < w->nr_releases; i++) {
		struct gcv_paths_event *event = &w->events[w->releases[i]];

		/* An empty slot is no page that is left. */
		if (event->loop != GCV_NONE && !event->is_null_checked)
			event->is_some = is_skipped(w, event->loop) ||
					 (event->count != GCV_NONE && is_left(w, event->loop));
	}
}
