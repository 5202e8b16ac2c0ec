// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which places a walk follows: those that conditions, counts of releases and returns read, and
 * those whose values get there by assignment. Of more than can be followed the most important ones.
 */
#include "flow/expr.h"
#include "flow/paths_state.h"
#include "flow/reach_defs.h"

#include <stdlib.h>
#include <string.h>

struct candidate {
	struct gcv_paths_place place;
	uint32_t weight, nr_reads, nr_writes;
	bool is_lost;
};

struct chooser {
	struct gcv_paths_walk *w;
	const struct gcv_body *body;
	struct candidate *candidates;
	uint32_t nr, cap;
	uint32_t *of_node; /* candidate of a node, or GCV_NONE */
};

static bool is_scalar(const char *type)
{
	size_t len = strlen(type);

	if (!len || type[len - 1] == ']')
		return false;
	return type[len - 1] == '*' ||
	       (!strstr(type, "struct ") && !strstr(type, "union ") && !strchr(type, '('));
}

/* false where the node is no place, or too long a one. */
static bool read_place(const struct gcv_body *body, uint32_t at, struct gcv_paths_place *ret)
{
	const struct gcv_node *node = &body->nodes[at];
	struct gcv_paths_place place = { 0 };

	for (; node->kind == GCV_NODE_MEMBER; node = &body->nodes[node->children[0]]) {
		if (place.nr_fields == GCV_PATHS_FIELDS)
			return false;
		place.fields[place.nr_fields++] = node->symbol;
	}
	if (node->kind != GCV_NODE_REF || (body->symbols[node->symbol].kind != GCV_SYMBOL_LOCAL &&
					   body->symbols[node->symbol].kind != GCV_SYMBOL_PARAM))
		return false;
	place.symbol = node->symbol;
	*ret = place;
	return true;
}

static bool is_same_place(const struct gcv_paths_place *a, const struct gcv_paths_place *b)
{
	return a->symbol == b->symbol && a->nr_fields == b->nr_fields &&
	       memcmp(a->fields, b->fields, sizeof(a->fields[0]) * a->nr_fields) == 0;
}

static uint32_t candidate_of(struct chooser *c, const struct gcv_paths_place *place)
{
	uint32_t i;

	for (i = 0; i < c->nr; i++)
		if (is_same_place(&c->candidates[i].place, place))
			return i;
	/* Enough to choose from; more would take time. */
	if (c->nr == 500)
		return GCV_NONE;
	GCV_GROW(c->candidates, c->nr, c->cap);
	c->candidates[c->nr] = (struct candidate){ .place = *place };
	return c->nr++;
}

static void find_candidates(struct chooser *c)
{
	uint32_t i;

	for (i = 0; i < c->body->nr_nodes; i++) {
		const struct gcv_node *node = &c->body->nodes[i];
		struct gcv_paths_place place;

		c->of_node[i] = GCV_NONE;
		if (node->kind == GCV_NODE_VAR)
			place = (struct gcv_paths_place){ .symbol = node->symbol };
		else if ((node->kind != GCV_NODE_REF && node->kind != GCV_NODE_MEMBER) ||
			 !read_place(c->body, i, &place))
			continue;
		if (is_scalar(c->body->symbols[node->symbol].canonical))
			c->of_node[i] = candidate_of(c, &place);
	}
}

static uint32_t written_candidate(const struct chooser *c, uint32_t node)
{
	const struct gcv_node *at = &c->body->nodes[node];

	if (at->kind == GCV_NODE_VAR)
		return c->of_node[node];
	if (at->kind == GCV_NODE_ASSIGN ||
	    (at->kind == GCV_NODE_UNARY && at->op >= GCV_OP_POST_INC && at->op <= GCV_OP_PRE_DEC))
		return c->of_node[gcv_expr_plain(c->body, at->children[0])];
	return GCV_NONE;
}

/* Add weight to all places that are read below @node. */
static void weigh(struct chooser *c, uint32_t node, uint32_t weight)
{
	uint32_t i, end;

	if (node == GCV_NONE)
		return;
	end = gcv_expr_end(c->body, node);
	for (i = node; i < end; i++) {
		if (c->of_node[i] == GCV_NONE)
			continue;
		if (c->candidates[c->of_node[i]].weight < weight)
			c->candidates[c->of_node[i]].weight = weight;
		c->candidates[c->of_node[i]].nr_reads++;
	}
}

static void weigh_conditions(struct chooser *c)
{
	const struct gcv_cfg *cfg = c->w->input->cfg;
	uint32_t i;

	for (i = 0; i < cfg->nr_edges; i++) {
		const struct gcv_cfg_edge *edge = &cfg->edges[i];

		if (edge->sense != GCV_CFG_TRUE && edge->sense != GCV_CFG_DEFAULT)
			continue;
		weigh(c, edge->condition, 10);
		/* In a loop it is read again and again. */
		if (edge->sense == GCV_CFG_DEFAULT && cfg->blocks[edge->from].loop != GCV_NONE)
			weigh(c, edge->condition, 10);
	}
}

static void weigh_nodes(struct chooser *c)
{
	const struct gcv_body *body = c->body;
	uint32_t i, k;

	for (i = 0; i < body->nr_nodes; i++) {
		uint32_t written = written_candidate(c, i);

		if (written != GCV_NONE &&
		    (body->nodes[i].kind != GCV_NODE_VAR ||
		     body->nodes[body->nodes[i].children[0]].kind != GCV_NODE_NONE))
			c->candidates[written].nr_writes++;
		if (body->nodes[i].kind == GCV_NODE_RETURN)
			weigh(c, body->nodes[i].children[0], 8);
		if (c->w->events[i].effect == GCV_PATHS_RELEASE)
			weigh(c, c->w->events[i].count, 50);
		if (written != GCV_NONE && gcv_expr_contains(body, i, c->w->input->call))
			c->candidates[written].weight = 100;
	}
	weigh(c, c->w->input->count, 60);
	for (k = 0; k < c->w->input->reach->nr_defs; k++) {
		const struct gcv_reach_def *def = &c->w->input->reach->defs[k];

		/* Where the address is kept, anybody may write at any time. */
		for (i = 0; def->kind == GCV_REACH_ADDRESS && i < c->nr; i++)
			if (c->candidates[i].place.symbol == def->symbol &&
			    !strchr(body->symbols[def->symbol].canonical, '*'))
				c->candidates[i].is_lost = true;
	}
}

/* A place whose value is assigned to an important one is nearly as important. */
static void spread_weight(struct chooser *c)
{
	uint32_t round, i, written;

	for (round = 0; round < 3; round++)
		for (i = c->body->nr_nodes; i-- > 0;) {
			written = written_candidate(c, i);
			if (written == GCV_NONE || c->candidates[written].weight < 6)
				continue;
			if (c->body->nodes[i].kind == GCV_NODE_VAR)
				weigh(c, c->body->nodes[i].children[0],
				      c->candidates[written].weight / 2);
			else if (c->body->nodes[i].kind == GCV_NODE_ASSIGN)
				weigh(c, c->body->nodes[i].children[1],
				      c->candidates[written].weight / 2);
		}
}

/* Only what is read more than once, or written and read, can tell one branch from another. */
static bool is_useful(const struct candidate *candidate)
{
	return candidate->weight && !candidate->is_lost &&
	       (candidate->weight >= 50 || candidate->nr_writes || candidate->nr_reads > 1);
}

static void take_best(struct chooser *c)
{
	struct gcv_paths_walk *w = c->w;
	uint8_t *taken = gcv_zalloc(c->nr, 1);
	uint32_t i, best;

	memset(taken, GCV_PATHS_NO_PLACE, c->nr);
	while (w->nr_places < GCV_PATHS_PLACES) {
		best = GCV_NONE;
		for (i = 0; i < c->nr; i++)
			if (taken[i] == GCV_PATHS_NO_PLACE && is_useful(&c->candidates[i]) &&
			    (best == GCV_NONE ||
			     c->candidates[i].weight > c->candidates[best].weight))
				best = i;
		if (best == GCV_NONE)
			break;
		taken[best] = (uint8_t)w->nr_places;
		w->places[w->nr_places++] = c->candidates[best].place;
	}
	for (i = 0; i < c->body->nr_nodes; i++)
		w->place_of[i] = c->of_node[i] == GCV_NONE ? GCV_PATHS_NO_PLACE
							   : taken[c->of_node[i]];
	free(taken);
}

uint8_t gcv_paths_written(const struct gcv_paths_walk *w, uint32_t node)
{
	const struct gcv_node *at = &w->input->body->nodes[node];

	if (at->kind == GCV_NODE_VAR)
		return w->place_of[node];
	if (at->kind == GCV_NODE_ASSIGN ||
	    (at->kind == GCV_NODE_UNARY && at->op >= GCV_OP_POST_INC && at->op <= GCV_OP_PRE_DEC))
		return w->place_of[gcv_expr_plain(w->input->body, at->children[0])];
	return GCV_PATHS_NO_PLACE;
}

static bool is_spread(const struct gcv_node *node)
{
	return node->kind == GCV_NODE_COND || node->kind == GCV_NODE_STMT_EXPR ||
	       (node->kind == GCV_NODE_BINARY &&
		(node->op == GCV_OP_LAND || node->op == GCV_OP_LOR));
}

static uint32_t places_below(const struct gcv_paths_walk *w, uint32_t node)
{
	uint32_t i, end, places = 0;

	if (node == GCV_NONE)
		return 0;
	end = gcv_expr_end(w->input->body, node);
	for (i = node; i < end; i++)
		if (w->place_of[i] != GCV_PATHS_NO_PLACE)
			places |= 1u << w->place_of[i];
	return places;
}

/* The places used in a block before they are written, given those live at its end. */
static uint32_t live_before(const struct gcv_paths_walk *w, uint32_t block, uint32_t live)
{
	const struct gcv_cfg_block *at = &w->input->cfg->blocks[block];
	const struct gcv_body *body = w->input->body;
	uint32_t i;

	for (i = at->nr_nodes; i-- > 0;) {
		uint32_t node = at->nodes[i];
		uint8_t place = gcv_paths_written(w, node);

		if (place != GCV_PATHS_NO_PLACE && (body->nodes[node].kind == GCV_NODE_VAR ||
						    body->nodes[node].op == GCV_OP_ASSIGN))
			live &= ~(1u << place);
		place = body->nodes[node].kind == GCV_NODE_VAR ? GCV_PATHS_NO_PLACE
							       : w->place_of[node];
		if (place != GCV_PATHS_NO_PLACE &&
		    !(body->nodes[node].kind == GCV_NODE_REF && gcv_reach_is_target(body, node)))
			live |= 1u << place;
		/* The value of the whole is made of parts that other blocks evaluate. */
		if (is_spread(&body->nodes[node]))
			live |= places_below(w, node);
	}
	return live;
}

/* The count of a loop that releases is looked at where the loop begins. */
static uint32_t live_in_loop(const struct gcv_paths_walk *w, uint32_t block)
{
	uint32_t i, live = 0;

	for (i = 0; i < w->nr_releases; i++) {
		const struct gcv_paths_event *event = &w->events[w->releases[i]];

		if (event->loop == GCV_NONE ? w->input->cfg->block_of[w->releases[i]] == block
					    : w->input->cfg->blocks[block].loop == event->loop)
			live |= places_below(w, event->count);
	}
	return live;
}

static void find_live(struct gcv_paths_walk *w)
{
	const struct gcv_cfg *cfg = w->input->cfg;
	bool again = true;
	uint32_t i, k;

	for (i = 0; i < cfg->nr_blocks; i++)
		w->live[i] = live_in_loop(w, i);
	while (again) {
		again = false;
		for (i = cfg->nr_order; i-- > 0;) {
			const struct gcv_cfg_block *block = &cfg->blocks[cfg->order[i]];
			uint32_t live = 0;

			for (k = 0; k < block->nr_out; k++)
				live |= w->live[cfg->edges[block->out[k]].to];
			live = live_before(w, cfg->order[i], live) | w->live[cfg->order[i]];
			again |= live != w->live[cfg->order[i]];
			w->live[cfg->order[i]] = live;
		}
	}
}

static uint8_t find_result(const struct gcv_paths_walk *w)
{
	const struct gcv_body *body = w->input->body;
	uint32_t node = body->nodes[w->input->call].parent;

	while (node != GCV_NONE && body->nodes[node].kind == GCV_NODE_CAST)
		node = body->nodes[node].parent;
	return node == GCV_NONE ? GCV_PATHS_NO_PLACE : gcv_paths_written(w, node);
}

void gcv_paths_find_places(struct gcv_paths_walk *w)
{
	struct chooser c = { .w = w, .body = w->input->body };

	c.of_node = gcv_zalloc(c.body->nr_nodes, sizeof(*c.of_node));
	find_candidates(&c);
	if (c.candidates) {
		weigh_conditions(&c);
		weigh_nodes(&c);
		spread_weight(&c);
	}
	take_best(&c);
	w->result_place = find_result(w);
	find_live(w);
	free(c.of_node);
	free(c.candidates);
}
