// SPDX-License-Identifier: GPL-2.0-only
#include "report/explain_json.h"

#include "report/json_head.h"
#include "report/json_row.h"
#include "report/result_json.h"
#include "report/site_json.h"

static void put_source(struct gcv_json_stream *s, const struct gcv_explain_place *place)
{
	gcv_json_row_text_or_null(s, "source", place->text ? place->text : "");
}

static void put_place(struct gcv_json_stream *s, const struct gcv_explain_place *place)
{
	gcv_json_row_text_or_null(s, "file", place->file);
	gcv_json_row_number_or_null(s, "line", place->line);
	put_source(s, place);
}

static void put_site_id(struct gcv_json_stream *s, const struct gcv_explain *explain, uint32_t site)
{
	gcv_json_row_text_or_null(s, "site",
				  site < explain->nr_sites ? explain->sites[site].site->id : "");
}

static void put_steps(struct gcv_json_stream *s, const char *key, const struct gcv_explain *explain,
		      const struct gcv_explain_way *way)
{
	uint32_t i;

	gcv_json_row_open(s, key, '[');
	for (i = 0; i < way->nr_steps; i++) {
		const struct gcv_explain_step *step = &way->steps[i];

		gcv_json_row_open(s, NULL, '{');
		gcv_json_row_text(s, "kind", step->kind);
		gcv_json_row_text(s, "text", step->text);
		put_place(s, &step->place);
		gcv_json_row_text_or_null(s, "function", step->place.function);
		if (step->parent < i)
			gcv_json_row_number(s, "parent", step->parent);
		else
			gcv_json_row_null(s, "parent");
		put_site_id(s, explain, step->site);
		gcv_json_row_close(s);
	}
	gcv_json_row_close(s);
}

static void put_reasons(void *ctx, struct gcv_json_stream *s)
{
	const struct gcv_explain_site *site = ctx;
	uint32_t i;

	for (i = 0; i < site->nr_reasons; i++) {
		const char *note = site->reasons[i].note;

		gcv_json_row_open(s, NULL, '{');
		gcv_json_row_text(s, "code", site->reasons[i].code);
		gcv_json_row_text(s, "text", site->reasons[i].text);
		gcv_json_row_text_or_null(s, "note", note ? note : "");
		put_place(s, &site->reasons[i].place);
		gcv_json_row_close(s);
	}
}

static void put_site(struct gcv_json_stream *s, const struct gcv_explain *explain,
		     struct gcv_explain_site *site)
{
	const struct gcv_result_json more = { .put_reasons = put_reasons, .ctx = site };
	uint32_t i;

	gcv_json_row_open(s, NULL, '{');
	gcv_site_json_put(s, site->site, true);
	gcv_json_row_text(s, "role", site->site->role);
	gcv_json_row_bool(s, "namesake", site->site->homonym);
	put_source(s, &site->place);
	gcv_json_row_text(s, "sentence", site->sentence);
	gcv_json_row_text_or_null(s, "use", site->use);
	gcv_result_json_put(s, site->site, &more);
	gcv_json_row_open(s, "ways", '[');
	for (i = 0; i < site->nr_ways; i++) {
		gcv_json_row_open(s, NULL, '{');
		put_site_id(s, explain, site->ways[i].site);
		put_steps(s, "steps", explain, &site->ways[i]);
		gcv_json_row_close(s);
	}
	gcv_json_row_close(s);
	put_steps(s, "uses", explain, &site->uses);
	gcv_json_row_close(s);
}

static void put_partner(struct gcv_json_stream *s, const struct gcv_explain_site *site)
{
	const struct gcv_result *result = site->site->result;

	gcv_json_row_open(s, NULL, '{');
	gcv_json_row_text(s, "id", site->site->id);
	gcv_json_row_text(s, "role", site->site->role);
	gcv_json_row_text(s, "api", site->site->api);
	put_place(s, &site->place);
	gcv_json_row_text_or_null(s, "function", site->site->function);
	gcv_json_row_text_or_null(s, "pattern", result ? result->pattern : "");
	gcv_json_row_text_or_null(s, "provenance", result ? result->provenance : "");
	gcv_json_row_text_or_null(s, "verdict", result ? result->verdict : "");
	gcv_json_row_text(s, "summary", site->summary);
	gcv_json_row_close(s);
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
		put_site(&s, explain, &explain->sites[i]);
	gcv_json_close(&s);
	gcv_json_open(&s, "others", '[');
	for (; i < explain->nr_sites; i++)
		put_partner(&s, &explain->sites[i]);
	gcv_json_close(&s);
	gcv_json_open(&s, "changed", '[');
	for (i = 0; i < explain->nr_changed; i++)
		gcv_json_put(&s, NULL, gcv_json_text(explain->changed[i]));
	gcv_json_close(&s);
	gcv_json_close(&s);
	return gcv_json_end(&s, err);
}
