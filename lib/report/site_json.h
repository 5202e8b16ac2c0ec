/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows of the store as JSON objects, the same in every document that has them.
 *
 *	gcv_json_put(&stream, NULL, gcv_site_json(site));
 *	gcv_json_put(&stream, NULL, gcv_occurrence_json(occurrence));
 */
#ifndef GCV_REPORT_SITE_JSON_H
#define GCV_REPORT_SITE_JSON_H

#include "report/site.h"

#include <cjson/cJSON.h>

/**
 * gcv_site_json() - a site
 * @site: the site
 *
 * The keys are described in gupconv-report(5). The role is not among them: the list that the site
 * is in tells it.
 *
 * Return: an object for the caller to cJSON_Delete().
 */
cJSON *gcv_site_json(const struct gcv_site *site);

/**
 * gcv_occurrence_json() - a line of the ledger
 * @occurrence: the occurrence
 *
 * Return: an object for the caller to cJSON_Delete().
 */
cJSON *gcv_occurrence_json(const struct gcv_occurrence_row *occurrence);

#endif
