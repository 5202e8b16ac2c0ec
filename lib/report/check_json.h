/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The document of "gupconv check --json".
 *
 *	st = gcv_check_json_write(&findings, &snapshot, GCV_VERSION, stdout, err);
 */
#ifndef GCV_REPORT_CHECK_JSON_H
#define GCV_REPORT_CHECK_JSON_H

#include "report/audit.h"
#include "report/findings.h"
#include "report/site.h"

#include <stdio.h>

/**
 * gcv_check_json_write() - write the document
 * @findings: those that stand and those that are silenced are written
 * @snapshot: what they are about
 * @version: version of the program
 * @audit: the audit that found them, for its patches and what they do not touch; NULL for checks
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO (not all was written).
 */
enum gcv_status gcv_check_json_write(const struct gcv_findings *findings,
				     const struct gcv_snapshot_row *snapshot, const char *version,
				     const struct gcv_audit *audit, FILE *out,
				     struct gcv_err *err) GCV_MUST_CHECK;

#endif
