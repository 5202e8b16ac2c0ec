/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the results of an analysis depend on, in a hash: while it stays the same they need not be
 * made again.
 *
 *	gcv_analysis_basis_init(&basis);
 *	gcv_analysis_basis_add(&basis, "more-api.json");
 *	if (gcv_analysis_key(&basis, scan, scan->units, scan->nr_units, &key))
 *		…results stored with that key are those that an analysis would make…
 *
 * Units are new where their files are, be it by a comment. What was found out from their facts is
 * known by the facts:
 *
 *	st = gcv_analysis_question(&basis, &scan->era, program, &key, err);
 *		…what such a program asked for is what this one asks for…
 *	st = gcv_analysis_facts(&basis, scan, program, tree, &key, &is_known, err);
 *		…results made from such facts are those that an analysis would make…
 */
#ifndef GCV_CMD_ANALYSIS_KEY_H
#define GCV_CMD_ANALYSIS_KEY_H

#include "flow/program.h"
#include "parse/scan.h"
#include "tree/hash.h"

/**
 * struct gcv_analysis_basis - what decides besides the units
 * @hash: of the program, which holds the tables of API names and accessors, and of the tables that
 * the command line adds
 * @is_known: all of that could be read
 */
struct gcv_analysis_basis {
	struct gcv_hash hash;
	bool is_known;
};

/**
 * gcv_analysis_basis_init() - hash the program
 * @basis: the basis
 *
 * The bytes of the program rather than its version: they also tell builds apart.
 */
void gcv_analysis_basis_init(struct gcv_analysis_basis *basis);

/**
 * gcv_analysis_basis_add() - hash a table that the command line adds
 * @basis: the basis
 * @path: the file
 */
void gcv_analysis_basis_add(struct gcv_analysis_basis *basis, const char *path);

/**
 * gcv_analysis_key() - the key of an analysis
 * @basis: what decides besides the units
 * @scan: its sum of units that failed counts, as one that fails no longer keeps its id, and all C
 * files of its walk, as any of them may be asked for
 * @units: ids of the units, in any order, an id perhaps more than once
 * @nr_units: how many
 * @ret_key: the key
 *
 * Otherwise a stored unit never changes: what it read is part of its identity, and its id is not
 * given to another one while a snapshot has it.
 *
 * Return: true, or false where the basis is not known.
 */
bool gcv_analysis_key(const struct gcv_analysis_basis *basis, const struct gcv_scan *scan,
		      const int64_t *units, uint32_t nr_units, struct gcv_hash *ret_key);

/**
 * gcv_analysis_question() - stands for what decides which files are asked for
 * @basis: what decides besides; it is known
 * @era: what the tree declares
 * @program: the program; its bodies are decoded
 * @ret_key: the key
 * @err: sentence on failure
 *
 * The flow does not look at where in a file a function stands, nor how far apart functions are; it
 * does know their order, and where in a function a call is.
 *
 * Return: GCV_OK or what gcv_program_body() returned.
 */
enum gcv_status gcv_analysis_question(const struct gcv_analysis_basis *basis,
				      const struct gcv_era *era, struct gcv_program *program,
				      struct gcv_hash *ret_key, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_analysis_facts() - stands for what decides the results, down to their line numbers
 * @basis: what decides besides; it is known
 * @scan: its era, and the files that were asked for
 * @program: the program; its bodies are decoded
 * @tree: for the texts of its files: lines are counted there, and comments that silence a finding
 * found; what follows the last definition of a file counts only if it has the mark of such a
 * comment
 * @ret_key: the key
 * @ret_known: false where a file cannot be read
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_program_body() returned.
 */
enum gcv_status gcv_analysis_facts(const struct gcv_analysis_basis *basis,
				   const struct gcv_scan *scan, struct gcv_program *program,
				   const struct gcv_tree *tree, struct gcv_hash *ret_key,
				   bool *ret_known, struct gcv_err *err) GCV_MUST_CHECK;

#endif
