/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the documents of list and explain begin with: format, version, tool, tree, snapshot,
 * conversion.
 *
 *	gcv_json_open(stream, NULL, '{');
 *	gcv_json_put_head(stream, "gupconv-list", 1, version, snapshot, conversion);
 */
#ifndef GCV_REPORT_JSON_HEAD_H
#define GCV_REPORT_JSON_HEAD_H

#include "report/json_stream.h"
#include "report/site.h"

/**
 * gcv_json_put_head() - put the common keys into the object that is open
 * @s: the stream
 * @format: name of the format
 * @minor: minor version of the format; the major one is 1
 * @version: version of gupconv
 * @snapshot: what the document is about
 * @conversion: for which conversion the results are, or ""; NULL leaves the key out
 */
void gcv_json_put_head(struct gcv_json_stream *s, const char *format, int minor,
		       const char *version, const struct gcv_snapshot_row *snapshot,
		       const char *conversion);

#endif
