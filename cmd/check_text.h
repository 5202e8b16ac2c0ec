/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings as a compiler would print them:
 *
 *	drivers/a.c:12:3: warning: pages are given back twice [gupconv-double-release]
 *	drivers/a.c:8:2: note: given back here for the first time
 */
#ifndef GCV_CMD_CHECK_TEXT_H
#define GCV_CMD_CHECK_TEXT_H

#include "cmd/option.h"
#include "report/audit.h"
#include "report/findings.h"

/**
 * gcv_check_text_print() - print those that stand, and a sum on stderr
 * @cli: the command line
 * @findings: the findings
 * @audit: the audit that found them, for what its series does not touch; NULL for checks
 */
void gcv_check_text_print(const struct gcv_cli *cli, const struct gcv_findings *findings,
			  const struct gcv_audit *audit);

/**
 * gcv_check_text_comments() - warn of comments that are to silence something and do not
 * @cli: the command line; with -v also those that have become needless are told
 * @findings: the findings
 * @filter: only comments of the files asked for
 */
void gcv_check_text_comments(const struct gcv_cli *cli, const struct gcv_findings *findings,
			     const struct gcv_findings_filter *filter);

#endif
