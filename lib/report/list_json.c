// SPDX-License-Identifier: GPL-2.0-only
#include "report/list_json.h"
#include "report/result_json.h"
#include "report/site_json.h"

void gcv_list_json_begin(struct gcv_json_stream *s, const struct gcv_snapshot_row *snapshot,
			 const char *conversion, const char *version, const char *list)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_open(s, NULL, '{');
	gcv_json_put(s, "format", cJSON_CreateString("gupconv-list"));
	cJSON_AddNumberToObject(json, "major", 1);
	cJSON_AddNumberToObject(json, "minor", 1);
	gcv_json_put(s, "version", json);
	json = cJSON_CreateObject();
	cJSON_AddStringToObject(json, "name", "gupconv");
	cJSON_AddStringToObject(json, "version", version);
	gcv_json_put(s, "tool", json);
	json = cJSON_CreateObject();
	gcv_json_add_text_or_null(json, "kernel", snapshot->kernel);
	gcv_json_add_text_or_null(json, "revision", snapshot->revision);
	gcv_json_put(s, "tree", json);
	json = cJSON_CreateObject();
	gcv_json_add_text(json, "label", snapshot->label);
	gcv_json_add_text(json, "tool", snapshot->tool);
	cJSON_AddBoolToObject(json, "complete", snapshot->complete);
	gcv_json_put(s, "snapshot", json);
	gcv_json_put(s, "conversion", gcv_json_text_or_null(conversion ? conversion : ""));
	gcv_json_open(s, list, '[');
}

void gcv_list_json_site(struct gcv_json_stream *s, const struct gcv_site *site)
{
	cJSON *json = gcv_site_json(site);

	gcv_json_add_text(json, "role", site->role);
	cJSON_AddBoolToObject(json, "namesake", site->homonym);
	gcv_result_json_add(json, site, NULL);
	gcv_json_put(s, NULL, json);
}

void gcv_list_json_occurrence(struct gcv_json_stream *s,
			      const struct gcv_occurrence_row *occurrence)
{
	gcv_json_put(s, NULL, gcv_occurrence_json(occurrence));
}

enum gcv_status gcv_list_json_end(struct gcv_json_stream *s, struct gcv_err *err)
{
	gcv_json_close(s);
	gcv_json_close(s);
	return gcv_json_end(s, err);
}
