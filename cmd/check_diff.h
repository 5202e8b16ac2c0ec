/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What check has to know for --diff: the changed lines of the work tree, and that it was scanned as
 * it is now.
 *
 *	st = gcv_check_diff_read(cli, db, "HEAD~3", &lines, err);
 */
#ifndef GCV_CMD_CHECK_DIFF_H
#define GCV_CMD_CHECK_DIFF_H

#include "cmd/option.h"
#include "edit/diff_lines.h"

struct gcv_db;

/**
 * gcv_check_diff_read() - compare the work tree with a revision
 * @cli: the command line, which names the tree
 * @db: the database of it
 * @revision: as git takes it
 * @lines: an empty one; for gcv_diff_lines_release() also after a failure
 * @err: sentence on failure
 *
 * Return: GCV_OK, GCV_ERR_NOT_FOUND (no repository, no such revision), GCV_ERR_IO (a changed file
 * is not the one that was scanned), or what opening the tree says.
 */
enum gcv_status gcv_check_diff_read(const struct gcv_cli *cli, struct gcv_db *db,
				    const char *revision, struct gcv_diff_lines *lines,
				    struct gcv_err *err) GCV_MUST_CHECK;

#endif
