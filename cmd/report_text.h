/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report for a person at a terminal.
 *
 *	st = gcv_report_collect(&source, &options, &report, err);
 *	st = gcv_report_text_print(cli, &report, &source, err);
 */
#ifndef GCV_CMD_REPORT_TEXT_H
#define GCV_CMD_REPORT_TEXT_H

#include "cmd/option.h"
#include "report/report.h"

/**
 * gcv_report_text_print() - print a report on standard output
 * @cli: verbosity and colours; with -v all subsystems, the API names and the ledger are shown
 * @report: as it was collected
 * @source: the same source
 * @err: sentence on failure
 *
 * Return: GCV_OK or what the source returned.
 */
enum gcv_status gcv_report_text_print(const struct gcv_cli *cli, const struct gcv_report *report,
				      const struct gcv_report_source *source,
				      struct gcv_err *err) GCV_MUST_CHECK;

#endif
