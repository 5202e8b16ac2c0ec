/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reaching definitions: which assignments a use of a local variable or parameter can see.
 *
 *	struct gcv_reach reach;
 *
 *	gcv_reach_build(body, &cfg, &arena, &reach);
 *	defs = gcv_reach_at(&reach, ref_node, &nr);
 *	…reach.defs[defs[i]]…
 */
#ifndef GCV_FLOW_REACH_H
#define GCV_FLOW_REACH_H

#include "flow/cfg.h"

/** GCV_REACH_MAX_BITS - above this many definitions times blocks (256 MiB of bits) not paths are
 * looked at, but each use is reached by all definitions of its variable */
#define GCV_REACH_MAX_BITS ((uint64_t)1 << 31)

/**
 * enum gcv_reach_kind - what gives a variable a value
 * @GCV_REACH_PARAM: the caller
 * @GCV_REACH_UNSET: nothing yet: declared without initialiser
 * @GCV_REACH_VAR: its declaration's initialiser (@node is the VAR)
 * @GCV_REACH_ASSIGN: an assignment, also a compound one (@node is the ASSIGN)
 * @GCV_REACH_STEP: ++ or -- (@node is the UNARY)
 * @GCV_REACH_CALL: a call that gets the variable's address, or its array, as an argument (@node is
 * the CALL); it may or may not write
 * @GCV_REACH_ADDRESS: its address is kept elsewhere (@node is the UNARY & or, for an array, the
 * REF): from here on it may be written through that, so no later definition ends this one
 * @GCV_REACH_ASM: an asm statement that has it as an operand
 */
enum gcv_reach_kind {
	GCV_REACH_PARAM,
	GCV_REACH_UNSET,
	GCV_REACH_VAR,
	GCV_REACH_ASSIGN,
	GCV_REACH_STEP,
	GCV_REACH_CALL,
	GCV_REACH_ADDRESS,
	GCV_REACH_ASM,
};

/**
 * struct gcv_reach_def - a definition
 * @kind: what kind
 * @symbol: the variable
 * @node: see the kind; GCV_NONE for a parameter
 * @ref: REF of the variable in it, GCV_NONE for a parameter and a VAR
 * @is_part: only an element or a field of the variable is written
 * @keeps: what was there before may still be there (a call, a kept address, an asm, a part):
 * earlier definitions reach beyond it
 */
struct gcv_reach_def {
	enum gcv_reach_kind kind;
	uint32_t symbol;
	uint32_t node;
	uint32_t ref;
	bool is_part, keeps;
};

/**
 * struct gcv_reach - see above
 * @defs: all definitions, in node order, parameters first
 * @nr_defs: how many
 * @first: for each node of the body the start of its list in @lists; uses may share a list
 * @nr: for each node of the body how many definitions reach it; 0 for other nodes than REFs of
 * local variables and parameters, and for those that cannot be reached
 * @lists: indices of definitions
 * @is_exact: false where GCV_REACH_MAX_BITS was exceeded
 */
struct gcv_reach {
	struct gcv_reach_def *defs;
	uint32_t nr_defs;
	uint32_t *first, *nr;
	uint32_t *lists;
	bool is_exact;
};

/**
 * gcv_reach_build() - find the definitions that reach each use
 * @body: body of a function
 * @cfg: its graph
 * @arena: owns the result
 * @ret_reach: the result
 *
 * A REF that is only written (target of a plain assignment) is no use. Arrays and structs count as
 * one variable that element and field assignments change in part. Static variables are not
 * followed: other calls of the function write them.
 */
void gcv_reach_build(const struct gcv_body *body, const struct gcv_cfg *cfg,
		     struct gcv_arena *arena, struct gcv_reach *ret_reach);

/**
 * struct gcv_reach_choice - what is known of a body beforehand
 * @is_followed: is anybody going to ask for a local variable or parameter? NULL where for all
 * @is_sure: does a CALL surely write the single variable whose address it gets? NULL where none
 * @ctx: first argument of both
 */
struct gcv_reach_choice {
	bool (*is_followed)(void *ctx, uint32_t symbol);
	bool (*is_sure)(void *ctx, uint32_t call);
	void *ctx;
};

/**
 * gcv_reach_build_chosen() - the same, where more is known
 * @body: body of a function
 * @cfg: its graph
 * @choice: what is known
 * @arena: owns the result
 * @ret_reach: the result
 *
 * Variables that are not followed have no definitions. Earlier definitions do not reach beyond a
 * call that is sure to write.
 */
void gcv_reach_build_chosen(const struct gcv_body *body, const struct gcv_cfg *cfg,
			    const struct gcv_reach_choice *choice, struct gcv_arena *arena,
			    struct gcv_reach *ret_reach);

/**
 * gcv_reach_at() - the definitions that reach a use
 * @reach: the result
 * @node: index of a REF
 * @ret_nr: how many
 *
 * Return: indices into @reach->defs, ascending.
 */
const uint32_t *gcv_reach_at(const struct gcv_reach *reach, uint32_t node, uint32_t *ret_nr);

/**
 * gcv_reach_is_by() - does a definition reach a use?
 * @reach: the result
 * @node: index of a REF
 * @def: index into @reach->defs
 *
 * Return: true where gcv_reach_at() names it.
 */
bool gcv_reach_is_by(const struct gcv_reach *reach, uint32_t node, uint32_t def);

#endif
