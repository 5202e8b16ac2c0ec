// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bit vectors over the definitions, in which those of one variable stand side by side: the ones
 * that reach a use are a range of bits. Only what reaches a block's beginning is kept; within a
 * block the definitions are gone through in order.
 */
#include "flow/reach_defs.h"

#include <stdlib.h>
#include <string.h>

#define WORD_BITS 64u

/* Rounds over all blocks; kernel code takes fewer than ten. */
#define MAX_ROUNDS 1000

struct range {
	uint32_t first, nr;
};

struct solver {
	const struct gcv_body *body;
	const struct gcv_cfg *cfg;
	const struct gcv_reach_def *defs;
	uint32_t nr_defs, nr_words;
	struct range *of_symbol;   /* bits of a symbol's definitions */
	uint32_t *bit_of, *def_of; /* definition ↔ bit */
	struct range *of_node;	   /* definitions that a node makes */
	uint64_t *in;		   /* for each block what reaches its beginning */
	uint64_t *now;
	bool *is_dirty;
	struct gcv_reach *reach;
	uint32_t *lists;
	uint32_t nr_lists, cap_lists;
	struct range *shared; /* for each symbol the last list, valid in one block */
	uint32_t *shared_in;  /* for each symbol the block + 1 */
};

static void bit_set(uint64_t *bits, uint32_t bit)
{
	bits[bit / WORD_BITS] |= (uint64_t)1 << bit % WORD_BITS;
}

static bool bit_get(const uint64_t *bits, uint32_t bit)
{
	return bits[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/* Clear the range but for definitions that stay for good. */
static void bits_kill(const struct solver *s, struct range range)
{
	uint32_t i;

	for (i = range.first; i < range.first + range.nr; i++)
		if (s->defs[s->def_of[i]].kind != GCV_REACH_ADDRESS)
			s->now[i / WORD_BITS] &= ~((uint64_t)1 << i % WORD_BITS);
}

static void number_bits(struct solver *s)
{
	uint32_t i, bit = 0;

	for (i = 0; i < s->nr_defs; i++)
		s->of_symbol[s->defs[i].symbol].nr++;
	for (i = 0; i < s->body->nr_symbols; i++) {
		s->of_symbol[i].first = bit;
		bit += s->of_symbol[i].nr;
		s->of_symbol[i].nr = 0;
	}
	for (i = 0; i < s->nr_defs; i++) {
		struct range *range = &s->of_symbol[s->defs[i].symbol];
		struct range *made = NULL;

		s->bit_of[i] = range->first + range->nr++;
		s->def_of[s->bit_of[i]] = i;
		if (s->defs[i].node == GCV_NONE)
			continue;
		made = &s->of_node[s->defs[i].node];
		if (!made->nr++)
			made->first = i;
	}
}

/* The definitions that @node makes, after its operands. */
static void apply(struct solver *s, uint32_t node)
{
	struct range made = s->of_node[node];
	uint32_t i;

	for (i = made.first; i < made.first + made.nr; i++) {
		if (!s->defs[i].keeps)
			bits_kill(s, s->of_symbol[s->defs[i].symbol]);
		bit_set(s->now, s->bit_of[i]);
		s->shared_in[s->defs[i].symbol] = 0;
	}
}

static void begin_block(struct solver *s, uint32_t block)
{
	uint32_t i;

	memcpy(s->now, s->in + (size_t)block * s->nr_words, s->nr_words * sizeof(*s->now));
	for (i = 0; block == 0 && i < s->nr_defs && s->defs[i].node == GCV_NONE; i++)
		bit_set(s->now, s->bit_of[i]);
}

static void flow_out(struct solver *s, uint32_t block)
{
	const struct gcv_cfg_block *from = &s->cfg->blocks[block];
	uint32_t i, w;

	for (i = 0; i < from->nr_out; i++) {
		uint32_t to = s->cfg->edges[from->out[i]].to;
		uint64_t *in = s->in + (size_t)to * s->nr_words;

		for (w = 0; w < s->nr_words; w++) {
			if (s->now[w] & ~in[w])
				s->is_dirty[to] = true;
			in[w] |= s->now[w];
		}
	}
}

/* @return false where it does not come to an end. */
static bool solve(struct solver *s)
{
	uint32_t rounds, i, k;
	bool again = true;

	for (i = 0; i < s->cfg->nr_order; i++)
		s->is_dirty[s->cfg->order[i]] = true;
	for (rounds = 0; again; rounds++) {
		if (rounds == MAX_ROUNDS)
			return false;
		again = false;
		for (i = 0; i < s->cfg->nr_order; i++) {
			uint32_t block = s->cfg->order[i];

			if (!s->is_dirty[block])
				continue;
			s->is_dirty[block] = false;
			begin_block(s, block);
			for (k = 0; k < s->cfg->blocks[block].nr_nodes; k++)
				apply(s, s->cfg->blocks[block].nodes[k]);
			flow_out(s, block);
			again = true;
		}
	}
	return true;
}

static bool is_use(const struct solver *s, uint32_t node)
{
	return s->body->nodes[node].kind == GCV_NODE_REF &&
	       s->of_symbol[s->body->nodes[node].symbol].nr && !gcv_reach_is_target(s->body, node);
}

static void add_to_list(struct solver *s, uint32_t def)
{
	GCV_GROW(s->lists, s->nr_lists, s->cap_lists);
	s->lists[s->nr_lists++] = def;
}

static void take_list(struct solver *s, uint32_t node, bool is_exact)
{
	uint32_t symbol = s->body->nodes[node].symbol, i;
	struct range bits = s->of_symbol[symbol];

	s->shared[symbol].first = s->nr_lists;
	for (i = bits.first; i < bits.first + bits.nr; i++)
		if (!is_exact || bit_get(s->now, i))
			add_to_list(s, s->def_of[i]);
	s->shared[symbol].nr = s->nr_lists - s->shared[symbol].first;
}

/* Go through a reached block once more, and note what reaches each use. */
static void list_uses(struct solver *s, uint32_t block, bool is_exact)
{
	const struct gcv_cfg_block *at = &s->cfg->blocks[block];
	uint32_t i, mark = is_exact ? block + 1 : 1;

	if (is_exact)
		begin_block(s, block);
	for (i = 0; i < at->nr_nodes; i++) {
		uint32_t node = at->nodes[i], symbol = s->body->nodes[node].symbol;

		if (is_use(s, node)) {
			if (s->shared_in[symbol] != mark)
				take_list(s, node, is_exact);
			s->shared_in[symbol] = mark;
			s->reach->first[node] = s->shared[symbol].first;
			s->reach->nr[node] = s->shared[symbol].nr;
		}
		if (is_exact)
			apply(s, node);
	}
}

static void list_all(struct solver *s, bool is_exact)
{
	uint32_t i;

	memset(s->shared_in, 0, sizeof(*s->shared_in) * s->body->nr_symbols);
	for (i = 0; i < s->cfg->nr_order; i++)
		list_uses(s, s->cfg->order[i], is_exact);
}

static void run(struct solver *s)
{
	uint64_t nr_bits = (uint64_t)s->nr_defs * s->cfg->nr_blocks;
	bool is_exact = nr_bits <= GCV_REACH_MAX_BITS;

	s->nr_words = (s->nr_defs + WORD_BITS - 1) / WORD_BITS;
	s->of_symbol = gcv_zalloc(s->body->nr_symbols, sizeof(*s->of_symbol));
	s->shared = gcv_zalloc(s->body->nr_symbols, sizeof(*s->shared));
	s->shared_in = gcv_zalloc(s->body->nr_symbols, sizeof(*s->shared_in));
	s->bit_of = gcv_zalloc(s->nr_defs, sizeof(*s->bit_of));
	s->def_of = gcv_zalloc(s->nr_defs, sizeof(*s->def_of));
	s->of_node = gcv_zalloc(s->body->nr_nodes, sizeof(*s->of_node));
	s->now = gcv_zalloc(s->nr_words, sizeof(*s->now));
	s->is_dirty = gcv_zalloc(s->cfg->nr_blocks, sizeof(*s->is_dirty));
	number_bits(s);
	if (is_exact) {
		s->in = gcv_zalloc((size_t)s->nr_words * s->cfg->nr_blocks, sizeof(*s->in));
		is_exact = solve(s);
	}
	list_all(s, is_exact);
	s->reach->is_exact = is_exact;
	free(s->of_symbol);
	free(s->shared);
	free(s->shared_in);
	free(s->bit_of);
	free(s->def_of);
	free(s->of_node);
	free(s->now);
	free(s->is_dirty);
	free(s->in);
}

static void *keep(struct gcv_arena *arena, const void *from, size_t nr, size_t size_bytes)
{
	void *to = gcv_arena_alloc(arena, nr * size_bytes);

	if (nr)
		memcpy(to, from, nr * size_bytes);
	return to;
}

static void make_sure(struct gcv_reach_defs *found, const struct gcv_reach_choice *choice)
{
	uint32_t i;

	for (i = 0; choice->is_sure && i < found->nr; i++)
		if (found->defs[i].kind == GCV_REACH_CALL && !found->defs[i].is_part &&
		    choice->is_sure(choice->ctx, found->defs[i].node))
			found->defs[i].keeps = false;
}

void gcv_reach_build(const struct gcv_body *body, const struct gcv_cfg *cfg,
		     struct gcv_arena *arena, struct gcv_reach *ret_reach)
{
	gcv_reach_build_chosen(body, cfg, &(struct gcv_reach_choice){ 0 }, arena, ret_reach);
}

void gcv_reach_build_chosen(const struct gcv_body *body, const struct gcv_cfg *cfg,
			    const struct gcv_reach_choice *choice, struct gcv_arena *arena,
			    struct gcv_reach *ret_reach)
{
	struct gcv_reach_defs found = { .body = body, .cfg = cfg, .choice = choice };
	struct gcv_reach reach = { 0 };
	struct solver s = { .body = body, .cfg = cfg, .reach = &reach };

	gcv_reach_find(&found);
	make_sure(&found, choice);
	reach.first = gcv_arena_alloc(arena, sizeof(*reach.first) * body->nr_nodes);
	reach.nr = gcv_arena_alloc(arena, sizeof(*reach.nr) * body->nr_nodes);
	reach.nr_defs = s.nr_defs = found.nr;
	s.defs = found.defs;
	run(&s);
	reach.defs = keep(arena, found.defs, found.nr, sizeof(*found.defs));
	reach.lists = keep(arena, s.lists, s.nr_lists, sizeof(*s.lists));
	free(found.defs);
	free(s.lists);
	*ret_reach = reach;
}

const uint32_t *gcv_reach_at(const struct gcv_reach *reach, uint32_t node, uint32_t *ret_nr)
{
	*ret_nr = reach->nr[node];
	return reach->lists + reach->first[node];
}

bool gcv_reach_is_by(const struct gcv_reach *reach, uint32_t node, uint32_t def)
{
	uint32_t nr, i;
	const uint32_t *defs = gcv_reach_at(reach, node, &nr);

	for (i = 0; i < nr; i++)
		if (defs[i] == def)
			return true;
	return false;
}
