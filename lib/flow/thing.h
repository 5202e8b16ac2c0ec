/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the flow stage: fields and variables that are one place for the whole program.
 *
 *	thing = gcv_build_field(b, symbol, member_node, GCV_FIELD_READ, &name);
 *	place = gcv_build_thing_use(b, thing, name, GCV_PLACE_FIELD);
 *
 * A field of a record whose objects are of several kinds has a place for each kind, one for what
 * code stores that serves all of them, which comes to all kinds, and one for what such code reads,
 * to which all of them come.
 */
#ifndef GCV_FLOW_THING_H
#define GCV_FLOW_THING_H

#include "flow/builder.h"

/**
 * enum gcv_field_use - what is done with a field
 * @GCV_FIELD_READ: its value is taken
 * @GCV_FIELD_WRITE: it is assigned to
 * @GCV_FIELD_ADDRESS: its address is taken: it may be read and written
 */
enum gcv_field_use { GCV_FIELD_READ, GCV_FIELD_WRITE, GCV_FIELD_ADDRESS };

/**
 * gcv_build_field() - a field
 * @builder: the builder
 * @symbol: the field
 * @member: MEMBER node that accesses it, or GCV_NONE for an initialiser
 * @use: what is done with it
 * @ret_name: "struct foo.bar"
 *
 * Return: the thing, until the next call.
 */
struct gcv_build_thing *gcv_build_field(struct gcv_builder *builder,
					const struct gcv_symbol *symbol, uint32_t member,
					enum gcv_field_use use, const char **ret_name);

/**
 * gcv_build_global() - a variable at file scope, or a static one
 * @builder: the builder
 * @symbol: the variable
 * @ret_name: "file:name" where it is static
 *
 * Return: the thing, until the next call.
 */
struct gcv_build_thing *gcv_build_global(struct gcv_builder *builder,
					 const struct gcv_symbol *symbol, const char **ret_name);

/**
 * gcv_build_thing_value() - place of its value
 * @builder: the builder
 * @thing: the thing
 * @name: its name
 * @kind: GCV_PLACE_FIELD or GCV_PLACE_GLOBAL
 *
 * Return: the place; 0 where its type holds nothing that is followed.
 */
uint32_t gcv_build_thing_value(struct gcv_builder *builder, struct gcv_build_thing *thing,
			       const char *name, enum gcv_place_kind kind);

/**
 * gcv_build_thing_address() - place of its address
 * @builder: the builder
 * @thing: the thing
 * @name: its name
 * @kind: GCV_PLACE_FIELD or GCV_PLACE_GLOBAL
 *
 * Return: the place; 0 where its type holds nothing that is followed.
 */
uint32_t gcv_build_thing_address(struct gcv_builder *builder, struct gcv_build_thing *thing,
				 const char *name, enum gcv_place_kind kind);

/**
 * gcv_build_thing_use() - place of what an expression that names it has
 * @builder: the builder
 * @thing: the thing
 * @name: its name
 * @kind: GCV_PLACE_FIELD or GCV_PLACE_GLOBAL
 *
 * Return: the place of its address for memory, else of its value; or 0.
 */
uint32_t gcv_build_thing_use(struct gcv_builder *builder, struct gcv_build_thing *thing,
			     const char *name, enum gcv_place_kind kind);

/**
 * gcv_build_address_place() - a place that holds an address
 * @builder: the builder
 * @thing: place of what is there, or 0 for memory
 * @name: its name
 * @is_shared: others can know it
 *
 * Return: the place.
 */
uint32_t gcv_build_address_place(struct gcv_builder *builder, uint32_t thing, const char *name,
				 bool is_shared);

#endif
