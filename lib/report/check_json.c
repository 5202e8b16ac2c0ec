// SPDX-License-Identifier: GPL-2.0-only
#include "report/check_json.h"

#include "report/finding_json.h"
#include "report/json_head.h"

static void put_list(struct gcv_json_stream *s, const char *key,
		     const struct gcv_findings *findings, enum gcv_fault_state state)
{
	uint32_t i;

	gcv_json_open(s, key, '[');
	for (i = 0; i < findings->nr; i++)
		if (findings->list[i].state == state)
			gcv_json_put(s, NULL, gcv_finding_json(&findings->list[i]));
	gcv_json_close(s);
}

static uint32_t count(const struct gcv_findings *findings, uint32_t patch)
{
	uint32_t i, nr = 0;

	for (i = 0; i < findings->nr; i++)
		nr += findings->list[i].patch == patch &&
		      findings->list[i].state == GCV_FAULT_STANDS;
	return nr;
}

static cJSON *patch_json(const struct gcv_audit *audit, uint32_t nr,
			 const struct gcv_findings *findings)
{
	const struct gcv_patch *patch = &audit->patches->list[nr];
	cJSON *json = cJSON_CreateObject(), *files;
	uint32_t i, nr_converted = 0;

	for (i = 0; i < audit->nr_sites; i++)
		nr_converted += audit->sites[i].fate == GCV_FATE_CONVERTED &&
				audit->sites[i].patch == nr;
	cJSON_AddNumberToObject(json, "patch", nr + 1);
	gcv_json_add_text(json, "subject", patch->subject);
	files = cJSON_AddArrayToObject(json, "files");
	for (i = 0; i < patch->nr_files; i++)
		cJSON_AddItemToArray(files, gcv_json_text(patch->files[i].path));
	cJSON_AddNumberToObject(json, "converted", nr_converted);
	cJSON_AddNumberToObject(json, "findings", count(findings, nr + 1));
	return json;
}

static cJSON *site_json(const struct gcv_audit_site *site)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "id", site->id);
	gcv_json_add_text(json, "file", site->file);
	cJSON_AddNumberToObject(json, "line", site->line);
	gcv_json_add_text_or_null(json, "function", site->function);
	gcv_json_add_text(json, "api", site->api);
	return json;
}

static void put_audit(struct gcv_json_stream *s, const struct gcv_audit *audit,
		      const struct gcv_findings *findings)
{
	uint32_t i;

	gcv_json_put(s, "conversion",
		     audit->conversion ? cJSON_CreateString(audit->conversion->name)
				       : cJSON_CreateNull());
	gcv_json_open(s, "patches", '[');
	for (i = 0; i < audit->patches->nr; i++)
		gcv_json_put(s, NULL, patch_json(audit, i, findings));
	gcv_json_close(s);
	gcv_json_open(s, "untouched", '[');
	for (i = 0; i < audit->nr_sites; i++)
		if (gcv_audit_is_untouched(audit, &audit->sites[i]))
			gcv_json_put(s, NULL, site_json(&audit->sites[i]));
	gcv_json_close(s);
}

enum gcv_status gcv_check_json_write(const struct gcv_findings *findings,
				     const struct gcv_snapshot_row *snapshot, const char *version,
				     const struct gcv_audit *audit, FILE *out, struct gcv_err *err)
{
	struct gcv_json_stream s = { .out = out };

	gcv_json_open(&s, NULL, '{');
	gcv_json_put_head(&s, "gupconv-check", 1, version, snapshot, NULL);
	put_list(&s, "findings", findings, GCV_FAULT_STANDS);
	put_list(&s, "silenced", findings, GCV_FAULT_SILENCED);
	if (audit)
		put_audit(&s, audit, findings);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}
