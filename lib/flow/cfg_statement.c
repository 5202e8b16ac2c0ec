// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements: each leads from the current block to where the next statement goes on. What is pushed
 * last is done first, so the tasks of a statement stand here from its end to its beginning.
 */
#include "flow/cfg_build.h"

static void push_jump(struct gcv_cfg_builder *b, uint32_t to)
{
	gcv_cfg_push(b, GCV_CFG_JUMP, GCV_NONE, to, 0);
}

static void push_enter(struct gcv_cfg_builder *b, uint32_t block)
{
	gcv_cfg_push(b, GCV_CFG_ENTER, GCV_NONE, block, 0);
}

static void push_statement(struct gcv_cfg_builder *b, uint32_t at)
{
	gcv_cfg_push(b, GCV_CFG_STATEMENT, at, 0, 0);
}

static void push_children(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	uint32_t i;

	for (i = node->nr_children; i-- > 0;)
		push_statement(b, node->children[i]);
}

/* A condition that is left out (for (;;)) is true. */
static void push_condition(struct gcv_cfg_builder *b, uint32_t at, uint32_t if_true,
			   uint32_t if_false)
{
	if (b->body->nodes[at].kind == GCV_NODE_NONE)
		push_jump(b, if_true);
	else
		gcv_cfg_push(b, GCV_CFG_CONDITION, at, if_true, if_false);
}

static void lower_if(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	bool has_else = b->body->nodes[node->children[2]].kind != GCV_NODE_NONE;
	uint32_t then = gcv_cfg_block_new(b), after = gcv_cfg_block_new(b);
	uint32_t otherwise = has_else ? gcv_cfg_block_new(b) : after;

	push_enter(b, after);
	if (has_else) {
		push_jump(b, after);
		push_statement(b, node->children[2]);
		push_enter(b, otherwise);
	}
	push_jump(b, after);
	push_statement(b, node->children[1]);
	push_enter(b, then);
	push_condition(b, node->children[0], then, otherwise);
}

static void lower_while(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	uint32_t head = gcv_cfg_block_new(b), inside = gcv_cfg_block_new(b);
	uint32_t after = gcv_cfg_block_new(b);

	push_enter(b, after);
	gcv_cfg_push(b, GCV_CFG_CLOSE, at, 0, 0);
	push_jump(b, head);
	push_statement(b, node->children[1]);
	push_enter(b, inside);
	push_condition(b, node->children[0], inside, after);
	push_enter(b, head);
	gcv_cfg_push(b, GCV_CFG_OPEN, at, after, head);
	push_jump(b, head);
}

static void lower_do(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	uint32_t inside = gcv_cfg_block_new(b), check = gcv_cfg_block_new(b);
	uint32_t after = gcv_cfg_block_new(b);

	push_enter(b, after);
	gcv_cfg_push(b, GCV_CFG_CLOSE, at, 0, 0);
	push_condition(b, node->children[1], inside, after);
	push_enter(b, check);
	push_jump(b, check);
	push_statement(b, node->children[0]);
	push_enter(b, inside);
	gcv_cfg_push(b, GCV_CFG_OPEN, at, after, check);
	push_jump(b, inside);
}

static void lower_for(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	uint32_t head = gcv_cfg_block_new(b), inside = gcv_cfg_block_new(b);
	uint32_t step = gcv_cfg_block_new(b), after = gcv_cfg_block_new(b);

	push_enter(b, after);
	gcv_cfg_push(b, GCV_CFG_CLOSE, at, 0, 0);
	push_jump(b, head);
	push_statement(b, node->children[2]);
	push_enter(b, step);
	push_jump(b, step);
	push_statement(b, node->children[3]);
	push_enter(b, inside);
	push_condition(b, node->children[1], inside, after);
	push_enter(b, head);
	gcv_cfg_push(b, GCV_CFG_OPEN, at, after, step);
	push_jump(b, head);
	push_statement(b, node->children[0]);
}

static void lower_switch(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	uint32_t after = gcv_cfg_block_new(b);

	push_enter(b, after);
	gcv_cfg_push(b, GCV_CFG_CLOSE, at, 0, 0);
	push_jump(b, after);
	push_statement(b, node->children[1]);
	gcv_cfg_push(b, GCV_CFG_OPEN, at, after, GCV_NONE);
	gcv_cfg_push(b, GCV_CFG_STEP, node->children[0], 0, 0);
}

static struct gcv_cfg_scope *innermost_switch(struct gcv_cfg_builder *b)
{
	uint32_t i;

	for (i = b->nr_scopes; i-- > 0;)
		if (b->scopes[i].head != GCV_NONE)
			return &b->scopes[i];
	return NULL;
}

static void switch_edge(struct gcv_cfg_builder *b, const struct gcv_cfg_scope *scope, uint32_t to,
			uint32_t label)
{
	gcv_cfg_edge_add(b, (struct gcv_cfg_edge){
				    .from = scope->head,
				    .to = to,
				    .sense = label == GCV_NONE ? GCV_CFG_DEFAULT : GCV_CFG_CASE,
				    .condition = b->body->nodes[scope->node].children[0],
				    .label = label });
}

/* CASE or DEFAULT; @statement is what follows the colon. */
static void lower_case(struct gcv_cfg_builder *b, uint32_t at, uint32_t statement)
{
	bool is_default = b->body->nodes[at].kind == GCV_NODE_DEFAULT;
	struct gcv_cfg_scope *scope = innermost_switch(b);
	uint32_t block = gcv_cfg_block_new(b);

	if (scope) {
		switch_edge(b, scope, block, is_default ? GCV_NONE : at);
		scope->has_default |= is_default;
	}
	push_statement(b, statement);
	push_enter(b, block);
	push_jump(b, block);
}

/* Does the constant @value choose this edge's CASE? false also where that cannot be told. */
static bool is_chosen(const struct gcv_body *body, const struct gcv_cfg_edge *edge, int64_t value,
		      bool *is_known)
{
	const struct gcv_node *label = &body->nodes[edge->label];
	int64_t low, high;

	if (!gcv_cfg_constant(body, label->children[0], &low)) {
		*is_known = false;
		return false;
	}
	high = low;
	if (body->nodes[label->children[1]].kind != GCV_NODE_NONE &&
	    !gcv_cfg_constant(body, label->children[1], &high)) {
		*is_known = false;
		return false;
	}
	return value >= low && value <= high;
}

/* switch (sizeof(x)): keep one edge alone. */
static void prune_switch(struct gcv_cfg_builder *b, const struct gcv_cfg_scope *scope)
{
	uint32_t value_node = b->body->nodes[scope->node].children[0];
	uint32_t i, kept = GCV_NONE, nr = scope->first_edge;
	bool is_known = true;
	int64_t value;

	if (!gcv_cfg_constant(b->body, value_node, &value))
		return;
	for (i = scope->first_edge; i < b->nr_edges && kept == GCV_NONE; i++)
		if (b->edges[i].from == scope->head && b->edges[i].sense == GCV_CFG_CASE &&
		    is_chosen(b->body, &b->edges[i], value, &is_known))
			kept = i;
	for (i = scope->first_edge; i < b->nr_edges && kept == GCV_NONE; i++)
		if (b->edges[i].from == scope->head && b->edges[i].sense == GCV_CFG_DEFAULT)
			kept = i;
	if (!is_known)
		return;
	for (i = scope->first_edge; i < b->nr_edges; i++)
		if (i == kept || b->edges[i].from != scope->head)
			b->edges[nr++] = b->edges[i];
	b->nr_edges = nr;
}

void gcv_cfg_close(struct gcv_cfg_builder *b)
{
	struct gcv_cfg_scope scope = b->scopes[b->nr_scopes - 1];

	if (scope.head != GCV_NONE) {
		if (!scope.has_default)
			switch_edge(b, &scope, scope.break_to, GCV_NONE);
		prune_switch(b, &scope);
	}
	b->nr_scopes--;
}

static void lower_break(struct gcv_cfg_builder *b)
{
	gcv_cfg_jump(b, b->nr_scopes ? b->scopes[b->nr_scopes - 1].break_to : b->exit);
}

static void lower_continue(struct gcv_cfg_builder *b)
{
	uint32_t i;

	for (i = b->nr_scopes; i-- > 0;)
		if (b->scopes[i].continue_to != GCV_NONE) {
			gcv_cfg_jump(b, b->scopes[i].continue_to);
			return;
		}
	gcv_cfg_jump(b, b->exit);
}

static void lower_label(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	uint32_t block = gcv_cfg_label_block(b, at);

	push_statement(b, node->children[0]);
	gcv_cfg_jump(b, block);
	push_enter(b, block);
}

static void lower_goto(struct gcv_cfg_builder *b, uint32_t at)
{
	uint32_t label = b->label_of[at];

	if (label == GCV_NONE)
		b->current = GCV_NONE;
	else
		gcv_cfg_jump(b, gcv_cfg_label_block(b, label));
}

static void lower_computed_goto(struct gcv_cfg_builder *b, const struct gcv_node *node)
{
	if (b->computed == GCV_NONE)
		b->computed = gcv_cfg_block_new(b);
	push_jump(b, b->computed);
	gcv_cfg_push(b, GCV_CFG_STEP, node->children[0], 0, 0);
}

/* An asm goto goes on behind it, or at a label. Which ones is not kept. */
static void lower_asm(struct gcv_cfg_builder *b, uint32_t at)
{
	uint32_t after;

	if (b->asm_labels != GCV_NONE) {
		after = gcv_cfg_block_new(b);
		push_enter(b, after);
		gcv_cfg_push(b, GCV_CFG_FORK, GCV_NONE, after, b->asm_labels);
	}
	gcv_cfg_push(b, GCV_CFG_STEP, at, 0, 0);
}

/* Attributes (fallthrough) hide the statement that they belong to. */
static bool has_statement(const struct gcv_body *body, const struct gcv_node *node)
{
	uint32_t i;

	for (i = 0; i < node->nr_children; i++)
		if (gcv_cfg_is_statement(body->nodes[node->children[i]].kind))
			return true;
	return false;
}

bool gcv_cfg_is_statement(enum gcv_node_kind kind)
{
	switch (kind) {
	case GCV_NODE_COMPOUND:
	case GCV_NODE_DECL:
	case GCV_NODE_VAR:
	case GCV_NODE_IF:
	case GCV_NODE_SWITCH:
	case GCV_NODE_CASE:
	case GCV_NODE_DEFAULT:
	case GCV_NODE_WHILE:
	case GCV_NODE_DO:
	case GCV_NODE_FOR:
	case GCV_NODE_GOTO:
	case GCV_NODE_INDIRECT_GOTO:
	case GCV_NODE_LABEL:
	case GCV_NODE_BREAK:
	case GCV_NODE_CONTINUE:
	case GCV_NODE_RETURN:
	case GCV_NODE_EMPTY:
	case GCV_NODE_ASM:
		return true;
	default:
		return false;
	}
}

static bool begins_block(enum gcv_node_kind kind)
{
	return kind != GCV_NODE_CASE && kind != GCV_NODE_DEFAULT && kind != GCV_NODE_LABEL &&
	       kind != GCV_NODE_NONE && kind != GCV_NODE_EMPTY;
}

/* Loops, switch and jumps. */
static void lower_control(struct gcv_cfg_builder *b, uint32_t at, const struct gcv_node *node)
{
	switch (node->kind) {
	case GCV_NODE_SWITCH:
		lower_switch(b, at, node);
		break;
	case GCV_NODE_CASE:
		lower_case(b, at, node->children[2]);
		break;
	case GCV_NODE_DEFAULT:
		lower_case(b, at, node->children[0]);
		break;
	case GCV_NODE_WHILE:
		lower_while(b, at, node);
		break;
	case GCV_NODE_DO:
		lower_do(b, at, node);
		break;
	case GCV_NODE_FOR:
		lower_for(b, at, node);
		break;
	case GCV_NODE_GOTO:
		lower_goto(b, at);
		break;
	case GCV_NODE_INDIRECT_GOTO:
		lower_computed_goto(b, node);
		break;
	case GCV_NODE_LABEL:
		lower_label(b, at, node);
		break;
	case GCV_NODE_BREAK:
		lower_break(b);
		break;
	default:
		lower_continue(b);
		break;
	}
}

void gcv_cfg_statement(struct gcv_cfg_builder *b, uint32_t at)
{
	const struct gcv_node *node = &b->body->nodes[at];

	if (begins_block(node->kind))
		b->block_of[at] = gcv_cfg_here(b);
	switch (node->kind) {
	case GCV_NODE_NONE:
	case GCV_NODE_EMPTY:
		break;
	case GCV_NODE_COMPOUND:
	case GCV_NODE_DECL:
		push_children(b, node);
		break;
	case GCV_NODE_IF:
		lower_if(b, node);
		break;
	case GCV_NODE_ASM:
		lower_asm(b, at);
		break;
	case GCV_NODE_RETURN:
		push_jump(b, b->exit);
		gcv_cfg_push(b, GCV_CFG_STEP, at, 0, 0);
		break;
	case GCV_NODE_UNKNOWN:
		if (has_statement(b->body, node))
			push_children(b, node);
		else
			gcv_cfg_push(b, GCV_CFG_STEP, at, 0, 0);
		break;
	default:
		if (gcv_cfg_is_statement(node->kind) && node->kind != GCV_NODE_VAR)
			lower_control(b, at, node);
		else
			gcv_cfg_push(b, GCV_CFG_STEP, at, 0, 0);
		break;
	}
}
