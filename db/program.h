/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A stored snapshot as the source of a program for the flow analysis.
 *
 *	st = gcv_db_program_source(db, NULL, &source, err);
 *	st = gcv_program_load(&source, &program, err);
 *	…
 *	gcv_program_free(program);
 *	gcv_db_program_source_release(&source);
 */
#ifndef GCV_DB_PROGRAM_H
#define GCV_DB_PROGRAM_H

#include "db/store.h"
#include "flow/program.h"

/**
 * gcv_db_program_source() - read functions, addresses and sites of a snapshot
 * @db: the handle; must outlive the source
 * @label: name of the snapshot, or NULL for the newest
 * @ret_source: for gcv_program_load() and gcv_db_program_source_release()
 * @err: sentence on failure
 *
 * Only definitions of the snapshot's units and of their precompiled headers. The source keeps table
 * name in memory from the first body on; a snapshot that is stored or replaced in the meantime
 * makes it invalid.
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no such snapshot).
 */
enum gcv_status gcv_db_program_source(struct gcv_db *db, const char *label,
				      struct gcv_program_source *ret_source,
				      struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_db_program_source_units() - the same of units that no snapshot has yet
 * @db: the handle, opened for writing; must outlive the source
 * @units: their ids; kept by reference until the program is loaded
 * @nr_units: how many
 * @ret_source: as above
 *
 * The program has no sites: they are made with the snapshot.
 */
void gcv_db_program_source_units(struct gcv_db *db, const int64_t *units, uint32_t nr_units,
				 struct gcv_program_source *ret_source);

/**
 * gcv_db_program_source_release() - free what a source keeps
 * @source: the source; a zeroed one is allowed
 */
void gcv_db_program_source_release(struct gcv_program_source *source);

#endif
