/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows of the store as JSON objects, the same in every document that has them.
 *
 *	gcv_json_row_open(&stream, NULL, '{');
 *	gcv_site_json_put(&stream, site, true);
 *	gcv_json_row_close(&stream);
 *	gcv_json_put(&stream, NULL, gcv_occurrence_json(occurrence));
 */
#ifndef GCV_REPORT_SITE_JSON_H
#define GCV_REPORT_SITE_JSON_H

#include "report/json_stream.h"
#include "report/site.h"

/**
 * gcv_site_json_put() - the keys of a site
 * @s: the document, an object of a row open
 * @site: the site
 * @has_flags: the key "flags" is among them
 *
 * The keys are described in gupconv-report(5). The role is not among them: the list that the site
 * is in tells it.
 */
void gcv_site_json_put(struct gcv_json_stream *s, const struct gcv_site *site, bool has_flags);

/**
 * gcv_occurrence_json() - a line of the ledger
 * @occurrence: the occurrence
 *
 * Return: an object for the caller to cJSON_Delete().
 */
cJSON *gcv_occurrence_json(const struct gcv_occurrence_row *occurrence);

#endif
