/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An explanation as text for a person.
 *
 *	gcv_explain_print(cli, &explain);
 */
#ifndef GCV_CMD_EXPLAIN_TEXT_H
#define GCV_CMD_EXPLAIN_TEXT_H

#include "cmd/option.h"
#include "report/explain.h"

/**
 * gcv_explain_print() - print an explanation to standard output
 * @cli: the command line: colours, and -v for ways of any length
 * @explain: the explanation
 *
 * Sentences are broken and source lines cut to the width of the terminal; in a pipe sentences have
 * 100 columns and source lines stay whole.
 */
void gcv_explain_print(const struct gcv_cli *cli, const struct gcv_explain *explain);

#endif
