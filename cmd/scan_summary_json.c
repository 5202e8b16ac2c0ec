// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/scan_summary.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

void gcv_scan_summary_json(const struct gcv_scan_sums *sums, struct gcv_strbuf *ret)
{
	cJSON *json = cJSON_CreateObject(), *classes;
	char *text;
	unsigned int i;

	cJSON_AddNumberToObject(json, "files_read", (double)sums->files);
	cJSON_AddNumberToObject(json, "bytes_read", (double)sums->bytes);
	cJSON_AddNumberToObject(json, "candidates", sums->candidates);
	cJSON_AddNumberToObject(json, "candidates_apart", sums->candidates_apart);
	cJSON_AddNumberToObject(json, "units", sums->units);
	cJSON_AddNumberToObject(json, "configurations", sums->configs);
	cJSON_AddNumberToObject(json, "code", sums->code);
	cJSON_AddNumberToObject(json, "code_seen", sums->code_seen);
	cJSON_AddNumberToObject(json, "apart", sums->classes_apart);
	classes = cJSON_AddObjectToObject(json, "ledger");
	for (i = 0; i < GCV_LEDGER_CLASSES; i++)
		cJSON_AddNumberToObject(classes, gcv_ledger_class_name(i), sums->classes[i]);
	text = cJSON_PrintUnformatted(json);
	gcv_strbuf_addstr(ret, text);
	free(text);
	cJSON_Delete(json);
}
