/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of a program: its functions by name and by where they are stored, for program.c.
 *
 *	index = gcv_program_index_build(&facts);
 *	id = gcv_intern_find(&index->names, "put_pages", 9);
 *	targets = gcv_program_list_of(&index->external, id);
 *	gcv_program_index_free(index);
 */
#ifndef GCV_FLOW_PROGRAM_INDEX_H
#define GCV_FLOW_PROGRAM_INDEX_H

#include "base/lists.h"
#include "base/map64.h"
#include "flow/program.h"

/**
 * struct gcv_program_index - see above
 * @facts: what it was built from
 * @names: names of functions
 * @fields: members and arguments that functions are stored in
 * @files: paths of files with functions or variables
 * @external: by name, functions that every file can see
 * @local: by name, static functions
 * @stored: by field, functions stored there
 * @file_units: by file, the units that saw something of it
 * @header_units: units that hold the definitions of precompiled headers, ascending
 * @seen: numbers in @answers, by who asks (file or function) and for which name
 * @answers: definitions that a user of a name sees
 * @arena: owns the lists of @answers
 * @nr_header_units: how many
 * @nr_answers: how many
 * @cap_answers: allocated length
 */
struct gcv_program_index {
	const struct gcv_program_facts *facts;
	struct gcv_intern names, fields, files;
	struct gcv_lists external, local, stored, file_units;
	uint32_t *header_units;
	struct gcv_map64 seen;
	struct gcv_program_targets *answers;
	struct gcv_arena arena;
	uint32_t nr_header_units, nr_answers, cap_answers;
};

/**
 * gcv_program_index_build() - index what a source handed over
 * @facts: the functions and addresses; must not move
 *
 * Return: for gcv_program_index_free().
 */
struct gcv_program_index *gcv_program_index_build(const struct gcv_program_facts *facts);

/**
 * gcv_program_list_of() - the numbers of a key
 * @lists: the lists
 * @key: the key, or GCV_INTERN_NONE
 *
 * Return: the numbers; none for an unknown key.
 */
struct gcv_program_targets gcv_program_list_of(const struct gcv_lists *lists, uint32_t key);

/**
 * gcv_program_seen_by_file() - static functions that a file can mean by a name
 * @index: the index
 * @file: number of the file in @index->files
 * @name: number of the name in @index->names
 *
 * Return: the definitions. Valid as long as the index.
 */
struct gcv_program_targets gcv_program_seen_by_file(struct gcv_program_index *index, uint32_t file,
						    uint32_t name);

/**
 * gcv_program_seen_by_function() - functions that a function or variable can mean by a name
 * @index: the index
 * @user: index of the function or variable
 * @name: number of the name in @index->names
 * @is_static: the declaration is static
 *
 * Return: the definitions. Valid as long as the index.
 */
struct gcv_program_targets gcv_program_seen_by_function(struct gcv_program_index *index,
							uint32_t user, uint32_t name,
							bool is_static);

/**
 * gcv_program_index_free() - free an index
 * @index: the index; NULL is allowed
 */
void gcv_program_index_free(struct gcv_program_index *index);

#endif
