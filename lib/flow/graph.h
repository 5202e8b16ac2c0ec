/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The value-flow graph: places, the flows between them, and which atoms (pages of an acquire site,
 * pages of other origin, objects in memory) arrive at each place. It is an inclusion-based
 * points-to analysis in which pages and the objects that hold them are solved together.
 *
 *	gcv_graph_init(&graph);
 *	a = gcv_graph_place(&graph, &(struct gcv_place){ .kind = GCV_PLACE_TEMP, … });
 *	gcv_graph_flow(&graph, a, b, GCV_STEP_ASSIGN, fn, node);	b gets what a has
 *	gcv_graph_load(&graph, p, "[]", v, fn, node);			v gets p[…]
 *	gcv_graph_store(&graph, p, "[]", v, fn, node);			p[…] gets v
 *	gcv_graph_add(&graph, a, atom);
 *	gcv_graph_solve(&graph);
 *	…graph.places[b].atoms…
 *	gcv_graph_release(&graph);
 *
 * Places and atoms are numbered from 1; 0 is none, and all functions take it for nothing to do.
 */
#ifndef GCV_FLOW_GRAPH_H
#define GCV_FLOW_GRAPH_H

#include "base/intern.h"
#include "base/map64.h"
#include "flow/accessor.h"
#include "parse/facts.h"

/**
 * enum gcv_place_kind - where a value may be
 * @GCV_PLACE_LOCAL: a definition of a local variable (function, symbol)
 * @GCV_PLACE_PARAM: a parameter (function, position in @symbol)
 * @GCV_PLACE_RESULT: what a function returns
 * @GCV_PLACE_GLOBAL: a variable at file scope
 * @GCV_PLACE_FIELD: a field of all objects of a record
 * @GCV_PLACE_CELL: an element, or a member of a container, of one object
 * @GCV_PLACE_TEMP: value of an expression
 */
enum gcv_place_kind {
	GCV_PLACE_LOCAL,
	GCV_PLACE_PARAM,
	GCV_PLACE_RESULT,
	GCV_PLACE_GLOBAL,
	GCV_PLACE_FIELD,
	GCV_PLACE_CELL,
	GCV_PLACE_TEMP,
};

/**
 * enum gcv_step - how a value gets from one place to another
 * @GCV_STEP_NONE: it is there from the start
 * @GCV_STEP_ASSIGN: assigned
 * @GCV_STEP_ARGUMENT: passed as an argument
 * @GCV_STEP_RESULT: returned
 * @GCV_STEP_STORE: stored into memory
 * @GCV_STEP_LOAD: loaded from memory
 * @GCV_STEP_ACCESSOR: moved by a known function
 * @GCV_STEP_USE: part of a larger expression
 */
enum gcv_step {
	GCV_STEP_NONE,
	GCV_STEP_ASSIGN,
	GCV_STEP_ARGUMENT,
	GCV_STEP_RESULT,
	GCV_STEP_STORE,
	GCV_STEP_LOAD,
	GCV_STEP_ACCESSOR,
	GCV_STEP_USE,
};

/**
 * enum gcv_atom_kind - what can be at a place
 * @GCV_ATOM_ACQUIRED: pages of an acquire site (its number in @site)
 * @GCV_ATOM_ORIGIN: pages of another origin (@origin)
 * @GCV_ATOM_UNKNOWN: pages that come from where the analysis cannot see
 * @GCV_ATOM_PARAM: what the callers of a function pass: pages, or memory that leads to pages; its
 * place is in @self
 * @GCV_ATOM_OBJECT: address of an object in memory
 */
enum gcv_atom_kind {
	GCV_ATOM_ACQUIRED,
	GCV_ATOM_ORIGIN,
	GCV_ATOM_UNKNOWN,
	GCV_ATOM_PARAM,
	GCV_ATOM_OBJECT,
};

/**
 * struct gcv_atom - see enum gcv_atom_kind
 * @kind: what it is
 * @origin: of GCV_ATOM_ORIGIN; GCV_ORIGIN_NEW marks an object that was allocated
 * @site: of GCV_ATOM_ACQUIRED: number of the acquire
 * @self: of an object that is a variable or field, and of a parameter: its place, else 0
 * @is_shared: of an object: a field or a variable at file scope is in it, or leads to it
 * @is_stand_in: of an object: it is what callers that are not in view may pass
 * @function: index of the function where it comes up, or GCV_NONE
 * @node: node there, or GCV_NONE
 * @name: what is known of it in words: name of a callee, parameter or field, or NULL
 */
struct gcv_atom {
	enum gcv_atom_kind kind;
	enum gcv_origin origin;
	uint32_t site;
	uint32_t self;
	bool is_shared, is_stand_in;
	uint32_t function, node;
	const char *name;
};

/**
 * struct gcv_arrival - that an atom is at a place, and how it came there
 * @atom: the atom
 * @place: where it was before, or 0
 * @flow: the flow it took, or 0
 */
struct gcv_arrival {
	uint32_t atom;
	uint32_t place;
	uint32_t flow;
};

/**
 * struct gcv_place - see enum gcv_place_kind
 * @kind: what it is
 * @function: index of the function, or GCV_NONE
 * @symbol: symbol of a local variable, position of a parameter, atom of a cell's object; 1 for a
 * field that is a number
 * @node: node of the body, or GCV_NONE
 * @name: name of the variable, field ("struct rds_mr.r_sg"), or cell; or NULL
 * @atoms: what is there, in order of arrival
 * @nr_atoms: how many
 * @cap_atoms: private; see graph_arrival.c
 * @flows: first of the flows from here; private
 * @memory: first of the loads and stores through it; private
 * @nr_in: number of flows that lead here
 * @nr_done: private
 * @is_queued: private
 * @is_common: unrelated code writes it: of what arrives, only pages of acquires are taken
 */
struct gcv_place {
	enum gcv_place_kind kind;
	uint32_t function, symbol, node;
	const char *name;
	struct gcv_arrival *atoms;
	uint32_t nr_atoms, cap_atoms;
	uint32_t flows, memory;
	uint32_t nr_in;
	uint32_t nr_done;
	bool is_queued, is_common;
};

/**
 * struct gcv_flow_edge - a flow between two places
 * @to: where it leads
 * @next: next one from the same place; private
 * @step: how
 * @function: index of the function whose code does it
 * @node: node there
 */
struct gcv_flow_edge {
	uint32_t to, next;
	enum gcv_step step;
	uint32_t function, node;
};

/**
 * enum gcv_memory_op - what is done with a cell of the objects that a place points to
 * @GCV_MEMORY_LOAD: it is read
 * @GCV_MEMORY_STORE: it is written
 * @GCV_MEMORY_ADDRESS: its address is taken
 * @GCV_MEMORY_COPY: all cells are read, to be written to those of other objects
 * @GCV_MEMORY_PASTE: all cells are written with those of one object
 */
enum gcv_memory_op {
	GCV_MEMORY_LOAD,
	GCV_MEMORY_STORE,
	GCV_MEMORY_ADDRESS,
	GCV_MEMORY_COPY,
	GCV_MEMORY_PASTE,
};

/**
 * struct gcv_flow_memory - a load or a store through a place
 * @op: which
 * @cell: id of the cell's name
 * @other: where a load puts it, or the address goes; where a store takes it from; what points to
 * the other objects of a copy; the object that is pasted
 * @next: next one through the same place; private
 * @function: as in struct gcv_flow_edge
 * @node: as in struct gcv_flow_edge
 */
struct gcv_flow_memory {
	enum gcv_memory_op op;
	uint32_t cell, other, next;
	uint32_t function, node;
};

/**
 * struct gcv_flow_copy - what is in one object comes to another one; private
 * @from: atom of the one
 * @to: atom of the other
 * @next_from: next copy of the same object
 * @next_to: next copy into the same object
 * @function: as in struct gcv_flow_edge
 * @node: as in struct gcv_flow_edge
 */
struct gcv_flow_copy {
	uint32_t from, to, next_from, next_to;
	uint32_t function, node;
};

/**
 * struct gcv_flow_cell - a cell of an object that may be copied; private
 * @name: id of its name
 * @place: its place
 * @next: next cell of the same object
 */
struct gcv_flow_cell {
	uint32_t name, place, next;
};

/**
 * struct gcv_graph - see above; arrays begin with an unused entry
 * @places: places
 * @edges: flows
 * @memory: loads and stores
 * @atoms: atoms
 * @names: names of cells
 * @cells: from (object, cell) to its place
 * @subs: from (object, cell) to the atom of the cell's address
 * @pairs: (place, place) that have a flow
 * @links: (object, object) that are copied
 * @copies: which objects are copied into which
 * @members: cells by object
 * @first_from: from an object to its first copy
 * @first_to: from an object to the first copy into it
 * @first_member: from an object to its first cell
 * @queue: places with news
 * @nr_places: how many
 * @nr_edges: how many
 * @nr_memory: how many
 * @nr_atoms: how many
 * @nr_queue: how many
 * @nr_copies: how many
 * @nr_members: how many
 * @nr_solved: arrivals handled so far
 * @limit: arrivals after which the solver stops
 * @is_limited: it did
 */
struct gcv_graph {
	struct gcv_place *places;
	struct gcv_flow_edge *edges;
	struct gcv_flow_memory *memory;
	struct gcv_atom *atoms;
	struct gcv_intern names;
	struct gcv_map64 cells, subs, pairs;
	struct gcv_flow_copy *copies;
	struct gcv_flow_cell *members;
	struct gcv_map64 links, first_from, first_to, first_member;
	uint32_t nr_copies, cap_copies, nr_members, cap_members;
	uint32_t *queue;
	uint32_t nr_places, cap_places, nr_edges, cap_edges, nr_memory, cap_memory;
	uint32_t nr_atoms, cap_atoms, nr_queue, cap_queue;
	uint64_t nr_solved, limit;
	bool is_limited;
};

/** GCV_CELL_ELEMENT - name of the cell of an array's elements, or of what a pointer points to */
#define GCV_CELL_ELEMENT "[]"

/** GCV_GRAPH_LIMIT - default for @limit: about 1 GiB of memory */
#define GCV_GRAPH_LIMIT 20000000u

/**
 * gcv_graph_init() - an empty graph
 * @graph: for gcv_graph_release()
 */
void gcv_graph_init(struct gcv_graph *graph);

/**
 * gcv_graph_place() - add a place
 * @graph: the graph
 * @place: @kind, @function, @symbol, @node and @name count
 *
 * Return: its number.
 */
uint32_t gcv_graph_place(struct gcv_graph *graph, const struct gcv_place *place);

/**
 * gcv_graph_atom() - add an atom
 * @graph: the graph
 * @atom: copied
 *
 * Return: its number.
 */
uint32_t gcv_graph_atom(struct gcv_graph *graph, const struct gcv_atom *atom);

/**
 * gcv_graph_add() - put an atom at a place
 * @graph: the graph
 * @place: the place
 * @atom: the atom
 */
void gcv_graph_add(struct gcv_graph *graph, uint32_t place, uint32_t atom);

/**
 * gcv_graph_flow() - let everything at a place come to another one, too
 * @graph: the graph
 * @from: from here
 * @to: to there
 * @step: how
 * @function: whose code does it
 * @node: node there
 */
void gcv_graph_flow(struct gcv_graph *graph, uint32_t from, uint32_t to, enum gcv_step step,
		    uint32_t function, uint32_t node);

/**
 * gcv_graph_load() - load a cell of all objects that a place points to
 * @graph: the graph
 * @pointer: the place that points
 * @cell: name of the cell
 * @to: where it goes
 * @function: whose code does it
 * @node: node there
 */
void gcv_graph_load(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t to,
		    uint32_t function, uint32_t node);

/**
 * gcv_graph_store() - store into a cell of all objects that a place points to
 * @graph: the graph
 * @pointer: the place that points
 * @cell: name of the cell
 * @from: where it comes from
 * @function: whose code does it
 * @node: node there
 */
void gcv_graph_store(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t from,
		     uint32_t function, uint32_t node);

/**
 * gcv_graph_address() - take the address of a cell of all objects that a place points to
 * @graph: the graph
 * @pointer: the place that points
 * @cell: name of the cell: an array inside of the object
 * @to: where the address goes; what it points to is the cell
 * @function: whose code does it
 * @node: node there
 */
void gcv_graph_address(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t to,
		       uint32_t function, uint32_t node);

/**
 * gcv_graph_cell() - place of a cell of an object
 * @graph: the graph
 * @object: an atom of kind GCV_ATOM_OBJECT or GCV_ATOM_PARAM
 * @cell: name of the cell
 *
 * What callers out of view pass has one cell for all names, in which it is itself, too: what it
 * leads to was put in order by code that was not seen.
 *
 * Return: the place; that of the variable or field itself for the element of such an object.
 */
uint32_t gcv_graph_cell(struct gcv_graph *graph, uint32_t object, const char *cell);

/**
 * gcv_graph_find_cell() - the same, if it is there already
 * @graph: the graph
 * @object: any atom
 * @cell: name of the cell
 *
 * Return: its place, or 0.
 */
uint32_t gcv_graph_find_cell(const struct gcv_graph *graph, uint32_t object, const char *cell);

/**
 * gcv_graph_copy() - let all that is in objects come to others: *to = *from
 * @graph: the graph
 * @from: the place that points to them
 * @to: the place that points to the others
 * @function: whose code does it
 * @node: node there
 */
void gcv_graph_copy(struct gcv_graph *graph, uint32_t from, uint32_t to, uint32_t function,
		    uint32_t node);

/**
 * gcv_graph_solve() - move atoms along the flows until nothing changes
 * @graph: the graph; flows may be added afterwards and the rest solved by another call
 *
 * Ends after @limit arrivals at the latest; then @is_limited is set and nothing may be concluded
 * from the absence of an atom.
 */
void gcv_graph_solve(struct gcv_graph *graph);

/**
 * gcv_graph_arrival() - how an atom came to a place
 * @graph: the graph
 * @place: the place
 * @atom: the atom
 *
 * Return: the arrival, or NULL where the atom is not there.
 */
const struct gcv_arrival *gcv_graph_arrival(const struct gcv_graph *graph, uint32_t place,
					    uint32_t atom);

/**
 * gcv_place_arrive() - note that an atom is at a place
 * @place: the place
 * @arrival: the atom, and how it came
 *
 * Return: false where it was there already; then nothing changes.
 */
bool gcv_place_arrive(struct gcv_place *place, struct gcv_arrival arrival);

/**
 * gcv_graph_release() - free a graph
 * @graph: the graph
 */
void gcv_graph_release(struct gcv_graph *graph);

#endif
