// SPDX-License-Identifier: GPL-2.0-only
#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/place.h"
#include "cmd/terminal.h"
#include "db/faults.h"
#include "db/store.h"
#include "report/output_file.h"
#include "report/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Lines of "not analysed" that the text shows; the document and list --ledger have all. */
#define SHOWN_UNSEEN 20
/* Columns for the name of an API function. */
#define NAME_COLUMNS 32

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

static void print_number(const char *what, int64_t number)
{
	if (number >= 0)
		printf("  %-22s %" PRId64 "\n", what, number);
}

static void print_head(const struct gcv_report *report)
{
	const struct gcv_report_numbers *numbers = &report->numbers;

	fputs("kernel ", stdout);
	gcv_terminal_put(stdout, report->snapshot.kernel);
	if (*report->snapshot.revision) {
		fputs(", revision ", stdout);
		gcv_terminal_put(stdout, report->snapshot.revision);
	}
	if (strcmp(report->snapshot.label, report->snapshot.kernel) != 0) {
		fputs(", snapshot ", stdout);
		gcv_terminal_put(stdout, report->snapshot.label);
	}
	puts(report->snapshot.complete ? "" : " (only a part of the tree)");
	print_number("files read", numbers->files_read);
	print_number("candidates", numbers->candidates);
	print_number("translation units", numbers->units);
	print_number("  with errors", report->units_with_errors);
	print_number("  failed", report->nr_failures);
	print_number("configurations", numbers->configurations);
}

static int by_sites(const void *a, const void *b)
{
	const struct gcv_report_name *const *x = a, *const *y = b;

	if ((*x)->sites != (*y)->sites)
		return (*x)->sites < (*y)->sites ? 1 : -1;
	return strcmp((*x)->name, (*y)->name);
}

static void print_sites(const struct gcv_report *report, const char *what, const char *role,
			uint32_t sum)
{
	GCV_AUTOFREE const struct gcv_report_name **names =
		gcv_zalloc(report->nr_names + 1, sizeof(*names));
	uint32_t nr = 0, i;

	for (i = 0; i < report->nr_names; i++)
		if (report->names[i].sites && strcmp(report->names[i].role, role) == 0)
			names[nr++] = &report->names[i];
	qsort(names, nr, sizeof(*names), by_sites);
	printf("%-24s %u\n", what, sum);
	for (i = 0; i < nr; i++) {
		int width = (int)strnlen(names[i]->name, NAME_COLUMNS);

		fputs("  ", stdout);
		gcv_terminal_put(stdout, names[i]->name);
		printf("%*s %6u\n", NAME_COLUMNS - width, "", names[i]->sites);
	}
}

static void print_verdicts(const struct gcv_report *report)
{
	int i;

	if (!report->conversion)
		return;
	fputs("acquires by verdict, for ", stdout);
	gcv_terminal_put(stdout, report->conversion);
	putchar('\n');
	for (i = 0; i < GCV_VERDICTS; i++)
		if (report->verdicts[i])
			print_number(gcv_verdict_name(i), report->verdicts[i]);
}

static void print_ledger(const struct gcv_report *report)
{
	const struct gcv_report_numbers *numbers = &report->numbers;
	int class;

	printf("%-24s %u\n", "ledger", report->occurrences);
	for (class = 0; class < GCV_LEDGER_CLASSES; class ++)
		print_number(gcv_ledger_class_name(class), report->classes[class]);
	print_number("tools, Documentation", numbers->occurrences_apart);
	if (numbers->code > 0 && numbers->code_seen >= 0)
		printf("  %-22s %" PRId64 " of %" PRId64 " (%.2f %%)\n", "code seen",
		       numbers->code_seen, numbers->code,
		       100.0 * (double)numbers->code_seen / (double)numbers->code);
}

static enum gcv_status print_unseen(void *data, const struct gcv_occurrence_row *row,
				    struct gcv_err *err)
{
	uint32_t *nr = data;

	(void)err;
	if ((*nr)++ >= SHOWN_UNSEEN)
		return GCV_OK;
	fputs("  ", stdout);
	gcv_terminal_put(stdout, row->file);
	printf(":%u: ", row->line);
	gcv_terminal_put(stdout, row->api);
	fputs(": ", stdout);
	gcv_terminal_put(stdout, row->detail);
	putchar('\n');
	return GCV_OK;
}

static enum gcv_status print_not_analysed(const struct gcv_report *report,
					  const struct gcv_report_source *source,
					  struct gcv_err *err)
{
	const char *class = gcv_ledger_class_name(GCV_LEDGER_NOT_ANALYSED);
	uint32_t nr = 0, i;
	enum gcv_status st;

	if (!report->nr_failures && !report->classes[GCV_LEDGER_NOT_ANALYSED])
		return GCV_OK;
	puts("not analysed");
	for (i = 0; i < report->nr_failures; i++) {
		const struct gcv_report_failure *failure = &report->failures[i];

		fputs("  ", stdout);
		gcv_terminal_put(stdout, failure->main);
		fputs(" [", stdout);
		gcv_terminal_put(stdout, failure->config);
		fputs("]: ", stdout);
		gcv_terminal_put(stdout, failure->cause);
		putchar('\n');
	}
	st = source->occurrences(source->ctx, report->snapshot.label, class, print_unseen, &nr,
				 err);
	if (nr > SHOWN_UNSEEN)
		printf("  and %u more: gupconv list --ledger=%s\n", nr - SHOWN_UNSEEN, class);
	return st;
}

static void print_history(const struct gcv_report *report)
{
	uint32_t i;

	if (report->nr_history < 2)
		return;
	puts("history");
	for (i = 0; i < report->nr_history; i++) {
		fputs("  ", stdout);
		gcv_terminal_put(stdout, report->history[i].row.label);
		printf(": %u acquires, %u releases%s\n", report->history[i].acquires,
		       report->history[i].releases,
		       report->history[i].row.complete ? "" : " (only a part of the tree)");
	}
}

static enum gcv_status print_text(const struct gcv_report *report,
				  const struct gcv_report_source *source, struct gcv_err *err)
{
	enum gcv_status st;

	print_head(report);
	print_sites(report, "acquires", "acquire", report->acquires);
	print_sites(report, "releases", "release", report->releases);
	if (report->homonyms)
		printf("%-24s %u\n", "namesakes", report->homonyms);
	print_verdicts(report);
	print_ledger(report);
	st = print_not_analysed(report, source, err);
	print_history(report);
	return st;
}

static enum gcv_status write_file(const char *path, const struct gcv_report *report,
				  const struct gcv_report_source *source, struct gcv_err *err)
{
	struct gcv_output_file file;
	struct gcv_err cause;
	enum gcv_status st = gcv_output_file_open(path, &file, err);

	if (st != GCV_OK)
		return st;
	st = gcv_report_write_json(report, source, GCV_VERSION, file.out, &cause);
	if (st == GCV_OK)
		return gcv_output_file_commit(&file, err);
	gcv_output_file_discard(&file);
	return gcv_err_set(err, st, "%s: %s", path, cause.text);
}

static enum gcv_status write_stdout(const struct gcv_report *report,
				    const struct gcv_report_source *source, struct gcv_err *err)
{
	enum gcv_status st = gcv_report_write_json(report, source, GCV_VERSION, stdout, err);

	/* Lost output is told when standard output is closed. */
	return ferror(stdout) ? GCV_OK : st;
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
	};
	const char *path = gcv_cli_value(cli, "json");
	struct gcv_report report;
	enum gcv_status st = gcv_report_collect(&source, NULL, api, &report, err);

	if (st == GCV_ERR_NOT_FOUND)
		return gcv_err_set(err, st, "the database is empty: run 'gupconv scan' first");
	if (st != GCV_OK)
		return st;
	if (!path)
		st = print_text(&report, &source, err);
	else if (strcmp(path, "-") == 0)
		st = write_stdout(&report, &source, err);
	else
		st = write_file(path, &report, &source, err);
	gcv_report_release(&report);
	return st;
}

int gcv_cmd_report(struct gcv_cli *cli)
{
	struct gcv_db *db = NULL;
	struct gcv_api api = { 0 };
	struct gcv_err err;
	enum gcv_status st = gcv_database_open_read(cli, &db, &err);

	if (st == GCV_OK)
		st = gcv_api_load(&api, &err);
	if (st == GCV_OK)
		st = run(cli, db, &api, &err);
	gcv_api_release(&api);
	gcv_db_close(db);
	return st == GCV_OK ? GCV_EXIT_DONE : gcv_cli_fail(cli, &err);
}
