/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the kinds: the steps in which they are found.
 *
 *	gcv_kinds_find_tables(&kinds);		which tables there are, and what is stored in them
 *	gcv_kinds_find_records(&kinds);		which records point to them
 *	gcv_kinds_find_functions(&kinds);	who serves one kind only
 */
#ifndef GCV_FLOW_KIND_FIND_H
#define GCV_FLOW_KIND_FIND_H

#include "flow/kind.h"

/** GCV_KIND_SEVERAL - in @of_function: it serves objects of any kind */
#define GCV_KIND_SEVERAL UINT32_MAX

/**
 * gcv_kinds_add() - the kind of a name
 * @kinds: the kinds
 * @name: its name
 * @family: record of its table
 *
 * Return: its number.
 */
uint32_t gcv_kinds_add(struct gcv_kinds *kinds, const char *name, uint32_t family);

/**
 * gcv_kinds_record() - the entry of a record
 * @kinds: the kinds
 * @name: "struct foo_object"
 * @family: record of its tables, where the record is new
 *
 * Return: the entry, until the next call.
 */
struct gcv_kind_record *gcv_kinds_record(struct gcv_kinds *kinds, const char *name,
					 uint32_t family);

/**
 * gcv_kinds_root() - of kinds that become each other the one that stands for all
 * @kinds: the kinds
 * @kind: a kind
 *
 * Return: its number.
 */
uint32_t gcv_kinds_root(const struct gcv_kinds *kinds, uint32_t kind);

/**
 * gcv_kinds_table_of() - the table that an expression names
 * @kinds: the kinds
 * @fn: a function with its body
 * @node: "&table"
 * @ret_kind: its kind
 *
 * Return: true where it names one.
 */
bool gcv_kinds_table_of(const struct gcv_kinds *kinds, const struct gcv_function *fn, uint32_t node,
			uint32_t *ret_kind);

/**
 * gcv_kinds_is_pinned() - is a function one of a known pair?
 * @kinds: the kinds
 * @function: index of a function
 *
 * Return: true where it is, whoever else calls it.
 */
bool gcv_kinds_is_pinned(const struct gcv_kinds *kinds, uint32_t function);

/**
 * gcv_kinds_find_tables() - tables, and for each function the one that it is stored in
 * @kinds: the kinds
 */
void gcv_kinds_find_tables(struct gcv_kinds *kinds);

/**
 * gcv_kinds_find_records() - records that point to tables, and their constructors
 * @kinds: the kinds
 */
void gcv_kinds_find_records(struct gcv_kinds *kinds);

/**
 * gcv_kinds_find_functions() - helpers that only functions of one kind call
 * @kinds: the kinds
 */
void gcv_kinds_find_functions(struct gcv_kinds *kinds);

#endif
