// SPDX-License-Identifier: GPL-2.0-only
#include "classify/release_range.h"
#include "flow/expr.h"
#include "flow/program.h"

#include <string.h>

/* Offsets beyond this are no slots of an array of pages that anybody counts. */
#define MAX_OFFSET INT16_MAX

/* An array, and where in it something begins. */
struct spot {
	uint32_t base;
	int64_t offset;
	uint32_t index; /* of an offset that is no constant */
};

static void add_offset(const struct gcv_body *body, struct spot *spot, uint32_t node)
{
	int64_t value;

	if (node == GCV_NONE)
		return;
	if (gcv_expr_int(body, node, &value) && value >= -MAX_OFFSET && value <= MAX_OFFSET)
		spot->offset += value;
	else
		spot->index = node;
}

/* pages, pages + 1, &pages[1] */
static struct spot spot_of(const struct gcv_body *body, uint32_t node)
{
	struct spot spot = { .base = gcv_expr_plain(body, node), .index = GCV_NONE };
	const struct gcv_node *n = &body->nodes[spot.base];
	uint32_t inner;

	if (n->kind == GCV_NODE_UNARY && n->op == GCV_OP_ADDR) {
		inner = gcv_expr_plain(body, n->children[0]);
		if (body->nodes[inner].kind != GCV_NODE_INDEX)
			return spot;
		spot.base = gcv_expr_plain(body, body->nodes[inner].children[0]);
		add_offset(body, &spot, body->nodes[inner].children[1]);
	} else if (n->kind == GCV_NODE_BINARY && n->op == GCV_OP_ADD) {
		bool is_left = gcv_expr_type(body, n->children[0]).pointers > 0;

		spot.base = gcv_expr_plain(body, n->children[!is_left]);
		add_offset(body, &spot, n->children[is_left]);
	}
	return spot;
}

/* Can a definition make a pointer another one? Who gets an array writes its elements. */
static bool sets_pointer(const struct gcv_reach_def *def)
{
	return !def->is_part && def->kind != GCV_REACH_CALL && def->kind != GCV_REACH_ADDRESS;
}

/* Has a variable the same value at both uses, as far as assignments tell? */
static bool is_same_value(const struct gcv_range_input *in, uint32_t a, uint32_t b)
{
	uint32_t nr, i;
	const uint32_t *defs = gcv_reach_at(in->reach, b, &nr);

	for (i = 0; i < nr; i++)
		if (sets_pointer(&in->reach->defs[defs[i]]) &&
		    !gcv_reach_is_by(in->reach, a, defs[i]))
			return false;
	return true;
}

static bool is_same_base(const struct gcv_range_input *in, uint32_t a, uint32_t b)
{
	const struct gcv_node *n = &in->body->nodes[a];

	if (!gcv_expr_equal(in->body, a, b) || !gcv_expr_is_pure(in->body, a))
		return false;
	if (n->kind == GCV_NODE_REF)
		return is_same_value(in, a, b);
	return n->kind == GCV_NODE_MEMBER;
}

/*
 * for (i = i - 2; i >= 0; i--): what the bound is made of is overwritten where the loop begins. The
 * index itself tells it then.
 */
static void use_index(const struct gcv_body *body, const struct gcv_release_shape *shape,
		      struct gcv_paths_event *event)
{
	const struct gcv_node *loop = &body->nodes[shape->loop], *n;
	uint32_t start;

	if (!shape->is_down || loop->kind != GCV_NODE_FOR || shape->bound == GCV_NONE ||
	    !gcv_expr_uses_symbol(body, shape->bound, shape->index))
		return;
	start = gcv_expr_plain(body, loop->children[0]);
	n = &body->nodes[start];
	if (n->kind != GCV_NODE_ASSIGN || n->op != GCV_OP_ASSIGN ||
	    !gcv_expr_is_write(body, start, shape->index))
		return;
	event->count = n->children[0];
	event->more += gcv_expr_plain(body, n->children[1]) != gcv_expr_plain(body, shape->bound);
}

/* Another page in each round of a loop that was not understood. */
static bool is_in_other_loop(const struct gcv_range_input *in, uint32_t release)
{
	uint32_t block = in->cfg->block_of[release], loop;

	if (block == GCV_NONE)
		return true;
	loop = in->cfg->blocks[block].loop;
	return loop != GCV_NONE && !gcv_expr_contains(in->body, loop, in->call);
}

static bool place_single(const struct gcv_range_input *in, const struct gcv_release_shape *shape,
			 struct spot *ret_spot)
{
	const struct gcv_node *n = &in->body->nodes[shape->source];

	if (n->kind == GCV_NODE_CALL && n->nr_children == 2)
		n = &in->body->nodes[gcv_expr_plain(in->body, n->children[1])];
	if (n->kind != GCV_NODE_INDEX || is_in_other_loop(in, shape->call))
		return false;
	ret_spot->base = gcv_expr_plain(in->body, n->children[0]);
	add_offset(in->body, ret_spot, n->children[1]);
	return true;
}

void gcv_release_range(const struct gcv_range_input *in, const struct gcv_release_shape *shape,
		       struct gcv_paths_event *event)
{
	struct spot mine, its = { .index = GCV_NONE };
	int64_t first;

	if (in->pages == GCV_NONE || event->is_all || shape->page == GCV_NONE)
		return;
	mine = spot_of(in->body, in->pages);
	if (shape->array != GCV_NONE) {
		if (event->loop == GCV_NONE && is_in_other_loop(in, shape->call))
			return;
		its = spot_of(in->body, shape->array);
		add_offset(in->body, &its, shape->offset);
	} else if (event->loop != GCV_NONE || !place_single(in, shape, &its)) {
		return;
	}
	first = its.offset;
	add_offset(in->body, &its, shape->first);
	if (mine.index == GCV_NONE && is_same_base(in, mine.base, its.base))
		event->offset = its.index;
	if (its.index != GCV_NONE || !is_same_base(in, mine.base, its.base))
		return;
	event->is_indexed = mine.index != GCV_NONE;
	event->is_placed = !event->is_indexed || !mine.offset;
	event->more = (int32_t)(first - mine.offset + shape->is_inclusive);
	event->first = (int32_t)(its.offset - mine.offset + shape->is_short);
	if (shape->loop != GCV_NONE)
		use_index(in->body, shape, event);
	else if (shape->array == GCV_NONE && event->count == GCV_NONE)
		event->more++;
}

bool gcv_release_shares(const struct gcv_range_input *in, uint32_t pages)
{
	struct spot mine, its;

	if (in->pages == GCV_NONE || pages == GCV_NONE)
		return false;
	mine = spot_of(in->body, in->pages);
	its = spot_of(in->body, pages);
	return gcv_expr_equal(in->body, mine.base, its.base) &&
	       !gcv_expr_equal(in->body, in->pages, pages);
}

/* ___GFP_ZERO of include/linux/gfp.h (gfp_types.h): today's value, and one of older kernels. */
#define GFP_ZERO (0x100 | 0x8000)

/* May an allocation have __GFP_ZERO? Macros leave nothing but numbers. */
static bool may_ask_for_zeros(const struct gcv_body *body, uint32_t call)
{
	const struct gcv_node *node = &body->nodes[call];
	uint32_t flags = node->nr_children > 1 ? node->children[node->nr_children - 1] : call;
	uint32_t end = gcv_expr_end(body, flags), i;

	for (i = flags; i < end; i++) {
		const struct gcv_node *n = &body->nodes[i];

		if (n->kind == GCV_NODE_INT
			    ? n->value & GFP_ZERO
			    : n->kind != GCV_NODE_BINARY && n->kind != GCV_NODE_CAST)
			return true;
		/* 1 << bit */
		if (n->kind == GCV_NODE_BINARY && n->op != GCV_OP_OR)
			return true;
	}
	return false;
}

/* Allocators of include/linux/slab.h and vmalloc.h that leave the memory as it is. */
static bool is_uncleared_memory(const struct gcv_body *body, uint32_t node)
{
	static const char *const names[] = { "kmalloc",	       "kmalloc_array",	       "kvmalloc",
					     "kvmalloc_array", "kmalloc_noprof",       "vmalloc",
					     "vmalloc_array",  "kmalloc_array_noprof", NULL };
	const struct gcv_symbol *symbol;
	uint32_t i;

	node = gcv_expr_plain(body, node);
	symbol = body->nodes[node].kind == GCV_NODE_CALL ? gcv_body_callee(body, node) : NULL;
	for (i = 0; symbol && names[i]; i++)
		if (strcmp(symbol->name, names[i]) == 0)
			break;
	return symbol && names[i] && !may_ask_for_zeros(body, node);
}

static bool is_uncleared_def(const struct gcv_range_input *in, const struct gcv_reach_def *def)
{
	const struct gcv_body *body = in->body;
	const char *type = body->symbols[def->symbol].canonical;

	switch (def->kind) {
	case GCV_REACH_UNSET:
		return strchr(type, '[');
	case GCV_REACH_VAR:
		return is_uncleared_memory(body, body->nodes[def->node].children[0]);
	case GCV_REACH_ASSIGN:
		return !def->is_part &&
		       is_uncleared_memory(body, body->nodes[def->node].children[1]);
	case GCV_REACH_CALL:
		return def->node == in->call;
	default:
		return false;
	}
}

/* An element that is set, or a call before the acquire that gets the array: memset(). */
static bool clears(const struct gcv_range_input *in, uint32_t node, uint32_t symbol)
{
	const struct gcv_node *n = &in->body->nodes[node];
	uint32_t target;

	if (n->kind == GCV_NODE_CALL)
		return node < in->call && gcv_expr_uses_symbol(in->body, node, symbol) &&
		       !is_uncleared_memory(in->body, node); /* sizeof(*pages) */
	if (n->kind != GCV_NODE_ASSIGN)
		return false;
	target = gcv_expr_plain(in->body, n->children[0]);
	return in->body->nodes[target].kind != GCV_NODE_REF &&
	       gcv_expr_uses_symbol(in->body, target, symbol);
}

bool gcv_release_is_uncleared(const struct gcv_range_input *in)
{
	const uint32_t *defs;
	uint32_t nr, i;
	struct spot mine;

	if (in->pages == GCV_NONE)
		return false;
	mine = spot_of(in->body, in->pages);
	if (in->body->nodes[mine.base].kind != GCV_NODE_REF)
		return false;
	defs = gcv_reach_at(in->reach, mine.base, &nr);
	for (i = 0; i < nr; i++)
		if (!is_uncleared_def(in, &in->reach->defs[defs[i]]))
			return false;
	for (i = 0; i < in->body->nr_nodes; i++)
		if (clears(in, i, in->body->nodes[mine.base].symbol))
			return false;
	return nr > 0;
}
