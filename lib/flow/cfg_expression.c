// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions: what is spread over blocks (&& || ?: , ({ })) becomes steps of its own, in the order
 * of evaluation, before the step of the whole; conditions are taken apart down to single ones.
 */
#include "flow/cfg_build.h"
#include "flow/program.h"

#include <string.h>

static bool is_operator(const struct gcv_node *node, enum gcv_op op)
{
	return node->kind == GCV_NODE_BINARY && node->op == op;
}

static const char *callee_name(const struct gcv_body *body, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, call);

	return symbol && symbol->kind == GCV_SYMBOL_FUNCTION ? symbol->name : "";
}

bool gcv_cfg_is_unevaluated(const struct gcv_body *body, uint32_t at)
{
	enum gcv_node_kind kind = body->nodes[at].kind;

	if (kind == GCV_NODE_CALL)
		return strcmp(callee_name(body, at), "__builtin_constant_p") == 0;
	return kind == GCV_NODE_SIZEOF || kind == GCV_NODE_ADDR_LABEL;
}

static bool is_noreturn(const struct gcv_body *body, uint32_t call)
{
	const struct gcv_symbol *symbol = gcv_body_callee(body, call);

	return symbol && symbol->kind == GCV_SYMBOL_FUNCTION &&
	       strstr(symbol->type, "__attribute__((noreturn))");
}

static bool fold(enum gcv_op op, int64_t left, int64_t right, int64_t *ret_value)
{
	switch (op) {
	case GCV_OP_LT:
		*ret_value = left < right;
		return true;
	case GCV_OP_GT:
		*ret_value = left > right;
		return true;
	case GCV_OP_LE:
		*ret_value = left <= right;
		return true;
	case GCV_OP_GE:
		*ret_value = left >= right;
		return true;
	case GCV_OP_EQ:
		*ret_value = left == right;
		return true;
	case GCV_OP_NE:
		*ret_value = left != right;
		return true;
	default:
		return false;
	}
}

/* A number, through casts, signs and negations. */
static bool simple_constant(const struct gcv_body *body, uint32_t at, int64_t *ret_value)
{
	const struct gcv_node *node = &body->nodes[at];
	bool is_minus = false, is_not = false, is_logic = false;
	uint64_t value;

	while (node->kind == GCV_NODE_CAST || node->kind == GCV_NODE_UNARY) {
		if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_LNOT) {
			is_not = is_logic ? !is_not : true;
			is_logic = true;
		} else if (node->kind == GCV_NODE_UNARY && node->op == GCV_OP_MINUS && !is_logic) {
			is_minus = !is_minus;
		} else if (node->kind == GCV_NODE_UNARY && node->op != GCV_OP_EXTENSION &&
			   node->op != GCV_OP_PLUS) {
			return false;
		}
		node = &body->nodes[node->children[0]];
	}
	if (node->kind == GCV_NODE_INT || (node->kind == GCV_NODE_SIZEOF && node->value))
		value = (uint64_t)node->value;
	else if (node->kind == GCV_NODE_REF && body->symbols[node->symbol].kind == GCV_SYMBOL_ENUM)
		value = (uint64_t)body->symbols[node->symbol].value;
	else
		return false;
	if (is_logic)
		value = is_not ? !value : !!value;
	*ret_value = (int64_t)(is_minus ? 0 - value : value);
	return true;
}

bool gcv_cfg_constant(const struct gcv_body *body, uint32_t at, int64_t *ret_value)
{
	const struct gcv_node *node = &body->nodes[at];
	int64_t left, right;

	if (node->kind != GCV_NODE_BINARY)
		return simple_constant(body, at, ret_value);
	return simple_constant(body, node->children[0], &left) &&
	       simple_constant(body, node->children[1], &right) &&
	       fold(node->op, left, right, ret_value);
}

static void push_part(struct gcv_cfg_builder *b, uint32_t at)
{
	bool is_statement = gcv_cfg_is_statement(b->body->nodes[at].kind);

	if (b->marks[at] & GCV_CFG_MARK_SPREAD)
		gcv_cfg_push(b, is_statement ? GCV_CFG_STATEMENT : GCV_CFG_PARTS, at, 0, 0);
}

/* The operands in the order of evaluation: the value of an assignment before its target. */
static void push_parts_below(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	uint32_t i;

	if (node->kind == GCV_NODE_ASSIGN) {
		push_part(b, node->children[0]);
		push_part(b, node->children[1]);
		return;
	}
	for (i = node->nr_children; i-- > 0;)
		push_part(b, node->children[i]);
}

static void push_arm(struct gcv_cfg_builder *b, uint32_t at, uint32_t block, uint32_t join)
{
	gcv_cfg_push(b, GCV_CFG_JUMP, GCV_NONE, join, 0);
	gcv_cfg_push(b, GCV_CFG_STEP, at, 0, 0);
	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, block, 0);
}

/* a && b, a || b for its value. */
static void spread_logic(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	uint32_t right = gcv_cfg_block_new(b), join = gcv_cfg_block_new(b);
	bool is_and = node->op == GCV_OP_LAND;

	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, join, 0);
	push_arm(b, node->children[1], right, join);
	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[0], is_and ? right : join,
		     is_and ? join : right);
}

/* a ? b : c, a ?: c for its value. */
static void spread_choice(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	bool has_middle = b->body->nodes[node->children[1]].kind != GCV_NODE_NONE;
	uint32_t if_false = gcv_cfg_block_new(b), join = gcv_cfg_block_new(b);
	uint32_t if_true = has_middle ? gcv_cfg_block_new(b) : join;

	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, join, 0);
	push_arm(b, node->children[2], if_false, join);
	if (has_middle)
		push_arm(b, node->children[1], if_true, join);
	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[0], if_true, if_false);
}

void gcv_cfg_parts(struct gcv_cfg_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	if (!(b->marks[at] & GCV_CFG_MARK_SPREAD) && !gcv_cfg_is_statement(node->kind))
		return;
	if (gcv_cfg_is_unevaluated(b->body, at))
		return;
	if (is_operator(node, GCV_OP_LAND) || is_operator(node, GCV_OP_LOR)) {
		spread_logic(b, node);
	} else if (is_operator(node, GCV_OP_COMMA)) {
		push_part(b, node->children[1]);
		gcv_cfg_push(b, GCV_CFG_STEP, node->children[0], 0, 0);
	} else if (node->kind == GCV_NODE_COND) {
		spread_choice(b, node);
	} else if (node->kind == GCV_NODE_STMT_EXPR) {
		gcv_cfg_push(b, GCV_CFG_STATEMENT, node->children[0], 0, 0);
	} else {
		push_parts_below(b, node);
	}
}

/* Is @child of @parent done in steps of its own, or not done at all? */
static bool is_apart(struct gcv_cfg_builder *b, uint32_t parent, uint32_t child)
{
	const struct gcv_node *node = &b->body->nodes[parent];

	if ((b->marks[child] & GCV_CFG_MARK_STEP) ||
	    gcv_cfg_is_statement(b->body->nodes[child].kind) ||
	    b->body->nodes[child].kind == GCV_NODE_NONE)
		return true;
	return node->kind == GCV_NODE_COND || node->kind == GCV_NODE_STMT_EXPR ||
	       is_operator(node, GCV_OP_LAND) || is_operator(node, GCV_OP_LOR) ||
	       gcv_cfg_is_unevaluated(b->body, parent);
}

static void walk_push(struct gcv_cfg_builder *b, uint32_t at)
{
	GCV_GROW(b->walk, b->nr_walk, b->cap_walk);
	b->walk[b->nr_walk++] = at;
}

static void walk_push_children(struct gcv_cfg_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	uint32_t i;

	if (node->kind == GCV_NODE_ASSIGN) {
		if (!is_apart(b, at, node->children[0]))
			walk_push(b, node->children[0]);
		if (!is_apart(b, at, node->children[1]))
			walk_push(b, node->children[1]);
		return;
	}
	for (i = node->nr_children; i-- > 0;)
		if (!is_apart(b, at, node->children[i]))
			walk_push(b, node->children[i]);
}

/* A node is met twice: the first time its operands are put above it, the second time it is done. */
void gcv_cfg_place(struct gcv_cfg_builder *b, uint32_t at)
{
	uint32_t here = gcv_cfg_here(b);
	bool is_end = false;

	GCV_GROW(b->steps, b->nr_steps, b->cap_steps);
	b->steps[b->nr_steps++] = at;
	b->blocks[here].nr_steps++;
	b->marks[at] |= GCV_CFG_MARK_STEP;
	walk_push(b, at);
	while (b->nr_walk) {
		uint32_t top = b->walk[b->nr_walk - 1];

		if (!(b->marks[top] & GCV_CFG_MARK_OPEN)) {
			b->marks[top] |= GCV_CFG_MARK_OPEN;
			walk_push_children(b, top);
			continue;
		}
		b->nr_walk--;
		b->block_of[top] = here;
		GCV_GROW(b->nodes, b->nr_nodes, b->cap_nodes);
		b->nodes[b->nr_nodes++] = top;
		b->blocks[here].nr_nodes++;
		is_end |= b->body->nodes[top].kind == GCV_NODE_CALL && is_noreturn(b->body, top);
	}
	if (is_end)
		b->current = GCV_NONE;
}

static bool is_wide_cast(const char *type)
{
	static const char *const types[] = { "_Bool",	  "bool",	   "long",
					     "long long", "unsigned long", "unsigned long long" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

/* What @at wraps without changing whether it is zero; GCV_NONE where it wraps nothing. */
static uint32_t wrapped(struct gcv_cfg_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];
	const char *name;

	switch (node->kind) {
	case GCV_NODE_CAST:
		return is_wide_cast(node->text) ? node->children[0] : GCV_NONE;
	case GCV_NODE_UNARY:
		return node->op == GCV_OP_EXTENSION || node->op == GCV_OP_LNOT ? node->children[0]
									       : GCV_NONE;
	case GCV_NODE_CALL:
		name = callee_name(b->body, at);
		if (node->nr_children > 1 &&
		    (strcmp(name, "__builtin_expect") == 0 ||
		     strcmp(name, "__builtin_expect_with_probability") == 0))
			return node->children[1];
		return GCV_NONE;
	default:
		return GCV_NONE;
	}
}

/* ({ …; x; }) as a condition: x is the condition. false where there is no such x. */
static bool condition_of_statements(struct gcv_cfg_builder *b, uint32_t at,
				    struct gcv_cfg_task task)
{
	const struct gcv_node *compound = &b->body->nodes[b->body->nodes[at].children[0]];
	uint32_t i, last;

	if (compound->kind != GCV_NODE_COMPOUND || !compound->nr_children)
		return false;
	last = compound->children[compound->nr_children - 1];
	if (gcv_cfg_is_statement(b->body->nodes[last].kind))
		return false;
	gcv_cfg_push(b, GCV_CFG_CONDITION, last, task.a, task.b);
	for (i = compound->nr_children - 1; i-- > 0;)
		gcv_cfg_push(b, GCV_CFG_STATEMENT, compound->children[i], 0, 0);
	b->block_of[b->body->nodes[at].children[0]] = gcv_cfg_here(b);
	return true;
}

static void condition_of_logic(struct gcv_cfg_builder *b, const struct gcv_node *node,
			       struct gcv_cfg_task task)
{
	uint32_t right = gcv_cfg_block_new(b);
	bool is_and = node->op == GCV_OP_LAND;

	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[1], task.a, task.b);
	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, right, 0);
	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[0], is_and ? right : task.a,
		     is_and ? task.b : right);
}

static void condition_of_choice(struct gcv_cfg_builder *b, const struct gcv_node *node,
				struct gcv_cfg_task task)
{
	bool has_middle = b->body->nodes[node->children[1]].kind != GCV_NODE_NONE;
	uint32_t if_false = gcv_cfg_block_new(b);
	uint32_t if_true = has_middle ? gcv_cfg_block_new(b) : task.a;

	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[2], task.a, task.b);
	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, if_false, 0);
	if (has_middle) {
		gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[1], task.a, task.b);
		gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, if_true, 0);
	}
	gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[0], if_true, if_false);
}

void gcv_cfg_condition(struct gcv_cfg_builder *b, struct gcv_cfg_task task)
{
	const struct gcv_node *node;
	uint32_t at = task.node, inner, swap;

	while ((inner = wrapped(b, at)) != GCV_NONE) {
		b->block_of[at] = gcv_cfg_here(b);
		if (b->body->nodes[at].kind == GCV_NODE_UNARY &&
		    b->body->nodes[at].op == GCV_OP_LNOT) {
			swap = task.a;
			task.a = task.b;
			task.b = swap;
		}
		at = inner;
	}
	node = &b->body->nodes[at];
	b->block_of[at] = gcv_cfg_here(b);
	if (is_operator(node, GCV_OP_LAND) || is_operator(node, GCV_OP_LOR)) {
		condition_of_logic(b, node, task);
	} else if (node->kind == GCV_NODE_COND) {
		condition_of_choice(b, node, task);
	} else if (is_operator(node, GCV_OP_COMMA)) {
		gcv_cfg_push(b, GCV_CFG_CONDITION, node->children[1], task.a, task.b);
		gcv_cfg_push(b, GCV_CFG_STEP, node->children[0], 0, 0);
	} else if (node->kind != GCV_NODE_STMT_EXPR || !condition_of_statements(b, at, task)) {
		gcv_cfg_push(b, GCV_CFG_BRANCH, at, task.a, task.b);
		gcv_cfg_push(b, GCV_CFG_PARTS, at, 0, 0);
	}
}

void gcv_cfg_branch(struct gcv_cfg_builder *b, struct gcv_cfg_task task)
{
	struct gcv_cfg_edge edge = { .condition = task.node, .label = GCV_NONE };
	int64_t value;

	gcv_cfg_place(b, task.node);
	if (gcv_cfg_constant(b->body, task.node, &value)) {
		gcv_cfg_jump(b, value ? task.a : task.b);
		return;
	}
	edge.from = b->current;
	edge.to = task.a;
	edge.sense = GCV_CFG_TRUE;
	gcv_cfg_edge_add(b, edge);
	edge.to = task.b;
	edge.sense = GCV_CFG_FALSE;
	gcv_cfg_edge_add(b, edge);
	b->current = GCV_NONE;
}
