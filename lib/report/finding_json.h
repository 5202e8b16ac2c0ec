/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A finding as a JSON object, the same in every document that has findings.
 *
 *	gcv_json_put(&stream, NULL, gcv_finding_json(finding));
 */
#ifndef GCV_REPORT_FINDING_JSON_H
#define GCV_REPORT_FINDING_JSON_H

#include "report/findings.h"

#include <cjson/cJSON.h>

/**
 * gcv_finding_json() - a finding
 * @finding: the finding
 *
 * The keys are described in gupconv-report(5).
 *
 * Return: an object for the caller to cJSON_Delete().
 */
cJSON *gcv_finding_json(const struct gcv_told_fault *finding);

#endif
