// SPDX-License-Identifier: GPL-2.0-only
#include "report/json_head.h"

#include "report/site_json.h"

void gcv_json_put_head(struct gcv_json_stream *s, const char *format, int minor,
		       const char *version, const struct gcv_snapshot_row *snapshot,
		       const char *conversion)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_put(s, "format", cJSON_CreateString(format));
	cJSON_AddNumberToObject(json, "major", 1);
	cJSON_AddNumberToObject(json, "minor", minor);
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
	if (conversion)
		gcv_json_put(s, "conversion", gcv_json_text_or_null(conversion));
}
