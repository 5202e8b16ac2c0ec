/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a comparison of edits looks at, out of a database.
 *
 *	st = gcv_verify_state(db, label, conversion, &arena, &state, err);
 */
#ifndef GCV_CMD_VERIFY_STATE_H
#define GCV_CMD_VERIFY_STATE_H

#include "db/store.h"
#include "edit/compare.h"

/**
 * struct gcv_verify_numbers - which site of a state is which of the snapshot
 * @indices: by number of the site in the snapshot its index in the state, GCV_NONE for a homonym
 * @nr: how many
 */
struct gcv_verify_numbers {
	const uint32_t *indices;
	uint32_t nr;
};

/**
 * gcv_verify_state() - sites, units, errors and faults of a snapshot
 * @db: the database
 * @label: name of the snapshot
 * @conversion: whose results are meant
 * @arena: owns the result
 * @ret_state: no site has a group
 * @ret_numbers: where the sites of the snapshot are in it
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot, or it has no results for the conversion).
 */
enum gcv_status gcv_verify_state(struct gcv_db *db, const char *label, const char *conversion,
				 struct gcv_arena *arena, struct gcv_edit_state *ret_state,
				 struct gcv_verify_numbers *ret_numbers,
				 struct gcv_err *err) GCV_MUST_CHECK;

#endif
