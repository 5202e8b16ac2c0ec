// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is at a place, and whether an atom is among it: most places have one or two atoms, which are
 * looked through; the few with thousands have a table behind their arrivals, in the same memory.
 */
#include "flow/graph.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/** FEW - places with room for more arrivals have a table */
#define FEW 8

/* The table: slots of index + 1, 0 where free; half of them at most are in use. */
static uint32_t *table_of(const struct gcv_place *place)
{
	return (uint32_t *)(place->atoms + place->cap_atoms);
}

/* The slot of an atom, or the free one where it belongs. */
static uint32_t *find_slot(const struct gcv_place *place, uint32_t atom)
{
	uint32_t *table = table_of(place), mask = place->cap_atoms * 2 - 1;
	uint32_t at = atom * 0x9e3779b1u;

	for (at = (at ^ at >> 15) & mask; table[at]; at = (at + 1) & mask)
		if (place->atoms[table[at] - 1].atom == atom)
			break;
	return &table[at];
}

/* Return: index of an atom's arrival, or @place->nr_atoms. */
static uint32_t look_through(const struct gcv_place *place, uint32_t atom)
{
	uint32_t i;

	for (i = 0; i < place->nr_atoms && place->atoms[i].atom != atom; i++)
		;
	return i;
}

/* The room is a power of two. */
static void grow(struct gcv_place *place)
{
	uint32_t cap = place->cap_atoms ? place->cap_atoms * 2 : 2, i;
	size_t slots = cap > FEW ? (size_t)cap * 2 : 0;

	place->atoms = gcv_realloc_array(place->atoms, 1,
					 cap * sizeof(*place->atoms) + slots * sizeof(uint32_t));
	place->cap_atoms = cap;
	if (!slots)
		return;
	memset(table_of(place), 0, slots * sizeof(uint32_t));
	for (i = 0; i < place->nr_atoms; i++)
		*find_slot(place, place->atoms[i].atom) = i + 1;
}

bool gcv_place_arrive(struct gcv_place *place, struct gcv_arrival arrival)
{
	if (place->cap_atoms > FEW ? *find_slot(place, arrival.atom) != 0
				   : look_through(place, arrival.atom) < place->nr_atoms)
		return false;
	if (place->nr_atoms == place->cap_atoms)
		grow(place);
	place->atoms[place->nr_atoms++] = arrival;
	if (place->cap_atoms > FEW)
		*find_slot(place, arrival.atom) = place->nr_atoms;
	return true;
}

const struct gcv_arrival *gcv_graph_arrival(const struct gcv_graph *graph, uint32_t at,
					    uint32_t atom)
{
	const struct gcv_place *place = &graph->places[at];
	uint32_t i;

	if (place->cap_atoms > FEW)
		i = *find_slot(place, atom) - 1;
	else
		i = look_through(place, atom);
	return i < place->nr_atoms ? &place->atoms[i] : NULL;
}
