// SPDX-License-Identifier: GPL-2.0-only
#include "report/finding_json.h"

#include "report/json_stream.h"

static void add_place(cJSON *json, const char *file, uint32_t line, uint32_t column,
		      const char *function)
{
	gcv_json_add_text(json, "file", file);
	if (line)
		cJSON_AddNumberToObject(json, "line", line);
	else
		cJSON_AddNullToObject(json, "line");
	if (column)
		cJSON_AddNumberToObject(json, "column", column);
	else
		cJSON_AddNullToObject(json, "column");
	gcv_json_add_text_or_null(json, "function", function);
}

static void add_notes(cJSON *json, const struct gcv_result_fault *fault)
{
	cJSON *list = cJSON_AddArrayToObject(json, "notes");
	uint32_t i;

	for (i = 0; i < fault->nr_notes; i++) {
		const struct gcv_result_note *note = &fault->notes[i];
		cJSON *item = cJSON_CreateObject();

		add_place(item, note->file, note->line, note->column, note->function);
		gcv_json_add_text(item, "text", note->text);
		cJSON_AddItemToArray(list, item);
	}
}

cJSON *gcv_finding_json(const struct gcv_told_fault *finding)
{
	const struct gcv_result_fault *fault = &finding->fault;
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "id", fault->id);
	gcv_json_add_text(json, "code", fault->check);
	gcv_json_add_text(json, "severity", fault->severity);
	gcv_json_add_text(json, "confidence", fault->confidence);
	add_place(json, fault->file, fault->line, fault->column, fault->function);
	gcv_json_add_text_or_null(json, "api", fault->api);
	gcv_json_add_text_or_null(json, "site", fault->site_id);
	gcv_json_add_text(json, "text", fault->text);
	if (finding->patch)
		cJSON_AddNumberToObject(json, "patch", finding->patch);
	add_notes(json, fault);
	gcv_json_add_text_or_null(json, "silenced", finding->silenced ? finding->silenced : "");
	return json;
}
