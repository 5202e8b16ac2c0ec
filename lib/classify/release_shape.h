/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shape of the code around a release: which loop it stands in, over what, what else that loop
 * does, what is dirtied and under which condition. Classification names the pattern after it, and
 * rewriting folds by it.
 *
 *	struct gcv_release_shape shape;
 *
 *	gcv_release_shape_of(body, call, api, sig, table, accessors, &shape);
 *	if (shape.pattern == GCV_PATTERN_LOOP && shape.other == GCV_NONE)
 *		…pages shape.first to shape.bound of shape.array, nothing else…
 *
 * A loop may be folded only if @other is GCV_NONE. Where something is not understood, @other is set
 * and the pattern is GCV_PATTERN_LOOP_KEPT or GCV_PATTERN_SINGLE. Not looked at: whether the index,
 * a stepped pointer or the page's variable is used behind the loop (flow/reach.h tells).
 */
#ifndef GCV_CLASSIFY_RELEASE_SHAPE_H
#define GCV_CLASSIFY_RELEASE_SHAPE_H

#include "classify/words.h"
#include "flow/accessor.h"
#include "parse/body.h"
#include "parse/facts.h"
#include "tree/api.h"

/**
 * struct gcv_release_shape - nodes are indices into the body's nodes, or GCV_NONE
 * @pattern: name of the shape. Where several would fit, the first of: container, sg-loop,
 * bvec-loop, number, loop-kept, if-dirty, loop-clear, loop-cond-dirty, loop-dirty, loop-null-check,
 * count-down, array-at-offset, loop; outside of loops: container, number, if-dirty,
 * array-at-offset, release-pages, single-dirty, single. A wrapper is one of the last four that is
 * all that its function does. The other members say the rest.
 * @call: the CALL
 * @statement: the statement that the call makes: an expression below a compound, if or loop. It is
 * another node than @call where the value is used or the call depends on && || ?:, then @other is
 * set
 * @page: argument that is the page, array, folio or container
 * @source: where the page comes from: the value last assigned to the variable that @page names, if
 * that can be seen in the statements before, else the page's expression itself
 * @assign: VAR or ASSIGN of that
 * @is_element: an array call gives back one page: &page, &pages[i] or p with a count of 1
 * @count: argument that is the count
 * @loop: innermost FOR, WHILE or DO that runs over the pages
 * @index: symbol of the loop's variable
 * @array: expression of the array (no side effects) whose pages are given back: that is indexed,
 * the pointer that is stepped over the pages (its value before the loop), or of an array call
 * @step: UNARY or ASSIGN that steps that pointer (*p++); GCV_NONE where the array is indexed
 * @first: start value of the index, GCV_NONE for 0 or where there is none; where it is a REF of
 * @index, its value before the loop. With @is_down the lowest index
 * @offset: what is added to the index, or to the array of an array call: first page is @first plus
 * @offset; GCV_NONE for 0
 * @bound: expression that ends the loop: number of pages for a loop that counts from 0 upwards,
 * index behind the last page otherwise, also with @is_down. Where it is a REF of @index, its value
 * before the loop
 * @is_down: counts down
 * @is_bound_signed: a negative bound (or, for an array call, count) does nothing: it can be
 * negative by its type and is compared signed. False for while (n--), which runs away. True where
 * the types are not known
 * @is_inclusive: the page at @bound is among them: compared by <= (or started at n, down to 0)
 * @is_short: a loop that counts down and leaves out the page at @first, most likely by mistake:
 * for (i = n - 1; i > 0; i--). @other is set, too
 * @condition: part of the loop's condition that does not change in the loop (pages && i < n); more
 * than one such part is refused. GCV_NONE where there is none
 * @null_check: IF or condition that skips empty slots, or around a single release that is all that
 * the IF does
 * @is_null_break: an empty slot ends the loop
 * @dirty_call: CALL that dirties the page, GCV_NONE where none does; for GCV_PATTERN_IF_DIRTY the
 * release of the two that dirties. That the release function itself dirties is not meant
 * @is_dirty_locked: that call takes the page lock itself (set_page_dirty_lock)
 * @dirty_condition: expression under which it is dirtied; GCV_NONE for always. That the page was
 * not dirty before is no part of it: dirtying it once more changes nothing
 * @is_dirty_inverted: dirtied where the condition is false
 * @is_condition_per_page: the condition depends on the page, the index or something the loop
 * writes, or may have side effects
 * @partner: the other release of an if that holds one in each branch, of the same pages; one of
 * both dirties
 * @clear: ASSIGN that clears the slot
 * @other: first node of the loop that does something else, so that the loop must stay; outside of
 * loops what stands between dirtying and release, or a node that was not understood
 * @guard: innermost IF around the statement (outside of loops), or around the loop, within the
 * function, but for @null_check and the IF of @partner
 * @is_guard_else: stands in its else branch
 * @is_only_body: the function does nothing but this release, of its parameter
 * @param: symbol of that parameter
 */
struct gcv_release_shape {
	enum gcv_pattern pattern;
	uint32_t call, statement;
	uint32_t page, source, assign;
	bool is_element;
	uint32_t count;
	uint32_t loop, index, array, step, first, offset, bound;
	bool is_down, is_bound_signed, is_inclusive, is_short;
	uint32_t condition;
	uint32_t null_check;
	bool is_null_break;
	uint32_t dirty_call;
	bool is_dirty_locked;
	uint32_t dirty_condition;
	bool is_dirty_inverted, is_condition_per_page;
	uint32_t partner;
	uint32_t clear;
	uint32_t other;
	uint32_t guard;
	bool is_guard_else;
	bool is_only_body;
	uint32_t param;
};

/**
 * gcv_release_shape_of() - look at the code around a release
 * @body: body of the function
 * @call: CALL of the release in it
 * @api: the function that is called: its @shape and @family tell whether one page, an array or a
 * container is given back
 * @sig: its signature in the tree (positions of the arguments), or NULL where it is not known: the
 * first argument is the page or array, the second the count
 * @table: all API names, for the release in the other branch of an if; NULL: none is looked for
 * @accessors: tells what dirties, and what is part of a loop over a scatterlist
 * @ret_shape: the shape
 *
 * Nothing outside of the function is looked at.
 */
void gcv_release_shape_of(const struct gcv_body *body, uint32_t call,
			  const struct gcv_api_function *api, const struct gcv_api_signature *sig,
			  const struct gcv_api *table, const struct gcv_accessors *accessors,
			  struct gcv_release_shape *ret_shape);

#endif
