/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the flow stage: turning bodies into places and flows.
 *
 *	gcv_builder_init(&builder, flow);
 *	gcv_build_function(&builder, fn);	once for each function
 *	gcv_build_params(&builder);		then: what callers pass
 *	gcv_builder_release(&builder);
 */
#ifndef GCV_FLOW_BUILDER_H
#define GCV_FLOW_BUILDER_H

#include "flow/flow.h"
#include "flow/kind.h"
#include "flow/reach.h"

/** GCV_BUILD_DEPTH - nesting of an expression beyond which nothing is looked at */
#define GCV_BUILD_DEPTH 200

/** GCV_BUILD_TARGETS - functions that a call through a member may reach; more are not followed */
#define GCV_BUILD_TARGETS 256

/**
 * enum gcv_type_class - what a value of a type can have to do with pages
 * @GCV_TYPE_OTHER: nothing
 * @GCV_TYPE_PAGE: may be a page: struct page *, a number, an address
 * @GCV_TYPE_POINTER: points to memory that holds such: struct page **, a container
 * @GCV_TYPE_MEMORY: is such memory: an array, a container
 */
enum gcv_type_class { GCV_TYPE_OTHER, GCV_TYPE_PAGE, GCV_TYPE_POINTER, GCV_TYPE_MEMORY };

/**
 * gcv_type_class() - classify a type
 * @accessors: tells the containers
 * @type: canonical type as libclang prints it
 * @ret_is_page: the type says that it is about struct page or folio; may be NULL
 *
 * Return: the class.
 */
enum gcv_type_class gcv_type_class(const struct gcv_accessors *accessors, const char *type,
				   bool *ret_is_page);

/**
 * gcv_type_told() - the type that gcv_type_class() is to be asked about
 * @symbol: a variable, parameter or field
 *
 * A position in a file (loff_t) or on a disk (sector_t) is a number that is as wide as an
 * address, and never one of a page (include/linux/types.h); what is worked out of it goes
 * everywhere.
 *
 * Return: the type as declared for these, which is of no class; else the canonical type.
 */
const char *gcv_type_told(const struct gcv_symbol *symbol);

/**
 * struct gcv_build_thing - a field or a variable that is one place for the whole program
 * @place: its value, or 0 as long as nobody asked
 * @address: place that holds its address, or 0
 * @class: class of its type
 * @is_number: it is no pointer
 * @is_asked: whether it is told apart by kinds is known
 * @is_split: it is a field whose places are told apart by the kinds of objects: this is the place
 * from which code reads that serves all of them
 */
struct gcv_build_thing {
	uint32_t place, address;
	enum gcv_type_class class;
	bool is_number, is_asked, is_split;
};

/**
 * struct gcv_build_return - what a function returns comes to a call of it
 * @target: the function
 * @place: where it comes
 * @function: the caller
 * @call: CALL node
 * @is_done: the call has memory of its own instead
 */
struct gcv_build_return {
	uint32_t target, place, function, call;
	bool is_done;
};

/**
 * struct gcv_builder - state
 * @flow: what is built
 * @things: by id of the flow's @names: fields ("struct a.b") and variables ("file:v" where static)
 * @kinds: kinds of objects
 * @params: (function, position) to place
 * @results: function to place
 * @sites: (function, offset of call) to index of site + 1
 * @returns: returns of memory for pages, for gcv_build_returns()
 * @nr_returns: how many
 * @cap_returns: room
 * @arena: memory of the function at hand
 * @fn: function at hand
 * @body: its body
 * @reach: its definitions of variables that have to do with pages
 * @memo: for each node its place + 1
 * @defs: for each definition its place
 * @def_at: for each node index of the definition that it makes + 1
 * @classes: for each symbol its class
 * @addresses: for each symbol the place that holds its address, or 0
 * @depth: of the recursion
 */
struct gcv_builder {
	struct gcv_flow *flow;
	struct gcv_build_thing *things;
	uint32_t cap_things;
	struct gcv_kinds kinds;
	struct gcv_map64 params, results, sites;
	struct gcv_build_return *returns;
	uint32_t nr_returns, cap_returns;
	struct gcv_arena arena;
	struct gcv_function *fn;
	const struct gcv_body *body;
	struct gcv_reach reach;
	uint32_t *memo, *defs, *def_at, *addresses;
	enum gcv_type_class *classes;
	uint32_t depth;
};

/**
 * gcv_builder_init() - start
 * @builder: for gcv_builder_release()
 * @flow: with input and an empty graph
 */
void gcv_builder_init(struct gcv_builder *builder, struct gcv_flow *flow);

/**
 * gcv_build_function() - add what a function does
 * @builder: the builder
 * @fn: the function, with its body decoded
 */
void gcv_build_function(struct gcv_builder *builder, struct gcv_function *fn);

/**
 * gcv_build_params() - mark what comes from callers
 * @builder: the builder, when all functions are built
 */
void gcv_build_params(struct gcv_builder *builder);

/**
 * gcv_build_returns() - let returned memory come to callers
 * @builder: the builder, when all functions are built
 *
 * Memory that a function allocates, or makes empty, for its caller and that it neither fills nor
 * keeps is other memory at each call: one level of heap cloning, so that the arrays of two users of
 * an allocating helper are told apart.
 */
void gcv_build_returns(struct gcv_builder *builder);

/**
 * gcv_builder_release() - free the builder; the flow stays
 * @builder: the builder
 */
void gcv_builder_release(struct gcv_builder *builder);

/**
 * gcv_build_value() - place of an expression's value
 * @builder: the builder
 * @node: the expression
 *
 * Return: the place, or 0 for a value that cannot have to do with pages.
 */
uint32_t gcv_build_value(struct gcv_builder *builder, uint32_t node);

/**
 * gcv_build_definition() - place of the value that a variable has behind a call
 * @builder: the builder
 * @call: CALL node that gets the variable's address
 * @symbol: the variable
 *
 * Return: the place, or 0.
 */
uint32_t gcv_build_definition(struct gcv_builder *builder, uint32_t call, uint32_t symbol);

/**
 * gcv_build_address() - place of the address of an lvalue
 * @builder: the builder
 * @node: the lvalue
 *
 * Return: the place, or 0.
 */
uint32_t gcv_build_address(struct gcv_builder *builder, uint32_t node);

/**
 * gcv_build_assign() - let a value come to an lvalue
 * @builder: the builder
 * @target: the lvalue
 * @value: place of the value
 * @node: assignment or declaration that does it
 */
void gcv_build_assign(struct gcv_builder *builder, uint32_t target, uint32_t value, uint32_t node);

/**
 * gcv_build_declare() - let a value come to a variable where it is declared
 * @builder: the builder
 * @symbol: the variable
 * @value: place of the value
 * @node: VAR node
 */
void gcv_build_declare(struct gcv_builder *builder, uint32_t symbol, uint32_t value, uint32_t node);

/**
 * gcv_build_variable() - place of the address of a variable of the function
 * @builder: the builder
 * @symbol: the variable
 *
 * Return: the place, or 0.
 */
uint32_t gcv_build_variable(struct gcv_builder *builder, uint32_t symbol);

/**
 * gcv_build_initialiser() - let an initialiser list come to memory
 * @builder: the builder
 * @address: place of the memory's address, or 0 where only the fields count
 * @list: INIT_LIST node
 */
void gcv_build_initialiser(struct gcv_builder *builder, uint32_t address, uint32_t list);

/**
 * gcv_build_callback() - give containers to the functions that are stored in them
 * @builder: the builder
 * @assign: ASSIGN node
 */
void gcv_build_callback(struct gcv_builder *builder, uint32_t assign);

/**
 * gcv_build_is_called_back() - does a call hand a container to the function that is stored in it?
 * @builder: the builder
 * @call: CALL node
 * @argument: position of the argument
 *
 * Return: true where gcv_build_callback() tells what the function gets.
 */
bool gcv_build_is_called_back(const struct gcv_builder *builder, uint32_t call, uint32_t argument);

/**
 * gcv_build_is_container() - is an expression a container, or a pointer to one?
 * @builder: the builder
 * @node: the expression
 * @pointers: 0 or 1
 *
 * Return: true where it is.
 */
bool gcv_build_is_container(const struct gcv_builder *builder, uint32_t node, int pointers);

/**
 * gcv_build_copy() - copy a container, if an expression is one by value
 * @builder: the builder
 * @to: place of the address that it is copied to
 * @value: the expression
 * @node: what does it
 *
 * Return: true where the expression is one.
 */
bool gcv_build_copy(struct gcv_builder *builder, uint32_t to, uint32_t value, uint32_t node);

/**
 * gcv_build_copy_params() - containers that the function at hand gets by value
 * @builder: the builder
 */
void gcv_build_copy_params(struct gcv_builder *builder);

/**
 * gcv_build_call() - what a call does
 * @builder: the builder
 * @call: CALL node
 *
 * Return: place of its result, or 0.
 */
uint32_t gcv_build_call(struct gcv_builder *builder, uint32_t call);

/**
 * gcv_build_acquire() - a call that hands out pages
 * @builder: the builder
 * @call: CALL node
 * @api: what is called
 * @signature: its signature, or NULL
 *
 * Return: place of its result, or 0.
 */
uint32_t gcv_build_acquire(struct gcv_builder *builder, uint32_t call,
			   const struct gcv_api_function *api,
			   const struct gcv_api_signature *signature);

/**
 * gcv_build_is_single() - does a call acquire one page into a variable whose address it gets?
 * @builder: the builder, of which only @flow, @fn and @body count
 * @call: CALL node
 *
 * Return: true where it does; what was in the variable before is of no account behind it.
 */
bool gcv_build_is_single(const struct gcv_builder *builder, uint32_t call);

/**
 * gcv_build_release() - a call that gives pages back
 * @builder: the builder
 * @call: CALL node
 * @api: what is called
 * @signature: its signature, or NULL
 */
void gcv_build_release(struct gcv_builder *builder, uint32_t call,
		       const struct gcv_api_function *api,
		       const struct gcv_api_signature *signature);

/**
 * gcv_build_accessor() - a call of a known function
 * @builder: the builder
 * @call: CALL node
 * @accessor: what is known
 *
 * Return: place of its result, or 0.
 */
uint32_t gcv_build_accessor(struct gcv_builder *builder, uint32_t call,
			    const struct gcv_accessor *accessor);

/**
 * gcv_build_temp() - a new place for a value that a node makes
 * @builder: the builder
 * @node: the node
 *
 * Return: the place.
 */
uint32_t gcv_build_temp(struct gcv_builder *builder, uint32_t node);

/**
 * gcv_build_origin() - the atom of all pages of an origin
 * @builder: the builder
 * @origin: the origin; GCV_ORIGIN_NONE for an unknown one
 *
 * One for all, so that the graph stays small: where they come up is told by the way they went.
 *
 * Return: the atom.
 */
uint32_t gcv_build_origin(struct gcv_builder *builder, enum gcv_origin origin);

/**
 * gcv_build_object() - put a new object at a place
 * @builder: the builder
 * @place: the place
 * @node: node where it comes up
 * @origin: GCV_ORIGIN_NEW for allocated memory, GCV_ORIGIN_NONE for memory that must be there
 */
void gcv_build_object(struct gcv_builder *builder, uint32_t place, uint32_t node,
		      enum gcv_origin origin);

/**
 * gcv_build_param() - place of a parameter
 * @builder: the builder
 * @function: index of the function
 * @position: from 0
 *
 * Return: the place.
 */
uint32_t gcv_build_param(struct gcv_builder *builder, uint32_t function, uint32_t position);

/**
 * gcv_build_result() - place of what a function returns
 * @builder: the builder
 * @function: index of the function
 *
 * Return: the place.
 */
uint32_t gcv_build_result(struct gcv_builder *builder, uint32_t function);

#endif
