/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patched tree of check --series, parsed and checked in memory: what is wrong with it that is
 * not wrong with the tree as it is.
 *
 *	st = gcv_check_series_scan(cli, db, series, &findings, err);
 */
#ifndef GCV_CMD_CHECK_SERIES_SCAN_H
#define GCV_CMD_CHECK_SERIES_SCAN_H

#include "cmd/check_series.h"

/**
 * gcv_check_series_scan() - parse the patched files and compare
 * @cli: the command line
 * @db: the database; not changed
 * @series: after gcv_check_series_run(), with a conversion
 * @findings: where findings are added
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_verify() says.
 */
enum gcv_status gcv_check_series_scan(const struct gcv_cli *cli, struct gcv_db *db,
				      struct gcv_check_series *series,
				      struct gcv_findings *findings,
				      struct gcv_err *err) GCV_MUST_CHECK;

#endif
