/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The control-flow graph of a function, from its stored body.
 *
 *	struct gcv_cfg cfg;
 *
 *	gcv_cfg_build(body, &arena, &cfg);
 *	for (i = 0; i < cfg.nr_blocks; i++)
 *		…cfg.blocks[i].steps: expressions in the order in which they are evaluated…
 *
 * Conditions are split at && || ?: and !, so that the edges out of a block tell which single
 * expression was true or false; what likely(), casts to bool and ({ …; x; }) wrap is seen through.
 * Everything lives in the arena; nothing recurses without bound.
 */
#ifndef GCV_FLOW_CFG_H
#define GCV_FLOW_CFG_H

#include "parse/body.h"
#include "parse/facts.h"

/**
 * enum gcv_cfg_sense - when an edge is taken
 * @GCV_CFG_ALWAYS: unconditionally
 * @GCV_CFG_TRUE: the condition is not zero
 * @GCV_CFG_FALSE: the condition is zero
 * @GCV_CFG_CASE: the switch's value is that of the CASE node in @label
 * @GCV_CFG_DEFAULT: no case fits
 */
enum gcv_cfg_sense {
	GCV_CFG_ALWAYS,
	GCV_CFG_TRUE,
	GCV_CFG_FALSE,
	GCV_CFG_CASE,
	GCV_CFG_DEFAULT,
};

/**
 * struct gcv_cfg_edge - from one block to another
 * @from: block
 * @to: block
 * @sense: when
 * @condition: node of the condition (a single one: no && || !), or of the switch's value; GCV_NONE
 * for GCV_CFG_ALWAYS
 * @label: CASE node, for GCV_CFG_CASE; else GCV_NONE
 * @is_back: leads back to the head of a loop, also of one made by goto
 */
struct gcv_cfg_edge {
	uint32_t from, to;
	enum gcv_cfg_sense sense;
	uint32_t condition, label;
	bool is_back;
};

/**
 * struct gcv_cfg_block - steps that are done one after the other
 * @steps: nodes: full expressions, VAR nodes, RETURN, ASM; conditions are the last step. An
 * expression with && || ?: , or a statement expression inside is spread over blocks: its parts are
 * steps of their own, and the step of the whole stands where they meet again
 * @nr_steps: how many
 * @nodes: all nodes that the steps evaluate, in the order of evaluation: operands before the
 * operator, the value before the target of an assignment, arguments before the call. Each node of
 * the body is there at most once, so the parts of a spread expression are not there again. What is
 * not evaluated (operand of sizeof, argument of __builtin_constant_p) is nowhere
 * @nr_nodes: how many
 * @out: indices of edges that leave
 * @nr_out: how many
 * @in: indices of edges that arrive
 * @nr_in: how many
 * @loop: innermost WHILE, DO or FOR node around, or GCV_NONE; condition and step of a loop belong
 * to it, the start of a FOR does not. do { … } while (0) counts as none
 * @is_reached: can be reached from the entry
 */
struct gcv_cfg_block {
	uint32_t *steps;
	uint32_t nr_steps;
	uint32_t *nodes;
	uint32_t nr_nodes;
	uint32_t *out;
	uint32_t nr_out;
	uint32_t *in;
	uint32_t nr_in;
	uint32_t loop;
	bool is_reached;
};

/**
 * struct gcv_cfg - see above
 * @blocks: block 0 is the entry
 * @edges: edges
 * @order: reached blocks in reverse postorder
 * @block_of: for each node of the body the block that evaluates it; for statements and for what a
 * condition is wrapped in or split at, the block where it begins; GCV_NONE for what is not
 * evaluated
 * @exit: block where all returns and the end of the body lead; it has no steps. A block other than
 * this one that no edge leaves ends in a call that does not return
 * @nr_blocks: how many
 * @nr_edges: how many
 * @nr_order: how many
 * @is_complete: false where a computed goto, an asm goto or a jump to a label that is not there
 * hides edges; what can be known of them (labels whose address is taken, labels that no goto names)
 * is there
 * @hubs: the block by which all asm gotos lead to labels, and the one of all computed gotos, or
 * GCV_NONE: what is not known of edges begins there
 * @is_lost: there is a jump to a label that is not there, too
 */
struct gcv_cfg {
	struct gcv_cfg_block *blocks;
	struct gcv_cfg_edge *edges;
	uint32_t *order;
	uint32_t *block_of;
	uint32_t exit;
	uint32_t nr_blocks, nr_edges, nr_order;
	uint32_t hubs[2];
	bool is_complete, is_lost;
};

/**
 * gcv_cfg_build() - build the graph
 * @body: body of a function
 * @arena: owns the graph
 * @ret_cfg: the graph
 *
 * An edge is left out where the condition is a constant: number, enum constant, sizeof, and
 * comparisons of these. A call of a function whose type says noreturn ends the path.
 */
void gcv_cfg_build(const struct gcv_body *body, struct gcv_arena *arena, struct gcv_cfg *ret_cfg);

/**
 * gcv_cfg_reaches() - can one node be evaluated after another in the same call of the function?
 * @cfg: the graph
 * @from: the first
 * @to: the second
 *
 * Return: true where there is a path; false also for nodes that are not evaluated.
 */
bool gcv_cfg_reaches(const struct gcv_cfg *cfg, uint32_t from, uint32_t to);

/**
 * gcv_cfg_round() - where a round of a loop begins
 * @cfg: the graph
 * @body: its body
 * @loop: a FOR, WHILE or DO
 *
 * Return: the block that every path from one round to the next leads through, or GCV_NONE.
 */
uint32_t gcv_cfg_round(const struct gcv_cfg *cfg, const struct gcv_body *body, uint32_t loop);

/**
 * gcv_cfg_reaches_in_round() - can one node be evaluated after another in the same round of a loop?
 * @cfg: the graph
 * @body: its body
 * @loop: the FOR, WHILE or DO around both
 * @from: the first
 * @to: the second
 *
 * Return: true where there is a path that does not come to the next round.
 */
bool gcv_cfg_reaches_in_round(const struct gcv_cfg *cfg, const struct gcv_body *body, uint32_t loop,
			      uint32_t from, uint32_t to);

#endif
