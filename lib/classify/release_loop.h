/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the shape of releases: the head of a loop and its access to the array.
 *
 *	gcv_loop_access(&head);		release_access.c: array, index or pointer
 *	…condition, start, step…	release_loop.c
 *	gcv_loop_count_up(&head);	release_count.c: which pages these are
 */
#ifndef GCV_CLASSIFY_RELEASE_LOOP_H
#define GCV_CLASSIFY_RELEASE_LOOP_H

#include "classify/release_finder.h"

/** GCV_LOOP_PARTS - operands of , and && in a loop's head that are looked at */
#define GCV_LOOP_PARTS 8

/**
 * struct gcv_loop_head - what a loop's head and its access to the array say
 * @f: state
 * @loop: the loop's node
 * @start: start of a for loop, condition, step, body; GCV_NONE where there is none
 * @index: symbol of the counter, or of the pointer that is compared
 * @step: node that steps it
 * @pointer: symbol of the pointer that is stepped beside a counter, or GCV_NONE
 * @pointer_step: node that steps it
 * @access: node of the array element
 * @shift: constant that is subtracted from the index in the access
 * @op: the comparison: index OP limit; GCV_OP_NONE before it is found
 * @limit: right side of the comparison; GCV_NONE for 0
 * @first: value that the index starts with, without @bias
 * @bias: -1 for for (i = n - 1; …)
 * @is_down: counts down
 */
struct gcv_loop_head {
	struct gcv_finder *f;
	const struct gcv_body *body;
	uint32_t loop;
	uint32_t start, condition, next, rest;
	uint32_t index, step;
	uint32_t pointer, pointer_step;
	uint32_t access;
	int64_t shift;
	enum gcv_op op;
	uint32_t limit;
	uint32_t first;
	int bias;
	bool is_down;
};

/**
 * gcv_loop_is_op() - is a node an operator?
 * @body: the body
 * @node: the node
 * @kind: UNARY, BINARY or ASSIGN
 * @op: the operator
 *
 * Return: true where it is.
 */
bool gcv_loop_is_op(const struct gcv_body *body, uint32_t node, enum gcv_node_kind kind,
		    enum gcv_op op);

/**
 * gcv_loop_take_apart() - operands of a chain of the same operator, from left to right
 * @body: the body
 * @node: the expression
 * @op: the operator
 * @parts: room for GCV_LOOP_PARTS nodes
 *
 * Return: how many; 0 where there are too many.
 */
uint32_t gcv_loop_take_apart(const struct gcv_body *body, uint32_t node, enum gcv_op op,
			     uint32_t *parts);

/**
 * gcv_loop_step() - does a node step a variable by one?
 * @body: the body
 * @node: UNARY, ASSIGN or any other node
 * @symbol: the variable, for i = i + 1
 *
 * Return: +1 or -1, else 0. That it is this variable is not looked at.
 */
int gcv_loop_step(const struct gcv_body *body, uint32_t node, uint32_t symbol);

/**
 * gcv_loop_access() - take pages[i], *(pages + i), *p++ apart
 * @h: @f, @body and @loop are set; sets @access, @shift, and @index or @pointer
 *
 * Return: false for anything else.
 */
bool gcv_loop_access(struct gcv_loop_head *h);

/**
 * gcv_loop_count_up() - which pages a loop that counts up releases: first to limit
 * @h: all of it
 *
 * Return: false where that is not plain.
 */
bool gcv_loop_count_up(struct gcv_loop_head *h);

/**
 * gcv_loop_count_down() - which pages a loop that counts down releases
 * @h: all of it
 *
 * Return: false where that is not plain.
 */
bool gcv_loop_count_down(struct gcv_loop_head *h);

/**
 * gcv_loop_count_pointer() - which pages for (p = pages; p < pages + n; p++) releases
 * @h: all of it
 *
 * Return: false where that is not plain.
 */
bool gcv_loop_count_pointer(struct gcv_loop_head *h);

#endif
