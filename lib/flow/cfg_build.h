/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of flow/cfg.h: the graph while it is made. Instead of recursing, the builder keeps a stack
 * of tasks; a task that needs others done before it goes on pushes them, the last one first.
 *
 *	gcv_cfg_push(b, (struct gcv_cfg_task){ .kind = GCV_CFG_STATEMENT, .node = body->root });
 *	while (b->nr_tasks)
 *		…take the topmost and do it…
 */
#ifndef GCV_FLOW_CFG_BUILD_H
#define GCV_FLOW_CFG_BUILD_H

#include "flow/cfg.h"

/**
 * enum gcv_cfg_task_kind - what is to be done
 * @GCV_CFG_STATEMENT: lower the statement @node
 * @GCV_CFG_STEP: lower the full expression @node and place it as a step
 * @GCV_CFG_PARTS: lower the parts of @node that are spread over blocks
 * @GCV_CFG_PLACE: place @node as a step of the current block
 * @GCV_CFG_CONDITION: lower @node as a condition that leads to the blocks @a or @b
 * @GCV_CFG_BRANCH: place @node as a step, and lead to @a where it is true and to @b where not
 * @GCV_CFG_JUMP: lead to the block @a
 * @GCV_CFG_FORK: lead to the blocks @a and @b
 * @GCV_CFG_ENTER: go on in the block @a
 * @GCV_CFG_OPEN: open the loop or switch @node with the blocks @a for break, @b for continue
 * @GCV_CFG_CLOSE: close it
 */
enum gcv_cfg_task_kind {
	GCV_CFG_STATEMENT,
	GCV_CFG_STEP,
	GCV_CFG_PARTS,
	GCV_CFG_PLACE,
	GCV_CFG_CONDITION,
	GCV_CFG_BRANCH,
	GCV_CFG_JUMP,
	GCV_CFG_FORK,
	GCV_CFG_ENTER,
	GCV_CFG_OPEN,
	GCV_CFG_CLOSE,
};

/** struct gcv_cfg_task - see enum gcv_cfg_task_kind */
struct gcv_cfg_task {
	enum gcv_cfg_task_kind kind;
	uint32_t node, a, b;
};

/**
 * struct gcv_cfg_scope - a loop or switch that is open
 * @node: WHILE, DO, FOR or SWITCH
 * @break_to: block
 * @continue_to: block, or GCV_NONE for a switch
 * @head: for a switch the block that ends in its value, else GCV_NONE
 * @first_edge: for a switch, edges from here on may be its own
 * @has_default: for a switch
 * @is_loop: a loop, and not do { … } while (0)
 */
struct gcv_cfg_scope {
	uint32_t node, break_to, continue_to, head, first_edge;
	bool has_default, is_loop;
};

/**
 * struct gcv_cfg_draft - a block while the graph is made
 * @first_step: index into the builder's steps
 * @nr_steps: how many
 * @first_node: index into the builder's nodes
 * @nr_nodes: how many
 * @loop: as in the graph
 * @is_entered: its steps are under way or done
 */
struct gcv_cfg_draft {
	uint32_t first_step, nr_steps, first_node, nr_nodes, loop;
	bool is_entered;
};

/** GCV_CFG_MARK_SPREAD - on a node: it or something below takes more than one block */
#define GCV_CFG_MARK_SPREAD 1u
/** GCV_CFG_MARK_STEP - on a node: it is a step of its own */
#define GCV_CFG_MARK_STEP 2u
/** GCV_CFG_MARK_OPEN - on a node: its operands are under way */
#define GCV_CFG_MARK_OPEN 4u

/** GCV_CFG_MARK_GOTO - on a LABEL: a goto leads to it */
#define GCV_CFG_MARK_GOTO 8u
/** GCV_CFG_MARK_ADDRESS - on a LABEL: its address is taken */
#define GCV_CFG_MARK_ADDRESS 16u

/**
 * struct gcv_cfg_builder - see above
 * @body: the body
 * @block_of: as in the graph
 * @marks: for each node or-ed GCV_CFG_MARK_…
 * @label_of: for each GOTO and ADDR_LABEL its LABEL, for each LABEL its block, or GCV_NONE
 * @current: block that takes the next step, GCV_NONE behind a jump
 * @asm_labels: block that leads to the labels that only an asm goto can mean, or GCV_NONE
 * @computed: block that leads to the labels whose address is taken, or GCV_NONE
 * @is_lost: as in the graph
 */
struct gcv_cfg_builder {
	const struct gcv_body *body;
	struct gcv_cfg_draft *blocks;
	struct gcv_cfg_edge *edges;
	struct gcv_cfg_task *tasks;
	struct gcv_cfg_scope *scopes;
	uint32_t *steps, *nodes, *walk;
	uint32_t *block_of, *label_of;
	unsigned char *marks;
	uint32_t nr_blocks, nr_edges, nr_tasks, nr_scopes, nr_steps, nr_nodes, nr_walk;
	uint32_t cap_blocks, cap_edges, cap_tasks, cap_scopes, cap_steps, cap_nodes, cap_walk;
	uint32_t current, exit, asm_labels, computed;
	bool is_lost;
};

/**
 * gcv_cfg_push() - put a task on top of the stack
 * @b: the builder
 * @kind: what to do
 * @node: node or GCV_NONE
 * @block_a: see the kind
 * @block_b: see the kind
 */
void gcv_cfg_push(struct gcv_cfg_builder *b, enum gcv_cfg_task_kind kind, uint32_t node,
		  uint32_t block_a, uint32_t block_b);

/**
 * gcv_cfg_block_new() - a block that is not entered yet
 * @b: the builder
 *
 * Return: its index.
 */
uint32_t gcv_cfg_block_new(struct gcv_cfg_builder *b);

/**
 * gcv_cfg_here() - the current block; behind a jump a new one that nothing leads to
 * @b: the builder
 *
 * Return: its index.
 */
uint32_t gcv_cfg_here(struct gcv_cfg_builder *b);

/**
 * gcv_cfg_edge_add() - an edge; none where @edge.from is GCV_NONE
 * @b: the builder
 * @edge: the edge
 */
void gcv_cfg_edge_add(struct gcv_cfg_builder *b, struct gcv_cfg_edge edge);

/**
 * gcv_cfg_jump() - lead from the current block to another, and leave it
 * @b: the builder
 * @to: block
 */
void gcv_cfg_jump(struct gcv_cfg_builder *b, uint32_t to);

/**
 * gcv_cfg_find_labels() - find the label of each goto
 * @b: the builder
 */
void gcv_cfg_find_labels(struct gcv_cfg_builder *b);

/**
 * gcv_cfg_label_block() - the block that a label begins
 * @b: the builder
 * @label: LABEL node
 *
 * Return: its index.
 */
uint32_t gcv_cfg_label_block(struct gcv_cfg_builder *b, uint32_t label);

/**
 * gcv_cfg_lead_to_labels() - edges to all labels that jumps without a name may mean
 * @b: the builder
 * @from: block that they come from; nothing is done for GCV_NONE
 * @is_asm: of asm goto: labels that nothing else leads to; else labels whose address is taken
 */
void gcv_cfg_lead_to_labels(struct gcv_cfg_builder *b, uint32_t from, bool is_asm);

/**
 * gcv_cfg_statement() - do GCV_CFG_STATEMENT
 * @b: the builder
 * @at: the node
 */
void gcv_cfg_statement(struct gcv_cfg_builder *b, uint32_t at);

/**
 * gcv_cfg_close() - do GCV_CFG_CLOSE
 * @b: the builder
 */
void gcv_cfg_close(struct gcv_cfg_builder *b);

/**
 * gcv_cfg_parts() - do GCV_CFG_PARTS
 * @b: the builder
 * @at: the node
 */
void gcv_cfg_parts(struct gcv_cfg_builder *b, uint32_t at);

/**
 * gcv_cfg_place() - do GCV_CFG_PLACE
 * @b: the builder
 * @at: the node
 */
void gcv_cfg_place(struct gcv_cfg_builder *b, uint32_t at);

/**
 * gcv_cfg_condition() - do GCV_CFG_CONDITION
 * @b: the builder
 * @task: the task
 */
void gcv_cfg_condition(struct gcv_cfg_builder *b, struct gcv_cfg_task task);

/**
 * gcv_cfg_branch() - do GCV_CFG_BRANCH
 * @b: the builder
 * @task: the task
 */
void gcv_cfg_branch(struct gcv_cfg_builder *b, struct gcv_cfg_task task);

/**
 * gcv_cfg_constant() - the value of a constant expression
 * @body: the body
 * @at: the node
 * @ret_value: its value
 *
 * Return: false where it is none, or one that is not looked into.
 */
bool gcv_cfg_constant(const struct gcv_body *body, uint32_t at, int64_t *ret_value);

/**
 * gcv_cfg_is_statement() - does a kind of node stand among statements only?
 * @kind: the kind
 *
 * Return: true where it does.
 */
bool gcv_cfg_is_statement(enum gcv_node_kind kind);

/**
 * gcv_cfg_is_unevaluated() - is what stands below a node never evaluated?
 * @body: the body
 * @at: sizeof, or a call of __builtin_constant_p()
 *
 * Return: true where it is not.
 */
bool gcv_cfg_is_unevaluated(const struct gcv_body *body, uint32_t at);

/**
 * gcv_cfg_finish() - make the graph of the drafts
 * @b: the builder
 * @arena: owns the graph
 * @ret_cfg: the graph
 */
void gcv_cfg_finish(struct gcv_cfg_builder *b, struct gcv_arena *arena, struct gcv_cfg *ret_cfg);

#endif
