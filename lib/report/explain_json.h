/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The document of "gupconv explain --json".
 *
 *	st = gcv_explain_json(&explain, &snapshot, GCV_VERSION, stdout, err);
 */
#ifndef GCV_REPORT_EXPLAIN_JSON_H
#define GCV_REPORT_EXPLAIN_JSON_H

#include "report/explain.h"

#include <stdio.h>

/**
 * gcv_explain_json() - write the document
 * @explain: the explanation
 * @snapshot: the snapshot that it is of
 * @version: version of the program
 * @out: where to; flushed in the end
 * @err: sentence on failure
 *
 * data/gupconv-explain.schema.json describes it.
 *
 * Return: GCV_OK or GCV_ERR_IO (not all was written).
 */
enum gcv_status gcv_explain_json(const struct gcv_explain *explain,
				 const struct gcv_snapshot_row *snapshot, const char *version,
				 FILE *out, struct gcv_err *err) GCV_MUST_CHECK;

#endif
