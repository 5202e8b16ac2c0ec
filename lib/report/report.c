// SPDX-License-Identifier: GPL-2.0-only
#include "report/report.h"

#include "report/review_site.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct collector - a report in the making
 * @report: the report
 * @options: of what
 * @titles: titles of the subsystems, "" for sites of none
 * @patterns: words of its patterns
 * @reasons: codes of its reasons
 * @snapshot: the snapshot whose sites are being counted
 */
struct collector {
	struct gcv_report *report;
	const struct gcv_report_options *options;
	struct gcv_intern titles, patterns, reasons;
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

static void count_verdict(const struct gcv_result *result, uint32_t *verdicts)
{
	int verdict = 0;

	while (verdict < GCV_VERDICTS && strcmp(gcv_verdict_name(verdict), result->verdict) != 0)
		verdict++;
	if (verdict < GCV_VERDICTS)
		verdicts[verdict]++;
}

static void count_result(struct collector *c, const struct gcv_result *result)
{
	if (!c->snapshot->conversion)
		c->snapshot->conversion = copy(c, result->conversion);
	count_verdict(result, c->snapshot->verdicts);
}

static void copy_subsystem(struct collector *c, const struct gcv_subsystem *from,
			   struct gcv_subsystem *ret)
{
	struct gcv_arena *arena = &c->report->arena;
	struct gcv_subsystem_person *persons =
		gcv_arena_alloc(arena, sizeof(*persons) * (from->nr_persons + 1));
	uint32_t i;

	for (i = 0; i < from->nr_persons; i++)
		persons[i] = (struct gcv_subsystem_person){ copy(c, from->persons[i].role),
							    copy(c, from->persons[i].address) };
	*ret = (struct gcv_subsystem){ copy(c, from->title), copy(c, from->status), persons,
				       from->nr_persons };
}

static struct gcv_report_subsystem *subsystem_of(struct collector *c, const struct gcv_site *site)
{
	struct gcv_report *r = c->report;
	const char *title = site->subsystem ? site->subsystem->title : "";
	uint32_t id = gcv_intern_add(&c->titles, title, strlen(title));

	if (id == r->nr_subsystems) {
		GCV_GROW(r->subsystems, r->nr_subsystems, r->cap_subsystems);
		r->subsystems[r->nr_subsystems++] = (struct gcv_report_subsystem){ 0 };
		if (site->subsystem)
			copy_subsystem(c, site->subsystem, &r->subsystems[id].subsystem);
	}
	return &r->subsystems[id];
}

static void count_subsystem(struct collector *c, const struct gcv_site *site)
{
	struct gcv_report_subsystem *subsystem = subsystem_of(c, site);

	if (strcmp(site->role, "acquire") != 0) {
		subsystem->releases++;
		return;
	}
	subsystem->acquires++;
	if (site->result)
		count_verdict(site->result, subsystem->verdicts);
}

/* The word's count, which is added where it is new. */
static uint32_t *count_of(struct collector *c, struct gcv_intern *words, const char *word,
			  struct gcv_report_count **counts, uint32_t *nr, uint32_t *cap)
{
	uint32_t id = gcv_intern_add(words, word, strlen(word));

	if (id == *nr) {
		GCV_GROW(*counts, *nr, *cap);
		(*counts)[(*nr)++] = (struct gcv_report_count){ copy(c, word), 0 };
	}
	return &(*counts)[id].count;
}

/* The first reason decides. */
static void count_words(struct collector *c, const struct gcv_result *result)
{
	struct gcv_report *r = c->report;

	if (*result->pattern && strcmp(result->pattern, gcv_pattern_name(GCV_PATTERN_NONE)) != 0)
		++*count_of(c, &c->patterns, result->pattern, &r->patterns, &r->nr_patterns,
			    &r->cap_patterns);
	if (strcmp(result->verdict, gcv_verdict_name(GCV_VERDICT_REFUSED)) == 0 &&
	    result->nr_reasons)
		++*count_of(c, &c->reasons, result->reasons[0].code, &r->reasons, &r->nr_reasons,
			    &r->cap_reasons);
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
	if (!site->homonym) {
		count_subsystem(c, site);
		if (site->result && strcmp(site->role, "acquire") == 0)
			count_words(c, site->result);
	}
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
	if (c->options->api && strcmp(api->role, "release") == 0)
		name->dirty = gcv_report_dirty(c->options->api, api);
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
	struct gcv_site_filter filter = r->filter;
	enum gcv_status st = GCV_OK;
	uint32_t i;

	filter.is_bare = true;
	for (i = 0; i < r->nr_history && st == GCV_OK; i++) {
		c->snapshot = &r->history[i];
		st = source->sites(source->ctx, c->snapshot->row.label, &filter,
				   c->snapshot == chosen ? take_site : count_site, c, err);
	}
	return st;
}

static int by_name(const void *a, const void *b)
{
	const struct gcv_report_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Acquires that somebody still has to look at. */
static uint32_t work_left(const struct gcv_report_subsystem *s)
{
	return s->verdicts[GCV_VERDICT_CONVERTIBLE] + s->verdicts[GCV_VERDICT_REFUSED];
}

/* Those of no entry are the last. */
static int by_work(const void *a, const void *b)
{
	const struct gcv_report_subsystem *x = a, *y = b;

	if (!x->subsystem.title != !y->subsystem.title)
		return x->subsystem.title ? -1 : 1;
	if (work_left(x) != work_left(y))
		return work_left(x) > work_left(y) ? -1 : 1;
	if (x->acquires != y->acquires)
		return x->acquires > y->acquires ? -1 : 1;
	return x->subsystem.title ? strcmp(x->subsystem.title, y->subsystem.title) : 0;
}

static int by_count(const void *a, const void *b)
{
	const struct gcv_report_count *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->word, y->word);
}

static void sort_all(struct gcv_report *r)
{
	if (r->nr_names)
		qsort(r->names, r->nr_names, sizeof(*r->names), by_name);
	if (r->nr_subsystems)
		qsort(r->subsystems, r->nr_subsystems, sizeof(*r->subsystems), by_work);
	if (r->nr_patterns)
		qsort(r->patterns, r->nr_patterns, sizeof(*r->patterns), by_count);
	if (r->nr_reasons)
		qsort(r->reasons, r->nr_reasons, sizeof(*r->reasons), by_count);
}

/* A part of the tree against the whole would be nothing but sites that came or went. */
static const struct gcv_report_history *last_alike(const struct gcv_report *r,
						   const struct gcv_report_history *chosen)
{
	const struct gcv_report_history *at = chosen;

	while (at > r->history)
		if ((--at)->row.complete == chosen->row.complete)
			return at;
	return NULL;
}

static enum gcv_status collect_changes(struct collector *c, const struct gcv_report_source *source,
				       const struct gcv_report_history *chosen, struct gcv_err *err)
{
	struct gcv_report *r = c->report;
	const struct gcv_report_history *before = NULL;
	const char *since = c->options->since;
	enum gcv_status st;

	if (since) {
		before = choose(r, since);
		if (!before)
			return gcv_err_set(err, GCV_ERR_NOT_FOUND, "there is no snapshot %s",
					   since);
	} else {
		before = last_alike(r, chosen);
	}
	if (!before)
		return GCV_OK;
	st = gcv_report_changes_collect(source, before->row.label, chosen->row.label, &r->filter,
					&r->changes, err);
	r->has_changes = st == GCV_OK;
	return st;
}

/* A patch is applied or not whatever sites the report is about. */
static enum gcv_status collect_reviews(struct gcv_report *r, const struct gcv_report_source *source,
				       struct gcv_err *err)
{
	struct gcv_review_facts *facts = &r->review_facts;
	const struct gcv_site_filter filter = { .conversion = r->filter.conversion };
	enum gcv_status st = GCV_OK;

	if (source->reviews)
		st = source->reviews(source->ctx, facts, err);
	if (st != GCV_OK || (!facts->mails.nr && !facts->nr_records))
		return st;
	r->has_reviews = true;
	gcv_reviews_build(&facts->mails, facts->records, facts->nr_records, &r->reviews);
	st = source->sites(source->ctx, r->snapshot.label, &filter, gcv_review_site_take,
			   &r->reviews, err);
	gcv_reviews_finish(&r->reviews);
	return st;
}

static enum gcv_status collect(struct collector *c, const struct gcv_report_source *source,
			       struct gcv_err *err)
{
	struct gcv_report *r = c->report;
	const char *label = c->options->label;
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
	if (st == GCV_OK)
		st = collect_changes(c, source, chosen, err);
	if (st == GCV_OK)
		st = collect_reviews(r, source, err);
	r->acquires = chosen->acquires;
	r->releases = chosen->releases;
	r->conversion = chosen->conversion;
	memcpy(r->verdicts, chosen->verdicts, sizeof(r->verdicts));
	sort_all(r);
	return st;
}

enum gcv_status gcv_report_collect(const struct gcv_report_source *source,
				   const struct gcv_report_options *options,
				   struct gcv_report *ret_report, struct gcv_err *err)
{
	struct gcv_report report = { 0 };
	struct collector c = { .report = &report, .options = options };
	enum gcv_status st;

	if (options->filter)
		report.filter = *options->filter;
	st = collect(&c, source, err);
	gcv_intern_release(&c.titles);
	gcv_intern_release(&c.patterns);
	gcv_intern_release(&c.reasons);
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
	free(report->subsystems);
	free(report->patterns);
	free(report->reasons);
	gcv_report_changes_release(&report->changes);
	gcv_reviews_release(&report->reviews);
	gcv_review_facts_release(&report->review_facts);
	gcv_intern_release(&report->index);
	gcv_arena_release(&report->arena);
	*report = (struct gcv_report){ 0 };
}
