// SPDX-License-Identifier: GPL-2.0-only
#include "flow/cfg_build.h"

#include <stdlib.h>
#include <string.h>

void gcv_cfg_push(struct gcv_cfg_builder *b, enum gcv_cfg_task_kind kind, uint32_t node,
		  uint32_t block_a, uint32_t block_b)
{
	GCV_GROW(b->tasks, b->nr_tasks, b->cap_tasks);
	b->tasks[b->nr_tasks++] = (struct gcv_cfg_task){ kind, node, block_a, block_b };
}

uint32_t gcv_cfg_block_new(struct gcv_cfg_builder *b)
{
	GCV_GROW(b->blocks, b->nr_blocks, b->cap_blocks);
	b->blocks[b->nr_blocks] = (struct gcv_cfg_draft){ .loop = GCV_NONE };
	return b->nr_blocks++;
}

/* do { … } while (0) is none, it only makes one statement of several. */
static bool is_loop(const struct gcv_cfg_builder *b, const struct gcv_cfg_scope *scope)
{
	const struct gcv_node *node = &b->body->nodes[scope->node];
	int64_t value;

	return node->kind != GCV_NODE_SWITCH &&
	       !(node->kind == GCV_NODE_DO &&
		 gcv_cfg_constant(b->body, node->children[1], &value) && !value);
}

static uint32_t innermost_loop(const struct gcv_cfg_builder *b)
{
	uint32_t i;

	for (i = b->nr_scopes; i-- > 0;)
		if (b->scopes[i].is_loop)
			return b->scopes[i].node;
	return GCV_NONE;
}

static void enter(struct gcv_cfg_builder *b, uint32_t block)
{
	struct gcv_cfg_draft *draft = &b->blocks[block];

	draft->is_entered = true;
	draft->first_step = b->nr_steps;
	draft->first_node = b->nr_nodes;
	draft->loop = innermost_loop(b);
	b->current = block;
}

uint32_t gcv_cfg_here(struct gcv_cfg_builder *b)
{
	if (b->current == GCV_NONE)
		enter(b, gcv_cfg_block_new(b));
	return b->current;
}

void gcv_cfg_edge_add(struct gcv_cfg_builder *b, struct gcv_cfg_edge edge)
{
	if (edge.from == GCV_NONE)
		return;
	GCV_GROW(b->edges, b->nr_edges, b->cap_edges);
	b->edges[b->nr_edges++] = edge;
}

void gcv_cfg_jump(struct gcv_cfg_builder *b, uint32_t to)
{
	gcv_cfg_edge_add(b, (struct gcv_cfg_edge){ .from = b->current,
						   .to = to,
						   .condition = GCV_NONE,
						   .label = GCV_NONE });
	b->current = GCV_NONE;
}

static void fork_to(struct gcv_cfg_builder *b, uint32_t one, uint32_t other)
{
	uint32_t from = b->current;

	gcv_cfg_jump(b, one);
	b->current = from;
	gcv_cfg_jump(b, other);
}

static void open_scope(struct gcv_cfg_builder *b, struct gcv_cfg_task task)
{
	bool is_switch = b->body->nodes[task.node].kind == GCV_NODE_SWITCH;

	GCV_GROW(b->scopes, b->nr_scopes, b->cap_scopes);
	b->scopes[b->nr_scopes++] =
		(struct gcv_cfg_scope){ .node = task.node,
					.break_to = task.a,
					.continue_to = task.b,
					.head = is_switch ? gcv_cfg_here(b) : GCV_NONE,
					.first_edge = b->nr_edges };
	b->scopes[b->nr_scopes - 1].is_loop = is_loop(b, &b->scopes[b->nr_scopes - 1]);
	if (is_switch)
		b->current = GCV_NONE;
}

static void run(struct gcv_cfg_builder *b, struct gcv_cfg_task task)
{
	switch (task.kind) {
	case GCV_CFG_STATEMENT:
		gcv_cfg_statement(b, task.node);
		break;
	case GCV_CFG_STEP:
		gcv_cfg_push(b, GCV_CFG_PLACE, task.node, 0, 0);
		gcv_cfg_push(b, GCV_CFG_PARTS, task.node, 0, 0);
		break;
	case GCV_CFG_PARTS:
		gcv_cfg_parts(b, task.node);
		break;
	case GCV_CFG_PLACE:
		gcv_cfg_place(b, task.node);
		break;
	case GCV_CFG_CONDITION:
		gcv_cfg_condition(b, task);
		break;
	case GCV_CFG_BRANCH:
		gcv_cfg_branch(b, task);
		break;
	case GCV_CFG_JUMP:
		gcv_cfg_jump(b, task.a);
		break;
	case GCV_CFG_FORK:
		fork_to(b, task.a, task.b);
		break;
	case GCV_CFG_ENTER:
		enter(b, task.a);
		break;
	case GCV_CFG_OPEN:
		open_scope(b, task);
		break;
	case GCV_CFG_CLOSE:
		gcv_cfg_close(b);
		break;
	}
}

static bool is_spread(const struct gcv_node *node)
{
	switch (node->kind) {
	case GCV_NODE_COND:
	case GCV_NODE_STMT_EXPR:
		return true;
	case GCV_NODE_BINARY:
		return node->op == GCV_OP_LAND || node->op == GCV_OP_LOR ||
		       node->op == GCV_OP_COMMA;
	default:
		return gcv_cfg_is_statement(node->kind);
	}
}

/* Nodes stand before their children, so that going backwards meets the children first. */
static void mark_nodes(struct gcv_cfg_builder *b)
{
	bool has_asm = false, has_asm_label = false;
	uint32_t i;

	for (i = b->body->nr_nodes; i-- > 0;) {
		const struct gcv_node *node = &b->body->nodes[i];

		if (is_spread(node))
			b->marks[i] |= GCV_CFG_MARK_SPREAD;
		if (node->parent != GCV_NONE && !gcv_cfg_is_unevaluated(b->body, node->parent))
			b->marks[node->parent] |= b->marks[i] & GCV_CFG_MARK_SPREAD;
		has_asm |= node->kind == GCV_NODE_ASM;
		has_asm_label |= node->kind == GCV_NODE_LABEL &&
				 !(b->marks[i] & (GCV_CFG_MARK_GOTO | GCV_CFG_MARK_ADDRESS));
	}
	if (has_asm && has_asm_label)
		b->asm_labels = gcv_cfg_block_new(b);
}

void gcv_cfg_build(const struct gcv_body *body, struct gcv_arena *arena, struct gcv_cfg *ret_cfg)
{
	struct gcv_cfg_builder b = {
		.body = body, .current = GCV_NONE, .asm_labels = GCV_NONE, .computed = GCV_NONE
	};

	b.block_of = gcv_arena_alloc(arena, sizeof(*b.block_of) * body->nr_nodes);
	memset(b.block_of, 0xff, sizeof(*b.block_of) * body->nr_nodes);
	b.marks = gcv_zalloc(body->nr_nodes, 1);
	b.label_of = gcv_zalloc(body->nr_nodes, sizeof(*b.label_of));
	memset(b.label_of, 0xff, sizeof(*b.label_of) * body->nr_nodes);
	enter(&b, gcv_cfg_block_new(&b));
	b.exit = gcv_cfg_block_new(&b);
	gcv_cfg_find_labels(&b);
	mark_nodes(&b);
	gcv_cfg_push(&b, GCV_CFG_JUMP, GCV_NONE, b.exit, 0);
	gcv_cfg_push(&b, GCV_CFG_STATEMENT, 0, 0, 0);
	while (b.nr_tasks)
		run(&b, b.tasks[--b.nr_tasks]);
	gcv_cfg_lead_to_labels(&b, b.asm_labels, true);
	gcv_cfg_lead_to_labels(&b, b.computed, false);
	gcv_cfg_finish(&b, arena, ret_cfg);
	free(b.blocks);
	free(b.edges);
	free(b.tasks);
	free(b.scopes);
	free(b.steps);
	free(b.nodes);
	free(b.walk);
	free(b.marks);
	free(b.label_of);
}
