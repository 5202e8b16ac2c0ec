// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "base/heap.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/report_text.h"
#include "cmd/site_options.h"
#include "cmd/terminal.h"
#include "db/faults.h"
#include "db/results.h"
#include "db/reviews.h"
#include "db/store.h"
#include "report/output_file.h"
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

/* The readers of a report, which has only a pointer for the database. */
static enum gcv_status snapshots(void *ctx, gcv_snapshot_fn *fn, void *data, struct gcv_err *err)
{
	return gcv_db_snapshots(ctx, fn, data, err);
}

static enum gcv_status sites(void *ctx, const char *label, const struct gcv_site_filter *filter,
			     gcv_site_fn *fn, void *data, struct gcv_err *err)
{
	return gcv_db_sites(ctx, label, filter, fn, data, err);
}

static enum gcv_status occurrences(void *ctx, const char *label, const char *class_name,
				   gcv_occurrence_fn *fn, void *data, struct gcv_err *err)
{
	return gcv_db_occurrences(ctx, label, class_name, fn, data, err);
}

static enum gcv_status apis(void *ctx, const char *label, gcv_api_fn *fn, void *data,
			    struct gcv_err *err)
{
	return gcv_db_apis(ctx, label, fn, data, err);
}

static enum gcv_status units(void *ctx, const char *label, gcv_unit_fn *fn, void *data,
			     struct gcv_err *err)
{
	return gcv_db_units_of_snapshot(ctx, label, fn, data, err);
}

static enum gcv_status findings(void *ctx, const char *label, struct gcv_findings *ret,
				bool *ret_checked, struct gcv_err *err)
{
	return gcv_db_findings(ctx, label, ret, ret_checked, err);
}

static enum gcv_status steps(void *ctx, const char *label, const char *conversion, gcv_steps_fn *fn,
			     void *data, struct gcv_err *err)
{
	return gcv_db_all_steps(ctx, label, conversion, fn, data, err);
}

static enum gcv_status reviews(void *ctx, struct gcv_review_facts *ret, struct gcv_err *err)
{
	return gcv_db_review_facts(ctx, ret, err);
}

/** writer_fn - writes the report in one of its forms */
typedef enum gcv_status writer_fn(const struct gcv_page *page, FILE *out, struct gcv_err *err);

static enum gcv_status write_json(const struct gcv_page *page, FILE *out, struct gcv_err *err)
{
	return gcv_report_write_json(page->report, page->source, page->version, out, err);
}

static enum gcv_status write_file(const char *path, writer_fn *write, const struct gcv_page *page,
				  struct gcv_err *err)
{
	struct gcv_output_file file;
	struct gcv_err cause;
	enum gcv_status st = gcv_output_file_open(path, &file, err);

	if (st != GCV_OK)
		return st;
	st = write(page, file.out, &cause);
	if (st == GCV_OK)
		return gcv_output_file_commit(&file, err);
	gcv_output_file_discard(&file);
	return gcv_err_set(err, st, "%s: %s", path, cause.text);
}

/* To a file, or to standard output for "-". */
static enum gcv_status write_to(const char *path, writer_fn *write, const struct gcv_page *page,
				struct gcv_err *err)
{
	enum gcv_status st;

	if (strcmp(path, "-") != 0)
		return write_file(path, write, page, err);
	st = write(page, stdout, err);
	/* Lost output is told when standard output is closed. */
	return ferror(stdout) ? GCV_OK : st;
}

static enum gcv_status write_all(const struct gcv_cli *cli, const struct gcv_report *report,
				 const struct gcv_report_source *source, struct gcv_err *err)
{
	const struct gcv_page page = {
		.report = report,
		.source = source,
		.version = GCV_VERSION,
		.link_template = gcv_cli_value(cli, "link-template"),
		.steps = steps,
	};
	const char *json = gcv_cli_value(cli, "json"), *html = gcv_cli_value(cli, "html");
	enum gcv_status st = GCV_OK;

	if (!json && !html)
		return gcv_report_text_print(cli, report, source, err);
	if (json)
		st = write_to(json, write_json, &page, err);
	if (st == GCV_OK && html)
		st = write_to(html, gcv_page_write, &page, err);
	return st;
}

static enum gcv_status run(const struct gcv_cli *cli, struct gcv_db *db, const struct gcv_api *api,
			   struct gcv_err *err)
{
	struct gcv_report_source source = {
		.ctx = db,
		.snapshots = snapshots,
		.sites = sites,
		.occurrences = occurrences,
		.apis = apis,
		.units = units,
		.findings = findings,
		.reviews = reviews,
	};
	const struct gcv_site_filter filter = gcv_site_options_filter(cli);
	const struct gcv_report_options options = {
		.since = gcv_cli_value(cli, "since"),
		.filter = &filter,
		.api = api,
	};
	struct gcv_report report;
	enum gcv_status st = gcv_report_collect(&source, &options, &report, err);

	if (st == GCV_ERR_NOT_FOUND && !options.since)
		return gcv_err_set(err, st, "the database is empty: run 'gupconv scan' first");
	if (st != GCV_OK)
		return st;
	st = write_all(cli, &report, &source, err);
	gcv_report_release(&report);
	return st;
}

/* What the options say that no table of them can check. */
static int check_options(const struct gcv_cli *cli)
{
	const char *json = gcv_cli_value(cli, "json"), *html = gcv_cli_value(cli, "html");
	const char *link = gcv_cli_value(cli, "link-template");
	struct gcv_err err;

	if (json && html && strcmp(json, "-") == 0 && strcmp(html, "-") == 0)
		return gcv_cli_usage_error(cli, "only one document fits standard output");
	if (link && !html)
		return gcv_cli_usage_error(cli, "--link-template is for --html");
	if (link && gcv_page_check_link(link, &err) != GCV_OK)
		return gcv_cli_usage_error(cli, "%s", err.text);
	return GCV_EXIT_DONE;
}

int gcv_cmd_report(struct gcv_cli *cli)
{
	struct gcv_db *db = NULL;
	struct gcv_api api = { 0 };
	struct gcv_err err;
	enum gcv_status st;
	int status = check_options(cli);

	if (status != GCV_EXIT_DONE)
		return status;
	gcv_heap_keep((size_t)128 << 20, (size_t)1 << 20);
	st = gcv_database_open_read(cli, &db, &err);

	if (st == GCV_OK)
		st = gcv_api_load(&api, &err);
	if (st == GCV_OK)
		st = run(cli, db, &api, &err);
	gcv_api_release(&api);
	gcv_db_close(db);
	return st == GCV_OK ? GCV_EXIT_DONE : gcv_cli_fail(cli, &err);
}
