// SPDX-License-Identifier: GPL-2.0-only
#include "flow/reach_defs.h"

#include <stdlib.h>
#include <string.h>

/* Levels of an expression that are looked through. */
#define MAX_CLIMB 1000

bool gcv_reach_variable(const struct gcv_symbol *symbol)
{
	return symbol->kind == GCV_SYMBOL_LOCAL || symbol->kind == GCV_SYMBOL_PARAM;
}

static const struct gcv_symbol *variable_of(const struct gcv_body *body, uint32_t ref)
{
	const struct gcv_node *node = &body->nodes[ref];

	if (node->kind != GCV_NODE_REF || !gcv_reach_variable(&body->symbols[node->symbol]))
		return NULL;
	return &body->symbols[node->symbol];
}

static bool is_pass(const struct gcv_node *node)
{
	return node->kind == GCV_NODE_CAST ||
	       (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_EXTENSION);
}

static bool is_unary(const struct gcv_node *node, enum gcv_op op)
{
	return node->kind == GCV_NODE_UNARY && node->op == op;
}

static bool is_step(const struct gcv_node *node)
{
	return node->kind == GCV_NODE_UNARY && node->op >= GCV_OP_POST_INC &&
	       node->op <= GCV_OP_PRE_DEC;
}

/* Number of dimensions of the array that @at is; 0 where it is none, but for example a pointer. */
static uint32_t dimensions(const struct gcv_body *body, uint32_t at)
{
	const struct gcv_node *node = &body->nodes[at];
	const struct gcv_symbol *symbol;
	uint32_t nr = 0;
	size_t len;

	if (node->kind != GCV_NODE_REF && node->kind != GCV_NODE_MEMBER)
		return 0;
	symbol = &body->symbols[node->symbol];
	/* A parameter that is written as an array is a pointer. */
	if (symbol->kind == GCV_SYMBOL_PARAM)
		return 0;
	for (len = strlen(symbol->canonical); len && symbol->canonical[len - 1] == ']'; nr++)
		while (len && symbol->canonical[--len] != '[')
			;
	return nr;
}

/* The place that *@at or (@at)-> goes back to where @at is &place; else GCV_NONE. */
static uint32_t place_behind(const struct gcv_body *body, uint32_t at)
{
	while (is_pass(&body->nodes[at]))
		at = body->nodes[at].children[0];
	return is_unary(&body->nodes[at], GCV_OP_ADDR) ? body->nodes[at].children[0] : GCV_NONE;
}

/*
 * The REF whose variable the place @at is in, GCV_NONE where it is in other memory. @is_part tells
 * whether it is only a part of it.
 */
static uint32_t root_of(const struct gcv_body *body, uint32_t at, bool *is_part)
{
	uint32_t levels = 0, limit = MAX_CLIMB;

	while (at != GCV_NONE && limit--) {
		const struct gcv_node *node = &body->nodes[at];
		bool is_arrow = node->kind == GCV_NODE_MEMBER && (node->flags & GCV_NODE_ARROW);
		bool is_deref = is_unary(node, GCV_OP_DEREF);

		if (levels && (node->kind == GCV_NODE_REF || node->kind == GCV_NODE_MEMBER)) {
			if (dimensions(body, at) < levels)
				return GCV_NONE;
			levels = 0;
		}
		if (node->kind == GCV_NODE_REF)
			return variable_of(body, at) ? at : GCV_NONE;
		*is_part |= node->kind == GCV_NODE_MEMBER || node->kind == GCV_NODE_INDEX;
		if (node->kind == GCV_NODE_INDEX ||
		    (is_deref && dimensions(body, node->children[0]))) {
			levels++;
			*is_part = true;
			at = node->children[0];
		} else if (is_arrow || is_deref) {
			at = place_behind(body, node->children[0]);
		} else if (node->kind == GCV_NODE_MEMBER || is_pass(node)) {
			at = node->children[0];
		} else {
			return GCV_NONE;
		}
	}
	return GCV_NONE;
}

static bool is_followed(const struct gcv_reach_defs *d, uint32_t symbol)
{
	return !d->choice->is_followed || d->choice->is_followed(d->choice->ctx, symbol);
}

static void add(struct gcv_reach_defs *d, struct gcv_reach_def def)
{
	if (!is_followed(d, def.symbol))
		return;
	GCV_GROW(d->defs, d->nr, d->cap);
	d->defs[d->nr++] = def;
}

static void add_write(struct gcv_reach_defs *d, enum gcv_reach_kind kind, uint32_t at,
		      uint32_t target)
{
	struct gcv_reach_def def = { .kind = kind, .node = at };

	def.ref = root_of(d->body, target, &def.is_part);
	if (def.ref == GCV_NONE)
		return;
	def.symbol = d->body->nodes[def.ref].symbol;
	def.keeps = def.is_part;
	add(d, def);
}

/* What becomes of the value of a node in its parent. */
enum fate {
	FATE_SAME, /* it is, or may be, the parent's value */
	FATE_ARGUMENT,
	FATE_KEPT,
	FATE_USED, /* compared, dereferenced, dropped */
};

static enum fate fate_in(const struct gcv_node *parent, uint32_t child)
{
	uint32_t last = parent->nr_children ? parent->children[parent->nr_children - 1] : 0;

	switch (parent->kind) {
	case GCV_NODE_CAST:
	case GCV_NODE_UNKNOWN:
		return FATE_SAME;
	case GCV_NODE_UNARY:
		return parent->op == GCV_OP_EXTENSION ? FATE_SAME : FATE_USED;
	case GCV_NODE_BINARY:
		if (parent->op == GCV_OP_COMMA)
			return child == last ? FATE_SAME : FATE_USED;
		return parent->op == GCV_OP_ADD || parent->op == GCV_OP_SUB ||
				       parent->op == GCV_OP_OR
			       ? FATE_SAME
			       : FATE_USED;
	case GCV_NODE_COND:
		return child == parent->children[0] && parent->children[0] != last ? FATE_USED
										   : FATE_SAME;
	case GCV_NODE_CALL:
		return child == parent->children[0] ? FATE_USED : FATE_ARGUMENT;
	case GCV_NODE_ASSIGN:
		return child == last ? FATE_KEPT : FATE_USED;
	case GCV_NODE_VAR:
	case GCV_NODE_RETURN:
	case GCV_NODE_INIT_LIST:
	case GCV_NODE_DESIGNATED:
	case GCV_NODE_COMPOUND_LITERAL:
		return FATE_KEPT;
	default:
		return FATE_USED;
	}
}

/* The last statement of ({ … }) is its value. */
static uint32_t value_of_statements(const struct gcv_body *body, uint32_t at, uint32_t parent)
{
	const struct gcv_node *compound = &body->nodes[parent];

	if (compound->kind != GCV_NODE_COMPOUND || compound->parent == GCV_NONE ||
	    body->nodes[compound->parent].kind != GCV_NODE_STMT_EXPR ||
	    compound->children[compound->nr_children - 1] != at)
		return GCV_NONE;
	return compound->parent;
}

/* Follow the address @at upwards to a call that gets it, or to where it is kept. */
static enum fate follow_address(const struct gcv_body *body, uint32_t at, uint32_t *ret_node)
{
	uint32_t parent = body->nodes[at].parent, statements;
	enum fate fate = FATE_KEPT;
	uint32_t limit = MAX_CLIMB;

	for (; parent != GCV_NONE && limit--; at = parent, parent = body->nodes[at].parent) {
		statements = value_of_statements(body, at, parent);
		if (statements != GCV_NONE) {
			parent = statements;
			continue;
		}
		fate = fate_in(&body->nodes[parent], at);
		if (fate != FATE_SAME)
			break;
		fate = FATE_KEPT;
	}
	*ret_node = parent;
	return parent == GCV_NONE ? FATE_USED : fate;
}

/* An address of the place @place, taken by the node @at (the & or the array that decays). */
static void add_address(struct gcv_reach_defs *d, uint32_t at, uint32_t place)
{
	struct gcv_reach_def def = { .kind = GCV_REACH_CALL, .keeps = true };
	enum fate fate;

	def.ref = root_of(d->body, place, &def.is_part);
	if (def.ref == GCV_NONE)
		return;
	def.symbol = d->body->nodes[def.ref].symbol;
	if (!is_followed(d, def.symbol))
		return;
	fate = follow_address(d->body, at, &def.node);
	if (fate == FATE_KEPT) {
		def.kind = GCV_REACH_ADDRESS;
		def.node = at;
	}
	if (fate == FATE_KEPT || (fate == FATE_ARGUMENT && d->cfg->block_of[def.node] != GCV_NONE))
		add(d, def);
}

/* An array that is no operand of & [] . or sizeof stands for the address of its first element. */
static void add_decay(struct gcv_reach_defs *d, uint32_t at)
{
	uint32_t parent = d->body->nodes[at].parent;
	const struct gcv_node *node;

	if (!dimensions(d->body, at) || parent == GCV_NONE)
		return;
	node = &d->body->nodes[parent];
	if (node->kind == GCV_NODE_INDEX || is_unary(node, GCV_OP_ADDR) ||
	    node->kind == GCV_NODE_SIZEOF)
		return;
	add_address(d, at, at);
}

static void add_asm(struct gcv_reach_defs *d, uint32_t at)
{
	const struct gcv_node *node = &d->body->nodes[at];
	uint32_t i;

	for (i = 0; i < node->nr_children; i++) {
		struct gcv_reach_def def = { .kind = GCV_REACH_ASM, .node = at, .keeps = true };

		def.ref = root_of(d->body, node->children[i], &def.is_part);
		if (def.ref == GCV_NONE)
			continue;
		def.symbol = d->body->nodes[def.ref].symbol;
		add(d, def);
	}
}

static void add_var(struct gcv_reach_defs *d, uint32_t at)
{
	const struct gcv_node *node = &d->body->nodes[at];
	bool is_set = d->body->nodes[node->children[0]].kind != GCV_NODE_NONE;

	if (gcv_reach_variable(&d->body->symbols[node->symbol]))
		add(d, (struct gcv_reach_def){ .kind = is_set ? GCV_REACH_VAR : GCV_REACH_UNSET,
					       .symbol = node->symbol,
					       .node = at,
					       .ref = GCV_NONE });
}

static void add_node(struct gcv_reach_defs *d, uint32_t at)
{
	const struct gcv_node *node = &d->body->nodes[at];

	switch (node->kind) {
	case GCV_NODE_VAR:
		add_var(d, at);
		break;
	case GCV_NODE_ASSIGN:
		add_write(d, GCV_REACH_ASSIGN, at, node->children[0]);
		break;
	case GCV_NODE_UNARY:
		if (is_step(node))
			add_write(d, GCV_REACH_STEP, at, node->children[0]);
		else if (node->op == GCV_OP_ADDR)
			add_address(d, at, node->children[0]);
		break;
	case GCV_NODE_ASM:
		add_asm(d, at);
		break;
	case GCV_NODE_REF:
	case GCV_NODE_MEMBER:
		add_decay(d, at);
		break;
	default:
		break;
	}
}

static int compare_defs(const void *a, const void *b)
{
	const struct gcv_reach_def *x = a, *y = b;
	/* GCV_NONE (a parameter) comes first. */
	uint32_t at_x = x->node + 1, at_y = y->node + 1;

	if (at_x != at_y)
		return at_x < at_y ? -1 : 1;
	if (x->symbol != y->symbol)
		return x->symbol < y->symbol ? -1 : 1;
	return x->ref < y->ref ? -1 : x->ref > y->ref;
}

/* A call may get the address of a variable more than once: f(&v.a, &v.b). */
static void drop_doubles(struct gcv_reach_defs *d)
{
	uint32_t i, nr = 0;

	for (i = 0; i < d->nr; i++) {
		struct gcv_reach_def *last = nr ? &d->defs[nr - 1] : NULL;

		if (last && last->node == d->defs[i].node && last->symbol == d->defs[i].symbol &&
		    last->kind == d->defs[i].kind) {
			last->is_part &= d->defs[i].is_part;
			continue;
		}
		d->defs[nr++] = d->defs[i];
	}
	d->nr = nr;
}

void gcv_reach_find(struct gcv_reach_defs *d)
{
	uint32_t i;

	for (i = 0; i < d->body->nr_symbols; i++)
		if (d->body->symbols[i].kind == GCV_SYMBOL_PARAM)
			add(d, (struct gcv_reach_def){ .kind = GCV_REACH_PARAM,
						       .symbol = i,
						       .node = GCV_NONE,
						       .ref = GCV_NONE });
	for (i = 0; i < d->body->nr_nodes; i++)
		if (d->cfg->block_of[i] != GCV_NONE)
			add_node(d, i);
	if (d->nr)
		qsort(d->defs, d->nr, sizeof(*d->defs), compare_defs);
	drop_doubles(d);
}

bool gcv_reach_is_target(const struct gcv_body *body, uint32_t ref)
{
	const struct gcv_node *parent;

	if (body->nodes[ref].parent == GCV_NONE)
		return false;
	parent = &body->nodes[body->nodes[ref].parent];
	return parent->kind == GCV_NODE_ASSIGN && parent->op == GCV_OP_ASSIGN &&
	       parent->children[0] == ref;
}
