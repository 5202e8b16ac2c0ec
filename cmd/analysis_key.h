/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the results of an analysis depend on, in a hash: while it stays the same they need not be
 * made again.
 *
 *	gcv_analysis_basis_init(&basis);
 *	gcv_analysis_basis_add(&basis, "more-api.json");
 *	if (gcv_analysis_key(&basis, scan, scan->units, scan->nr_units, &key))
 *		…results stored with that key are those that an analysis would make…
 */
#ifndef GCV_CMD_ANALYSIS_KEY_H
#define GCV_CMD_ANALYSIS_KEY_H

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

#endif
