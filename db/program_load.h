/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading everything of a program but the bodies, for program.c.
 *
 *	st = gcv_db_exec(db, "BEGIN", err);
 *	st = gcv_db_program_load(db, snapshot, arena, &facts, err);
 *	st = gcv_db_end(db, st, err);
 */
#ifndef GCV_DB_PROGRAM_LOAD_H
#define GCV_DB_PROGRAM_LOAD_H

#include "db/store.h"
#include "flow/program.h"

/**
 * gcv_db_program_load() - read functions, addresses, sites and units of a snapshot
 * @db: the handle, in a transaction
 * @snapshot: id of the snapshot
 * @arena: owns the result
 * @ret: the result
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure.
 */
enum gcv_status gcv_db_program_load(struct gcv_db *db, int64_t snapshot, struct gcv_arena *arena,
				    struct gcv_program_facts *ret,
				    struct gcv_err *err) GCV_MUST_CHECK;

#endif
