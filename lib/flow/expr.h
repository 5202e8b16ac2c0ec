/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions about an expression of a body: is it the same as another, does it use a variable, can
 * it be evaluated twice, what type has it.
 *
 *	if (gcv_expr_equal(body, a, b) && gcv_expr_is_pure(body, a))
 *		…a and b have the same value, if nothing was written between them…
 *
 * The nodes of a subtree follow each other, so nothing here recurses over the tree but
 * gcv_expr_type(), whose depth is bounded.
 */
#ifndef GCV_FLOW_EXPR_H
#define GCV_FLOW_EXPR_H

#include "parse/body.h"
#include "parse/facts.h"

/** GCV_EXPR_TYPE_DEPTH - nesting of an expression beyond which its type is not known */
#define GCV_EXPR_TYPE_DEPTH 40

/**
 * gcv_expr_end() - index behind the last node of a subtree
 * @body: the body
 * @node: root of the subtree
 *
 * Return: the subtree's nodes are @node up to, without, this index.
 */
uint32_t gcv_expr_end(const struct gcv_body *body, uint32_t node);

/**
 * gcv_expr_contains() - is a node in the subtree of another?
 * @body: the body
 * @outer: root of the subtree, or GCV_NONE
 * @node: the node; a node contains itself
 *
 * Return: true where it is.
 */
bool gcv_expr_contains(const struct gcv_body *body, uint32_t outer, uint32_t node);

/**
 * gcv_expr_plain() - an expression below its casts and __extension__
 * @body: the body
 * @node: the expression
 *
 * Return: the innermost node that is neither.
 */
uint32_t gcv_expr_plain(const struct gcv_body *body, uint32_t node);

/**
 * gcv_expr_is_expect() - is it likely(), unlikely() or what they are made of?
 * @body: the body
 * @node: an expression
 *
 * __builtin_expect(x, …) and __builtin_expect_with_probability(x, …) have the value of x.
 *
 * Return: true where it is; the second child is what it has the value of.
 */
bool gcv_expr_is_expect(const struct gcv_body *body, const struct gcv_node *node);

/**
 * gcv_expr_condition() - a condition below what does not change it: casts, likely(), unlikely(), !!
 * @body: the body
 * @node: the condition
 * @ret_is_inverted: an odd number of ! was passed
 *
 * Return: the expression that is tested.
 */
uint32_t gcv_expr_condition(const struct gcv_body *body, uint32_t node, bool *ret_is_inverted);

/**
 * gcv_expr_equal() - are two expressions written the same, over the same variables?
 * @body: the body
 * @a: one
 * @b: the other
 *
 * Casts around the whole are passed over. Ranges, macros and parentheses do not count. Whether both
 * have the same value is another question: see gcv_expr_is_pure(), and writes between them.
 *
 * Return: true where they are; false where libclang did not expose all of them.
 */
bool gcv_expr_equal(const struct gcv_body *body, uint32_t a, uint32_t b);

/**
 * gcv_expr_uses_symbol() - does a variable, field or function occur in a subtree?
 * @body: the body
 * @node: root of the subtree, or GCV_NONE
 * @symbol: index of the symbol
 *
 * Return: true where it does.
 */
bool gcv_expr_uses_symbol(const struct gcv_body *body, uint32_t node, uint32_t symbol);

/**
 * gcv_expr_is_pure() - can an expression be evaluated once more, or once less?
 * @body: the body
 * @node: the expression
 *
 * Return: true where it neither calls, nor assigns, nor holds anything that cannot be seen.
 */
bool gcv_expr_is_pure(const struct gcv_body *body, uint32_t node);

/**
 * gcv_expr_is_write() - does a node write a variable?
 * @body: the body
 * @node: any node
 * @symbol: the variable
 *
 * Taking its address counts as writing: who gets it may write. Elements and fields do not count,
 * unless the address of the whole is taken.
 *
 * Return: true where it does (the node itself, not those below it).
 */
bool gcv_expr_is_write(const struct gcv_body *body, uint32_t node, uint32_t symbol);

/**
 * gcv_expr_count_writes() - nodes in a subtree that write a variable
 * @body: the body
 * @node: root of the subtree, or GCV_NONE
 * @symbol: the variable
 * @ret_last: the last of them; unchanged where there is none; may be NULL
 *
 * Return: how many.
 */
uint32_t gcv_expr_count_writes(const struct gcv_body *body, uint32_t node, uint32_t symbol,
			       uint32_t *ret_last);

/**
 * gcv_expr_int() - value of an integer constant
 * @body: the body
 * @node: the expression
 * @ret_value: its value
 *
 * Return: true for a number or enum constant, also negated or cast.
 */
bool gcv_expr_int(const struct gcv_body *body, uint32_t node, int64_t *ret_value);

/**
 * gcv_expr_is_int() - is it a constant of this value?
 * @body: the body
 * @node: the expression
 * @value: the value
 *
 * NULL is a constant 0.
 *
 * Return: true where it is.
 */
bool gcv_expr_is_int(const struct gcv_body *body, uint32_t node, int64_t value);

/**
 * struct gcv_expr_type - type of an expression, as far as it can be told
 * @base: canonical type without qualifiers in front, for example "struct page"; not NUL-terminated
 * @len: its length; 0 where the type is not known
 * @pointers: levels of pointer or array around it: 2 for struct page **
 */
struct gcv_expr_type {
	const char *base;
	size_t len;
	int pointers;
};

/**
 * gcv_expr_type() - type of an expression
 * @body: the body
 * @node: the expression
 *
 * Return: the type; of arithmetic that of the first operand whose type is known, a pointer's where
 * there is one.
 */
struct gcv_expr_type gcv_expr_type(const struct gcv_body *body, uint32_t node);

/**
 * gcv_expr_type_is() - compare a type
 * @type: the type
 * @base: "struct page"
 * @pointers: levels of pointer
 *
 * Return: true where it is that type.
 */
bool gcv_expr_type_is(const struct gcv_expr_type *type, const char *base, int pointers);

/** enum gcv_expr_sign - can the value be negative? */
enum gcv_expr_sign { GCV_EXPR_SIGN_UNKNOWN, GCV_EXPR_SIGNED, GCV_EXPR_UNSIGNED };

/**
 * gcv_expr_sign() - signedness of an expression's type after the integer promotions
 * @body: the body
 * @node: the expression
 * @ret_bits: width of that type on a 64-bit kernel, 0 where it is not known
 *
 * Return: the signedness.
 */
enum gcv_expr_sign gcv_expr_sign(const struct gcv_body *body, uint32_t node,
				 unsigned int *ret_bits);

/**
 * gcv_expr_sign_of_pair() - signedness in which two operands are compared or added
 * @body: the body
 * @a: one operand
 * @b: the other
 *
 * Return: by the usual arithmetic conversions.
 */
enum gcv_expr_sign gcv_expr_sign_of_pair(const struct gcv_body *body, uint32_t a, uint32_t b);

#endif
