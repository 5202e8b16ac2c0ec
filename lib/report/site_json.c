// SPDX-License-Identifier: GPL-2.0-only
#include "report/site_json.h"
#include "report/json_stream.h"

cJSON *gcv_site_json(const struct gcv_site *site)
{
	cJSON *json = cJSON_CreateObject(), *macro, *configs;
	uint32_t i;

	gcv_json_add_text(json, "id", site->id);
	gcv_json_add_text(json, "file", site->file);
	cJSON_AddNumberToObject(json, "line", site->line);
	cJSON_AddNumberToObject(json, "column", site->column);
	gcv_json_add_text_or_null(json, "function", site->function);
	gcv_json_add_text(json, "api", site->api);
	cJSON_AddNumberToObject(json, "ordinal", site->ordinal);
	gcv_json_add_text_or_null(json, "flags", site->flags);
	if (*site->macro) {
		macro = cJSON_AddObjectToObject(json, "macro");
		gcv_json_add_text(macro, "name", site->macro);
		gcv_json_add_text_or_null(macro, "file", site->macro_file);
		if (site->macro_line)
			cJSON_AddNumberToObject(macro, "line", site->macro_line);
		else
			cJSON_AddNullToObject(macro, "line");
	} else {
		cJSON_AddNullToObject(json, "macro");
	}
	gcv_json_add_text_or_null(json, "subsystem", site->subsystem ? site->subsystem->title : "");
	configs = cJSON_AddArrayToObject(json, "configurations");
	for (i = 0; i < site->nr_configs; i++)
		cJSON_AddItemToArray(configs, gcv_json_text(site->configs[i]));
	return json;
}

cJSON *gcv_occurrence_json(const struct gcv_occurrence_row *occurrence)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "file", occurrence->file);
	cJSON_AddNumberToObject(json, "line", occurrence->line);
	cJSON_AddNumberToObject(json, "column", occurrence->column);
	gcv_json_add_text(json, "api", occurrence->api);
	gcv_json_add_text(json, "class", occurrence->class_name);
	gcv_json_add_text_or_null(json, "detail", occurrence->detail);
	gcv_json_add_text_or_null(json, "condition", occurrence->condition);
	return json;
}
