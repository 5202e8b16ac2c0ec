/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Preprocessor expressions with symbols that may be unknown.
 *
 *	const struct gcv_condition *condition;
 *
 *	if (gcv_condition_parse("defined(A) && B > 3", &arena, &condition, err) != GCV_OK)
 *		…
 *	switch (gcv_condition_eval(condition, &valuation)) {
 *	case GCV_TRUE: …
 *
 * IS_ENABLED() and its kin (include/linux/kconfig.h) are understood; other calls of macros are
 * atoms that are named by their text. Arithmetic is done in 64 bits with sign; what overflows, or
 * divides by zero, is unknown.
 */
#ifndef GCV_TREE_CONDITION_H
#define GCV_TREE_CONDITION_H

#include "base/alloc.h"
#include "base/err.h"
#include "tree/lex.h"

/** GCV_CONDITION_DEPTH_MAX - deepest nesting that is parsed, also of chains such as a || b || c */
#define GCV_CONDITION_DEPTH_MAX 1000

/** enum gcv_truth - true, false, or not to be known */
enum gcv_truth {
	GCV_UNKNOWN,
	GCV_FALSE,
	GCV_TRUE,
};

/**
 * enum gcv_value_state - what is known of a macro
 * @GCV_VALUE_UNKNOWN: nothing
 * @GCV_VALUE_UNDEFINED: it is not defined
 * @GCV_VALUE_NUMBER: it is defined as a number
 * @GCV_VALUE_TEXT: it is defined, but as what is not known
 */
enum gcv_value_state {
	GCV_VALUE_UNKNOWN,
	GCV_VALUE_UNDEFINED,
	GCV_VALUE_NUMBER,
	GCV_VALUE_TEXT,
};

/**
 * struct gcv_value - value of a macro
 * @state: what is known
 * @number: its value where that is GCV_VALUE_NUMBER, else 0
 * @is_fixed: no configuration gives it another number
 */
struct gcv_value {
	enum gcv_value_state state;
	int64_t number;
	bool is_fixed;
};

/**
 * struct gcv_valuation - where values come from
 * @lookup: value of the macro @name; also asked for texts of macro calls, such as
 *	"__has_attribute(x)", whose value is what they expand to
 * @ctx: for @lookup
 */
struct gcv_valuation {
	struct gcv_value (*lookup)(void *ctx, const char *name);
	void *ctx;
};

/**
 * enum gcv_condition_op - kind of a node
 * @GCV_COND_NUMBER: a constant
 * @GCV_COND_VALUE: what a macro expands to; 0 where it is not defined
 * @GCV_COND_DEFINED: defined(X)
 * @GCV_COND_IS_ONE: X is defined as 1, as IS_BUILTIN() asks
 * @GCV_COND_CALL: a call of some macro
 * @GCV_COND_NOT: !a
 * @GCV_COND_INVERT: ~a
 * @GCV_COND_NEGATE: -a
 * @GCV_COND_MUL: a * b
 * @GCV_COND_DIV: a / b
 * @GCV_COND_MOD: a % b
 * @GCV_COND_ADD: a + b
 * @GCV_COND_SUB: a - b
 * @GCV_COND_SHL: a << b
 * @GCV_COND_SHR: a >> b
 * @GCV_COND_LT: a < b
 * @GCV_COND_LE: a <= b
 * @GCV_COND_GT: a > b
 * @GCV_COND_GE: a >= b
 * @GCV_COND_EQ: a == b
 * @GCV_COND_NE: a != b
 * @GCV_COND_BIT_AND: a & b
 * @GCV_COND_BIT_XOR: a ^ b
 * @GCV_COND_BIT_OR: a | b
 * @GCV_COND_AND: a && b
 * @GCV_COND_OR: a || b
 * @GCV_COND_CHOOSE: a ? b : c
 */
enum gcv_condition_op {
	GCV_COND_NUMBER,
	GCV_COND_VALUE,
	GCV_COND_DEFINED,
	GCV_COND_IS_ONE,
	GCV_COND_CALL,
	GCV_COND_NOT,
	GCV_COND_INVERT,
	GCV_COND_NEGATE,
	GCV_COND_MUL,
	GCV_COND_DIV,
	GCV_COND_MOD,
	GCV_COND_ADD,
	GCV_COND_SUB,
	GCV_COND_SHL,
	GCV_COND_SHR,
	GCV_COND_LT,
	GCV_COND_LE,
	GCV_COND_GT,
	GCV_COND_GE,
	GCV_COND_EQ,
	GCV_COND_NE,
	GCV_COND_BIT_AND,
	GCV_COND_BIT_XOR,
	GCV_COND_BIT_OR,
	GCV_COND_AND,
	GCV_COND_OR,
	GCV_COND_CHOOSE,
};

/**
 * struct gcv_condition - a node of an expression
 * @op: kind
 * @depth: levels below it, itself included
 * @size: nodes below it, itself included
 * @number: of a constant
 * @name: of a macro, or text of a call
 * @a: first operand
 * @b: second
 * @c: third
 */
struct gcv_condition {
	enum gcv_condition_op op;
	uint32_t depth, size;
	int64_t number;
	const char *name;
	const struct gcv_condition *a, *b, *c;
};

/**
 * gcv_condition_parse() - parse the expression of an #if
 * @text: without comments and continuation lines, as in struct gcv_lex_branch
 * @arena: owns the result
 * @ret: the expression
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (not an expression), GCV_ERR_LIMIT (nested too deep).
 */
enum gcv_status gcv_condition_parse(const char *text, struct gcv_arena *arena,
				    const struct gcv_condition **ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_condition_of_branch() - the condition that a branch's own directive states
 * @branch: the branch
 * @arena: owns the result
 * @ret: the condition; true for #else. An expression that cannot be parsed becomes a
 *	GCV_COND_CALL with its text, so that nothing is assumed about it
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_LIMIT (nested too deep).
 */
enum gcv_status gcv_condition_of_branch(const struct gcv_lex_branch *branch,
					struct gcv_arena *arena, const struct gcv_condition **ret,
					struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_condition_eval() - is it true?
 * @condition: the expression
 * @valuation: values of macros
 *
 * Return: GCV_UNKNOWN where what is known does not decide it.
 */
enum gcv_truth gcv_condition_eval(const struct gcv_condition *condition,
				  const struct gcv_valuation *valuation);

#endif
