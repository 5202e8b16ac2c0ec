/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kinds of objects: the objects of one record that a table of functions makes and serves. What a
 * function of one table puts into a field, no function of another table takes out of it: they never
 * see the same object. Gem objects of a driver, for which one table gets pages of the page cache
 * and another one pages of user memory, are told apart by that.
 *
 *	gcv_kinds_build(program, accessors, &kinds);
 *	nr = gcv_kinds_of(&kinds, "struct foo_object", numbers);
 *	kind = gcv_kinds_at(&kinds, function, member_node);
 *	gcv_kinds_release(&kinds);
 *
 * Tables are told apart where the record has a member that points to its table, which is only ever
 * set to a table by name, or to what a constructor is given. For interfaces whose tables hold
 * several pairs of functions, each for objects of its own, the table of accessors has the pairs.
 */
#ifndef GCV_FLOW_KIND_H
#define GCV_FLOW_KIND_H

#include "flow/accessor.h"
#include "flow/program.h"

/** GCV_KINDS_MAX - kinds of one family at most; of more none is told apart */
#define GCV_KINDS_MAX 64

/** GCV_KIND_ANY - an access that may be to an object of any kind */
#define GCV_KIND_ANY UINT32_MAX

/**
 * struct gcv_kind - a kind
 * @family: the record of its table, in @families
 * @same: another kind, where objects of this one become objects of that one; else itself
 */
struct gcv_kind {
	uint32_t family, same;
};

/**
 * struct gcv_kind_record - a record whose objects are of several kinds
 * @family: of these kinds
 * @is_open: its table is set to what cannot be told: not told apart
 */
struct gcv_kind_record {
	uint32_t family;
	bool is_open;
};

/**
 * struct gcv_kinds - see above
 * @program: the program
 * @accessors: known pairs
 * @families: records of tables: "struct foo_ops"
 * @names: of kinds: tables ("file:name" where static) and entries of the table of pairs
 * @record_names: of records: "struct foo_object"
 * @kinds: by number of the name
 * @records: by number of the name
 * @of_function: for each function its kind + 1, 0 for none
 * @makers: (function, position of a parameter) that becomes the table of an object
 */
struct gcv_kinds {
	const struct gcv_program *program;
	const struct gcv_accessors *accessors;
	struct gcv_intern families, names, record_names;
	struct gcv_kind *kinds;
	struct gcv_kind_record *records;
	uint32_t *of_function;
	struct gcv_map64 makers;
	uint32_t cap_kinds, cap_records;
};

/**
 * gcv_kinds_build() - find them
 * @program: all bodies are decoded
 * @accessors: known pairs
 * @ret: for gcv_kinds_release()
 */
void gcv_kinds_build(const struct gcv_program *program, const struct gcv_accessors *accessors,
		     struct gcv_kinds *ret);

/**
 * gcv_kinds_of() - the kinds of a record's objects
 * @kinds: the result
 * @record: "struct foo_object"
 * @ret: at least GCV_KINDS_MAX; numbers of kinds, ascending
 *
 * Return: how many; 0 for a record whose objects are not told apart.
 */
uint32_t gcv_kinds_of(const struct gcv_kinds *kinds, const char *record, uint32_t *ret);

/**
 * gcv_kinds_at() - of which kind is the object that an expression accesses?
 * @kinds: the result
 * @fn: a function with its body
 * @member: MEMBER node in it, of a record whose objects are of several kinds
 *
 * Return: a kind, or GCV_KIND_ANY.
 */
uint32_t gcv_kinds_at(const struct gcv_kinds *kinds, const struct gcv_function *fn,
		      uint32_t member);

/**
 * gcv_kinds_release() - free the result
 * @kinds: the result; a zeroed one is allowed
 */
void gcv_kinds_release(struct gcv_kinds *kinds);

#endif
