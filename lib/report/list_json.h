/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The document of "gupconv list --json": sites or lines of the ledger, written as they come.
 *
 *	struct gcv_json_stream s = { .out = stdout };
 *
 *	gcv_list_json_begin(&s, &snapshot, NULL, GCV_VERSION, "sites");
 *	gcv_list_json_site(&s, site);				for each
 *	st = gcv_list_json_end(&s, err);
 */
#ifndef GCV_REPORT_LIST_JSON_H
#define GCV_REPORT_LIST_JSON_H

#include "report/json_stream.h"
#include "report/site.h"

/**
 * gcv_list_json_begin() - the document up to the list
 * @s: only @s->out is set
 * @snapshot: the snapshot
 * @conversion: what the results of the sites are for, or NULL
 * @version: version of the program
 * @list: key of the list: "sites" or "occurrences"
 */
void gcv_list_json_begin(struct gcv_json_stream *s, const struct gcv_snapshot_row *snapshot,
			 const char *conversion, const char *version, const char *list);

/**
 * gcv_list_json_site() - a site in the list
 * @s: the document
 * @site: the site
 */
void gcv_list_json_site(struct gcv_json_stream *s, const struct gcv_site *site);

/**
 * gcv_list_json_occurrence() - a line of the ledger in the list
 * @s: the document
 * @occurrence: the occurrence
 */
void gcv_list_json_occurrence(struct gcv_json_stream *s,
			      const struct gcv_occurrence_row *occurrence);

/**
 * gcv_list_json_end() - the end of the document
 * @s: the document
 * @err: sentence on failure
 *
 * Return: GCV_OK or GCV_ERR_IO (not all was written).
 */
enum gcv_status gcv_list_json_end(struct gcv_json_stream *s, struct gcv_err *err) GCV_MUST_CHECK;

#endif
