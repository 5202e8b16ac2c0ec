/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings in the Static Analysis Results Interchange Format, for viewers and services that know
 * nothing of kernels (SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
 *
 *	st = gcv_sarif_write(&findings, &snapshot, GCV_VERSION, stdout, err);
 */
#ifndef GCV_REPORT_SARIF_H
#define GCV_REPORT_SARIF_H

#include "report/audit.h"
#include "report/findings.h"
#include "report/site.h"

#include <stdio.h>

/**
 * gcv_sarif_write() - write the document
 * @findings: those that stand and those that are silenced are written
 * @snapshot: what they are about
 * @version: version of the program
 * @audit: the audit that found them; NULL for checks
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * Each check is a rule, or each kind of finding of an audit. Paths are URIs below the base SRCROOT,
 * which stands for the top of the tree.
 *
 * Return: GCV_OK or GCV_ERR_IO (not all was written).
 */
enum gcv_status gcv_sarif_write(const struct gcv_findings *findings,
				const struct gcv_snapshot_row *snapshot, const char *version,
				const struct gcv_audit *audit, FILE *out,
				struct gcv_err *err) GCV_MUST_CHECK;

#endif
