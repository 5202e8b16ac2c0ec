/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where pages go: the value-flow graph of a whole program, with its acquires, its releases, and
 * what is done to pages on the way.
 *
 *	struct gcv_flow_input input = { .program = program, .era = &era, .accessors = &accessors };
 *
 *	st = gcv_flow_new(&input, &flow, err);
 *	…flow->releases[i].place has the atoms of the acquires that it serves…
 *	gcv_flow_free(flow);
 *
 * Local variables are told apart by the assignments that reach a use, fields by their record and
 * by the kind of object where a record has several (struct gcv_kinds), members of containers
 * (scatterlists, bio vectors, …) by the object. Functions are not told apart by their callers, but
 * for accessors of the table.
 */
#ifndef GCV_FLOW_FLOW_H
#define GCV_FLOW_FLOW_H

#include "flow/graph.h"
#include "flow/program.h"
#include "flow/served.h"
#include "parse/era.h"

/**
 * struct gcv_flow_input - what flow analysis starts from
 * @program: the program; its bodies are decoded as they are needed
 * @era: what the tree declares; its table tells what acquires and releases
 * @accessors: known functions
 */
struct gcv_flow_input {
	struct gcv_program *program;
	const struct gcv_era *era;
	const struct gcv_accessors *accessors;
};

/**
 * struct gcv_flow_acquire - a call that hands out pages, in one form of its function
 * @site: index into the program's sites, or GCV_NONE where the call is none (role "other")
 * @function: index of the function
 * @call: CALL node in its body
 * @api: what is called
 * @signature: its signature in the tree, or NULL
 * @atom: its pages
 * @pages: place of the page array, page pointer or container, 0 where the page is the result
 * @is_null: the page array is a literal NULL
 */
struct gcv_flow_acquire {
	uint32_t site;
	uint32_t function, call;
	const struct gcv_api_function *api;
	const struct gcv_api_signature *signature;
	uint32_t atom;
	uint32_t pages;
	bool is_null;
};

/**
 * struct gcv_flow_release - a call that gives references back, in one form of its function
 * @site: index into the program's sites, or GCV_NONE for a function that only the accessors know
 * @function: index of the function
 * @call: CALL node in its body
 * @api: what is called, or NULL
 * @signature: its signature in the tree, or NULL
 * @name: name of what is called
 * @place: the pages
 */
struct gcv_flow_release {
	uint32_t site;
	uint32_t function, call;
	const struct gcv_api_function *api;
	const struct gcv_api_signature *signature;
	const char *name;
	uint32_t place;
};

/** GCV_FLOW_UNSEEN - in struct gcv_flow_use: a function without a body in view gets it */
#define GCV_FLOW_UNSEEN GCV_EFFECTS

/** GCV_FLOW_LISTED - in struct gcv_flow_use: a link in the page itself is pointed to (page->lru) */
#define GCV_FLOW_LISTED (GCV_EFFECTS + 1)

/** GCV_FLOW_POINTER - in struct gcv_flow_use: a call through a pointer that was not followed gets
 * it */
#define GCV_FLOW_POINTER (GCV_EFFECTS + 2)

/** GCV_FLOW_LIMIT - in struct gcv_flow_use: a call that may reach too many functions gets it */
#define GCV_FLOW_LIMIT (GCV_EFFECTS + 3)

/**
 * struct gcv_flow_use - something is done with what is at a place
 * @function: index of the function
 * @call: CALL node in its body, or another node for GCV_FLOW_LISTED
 * @effect: enum gcv_effect, GCV_FLOW_UNSEEN or another GCV_FLOW_…
 * @name: name of what is called
 * @owner: of a transfer, who owns it then; "static" for a function out of view that nobody else can
 * call (an inline function of a header); else NULL
 * @place: the place
 */
struct gcv_flow_use {
	uint32_t function, call;
	unsigned int effect;
	const char *name;
	const char *owner;
	uint32_t place;
};

/**
 * struct gcv_flow_call - a call of a function in view
 * @function: index of the caller
 * @node: CALL node in its body
 * @target: index of the function called
 */
struct gcv_flow_call {
	uint32_t function, node, target;
};

/**
 * struct gcv_flow_value - where the value of an expression is
 * @node: the expression
 * @place: its place
 */
struct gcv_flow_value {
	uint32_t node, place;
};

/**
 * struct gcv_flow - see above
 * @input: what it was made from
 * @names: fields and variables that are places, "struct rds_mr.r_sg"
 * @graph: the solved graph
 * @origins: for each enum gcv_origin the atom of all pages of that origin, or 0
 * @unseen_pages: the atom of all pages of unknown origin, or 0
 * @acquires: acquires, by function and node
 * @releases: releases, likewise
 * @uses: uses
 * @calls: calls of functions in view, by caller
 * @values: values of expressions, by function, then node
 * @first_value: for each function the index of its first one, and behind the last function their
 * number
 * @named_by: for each atom that is memory without a name of its own a field or variable that points
 * to it, or 0
 * @served: which acquires and releases have to do with each other
 * @given: functions that are handed to code out of view, which may call them with anything
 * @nr_acquires: how many
 * @nr_releases: how many
 * @nr_uses: how many
 * @nr_calls: how many
 * @nr_functions: functions that were looked at
 */
struct gcv_flow {
	struct gcv_flow_input input;
	struct gcv_intern names;
	struct gcv_graph graph;
	uint32_t origins[GCV_ORIGINS];
	uint32_t unseen_pages;
	struct gcv_flow_acquire *acquires;
	struct gcv_flow_release *releases;
	struct gcv_flow_use *uses;
	struct gcv_flow_call *calls;
	struct gcv_flow_value *values;
	uint32_t *first_value;
	uint32_t *named_by;
	struct gcv_flow_served served;
	struct gcv_map64 given;
	uint32_t nr_values, cap_values;
	uint32_t nr_calls, cap_calls;
	uint32_t nr_acquires, cap_acquires, nr_releases, cap_releases, nr_uses, cap_uses;
	uint32_t nr_functions;
};

/**
 * gcv_flow_new() - build and solve the graph
 * @input: kept by value; what it points to must outlive the result
 * @ret_flow: for gcv_flow_free()
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_program_body() returned.
 */
enum gcv_status gcv_flow_new(const struct gcv_flow_input *input, struct gcv_flow **ret_flow,
			     struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_flow_value() - where the value of an expression is
 * @flow: a solved flow
 * @function: index of the function
 * @node: node of its body
 *
 * Return: the place, or 0 where it holds nothing that is followed.
 */
uint32_t gcv_flow_value(const struct gcv_flow *flow, uint32_t function, uint32_t node);

/**
 * gcv_flow_free() - free it
 * @flow: may be NULL
 */
void gcv_flow_free(struct gcv_flow *flow);

#endif
