/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whose code the sites of a snapshot stand in goes into the database with it: the tree may be gone
 * when a report is made.
 *
 *	st = gcv_scan_owners_store(db, label, &tree, err);
 */
#ifndef GCV_CMD_SCAN_OWNERS_H
#define GCV_CMD_SCAN_OWNERS_H

#include "db/store.h"
#include "tree/tree.h"

/**
 * gcv_scan_owners_store() - look the files of a snapshot up in MAINTAINERS and store what it says
 * @db: opened for writing
 * @label: name of the snapshot
 * @tree: the tree; without a MAINTAINERS file nobody owns anything
 * @err: sentence on failure
 *
 * Return: GCV_OK or a failure of the store or of reading the file.
 */
enum gcv_status gcv_scan_owners_store(struct gcv_db *db, const char *label,
				      const struct gcv_tree *tree,
				      struct gcv_err *err) GCV_MUST_CHECK;

#endif
