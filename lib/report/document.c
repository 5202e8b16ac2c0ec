// SPDX-License-Identifier: GPL-2.0-only
#include "report/finding_json.h"
#include "report/json_row.h"
#include "report/report.h"
#include "report/result_json.h"
#include "report/review_json.h"
#include "report/site_json.h"

#include <string.h>

/**
 * struct document - the document while it is written
 * @s: where to
 * @report: what is known
 * @source: where the long lists come from
 * @is_filtered: some sites are left out
 * @sites: ids of the acquires and releases that are in it
 */
struct document {
	struct gcv_json_stream s;
	const struct gcv_report *report;
	const struct gcv_report_source *source;
	bool is_filtered;
	struct gcv_intern sites;
};

/* Keys of the ledger's sums, in the order of the classes. */
static const char *const class_keys[GCV_LEDGER_CLASSES] = {
	[GCV_LEDGER_CALL] = "calls",
	[GCV_LEDGER_DECLARATION] = "declarations",
	[GCV_LEDGER_MACRO_BODY] = "macro_bodies",
	[GCV_LEDGER_ADDRESS_TAKEN] = "address_taken",
	[GCV_LEDGER_OTHER_NAME] = "other_names",
	[GCV_LEDGER_COMMENT] = "comments",
	[GCV_LEDGER_STRING] = "strings",
	[GCV_LEDGER_DIRECTIVE] = "directives",
	[GCV_LEDGER_BUILD_FILE] = "build_files",
	[GCV_LEDGER_INACTIVE] = "inactive",
	[GCV_LEDGER_NOT_ANALYSED] = "not_analysed",
};

static void add_number(cJSON *json, const char *key, int64_t number)
{
	if (number < 0)
		cJSON_AddNullToObject(json, key);
	else
		cJSON_AddNumberToObject(json, key, (double)number);
}

static cJSON *sums_json(const uint32_t *classes)
{
	cJSON *json = cJSON_CreateObject();
	uint64_t sum = 0;
	int i;

	for (i = 0; i < GCV_LEDGER_CLASSES; i++)
		sum += classes[i];
	cJSON_AddNumberToObject(json, "occurrences", (double)sum);
	for (i = 0; i < GCV_LEDGER_CLASSES; i++)
		cJSON_AddNumberToObject(json, class_keys[i], classes[i]);
	return json;
}

static void put_head(struct document *d, const char *version)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_put(&d->s, "format", cJSON_CreateString("gupconv-report"));
	cJSON_AddNumberToObject(json, "major", GCV_REPORT_MAJOR);
	cJSON_AddNumberToObject(json, "minor", GCV_REPORT_MINOR);
	gcv_json_put(&d->s, "version", json);
	json = cJSON_CreateObject();
	cJSON_AddStringToObject(json, "name", "gupconv");
	cJSON_AddStringToObject(json, "version", version);
	gcv_json_put(&d->s, "tool", json);
	json = cJSON_CreateObject();
	gcv_json_add_text(json, "label", d->report->snapshot.label);
	gcv_json_add_text(json, "tool", d->report->snapshot.tool);
	cJSON_AddBoolToObject(json, "complete", d->report->snapshot.complete);
	gcv_json_put(&d->s, "snapshot", json);
	gcv_json_put(&d->s, "conversion",
		     gcv_json_text_or_null(d->report->conversion ? d->report->conversion : ""));
}

static enum gcv_status put_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	struct document *d = data;
	cJSON *json;

	(void)err;
	if (strcmp(api->state, "absent") == 0)
		return GCV_OK;
	json = cJSON_CreateObject();
	gcv_json_add_text(json, "name", api->name);
	gcv_json_add_text(json, "role", api->role);
	gcv_json_add_text(json, "family", api->family);
	gcv_json_add_text(json, "state", api->state);
	gcv_json_add_text(json, "prototype", api->prototype);
	gcv_json_add_text_or_null(json, "file", api->file);
	add_number(json, "line", api->line ? (int64_t)api->line : -1);
	gcv_json_put(&d->s, NULL, json);
	return GCV_OK;
}

static void put_absent(struct document *d)
{
	const struct gcv_report *r = d->report;
	cJSON *list = cJSON_CreateArray();
	uint32_t i;

	for (i = 0; i < r->nr_names; i++)
		if (strcmp(r->names[i].state, "absent") == 0)
			cJSON_AddItemToArray(list, gcv_json_text(r->names[i].name));
	gcv_json_put(&d->s, "absent", list);
}

static enum gcv_status put_tree(struct document *d, struct gcv_err *err)
{
	const struct gcv_snapshot_row *snapshot = &d->report->snapshot;
	enum gcv_status st;

	gcv_json_open(&d->s, "tree", '{');
	gcv_json_put(&d->s, "kernel", gcv_json_text_or_null(snapshot->kernel));
	gcv_json_put(&d->s, "revision", gcv_json_text_or_null(snapshot->revision));
	gcv_json_open(&d->s, "era", '{');
	gcv_json_open(&d->s, "apis", '[');
	st = d->source->apis(d->source->ctx, snapshot->label, put_api, d, err);
	gcv_json_close(&d->s);
	put_absent(d);
	gcv_json_put(&d->s, "unknown", cJSON_CreateNull());
	gcv_json_put(&d->s, "flags", cJSON_CreateNull());
	gcv_json_close(&d->s);
	gcv_json_close(&d->s);
	return st;
}

static void put_names(struct document *d)
{
	const struct gcv_report *r = d->report;
	cJSON *json;
	uint32_t i;

	gcv_json_open(&d->s, "names", '[');
	for (i = 0; i < r->nr_names; i++) {
		const struct gcv_report_name *name = &r->names[i];
		cJSON *sums = sums_json(name->classes);

		if (!cJSON_GetNumberValue(cJSON_GetObjectItem(sums, "occurrences"))) {
			cJSON_Delete(sums);
			continue;
		}
		json = cJSON_CreateObject();
		gcv_json_add_text(json, "name", name->name);
		gcv_json_add_text_or_null(json, "role", name->role);
		cJSON_AddNumberToObject(json, "sites", name->sites);
		cJSON_AddItemToObject(json, "source", sums);
		gcv_json_put(&d->s, NULL, json);
	}
	gcv_json_close(&d->s);
}

static enum gcv_status put_unseen(void *data, const struct gcv_occurrence_row *row,
				  struct gcv_err *err)
{
	struct document *d = data;
	GCV_STRBUF_AUTO struct gcv_strbuf cause = { 0 };
	cJSON *json = cJSON_CreateObject();

	(void)err;
	gcv_strbuf_addf(&cause, "%s%s%s", row->condition,
			*row->condition && *row->detail ? "; " : "", row->detail);
	gcv_json_add_text(json, "file", row->file);
	cJSON_AddNumberToObject(json, "line", row->line);
	cJSON_AddNumberToObject(json, "column", row->column);
	gcv_json_add_text(json, "api", row->api);
	gcv_json_add_text(json, "cause", cause.buf);
	gcv_json_put(&d->s, NULL, json);
	return GCV_OK;
}

static enum gcv_status put_class(struct document *d, enum gcv_ledger_class class,
				 struct gcv_err *err)
{
	enum gcv_status st;

	gcv_json_open(&d->s, class_keys[class], '[');
	st = d->source->occurrences(d->source->ctx, d->report->snapshot.label,
				    gcv_ledger_class_name(class), put_unseen, d, err);
	gcv_json_close(&d->s);
	return st;
}

static enum gcv_status put_ledger(struct document *d, struct gcv_err *err)
{
	const struct gcv_report_numbers *numbers = &d->report->numbers;
	cJSON *apart = cJSON_CreateObject();
	enum gcv_status st;

	add_number(apart, "files", numbers->candidates_apart);
	add_number(apart, "occurrences", numbers->occurrences_apart);
	gcv_json_open(&d->s, "ledger", '{');
	gcv_json_put(&d->s, "source", sums_json(d->report->classes));
	gcv_json_put(&d->s, "apart", apart);
	put_names(d);
	st = put_class(d, GCV_LEDGER_INACTIVE, err);
	if (st == GCV_OK)
		st = put_class(d, GCV_LEDGER_NOT_ANALYSED, err);
	gcv_json_close(&d->s);
	return st;
}

/* Acquires by verdict, those verdicts that occur; null where there are no results. */
static void add_verdicts(cJSON *json, const char *conversion, const uint32_t *verdicts)
{
	cJSON *counts;
	int i;

	if (!conversion) {
		cJSON_AddNullToObject(json, "verdicts");
		return;
	}
	counts = cJSON_AddObjectToObject(json, "verdicts");
	for (i = 0; i < GCV_VERDICTS; i++)
		if (verdicts[i])
			cJSON_AddNumberToObject(counts, gcv_verdict_name(i), verdicts[i]);
}

static void add_counts(cJSON *json, const char *key, const struct gcv_report_count *counts,
		       uint32_t nr)
{
	cJSON *list = cJSON_AddObjectToObject(json, key);
	uint32_t i;

	for (i = 0; i < nr; i++)
		cJSON_AddNumberToObject(list, counts[i].word, counts[i].count);
}

static void put_summary(struct document *d)
{
	const struct gcv_report *r = d->report;
	const struct gcv_report_numbers *numbers = &r->numbers;
	cJSON *json = cJSON_CreateObject();

	add_number(json, "files_read", numbers->files_read);
	add_number(json, "bytes_read", numbers->bytes_read);
	add_number(json, "candidates", numbers->candidates);
	add_number(json, "units", numbers->units);
	add_number(json, "units_with_errors", r->units_with_errors);
	add_number(json, "units_failed", r->nr_failures);
	add_number(json, "configurations", numbers->configurations);
	add_number(json, "code", numbers->code);
	add_number(json, "code_seen", numbers->code_seen);
	add_number(json, "acquires", r->acquires);
	add_number(json, "releases", r->releases);
	add_number(json, "namesakes", r->homonyms);
	add_verdicts(json, r->conversion, r->verdicts);
	add_counts(json, "patterns", r->patterns, r->nr_patterns);
	add_counts(json, "refusals", r->reasons, r->nr_reasons);
	gcv_json_put(&d->s, "summary", json);
}

static void add_persons(cJSON *json, const char *key, const struct gcv_subsystem *subsystem,
			const char *role)
{
	cJSON *list = cJSON_AddArrayToObject(json, key);
	uint32_t i;

	for (i = 0; i < subsystem->nr_persons; i++)
		if (strcmp(subsystem->persons[i].role, role) == 0)
			cJSON_AddItemToArray(list, gcv_json_text(subsystem->persons[i].address));
}

static void put_subsystem(struct document *d, const struct gcv_report_subsystem *at)
{
	const struct gcv_subsystem *subsystem = &at->subsystem;
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text_or_null(json, "name", subsystem->title ? subsystem->title : "");
	gcv_json_add_text_or_null(json, "status", subsystem->status ? subsystem->status : "");
	add_persons(json, "maintainers", subsystem, "maintainer");
	add_persons(json, "reviewers", subsystem, "reviewer");
	add_persons(json, "lists", subsystem, "list");
	cJSON_AddNumberToObject(json, "acquires", at->acquires);
	cJSON_AddNumberToObject(json, "releases", at->releases);
	add_verdicts(json, d->report->conversion, at->verdicts);
	gcv_json_put(&d->s, NULL, json);
}

static void put_subsystems(struct document *d)
{
	uint32_t i;

	gcv_json_open(&d->s, "subsystems", '[');
	for (i = 0; i < d->report->nr_subsystems; i++)
		put_subsystem(d, &d->report->subsystems[i]);
	gcv_json_close(&d->s);
}

/* What the document leaves out; null where it leaves out nothing. */
static void put_filter(struct document *d)
{
	const struct gcv_site_filter *f = &d->report->filter;
	const struct {
		const char *key, *value;
	} parts[] = { { "pattern", f->pattern },       { "verdict", f->verdict },
		      { "reason", f->reason },	       { "subsystem", f->subsystem },
		      { "maintainer", f->maintainer }, { "status", f->status } };
	cJSON *json = NULL;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].value)
			continue;
		if (!json)
			json = cJSON_CreateObject();
		gcv_json_add_text(json, parts[i].key, parts[i].value);
	}
	d->is_filtered = json;
	gcv_json_put(&d->s, "filter", json ? json : cJSON_CreateNull());
}

static void put_change(struct document *d, const struct gcv_report_change *change)
{
	cJSON *json = cJSON_CreateObject();

	gcv_json_add_text(json, "kind", gcv_change_name(change->kind));
	gcv_json_add_text(json, "id", change->id);
	gcv_json_add_text(json, "file", change->file);
	cJSON_AddNumberToObject(json, "line", change->line);
	gcv_json_add_text_or_null(json, "function", change->function);
	gcv_json_add_text(json, "api", change->api);
	gcv_json_add_text_or_null(json, "before", change->before);
	gcv_json_add_text_or_null(json, "after", change->after);
	gcv_json_add_text_or_null(json, "old_file", change->old_file);
	gcv_json_put(&d->s, NULL, json);
}

static void put_changes(struct document *d)
{
	const struct gcv_report_changes *changes = &d->report->changes;
	cJSON *sums;
	uint32_t i;

	if (!d->report->has_changes) {
		gcv_json_put(&d->s, "changes", cJSON_CreateNull());
		return;
	}
	gcv_json_open(&d->s, "changes", '{');
	gcv_json_put(&d->s, "since", gcv_json_text(changes->before));
	gcv_json_put(&d->s, "same_conversion", cJSON_CreateBool(changes->is_same_conversion));
	sums = cJSON_CreateObject();
	for (i = 0; i < GCV_CHANGES; i++)
		cJSON_AddNumberToObject(sums, gcv_change_name(i), changes->sums[i]);
	gcv_json_put(&d->s, "sums", sums);
	gcv_json_open(&d->s, "acquires", '[');
	for (i = 0; i < changes->nr; i++)
		put_change(d, &changes->changes[i]);
	gcv_json_close(&d->s);
	gcv_json_close(&d->s);
}

/* @dirty: see struct gcv_result_json. */
static void put_site(struct document *d, const struct gcv_site *site, bool has_flags,
		     const char *dirty)
{
	const struct gcv_result_json more = { .dirty = dirty };

	gcv_intern_add(&d->sites, site->id, strlen(site->id));
	gcv_json_row_open(&d->s, NULL, '{');
	gcv_site_json_put(&d->s, site, has_flags);
	gcv_result_json_put(&d->s, site, &more);
	gcv_json_row_close(&d->s);
}

static enum gcv_status put_acquire(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	(void)err;
	if (!site->homonym)
		put_site(data, site, true, NULL);
	return GCV_OK;
}

static enum gcv_status put_release(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct document *d = data;
	const struct gcv_report_name *name = gcv_report_find_name(d->report, site->api);

	(void)err;
	if (!site->homonym)
		put_site(d, site, false, name ? name->dirty : NULL);
	return GCV_OK;
}

static enum gcv_status put_namesake(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct document *d = data;

	(void)err;
	if (!site->homonym)
		return GCV_OK;
	gcv_json_row_open(&d->s, NULL, '{');
	gcv_site_json_put(&d->s, site, true);
	gcv_json_row_text(&d->s, "role", site->role);
	gcv_json_row_close(&d->s);
	return GCV_OK;
}

static enum gcv_status put_sites(struct document *d, const char *key, const char *role,
				 gcv_site_fn *fn, struct gcv_err *err)
{
	struct gcv_site_filter filter = d->report->filter;
	enum gcv_status st;

	filter.role = role;
	filter.is_homonym = !role;
	gcv_json_open(&d->s, key, '[');
	st = d->source->sites(d->source->ctx, d->report->snapshot.label, &filter, fn, d, err);
	gcv_json_close(&d->s);
	return st;
}

static void put_failures(struct document *d)
{
	uint32_t i;

	gcv_json_open(&d->s, "failures", '[');
	for (i = 0; i < d->report->nr_failures; i++) {
		const struct gcv_report_failure *failure = &d->report->failures[i];
		cJSON *json = cJSON_CreateObject();

		gcv_json_add_text(json, "file", failure->main);
		gcv_json_add_text_or_null(json, "configuration", failure->config);
		gcv_json_add_text(json, "cause", failure->cause);
		gcv_json_put(&d->s, NULL, json);
	}
	gcv_json_close(&d->s);
}

/* Where sites are left out, so is what was found of them. */
static bool is_wanted(const struct document *d, const struct gcv_result_fault *fault)
{
	return !d->is_filtered || gcv_intern_find(&d->sites, fault->site_id,
						  strlen(fault->site_id)) != GCV_INTERN_NONE;
}

static enum gcv_status put_findings(struct document *d, struct gcv_err *err)
{
	struct gcv_findings findings = { 0 };
	bool is_checked = false;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	if (d->source->findings)
		st = d->source->findings(d->source->ctx, d->report->snapshot.label, &findings,
					 &is_checked, err);
	if (is_checked) {
		gcv_findings_silence(&findings);
		gcv_json_open(&d->s, "findings", '[');
		for (i = 0; i < findings.nr; i++)
			if (is_wanted(d, &findings.list[i].fault))
				gcv_json_put(&d->s, NULL, gcv_finding_json(&findings.list[i]));
		gcv_json_close(&d->s);
	} else {
		gcv_json_put(&d->s, "findings", cJSON_CreateNull());
	}
	gcv_findings_release(&findings);
	return st;
}

static void put_history(struct document *d)
{
	uint32_t i;

	gcv_json_open(&d->s, "history", '[');
	for (i = 0; i < d->report->nr_history; i++) {
		const struct gcv_report_history *at = &d->report->history[i];
		cJSON *json = cJSON_CreateObject();

		gcv_json_add_text(json, "label", at->row.label);
		gcv_json_add_text(json, "kernel", at->row.kernel);
		gcv_json_add_text_or_null(json, "revision", at->row.revision);
		cJSON_AddBoolToObject(json, "complete", at->row.complete);
		cJSON_AddNumberToObject(json, "acquires", at->acquires);
		cJSON_AddNumberToObject(json, "releases", at->releases);
		add_verdicts(json, at->conversion, at->verdicts);
		gcv_json_put(&d->s, NULL, json);
	}
	gcv_json_close(&d->s);
}

static void put_series(struct document *d)
{
	const struct gcv_reviews *reviews = &d->report->reviews;
	uint32_t i;

	if (!d->report->has_reviews) {
		gcv_json_put(&d->s, "series", cJSON_CreateNull());
		return;
	}
	gcv_json_open(&d->s, "series", '[');
	for (i = 0; i < reviews->nr; i++)
		gcv_review_json_put(&d->s, reviews, &reviews->list[i]);
	gcv_json_close(&d->s);
}

/* @to says where it is written, and as what. */
static enum gcv_status write_document(const struct gcv_report *report,
				      const struct gcv_report_source *source, const char *version,
				      const struct gcv_json_stream *to, struct gcv_err *err)
{
	struct document d = { .s = *to, .report = report, .source = source };
	enum gcv_status st;

	gcv_json_open(&d.s, NULL, '{');
	put_head(&d, version);
	st = put_tree(&d, err);
	if (st == GCV_OK)
		st = put_ledger(&d, err);
	put_summary(&d);
	put_filter(&d);
	put_subsystems(&d);
	if (st == GCV_OK)
		st = put_sites(&d, "acquires", "acquire", put_acquire, err);
	if (st == GCV_OK)
		st = put_sites(&d, "releases", "release", put_release, err);
	if (st == GCV_OK)
		st = put_sites(&d, "namesakes", NULL, put_namesake, err);
	put_failures(&d);
	if (st == GCV_OK)
		st = put_findings(&d, err);
	put_history(&d);
	put_changes(&d);
	put_series(&d);
	gcv_json_close(&d.s);
	gcv_intern_release(&d.sites);
	return st == GCV_OK ? gcv_json_end(&d.s, err) : st;
}

enum gcv_status gcv_report_write_json(const struct gcv_report *report,
				      const struct gcv_report_source *source, const char *version,
				      FILE *out, struct gcv_err *err)
{
	const struct gcv_json_stream to = { .out = out };

	return write_document(report, source, version, &to, err);
}

enum gcv_status gcv_report_write_script(const struct gcv_report *report,
					const struct gcv_report_source *source, const char *version,
					FILE *out, struct gcv_err *err)
{
	const struct gcv_json_stream to = { .out = out, .is_script = true };

	return write_document(report, source, version, &to, err);
}
