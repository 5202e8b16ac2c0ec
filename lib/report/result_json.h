/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the analysis found out about a site, as keys of the site's JSON object.
 *
 *	json = gcv_site_json(site);
 *	gcv_result_json_add(json, site, "never");
 */
#ifndef GCV_REPORT_RESULT_JSON_H
#define GCV_REPORT_RESULT_JSON_H

#include "report/site.h"

#include <cjson/cJSON.h>

/**
 * gcv_result_json_add() - add the keys of an acquire's or release's result
 * @json: the site's object
 * @site: the site; without a result all keys are null and the list of reasons is empty
 * @dirty: of a release: what the API says about dirtying where the result does not tell, or NULL
 *
 * The keys are described in gupconv-report(5).
 */
void gcv_result_json_add(cJSON *json, const struct gcv_site *site, const char *dirty);

#endif
