// SPDX-License-Identifier: GPL-2.0-only
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct collector - a report in the making
 * @report: the report
 * @api: the table, or NULL
 * @snapshot: the snapshot whose sites are being counted
 */
struct collector {
	struct gcv_report *report;
	const struct gcv_api *api;
	struct gcv_report_history *snapshot;
};

static const char *copy(struct collector *c, const char *text)
{
	return gcv_arena_strdup(&c->report->arena, text);
}

/* The entry of a name, which is added where it is new. */
static struct gcv_report_name *name_of(struct collector *c, const char *text)
{
	struct gcv_report *r = c->report;
	uint32_t id = gcv_intern_add(&r->index, text, strlen(text));

	if (id == r->nr_names) {
		GCV_GROW(r->names, r->nr_names, r->cap_names);
		r->names[r->nr_names++] = (struct gcv_report_name){
			.name = gcv_intern_str(&r->index, id),
			.role = "",
			.state = "",
		};
	}
	return &r->names[id];
}

static enum gcv_status take_snapshot(void *data, const struct gcv_snapshot_row *row,
				     struct gcv_err *err)
{
	struct collector *c = data;
	struct gcv_report *r = c->report;

	(void)err;
	GCV_GROW(r->history, r->nr_history, r->cap_history);
	r->history[r->nr_history++] = (struct gcv_report_history){
		.row = {
			.id = row->id,
			.label = copy(c, row->label),
			.kernel = copy(c, row->kernel),
			.revision = copy(c, row->revision),
			.tool = copy(c, row->tool),
			.summary = copy(c, row->summary),
			.complete = row->complete,
		},
	};
	return GCV_OK;
}

static void count_result(struct collector *c, const struct gcv_result *result)
{
	int verdict = 0;

	if (!c->snapshot->conversion)
		c->snapshot->conversion = copy(c, result->conversion);
	while (verdict < GCV_VERDICTS && strcmp(gcv_verdict_name(verdict), result->verdict) != 0)
		verdict++;
	if (verdict < GCV_VERDICTS)
		c->snapshot->verdicts[verdict]++;
}

static enum gcv_status count_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct collector *c = data;

	(void)err;
	if (site->homonym)
		return GCV_OK;
	if (strcmp(site->role, "acquire") != 0) {
		c->snapshot->releases++;
		return GCV_OK;
	}
	c->snapshot->acquires++;
	if (site->result)
		count_result(c, site->result);
	return GCV_OK;
}

static enum gcv_status take_site(void *data, const struct gcv_site *site, struct gcv_err *err)
{
	struct collector *c = data;

	if (site->homonym)
		c->report->homonyms++;
	else
		name_of(c, site->api)->sites++;
	return count_site(data, site, err);
}

static enum gcv_status take_occurrence(void *data, const struct gcv_occurrence_row *row,
				       struct gcv_err *err)
{
	struct collector *c = data;
	int class = 0;

	while (class < GCV_LEDGER_CLASSES &&
	       strcmp(gcv_ledger_class_name(class), row->class_name) != 0)
		class ++;
	if (class == GCV_LEDGER_CLASSES)
		return gcv_err_set(err, GCV_ERR_FORMAT,
				   "snapshot %s: %s:%u: there is no ledger class '%s'",
				   c->snapshot->row.label, row->file, row->line, row->class_name);
	c->report->classes[class]++;
	c->report->occurrences++;
	name_of(c, row->api)->classes[class]++;
	return GCV_OK;
}

static enum gcv_status take_api(void *data, const struct gcv_snapshot_api *api, struct gcv_err *err)
{
	struct collector *c = data;
	struct gcv_report_name *name = name_of(c, api->name);

	(void)err;
	name->role = copy(c, api->role);
	name->state = copy(c, api->state);
	if (c->api && strcmp(api->role, "release") == 0)
		name->dirty = gcv_report_dirty(c->api, api);
	return GCV_OK;
}

static enum gcv_status take_unit(void *data, const struct gcv_unit_row *unit, struct gcv_err *err)
{
	struct collector *c = data;
	struct gcv_report *r = c->report;

	(void)err;
	r->units_with_errors += unit->nr_errors_main != 0;
	if (unit->status != GCV_UNIT_FAILED)
		return GCV_OK;
	GCV_GROW(r->failures, r->nr_failures, r->cap_failures);
	r->failures[r->nr_failures++] = (struct gcv_report_failure){
		.main = copy(c, unit->main),
		.config = copy(c, unit->config),
		.cause = copy(c, unit->cause),
	};
	return GCV_OK;
}

/* @return the snapshot of that name, the newest one for NULL, or NULL. */
static struct gcv_report_history *choose(struct gcv_report *r, const char *label)
{
	uint32_t i;

	if (!label)
		return r->nr_history ? &r->history[r->nr_history - 1] : NULL;
	for (i = 0; i < r->nr_history; i++)
		if (strcmp(r->history[i].row.label, label) == 0)
			return &r->history[i];
	return NULL;
}

static enum gcv_status collect_sites(struct collector *c, const struct gcv_report_source *source,
				     const struct gcv_report_history *chosen, struct gcv_err *err)
{
	struct gcv_report *r = c->report;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	for (i = 0; i < r->nr_history && st == GCV_OK; i++) {
		c->snapshot = &r->history[i];
		st = source->sites(source->ctx, c->snapshot->row.label, NULL,
				   c->snapshot == chosen ? take_site : count_site, c, err);
	}
	return st;
}

static int by_name(const void *a, const void *b)
{
	const struct gcv_report_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static enum gcv_status collect(struct collector *c, const struct gcv_report_source *source,
			       const char *label, struct gcv_err *err)
{
	struct gcv_report *r = c->report;
	struct gcv_report_history *chosen;
	enum gcv_status st = source->snapshots(source->ctx, take_snapshot, c, err);

	if (st != GCV_OK)
		return st;
	chosen = choose(r, label);
	if (!chosen && label)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "there is no snapshot %s", label);
	if (!chosen)
		return gcv_err_set(err, GCV_ERR_NOT_FOUND, "there is no snapshot");
	r->snapshot = chosen->row;
	label = chosen->row.label;
	st = gcv_report_read_numbers(&r->snapshot, &r->numbers, err);
	if (st == GCV_OK)
		st = collect_sites(c, source, chosen, err);
	c->snapshot = chosen;
	if (st == GCV_OK)
		st = source->occurrences(source->ctx, label, NULL, take_occurrence, c, err);
	if (st == GCV_OK)
		st = source->apis(source->ctx, label, take_api, c, err);
	if (st == GCV_OK)
		st = source->units(source->ctx, label, take_unit, c, err);
	r->acquires = chosen->acquires;
	r->releases = chosen->releases;
	r->conversion = chosen->conversion;
	memcpy(r->verdicts, chosen->verdicts, sizeof(r->verdicts));
	if (r->nr_names)
		qsort(r->names, r->nr_names, sizeof(*r->names), by_name);
	return st;
}

enum gcv_status gcv_report_collect(const struct gcv_report_source *source, const char *label,
				   const struct gcv_api *api, struct gcv_report *ret_report,
				   struct gcv_err *err)
{
	struct gcv_report report = { 0 };
	struct collector c = { .report = &report, .api = api };
	enum gcv_status st = collect(&c, source, label, err);

	if (st == GCV_OK)
		*ret_report = report;
	else
		gcv_report_release(&report);
	return st;
}

const struct gcv_report_name *gcv_report_find_name(const struct gcv_report *report,
						   const char *name)
{
	struct gcv_report_name key = { .name = name };

	if (!report->nr_names)
		return NULL;
	return bsearch(&key, report->names, report->nr_names, sizeof(key), by_name);
}

void gcv_report_release(struct gcv_report *report)
{
	free(report->names);
	free(report->failures);
	free(report->history);
	gcv_intern_release(&report->index);
	gcv_arena_release(&report->arena);
	*report = (struct gcv_report){ 0 };
}
