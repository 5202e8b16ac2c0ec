/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the shape of releases: the state that its parts share, and the parts.
 *
 *	gcv_finder_page(&finder);	release_page.c: which page, where it comes from
 *	gcv_finder_partner(&finder);	release_branch.c: if (dirty) this; else that;
 *	gcv_finder_loop(&finder, loop);	release_loop.c: what the loop runs over
 *	gcv_finder_scan(&finder, node);	release_body.c: what else the loop does
 */
#ifndef GCV_CLASSIFY_RELEASE_FINDER_H
#define GCV_CLASSIFY_RELEASE_FINDER_H

#include "classify/release_shape.h"
#include "flow/expr.h"

/** GCV_FINDER_VARS - variables that a page is handed on through, page = compound_head(page) */
#define GCV_FINDER_VARS 4

/**
 * struct gcv_finder - state
 * @body: the body
 * @table: API names, may be NULL
 * @accessors: known functions
 * @shape: what is filled in
 * @element: the page's expression in the call, below the & of an array call for one page
 * @is_many: an array or range is released
 * @is_pointed: the page is not the value of @shape->source, but what that points to (an array call
 * for one page, by a pointer)
 * @vars: variables that hold the page
 * @assigns: VAR or ASSIGN that gave each its value, or GCV_NONE
 * @nr_vars: how many
 * @header_var: variable of @vars that the head of a for loop assigns, or GCV_NONE
 * @partner_if: the IF of @shape->partner
 * @steps: nodes that step the index and the pointer
 * @nr_steps: how many
 * @is_seen: the release was passed in the scan of the loop's body
 * @depth: of that scan
 */
struct gcv_finder {
	const struct gcv_body *body;
	const struct gcv_api *table;
	const struct gcv_accessors *accessors;
	struct gcv_release_shape *shape;
	uint32_t element;
	bool is_many, is_pointed;
	uint32_t vars[GCV_FINDER_VARS], assigns[GCV_FINDER_VARS];
	uint32_t nr_vars;
	uint32_t header_var;
	uint32_t partner_if;
	uint32_t steps[2];
	uint32_t nr_steps;
	bool is_seen;
	unsigned int depth;
};

/** enum gcv_finder_kind - what a page's source is an element of */
enum gcv_finder_kind {
	GCV_FINDER_PLAIN,
	GCV_FINDER_SG,
	GCV_FINDER_BVEC,
	GCV_FINDER_NUMBER,
};

/**
 * gcv_finder_start() - begin with a call
 * @f: state; @body, @table and @accessors are kept
 * @shape: what will be filled in; all is set to nothing
 * @call: the CALL
 */
void gcv_finder_start(struct gcv_finder *f, struct gcv_release_shape *shape, uint32_t call);

/**
 * gcv_finder_other() - note the first thing that is not understood or does something else
 * @f: state
 * @node: the node
 */
void gcv_finder_other(struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_is_statement() - does a node stand where a statement stands?
 * @body: the body
 * @node: the node
 *
 * Return: true below a compound, a branch, a loop's body, a label; and for the root.
 */
bool gcv_finder_is_statement(const struct gcv_body *body, uint32_t node);

/**
 * gcv_finder_only() - the statement of a compound that holds a single one
 * @body: the body
 * @node: a statement
 *
 * Return: that statement below any number of compounds, or @node itself.
 */
uint32_t gcv_finder_only(const struct gcv_body *body, uint32_t node);

/**
 * gcv_finder_holds_label() - can something jump into a statement?
 * @body: the body
 * @node: the statement
 *
 * Return: true where there is a label in it.
 */
bool gcv_finder_holds_label(const struct gcv_body *body, uint32_t node);

/**
 * gcv_finder_called() - the function of the accessor table that a node calls
 * @f: state
 * @node: any node
 *
 * Return: the function, or NULL.
 */
const struct gcv_accessor *gcv_finder_called(const struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_returned() - the argument whose value a call returns, by the accessors
 * @f: state
 * @call: any node
 * @through: also something that the argument points to
 *
 * Return: the argument, or GCV_NONE where it returns something else or is not known.
 */
uint32_t gcv_finder_returned(const struct gcv_finder *f, uint32_t call, bool through);

/**
 * gcv_finder_is_page() - is an expression a struct page * or struct folio *?
 * @body: the body
 * @node: the expression
 *
 * Return: true where it surely is.
 */
bool gcv_finder_is_page(const struct gcv_body *body, uint32_t node);

/**
 * gcv_finder_identity() - a page's expression below what hands the same page on
 * @f: state
 * @node: the expression
 *
 * Casts, and calls that the accessors know to return the page of their argument (compound_head).
 *
 * Return: the expression.
 */
uint32_t gcv_finder_identity(const struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_page() - set @page, @count, @is_element, @source and @assign of the shape
 * @f: state
 * @api: the function that is called
 * @sig: its signature or NULL
 */
void gcv_finder_page(struct gcv_finder *f, const struct gcv_api_function *api,
		     const struct gcv_api_signature *sig);

/**
 * gcv_finder_same_page() - is an expression the page that is released?
 * @f: state
 * @node: the expression
 *
 * Return: true where it surely is: one of the variables, or the same element, and nothing was
 * written between.
 */
bool gcv_finder_same_page(const struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_same_value() - have two expressions the same value where they stand?
 * @f: state
 * @node: one
 * @source: the other
 *
 * Return: true where they surely have.
 */
bool gcv_finder_same_value(const struct gcv_finder *f, uint32_t node, uint32_t source);

/**
 * gcv_finder_same_slot() - is an expression the array element that the page came from?
 * @f: state
 * @node: the expression
 *
 * Return: true where it surely is.
 */
bool gcv_finder_same_slot(const struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_null_test() - does a condition test the page for NULL, and nothing else?
 * @f: state
 * @condition: the condition
 * @ret_is_there: true where the condition holds for a page, false where it holds for NULL
 *
 * Return: true where it does.
 */
bool gcv_finder_null_test(const struct gcv_finder *f, uint32_t condition, bool *ret_is_there);

/**
 * gcv_finder_varies() - is another page released in each round of a loop?
 * @f: state
 * @loop: FOR, WHILE or DO around the call
 *
 * Return: true where the page is an element of something that the loop steps over. A page that the
 * loop acquires anew is not.
 */
bool gcv_finder_varies(const struct gcv_finder *f, uint32_t loop);

/**
 * gcv_finder_source_kind() - what the page is an element of, or made from
 * @f: state
 *
 * Return: the kind.
 */
enum gcv_finder_kind gcv_finder_source_kind(const struct gcv_finder *f);

/**
 * gcv_finder_changes() - is a variable of an expression written in a loop?
 * @f: state
 * @node: the expression
 * @loop: the loop
 *
 * Return: true where one is.
 */
bool gcv_finder_changes(const struct gcv_finder *f, uint32_t node, uint32_t loop);

/**
 * gcv_finder_dirties() - does a call dirty the released page?
 * @f: state
 * @node: any node
 * @ret_is_locked: it takes the page lock itself
 *
 * Return: true where it is such a CALL.
 */
bool gcv_finder_dirties(const struct gcv_finder *f, uint32_t node, bool *ret_is_locked);

/**
 * gcv_finder_dirty() - note that the page is dirtied, if a statement does that
 * @f: state
 * @node: a call that dirties, or an IF around one
 *
 * Return: false where the statement does something else.
 */
bool gcv_finder_dirty(struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_condition() - note the condition under which the page is dirtied
 * @f: state
 * @condition: the condition
 * @is_inverted: dirtied where it is false
 */
void gcv_finder_condition(struct gcv_finder *f, uint32_t condition, bool is_inverted);

/**
 * gcv_finder_partner() - look for an if with a release in each branch; set @partner
 * @f: state
 * @api: the function that is called
 * @sig: its signature or NULL
 */
void gcv_finder_partner(struct gcv_finder *f, const struct gcv_api_function *api,
			const struct gcv_api_signature *sig);

/**
 * gcv_finder_dirtied_before() - look for dirtying in the statements before a release outside of
 * loops
 * @f: state
 */
void gcv_finder_dirtied_before(struct gcv_finder *f);

/**
 * gcv_finder_loop() - set @index, @array, @first, @bound and the like from the loop's head
 * @f: state, with @shape->loop
 *
 * What does not fit makes @shape->other.
 */
void gcv_finder_loop(struct gcv_finder *f);

/**
 * gcv_finder_scan() - go through the statements of the loop's body
 * @f: state
 * @node: the body
 */
void gcv_finder_scan(struct gcv_finder *f, uint32_t node);

/**
 * gcv_finder_wrapper() - is this release all that the function does? Sets @is_only_body, @param
 * @f: state
 */
void gcv_finder_wrapper(struct gcv_finder *f);

#endif
