// SPDX-License-Identifier: GPL-2.0-only
#include "flow/thing.h"

#include <string.h>

/* A place that holds the address of a thing. Its element is the thing, if that is no memory. */
uint32_t gcv_build_address_place(struct gcv_builder *b, uint32_t thing, const char *name,
				 bool is_shared)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t place = gcv_build_temp(b, GCV_NONE), atom;

	atom = gcv_graph_atom(graph, &(struct gcv_atom){ .kind = GCV_ATOM_OBJECT,
							 .self = thing,
							 .is_shared = is_shared,
							 .function = b->fn->index,
							 .node = GCV_NONE,
							 .name = name });
	gcv_graph_add(graph, place, atom);
	return place;
}

static struct gcv_build_thing *thing_of(struct gcv_builder *b, const char *name, size_t len,
					const char *type)
{
	uint32_t nr = b->flow->names.nr, id = gcv_intern_add(&b->flow->names, name, len);

	if (id >= b->cap_things) {
		uint32_t cap = b->cap_things ? b->cap_things * 2 : 1024;

		b->things = gcv_realloc_array(b->things, cap, sizeof(*b->things));
		memset(b->things + b->cap_things, 0, sizeof(*b->things) * (cap - b->cap_things));
		b->cap_things = cap;
	}
	if (id == nr) {
		b->things[id].class = gcv_type_class(b->flow->input.accessors, type, NULL);
		b->things[id].is_number = !strchr(type, '*');
	}
	return &b->things[id];
}

/* Of a field whose objects are of several kinds the place of one of them, or of what comes to all.
 */
static uint32_t part_of(struct gcv_builder *b, const struct gcv_symbol *symbol, uint32_t kind)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };

	gcv_strbuf_addf(&name, "%s.%s#", symbol->owner, symbol->name);
	if (kind != GCV_KIND_ANY)
		gcv_strbuf_addf(&name, "%u", kind);
	return (uint32_t)(thing_of(b, name.buf, name.len, gcv_type_told(symbol)) - b->things);
}

/* What code that serves all kinds stores comes to each of them; what it reads may be of each. */
static void link_part(struct gcv_builder *b, uint32_t whole, uint32_t all, uint32_t part,
		      const char *name)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t from = gcv_build_thing_use(b, &b->things[part], name, GCV_PLACE_FIELD);

	gcv_graph_flow(graph, all, from, GCV_STEP_USE, GCV_NONE, GCV_NONE);
	gcv_graph_flow(graph, from,
		       gcv_build_thing_use(b, &b->things[whole], name, GCV_PLACE_FIELD),
		       GCV_STEP_USE, GCV_NONE, GCV_NONE);
}

/* Memory in an object is there once for each kind, and for objects of none. */
static void split(struct gcv_builder *b, const struct gcv_symbol *symbol, uint32_t whole,
		  const char *name)
{
	uint32_t kinds[GCV_KINDS_MAX], nr, i, all = 0;

	b->things[whole].is_asked = true;
	if (b->things[whole].class == GCV_TYPE_OTHER ||
	    gcv_accessor_is_container(b->flow->input.accessors, symbol->owner))
		return;
	nr = gcv_kinds_of(&b->kinds, symbol->owner, kinds);
	if (!nr)
		return;
	if (b->things[whole].class != GCV_TYPE_MEMORY) {
		uint32_t part = part_of(b, symbol, GCV_KIND_ANY);

		all = gcv_graph_place(&b->flow->graph,
				      &(struct gcv_place){ .kind = GCV_PLACE_FIELD,
							   .function = GCV_NONE,
							   .symbol = b->things[whole].is_number,
							   .node = GCV_NONE,
							   .name = name });
		b->things[part].place = all;
		gcv_graph_flow(&b->flow->graph, all,
			       gcv_build_thing_use(b, &b->things[whole], name, GCV_PLACE_FIELD),
			       GCV_STEP_USE, GCV_NONE, GCV_NONE);
	}
	for (i = 0; i < nr; i++)
		link_part(b, whole, all, part_of(b, symbol, kinds[i]), name);
	b->things[whole].is_split = true;
}

struct gcv_build_thing *gcv_build_field(struct gcv_builder *b, const struct gcv_symbol *symbol,
					uint32_t member, enum gcv_field_use use,
					const char **ret_name)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	uint32_t whole, kind = GCV_KIND_ANY, part;

	gcv_strbuf_addf(&name, "%s.%s", symbol->owner, symbol->name);
	whole = (uint32_t)(thing_of(b, name.buf, name.len, gcv_type_told(symbol)) - b->things);
	*ret_name = gcv_intern_str(&b->flow->names, whole);
	if (!b->things[whole].is_asked)
		split(b, symbol, whole, *ret_name);
	if (!b->things[whole].is_split)
		return &b->things[whole];
	if (member != GCV_NONE)
		kind = gcv_kinds_at(&b->kinds, b->fn, member);
	part = part_of(b, symbol, kind);
	if (kind != GCV_KIND_ANY)
		return &b->things[part];
	if (b->things[whole].class == GCV_TYPE_MEMORY || use == GCV_FIELD_READ)
		return &b->things[whole];
	/* What is written through the address comes to all kinds, too. */
	if (use == GCV_FIELD_ADDRESS)
		gcv_graph_flow(&b->flow->graph, b->things[whole].place, b->things[part].place,
			       GCV_STEP_USE, GCV_NONE, GCV_NONE);
	return &b->things[use == GCV_FIELD_WRITE ? part : whole];
}

struct gcv_build_thing *gcv_build_global(struct gcv_builder *b, const struct gcv_symbol *symbol,
					 const char **ret_name)
{
	GCV_STRBUF_AUTO struct gcv_strbuf name = { 0 };
	struct gcv_build_thing *thing;

	if (symbol->kind == GCV_SYMBOL_STATIC_LOCAL)
		gcv_strbuf_addf(&name, "%s:%s:", b->fn->file, b->fn->name);
	else if (strcmp(symbol->owner, "static") == 0)
		gcv_strbuf_addf(&name, "%s:", b->fn->file);
	gcv_strbuf_addstr(&name, symbol->name);
	thing = thing_of(b, name.buf, name.len, gcv_type_told(symbol));
	*ret_name = gcv_intern_str(&b->flow->names, (uint32_t)(thing - b->things));
	return thing;
}

/* The value of a field or variable; memory that it points to is there even if nobody is seen to
 * make it. */
uint32_t gcv_build_thing_value(struct gcv_builder *b, struct gcv_build_thing *thing,
			       const char *name, enum gcv_place_kind kind)
{
	struct gcv_graph *graph = &b->flow->graph;
	uint32_t place = thing->place;

	if (place || thing->class == GCV_TYPE_OTHER)
		return place;
	place = gcv_graph_place(graph, &(struct gcv_place){ .kind = kind,
							    .function = GCV_NONE,
							    .symbol = thing->is_number,
							    .node = GCV_NONE,
							    .name = name });
	if (kind == GCV_PLACE_FIELD && thing->is_number &&
	    gcv_accessor_is_common(b->flow->input.accessors, name)) {
		gcv_graph_add(graph, place,
			      gcv_graph_atom(graph, &(struct gcv_atom){ .kind = GCV_ATOM_UNKNOWN,
									.function = GCV_NONE,
									.node = GCV_NONE,
									.name = name }));
		graph->places[place].is_common = true;
	}
	if (thing->class == GCV_TYPE_POINTER)
		gcv_graph_add(graph, place,
			      gcv_graph_atom(graph, &(struct gcv_atom){ .kind = GCV_ATOM_OBJECT,
									.is_shared = true,
									.function = GCV_NONE,
									.node = GCV_NONE,
									.name = name }));
	thing->place = place;
	return place;
}

uint32_t gcv_build_thing_address(struct gcv_builder *b, struct gcv_build_thing *thing,
				 const char *name, enum gcv_place_kind kind)
{
	if (thing->address || thing->class == GCV_TYPE_OTHER)
		return thing->address;
	thing->address = gcv_build_address_place(
		b,
		thing->class == GCV_TYPE_MEMORY ? 0 : gcv_build_thing_value(b, thing, name, kind),
		name, true);
	return thing->address;
}

uint32_t gcv_build_thing_use(struct gcv_builder *b, struct gcv_build_thing *thing, const char *name,
			     enum gcv_place_kind kind)
{
	if (thing->class == GCV_TYPE_MEMORY)
		return gcv_build_thing_address(b, thing, name, kind);
	return gcv_build_thing_value(b, thing, name, kind);
}
