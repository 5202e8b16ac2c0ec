// SPDX-License-Identifier: GPL-2.0-only
#include "flow/graph.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void gcv_graph_init(struct gcv_graph *graph)
{
	*graph = (struct gcv_graph){ .limit = GCV_GRAPH_LIMIT };
	GCV_GROW(graph->places, graph->nr_places, graph->cap_places);
	GCV_GROW(graph->edges, graph->nr_edges, graph->cap_edges);
	GCV_GROW(graph->memory, graph->nr_memory, graph->cap_memory);
	GCV_GROW(graph->atoms, graph->nr_atoms, graph->cap_atoms);
	memset(&graph->places[0], 0, sizeof(graph->places[0]));
	memset(&graph->edges[0], 0, sizeof(graph->edges[0]));
	memset(&graph->memory[0], 0, sizeof(graph->memory[0]));
	memset(&graph->atoms[0], 0, sizeof(graph->atoms[0]));
	graph->nr_places = graph->nr_edges = graph->nr_memory = graph->nr_atoms = 1;
	graph->nr_copies = graph->nr_members = 1;
	GCV_GROW(graph->copies, graph->nr_copies, graph->cap_copies);
	GCV_GROW(graph->members, graph->nr_members, graph->cap_members);
}

uint32_t gcv_graph_place(struct gcv_graph *graph, const struct gcv_place *place)
{
	GCV_GROW(graph->places, graph->nr_places, graph->cap_places);
	graph->places[graph->nr_places] = (struct gcv_place){ .kind = place->kind,
							      .function = place->function,
							      .symbol = place->symbol,
							      .node = place->node,
							      .name = place->name };
	return graph->nr_places++;
}

uint32_t gcv_graph_atom(struct gcv_graph *graph, const struct gcv_atom *atom)
{
	GCV_GROW(graph->atoms, graph->nr_atoms, graph->cap_atoms);
	graph->atoms[graph->nr_atoms] = *atom;
	return graph->nr_atoms++;
}

static uint64_t pair(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

static void arrive(struct gcv_graph *graph, uint32_t at, uint32_t atom, uint32_t from,
		   uint32_t flow)
{
	struct gcv_place *place = &graph->places[at];

	if (place->is_common && graph->atoms[atom].kind != GCV_ATOM_ACQUIRED)
		return;
	if (!gcv_place_arrive(place, (struct gcv_arrival){ atom, from, flow }) || place->is_queued)
		return;
	place->is_queued = true;
	GCV_GROW(graph->queue, graph->nr_queue, graph->cap_queue);
	graph->queue[graph->nr_queue++] = at;
}

void gcv_graph_add(struct gcv_graph *graph, uint32_t place, uint32_t atom)
{
	if (place && atom)
		arrive(graph, place, atom, 0, 0);
}

void gcv_graph_flow(struct gcv_graph *graph, uint32_t from, uint32_t to, enum gcv_step step,
		    uint32_t function, uint32_t node)
{
	uint32_t edge, i;
	bool is_new;

	if (!from || !to || from == to)
		return;
	gcv_map64_add(&graph->pairs, pair(from, to), &is_new);
	if (!is_new)
		return;
	GCV_GROW(graph->edges, graph->nr_edges, graph->cap_edges);
	edge = graph->nr_edges++;
	graph->edges[edge] = (struct gcv_flow_edge){ .to = to,
						     .next = graph->places[from].flows,
						     .step = step,
						     .function = function,
						     .node = node };
	graph->places[from].flows = edge;
	graph->places[to].nr_in++;
	/* What is already through; the rest follows when the place's turn comes. */
	for (i = 0; i < graph->places[from].nr_done; i++)
		arrive(graph, to, graph->places[from].atoms[i].atom, from, edge);
}

/* The entry of an object in a list that a map has the first one of; returns the one before. */
static uint32_t push_entry(struct gcv_map64 *map, uint32_t object, uint32_t entry)
{
	bool is_new;
	uint32_t *slot = gcv_map64_add(map, object, &is_new), next = is_new ? 0 : *slot;

	*slot = entry;
	return next;
}

static uint32_t first_entry(const struct gcv_map64 *map, uint32_t object)
{
	uint32_t entry = gcv_map64_get(map, object);

	return entry == GCV_MAP64_NONE ? 0 : entry;
}

/* A cell of an object comes to the other object of a copy. */
static void copy_cell(struct gcv_graph *graph, uint32_t copy, const char *cell)
{
	struct gcv_flow_copy c = graph->copies[copy];
	uint32_t from = gcv_graph_cell(graph, c.from, cell);

	gcv_graph_flow(graph, from, gcv_graph_cell(graph, c.to, cell), GCV_STEP_STORE, c.function,
		       c.node);
}

/* A cell is new: what copies of its object have it, and what of it is in objects that are not told
 * apart, which any cell may be. */
static void copy_new_cell(struct gcv_graph *graph, uint32_t object, const char *cell)
{
	uint32_t copy;

	for (copy = first_entry(&graph->first_from, object); copy;
	     copy = graph->copies[copy].next_from)
		copy_cell(graph, copy, cell);
	for (copy = first_entry(&graph->first_to, object); copy; copy = graph->copies[copy].next_to)
		if (graph->atoms[graph->copies[copy].from].kind == GCV_ATOM_PARAM)
			copy_cell(graph, copy, cell);
}

/** ANY_CELL - the cell of an object whose cells are not told apart */
#define ANY_CELL "*"

uint32_t gcv_graph_cell(struct gcv_graph *graph, uint32_t object, const char *cell)
{
	const struct gcv_atom *atom = &graph->atoms[object];
	bool is_new, is_blob = atom->kind == GCV_ATOM_PARAM;
	uint32_t id, *slot, place;

	if (is_blob)
		cell = ANY_CELL;
	else if (atom->self && strcmp(cell, GCV_CELL_ELEMENT) == 0)
		return atom->self;
	id = gcv_intern_add(&graph->names, cell, strlen(cell));
	slot = gcv_map64_add(&graph->cells, pair(object, id), &is_new);
	if (!is_new)
		return *slot;
	place = gcv_graph_place(graph, &(struct gcv_place){
					       .kind = GCV_PLACE_CELL,
					       .function = atom->function,
					       .symbol = object,
					       .node = atom->node,
					       .name = gcv_intern_str(&graph->names, id),
				       });
	*slot = place;
	if (is_blob)
		gcv_graph_add(graph, place, object);
	GCV_GROW(graph->members, graph->nr_members, graph->cap_members);
	graph->members[graph->nr_members] = (struct gcv_flow_cell){ .name = id, .place = place };
	graph->members[graph->nr_members].next =
		push_entry(&graph->first_member, object, graph->nr_members);
	graph->nr_members++;
	copy_new_cell(graph, object, gcv_intern_str(&graph->names, id));
	return place;
}

uint32_t gcv_graph_find_cell(const struct gcv_graph *graph, uint32_t object, const char *cell)
{
	const struct gcv_atom *atom = &graph->atoms[object];
	uint32_t id, place;

	if (atom->kind == GCV_ATOM_PARAM)
		cell = ANY_CELL;
	else if (atom->self && strcmp(cell, GCV_CELL_ELEMENT) == 0)
		return atom->self;
	id = gcv_intern_find(&graph->names, cell, strlen(cell));
	if (id == GCV_INTERN_NONE)
		return 0;
	place = gcv_map64_get(&graph->cells, pair(object, id));
	return place == GCV_MAP64_NONE ? 0 : place;
}

/* The array that a cell is, as an object of its own. */
static uint32_t sub_object(struct gcv_graph *graph, uint32_t object, uint32_t cell, uint32_t id)
{
	struct gcv_atom atom = graph->atoms[object];
	bool is_new;
	uint32_t *slot = gcv_map64_add(&graph->subs, pair(object, id), &is_new);
	/* What is not told apart stays so; an array in an array is the same one. */
	bool is_same = atom.kind == GCV_ATOM_PARAM ||
		       (atom.self && graph->places[atom.self].kind == GCV_PLACE_CELL);

	if (is_new && is_same)
		*slot = object;
	if (!is_new || is_same)
		return *slot;
	atom.self = cell;
	*slot = gcv_graph_atom(graph, &atom);
	return *slot;
}

/* One object is copied into another one. */
static void link_objects(struct gcv_graph *graph, uint32_t from, uint32_t to,
			 const struct gcv_flow_memory *m)
{
	uint32_t copy, at;
	bool is_new;

	gcv_map64_add(&graph->links, pair(from, to), &is_new);
	if (!is_new || from == to)
		return;
	if (graph->nr_solved++ >= graph->limit) {
		graph->is_limited = true;
		return;
	}
	GCV_GROW(graph->copies, graph->nr_copies, graph->cap_copies);
	copy = graph->nr_copies++;
	graph->copies[copy] = (struct gcv_flow_copy){
		.from = from, .to = to, .function = m->function, .node = m->node
	};
	graph->copies[copy].next_from = push_entry(&graph->first_from, from, copy);
	graph->copies[copy].next_to = push_entry(&graph->first_to, to, copy);
	if (graph->atoms[from].self)
		copy_cell(graph, copy, GCV_CELL_ELEMENT);
	for (at = first_entry(&graph->first_member, from); at; at = graph->members[at].next)
		copy_cell(graph, copy, gcv_intern_str(&graph->names, graph->members[at].name));
	if (graph->atoms[from].kind != GCV_ATOM_PARAM)
		return;
	for (at = first_entry(&graph->first_member, to); at; at = graph->members[at].next)
		copy_cell(graph, copy, gcv_intern_str(&graph->names, graph->members[at].name));
}

static void add_memory(struct gcv_graph *graph, uint32_t pointer, const char *cell,
		       enum gcv_memory_op op, uint32_t other, uint32_t function, uint32_t node);

/* A load or store meets an object that its pointer can point to. */
static void connect(struct gcv_graph *graph, const struct gcv_flow_memory *memory, uint32_t object)
{
	struct gcv_flow_memory m = *memory;
	uint32_t cell;

	if (graph->atoms[object].kind != GCV_ATOM_OBJECT &&
	    graph->atoms[object].kind != GCV_ATOM_PARAM)
		return;
	if (m.op == GCV_MEMORY_COPY) {
		add_memory(graph, m.other, GCV_CELL_ELEMENT, GCV_MEMORY_PASTE, object, m.function,
			   m.node);
		return;
	}
	if (m.op == GCV_MEMORY_PASTE) {
		link_objects(graph, m.other, object, &m);
		return;
	}
	cell = gcv_graph_cell(graph, object, gcv_intern_str(&graph->names, m.cell));
	switch (m.op) {
	case GCV_MEMORY_STORE:
		gcv_graph_flow(graph, m.other, cell, GCV_STEP_STORE, m.function, m.node);
		break;
	case GCV_MEMORY_LOAD:
		gcv_graph_flow(graph, cell, m.other, GCV_STEP_LOAD, m.function, m.node);
		break;
	case GCV_MEMORY_ADDRESS:
		arrive(graph, m.other, sub_object(graph, object, cell, m.cell), 0, 0);
		break;
	default:
		break;
	}
}

static void add_memory(struct gcv_graph *graph, uint32_t pointer, const char *cell,
		       enum gcv_memory_op op, uint32_t other, uint32_t function, uint32_t node)
{
	uint32_t at, i;

	if (!pointer || !other)
		return;
	GCV_GROW(graph->memory, graph->nr_memory, graph->cap_memory);
	at = graph->nr_memory++;
	graph->memory[at] = (struct gcv_flow_memory){
		.op = op,
		.cell = gcv_intern_add(&graph->names, cell, strlen(cell)),
		.other = other,
		.next = graph->places[pointer].memory,
		.function = function,
		.node = node,
	};
	graph->places[pointer].memory = at;
	for (i = 0; i < graph->places[pointer].nr_done; i++)
		connect(graph, &graph->memory[at], graph->places[pointer].atoms[i].atom);
}

void gcv_graph_load(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t to,
		    uint32_t function, uint32_t node)
{
	add_memory(graph, pointer, cell, GCV_MEMORY_LOAD, to, function, node);
}

void gcv_graph_store(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t from,
		     uint32_t function, uint32_t node)
{
	add_memory(graph, pointer, cell, GCV_MEMORY_STORE, from, function, node);
}

void gcv_graph_address(struct gcv_graph *graph, uint32_t pointer, const char *cell, uint32_t to,
		       uint32_t function, uint32_t node)
{
	add_memory(graph, pointer, cell, GCV_MEMORY_ADDRESS, to, function, node);
}

void gcv_graph_copy(struct gcv_graph *graph, uint32_t from, uint32_t to, uint32_t function,
		    uint32_t node)
{
	if (from != to)
		add_memory(graph, from, GCV_CELL_ELEMENT, GCV_MEMORY_COPY, to, function, node);
}

/* Hand on one atom of a place. Everything may move in memory on the way. */
static void hand_on(struct gcv_graph *graph, uint32_t at, uint32_t atom)
{
	uint32_t i;

	for (i = graph->places[at].flows; i; i = graph->edges[i].next)
		arrive(graph, graph->edges[i].to, atom, at, i);
	for (i = graph->places[at].memory; i; i = graph->memory[i].next)
		connect(graph, &graph->memory[i], atom);
}

void gcv_graph_solve(struct gcv_graph *graph)
{
	while (graph->nr_queue) {
		uint32_t at = graph->queue[--graph->nr_queue];

		while (graph->places[at].nr_done < graph->places[at].nr_atoms) {
			uint32_t atom = graph->places[at].atoms[graph->places[at].nr_done++].atom;

			if (graph->nr_solved++ >= graph->limit) {
				graph->is_limited = true;
				return;
			}
			hand_on(graph, at, atom);
		}
		graph->places[at].is_queued = false;
	}
}

void gcv_graph_release(struct gcv_graph *graph)
{
	uint32_t i;

	for (i = 0; i < graph->nr_places; i++)
		free(graph->places[i].atoms);
	free(graph->places);
	free(graph->edges);
	free(graph->memory);
	free(graph->atoms);
	free(graph->queue);
	gcv_intern_release(&graph->names);
	gcv_map64_release(&graph->cells);
	gcv_map64_release(&graph->subs);
	gcv_map64_release(&graph->pairs);
	gcv_map64_release(&graph->links);
	gcv_map64_release(&graph->first_from);
	gcv_map64_release(&graph->first_to);
	gcv_map64_release(&graph->first_member);
	free(graph->copies);
	free(graph->members);
	*graph = (struct gcv_graph){ 0 };
}
