/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flags that tell pages of two kinds apart: the conditions that a release stands under, and the
 * assignments that make them true or false.
 *
 *	gcv_flag_writes_init(&writes, program);
 *	nr = gcv_flag_conditions(body, call, conditions, GCV_FLAG_CONDITIONS);
 *	for (i = 0; i < nr; i++)
 *		if (gcv_flag_read(body, &conditions[i], &flag))
 *			…flag.field or flag.param; gcv_flag_writes_of(&writes, flag.field)…
 *	gcv_flag_writes_release(&writes);
 */
#ifndef GCV_CLASSIFY_FLAG_H
#define GCV_CLASSIFY_FLAG_H

#include "base/intern.h"
#include "flow/program.h"

/** GCV_FLAG_CONDITIONS - conditions of a release that are looked at */
#define GCV_FLAG_CONDITIONS 16

/**
 * struct gcv_flag_condition - a condition that holds, or does not, where a node is reached
 * @node: the condition
 * @is_inverted: it does not hold
 */
struct gcv_flag_condition {
	uint32_t node;
	bool is_inverted;
};

/**
 * struct gcv_flag - what a condition asks for
 * @field: the field, or NULL
 * @param: without @field the position of a parameter
 * @node: MEMBER or REF that is read
 * @mask: bits of it that count; 0 for all
 * @is_inverted: the condition holds where they are not set
 * @is_copied: it is asked of a variable that the field or parameter was copied to before
 */
struct gcv_flag {
	const struct gcv_symbol *field;
	uint32_t param, node;
	int64_t mask;
	bool is_inverted, is_copied;
};

/**
 * struct gcv_flag_write - an assignment to a field
 * @function: index of the function
 * @node: ASSIGN or DESIGNATED node, or the node that takes the field's address
 * @op: operator
 * @value: what is assigned, or GCV_NONE where only the address is taken
 * @next: next one of the same field, or GCV_NONE
 */
struct gcv_flag_write {
	uint32_t function, node;
	enum gcv_op op;
	uint32_t value, next;
};

/**
 * struct gcv_flag_writes - all assignments to fields of a program
 * @fields: "struct rds_mr.r_sg"
 * @first: for each field the first assignment
 * @writes: assignments
 * @nr_first: how many
 * @nr_writes: how many
 */
struct gcv_flag_writes {
	struct gcv_intern fields;
	uint32_t *first;
	struct gcv_flag_write *writes;
	uint32_t nr_first, cap_first, nr_writes, cap_writes;
};

/**
 * gcv_flag_conditions() - the conditions that a node stands under
 * @body: the body
 * @node: the node
 * @ret: filled
 * @max: room in it
 *
 * Those of the statements around it, and those that leave the block before it.
 *
 * Return: how many.
 */
uint32_t gcv_flag_conditions(const struct gcv_body *body, uint32_t node,
			     struct gcv_flag_condition *ret, uint32_t max);

/**
 * gcv_flag_init() - what a local variable is set to, where it is only declared
 * @body: the body
 * @symbol: the variable
 *
 * Return: the initialiser, or GCV_NONE where something else writes to it.
 */
uint32_t gcv_flag_init(const struct gcv_body *body, uint32_t symbol);

/**
 * gcv_flag_read() - what a condition asks for
 * @body: the body
 * @condition: the condition
 * @ret: the flag
 *
 * Return: true for x->f, !x->f, x->f & MASK, x->f == 0 and the like, for a parameter, and for a
 * variable that is only set to such by its declaration.
 */
bool gcv_flag_read(const struct gcv_body *body, const struct gcv_flag_condition *condition,
		   struct gcv_flag *ret);

/**
 * gcv_flag_constant() - value of an expression of constants
 * @body: the body
 * @node: the expression
 * @ret_value: its value
 *
 * Return: true where it is a constant, or constants that are or-ed, shifted or inverted.
 */
bool gcv_flag_constant(const struct gcv_body *body, uint32_t node, int64_t *ret_value);

/**
 * struct gcv_flag_guards - conditions that a node stands under, and that do not change in one call
 * of its function
 * @body: the body
 * @conditions: the conditions
 * @nr: how many
 */
struct gcv_flag_guards {
	const struct gcv_body *body;
	struct gcv_flag_condition conditions[GCV_FLAG_CONDITIONS];
	uint32_t nr;
};

/**
 * gcv_flag_guards_of() - look at the conditions of a node
 * @body: the body
 * @node: the node
 * @ret: filled; only conditions on parameters and variables that are never written count
 */
void gcv_flag_guards_of(const struct gcv_body *body, uint32_t node, struct gcv_flag_guards *ret);

/**
 * gcv_flag_excludes() - does one call of a function come to one of two nodes only?
 * @guards: of one of them
 * @node: the other; GCV_NONE is allowed
 *
 * Return: true where it stands under the opposite of one of the conditions.
 */
bool gcv_flag_excludes(const struct gcv_flag_guards *guards, uint32_t node);

/**
 * gcv_flag_param_at() - what a parameter holds where it is read, beside what the caller passed
 * @body: the body
 * @ref: REF of the parameter
 * @ret_values: expressions of constants that are assigned to it before
 * @max: room in it
 * @ret_nr: how many there are
 *
 * An assignment counts for a value only where the page that came with the parameter is dropped in
 * the same block, so that the value cannot be told of that page.
 *
 * Return: false where it may hold something else, or never what the caller passed.
 */
bool gcv_flag_param_at(const struct gcv_body *body, uint32_t ref, uint32_t *ret_values,
		       uint32_t max, uint32_t *ret_nr);

/**
 * gcv_flag_writes_init() - list them all
 * @writes: for gcv_flag_writes_release()
 * @program: its bodies are decoded
 */
void gcv_flag_writes_init(struct gcv_flag_writes *writes, const struct gcv_program *program);

/**
 * gcv_flag_writes_of() - the assignments to a field
 * @writes: the list
 * @field: the field
 *
 * Return: index of the first one, or GCV_NONE.
 */
uint32_t gcv_flag_writes_of(const struct gcv_flag_writes *writes, const struct gcv_symbol *field);

/**
 * gcv_flag_writes_release() - free the list
 * @writes: the list; a zeroed one is allowed
 */
void gcv_flag_writes_release(struct gcv_flag_writes *writes);

#endif
