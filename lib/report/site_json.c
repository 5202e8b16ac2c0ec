// SPDX-License-Identifier: GPL-2.0-only
#include "report/site_json.h"
#include "report/json_row.h"

static void put_macro(struct gcv_json_stream *s, const struct gcv_site *site)
{
	if (!*site->macro) {
		gcv_json_row_null(s, "macro");
		return;
	}
	gcv_json_row_open(s, "macro", '{');
	gcv_json_row_text(s, "name", site->macro);
	gcv_json_row_text_or_null(s, "file", site->macro_file);
	gcv_json_row_number_or_null(s, "line", site->macro_line);
	gcv_json_row_close(s);
}

void gcv_site_json_put(struct gcv_json_stream *s, const struct gcv_site *site, bool has_flags)
{
	uint32_t i;

	gcv_json_row_text(s, "id", site->id);
	gcv_json_row_text(s, "file", site->file);
	gcv_json_row_number(s, "line", site->line);
	gcv_json_row_number(s, "column", site->column);
	gcv_json_row_text_or_null(s, "function", site->function);
	gcv_json_row_text(s, "api", site->api);
	gcv_json_row_number(s, "ordinal", site->ordinal);
	if (has_flags)
		gcv_json_row_text_or_null(s, "flags", site->flags);
	put_macro(s, site);
	gcv_json_row_text_or_null(s, "subsystem", site->subsystem ? site->subsystem->title : "");
	gcv_json_row_open(s, "configurations", '[');
	for (i = 0; i < site->nr_configs; i++)
		gcv_json_row_text(s, NULL, site->configs[i]);
	gcv_json_row_close(s);
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
