// SPDX-License-Identifier: GPL-2.0-only
#include "report/explain_json.h"

#include "report/json_head.h"
#include "report/result_json.h"
#include "report/site_json.h"

static void add_number_or_null(cJSON *json, const char *key, uint32_t number)
{
	if (number)
		cJSON_AddNumberToObject(json, key, number);
	else
		cJSON_AddNullToObject(json, key);
}

static void add_source(cJSON *json, const struct gcv_explain_place *place)
{
	gcv_json_add_text_or_null(json, "source", place->text ? place->text : "");
}

static void add_place(cJSON *json, const struct gcv_explain_place *place)
{
	gcv_json_add_text_or_null(json, "file", place->file);
	add_number_or_null(json, "line", place->line);
	add_source(json, place);
}

static void add_site_id(cJSON *json, const struct gcv_explain *explain, uint32_t site)
{
	if (site < explain->nr_sites)
		gcv_json_add_text(json, "site", explain->sites[site].site->id);
	else
		cJSON_AddNullToObject(json, "site");
}

static void add_steps(cJSON *json, const char *key, const struct gcv_explain *explain,
		      const struct gcv_explain_way *way)
{
	cJSON *list = cJSON_AddArrayToObject(json, key);
	uint32_t i;

	for (i = 0; i < way->nr_steps; i++) {
		const struct gcv_explain_step *step = &way->steps[i];
		cJSON *item = cJSON_CreateObject();

		gcv_json_add_text(item, "kind", step->kind);
		gcv_json_add_text(item, "text", step->text);
		add_place(item, &step->place);
		gcv_json_add_text_or_null(item, "function", step->place.function);
		if (step->parent < i)
			cJSON_AddNumberToObject(item, "parent", step->parent);
		else
			cJSON_AddNullToObject(item, "parent");
		add_site_id(item, explain, step->site);
		cJSON_AddItemToArray(list, item);
	}
}

static cJSON *reasons_of(const struct gcv_explain_site *site)
{
	cJSON *list = cJSON_CreateArray();
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++) {
		cJSON *item = cJSON_CreateObject();

		gcv_json_add_text(item, "code", site->reasons[i].code);
		gcv_json_add_text(item, "text", site->reasons[i].text);
		gcv_json_add_text_or_null(item, "note",
					  site->reasons[i].note ? site->reasons[i].note : "");
		add_place(item, &site->reasons[i].place);
		cJSON_AddItemToArray(list, item);
	}
	return list;
}

static cJSON *site_json(const struct gcv_explain *explain, const struct gcv_explain_site *site)
{
	cJSON *json = gcv_site_json(site->site), *ways, *way;
	uint32_t i;

	gcv_json_add_text(json, "role", site->site->role);
	cJSON_AddBoolToObject(json, "namesake", site->site->homonym);
	add_source(json, &site->place);
	gcv_json_add_text(json, "sentence", site->sentence);
	gcv_json_add_text_or_null(json, "use", site->use);
	gcv_result_json_add(json, site->site, NULL);
	cJSON_ReplaceItemInObjectCaseSensitive(json, "reasons", reasons_of(site));
	ways = cJSON_AddArrayToObject(json, "ways");
	for (i = 0; i < site->nr_ways; i++) {
		way = cJSON_CreateObject();
		add_site_id(way, explain, site->ways[i].site);
		add_steps(way, "steps", explain, &site->ways[i]);
		cJSON_AddItemToArray(ways, way);
	}
	add_steps(json, "uses", explain, &site->uses);
	return json;
}

static cJSON *partner_json(const struct gcv_explain_site *site)
{
	const struct gcv_result *result = site->site->result;
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "id", site->site->id);
	gcv_json_add_text(json, "role", site->site->role);
	gcv_json_add_text(json, "api", site->site->api);
	add_place(json, &site->place);
	gcv_json_add_text_or_null(json, "function", site->site->function);
	gcv_json_add_text_or_null(json, "pattern", result ? result->pattern : "");
	gcv_json_add_text_or_null(json, "provenance", result ? result->provenance : "");
	gcv_json_add_text_or_null(json, "verdict", result ? result->verdict : "");
	gcv_json_add_text(json, "summary", site->summary);
	return json;
}

enum gcv_status gcv_explain_json(const struct gcv_explain *explain,
				 const struct gcv_snapshot_row *snapshot, const char *version,
				 FILE *out, struct gcv_err *err)
{
	struct gcv_json_stream s = { .out = out };
	uint32_t i;

	gcv_json_open(&s, NULL, '{');
	gcv_json_put_head(&s, "gupconv-explain", 0, version, snapshot, explain->conversion);
	gcv_json_open(&s, "sites", '[');
	for (i = 0; i < explain->nr_asked; i++)
		gcv_json_put(&s, NULL, site_json(explain, &explain->sites[i]));
	gcv_json_close(&s);
	gcv_json_open(&s, "others", '[');
	for (; i < explain->nr_sites; i++)
		gcv_json_put(&s, NULL, partner_json(&explain->sites[i]));
	gcv_json_close(&s);
	gcv_json_open(&s, "changed", '[');
	for (i = 0; i < explain->nr_changed; i++)
		gcv_json_put(&s, NULL, gcv_json_text(explain->changed[i]));
	gcv_json_close(&s);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}
