// SPDX-License-Identifier: GPL-2.0-only
#include "report/result_json.h"
#include "report/json_stream.h"

#include <string.h>

static const struct gcv_result no_result = {
	.conversion = "",
	.pattern = "",
	.verdict = "",
	.provenance = "",
	.dirty = "",
};

static void add_reasons(cJSON *json, const struct gcv_result *result)
{
	cJSON *list = cJSON_AddArrayToObject(json, "reasons");
	uint32_t i;

	for (i = 0; i < result->nr_reasons; i++) {
		const struct gcv_result_reason *reason = &result->reasons[i];
		cJSON *item = cJSON_CreateObject();

		gcv_json_add_text(item, "code", reason->code);
		gcv_json_add_text(item, "text", reason->text);
		gcv_json_add_text_or_null(item, "file", reason->file);
		if (reason->line)
			cJSON_AddNumberToObject(item, "line", reason->line);
		else
			cJSON_AddNullToObject(item, "line");
		cJSON_AddItemToArray(list, item);
	}
}

static void add_partners(cJSON *json, const char *key, const struct gcv_result *result)
{
	cJSON *list;
	uint32_t i;

	if (result == &no_result) {
		cJSON_AddNullToObject(json, key);
		return;
	}
	list = cJSON_AddArrayToObject(json, key);
	for (i = 0; i < result->nr_partners; i++)
		cJSON_AddItemToArray(list, gcv_json_text(result->partner_ids[i]));
}

static void add_acquire(cJSON *json, const struct gcv_result *result)
{
	gcv_json_add_text_or_null(json, "pattern", result->pattern);
	gcv_json_add_text_or_null(json, "verdict", result->verdict);
	add_reasons(json, result);
	if (result->pin_case)
		cJSON_AddNumberToObject(json, "case", result->pin_case);
	else
		cJSON_AddNullToObject(json, "case");
	if (result->longterm == GCV_LONGTERM_UNKNOWN)
		cJSON_AddNullToObject(json, "longterm");
	else
		cJSON_AddBoolToObject(json, "longterm", result->longterm == GCV_LONGTERM_DUE);
	add_partners(json, "releases", result);
}

static void add_release(cJSON *json, const struct gcv_result *result, const char *dirty)
{
	if (*result->dirty || !dirty)
		dirty = result->dirty;
	gcv_json_add_text_or_null(json, "pattern", result->pattern);
	gcv_json_add_text_or_null(json, "dirty", dirty);
	gcv_json_add_text_or_null(json, "provenance", result->provenance);
	gcv_json_add_text_or_null(json, "verdict", result->verdict);
	add_reasons(json, result);
	add_partners(json, "acquires", result);
}

void gcv_result_json_add(cJSON *json, const struct gcv_site *site, const char *dirty)
{
	const struct gcv_result *result = site->result ? site->result : &no_result;

	if (strcmp(site->role, "acquire") == 0)
		add_acquire(json, result);
	else
		add_release(json, result, dirty);
}
